package concert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/journal"
)

var protocoles = []protocole{parTCP, parEPlus, parRapport, parV3Serie}

// Every behaviour of a terminal, in every protocol.
func TestComportements(t *testing.T) {
	for _, p := range protocoles {
		for _, c := range []struct {
			comportement diapasontest.Comportement
			issue        Issue
			cause        simphonie.Code // of the error; "" is none
			fait         bool           // by the ledger
		}{
			{"accepte", Faite, "", true},
			{"refuse", NonFaite, "", false},
			{"abandonne", NonFaite, "", false},
			{"sans-bf", Faite, "", true}, // BF is not sent unless it is asked
			{"partiel:1000", Faite, "", true},
			{"muet", Inconnue, "TPE-DELAI", true},
			{"avant-lecture", NonFaite, "TPE-CONNEXION", false},
			{"coupe", Inconnue, "TPE-COUPURE", true},
			{"coupe:5", Inconnue, "TPE-COUPURE", true},
			{"morcele:1", Faite, "", true},
			{"autre-montant:1300", Inconnue, "TPE-ECART", true},
			{"autre-montant:1200", Inconnue, "TPE-ECART", true}, // less, and partial was not asked
			{"brut:AE00", Inconnue, "TPE-DELAI", true},
			{"brut:AE00210AE00210", Inconnue, "TPE-REPONSE", true},
		} {
			synctest.Test(t, func(t *testing.T) {
				b := nouveauBanc(t, p)
				b.enfile(c.comportement)
				debut := time.Now()
				res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
				nom := string(p) + " " + string(c.comportement)
				if p != parTCP {
					switch c.comportement {
					case "brut:AE00", "brut:AE00210AE00210":
						return // frames of their own: see TestSerie
					}
				}
				if p == parV3Serie && (c.comportement == "muet" || c.comportement == "coupe" || c.comportement == "coupe:5") {
					return // the simulator has these over TCP and in E+
				}
				assert.Equal(t, c.issue, res.Issue, nom)
				assert.Equal(t, c.cause, erreurs.Code(err), nom)
				assert.LessOrEqual(t, time.Since(debut), delaiDefaut, nom)
				assert.Equal(t, c.fait, len(b.terminal.Mouvements()) == 1, nom)
				assert.NotEmpty(t, res.Texte())
				if res.Issue == Faite {
					assert.Equal(t, simphonie.Montant(1250), res.Regle, nom)
				} else {
					assert.Zero(t, res.Regle, nom)
				}
				var e *simphonie.Erreur
				if c.issue == Inconnue {
					require.ErrorAs(t, err, &e)
					assert.True(t, e.IssueInconnue, nom)
					assert.False(t, e.Reessayable, nom)
				}
				lu, err := b.caisse.Resultat(t.Context(), Debit, "V1", "P-1")
				require.NoError(t, err)
				assert.Equal(t, res.Issue, lu.Issue, nom)
				assert.Equal(t, res.Regle, lu.Regle, nom)
				assert.Contains(t, b.sortie.String(), "issue="+res.Issue.String())
			})
		}
	}
}

// Less than the amount, when it was allowed; a terminal that fails when asked.
func TestPartiel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		b.enfile("partiel:1000", "sans-bf")
		o := ordre("P-1", 1250)
		o.Partiel = true
		res, err := b.caisse.Encaisse(t.Context(), o)
		require.NoError(t, err)
		assert.Equal(t, []any{Faite, simphonie.Montant(1000), true}, []any{res.Issue, res.Regle, res.Partiel()})
		assert.Equal(t, "Encaissé en partie : 10,00\u00a0€ sur 12,50\u00a0€.", res.Texte())
		o.Reference = "P-2"
		res, err = b.caisse.Encaisse(t.Context(), o)
		require.NoError(t, err)
		assert.Equal(t, []any{NonFaite, "09"}, []any{res.Issue, res.Reponse.Motif.Code})
		assert.Equal(t, "Rien n'a été encaissé ni remboursé. Non fait : le terminal n'a pas compris la demande.", res.Texte())
	})
}

