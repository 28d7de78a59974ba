package annuaire

import (
	"slices"

	"github.com/simphonie/simphonie/teleservice"
)

// Panne is what an agent is told of a failure.
type Panne = teleservice.Panne

// What the agent does. The patient is received in every case.
const (
	papier     = "Suivez le circuit papier de la complémentaire ; relancez plus tard."
	support    = "Suivez le circuit papier et prévenez le support informatique : relancer ne changera rien."
	relance    = "Relancez une fois ; si l'échec persiste, suivez le circuit papier."
	attestatif = "Relisez l'attestation de tiers payant, puis relancez."
)

var pannes = []Panne{
	{Code: "ANN-CLE-NUMERO", Texte: "Le numéro d'AMC n'a pas la bonne forme.", Conduite: attestatif},
	{Code: "ANN-CLE-CONVENTION", Texte: "Le type de convention n'a pas la bonne forme.", Conduite: attestatif},
	{Code: "ANN-CLE-CSR", Texte: "Le critère secondaire de routage n'a pas la bonne forme.", Conduite: attestatif},
	{Code: "ANN-CLE-DOMAINE", Texte: "Le domaine de soins manque : hospitalisation ou soins externes.", Conduite: support},
	{Code: "ANN-CHOIX-RANG", Texte: "Le choix fait n'est pas l'une des routes proposées.", Conduite: "Choisissez de nouveau dans la liste."},
	{Code: "ANN-CONFIG", Texte: "L'accès à l'annuaire n'est pas configuré sur ce poste.", Conduite: support},
	{Code: "ANN-PARAMETRE", Texte: "Un paramètre de l'annuaire, remis aux seuls éditeurs inscrits, manque au logiciel.", Conduite: support},
	{Code: "ANN-REPONSE", Texte: "La réponse de l'annuaire est illisible.", Conduite: support},
	{Code: "ANN-ATTENTE", Texte: "La même question est déjà posée et l'annuaire tarde à répondre.", Conduite: relance},

	{Code: "TSV-EJ", Texte: "La recherche est faite pour un autre établissement que celui du poste.", Conduite: support},
	{Code: "TSV-MESSAGE", Texte: "La demande n'a pas pu être préparée.", Conduite: support},
	{Code: "TSV-CARTE-ABSENTE", Texte: "La carte professionnelle n'est pas dans le lecteur ; l'annuaire veut le certificat de l'établissement.", Conduite: support},
	{Code: "TSV-SIGNATURE", Texte: "La carte professionnelle n'a pas pu signer ; l'annuaire veut le certificat de l'établissement.", Conduite: support},
	{Code: "TSV-CERT-DATES", Texte: "Le certificat de l'établissement n'est pas valide aujourd'hui.", Conduite: support},
	{Code: "TSV-DELAI", Texte: "L'annuaire n'a pas répondu à temps.", Conduite: relance},
	{Code: "TSV-ABANDON", Texte: "La recherche a été interrompue.", Conduite: "Relancez-la si vous en avez besoin."},
	{Code: "TSV-RESEAU", Texte: "L'annuaire est injoignable.", Conduite: relance},
	{Code: "TSV-DISJONCTEUR", Texte: "L'annuaire est en panne : le logiciel cesse de l'appeler quelques instants.", Conduite: papier},
	{Code: "TSV-TLS", Texte: "La connexion sécurisée à l'annuaire a été refusée.", Conduite: support},
	{Code: "TSV-HTTP", Texte: "Le serveur de l'annuaire a répondu par une erreur.", Conduite: relance},
	{Code: "TSV-TAILLE", Texte: "La réponse dépasse la taille admise.", Conduite: support},
	{Code: "TSV-REPONSE", Texte: "La réponse est illisible.", Conduite: relance},
	{Code: "TSV-CORRELATION", Texte: "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", Conduite: relance},
	{Code: "TSV-FAUTE", Texte: "L'annuaire a signalé une erreur.", Conduite: papier},
}

// Pannes is the table of every error that a search returns.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one.
// When a question has several faults, the row is of the first.
func PanneDe(err error) (Panne, bool) { return teleservice.PanneDe(pannes, err) }
