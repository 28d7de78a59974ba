package ace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

const (
	modificateursMax = 4
	// uniques are the modifiers of which one stands in all the acts of a
	// practitioner (RG_IP_RC12 CP01); the first three are of the night.
	uniques          = "UPSF"
	modificateurNuit = "UPS"
	activiteAnesth   = "4"
	regroupAnesth    = "ADA"
	regroupImagerie  = "ADI"
)

// acteCCAM checks one act of the CCAM.
func (c *controleur) acteCCAM(w *vue) {
	c.specialiteCCAM(w)
	c.modificateurs(w)
	c.dents(w)
	if w.CCAM.DemiTarif {
		c.demiTarif(w)
	} else {
		c.pleinTarif(w)
	}
}

// specialiteCCAM compares the classes of the specialty with those of the act (field 32).
func (c *controleur) specialiteCCAM(w *vue) {
	if w.activite == nil || len(w.activite.Classes) == 0 || w.ps.Specialite == "" {
		return
	}
	classes, err := c.o.Tables.Classes(w.ps.Specialite, w.Execution, c.o.ConnuAu)
	if err != nil {
		c.manque("classes", w.ps.Specialite)
		return
	}
	if !slices.ContainsFunc(classes, func(k string) bool { return slices.Contains(w.activite.Classes, k) }) {
		c.dit(&ctlSpecialiteCCAM, w.rang, "executant.specialite", w.CCAM.Acte, w.ps.Specialite)
	}
}

// modificateurs checks the modifiers of an act.
func (c *controleur) modificateurs(w *vue) {
	mods, acte := w.CCAM.Modificateurs, w.CCAM.Acte
	t, j, connu := c.o.Tables, w.Execution, c.o.ConnuAu
	const champ = "ccam.modificateurs"
	if len(mods) > modificateursMax {
		c.dit(&ctlModificateurNombre, w.rang, champ, acte)
	}
	if j.IsZero() {
		return
	}
	lettres := distinctes(mods)
	for i, m := range lettres {
		lettre := string(m)
		if w.activite != nil && !strings.Contains(w.activite.Modificateurs, lettre) {
			c.dit(&ctlModificateurActe, w.rang, champ, acte, lettre)
		}
		if w.grille != "" {
			if _, err := t.Modificateur(m, w.grille, j, connu); c.inconnue(err) {
				c.dit(&ctlModificateur, w.rang, champ, acte, lettre, w.grille, j.String())
			}
		}
		if age, err := c.v.Naissance.AgeLe(j); err == nil {
			ok, err := t.AgeModificateur(m, age, j, connu)
			if err == nil && !ok {
				c.dit(&ctlModificateurAge, w.rang, champ, acte, lettre, j.String())
			}
			c.inconnue(err) // no bound when the table does not name it
		}
		for _, n := range lettres[i+1:] {
			switch ok, err := t.ModificateursCompatibles(m, n, j, connu); {
			case err != nil:
				c.manque("TB09", lettre, string(n))
			case !ok:
				c.dit(&ctlModificateurPaire, w.rang, champ, acte, lettre, string(n), j.String())
			}
		}
		c.heureModificateur(w, m)
	}
	c.modificateursPayes(w)
}

// distinctes gives the letters of modifiers, each once, in order of the alphabet.
func distinctes(mods string) []byte {
	ls := []byte(mods)
	slices.Sort(ls)
	return slices.Compact(ls)
}

// heureModificateur compares a modifier of the night or of holidays with the act's day and hour.
func (c *controleur) heureModificateur(w *vue, m byte) {
	if m == 'F' && c.ferie(w.Execution) == simphonie.Non {
		c.dit(&ctlModificateurFerie, w.rang, "ccam.modificateurs", w.CCAM.Acte, w.Execution.String())
	}
	if minute, ok := w.Heure.minutes(); ok && strings.IndexByte(modificateurNuit, m) >= 0 && !deNuit(minute) {
		c.dit(&ctlModificateurNuit, w.rang, "heure", w.CCAM.Acte, string(m), string(w.Heure))
	}
}

// modificateursPayes tells a modifier that comes too late to be paid and is
// worth more than one that is.
func (c *controleur) modificateursPayes(w *vue) {
	mods := w.CCAM.Modificateurs
	n, err := c.o.Tables.ModificateursPayes(w.Execution, c.o.ConnuAu)
	if err != nil {
		if len(mods) > 1 {
			c.manque(string(nomenclature.ParamModificateurs))
		}
		return
	}
	if n < 1 || len(mods) <= n || w.grille == "" {
		return
	}
	moindre, ok := c.valeurModificateur(w, mods[0])
	for i := 1; ok && i < n; i++ {
		var v simphonie.Montant
		v, ok = c.valeurModificateur(w, mods[i])
		moindre = min(moindre, v)
	}
	if !ok {
		return // the missing row is told
	}
	for i := n; i < len(mods); i++ {
		if v, ok := c.valeurModificateur(w, mods[i]); ok && v > moindre {
			c.dit(&ctlModificateurPaye, w.rang, "ccam.modificateurs", w.CCAM.Acte, strconv.Itoa(n), string(mods[i]))
		}
	}
}

