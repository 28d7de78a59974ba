package b2

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// acheve checks the records of a table read, and prepares their use. The
// reference is the table that the views were written for.
func (t *Table) acheve(reference *Table) error {
	for _, l := range t.layouts {
		if err := l.prepare(); err != nil {
			return erreurTable(0, "record "+string(l.typ), err)
		}
		if err := t.classe(l); err != nil {
			return erreurTable(0, "record "+string(l.typ), err)
		}
	}
	if reference == nil {
		reference = t
	}
	for _, typ := range Types() {
		l := t.layout(typ)
		if l == nil {
			return erreurTable(0, "record "+string(typ)+" is missing", nil)
		}
		if err := l.verifieVue(reference); err != nil {
			return err
		}
	}
	return nil
}

// prepare checks that zones cover the record, and builds what checks and
// writes it.
func (l *layout) prepare() error {
	l.rang = slices.Index(Types(), l.typ)
	spans := make([]fixedwidth.Span, len(l.zones))
	l.parID = make(map[string]*Zone, len(l.zones))
	for i := range l.zones {
		z := &l.zones[i]
		spans[i] = fixedwidth.Span{Column: z.Colonne, Width: z.Largeur}
		l.parID[z.ID] = z
	}
	if err := fixedwidth.Cover(spans, Largeur); err != nil {
		return err
	}
	fixe := make([]byte, Largeur)
	for i := range l.zones {
		z := &l.zones[i]
		l.parColonne[z.Colonne], l.fins[z.Colonne] = uint8(i+1), uint8(z.fin)
		l.modele += z.vide
		for i := range z.Largeur {
			l.masque = append(l.masque, z.classe(i))
		}
		switch {
		case z.controle == valeurUnique && z.Tolere == "":
			copy(fixe[z.debut:], z.vide)
		case z.controle != aucunControle:
			l.controlees = append(l.controlees, z.controlee())
		}
	}
	l.filtre = fixedwidth.NewMatcher(l.masque, fixe)
	return nil
}

// controlee packs what checking the zone needs.
func (z *Zone) controlee() controlee {
	c := controlee{debut: uint8(z.debut), fin: uint8(z.fin), controle: z.controle, facultatif: !z.obligatoire(), bits: z.bits, z: z}
	if len(z.Valeurs) > 0 {
		c.premiere = z.Valeurs[0]
	}
	return c
}

// classe places a record where identifie finds it: by the constant of its
// first zone, and by its complement letter in column 36 or 39.
func (t *Table) classe(l *layout) error {
	premiere := &l.zones[0]
	if !premiere.constante || !strings.HasPrefix(string(l.typ), premiere.vide) || premiere.vide[0] == ' ' {
		return fmt.Errorf("zone %s must hold the type of the record alone", premiere.ID)
	}
	f := t.familles[premiere.vide[0]]
	if f == nil {
		f = &famille{}
		t.familles[premiere.vide[0]] = f
	}
	suite := strings.TrimPrefix(string(l.typ), premiere.vide)
	switch {
	case suite == "" && len(premiere.vide) > 1:
		f.prefixes = append(f.prefixes, l)
		return nil
	case suite == "":
		f.simple, l.tete = l, &teteLongue
		return nil
	}
	for _, z := range l.zones {
		if !z.constante || z.Largeur != 1 || z.vide != suite || suite[0] < 'A' || suite[0] > 'Z' {
			continue
		}
		f.lettres = true
		switch z.debut {
		case teteCourte.lettre:
			f.col36[suite[0]-'A'], l.tete = l, &teteCourte
			return nil
		case teteLongue.lettre:
			f.col39[suite[0]-'A'], l.tete = l, &teteLongue
			return nil
		}
	}
	return fmt.Errorf("no zone of column 36 or 39 holds the letter %s alone", suite)
}

// verifieVue checks that a record has the zones that its view reads, with the
// kind and width of the reference.
func (l *layout) verifieVue(reference *Table) error {
	if l.tete == nil || *l.tete != *reference.layout(l.typ).tete {
		return &simphonie.Erreur{Code: tableVue.Code, Detail: "record " + string(l.typ) + " has not the head of the norm"}
	}
	c := champs{layout: l, texte: l.modele, siecle: 2000, essai: reference}
	nouvelleVue(l.typ).visite(&c)
	if c.manque != "" {
		return &simphonie.Erreur{Code: tableVue.Code, Chemin: c.manque,
			Detail: "the view of record " + string(l.typ) + " needs this zone, with the kind and width of the norm"}
	}
	return nil
}