// The answer of an immediate order is never a payment.
func TestImmediat(t *testing.T) {
	for _, p := range protocoles {
		synctest.Test(t, func(t *testing.T) {
			b := nouveauBanc(t, p)
			o := ordre("P-1", 1250)
			o.Immediat = true
			res, err := b.caisse.Encaisse(t.Context(), o)
			assert.Equal(t, simphonie.Code("TPE-PRIS-EN-COMPTE"), code(t, err))
			assert.Equal(t, []any{Inconnue, simphonie.Montant(0)}, []any{res.Issue, res.Regle})
			assert.Contains(t, res.Texte(), "ce n'est pas un paiement")
			es, err := b.caisse.AClarifier(t.Context(), 9)
			require.NoError(t, err)
			assert.Len(t, es, 1)
		})
	}
}

// Two cash desks of one terminal, many orders at once: one line at a time is open,
// and what could not leave may be sent again.
func TestCroisements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		var ouvertes, plus atomic.Int32
		b.entre = func(c net.Conn) net.Conn {
			plus.Store(max(plus.Load(), ouvertes.Add(1)))
			return &compte{Conn: c, n: &ouvertes}
		}
		caisses := []*Caisse{b.caisse, b.autreCaisse("accueil-1", parTCP)}
		var tous sync.WaitGroup
		for i := range 8 {
			tous.Go(func() {
				o := Ordre{Venue: fmt.Sprintf("V%d", i%3), Reference: fmt.Sprintf("P-%d", i), Montant: 1250}
				for essai := 1; ; essai++ {
					res, err := caisses[i%2].Encaisse(t.Context(), o)
					if err == nil {
						assert.Equal(t, Faite, res.Issue)
						return
					}
					assert.Equal(t, NonFaite, res.Issue, "%v", err)
					time.Sleep(time.Duration((i+1)*essai) * 70 * time.Millisecond)
				}
			})
		}
		tous.Wait()
		assert.EqualValues(t, 1, plus.Load())
		assert.Len(t, b.terminal.Mouvements(), 8)
		assert.Empty(t, b.terminal.Doubles())
	})
}

// compte counts the lines that are open.
type compte struct {
	net.Conn
	n    *atomic.Int32
	once sync.Once
}

func (c *compte) Close() error {
	c.once.Do(func() { c.n.Add(-1) })
	return c.Conn.Close()
}

// Refunds and cancellations take the same path, under names of their own.
func TestCreditEtAnnulation(t *testing.T) {
	for _, p := range protocoles {
		synctest.Test(t, func(t *testing.T) {
			b := nouveauBanc(t, p)
			for i, geste := range []func(context.Context, Ordre) (Resultat, error){b.caisse.Encaisse, b.caisse.Annule, b.caisse.Rembourse} {
				o := ordre([]string{"P-1", "P-1", "P-1-R"}[i], 1250)
				res, err := geste(t.Context(), o)
				require.NoError(t, err)
				assert.Equal(t, Faite, res.Issue)
				_, err = geste(t.Context(), o)
				assert.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), code(t, err))
			}
			m := b.terminal.Mouvements()
			require.Len(t, m, 3)
			assert.Equal(t, []string{"debit", "annulation", "credit"}, []string{m[0].Operation, m[1].Operation, m[2].Operation})
			assert.Equal(t, "P-1", m[0].Reference)
			b.enfile("muet")
			_, err := b.caisse.Rembourse(t.Context(), ordre("P-2", 1250))
			assert.Equal(t, simphonie.Code("TPE-DELAI"), code(t, err))
			_, err = b.caisse.Encaisse(t.Context(), ordre("P-3", 1250))
			assert.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err), "an unknown refund stands in the way too")
		})
	}
}

