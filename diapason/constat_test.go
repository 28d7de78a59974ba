package diapason_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/journal"
)

// constat says what moved for the first debit of M-1; 0 is nothing.
func (s *banc) constat(c simphonie.Montant) mandat.Constat {
	x := mandat.Constat{Reponse: modele.Reponse{Reference: "M-1-P1", Issue: modele.Absent},
		Decision: mandat.Decision{Par: simphonie.NewConfidentiel("régisseur Martin"), Motif: simphonie.NewConfidentiel("appel du 5 mars")}}
	if c > 0 {
		x.Reponse.Issue, x.Reponse.Montant, x.Reponse.Jour = modele.Fait, c, simphonie.JourOf(s.p.Maintenant())
	}
	return x
}

// A copy with another amount is uncertain for ever: the platform debited 17 €
// and tells so. A named decision closes it for what moved.
func TestConstat(t *testing.T) {
	for _, c := range []simphonie.Montant{17_00, 0} {
		s, m := avise(t, diapasontest.Reglages{Redouble: true})
		x := sansGarde(t, s)
		autre, _, err := x.Applique(t.Context(), m, mandat.FactureCorrigee(facture("F-2", 20_00)))
		require.NoError(t, err)
		_, _, err = x.Avance(t.Context(), m)
		require.NoError(t, err)
		s.p.AvanceJours(3)
		autre, _, err = x.Avance(t.Context(), autre)
		require.Error(t, err)
		fin, effets, err := x.Applique(t.Context(), autre, s.constat(c))
		if c == 0 { // whoever says that nothing moved is wrong
			assert.Equal(t, simphonie.Code("DIA-CONTRADICTION"), code(err))
			assert.Equal(t, mandat.Incertain, fin.Etat)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, mandat.Preleve, fin.Etat)
		assert.Equal(t, simphonie.Montant(3_00), fin.Reste)
		assert.True(t, fin.Clos)
		assert.NotContains(t, canari.Montre(effets), "Martin")
		// What moved is paid back under the same rules.
		fin, _, err = x.Applique(t.Context(), fin, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 17_00})
		require.NoError(t, err)
		assert.Equal(t, mandat.Rembourse, fin.Etat)
		r := s.p.Registre("M-1")
		assert.Equal(t, 1, r.NombreDebits)
		assert.Equal(t, r.Debits, r.Remboursements)
		assert.Empty(t, r.Violations)
	}
}

// The platform answers, again and again, with another amount.
func TestConstatPlateformeFausse(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{Redouble: true})
	centime := func(r modele.Reponse) modele.Reponse { r.Montant++; return r }
	x := s.sur(detourne{s.p, centime, centime}, s.b.garde)
	m, _, err := x.Avance(t.Context(), m)
	require.Error(t, err)
	m, _, err = x.Applique(t.Context(), m, s.constat(0))
	assert.Equal(t, simphonie.Code("DIA-SURSIS"), code(err), "it may be on its way")
	m, _, err = x.Applique(t.Context(), m, s.constat(17_00))
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
	assert.Equal(t, map[journal.Etat]int{journal.Decidee: 1}, s.essais("M-1"))
	es, err := s.j.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	assert.Empty(t, es)
	s.juge("M-1", m, "")
}

// Nothing moved, says a person, and every copy of the mandate is barred: even
// one from before, on a platform that repeats everything, and with no journal of
// the order.
func TestConstatAbsentBarreLesCopies(t *testing.T) {
	for _, perdu := range []bool{false, true} {
		s, avant := avise(t, diapasontest.Reglages{Redouble: true})
		s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
		m, _, err := s.x.Avance(t.Context(), avant)
		require.Error(t, err)
		s.p.Avance(time.Hour)
		if perdu {
			s.mag.Magasin = &memoire{essais: map[journal.Cle][]journal.Essai{}}
		}
		muette := detourne{s.p, nil, func(modele.Reponse) modele.Reponse { return modele.Reponse{} }}
		x := s.sur(muette, s.b.garde)
		incertain := m
		m, effets, err := x.Applique(t.Context(), m, s.constat(0))
		require.NoError(t, err)
		assert.Equal(t, mandat.Refuse, m.Etat)
		assert.Equal(t, simphonie.Montant(17_00), effets[1].Montant)
		_, _, err = sansGarde(t, s).Avance(t.Context(), avant)
		assert.Equal(t, simphonie.Code("DIA-DEJA-PARTI"), code(err))
		// Nor does one that learns from the platform that the order is absent.
		s.p.Avance(time.Hour)
		_, _, err = sansGarde(t, s).Avance(t.Context(), incertain)
		assert.Equal(t, simphonie.Code("DIA-CONTRADICTION"), code(err))
		assert.Zero(t, s.p.Registre("M-1").NombreDebits)
	}
}

// The platform tells by itself at the last moment: it wins.
func TestConstatTropTard(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiApres})
	m, _, err := s.x.Avance(t.Context(), m)
	require.Error(t, err)
	m, _, err = s.x.Applique(t.Context(), m, s.constat(0))
	assert.Equal(t, simphonie.Code("DIA-TRANSITION"), code(err))
	assert.Equal(t, mandat.Preleve, m.Etat)
	garde, err := s.b.lit("M-1")
	require.NoError(t, err)
	assert.Equal(t, m, garde)
}

// A cut between the journal and the mandate: said again, it is the same.
func TestConstatRepris(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.DelaiAvant})
	m, _, err := s.x.Avance(t.Context(), m)
	require.Error(t, err)
	s.p.Avance(time.Hour)
	muette := detourne{s.p, nil, func(modele.Reponse) modele.Reponse { return modele.Reponse{} }}
	x := s.sur(muette, func(context.Context, mandat.Mandat) error { return errMagasin })
	m, _, err = x.Applique(t.Context(), m, s.constat(0))
	assert.Equal(t, simphonie.Code("DIA-GARDE"), code(err))
	assert.Equal(t, mandat.Incertain, m.Etat)
	m, _, err = s.sur(muette, s.b.garde).Applique(t.Context(), m, s.constat(0))
	require.NoError(t, err)
	assert.Equal(t, mandat.Refuse, m.Etat)
	// It was carried out after all.
	m, _, err = s.x.Applique(t.Context(), m, s.constat(17_00))
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
}

// The platform says that it has the order, and has not ended it: nobody can say
// yet that nothing will move.
func TestConstatEnCours(t *testing.T) {
	s, m := avise(t, diapasontest.Reglages{})
	s.p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: diapasontest.Lente})
	m, _, err := s.x.Avance(t.Context(), m)
	require.NoError(t, err)
	tient := func(r modele.Reponse) modele.Reponse {
		return modele.Reponse{Reference: r.Reference, Issue: modele.EnCours}
	}
	s.p.Avance(time.Hour)
	x := s.sur(detourne{s.p, nil, tient}, s.b.garde)
	m, _, err = x.Applique(t.Context(), m, s.constat(0))
	assert.Equal(t, simphonie.Code("DIA-SURSIS"), code(err))
	assert.Equal(t, mandat.Incertain, m.Etat)
	m, _, err = x.Applique(t.Context(), m, s.constat(17_00))
	require.NoError(t, err)
	assert.Equal(t, mandat.Preleve, m.Etat)
}
