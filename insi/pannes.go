package insi

import (
	"slices"

	"github.com/simphonie/simphonie/teleservice"
)

// Panne is what an agent is told of a failure.
type Panne = teleservice.Panne

// What the agent does. The patient is received in every case.
const (
	repli    = "Accueillez le patient avec une identité provisoire, ou gardez celle que vous avez ; relancez la recherche plus tard."
	corrige  = "Corrigez sur la pièce d'identité, puis relancez la recherche."
	support  = "Accueillez le patient avec une identité provisoire et prévenez le support informatique : relancer ne changera rien."
	attend   = "Relancez une fois ; si l'échec persiste, accueillez le patient avec une identité provisoire et relancez plus tard."
	identito = "Confiez l'identité à la cellule d'identitovigilance ; n'appelez pas INSi."
	parCarte = "Relisez la carte, ou cherchez par les traits d'identité."
)

var pannes = []Panne{
	{Code: "INSI-OBLIGATOIRE", Texte: "Une donnée nécessaire à la recherche manque.", Conduite: "Complétez le nom de naissance, le prénom, le sexe et la date de naissance, ou relisez la carte."},
	{Code: "INSI-LEXIQUE", Texte: "Un nom contient un caractère ou un enchaînement que le téléservice n'admet pas.", Conduite: corrige},
	{Code: "INSI-PRENOMS", Texte: "Trop de prénoms ont été saisis pour une seule recherche.", Conduite: corrige},
	{Code: "INSI-LONGUEUR", Texte: "Un nom est trop long pour une recherche.", Conduite: corrige},
	{Code: "INSI-SEXE", Texte: "Le sexe doit être F ou M.", Conduite: corrige},
	{Code: "INSI-NAISSANCE-SIECLE", Texte: "Le siècle de naissance n'est pas connu.", Conduite: "Demandez l'année de naissance complète au patient, puis relancez."},
	{Code: "INSI-LIEU", Texte: "Le code du lieu de naissance n'a pas la bonne forme.", Conduite: "Corrigez le code INSEE de la commune ou du pays de naissance, ou relancez sans lui."},
	{Code: "INSI-RANG", Texte: "Le rang de naissance lu sur la carte n'est pas plausible.", Conduite: parCarte},
	{Code: "INSI-MATRICULE", Texte: "Un numéro n'a pas la forme ou la clé d'un matricule.", Conduite: parCarte},
	{Code: "INSI-ATTRIBUTS", Texte: "L'identité est marquée à la fois douteuse et fictive.", Conduite: identito},
	{Code: "INSI-DOUTEUX", Texte: "L'identité est marquée douteuse : l'appel à INSi est interdit.", Conduite: identito},
	{Code: "INSI-FICTIF", Texte: "L'identité est fictive : l'appel à INSi est interdit.", Conduite: "Continuez avec l'identité fictive, sans INS."},
	{Code: "INSI-CONFIG", Texte: "L'accès à INSi n'est pas configuré sur ce poste.", Conduite: support},
	{Code: "INSI-CERTIFICAT", Texte: "Le certificat de l'établissement n'est pas un certificat INSi.", Conduite: support},
	{Code: "INSI-REPONSE", Texte: "La réponse d'INSi n'est pas conforme au contrat du téléservice.", Conduite: support},
	{Code: "INSI-CR-INCONNU", Texte: "INSi a répondu par un code que le logiciel ne connaît pas.", Conduite: support},
	{Code: "INSI-NON-QUALIFIEE", Texte: "L'identité n'est pas qualifiée : son matricule ne peut pas être transmis.", Conduite: "Récupérez l'INS et validez l'identité sur une pièce à haut niveau de confiance."},
	{Code: "INSI-ECARTS", Texte: "Un trait diffère de celui d'INSi et personne n'a accepté la différence.", Conduite: "Comparez à la pièce d'identité, puis corrigez le trait ou acceptez la différence."},
	{Code: "INSI-ENVIRONNEMENT", Texte: "L'identité vient d'un autre environnement que le message : elle n'est pas transmise.", Conduite: support},

	{Code: "TSV-EJ", Texte: "La recherche est faite pour un autre établissement que celui du poste.", Conduite: support},
	{Code: "TSV-MESSAGE", Texte: "La demande n'a pas pu être préparée.", Conduite: "Vérifiez la carte professionnelle ou la session et relancez ; à défaut, identité provisoire et appel au support."},
	{Code: "TSV-CARTE-ABSENTE", Texte: "La carte professionnelle n'est pas dans le lecteur.", Conduite: "Insérez la carte professionnelle, puis relancez."},
	{Code: "TSV-SIGNATURE", Texte: "La carte professionnelle n'a pas pu signer la demande.", Conduite: "Retirez et remettez la carte, vérifiez son code, puis relancez ; à défaut, identité provisoire et appel au support."},
	{Code: "TSV-CERT-DATES", Texte: "Le certificat ou la carte n'est pas valide aujourd'hui.", Conduite: support},
	{Code: "TSV-DELAI", Texte: "INSi n'a pas répondu à temps.", Conduite: attend},
	{Code: "TSV-ABANDON", Texte: "La recherche a été interrompue.", Conduite: "Relancez-la si vous en avez besoin."},
	{Code: "TSV-RESEAU", Texte: "INSi est injoignable.", Conduite: attend},
	{Code: "TSV-DISJONCTEUR", Texte: "INSi est en panne : le logiciel cesse de l'appeler quelques instants.", Conduite: repli},
	{Code: "TSV-TLS", Texte: "La connexion sécurisée à INSi a été refusée.", Conduite: support},
	{Code: "TSV-HTTP", Texte: "La passerelle a répondu par une erreur.", Conduite: attend},
	{Code: "TSV-TAILLE", Texte: "La réponse dépasse la taille admise.", Conduite: support},
	{Code: "TSV-REPONSE", Texte: "La réponse est illisible.", Conduite: attend},
	{Code: "TSV-CORRELATION", Texte: "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", Conduite: attend},
	{Code: "TSV-FAUTE", Texte: "INSi a signalé une erreur.", Conduite: repli},
	{Code: "TSV-FAUTE", Faute: "desir_1020", Texte: "INSi est momentanément indisponible.", Conduite: repli},
	{Code: "TSV-FAUTE", Faute: "insi_102", Texte: "La recherche par traits est en erreur chez INSi.", Conduite: attend},
	{Code: "TSV-FAUTE", Faute: "desir_550", Texte: "Le logiciel n'est pas autorisé : son numéro d'autorisation est inconnu.", Conduite: support},
	{Code: "TSV-FAUTE", Faute: "desir_560", Texte: "Le niveau d'accès est insuffisant : le certificat n'est sans doute pas celui d'INSi.", Conduite: support},
}

// Pannes is the table of every error that a search or Identite.Matricule
// returns. The rows of one fault follow the row of all faults.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one,
// and of its fault when there is a row for it. When a demand has several
// faults, the row is of the first.
func PanneDe(err error) (Panne, bool) { return teleservice.PanneDe(pannes, err) }
