package b2

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// cle is the head of the record: what it repeats from the type 2.
func (c *champs) cle(v *Cle) {
	if c.ecrit() && c.layout.rang != r2 && v.IsZero() {
		v = c.parDefaut
	}
	c.finess(2, &v.FINESS)
	c.nir(12, 25, &v.NIR)
	if c.layout.tete == &teteLongue {
		c.code(27, &v.Rang)
	}
	c.code(c.layout.tete.facture+1, (*string)(&v.Facture))
}

// nir is a number and its key, in two zones.
func (c *champs) nir(colonne, cle int, v *simphonie.NIR) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		k, z := c.lit(cle)
		if s = sansFin(s); s != "" && k != "" && !z.nonRenseignee(k) {
			s += k
		}
		*v = simphonie.NIRRecu(s)
		return
	}
	s := v.Clair()
	z, b := c.place(colonne)
	_, k := c.place(cle)
	switch len(s) {
	case 0:
	case len(b) + len(k):
		copy(k, s[len(b):])
		copy(b, s)
	case len(b):
		copy(b, s)
	default:
		c.faute(z, &zoneForme)
	}
}

// finess is the number of an establishment, in the all-digit form of the norm
// (RG_MF609, RG_MF636): behind zeros in a numeric zone that is wider, before
// spaces in a text zone.
func (c *champs) finess(colonne int, v *simphonie.FINESS) {
	if !c.ecrit() {
		s, z := c.lit(colonne)
		if s != "" && z.nonRenseignee(s) {
			s = ""
		}
		*v = simphonie.FINESS(sansZeros(sansFin(s), 9))
		return
	}
	z, b := c.place(colonne)
	put, pad := fixedwidth.PutLeft, byte(' ')
	if z.numerique {
		put, pad = fixedwidth.PutRight, '0'
	}
	if *v != "" && !put(b, v.NormeB2(), pad) {
		c.faute(z, &zoneDepassement)
	}
}

// prescripteur is nine digits: the number of the prescriber, or the FINESS of
// his establishment.
func (c *champs) prescripteur(colonne int, v *string) {
	f := simphonie.FINESS(*v)
	c.finess(colonne, &f)
	if !c.ecrit() {
		*v = string(f)
	}
}

// rpps is the number of a professional.
func (c *champs) rpps(colonne int, v *simphonie.RPPS) {
	if !c.ecrit() {
		s, z := c.lit(colonne)
		if s != "" && z.nonRenseignee(s) {
			s = ""
		}
		*v = simphonie.RPPS(sansFin(s))
		return
	}
	c.code(colonne, (*string)(v))
}

// jour is a date AAMMJJ in the hundred years that are set.
func (c *champs) jour(colonne int, v *simphonie.Jour) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = c.siecle.lis(s)
		return
	}
	if z, b := c.place(colonne); !v.IsZero() && !c.siecle.ecris(b, *v) {
		c.faute(z, &zoneDate)
	}
}

// naissance is a birth date AAMMJJ, whose century is not known and whose
// month and day the calendar may not have.
func (c *champs) naissance(colonne int, v *simphonie.DateNaissance) {
	if !c.ecrit() {
		*v = simphonie.DateNaissance{}
		if s, z := c.lit(colonne); s != "" && !z.nonRenseignee(s) {
			if d, err := simphonie.ParseDateNaissance(s[:2] + "-" + s[2:4] + "-" + s[4:]); err == nil {
				*v = d
			}
		}
		return
	}
	_, b := c.place(colonne)
	if s := v.Clair(); s != "" {
		s = s[len(s)-8:]
		copy(b, s[:2])
		copy(b[2:], s[3:5])
		copy(b[4:], s[6:])
	}
}

// accident is the number of an accident at work, or a date with three zeros.
func (c *champs) accident(colonne int, numero *simphonie.Confidentiel, date *simphonie.Jour) {
	if !c.ecrit() {
		s, z := c.lit(colonne)
		*numero, *date = simphonie.Confidentiel{}, simphonie.Jour{}
		switch {
		case s == "" || z.nonRenseignee(s):
		case s[:3] == "000" && dateCivile(s[3:]):
			*date = c.siecle.lis(s[3:])
		case s[6:] == "000" && dateCivile(s[:6]):
			*date = c.siecle.lis(s[:6])
		default:
			*numero = simphonie.NewConfidentiel(s)
		}
		return
	}
	z, b := c.place(colonne)
	n := numero.Clair()
	debut := 3
	if c.reglages.DateAccident == AGauche {
		debut = 0
	}
	switch {
	case n != "" && (!date.IsZero() || len(n) != z.Largeur):
		c.faute(z, &zoneForme)
	case n != "":
		copy(b, n)
	case !date.IsZero() && !c.siecle.ecris(b[debut:debut+6], *date):
		c.faute(z, &zoneDate)
	}
}

// organisme is the number of a complementary body.
func (c *champs) organisme(colonne int, v *simphonie.NumeroAMC) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = simphonie.NumeroAMC(sansZeros(sansFin(s), 0))
		return
	}
	z, b := c.place(colonne)
	put, pad := fixedwidth.PutRight, byte('0')
	if c.reglages.NumeroOC == AGauche {
		put, pad = fixedwidth.PutLeft, ' '
	}
	if s := v.Canonique(); s != "" && !put(b, s, pad) {
		c.faute(z, &zoneDepassement)
	}
}

// acte is a code of four characters and what follows it on the fifth.
func (c *champs) acte(colonne int, v *CodeActe) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = CodeActe{}
		if len(s) > 4 {
			*v = CodeActe{Code: sansFin(s[:4]), Suite: sansFin(s[4:])}
		}
		return
	}
	z, b := c.place(colonne)
	if !fixedwidth.PutLeft(b[:4], v.Code, ' ') || !fixedwidth.PutLeft(b[4:], v.Suite, ' ') {
		c.faute(z, &zoneDepassement)
	}
}

// drapeau is a letter or nothing.
func (c *champs) drapeau(colonne int, lettre byte, v *bool) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = s != "" && s[0] == lettre
		return
	}
	if _, b := c.place(colonne); *v {
		b[0] = lettre
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
	z, _ := c.place(colonne)
	switch {
	case len(*v) > n:
		c.faute(z, &zoneDepassement)
	case !fixedwidth.Only(*v, fixedwidth.Alnum):
		c.faute(z, &zoneCaractere)
	default:
		copy(c.buf[z.debut:], *v)
	}
}
