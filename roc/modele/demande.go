package modele

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Couverture is one complementary cover, as the patient's attestation gives it.
type Couverture struct {
	// Cle is the key of the directory, for the domain of the care.
	Cle      simphonie.CleAMC       `json:"cle"`
	Adherent simphonie.Confidentiel `json:"adherent,omitzero"` // numéro d'adhérent
	// Contrat is the contract that the agent chose among those of an IDB.
	Contrat simphonie.Confidentiel `json:"contrat,omitzero"`
}

// Beneficiaire is the patient, as the cover knows them.
type Beneficiaire struct {
	NIR       simphonie.NIR           `json:"nir,omitzero"`
	Naissance simphonie.DateNaissance `json:"naissance"`
	Rang      string                  `json:"rang,omitempty"` // birth rank, one digit
	Nom       simphonie.Confidentiel  `json:"nom,omitzero"`
	Prenom    simphonie.Confidentiel  `json:"prenom,omitzero"`
}

// Entete is what every request says.
type Entete struct {
	// Requete identifies this request for ever; a read that is tried again keeps it.
	Requete string           `json:"requete"`
	EJ      simphonie.FINESS `json:"ej"`           // the legal entity that asks
	EG      simphonie.FINESS `json:"eg,omitempty"` // the place of care
	Venue   string           `json:"venue"`        // number of the visit or stay
	Moment  Moment           `json:"moment"`
	// Date is the day whose rights count: entry, or the first care.
	Date         simphonie.Jour `json:"date"`
	Couverture   Couverture     `json:"couverture"`
	Beneficiaire Beneficiaire   `json:"beneficiaire"`
}

// Chiffrage is what a SIM or a CLC puts a price on: the lines of the invoice
// and the parts known so far. The insurer's own part of a line, if there is
// one, is what it is expected to pay; parts of other insurers are what they
// said before it.
type Chiffrage struct {
	Lignes []facture.Ligne `json:"lignes"`
	Parts  []facture.Part  `json:"parts"`
}

// DemandeIDB asks the rights of a beneficiary.
type DemandeIDB struct {
	Entete `json:"entete"`
}

// DemandeSIM asks what the insurer would pay. It commits nobody.
type DemandeSIM struct {
	Entete    `json:"entete"`
	Chiffrage `json:"chiffrage"`
}

// DemandeCLC asks what the insurer pays. It commits the insurer.
type DemandeCLC struct {
	Entete    `json:"entete"`
	Chiffrage `json:"chiffrage"`
}

// DemandeAnnulation undoes a CLC.
type DemandeAnnulation struct {
	Entete `json:"entete"`
	// Calcul is the request of the CLC, Engagement what it answered: empty when
	// its answer was lost.
	Calcul     string `json:"calcul"`
	Engagement string `json:"engagement,omitempty"`
}
