package urgences

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Interpretations are the readings of open questions that the engine takes.
// The zero value takes every default. InterpretationsPossibles documents them.
type Interpretations struct {
	Droits droits.Interpretations `json:"droits,omitzero"`

	Bornes        Bornes        `json:"bornes,omitempty"`
	PrixPatient   PrixPatient   `json:"prixPatient,omitempty"`
	OrdreFPX      OrdreFPX      `json:"ordreFPX,omitempty"`
	HorsMCO       HorsMCO       `json:"horsMCO,omitempty"`
	HeureImagerie HeureImagerie `json:"heureImagerie,omitempty"`
	Obstetrique   Obstetrique   `json:"obstetrique,omitempty"`
	AMCDeclaree   AMCDeclaree   `json:"amcDeclaree,omitempty"`
	// JoursNouveauNe is the last day after birth on which a newborn is exempt;
	// 0 takes 30 (URG-I-NOUVEAU-NE).
	JoursNouveauNe int `json:"joursNouveauNe,omitempty"`
}

// Bornes answers URG-I-BORNES: the default leaves the minute of a bound to the
// window that it opens.
type Bornes string

// Answers.
const (
	BornesSemiOuvertes Bornes = "semi-ouvertes"
	BornesFinIncluse   Bornes = "fin-incluse"
)

// PrixPatient answers URG-I-PRIX-PATIENT: the default refuses to price FPX,
// FPL, FPM and CFU without their own tariff.
type PrixPatient string

// Answers.
const (
	PrixCharges PrixPatient = "charges"
	PrixDeduits PrixPatient = "deduits"
)

// OrdreFPX answers URG-I-ORDRE-FPX: the default follows the priorities of rates.
type OrdreFPX string

// Answers.
const (
	OrdrePriorites OrdreFPX = "priorites"
	OrdreTableau   OrdreFPX = "tableau"
)

// HorsMCO answers URG-I-HORS-MCO: the default follows the letter of L. 160-13.
type HorsMCO string

// Answers.
const (
	HorsMCOFacturable HorsMCO = "facturable"
	HorsMCOAVerifier  HorsMCO = "a-verifier"
)

// HeureImagerie answers URG-I-HEURE-IMAGERIE: the default takes the act that
// dates the supplement.
type HeureImagerie string

// Answers.
const (
	HeurePremierActe      HeureImagerie = "premier-acte"
	HeureActeDuSupplement HeureImagerie = "acte-du-supplement"
)

// Obstetrique answers URG-I-OBSTETRIQUE: the default leaves the visit to a person.
type Obstetrique string

// Answers.
const (
	ObstetriqueAVerifier Obstetrique = "a-verifier"
	ObstetriqueForfait   Obstetrique = "forfait"
)

// AMCDeclaree answers URG-I-AMC-DECLAREE: the default asks the patient until
// the insurer has committed itself.
type AMCDeclaree string

// Answers.
const (
	AMCPatient  AMCDeclaree = "patient"
	AMCAssureur AMCDeclaree = "amc"
)

