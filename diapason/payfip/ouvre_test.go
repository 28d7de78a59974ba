package payfip_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/payfip"
)

func etats(d *payfip.Dossier) []string {
	var es []string
	for _, t := range d.Tentatives {
		es = append(es, t.Etat.String())
	}
	return es
}

// The whole way of each result.
func TestResultats(t *testing.T) {
	for resultat, v := range map[string]struct {
		etat  string
		bilan payfip.Bilan
		code  simphonie.Code // of another Ouvre
	}{
		"P": {"payee", payfip.Bilan{Paye: 1700, Paiements: 1}, "PAYFIP-DEJA-PAYE"},
		"V": {"engagee", payfip.Bilan{Engage: 1700, Paiements: 1}, "PAYFIP-DEJA-PAYE"},
		"A": {"abandonnee", payfip.Bilan{}, ""},
		"R": {"refusee", payfip.Bilan{}, ""},
		"Z": {"refusee", payfip.Bilan{}, ""},
	} {
		t.Run(resultat, func(t *testing.T) {
			c, s, _ := monte(t)
			o := ouvre(t, c)
			assert.Equal(t, s.Page+"?idop="+string(o.IDOp), o.Page)
			assert.Equal(t, s.Maintenant().Add(15*time.Minute).UTC(), o.Fin)
			s.Avance(3 * time.Minute)
			d, err := c.ConsulteOp(t.Context(), o.IDOp)
			require.NoError(t, err)
			assert.Equal(t, []string{"en-attente"}, etats(d))
			require.NoError(t, s.Paie(string(o.IDOp), resultat))
			for range 2 { // asking again changes nothing
				d, err = c.ConsulteOp(t.Context(), o.IDOp)
				require.NoError(t, err)
				assert.Equal(t, []string{v.etat}, etats(d))
				assert.Equal(t, v.bilan, d.Bilan())
				assert.Equal(t, payfip.Transaction{Jour: simphonie.MustJour("2026-11-20"), Heure: "10:03", Autorisation: "112233445566-tip"}, d.Tentatives[0].Transaction)
				i, err := d.Tentatives[0].Transaction.Instant()
				require.NoError(t, err)
				assert.True(t, i.Equal(s.Maintenant()))
			}
			q := demande()
			q.Decision = &payfip.Decision{Par: "agent12", Motif: "insiste"}
			_, err = c.Ouvre(t.Context(), q)
			if v.code == "" {
				require.NoError(t, err)
				assert.Len(t, s.Creations(), 2)
				return
			}
			assert.Equal(t, v.code, erreur(t, err).Code, "whatever is decided")
			assert.Len(t, s.Creations(), 1)
		})
	}
}

// 15 minutes to open the page, 20 to know that nobody is paying.
func TestDelais(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	s.Avance(15*time.Minute - time.Microsecond)
	encore := ouvre(t, c)
	assert.True(t, encore.Reprise)
	assert.Equal(t, o.IDOp, encore.IDOp)
	assert.Equal(t, o.Fin, encore.Fin)
	autre := demande()
	autre.Montant = 1800
	_, err := c.Ouvre(t.Context(), autre)
	e := erreur(t, err)
	assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), e.Code, "the amount changed while the page is open")
	assert.True(t, e.Reessayable)
	assert.Contains(t, e.Detail, "2026-11-20T09:20:00Z")
	require.NoError(t, s.Ouvre(string(o.IDOp)))
	s.Avance(time.Microsecond)
	_, err = c.Ouvre(t.Context(), demande())
	assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code, "the page is open, and does not open again")
	s.Avance(5*time.Minute - time.Microsecond)
	_, err = c.Ouvre(t.Context(), demande())
	assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
	// The patient ends after 20 minutes all the same: the result counts.
	s.Avance(time.Microsecond)
	d, err := c.Consulte(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.Equal(t, []string{"expiree"}, etats(d))
	require.NoError(t, s.Termine(string(o.IDOp), "P"))
	_, err = c.Ouvre(t.Context(), demande())
	assert.Equal(t, simphonie.Code("PAYFIP-DEJA-PAYE"), erreur(t, err).Code, "it is asked again before another is made")
	assert.Len(t, s.Creations(), 1)
}

