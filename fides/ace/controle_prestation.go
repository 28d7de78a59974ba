package ace

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

// prestation checks what one line says alone.
func (c *controleur) prestation(w *vue) {
	c.dates(w)
	c.prescription(w)
	c.complement(w)
	if w.CCAM != nil {
		c.acteCCAM(w)
	}
	if w.Analyse != nil {
		c.analyse(w)
	}
	if w.Produit != nil {
		c.produit(w)
	}
	if w.ps.Specialite == "40" && acteDeSoin(w.Nomenclature) && w.Nomenclature != droits.NABM {
		c.dit(&ctlSpecialite40, w.rang, "executant.specialite", w.nom())
	}
	if w.lettre != nil {
		c.lettre(w)
	}
	if w.Nomenclature == droits.NGAP && w.ps.Specialite != "" && !w.Execution.IsZero() {
		if close, err := c.o.Tables.LettreClose(w.code, w.ps.Specialite, w.Execution, c.o.ConnuAu); err != nil {
			c.manque("lettres-closes")
		} else if close {
			c.dit(&ctlLettreFermee, w.rang, "code", string(w.code), w.ps.Specialite, w.Execution.String())
		}
	}
}

func (c *controleur) dates(w *vue) {
	j, o := w.Execution, c.o
	if j.IsZero() || !(simphonie.Periode{Du: c.v.Entree, Au: c.v.Sortie}).Contains(j) {
		c.dit(&ctlDates, w.rang, "execution", w.nom(), j.String())
	}
	if j.IsZero() {
		return
	}
	if n, err := c.v.Naissance.PourCalcul(); err == nil {
		switch {
		case n.After(j):
			c.dit(&ctlNaissance, w.rang, "execution", j.String())
		case n == j && !c.v.Naissance.Lunaire():
			c.dit(&ctlNaissanceJour, w.rang, "execution", j.String())
		}
	}
	if !o.Emission.IsZero() && !o.Emission.Before(j.AddMonths(12)) && o.DelaiForce == "" {
		c.dit(&ctlDelai, w.rang, "execution", w.nom(), j.String(), o.Emission.String())
	}
}

func (c *controleur) prescription(w *vue) {
	if w.Prescription.After(w.Execution) && !w.Execution.IsZero() {
		c.dit(&ctlPrescriptionApres, w.rang, "prescription", w.nom(), w.Execution.String(), w.Prescription.String())
	}
	if p := w.Prescripteur; p != nil && p.Identifiant != "" && !cleProfessionnel(p.Identifiant) {
		c.dit(&ctlPrescripteur, w.rang, "prescripteur.identifiant")
	}
	// A screening of IST has a fictive prescriber, a forfait has none (RG_IP706).
	sansObjet := w.lettre == nil || w.CCAM != nil || w.IST || w.familles&(fForfait|fFEF) != 0
	if !sansObjet && w.lettre.Prescription == simphonie.Oui && (w.Prescription.IsZero() || w.Prescripteur == nil) {
		c.dit(&ctlPrescriptionAbsente, w.rang, "prescription", w.nom())
	}
}

// cleProfessionnel checks the key of a RPPS or of a number of the Assurance Maladie.
func cleProfessionnel(s string) bool {
	if len(s) != 9 && len(s) != 11 {
		return false
	}
	k, err := simphonie.CleLuhn(s[:len(s)-1])
	return err == nil && k == s[len(s)-1]
}

// lettre checks a line against the tables of its code.
func (c *controleur) lettre(w *vue) {
	l, code := w.lettre, string(w.code)
	if coef := w.coefficient(); w.CCAM == nil && (coef < l.CoefMin || l.CoefMax != 0 && coef > l.CoefMax) {
		c.dit(&ctlCoefficient, w.rang, "coefficient", code, coef.String(), borneCoef(l.CoefMin), borneCoef(l.CoefMax))
	}
	if s := w.ps.Specialite; s != "" && len(l.Specialites) > 0 && !slices.Contains(l.Specialites, s) {
		c.dit(&ctlSpecialite, w.rang, "executant.specialite", code, s)
	}
	if !c.ageDans(w, l.AgeMin, l.AgeMax) {
		c.dit(&ctlAge, w.rang, "code", code, w.Execution.String(), borne(l.AgeMin), borne(l.AgeMax))
	}
	// A blank one is completed by the rules (AME, forfaits of the C2S).
	if q := w.Qualificatif; q != facture.QualifNormal && l.Qualificatifs != "" && strings.IndexByte(l.Qualificatifs, q.Code()) < 0 {
		c.dit(&ctlQualificatif, w.rang, "qualificatif", code, string(q.Code()))
	}
}

// ageDans says that the patient is of an age, from the birthday and until the
// eve; zero is no bound. An unknown birth is told elsewhere.
func (c *controleur) ageDans(w *vue, debut, fin simphonie.Age) bool {
	age, err := c.v.Naissance.AgeLe(w.Execution)
	return err != nil || !age.Less(debut) && (fin == (simphonie.Age{}) || age.Less(fin))
}

func borne(a simphonie.Age) string {
	if a == (simphonie.Age{}) {
		return "sans limite"
	}
	return a.String()
}

func borneCoef(k simphonie.Coefficient) string {
	if k == 0 {
		return "sans limite"
	}
	return k.String()
}

// complement checks a line and what it completes (RG_VF626).
func (c *controleur) complement(w *vue) {
	s := c.support(w.Prestation)
	switch {
	case w.Support != 0 && s == nil:
		c.dit(&ctlSupport, w.rang, "support", w.nom())
	case s != nil:
		t := &c.vues[w.Support-1]
		if t.jour != w.jour && (w.familles|t.familles)&fActivite == 0 {
			c.dit(&ctlSupportDate, w.rang, "support", w.nom(), w.Execution.String(), t.nom(), s.Execution.String())
		}
		if w.lettre != nil && len(w.lettre.Supports) > 0 && t.code != "" && !slices.Contains(w.lettre.Supports, t.code) {
			c.dit(&ctlSupportCode, w.rang, "support", w.nom(), t.nom())
		}
		if w.familles&fForfaitC2S != 0 {
			c.forfaitC2S(w, t)
		}
	case w.estComplement() && w.familles&(fForfait|fFEF|fFU) == 0: // forfaits have controls of their own
		c.dit(&ctlSupportAbsent, w.rang, "support", w.nom())
	}
}

// forfaitC2S checks the couple of a dental act and its forfait (RG_VF_RC19, RG_VF_P5).
func (c *controleur) forfaitC2S(w, t *vue) {
	if t.CCAM == nil || t.acte != nil && !slices.Contains(t.acte.ForfaitsC2S, w.code) {
		c.dit(&ctlForfaitC2S, w.rang, "code", string(w.code), t.nom())
		return
	}
	if _, err := c.o.Tables.PlafondDentaire(t.CCAM.Acte, w.code, w.Execution, c.o.ConnuAu); c.inconnue(err) {
		c.dit(&ctlCouple, w.rang, "code", t.nom(), string(w.code), w.Execution.String())
	}
}
