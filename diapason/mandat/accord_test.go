package mandat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

func TestPropositionRefusee(t *testing.T) {
	for _, x := range []struct {
		code   simphonie.Code
		change func(*mandat.Proposition)
	}{
		{"DIA-ADMISSION", func(p *mandat.Proposition) { p.Admission = 0 }},
		{"DIA-ADMISSION", func(p *mandat.Proposition) { p.Admission = mandat.AdmissionPossible }},
		{"DIA-PLAFOND", func(p *mandat.Proposition) { p.Plafond = 0 }},
		{"DIA-PLAFOND", func(p *mandat.Proposition) { p.Plafond = -1 }},
		{"DIA-DATE-LIMITE", func(p *mandat.Proposition) { p.DateLimite = simphonie.Jour{} }},
		{"DIA-DATE-LIMITE", func(p *mandat.Proposition) { p.DateLimite = origine }},
		{"DIA-CONTACT", func(p *mandat.Proposition) { p.Contact = modele.Contact{} }},
		{"DIA-CONTACT", func(p *mandat.Proposition) { p.Contact.Telephone = simphonie.NewConfidentiel("maison") }},
		{"DIA-CONTACT", func(p *mandat.Proposition) { p.Contact.Mel = simphonie.NewConfidentiel("sans arobase") }},
		{"DIA-PROPOSITION", func(p *mandat.Proposition) { p.Numero = "" }},
		{"DIA-PROPOSITION", func(p *mandat.Proposition) { p.Numero = "181016322075140" }},
		{"DIA-PROPOSITION", func(p *mandat.Proposition) { p.Dossier = "Jean Dupont" }},
		{"DIA-PROPOSITION", func(p *mandat.Proposition) { p.EJ = "750150238" }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique = mandat.Politique{} }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Territoire = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Jours = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Depart = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Portee = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Nombre = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Limite = 0 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Traitement = -1 }},
		{"DIA-POLITIQUE", func(p *mandat.Proposition) { p.Politique.Reprises = 10 }},
	} {
		p := proposition(60)
		x.change(&p)
		_, err := mandat.New(p, a(0))
		assert.Equal(t, x.code, code(err))
		assert.NotEmpty(t, mandat.Texte(err))
	}
	_, err := mandat.New(proposition(60), time.Time{})
	assert.Equal(t, simphonie.Code("DIA-QUAND"), code(err))
	assert.Empty(t, mandat.Texte(nil))
}

// What was shown must be what was agreed, and the answer of the platform whole.
func TestAcceptationRefusee(t *testing.T) {
	for _, x := range []struct {
		code   simphonie.Code
		change func(*mandat.Acceptation)
	}{
		{"DIA-LIMITES-AFFICHEES", func(e *mandat.Acceptation) { e.PlafondAffiche++ }},
		{"DIA-LIMITES-AFFICHEES", func(e *mandat.Acceptation) { e.DateLimiteAffichee = origine.AddDays(59) }},
		{"DIA-LIMITES-AFFICHEES", func(e *mandat.Acceptation) { e.VersionTexte = "" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Refus = "PIN" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Alias = modele.Alias{} }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Accord = "" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Autorisation = "" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Ticket = "" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Accord.Expiration = "3013" }},
		{"DIA-CONSENTEMENT", func(e *mandat.Acceptation) { e.Terminal = "" }},
		{"DIA-ALIAS", func(e *mandat.Acceptation) {
			e.Accord.Alias = modele.Alias{Confidentiel: simphonie.NewConfidentiel("4970101122334455")}
		}},
		{"DIA-PAN", func(e *mandat.Acceptation) {
			e.Accord.PAN = modele.PANMasque{Confidentiel: simphonie.NewConfidentiel("49701011##334455")}
		}},
	} {
		b := nouveau(t, 60)
		e := acceptation(b.m)
		x.change(&e)
		b.refuse(0, e, x.code)
	}
	b := nouveau(t, 5)
	b.refuse(5, acceptation(b.m), "DIA-DATE-LIMITE")
	b.fait(0, mandat.ControleRefuse{Code: "PIN"})
	assert.Equal(t, mandat.ControleEchoue, b.m.Etat)
	b.fait(0, acceptation(b.m)) // another card, another PIN
	assert.Equal(t, mandat.Actif, b.m.Etat)
}

// The amount waits for the insurer.
func TestAMCAttendue(t *testing.T) {
	b := actif(t, 60)
	e := facture(17_00)
	e.AMC = 0
	b.refuse(10, e, "DIA-AMC-ATTENDUE")
	e.AMC = mandat.AMCAbandonnee
	b.refuse(10, e, "DIA-AMC-ATTENDUE")
	e.Decision = mandat.Decision{Par: simphonie.NewConfidentiel("agent"), Motif: simphonie.NewConfidentiel("sans réponse depuis 30 jours")}
	e.AMC = mandat.SansAMC
	b.refuse(10, e, "DIA-AMC-ATTENDUE")
	e.AMC = mandat.AMCAbandonnee
	b.fait(10, e)
	assert.Equal(t, []mandat.Genre{mandat.Notifier}, genres(b.effets))
}

