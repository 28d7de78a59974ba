package urgences_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

// hasard draws a visit; most draws are billable, all are legal inputs.
func hasard(t testing.TB, r *rand.Rand) *urgences.Passage {
	un := func(n int) bool { return r.IntN(n) == 0 }
	p := ordinaire(t, "2026-03-04 10:00")
	p.DebutSoins = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(4*365*24*60)) * time.Minute)
	p.Arrivee, p.Sortie = p.DebutSoins.Add(-time.Hour), p.DebutSoins.Add(30*time.Hour)
	p.Naissance = simphonie.NaissanceLe(simphonie.JourOf(p.DebutSoins).AddDays(-r.IntN(90 * 365)))
	p.CCMU = urgences.CCMU([]string{"1", "2", "3", "4", "5", "P", "D"}[r.IntN(7)])
	p.Actes = []string{"ZZZZ901"}
	p.Diagnostic = []string{"Z99.1", "Z99.2", "Z00.0"}[r.IntN(3)]
	p.ModeArrivee = []urgences.ModeArrivee{urgences.VehiculeA, urgences.VehiculeD, urgences.ParSesMoyens, urgences.Aeronef}[r.IntN(4)]
	for range r.IntN(3) {
		p.Biologie = append(p.Biologie, p.DebutSoins.Add(time.Duration(r.IntN(600))*time.Minute))
		p.Avis = append(p.Avis, urgences.Avis{Specialite: fmt.Sprintf("%02d", r.IntN(4)), Debut: p.DebutSoins.Add(time.Duration(r.IntN(600)) * time.Minute),
			SurDemande: simphonie.OuiSi(!un(4)), AupresDuPatient: simphonie.OuiSi(!un(4)), EnCharge: un(4)})
		a := urgences.Imagerie{Type: urgences.Conventionnelle, ParRadiologue: simphonie.OuiSi(!un(4)), CompteRendu: simphonie.OuiSi(!un(4)), Debut: p.DebutSoins.Add(time.Duration(r.IntN(600)) * time.Minute)}
		if un(2) {
			a.Type, a.Forfait, a.Scanner = urgences.Coupe, urgences.FTN, un(2)
		}
		p.Imagerie = append(p.Imagerie, a)
	}
	for _, d := range []func(*droits.Acquisition){ald, rente, local, c2s, ame, mines, atDeclare} {
		if un(5) {
			d(p.Droits)
		}
	}
	p.Soins.LieeAT = len(p.Droits.AT) > 0 && len(p.Droits.Situations) == 0 && un(2)
	p.Soins.LieeMaternite, p.Soins.Attentat, p.Soins.ViolenceSexuelle = un(9), un(9), un(9)
	if un(3) {
		p.Orientation = []urgences.Orientation{urgences.Deces, urgences.UHCD, urgences.Psychiatrie, urgences.PartiSansSoins}[r.IntN(4)]
	}
	return p
}

// Whatever the visit: parts add up to lines, nothing is negative, the steps give
// every amount again, the controls find nothing, two steps give what one gives,
// a reversal cancels, and the same inputs give the same bytes.
func TestProprietes(t *testing.T) {
	graine := uint64(time.Now().UnixNano())
	t.Logf("graine %d", graine)
	r := rand.New(rand.NewPCG(graine, 1))
	o := options(t, connuAu)
	factures, tirages := 0, 1500
	if testing.Short() {
		tirages = 150
	}
	for range tirages {
		p := hasard(t, r)
		res, err := urgences.Compute(p, o)
		require.NoError(t, err)
		require.NotEqual(t, urgences.AVerifier, res.Issue, "%v", res.Anomalies)
		if res.Issue != urgences.Facturable {
			require.Empty(t, res.Facture.Lignes)
			continue
		}
		factures++
		prouve(t, &res)
		total, err := res.Facture.Total()
		require.NoError(t, err)
		var parts simphonie.Montant
		for _, part := range res.Facture.Parts {
			require.Positive(t, part.Montant)
			parts += part.Montant
		}
		require.Equal(t, total, parts)

		as, err := urgences.Controler(p, res.Facture.Lignes, o)
		require.NoError(t, err)
		require.Empty(t, as)

		part, err := urgences.PartPatient(p, o)
		require.NoError(t, err)
		suite, err := urgences.Forfaits(p, o)
		require.NoError(t, err)
		deux, err := urgences.Fusionner(p, &part, &suite, o)
		require.NoError(t, err)
		require.Equal(t, res.Facture, deux.Facture)

		annule, err := urgences.Requalifier(&res, urgences.UHCD)
		require.NoError(t, err)
		moins, err := annule.Contrepassation.Total()
		require.NoError(t, err)
		require.Zero(t, total+moins)

		encore, err := urgences.Compute(p, o)
		require.NoError(t, err)
		a, err := json.Marshal(res)
		require.NoError(t, err)
		b, err := json.Marshal(encore)
		require.NoError(t, err)
		require.Equal(t, string(a), string(b))
	}
	require.Greater(t, factures, tirages/2)
}