// Two copies of a payment meet, whatever their amount or terminal; a refusal
// leaves the way free.
func TestUneFois(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		ailleurs := b.autreCaisse("accueil-2", parEPlus)
		b.enfile("refuse", "abandonne", "accepte")
		for range 2 {
			res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
			require.NoError(t, err)
			assert.Equal(t, NonFaite, res.Issue)
		}
		res, err := ailleurs.Encaisse(t.Context(), ordre("P-1", 1250))
		require.NoError(t, err)
		assert.Equal(t, Faite, res.Issue)
		assert.Equal(t, "Encaissé : 12,50\u00a0€.", res.Texte())
		res, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 9900))
		assert.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), code(t, err))
		assert.Equal(t, []any{Faite, simphonie.Montant(1250), simphonie.Montant(1250)}, []any{res.Issue, res.Regle, res.Demande})
		assert.Len(t, b.terminal.Mouvements(), 1)
		o := ordre("P-1", 700)
		o.Venue = "V2"
		_, err = b.caisse.Encaisse(t.Context(), o)
		require.NoError(t, err, "a reference is of its visit")
	})
}

// While an order is unknown, neither its visit nor its terminal takes another,
// until a person decides.
func TestDecision(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		ailleurs := b.autreCaisse("accueil-2", parTCP)
		b.enfile("muet")
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-DELAI"), code(t, err))
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err))
		assert.Equal(t, Inconnue, res.Issue, "the same payment")
		autreVenue := ordre("P-9", 500)
		autreVenue.Venue = "W2"
		for nom, essaie := range map[string]func() (Resultat, error){
			"same visit, same terminal":  func() (Resultat, error) { return b.caisse.Encaisse(t.Context(), ordre("P-2", 500)) },
			"same visit, other terminal": func() (Resultat, error) { return ailleurs.Encaisse(t.Context(), ordre("P-3", 500)) },
			"other visit, same terminal": func() (Resultat, error) { return b.caisse.Encaisse(t.Context(), autreVenue) },
		} {
			res, err := essaie()
			assert.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err), nom)
			assert.Equal(t, NonFaite, res.Issue, nom)
			var s *Suspens
			require.ErrorAs(t, err, &s, nom)
			assert.Equal(t, []any{"V1", "P-1", simphonie.Montant(1250), "accueil-1", Debit, false}, []any{s.Venue, s.Reference, s.Montant, s.Terminal, s.Operation, s.EnCours}, nom)
		}
		assert.Equal(t, 1, b.terminal.Ordres())
		ordreAilleurs := autreVenue
		ordreAilleurs.Reference = "P-10"
		_, err = ailleurs.Encaisse(t.Context(), ordreAilleurs)
		require.NoError(t, err, "other visit, other terminal")

		ss, err := ailleurs.AClarifier(t.Context(), 9)
		require.NoError(t, err)
		require.Len(t, ss, 1)
		texte := simphonie.NewConfidentiel
		bonne := Decision{Verdict: Effective, Montant: 1250, Par: texte("agent 12"), Preuve: texte("ticket 000042")}
		for nom, d := range map[string]Decision{
			"empty": {}, "no verdict": {Montant: 1250, Par: texte("a"), Preuve: texte("b")}, "no amount": {Verdict: Effective, Par: texte("a"), Preuve: texte("b")},
			"amount of nothing": {Verdict: SansEffet, Montant: 1, Par: texte("a"), Preuve: texte("b")}, "nobody": {Verdict: SansEffet, Preuve: texte("b")},
			"no proof": {Verdict: SansEffet, Par: texte("a")}, "card": {Verdict: SansEffet, Par: texte("a"), Preuve: texte("4970 1012 3456 7890")},
		} {
			_, err := b.caisse.Decide(t.Context(), ss[0], d)
			assert.Equal(t, simphonie.Code("TPE-DECISION"), code(t, err), nom)
			assert.NotContains(t, err.Error(), "was not written", nom)
		}
		_, err = b.caisse.Decide(t.Context(), Suspens{Venue: "V1"}, bonne)
		assert.Equal(t, simphonie.Code("TPE-DECISION"), code(t, err))
		res, err = b.caisse.Decide(t.Context(), ss[0], bonne)
		require.NoError(t, err)
		assert.Equal(t, []any{Faite, simphonie.Montant(1250)}, []any{res.Issue, res.Regle})
		res, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), code(t, err))
		assert.Equal(t, "agent 12", res.Decision.Par.Clair())
		assert.Equal(t, simphonie.Montant(1250), res.Regle)
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-2", 500))
		require.NoError(t, err, "the way is free")

		// The other decision: the payment may be sent again.
		b.enfile("coupe")
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-4", 300))
		assert.Equal(t, simphonie.Code("TPE-COUPURE"), code(t, err))
		ss, err = b.caisse.AClarifier(t.Context(), 1)
		require.NoError(t, err)
		d := Decision{Verdict: SansEffet, Par: texte("agent 12"), Preuve: texte("pas de ticket")}
		time.Sleep(time.Until(ss[0].Jusque))
		res, err = b.caisse.Decide(t.Context(), ss[0], d)
		require.NoError(t, err)
		assert.Equal(t, NonFaite, res.Issue)
		assert.Equal(t, "Rien n'a été encaissé ni remboursé.", res.Texte())
		res, err = b.caisse.Resultat(t.Context(), Debit, "V1", "P-4")
		require.NoError(t, err)
		assert.Equal(t, NonFaite, res.Issue)
		_, err = b.caisse.Decide(t.Context(), ss[0], bonne)
		assert.Equal(t, simphonie.Code("TPE-DECISION"), code(t, err), "decided already")
		assert.NotContains(t, canari.Montre(res), "agent 12")
	})
}

