package mandat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// soumis brings a mandate to the day of its order.
func soumis(t testing.TB, change ...func(*mandat.Proposition)) *banc {
	t.Helper()
	b := actif(t, 60, change...)
	b.fait(10, facture(17_00))
	b.avise(10)
	b.fait(13, mandat.JourVenu{})
	require.Equal(t, mandat.Soumis, b.m.Etat)
	return b
}

// An old notice does not open the debit of a new amount.
func TestAvisDUnAutreMontant(t *testing.T) {
	b := actif(t, 60)
	b.fait(10, facture(17_00))
	b.fait(10, mandat.FactureCorrigee(facture(18_00)))
	assert.Equal(t, "M-0001-P1-A2", b.effets[0].Reference)
	annonce := origine.AddDays(13)
	b.refuse(10, mandat.AvisEnvoye{Avis: 1, Annonce: annonce}, "DIA-AVIS-AUTRE")
	b.refuse(10, mandat.AvisEnvoye{Avis: 2}, "DIA-AVIS-AUTRE")
	b.refuse(10, mandat.AvisEnvoye{Avis: 2, Annonce: origine.AddDays(61)}, "DIA-AVIS-AUTRE")
	b.refuse(10, mandat.AvisImpossible{Avis: 1}, "DIA-AVIS-AUTRE")
	b.fait(10, mandat.AvisEnvoye{Avis: 2, Annonce: annonce})
	b.refuse(10, mandat.AvisRemis{Avis: 1}, "DIA-AVIS-AUTRE")
	assert.Empty(t, b.fait(11, mandat.AvisEnvoye{Avis: 2, Annonce: annonce}), "handed over twice")
	assert.Equal(t, annonce, b.m.Prelevements[0].Echeance)
}

// A debit never comes before the day that the patient was told.
func TestAnnonce(t *testing.T) {
	b := actif(t, 60)
	b.fait(10, facture(17_00))
	b.fait(10, mandat.AvisEnvoye{Avis: 1, Annonce: origine.AddDays(20)})
	assert.Empty(t, b.fait(19, mandat.JourVenu{}))
	assert.Len(t, b.fait(20, mandat.JourVenu{}), 1)
}

// With day 0 at the delivery, nothing is debited before the carrier says it.
func TestDepartRemise(t *testing.T) {
	b := actif(t, 20, func(p *mandat.Proposition) { p.Politique.Depart = mandat.JourRemise })
	b.fait(10, facture(17_00))
	b.avise(10)
	assert.Empty(t, b.fait(16, mandat.JourVenu{}))
	b.fait(16, mandat.AvisRemis{Avis: 1})
	assert.Empty(t, b.fait(18, mandat.JourVenu{}))
	assert.Len(t, b.fait(19, mandat.JourVenu{}), 1)

	b = actif(t, 20, func(p *mandat.Proposition) { p.Politique.Depart = mandat.JourRemise })
	b.fait(10, facture(17_00))
	b.avise(10)
	b.fait(18, mandat.JourVenu{})
	assert.Equal(t, mandat.Expire, b.m.Etat, "never delivered")
}

// Without a working contact, nothing is debited.
func TestSansAvis(t *testing.T) {
	b := actif(t, 60)
	b.fait(10, facture(17_00))
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias, mandat.ProposerAlternative}, genres(b.fait(10, mandat.AvisImpossible{Avis: 1})))
	assert.Equal(t, mandat.SansAvis, b.m.Etat)
	assert.Empty(t, b.fait(13, mandat.JourVenu{}))
	b.refuse(14, mandat.AlternativeRetenue{}, "DIA-MOYEN")
	b.fait(14, mandat.AlternativeRetenue{Moyen: mandat.PayFiP})
	assert.Equal(t, mandat.Alternative, b.m.Etat)
	b.fait(14, mandat.AccordClos{})
	assert.Empty(t, b.m.Dus())
}

