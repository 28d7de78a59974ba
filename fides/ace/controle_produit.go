package ace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// sansUCD are the codes of drugs handed over that have no UCD code.
var sansUCD = []string{"PHD", "PHI", "PHM", "PHP", "PHT", "NUT"}

// produit checks a drug.
func (c *controleur) produit(w *vue) {
	medicament := w.Nomenclature == droits.Retrocede || w.Nomenclature == droits.Pharmacie
	if !medicament || slices.Contains(sansUCD, string(w.code)) || w.familles&fEcart != 0 {
		return
	}
	p, j := w.Produit, w.Execution
	if len(p.Code) != 7 || p.Code[0] != '9' || strings.Trim(p.Code, "0123456789") != "" {
		c.dit(&ctlUCD, w.rang, "produit.code", p.Code)
		return
	}
	if p.Fraction < 0 || p.Fraction > simphonie.Un {
		c.dit(&ctlUCDFraction, w.rang, "produit.fraction", p.Code, p.Fraction.String())
	}
	if j.IsZero() {
		return
	}
	liste, regle := nomenclature.ListeRetrocedables, &ctlUCDRetrocession
	if w.Nomenclature == droits.Pharmacie {
		liste, regle = nomenclature.ListeEnSus, &ctlUCDEnSus
	}
	if c.dans(liste, p.Code, j) == simphonie.Non {
		c.dit(regle, w.rang, "produit.code", p.Code, j.String())
	}
}

// marges wants one margin for a drug and a prescription (RG_IP712).
func (c *controleur) marges() {
	nombres := map[marge]int{}
	for i := len(c.vues) - 1; i >= 0; i-- {
		if k, ok := margeDe(&c.vues[i]); ok {
			nombres[k]++
		}
	}
	for i := len(c.vues) - 1; i >= 0; i-- {
		k, ok := margeDe(&c.vues[i])
		if n := nombres[k]; ok && n > 1 {
			c.dit(&ctlUCDMarge, i, "produit.marge", k.ucd, strconv.Itoa(n))
			nombres[k] = 0
		}
	}
}

// marge is what one margin is for.
type marge struct {
	ucd          string
	prescription simphonie.Jour
	prescripteur string
}

func margeDe(w *vue) (marge, bool) {
	if w.Produit == nil || w.Produit.Marge == 0 || w.Produit.Code == "" {
		return marge{}, false
	}
	m := marge{ucd: w.Produit.Code, prescription: w.Prescription}
	if w.Prescripteur != nil {
		m.prescripteur = w.Prescripteur.Identifiant
	}
	return m, true
}
