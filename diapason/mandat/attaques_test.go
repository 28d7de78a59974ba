package mandat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// The patient changes their mind between two debits of an agreement: the card
// is forgotten, and no other debit comes.
func TestRetraitEntreDeuxPrelevements(t *testing.T) {
	b := actif(t, 60, func(p *mandat.Proposition) { p.Politique.Nombre = mandat.Plusieurs })
	b.fait(10, facture(17_00))
	b.avise(10)
	b.fait(13, mandat.JourVenu{})
	b.preleve(13)
	assert.False(t, b.m.Alias.IsZero())
	effets := b.fait(14, mandat.Retrait{})
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias}, genres(effets))
	assert.True(t, b.m.Alias.IsZero())
	assert.Equal(t, mandat.Preleve, b.m.Etat, "what was debited stays debited")
	f := facture(1_00)
	f.Factures[0].Numero = "F-2"
	b.refuse(15, f, "DIA-TRANSITION")
}

// The platform may have sealed an agreement whose answer was lost, and the
// patient went away: past the limit date it is closed there too.
func TestPropositionOubliee(t *testing.T) {
	for _, b := range []*banc{en(t, "propose"), en(t, "controle-echoue")} {
		b.fait(59, mandat.JourVenu{})
		require.Empty(t, b.effets)
		b.fait(60, mandat.JourVenu{})
		assert.Equal(t, mandat.Decline, b.m.Etat)
		assert.Equal(t, []mandat.Genre{mandat.Annuler}, genres(b.effets))
		_, err := mandat.Encode(b.m)
		assert.NoError(t, err)
	}
}

// A clock that was put back does not make the notice older than what was
// recorded before it.
func TestAvisHorlogeReculee(t *testing.T) {
	for _, depart := range []mandat.Depart{mandat.JourEnvoi, mandat.JourRemise} {
		b := actif(t, 60, func(p *mandat.Proposition) { p.Politique.Depart = depart })
		b.fait(10, facture(17_00))
		b.fait(3, mandat.AvisEnvoye{Avis: 1, Annonce: origine.AddDays(6)})
		b.fait(3, mandat.AvisRemis{Avis: 1})
		assert.Equal(t, origine.AddDays(10), b.m.Prelevements[0].AviseLe)
		b.fait(12, mandat.JourVenu{})
		require.Equal(t, mandat.Avise, b.m.Etat, "two days after")
		b.fait(13, mandat.JourVenu{})
		require.Equal(t, mandat.Soumis, b.m.Etat)
	}
}

// Terms and dates that were changed in the store, without a word in the
// evidence, are found.
func TestTermesChanges(t *testing.T) {
	b := actif(t, 60)
	f := facture(17_00)
	f.AMC, f.Decision = mandat.AMCAbandonnee, mandat.Decision{Par: simphonie.NewConfidentiel("R. Martin"), Motif: simphonie.NewConfidentiel("AMC muette")}
	b.fait(10, f)
	b.avise(10)
	x, err := mandat.Encode(b.m)
	require.NoError(t, err)
	for _, c := range []struct{ de, a, code string }{
		{`"plafond":"50.00"`, `"plafond":"500.00"`, "DIA-PREUVE"},
		{`"dateLimite":"2026-05-01"`, `"dateLimite":"2027-05-01"`, "DIA-PREUVE"},
		{`"portee":"accord"`, `"portee":"facture"`, "DIA-PREUVE"},
		{`"nombre":"unique"`, `"nombre":"plusieurs"`, "DIA-PREUVE"},
		{`"limite":"prelevement"`, `"limite":"prelevement","reprises":3`, "DIA-PREUVE"},
		{`"territoire":"metropole"`, `"territoire":"reunion"`, "DIA-PREUVE"},
		{`"echeance":"2026-03-15"`, `"echeance":"2026-03-12"`, "DIA-MANDAT-INCOHERENT"},
		{`"annonce":"2026-03-15"`, `"annonce":"2026-03-16"`, "DIA-MANDAT-INCOHERENT"},
		{`"R. Martin"`, `"P. Durand"`, "DIA-PREUVE"},
		{`"AMC muette"`, `"AMC d'accord"`, "DIA-PREUVE"},
	} {
		require.Contains(t, string(x), c.de)
		_, err := mandat.Decode([]byte(strings.Replace(string(x), c.de, c.a, 1)))
		assert.ErrorContains(t, err, c.code, "%s -> %s", c.de, c.a)
	}
}

// What a platform or a carrier writes freely is kept in clear in the evidence:
// a card number is not.
func TestPreuvesSansNumeroDeCarte(t *testing.T) {
	const pan = "4970 1012 3456 7890"
	b := nouveau(t, 60)
	b.fait(0, mandat.ControleRefuse{Code: pan})
	b.fait(0, acceptation(b.m))
	b.fait(10, facture(17_00))
	b.fait(10, mandat.AvisEnvoye{Avis: 1, Annonce: origine.AddDays(13), Canal: pan})
	b.fait(13, mandat.JourVenu{})
	fait, refus := b.reponse(13, modele.Fait), b.reponse(13, modele.Refuse)
	fait.Autorisation, refus.Code = pan, pan
	for _, r := range []modele.Reponse{fait, refus} {
		m, _, err := b.m.Appliquer(mandat.ReponseRecue{Reponse: r}, a(13))
		require.NoError(t, err)
		x, err := mandat.Encode(m)
		require.NoError(t, err)
		assert.NotContains(t, string(x), "1012 3456")
	}
}
