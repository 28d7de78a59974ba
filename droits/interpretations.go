package droits

import (
	"errors"

	"github.com/simphonie/simphonie"
)

// FinDePeriode answers DROITS-I-FIN-DE-PERIODE.
type FinDePeriode string

// Answers; the empty one is FinIncluse.
const (
	FinIncluse FinDePeriode = "incluse"
	FinExclue  FinDePeriode = "exclue"
)

// Interpretations are the readings of open questions that Resoudre takes. The
// zero value takes every default.
type Interpretations struct {
	FinDePeriode           FinDePeriode           `json:"finDePeriode,omitempty"`
	MaterniteSansOrganisme MaterniteSansOrganisme `json:"materniteSansOrganisme,omitempty"`
	DouziemeJour           DouziemeJour           `json:"douziemeJour,omitempty"`
	SoinsParticuliers      SoinsParticuliers      `json:"soinsParticuliers,omitempty"`
	TopMedecinTraitant     TopMedecinTraitant     `json:"topMedecinTraitant,omitempty"`
	PieceMixte             PieceMixte             `json:"pieceMixte,omitempty"`
}

// Validate refuses answers that are not among the choices.
func (i Interpretations) Validate() error {
	return errors.Join(intFinDePeriode.Verifie(string(i.FinDePeriode)), intMaterniteSansOrganisme.Verifie(string(i.MaterniteSansOrganisme)),
		intDouziemeJour.Verifie(string(i.DouziemeJour)), intSoinsParticuliers.Verifie(string(i.SoinsParticuliers)),
		intTopMedecinTraitant.Verifie(string(i.TopMedecinTraitant)), intPieceMixte.Verifie(string(i.PieceMixte)))
}

// MaterniteSansOrganisme answers DROITS-I-MATERNITE-SANS-ORGANISME.
type MaterniteSansOrganisme string

// Answers; the empty one is MaterniteMaladie.
const (
	MaterniteMaladie   MaterniteSansOrganisme = "maladie"
	MaterniteAVerifier MaterniteSansOrganisme = "a-verifier"
)

var intMaterniteSansOrganisme = simphonie.Interpretation{
	Code:     "DROITS-I-MATERNITE-SANS-ORGANISME",
	Source:   "RG_CF692 (« par défaut »)",
	Question: "Nature maternité sans organisme de maternité : la facture va-t-elle à l'organisme de maladie ?",
	Choix:    []string{string(MaterniteMaladie), string(MaterniteAVerifier)},
}

var lecMaterniteSansOrganisme = intMaterniteSansOrganisme.Lecture()

var intFinDePeriode = simphonie.Interpretation{
	Code:     "DROITS-I-FIN-DE-PERIODE",
	Source:   "RG_CF611 à RG_CF615 (la date « se situe dans » la période)",
	Question: "Le dernier jour d'une période de droits en fait-il partie ?",
	Choix:    []string{string(FinIncluse), string(FinExclue)},
}

var lecFinDePeriode = intFinDePeriode.Lecture()

// DouziemeJour answers DROITS-I-DOUZIEME-JOUR.
type DouziemeJour string

// Answers; the empty one is DouziemeInclus.
const (
	DouziemeInclus DouziemeJour = "inclus"
	DouziemeExclu  DouziemeJour = "exclu"
)

var intDouziemeJour = simphonie.Interpretation{
	Code:     "DROITS-I-DOUZIEME-JOUR",
	Source:   "RG_CF653 (visite obligatoire « dans les 12 jours » de la naissance)",
	Question: "La visite du douzième jour après la naissance est-elle de nature maternité ?",
	Choix:    []string{string(DouziemeInclus), string(DouziemeExclu)},
}

var lecDouziemeJour = intDouziemeJour.Lecture()

// SoinsParticuliers answers DROITS-I-SOINS-PARTICULIERS.
type SoinsParticuliers string

// Answers; the empty one is SoinsSurMotif.
const (
	SoinsSurMotif SoinsParticuliers = "motif"
	SoinsSurDroit SoinsParticuliers = "droit"
)

var intSoinsParticuliers = simphonie.Interpretation{
	Code:     "DROITS-I-SOINS-PARTICULIERS",
	Source:   "RG_VF662, RG_VF998",
	Question: "Une exonération pour soins particuliers valide exonère-t-elle l'acte sans que son motif le dise ?",
	Choix:    []string{string(SoinsSurMotif), string(SoinsSurDroit)},
}

var lecSoinsParticuliers = intSoinsParticuliers.Lecture()

// TopMedecinTraitant answers DROITS-I-TOP-MEDECIN-TRAITANT.
type TopMedecinTraitant string

// Answers; the empty one is TopNon.
const (
	TopNon   TopMedecinTraitant = "n"
	TopBlanc TopMedecinTraitant = "blanc"
)

var intTopMedecinTraitant = simphonie.Interpretation{
	Code:     "DROITS-I-TOP-MEDECIN-TRAITANT",
	Source:   "RG_CF640 (« N ou blanc »)",
	Question: "Sans médecin traitant déclaré, que vaut le top médecin traitant ?",
	Choix:    []string{string(TopNon), string(TopBlanc)},
}

var lecTopMedecinTraitant = intTopMedecinTraitant.Lecture()

// PieceMixte answers DROITS-I-PIECE-MIXTE.
type PieceMixte string

// Answers; the empty one is PieceMixteAVerifier.
const (
	PieceMixteAVerifier PieceMixte = "a-verifier"
	PieceMixtePrincipal PieceMixte = "support-principal"
)

var intPieceMixte = simphonie.Interpretation{
	Code:     "DROITS-I-PIECE-MIXTE",
	Source:   "RG_BS620 à RG_BS622 (ne traitent que d'un support)",
	Question: "Des données facturées viennent de plusieurs supports : quelle nature de pièce justificative ?",
	Choix:    []string{string(PieceMixteAVerifier), string(PieceMixtePrincipal)},
}

var lecPieceMixte = intPieceMixte.Lecture()

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intFinDePeriode, intMaterniteSansOrganisme, intDouziemeJour, intSoinsParticuliers, intTopMedecinTraitant, intPieceMixte}
}

// contient applies the reading to one period.
func (r *resolution) contient(p simphonie.Periode) bool {
	if !p.Contains(r.ctx.Jour) {
		return false
	}
	if p.Au != r.ctx.Jour {
		return true
	}
	fin := r.o.Interpretations.FinDePeriode
	if r.o.Tracer {
		r.note(lecFinDePeriode, intFinDePeriode.Retenu(string(fin)))
	}
	return fin != FinExclue
}

// valides says that the day is in one of the periods, or that there is none.
func (r *resolution) valides(ps []simphonie.Periode) bool {
	for _, p := range ps {
		if r.contient(p) {
			return true
		}
	}
	return len(ps) == 0
}
