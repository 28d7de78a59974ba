package journal

import (
	"encoding/hex"

	"github.com/simphonie/simphonie"
)

// Empreinte is the digest of the inputs of an exchange: Journal.Empreinte.
type Empreinte [32]byte

// String gives the digest in hexadecimal.
func (e Empreinte) String() string { return hex.EncodeToString(e[:]) }

// MarshalText gives the digest in hexadecimal.
func (e Empreinte) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (e *Empreinte) UnmarshalText(b []byte) error {
	if len(b) == hex.EncodedLen(len(e)) {
		if _, err := hex.Decode(e[:], b); err == nil {
			return nil
		}
	}
	return erreur("JRN-VALEUR", "empreinte", "a digest has 64 hexadecimal digits")
}

// Cle names an exchange.
type Cle struct {
	Venue string `json:"venue"` // the dossier, by an internal number: it is kept in clear
	// AMC is the number of the insurer without its leading zeros (NewCle), or
	// what stands for another counterparty.
	AMC       string    `json:"amc"`
	Empreinte Empreinte `json:"empreinte"`
}

// NewCle names an exchange with an insurer, however its number is padded.
func NewCle(venue string, amc simphonie.NumeroAMC, e Empreinte) Cle {
	return Cle{venue, amc.Canonique(), e}
}

func (c Cle) verifie() error {
	if !borne(c.Venue) || !borne(c.AMC) {
		return erreur("JRN-VALEUR", "cle", "venue and AMC have 1 to 100 printable ASCII characters")
	}
	if c.Empreinte == (Empreinte{}) {
		return erreur("JRN-VALEUR", "cle.empreinte", "missing")
	}
	return nil
}

// borne holds for the short texts that are kept in clear.
func borne(s string) bool {
	for _, r := range []byte(s) {
		if r < 0x20 || r > 0x7e {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 100
}

// Ref names one attempt of an exchange. Only an exchange that is known to have
// had no effect has another attempt.
type Ref struct {
	Cle   Cle `json:"cle"`
	Essai int `json:"essai"` // from 1
}
