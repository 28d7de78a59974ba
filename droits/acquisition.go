package droits

import (
	"time"

	"github.com/simphonie/simphonie"
)

// Support is where rights were read.
type Support string

// Supports.
const (
	SupportCDRi          Support = "cdri"
	SupportVitale        Support = "vitale"
	SupportAttestation   Support = "attestation"
	SupportPriseEnCharge Support = "prise-en-charge"
	SupportSaisie        Support = "saisie" // typed by an agent
)

// Droit is a coded right and the days on which it is valid. Without a period
// it is valid whenever the support is.
type Droit[C ~string] struct {
	Code     C                   `json:"code"`
	Periodes []simphonie.Periode `json:"periodes,omitempty"`
}

// Acquisition is what one support said of a patient's rights, as received.
type Acquisition struct {
	Support Support   `json:"support"`
	Le      time.Time `json:"le,omitzero"`

	Assure       Assure       `json:"assure,omitzero"`
	Beneficiaire Beneficiaire `json:"beneficiaire,omitzero"`

	// Organisme runs the insured's rights in maladie.
	Organisme simphonie.Organisme `json:"organisme"`
	// CodeGestion is the BGDH.
	CodeGestion string `json:"codeGestion,omitempty"`
	// Periodes are those of the AMO rights. None means that the support
	// gives no limit.
	Periodes []simphonie.Periode `json:"periodes,omitempty"`

	ETM        []Droit[CodeETM]       `json:"etm,omitempty"`
	MTM        []Droit[CodeMTM]       `json:"mtm,omitempty"`
	Situations []Droit[CodeSituation] `json:"situations,omitempty"` // as CDRi codes them
	// Particulieres are situations read or typed by an agent, as SP06.
	Particulieres []Droit[string] `json:"particulieres,omitempty"`
	// CHAANN is the datum of that name of CDRi; nil when it is absent.
	CHAANN *string `json:"chaAnn,omitempty"`

	// OC is the number of the complementary body of the C2S as read, if any.
	OC simphonie.NumeroAMC `json:"oc,omitempty"`

	Grossesse       *Grossesse       `json:"grossesse,omitempty"`
	ATParDefaut     *ATDeclare       `json:"atParDefaut,omitempty"`
	AT              []ATDeclare      `json:"at,omitempty"`
	MedecinTraitant *MedecinTraitant `json:"medecinTraitant,omitempty"`
}

// Assure is the insured, who may be another person than the patient.
type Assure struct {
	NIR simphonie.NIR `json:"nir,omitzero"`
}

// Beneficiaire is the patient as the support names them.
type Beneficiaire struct {
	NIR       simphonie.NIR           `json:"nir,omitzero"` // the certified individual number
	Nom       simphonie.Confidentiel  `json:"nom,omitzero"`
	Prenom    simphonie.Confidentiel  `json:"prenom,omitzero"`
	Naissance simphonie.DateNaissance `json:"naissance,omitzero"`
	Rang      string                  `json:"rang,omitempty"`
	// Qualite is kept as read: supports do not code it alike.
	Qualite string `json:"qualite,omitempty"`
}

// Grossesse is what the support knows of a pregnancy.
type Grossesse struct {
	DebutGrossesse simphonie.Jour      `json:"debutGrossesse,omitzero"` // presumed
	Accouchement   simphonie.Jour      `json:"accouchement,omitzero"`   // delivery or adoption
	Organisme      simphonie.Organisme `json:"organisme,omitzero"`
	Periodes       []simphonie.Periode `json:"periodes,omitempty"`
}

// ATDeclare is an accident at work or an occupational disease that is declared.
type ATDeclare struct {
	Identifiant string              `json:"identifiant,omitempty"` // 8 digits and a key
	Organisme   simphonie.Organisme `json:"organisme,omitzero"`
	Periode     simphonie.Periode   `json:"periode,omitzero"`
}

// MedecinTraitant is the declared treating doctor.
type MedecinTraitant struct {
	Nom     simphonie.Confidentiel `json:"nom,omitzero"`
	Numero  string                 `json:"numero,omitempty"`
	RPPS    simphonie.RPPS         `json:"rpps,omitempty"`
	Periode simphonie.Periode      `json:"periode,omitzero"`
}

// Dossier keeps every acquisition of a visit. Retenue is the one that the
// invoice is made from: choosing it is a decision, not a default.
type Dossier struct {
	Acquisitions []Acquisition `json:"acquisitions"`
	Retenue      int           `json:"retenue"`
}

// Facturation gives the acquisition that the invoice is made from.
func (d *Dossier) Facturation() (*Acquisition, bool) {
	if d == nil || d.Retenue < 0 || d.Retenue >= len(d.Acquisitions) {
		return nil, false
	}
	return &d.Acquisitions[d.Retenue], true
}
