package b2

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// champs walks the zones of a record in the order of its columns, and moves
// each value between the record and a field of its view: out of texte, or
// into buf when writing. One walk per view serves both ways.
//
// Reading takes what it can of zones that are wrong: what is wrong with them
// was said by the check of the record. When writing, an absent value leaves
// the unset form that buf already holds.
type champs struct {
	layout   *layout
	i        int
	texte    string
	buf      []byte // nil when reading
	siecle   Siecle
	reglages *Reglages // when writing
	fautes   []faute

	parDefaut *Cle // of the type 2, for records that leave theirs empty

	essai  *Table // reference against which a table is tried, or nil
	manque string // zone that the table tried has not
}

// zone moves to the zone that begins on a column.
func (c *champs) zone(colonne int) *Zone {
	for zs := c.layout.zones; c.i < len(zs) && zs[c.i].Colonne <= colonne; c.i++ {
		if zs[c.i].Colonne == colonne {
			return &zs[c.i]
		}
	}
	return nil
}

// lit gives the columns of a zone when reading; "" when there is nothing
// there.
func (c *champs) lit(colonne int) (string, *Zone) {
	z := c.zone(colonne)
	if c.essai != nil {
		c.essaie(colonne, z)
	}
	if z == nil || z.fin > len(c.texte) {
		return "", z
	}
	return c.texte[z.debut:z.fin], z
}

// essaie compares a zone to the one that the view expects.
func (c *champs) essaie(colonne int, z *Zone) {
	for i := range c.essai.layout(c.layout.typ).zones {
		ref := &c.essai.layout(c.layout.typ).zones[i]
		if ref.Colonne == colonne && (z == nil || z.Largeur != ref.Largeur || z.Genre != ref.Genre) && c.manque == "" {
			c.manque = ref.ID
		}
	}
}

func (c *champs) faute(z *Zone, r *regle) {
	c.fautes = append(c.fautes, faute{regle: r, colonne: z.Colonne, zone: z.ID, valeurs: []string{z.ID, z.Libelle}})
}

// ecrit says that the record is being written.
func (c *champs) ecrit() bool { return c.buf != nil }

// place gives the zone to write to, and its bytes.
func (c *champs) place(colonne int) (*Zone, []byte) {
	z := c.zone(colonne)
	return z, c.buf[z.debut:z.fin]
}

// uint reads digits, blanks and anything wrong as 0.
func (c *champs) uint(colonne int) uint64 {
	s, _ := c.lit(colonne)
	v, _ := fixedwidth.Uint(s)
	return v
}

func (c *champs) putUint(colonne int, v int64) {
	z, b := c.place(colonne)
	switch {
	case v < 0:
		c.faute(z, &zoneSigne)
	case !fixedwidth.PutUint(b, uint64(v)):
		c.faute(z, &zoneDepassement)
	}
}

// entier is a whole number.
func (c *champs) entier(colonne int, v *int) {
	if c.ecrit() {
		c.putUint(colonne, int64(*v))
		return
	}
	*v = int(c.uint(colonne))
}

// montant is an amount in centimes.
func (c *champs) montant(colonne int, v *simphonie.Montant) {
	if c.ecrit() {
		c.putUint(colonne, int64(*v))
		return
	}
	*v = simphonie.Montant(c.uint(colonne))
}

// taux is a whole number of per cent.
func (c *champs) taux(colonne int, v *simphonie.Taux) {
	if !c.ecrit() {
		*v = simphonie.PourCent(int32(c.uint(colonne)))
		return
	}
	un := simphonie.PourCent(1)
	if *v%un != 0 {
		c.faute(c.zone(colonne), &zonePrecision)
		return
	}
	c.putUint(colonne, int64(*v/un))
}

// coefficient has the decimals of its zone; 0 is absent.
func (c *champs) coefficient(colonne int, v *simphonie.Coefficient) {
	if !c.ecrit() {
		s, z := c.lit(colonne)
		u, _ := fixedwidth.Uint(s)
		*v = simphonie.Coefficient(u) * uniteCoefficient(z)
		return
	}
	z := c.zone(colonne)
	switch u := uniteCoefficient(z); {
	case *v == 0:
	case *v%u != 0:
		c.faute(z, &zonePrecision)
	default:
		c.putUint(colonne, int64(*v/u))
	}
}

// uniteCoefficient gives the value of the last decimal of a zone.
func uniteCoefficient(z *Zone) simphonie.Coefficient {
	u := simphonie.Un
	for i := 0; z != nil && i < z.decimales; i++ {
		u /= 10
	}
	return u
}

// texteA is text, left-aligned.
func (c *champs) texteA(colonne int, v *string) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = sansFin(s)
		return
	}
	if z, b := c.place(colonne); *v != "" && !fixedwidth.PutLeft(b, *v, ' ') {
		c.faute(z, &zoneDepassement)
	}
}

// confidentiel is a personal text.
func (c *champs) confidentiel(colonne int, v *simphonie.Confidentiel) {
	s := v.Clair()
	c.texteA(colonne, &s)
	if !c.ecrit() {
		*v = simphonie.NewConfidentiel(s)
	}
}

// code is digits of the width of the zone; zeros are "".
func (c *champs) code(colonne int, v *string) {
	if !c.ecrit() {
		s, z := c.lit(colonne)
		if s != "" && z.nonRenseignee(s) {
			s = ""
		}
		*v = s
		return
	}
	if z, b := c.place(colonne); *v != "" && !fixedwidth.PutRight(b, *v, '0') {
		c.faute(z, &zoneDepassement)
	}
}

// chiffres is digits of which zeros are a value: absent is a fault.
func (c *champs) chiffres(colonne int, v *string) {
	if !c.ecrit() {
		*v, _ = c.lit(colonne)
		return
	}
	switch z, b := c.place(colonne); {
	case *v == "":
		c.faute(z, &zoneAbsente)
	case !fixedwidth.PutRight(b, *v, '0'):
		c.faute(z, &zoneDepassement)
	}
}

// identifiant is digits without the zeros before them, or text where the zone
// takes text.
func (c *champs) identifiant(colonne int, v *string) {
	if !c.ecrit() {
		s, _ := c.lit(colonne)
		*v = sansZeros(sansFin(s), 0)
		return
	}
	z, b := c.place(colonne)
	put, pad := fixedwidth.PutRight, byte('0')
	if z.Format == "appareil" && !fixedwidth.Only(*v, fixedwidth.Digit) {
		put, pad = fixedwidth.PutLeft, ' '
	}
	if *v != "" && !put(b, *v, pad) {
		c.faute(z, &zoneDepassement)
	}
}

// sansFin drops the spaces at the end.
func sansFin(s string) string {
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// sansZeros drops the zeros at the beginning, down to a width. Text that is
// not digits alone is left as it is.
func sansZeros(s string, largeur int) string {
	if !fixedwidth.Only(s, fixedwidth.Digit) {
		return s
	}
	for len(s) > largeur && s[0] == '0' {
		s = s[1:]
	}
	return s
}
