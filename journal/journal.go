package journal

import (
	"context"
	"time"

	"github.com/simphonie/simphonie"
)

// delaiDefaut is how long the answer of a sending is awaited.
const delaiDefaut = 2 * time.Minute

// chargeMax bounds a payload, in bytes.
const chargeMax = 16 << 20

// Config is what a Journal wants.
type Config struct {
	Magasin   Magasin
	Trousseau Trousseau
	// Delai is how long the answer to a sending is awaited before its outcome
	// counts as unknown. It must be longer than the longest call; 0 = 2 minutes.
	Delai   time.Duration
	Horloge func() time.Time // nil = time.Now
}

// Journal records exchanges. It is safe for concurrent use.
type Journal struct{ config Config }

// New gives a journal on a store.
func New(c Config) (*Journal, error) {
	if c.Magasin == nil || c.Trousseau == nil {
		return nil, erreur("JRN-CONFIG", "", "a journal wants Magasin and Trousseau")
	}
	if c.Delai < 0 {
		return nil, erreur("JRN-CONFIG", "Delai", "negative")
	}
	if c.Delai == 0 {
		c.Delai = delaiDefaut
	}
	if c.Horloge == nil {
		c.Horloge = time.Now
	}
	return &Journal{c}, nil
}

// maintenant is in UTC, to the microsecond, which every database keeps.
func (j *Journal) maintenant() time.Time { return j.config.Horloge().UTC().Truncate(time.Microsecond) }

// Intention is an exchange that is meant.
type Intention struct {
	Cle     Cle
	Nature  string // "roc.clc": what is exchanged
	Version string // of the specification that shapes the payload
	// Charge is what will be sent, or what is needed to make it again. It is
	// kept encrypted.
	Charge simphonie.Confidentiel
	// Part says that the exchange leaves as soon as this is written: one write
	// instead of Intention, then Envoi.
	Part bool
}

// Resultat is what came of an attempt.
type Resultat struct {
	Issue  Issue                  // Faite, Refusee, NonPartie, or Inconnue
	Charge simphonie.Confidentiel // the answer; kept encrypted
}

// Decision closes an attempt whose outcome is unknown.
type Decision struct {
	Verdict Verdict
	Charge  simphonie.Confidentiel // who decided, and why; kept encrypted
}

// Intention writes what is meant, before it is sent. When an attempt of the
// same key may have had an effect, or is under way: JRN-INTENTION-DOUBLE, with
// its state (RefusEtat). An error with IssueInconnue and an attempt in its Ref
// means that the intention may have been kept; then nothing has to be sent.
func (j *Journal) Intention(ctx context.Context, i Intention) (Ref, error) {
	if err := i.Cle.verifie(); err != nil {
		return Ref{}, err
	}
	if !borne(i.Nature) || !borne(i.Version) {
		return Ref{}, erreur("JRN-VALEUR", "intention", "nature and version have 1 to 100 printable ASCII characters")
	}
	r := Ref{Cle: i.Cle}
	err := j.modifie(ctx, i.Cle, i.Charge, func(essais []Essai, le time.Time) ([]Etape, error) {
		r.Essai = 0
		if e, ok := autresLibres(essais, 0); !ok {
			return nil, j.refus("JRN-INTENTION-DOUBLE", "this exchange was meant before", e, le)
		}
		r.Essai = len(essais) + 1
		s := []Etape{{Genre: GenreIntention, Essai: r.Essai, Le: le, Nature: i.Nature, Version: i.Version}}
		if i.Part {
			s = append(s, j.envoi(r.Essai, le))
		}
		return s, nil
	})
	return r, err
}

func (j *Journal) envoi(essai int, le time.Time) Etape {
	return Etape{Genre: GenreEnvoi, Essai: essai, Le: le, Limite: le.Add(j.config.Delai)}
}

// Envoi writes that a prepared attempt leaves now. One caller only succeeds:
// send after it returned nil, and never otherwise.
func (j *Journal) Envoi(ctx context.Context, r Ref) error {
	return j.modifie(ctx, r.Cle, simphonie.Confidentiel{}, func(essais []Essai, le time.Time) ([]Etape, error) {
		e, err := j.trouve(essais, r)
		if err != nil {
			return nil, err
		}
		if e.Etat != Preparee {
			return nil, j.refus("JRN-ETAT", "only a prepared attempt leaves", e, le)
		}
		if a, ok := autresLibres(essais, r.Essai); !ok {
			return nil, j.refus("JRN-ETAT", "an attempt before this one may have had its effect after all", a, le)
		}
		return []Etape{j.envoi(r.Essai, le)}, nil
	})
}