// The patient is at the terminal: nobody else starts, nor decides.
func TestEnCours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		ailleurs, memeTerminal := b.autreCaisse("accueil-2", parTCP), b.autreCaisse("accueil-1", parTCP)
		b.enfile("muet")
		fini := make(chan error)
		go func() {
			_, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
			fini <- err
		}()
		synctest.Wait()
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-2", 1250))
		assert.Equal(t, simphonie.Code("TPE-OCCUPE"), code(t, err))
		_, err = b.caisse.Telecollecte(t.Context())
		assert.Equal(t, simphonie.Code("TPE-OCCUPE"), code(t, err))
		autre := ordre("P-9", 1250)
		autre.Venue = "W2"
		for _, c := range []struct {
			caisse *Caisse
			o      Ordre
			issue  Issue
		}{{ailleurs, ordre("P-3", 1250), NonFaite}, {memeTerminal, autre, NonFaite}, {ailleurs, ordre("P-1", 1250), Inconnue}} {
			res, err := c.caisse.Encaisse(t.Context(), c.o)
			assert.Equal(t, simphonie.Code("TPE-EN-COURS"), code(t, err))
			assert.Equal(t, c.issue, res.Issue)
			var s *Suspens
			require.ErrorAs(t, err, &s)
			assert.True(t, s.EnCours)
			_, err = ailleurs.Decide(t.Context(), *s, decision(Effective, 1250))
			assert.Equal(t, simphonie.Code("TPE-DECISION"), code(t, err))
		}
		assert.Equal(t, simphonie.Code("TPE-DELAI"), code(t, <-fini))
		assert.Equal(t, 1, b.terminal.Ordres())
	})
}

// The caller gives up: the terminal does not.
func TestInterrompu(t *testing.T) {
	for _, p := range protocoles {
		synctest.Test(t, func(t *testing.T) {
			b := nouveauBanc(t, p)
			b.entre = func(c net.Conn) net.Conn {
				return &fautive{Conn: c, faute: faute{versTerminal: false, octet: 9, genre: retarde}}
			}
			ctx, annule := context.WithCancel(t.Context())
			go func() { time.Sleep(time.Minute); annule() }()
			res, err := b.caisse.Encaisse(ctx, ordre("P-1", 1250))
			assert.Equal(t, simphonie.Code("TPE-INTERROMPU"), code(t, err))
			assert.Equal(t, Inconnue, res.Issue)
			ss, err := b.caisse.AClarifier(t.Context(), 9)
			require.NoError(t, err)
			assert.Len(t, ss, 1)
			time.Sleep(time.Hour) // the line gives up
		})
	}
}

