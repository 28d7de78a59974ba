package diapason_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/journal"
)

func TestNewRefuse(t *testing.T) {
	_, err := diapason.New(diapason.Config{Delai: -1})
	for _, c := range []string{"DIA-CONFIG-PLATEFORME", "DIA-CONFIG-NOTIFICATEUR", "DIA-CONFIG-JOURNAL", "DIA-CONFIG-GARDE", "DIA-CONFIG-GABARIT", "DIA-CONFIG-DELAI"} {
		assert.ErrorContains(t, err, c)
	}
	for _, x := range []*diapason.Executant{nil, {}} {
		_, _, err = x.Avance(t.Context(), mandat.Mandat{})
		assert.Equal(t, simphonie.Code("DIA-EXECUTANT"), code(err))
		_, _, err = x.Applique(t.Context(), mandat.Mandat{}, mandat.JourVenu{})
		assert.Equal(t, simphonie.Code("DIA-EXECUTANT"), code(err))
		_, _, err = x.Scelle(t.Context(), mandat.Mandat{}, diapason.Consentement{})
		assert.Equal(t, simphonie.Code("DIA-EXECUTANT"), code(err))
	}
	assert.NotEmpty(t, diapason.Regles())
}

// avise brings a mandate to the eve of its debit, and the clock to its day.
func avise(t *testing.T, r diapasontest.Reglages, change ...func(*mandat.Proposition)) (*banc, mandat.Mandat) {
	t.Helper()
	s := nouveau(t, r)
	m := s.propose("M-1", change...)
	m, _, err := s.x.Scelle(t.Context(), m, consentement(m))
	require.NoError(t, err)
	m, _, err = s.x.Applique(t.Context(), m, facture("F-1", 17_00))
	require.NoError(t, err)
	require.Equal(t, mandat.Avise, m.Etat)
	s.p.AvanceJours(3)
	return s, m
}

func TestScelle(t *testing.T) {
	s := nouveau(t, diapasontest.Reglages{})
	m := s.propose("M-1")
	c := consentement(m)
	c.PlafondAffiche++
	_, _, err := s.x.Scelle(t.Context(), m, c)
	assert.Equal(t, simphonie.Code("DIA-LIMITES-AFFICHEES"), code(err))
	assert.Zero(t, s.p.Appels(diapasontest.CreeAccord), "refused before the patient types a PIN")
	s.p.Programme(diapasontest.CreeAccord, diapasontest.Panne{Genre: diapasontest.DelaiApres}, diapasontest.Panne{Genre: diapasontest.Refuse, Code: "PIN"})
	m, _, err = s.x.Scelle(t.Context(), m, consentement(m))
	assert.Equal(t, simphonie.Code("DIA-ACCORD"), code(err))
	m, _, err = s.x.Scelle(t.Context(), m, consentement(m))
	require.NoError(t, err)
	assert.Equal(t, mandat.ControleEchoue, m.Etat)
	m, _, err = s.x.Scelle(t.Context(), m, consentement(m))
	require.NoError(t, err)
	assert.Equal(t, mandat.Actif, m.Etat)
	assert.Len(t, s.p.Registre("M-1").Ecritures, 1, "one agreement")

	// The answer was lost and the patient gives up: the agreement is closed.
	m = s.propose("M-2")
	s.p.Programme(diapasontest.CreeAccord, diapasontest.Panne{Genre: diapasontest.DelaiApres})
	_, _, err = s.x.Scelle(t.Context(), m, consentement(m))
	require.Error(t, err)
	m, _, err = s.x.Applique(t.Context(), m, mandat.RefusPatient{})
	require.NoError(t, err)
	assert.True(t, m.Clos)
	assert.True(t, s.p.Registre("M-2").Clos)
}

// The notice says the amount and the day, and nothing else.
func TestAvis(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	require.Len(t, s.n.Avis(), 1)
	a := s.n.Avis()[0]
	assert.Equal(t, "CH de Test : 17,00\u00a0€ seront prélevés à partir du 05/03/2026 sur la carte de votre accord. Autre moyen de paiement : 01 23 45 67 89", a.Texte)
	assert.Equal(t, "0612345678", a.Contact.Telephone.Clair())
	// It is neither lost, nor sent for nothing.
	s.n.Programme(diapasontest.Panne{Genre: diapasontest.NonPartie})
	m, _, err := s.x.Applique(t.Context(), m, mandat.FactureCorrigee(facture("F-1", 18_00)))
	assert.Equal(t, simphonie.Code("DIA-AVIS"), code(err))
	assert.Equal(t, mandat.MontantConnu, m.Etat)
	m, _, err = s.x.Applique(t.Context(), m, mandat.Retrait{})
	require.NoError(t, err)
	_, _, err = s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	assert.Len(t, s.n.Avis(), 1)
	assert.Zero(t, s.p.Appels(diapasontest.Preleve))
}

