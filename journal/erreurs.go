package journal

import (
	"fmt"

	"github.com/simphonie/simphonie"
)

const service = "journal"

func erreur(c simphonie.Code, chemin, detail string) error {
	return &simphonie.Erreur{Code: c, Service: service, Chemin: chemin, Detail: detail}
}

func enveloppe(c simphonie.Code, detail string, err error) error {
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail, Err: err}
}

// RefusEtat says which attempt stands in the way of a step. errors.As finds it
// behind JRN-INTENTION-DOUBLE and JRN-ETAT.
type RefusEtat struct {
	Ref     Ref
	Etat    Etat // as seen at the hour of the refusal
	Verdict Verdict
}

// Error tells the state.
func (r *RefusEtat) Error() string {
	if r.Verdict != 0 {
		return fmt.Sprintf("attempt %d is %s (%s)", r.Ref.Essai, r.Etat, r.Verdict)
	}
	return fmt.Sprintf("attempt %d is %s", r.Ref.Essai, r.Etat)
}

// Indecis is the error of a store that cannot tell whether a write was kept.
func Indecis(err error) error {
	return &simphonie.Erreur{Code: "JRN-DELAI", Service: service, Detail: "the write may have been kept: read the exchange again", IssueInconnue: true, Err: err}
}
