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
// and the parts known so far.
type Chiffrage struct {
	Lignes []facture.Ligne `json:"lignes"`
	Parts  []facture.Part  `json:"parts,omitempty"`
	// Precedentes are the insurers that come before this one, in their order:
	// their parts are told to it. Parts of others are not.
	Precedentes []simphonie.NumeroAMC `json:"precedentes,omitempty"`
}

// Attendue gives what an insurer is expected to pay of a line; false when no
// part says so.
func (c *Chiffrage) Attendue(amc simphonie.NumeroAMC, ligne int) (simphonie.Montant, bool) {
	for _, p := range c.Parts {
		if p.Ligne == ligne && p.Debiteur == simphonie.AMC(amc) {
			return p.Montant, true
		}
	}
	return 0, false
}

// Autres gives the parts of a line that insurers before this one have said,
// in the order of Precedentes. They are listed, never added up.
func (c *Chiffrage) Autres(ligne int) []facture.Part {
	var ps []facture.Part
	for _, n := range c.Precedentes {
		for _, p := range c.Parts {
			if p.Ligne == ligne && p.Debiteur == simphonie.AMC(n) {
				ps = append(ps, p)
			}
		}
	}
	return ps
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

// Restes gives what is left to the patient of each line once the AMO, the
// insurers before this one and this one have paid: honoraires, less MRO, less
// each of their parts. It may be negative; nothing is corrected.
func (c *Chiffrage) Restes(ms []Montant) ([]simphonie.Montant, error) {
	rs := make([]simphonie.Montant, len(c.Lignes))
	var err error
	ote := func(i int, m simphonie.Montant) {
		if err == nil {
			rs[i], err = rs[i].Sub(m)
		}
	}
	for i := range c.Lignes {
		rs[i] = c.Lignes[i].Honoraires
		ote(i, c.Lignes[i].MRO)
		for _, p := range c.Autres(i) {
			ote(i, p.Montant)
		}
	}
	for _, m := range ms {
		if m.Ligne >= 0 && m.Ligne < len(rs) {
			ote(m.Ligne, m.Part)
		}
	}
	return rs, err
}