// Nobody paid: after 20 minutes P5 frees the debt, in the night P1 closes it.
func TestExpireePuisPurgee(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	s.Avance(20 * time.Minute)
	n := ouvre(t, c)
	assert.NotEqual(t, o.IDOp, n.IDOp)
	assert.False(t, n.Reprise)
	s.Avance(24 * time.Hour)
	d, err := c.Consulte(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.Equal(t, []string{"purgee", "purgee"}, etats(d))
	assert.True(t, d.Prochaine().IsZero(), "P1 is for ever")
	assert.Zero(t, d.Bilan())
	assert.Empty(t, d.Anomalies())
}

// P1 closes nothing before 20 minutes, nor before midnight in Paris: it is asked again.
func TestP1Precoce(t *testing.T) {
	c, s, _ := monte(t)
	s.Avance(17*time.Hour - 10*time.Minute) // 2:50
	o := ouvre(t, c)
	s.Avance(12 * time.Minute)
	d, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"en-attente"}, etats(d))
	s.Avance(8 * time.Minute)
	d, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"expiree"}, etats(d), "no midnight has passed")
	s.Avance(21 * time.Hour)
	d, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"purgee"}, etats(d))
}

// Two payments of one debt, by decision: both are kept, and said.
func TestDouble(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	require.NoError(t, s.Ouvre(string(o.IDOp)))
	q := demande()
	q.Montant, q.Decision = 1800, &payfip.Decision{Par: "agent12", Motif: "page-fermee"}
	n, err := c.Ouvre(t.Context(), q)
	require.NoError(t, err)
	require.NoError(t, s.Termine(string(o.IDOp), "P"))
	require.NoError(t, s.Paie(string(n.IDOp), "V"))
	d, err := c.Consulte(t.Context(), n.Dette)
	require.NoError(t, err)
	assert.Equal(t, payfip.Bilan{Paye: 1700, Engage: 1800, Paiements: 2}, d.Bilan())
	assert.Equal(t, []simphonie.Code{"PAYFIP-ENGAGE", "PAYFIP-FORCEE", "PAYFIP-DOUBLE"}, d.Anomalies().Codes())
	assert.Contains(t, d.Anomalies()[2].Message, "2 fois (17.00 + 18.00 €)")
	assert.True(t, d.Anomalies().Stoppent())
	assert.Equal(t, []string{refdet}, s.Doubles(), "the ledger says the same")
}

// A direct debit is not settled; the account says what became of it.
func TestPrelevement(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	_, err := c.Constate(t.Context(), o.IDOp, payfip.Encaisse)
	assert.Equal(t, simphonie.Code("PAYFIP-CONSTAT"), erreur(t, err).Code)
	require.NoError(t, s.Paie(string(o.IDOp), "V"))
	d, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, payfip.Bilan{Engage: 1700, Paiements: 1}, d.Bilan())
	for range 2 {
		d, err = c.Constate(t.Context(), o.IDOp, payfip.Encaisse)
		require.NoError(t, err)
		assert.Equal(t, payfip.Bilan{Paye: 1700, Paiements: 1}, d.Bilan())
	}
	d, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"encaissee"}, etats(d), "V again takes nothing back")
	// A debit may come back after it was credited.
	d, err = c.Constate(t.Context(), o.IDOp, payfip.Rejete)
	require.NoError(t, err)
	assert.Zero(t, d.Bilan())
	assert.Equal(t, []simphonie.Code{"PAYFIP-IMPAYE"}, d.Anomalies().Codes())
	_, err = c.Constate(t.Context(), o.IDOp, payfip.Encaisse)
	assert.Equal(t, simphonie.Code("PAYFIP-CONSTAT"), erreur(t, err).Code)
	_, err = c.Constate(t.Context(), o.IDOp, 0)
	assert.Equal(t, simphonie.Code("PAYFIP-OPERATION"), erreur(t, err).Code)
	d, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"impayee"}, etats(d))
	assert.False(t, ouvre(t, c).Reprise, "the debt is due again")
}

// V, then Z: the direct debit was refused after all.
func TestPrelevementRefuse(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	require.NoError(t, s.Paie(string(o.IDOp), "V"))
	_, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	s.Change(string(o.IDOp), "Z")
	d, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, []string{"refusee"}, etats(d))
	assert.Zero(t, d.Bilan())
}

