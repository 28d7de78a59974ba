package projet2020

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Interpretations are the readings of open questions of the project. The zero
// value takes every default. InterpretationsPossibles documents them.
type Interpretations struct {
	Droits droits.Interpretations `json:"droits,omitzero"`

	Lettres         LettresComptees `json:"lettres,omitempty"`
	Ordre           Ordre           `json:"ordre,omitempty"`
	DateSupplement  DateSupplement  `json:"dateSupplement,omitempty"`
	Hospitalisation Hospitalisation `json:"hospitalisation,omitempty"`
	AMCDeclaree     AMCDeclaree     `json:"amcDeclaree,omitempty"`
}

// LettresComptees answers P20-I-LETTRES: the default counts them all.
type LettresComptees string

// Answers.
const (
	LettresToutes LettresComptees = "toutes"
	LettresAMO    LettresComptees = "amo"
)

// Ordre answers P20-I-ORDRE: the default is the order that the rules in force took.
type Ordre string

// Answers.
const (
	OrdreRegimeLocalAssure Ordre = "regime-local-assure"
	OrdreAVerifier         Ordre = "a-verifier"
)

// DateSupplement answers P20-I-DATE-SUPPLEMENT: the default dates a supplement
// like its forfait.
type DateSupplement string

// Answers.
const (
	DateForfait     DateSupplement = "forfait"
	DatePremierActe DateSupplement = "premier-acte"
)

// Hospitalisation answers P20-I-HOSPITALISATION: the default leaves the visit to a person.
type Hospitalisation string

// Answers.
const (
	HospitalisationAVerifier  Hospitalisation = "a-verifier"
	HospitalisationFacturable Hospitalisation = "facturable"
)

// AMCDeclaree answers P20-I-AMC-DECLAREE: the default asks the patient until
// the insurer has committed itself.
type AMCDeclaree string

// Answers.
const (
	AMCPatient  AMCDeclaree = "patient"
	AMCAssureur AMCDeclaree = "amc"
)

var (
	intLettres = simphonie.Interpretation{Code: "P20-I-LETTRES",
		Source:   "réunion éditeurs du 25/06/2020 (huit lettres clés en 2021)",
		Question: "Les huit lettres clés comptent-elles celles du FPU ?",
		Choix:    []string{"toutes", "amo"}}
	intOrdre = simphonie.Interpretation{Code: "P20-I-ORDRE",
		Source:   "réunion éditeurs du 25/06/2020 (trois déclinaisons, sans ordre) ; RG_VF501 à RG_VF504 pour l'ordre retenu ensuite",
		Question: "Quand plusieurs déclinaisons du FPU conviennent, laquelle prendre ?",
		Choix:    []string{"regime-local-assure", "a-verifier"}}
	intDateSupplement = simphonie.Interpretation{Code: "P20-I-DATE-SUPPLEMENT",
		Source:   "réunion éditeurs du 25/06/2020 (muette) ; RG_IP621 pour la règle retenue ensuite",
		Question: "De quel jour sont les suppléments de biologie et d'imagerie : celui du forfait, ou celui du premier acte ?",
		Choix:    []string{"forfait", "premier-acte"}}
	intHospitalisation = simphonie.Interpretation{Code: "P20-I-HOSPITALISATION",
		Source:   "réunion éditeurs du 25/06/2020 (facturer une fois levée l'hypothèse d'une hospitalisation)",
		Question: "Un transfert, une admission en psychiatrie ou hors MCO laissent-ils le passage facturable ?",
		Choix:    []string{"a-verifier", "facturable"}}
	intAMCDeclaree = simphonie.Interpretation{Code: "P20-I-AMC-DECLAREE",
		Source:   "réunion éditeurs du 25/06/2020 (FPU de l'assuré), circuit ROC",
		Question: "Qui porte le FPU quand le patient déclare une complémentaire qui ne s'est pas encore engagée ?",
		Choix:    []string{"patient", "amc"}}

	lecLettres         = intLettres.Lecture()
	lecOrdre           = intOrdre.Lecture()
	lecDateSupplement  = intDateSupplement.Lecture()
	lecHospitalisation = intHospitalisation.Lecture()
	lecAMCDeclaree     = intAMCDeclaree.Lecture()
)

// InterpretationsPossibles lists the open questions of this package, and the
// answers among which Interpretations chooses.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intLettres, intOrdre, intDateSupplement, intHospitalisation, intAMCDeclaree}
}

// Validate refuses answers that are not among the choices.
func (i *Interpretations) Validate() error {
	return errors.Join(i.Droits.Validate(),
		intLettres.Verifie(string(i.Lettres)), intOrdre.Verifie(string(i.Ordre)),
		intDateSupplement.Verifie(string(i.DateSupplement)),
		intHospitalisation.Verifie(string(i.Hospitalisation)), intAMCDeclaree.Verifie(string(i.AMCDeclaree)))
}
