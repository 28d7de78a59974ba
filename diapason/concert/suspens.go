package concert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

// Suspens is an order whose outcome is unknown, or not known yet. It is found
// by AClarifier, or in the chain of an error (errors.As).
type Suspens struct {
	Venue     string
	Operation Operation
	Terminal  string
	Depuis    time.Time
	// Reference and Montant come from the payload: they are empty when it cannot
	// be opened.
	Reference string
	Montant   simphonie.Montant
	EnCours   bool // its answer may still come: it cannot be decided yet
	// Jusque is when the terminal has given up the payment at the latest. Until
	// then nobody can say that it had no effect.
	Jusque time.Time

	ref journal.Ref
}

// Error names the order.
func (s *Suspens) Error() string {
	return fmt.Sprintf("%s since %s on terminal %s", s.Operation, s.Depuis.Format(time.RFC3339), s.Terminal)
}

// pasFini says that the terminal may still be at it. A clock that was put back
// does not block it for ever.
func (s *Suspens) pasFini(t time.Time) bool { return t.Before(s.Jusque) && !t.Before(s.Depuis) }

// listeMax bounds what is read of the journal for one list.
const listeMax = 1 << 20

// AClarifier lists the orders whose outcome is unknown, of every visit and
// terminal that the journal knows, the oldest first, max at most.
func (c *Caisse) AClarifier(ctx context.Context, max int) ([]Suspens, error) {
	if c == nil || c.cfg.Journal == nil {
		return nil, erreur("TPE-CONFIG", "", "a Caisse is made by New")
	}
	if max <= 0 {
		return nil, nil
	}
	var ss []Suspens
	es, err := c.liste(ctx, c.cfg.Journal.AClarifier, max)
	for _, e := range es {
		ss = append(ss, *c.suspens(ctx, e, false))
	}
	return ss, err
}

// liste reads one list of the journal, that may hold exchanges of other rooms.
func (c *Caisse) liste(ctx context.Context, lit func(context.Context, int) ([]journal.Essai, error), max int) ([]journal.Essai, error) {
	for n := min(max, listeMax); ; n *= 2 {
		es, err := lit(ctx, n)
		if err != nil {
			return nil, enveloppe("TPE-JOURNAL", "the journal cannot be read", err)
		}
		tous := len(es) < n || n >= listeMax
		es = slices.DeleteFunc(es, func(e journal.Essai) bool { return e.Cle.AMC != contrepartie || !strings.HasPrefix(e.Nature, prefixe) })
		if tous || len(es) >= max {
			return es[:min(len(es), max)], nil
		}
	}
}

func terminalDe(e journal.Essai) string { return e.Version[strings.LastIndexByte(e.Version, ' ')+1:] }

// suspens describes an attempt that the journal lists, without its steps.
func (c *Caisse) suspens(ctx context.Context, e journal.Essai, enCours bool) *Suspens {
	s := &Suspens{Venue: e.Cle.Venue, Terminal: terminalDe(e), Depuis: e.Debut, Jusque: e.Debut.Add(c.cfg.Delai), EnCours: enCours, ref: e.Ref}
	s.Operation.UnmarshalText([]byte(strings.TrimPrefix(e.Nature, prefixe))) // our own nature
	if es, err := c.cfg.Journal.Lit(ctx, e.Cle); err == nil && e.Essai >= 1 && e.Essai <= len(es) {
		if o, err := c.ordre(ctx, es[e.Essai-1]); err == nil {
			s.Reference, s.Montant = o.Reference, o.Montant
		}
	}
	return s
}

// voieLibre refuses an order while another of its visit, or of its terminal, is
// unknown or under way.
func (c *Caisse) voieLibre(ctx context.Context, d *demande, cle journal.Cle) error {
	// In this order: an exchange that becomes unknown between the two is seen.
	for _, l := range []struct {
		lit     func(context.Context, int) ([]journal.Essai, error)
		code    simphonie.Code
		detail  string
		enCours bool
	}{
		{c.cfg.Journal.Envoyees, "TPE-EN-COURS", "another order of this visit or terminal is under way", true},
		{c.cfg.Journal.AClarifier, "TPE-A-CLARIFIER", "another order of this visit or terminal is unknown: decide first", false},
	} {
		es, err := c.liste(ctx, l.lit, listeMax)
		if err != nil {
			return nonParti("TPE-JOURNAL", "the journal cannot be read, nothing was sent", err)
		}
		for _, e := range es {
			// Another attempt of this very order may have been opened again, by an
			// answer that came after the decision.
			if (e.Cle != cle || !l.enCours) && (e.Cle.Venue == d.Venue || terminalDe(e) == c.cfg.Terminal) {
				x := nonParti(l.code, l.detail, c.suspens(ctx, e, l.enCours))
				x.Reessayable = l.enCours
				return x
			}
		}
	}
	return nil
}

// dejaVoulu says why the journal did not let an order leave.
func (c *Caisse) dejaVoulu(ctx context.Context, d *demande, err error) (*Resultat, error) {
	refus, ok := errors.AsType[*journal.RefusEtat](err)
	if !ok {
		x := enveloppe("TPE-JOURNAL", "the order was not written, nothing was sent", err)
		x.IssueInconnue = false // of the write, not of the money
		return d.resultat(NonFaite, x.Code), x
	}
	es, errLit := c.cfg.Journal.Lit(context.WithoutCancel(ctx), refus.Ref.Cle)
	if errLit != nil || refus.Ref.Essai > len(es) {
		x := inconnu("TPE-DEJA-VOULU", "this order was sent before, and the journal cannot be read", errLit)
		return d.resultat(Inconnue, x.Code), x
	}
	e := es[refus.Ref.Essai-1]
	switch refus.Etat {
	case journal.Preparee, journal.Envoyee:
		return d.resultat(Inconnue, "TPE-EN-COURS"), inconnu("TPE-EN-COURS", "this order is under way", c.suspens(ctx, e, true))
	case journal.Inconnue:
		return d.resultat(Inconnue, "TPE-A-CLARIFIER"), inconnu("TPE-A-CLARIFIER", "this order was sent and its outcome is unknown: decide", c.suspens(ctx, e, false))
	}
	res, err := c.connu(ctx, e)
	switch {
	case err != nil && (e.Etat == journal.Faite || e.Verdict == journal.Effective):
		return d.resultat(Faite, "TPE-DEJA-FAIT"), enveloppe("TPE-DEJA-FAIT", "this order was done before; the journal does not tell its amount any more", err)
	case err != nil || res.Issue != Faite:
		x := inconnu("TPE-DEJA-VOULU", "this order was given up in the journal, and may have been done", err)
		return d.resultat(Inconnue, x.Code), x
	}
	return res, erreur("TPE-DEJA-FAIT", "", "this order was done before: here is its result")
}
