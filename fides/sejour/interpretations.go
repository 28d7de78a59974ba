package sejour

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Interpretations are the readings of open questions that the engine takes.
// The zero value takes every default. Five of them decide: the list of external
// care extends to stays, the 31st day and thirty days of a newborn are exempt,
// the day of discharge counts, a declared insurer is not asked yet; any other
// leaves the stay to a person. InterpretationsPossibles documents them.
type Interpretations struct {
	Droits droits.Interpretations `json:"droits,omitzero"`

	ListeTaux   ListeTaux   `json:"listeTaux,omitempty"`
	RegimeLocal RegimeLocal `json:"regimeLocal,omitempty"`
	TauxPropres TauxPropres `json:"tauxPropres,omitempty"`
	Sortie      SortieFJ    `json:"sortie,omitempty"`
	FJNouveauNe FJNouveauNe `json:"fjNouveauNe,omitempty"`
	FJExoneres  FJExoneres  `json:"fjExoneres,omitempty"`
	Cumul       Cumul       `json:"cumul,omitempty"`
	ActeTardif  ActeTardif  `json:"acteTardif,omitempty"`
	SuiteTMF    SuiteTMF    `json:"suiteTMF,omitempty"`
	AMCDeclaree AMCDeclaree `json:"amcDeclaree,omitempty"`
	// JourExonere is the day of hospitalisation from which no ticket modérateur
	// is due; 0 takes 31 (SEJ-I-JOUR-EXONERE).
	JourExonere int `json:"jourExonere,omitempty"`
	// JoursNouveauNe is the last day after birth on which a newborn is exempt;
	// 0 takes 30 (SEJ-I-NOUVEAU-NE).
	JoursNouveauNe int `json:"joursNouveauNe,omitempty"`
}

// ListeTaux answers SEJ-I-LISTE-TAUX.
type ListeTaux string

// Answers.
const (
	ListeEtendue   ListeTaux = "etendue"
	ListeAVerifier ListeTaux = "a-verifier"
)

// RegimeLocal answers SEJ-I-REGIME-LOCAL.
type RegimeLocal string

// Answers.
const (
	LocalAVerifier RegimeLocal = "a-verifier"
	LocalCent      RegimeLocal = "cent"
	LocalExterne   RegimeLocal = "taux-externe"
)

// TauxPropres answers SEJ-I-TAUX-PROPRES.
type TauxPropres string

// Answers.
const (
	PropresAVerifier TauxPropres = "a-verifier"
	PropresExterne   TauxPropres = "taux-externe"
)

// SortieFJ answers SEJ-I-SORTIE.
type SortieFJ string

// Answers.
const (
	SortieComptee    SortieFJ = "comptee"
	SortieNonComptee SortieFJ = "non-comptee"
)

// FJNouveauNe answers SEJ-I-FJ-NOUVEAU-NE.
type FJNouveauNe string

// Answers.
const (
	NouveauNeAVerifier FJNouveauNe = "a-verifier"
	NouveauNeParJour   FJNouveauNe = "jour"
	NouveauNeSejour    FJNouveauNe = "sejour"
)

// FJExoneres answers SEJ-I-FJ-EXONERES.
type FJExoneres string

// Answers.
const (
	ExoneresAVerifier FJExoneres = "a-verifier"
	ExoneresDoivent   FJExoneres = "dus"
)

// Cumul answers SEJ-I-CUMUL.
type Cumul string

// Answers.
const (
	CumulAVerifier Cumul = "a-verifier"
	CumulActeSeul  Cumul = "acte-seul"
	CumulDuJour    Cumul = "cumul-du-jour"
)

// ActeTardif answers SEJ-I-ACTE-TARDIF.
type ActeTardif string

// Answers.
const (
	TardifAVerifier ActeTardif = "a-verifier"
	TardifSejour    ActeTardif = "sejour"
	TardifEcarte    ActeTardif = "ecarte"
)

// SuiteTMF answers SEJ-I-SUITE-TMF.
type SuiteTMF string

// Answers.
const (
	SuiteAVerifier SuiteTMF = "a-verifier"
	SuiteUneSeule  SuiteTMF = "une-seule"
	SuiteChacun    SuiteTMF = "chaque-sejour"
)

// AMCDeclaree answers SEJ-I-AMC-DECLAREE: the default asks the patient until
// the insurer has committed itself.
type AMCDeclaree string

// Answers.
const (
	AMCPatient  AMCDeclaree = "patient"
	AMCAssureur AMCDeclaree = "amc"
)

