package fides

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// Interpretations answers the open questions of the texts. The zero value takes
// every default.
type Interpretations struct {
	Total       Total       `json:"total,omitempty"`
	Coefficient Coefficient `json:"coefficient,omitempty"`
	Imagerie    b2.Type     `json:"imagerie,omitempty"` // b2.T3 or b2.T4
	Ordre       Ordre       `json:"ordre,omitempty"`
	Caractere   Caractere   `json:"caractere,omitempty"`
	Decoupage   Decoupage   `json:"decoupage,omitempty"`
	// Of external care.
	CoefficientLie CoefficientLie `json:"coefficientLie,omitempty"`
	ForfaitC2S     ForfaitC2S     `json:"forfaitC2S,omitempty"`
	MTComplement   MTComplement   `json:"mtComplement,omitempty"`
	ASPA           ASPA           `json:"aspa,omitempty"`
}

// Total answers FID-I-TOTAL: what zones 03102 and 04115 hold.
type Total string

// Answers.
const (
	TotalLitteral   Total = "litteral"   // MRO + MRC, as the rule is printed
	TotalHonoraires Total = "honoraires" // what is asked in all, as the label says
)

// Coefficient answers FID-I-COEFFICIENT: zone 0371 of a technical forfait on an
// invoice without age forfait.
type Coefficient string

// Answers.
const (
	CoefficientFormule Coefficient = "formule"
	CoefficientNul     Coefficient = "nul"
)

// Ordre answers FID-I-ORDRE-TYPES.
type Ordre string

// Answers.
const (
	Type3Dabord Ordre = "type-3-d-abord"
	Type4Dabord Ordre = "type-4-d-abord"
)

// Caractere answers FID-I-CARACTERE: what a forbidden character of a name becomes.
type Caractere string

// Answers.
const (
	CaractereEspace   Caractere = "espace"
	CaractereSupprime Caractere = "supprime"
)

// Decoupage answers FID-I-DECOUPAGE: what is done with a line whose amounts do
// not fit their zones.
type Decoupage string

// Answers.
const (
	DecoupageRefuse Decoupage = "refuse"
	DecoupageLignes Decoupage = "lignes" // several lines whose amounts add up
)

// CoefficientLie answers FID-I-COEFFICIENT-LIE: columns 66 to 70 of a 4S, for an
// act tied to an ATU, FFM, SEx or APE.
type CoefficientLie string

// Answers.
const (
	CoefficientLieUn  CoefficientLie = "1"
	CoefficientLieNul CoefficientLie = "nul"
)

// ForfaitC2S answers FID-I-FORFAIT-C2S: where a dental forfait stands.
type ForfaitC2S string

// Answers.
const (
	ForfaitC2SApres ForfaitC2S = "apres"
	ForfaitC2SAvant ForfaitC2S = "avant"
)

// MTComplement answers FID-I-MT-COMPLEMENT: MT of the margin and of the gap of a
// drug handed over to an insured person.
type MTComplement string

// Answers.
const (
	MTComplementSupport MTComplement = "support"
	MTComplementZero    MTComplement = "00"
)

// ASPA answers FID-I-ASPA: the code C of type 3 lines when all of them have it.
type ASPA string

// Answers.
const (
	ASPATrois ASPA = "3"
	ASPAC     ASPA = "c"
)

var (
	intTotal = simphonie.Interpretation{Code: "FID-I-TOTAL", Source: "RG_MF610, RG_MF620 (04115 : MRO + MRC, sous un libellé « dépassement compris »)",
		Question: "Le total d'une ligne est-il MRO + MRC, ou les honoraires ?", Choix: []string{"litteral", "honoraires"}}
	intCoefficient = simphonie.Interpretation{Code: "FID-I-COEFFICIENT", Source: "RG_CF656, RG_MF610 (zone 0371)",
		Question: "Hors facture à forfait d'âge, le coefficient d'un forfait technique vaut-il celui de la formule, ou zéro ?", Choix: []string{"formule", "nul"}}
	intImagerie = simphonie.Interpretation{Code: "FID-I-IMAGERIE", Source: "RG_MF601 (3, 3S ou 4, 4S, sans critère)",
		Question: "Un forfait technique d'imagerie s'écrit-il en type 3 ou en type 4 ?", Choix: []string{"3", "4"}}
	intOrdre = simphonie.Interpretation{Code: "FID-I-ORDRE-TYPES", Source: "RG_MF602 (ordre donné à l'intérieur de chaque type seulement)",
		Question: "Quelles lignes viennent les premières dans une facture ?", Choix: []string{"type-3-d-abord", "type-4-d-abord"}}
	intCaractere = simphonie.Interpretation{Code: "FID-I-CARACTERE", Source: "SFG FIDES-ACE TF §3.1 (caractères spéciaux exclus, remplacement non dit)",
		Question: "Que devient un caractère interdit d'un nom ?", Choix: []string{"espace", "supprime"}}
	intDecoupage = simphonie.Interpretation{Code: "FID-I-DECOUPAGE", Source: "RG_MF620 (conseil imprimé pour les médicaments)",
		Question: "Que faire d'une ligne dont les montants dépassent leurs zones ?", Choix: []string{"refuse", "lignes"}}
	intCoefficientLie = simphonie.Interpretation{Code: "FID-I-COEFFICIENT-LIE", Source: "RG_CF656 CP05, RG_MF621 (colonnes 66 à 70 non décrites)",
		Question: "Le coefficient 1 d'un acte lié à ATU, FFM, SEx ou APE s'écrit-il dans le 4S ?", Choix: []string{"1", "nul"}}
	intForfaitC2S = simphonie.Interpretation{Code: "FID-I-FORFAIT-C2S", Source: "RG_MF602 (majorations après, forfaits avant ; forfaits C2S non nommés)",
		Question: "Un forfait dentaire de la C2S suit-il son acte, ou le précède-t-il ?", Choix: []string{"apres", "avant"}}
	intMTComplement = simphonie.Interpretation{Code: "FID-I-MT-COMPLEMENT", Source: "RG_MF620 (0439 : médicaments en rétrocession)",
		Question: "La marge et l'écart d'une rétrocession ont-ils le mode de traitement de leur médicament (07), ou 00 ?", Choix: []string{"support", "00"}}
	intASPA = simphonie.Interpretation{Code: "FID-I-ASPA", Source: "RG_MF631 (0279 CP02), annexe A1-2.1",
		Question: "ASPA dont toutes les lignes de type 3 sont exonérées en C : 3 à la place, ou C ?", Choix: []string{"3", "c"}}
)

// InterpretationsPossibles lists the open questions of this package, and the
// answers among which Interpretations chooses.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intTotal, intCoefficient, intImagerie, intOrdre, intCaractere, intDecoupage,
		intCoefficientLie, intForfaitC2S, intMTComplement, intASPA}
}

// Validate refuses answers that are not among the choices.
func (i *Interpretations) Validate() error {
	var errs []error
	for _, q := range [...]struct {
		question *simphonie.Interpretation
		reponse  string
	}{
		{&intTotal, string(i.Total)}, {&intCoefficient, string(i.Coefficient)}, {&intImagerie, string(i.Imagerie)},
		{&intOrdre, string(i.Ordre)}, {&intCaractere, string(i.Caractere)}, {&intDecoupage, string(i.Decoupage)},
		{&intCoefficientLie, string(i.CoefficientLie)}, {&intForfaitC2S, string(i.ForfaitC2S)}, {&intMTComplement, string(i.MTComplement)},
		{&intASPA, string(i.ASPA)},
	} {
		if err := q.question.Verifie(q.reponse); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
