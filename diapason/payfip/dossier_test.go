package payfip_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// complet holds every state, and every field.
func complet() *payfip.Dossier {
	le := time.Date(2026, 11, 20, 9, 0, 0, 123456000, time.UTC)
	d := &payfip.Dossier{Dette: payfip.Dette{NumCli: "090909", Saisie: payfip.Production, Exercice: 2026, Refdet: "F2026000123"}}
	for e := payfip.Demandee; e <= payfip.Impayee; e++ {
		t := payfip.Tentative{Montant: 1700, Etat: e, DemandeeLe: le}
		if e > payfip.NonCreee {
			t.IDOp, t.CreeeLe, t.VueLe = payfip.IDOp("cc0cb210-1cd4-11EA-8cca-0213ad91a1"+string(rune('0'+e/10))+string(rune('0'+e%10))), le.Add(time.Second), le.Add(21*time.Minute)
		}
		if r, ok := map[payfip.Etat]payfip.Resultat{payfip.Abandonnee: "A", payfip.Refusee: "Z", payfip.Engagee: "V", payfip.Payee: "P", payfip.Encaissee: "V", payfip.Impayee: "V"}[e]; ok {
			t.Resultat, t.Transaction = r, payfip.Transaction{Jour: simphonie.MustJour("2026-11-20"), Heure: "10:03", Autorisation: "112233445566-tip"}
		}
		d.Tentatives = append(d.Tentatives, t)
	}
	d.Tentatives[2].PasAvant, d.Tentatives[2].Discordances, d.Tentatives[2].Resultat = le.Add(time.Hour), []string{"montant", "saisie"}, "P"
	d.Tentatives[4].Decision = &payfip.Decision{Par: "agent12", Motif: "page-fermee"}
	d.Tentatives[8].Contredite, d.Tentatives[8].Adoptee = true, true
	return d
}

// What a former release saved is read, and written the same way. The file is
// kept for ever.
func TestFormeGardee(t *testing.T) {
	b, err := os.ReadFile("testdata/dossier-v1.json")
	require.NoError(t, err)
	d, err := payfip.DecodeDossier(b)
	require.NoError(t, err)
	assert.Equal(t, complet(), d)
	encore, err := d.Encode()
	require.NoError(t, err)
	assert.JSONEq(t, string(b), string(encore))
	assert.Equal(t, payfip.Bilan{Paye: 3400, Engage: 1700, Paiements: 3}, d.Bilan())
}

// What no sequence of events gives is refused.
func TestDecodeRefuse(t *testing.T) {
	b, err := complet().Encode()
	require.NoError(t, err)
	if os.Getenv("ECRIT_FORMES") != "" { // for a new version only
		require.NoError(t, os.WriteFile("testdata/dossier-v1.json", append(b, '\n'), 0o600))
	}
	for _, v := range [][2]string{
		{"dossier/1", "dossier/2"}, {`"090909"`, `"90909"`}, {`"W"`, `"P"`}, {`"exer":2026`, `"exer":26`}, {"F2026000123", "F2026-123"}, {"en-attente", "attente"},
		{`"montant":"17.00"`, `"montant":"0.00"`}, {`"montant":"17.00"`, `"montant":"1000000000.00"`}, {`,"demandeeLe":"2026-11-20T09:00:00.123456Z"`, `,"demandeeLe":"0001-01-01T00:00:00Z"`},
		{`,"creeeLe":"2026-11-20T09:00:01.123456Z"`, ``}, {"a103", "a104"}, {"a103", "a1 3"}, {`"etat":"demandee"`, `"etat":"payee"`}, {`"etat":"expiree"`, `"etat":"demandee"`},
		{`"resultat":"V",`, ``}, {`"resultat":"V"`, `"resultat":"<>"`}, {`"par":"agent12"`, `"par":""`}, {`{"format"`, `{"mel":"x","format"`}, {`"tentatives":[`, `"tentatives":[{},`},
	} {
		x := strings.Replace(string(b), v[0], v[1], 1)
		require.NotEqual(t, string(b), x, v[0])
		_, err := payfip.DecodeDossier([]byte(x))
		assert.Error(t, err, v)
	}
	_, err = payfip.DecodeDossier([]byte(strings.Replace(string(b), "dossier/1", "dossier/2", 1)))
	assert.Equal(t, []simphonie.Code{"PAYFIP-DOSSIER-VERSION"}, codes(err))
	_, err = (&payfip.Dossier{}).Encode()
	assert.Equal(t, []simphonie.Code{"PAYFIP-DOSSIER"}, codes(err))
	var e payfip.Etat
	assert.Error(t, json.Unmarshal([]byte(`""`), &e))
	assert.Empty(t, payfip.Etat(99).String())
}

