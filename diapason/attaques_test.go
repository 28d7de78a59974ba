package diapason_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

// detourne is a platform whose answers a test changes.
type detourne struct {
	modele.Plateforme
	preleve, interroge func(modele.Reponse) modele.Reponse
}

func (d detourne) Preleve(ctx context.Context, o modele.OrdrePrelevement) (modele.Reponse, error) {
	r, err := d.Plateforme.Preleve(ctx, o)
	if d.preleve != nil {
		r = d.preleve(r)
	}
	return r, err
}

func (d detourne) Interroge(ctx context.Context, reference string) (modele.Reponse, error) {
	r, err := d.Plateforme.Interroge(ctx, reference)
	if d.interroge != nil {
		r = d.interroge(r)
	}
	return r, err
}

// sur is the executor of a bench, on another platform or store.
func (s *banc) sur(p modele.Plateforme, garde func(context.Context, mandat.Mandat) error) *diapason.Executant {
	s.Helper()
	x, err := diapason.New(diapason.Config{Plateforme: p, Notificateur: s.n, Journal: s.j, Garde: garde, Gabarit: gabarit, Horloge: s.p.Maintenant})
	require.NoError(s, err)
	return x
}

// essais are the attempts of the journal for every order of a mandate.
func (s *banc) essais(numero string) map[journal.Etat]int {
	n := map[journal.Etat]int{}
	for c, es := range s.mag.Magasin.(*memoire).essais {
		for _, e := range es {
			if c.Venue == numero {
				n[e.Etat]++
			}
		}
	}
	return n
}

// The answer to a debit names a refund of the same mandate, which is under way
// too: it says nothing of the debit, and the journal does not take it for it.
func TestReponseDUnAutreOrdre(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{}, func(p *mandat.Proposition) { p.Politique.Nombre = mandat.Plusieurs })
	m, _, err := s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	m, _, err = s.x.Applique(t.Context(), m, facture("F-2", 5_00))
	require.NoError(t, err)
	s.p.AvanceJours(3)
	rendu := modele.Reponse{Reference: "M-1-P1-R1", Issue: modele.Fait, Montant: 5_00, Jour: simphonie.JourOf(s.p.Maintenant())}
	// A refund was saved, and the program stopped before it left.
	m, _, err = m.Appliquer(mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00}, s.p.Maintenant())
	require.NoError(t, err)
	require.NoError(t, s.b.garde(t.Context(), m))
	m, effets, err := m.Appliquer(mandat.JourVenu{}, s.p.Maintenant())
	require.NoError(t, err)
	require.Equal(t, mandat.Soumettre, effets[0].Genre)
	m, _, err = m.Appliquer(mandat.ReponsePerdue{Reference: "M-1-P1-R1"}, s.p.Maintenant())
	require.NoError(t, err)
	x := s.sur(detourne{s.p, nil, func(modele.Reponse) modele.Reponse { return rendu }}, s.b.garde)
	m, _, err = x.Avance(t.Context(), m)
	assert.ErrorContains(t, err, "DIA-REFERENCE")
	assert.Equal(t, mandat.Soumis, m.Etat)
	assert.Equal(t, map[journal.Etat]int{journal.Faite: 1}, s.essais("M-1"), "the first debit alone")
}

// The same, in the answer to the order itself.
func TestReponseAOrdreDUnAutre(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{}, func(p *mandat.Proposition) { p.Politique.Nombre = mandat.Plusieurs })
	m, _, err := s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	m, _, err = s.x.Applique(t.Context(), m, facture("F-2", 5_00))
	require.NoError(t, err)
	s.p.AvanceJours(3)
	m, _, err = m.Appliquer(mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00}, s.p.Maintenant())
	require.NoError(t, err)
	rendu := modele.Reponse{Reference: "M-1-P1-R1", Issue: modele.Fait, Montant: 5_00, Jour: simphonie.JourOf(s.p.Maintenant())}
	x := s.sur(detourne{s.p, func(modele.Reponse) modele.Reponse { return rendu }, nil}, s.b.garde)
	m, _, err = x.Applique(t.Context(), m, mandat.JourVenu{})
	assert.ErrorContains(t, err, "DIA-REFERENCE")
	assert.Equal(t, mandat.Incertain, m.Etat)
	assert.Equal(t, map[journal.Etat]int{journal.Faite: 1, journal.Inconnue: 1}, s.essais("M-1"))
	assert.Zero(t, m.Rembourse())
}