var (
	intBornes = simphonie.Interpretation{Code: "URG-I-BORNES",
		Source:   "arrêté du 19/02/2015 art. 13 (plages écrites « entre … et … »)",
		Question: "À quelle plage appartient la minute où l'une finit et l'autre commence ?",
		Choix:    []string{"semi-ouvertes", "fin-incluse"}}
	intPrixPatient = simphonie.Interpretation{Code: "URG-I-PRIX-PATIENT",
		Source:   "RG_VF500 à RG_VF505 (prix réglementaire, non imprimé)",
		Question: "D'où vient le prix de FPX, FPL, FPM et CFU quand il n'est pas chargé : refus, ou déduction de FPU et FPV ?",
		Choix:    []string{"charges", "deduits"}}
	intOrdreFPX = simphonie.Interpretation{Code: "URG-I-ORDRE-FPX",
		Source:   "RG_VF501 (tableau sans ordre), RG_VF651 à RG_VF653, RG_VF998",
		Question: "Quand plusieurs situations exonèrent, laquelle donne le code d'exonération ?",
		Choix:    []string{"priorites", "tableau"}}
	intHorsMCO = simphonie.Interpretation{Code: "URG-I-HORS-MCO",
		Source:   "art. L. 160-13 CSS (hospitalisation MCO dans le même établissement)",
		Question: "Un transfert, une admission en psychiatrie ou hors MCO laissent-ils le passage facturable ?",
		Choix:    []string{"facturable", "a-verifier"}}
	intHeureImagerie = simphonie.Interpretation{Code: "URG-I-HEURE-IMAGERIE",
		Source:   "arrêté du 31/03/2023 art. 8, RG_IP621",
		Question: "L'heure qui donne SSN ou SSF sur l'imagerie est-elle celle du premier acte, ou celle de l'acte qui donne le supplément ?",
		Choix:    []string{"premier-acte", "acte-du-supplement"}}
	intObstetrique = simphonie.Interpretation{Code: "URG-I-OBSTETRIQUE",
		Source:   "arrêté du 19/02/2015 art. 13 (ATU gardé pour la gynécologie, pas pour l'obstétrique)",
		Question: "Que facturer pour une urgence obstétricale ?",
		Choix:    []string{"a-verifier", "forfait"}}
	intAMCDeclaree = simphonie.Interpretation{Code: "URG-I-AMC-DECLAREE",
		Source:   "RG_VF505, circuit ROC",
		Question: "Qui porte FPU ou FPV quand le patient déclare une complémentaire qui ne s'est pas encore engagée ?",
		Choix:    []string{"patient", "amc"}}
	intNouveauNe = simphonie.Interpretation{Code: "URG-I-NOUVEAU-NE",
		Source:   "RG_VF501 (soins dans les trente jours suivant la naissance)",
		Question: "Jusqu'à combien de jours après la naissance le nouveau-né est-il exonéré ?",
		Choix:    []string{"30"}}

	lecBornes        = intBornes.Lecture()
	lecPrixPatient   = intPrixPatient.Lecture()
	lecOrdreFPX      = intOrdreFPX.Lecture()
	lecHorsMCO       = intHorsMCO.Lecture()
	lecHeureImagerie = intHeureImagerie.Lecture()
	lecObstetrique   = intObstetrique.Lecture()
	lecAMCDeclaree   = intAMCDeclaree.Lecture()
	lecNouveauNe     = intNouveauNe.Lecture()
)

// InterpretationsPossibles lists the open questions of this package, and the
// answers among which Interpretations chooses.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intBornes, intPrixPatient, intOrdreFPX, intHorsMCO,
		intHeureImagerie, intObstetrique, intAMCDeclaree, intNouveauNe}
}

// Validate refuses answers that are not among the choices.
func (i *Interpretations) Validate() error {
	var errs []error
	if err := i.Droits.Validate(); err != nil {
		errs = append(errs, err)
	}
	for _, q := range [...]struct {
		question *simphonie.Interpretation
		reponse  string
	}{
		{&intBornes, string(i.Bornes)}, {&intPrixPatient, string(i.PrixPatient)}, {&intOrdreFPX, string(i.OrdreFPX)},
		{&intHorsMCO, string(i.HorsMCO)}, {&intHeureImagerie, string(i.HeureImagerie)},
		{&intObstetrique, string(i.Obstetrique)}, {&intAMCDeclaree, string(i.AMCDeclaree)},
	} {
		if err := q.question.Verifie(q.reponse); err != nil {
			errs = append(errs, err)
		}
	}
	if i.JoursNouveauNe < 0 {
		errs = append(errs, &simphonie.Erreur{Code: "ID-INTERPRETATION", Chemin: string(intNouveauNe.Code),
			Detail: "a number of days is not negative"})
	}
	return errors.Join(errs...)
}
