package ace

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Interpretations are the readings of open questions that the engine takes.
// The zero value takes every default; the explanation quotes the ones that
// decided something.
type Interpretations struct {
	Droits droits.Interpretations `json:"droits,omitzero"`

	PorteeSeuil      PorteeSeuil      `json:"porteeSeuil,omitempty"`
	SommeSeuil       SommeSeuil       `json:"sommeSeuil,omitempty"`
	SeuilNGAP        SeuilNGAP        `json:"seuilNGAP,omitempty"`
	TMFPar           TMFPar           `json:"tmfPar,omitempty"`
	SecondSEAME      SecondSEAME      `json:"secondSEAME,omitempty"`
	MTMSurExonere    MTMSurExonere    `json:"mtmSurExonere,omitempty"`
	MTMSeuil         MTMSeuil         `json:"mtmSeuil,omitempty"`
	TechniqueAME     TechniqueAME     `json:"techniqueAME,omitempty"`
	LPPSousTarif     LPPSousTarif     `json:"lppSousTarif,omitempty"`
	AMCDeclaree      AMCDeclaree      `json:"amcDeclaree,omitempty"`
	PrixDOM          PrixDOM          `json:"prixDOM,omitempty"`
	ForfaitDeuxJours ForfaitDeuxJours `json:"forfaitDeuxJours,omitempty"`
	ForfaitC2S       ForfaitC2S       `json:"forfaitC2S,omitempty"`
}

// PorteeSeuil answers ACE-I-PORTEE-SEUIL.
type PorteeSeuil string

// Answers; the empty one is PorteeFacture.
const (
	PorteeFacture PorteeSeuil = "facture"
	PorteeVenue   PorteeSeuil = "venue"
)

// SommeSeuil answers ACE-I-SOMME-SEUIL.
type SommeSeuil string

// Answers; the empty one is SommeNonExoneres.
const (
	SommeNonExoneres SommeSeuil = "non-exoneres"
	SommeTous        SommeSeuil = "tous"
)

// SeuilNGAP answers ACE-I-SEUIL-NGAP.
type SeuilNGAP string

// Answers; the empty one is NGAPSomme.
const (
	NGAPSomme SeuilNGAP = "somme"
	NGAPActe  SeuilNGAP = "acte"
)

// TMFPar answers ACE-I-TMF-PAR.
type TMFPar string

// Answers; the empty one is TMFParSpecialite.
const (
	TMFParSpecialite TMFPar = "specialite"
	TMFParPraticien  TMFPar = "praticien"
)

// SecondSEAME answers ACE-I-SECOND-SE-AME.
type SecondSEAME string

// Answers; the empty one is SecondSEAMETrois.
const (
	SecondSEAMETrois SecondSEAME = "3"
	SecondSEAMEZero  SecondSEAME = "0"
)

// MTMSurExonere answers ACE-I-MTM-SUR-EXONERE.
type MTMSurExonere string

// Answers; the empty one is MTMToujours.
const (
	MTMToujours     MTMSurExonere = "oui"
	MTMSaufExoneres MTMSurExonere = "non"
)

// MTMSeuil answers ACE-I-MTM-SEUIL.
type MTMSeuil string

// Answers; the empty one is MTMSeuilAucune.
const (
	MTMSeuilAucune      MTMSeuil = "aucune"
	MTMSeuilSaufPorteur MTMSeuil = "sauf-porteur"
)

// TechniqueAME answers ACE-I-TECHNIQUE-AME.
type TechniqueAME string

// Answers; the empty one is TechniqueAMEEntier.
const (
	TechniqueAMEEntier TechniqueAME = "entier"
	TechniqueAMEZero   TechniqueAME = "0"
)

// LPPSousTarif answers ACE-I-LPP-SOUS-TARIF.
type LPPSousTarif string

// Answers; the empty one is LPPPrix.
const (
	LPPPrix  LPPSousTarif = "prix"
	LPPTarif LPPSousTarif = "tarif"
)

// AMCDeclaree answers ACE-I-AMC-DECLAREE.
type AMCDeclaree string

// Answers; the empty one is AMCPatient.
const (
	AMCPatient  AMCDeclaree = "patient"
	AMCAssureur AMCDeclaree = "amc"
)

// PrixDOM answers ACE-I-PRIX-DOM.
type PrixDOM string

