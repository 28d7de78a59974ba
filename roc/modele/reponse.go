package modele

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Issue is the outcome as the insurer worded it: code and label are kept
// verbatim. A label may quote the patient.
type Issue struct {
	Sens    Sens                   `json:"sens"`
	Motif   Motif                  `json:"motif,omitempty"`
	Code    string                 `json:"code,omitempty"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// ErreurAMC is one error of the insurer's own list. Its group drives what the
// software does; a group that the codec does not know has no Motif.
type ErreurAMC struct {
	Code    string                 `json:"code"`
	Groupe  string                 `json:"groupe,omitempty"`
	Motif   Motif                  `json:"motif,omitempty"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// Message is something that the insurer tells the agent.
type Message struct {
	Code    string                 `json:"code,omitempty"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// Consigne is something that the insurer wants the establishment to do.
type Consigne struct {
	Code    string                 `json:"code,omitempty"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// Retour is what every answer holds.
type Retour struct {
	// Requete is the request that is answered, as the insurer repeats it; ""
	// when the format does not.
	Requete   string      `json:"requete,omitempty"`
	Issue     Issue       `json:"issue"`
	Erreurs   []ErreurAMC `json:"erreurs,omitempty"`
	Messages  []Message   `json:"messages,omitempty"`
	Consignes []Consigne  `json:"consignes,omitempty"`
	// Instant is the insurer's own time of the answer, if it gives one.
	Instant time.Time `json:"instant,omitzero"`
	// Anomalies are what somebody must look at.
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`

	// What follows is written by the client.

	Profil    string    `json:"profil,omitempty"` // the codec that read the answer
	Recu      time.Time `json:"recu,omitzero"`    // by the client's clock
	MessageID string    `json:"messageId,omitempty"`
	Adresse   string    `json:"adresse,omitempty"` // the endpoint that answered
}

// Contrat is one contract that an IDB found.
type Contrat struct {
	Identifiant simphonie.Confidentiel `json:"identifiant,omitzero"`
	Libelle     simphonie.Confidentiel `json:"libelle,omitzero"`
	Convention  string                 `json:"convention,omitempty"`
	CSR         string                 `json:"csr,omitempty"`
	Periode     simphonie.Periode      `json:"periode,omitzero"`
}

// Identification is the answer to an IDB. Several contracts with an incomplete
// outcome are candidates: the agent chooses.
type Identification struct {
	Retour   `json:"retour"`
	Contrats []Contrat `json:"contrats,omitempty"`
}

// Montant is what the insurer says of one line.
type Montant struct {
	Ligne int               `json:"ligne"` // rank of the line in the request, from 0
	Part  simphonie.Montant `json:"part"`  // what the insurer takes
	// Reste is what the insurer says is left to the patient, if it says so.
	Reste *simphonie.Montant `json:"reste,omitempty"`
}

// Simulation is the answer to a SIM: amounts that bind nobody. It is another
// type than Calcul so that it cannot be billed.
type Simulation struct {
	Retour   `json:"retour"`
	Montants []Montant `json:"montants,omitempty"`
	// Total is the sum that the insurer states, if it does.
	Total *simphonie.Montant `json:"total,omitempty"`
}

// Calcul is the answer to a CLC: amounts that the insurer commits to.
type Calcul struct {
	Retour   `json:"retour"`
	Montants []Montant          `json:"montants,omitempty"`
	Total    *simphonie.Montant `json:"total,omitempty"`
	// Engagement identifies the commitment.
	Engagement string `json:"engagement,omitempty"`
	// Fin is the last day of the commitment, if it ends.
	Fin simphonie.Jour `json:"fin,omitzero"`
}

// Annulation is the answer to the annulation of a CLC.
type Annulation struct {
	Retour `json:"retour"`
}

// Parts gives the simulated parts of an insurer.
func (s *Simulation) Parts(amc simphonie.NumeroAMC) []facture.Part {
	return parts(s.Montants, amc, facture.Simule)
}

// Parts gives the engaged parts of an insurer.
func (c *Calcul) Parts(amc simphonie.NumeroAMC) []facture.Part {
	return parts(c.Montants, amc, facture.Engage)
}

func parts(ms []Montant, amc simphonie.NumeroAMC, e facture.Etat) []facture.Part {
	ps := make([]facture.Part, len(ms))
	for i, m := range ms {
		ps[i] = facture.Part{Ligne: m.Ligne, Debiteur: simphonie.AMC(amc), Montant: m.Part, Etat: e}
	}
	return ps
}