// valeurModificateur gives what a modifier adds to the act.
func (c *controleur) valeurModificateur(w *vue, m byte) (simphonie.Montant, bool) {
	mod, err := c.o.Tables.Modificateur(m, w.grille, w.Execution, c.o.ConnuAu)
	if err != nil {
		return 0, false
	}
	if mod.Coefficient == 0 {
		return mod.Montant, true
	}
	prix, ok := c.prixActe(w)
	if !ok {
		return 0, false
	}
	v, err := (mod.Coefficient - simphonie.Un).Of(prix, simphonie.DemiSup)
	return v, err == nil
}

// prixActe gives the base price of an act, before modifiers.
func (c *controleur) prixActe(w *vue) (simphonie.Montant, bool) {
	a := w.CCAM
	p, err := c.o.Tables.PrixCCAM(a.Acte, a.Activite, a.Phase, w.grille, w.Execution, c.o.ConnuAu)
	if err != nil {
		c.manque("prix-ccam", a.Acte)
		return 0, false
	}
	m, err := p.Montant.Montant(simphonie.DemiSup)
	return m, err == nil
}

// modificateursPraticien checks modifiers over the acts of one practitioner, and
// over the activities of one act.
func (c *controleur) modificateursPraticien() {
	for _, g := range c.groupes(cumulPS) {
		compte := map[byte]int{}
		dernier := 0
		for _, i := range g.lignes {
			if a := c.vues[i].CCAM; a != nil && a.Modificateurs != "" {
				dernier = i
				for _, m := range []byte(a.Modificateurs) {
					compte[m]++
				}
			}
		}
		c.modificateursUniques(g, compte, dernier)
	}
	type cle struct {
		jour simphonie.Jour
		acte string
	}
	rangs := map[cle][]int{}
	for i := range c.vues {
		if a := c.vues[i].CCAM; a != nil {
			k := cle{c.vues[i].jour, a.Acte}
			rangs[k] = append(rangs[k], i)
		}
	}
	for i := range c.vues {
		if a := c.vues[i].CCAM; a != nil {
			k := cle{c.vues[i].jour, a.Acte}
			c.coherenceActivites(rangs[k])
			delete(rangs, k)
		}
	}
}

func (c *controleur) modificateursUniques(g groupeVues, compte map[byte]int, dernier int) {
	var lettres []byte
	for m := range compte {
		lettres = append(lettres, m)
	}
	slices.Sort(lettres)
	nuit, tous := 0, 0
	var siens []string
	for _, m := range lettres {
		n := compte[m]
		if strings.IndexByte(uniques, m) >= 0 {
			tous += n
			siens = append(siens, string(m))
			if m != 'F' {
				nuit += n
			}
			continue
		}
		if n < 2 || g.jour.IsZero() {
			continue
		}
		unique, err := c.o.Tables.ModificateurUnique(m, g.jour, c.o.ConnuAu)
		if unique {
			c.dit(&ctlModificateurRepete, dernier, "ccam.modificateurs", string(m), g.jour.String())
		}
		c.inconnue(err)
	}
	// An ATU or a FFM of two days has one date: night and holiday then stand
	// side by side (RG_VF600 CP01).
	deuxJours := c.presentes[g.jour]&(fATU|fFFM) != 0 && nuit <= 1 && tous-nuit <= 1
	if tous > 1 && !deuxJours {
		c.dit(&ctlModificateurPraticien, dernier, "ccam.modificateurs", strings.Join(siens, ", "), g.jour.String())
	}
}

// coherenceActivites wants a modifier on every activity of an act or on none,
// when TB10 says so (RG_VF_CC2).
func (c *controleur) coherenceActivites(rangs []int) {
	activites := map[string]bool{}
	var toutes string
	for _, i := range rangs {
		activites[c.vues[i].CCAM.Activite] = true
		toutes += c.vues[i].CCAM.Modificateurs
	}
	if len(activites) < 2 {
		return
	}
	w := &c.vues[rangs[len(rangs)-1]]
	for _, m := range distinctes(toutes) {
		partout := !slices.ContainsFunc(rangs, func(i int) bool { return strings.IndexByte(c.vues[i].CCAM.Modificateurs, m) < 0 })
		if partout || w.jour.IsZero() {
			continue
		}
		coherent, err := c.o.Tables.ModificateurCoherence(m, w.jour, c.o.ConnuAu)
		if coherent {
			c.dit(&ctlModificateurActivites, w.rang, "ccam.modificateurs", w.CCAM.Acte, w.jour.String(), string(m))
		}
		c.inconnue(err)
	}
}