// Answers; the empty one is PrixDOMCentime.
const (
	PrixDOMCentime PrixDOM = "centime"
	PrixDOMEntier  PrixDOM = "non-arrondi"
)

// ForfaitDeuxJours answers ACE-I-FORFAIT-DEUX-JOURS.
type ForfaitDeuxJours string

// Answers; the empty one is PremierJour.
const (
	PremierJour ForfaitDeuxJours = "premier-jour"
	SecondJour  ForfaitDeuxJours = "second-jour"
)

// ForfaitC2S answers ACE-I-FORFAIT-C2S.
type ForfaitC2S string

// Answers; the empty one is ForfaitC2SDepassement.
const (
	ForfaitC2SDepassement ForfaitC2S = "depassement"
	ForfaitC2STarif       ForfaitC2S = "tarif"
)

var (
	intPorteeSeuil = simphonie.Interpretation{Code: "ACE-I-PORTEE-SEUIL",
		Source:   "RG_VF663 (actes de la date), RG_MF630 (ruptures de facture)",
		Question: "Le seuil d'une date se juge-t-il dans chaque facture, ou dans toutes les factures de la venue ?",
		Choix:    []string{string(PorteeFacture), string(PorteeVenue)}}
	intSommeSeuil = simphonie.Interpretation{Code: "ACE-I-SOMME-SEUIL",
		Source:   "RG_VF663 (actes non encore exonérés)",
		Question: "Les actes déjà exonérés comptent-ils dans les sommes comparées aux seuils ?",
		Choix:    []string{string(SommeNonExoneres), string(SommeTous)}}
	intSeuilNGAP = simphonie.Interpretation{Code: "ACE-I-SEUIL-NGAP",
		Source:   "RG_VF663 (acte ou somme)",
		Question: "Quand un acte NGAP atteint 60 à lui seul, les autres actes NGAP de la date sont-ils exonérés avec lui ?",
		Choix:    []string{string(NGAPSomme), string(NGAPActe)}}
	intTMFPar = simphonie.Interpretation{Code: "ACE-I-TMF-PAR",
		Source:   "RG_VF680 (une participation par spécialité de praticien)",
		Question: "Y a-t-il une participation forfaitaire par spécialité, ou par praticien de la spécialité ?",
		Choix:    []string{string(TMFParSpecialite), string(TMFParPraticien)}}
	intSecondSEAME = simphonie.Interpretation{Code: "ACE-I-SECOND-SE-AME",
		Source:   "RG_VF663 (AME comprise), RG_VF650, RG_VF_CC15",
		Question: "Quel code d'exonération porte le second SE d'un patient de l'AME quand le seuil invasif est atteint ?",
		Choix:    []string{string(SecondSEAMETrois), string(SecondSEAMEZero)}}
	intMTMSurExonere = simphonie.Interpretation{Code: "ACE-I-MTM-SUR-EXONERE",
		Source:   "RG_VF671 (condition de taux et liste d'exemptions supprimées, date inconnue)",
		Question: "Hors parcours, la majoration du ticket modérateur d'un patient de la C2S vaut-elle aussi à 100 %, en maternité, AT/MP, ALD et au régime minier ?",
		Choix:    []string{string(MTMToujours), string(MTMSaufExoneres)}}
	intMTMSeuil = simphonie.Interpretation{Code: "ACE-I-MTM-SEUIL",
		Source:   "RG_VF671, RG_VF682 (qui ne parle que de la ligne qui porte la participation)",
		Question: "C2S hors parcours et seuil atteint : aucune ligne exonérée ne porte de majoration du ticket modérateur, ou toutes sauf celle de la participation ?",
		Choix:    []string{string(MTMSeuilAucune), string(MTMSeuilSaufPorteur)}}
	intTechniqueAME = simphonie.Interpretation{Code: "ACE-I-TECHNIQUE-AME",
		Source:   "RG_VF650, RG_VF670 (part complémentaire nulle pour un forfait technique)",
		Question: "Forfait technique d'un patient de l'AME : tout à l'organisme de l'AME comme le reste, ou rien ?",
		Choix:    []string{string(TechniqueAMEEntier), string(TechniqueAMEZero)}}
	intLPPSousTarif = simphonie.Interpretation{Code: "ACE-I-LPP-SOUS-TARIF",
		Source:   "RG_VF605 (somme des tarifs de référence), RG_IP680a (moindre du prix et du tarif, pour un médicament)",
		Question: "Dispositif acheté sous son tarif : la base est-elle son prix, ou son tarif ?",
		Choix:    []string{string(LPPPrix), string(LPPTarif)}}
	intAMCDeclaree = simphonie.Interpretation{Code: "ACE-I-AMC-DECLAREE",
		Source:   "RG_VF670, circuit ROC",
		Question: "Qui porte la part complémentaire quand le patient déclare une complémentaire qui ne s'est pas encore engagée ?",
		Choix:    []string{string(AMCPatient), string(AMCAssureur)}}
	intPrixDOM = simphonie.Interpretation{Code: "ACE-I-PRIX-DOM",
		Source:   "RG_VF633 (arrondi non dit)",
		Question: "Le prix CCAM multiplié par le coefficient DOM est-il arrondi au centime avant la suite ?",
		Choix:    []string{string(PrixDOMCentime), string(PrixDOMEntier)}}
	intForfaitDeuxJours = simphonie.Interpretation{Code: "ACE-I-FORFAIT-DEUX-JOURS",
		Source:   "RG_VF600 CP01 (dimanche ou jour férié ; rien pour deux jours semblables)",
		Question: "ATU ou FFM sur deux jours dont aucun, ou chacun, est dimanche ou férié : quelle date ?",
		Choix:    []string{string(PremierJour), string(SecondJour)}}
	intForfaitC2S = simphonie.Interpretation{Code: "ACE-I-FORFAIT-C2S",
		Source:   "RG_VF691 à RG_VF694 (formule imprimée coupée)",
		Question: "Forfait dentaire de la C2S quand le dépassement est inférieur au tarif du forfait : le dépassement, ou le tarif entier ?",
		Choix:    []string{string(ForfaitC2SDepassement), string(ForfaitC2STarif)}}

	lecPorteeSeuil      = intPorteeSeuil.Lecture()
	lecSommeSeuil       = intSommeSeuil.Lecture()
	lecSeuilNGAP        = intSeuilNGAP.Lecture()
	lecTMFPar           = intTMFPar.Lecture()
	lecSecondSEAME      = intSecondSEAME.Lecture()
	lecMTMSurExonere    = intMTMSurExonere.Lecture()
	lecMTMSeuil         = intMTMSeuil.Lecture()
	lecTechniqueAME     = intTechniqueAME.Lecture()
	lecLPPSousTarif     = intLPPSousTarif.Lecture()
	lecAMCDeclaree      = intAMCDeclaree.Lecture()
	lecPrixDOM          = intPrixDOM.Lecture()
	lecForfaitDeuxJours = intForfaitDeuxJours.Lecture()
	lecForfaitC2S       = intForfaitC2S.Lecture()
)

