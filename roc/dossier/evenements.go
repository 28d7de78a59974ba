package dossier

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/modele"
)

// Evenement is something that happened to a dossier.
type Evenement interface{ applique(*pas) }

// IDBRecue is the answer to an IDB.
type IDBRecue struct {
	Appel   Appel
	Reponse *modele.Identification
}

// SIMRecue is the answer to a SIM.
type SIMRecue struct {
	Appel   Appel
	Reponse *modele.Simulation
}

// LectureEchouee is an IDB or a SIM that gave no answer. It may be made again.
type LectureEchouee struct {
	Appel Appel
	Code  simphonie.Code
}

// Depart says that a CLC or an annulation leaves. Nothing is sent when it is
// refused.
type Depart struct {
	Appel Appel
	// Lignes is the number of lines of a CLC. Calcul is the request of the CLC
	// that an annulation undoes, Engagement what that one answered, if known.
	Lignes             int
	Calcul, Engagement string
}

// CalculRecu is the answer to the CLC that left.
type CalculRecu struct {
	Requete string
	Reponse *modele.Calcul
}

// AnnulationRecue is the answer to the annulation that left.
type AnnulationRecue struct {
	Requete string
	Reponse *modele.Annulation
}

// JamaisPartie says that the call was not sent after all: proven, not supposed.
type JamaisPartie struct {
	Requete string
	Code    simphonie.Code
}

// ReponsePerdue says that the call may have had its effect and that its answer
// will not come. A program that finds a Suspens when it starts says so.
type ReponsePerdue struct {
	Requete string
	Code    simphonie.Code
}

// Decision is what a person says of a call whose answer was lost.
type Decision struct {
	Requete string                 `json:"requete"`
	Verdict Verdict                `json:"verdict"`
	Par     simphonie.Confidentiel `json:"par"`
	Motif   simphonie.Confidentiel `json:"motif"`
	Le      time.Time              `json:"le"`
	// Engagement and Montants are those of a CLC that had its effect, when the
	// insurer told them by another way.
	Engagement string           `json:"engagement,omitempty"`
	Montants   []modele.Montant `json:"montants,omitempty"`
}

// DonneesChangees gives the digest of the inputs as they are now.
type DonneesChangees struct{ Empreinte modele.Empreinte }

// Forcage is an explicit decision to bill something else than the CLC.
type Forcage struct {
	Par   simphonie.Confidentiel `json:"par"`
	Motif simphonie.Confidentiel `json:"motif"`
}

// Emission is the invoice (DRE) that leaves for the insurer.
type Emission struct {
	Numero string    `json:"numero"`
	Le     time.Time `json:"le"`
	// Jour is the day of the emission, for the end of the commitment.
	Jour simphonie.Jour `json:"jour"`
	// Empreinte is that of the inputs as they are now.
	Empreinte modele.Empreinte `json:"empreinte"`
	// Parts are what the invoice asks, line by line; those of other debtors are
	// not looked at.
	Parts   []facture.Part    `json:"parts"`
	Total   simphonie.Montant `json:"total"` // written by Applique
	Forcage *Forcage          `json:"forcage,omitempty"`
}

// DREAnnulee says that the insurer withdrew the invoice at our request.
type DREAnnulee struct{ Le time.Time }

// Reglement is a payment of the invoice by the insurer.
type Reglement struct {
	Reference string            `json:"reference"`
	Montant   simphonie.Montant `json:"montant"`
	Le        time.Time         `json:"le"`
}

// Rejet is the refusal of the invoice by the insurer.
type Rejet struct {
	Reference string                 `json:"reference"`
	Code      string                 `json:"code,omitempty"`
	Motif     simphonie.Confidentiel `json:"motif,omitzero"`
	Le        time.Time              `json:"le"`
}
