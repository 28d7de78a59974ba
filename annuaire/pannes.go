package annuaire

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

// What the agent does. The patient is received in every case.
const (
	papier     = "Suivez le circuit papier de la complémentaire ; relancez plus tard."
	support    = "Suivez le circuit papier et prévenez le support informatique : relancer ne changera rien."
	relance    = "Relancez une fois ; si l'échec persiste, suivez le circuit papier."
	attestatif = "Relisez l'attestation de tiers payant, puis relancez."
)

var pannes = []Panne{
	{"ANN-CLE-NUMERO", "Le numéro d'AMC n'a pas la bonne forme.", attestatif},
	{"ANN-CLE-CONVENTION", "Le type de convention n'a pas la bonne forme.", attestatif},
	{"ANN-CLE-CSR", "Le critère secondaire de routage n'a pas la bonne forme.", attestatif},
	{"ANN-CLE-DOMAINE", "Le domaine de soins manque : hospitalisation ou soins externes.", support},
	{"ANN-CHOIX-RANG", "Le choix fait n'est pas l'une des routes proposées.", "Choisissez de nouveau dans la liste."},
	{"ANN-CONFIG", "L'accès à l'annuaire n'est pas configuré sur ce poste.", support},
	{"ANN-PARAMETRE", "Un paramètre de l'annuaire, remis aux seuls éditeurs inscrits, manque au logiciel.", support},
	{"ANN-REPONSE", "La réponse de l'annuaire est illisible.", support},
	{"ANN-ATTENTE", "La même question est déjà posée et l'annuaire tarde à répondre.", relance},

	{"TSV-EJ", "La recherche est faite pour un autre établissement que celui du poste.", support},
	{"TSV-MESSAGE", "La demande n'a pas pu être préparée.", support},
	{"TSV-CARTE-ABSENTE", "La carte professionnelle n'est pas dans le lecteur ; l'annuaire veut le certificat de l'établissement.", support},
	{"TSV-SIGNATURE", "La carte professionnelle n'a pas pu signer ; l'annuaire veut le certificat de l'établissement.", support},
	{"TSV-CERT-DATES", "Le certificat de l'établissement n'est pas valide aujourd'hui.", support},
	{"TSV-DELAI", "L'annuaire n'a pas répondu à temps.", relance},
	{"TSV-ABANDON", "La recherche a été interrompue.", "Relancez-la si vous en avez besoin."},
	{"TSV-RESEAU", "L'annuaire est injoignable.", relance},
	{"TSV-DISJONCTEUR", "L'annuaire est en panne : le logiciel cesse de l'appeler quelques instants.", papier},
	{"TSV-TLS", "La connexion sécurisée à l'annuaire a été refusée.", support},
	{"TSV-HTTP", "Le serveur de l'annuaire a répondu par une erreur.", relance},
	{"TSV-TAILLE", "La réponse dépasse la taille admise.", support},
	{"TSV-REPONSE", "La réponse est illisible.", relance},
	{"TSV-CORRELATION", "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", relance},
	{"TSV-FAUTE", "L'annuaire a signalé une erreur.", papier},
}

// Pannes is the table of every error that a search returns.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one.
// When a question has several faults, the row is of the first.
func PanneDe(err error) (Panne, bool) {
	var trouvee Panne
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			break
		}
		if i := slices.IndexFunc(pannes, func(p Panne) bool { return p.Code == e.Code }); i >= 0 {
			trouvee = pannes[i]
		}
		err = e.Err
	}
	return trouvee, trouvee.Code != ""
}