// The limit date came out of reach between the save and the notice: nothing is
// sent to the patient, and the agreement ends.
func TestAvisTropTard(t *testing.T) {
	s := nouveau(t, diapasontest.Reglages{})
	m := s.propose("M-1", func(p *mandat.Proposition) { p.DateLimite = simphonie.JourOf(debut).AddDays(3) })
	m, _, err := s.x.Scelle(t.Context(), m, consentement(m))
	require.NoError(t, err)
	x, err := diapason.New(diapason.Config{Plateforme: s.p, Notificateur: s.n, Journal: s.j, Gabarit: gabarit, Horloge: s.p.Maintenant,
		Garde: func(context.Context, mandat.Mandat) error { s.p.AvanceJours(1); return nil }}) // midnight strikes
	require.NoError(t, err)
	m, effets, err := x.Applique(t.Context(), m, facture("F-1", 17_00))
	require.NoError(t, err)
	assert.Equal(t, mandat.Expire, m.Etat)
	assert.Empty(t, s.n.Avis())
	assert.Len(t, effets, 2)
}

func TestAnnulationResteDue(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Annule, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
	m, effets, err := s.x.Applique(t.Context(), m, mandat.Retrait{})
	assert.Equal(t, simphonie.Code("DIA-ANNULATION"), code(err))
	assert.Equal(t, []mandat.Genre{mandat.OublierAlias, mandat.ProposerAlternative}, []mandat.Genre{effets[0].Genre, effets[1].Genre})
	m, _, err = s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	assert.True(t, m.Clos)
}

// A lost answer is not asked for twice in a hurry, and nothing is sent again
// while an order may be on its way.
func TestSursis(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.Tardive})
	m, _, err := s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-ORDRE"), code(err))
	var x *simphonie.Erreur
	require.ErrorAs(t, err, &x)
	assert.True(t, x.IssueInconnue)
	assert.Equal(t, mandat.Incertain, m.Etat)
	m, _, err = s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-SURSIS"), code(err))
	assert.Equal(t, mandat.Incertain, m.Etat)
	s.p.Programme(diapasontest.Interroge, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
	m, _, err = s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-INTERROGATION"), code(err))
	s.p.Avance(time.Hour) // it arrives
	m, _, err = s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
	assert.Equal(t, 1, s.p.Appels(diapasontest.Preleve))
	assert.Equal(t, 1, s.p.Registre("M-1").NombreDebits)
}

// An order that never left is proven, and leaves the next day.
func TestJamaisParti(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{Redouble: true})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.NonPartie})
	m, _, err := s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-ORDRE"), code(err))
	assert.Equal(t, mandat.Avise, m.Etat)
	m, _, err = s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
	s.juge("M-1", m, "")
}

// The intention is not written: nothing leaves, and what was saved is resumed.
func TestJournalEnPanne(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.mag.avant = func() error { return errMagasin }
	m, _, err := s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-JOURNAL"), code(err))
	assert.Zero(t, s.p.Appels(diapasontest.Preleve))
	assert.Equal(t, mandat.Soumis, m.Etat)
	s.mag.avant = nil
	m, _, err = s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
	assert.Contains(t, jsonDe(m.Preuves), "DIA-REPRISE")

	// The result is not written: the mandate holds it.
	s, m = avise(t, diapasontest.Reglages{})
	n := 0
	s.mag.avant = func() error {
		if n++; n == 2 {
			return errMagasin
		}
		return nil
	}
	m, _, err = s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-JOURNAL-RESULTAT"), code(err))
	assert.Equal(t, mandat.Preleve, m.Etat)
}

// The mandate is not saved: nothing that follows leaves.
func TestGardeEnPanne(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.b.panne = func() error { return errMagasin }
	apres, effets, err := s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-GARDE"), code(err))
	assert.ErrorIs(t, err, errMagasin)
	assert.Equal(t, m, apres)
	assert.Empty(t, effets)
	assert.Zero(t, s.p.Appels(diapasontest.Preleve))
}

