package concert

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

func decision(v Verdict, m simphonie.Montant) Decision {
	return Decision{Verdict: v, Montant: m, Par: simphonie.NewConfidentiel("agent 12"), Preuve: simphonie.NewConfidentiel("ticket 42")}
}

// inconnue leaves one unknown order.
func inconnue(t *testing.T, b *banc, reference string) Suspens {
	b.enfile("coupe")
	_, err := b.caisse.Encaisse(t.Context(), ordre(reference, 1250))
	require.Equal(t, simphonie.Code("TPE-COUPURE"), code(t, err))
	ss, err := b.caisse.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, ss, 1)
	return ss[0]
}

// Two people decide of one order: the second is told when they do not agree on
// the amount, and what is kept is what the first said.
func TestDeuxDecisions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		s := inconnue(t, b, "P-1")
		res, err := b.caisse.Decide(t.Context(), s, decision(Effective, 1250))
		require.NoError(t, err)
		assert.Equal(t, simphonie.Montant(1250), res.Regle)
		res, err = b.caisse.Decide(t.Context(), s, decision(Effective, 1000))
		assert.Equal(t, simphonie.Code("TPE-DECISION"), code(t, err))
		assert.Equal(t, []any{Faite, simphonie.Montant(1250)}, []any{res.Issue, res.Regle})
		autre := decision(Effective, 1250)
		autre.Par = simphonie.NewConfidentiel("agent 13")
		res, err = b.caisse.Decide(t.Context(), s, autre)
		require.NoError(t, err, "they agree")
		assert.Equal(t, "agent 12", res.Decision.Par.Clair(), "what the journal keeps")
	})
}

// The terminal may still take the payment: nobody says yet that it did not.
func TestDecisionTropTot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		s := inconnue(t, b, "P-1")
		assert.Equal(t, s.Depuis.Add(delaiDefaut), s.Jusque)
		_, err := b.caisse.Decide(t.Context(), s, decision(SansEffet, 0))
		assert.Equal(t, simphonie.Code("TPE-DECISION-TOT"), code(t, err))
		time.Sleep(time.Until(s.Jusque))
		_, err = b.caisse.Decide(t.Context(), s, decision(SansEffet, 0))
		require.NoError(t, err)

		s = inconnue(t, b, "P-2")
		_, err = b.caisse.Decide(t.Context(), s, decision(Effective, 1250))
		require.NoError(t, err, "there is a ticket")
		s = inconnue(t, b, "P-3")
		s.Depuis, s.Jusque = s.Depuis.Add(time.Hour), s.Jusque.Add(time.Hour) // the clock was put back
		_, err = b.caisse.Decide(t.Context(), s, decision(SansEffet, 0))
		require.NoError(t, err)
	})
}

// An answer that comes after the decision.
func TestReponseApresDecision(t *testing.T) {
	tardive := func(t *testing.T, b *banc, s Suspens, r *Resultat) {
		c, err := charge(resultatGarde{formatResultat, r})
		require.NoError(t, err)
		require.NoError(t, b.caisse.cfg.Journal.Resultat(t.Context(), s.ref, journal.Resultat{Issue: issueJournal(r), Charge: c}))
	}
	d := &demande{operation: Debit, Ordre: ordre("P-1", 1250)}
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		s := inconnue(t, b, "P-1")
		_, err := b.caisse.Decide(t.Context(), s, decision(Effective, 1250))
		require.NoError(t, err)
		fait := d.resultat(Faite, "")
		fait.Regle = 1000
		tardive(t, b, s, fait)
		res, err := b.caisse.Resultat(t.Context(), Debit, "V1", "P-1")
		require.NoError(t, err)
		assert.Equal(t, []any{Faite, simphonie.Montant(1000)}, []any{res.Issue, res.Regle}, "the terminal knows better")
		require.NotNil(t, res.Decision)
		assert.Equal(t, simphonie.Montant(1250), res.Decision.Montant, "and the difference shows")
	})
	// It contradicts the decision, after another attempt was refused.
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		s := inconnue(t, b, "P-1")
		time.Sleep(delaiDefaut)
		_, err := b.caisse.Decide(t.Context(), s, decision(SansEffet, 0))
		require.NoError(t, err)
		b.enfile("refuse")
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		require.NoError(t, err)
		assert.Equal(t, NonFaite, res.Issue)
		fait := d.resultat(Faite, "")
		fait.Regle = 1250
		tardive(t, b, s, fait)
		res, err = b.caisse.Resultat(t.Context(), Debit, "V1", "P-1")
		require.NoError(t, err)
		assert.Equal(t, []any{Inconnue, simphonie.Code("TPE-CONTRADICTION")}, []any{res.Issue, res.Cause}, "not the refusal of the second attempt")
	})
	// It comes between the intention of another attempt and its sending.
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		s := inconnue(t, b, "P-1")
		time.Sleep(delaiDefaut)
		_, err := b.caisse.Decide(t.Context(), s, decision(SansEffet, 0))
		require.NoError(t, err)
		b.magasin.apresIntention = func() {
			fait := d.resultat(Faite, "")
			fait.Regle = 1250
			tardive(t, b, s, fait)
		}
		ordres := b.terminal.Ordres()
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err))
		assert.Equal(t, ordres, b.terminal.Ordres())
	})
}

// There is one way back for a payment: a cancellation and a refund meet.
func TestUnSeulRetour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		type geste = func(context.Context, Ordre) (Resultat, error)
		for reference, gestes := range map[string][2]geste{"P-1": {b.caisse.Annule, b.caisse.Rembourse}, "P-2": {b.caisse.Rembourse, b.caisse.Annule}} {
			_, err := b.caisse.Encaisse(t.Context(), ordre(reference, 1250))
			require.NoError(t, err)
			premier, err := gestes[0](t.Context(), ordre(reference, 1250))
			require.NoError(t, err)
			res, err := gestes[1](t.Context(), ordre(reference, 1250))
			assert.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), code(t, err))
			assert.Equal(t, premier.Operation, res.Operation)
		}
		assert.Len(t, b.terminal.Mouvements(), 4)
		b.enfile("accepte", "refuse", "accepte")
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-3", 1250))
		require.NoError(t, err)
		res, err := b.caisse.Annule(t.Context(), ordre("P-3", 1250))
		require.NoError(t, err)
		assert.Equal(t, NonFaite, res.Issue)
		res, err = b.caisse.Rembourse(t.Context(), ordre("P-3", 1250))
		require.NoError(t, err, "the terminal does not cancel: it pays back")
		assert.Equal(t, []any{Faite, Credit}, []any{res.Issue, res.Operation})
	})
}

// What is kept of a decision without its verdict decides nothing.
func TestDecisionSansVerdict(t *testing.T) {
	var v Verdict
	assert.Equal(t, simphonie.Code("TPE-VALEUR"), code(t, v.UnmarshalText(nil)))
	var o Operation
	assert.Equal(t, simphonie.Code("TPE-VALEUR"), code(t, o.UnmarshalText(nil)))
}
