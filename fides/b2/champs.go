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
	texte    string
	buf      []byte // nil when reading
	siecle   Siecle
	reglages *Reglages // when writing
	fautes   []faute

	parDefaut *Cle           // of the type 2, for records that leave theirs empty
	tete      *[Largeur]byte // text of that type 2

	essai  *Table // reference against which a table is tried, or nil
	manque string // zone that the table tried has not
}

// zone gives the zone that begins on a column, nil when the table has none.
func (c *champs) zone(colonne int) *Zone {
	if i := c.layout.parColonne[colonne]; i > 0 {
		return &c.layout.zones[i-1]
	}
	return nil
}

// lit gives the columns of a zone when reading; "" when there is nothing
// there.
func (c *champs) lit(colonne int) string {
	if c.essai != nil {
		c.essaie(colonne, c.zone(colonne))
	}
	fin := int(c.layout.fins[colonne])
	if fin < colonne || fin > len(c.texte) {
		return ""
	}
	return c.texte[colonne-1 : fin]
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

func (c *champs) faute(colonne int, r *regle) {
	z := c.zone(colonne)
	c.fautes = append(c.fautes, faute{regle: r, colonne: z.Colonne, zone: z.ID, valeurs: []string{z.ID, z.Libelle}})
}

// ecrit says that the record is being written.
func (c *champs) ecrit() bool { return c.buf != nil }

// place gives the bytes of the zone to write to.
func (c *champs) place(colonne int) []byte {
	return c.buf[colonne-1 : c.layout.fins[colonne]]
}

// uint reads digits, blanks and anything wrong as 0.
func (c *champs) uint(colonne int) uint64 {
	v, _ := fixedwidth.Uint(c.lit(colonne))
	return v
}

func (c *champs) putUint(colonne int, v int64) {
	switch {
	case v == 0:
	case v < 0:
		c.faute(colonne, &zoneSigne)
	case !fixedwidth.PutUint(c.place(colonne), uint64(v)):
		c.faute(colonne, &zoneDepassement)
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
		c.faute(colonne, &zonePrecision)
		return
	}
	c.putUint(colonne, int64(*v/un))
}

// coefficient has a number of decimals; 0 is absent.
func (c *champs) coefficient(colonne, decimales int, v *simphonie.Coefficient) {
	u := simphonie.Un
	for range decimales {
		u /= 10
	}
	switch {
	case !c.ecrit():
		*v = simphonie.Coefficient(c.uint(colonne)) * u
	case *v == 0:
	case *v%u != 0:
		c.faute(colonne, &zonePrecision)
	default:
		c.putUint(colonne, int64(*v/u))
	}
}

// texteA is text, left-aligned.
func (c *champs) texteA(colonne int, v *string) {
	if !c.ecrit() {
		*v = sansFin(c.lit(colonne))
		return
	}
	if *v != "" && !fixedwidth.PutLeft(c.place(colonne), *v, ' ') {
		c.faute(colonne, &zoneDepassement)
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
		*v = renseigne(c.lit(colonne))
		return
	}
	c.putDroite(colonne, *v)
}

// putDroite writes digits behind zeros; "" leaves the unset form.
func (c *champs) putDroite(colonne int, v string) {
	if v != "" && !fixedwidth.PutRight(c.place(colonne), v, '0') {
		c.faute(colonne, &zoneDepassement)
	}
}

// chiffres is digits of which zeros are a value: absent is a fault.
func (c *champs) chiffres(colonne int, v *string) {
	switch {
	case !c.ecrit():
		*v = c.lit(colonne)
	case *v == "":
		c.faute(colonne, &zoneAbsente)
	default:
		c.putDroite(colonne, *v)
	}
}

// identifiant is digits without the zeros before them.
func (c *champs) identifiant(colonne int, v *string) {
	if !c.ecrit() {
		*v = sansZeros(sansFin(c.lit(colonne)), 0)
		return
	}
	c.putDroite(colonne, *v)
}

// appareil is an identifier that may hold letters: then it stands on the left.
func (c *champs) appareil(colonne int, v *string) {
	if c.ecrit() && !fixedwidth.Only(*v, fixedwidth.Digit) {
		c.texteA(colonne, v)
		return
	}
	c.identifiant(colonne, v)
}

// renseigne gives "" for zeros and for spaces.
func renseigne(s string) string {
	if s != "" && (s[0] == '0' || s[0] == ' ') && fixedwidth.All(s, s[0]) {
		return ""
	}
	return s
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
