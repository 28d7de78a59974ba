package cdri

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Recours is another way to the rights when CDRi does not answer.
type Recours string

// Ways, in the order in which a desk tries them.
const (
	RecoursVitale      Recours = "vitale"      // the patient's card
	RecoursCDR         Recours = "cdr"         // the web portal of the Assurance Maladie
	RecoursAttestation Recours = "attestation" // a paper that the patient brings
)

// Panne is what an agent is told of a failure.
type Panne struct {
	Code simphonie.Code `json:"code"`
	// Faute is the detail code of the fault, when the row is for that one only.
	Faute    string `json:"faute,omitempty"`
	Texte    string `json:"texte"`    // what happened
	Conduite string `json:"conduite"` // what to do
	// Suivants are the other ways to the rights; none when the request itself
	// is to be corrected, or when nobody is at the desk.
	Suivants []Recours `json:"suivants,omitempty"`
}

// What the agent does. Other ways to the rights stay open in every case.
const (
	attend  = "Relancez une fois ; si l'échec persiste, passez par la carte Vitale, CDR ou une attestation, et relancez CDRi avant la facturation."
	repli   = "Passez par la carte Vitale, CDR ou une attestation ; relancez CDRi avant la facturation."
	support = "Passez par la carte Vitale, CDR ou une attestation et prévenez le support informatique : relancer ne changera rien."
	plus    = "La ligne sera redemandée au prochain passage du lot."
	carnet  = "Prévenez le support informatique : le lot ne peut pas être repris sans son carnet."
	relance = "Relancez le lot plus tard : il reprend où il s'est arrêté."
)

// autrement is every other way.
var autrement = []Recours{RecoursVitale, RecoursCDR, RecoursAttestation}

var pannes = []Panne{
	{"CDRI-DEMANDE", "", "La demande est incomplète, ou ne peut pas être envoyée à CDRi.", "Corrigez ce qui est signalé, puis relancez.", nil},
	{"CDRI-ENCODE", "", "La demande n'a pas pu être écrite.", support, autrement},
	{"CDRI-DECODE", "", "La réponse de CDRi n'est pas conforme à son contrat.", support, autrement},
	{"CDRI-CODEC", "", "Le logiciel n'a pas su lire la réponse de CDRi.", support, autrement},
	{"CDRI-ABANDON", "", "L'attente a été interrompue avant la réponse de CDRi.", repli, autrement},

	{"CDRI-LIGNE", "", "CDRi n'a pas pu traiter cette ligne du lot.", "Si elle n'est pas redemandée d'office, interrogez CDRi pour ce patient.", nil},
	{"CDRI-LIGNE-ABSENTE", "", "La réponse du lot ne contient pas cette ligne.", plus, nil},
	{"CDRI-CARNET-VALEUR", "", "La réponse contient un texte qui ne peut pas être conservé.", "Interrogez CDRi pour ce patient.", nil},
	{"CDRI-LOT-CORRELATION", "", "La réponse du lot contient une ligne qui n'a pas été demandée : elle n'a pas été lue.", plus, nil},
	{"CDRI-LOT-ECHECS", "", "CDRi échoue pour tout le monde : le lot est arrêté.", relance, nil},
	{"CDRI-LOT-EN-COURS", "", "Ce lot est déjà en cours.", "Attendez qu'il finisse.", nil},
	{"CDRI-LOT-AUTHENTIFICATION", "", "Un lot de nuit demande l'authentification de l'établissement, pas une carte.", "Prévenez le support informatique.", nil},
	{"CDRI-LOT-LECTURE", "", "Le carnet du lot ne se lit pas.", carnet, nil},
	{"CDRI-LOT-ECRITURE", "", "Le carnet du lot ne s'écrit plus : le lot est arrêté.", carnet, nil},
	{"CDRI-CARNET-FICHIER", "", "Le fichier du carnet ne s'ouvre pas.", carnet, nil},
	{"CDRI-CARNET-OCCUPE", "", "Le carnet est ouvert par un autre programme : le lot est sans doute déjà en cours.", "Attendez qu'il finisse.", nil},
	{"CDRI-CARNET-CLE", "", "Le carnet a été écrit avec une autre clé, ou modifié.", carnet, nil},
	{"CDRI-CARNET-ABIME", "", "Le carnet est abîmé.", carnet, nil},
	{"CDRI-CARNET-ECRITURE", "", "Le carnet est fermé, ou son disque est plein ou en panne.", carnet, nil},

	{"TSV-MESSAGE", "", "La demande n'a pas pu être préparée.", "Vérifiez la carte professionnelle ou la session et relancez ; à défaut, carte Vitale, CDR ou attestation, et appel au support.", autrement},
	{"TSV-CARTE-ABSENTE", "", "La carte professionnelle n'est pas dans le lecteur.", "Insérez la carte professionnelle, puis relancez.", autrement},
	{"TSV-SIGNATURE", "", "La carte professionnelle n'a pas pu signer la demande.", "Retirez et remettez la carte, vérifiez son code, puis relancez ; à défaut, carte Vitale, CDR ou attestation.", autrement},
	{"TSV-CERT-DATES", "", "Le certificat ou la carte n'est pas valide aujourd'hui.", support, autrement},
	{"TSV-DELAI", "", "CDRi n'a pas répondu à temps.", attend, autrement},
	{"TSV-ABANDON", "", "L'appel a été interrompu.", "Relancez-le si vous en avez besoin.", autrement},
	{"TSV-RESEAU", "", "CDRi est injoignable.", attend, autrement},
	{"TSV-DISJONCTEUR", "", "CDRi est en panne : le logiciel cesse de l'appeler quelques instants.", repli, autrement},
	{"TSV-TLS", "", "La connexion sécurisée à CDRi a été refusée.", support, autrement},
	{"TSV-HTTP", "", "La passerelle a répondu par une erreur.", attend, autrement},
	{"TSV-TAILLE", "", "La réponse dépasse la taille admise.", support, autrement},
	{"TSV-REPONSE", "", "La réponse est illisible.", attend, autrement},
	{"TSV-CORRELATION", "", "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", attend, autrement},
	{"TSV-FAUTE", "", "CDRi a signalé une erreur.", repli, autrement},
	{"TSV-FAUTE", "desir_1020", "CDRi est momentanément indisponible.", repli, autrement},
	{"TSV-FAUTE", "desir_550", "Le logiciel n'est pas autorisé : son numéro d'autorisation est inconnu.", support, autrement},
	{"TSV-FAUTE", "desir_560", "Le niveau d'accès est insuffisant : vérifier la carte ou le certificat.", support, autrement},
}

// Pannes is the table of every error that a question, a trigger or a lot ends
// with. The rows of one fault follow the row of all faults.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one,
// and of its fault when there is a row for it.
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
