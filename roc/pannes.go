package roc

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
)

// Panne is what an agent is told of a failure.
type Panne struct {
	Code     simphonie.Code `json:"code"`
	Texte    string         `json:"texte"`    // what happened
	Conduite string         `json:"conduite"` // what to do
}

// What the agent does.
const (
	corrige  = "Corrigez ce qui est signalé, puis relancez."
	attend   = "Rien n'a été engagé : relancez plus tard ; à défaut, tiers payant sur attestation."
	support  = "Rien n'a été engagé. Prévenez le support informatique : relancer ne changera rien."
	clarifie = "L'appel est peut-être passé : ne le relancez pas. Demandez à la complémentaire ce qu'elle a enregistré, puis saisissez la décision dans la liste « à clarifier »."
	papier   = "Passez par le circuit papier : les droits du patient ne sont pas en cause."
)

var pannes = []Panne{
	{"ROC-DEMANDE", "La demande est incomplète, ou le dossier ne la permet pas.", corrige},
	{"ROC-CLIENT", "Le logiciel n'a pas configuré l'accès aux complémentaires.", support},
	{"ROC-DOSSIER-AUTRE", "La demande ne concerne pas ce dossier.", corrige},
	{"ROC-ENCODE", "La demande n'a pas pu être écrite.", support},
	{"ROC-DECODE", "La réponse de la complémentaire n'est pas conforme à son contrat.", "Prévenez le support informatique."},
	{"ROC-CODEC", "Le logiciel n'a pas su lire la réponse de la complémentaire.", "Prévenez le support informatique."},
	{"ROC-CORRELATION", "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", "Prévenez le support informatique."},
	{"ROC-ANNUAIRE", "L'annuaire des complémentaires n'a pas répondu.", attend},
	{"ROC-SANS-ADRESSE", "La complémentaire n'est pas joignable par ce service, ou plusieurs routes conviennent : voir la réponse de l'annuaire.", papier},
	{"ROC-MIROIR-AMC", "Cette complémentaire n'est pas encore ouverte dans l'établissement.", papier},
	{"ROC-MIROIR-PLEIN", "Le nombre de dossiers ouverts à cette complémentaire est atteint.", papier},
	{"ROC-MIROIR-COMPTE", "Le nombre de dossiers ouverts n'a pas pu être compté.", support},
	{"ROC-GARDE", "Le dossier n'a pas pu être enregistré avant l'envoi : rien n'est parti.", support},
	{"ROC-JOURNAL", "Le journal des échanges n'a pas pu être lu ou écrit.", support},
	{"ROC-JOURNAL-ABSENT", "Le journal des échanges ne connaît pas cet appel.", "Prévenez le support informatique."},
	{"ROC-JOURNAL-RESULTAT", "La réponse est reçue, mais le journal n'a pas pu l'écrire.", "Enregistrez le dossier et prévenez le support informatique ; ne relancez pas l'appel."},
	{"ROC-DEJA-PARTI", "Cet appel a déjà été fait : il n'est pas refait.", "Reprenez le dossier tel qu'il est enregistré ; si sa réponse est perdue, il est dans la liste « à clarifier »."},
	{"ROC-EN-VOL", "La réponse peut encore arriver.", "Attendez quelques minutes, puis rouvrez le dossier."},
	{"ROC-DECISION", "La décision n'est pas complète, ou rien n'est à clarifier.", corrige},

	{"TSV-MESSAGE", "La demande n'a pas pu être préparée.", support},
	{"TSV-CERT-DATES", "Le certificat de l'établissement n'est pas valide aujourd'hui.", support},
	{"TSV-DELAI", "La complémentaire n'a pas répondu à temps.", attend},
	{"TSV-ABANDON", "L'appel a été interrompu.", "Relancez-le si vous en avez besoin."},
	{"TSV-RESEAU", "La complémentaire est injoignable.", attend},
	{"TSV-DISJONCTEUR", "La complémentaire est en panne : le logiciel cesse de l'appeler quelques instants.", attend},
	{"TSV-TLS", "La connexion sécurisée à la complémentaire a été refusée.", support},
	{"TSV-HTTP", "La complémentaire a répondu par une erreur.", attend},
	{"TSV-TAILLE", "La réponse dépasse la taille admise.", support},
	{"TSV-REPONSE", "La réponse est illisible.", attend},
	{"TSV-CORRELATION", "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", attend},
	{"TSV-FAUTE", "La complémentaire a signalé une erreur.", attend},
}

// Pannes is the table of every error that a call ends with.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one.
// When the call may have had its effect, what to do is to clarify, whatever the cause.
func PanneDe(err error) (Panne, bool) {
	var trouvee Panne
	ambigue := false
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			break
		}
		ambigue = ambigue || e.IssueInconnue
		for _, p := range pannes {
			if p.Code == e.Code {
				trouvee = p
			}
		}
		err = e.Err
	}
	if ambigue && trouvee.Code != "ROC-JOURNAL-RESULTAT" {
		trouvee.Conduite = clarifie
	}
	return trouvee, trouvee.Code != ""
}