// Resultat writes what came of an attempt, however late. One that contradicts
// what was known, or decided, puts the attempt on the list to clarify; one that
// adds nothing is not written. A prepared attempt takes NonPartie only.
func (j *Journal) Resultat(ctx context.Context, r Ref, res Resultat) error {
	if res.Issue < Inconnue || res.Issue > NonPartie {
		return erreur("JRN-VALEUR", "resultat.issue", "an outcome is Faite, Refusee, NonPartie or Inconnue")
	}
	return j.modifie(ctx, r.Cle, res.Charge, func(essais []Essai, le time.Time) ([]Etape, error) {
		e, err := j.trouve(essais, r)
		switch {
		case err != nil:
			return nil, err
		case e.Etat == Preparee && res.Issue != NonPartie:
			return nil, j.refus("JRN-ETAT", "this attempt was not said to leave", e, le)
		case e.Etat == res.Issue, e.Clos() && res.Issue == Inconnue:
			return nil, nil
		}
		return []Etape{{Genre: GenreResultat, Essai: r.Essai, Le: le, Issue: res.Issue}}, nil
	})
}

// Decision closes an attempt that is to be clarified. Nothing else takes it off
// the list, but its result.
func (j *Journal) Decision(ctx context.Context, r Ref, d Decision) error {
	if d.Verdict < Effective || d.Verdict > Abandonnee {
		return erreur("JRN-VALEUR", "decision.verdict", "a verdict is Effective, SansEffet or Abandonnee")
	}
	return j.modifie(ctx, r.Cle, d.Charge, func(essais []Essai, le time.Time) ([]Etape, error) {
		e, err := j.trouve(essais, r)
		switch {
		case err != nil:
			return nil, err
		case e.Etat == Decidee && e.Verdict == d.Verdict:
			return nil, nil
		case e.EtatA(le) != Inconnue:
			return nil, j.refus("JRN-ETAT", "only an attempt whose outcome is unknown is decided", e, le)
		}
		return []Etape{{Genre: GenreDecision, Essai: r.Essai, Le: le, Verdict: d.Verdict}}, nil
	})
}

// modifie keeps the steps that f gives, the payload sealed into the first.
func (j *Journal) modifie(ctx context.Context, c Cle, charge simphonie.Confidentiel, f func([]Essai, time.Time) ([]Etape, error)) error {
	clair := charge.Clair()
	if len(clair) > chargeMax {
		return erreur("JRN-VALEUR", "charge", "a payload has 16 MiB at most")
	}
	scellee := func(Etape) ([]byte, error) { return nil, nil }
	if clair != "" {
		a, err := j.sceau(ctx, c.Venue)
		if err != nil {
			return err
		}
		scellee = func(s Etape) ([]byte, error) { return scelle(a, c, s, clair) }
	}
	return j.config.Magasin.Modifie(ctx, c, func(essais []Essai) ([]Etape, error) {
		s, err := f(essais, j.maintenant())
		if err != nil || len(s) == 0 {
			return nil, err
		}
		s[0].Scellee, err = scellee(s[0])
		return s, err
	})
}

func (j *Journal) trouve(essais []Essai, r Ref) (Essai, error) {
	e, ok := pour(essais, r.Essai)
	if !ok {
		return Essai{}, erreur("JRN-ABSENT", "", "no such attempt was meant")
	}
	return e, nil
}

func (j *Journal) refus(c simphonie.Code, detail string, e Essai, le time.Time) error {
	r := &RefusEtat{Ref: e.Ref, Etat: e.EtatA(le), Verdict: e.Verdict}
	return &simphonie.Erreur{Code: c, Service: service, Detail: detail, IssueInconnue: r.Etat == Inconnue || r.Etat == Envoyee, Err: r}
}

// Lit gives every attempt of a key, the first first; none is no error.
func (j *Journal) Lit(ctx context.Context, c Cle) ([]Essai, error) {
	return j.config.Magasin.Lit(ctx, c)
}

// AClarifier gives the attempts whose outcome is unknown, the oldest first, max
// at most, without their steps.
func (j *Journal) AClarifier(ctx context.Context, max int) ([]Essai, error) {
	return j.config.Magasin.Liste(ctx, Filtre{Inconnue, j.maintenant(), max})
}

// Envoyees gives the attempts whose answer is still awaited, the oldest first,
// max at most, without their steps.
func (j *Journal) Envoyees(ctx context.Context, max int) ([]Essai, error) {
	return j.config.Magasin.Liste(ctx, Filtre{Envoyee, j.maintenant(), max})
}

// Delai tells how long the answer to a sending is awaited.
func (j *Journal) Delai() time.Duration { return j.config.Delai }

// Preparees gives the attempts that are meant and have not left, the oldest
// first, max at most, without their steps.
func (j *Journal) Preparees(ctx context.Context, max int) ([]Essai, error) {
	return j.config.Magasin.Liste(ctx, Filtre{Preparee, j.maintenant(), max})
}