// demiTarif checks an act that is said to ride with a consultation at 50 %.
func (c *controleur) demiTarif(w *vue) {
	avec := slices.ContainsFunc(c.vues, func(x vue) bool {
		return x.jour == w.jour && x.ps == w.ps && x.familles&(fNGAP|fAvis) != 0
	})
	if !avec || w.CCAM.Association != "" {
		c.dit(&ctlDemiTarif, w.rang, "ccam.demiTarif", w.CCAM.Acte)
	}
	if w.Execution.IsZero() {
		return
	}
	demi, avis := c.dans(nomenclature.ListeDemiTarif, w.CCAM.Acte, w.Execution), simphonie.Non
	if demi == simphonie.Non {
		avis = c.dans(nomenclature.ListeAPC, w.CCAM.Acte, w.Execution)
	}
	if demi == simphonie.Non && avis == simphonie.Non {
		c.dit(&ctlDemiTarifListe, w.rang, "ccam.demiTarif", w.CCAM.Acte)
	}
}

// pleinTarif tells an act at full price beside what the texts pay it half with: a
// punctual advice of the session, or a consultation of the day.
func (c *controleur) pleinTarif(w *vue) {
	if w.Execution.IsZero() {
		return
	}
	var siennes famille
	for i := range c.vues {
		x := &c.vues[i]
		if x.jour != w.jour || x.ps != w.ps {
			continue
		}
		siennes |= x.familles & fNGAP
		if x.Seance == w.Seance {
			siennes |= x.familles & fAvis
		}
	}
	liste := func(n nomenclature.NomListe) simphonie.OuiNon {
		return c.o.Tables.Liste(n, w.CCAM.Acte, w.Execution, c.o.ConnuAu)
	}
	consultation := siennes&fNGAP != 0 && c.presentes[w.jour]&fActivite == 0
	if siennes&fAvis != 0 && liste(nomenclature.ListeAPC) == simphonie.Oui ||
		consultation && liste(nomenclature.ListeDemiTarif) == simphonie.Oui && liste(nomenclature.ListePleinTarif) != simphonie.Oui {
		c.dit(&ctlDemiTarifAbsent, w.rang, "ccam.demiTarif", w.CCAM.Acte, w.Execution.String())
	}
}

// actes checks acts against one another, day by day: incompatible ones,
// procedures, complementary ones alone.
func (c *controleur) actes() {
	for _, g := range c.groupes(cumulJour) {
		var ccam []*vue
		principal := false
		for _, i := range g.lignes {
			if w := &c.vues[i]; w.acte != nil {
				ccam = append(ccam, w)
				principal = principal || w.acte.Type != typeComplementaire
			} else if w.CCAM != nil {
				principal = true // unknown: it may be
			}
		}
		slices.SortStableFunc(ccam, func(a, b *vue) int { return strings.Compare(a.CCAM.Acte, b.CCAM.Acte) })
		dites := map[[2]string]bool{}
		for _, w := range ccam {
			if w.acte.Type == typeComplementaire && !principal {
				c.dit(&ctlComplementaire, w.rang, "ccam.acte", w.CCAM.Acte, g.jour.String())
			}
			if len(w.acte.Incompatibles)+len(w.acte.Procedures) == 0 {
				continue
			}
			for _, x := range ccam {
				a, b := w.CCAM.Acte, x.CCAM.Acte
				if a == b {
					continue
				}
				paire := [2]string{min(a, b), max(a, b)}
				if slices.Contains(w.acte.Incompatibles, b) && !dites[paire] {
					dites[paire] = true
					c.dit(&ctlIncompatibles, max(w.rang, x.rang), "ccam.acte", paire[0], paire[1], g.jour.String())
				}
				if !slices.Contains(w.acte.Procedures, b) {
					continue
				}
				if proc := [2]string{a, "procedure " + b}; !dites[proc] {
					dites[proc] = true
					c.dit(&ctlProcedure, max(w.rang, x.rang), "ccam.acte", a, b, g.jour.String())
				}
			}
		}
	}
}

const typeComplementaire = "2"

// anesthesie says that a line is an anaesthesia.
func (w *vue) anesthesie() bool {
	return w.CCAM != nil && (w.CCAM.Activite == activiteAnesth || w.code == regroupAnesth)
}

// estComplement says that the tables call the code a complement.
func (w *vue) estComplement() bool {
	return w.lettre != nil && w.lettre.Niveau == nomenclature.Complement
}