// A part that is dropped, doubled or changed breaks the proof; so does a step.
func TestLaPreuvePeutEchouer(t *testing.T) {
	r := compute(t, avec(ordinaire(t, "2026-03-04 23:00"), ald), options(t, connuAu))
	f := r.Facture
	f.Parts = f.Parts[1:]
	assert.NotEmpty(t, f.Verify())
	f.Parts = append(append(f.Parts[:0:0], r.Facture.Parts...), r.Facture.Parts[0])
	assert.NotEmpty(t, f.Verify())
	f = r.Facture
	f.Lignes = append(f.Lignes[:0:0], r.Facture.Lignes...)
	f.Lignes[0].MRO++
	assert.NotEmpty(t, f.Verify())
	assert.Error(t, r.Explication.Prouve(&f))
	r.Explication.Etapes = r.Explication.Etapes[:len(r.Explication.Etapes)-1]
	assert.Error(t, r.Explication.Prouve(&r.Facture))
}

// Canaries in every personal field of a visit never come out: not in results,
// explanations, anomalies or errors, nor through fmt, JSON or slog.
func TestMasque(t *testing.T) {
	canaris := []string{"2960133554870", "CANARINOM", "CANARIPRENOM", "1996-01-13", "960113", "CANARIMT"}
	p := ordinaire(t, "2026-03-04 23:00")
	p.Naissance = naissance(t, "1996-01-13")
	p.Droits.Assure.NIR = simphonie.NIRRecu("296013355487012")
	p.Droits.Beneficiaire = droits.Beneficiaire{NIR: simphonie.NIRRecu("296013355487012"),
		Nom: simphonie.NewConfidentiel("CANARINOM"), Prenom: simphonie.NewConfidentiel("CANARIPRENOM"), Naissance: p.Naissance}
	p.Droits.MedecinTraitant = &droits.MedecinTraitant{Nom: simphonie.NewConfidentiel("CANARIMT")}
	var sortie strings.Builder
	montre := func(v any) { sortie.WriteString(canari.Montre(v)) }
	r := compute(t, p, options(t, connuAu))
	montre(*p)
	montre(p)
	montre(*p.Droits)
	montre(p.Droits.Beneficiaire)
	montre(p.Naissance)
	montre(r)
	sortie.WriteString(r.Explication.String())
	_, err := urgences.Fusionner(p, &r, &r, options(t, connuAu))
	require.NoError(t, err)
	for _, faute := range []string{
		`{"naissance":"1996-01-13x"}`, `{"naissance":19960113}`, `{"CANARINOM":1}`, `{"venue":{"nom":"CANARINOM"}}`,
		`{"droits":{"assure":{"nir":296013355487012}}}`, `{"debutSoins":"CANARINOM"}`, `{"arrivee":"1996-01-13"}`, `{"droits":{"organisme":"CANARINOM`,
	} {
		_, err := urgences.ParsePassage([]byte(faute))
		require.Error(t, err)
		sortie.WriteString(strings.ReplaceAll(err.Error(), `json: unknown field`, ""))
	}
	require.Greater(t, sortie.Len(), 5000, "something must have been captured")
	for _, c := range canaris {
		if c == "CANARINOM" { // the name of an unknown field is quoted back when it looks like one
			assert.Equal(t, 1, strings.Count(sortie.String(), c))
			continue
		}
		assert.NotContains(t, sortie.String(), c)
	}
}

