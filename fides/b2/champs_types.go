package b2

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// cle is the head of the record: what it repeats from the type 2.
func (c *champs) cle(v *Cle) {
	f := c.layout.tete.facture
	if c.ecrit() && c.layout.rang != r2 && (v.IsZero() || *v == *c.parDefaut) {
		copy(c.buf[1:26], c.tete[1:26])
		copy(c.buf[f:f+9], c.tete[teteLongue.facture:])
		if f == teteLongue.facture {
			copy(c.buf[26:29], c.tete[26:29])
		}
		return
	}
	c.finess(2, &v.FINESS)
	c.nir(12, 25, &v.NIR)
	if f == teteLongue.facture {
		c.code(27, &v.Rang)
	}
	c.code(f+1, (*string)(&v.Facture))
}

// nir is a number and its key, in two zones.
func (c *champs) nir(colonne, cle int, v *simphonie.NIR) {
	if !c.ecrit() {
		s, k := sansFin(c.lit(colonne)), renseigne(c.lit(cle))
		switch {
		case len(s) == 13 && k != "":
			s = c.texte[colonne-1 : colonne+14]
		case s != "":
			s += k
		}
		*v = simphonie.NIRRecu(s)
		return
	}
	s := v.Clair()
	switch len(s) {
	case 0:
	case 15:
		copy(c.buf[colonne-1:], s)
	case 13:
		copy(c.buf[colonne-1:], s)
	default:
		c.faute(colonne, &zoneForme)
	}
}

// finess is the number of an establishment, in the all-digit form of the norm
// (RG_MF609, RG_MF636), behind zeros in a zone that is wider.
func (c *champs) finess(colonne int, v *simphonie.FINESS) {
	if !c.ecrit() {
		*v = simphonie.FINESS(sansZeros(renseigne(c.lit(colonne)), 9))
		return
	}
	if *v != "" {
		c.putDroite(colonne, v.NormeB2())
	}
}

// finessTexte is the same in a text zone: before spaces.
func (c *champs) finessTexte(colonne int, v *simphonie.FINESS) {
	s := v.NormeB2()
	c.texteA(colonne, &s)
	if !c.ecrit() {
		*v = simphonie.FINESS(s)
	}
}

// jour is a date AAMMJJ in the hundred years that are set.
func (c *champs) jour(colonne int, v *simphonie.Jour) {
	if !c.ecrit() {
		*v = c.siecle.lis(c.lit(colonne))
		return
	}
	if !v.IsZero() && !c.siecle.ecris(c.place(colonne), *v) {
		c.faute(colonne, &zoneDate)
	}
}

// naissance is a birth date AAMMJJ, whose century is not known and whose
// month and day the calendar may not have.
func (c *champs) naissance(colonne int, v *simphonie.DateNaissance) {
	if !c.ecrit() {
		*v = simphonie.DateNaissance{}
		if s := renseigne(c.lit(colonne)); s != "" {
			if d, err := simphonie.ParseDateNaissance(s[:2] + "-" + s[2:4] + "-" + s[4:]); err == nil {
				*v = d
			}
		}
		return
	}
	if s := v.Clair(); s != "" {
		b := c.place(colonne)
		s = s[len(s)-8:]
		copy(b, s[:2])
		copy(b[2:], s[3:5])
		copy(b[4:], s[6:])
	}
}

// accident is the number of an accident at work, or a date with three zeros.
func (c *champs) accident(colonne int, numero *simphonie.Confidentiel, date *simphonie.Jour) {
	if !c.ecrit() {
		c.litAccident(renseigne(c.lit(colonne)), numero, date)
		return
	}
	b, n := c.place(colonne), numero.Clair()
	debut := 3
	if c.reglages.DateAccident == AGauche {
		debut = 0
	}
	switch {
	case n != "" && (!date.IsZero() || len(n) != len(b)):
		c.faute(colonne, &zoneForme)
	case n != "":
		copy(b, n)
	case !date.IsZero() && !c.siecle.ecris(b[debut:debut+6], *date):
		c.faute(colonne, &zoneDate)
	}
}

func (c *champs) litAccident(s string, numero *simphonie.Confidentiel, date *simphonie.Jour) {
	*numero, *date = simphonie.Confidentiel{}, simphonie.Jour{}
	switch {
	case s == "":
	case s[:3] == "000" && dateCivile(s[3:]):
		*date = c.siecle.lis(s[3:])
	case s[6:] == "000" && dateCivile(s[:6]):
		*date = c.siecle.lis(s[:6])
	default:
		*numero = simphonie.NewConfidentiel(s)
	}
}

// organisme is the number of a complementary body.
func (c *champs) organisme(colonne int, v *simphonie.NumeroAMC) {
	s := v.Canonique()
	switch {
	case !c.ecrit():
		*v = simphonie.NumeroAMC(simphonie.NumeroAMC(sansFin(c.lit(colonne))).Canonique())
	case c.reglages.NumeroOC == AGauche:
		c.texteA(colonne, &s)
	default:
		c.putDroite(colonne, s)
	}
}

// acte is a code of four characters and what follows it on the fifth.
func (c *champs) acte(colonne int, v *CodeActe) {
	if !c.ecrit() {
		*v = CodeActe{}
		if s := c.lit(colonne); len(s) > 4 {
			*v = CodeActe{Code: sansFin(s[:4]), Suite: sansFin(s[4:])}
		}
		return
	}
	b := c.place(colonne)
	if !fixedwidth.PutLeft(b[:4], v.Code, ' ') || !fixedwidth.PutLeft(b[4:], v.Suite, ' ') {
		c.faute(colonne, &zoneDepassement)
	}
}

// drapeau is a letter or nothing.
func (c *champs) drapeau(colonne int, lettre byte, v *bool) {
	if !c.ecrit() {
		s := c.lit(colonne)
		*v = s != "" && s[0] == lettre
		return
	}
	if *v {
		c.place(colonne)[0] = lettre
	}
}

// caracteres is a run of zones of one column each, filled from the first.
func (c *champs) caracteres(colonne, n int, v *string) {
	if !c.ecrit() {
		*v = ""
		if fin := colonne - 1 + n; fin <= len(c.texte) {
			*v = sansFin(c.texte[colonne-1 : fin])
		}
		for i := range n {
			c.lit(colonne + i)
		}
		return
	}
	switch {
	case len(*v) > n:
		c.faute(colonne, &zoneDepassement)
	case !fixedwidth.Only(*v, fixedwidth.Text):
		c.faute(colonne, &zoneCaractere)
	default:
		copy(c.buf[colonne-1:], *v)
	}
}
