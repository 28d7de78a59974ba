package diapasontest_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/modele"
)

var debut = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func jour(n int) simphonie.Jour { return simphonie.JourOf(debut).AddDays(n) }

// scelle gives a platform with one agreement of 50 € until D+10, and an order
// on it.
func scelle(t *testing.T, r diapasontest.Reglages) (*diapasontest.Plateforme, modele.OrdrePrelevement) {
	t.Helper()
	r.Debut = debut
	p, err := diapasontest.NewPlateforme(r)
	require.NoError(t, err)
	d := modele.DemandeAccord{Mandat: "M", Plafond: 50_00, DateLimite: jour(10), Terminal: "TPE"}
	a, err := p.CreeAccord(t.Context(), d)
	require.NoError(t, err)
	b, err := p.CreeAccord(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, a, b, "the same agreement")
	d.Plafond++
	b, err = p.CreeAccord(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, "AUTRE", b.Refus)
	return p, modele.OrdrePrelevement{Reference: "M-P1", Mandat: "M", Accord: a.Accord, Alias: a.Alias, Montant: 17_00, Factures: []string{"F"}, AuPlusTot: jour(0), DateLimite: jour(10)}
}

// The ledger judges by itself: double, above the ceiling, after the date, before
// the notice, on a closed agreement.
func TestRegistreRefuse(t *testing.T) {
	for _, x := range []struct {
		code   string
		change func(*diapasontest.Plateforme, *modele.OrdrePrelevement)
	}{
		{"PLAFOND", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.Montant = 50_01 }},
		{"MONTANT", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.Montant = 0 }},
		{"ACCORD", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.Mandat = "N" }},
		{"ACCORD", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.Alias = modele.Alias{} }},
		{"DATE", func(p *diapasontest.Plateforme, _ *modele.OrdrePrelevement) { p.AvanceJours(11) }},
		{"DATE", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.DateLimite = jour(11) }},
		{"AVIS", func(_ *diapasontest.Plateforme, o *modele.OrdrePrelevement) { o.AuPlusTot = jour(1) }},
		{"CLOS", func(p *diapasontest.Plateforme, _ *modele.OrdrePrelevement) {
			require.NoError(t, p.Annule(context.Background(), "M"))
		}},
		{"FACTURE", func(p *diapasontest.Plateforme, o *modele.OrdrePrelevement) {
			_, err := p.Preleve(context.Background(), *o)
			require.NoError(t, err)
			o.Reference = "M-P2"
		}},
	} {
		p, o := scelle(t, diapasontest.Reglages{})
		x.change(p, &o)
		r, err := p.Preleve(t.Context(), o)
		require.NoError(t, err)
		assert.Equal(t, x.code, r.Code)
		assert.Len(t, p.Registre(o.Mandat).Violations, 1, x.code)
	}
	// The sum counts, unless the ceiling is that of an invoice.
	for _, parFacture := range []bool{false, true} {
		p, o := scelle(t, diapasontest.Reglages{PlafondParFacture: parFacture})
		o.Montant = 30_00
		_, err := p.Preleve(t.Context(), o)
		require.NoError(t, err)
		o.Reference, o.Factures = "M-P2", []string{"G"}
		r, err := p.Preleve(t.Context(), o)
		require.NoError(t, err)
		assert.Equal(t, parFacture, r.Issue == modele.Fait)
	}
}

// A reference that comes again gets its first answer, unless the platform is
// the worst one.
func TestReferenceRepetee(t *testing.T) {
	for redouble, debits := range map[bool]int{false: 1, true: 2} {
		p, o := scelle(t, diapasontest.Reglages{Redouble: redouble})
		for range 2 {
			r, err := p.Preleve(t.Context(), o)
			require.NoError(t, err)
			assert.Equal(t, modele.Fait, r.Issue)
		}
		assert.Equal(t, debits, p.Registre("M").NombreDebits)
		assert.Equal(t, 2, p.Appels(diapasontest.Preleve))
	}
}