// A lost answer: only an enquiry leads out, and nothing is sent meanwhile.
func TestIncertain(t *testing.T) {
	b := soumis(t)
	perdue := mandat.ReponsePerdue{Reference: "M-0001-P1", Code: "TSV-DELAI"}
	assert.Equal(t, []mandat.Genre{mandat.Interroger}, genres(b.fait(13, perdue)))
	for _, e := range []mandat.Evenement{perdue, facture(1_00), mandat.FactureCorrigee(facture(1_00)), mandat.AvisEnvoye{Avis: 1}, mandat.JamaisParti{Reference: "M-0001-P1"},
		mandat.ReponseRecue{Reponse: b.reponse(13, modele.Fait)}, mandat.AvisImpossible{Avis: 1}, mandat.Cloture{}, mandat.AlternativeRetenue{Moyen: mandat.Titre}} {
		b.refuse(13, e, "DIA-TRANSITION")
	}
	assert.Empty(t, b.fait(70, mandat.JourVenu{}), "even after the limit date")
	b.refuse(14, mandat.Interrogation{Reponse: modele.Reponse{Reference: "M-0001-P2", Issue: modele.Fait}}, "DIA-REFERENCE")
	autre := b.reponse(14, modele.Fait)
	autre.Montant--
	b.refuse(14, mandat.Interrogation{Reponse: autre}, "DIA-MONTANT-AUTRE")
	sansJour := b.reponse(14, modele.Fait)
	sansJour.Jour = simphonie.Jour{}
	b.refuse(14, mandat.Interrogation{Reponse: sansJour}, "DIA-REPONSE")
	b.refuse(14, mandat.Interrogation{Reponse: b.reponse(14, 0)}, "DIA-REPONSE")
	assert.Empty(t, b.fait(14, mandat.Interrogation{Reponse: b.reponse(14, modele.EnCours)}))

	absent := *b
	absent.fait(14, mandat.Interrogation{Reponse: b.reponse(14, modele.Absent)})
	assert.Equal(t, mandat.Avise, absent.m.Etat)
	e := absent.fait(14, mandat.JourVenu{})
	assert.Equal(t, mandat.Effet{Genre: mandat.Soumettre, Reference: "M-0001-P1", Rang: 1, Numero: 2, Montant: 17_00}, e[0])

	tard := *b
	tard.fait(61, mandat.Interrogation{Reponse: b.reponse(14, modele.Absent)})
	tard.fait(61, mandat.JourVenu{})
	assert.Equal(t, mandat.Expire, tard.m.Etat)

	b.fait(14, mandat.Interrogation{Reponse: b.reponse(13, modele.Fait)})
	assert.Equal(t, mandat.Preleve, b.m.Etat)
	assert.Equal(t, origine.AddDays(13), b.m.Prelevements[0].Le)
}

// The patient changes their mind while the answer is awaited: the order that
// left cannot be called back, and no other one leaves.
func TestRetraitPendantLIncertitude(t *testing.T) {
	for _, x := range []struct {
		e    mandat.Evenement
		etat mandat.Etat
	}{
		{mandat.JamaisParti{Reference: "M-0001-P1"}, mandat.Retire},
		{mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1", Issue: modele.Refuse}}, mandat.Retire},
		{mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1", Issue: modele.Fait, Montant: 17_00, Jour: origine}}, mandat.Preleve},
	} {
		b := soumis(t, func(p *mandat.Proposition) { p.Politique.Nombre, p.Politique.Reprises = mandat.Plusieurs, 3 })
		b.fait(13, mandat.Retrait{})
		assert.Equal(t, mandat.Soumis, b.m.Etat)
		assert.Empty(t, b.fait(13, mandat.Retrait{}))
		b.fait(13, x.e)
		assert.Equal(t, x.etat, b.m.Etat)
		assert.True(t, b.m.Alias.IsZero())
	}
	b := soumis(t)
	b.fait(13, mandat.Retrait{})
	b.fait(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.EnCours)})
	b.fait(14, mandat.Interrogation{Reponse: b.reponse(13, modele.Absent)})
	assert.Equal(t, mandat.Retire, b.m.Etat)
}

func TestRefus(t *testing.T) {
	b := soumis(t)
	b.refuse(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.Absent)}, "DIA-REPONSE")
	b.fait(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.Refuse)})
	assert.Equal(t, mandat.Refuse, b.m.Etat)
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias, mandat.ProposerAlternative}, genres(b.effets))

	// When the establishment wants it, once more: another reference, another
	// notice, another delay.
	b = soumis(t, func(p *mandat.Proposition) { p.Politique.Reprises = 1 })
	b.fait(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.Refuse)})
	assert.Equal(t, mandat.Effet{Genre: mandat.Notifier, Reference: "M-0001-P2-A1", Rang: 2, Numero: 1, Montant: 17_00}, b.effets[0])
	b.avise(13)
	assert.Empty(t, b.fait(15, mandat.JourVenu{}))
	assert.Equal(t, "M-0001-P2", b.fait(16, mandat.JourVenu{})[0].Reference)
	b.fait(16, mandat.ReponseRecue{Reponse: b.reponse(16, modele.Refuse)})
	assert.Equal(t, mandat.Refuse, b.m.Etat)

	b = soumis(t, func(p *mandat.Proposition) { p.Politique.Reprises, p.DateLimite = 1, origine.AddDays(15) })
	b.fait(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.Refuse)})
	assert.Equal(t, mandat.Expire, b.m.Etat)
}

