package ace

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// Codes of unplanned association (RG_IP654).
const (
	association1 = "1" // the first of a practitioner
	association4 = "4" // never beside another
	association5 = "5" // another moment of the day
)

// associations checks the codes that were given, day by day over every
// practitioner: the hospital bills under one number (RG_IP_CC1, RG_IP654).
func (c *controleur) associations() {
	for _, g := range c.groupes(cumulJour) {
		var vs []*vue
		for _, i := range g.lignes {
			if w := &c.vues[i]; w.Nomenclature == droits.CCAM && w.CCAM != nil && !w.CCAM.DemiTarif && !w.Execution.IsZero() {
				vs = append(vs, w)
			}
		}
		if len(vs) == 0 {
			continue
		}
		c.associationsValeurs(vs)
		c.associationsJour(vs)
	}
	for _, g := range c.groupes(cumulPS) {
		c.associationsPraticien(g)
	}
}

func (c *controleur) associationsValeurs(vs []*vue) {
	for _, w := range vs {
		a := w.CCAM.Association
		if a == "" || w.grille == "" {
			continue
		}
		if _, err := c.o.Tables.Association(a, w.grille, w.Execution, c.o.ConnuAu); c.inconnue(err) {
			c.dit(&ctlAssociationValeur, w.rang, "ccam.association", w.CCAM.Acte, a, w.Execution.String())
		}
	}
}

// associationsJour checks that codes are absent when every association is
// planned, and everywhere when one is not; and that 4 stands alone.
func (c *controleur) associationsJour(vs []*vue) {
	actes, codes := make([]string, len(vs)), make([]string, len(vs))
	for i, w := range vs {
		actes[i], codes[i] = w.CCAM.Acte, w.CCAM.Association
	}
	distinctsActes, distinctsCodes := distincts(actes), distincts(codes)
	dernier, jour := vs[len(vs)-1], vs[0].jour.String()
	liste := strings.Join(distinctsActes, ", ")
	sans := distinctsCodes[0] == ""
	switch planifiees, connues := c.planifiees(vs); {
	case len(distinctsActes) == 1 && !repete(vs):
		if distinctsCodes[len(distinctsCodes)-1] != "" {
			c.dit(&ctlAssociationSeule, dernier.rang, "ccam.association", liste, jour)
		}
	case !connues: // the missing table, or the unknown act, is told
	case planifiees && !(sans && len(distinctsCodes) == 1):
		c.dit(&ctlAssociationPlanifiee, dernier.rang, "ccam.association", liste, jour)
	case !planifiees && sans:
		c.dit(&ctlAssociationAbsente, dernier.rang, "ccam.association", liste, jour)
	}
	if slices.Contains(distinctsCodes, association4) && slices.ContainsFunc(distinctsCodes, func(s string) bool { return s != "" && s != association4 }) {
		c.dit(&ctlAssociation4, dernier.rang, "ccam.association", liste, jour)
	}
}

// repete says that an act is there more than once for one activity and phase.
func repete(vs []*vue) bool {
	vus := map[[2]string]bool{}
	for _, w := range vs {
		k := [2]string{w.CCAM.Activite, w.CCAM.Phase}
		if vus[k] {
			return true
		}
		vus[k] = true
	}
	return false
}

// planifiees says whether every pair of acts, of one activity, is planned
// (field 13); connues is false when an act is not known.
func (c *controleur) planifiees(vs []*vue) (planifiees, connues bool) {
	for _, w := range vs {
		if w.activite == nil {
			return false, false
		}
	}
	for i, w := range vs {
		for _, x := range vs[i+1:] {
			if !planifie(w, x) {
				return false, true
			}
		}
	}
	return true, true
}

// planifie says that two lines may stand together without a code: other
// activities or the same act, or an association that either of them plans.
func planifie(w, x *vue) bool {
	a, b := w.CCAM, x.CCAM
	if a.Acte == b.Acte && (a.Activite != b.Activite || a.Phase != b.Phase) || a.Activite != b.Activite {
		return true
	}
	_, ab := w.activite.Planifiees[nomenclature.Membre{Acte: b.Acte, Activite: b.Activite}]
	_, ba := x.activite.Planifiees[nomenclature.Membre{Acte: a.Acte, Activite: a.Activite}]
	return ab || ba
}

// associationsPraticien checks the codes of one practitioner: one act is the
// first, and two count unless the texts say otherwise.
func (c *controleur) associationsPraticien(g groupeVues) {
	var actes []string
	premier, suivants, n, dernier := false, false, 0, 0
	for _, i := range g.lignes {
		a := c.vues[i].CCAM
		if a == nil || a.Association == "" || a.Association == association4 {
			continue
		}
		actes, dernier = append(actes, a.Acte), i
		if a.Association == association1 {
			premier = true
		} else {
			suivants = true
		}
		if acte := c.vues[i].acte; a.Association != association5 && (acte == nil || acte.Type != typeComplementaire) && a.Activite != activiteAnesth {
			n++
		}
	}
	liste, jour := strings.Join(distincts(actes), ", "), g.jour.String()
	if suivants && !premier {
		c.dit(&ctlAssociationPremier, dernier, "ccam.association", liste, jour)
	}
	if n > 2 {
		c.dit(&ctlAssociationNombre, dernier, "ccam.association", liste, jour)
	}
}
