package droits

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Exoneration is the code that justifies an exemption of the ticket
// modérateur. The zero value is code 0, none.
type Exoneration uint8

// Exemptions, as the norme B2 writes them.
const (
	ExoAucune        Exoneration = iota // 0
	ExoK60                              // 1: care tied to K or KC ≥ 60
	ExoTraitement                       // 3: exempting treatment, soins particuliers
	ExoALD                              // 4: care conforming to the ALD protocol
	ExoBeneficiaire                     // 5: exempt insured or beneficiary
	ExoRegimeSpecial                    // 6: SNCF and mines
	ExoPrevention                       // 7
	ExoASPA                             // 9
	ExoCCAM                             // C: CCAM act exempt by nature or by the threshold
)

const codesExo = "01345679C"

// Code gives the character of the norme.
func (e Exoneration) Code() byte {
	if int(e) < len(codesExo) {
		return codesExo[e]
	}
	return '?'
}

// String gives the character of the norme.
func (e Exoneration) String() string { return string(e.Code()) }

// MarshalText gives the character of the norme.
func (e Exoneration) MarshalText() ([]byte, error) { return []byte{e.Code()}, nil }

// UnmarshalText reads the character of the norme.
func (e *Exoneration) UnmarshalText(b []byte) error {
	i := strings.Index(codesExo, string(b))
	if len(b) != 1 || i < 0 {
		return &simphonie.Erreur{Code: "DROITS-EXONERATION", Chemin: "exoneration", Detail: "one of the characters " + codesExo + " is wanted"}
	}
	*e = Exoneration(i)
	return nil
}
