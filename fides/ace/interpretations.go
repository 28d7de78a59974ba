package ace

import "github.com/simphonie/simphonie/droits"

// Interpretations are the readings of open questions that the engine takes.
// The zero value takes every default.
type Interpretations struct {
	Droits droits.Interpretations `json:"droits,omitzero"`
}
