package droits

import (
	"encoding/json"

	"github.com/simphonie/simphonie"
)

// Papier says that an invoice leaves on paper, or not at all by this circuit:
// why, and by which rule.
type Papier struct {
	Motif string
	Regle *simphonie.Regle
}

// MarshalJSON gives the code, the source and the reason.
func (p Papier) MarshalJSON() ([]byte, error) {
	v := struct {
		Code   simphonie.Code `json:"code"`
		Source string         `json:"source"`
		Motif  string         `json:"motif"`
	}{Motif: p.Motif}
	if p.Regle != nil {
		v.Code, v.Source = p.Regle.Code, p.Regle.Source
	}
	return json.Marshal(v)
}

// Perimetre is what a person says of the case, beyond rights.
type Perimetre struct {
	SoinsUrgents        bool // care paid by the fund of "soins urgents et vitaux"
	IVGSansDroits       bool // IVG without rights that can be identified
	DepassementAttentat bool // the invoice is of overruns of a victim of terrorism
	TiersPayantRefuse   bool // the patient refuses that the AMO pays the hospital
}

// horsChamp are the bodies that are billed on paper; an empty caisse is any.
var horsChamp = []struct{ regime, caisse, motif string }{
	{"17", "", "Français de l'étranger (CFE)"},
	{"08", "756", "caisse CNMSS 756 (APIAS ou SMG)"},
	{"08", "835", "caisse CNMSS 835 (APIAS ou SMG)"},
}

// OrganismeHorsPerimetre says that a body is billed on paper.
func OrganismeHorsPerimetre(o simphonie.Organisme) (Papier, bool) {
	for _, h := range horsChamp {
		if h.regime == o.Regime && (h.caisse == "" || h.caisse == o.Caisse) {
			return Papier{h.motif, &regPapierOrganisme}, true
		}
	}
	return Papier{}, false
}

// HorsPerimetre lists why an invoice cannot be electronic, its body apart: the
// dispositif, the patient's choice. Accidents of the MSA and of work are
// decided by Destiner, which calls both.
func HorsPerimetre(c *Contexte, p Perimetre) []Papier {
	var ps []Papier
	for _, x := range []struct {
		vaut  bool
		motif string
		regle *simphonie.Regle
	}{
		{p.SoinsUrgents, "soins urgents", &regPapierSoinsUrgents},
		{p.IVGSansDroits, "IVG sans droits identifiables", &regPapierIVG},
		{p.DepassementAttentat, "dépassement d'une victime d'attentat", &regPapierAttentat},
		{p.TiersPayantRefuse, "tiers payant refusé", &regPapierRefus},
		{c != nil && c.Situations.Has(SP082) && !c.Ouverts, "droits terminés d'un ressortissant permanent d'un système coordonné", &regPapierRSS},
	} {
		if x.vaut {
			ps = append(ps, Papier{x.motif, x.regle})
		}
	}
	return ps
}

var (
	regPapierOrganisme    = regle("DROITS-PAPIER-ORGANISME", "SFG PG §2.5", 0, "Organisme hors du périmètre électronique : {0}.")
	regPapierSoinsUrgents = regle("DROITS-PAPIER-SOINS-URGENTS", "SFG PG §2.5", 0, "Soins urgents : hors du périmètre électronique.")
	regPapierIVG          = regle("DROITS-PAPIER-IVG", "SFG PG §2.5", 0, "IVG sans droits identifiables : facture sur papier.")
	regPapierAttentat     = regle("DROITS-PAPIER-ATTENTAT", "SFG PG §2.5", 0, "Dépassement d'une victime d'attentat : facture sur papier.")
	regPapierRefus        = regle("DROITS-PAPIER-REFUS", "RG_CF690 CP1", 0, "Le patient refuse le tiers payant : facture papier remise à l'assuré.")
	regPapierRSS          = regle("DROITS-PAPIER-RSS", "RG_CF690", 0, "Ressortissant permanent d'un système coordonné, droits terminés : pas de tiers payant, facture sur papier.")
)
