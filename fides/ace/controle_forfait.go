package ace

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// forfaits checks what opens each forfait (RG_CF633, RG_VF626).
func (c *controleur) forfaits() {
	for i := range c.vues {
		w := &c.vues[i]
		if w.Execution.IsZero() {
			continue
		}
		switch f := w.familles; {
		case f&fATU != 0:
			if c.presentes[w.jour]&fActe == 0 {
				c.dit(&ctlATUSeule, i, "code", w.Execution.String())
			}
		case f&fFFM != 0:
			c.ffm(w)
		case f&fSE != 0:
			c.se(w)
		case f&fAPE != 0:
			if c.presentes[w.jour]&(fEnSus|fProduit) == 0 {
				c.dit(&ctlAPEProduit, i, "code", w.Execution.String())
			}
		case f&fFT != 0:
			c.technique(w)
		case f&fFSD != 0:
			c.fsd(w)
		case f&fVDE != 0:
			c.ouvre(w, nomenclature.ListeVDE, &ctlVDEActe, w.Execution.String())
		}
	}
	c.seEnsemble()
	c.fsdEnsemble()
}

// ccamDuJour gives the acts of the CCAM of the day of a line.
func (c *controleur) ccamDuJour(w *vue) []*vue {
	var vs []*vue
	for i := range c.vues {
		if x := &c.vues[i]; x.CCAM != nil && x.jour == w.jour {
			vs = append(vs, x)
		}
	}
	return vs
}

// ouvre wants an act of a list on the day of a forfait. Without the list, the
// capsule alone is known to open VDE.
func (c *controleur) ouvre(w *vue, l nomenclature.NomListe, r *simphonie.Regle, valeurs ...string) {
	manque := false
	for _, x := range c.ccamDuJour(w) {
		if l == nomenclature.ListeVDE && x.CCAM.Acte == acteVideocapsule {
			return
		}
		switch c.o.Tables.Liste(l, x.CCAM.Acte, w.Execution, c.o.ConnuAu) {
		case simphonie.Oui:
			return
		case simphonie.Non:
		default:
			manque = true
		}
	}
	if manque {
		c.manque(string(l))
		return
	}
	c.dit(r, w.rang, "code", valeurs...)
}

func (c *controleur) ffm(w *vue) {
	c.ouvre(w, nomenclature.ListeFFM, &ctlFFMActe, w.Execution.String())
	var actes []string
	for _, x := range c.ccamDuJour(w) {
		if x.anesthesie() {
			actes = append(actes, x.CCAM.Acte)
		}
	}
	if len(actes) > 0 {
		c.dit(&ctlFFMAnesthesie, w.rang, "code", w.Execution.String(), strings.Join(distincts(actes), ", "))
	}
}

// se wants an act of the list of its rank, unless the caller decided.
func (c *controleur) se(w *vue) {
	n := int(w.code[len(w.code)-1] - '0')
	switch {
	case w.Annexe == n:
	case w.Annexe != 0:
		c.dit(&ctlSEActe, w.rang, "annexe", string(w.code), w.Execution.String())
	case c.presentes[w.jour]&fActe == 0:
		c.dit(&ctlSESeul, w.rang, "code", string(w.code), w.Execution.String())
	default:
		c.ouvre(w, nomenclature.Annexe11(n), &ctlSEActe, string(w.code), w.Execution.String())
	}
}

// seEnsemble tells a third SE of a day, or two of one list.
func (c *controleur) seEnsemble() {
	for _, g := range c.groupes(cumulJour) {
		var ses []int
		n := 0
		for _, i := range g.lignes {
			if c.vues[i].familles&fSE != 0 {
				ses = append(ses, i)
				n += c.vues[i].quantite()
			}
		}
		if codes := c.codes(ses); n > 2 || n == 2 && !strings.Contains(codes, ",") {
			c.dit(&ctlSENombre, ses[len(ses)-1], "code", codes, g.jour.String())
		}
	}
}

// technique wants imaging beside a technical forfait, or nothing at all.
func (c *controleur) technique(w *vue) {
	autres := c.presentes[w.jour]&fActe != 0
	imagerie := slices.ContainsFunc(c.ccamDuJour(w), func(x *vue) bool {
		return x.code == regroupImagerie || x.code == "" // a table that is not loaded is told
	})
	if autres && !imagerie {
		c.dit(&ctlFTActe, w.rang, "code", string(w.code), w.Execution.String())
	}
}

// champFSD is the value of field 34 that opens FSD.
const champFSD = "5"

func (c *controleur) fsd(w *vue) {
	for _, x := range c.ccamDuJour(w) {
		if x.ps == w.ps && (x.acte == nil || slices.Contains(x.acte.Forfaits, champFSD)) {
			return
		}
	}
	c.dit(&ctlFSDActe, w.rang, "code", w.Execution.String())
}

// fsdEnsemble wants 24 hours between two FSD of a practitioner.
func (c *controleur) fsdEnsemble() {
	var fs []*vue
	for i := range c.vues {
		if w := &c.vues[i]; w.familles&fFSD != 0 && !w.Execution.IsZero() {
			fs = append(fs, w)
		}
	}
	slices.SortStableFunc(fs, func(a, b *vue) int {
		if d := a.Execution.DaysSince(b.Execution); d != 0 {
			return d
		}
		return strings.Compare(string(a.Heure), string(b.Heure))
	})
	dernier := map[Executant]*vue{}
	for _, w := range fs {
		p := dernier[w.ps]
		dernier[w.ps] = w
		if w.quantite() > 1 {
			c.dit(&ctlFSD24, w.rang, "quantite", w.Execution.String(), w.Execution.String())
		}
		if p == nil {
			continue
		}
		jours := w.Execution.DaysSince(p.Execution)
		debut, okD := p.Heure.minutes()
		fin, okF := w.Heure.minutes()
		switch {
		case jours == 0 || jours == 1 && okD && okF && fin < debut:
			c.dit(&ctlFSD24, max(p.rang, w.rang), "code", p.Execution.String(), w.Execution.String())
		case jours == 1 && (!okD || !okF):
			c.dit(&ctlFSD24Heure, max(p.rang, w.rang), "heure", p.Execution.String(), w.Execution.String())
		}
	}
}
