package modele

import "github.com/beevik/etree"

// SOAP is a version of the envelope.
type SOAP string

// Versions.
const (
	SOAP12 SOAP = "1.2"
	SOAP11 SOAP = "1.1"
)

// Specification is the generation of the HospiAMC texts that a codec follows.
// It is kept with each call: an answer is read by the texts of its day.
type Specification string

// Generations that exist. The texts themselves are handed to registered editors.
const (
	Spec2017 Specification = "2017" // ROC_CDC_HOSPIAMC 0.3.0 and the editors' guide 1.0.0
	SpecV1   Specification = "V1"   // the cahier des charges of 2020, "ROC V1" at the CNDA
	SpecV2   Specification = "V2"
)

// Connue says that the generation is one of those that exist.
func (s Specification) Connue() bool { return s == Spec2017 || s == SpecV1 || s == SpecV2 }

// Profil says how the messages of a codec travel.
type Profil struct {
	Nom      string
	Version  string
	Officiel bool // false: not the schema of the inter-AMC association
	// Specification is what an official codec follows; others leave it empty.
	Specification Specification
	SOAP          SOAP
	Actions       map[Service]string
	// SuffixeReponse, if any, is what the action of an answer adds to that of
	// its call; an answer of another action is then refused.
	SuffixeReponse string
	// SansEntete sends the body alone, without addressing nor contexts of the
	// Assurance Maladie.
	SansEntete bool
	// NomLPS writes LPS/Nom from name and version of the software; nil takes the name.
	NomLPS func(nom, version string) string
}

// String gives name and version, and the specification if there is one.
func (p *Profil) String() string {
	s := p.Nom + "/" + p.Version
	if p.Specification != "" {
		s += " (" + string(p.Specification) + ")"
	}
	return s
}

// Codec maps requests and answers to and from the child of the SOAP Body. It
// is safe for concurrent use. Its errors hold no personal data. An answer that
// cannot be read without choosing is an error, never a guess: for a CLC or an
// annulation the outcome is then unknown.
type Codec interface {
	Profil() Profil

	EncodeIDB(*DemandeIDB) (*etree.Element, error)
	DecodeIDB(*etree.Element) (*Identification, error)

	EncodeSIM(*DemandeSIM) (*etree.Element, error)
	DecodeSIM(*etree.Element) (*Simulation, error)

	EncodeCLC(*DemandeCLC) (*etree.Element, error)
	DecodeCLC(*etree.Element) (*Calcul, error)

	EncodeAnnulation(*DemandeAnnulation) (*etree.Element, error)
	DecodeAnnulation(*etree.Element) (*Annulation, error)
}
