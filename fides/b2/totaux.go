package b2

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// Totals computes the totals of an invoice (RG_MF633): the amounts of its
// types 3 and 4, and the number of all its records of these types. Other
// records are passed over. The error is an overflow, or a participation below
// zero: amounts that do not belong together.
func Totals(es ...Enregistrement) (Totaux, error) {
	var c cumul
	for _, e := range es {
		c.ajoute(e)
	}
	return c.totaux()
}

// cumul adds up an invoice.
type cumul struct {
	t   Totaux
	err error
}

func (c *cumul) ajoute(e Enregistrement) {
	switch e := e.(type) {
	case *Type2, *Type2S, *Type5:
		return
	case *Type3:
		c.trois(e.BaseRemboursement, e.MontantAMO, e.MontantTotal, e.MontantOC)
	case *Type4:
		c.quatre(e.Honoraires, e.MontantAMO, e.MontantOC)
	}
	c.t.Enregistrements++
}

// ajouteTexte adds a record that was read or written. The amounts of zones that
// do not hold digits count for nothing: the check of the record reports them.
func (c *cumul) ajouteTexte(l *layout, texte string) {
	if !l.compte() {
		return
	}
	c.t.Enregistrements++
	switch l.rang {
	case r3:
		c.trois(centimes(texte, 83, 8), centimes(texte, 94, 8), centimes(texte, 102, 8), centimes(texte, 122, 7))
	case r4:
		c.quatre(centimes(texte, 115, 7), centimes(texte, 108, 7), centimes(texte, 123, 6))
	}
}

// compte says that zone 0539 counts the record: all of types 3 and 4, whatever
// their letter.
func (l *layout) compte() bool { return l.typ[0] == '3' || l.typ[0] == '4' }

func (c *cumul) trois(base, amo, total, oc simphonie.Montant) {
	c.plus(&c.t.BasePH, base)
	c.plus(&c.t.CaissePH, amo)
	c.plus(&c.t.FacturePH, total)
	c.plus(&c.t.OCPH, oc)
}

func (c *cumul) quatre(honoraires, amo, oc simphonie.Montant) {
	c.plus(&c.t.Honoraires, honoraires)
	c.plus(&c.t.CaisseHonoraires, amo)
	c.plus(&c.t.OCHonoraires, oc)
}

func (c *cumul) plus(total *simphonie.Montant, m simphonie.Montant) {
	s, err := total.Add(m)
	if err != nil {
		c.err = err
		return
	}
	*total = s
}

// totaux ends the sum with the participation of the insured.
func (c *cumul) totaux() (Totaux, error) {
	t, err := c.t, c.err
	if err == nil {
		t.Participation, err = simphonie.Somme(t.FacturePH, -t.CaissePH, t.Honoraires, -t.CaisseHonoraires)
	}
	switch {
	case err != nil:
		return t, &simphonie.Erreur{Code: zoneDepassement.Code, Service: "b2", Detail: "the totals overflow", Err: err}
	case t.Participation < 0:
		return t, &simphonie.Erreur{Code: zoneSigne.Code, Service: "b2", Chemin: "0574",
			Detail: "the Assurance Maladie would pay more than what is billed"}
	}
	return t, nil
}

// centimes reads an amount of a record by its column and width.
func centimes(texte string, colonne, largeur int) simphonie.Montant {
	if colonne-1+largeur > len(texte) {
		return 0
	}
	v, _ := fixedwidth.Uint(texte[colonne-1 : colonne-1+largeur])
	return simphonie.Montant(v)
}

// ecarts compares a type 5 to the sum of its lines.
func (c *cumul) ecarts(l *layout, texte string, ligne int) []faute {
	t, _ := c.totaux()
	var fs []faute
	for _, z := range [...]struct {
		colonne, largeur int
		somme            simphonie.Montant
	}{{39, 3, simphonie.Montant(t.Enregistrements)}, {42, 8, t.BasePH}, {50, 8, t.CaissePH}, {58, 8, t.Honoraires},
		{66, 8, t.CaisseHonoraires}, {74, 8, t.Participation}, {82, 8, t.OCPH}, {90, 8, t.OCHonoraires}, {115, 8, t.FacturePH}} {
		if lu := centimes(texte, z.colonne, z.largeur); lu != z.somme {
			fs = append(fs, fauteTotal(l, z.colonne, ligne, lu, z.somme))
		}
	}
	return fs
}

func fauteTotal(l *layout, colonne, ligne int, lu, somme simphonie.Montant) faute {
	z := l.zoneEn(colonne)
	a, b := lu.String(), somme.String()
	if colonne == 39 {
		a, b = strconv.Itoa(int(lu)), strconv.Itoa(int(somme))
	}
	return faute{regle: &totalFaux, ligne: ligne, colonne: colonne, zone: z.ID, valeurs: []string{z.ID, z.Libelle, a, b}}
}
