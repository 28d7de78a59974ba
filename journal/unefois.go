package journal

import (
	"context"
	"errors"
	"time"

	"github.com/simphonie/simphonie"
)

// delaiEcriture bounds the write of an outcome, which must not end with its call.
const delaiEcriture = 30 * time.Second

// UneFois makes an exchange once: it writes the intention, calls envoie, and
// writes what came of it even when ctx is over by then. envoie gives its issue;
// without one, no error counts as Faite, an error that says a retry is safe as
// NonPartie, and any other error as Inconnue. The errors of envoie and of the journal are joined.
//
// For an exchange that was made before: JRN-INTENTION-DOUBLE, and envoie is not
// called.
func (j *Journal) UneFois(ctx context.Context, i Intention, envoie func(context.Context) (Resultat, error)) (Ref, error) {
	if envoie == nil {
		return Ref{}, erreur("JRN-CONFIG", "envoie", "missing")
	}
	i.Part = true
	r, err := j.Intention(ctx, i)
	if err != nil {
		return r, err
	}
	res, errEnvoi := envoie(ctx)
	if res.Issue == 0 {
		res.Issue = issueDe(errEnvoi)
	}
	ecriture, fin := context.WithTimeout(context.WithoutCancel(ctx), delaiEcriture)
	defer fin()
	return r, errors.Join(errEnvoi, j.Resultat(ecriture, r, res))
}

func issueDe(err error) Issue {
	if err == nil {
		return Faite
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok && e.Reessayable && !e.IssueInconnue {
		return NonPartie
	}
	return Inconnue
}