// Nothing is sent when nothing can be: no terminal, no journal, no call.
func TestRienNePart(t *testing.T) {
	b := nouveauBanc(t, parTCP)
	l, err := NewTCP(TCP{V3: v3, Adresse: "127.0.0.1:1", Connecte: func(context.Context, string, string) (net.Conn, error) { return nil, syscall.ECONNREFUSED }})
	require.NoError(t, err)
	b.caisse.cfg.Liaison = l
	res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	assert.Equal(t, simphonie.Code("TPE-CONNEXION"), code(t, err))
	assert.ErrorIs(t, err, syscall.ECONNREFUSED)
	assert.Contains(t, err.Error(), "refused")
	assert.Equal(t, NonFaite, res.Issue)
	assert.Contains(t, res.Texte(), "rien n'est parti")
	l, err = NewEPlus(func(context.Context) (io.ReadWriteCloser, error) { return nil, errors.New("secret 4970101234567890") }, EPlus{})
	require.NoError(t, err)
	b.caisse.cfg.Liaison = l
	_, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	assert.Equal(t, simphonie.Code("TPE-CONNEXION"), code(t, err))
	assert.NotContains(t, err.Error(), "4970")
	_, err = b.caisse.Encaisse(t.Context(), ordre("DUPONT", 1250))
	assert.Equal(t, simphonie.Code("TPE-REFERENCE"), code(t, err))
	b.magasin.panne = b.magasin.n + 1
	_, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	assert.Equal(t, simphonie.Code("TPE-JOURNAL"), code(t, err))
	ss, err := b.caisse.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	assert.Empty(t, ss)
	_, err = b.caisse.Resultat(t.Context(), Debit, "V1", "P-404")
	assert.Equal(t, simphonie.Code("TPE-ABSENT"), code(t, err))
	assert.Zero(t, b.terminal.Ordres())
	annule, fin := context.WithCancel(t.Context())
	fin()
	_, err = nouveauBanc(t, parTCP).caisse.Encaisse(annule, ordre("P-1", 1250))
	assert.Error(t, err)

	for _, c := range []*Caisse{nil, {}} {
		_, err = c.Encaisse(t.Context(), ordre("P-1", 1))
		assert.Equal(t, simphonie.Code("TPE-CONFIG"), code(t, err))
		_, err = c.AClarifier(t.Context(), 1)
		assert.Error(t, err)
		_, err = c.Decide(t.Context(), Suspens{}, Decision{})
		assert.Error(t, err)
		_, err = c.Resultat(t.Context(), Debit, "V", "P-1")
		assert.Error(t, err)
		_, err = c.Telecollecte(t.Context())
		assert.Error(t, err)
	}
}

// The terminal answered and the journal could not write it.
func TestJournalEnPanne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		b.magasin.panne = 2
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-JOURNAL-RESULTAT"), code(t, err))
		assert.Equal(t, []any{Faite, simphonie.Montant(1250)}, []any{res.Issue, res.Regle})
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-2", 1250))
		assert.Equal(t, simphonie.Code("TPE-EN-COURS"), code(t, err))
		time.Sleep(6 * time.Minute)
		res, err = b.caisse.Resultat(t.Context(), Debit, "V1", "P-1")
		require.NoError(t, err)
		assert.Equal(t, []any{Inconnue, simphonie.Code("TPE-SANS-REPONSE")}, []any{res.Issue, res.Cause})
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err))
	})
}

// An order that the journal closed by another hand.
func TestAutreMain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		for verdict, attendu := range map[journal.Verdict]struct {
			code  simphonie.Code
			issue Issue
		}{journal.Abandonnee: {"TPE-DEJA-VOULU", Inconnue}, journal.Effective: {"TPE-DEJA-FAIT", Faite}} {
			b.enfile("muet")
			o := ordre("P-"+attendu.issue.String()+"1", 1250)
			_, err := b.caisse.Encaisse(t.Context(), o)
			require.Error(t, err)
			ss, err := b.caisse.AClarifier(t.Context(), 9)
			require.NoError(t, err)
			require.NoError(t, b.caisse.cfg.Journal.Decision(t.Context(), ss[0].ref, journal.Decision{Verdict: verdict}))
			res, err := b.caisse.Encaisse(t.Context(), o)
			assert.Equal(t, attendu.code, code(t, err))
			assert.Equal(t, attendu.issue, res.Issue)
		}
	})
}

