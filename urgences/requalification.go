package urgences

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Encaissement is money that a debtor has already paid for the visit.
type Encaissement struct {
	Debiteur simphonie.Debiteur `json:"debiteur"`
	Montant  simphonie.Montant  `json:"montant"`
}

// Requalification is what to do when a visit that was billed turns out to be
// followed by an admission in MCO or UHCD.
type Requalification struct {
	// Contrepassation is the reversal of the invoice: the same lines with the
	// opposite amounts.
	Contrepassation facture.Facture `json:"contrepassation"`
	// Remboursements is what each debtor gets back: all that it paid.
	Remboursements []Encaissement `json:"remboursements,omitempty"`
	Regle          simphonie.Code `json:"regle"`
	// Anomalies tell payments that are not what the debtor owed.
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`
}

// Requalifier gives the reversal of an invoice, or of the patient part alone,
// and the refunds of what was collected, when the patient was admitted after
// all (art. L. 160-13 CSS). Several payments of one debtor are refunded
// together. A negative payment is refused.
func Requalifier(emise *Resultat, orientation Orientation, encaisses ...Encaissement) (Requalification, error) {
	if orientation != HospitalisationMCO && orientation != UHCD {
		return Requalification{}, &simphonie.Erreur{Code: "URG-REQUALIFICATION-MOTIF", Chemin: "orientation",
			Detail: "only an admission in MCO or UHCD of the same establishment cancels the invoice"}
	}
	if emise == nil || emise.Issue != Facturable {
		return Requalification{}, &simphonie.Erreur{Code: "URG-REQUALIFICATION-SANS-FACTURE",
			Detail: "the result holds no invoice to cancel"}
	}
	c, err := emise.Facture.Contrepasser()
	if err != nil {
		return Requalification{}, err
	}
	r := Requalification{Contrepassation: c, Regle: regRequalification.Code}
	for _, e := range encaisses {
		if e.Montant < 0 || e.Debiteur.IsZero() {
			return Requalification{}, &simphonie.Erreur{Code: "URG-ENCAISSEMENT", Chemin: "encaissements",
				Detail: "a payment has a debtor and is not negative"}
		}
		if err := r.rembourse(e); err != nil {
			return Requalification{}, err
		}
	}
	for i, e := range r.Remboursements {
		du, err := emise.Facture.TotalPar(e.Debiteur)
		if err != nil {
			return Requalification{}, err
		}
		if e.Montant > du {
			r.Anomalies = append(r.Anomalies, regRemboursement.Anomalie(rang("remboursements", i), e.Debiteur.String(), e.Montant.String(), du.String()))
		}
	}
	return r, nil
}

func (r *Requalification) rembourse(e Encaissement) error {
	if e.Montant == 0 {
		return nil
	}
	for i := range r.Remboursements {
		if deja := &r.Remboursements[i]; deja.Debiteur == e.Debiteur {
			var err error
			deja.Montant, err = deja.Montant.Add(e.Montant)
			return err
		}
	}
	r.Remboursements = append(r.Remboursements, e)
	return nil
}