// A visit survives JSON but for its masked fields, which must be asked for.
func TestPassageJSON(t *testing.T) {
	p := ordinaire(t, "2026-03-04 23:00")
	p.Codes = []urgences.CodeSaisi{{Code: "FU2", Jour: jour("2026-03-04")}}
	p.Soins.LieeAT = true
	avec(avec(p, atDeclare), ald)
	b, err := json.Marshal(p)
	require.NoError(t, err)
	b = bytes.Replace(b, []byte("1990-**-**"), []byte(p.Naissance.Clair()), 1)
	q, err := urgences.ParsePassage(b)
	require.NoError(t, err)
	assert.True(t, p.DebutSoins.Equal(q.DebutSoins))
	q.Arrivee, q.DebutSoins, q.Sortie = p.Arrivee, p.DebutSoins, p.Sortie
	assert.Equal(t, *p, q)

	for faute, attendu := range map[string]string{
		"{\n \"venu\": 1}":           "JSON-CHAMP venu line 2",
		"{\n \"venue\": 1}":          "JSON-VALEUR venue line 2",
		"{\"venue\":\"1\"} x":        "JSON-RESTE",
		"{":                          "JSON-SYNTAXE",
		"":                           "JSON-SYNTAXE",
		`{"naissance":"1990-**-**"}`: "ID-NAISSANCE",
		`{"etablissement":{"territoire":"paris"}}`:        "ID-LISTE",
		`{"soins":{"exoneration":{"code":5}}}`:            "JSON-VALEUR",
		`{"droits":{"etm":[{"code":"1","pays":1}]}}`:      "JSON-CHAMP pays",
		`{"orientation":"uhcd","Orientation":"domicile"}`: "JSON-CHAMP Orientation",
		`{"orientation":"uhcd","orientation":"domicile"}`: "JSON-DOUBLE orientation",
	} {
		_, err := urgences.ParsePassage([]byte(faute))
		assert.ErrorContains(t, err, attendu, faute)
	}
}

// FuzzPassage: any JSON is read or refused, and what is read is priced without
// a panic, its invoice proven.
func FuzzPassage(f *testing.F) {
	o := options(f, connuAu)
	for _, p := range []*urgences.Passage{ordinaire(f, "2026-03-07 23:30"), avec(ordinaire(f, "2026-03-04 10:00"), ame)} {
		b, err := json.Marshal(p)
		require.NoError(f, err)
		f.Add(bytes.Replace(b, []byte("1990-**-**"), []byte("1990-06-15"), 1))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := urgences.ParsePassage(b)
		if err != nil {
			return
		}
		r, err := urgences.Compute(&p, o)
		if err == nil && r.Issue == urgences.Facturable {
			prouve(t, &r)
		}
	})
}

// The same prices give the same digest, in any order and however split.
func TestEmpreinte(t *testing.T) {
	o := options(t, connuAu)
	var rangs []tarif.Tarif
	for r := range o.Tarifs.All() {
		rangs = append(rangs, r)
	}
	rand.Shuffle(len(rangs), func(i, j int) { rangs[i], rangs[j] = rangs[j], rangs[i] })
	c, err := tarif.New(rangs, tarif.LoadOptions{})
	require.NoError(t, err)
	assert.Equal(t, o.Tarifs.Empreinte(), c.Empreinte())
	rangs[0].Prix++
	c, err = tarif.New(rangs, tarif.LoadOptions{})
	require.NoError(t, err)
	assert.NotEqual(t, o.Tarifs.Empreinte(), c.Empreinte())
}