// Each fault does what its name says.
func TestPannes(t *testing.T) {
	for _, x := range []struct {
		genre       diapasontest.GenrePanne
		issue       modele.Issue // of the answer; 0 is an error
		reessayable bool
		debits      int // before, then after the clock moved
		apres       int
		interroge   modele.Issue // before the clock moved
	}{
		{diapasontest.Aucune, modele.Fait, false, 1, 1, modele.Fait},
		{diapasontest.NonPartie, 0, true, 0, 0, modele.Absent},
		{diapasontest.DelaiAvant, 0, false, 0, 0, modele.Absent},
		{diapasontest.DelaiApres, 0, false, 1, 1, modele.Fait},
		{diapasontest.SansType, 0, false, 1, 1, modele.Fait},
		{diapasontest.Tardive, 0, false, 0, 1, modele.Absent},
		{diapasontest.Lente, modele.EnCours, false, 0, 1, modele.EnCours},
		{diapasontest.Refuse, modele.Refuse, false, 0, 0, modele.Refuse},
	} {
		p, o := scelle(t, diapasontest.Reglages{})
		p.Programme(diapasontest.Preleve, diapasontest.Panne{Genre: x.genre, Code: "51"})
		r, err := p.Preleve(t.Context(), o)
		assert.Equal(t, x.issue, r.Issue, x.genre)
		assert.Equal(t, x.issue == 0, err != nil, x.genre)
		e, _ := errors.AsType[*simphonie.Erreur](err)
		assert.Equal(t, x.reessayable, e != nil && e.Reessayable && !e.IssueInconnue, x.genre)
		assert.Equal(t, x.debits, p.Registre("M").NombreDebits, x.genre)
		q, err := p.Interroge(t.Context(), "M-P1")
		require.NoError(t, err)
		assert.Equal(t, x.interroge, q.Issue, x.genre)
		p.Avance(time.Hour)
		assert.Equal(t, x.apres, p.Registre("M").NombreDebits, x.genre)
		assert.Equal(t, debut.Add(time.Hour), p.Maintenant())
	}
}

func TestRemboursements(t *testing.T) {
	p, o := scelle(t, diapasontest.Reglages{})
	_, err := p.Preleve(t.Context(), o)
	require.NoError(t, err)
	for i, x := range []struct {
		montant simphonie.Montant
		issue   modele.Issue
	}{{12_00, modele.Fait}, {5_01, modele.Refuse}, {5_00, modele.Fait}, {1, modele.Refuse}} {
		r, err := p.Rembourse(t.Context(), modele.OrdreRemboursement{Reference: string(rune('a' + i)), Mandat: "M", Prelevement: "M-P1", Montant: x.montant})
		require.NoError(t, err)
		assert.Equal(t, x.issue, r.Issue)
	}
	l := p.Registre("M")
	assert.Equal(t, simphonie.Montant(17_00), l.Remboursements)
	assert.Len(t, l.Violations, 2)
}

// The ledger outlives its process.
func TestRegistreGarde(t *testing.T) {
	r := diapasontest.Reglages{Fichier: filepath.Join(t.TempDir(), "registre")}
	p, o := scelle(t, r)
	_, err := p.Preleve(t.Context(), o)
	require.NoError(t, err)
	q, err := diapasontest.NewPlateforme(r)
	require.NoError(t, err)
	assert.Equal(t, p.Registre("M"), q.Registre("M"))
	assert.Equal(t, diapasontest.Registre{}, q.Registre("N"))
	_, err = diapasontest.NewPlateforme(diapasontest.Reglages{Fichier: t.TempDir()})
	assert.Error(t, err)
}

func TestNotificateur(t *testing.T) {
	n := diapasontest.NewNotificateur()
	n.Programme(diapasontest.Panne{Genre: diapasontest.DelaiApres}, diapasontest.Panne{Genre: diapasontest.NonPartie}, diapasontest.Panne{Genre: diapasontest.Refuse})
	_, err := n.Notifie(t.Context(), modele.Avis{Reference: "A"})
	assert.Error(t, err)
	_, err = n.Notifie(t.Context(), modele.Avis{Reference: "B"})
	assert.Error(t, err)
	r, err := n.Notifie(t.Context(), modele.Avis{Reference: "C"})
	require.NoError(t, err)
	assert.True(t, r.Impossible)
	r, err = n.Notifie(t.Context(), modele.Avis{Reference: "D"})
	require.NoError(t, err)
	assert.Equal(t, "sms", r.Canal)
	require.Len(t, n.Avis(), 2)
	ctx, fin := context.WithCancel(t.Context())
	fin()
	_, err = n.Notifie(ctx, modele.Avis{})
	assert.Error(t, err)
	p, _ := scelle(t, diapasontest.Reglages{})
	_, err = p.Interroge(ctx, "M-P1")
	assert.Error(t, err)
}
