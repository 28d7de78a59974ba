package concert

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

// Verdict is what a person holds for true of an unknown order.
type Verdict uint8

// Verdicts. There is none by default.
const (
	_         Verdict = iota
	Effective         // the money moved, as the ticket says
	SansEffet         // it did not: the order may be sent again
)

var nomsVerdict = []string{"", "effective", "sans-effet"}

// String gives the text form.
func (v Verdict) String() string { return nom(nomsVerdict, uint8(v)) }

// MarshalText gives the text form.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the text form.
func (v *Verdict) UnmarshalText(b []byte) (err error) {
	*(*uint8)(v), err = lisNom(nomsVerdict, b)
	return err
}

// Decision is what a person says of an unknown order, with the ticket or the
// journal of the terminal at hand. Every field is wanted but Le.
type Decision struct {
	Verdict Verdict                `json:"verdict"`
	Montant simphonie.Montant      `json:"montant,omitzero"` // that moved, as the ticket says: when Effective only
	Par     simphonie.Confidentiel `json:"par"`              // who decides
	Preuve  simphonie.Confidentiel `json:"preuve"`           // number of the ticket, or what was seen
	Le      time.Time              `json:"le"`               // zero = now
}

// Decide closes an unknown order. Nothing else does: its visit and its terminal
// take no other until then.
func (c *Caisse) Decide(ctx context.Context, s Suspens, d Decision) (Resultat, error) {
	res := Resultat{Operation: s.Operation, Reference: s.Reference, Demande: s.Montant}
	if c == nil || c.cfg.Journal == nil {
		return res, erreur("TPE-CONFIG", "", "a Caisse is made by New")
	}
	if s.ref.Essai == 0 {
		return res, erreur("TPE-DECISION", "Suspens", "one that AClarifier or an error gave is wanted")
	}
	switch {
	case d.Verdict != Effective && d.Verdict != SansEffet:
		return res, erreur("TPE-DECISION", "Verdict", "Effective or SansEffet")
	case d.Verdict == Effective && d.Montant <= 0:
		return res, erreur("TPE-DECISION", "Montant", "the amount of the ticket")
	case d.Verdict == SansEffet && d.Montant != 0:
		return res, erreur("TPE-DECISION", "Montant", "nothing moved")
	case d.Par.IsZero() || d.Preuve.IsZero():
		return res, erreur("TPE-DECISION", "Preuve", "who decides, and what was seen")
	case plusLongueSuite(serre(d.Preuve.Clair())) >= numeroLong:
		return res, erreur("TPE-DECISION", "Preuve", "13 digits in a row could be a card number")
	}
	if d.Le.IsZero() {
		d.Le = time.Now()
	}
	d.Le = d.Le.UTC().Truncate(time.Second)
	ecrit, err := charge(decisionGardee{formatDecision, &d})
	if err != nil {
		return res, err
	}
	verdict := map[Verdict]journal.Verdict{Effective: journal.Effective, SansEffet: journal.SansEffet}[d.Verdict]
	err = c.cfg.Journal.Decision(ctx, s.ref, journal.Decision{Verdict: verdict, Charge: ecrit})
	if errors.Is(err, journal.ErrCleDetruite) { // the way must be freed all the same: the verdict alone is kept
		err = c.cfg.Journal.Decision(ctx, s.ref, journal.Decision{Verdict: verdict})
	}
	if err != nil {
		x := enveloppe("TPE-DECISION", "the decision was not written", err)
		x.IssueInconnue = true
		return res, x
	}
	return decide(res, &d), nil
}

func decide(r Resultat, d *Decision) Resultat {
	r.Decision, r.Issue, r.Regle, r.Cause = d, NonFaite, 0, ""
	if d.Verdict == Effective {
		r.Issue, r.Regle = Faite, d.Montant
	}
	return r
}

// Resultat gives what the journal knows of an order: after a restart, or for a
// second copy of a visit. TPE-ABSENT: it was never meant, or never left.
func (c *Caisse) Resultat(ctx context.Context, op Operation, venue, reference string) (Resultat, error) {
	if c == nil || c.cfg.Journal == nil {
		return Resultat{}, erreur("TPE-CONFIG", "", "a Caisse is made by New")
	}
	cle, err := c.cle(ctx, op, venue, reference)
	if err != nil {
		return Resultat{}, err
	}
	es, err := c.cfg.Journal.Lit(ctx, cle)
	if err != nil {
		return Resultat{}, enveloppe("TPE-JOURNAL", "the journal cannot be read", err)
	}
	if len(es) == 0 {
		return Resultat{}, erreur("TPE-ABSENT", "", "no such order was meant")
	}
	res, err := c.connu(ctx, es[len(es)-1])
	if res == nil {
		res = &Resultat{Operation: op, Reference: reference}
	}
	return *res, err
}

// connu builds the result of an attempt from what the journal keeps of it.
func (c *Caisse) connu(ctx context.Context, e journal.Essai) (*Resultat, error) {
	o, err := c.ordre(ctx, e)
	if err != nil {
		return nil, err
	}
	res := &Resultat{Operation: o.Operation, Reference: o.Reference, Demande: o.Montant}
	for _, s := range slices.Backward(e.Etapes) {
		switch {
		case s.Genre == journal.GenreDecision && e.Etat == journal.Decidee:
			var g decisionGardee
			if err := c.lit(ctx, e.Ref, s, &g, &g.Format, formatDecision); err != nil {
				return nil, err
			}
			if g.Decision == nil {
				return nil, erreur("TPE-FORME", "decision", "missing")
			}
			r := decide(*res, g.Decision)
			return &r, nil
		case s.Genre == journal.GenreResultat:
			var g resultatGarde
			if err := c.lit(ctx, e.Ref, s, &g, &g.Format, formatResultat); err != nil {
				return nil, err
			}
			if g.Resultat == nil {
				return nil, erreur("TPE-FORME", "resultat", "missing")
			}
			if e.Etat == journal.Inconnue { // two results contradict each other
				g.Resultat.Issue, g.Resultat.Regle = Inconnue, 0
				g.Resultat.Cause = cmp.Or(g.Resultat.Cause, "TPE-CONTRADICTION")
			}
			return g.Resultat, nil
		}
	}
	res.Cause = "TPE-SANS-REPONSE" // sent, and whoever awaited the answer is gone
	return res, nil
}

// ordre reads what an attempt asked.
func (c *Caisse) ordre(ctx context.Context, e journal.Essai) (*ordreGarde, error) {
	for _, s := range e.Etapes {
		if s.Genre == journal.GenreIntention {
			var o ordreGarde
			err := c.lit(ctx, e.Ref, s, &o, &o.Format, formatOrdre)
			return &o, err
		}
	}
	return nil, erreur("TPE-JOURNAL-REDUIT", "", "the journal keeps the state of this order only")
}

func (c *Caisse) lit(ctx context.Context, r journal.Ref, s journal.Etape, forme any, format *string, voulu string) error {
	clair, err := c.cfg.Journal.Charge(ctx, r, s)
	if err != nil {
		return enveloppe("TPE-JOURNAL", "the journal cannot be read", err)
	}
	return lisForme(clair, forme, format, voulu)
}
