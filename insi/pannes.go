package insi

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Panne is what an agent is told of a failure.
type Panne struct {
	Code simphonie.Code `json:"code"`
	// Faute is the detail code of the fault, when the row is for that one only.
	Faute    string `json:"faute,omitempty"`
	Texte    string `json:"texte"`    // what happened
	Conduite string `json:"conduite"` // what to do
}

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
	{"INSI-OBLIGATOIRE", "", "Une donnée nécessaire à la recherche manque.", "Complétez le nom de naissance, le prénom, le sexe et la date de naissance, ou relisez la carte."},
	{"INSI-LEXIQUE", "", "Un nom contient un caractère ou un enchaînement que le téléservice n'admet pas.", corrige},
	{"INSI-PRENOMS", "", "Trop de prénoms ont été saisis pour une seule recherche.", corrige},
	{"INSI-LONGUEUR", "", "Un nom est trop long pour une recherche.", corrige},
	{"INSI-SEXE", "", "Le sexe doit être F ou M.", corrige},
	{"INSI-NAISSANCE-SIECLE", "", "Le siècle de naissance n'est pas connu.", "Demandez l'année de naissance complète au patient, puis relancez."},
	{"INSI-LIEU", "", "Le code du lieu de naissance n'a pas la bonne forme.", "Corrigez le code INSEE de la commune ou du pays de naissance, ou relancez sans lui."},
	{"INSI-RANG", "", "Le rang de naissance lu sur la carte n'est pas plausible.", parCarte},
	{"INSI-MATRICULE", "", "Un numéro n'a pas la forme ou la clé d'un matricule.", parCarte},
	{"INSI-ATTRIBUTS", "", "L'identité est marquée à la fois douteuse et fictive.", identito},
	{"INSI-DOUTEUX", "", "L'identité est marquée douteuse : l'appel à INSi est interdit.", identito},
	{"INSI-FICTIF", "", "L'identité est fictive : l'appel à INSi est interdit.", "Continuez avec l'identité fictive, sans INS."},
	{"INSI-CONFIG", "", "L'accès à INSi n'est pas configuré sur ce poste.", support},
	{"INSI-CERTIFICAT", "", "Le certificat de l'établissement n'est pas un certificat INSi.", support},
	{"INSI-REPONSE", "", "La réponse d'INSi n'est pas conforme au contrat du téléservice.", support},
	{"INSI-CR-INCONNU", "", "INSi a répondu par un code que le logiciel ne connaît pas.", support},
	{"INSI-NON-QUALIFIEE", "", "L'identité n'est pas qualifiée : son matricule ne peut pas être transmis.", "Récupérez l'INS et validez l'identité sur une pièce à haut niveau de confiance."},
	{"INSI-ECARTS", "", "Un trait diffère de celui d'INSi et personne n'a accepté la différence.", "Comparez à la pièce d'identité, puis corrigez le trait ou acceptez la différence."},
	{"INSI-ENVIRONNEMENT", "", "L'identité vient d'un autre environnement que le message : elle n'est pas transmise.", support},

	{"TSV-EJ", "", "La recherche est faite pour un autre établissement que celui du poste.", support},
	{"TSV-MESSAGE", "", "La demande n'a pas pu être préparée.", "Vérifiez la carte professionnelle ou la session et relancez ; à défaut, identité provisoire et appel au support."},
	{"TSV-CARTE-ABSENTE", "", "La carte professionnelle n'est pas dans le lecteur.", "Insérez la carte professionnelle, puis relancez."},
	{"TSV-SIGNATURE", "", "La carte professionnelle n'a pas pu signer la demande.", "Retirez et remettez la carte, vérifiez son code, puis relancez ; à défaut, identité provisoire et appel au support."},
	{"TSV-CERT-DATES", "", "Le certificat ou la carte n'est pas valide aujourd'hui.", support},
	{"TSV-DELAI", "", "INSi n'a pas répondu à temps.", attend},
	{"TSV-ABANDON", "", "La recherche a été interrompue.", "Relancez-la si vous en avez besoin."},
	{"TSV-RESEAU", "", "INSi est injoignable.", attend},
	{"TSV-DISJONCTEUR", "", "INSi est en panne : le logiciel cesse de l'appeler quelques instants.", repli},
	{"TSV-TLS", "", "La connexion sécurisée à INSi a été refusée.", support},
	{"TSV-HTTP", "", "La passerelle a répondu par une erreur.", attend},
	{"TSV-TAILLE", "", "La réponse dépasse la taille admise.", support},
	{"TSV-REPONSE", "", "La réponse est illisible.", attend},
	{"TSV-CORRELATION", "", "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", attend},
	{"TSV-FAUTE", "", "INSi a signalé une erreur.", repli},
	{"TSV-FAUTE", "desir_1020", "INSi est momentanément indisponible.", repli},
	{"TSV-FAUTE", "insi_102", "La recherche par traits est en erreur chez INSi.", attend},
	{"TSV-FAUTE", "desir_550", "Le logiciel n'est pas autorisé : son numéro d'autorisation est inconnu.", support},
	{"TSV-FAUTE", "desir_560", "Le niveau d'accès est insuffisant : le certificat n'est sans doute pas celui d'INSi.", support},
}

// Pannes is the table of every error that a search or Identite.Matricule
// returns. The rows of one fault follow the row of all faults.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one,
// and of its fault when there is a row for it. When a demand has several
// faults, the row is of the first.
func PanneDe(err error) (Panne, bool) {
	detail := ""
	if f, ok := errors.AsType[*teleservice.Faute](err); ok {
		detail = f.DetailCode
	}
	var trouvee Panne
	for err != nil {
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if !ok {
			break
		}
		for _, p := range pannes {
			if p.Code == e.Code && (p.Faute == "" || p.Faute == detail) {
				trouvee = p
			}
		}
		err = e.Err
	}
	return trouvee, trouvee.Code != ""
}
