package mandat

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// Evenement is something that happened to a mandate. The types of this file
// are the only ones.
type Evenement interface {
	nom() string
	applique(*pas) error
}

// Acceptation is the consent of the patient, sealed by the PIN: what the
// platform answered, and what was shown. Limits that are not those of the
// mandate refuse it.
type Acceptation struct {
	Accord             modele.AccordCree
	Terminal           string
	PlafondAffiche     simphonie.Montant
	DateLimiteAffichee simphonie.Jour
	VersionTexte       string // of the text that was read to the patient, or shown
}

// RefusPatient says that the patient does not want a deferred debit.
type RefusPatient struct{}

// ControleRefuse says that the PIN or the authorisation of 1 € was refused.
type ControleRefuse struct{ Code string }

// AMC is what the complementary insurer said of its part.
type AMC uint8

// FactureFinale gives what is left to the patient after AMO and AMC. An amount
// of 0 leaves nothing to debit.
type FactureFinale struct {
	Factures []Facture
	AMC      AMC
	Decision Decision // wanted when AMC is AMCAbandonnee, and then only
}

// FactureCorrigee replaces the amount before the order leaves. A new notice is
// sent, and its delay starts again.
type FactureCorrigee FactureFinale

// Decision is who decided what no answer tells, and why. It is masked; the
// evidence holds its digest.
type Decision struct {
	Par   simphonie.Confidentiel `json:"par"`
	Motif simphonie.Confidentiel `json:"motif"`
}

// AvisEnvoye says that the carrier took the notice of a number. Annonce is the
// due date in its text.
type AvisEnvoye struct {
	Avis    int
	Annonce simphonie.Jour
	Canal   string // "sms", "mel"
	Texte   string // version of the text
}

// AvisRemis says that the carrier delivered it.
type AvisRemis struct{ Avis int }

// AvisImpossible says that no contact works.
type AvisImpossible struct{ Avis int }

// Retrait says that the patient wants another means of payment.
type Retrait struct{}

// JourVenu says that time has passed: what is due is submitted, what cannot be
// met any more expires. Once a day is enough; more does no harm.
type JourVenu struct{}

// ReponseRecue is the answer to an order that was just sent.
type ReponseRecue struct{ Reponse modele.Reponse }

// ReponsePerdue says that an order may have had its effect, and that its answer
// will not come.
type ReponsePerdue struct {
	Reference string
	Code      simphonie.Code // of the error
}

// JamaisParti says that an order did not leave: proven, not supposed.
type JamaisParti struct {
	Reference string
	Code      simphonie.Code
}

// Interrogation is the answer to an enquiry.
type Interrogation struct{ Reponse modele.Reponse }

// Constat is what a person established of an order that the platform does not
// tell, or tells with another amount: by a call, or on a bank statement. Issue is
// Fait, with the amount and the day that moved, or Absent: nothing moved. It
// closes an order whose result is unknown; Fait also takes a debit that was
// given up, and seen later.
//
// An order is never sent again after it: one that did not move money ends the
// agreement, and another means is proposed.
type Constat struct {
	Reponse  modele.Reponse
	Decision Decision // who established it, and why
}

// ReleveVu says that a debit stands on the statement of the bank (DFT), under
// our reference and for its amount.
type ReleveVu struct {
	Reference string
	Montant   simphonie.Montant
	Releve    string // where: remittance, line
}

// DemandeRemboursement asks to pay back part of the debit of a rank. Numero
// counts the refunds of that debit, from 1: one that is asked twice is one.
type DemandeRemboursement struct {
	Rang    int
	Numero  int
	Montant simphonie.Montant
}

// Nature is the kind of a dispute.
type Nature uint8

// Contestation is a dispute of the debit of a rank.
type Contestation struct {
	Rang      int               `json:"-"`
	Nature    Nature            `json:"nature"`
	Montant   simphonie.Montant `json:"montant"`
	Reference string            `json:"reference"` // of the bank or of the letter
	Le        simphonie.Jour    `json:"le"`        // set by Appliquer
}

// Cloture says that no other invoice will come under an agreement that has
// served.
type Cloture struct{}

// AccordClos says that the platform closed the agreement.
type AccordClos struct{}

// AlternativeRetenue says by what means the patient pays instead.
type AlternativeRetenue struct{ Moyen Moyen }

func (Acceptation) nom() string          { return "acceptation" }
func (RefusPatient) nom() string         { return "refus-du-patient" }
func (ControleRefuse) nom() string       { return "controle-refuse" }
func (FactureFinale) nom() string        { return "facture-finale" }
func (FactureCorrigee) nom() string      { return "facture-corrigee" }
func (AvisEnvoye) nom() string           { return "avis-envoye" }
func (AvisRemis) nom() string            { return "avis-remis" }
func (AvisImpossible) nom() string       { return "avis-impossible" }
func (Retrait) nom() string              { return "retrait" }
func (JourVenu) nom() string             { return "jour-venu" }
func (ReponseRecue) nom() string         { return "reponse-recue" }
func (ReponsePerdue) nom() string        { return "reponse-perdue" }
func (JamaisParti) nom() string          { return "jamais-parti" }
func (Interrogation) nom() string        { return "interrogation" }
func (Constat) nom() string              { return "constat" }
func (ReleveVu) nom() string             { return "releve" }
func (DemandeRemboursement) nom() string { return "demande-de-remboursement" }
func (Contestation) nom() string         { return "contestation" }
func (Cloture) nom() string              { return "cloture" }
func (AccordClos) nom() string           { return "accord-clos" }
func (AlternativeRetenue) nom() string   { return "autre-moyen-retenu" }
