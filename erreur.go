package simphonie

import (
	"errors"
	"fmt"
	"strings"
)

// Causes that errors.Is finds behind an Erreur of this package.
var (
	ErrSyntaxe     = errors.New("not of the expected form")
	ErrInexact     = errors.New("more decimals than the value can hold")
	ErrDepassement = errors.New("overflow")
	ErrCle         = errors.New("wrong check key")
	ErrCleAbsente  = errors.New("check key missing")
)

// Code names a rule, an anomaly or an error for ever: ROOM-WORD-WORD.
type Code string

// Erreur says that a call failed: where, why, and whether to try again. It
// never holds personal data. What is wrong with the business data of a call
// that succeeded is an Anomalie.
type Erreur struct {
	Code    Code
	Service string // the operation or remote service
	Chemin  string // path of the field, as passages[3].naissance
	Ligne   int    // 1-based place in a text input, 0 when it has none
	Colonne int
	Detail  string // what is wrong and what to do

	// Reessayable says that the same call may be made again safely.
	Reessayable bool
	// IssueInconnue says that the call may have had its effect: it must be
	// clarified, not repeated.
	IssueInconnue bool
	// LimiteLocale says that our own limit stopped the call, not the other side.
	LimiteLocale bool

	Err error // the cause, if another error is
}

// Error gives code, place and reason on one line.
func (e *Erreur) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Service != "" {
		b.WriteString(" " + e.Service)
	}
	if e.Chemin != "" {
		b.WriteString(" " + e.Chemin)
	}
	if e.Ligne > 0 {
		fmt.Fprintf(&b, " line %d", e.Ligne)
		if e.Colonne > 0 {
			fmt.Fprintf(&b, " column %d", e.Colonne)
		}
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Erreur) Unwrap() error { return e.Err }

// erreurValeur wraps the refusal of a single value; the value is not repeated.
func erreurValeur(c Code, nom string, err error) error {
	return &Erreur{Code: c, Chemin: nom, Err: err}
}
