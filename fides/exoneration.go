package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// exonerations decides where the exemption is written. CFU or FPX carries it to
// the type 2, with forfaits and supplements left blank (RG_MF631); otherwise
// lines that all have the same one give it to the type 2 and stay blank. In
// the régime of mines the lines hold 0.
func (v *conversion) exonerations() {
	if v.externe {
		v.exonerationsExternes()
		return
	}
	e := &v.entete
	e.exo = facture.ExoAucune.String()
	porteur := v.porteur()
	commune := len(v.lignes) > 0 && v.lignes[0].Exoneration != facture.ExoAucune
	for i := range v.lignes {
		l := &v.lignes[i]
		l.exo = l.Exoneration.String()
		commune = commune && l.Exoneration == v.lignes[0].Exoneration
		// Beside a CFU or FPX every line is blank: one that the patient shares in would
		// pass for exempt.
		partagee := l.prestation.famille == fImagerie && l.Taux < simphonie.Cent
		if porteur != nil && !l.prestation.famille.partPatient() && l.Exoneration != porteur.Exoneration && (l.Exoneration != facture.ExoAucune || partagee) {
			v.ditLigne(&regExoForfait, l, l.Exoneration.String(), porteur.Exoneration.String())
		}
	}
	switch {
	case porteur != nil:
		e.exo = porteur.Exoneration.String()
	case commune:
		e.exo = v.lignes[0].Exoneration.String()
	default:
		return
	}
	leve := e.exo != facture.ExoAucune.String()
	for i := range v.lignes {
		switch l := &v.lignes[i]; {
		case !l.prestation.famille.partPatient():
			l.exo = ""
		case leve && v.d.Contexte.CANSSM():
			l.exo = facture.ExoAucune.String()
		case leve:
			l.exo = ""
		}
	}
}

// porteur gives the CFU or FPX of the invoice.
func (v *conversion) porteur() *ligne {
	for i := range v.lignes {
		if f := v.lignes[i].prestation.famille; f == fCFU || f == fExonere {
			return &v.lignes[i]
		}
	}
	return nil
}
