package nomenclature

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// definition is what the package knows of one table.
type definition[K comparable, T any, P datee[T]] struct {
	nom      string
	dansCle  int // first columns that make the key
	colonnes []colonne[T]
	lignes   func(*Donnees) *[]T
	index    func(*Tables) *index[K, T, P]
	cle      func(*T) K
	// controle gives the column that is wrong, and why; empty when none is.
	controle func(*T) (colonne, faute string)
	// etend writes out the wildcards of a row that stand for several; nil for none.
	etend func(*T) []T
	// disjoints says that two rows of a key never answer the same question.
	disjoints func(a, b *T) bool
}

// tableau is a definition whatever its types.
type tableau interface {
	fichier() string
	entete() []string
	lit(io.Reader, *Donnees, *fautes)
	ecrit(io.Writer, *Tables) error
	charge(*Tables, *Donnees, *fautes)
	rend(*Tables, *Donnees)
	textes(*Tables, []string) []string
}

func (d *definition[K, T, P]) fichier() string { return d.nom + ".csv" }

// prepare adds the columns that every table ends with.
func prepare[K comparable, T any, P datee[T]](d definition[K, T, P]) *definition[K, T, P] {
	d.colonnes = append(d.colonnes, dates[T, P]()...)
	return &d
}

func (d *definition[K, T, P]) entete() []string {
	var noms []string
	for _, c := range d.colonnes {
		noms = append(noms, c.nom)
	}
	return noms
}

// nomme gives the key of a row as faults quote it.
func (d *definition[K, T, P]) nomme(l *T) string {
	return cles(d.texte(l)[:d.dansCle]...)
}

// lignesMax bounds one table: the prices of the CCAM since 2005 are some hundreds of thousands.
const lignesMax = 1 << 21

// lit reads a text file; what is wrong goes to f.
func (d *definition[K, T, P]) lit(r io.Reader, dans *Donnees, f *fautes) {
	colonnes, entete := d.colonnes, d.entete()
	l := csv.NewReader(r)
	l.Comma, l.Comment, l.FieldsPerRecord, l.ReuseRecord = ';', '#', -1, true
	textes := map[string]string{} // a reference is kept once
	cible := d.lignes(dans)
	for rang := 0; ; rang++ {
		c, err := l.Read()
		var pe *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if rang == 0 {
				f.ajoute("NOM-ENTETE", d.fichier(), 1, 0, "empty file: the header "+strings.Join(entete, ";")+" is wanted")
			}
			return
		case errors.As(err, &pe):
			f.ajoute("NOM-FORME", d.fichier(), pe.Line, pe.Column, pe.Err.Error())
			continue
		case err != nil:
			f.cause("NOM-LECTURE", d.fichier(), 0, "reading failed", err)
			return
		case rang > lignesMax:
			f.toutes = append(f.toutes, &simphonie.Erreur{Code: "NOM-LIMITE", Chemin: d.fichier(), Detail: "too many lines", LimiteLocale: true})
			return
		}
		n, _ := l.FieldPos(0)
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		if rang == 0 {
			c[0] = strings.TrimPrefix(c[0], "\ufeff")
			if !slices.Equal(c, entete) {
				f.ajoute("NOM-ENTETE", d.fichier(), n, 0, "the header "+strings.Join(entete, ";")+" is wanted")
				return
			}
			continue
		}
		if len(c) != len(entete) {
			f.ajoute("NOM-FORME", d.fichier(), n, 0, fmt.Sprintf("%d columns, %d wanted", len(c), len(entete)))
			continue
		}
		var ligne T
		faux := false
		for i := range colonnes {
			if faute := colonnes[i].lit(&ligne, c[i]); faute != "" {
				f.ajoute("NOM-VALEUR", d.fichier(), n, i+1, colonnes[i].nom+": "+faute)
				faux = true
			}
		}
		if faux {
			continue
		}
		date := P(&ligne).date()
		date.ligne = int32(n)
		if t, ok := textes[date.Reference]; ok {
			date.Reference = t
		} else {
			textes[date.Reference] = date.Reference
		}
		*cible = append(*cible, ligne)
	}
}

// ecrit writes the rows as lit reads them, those that the package brings apart.
func (d *definition[K, T, P]) ecrit(w io.Writer, t *Tables) error {
	e := csv.NewWriter(w)
	e.Comma = ';'
	if err := e.Write(d.entete()); err != nil {
		return err
	}
	var lignes [][]string
	for l := range d.index(t).toutes() {
		if P(l).date().ligne != duSocle {
			lignes = append(lignes, d.texte(l))
		}
	}
	slices.SortFunc(lignes, slices.Compare)
	return e.WriteAll(lignes)
}