// A card payment is not taken back by what PayFiP says later.
func TestContredit(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	require.NoError(t, s.Paie(string(o.IDOp), "P"))
	_, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	s.Change(string(o.IDOp), "R")
	d, err := c.ConsulteOp(t.Context(), o.IDOp)
	assert.Equal(t, simphonie.Code("PAYFIP-CONTREDIT"), erreur(t, err).Code)
	assert.Equal(t, []string{"payee"}, etats(d))
	assert.Equal(t, []simphonie.Code{"PAYFIP-CONTREDIT"}, d.Anomalies().Codes())
	assert.Equal(t, payfip.Bilan{Paye: 1700, Paiements: 1}, d.Bilan())
}

// Twenty desks at once make one operation.
func TestPostesSimultanes(t *testing.T) {
	c, s, m := monte(t)
	var g sync.WaitGroup
	var ouverts atomic.Int64
	for i := range 20 {
		poste := c
		if i%2 == 1 {
			poste = client(t, s, m)
		}
		g.Go(func() {
			o, err := poste.Ouvre(t.Context(), demande())
			if err == nil {
				ouverts.Add(1)
				assert.NotEmpty(t, o.IDOp)
				return
			}
			assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
		})
	}
	g.Wait()
	assert.Positive(t, ouverts.Load())
	assert.Len(t, s.Creations(), 1)
}

// A decision that is sent twice, from one desk or two, makes one operation.
func TestDecisionRepetee(t *testing.T) {
	c, s, m := monte(t)
	premiere := ouvre(t, c)
	q := demande()
	q.Decision = &payfip.Decision{Par: "agent12", Motif: "page-fermee"}
	var g sync.WaitGroup
	for range 10 {
		g.Go(func() {
			if _, err := client(t, s, m).Ouvre(t.Context(), q); err != nil {
				assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
			}
		})
	}
	g.Wait()
	require.Len(t, s.Creations(), 2)
	o, err := c.Ouvre(t.Context(), q)
	require.NoError(t, err)
	assert.True(t, o.Reprise)
	assert.NotEqual(t, premiere.IDOp, o.IDOp, "not the page that the decision sets aside")
	q.Montant = 1800
	_, err = c.Ouvre(t.Context(), q)
	assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
	q.Decision.Motif = "montant"
	_, err = c.Ouvre(t.Context(), q)
	require.NoError(t, err, "another decision goes past the first")
	assert.Len(t, s.Creations(), 3)
}

// Each way to lose the answer of a creation: never two live operations, and the
// debt is payable again, at the latest 15 minutes later.
func TestCreationPerdue(t *testing.T) {
	for _, sc := range diapasontest.ScenariosPayFiP() {
		t.Run(string(sc), func(t *testing.T) {
			c, s, m := monte(t)
			require.NoError(t, s.Enfile("creerPaiementSecurise", sc))
			_, err := c.Ouvre(t.Context(), demande())
			require.Error(t, err)
			f, estFaute := errors.AsType[*payfip.Faute](err)
			d, errLit := m.Lit(t.Context(), dette(t, c))
			require.NoError(t, errLit)
			if estFaute {
				// An answer: no operation was given to anybody.
				assert.Equal(t, []string{"non-creee"}, etats(d), f.Classe)
				assert.False(t, erreur(t, err).IssueInconnue)
				ouvre(t, c)
				return
			}
			e := erreur(t, err)
			assert.Equal(t, simphonie.Code("PAYFIP-PERDU"), e.Code)
			assert.True(t, e.IssueInconnue && !e.Reessayable)
			assert.Equal(t, []string{"demandee"}, etats(d))
			s.Avance(15*time.Minute - time.Microsecond)
			_, err = c.Ouvre(t.Context(), demande())
			assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
			assert.LessOrEqual(t, len(s.Creations()), 1)
			s.Avance(time.Microsecond)
			o := ouvre(t, c)
			require.NoError(t, s.Paie(string(o.IDOp), "P"))
			d, err = c.ConsulteOp(t.Context(), o.IDOp)
			require.NoError(t, err)
			assert.Equal(t, payfip.Bilan{Paye: 1700, Paiements: 1}, d.Bilan())
			assert.Equal(t, []string{"demandee", "payee"}, etats(d))
		})
	}
}

