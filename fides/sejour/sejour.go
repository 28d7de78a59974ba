package sejour

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/tarif"
)

// Sejour is one stay, as its software knows it. Instants carry their offset
// from UTC; days are those of the establishment's place.
type Sejour struct {
	Venue         string        `json:"venue"` // number of entry
	Etablissement Etablissement `json:"etablissement"`
	Discipline    Discipline    `json:"discipline"`
	// GHM is known once a stay of MCO is grouped; two of them, and those of
	// sessions, carry no forfait journalier.
	GHM string `json:"ghm,omitempty"`
	// Seance says that the stay is a session.
	Seance bool `json:"seance,omitempty"`

	// Naissance is that of the person treated, whoever is insured.
	Naissance simphonie.DateNaissance `json:"naissance"`
	Entree    time.Time               `json:"entree"`
	Sortie    time.Time               `json:"sortie"` // the expected one for a SIM before the end
	// JoursAnterieurs are the days of hospitalisation without a break before
	// this entry, as the caller counts them towards the exempt day.
	JoursAnterieurs int `json:"joursAnterieurs,omitempty"`
	// Suite says that this stay directly follows one whose heavy act exempts it.
	Suite *Suite `json:"suite,omitempty"`

	Bases []Base `json:"bases"`
	// Actes are those that may reach the threshold, without those that the texts set aside.
	Actes []Acte `json:"actes,omitempty"`

	// Droits is the acquisition of rights that the invoice is made from.
	Droits *droits.Acquisition `json:"droits,omitempty"`
	Soins  Soins               `json:"soins,omitzero"`
	// AMC is the complementary insurer that the patient declares, if any.
	AMC simphonie.NumeroAMC `json:"amc,omitempty"`

	DecisionsTM []DecisionTM `json:"decisionsTM,omitempty"`
	DecisionsFJ []DecisionFJ `json:"decisionsFJ,omitempty"`
	Frais       []Frais      `json:"frais,omitempty"`
}

// Etablissement is where the patient stays.
type Etablissement struct {
	FINESS     simphonie.FINESS     `json:"finess"` // géographique
	Secteur    tarif.Secteur        `json:"secteur"`
	Territoire simphonie.Territoire `json:"territoire"`
}

// Discipline is the kind of hospitalisation.
type Discipline string

// Disciplines. No text that was read says what HAD and USLD ask of the patient.
const (
	MCO         Discipline = "mco"
	SMR         Discipline = "smr"
	Psychiatrie Discipline = "psychiatrie"
)

// Base is the base of the ticket modérateur for some days, both included: a
// price a day (Prix), an amount that cannot be divided (Montant), or neither,
// and the price a day of the code is loaded.
type Base struct {
	// Code is what the establishment writes on the line; its base rate is that
	// of the loaded table.
	Code      tarif.Code        `json:"code"`
	Du        simphonie.Jour    `json:"du"`
	Au        simphonie.Jour    `json:"au"`
	Prix      simphonie.Prix    `json:"prix,omitzero"`
	Montant   simphonie.Montant `json:"montant,omitzero"`
	Reference string            `json:"reference,omitempty"` // text that fixes it
}

// Acte is an act of the stay: the amount that the threshold looks at (CCAM), or
// its coefficient (NGAP).
type Acte struct {
	Code        string                `json:"code"`
	Jour        simphonie.Jour        `json:"jour"`
	Montant     simphonie.Montant     `json:"montant,omitzero"`
	Coefficient simphonie.Coefficient `json:"coefficient,omitzero"`
}

// Suite names the stay that this one directly follows, and what reached the
// threshold there.
type Suite struct {
	Venue string `json:"venue"`
	Seuil Seuil  `json:"seuil"`
}

// Seuil is what reached the threshold.
type Seuil string

// Thresholds.
const (
	SeuilCCAM Seuil = "ccam" // the amount
	SeuilNGAP Seuil = "ngap" // the coefficient
)

// Soins is what rates need to know of the care.
type Soins struct {
	droits.Prestation
	ConformeALD         bool `json:"conformeALD,omitempty"` // to the protocol of the ALD
	TraitementExonerant bool `json:"traitementExonerant,omitempty"`
}

// DecisionTM is a rate that a person decided for some days, both included.
type DecisionTM struct {
	Du          simphonie.Jour     `json:"du"`
	Au          simphonie.Jour     `json:"au"`
	Taux        simphonie.Taux     `json:"taux"`
	Exoneration droits.Exoneration `json:"exoneration,omitzero"`
	Motif       string             `json:"motif"`
	Reference   string             `json:"reference"`
}

// DecisionFJ is who bears the forfait journalier of some days, both included,
// as a person decided: nobody for a leave or a transfer.
type DecisionFJ struct {
	Du        simphonie.Jour `json:"du"`
	Au        simphonie.Jour `json:"au"`
	Payeur    Payeur         `json:"payeur"`
	Motif     string         `json:"motif"`
	Reference string         `json:"reference"`
}

// Frais is a charge beside care, as a private room: the engine prices nothing
// of it and takes who owes it as given.
type Frais struct {
	Code         tarif.Code         `json:"code"`
	Jour         simphonie.Jour     `json:"jour"`
	Quantite     int                `json:"quantite"`
	PrixUnitaire simphonie.Prix     `json:"prixUnitaire"`
	Debiteur     simphonie.Debiteur `json:"debiteur"`
	Reference    string             `json:"reference"`
}

// Forme names the JSON form of a stay, with its version.
const Forme = "simphonie.sejour/1"

type document struct {
	Forme string `json:"forme"`
	Sejour
}

// ParseSejour reads a stay from JSON and refuses unknown fields and another
// form. The error says where, and never repeats a value.
func ParseSejour(b []byte) (Sejour, error) {
	var d document
	if err := jsonstrict.Decode(b, &d); err != nil {
		return Sejour{}, err
	}
	if d.Forme != Forme {
		return Sejour{}, &simphonie.Erreur{Code: "SEJ-FORME", Chemin: "forme", Detail: Forme + " is wanted", Err: simphonie.ErrSyntaxe}
	}
	return d.Sejour, nil
}

// EnClair writes the form that ParseSejour reads, personal data included, for
// storage that the caller protects.
func (s *Sejour) EnClair() ([]byte, error) {
	if s == nil {
		return nil, erreurSejour
	}
	return simphonie.MarshalEnClair(document{Forme, *s})
}
