package ace

import (
	"slices"
	"strconv"
	"strings"
)

const dentsMax = 16

// localisation tells a tooth, or an area of the mouth, of ISO 3950: teeth 11 to
// 48 and 51 to 85, jaws 01 and 02, sextants 03 to 08, quadrants 10 to 40.
func localisation(s string) (valide, dent bool) {
	if len(s) != 2 || s[0] < '0' || s[0] > '8' || s[1] < '0' || s[1] > '8' {
		return false, false
	}
	quadrant, rang := s[0]-'0', s[1]-'0'
	switch {
	case quadrant == 0:
		return rang >= 1, false
	case rang == 0:
		return quadrant <= 4, false
	case quadrant <= 4:
		return true, true
	}
	return rang <= 5, rang <= 5
}

// dents checks the teeth of an act, and the patient's dental age.
func (c *controleur) dents(w *vue) {
	a, nb := w.CCAM, 0
	zones := false
	const champ = "ccam.dents"
	for _, d := range distincts(a.Dents) {
		valide, dent := localisation(d)
		switch {
		case !valide:
			c.dit(&ctlDent, w.rang, champ, a.Acte, d)
		case dent:
			nb++
		default:
			zones = true
		}
		if w.activite != nil && slices.Contains(w.activite.DentsInterdites, d) {
			c.dit(&ctlDentInterdite, w.rang, champ, a.Acte, d)
		}
	}
	if n := len(a.Dents); n > dentsMax {
		c.dit(&ctlDent, w.rang, champ, a.Acte, strconv.Itoa(n))
	}
	if w.activite == nil {
		return
	}
	// An area stands for several teeth: they are not counted.
	if n := w.activite.DentsMin; nb < n && !zones {
		c.dit(&ctlDentNombre, w.rang, champ, a.Acte, strconv.Itoa(n), strconv.Itoa(nb))
	}
	age, err := c.v.Naissance.AgeLe(w.Execution)
	if du, au := w.activite.AgeDentMin, w.activite.AgeDentMax; err == nil && (age.Ans() < du || au != 0 && age.Ans() >= au) {
		c.dit(&ctlDentAge, w.rang, "ccam.acte", a.Acte, w.Execution.String())
	}
}

func distincts(ss []string) []string {
	ss = slices.Clone(ss)
	slices.Sort(ss)
	return slices.Compact(ss)
}

// paniers wants acts of one basket on a tooth; basket 2, free prices, does not
// count (RG_IP_R43).
func (c *controleur) paniers() {
	for _, g := range c.groupes(cumulJour) {
		type surDent struct {
			paniers, actes []string
			rang           int
		}
		dents := map[string]*surDent{}
		var ordre []string
		for _, i := range g.lignes {
			w := &c.vues[i]
			if w.CCAM == nil || len(w.CCAM.Dents) == 0 || w.Execution.IsZero() {
				continue
			}
			p, err := c.o.Tables.PlafondDentaire(w.CCAM.Acte, "", w.Execution, c.o.ConnuAu)
			if c.inconnue(err) || err != nil || p.Panier == panierLibre {
				continue
			}
			for _, d := range distincts(w.CCAM.Dents) {
				s := dents[d]
				if s == nil {
					s = &surDent{}
					dents[d] = s
					ordre = append(ordre, d)
				}
				s.paniers, s.actes, s.rang = append(s.paniers, p.Panier), append(s.actes, w.CCAM.Acte), i
			}
		}
		for _, d := range ordre {
			if s := dents[d]; len(distincts(s.paniers)) > 1 {
				c.dit(&ctlDentPanier, s.rang, "ccam.dents", d, strings.Join(distincts(s.actes), ", "))
			}
		}
	}
}

// panierLibre is the basket of free prices in table PFD.
const panierLibre = "2"
