package modele

import (
	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// SOAP is a version of the envelope.
type SOAP string

// Versions.
const (
	SOAP12 SOAP = "1.2"
	SOAP11 SOAP = "1.1"
)

// Profil says how the messages of a codec travel.
type Profil struct {
	Nom      string
	Version  string
	Officiel bool // false: not the schema of the Assurance Maladie
	SOAP     SOAP
	Action   string // wsa:Action of the unit call
	// ActionLot is the wsa:Action of the batch call, and LotMax the number of
	// lines that a message may hold. Both are wanted of a CodecLot only.
	ActionLot string
	LotMax    int
	// SuffixeReponse, if any, is what the action of an answer adds to that of
	// its call; an answer of another action is then refused.
	SuffixeReponse string
	// NomLPS writes LPS/Nom from name and version of the software; nil takes the name.
	NomLPS func(nom, version string) string
}

// String gives name and version.
func (p *Profil) String() string { return p.Nom + "/" + p.Version }

// Codec maps requests and answers to and from the child of the SOAP Body. It
// is safe for concurrent use. Its errors hold no personal data.
type Codec interface {
	Profil() Profil
	EncodeDemande(*Demande) (*etree.Element, error)
	DecodeReponse(*etree.Element) (*Reponse, error)
}

// CodecLot is a Codec that also knows the batch messages.
type CodecLot interface {
	Codec
	EncodeLot([]LigneDemande) (*etree.Element, error)
	// DecodeLot gives the lines as they came, in any order and number: whoever
	// asked matches them by their correlation.
	DecodeLot(*etree.Element) ([]LigneReponse, error)
}

// LigneDemande is one request of a batch message. Correlation is unique in the
// message and says nothing of the patient.
type LigneDemande struct {
	Correlation string
	Demande     *Demande
}

// LigneReponse is one answer of a batch message: Reponse, or Erreur when the
// service could not treat the line.
type LigneReponse struct {
	Correlation string
	Reponse     *Reponse
	Erreur      *ErreurLigne
}

// ErreurLigne is a line that the service could not treat.
type ErreurLigne struct {
	Code    string                 `json:"code"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
	// Reessayable says that the line may be asked again later.
	Reessayable bool `json:"reessayable"`
}

// Error says no more than that there is one: the code stands in the error
// around it, and the label may quote the patient.
func (e *ErreurLigne) Error() string { return "the service could not treat the line" }
