package mandat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/canari"
)

var decision = mandat.Decision{Par: simphonie.NewConfidentiel("régisseur Martin"), Motif: simphonie.NewConfidentiel("relevé DFT du 20/03")}

// constat says what moved for an order; 0 is nothing.
func constat(reference string, n int, c simphonie.Montant) mandat.Constat {
	x := mandat.Constat{Reponse: modele.Reponse{Reference: reference, Issue: modele.Absent}, Decision: decision}
	if c > 0 {
		x.Reponse.Issue, x.Reponse.Montant, x.Reponse.Jour = modele.Fait, c, origine.AddDays(n)
	}
	return x
}

func (b *banc) relit() {
	b.Helper()
	x, err := mandat.Encode(b.m)
	require.NoError(b, err)
	relu, err := mandat.Decode(x)
	require.NoError(b, err)
	require.Equal(b, b.m, relu)
}

// The platform debited another amount: what moved is what is kept, refunded and
// settled; the difference is left to another means.
func TestConstatAutreMontant(t *testing.T) {
	for _, x := range []struct{ mouvement, reste simphonie.Montant }{{17_00, 0}, {16_00, 1_00}, {18_00, 0}, {60_00, 0}} {
		b := en(t, "incertain")
		effets := b.fait(14, constat("M-0001-P1", 13, x.mouvement))
		assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias}, genres(effets))
		assert.Equal(t, mandat.Preleve, b.m.Etat)
		assert.Equal(t, x.mouvement, b.m.Preleve())
		assert.Equal(t, x.reste, b.m.Reste)
		b.relit()
		b.refuse(14, constat("M-0001-P1", 13, x.mouvement), "DIA-TRANSITION")
		b.refuse(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: x.mouvement + 1, Releve: "DFT-1"}, "DIA-RELEVE")
		b.fait(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: x.mouvement, Releve: "DFT-1"})
		b.refuse(16, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: x.mouvement + 1}, "DIA-REMBOURSEMENT")
		assert.Len(t, b.fait(16, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: x.mouvement}), 1)
		b.relit()
		for n := 14; n < 70; n++ {
			require.NotContains(t, genres(b.fait(n, mandat.JourVenu{})), mandat.Soumettre)
		}
	}
}

// Nothing moved: the order is never sent again, another means is proposed. A
// debit that is seen later is taken all the same.
func TestConstatAbsent(t *testing.T) {
	b := en(t, "incertain")
	effets := b.fait(14, constat("M-0001-P1", 0, 0))
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias, mandat.ProposerAlternative}, genres(effets))
	assert.Equal(t, mandat.Refuse, b.m.Etat)
	assert.Equal(t, simphonie.Montant(17_00), b.m.Reste)
	b.relit()
	b.refuse(15, constat("M-0001-P1", 0, 0), "DIA-TRANSITION")
	enMoyen := *b
	b.fait(20, constat("M-0001-P1", 13, 17_00))
	assert.Equal(t, mandat.Preleve, b.m.Etat)
	assert.Zero(t, b.m.Reste)
	b.relit()

	b = &enMoyen
	b.fait(16, mandat.AlternativeRetenue{Moyen: mandat.Guichet})
	b.fait(20, constat("M-0001-P1", 13, 17_00))
	assert.Equal(t, mandat.Alternative, b.m.Etat, "paid twice, perhaps: a refund is possible")
	b.fait(20, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 17_00})
	b.relit()

	b = en(t, "incertain")
	b.fait(14, mandat.Retrait{})
	b.fait(14, constat("M-0001-P1", 0, 0))
	assert.Equal(t, mandat.Retire, b.m.Etat)
}

// The enquiry said absent, the debit shows later: wherever the mandate stands by
// then, it is taken and nothing else leaves.
func TestConstatApresAbsence(t *testing.T) {
	for nom, suite := range map[string]func(*banc){
		"avise":    func(*banc) {},
		"corrigé":  func(b *banc) { b.fait(14, mandat.FactureCorrigee(facture(18_00))) },
		"zéro":     func(b *banc) { b.fait(14, mandat.FactureCorrigee(facture(0))) },
		"plafond":  func(b *banc) { b.fait(14, mandat.FactureCorrigee(facture(50_01))) },
		"retiré":   func(b *banc) { b.fait(14, mandat.Retrait{}) },
		"expiré":   func(b *banc) { b.fait(61, mandat.JourVenu{}) },
		"fermé":    func(b *banc) { b.fait(14, mandat.Retrait{}); b.fait(14, mandat.AccordClos{}) },
		"inconnu2": func(b *banc) { b.fait(14, mandat.JourVenu{}); b.fait(14, mandat.ReponsePerdue{Reference: "M-0001-P1"}) },
	} {
		b := en(t, "incertain")
		b.fait(14, mandat.Interrogation{Reponse: modele.Reponse{Reference: "M-0001-P1", Issue: modele.Absent}})
		suite(b)
		b.fait(62, constat("M-0001-P1", 13, 17_00))
		assert.Equal(t, mandat.Preleve, b.m.Etat, nom)
		assert.Equal(t, simphonie.Montant(17_00), b.m.Preleve(), nom)
		assert.True(t, b.m.Alias.IsZero(), nom)
		b.relit()
		assert.Empty(t, b.fait(63, mandat.JourVenu{}), nom)
	}
}