func (d *definition[K, T, P]) texte(l *T) []string {
	r := make([]string, len(d.colonnes))
	for i := range d.colonnes {
		r[i] = d.colonnes[i].ecrit(l)
	}
	return r
}

// textes adds one text a row, for the digest.
func (d *definition[K, T, P]) textes(t *Tables, dans []string) []string {
	for l := range d.index(t).toutes() {
		dans = append(dans, d.nom+"\x1f"+strings.Join(d.texte(l), "\x1f"))
	}
	return dans
}

// rend gives back the rows that were loaded.
func (d *definition[K, T, P]) rend(t *Tables, dans *Donnees) {
	cible := d.lignes(dans)
	for l := range d.index(t).toutes() {
		if P(l).date().ligne != duSocle {
			*cible = append(*cible, *l)
		}
	}
}

// charge checks the rows and indexes them.
func (d *definition[K, T, P]) charge(t *Tables, de *Donnees, f *fautes) {
	lignes := *d.lignes(de)
	for i := range lignes {
		d.verifie(&lignes[i], f)
	}
	if d.etend != nil {
		var ecrites []T
		for i := range lignes {
			ecrites = append(ecrites, d.etend(&lignes[i])...)
		}
		lignes = ecrites
	}
	x := indexe[K, T, P](lignes, d.cle)
	for k, p := range x.parCle {
		x.parCle[k] = d.croisements(x.lignes[p.du:p.au], p, f)
	}
	*d.index(t) = x
}

// verifie checks one row.
func (d *definition[K, T, P]) verifie(l *T, f *fautes) {
	date := P(l).date()
	faute := func(code simphonie.Code, colonne, detail string) {
		n, c := int(max(date.ligne, 0)), 0
		if n > 0 {
			c = slices.Index(d.entete(), colonne) + 1
		} else {
			detail = d.nomme(l) + ": " + detail
		}
		f.ajoute(code, d.fichier(), n, c, colonne+": "+detail)
	}
	if colonne, detail := d.controle(l); colonne != "" {
		faute("NOM-VALEUR", colonne, detail)
	}
	if date.Periode.Du.IsZero() {
		faute("NOM-DATE", "du", "the first day is missing")
	}
	if !date.Periode.Valide() {
		faute("NOM-DATE", "au", "the period ends before it starts")
	}
	if strings.TrimSpace(date.Reference) == "" {
		faute("NOM-REFERENCE", "reference", "the text that holds the row is missing")
	}
	if date.ConnuLe.IsZero() {
		faute("NOM-DATE", "connu_le", "the day of publication is missing")
	}
}

// croisements refuses two rows of one key, published the same day, that hold
// on the same day of care; a row that stands twice counts once.
func (d *definition[K, T, P]) croisements(lignes []T, p plage, f *fautes) plage {
	garde := lignes[:0]
ligne:
	for i := range lignes {
		b := P(&lignes[i]).date()
		for j := len(garde) - 1; j >= 0; j-- {
			a := P(&garde[j]).date()
			if a.ConnuLe != b.ConnuLe || (a.ligne == duSocle) != (b.ligne == duSocle) {
				break // rows are sorted by publication
			}
			croise := croisent(a.Periode, b.Periode)
			if croise && slices.Equal(d.texte(&garde[j]), d.texte(&lignes[i])) {
				continue ligne
			}
			if d.disjoints != nil && d.disjoints(&garde[j], &lignes[i]) {
				continue
			}
			if !croise {
				break // nor any row that starts later
			}
			f.ajoute("NOM-CHEVAUCHEMENT", d.fichier(), int(max(a.ligne, b.ligne, 0)), 0, fmt.Sprintf(
				"%s: %s to %s (%s) and %s to %s (%s, line %d), both known from %s: close a period or date a publication",
				d.nomme(&lignes[i]), a.Periode.Du, a.Periode.Au, a.Reference, b.Periode.Du, b.Periode.Au, b.Reference, min(a.ligne, b.ligne), a.ConnuLe))
			break
		}
		garde = append(garde, lignes[i])
	}
	return plage{p.du, p.du + int32(len(garde))}
}

func croisent(p, q simphonie.Periode) bool {
	return (p.Au.IsZero() || !q.Du.After(p.Au)) && (q.Au.IsZero() || !p.Du.After(q.Au))
}
