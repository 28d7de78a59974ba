package cdri

import (
	"errors"
	"maps"

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

// Panne is what to tell an agent whose question failed.
type Panne struct {
	Message string // French
	// Suivants are the other ways to the rights; none when the request itself
	// is to be corrected.
	Suivants []Recours
	// Informatique says that the desk can do nothing about it.
	Informatique bool
}

// autrement is every other way.
var autrement = []Recours{RecoursVitale, RecoursCDR, RecoursAttestation}

// panneInconnue stands for a code without a row.
var panneInconnue = Panne{"CDRi n'a pas répondu. Continuer avec la carte Vitale ou une attestation, et prévenir le support.", autrement, true}

// pannes has a row for every code of an error of Consulte, and for the codes of
// the service's own faults that are public.
var pannes = map[string]Panne{
	"CDRI-DEMANDE": {"La demande est incomplète ou ne peut pas être envoyée à CDRi : corriger ce qui est signalé.", nil, false},
	"CDRI-ENCODE":  {"La demande ne peut pas être écrite : prévenir le support.", autrement, true},
	"CDRI-DECODE":  {"La réponse de CDRi ne peut pas être lue : prévenir le support.", autrement, true},
	"CDRI-ABANDON": {"L'attente a été interrompue avant la réponse de CDRi.", autrement, false},

	"TSV-DISJONCTEUR": {"CDRi vient d'échouer plusieurs fois : rien n'est envoyé pour quelques instants.", autrement, false},
	"TSV-RESEAU":      {"Le service n'est pas joignable : réessayer plus tard.", autrement, false},
	"TSV-DELAI":       {"CDRi n'a pas répondu à temps : réessayer plus tard.", autrement, false},
	"TSV-ABANDON":     {"L'appel a été interrompu.", autrement, false},
	"TSV-HTTP":        {"Le service est indisponible ou mal adressé : réessayer plus tard, puis prévenir le support.", autrement, true},
	"TSV-TLS":         {"La connexion sécurisée est refusée : vérifier certificats et environnement.", autrement, true},
	"TSV-REPONSE":     {"Le service a renvoyé une réponse illisible : prévenir le support.", autrement, true},
	"TSV-CORRELATION": {"La réponse reçue n'est pas celle de la demande : elle n'a pas été lue. Prévenir le support.", autrement, true},
	"TSV-TAILLE":      {"La réponse dépasse la taille acceptée : prévenir le support.", autrement, true},
	"TSV-MESSAGE":     {"La demande n'a pas pu être préparée (carte, session ou certificat) : vérifier la carte, puis prévenir le support.", autrement, true},
	"TSV-FAUTE":       {"CDRi a refusé la demande : prévenir le support.", autrement, true},

	"siram_40":   {"CDRi est momentanément indisponible : réessayer plus tard.", autrement, false},
	"desir_1020": {"CDRi est momentanément indisponible : réessayer plus tard.", autrement, false},
	"desir_550":  {"Le logiciel n'est pas autorisé à appeler CDRi (numéro d'autorisation inconnu) : prévenir le support.", autrement, true},
	"desir_560":  {"Le niveau d'accès est insuffisant : vérifier la carte ou le certificat.", autrement, true},
}

// Pannes gives the table of French texts by code of error, or of fault. It is
// a copy: an editor rewords it and looks codes up itself.
func Pannes() map[string]Panne { return maps.Clone(pannes) }

// PanneDe finds what to tell the agent about an error of Consulte or of
// Declenche: the fault's own code first, then the code of the error. It is nil
// without an error.
func PanneDe(err error) *Panne {
	if err == nil {
		return nil
	}
	var codes []string
	if f, ok := errors.AsType[*teleservice.Faute](err); ok {
		codes = append(codes, f.DetailCode, f.SousCode)
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		codes = append(codes, string(e.Code))
	}
	for _, c := range codes {
		if p, ok := pannes[c]; ok {
			return &p
		}
	}
	p := panneInconnue
	return &p
}