func TestConstatRefuse(t *testing.T) {
	b := en(t, "incertain")
	bon := constat("M-0001-P1", 13, 17_00)
	for _, change := range []func(*mandat.Constat){
		func(c *mandat.Constat) { c.Decision.Par = simphonie.Confidentiel{} },
		func(c *mandat.Constat) { c.Decision.Motif = simphonie.Confidentiel{} },
		func(c *mandat.Constat) { c.Reponse.Montant = 0 },
		func(c *mandat.Constat) { c.Reponse.Montant = -1 },
		func(c *mandat.Constat) { c.Reponse.Jour = simphonie.Jour{} },
		func(c *mandat.Constat) { c.Reponse.Jour = origine.AddDays(15) },
		func(c *mandat.Constat) { c.Reponse.Issue = modele.Absent },
		func(c *mandat.Constat) { c.Reponse.Issue = modele.EnCours },
		func(c *mandat.Constat) { c.Reponse.Issue = 0 },
	} {
		c := bon
		change(&c)
		b.refuse(14, c, "DIA-CONSTAT")
	}
	b.refuse(14, constat("M-0001-P2", 13, 17_00), "DIA-REFERENCE")
	// What never left, or whose answer is awaited, is no matter for a person.
	for _, etat := range []string{"avise", "soumis", "retire"} {
		en(t, etat).refuse(14, constat("M-0001-P1", 13, 17_00), "DIA-TRANSITION")
		en(t, etat).refuse(14, constat("M-0001-P1", 0, 0), "DIA-TRANSITION")
	}
	en(t, "refuse").refuse(14, bon, "DIA-TRANSITION")
}

// A refund is closed the same way.
func TestConstatRemboursement(t *testing.T) {
	const ref = "M-0001-P1-R1"
	perdu := func() *banc {
		b := en(t, "preleve")
		b.fait(14, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00})
		b.refuse(14, constat(ref, 14, 5_00), "DIA-TRANSITION")
		b.fait(14, mandat.ReponsePerdue{Reference: ref})
		return b
	}
	b := perdu()
	b.fait(15, constat(ref, 14, 20_00)) // more than the debit: it moved, and nothing more is paid back
	assert.Equal(t, simphonie.Montant(20_00), b.m.Rembourse())
	b.relit()
	b.refuse(16, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 1}, "DIA-REMBOURSEMENT")

	b = perdu()
	b.fait(15, constat(ref, 0, 0))
	assert.Equal(t, mandat.Preleve, b.m.Etat)
	assert.Empty(t, b.fait(16, mandat.JourVenu{}), "never sent again")
	b.refuse(16, constat(ref, 0, 0), "DIA-TRANSITION")
	b.fait(16, constat(ref, 14, 5_00))
	assert.Equal(t, mandat.Rembourse, b.m.Etat)
	b.relit()
}

// What a person established is kept even when it breaks every bound: a refund
// that was given up and asked for again, a debit of a corrected amount.
func TestConstatAuDelaDesBornes(t *testing.T) {
	const ref = "M-0001-P1-R1"
	b := en(t, "preleve")
	b.fait(14, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00})
	b.fait(14, mandat.ReponsePerdue{Reference: ref})
	b.fait(15, constat(ref, 0, 0))
	b.fait(16, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 17_00})
	b.fait(17, constat(ref, 14, 5_00))
	b.relit()
	b.refuse(18, mandat.DemandeRemboursement{Rang: 1, Numero: 3, Montant: 1}, "DIA-REMBOURSEMENT")

	b = en(t, "incertain")
	b.fait(14, mandat.Interrogation{Reponse: modele.Reponse{Reference: "M-0001-P1", Issue: modele.Absent}})
	b.fait(14, mandat.FactureCorrigee(facture(60_00)))
	b.fait(15, constat("M-0001-P1", 13, 60_00))
	b.relit()
}

// Who established it and why is masked, and bound to the evidence.
func TestConstatPreuve(t *testing.T) {
	b := en(t, "incertain")
	b.fait(14, constat("M-0001-P1", 13, 18_00))
	vu := canari.Montre(b.m) + canari.Montre(constat("M-0001-P1", 13, 18_00))
	assert.NotContains(t, vu, "Martin")
	assert.NotContains(t, vu, "DFT du")
	require.NoError(t, b.m.Verifier())
	m := b.m
	m.Prelevements = append([]mandat.Prelevement(nil), m.Prelevements...)
	m.Prelevements[0].Constat.Par = simphonie.NewConfidentiel("quelqu'un d'autre")
	assert.Equal(t, simphonie.Code("DIA-PREUVE"), code(m.Verifier()))
	m.Prelevements[0].Constat = mandat.Decision{}
	_, err := mandat.Encode(m)
	assert.Equal(t, simphonie.Code("DIA-MANDAT-INCOHERENT"), code(err), "another amount rests on somebody's word")
}