func TestReleveEtContestation(t *testing.T) {
	b := soumis(t)
	b.refuse(13, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-7"}, "DIA-RELEVE")
	b.preleve(13)
	b.refuse(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 16_99, Releve: "DFT-7"}, "DIA-RELEVE")
	b.refuse(15, mandat.ReleveVu{Reference: "M-0001-P2", Montant: 17_00, Releve: "DFT-7"}, "DIA-RELEVE")
	b.fait(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-7"})
	assert.Equal(t, mandat.Solde, b.m.Etat)
	b.fait(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-7"})
	b.refuse(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-8"}, "DIA-RELEVE")

	c := mandat.Contestation{Rang: 1, Nature: mandat.Impaye, Montant: 10_00, Reference: "IMP-1"}
	for _, f := range []func(*mandat.Contestation){func(c *mandat.Contestation) { c.Nature = 0 }, func(c *mandat.Contestation) { c.Reference = "" },
		func(c *mandat.Contestation) { c.Montant = 17_01 }, func(c *mandat.Contestation) { c.Montant = 0 }} {
		faux := c
		f(&faux)
		b.refuse(20, faux, "DIA-CONTESTATION")
	}
	b.fait(20, c)
	assert.Equal(t, mandat.Conteste, b.m.Etat)
	b.refuse(21, c, "DIA-CONTESTATION")
	c.Rang = 2
	b.refuse(21, c, "DIA-TRANSITION")
	b.refuse(21, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 7_01}, "DIA-REMBOURSEMENT")
	b.fait(21, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 7_00})
}

// A refund is an order of money like another.
func TestRemboursement(t *testing.T) {
	b := soumis(t)
	b.refuse(13, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 1}, "DIA-TRANSITION")
	b.preleve(13)
	demande := mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 12_00}
	b.refuse(14, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 12_00}, "DIA-REMBOURSEMENT")
	b.refuse(14, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 17_01}, "DIA-REMBOURSEMENT")
	b.refuse(14, mandat.DemandeRemboursement{Rang: 1, Numero: 1}, "DIA-REMBOURSEMENT")
	ordre := mandat.Effet{Genre: mandat.Rembourser, Reference: "M-0001-P1-R1", Rang: 1, Remboursement: 1, Numero: 1, Montant: 12_00}
	assert.Equal(t, []mandat.Effet{ordre}, b.fait(14, demande))
	assert.Empty(t, b.fait(14, demande), "asked twice")
	b.refuse(14, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 11_00}, "DIA-REMBOURSEMENT")
	b.refuse(14, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 5_01}, "DIA-REMBOURSEMENT") // 12 are on their way

	r := modele.Reponse{Reference: ordre.Reference, Issue: modele.Absent}
	b.refuse(14, mandat.Interrogation{Reponse: r}, "DIA-TRANSITION")
	b.refuse(14, mandat.ReponseRecue{Reponse: r}, "DIA-REPONSE")
	b.fait(14, mandat.ReponsePerdue{Reference: ordre.Reference, Code: "TSV-DELAI"})
	assert.Equal(t, []mandat.Genre{mandat.Interroger}, genres(b.effets))
	b.refuse(14, mandat.ReponsePerdue{Reference: ordre.Reference}, "DIA-TRANSITION")
	b.refuse(14, mandat.JamaisParti{Reference: ordre.Reference}, "DIA-TRANSITION")
	b.fait(15, mandat.Interrogation{Reponse: modele.Reponse{Reference: ordre.Reference, Issue: modele.EnCours}})
	b.fait(15, mandat.Interrogation{Reponse: r})
	ordre.Numero = 2
	assert.Equal(t, []mandat.Effet{ordre}, b.fait(15, mandat.JourVenu{}), "the same refund, sent again")
	r.Issue, r.Montant, r.Jour = modele.Fait, 12_01, origine
	b.refuse(15, mandat.ReponseRecue{Reponse: r}, "DIA-MONTANT-AUTRE")
	r.Montant = 12_00
	b.fait(15, mandat.ReponseRecue{Reponse: r})
	assert.Equal(t, mandat.Rembourse, b.m.Etat)
	b.refuse(15, mandat.ReponseRecue{Reponse: r}, "DIA-TRANSITION")

	// A refusal gives the room back.
	b.fait(16, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 5_00})
	b.fait(16, mandat.JamaisParti{Reference: "M-0001-P1-R2"})
	b.fait(16, mandat.JourVenu{})
	b.fait(16, mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1-R2", Issue: modele.Refuse, Code: "14"}})
	b.fait(16, mandat.DemandeRemboursement{Rang: 1, Numero: 3, Montant: 5_00})
	assert.Equal(t, simphonie.Montant(12_00), b.m.Rembourse())

	// It is sent again wherever the next debit stands.
	c := soumis(t, func(p *mandat.Proposition) { p.Politique.Nombre = mandat.Plusieurs })
	c.preleve(13)
	c.fait(13, demande)
	c.fait(13, mandat.JamaisParti{Reference: ordre.Reference})
	c.fait(13, mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F-2", Montant: 1_00}}, AMC: mandat.SansAMC})
	assert.Equal(t, []mandat.Genre{mandat.Rembourser}, genres(c.fait(14, mandat.JourVenu{})))

	// What the bank took back meanwhile leaves no room: it is given up.
	b.fait(16, mandat.JamaisParti{Reference: "M-0001-P1-R3"})
	b.fait(16, mandat.Contestation{Rang: 1, Nature: mandat.Impaye, Montant: 1_00, Reference: "IMP-1"})
	assert.Empty(t, b.fait(17, mandat.JourVenu{}))
	assert.Equal(t, mandat.Abandonnee, b.m.Prelevements[0].Rendus[2].Situation)
	require.NoError(t, b.m.Verifier())
}