// InterpretationsPossibles lists the open questions of this package, and the
// answers among which Interpretations chooses.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intPorteeSeuil, intSommeSeuil, intSeuilNGAP, intTMFPar, intSecondSEAME,
		intMTMSurExonere, intMTMSeuil, intTechniqueAME, intLPPSousTarif, intAMCDeclaree, intPrixDOM, intForfaitDeuxJours, intForfaitC2S}
}

// Validate refuses answers that are not among the choices.
func (i *Interpretations) Validate() error {
	return errors.Join(i.Droits.Validate(), intPorteeSeuil.Verifie(string(i.PorteeSeuil)), intSommeSeuil.Verifie(string(i.SommeSeuil)),
		intSeuilNGAP.Verifie(string(i.SeuilNGAP)), intTMFPar.Verifie(string(i.TMFPar)), intSecondSEAME.Verifie(string(i.SecondSEAME)),
		intMTMSurExonere.Verifie(string(i.MTMSurExonere)),
		intMTMSeuil.Verifie(string(i.MTMSeuil)), intTechniqueAME.Verifie(string(i.TechniqueAME)), intLPPSousTarif.Verifie(string(i.LPPSousTarif)), intAMCDeclaree.Verifie(string(i.AMCDeclaree)), intPrixDOM.Verifie(string(i.PrixDOM)),
		intForfaitDeuxJours.Verifie(string(i.ForfaitDeuxJours)), intForfaitC2S.Verifie(string(i.ForfaitC2S)))
}