// Two copies of a mandate, at once, on a store that refuses nothing and a
// platform that repeats everything: the journal alone lets one order leave.
func TestDeuxCopies(t *testing.T) {
	for range 20 {
		s, m := avise(t, diapasontest.Reglages{Redouble: true})
		x := sansGarde(t, s)
		var tous sync.WaitGroup
		for range 4 {
			tous.Go(func() {
				copie, _, _ := x.Avance(context.Background(), m)
				_, _, _ = x.Avance(context.Background(), copie)
			})
		}
		tous.Wait()
		require.Equal(t, 1, s.p.Registre("M-1").NombreDebits)
		require.Empty(t, s.p.Registre("M-1").Violations)
	}
}

// sansGarde is an executor on a store that takes every revision.
func sansGarde(t *testing.T, s *banc) *diapason.Executant {
	x, err := diapason.New(diapason.Config{Plateforme: s.p, Notificateur: s.n, Journal: s.j, Gabarit: gabarit, Horloge: s.p.Maintenant,
		Garde: func(context.Context, mandat.Mandat) error { return nil }})
	require.NoError(t, err)
	return x
}

// A copy that is late, even with another amount or other invoices, sends nothing.
func TestCopieEnRetard(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{Redouble: true})
	x := sansGarde(t, s)
	autre, _, err := x.Applique(t.Context(), m, mandat.FactureCorrigee(facture("F-2", 20_00)))
	require.NoError(t, err)
	_, _, err = x.Avance(t.Context(), m)
	require.NoError(t, err)
	s.p.AvanceJours(3)
	autre, _, err = x.Avance(t.Context(), autre)
	assert.Equal(t, simphonie.Code("DIA-DEJA-PARTI"), code(err))
	assert.Equal(t, mandat.Incertain, autre.Etat)
	_, _, err = x.Avance(t.Context(), autre)
	assert.Equal(t, simphonie.Code("DIA-MONTANT-AUTRE"), code(err), "the platform debited the amount of the first copy")
	assert.Equal(t, simphonie.Montant(17_00), s.p.Registre("M-1").Debits)

	// A refused order is not sent again under its reference.
	s, m = avise(t, diapasontest.Reglages{Redouble: true}, func(p *mandat.Proposition) { p.Politique.Reprises = 1 })
	x = sansGarde(t, s)
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.Refuse, Code: "51"})
	suivant, _, err := x.Avance(t.Context(), m)
	require.NoError(t, err)
	s.p.AvanceJours(3)
	suivant, _, err = x.Avance(t.Context(), suivant)
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, suivant.Etat)
	_, _, err = x.Avance(t.Context(), m)
	assert.ErrorContains(t, err, "DIA-COPIE")
	assert.Equal(t, 1, s.p.Registre("M-1").NombreDebits)
}

// An enquiry found nothing, and the mandate stopped there: a copy from before,
// which counts one sending less, does not send in its place.
func TestCopieDAvantLInterrogation(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{Redouble: true})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
	perdu, _, err := s.x.Avance(t.Context(), m)
	require.Error(t, err)
	s.p.Avance(time.Hour)
	n := 0
	s.b.panne = func() error {
		if n++; n == 2 { // the absence is saved, the next order is not
			return errMagasin
		}
		return nil
	}
	absent, _, err := s.x.Avance(t.Context(), perdu)
	assert.Equal(t, simphonie.Code("DIA-GARDE"), code(err))
	assert.Equal(t, mandat.Avise, absent.Etat)
	_, _, err = sansGarde(t, s).Avance(t.Context(), m)
	assert.ErrorContains(t, err, "DIA-COPIE")
	assert.Zero(t, s.p.Registre("M-1").NombreDebits)
	absent, _, err = s.x.Avance(t.Context(), absent)
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, absent.Etat)
	assert.Equal(t, 1, s.p.Registre("M-1").NombreDebits)
}

// Another journal than the one that held the order: nothing is concluded.
func TestJournalPerdu(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
	m, _, err := s.x.Avance(t.Context(), m)
	require.Error(t, err)
	s.p.Avance(time.Hour)
	s.mag.Magasin = &memoire{essais: map[journal.Cle][]journal.Essai{}}
	m, _, err = s.x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-CONTRADICTION"), code(err))
	assert.Equal(t, mandat.Incertain, m.Etat)
}

