package modele_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/roc/modele"
)

func entete() modele.Entete {
	return modele.Entete{Requete: "r-1", EJ: "750712184", Venue: "26000001", Moment: modele.Sortie, Date: simphonie.MustJour("2026-11-02"),
		Couverture:   modele.Couverture{Cle: simphonie.CleAMC{Numero: "0434243085", Domaine: simphonie.Hospitalisation}, Adherent: simphonie.NewConfidentiel("ADH")},
		Beneficiaire: modele.Beneficiaire{Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01"))}}
}

func chiffrage() modele.Chiffrage {
	return modele.Chiffrage{Lignes: []facture.Ligne{{Code: "PJ", Honoraires: 10000, MRO: 8000}, {Code: "FJ", Honoraires: 2000}},
		Parts: []facture.Part{{Ligne: 0, Debiteur: simphonie.AMC("775671993"), Montant: 500, Etat: facture.Engage},
			{Ligne: 0, Debiteur: simphonie.AMC("434243085"), Montant: 1500, Etat: facture.Theorique}},
		Precedentes: []simphonie.NumeroAMC{"775671993"}}
}

func TestVerifie(t *testing.T) {
	bonne := modele.DemandeCLC{Entete: entete(), Chiffrage: chiffrage()}
	assert.Empty(t, bonne.Verifie())
	for code, change := range map[simphonie.Code]func(*modele.DemandeCLC){
		"ROC-REQUETE":       func(d *modele.DemandeCLC) { d.Requete = "a b" },
		"ROC-EJ":            func(d *modele.DemandeCLC) { d.EJ = "" },
		"ROC-VENUE":         func(d *modele.DemandeCLC) { d.Venue = "" },
		"ROC-MOMENT-ABSENT": func(d *modele.DemandeCLC) { d.Moment = 9 },
		"ROC-DATE":          func(d *modele.DemandeCLC) { d.Date = simphonie.Jour{} },
		"ROC-AMC":           func(d *modele.DemandeCLC) { d.Couverture.Cle.Numero = "000" },
		"ROC-DOMAINE":       func(d *modele.DemandeCLC) { d.Couverture.Cle.Domaine = "" },
		"ROC-ADHERENT":      func(d *modele.DemandeCLC) { d.Couverture.Adherent = simphonie.Confidentiel{} },
		"ROC-NAISSANCE":     func(d *modele.DemandeCLC) { d.Beneficiaire.Naissance = simphonie.DateNaissance{} },
		"ROC-NIR":           func(d *modele.DemandeCLC) { d.Beneficiaire.NIR = simphonie.NIRRecu("155555512345678") },
		"ROC-RANG":          func(d *modele.DemandeCLC) { d.Beneficiaire.Rang = "x" },
		"ROC-LIGNES":        func(d *modele.DemandeCLC) { d.Lignes, d.Parts = nil, nil },
		"ROC-PART":          func(d *modele.DemandeCLC) { d.Parts[0].Ligne = 2 },
		"ROC-PRECEDENTE":    func(d *modele.DemandeCLC) { d.Precedentes = []simphonie.NumeroAMC{"0434243085"} },
	} {
		d := modele.DemandeCLC{Entete: entete(), Chiffrage: chiffrage()}
		change(&d)
		assert.Equal(t, []simphonie.Code{code}, d.Verifie().Codes())
		s := modele.DemandeSIM(d)
		assert.Equal(t, d.Verifie(), s.Verifie())
	}
	i := modele.DemandeIDB{Entete: entete()}
	assert.Empty(t, i.Verifie())
	a := modele.DemandeAnnulation{Entete: entete()}
	assert.Equal(t, []simphonie.Code{"ROC-ANNULATION-CIBLE"}, a.Verifie().Codes())
	for _, vide := range []simphonie.Anomalies{(*modele.DemandeIDB)(nil).Verifie(), (*modele.DemandeSIM)(nil).Verifie(), (*modele.DemandeCLC)(nil).Verifie(), (*modele.DemandeAnnulation)(nil).Verifie()} {
		assert.Equal(t, []simphonie.Code{"ROC-DEMANDE-VIDE"}, vide.Codes())
	}
}

// What is left to the patient: fees, less MRO, less each insurer's part.
func TestRestes(t *testing.T) {
	c := chiffrage()
	r, err := c.Restes([]modele.Montant{{Ligne: 0, Part: 1000}, {Ligne: 7, Part: 1}})
	require.NoError(t, err)
	// 100.00 - 80.00 - 5.00 - 10.00 = 5.00; 20.00.
	assert.Equal(t, []simphonie.Montant{500, 2000}, r)
	_, err = c.Restes([]modele.Montant{{Ligne: 0, Part: math.MinInt64}})
	assert.Error(t, err)
	m, ok := c.Attendue("0434243085", 0)
	assert.True(t, ok)
	assert.EqualValues(t, 1500, m)
	_, ok = c.Attendue("434243085", 1)
	assert.False(t, ok)
	// A part of an insurer that does not come before is not told.
	c.Precedentes = nil
	assert.Empty(t, c.Autres(0))
}

// The digest of known inputs is kept: another release that gave another one
// would make every CLC stale.
func TestEmpreinte(t *testing.T) {
	s, err := modele.NewSecret([]byte("0123456789abcdef"))
	require.NoError(t, err)
	e, c := entete(), chiffrage()
	avant := s.EmpreinteChiffrage(&e, &c)
	assert.Equal(t, empreinteGardee, avant.String())
	assert.NotEqual(t, avant, s.EmpreinteDroits(&e))

	// Not inputs: the request, its moment, what this insurer owes, states, zeros before a number.
	e.Requete, e.Moment, e.Couverture.Cle.Numero = "r-2", modele.Admission, "434243085"
	c.Parts[1].Montant, c.Parts[0].Etat = 1, facture.Facturee
	c.Parts = append(c.Parts, facture.Part{Ligne: 1, Debiteur: simphonie.Patient, Montant: 2000})
	assert.Equal(t, avant, s.EmpreinteChiffrage(&e, &c))
	for nom, change := range map[string]func(*modele.Entete, *modele.Chiffrage){
		"member":    func(e *modele.Entete, _ *modele.Chiffrage) { e.Couverture.Adherent = simphonie.NewConfidentiel("X") },
		"contract":  func(e *modele.Entete, _ *modele.Chiffrage) { e.Couverture.Contrat = simphonie.NewConfidentiel("X") },
		"date":      func(e *modele.Entete, _ *modele.Chiffrage) { e.Date = e.Date.AddDays(1) },
		"amount":    func(_ *modele.Entete, c *modele.Chiffrage) { c.Lignes[1].Honoraires++ },
		"line":      func(_ *modele.Entete, c *modele.Chiffrage) { c.Lignes = append(c.Lignes, facture.Ligne{}) },
		"precedent": func(_ *modele.Entete, c *modele.Chiffrage) { c.Parts[0].Montant++ },
	} {
		e, c := entete(), chiffrage()
		change(&e, &c)
		assert.NotEqual(t, avant, s.EmpreinteChiffrage(&e, &c), nom)
	}
	autre, _ := modele.NewSecret([]byte("0123456789abcdeg"))
	e, c = entete(), chiffrage()
	assert.NotEqual(t, avant, autre.EmpreinteChiffrage(&e, &c))
	assert.NotEqual(t, s.EmpreinteEngagement(modele.CLC, "750712184", 0), s.EmpreinteEngagement(modele.CLC, "750712184", 1))
	assert.NotEqual(t, s.EmpreinteEngagement(modele.CLC, "750712184", 0), s.EmpreinteEngagement(modele.DEL, "750712184", 0))
	assert.NotEqual(t, s.EmpreinteEngagement(modele.CLC, "750712184", 0), s.EmpreinteEngagement(modele.CLC, "690781810", 0))

	_, err = modele.NewSecret([]byte("court"))
	assert.ErrorContains(t, err, "ROC-SECRET")
	assert.NotContains(t, canari.Montre(s), "0123456789abcdef")
	assert.NotContains(t, canari.Montre(s), "48 49 50")
	var lue modele.Empreinte
	require.NoError(t, lue.UnmarshalText([]byte(avant.String())))
	assert.Equal(t, avant, lue)
	assert.ErrorContains(t, lue.UnmarshalText([]byte("zz")), "ROC-EMPREINTE")
}

const empreinteGardee = "a47595ccd54d17ab91b04d2ea473184878bad827ce7da97286dd27e09c8eda21"

func TestTextes(t *testing.T) {
	for s := modele.IDB; s <= modele.DEL; s++ {
		tourne(t, s, new(modele.Service))
	}
	for m := modele.PreAdmission; m <= modele.Sortie; m++ {
		tourne(t, m, new(modele.Moment))
	}
	for s := modele.SensAVerifier; s <= modele.Indetermine; s++ {
		tourne(t, s, new(modele.Sens))
	}
	for m := modele.MotifInconnu; m <= modele.AnnulationImpossible; m++ {
		tourne(t, m, new(modele.Motif))
	}
	assert.ErrorContains(t, new(modele.Service).UnmarshalText([]byte("x")), "ROC-SERVICE")
	assert.ErrorContains(t, new(modele.Moment).UnmarshalText([]byte("x")), "ROC-MOMENT")
	assert.ErrorContains(t, new(modele.Sens).UnmarshalText([]byte("x")), "ROC-SENS")
	assert.ErrorContains(t, new(modele.Motif).UnmarshalText([]byte("x")), "ROC-MOTIF")
	assert.Equal(t, "?", modele.Service(200).String())
	p := modele.Profil{Nom: "hospiamc", Version: "3", Specification: modele.SpecV1}
	assert.Equal(t, "hospiamc/3 (V1)", p.String())
}

func tourne[T comparable](t *testing.T, v T, lu *T) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, lu))
	assert.Equal(t, v, *lu)
}

// Simulated parts and engaged parts are not the same thing.
func TestParts(t *testing.T) {
	ms := []modele.Montant{{Ligne: 1, Part: 5}}
	s, c := modele.Simulation{Montants: ms}, modele.Calcul{Montants: ms}
	assert.Equal(t, []facture.Part{{Ligne: 1, Debiteur: simphonie.AMC("434243085"), Montant: 5, Etat: facture.Simule}}, s.Parts("0434243085"))
	assert.Equal(t, facture.Engage, c.Parts("1")[0].Etat)
	r := modele.Refus{Anomalies: simphonie.Anomalies{{Code: "ROC-EJ", Chemin: "entete.ej"}}}
	assert.EqualError(t, &r, "request refused: ROC-EJ (entete.ej)")
}