// The key of a visit was destroyed before its order was decided: the terminal is
// not blocked for ever.
func TestCleDetruite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		b.enfile("muet")
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		require.Error(t, err)
		b.caisse.cfg.Journal, err = journal.New(journal.Config{Magasin: b.magasin, Delai: 5 * time.Minute, Trousseau: func(_ context.Context, venue string) ([]byte, error) {
			if venue == "V1" {
				return nil, journal.ErrCleDetruite
			}
			return trousseau(t.Context(), venue)
		}})
		require.NoError(t, err)
		ss, err := b.caisse.AClarifier(t.Context(), 9)
		require.NoError(t, err)
		require.Len(t, ss, 1)
		assert.Equal(t, []any{"", simphonie.Montant(0), "accueil-1"}, []any{ss[0].Reference, ss[0].Montant, ss[0].Terminal})
		d := Decision{Verdict: Effective, Montant: 1250, Par: simphonie.NewConfidentiel("a"), Preuve: simphonie.NewConfidentiel("ticket 1")}
		_, err = b.caisse.Decide(t.Context(), ss[0], d)
		require.NoError(t, err)
		o := ordre("P-2", 500)
		o.Venue = "W2"
		_, err = b.caisse.Encaisse(t.Context(), o)
		require.NoError(t, err)
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-JOURNAL"), code(t, err), "an order that cannot be named does not leave")
	})
}

// Actions that move no money.
func TestService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		r, err := b.caisse.Telecollecte(t.Context())
		require.NoError(t, err)
		assert.Equal(t, Fait, r.Statut)
		r, err = b.caisse.Imprime(t.Context(), message("AK", "QUJDREVG"))
		require.NoError(t, err)
		assert.Equal(t, Fait, r.Statut)
		_, err = b.caisse.Imprime(t.Context(), message("QQ", "1"))
		assert.Equal(t, simphonie.Code("TPE-ENCODE"), code(t, err))
		_, err = nouveauBanc(t, parEPlus).caisse.Telecollecte(t.Context())
		assert.Equal(t, simphonie.Code("TPE-ORDRE"), code(t, err))
		assert.Empty(t, b.terminal.Mouvements())
	})
}

func TestConfig(t *testing.T) {
	_, err := New(Config{Delai: -1})
	require.Error(t, err)
	for _, champ := range []string{"Liaison", "Journal", "Terminal", "Numero", "Delai"} {
		assert.Contains(t, err.Error(), "TPE-CONFIG terminal "+champ)
	}
	j, err := journal.New(journal.Config{Magasin: &memoire{}, Trousseau: trousseau})
	require.NoError(t, err)
	_, err = New(Config{Liaison: nouveauBanc(t, parTCP).liaison(parTCP), Journal: j, Terminal: "t", Numero: "01"})
	assert.ErrorContains(t, err, "its Delai is too short")
	port := func(context.Context) (io.ReadWriteCloser, error) { return nil, nil }
	for nom, f := range map[string]func() (Liaison, error){
		"version": func() (Liaison, error) {
			return NewTCP(TCP{V3: V3{Version: "0100", Identifiant: "012345678901"}, Adresse: "x"})
		},
		"IPC":     func() (Liaison, error) { return NewTCP(TCP{V3: V3{Version: "0300", Identifiant: "1"}, Adresse: "x"}) },
		"address": func() (Liaison, error) { return NewTCP(TCP{V3: v3}) },
		"port":    func() (Liaison, error) { return NewEPlus(nil, EPlus{}) },
		"V3 port": func() (Liaison, error) { return NewV3Serie(nil, v3) },
		"V3 CRLF": func() (Liaison, error) {
			return NewV3Serie(port, V3{Version: "0300", Identifiant: "012345678901", CRLF: true})
		},
		"V3 serial": func() (Liaison, error) { return NewV3Serie(port, V3{}) },
	} {
		_, err := f()
		assert.Equal(t, simphonie.Code("TPE-CONFIG"), code(t, err), nom)
	}
}