// A refund is sent once too, by two copies.
func TestRemboursementDeuxCopies(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{Redouble: true})
	m, _, err := s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	x := sansGarde(t, s)
	_, _, err = x.Applique(t.Context(), m, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00})
	require.NoError(t, err)
	_, _, err = x.Applique(t.Context(), m, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 6_00})
	assert.Equal(t, simphonie.Code("DIA-DEJA-PARTI"), code(err))
	assert.Equal(t, simphonie.Montant(5_00), s.p.Registre("M-1").Remboursements)
}

// The platform denies what it said it did: a person is to look.
func TestContradiction(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	_, _, err := s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	x := sansGarde(t, s)
	copie, _, err := x.Avance(t.Context(), m)
	assert.Equal(t, simphonie.Code("DIA-DEJA-PARTI"), code(err))
	s.p.Avance(time.Hour)
	s.p.Programme(diapasontest.Interroge, diapasontest.Panne{Genre: diapasontest.Absente})
	copie, _, err = x.Avance(t.Context(), copie)
	assert.Equal(t, simphonie.Code("DIA-CONTRADICTION"), code(err))
	assert.Equal(t, mandat.Incertain, copie.Etat)
}

// An answer that contradicts the order proves nothing: the enquiry tells.
func TestReponseContraire(t *testing.T) {
	for _, g := range []diapasontest.GenrePanne{diapasontest.AutreMontant, diapasontest.AutreReference, diapasontest.SansType} {
		s, m := avise(t, diapasontest.Reglages{Redouble: true})
		s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: g})
		m, _, err := s.x.Avance(t.Context(), m)
		require.Error(t, err)
		require.Equal(t, mandat.Incertain, m.Etat, g)
		m, _, err = s.x.Avance(t.Context(), m)
		require.NoError(t, err)
		assert.Equal(t, mandat.Preleve, m.Etat)
		assert.Equal(t, 1, s.p.Registre("M-1").NombreDebits)
	}
}

// A platform that does not answer is left at the end of the delay.
func TestDelai(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	x, err := diapason.New(diapason.Config{Plateforme: muette{s.p}, Notificateur: s.n, Journal: s.j, Garde: s.b.garde, Gabarit: gabarit, Horloge: s.p.Maintenant, Delai: time.Millisecond})
	require.NoError(t, err)
	m, _, err = x.Avance(t.Context(), m)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, mandat.Incertain, m.Etat)
}

// muette answers no order.
type muette struct{ modele.Plateforme }

func (muette) Preleve(ctx context.Context, _ modele.OrdrePrelevement) (modele.Reponse, error) {
	<-ctx.Done()
	return modele.Reponse{}, ctx.Err()
}

// The caller goes away during the call: what came of it is written anyway.
func TestAppelantParti(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	ctx, part := context.WithCancel(t.Context())
	s.p.Passage = func(o diapasontest.Operation, q diapasontest.Moment) {
		if o == diapasontest.Preleve && q == diapasontest.Apres {
			part()
		}
	}
	m, _, err := s.x.Avance(ctx, m)
	require.ErrorIs(t, err, context.Canceled) // of the closing of the agreement, which stays due
	assert.Equal(t, mandat.Preleve, m.Etat)
	garde, err := s.b.lit("M-1")
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, garde.Etat)
}

// No personal data in errors, journal in clear, nor effects.
func TestMasques(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiApres})
	m, effets, err := s.x.Avance(t.Context(), m)
	require.Error(t, err)
	vu := canari.Montre(m) + canari.Montre(effets) + canari.Montre(err)
	es, err := s.j.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, es, 1)
	es, err = s.j.Lit(t.Context(), es[0].Cle)
	require.NoError(t, err)
	c, err := s.j.Charge(t.Context(), es[0].Ref, es[0].Etapes[0])
	require.NoError(t, err)
	vu += canari.Montre(es) + c.Clair()
	for _, secret := range []string{"alias-0", "497010", "0612345678"} {
		assert.NotContains(t, vu, secret)
	}
	assert.Contains(t, c.Clair(), `"montant":"17.00"`)
	assert.Equal(t, journal.Inconnue, es[0].Etat)
}