var (
	intListeTaux = simphonie.Interpretation{Code: "SEJ-I-LISTE-TAUX",
		Source:   "RG_VF651 à RG_VF665 (soins externes) ; exonérations des séjours non imprimées",
		Question: "Les exonérations de la liste des soins externes (nature, mines, bénéficiaire, ALD, nouveau-né, rente) valent-elles pour un séjour ?",
		Choix:    []string{"etendue", "a-verifier"}}
	intRegimeLocal = simphonie.Interpretation{Code: "SEJ-I-REGIME-LOCAL",
		Source:   "RG_VF674 (90 % sur les actes, 100 % sur les forfaits ; séjours non cités)",
		Question: "Quel taux le régime local donne-t-il à un séjour ?",
		Choix:    []string{"a-verifier", "cent", "taux-externe"}}
	intTauxPropres = simphonie.Interpretation{Code: "SEJ-I-TAUX-PROPRES",
		Source:   "RG_VF664, RG_VF675 (soins externes)",
		Question: "Les taux propres à la CPRPF et à l'ASPA valent-ils pour un séjour ?",
		Choix:    []string{"a-verifier", "taux-externe"}}
	intSortie = simphonie.Interpretation{Code: "SEJ-I-SORTIE",
		Source:   "forfait journalier, jour de sortie compris ; transferts et permissions non cités",
		Question: "Le jour de sortie compte-t-il dans le forfait journalier ?",
		Choix:    []string{"comptee", "non-comptee"}}
	intFJNouveauNe = simphonie.Interpretation{Code: "SEJ-I-FJ-NOUVEAU-NE",
		Source:   "contrôle ePMSI des variables bloquantes, 2021 (âge d'au plus 30 jours)",
		Question: "Quand le séjour d'un nouveau-né dépasse sa période d'exonération, le forfait journalier est-il dû ensuite ?",
		Choix:    []string{"a-verifier", "jour", "sejour"}}
	intFJExoneres = simphonie.Interpretation{Code: "SEJ-I-FJ-EXONERES",
		Source:   "non imprimé : ALD, invalidité, rente AT, mines",
		Question: "Le patient exonéré du ticket modérateur à titre personnel doit-il le forfait journalier ?",
		Choix:    []string{"a-verifier", "dus"}}
	intCumul = simphonie.Interpretation{Code: "SEJ-I-CUMUL",
		Source:   "RG_VF663 (soins externes) ; page ameli sur la participation de 24 €",
		Question: "Des actes d'un même jour, chacun sous le seuil, l'atteignent-ils ensemble ?",
		Choix:    []string{"a-verifier", "acte-seul", "cumul-du-jour"}}
	intActeTardif = simphonie.Interpretation{Code: "SEJ-I-ACTE-TARDIF",
		Source:   "RG_VF663 (soins externes)",
		Question: "Un acte lourd du jour où le ticket modérateur n'est plus dû exonère-t-il les jours d'avant contre la participation forfaitaire ?",
		Choix:    []string{"a-verifier", "sejour", "ecarte"}}
	intSuiteTMF = simphonie.Interpretation{Code: "SEJ-I-SUITE-TMF",
		Source:   "page ameli sur la participation de 24 € (séjour directement lié)",
		Question: "Le séjour qui suit directement celui de l'acte lourd porte-t-il une participation forfaitaire de plus ?",
		Choix:    []string{"a-verifier", "une-seule", "chaque-sejour"}}
	intAMCDeclaree = simphonie.Interpretation{Code: "SEJ-I-AMC-DECLAREE",
		Source:   "circuit ROC",
		Question: "Qui porte le reste quand le patient déclare une complémentaire qui ne s'est pas encore engagée ?",
		Choix:    []string{"patient", "amc"}}
	intJourExonere = simphonie.Interpretation{Code: "SEJ-I-JOUR-EXONERE",
		Source:   "justification d'exonération 2 du SNDS, séjour de plus de 30 jours ; jour de départ non imprimé",
		Question: "À partir de quel jour d'hospitalisation, le jour d'entrée étant le premier, le ticket modérateur n'est-il plus dû ?",
		Choix:    []string{"31"}}
	intNouveauNe = simphonie.Interpretation{Code: "SEJ-I-NOUVEAU-NE",
		Source:   "RG_VF501, RG_VF998 (trente jours suivant la naissance)",
		Question: "Jusqu'à combien de jours après la naissance le nouveau-né est-il exonéré ?",
		Choix:    []string{"30"}}
)

// Defaults of the readings that are numbers.
const (
	jourExonere    = 31
	joursNouveauNe = 30
)

// InterpretationsPossibles lists the open questions of this package, and the
// answers among which Interpretations chooses.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intListeTaux, intRegimeLocal, intTauxPropres, intSortie, intFJNouveauNe, intFJExoneres,
		intCumul, intActeTardif, intSuiteTMF, intAMCDeclaree, intJourExonere, intNouveauNe}
}

// Validate refuses answers that are not among the choices.
func (i *Interpretations) Validate() error {
	errs := []error{i.Droits.Validate(),
		intListeTaux.Verifie(string(i.ListeTaux)), intRegimeLocal.Verifie(string(i.RegimeLocal)), intTauxPropres.Verifie(string(i.TauxPropres)),
		intSortie.Verifie(string(i.Sortie)), intFJNouveauNe.Verifie(string(i.FJNouveauNe)), intFJExoneres.Verifie(string(i.FJExoneres)),
		intCumul.Verifie(string(i.Cumul)), intActeTardif.Verifie(string(i.ActeTardif)), intSuiteTMF.Verifie(string(i.SuiteTMF)),
		intAMCDeclaree.Verifie(string(i.AMCDeclaree))}
	errs = append(errs, nonNegatif(&intJourExonere, i.JourExonere), nonNegatif(&intNouveauNe, i.JoursNouveauNe))
	return errors.Join(errs...)
}

func nonNegatif(q *simphonie.Interpretation, n int) error {
	if n >= 0 {
		return nil
	}
	return &simphonie.Erreur{Code: "ID-INTERPRETATION", Chemin: string(q.Code), Detail: "a number of days is not negative"}
}

func (i *Interpretations) jourExonere() int {
	if i.JourExonere == 0 {
		return jourExonere
	}
	return i.JourExonere
}

func (i *Interpretations) joursNouveauNe() int {
	if i.JoursNouveauNe == 0 {
		return joursNouveauNe
	}
	return i.JoursNouveauNe
}
