package cdri

import (
	"slices"

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
	teleservice.Panne
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
	{teleservice.Panne{Code: "CDRI-DEMANDE", Texte: "La demande est incomplète, ou ne peut pas être envoyée à CDRi.", Conduite: "Corrigez ce qui est signalé, puis relancez."}, nil},
	{teleservice.Panne{Code: "CDRI-ENCODE", Texte: "La demande n'a pas pu être écrite.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "CDRI-DECODE", Texte: "La réponse de CDRi n'est pas conforme à son contrat.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "CDRI-CODEC", Texte: "Le logiciel n'a pas su lire la réponse de CDRi.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "CDRI-ABANDON", Texte: "L'attente a été interrompue avant la réponse de CDRi.", Conduite: repli}, autrement},

	{teleservice.Panne{Code: "CDRI-LIGNE", Texte: "CDRi n'a pas pu traiter cette ligne du lot.", Conduite: "Si elle n'est pas redemandée d'office, interrogez CDRi pour ce patient."}, nil},
	{teleservice.Panne{Code: "CDRI-LIGNE-ABSENTE", Texte: "La réponse du lot ne contient pas cette ligne.", Conduite: plus}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-VALEUR", Texte: "La réponse contient un texte qui ne peut pas être conservé.", Conduite: "Interrogez CDRi pour ce patient."}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-CORRELATION", Texte: "La réponse du lot contient une ligne qui n'a pas été demandée : elle n'a pas été lue.", Conduite: plus}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-ECHECS", Texte: "CDRi échoue pour tout le monde : le lot est arrêté.", Conduite: relance}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-EN-COURS", Texte: "Ce lot est déjà en cours.", Conduite: "Attendez qu'il finisse."}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-AUTHENTIFICATION", Texte: "Un lot de nuit demande l'authentification de l'établissement, pas une carte.", Conduite: "Prévenez le support informatique."}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-LECTURE", Texte: "Le carnet du lot ne se lit pas.", Conduite: carnet}, nil},
	{teleservice.Panne{Code: "CDRI-LOT-ECRITURE", Texte: "Le carnet du lot ne s'écrit plus : le lot est arrêté.", Conduite: carnet}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-FICHIER", Texte: "Le fichier du carnet ne s'ouvre pas.", Conduite: carnet}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-OCCUPE", Texte: "Le carnet est ouvert par un autre programme : le lot est sans doute déjà en cours.", Conduite: "Attendez qu'il finisse."}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-CLE", Texte: "Le carnet a été écrit avec une autre clé, ou modifié.", Conduite: carnet}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-ABIME", Texte: "Le carnet est abîmé.", Conduite: carnet}, nil},
	{teleservice.Panne{Code: "CDRI-CARNET-ECRITURE", Texte: "Le carnet est fermé, ou son disque est plein ou en panne.", Conduite: carnet}, nil},

	{teleservice.Panne{Code: "TSV-MESSAGE", Texte: "La demande n'a pas pu être préparée.", Conduite: "Vérifiez la carte professionnelle ou la session et relancez ; à défaut, carte Vitale, CDR ou attestation, et appel au support."}, autrement},
	{teleservice.Panne{Code: "TSV-CARTE-ABSENTE", Texte: "La carte professionnelle n'est pas dans le lecteur.", Conduite: "Insérez la carte professionnelle, puis relancez."}, autrement},
	{teleservice.Panne{Code: "TSV-SIGNATURE", Texte: "La carte professionnelle n'a pas pu signer la demande.", Conduite: "Retirez et remettez la carte, vérifiez son code, puis relancez ; à défaut, carte Vitale, CDR ou attestation."}, autrement},
	{teleservice.Panne{Code: "TSV-CERT-DATES", Texte: "Le certificat ou la carte n'est pas valide aujourd'hui.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "TSV-DELAI", Texte: "CDRi n'a pas répondu à temps.", Conduite: attend}, autrement},
	{teleservice.Panne{Code: "TSV-ABANDON", Texte: "L'appel a été interrompu.", Conduite: "Relancez-le si vous en avez besoin."}, autrement},
	{teleservice.Panne{Code: "TSV-RESEAU", Texte: "CDRi est injoignable.", Conduite: attend}, autrement},
	{teleservice.Panne{Code: "TSV-DISJONCTEUR", Texte: "CDRi est en panne : le logiciel cesse de l'appeler quelques instants.", Conduite: repli}, autrement},
	{teleservice.Panne{Code: "TSV-TLS", Texte: "La connexion sécurisée à CDRi a été refusée.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "TSV-HTTP", Texte: "La passerelle a répondu par une erreur.", Conduite: attend}, autrement},
	{teleservice.Panne{Code: "TSV-TAILLE", Texte: "La réponse dépasse la taille admise.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "TSV-REPONSE", Texte: "La réponse est illisible.", Conduite: attend}, autrement},
	{teleservice.Panne{Code: "TSV-CORRELATION", Texte: "La réponse reçue n'est pas celle de cette demande : elle n'a pas été lue.", Conduite: attend}, autrement},
	{teleservice.Panne{Code: "TSV-FAUTE", Texte: "CDRi a signalé une erreur.", Conduite: repli}, autrement},
	{teleservice.Panne{Code: "TSV-FAUTE", Faute: "desir_1020", Texte: "CDRi est momentanément indisponible.", Conduite: repli}, autrement},
	{teleservice.Panne{Code: "TSV-FAUTE", Faute: "desir_550", Texte: "Le logiciel n'est pas autorisé : son numéro d'autorisation est inconnu.", Conduite: support}, autrement},
	{teleservice.Panne{Code: "TSV-FAUTE", Faute: "desir_560", Texte: "Le niveau d'accès est insuffisant : vérifier la carte ou le certificat.", Conduite: support}, autrement},
}

// Pannes is the table of every error that a question, a trigger or a lot ends
// with. The rows of one fault follow the row of all faults.
func Pannes() []Panne { return slices.Clone(pannes) }

// PanneDe gives the row of an error: that of its deepest cause that has one,
// and of its fault when there is a row for it.
func PanneDe(err error) (Panne, bool) { return teleservice.PanneDe(pannes, err) }
