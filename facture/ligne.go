package facture

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// Ligne is one line of an invoice: a code, when it was done, and the amounts
// that the rules give. Engines make lines; nobody changes one afterwards.
type Ligne struct {
	Code tarif.Code `json:"code"`
	// Execution is the day of the act, Reference the day on which rights are
	// looked at (RG_CF600). They differ for acts in series, biology, LPP.
	Execution simphonie.Jour `json:"execution"`
	Reference simphonie.Jour `json:"reference"`
	// Support is the rank, in the invoice, of the line that this one completes;
	// -1 for a line that stands alone.
	Support int `json:"support"`

	Quantite    int                   `json:"quantite"`
	Coefficient simphonie.Coefficient `json:"coefficient"`
	// CoefMCO is the coefficient MCO of the AMO base, 0 when not valued.
	CoefMCO      simphonie.Coefficient `json:"coefMCO,omitzero"`
	PrixUnitaire simphonie.Prix        `json:"prixUnitaire"`

	Honoraires simphonie.Montant `json:"honoraires"`   // what is asked in all
	BRAMO      simphonie.Montant `json:"brAMO"`        // base of reimbursement of the AMO
	BRAMC      simphonie.Montant `json:"brAMC"`        // base of the complementary part
	MRO        simphonie.Montant `json:"mro"`          // paid by the AMO
	MRC        simphonie.Montant `json:"mrc"`          // complementary part of the AMO invoice
	MTM        simphonie.Montant `json:"mtm,omitzero"` // moved from MRO to MRC out of the care pathway
	TMF        simphonie.Montant `json:"tmf,omitzero"` // participation forfaitaire taken from the MRO (RG_VF682)

	Taux         simphonie.Taux `json:"taux"` // rate of the AMO
	Exoneration  Exoneration    `json:"exoneration,omitzero"`
	Qualificatif Qualificatif   `json:"qualificatif,omitzero"`
	// Participation says who bears the participation forfaitaire, on the line that carries it.
	Participation Participation `json:"participation,omitzero"`

	// TarifReference is the text that fixes the unit price.
	TarifReference string `json:"tarifReference,omitempty"`
	Detail         Detail `json:"detail,omitzero"`
}

// Exoneration is the code that justifies an exemption of the ticket
// modérateur: rights decide it.
type Exoneration = droits.Exoneration

// Exemptions, as the norme B2 writes them.
const (
	ExoAucune        = droits.ExoAucune
	ExoK60           = droits.ExoK60
	ExoTraitement    = droits.ExoTraitement
	ExoALD           = droits.ExoALD
	ExoBeneficiaire  = droits.ExoBeneficiaire
	ExoRegimeSpecial = droits.ExoRegimeSpecial
	ExoPrevention    = droits.ExoPrevention
	ExoASPA          = droits.ExoASPA
	ExoCCAM          = droits.ExoCCAM
)

// Qualificatif is the qualifier of an expense. The zero value is blank.
type Qualificatif uint8

// Qualifiers (RG_CF655).
const (
	QualifNormal            Qualificatif = iota // blank
	QualifNonRemboursable                       // N
	QualifGratuit                               // G
	QualifDepassementPermis                     // A: authorised overrun
)

const codesQualif = " NGA"

// Code gives the character of the norme.
func (q Qualificatif) Code() byte {
	if int(q) < len(codesQualif) {
		return codesQualif[q]
	}
	return '?'
}

// MarshalText gives the character of the norme.
func (q Qualificatif) MarshalText() ([]byte, error) { return []byte{q.Code()}, nil }

// UnmarshalText reads the character of the norme.
func (q *Qualificatif) UnmarshalText(b []byte) error {
	return litLettre((*uint8)(q), codesQualif, "qualificatif", b)
}

// Participation says who bears the participation forfaitaire (RG_VF683). The
// zero value is blank: the line carries none.
type Participation uint8

// Bearers of the participation.
const (
	ParticipationAucune Participation = iota // blank
	ParticipationRegime                      // R
	ParticipationAssure                      // A: insured, complementary body or C2S
	ParticipationLocale                      // L: régime local
)

const codesParticipation = " RAL"

// Code gives the character of the norme.
func (p Participation) Code() byte {
	if int(p) < len(codesParticipation) {
		return codesParticipation[p]
	}
	return '?'
}

// MarshalText gives the character of the norme.
func (p Participation) MarshalText() ([]byte, error) { return []byte{p.Code()}, nil }

// UnmarshalText reads the character of the norme.
func (p *Participation) UnmarshalText(b []byte) error {
	return litLettre((*uint8)(p), codesParticipation, "participation", b)
}

func litLettre(v *uint8, codes, chemin string, b []byte) error {
	if len(b) == 1 {
		for i := range len(codes) {
			if codes[i] == b[0] {
				*v = uint8(i)
				return nil
			}
		}
	}
	return &simphonie.Erreur{Code: "FAC-LETTRE", Chemin: chemin, Detail: "one of the characters " + codes + " is wanted"}
}