// A process that saved the order sleeps before it sends it. Another one finds
// that it never left, and the patient takes another means: the first, when it
// wakes, sends nothing, even when the platform did not close the agreement.
func TestDormeur(t *testing.T) {
	for _, ratees := range []int{0, 1} { // sendings that are known not to have left
		s, m := avise(t, diapasontest.Reglages{})
		for range ratees {
			s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.NonPartie})
			m, _, _ = s.x.Avance(t.Context(), m)
			require.Equal(t, mandat.Avise, m.Etat)
		}
		dort := s.sur(s.p, func(ctx context.Context, m mandat.Mandat) error {
			if err := s.b.garde(ctx, m); err != nil || m.Etat != mandat.Soumis {
				return err
			}
			s.p.Programme(diapasontest.Annule, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
			m, _, err := s.x.Applique(ctx, m, mandat.Retrait{})
			require.NoError(t, err)
			m, _, err = s.x.Avance(ctx, m)
			require.ErrorContains(t, err, "DIA-ANNULATION")
			require.Equal(t, mandat.Retire, m.Etat)
			return nil
		})
		_, _, err := dort.Avance(t.Context(), m)
		require.Error(t, err)
		assert.Zero(t, s.p.Registre("M-1").NombreDebits, "the patient pays by another means")
	}
}

// The caller goes away while the patient types the PIN, or while the carrier
// takes the notice: what happened is saved.
func TestAppelantPartiAvant(t *testing.T) {
	s := nouveau(t, diapasontest.Reglages{})
	garde := func(ctx context.Context, m mandat.Mandat) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, borne := ctx.Deadline()
		require.True(t, borne, "a save is bounded")
		return s.b.garde(ctx, m)
	}
	var part context.CancelFunc
	appelant := func() (ctx context.Context) {
		ctx, part = context.WithCancel(t.Context())
		t.Cleanup(part)
		return ctx
	}
	s.p.Passage = func(diapasontest.Operation, diapasontest.Moment) { part() }
	s.n.Passage = s.p.Passage
	x := s.sur(s.p, garde)
	m := s.propose("M-1")
	m, _, err := x.Scelle(appelant(), m, consentement(m))
	require.NoError(t, err)
	require.Equal(t, mandat.Actif, m.Etat)
	m, _, err = x.Applique(appelant(), m, facture("F-1", 17_00))
	require.NoError(t, err)
	assert.Equal(t, mandat.Avise, m.Etat)
	m, _, err = x.Applique(t.Context(), m, mandat.JourVenu{})
	require.NoError(t, err)
	m, _, err = x.Applique(appelant(), m, mandat.Retrait{})
	require.NoError(t, err)
	assert.True(t, m.Clos)
	assert.Len(t, s.n.Avis(), 1)
}

// The journal fails while the place of an order that never left is taken: at
// whatever write, the order leaves once in the end.
func TestBarreEnPanne(t *testing.T) {
	for k := range 5 {
		s, m := avise(t, diapasontest.Reglages{Redouble: true})
		s.mag.avant = func() error { return errMagasin }
		m, _, err := s.x.Avance(t.Context(), m)
		require.Error(t, err)
		require.Equal(t, mandat.Soumis, m.Etat)
		n := 0
		s.mag.avant = func() error {
			if n++; n == k {
				return errMagasin
			}
			return nil
		}
		for range 3 {
			m, _, _ = s.x.Avance(t.Context(), m)
			s.p.Avance(time.Hour)
		}
		assert.Equal(t, mandat.Preleve, m.Etat, k)
		s.juge("M-1", m, "")
		es, err := s.j.AClarifier(t.Context(), 9)
		require.NoError(t, err)
		assert.Empty(t, es, k)
	}
}
