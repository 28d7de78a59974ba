package payfip

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
)

// Panne is what an agent is told of a failure, in French.
type Panne struct {
	Code simphonie.Code `json:"code"`
	// Faute is the code of PayFiP, when the row is for that one only.
	Faute    string `json:"faute,omitempty"`
	Texte    string `json:"texte"`
	Conduite string `json:"conduite"`
}

// What the agent does.
const (
	corrige = "Corrigez, puis relancez."
	support = "Prévenez le support informatique : relancer ne changera rien."
	attend  = "Relancez dans une demi-heure, ou proposez un autre moyen de paiement."
	regarde = "Ouvrez le dossier de paiement et vérifiez auprès de la régie avant toute nouvelle demande."
)

var pannes = []Panne{
	{Code: "PAYFIP-EJ", Texte: "La demande est faite pour un autre établissement.", Conduite: support},
	{Code: "PAYFIP-REFDET", Texte: "La référence de la dette n'est pas acceptée par PayFiP.", Conduite: corrige},
	{Code: "PAYFIP-EXERCICE", Texte: "L'exercice de la dette n'est pas une année.", Conduite: corrige},
	{Code: "PAYFIP-OBJET", Texte: "L'objet du paiement est trop long ou contient un numéro à ne pas montrer.", Conduite: corrige},
	{Code: "PAYFIP-MONTANT", Texte: "Le montant sort des limites de PayFiP.", Conduite: "Proposez un autre moyen de paiement."},
	{Code: "PAYFIP-MEL", Texte: "L'adresse électronique du patient manque ou n'est pas lisible.", Conduite: corrige},
	{Code: "PAYFIP-DECISION", Texte: "La décision est incomplète.", Conduite: corrige},
	{Code: "PAYFIP-DEJA-PAYE", Texte: "La dette est déjà payée, ou un prélèvement est engagé.", Conduite: "Ne demandez pas d'autre paiement."},
	{Code: "PAYFIP-EN-COURS", Texte: "Un paiement de cette dette est peut-être en cours.", Conduite: "Attendez vingt minutes, puis relancez."},
	{Code: "PAYFIP-A-CONSULTER", Texte: "PayFiP n'a pas dit ce qu'est devenu le paiement précédent.", Conduite: attend},
	{Code: "PAYFIP-DOUTEUX", Texte: "La dernière réponse de PayFiP sur cette dette ne peut pas être retenue.", Conduite: regarde},
	{Code: "PAYFIP-TROP", Texte: "Trop de demandes de paiement ont été faites pour cette dette.", Conduite: regarde},
	{Code: "PAYFIP-PERDU", Texte: "PayFiP n'a pas confirmé la création du paiement.", Conduite: "Attendez un quart d'heure, puis relancez."},
	{Code: "PAYFIP-OPERATION", Texte: "Cette opération ne concerne aucune dette connue.", Conduite: support},
	{Code: "PAYFIP-CONSTAT", Texte: "Cette opération n'est pas un prélèvement en cours.", Conduite: regarde},
	{Code: "PAYFIP-DISCORDANCE", Texte: "La réponse de PayFiP ne correspond pas à la demande.", Conduite: regarde},
	{Code: "PAYFIP-RESULTAT", Texte: "PayFiP a donné un résultat inconnu.", Conduite: regarde},
	{Code: "PAYFIP-CONTREDIT", Texte: "PayFiP contredit un résultat déjà connu.", Conduite: regarde},
	{Code: "PAYFIP-MAGASIN", Texte: "Le dossier de paiement n'a pas pu être lu ou enregistré.", Conduite: support},
	{Code: "PAYFIP-DOSSIER", Texte: "Le dossier de paiement enregistré est abîmé.", Conduite: support},
	{Code: "PAYFIP-DOSSIER-VERSION", Texte: "Le dossier de paiement a été enregistré par une autre version du logiciel.", Conduite: support},
	{Code: "PAYFIP-IDOP", Texte: "L'identifiant de l'opération n'a pas la bonne forme.", Conduite: support},
	{Code: "PAYFIP-MESSAGE", Texte: "La demande n'a pas pu être préparée.", Conduite: support},
	{Code: "PAYFIP-DELAI", Texte: "PayFiP n'a pas répondu à temps.", Conduite: attend},
	{Code: "PAYFIP-ABANDON", Texte: "La demande a été interrompue.", Conduite: "Relancez-la si vous en avez besoin."},
	{Code: "PAYFIP-RESEAU", Texte: "PayFiP est injoignable.", Conduite: attend},
	{Code: "PAYFIP-TLS", Texte: "La connexion sécurisée à PayFiP a été refusée.", Conduite: support},
	{Code: "PAYFIP-HTTP", Texte: "Le serveur de PayFiP a répondu par une erreur.", Conduite: attend},
	{Code: "PAYFIP-TAILLE", Texte: "La réponse dépasse la taille admise.", Conduite: support},
	{Code: "PAYFIP-REPONSE", Texte: "La réponse de PayFiP est illisible.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Texte: "PayFiP a signalé une erreur.", Conduite: attend},
	{Code: "PAYFIP-FAUTE", Faute: S1, Texte: "Le mode (test, activation, production) est refusé.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: T1, Texte: "Le numéro client de la régie n'est pas valide.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: T2, Texte: "Le numéro client de la régie est inconnu.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: T4, Texte: "Le numéro client n'est pas ouvert au service web.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: M1, Texte: "Le montant n'a pas la forme attendue.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: M3, Texte: "Le montant est inférieur au minimum.", Conduite: "Proposez un autre moyen de paiement."},
	{Code: "PAYFIP-FAUTE", Faute: M5, Texte: "Le montant est supérieur au maximum.", Conduite: "Proposez un autre moyen de paiement."},
	{Code: "PAYFIP-FAUTE", Faute: A1, Texte: "L'adresse électronique manque.", Conduite: corrige},
	{Code: "PAYFIP-FAUTE", Faute: A2, Texte: "L'adresse électronique est refusée.", Conduite: corrige},
	{Code: "PAYFIP-FAUTE", Faute: N1, Texte: "L'adresse de notification est refusée.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: D1, Texte: "L'adresse de retour est refusée.", Conduite: support},
	{Code: "PAYFIP-FAUTE", Faute: R3, Texte: "La référence de la dette est refusée.", Conduite: corrige},
	{Code: "PAYFIP-FAUTE", Faute: P1, Texte: "L'opération est inconnue de PayFiP, ou oubliée depuis.", Conduite: "Demandez un nouveau paiement."},
	{Code: "PAYFIP-FAUTE", Faute: P3, Texte: "L'opération a déjà servi.", Conduite: "Consultez son résultat."},
	{Code: "PAYFIP-FAUTE", Faute: P4, Texte: "L'opération a plus de quinze minutes.", Conduite: "Demandez un nouveau paiement."},
	{Code: "PAYFIP-FAUTE", Faute: P5, Texte: "Le paiement est en cours ou abandonné.", Conduite: "Consultez-le de nouveau dans quelques minutes."},
}

// Pannes is the table of the errors of a call.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its first cause that has one, and
// of the code of PayFiP when there is a row for it.
func PanneDe(err error) (Panne, bool) {
	faute := ""
	if f, ok := errors.AsType[*Faute](err); ok {
		faute = f.Code
	}
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			break
		}
		generale := -1
		for i, p := range pannes {
			switch {
			case p.Code != e.Code:
			case p.Faute == "":
				generale = i
			case p.Faute == faute:
				return p, true
			}
		}
		if generale >= 0 {
			return pannes[generale], true
		}
		err = e.Err
	}
	return Panne{}, false
}
