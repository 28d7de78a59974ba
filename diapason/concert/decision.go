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
// take no other until then. SansEffet waits until s.Jusque (TPE-DECISION-TOT):
// the terminal may be asking the patient for the card. Of two decisions the first
// is kept, and given; the second is an error when it says otherwise.
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
	case plusLongueSuite(serre(d.Par.Clair())) >= numeroLong, plusLongueSuite(serre(d.Preuve.Clair())) >= numeroLong:
		return res, erreur("TPE-DECISION", "Preuve", "13 digits in a row could be a card number")
	case d.Verdict == SansEffet && s.pasFini(time.Now()):
		return res, erreur("TPE-DECISION-TOT", "Verdict", "the terminal may still take the payment: wait until Jusque")
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
	es, err := c.cfg.Journal.Lit(ctx, s.ref.Cle)
	if err != nil || s.ref.Essai > len(es) {
		return decide(res, &d), nil // it is written
	}
	garde, err := c.connu(ctx, es[s.ref.Essai-1])
	switch {
	case err != nil:
		return decide(res, &d), nil
	case garde.Decision != nil && garde.Decision.Montant != d.Montant:
		return *garde, erreur("TPE-DECISION", "Montant", "decided before, with another amount: here is what is kept")
	}
	return *garde, nil
}

func decide(r Resultat, d *Decision) Resultat {
	r.Decision, r.Issue, r.Regle, r.Cause, r.Reponse = d, NonFaite, 0, "", nil
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
	essai := es[len(es)-1]
	if i := slices.IndexFunc(es, func(e journal.Essai) bool { return !e.Libre() }); i >= 0 {
		essai = es[i] // an answer that came late may have opened an attempt before the last
	}
	res, err := c.connu(ctx, essai)
	if res == nil {
		res = &Resultat{Operation: op, Reference: reference}
	}
	return *res, err
}

// connu builds the result of an attempt from what the journal keeps of it. The
// last word wins: an answer may come after a decision.
func (c *Caisse) connu(ctx context.Context, e journal.Essai) (*Resultat, error) {
	o, err := c.ordre(ctx, e)
	if err != nil {
		return nil, err
	}
	res := Resultat{Operation: o.Operation, Reference: o.Reference, Demande: o.Montant}
	res.Cause = "TPE-SANS-REPONSE" // sent, and whoever awaited the answer is gone
	for _, s := range e.Etapes {
		switch s.Genre {
		case journal.GenreDecision:
			var g decisionGardee
			if err := c.lit(ctx, e.Ref, s, &g, &g.Format, formatDecision); err != nil {
				return nil, err
			}
			if g.Decision == nil || g.Decision.Verdict == 0 {
				return nil, erreur("TPE-FORME", "decision", "missing")
			}
			res = decide(res, g.Decision)
		case journal.GenreResultat:
			var g resultatGarde
			if err := c.lit(ctx, e.Ref, s, &g, &g.Format, formatResultat); err != nil {
				return nil, err
			}
			if g.Resultat == nil {
				return nil, erreur("TPE-FORME", "resultat", "missing")
			}
			g.Resultat.Decision = res.Decision
			res = *g.Resultat
		}
	}
	if e.Etat == journal.Inconnue { // perhaps because two of them contradict each other
		res.Issue, res.Regle, res.Cause = Inconnue, 0, cmp.Or(res.Cause, "TPE-CONTRADICTION")
	}
	return &res, nil
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
