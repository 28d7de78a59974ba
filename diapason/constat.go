package diapason

import (
	"context"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

// constate closes an order by the word of a person: in the journal first, where
// it bars every copy of the mandate, then in the mandate. What the platform tells
// by itself at that moment wins.
func (s *suite) constate(ctx context.Context, c mandat.Constat) error {
	reference := c.Reponse.Reference
	d := mandat.Effet{Reference: reference}
	if reference != s.m.Reference(len(s.m.Prelevements)) {
		d.Remboursement = 1 // a refund, whatever its rank: Appliquer refuses any other
	}
	for _, x := range s.m.Dus() {
		if x.Genre == mandat.Interroger && x.Reference == reference {
			d = x
			// That it does not tell is why there is a Constat; but it may say that it
			// has not ended the order.
			if err := s.reprend(ctx, d); err == nil && c.Reponse.Issue == modele.Absent && slices.Contains(s.m.Dus(), d) {
				return sursis()
			}
		}
	}
	if _, _, err := s.m.Appliquer(c, s.cfg.Horloge()); err != nil {
		return err
	}
	k := cle(&s.m, reference)
	es, err := s.cfg.Journal.Lit(ctx, k)
	if err != nil {
		return enveloppe("DIA-JOURNAL", "the journal cannot be read, nothing was concluded", err)
	}
	verdict := journal.Effective
	if c.Reponse.Issue == modele.Absent {
		verdict = journal.Abandonnee // never sent again, whoever is wrong
	}
	charge := simphonie.NewConfidentiel(c.Decision.Par.Clair() + " : " + c.Decision.Motif.Clair())
	switch n := len(es); {
	case n == 0 || es[n-1].Libre():
		err = s.tranche(ctx, d, verdict, charge)
	case es[n-1].Etat == journal.Faite && verdict != journal.Effective:
		return erreur("DIA-CONTRADICTION", "", "the journal holds that the order was carried out")
	case verdict != journal.Effective && s.cfg.Horloge().Before(es[n-1].Debut.Add(s.cfg.Sursis)):
		return sursis()
	case es[n-1].Etat == journal.Decidee && es[n-1].Verdict != verdict && verdict == journal.Effective:
		// It was said that nothing moved, and it did.
		err = s.cfg.Journal.Resultat(ctx, es[n-1].Ref, journal.Resultat{Issue: journal.Faite, Charge: charge})
	case es[n-1].Etat != journal.Faite:
		err = s.cfg.Journal.Decision(ctx, es[n-1].Ref, journal.Decision{Verdict: verdict, Charge: charge})
	}
	if err != nil {
		return enveloppe("DIA-JOURNAL", "the order is not closed in the journal, nothing was concluded: its answer may still come", err)
	}
	return s.applique(ctx, c)
}
