package modele

import "github.com/simphonie/simphonie"

var (
	regDemande = simphonie.Regle{Code: "CDRI-DEMANDE-ABSENTE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Aucune demande."}
	regEJ = simphonie.Regle{Code: "CDRI-EJ-ABSENTE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le FINESS de l'entité juridique qui interroge est absent."}
	regMoment = simphonie.Regle{Code: "CDRI-MOMENT-ABSENT", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Dire à quel moment la question est posée : pré-admission, admission ou facturation."}
	regNIRAbsent = simphonie.Regle{Code: "CDRI-NIR-ABSENT", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le NIR de l'ouvrant droit est absent."}
	regNIR = simphonie.Regle{Code: "CDRI-NIR-FORME", Source: "RG_BS603", Gravite: simphonie.Bloquante,
		Message: "Le numéro d'immatriculation n'a pas la forme attendue, ou sa clé est absente ou fausse : le saisir à nouveau."}
	regNIRProvisoire = simphonie.Regle{Code: "CDRI-NIR-PROVISOIRE", Source: "RG_BS602", Gravite: simphonie.Bloquante,
		Message: "Numéro provisoire de la MSA : il n'est pas envoyé à CDRi. Demander une attestation de droits."}
	regNIRAnonyme = simphonie.Regle{Code: "CDRI-NIR-ANONYME", Source: "RG_BS602, RG_MF639 (SP10)", Gravite: simphonie.Bloquante,
		Message: "Numéro fictif d'une facture anonyme : il n'est pas envoyé à CDRi."}
	regNIREnCours = simphonie.Regle{Code: "CDRI-NIR-EN-COURS", Source: "CDRI-I-NIR-EN-COURS", Gravite: simphonie.Bloquante,
		Message: "Numéro d'attente (il commence par 7 ou 8) : il n'est pas envoyé à CDRi. Demander une attestation de droits."}
	regNaissance = simphonie.Regle{Code: "CDRI-NAISSANCE-ABSENTE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "La date de naissance du bénéficiaire est absente."}
	regSiecle = simphonie.Regle{Code: "CDRI-NAISSANCE-SIECLE", Source: "RG_BS601 CP03", Gravite: simphonie.Bloquante,
		Message: "Le siècle de la date de naissance est inconnu : le demander au patient."}
	regRang = simphonie.Regle{Code: "CDRI-RANG", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le rang de naissance du bénéficiaire est un chiffre."}
	regRegime = simphonie.Regle{Code: "CDRI-REGIME", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le code du régime a deux chiffres."}
	regCaisse = simphonie.Regle{Code: "CDRI-CAISSE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le code de la caisse a trois chiffres, ou n'est pas donné."}
	regCentre = simphonie.Regle{Code: "CDRI-CENTRE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "Le code du centre a quatre caractères au plus (chiffres et majuscules), ou n'est pas donné."}
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regDemande, regEJ, regMoment, regNIRAbsent, regNIR, regNIRProvisoire, regNIRAnonyme, regNIREnCours,
		regNaissance, regSiecle, regRang, regRegime, regCaisse, regCentre, *intNIREnCours.Lecture()}
}

// NIREnCours answers CDRI-I-NIR-EN-COURS.
type NIREnCours string

// Answers; the empty one is NIREnCoursRefuse.
const (
	NIREnCoursRefuse NIREnCours = "refuse"
	NIREnCoursEnvoye NIREnCours = "envoye"
)

// Interpretations are the readings of open questions that Verifie takes. The
// zero value takes every default.
type Interpretations struct {
	NIREnCours NIREnCours `json:"nirEnCours,omitempty"`
}

// Validate refuses answers that are not among the choices.
func (i Interpretations) Validate() error { return intNIREnCours.Verifie(string(i.NIREnCours)) }

var intNIREnCours = simphonie.Interpretation{
	Code:     "CDRI-I-NIR-EN-COURS",
	Source:   "usage (numéros en cours d'immatriculation)",
	Question: "Un numéro qui commence par 7 ou 8 est-il envoyé à CDRi ?",
	Choix:    []string{string(NIREnCoursRefuse), string(NIREnCoursEnvoye)},
}

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{intNIREnCours}
}