// Every state under every result: what was received stays received.
func TestTransitions(t *testing.T) {
	resultats := []payfip.Resultat{"P", "V", "A", "R", "Z", "Q"}
	// * is a contradiction: the state stays, and it is said.
	for etat, suites := range map[payfip.Etat]string{
		payfip.EnAttente:  "payee engagee abandonnee refusee refusee en-attente",
		payfip.Expiree:    "payee engagee abandonnee refusee refusee expiree",
		payfip.Purgee:     "payee engagee abandonnee refusee refusee purgee",
		payfip.Abandonnee: "payee engagee abandonnee refusee refusee abandonnee",
		payfip.Refusee:    "payee engagee abandonnee refusee refusee refusee",
		payfip.Engagee:    "payee engagee abandonnee refusee refusee engagee",
		payfip.Payee:      "payee payee* payee* payee* payee* payee",
		payfip.Encaissee:  "encaissee* encaissee encaissee* encaissee* encaissee* encaissee",
		payfip.Impayee:    "impayee* impayee impayee impayee impayee impayee",
	} {
		for i, suite := range strings.Fields(suites) {
			vers, contredit := payfip.Apres(etat, resultats[i])
			attendu, etoile := strings.CutSuffix(suite, "*")
			assert.Equal(t, attendu, vers.String(), "%s %s", etat, resultats[i])
			assert.Equal(t, etoile, contredit, "%s %s", etat, resultats[i])
		}
	}
}

// The questions that an operation without a result costs: by hand, from 9:00.
func TestRythme(t *testing.T) {
	le := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	d := &payfip.Dossier{Dette: complet().Dette, Tentatives: []payfip.Tentative{{IDOp: "cc0cb210-1cd4", Montant: 1700, Etat: payfip.EnAttente, DemandeeLe: le, CreeeLe: le}}}
	x := &d.Tentatives[0]
	var heures []string
	for range 12 {
		x.VueLe = d.Prochaine()
		heures = append(heures, x.VueLe.Sub(le).String())
	}
	assert.Equal(t, []string{"5m0s", "10m0s", "15m0s", "20m0s", "50m0s", "1h20m0s", "2h0m0s", "3h0m0s", "4h30m0s", "6h45m0s", "10h7m30s", "15h11m15s"}, heures)
	x.VueLe = le.Add(72 * time.Hour)
	assert.Equal(t, 24*time.Hour, d.Prochaine().Sub(x.VueLe), "one day at most")
	x.VueLe = le.Add(17 * time.Minute)
	assert.Equal(t, le.Add(20*time.Minute), d.Prochaine(), "the end of the wait is not missed")
	x.PasAvant = le.Add(40 * time.Minute)
	assert.Equal(t, x.PasAvant, d.Prochaine())
	x.PasAvant, x.VueLe = time.Time{}, le.Add(365*24*time.Hour)
	assert.True(t, d.Prochaine().IsZero(), "results are readable for a year")
	x.PasAvant, x.VueLe = le.Add(365*24*time.Hour), le
	assert.True(t, d.Prochaine().IsZero(), "nor asked about for longer when PayFiP never answers")
	x.PasAvant = time.Time{}
	for e := payfip.Demandee; e <= payfip.Impayee; e++ {
		x.Etat, x.VueLe = e, le
		assert.Equal(t, e != payfip.EnAttente && e != payfip.Expiree, d.Prochaine().IsZero(), e)
	}
}

// A debt has 200 operations at most.
func TestTrop(t *testing.T) {
	c, s, m := monte(t)
	de := dette(t, c)
	require.NoError(t, m.Modifie(t.Context(), de, func(d *payfip.Dossier) error {
		for range 200 {
			d.Tentatives = append(d.Tentatives, payfip.Tentative{Montant: 1700, Etat: payfip.Demandee, DemandeeLe: s.Maintenant().Add(-time.Hour)})
		}
		return nil
	}))
	_, err := c.Ouvre(t.Context(), demande())
	assert.Equal(t, []simphonie.Code{"PAYFIP-TROP"}, codes(err))
}
