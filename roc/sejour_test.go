package roc_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/tarif"
)

// prixSejour prices a stay of the simulator's insured person, from fictitious
// prices: what goes into a SIM at the entry, and into a CLC at the exit.
func prixSejour(t *testing.T, sortie string, actes ...sejour.Acte) sejour.Resultat {
	t.Helper()
	z, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	fin, err := time.ParseInLocation(time.DateTime, sortie+" 11:00:00", z)
	require.NoError(t, err)
	tarifs, err := sejour.ChargerTarifs(strings.NewReader("code;secteur;zone;du;au;montant;reference;connu_le\nTMF;*;*;2026-04-01;;32.00;FICTIF;2026-03-01\n"))
	require.NoError(t, err)
	base, err := droits.LoadTauxBase(strings.NewReader("prestation;specialite;colonne;taux;du;au;reference\nTJ1;*;general;80;2012-01-01;;FICTIF\n"))
	require.NoError(t, err)
	regimes, err := tarif.LoadListe("FICTIF", strings.NewReader("code;du;au;reference;connu_le\n95;2012-01-01;;FICTIF;2011-12-31\n"))
	require.NoError(t, err)
	s := sejour.Sejour{Venue: "26000077", Discipline: sejour.MCO,
		Etablissement: sejour.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole},
		Naissance:     simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), AMC: amc,
		Entree: time.Date(2026, 11, 2, 15, 0, 0, 0, z), Sortie: fin,
		Bases: []sejour.Base{{Code: "TJ1", Du: simphonie.MustJour("2026-11-02"), Au: simphonie.MustJour(sortie).AddDays(-1), Prix: 700_100_000, Reference: "FICTIF"}},
		Actes: actes,
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2010-01-01")}}},
		Frais: []sejour.Frais{{Code: "CP", Jour: simphonie.MustJour("2026-11-02"), Quantite: 2, PrixUnitaire: 60_000_000, Debiteur: simphonie.AMC(amc), Reference: "FICTIF"}}}
	r, err := sejour.Compute(&s, &sejour.Options{ConnuAu: jour, Tarifs: tarifs, Baremes: droits.Baremes{Base: base}, RegimesTMF: regimes,
		Interpretations: sejour.Interpretations{AMCDeclaree: sejour.AMCAssureur}})
	require.NoError(t, err)
	require.Equal(t, sejour.Chiffre, r.Issue, "%v", r.Anomalies)
	return r
}

// A stay from its price to its bill: simulated at the entry on the expected
// exit, computed at the exit, stale when the stay changes, computed again.
func TestSejourDeLaSIMALaFacture(t *testing.T) {
	h, ctx := nouvelHopital(t), t.Context()
	b := connu(t, amc, "ordinaire")
	d, err := dossier.New("26000077", amc)
	require.NoError(t, err)
	suite, _, err := h.client.IDB(ctx, &d, h.idb("26000077", b))
	require.NoError(t, err)

	// Two nights expected: 1400.20 at 80 %, three days of forfait, a private room.
	prevu := prixSejour(t, "2026-11-04")
	sim := h.sim("26000077", b)
	sim.Chiffrage = roc.Chiffrage{Lignes: prevu.Facture.Lignes, Parts: prevu.Facture.Parts}
	suite, simulation, err := h.client.SIM(ctx, &suite.Dossier, sim)
	require.NoError(t, err)
	require.Empty(t, suite.Anomalies)
	assert.Equal(t, dossier.Simule, suite.Dossier.Etat)
	// The insurer pays the ticket modérateur, the forfait and half of the room.
	for i, part := range []simphonie.Montant{28004, 6900, 6000} {
		assert.Equal(t, part, simulation.Montants[i].Part, "%d", i)
	}

	// A heavy act, and a night more.
	reel := prixSejour(t, "2026-11-05", sejour.Acte{Code: "ZZZZ001", Jour: simphonie.MustJour("2026-11-03"), Montant: 30000})
	clc := h.clc("26000077", b)
	clc.Chiffrage = roc.Chiffrage{Lignes: reel.Facture.Lignes, Parts: reel.Facture.Parts}
	suite, calcul, err := h.client.CLC(ctx, &suite.Dossier, clc)
	require.NoError(t, err)
	require.Empty(t, suite.Anomalies)
	var total simphonie.Montant
	for i, part := range []simphonie.Montant{3200, 9200, 6000} { // 2100.30 at 100 % less 32.00; 4 × 23.00
		assert.Equal(t, part, calcul.Montants[i].Part, "%d", i)
		total += part
	}
	vivants := h.s.Vivants(amc, "26000077")
	require.Len(t, vivants, 1)
	assert.Equal(t, total, vivants[0].Total)

	// The same stay priced again is the same; another day of the same amount is not.
	encore := prixSejour(t, "2026-11-05", sejour.Acte{Code: "ZZZZ001", Jour: simphonie.MustJour("2026-11-03"), Montant: 30000})
	ch := roc.Chiffrage{Lignes: encore.Facture.Lignes, Parts: encore.Facture.Parts}
	suite = suite.Dossier.Applique(h.client.Perime(&clc.Entete, &ch), dossier.Politique{})
	assert.False(t, suite.Dossier.Calcul.Perime)
	ch.Lignes[0].Detail.Sejour.Au = ch.Lignes[0].Detail.Sejour.Au.AddDays(1)
	suite = suite.Dossier.Applique(h.client.Perime(&clc.Entete, &ch), dossier.Politique{})
	assert.True(t, suite.Dossier.Calcul.Perime)
	change := clc
	change.Chiffrage = ch
	refus := suite.Dossier.Applique(h.client.Emission("F-0", jour, change, nil), dossier.Politique{})
	assert.Contains(t, refus.Anomalies.Codes(), simphonie.Code("ROC-CALCUL-PERIME"))

	// Billed for what the insurer committed itself to: half of the room stays with the patient.
	suite = refus.Dossier.Applique(h.client.Perime(&clc.Entete, &clc.Chiffrage), dossier.Politique{})
	clc.Parts = suite.Dossier.Parts()
	suite = suite.Dossier.Applique(h.client.Emission("F-1", jour, clc, nil), dossier.Politique{})
	require.Empty(t, suite.Anomalies)
	assert.Equal(t, dossier.Facture, suite.Dossier.Etat)
	restes, err := clc.Restes(calcul.Montants)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Montant{0, 0, 6000}, restes)
}
