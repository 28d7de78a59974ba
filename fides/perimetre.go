package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Soins is a kind of care as the perimeter of FIDES knows it.
type Soins string

// Kinds of care.
const (
	ACEMCO             Soins = "ace-mco"             // external acts and consultations of MCO
	ACESMR             Soins = "ace-smr"             // the same of SMR
	ActivitesForfait   Soins = "activites-forfait"   // ATU, FFM, SE, APE, emergency forfaits
	SejoursMCO         Soins = "sejours-mco"         // stays, with drugs and devices on top
	SejoursSMR         Soins = "sejours-smr"         // stays
	SejoursPsychiatrie Soins = "sejours-psychiatrie" // stays
)

// EtatPerimetre says how care reaches the caisse.
type EtatPerimetre string

// States.
const (
	// FactureCaisse: billed to the caisse.
	FactureCaisse EtatPerimetre = "facture"
	// SelonDemarrage: billed from the day on which the establishment started, by
	// the arrêté or the protocol that names it.
	SelonDemarrage EtatPerimetre = "selon-demarrage"
	// NonFacture: not billed to the caisse; Perimetre.ALaPlace says what instead.
	NonFacture EtatPerimetre = "non-facture"
)

// Perimetre is whether a kind of care is billed to the caisse through FIDES
// on a day, and the text that says so.
type Perimetre struct {
	Soins    Soins
	Etat     EtatPerimetre
	Periode  simphonie.Periode
	ALaPlace string // what is done instead, in French
	Source   string
}

const (
	declaration = "données de séjour transmises à l'ARS, copie à la caisse (VID-HOSP) ; l'ARS valorise et notifie"
	sfgACE      = "SFG FIDES-ACE, PG §2.4 et §2.5"
)

// perimetres is the dated table for establishments a, b and c of
// art. L. 162-22 CSS. What it does not hold is unknown, not excluded.
var perimetres = []Perimetre{
	{ACEMCO, SelonDemarrage, periode("2012-01-01", "2016-02-29"), "valorisation par l'ATIH", "montée en charge 2012-2016, arrêtés par établissement"},
	{ACEMCO, FactureCaisse, periode("2016-03-01", ""), "", "fin de la dérogation des ACE au 01/03/2016"},
	{ACESMR, SelonDemarrage, periode("2022-01-01", ""), "valorisation par l'ATIH", sfgACE},
	{ActivitesForfait, SelonDemarrage, periode("2022-01-01", ""), "valorisation par l'ATIH", sfgACE},
	{SejoursMCO, SelonDemarrage, periode("2012-01-01", "2021-12-24"), "valorisation par l'ARS et l'ATIH", "expérimentation (décret 2011-1217), LFSS 2018 art. 65"},
	{SejoursMCO, NonFacture, periode("2021-12-25", ""), declaration, "LFSS 2018 art. 65 dans sa rédaction de la LFSS 2022 art. 37"},
}

func periode(du, au string) simphonie.Periode {
	p := simphonie.Periode{Du: simphonie.MustJour(du)}
	if au != "" {
		p.Au = simphonie.MustJour(au)
	}
	return p
}

// PerimetreDe says whether a kind of care is billed to the caisse on a day.
// FID-PERIMETRE: another sector (ErrSecteurNonCouvert), or a kind of care or a
// day that no text read here settles (ErrPerimetreInconnu). Long stay units,
// army and prison hospitals and Mayotte are out of it whatever the answer; some
// establishments started later than the day that the law gave.
func PerimetreDe(s Soins, secteur tarif.Secteur, j simphonie.Jour) (Perimetre, error) {
	if secteur != tarif.ExDG {
		return Perimetre{}, erreur("FID-PERIMETRE", "secteur", "the perimeter is described for the sector ex-dg only", ErrSecteurNonCouvert)
	}
	for _, p := range perimetres {
		if p.Soins == s && !j.IsZero() && p.Periode.Contains(j) {
			return p, nil
		}
	}
	return Perimetre{}, erreur("FID-PERIMETRE", "soins", "no text read here says how this care is billed on this day", ErrPerimetreInconnu)
}
