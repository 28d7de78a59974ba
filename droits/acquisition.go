package droits

import (
	"time"

	"github.com/simphonie/simphonie"
)

// Droit is a coded right and the days on which it is valid. Without a period
// it is valid whenever the support is.
type Droit[C ~string] struct {
	Code     C                   `json:"code"`
	Periodes []simphonie.Periode `json:"periodes,omitempty"`
}

// Acquisition is what one support said of a patient's rights, as received. A
// field that is empty was not said: whether that means "none" depends on what
// the support can say (see Peut).
type Acquisition struct {
	Support Support   `json:"support"`
	Le      time.Time `json:"le,omitzero"`

	Assure       Assure       `json:"assure,omitzero"`
	Beneficiaire Beneficiaire `json:"beneficiaire,omitzero"`

	// Organisme runs the insured's rights in maladie.
	Organisme simphonie.Organisme `json:"organisme"`
	// PieceAMO is the nature of the proof that CDRi answers (EF_BS03_02).
	PieceAMO string `json:"pieceAMO,omitempty"`
	// CodeGestion is the BGDH.
	CodeGestion string `json:"codeGestion,omitempty"`
	// Periodes are those of the AMO rights. None means that the support
	// gives no limit.
	Periodes []simphonie.Periode `json:"periodes,omitempty"`

	ETM        []Droit[CodeETM]       `json:"etm,omitempty"`
	MTM        []Droit[CodeMTM]       `json:"mtm,omitempty"`
	Contrats   []Droit[CodeContrat]   `json:"contrats,omitempty"`   // contrats particuliers of the CPRPF
	Situations []Droit[CodeSituation] `json:"situations,omitempty"` // as CDRi codes them
	// Particulieres are situations read or typed by an agent, as SP06.
	Particulieres []Droit[string] `json:"particulieres,omitempty"`
	// CHAANN is the datum of that name of CDRi; nil when it is absent.
	CHAANN *string `json:"chaAnn,omitempty"`
	// LibelleExo is the text of a card, or of the CDR, on exemptions: a person
	// reads it and codes it in ETM or MTM.
	LibelleExo simphonie.Confidentiel `json:"libelleExo,omitzero"`

	// C2SCarte is the C2S as a Vitale card says it.
	C2SCarte *C2SCarte `json:"c2sCarte,omitempty"`
	// OC is the number of the complementary body of the C2S as read, if any.
	OC simphonie.NumeroAMC `json:"oc,omitempty"`

	Grossesse       *Grossesse       `json:"grossesse,omitempty"`
	ATParDefaut     *ATDeclare       `json:"atParDefaut,omitempty"`
	AT              []ATDeclare      `json:"at,omitempty"`
	MedecinTraitant *MedecinTraitant `json:"medecinTraitant,omitempty"`

	// Muettes are data that this support could have given and did not look at:
	// a scheme that does not serve them, a card read without a professional one.
	Muettes []Donnee `json:"muettes,omitempty"`
	// Provenances says where the data of a merged or changed acquisition come
	// from. Without an entry a datum comes from Support at Le.
	Provenances []Provenance `json:"provenances,omitempty"`
}

// Assure is the insured, who may be another person than the patient.
type Assure struct {
	NIR simphonie.NIR `json:"nir,omitzero"`
}

// Beneficiaire is the patient as the support names them.
type Beneficiaire struct {
	NIR           simphonie.NIR           `json:"nir,omitzero"` // the certified individual number
	Certification simphonie.Jour          `json:"certification,omitzero"`
	Nom           simphonie.Confidentiel  `json:"nom,omitzero"` // family name
	NomUsage      simphonie.Confidentiel  `json:"nomUsage,omitzero"`
	Prenom        simphonie.Confidentiel  `json:"prenom,omitzero"`
	Naissance     simphonie.DateNaissance `json:"naissance,omitzero"`
	// Rang is the birth rank, among those born on the same day.
	Rang string `json:"rang,omitempty"`
	// Qualite is kept as read: supports do not code it alike.
	Qualite string `json:"qualite,omitempty"`
	// Adresse has six lines at most, by their rank: a card gives lines 2 to 6.
	Adresse []simphonie.Confidentiel `json:"adresse,omitempty"`
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
	// Periode starts with the accident at the latest; its end is often open.
	Periode simphonie.Periode `json:"periode,omitzero"`
	// Support is where it was read, when that is not the acquisition's.
	Support Support `json:"support,omitempty"`
}

// MedecinTraitant is the declared treating doctor. Its presence says that the
// declaration exists unless Declare says no; a Vitale card gives the flag only.
type MedecinTraitant struct {
	Declare simphonie.OuiNon       `json:"declare,omitzero"`
	Nom     simphonie.Confidentiel `json:"nom,omitzero"`
	Prenom  simphonie.Confidentiel `json:"prenom,omitzero"`
	Numero  string                 `json:"numero,omitempty"` // of the Assurance Maladie
	RPPS    simphonie.RPPS         `json:"rpps,omitempty"`   // typed only
	Periode simphonie.Periode      `json:"periode,omitzero"`
}

// C2SCarte is the C2S of a Vitale card: the label of typeCMU as it stands and
// its period. The number of the body is Acquisition.OC.
type C2SCarte struct {
	Libelle string            `json:"libelle"`
	Periode simphonie.Periode `json:"periode,omitzero"`
}
