package mandat

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
)

const (
	sourceParcours = "journée régionale SIMPHONIE 2019, parcours DIAPASON"
	sourceUrgences = "réunion des éditeurs du 25 juin 2020, urgences"
	sourceChoix    = "suivi d'un mandat DIAPASON"
)

func regle(code simphonie.Code, source, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: simphonie.Bloquante, Message: message}
}

var (
	regTransition   = regle("DIA-TRANSITION", sourceChoix, "Cet événement ne peut pas arriver dans l'état où est l'accord.")
	regAdmission    = regle("DIA-ADMISSION", sourceUrgences, "Le débit différé n'est proposé qu'une fois l'hospitalisation écartée : dites qu'elle l'est.")
	regPlafond      = regle("DIA-PLAFOND", sourceParcours, "Un accord porte un plafond, positif : il n'y a pas de valeur par défaut.")
	regDateLimite   = regle("DIA-DATE-LIMITE", sourceParcours, "Un accord porte une date limite de prélèvement, à venir : il n'y a pas de valeur par défaut.")
	regContact      = regle("DIA-CONTACT", sourceParcours, "Il faut un téléphone ou une adresse électronique : sans avis, rien n'est prélevé.")
	regLimites      = regle("DIA-LIMITES-AFFICHEES", sourceParcours, "Le plafond et la date limite montrés au patient, avec la version du texte, doivent être ceux de l'accord.")
	regConsentement = regle("DIA-CONSENTEMENT", sourceParcours, "L'acceptation n'est pas complète : accord, alias de la carte, contrôle de 1 €, ticket et terminal sont voulus.")
	regAMC          = regle("DIA-AMC-ATTENDUE", sourceChoix, "Le montant attend la réponse de la complémentaire, ou la décision nommée de s'en passer.")
	regFacture      = regle("DIA-FACTURE", sourceChoix, "Une facture a un numéro, et un montant qui n'est pas négatif ; son numéro ne vient qu'une fois.")
	regDejaPreleve  = regle("DIA-FACTURE-DEJA-PRELEVEE", sourceChoix, "Cette facture est déjà prélevée : un écart se rembourse, ou se facture sous un autre numéro.")
	regAvisAutre    = regle("DIA-AVIS-AUTRE", sourceParcours, "Cet avis n'est pas celui du montant en cours : il n'ouvre pas le prélèvement.")
	regReference    = regle("DIA-REFERENCE", sourceChoix, "Cette référence n'est celle d'aucun ordre en cours de l'accord.")
	regMontant      = regle("DIA-MONTANT-AUTRE", sourceChoix, "Le montant annoncé n'est pas celui de l'ordre : appelez la plateforme, puis dites par un constat ce qui a été débité.")
	regReponse      = regle("DIA-REPONSE", sourceChoix, "La réponse ne dit pas ce qu'elle doit dire : issue, jour.")
	regConstat      = regle("DIA-CONSTAT", sourceChoix, "Un constat nomme qui l'a fait et pourquoi, et dit l'ordre absent, ou fait pour un montant à un jour.")
	regReleve       = regle("DIA-RELEVE", sourceChoix, "Le relevé ne porte pas la référence et le montant d'un prélèvement fait.")
	regRendu        = regle("DIA-REMBOURSEMENT", sourceChoix, "Un remboursement est positif, et ne dépasse pas ce qui reste du prélèvement.")
	regContest      = regle("DIA-CONTESTATION", sourceChoix, "Une contestation vise un prélèvement fait ; elle a une nature, une référence nouvelle et un montant qui ne le dépasse pas.")
	regMoyen        = regle("DIA-MOYEN", sourceParcours, "Le moyen de paiement retenu n'est pas l'un de ceux qui sont proposés.")
	regVide         = regle("DIA-EVENEMENT", sourceChoix, "Il n'y a pas d'événement, ou pas d'accord.")
	regProposition  = regle("DIA-PROPOSITION", sourceChoix, "La proposition n'est pas complète : numéro, dossier et FINESS juridique sont voulus, en identifiants internes.")
	regPolitique    = regle("DIA-POLITIQUE", sourceChoix, "L'établissement n'a pas tout décidé : décompte des jours, jour de départ, portée du plafond, nombre de prélèvements, sens de la date limite.")
	regAlias        = regle("DIA-ALIAS", "PCI DSS", "La plateforme doit donner un alias, jamais un numéro de carte.")
	regPAN          = regle("DIA-PAN", "PCI DSS", "Un numéro de carte ne se montre que tronqué : dix chiffres au plus.")
	regQuand        = regle("DIA-QUAND", sourceChoix, "L'heure de l'événement manque.")
	regPreuve       = regle("DIA-PREUVE", sourceChoix, "La chaîne des preuves a été modifiée, coupée ou complétée.")
	regGabarit      = regle("DIA-GABARIT", sourceParcours, "Le texte d'un avis dit le montant, l'établissement, l'échéance et le contact, et rien qui dise qui est le patient ni pourquoi il est venu.")
)

// Regles lists the rules of a mandate: the errors of Appliquer and New bear
// their codes, and their texts are for the agent.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regTransition, regAdmission, regPlafond, regDateLimite, regContact, regLimites, regConsentement, regAMC, regFacture,
		regDejaPreleve, regAvisAutre, regReference, regMontant, regReponse, regConstat, regReleve, regRendu, regContest, regMoyen, regVide, regProposition,
		regPolitique, regAlias, regPAN, regQuand, regPreuve, regGabarit}
}

// Interdit is behind every error of Appliquer: what was refused, and where the
// mandate stands.
type Interdit struct {
	Etat      Etat
	Evenement string
}

// Error names both.
func (i *Interdit) Error() string { return i.Evenement + " when the mandate is " + i.Etat.String() }

// Texte gives what an agent is told of an error of this package; "" for another.
func Texte(err error) string {
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			return ""
		}
		if i := slices.IndexFunc(Regles(), func(r simphonie.Regle) bool { return r.Code == e.Code }); i >= 0 {
			return Regles()[i].Message
		}
		err = e.Err
	}
	return ""
}