// What a release keeps, the next ones read; nothing else is read.
func TestFormes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gardes, err := os.ReadFile("testdata/formes-1.json")
		require.NoError(t, err)
		var formes struct{ Ordre, Resultat, Decision json.RawMessage }
		require.NoError(t, json.Unmarshal(gardes, &formes))
		lis := func(b json.RawMessage, forme any, format *string, voulu string) error {
			return lisForme(simphonie.NewConfidentiel(string(b)), forme, format, voulu)
		}
		var o ordreGarde
		require.NoError(t, lis(formes.Ordre, &o, &o.Format, formatOrdre))
		assert.Equal(t, ordreGarde{formatOrdre, Debit, "P-1", 1250, "01", "00C", true, true, true}, o)
		var r resultatGarde
		require.NoError(t, lis(formes.Resultat, &r, &r.Format, formatResultat))
		assert.Equal(t, []any{Faite, Debit, "P-1", simphonie.Montant(1250), simphonie.Montant(1000)},
			[]any{r.Resultat.Issue, r.Resultat.Operation, r.Resultat.Reference, r.Resultat.Demande, r.Resultat.Regle})
		assert.Equal(t, "497010######0016 A00395 1234567 A0000000421010 2812 01", r.Resultat.Reponse.PAN.Clair()+" "+r.Resultat.Reponse.Autorisation.Clair()+" "+
			r.Resultat.Reponse.Contrat.Clair()+" "+r.Resultat.Reponse.AID.Clair()+" "+r.Resultat.Reponse.Validite.Clair()+" "+r.Resultat.Reponse.Motif.Code)
		var d decisionGardee
		require.NoError(t, lis(formes.Decision, &d, &d.Format, formatDecision))
		assert.Equal(t, []any{Effective, simphonie.Montant(1250), "agent 12", "ticket 000042"},
			[]any{d.Decision.Verdict, d.Decision.Montant, d.Decision.Par.Clair(), d.Decision.Preuve.Clair()})
		for _, forme := range []any{o, r, d} { // this release writes the same
			c, err := charge(forme)
			require.NoError(t, err)
			attendu := map[bool]json.RawMessage{}
			switch forme.(type) {
			case ordreGarde:
				attendu[true] = formes.Ordre
			case resultatGarde:
				attendu[true] = formes.Resultat
			default:
				attendu[true] = formes.Decision
			}
			assert.JSONEq(t, string(attendu[true]), c.Clair())
		}
		for _, mal := range []string{`{`, `{"format":"simphonie.tpe.ordre/2","operation":"debit","reference":"P-1","montant":"1","caisse":"01"}`, `{"autre":1}`,
			`{"format":"simphonie.tpe.ordre/1","operation":"vol"}`} {
			assert.Equal(t, simphonie.Code("TPE-FORME"), code(t, lis(json.RawMessage(mal), &o, &o.Format, formatOrdre)), mal)
		}
	})
}

// A journal that was compacted keeps the state, not the amounts.
func TestJournalReduit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		require.NoError(t, err)
		for _, es := range b.magasin.cles {
			es[0].Etapes = nil
		}
		_, err = b.caisse.Resultat(t.Context(), Debit, "V1", "P-1")
		assert.Equal(t, simphonie.Code("TPE-JOURNAL-REDUIT"), code(t, err))
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), code(t, err))
		assert.Equal(t, Faite, res.Issue)
		assert.Len(t, b.terminal.Mouvements(), 1)
	})
	var i Issue
	assert.Equal(t, simphonie.Code("TPE-VALEUR"), code(t, i.UnmarshalText([]byte("x"))))
	assert.Equal(t, Inconnue, i)
	assert.Empty(t, Issue(9).String())
}