func TestFactures(t *testing.T) {
	b := actif(t, 60)
	for _, fs := range [][]mandat.Facture{nil, {{Numero: "", Montant: 1}}, {{Numero: "F", Montant: -1}}, {{Numero: "F", Montant: 1}, {Numero: "F", Montant: 1}},
		{{Numero: "F", Montant: 1 << 62}, {Numero: "G", Montant: 1 << 62}}, make([]mandat.Facture, 101)} {
		b.refuse(10, mandat.FactureFinale{Factures: fs, AMC: mandat.SansAMC}, "DIA-FACTURE")
	}
	// Two invoices make one debit, of their whole sum.
	b.fait(10, mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F", Montant: 20_00}, {Numero: "G", Montant: 30_00}}, AMC: mandat.SansAMC})
	assert.Equal(t, simphonie.Montant(50_00), b.effets[0].Montant)
}

// Several debits under one agreement: the ceiling bounds their sum, and a
// refund gives no room back.
func TestPlusieursPrelevements(t *testing.T) {
	plusieurs := func(p *mandat.Proposition) { p.Politique.Nombre = mandat.Plusieurs }
	b := actif(t, 60, plusieurs)
	serie := func(n int, numero string, c simphonie.Montant) {
		e := facture(c)
		e.Factures[0].Numero = numero
		b.fait(n, e)
		if b.m.Etat == mandat.MontantConnu {
			b.avise(n)
			b.fait(n+3, mandat.JourVenu{})
			b.preleve(n + 3)
		}
	}
	serie(1, "F-1", 30_00)
	assert.False(t, b.m.Alias.IsZero(), "another invoice may come")
	b.refuse(5, facture(1_00), "DIA-FACTURE-DEJA-PRELEVEE")
	b.fait(5, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 30_00})
	b.fait(5, mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1-R1", Issue: modele.Fait, Montant: 30_00, Jour: origine.AddDays(5)}})
	assert.Equal(t, mandat.Rembourse, b.m.Etat)
	serie(6, "F-2", 20_00)
	assert.Equal(t, mandat.Preleve, b.m.Etat)
	assert.Equal(t, "M-0001-P2", b.m.Reference(2))
	zero := facture(0)
	zero.Factures[0].Numero = "F-3"
	b.fait(10, zero) // nothing due: another may come
	serie(10, "F-4", 1)
	assert.Equal(t, mandat.PlafondDepasse, b.m.Etat, "30 + 20 + 0.01 is above 50, whatever was paid back")
	assert.Equal(t, simphonie.Montant(1), b.m.Reste)
	assert.True(t, b.m.Alias.IsZero())

	// By invoice, the same is allowed; and the agreement ends by itself.
	b = actif(t, 20, plusieurs, func(p *mandat.Proposition) { p.Politique.Portee = mandat.ParFacture })
	serie(1, "F-1", 50_00)
	serie(5, "F-2", 50_00)
	assert.Equal(t, simphonie.Montant(100_00), b.m.Preleve())
	assert.Empty(t, b.fait(17, mandat.JourVenu{}))
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias}, genres(b.fait(18, mandat.JourVenu{})))
	assert.Equal(t, mandat.Preleve, b.m.Etat)

	b = actif(t, 20, plusieurs)
	serie(1, "F-1", 5_00)
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias}, genres(b.fait(5, mandat.Cloture{})))
	assert.Empty(t, b.fait(5, mandat.Cloture{}))
	b.refuse(6, mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F-9", Montant: 1}}, AMC: mandat.SansAMC}, "DIA-TRANSITION")
}

// Whether the limit bounds the debit or its order is the establishment's choice.
func TestDateLimite(t *testing.T) {
	for _, x := range []struct {
		limite mandat.Limite
		etat   mandat.Etat
	}{{mandat.SurPrelevement, mandat.Expire}, {mandat.SurSoumission, mandat.MontantConnu}} {
		b := actif(t, 13, func(p *mandat.Proposition) { p.Politique.Limite, p.Politique.Traitement = x.limite, 1 })
		b.fait(10, facture(17_00))
		assert.Equal(t, x.etat, b.m.Etat)
	}
	// No amount came in time.
	b := actif(t, 13)
	assert.Empty(t, b.fait(10, mandat.JourVenu{}))
	assert.Equal(t, []mandat.Genre{mandat.Annuler, mandat.OublierAlias, mandat.ProposerAlternative}, genres(b.fait(11, mandat.JourVenu{})))
	// The notice did not leave in time.
	b = actif(t, 13)
	b.fait(10, facture(17_00))
	b.fait(11, mandat.JourVenu{})
	assert.Equal(t, mandat.Expire, b.m.Etat)
	// The program slept over the due date, and over the limit.
	b = actif(t, 13)
	b.fait(9, facture(17_00))
	b.avise(9)
	b.fait(14, mandat.JourVenu{})
	assert.Equal(t, mandat.Expire, b.m.Etat)
	assert.Equal(t, simphonie.Montant(17_00), b.effets[2].Montant)
}
