package modele

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Sens is what an outcome of the service means for the agent. An outcome is
// not a fault: the service answered.
type Sens uint8

// Meanings. The zero value is an outcome that the codec does not know: a
// person looks at its code and label.
const (
	SensAVerifier Sens = iota
	Trouve             // the rights are in the answer
	NonTrouve          // nobody matches the criteria
	Ambigu             // several people match
	RegimeNonOuvert
)

var nomsSens = [...]string{"a-verifier", "trouve", "non-trouve", "ambigu", "regime-non-ouvert"}

// String gives the text form.
func (s Sens) String() string {
	if int(s) < len(nomsSens) {
		return nomsSens[s]
	}
	return nomsSens[0]
}

// MarshalText gives the text form.
func (s Sens) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form; an unknown one is to be checked.
func (s *Sens) UnmarshalText(b []byte) error {
	*s = SensAVerifier
	for i, n := range nomsSens {
		if n == string(b) {
			*s = Sens(i)
		}
	}
	return nil
}

// Issue is the outcome as the service worded it: the list of its codes is not
// public, so code and label are kept verbatim. A label may quote the patient.
type Issue struct {
	Sens    Sens                   `json:"sens"`
	Code    string                 `json:"code"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// Message is something that the service tells the agent beside the rights.
type Message struct {
	Code    string                 `json:"code,omitempty"`
	Libelle simphonie.Confidentiel `json:"libelle,omitzero"`
}

// Reponse is what the service said of one beneficiary.
type Reponse struct {
	Issue Issue `json:"issue"`
	// Droits is nil when the outcome brings none.
	Droits   *droits.Acquisition `json:"droits,omitempty"`
	Messages []Message           `json:"messages,omitempty"`
	// Instant is the service's own time of the answer, if it gives one.
	Instant time.Time `json:"instant,omitzero"`
	// Anomalies are what somebody must look at: unknown codes and elements.
	Anomalies simphonie.Anomalies `json:"anomalies,omitempty"`

	// What follows is written by the client.

	Profil    string    `json:"profil,omitempty"` // the codec that read the answer, with its version
	Recu      time.Time `json:"recu,omitzero"`    // by the client's clock: what freshness counts from
	MessageID string    `json:"messageId,omitempty"`
}
