package dossier

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/modele"
)

// Dossier is one visit or stay with one insurer. Applique gives the next one;
// a Dossier is never changed in place. The zero value is not ready: New.
type Dossier struct {
	Version int                 `json:"version"`
	Venue   string              `json:"venue"`
	AMC     simphonie.NumeroAMC `json:"amc"`
	Etat    Etat                `json:"etat"`
	// Appels is every call, the first first.
	Appels []Appel `json:"appels,omitempty"`
	// Suspens is the CLC or annulation whose answer is not known.
	Suspens *Suspens `json:"suspens,omitempty"`
	// Calcul is the live CLC. There is at most one.
	Calcul *Calcul `json:"calcul,omitempty"`
	// Annules counts the CLC that were undone.
	Annules    int         `json:"annules,omitempty"`
	Emission   *Emission   `json:"emission,omitempty"`   // the invoice that is out
	Reglements []Reglement `json:"reglements,omitempty"` // payments of that invoice
	Rejets     []Rejet     `json:"rejets,omitempty"`
	Anciennes  []Ancienne  `json:"anciennes,omitempty"` // invoices that were rejected or withdrawn
}

// Appel is one call of a service, kept with what it asked and what it said.
type Appel struct {
	Service   modele.Service   `json:"service"`
	Moment    modele.Moment    `json:"moment"`
	Requete   string           `json:"requete"`
	Empreinte modele.Empreinte `json:"empreinte"` // of the inputs
	Le        time.Time        `json:"le"`
	// Profil and Specification are those of the codec that spoke.
	Profil        string               `json:"profil,omitempty"`
	Specification modele.Specification `json:"specification,omitempty"`

	Statut Statut `json:"statut"`
	// Code is that of the error that ended the call.
	Code     simphonie.Code     `json:"code,omitempty"`
	Retour   *modele.Retour     `json:"retour,omitempty"`
	Contrats []modele.Contrat   `json:"contrats,omitempty"`
	Montants []modele.Montant   `json:"montants,omitempty"`
	Total    *simphonie.Montant `json:"total,omitempty"`
	// Restes is what a SIM leaves to the patient of each line (Chiffrage.Restes).
	Restes []simphonie.Montant `json:"restes,omitempty"`
	// Engagement and Fin are those that a CLC gave.
	Engagement string         `json:"engagement,omitempty"`
	Fin        simphonie.Jour `json:"fin,omitzero"`
	Decision   *Decision      `json:"decision,omitempty"`
}

// Suspens is a call that commits money and whose answer is not known.
type Suspens struct {
	Service   modele.Service   `json:"service"`
	Requete   string           `json:"requete"`
	Empreinte modele.Empreinte `json:"empreinte"`
	Lignes    int              `json:"lignes,omitempty"` // of the chiffrage of a CLC
	// AClarifier says that the answer will not come: a person decides.
	AClarifier bool `json:"aClarifier,omitempty"`
}

// Calcul is a CLC that the insurer accepted and that was not undone.
type Calcul struct {
	Requete    string           `json:"requete"`
	Empreinte  modele.Empreinte `json:"empreinte"` // of the inputs that it was made from
	Engagement string           `json:"engagement,omitempty"`
	// Montants has one amount a line; none when the answer was lost and a person
	// decided that the CLC was made: it can be annulled, and not billed.
	Montants []modele.Montant `json:"montants,omitempty"`
	Lignes   int              `json:"lignes"`
	Fin      simphonie.Jour   `json:"fin,omitzero"` // last day of the commitment
	// Perime says that the inputs have changed since.
	Perime bool `json:"perime,omitempty"`
	// Douteux says that the answer does not hold together: billing it wants Forcage.
	Douteux bool `json:"douteux,omitempty"`
}

// Parts gives the parts that the insurer committed to.
func (d *Dossier) Parts() []facture.Part {
	if d == nil || d.Calcul == nil {
		return nil
	}
	c := modele.Calcul{Montants: d.Calcul.Montants}
	return c.Parts(d.AMC)
}

// AClarifier says that a CLC or an annulation has an unknown outcome.
func (d *Dossier) AClarifier() bool { return d != nil && d.Suspens != nil && d.Suspens.AClarifier }

// Ancienne is an invoice that is no longer out.
type Ancienne struct {
	Emission `json:"emission"`
	Rejetee  bool      `json:"rejetee,omitempty"` // otherwise withdrawn
	Le       time.Time `json:"le"`
}

// version is that of the saved form.
const version = 1

// New starts the dossier of a visit with an insurer.
func New(venue string, amc simphonie.NumeroAMC) (Dossier, error) {
	if venue == "" || amc.Canonique() == "" {
		return Dossier{}, &simphonie.Erreur{Code: "ROC-DOSSIER-CLE", Service: "ROC", Chemin: "venue, amc", Detail: "a visit and an insurer are wanted"}
	}
	return Dossier{Version: version, Venue: venue, AMC: simphonie.NumeroAMC(amc.Canonique())}, nil
}
