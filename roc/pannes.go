package roc

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Panne is what an agent is told of a failure.
type Panne = teleservice.Panne

// What the agent does.
const (
	corrige  = "Corrigez ce qui est signalé, puis relancez."
	attend   = "Rien n'a été engagé : relancez plus tard ; à défaut, tiers payant sur attestation."
	support  = "Rien n'a été engagé. Prévenez le support informatique : relancer ne changera rien."
	clarifie = "L'appel est peut-être passé : ne le relancez pas. Demandez à la complémentaire ce qu'elle a enregistré, puis saisissez la décision dans la liste « à clarifier »."
	papier   = "Passez par le circuit papier : les droits du patient ne sont pas en cause."
)

var pannes = []Panne{
	{Code: "ROC-DEMANDE", Texte: "La demande est incomplète, ou le dossier ne la permet pas.", Conduite: corrige},
	{Code: "ROC-CLIENT", Texte: "Le logiciel n'a pas configuré l'accès aux complémentaires.", Conduite: support},
	{Code: "ROC-DOSSIER-AUTRE", Texte: "La demande ne concerne pas ce dossier.", Conduite: corrige},
	{Code: "ROC-ENCODE", Texte: "La demande n'a pas pu être écrite.", Conduite: support},
	{Code: "ROC-DECODE", Texte: "La réponse de la complémentaire n'est pas conforme à son contrat.", Conduite: "Prévenez le support informatique."},
	{Code: "ROC-CODEC", Texte: "Le logiciel n'a pas su lire la réponse de la complémentaire.", Conduite: "Prévenez le support informatique."},
	{Code: "ROC-CORRELATION", Texte: "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", Conduite: "Prévenez le support informatique."},
	{Code: "ROC-ANNUAIRE", Texte: "L'annuaire des complémentaires n'a pas répondu.", Conduite: attend},
	{Code: "ROC-SANS-ADRESSE", Texte: "La complémentaire n'est pas joignable par ce service, ou plusieurs routes conviennent : voir la réponse de l'annuaire.", Conduite: papier},
	{Code: "ROC-MIROIR-AMC", Texte: "Cette complémentaire n'est pas encore ouverte dans l'établissement.", Conduite: papier},
	{Code: "ROC-MIROIR-PLEIN", Texte: "Le nombre de dossiers ouverts à cette complémentaire est atteint.", Conduite: papier},
	{Code: "ROC-MIROIR-COMPTE", Texte: "Le nombre de dossiers ouverts n'a pas pu être compté.", Conduite: support},
	{Code: "ROC-GARDE", Texte: "Le dossier n'a pas pu être enregistré avant l'envoi : rien n'est parti.", Conduite: support},
	{Code: "ROC-JOURNAL", Texte: "Le journal des échanges n'a pas pu être lu ou écrit.", Conduite: support},
	{Code: "ROC-JOURNAL-ABSENT", Texte: "Le journal des échanges ne connaît pas cet appel.", Conduite: "Prévenez le support informatique."},
	{Code: "ROC-JOURNAL-RESULTAT", Texte: "La réponse est reçue, mais le journal n'a pas pu l'écrire.", Conduite: "Enregistrez le dossier et prévenez le support informatique ; ne relancez pas l'appel."},
	{Code: "ROC-DEJA-PARTI", Texte: "Cet appel a déjà été fait : il n'est pas refait.", Conduite: "Reprenez le dossier tel qu'il est enregistré ; si sa réponse est perdue, il est dans la liste « à clarifier »."},
	{Code: "ROC-EN-VOL", Texte: "La réponse peut encore arriver.", Conduite: "Attendez quelques minutes, puis rouvrez le dossier."},
	{Code: "ROC-DECISION", Texte: "La décision n'est pas complète, ou rien n'est à clarifier.", Conduite: corrige},

	{Code: "TSV-MESSAGE", Texte: "La demande n'a pas pu être préparée.", Conduite: support},
	{Code: "TSV-CERT-DATES", Texte: "Le certificat de l'établissement n'est pas valide aujourd'hui.", Conduite: support},
	{Code: "TSV-DELAI", Texte: "La complémentaire n'a pas répondu à temps.", Conduite: attend},
	{Code: "TSV-ABANDON", Texte: "L'appel a été interrompu.", Conduite: "Relancez-le si vous en avez besoin."},
	{Code: "TSV-RESEAU", Texte: "La complémentaire est injoignable.", Conduite: attend},
	{Code: "TSV-DISJONCTEUR", Texte: "La complémentaire est en panne : le logiciel cesse de l'appeler quelques instants.", Conduite: attend},
	{Code: "TSV-TLS", Texte: "La connexion sécurisée à la complémentaire a été refusée.", Conduite: support},
	{Code: "TSV-HTTP", Texte: "La complémentaire a répondu par une erreur.", Conduite: attend},
	{Code: "TSV-TAILLE", Texte: "La réponse dépasse la taille admise.", Conduite: support},
	{Code: "TSV-REPONSE", Texte: "La réponse est illisible.", Conduite: attend},
	{Code: "TSV-CORRELATION", Texte: "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", Conduite: attend},
	{Code: "TSV-FAUTE", Texte: "La complémentaire a signalé une erreur.", Conduite: attend},
}

// Pannes is the table of every error that a call ends with.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one.
// When the call may have had its effect, what to do is to clarify, whatever the cause.
func PanneDe(err error) (Panne, bool) {
	p, ok := teleservice.PanneDe(pannes, err)
	if ambigue(err) && p.Code != "ROC-JOURNAL-RESULTAT" {
		p.Conduite = clarifie
	}
	return p, ok
}

// ambigue says that a cause of the error may have had its effect.
func ambigue(err error) bool {
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok || e.IssueInconnue {
			return ok
		}
		err = e.Err
	}
	return false
}