// A connection that was refused, a caller that left before: nothing is held back.
func TestCreationNonPartie(t *testing.T) {
	c, s, m := monte(t)
	ferme := client(t, s, m, func(c *payfip.Config) { c.URL = "https://127.0.0.1:1/" })
	_, err := ferme.Ouvre(t.Context(), demande())
	e := erreur(t, err)
	assert.Equal(t, simphonie.Code("PAYFIP-RESEAU"), e.Code)
	assert.True(t, e.Reessayable && !e.IssueInconnue)
	etranger := client(t, s, m, func(c *payfip.Config) { c.Racines = nil })
	_, err = etranger.Ouvre(t.Context(), demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-TLS"}, codes(err))
	d, err := m.Lit(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.Equal(t, []string{"non-creee"}, etats(d), "a failure takes the place of the one before")
	ouvre(t, c)
}

// A creation whose answer was lost, and that the patient paid all the same (he
// was sent by another way): its notification brings it back.
func TestAdoption(t *testing.T) {
	c, s, m := monte(t)
	require.NoError(t, s.Enfile("creerPaiementSecurise", "coupe-apres"))
	_, err := c.Ouvre(t.Context(), demande())
	require.Error(t, err)
	perdue := s.Creations()[0].IDOp
	_, err = c.ConsulteOp(t.Context(), payfip.IDOp(perdue))
	assert.Equal(t, []simphonie.Code{"PAYFIP-FAUTE"}, codes(err), "P5: nothing says whose it is")
	require.NoError(t, s.Paie(perdue, "P"))
	d, err := c.ConsulteOp(t.Context(), payfip.IDOp(perdue))
	require.NoError(t, err)
	assert.Equal(t, []string{"payee"}, etats(d), "in the place of the lost creation")
	assert.Equal(t, []simphonie.Code{"PAYFIP-ADOPTEE"}, d.Anomalies().Codes())
	_, err = c.Ouvre(t.Context(), demande())
	assert.Equal(t, simphonie.Code("PAYFIP-DEJA-PAYE"), erreur(t, err).Code)
	// Another software made one for the same debt: a place of its own.
	autre := client(t, s, &payfip.Memoire{})
	q := demande()
	q.Montant = 900
	o, err := autre.Ouvre(t.Context(), q)
	require.NoError(t, err)
	require.NoError(t, s.Paie(string(o.IDOp), "P"))
	d, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	assert.Equal(t, payfip.Bilan{Paye: 2600, Paiements: 2}, d.Bilan())
	assert.Contains(t, d.Anomalies().Codes(), simphonie.Code("PAYFIP-DOUBLE"))
	// Of no debt of ours, of another mode, and of nobody.
	q.Refdet = "ETRANGERE1"
	o, err = autre.Ouvre(t.Context(), q)
	require.NoError(t, err)
	require.NoError(t, s.Paie(string(o.IDOp), "P"))
	for _, id := range []payfip.IDOp{o.IDOp, "cc0cb210-1cd4-11EA-8cca-0213ad91a103"} {
		_, err = c.ConsulteOp(t.Context(), id)
		assert.ErrorIs(t, err, payfip.ErrOperationInconnue)
	}
	essai := client(t, s, m, func(c *payfip.Config) { c.Saisie = payfip.Essai })
	_, err = essai.ConsulteOp(t.Context(), payfip.IDOp(perdue))
	assert.ErrorIs(t, err, payfip.ErrOperationInconnue)
	_, err = c.ConsulteOp(t.Context(), "a b")
	assert.Equal(t, []simphonie.Code{"PAYFIP-IDOP"}, codes(err))
}

// Every field of an answer that is not what was asked: never paid, and the debt
// is kept from another operation until somebody decides.
func TestDiscordances(t *testing.T) {
	for champ, valeur := range map[string]string{"numcli": "090908", "refdet": "F2026000124", "montant": "1699", "saisie": "T", "exer": "2025", "resultrans": "Q"} {
		t.Run(champ, func(t *testing.T) {
			c, s, _ := monte(t)
			o := ouvre(t, c)
			require.NoError(t, s.Paie(string(o.IDOp), "P"))
			require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", diapasontest.ScenarioPayFiP("champ:"+champ+"="+valeur), diapasontest.ScenarioPayFiP("champ:"+champ+"="+valeur)))
			d, err := c.ConsulteOp(t.Context(), o.IDOp)
			e := erreur(t, err)
			code := simphonie.Code("PAYFIP-DISCORDANCE")
			if champ == "resultrans" {
				code = "PAYFIP-RESULTAT"
			}
			assert.Equal(t, code, e.Code)
			assert.Equal(t, champ, e.Chemin)
			assert.Equal(t, []string{"en-attente"}, etats(d))
			assert.Zero(t, d.Bilan())
			assert.Equal(t, []simphonie.Code{code}, d.Anomalies().Codes())
			s.Avance(30 * time.Minute)
			_, err = c.Ouvre(t.Context(), demande())
			assert.Equal(t, simphonie.Code("PAYFIP-DOUTEUX"), erreur(t, err).Code)
			// The next answer is right.
			d, err = c.ConsulteOp(t.Context(), o.IDOp)
			require.NoError(t, err)
			assert.Equal(t, []string{"payee"}, etats(d))
			assert.Empty(t, d.Anomalies())
		})
	}
	// The year comes whole, or cut to either pair of digits.
	for _, exer := range []string{"2026", "20", "26"} {
		c, s, _ := monte(t)
		o := ouvre(t, c)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
		require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", diapasontest.ScenarioPayFiP("champ:exer="+exer)))
		_, err := c.ConsulteOp(t.Context(), o.IDOp)
		require.NoError(t, err, exer)
	}
}

// Test and activation go the same way, and nothing of them is ever paid.
func TestEssaiNePaieRien(t *testing.T) {
	for _, mode := range []payfip.Saisie{payfip.Essai, payfip.Activation} {
		c, s, m := monte(t, func(c *payfip.Config) { c.Saisie = mode })
		o := ouvre(t, c)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
		d, err := c.ConsulteOp(t.Context(), o.IDOp)
		require.NoError(t, err)
		assert.Equal(t, payfip.Bilan{Essai: 1700, Paiements: 1}, d.Bilan())
		assert.Equal(t, []simphonie.Code{"PAYFIP-ESSAI"}, d.Anomalies().Codes())
		// In production the same debt has its own dossier, and knows nothing of it.
		reel := client(t, s, m)
		assert.NotEqual(t, o.IDOp, ouvre(t, reel).IDOp)
		_, err = reel.Consulte(t.Context(), o.Dette)
		assert.Equal(t, []simphonie.Code{"PAYFIP-OPERATION"}, codes(err))
		_, err = reel.Constate(t.Context(), o.IDOp, payfip.Encaisse)
		assert.Equal(t, []simphonie.Code{"PAYFIP-OPERATION"}, codes(err))
		_, err = reel.ConsulteOp(t.Context(), o.IDOp)
		assert.ErrorIs(t, err, payfip.ErrOperationInconnue)
	}
}

// Every failure of the question leaves the dossier as it was, and the debt held.
func TestDetailPerdu(t *testing.T) {
	for _, sc := range append(diapasontest.ScenariosPayFiP(), "sans:montant", "sans:refdet", "sans:resultrans", "sans:idOp", "sans:numcli", "sans:saisie", "deux:resultrans", "champ:montant=17.00",
		"champ:montant=+1700", "champ:montant=-1700", "champ:montant=99999999999999999999", "champ:idOp=cc0cb210-1cd4-11EA-8cca-0213ad91a103") {
		t.Run(string(sc), func(t *testing.T) {
			c, s, _ := monte(t)
			o := ouvre(t, c)
			require.NoError(t, s.Paie(string(o.IDOp), "P"))
			s.Avance(25 * time.Minute)
			require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", sc))
			_, err := c.Ouvre(t.Context(), demande())
			require.Error(t, err)
			assert.Equal(t, simphonie.Code("PAYFIP-A-CONSULTER"), codes(err)[0])
			assert.Greater(t, len(codes(err)), 1, "the cause is there")
			assert.Len(t, s.Creations(), 1)
			d, err := c.Consulte(t.Context(), o.Dette)
			require.NoError(t, err)
			assert.Equal(t, payfip.Bilan{Paye: 1700, Paiements: 1}, d.Bilan())
		})
	}
	// What does not lose it.
	for _, sc := range []diapasontest.ScenarioPayFiP{"prefixes", "lent:1ms", "sans:dattrans", "champ:dattrans=32132026", "sans:heurtrans", "sans:numauto", "champ:mel=x", "champ:montant=001700"} {
		c, s, _ := monte(t)
		o := ouvre(t, c)
		require.NoError(t, s.Paie(string(o.IDOp), "P"))
		require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", sc))
		d, err := c.ConsulteOp(t.Context(), o.IDOp)
		require.NoError(t, err, sc)
		assert.Equal(t, int64(1700), int64(d.Bilan().Paye))
		if sc == "sans:dattrans" {
			assert.Equal(t, []simphonie.Code{"PAYFIP-DATE"}, d.Anomalies().Codes())
			_, err = d.Tentatives[0].Transaction.Instant()
			assert.Error(t, err)
		}
	}
}

// Each code that a creation may be refused with is found behind the error.
func TestCodesDesFautes(t *testing.T) {
	for _, code := range []string{payfip.S1, payfip.T1, payfip.T2, payfip.T4, payfip.M1, payfip.M3, payfip.M5, payfip.A1, payfip.A2, payfip.N1, payfip.D1, payfip.R3, payfip.P1, payfip.P3, payfip.P4, payfip.P5, "ZZ9", ""} {
		c, s, _ := monte(t)
		require.NoError(t, s.Enfile("creerPaiementSecurise", diapasontest.ScenarioPayFiP("faute:FonctionnelleErreur:"+code)))
		_, err := c.Ouvre(t.Context(), demande())
		f, ok := errors.AsType[*payfip.Faute](err)
		require.True(t, ok)
		assert.Equal(t, code, f.Code)
		assert.Equal(t, payfip.Fonctionnelle, f.Classe)
		assert.Equal(t, code == payfip.P5, f.Reessayable())
		assert.Equal(t, f.Reessayable(), erreur(t, err).Reessayable)
		p, ok := payfip.PanneDe(err)
		assert.True(t, ok)
		assert.NotEmpty(t, p.Conduite)
		if code != "ZZ9" {
			assert.Equal(t, code, p.Faute)
		}
	}
	for classe, reessayable := range map[payfip.Classe]bool{payfip.Indisponible: true, payfip.Dysfonctionne: true, payfip.Protocolaire: false} {
		c, s, _ := monte(t)
		require.NoError(t, s.Enfile("recupererDetailClient", diapasontest.ScenarioPayFiP("faute:"+string(classe)+":X1")))
		_, err := c.Contrat(t.Context())
		assert.Equal(t, reessayable, erreur(t, err).Reessayable)
		assert.ErrorContains(t, err, string(classe)+" X1")
	}
	c, s, _ := monte(t)
	k, err := c.Contrat(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "REGIE DE RECETTES", k.Textes["libelleN2"])
	require.NoError(t, s.Enfile("recupererDetailClient", "champ:numcli=090908"))
	_, err = c.Contrat(t.Context())
	assert.Equal(t, []simphonie.Code{"PAYFIP-REPONSE"}, codes(err))
}

// The store fails at each of its calls: nothing is given that is not kept.
func TestMagasinEnPanne(t *testing.T) {
	for n := range 5 {
		s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
		m := &capricieux{Memoire: &payfip.Memoire{}, panne: n}
		c := client(t, s, m)
		o, err := c.Ouvre(t.Context(), demande())
		if n == 4 {
			require.NoError(t, err, "four calls of the store in all: read, intention, look-up, operation")
			continue
		}
		require.Nil(t, o)
		e := erreur(t, err)
		assert.Equal(t, simphonie.Code("PAYFIP-MAGASIN"), e.Code)
		assert.Equal(t, n >= 2, e.IssueInconnue)
		assert.Len(t, s.Creations(), map[bool]int{true: 1, false: 0}[n >= 2])
		if n >= 2 {
			_, err = c.Ouvre(t.Context(), demande())
			assert.Equal(t, simphonie.Code("PAYFIP-EN-COURS"), erreur(t, err).Code)
			s.Avance(15 * time.Minute)
		}
		ouvre(t, c)
	}
}

// A caller that leaves in the middle has its own error, and the answer is kept.
func TestAbandon(t *testing.T) {
	c, s, m := monte(t)
	require.NoError(t, s.Enfile("creerPaiementSecurise", "lent:1h"))
	ctx, fin := contexteCoupe(t, s)
	defer fin()
	_, err := c.Ouvre(ctx, demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-PERDU", "PAYFIP-ABANDON"}, codes(err))
	d, err := m.Lit(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.Equal(t, []string{"demandee"}, etats(d))
	court := client(t, s, &payfip.Memoire{}, func(c *payfip.Config) {
		c.Delai = time.Millisecond
		c.Transport = bouchonCtx(func(q *http.Request) error { <-q.Context().Done(); return q.Context().Err() })
	})
	_, err = court.Ouvre(t.Context(), demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-PERDU", "PAYFIP-DELAI"}, codes(err))
}

// A program that slept between its intention and the answer gives no page:
// another desk has made an operation meanwhile.
func TestProgrammeEndormi(t *testing.T) {
	c, s, m := monte(t)
	var autre *payfip.Ouverture
	endormi := client(t, s, m, func(conf *payfip.Config) {
		conf.Transport = bouchon(func(_ *http.Request, b []byte) (int, string) {
			s.Avance(15 * time.Minute)
			autre = ouvre(t, c)
			return 200, retour("creerPaiementSecurise", "<idOp>cc0cb210-1cd4</idOp>")
		})
	})
	_, err := endormi.Ouvre(t.Context(), demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-PERDU", "PAYFIP-DELAI"}, codes(err))
	d, err := c.Consulte(t.Context(), autre.Dette)
	require.NoError(t, err)
	assert.Equal(t, []string{"demandee", "en-attente"}, etats(d))
}

// The store fails at each call of a question: the result is found later all the same.
func TestMagasinEnPanneConsulte(t *testing.T) {
	for adoptee, appels := range map[bool]int{false: 2, true: 14} {
		for n := range appels + 1 {
			s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
			m := &payfip.Memoire{}
			c := client(t, s, m)
			if adoptee {
				require.NoError(t, s.Enfile("creerPaiementSecurise", "coupe-apres"))
			}
			_, err := c.Ouvre(t.Context(), demande())
			require.Equal(t, adoptee, err != nil)
			id := s.Creations()[0].IDOp
			require.NoError(t, s.Paie(id, "P"))
			fragile := client(t, s, &capricieux{Memoire: m, panne: n})
			d, err := fragile.ConsulteOp(t.Context(), payfip.IDOp(id))
			if n < appels && err != nil {
				assert.Equal(t, []simphonie.Code{"PAYFIP-MAGASIN"}, codes(err))
				d, err = fragile.ConsulteOp(t.Context(), payfip.IDOp(id))
			}
			require.NoError(t, err)
			assert.Equal(t, payfip.Bilan{Paye: 1700, Paiements: 1}, d.Bilan())
		}
	}
}

// tardif is a store whose writes come late, and which does something before.
type tardif struct {
	*payfip.Memoire
	avant func()
}

func (m *tardif) Modifie(ctx context.Context, de payfip.Dette, f func(*payfip.Dossier) error) error {
	m.avant()
	return m.Memoire.Modifie(ctx, de, f)
}

// A program that slept between the answer and its write gives no page either:
// both operations could be paid.
func TestEcritureTardive(t *testing.T) {
	c, s, m := monte(t)
	var autre *payfip.Ouverture
	ecritures := 0
	endormi := client(t, s, &tardif{m, func() {
		if ecritures++; ecritures == 2 {
			s.Avance(15 * time.Minute)
			autre = ouvre(t, c)
		}
	}})
	o, err := endormi.Ouvre(t.Context(), demande())
	assert.Nil(t, o)
	assert.Equal(t, []simphonie.Code{"PAYFIP-PERDU", "PAYFIP-DELAI"}, codes(err))
	d, err := c.Consulte(t.Context(), autre.Dette)
	require.NoError(t, err)
	assert.Equal(t, []string{"demandee", "en-attente"}, etats(d))
}

// The clock was two years ahead for a while: the operation is asked about again.
func TestHorlogeEnAvance(t *testing.T) {
	c, s, _ := monte(t)
	o := ouvre(t, c)
	s.Avance(2 * 365 * 24 * time.Hour)
	require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "faute:FonctionnelleErreur:P5"))
	d, err := c.Consulte(t.Context(), o.Dette)
	require.NoError(t, err)
	assert.True(t, d.Prochaine().IsZero())
	s.Avance(-2*365*24*time.Hour + 20*time.Minute)
	d, err = c.Consulte(t.Context(), o.Dette)
	require.NoError(t, err)
	assert.True(t, d.Prochaine().After(s.Maintenant()) && d.Prochaine().Before(s.Maintenant().Add(time.Hour)), d.Prochaine())
}

// The clock of one program is wrong, ahead when it asks or behind when it
// creates: PayFiP dates its answers, and the page that is still open is not
// taken for an expired one.
func TestHorlogeFausse(t *testing.T) {
	for _, v := range []struct{ creation, question time.Duration }{{0, time.Hour}, {-time.Hour, 0}, {-time.Hour, time.Hour}} {
		_, s, m := monte(t)
		decale := func(d time.Duration) *payfip.Client {
			return client(t, s, m, func(c *payfip.Config) { c.Horloge = func() time.Time { return s.Maintenant().Add(d) } })
		}
		o := ouvre(t, decale(v.creation))
		s.Avance(2 * time.Minute)
		require.NoError(t, s.Ouvre(string(o.IDOp)))
		poste := decale(v.question)
		for range 2 {
			_, err := poste.Ouvre(t.Context(), demande())
			require.Error(t, err, v)
		}
		s.Avance(19 * time.Minute)
		require.NoError(t, s.Termine(string(o.IDOp), "A"))
		_, err := poste.Ouvre(t.Context(), demande())
		require.NoError(t, err)
		assert.Len(t, s.Creations(), 2)
	}
}

// datee is a transport whose answers are of another century.
type datee struct{ bouchon }

func (d datee) RoundTrip(q *http.Request) (*http.Response, error) {
	r, err := d.bouchon.RoundTrip(q)
	r.Header.Set("Date", "Fri, 01 Jan 2100 00:00:00 GMT")
	return r, err
}

// A date that cannot be holds nothing: the loop asks in five minutes.
func TestDateAbsurde(t *testing.T) {
	c, s, m := monte(t, func(c *payfip.Config) {
		c.Transport = datee{func(*http.Request, []byte) (int, string) {
			return 200, retour("creerPaiementSecurise", "<idOp>cc0cb210-1cd4</idOp>")
		}}
	})
	d, err := m.Lit(t.Context(), ouvre(t, c).Dette)
	require.NoError(t, err)
	assert.Equal(t, s.Maintenant().UTC().Add(5*time.Minute), d.Prochaine())
}

// An operation of another software is adopted for an old debt too, whatever
// PayFiP says of it: what nobody knows would be lost.
func TestAdoptionAncienne(t *testing.T) {
	for _, exer := range []string{"2021", "20", "21"} {
		c, s, _ := monte(t)
		q := demande()
		q.Exercice = 2021
		o, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
		q.Montant = 900
		autre, err := client(t, s, &payfip.Memoire{}).Ouvre(t.Context(), q)
		require.NoError(t, err)
		require.NoError(t, s.Paie(string(autre.IDOp), "P"))
		require.NoError(t, s.Enfile("recupererDetailPaiementSecurise", "champ:resultrans=Q", diapasontest.ScenarioPayFiP("champ:exer="+exer)))
		d, err := c.ConsulteOp(t.Context(), autre.IDOp)
		assert.Equal(t, []simphonie.Code{"PAYFIP-RESULTAT"}, codes(err))
		assert.Equal(t, []string{"en-attente", "en-attente"}, etats(d))
		_, err = c.Ouvre(t.Context(), q)
		assert.Equal(t, simphonie.Code("PAYFIP-DEJA-PAYE"), erreur(t, err).Code, "it was asked again")
		d, err = c.Consulte(t.Context(), o.Dette)
		require.NoError(t, err)
		assert.Equal(t, payfip.Bilan{Paye: 900, Paiements: 1}, d.Bilan())
	}
}
