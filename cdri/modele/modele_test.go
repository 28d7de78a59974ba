package modele_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
)

func demande(change func(*modele.Demande)) *modele.Demande {
	d := &modele.Demande{EJ: "750712184", Moment: modele.Admission, Assure: simphonie.NIRRecu("181016322075140"),
		Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1", Regime: "01"}
	if change != nil {
		change(d)
	}
	return d
}

func TestVerifie(t *testing.T) {
	nir := func(s string) func(*modele.Demande) {
		return func(d *modele.Demande) { d.Assure = simphonie.NIRRecu(s) }
	}
	sansSiecle, err := simphonie.ParseDateNaissance("81-01-01")
	require.NoError(t, err)
	lunaire, err := simphonie.ParseDateNaissance("1950-42-00")
	require.NoError(t, err)
	for nom, c := range map[string]struct {
		change func(*modele.Demande)
		codes  []simphonie.Code
	}{
		"complète": {func(d *modele.Demande) {
			d.Caisse, d.Centre, d.Beneficiaire = "751", "A12", simphonie.NIRRecu("297022A02077878")
		}, nil},
		"minimale":             {nil, nil},
		"lunaire":              {func(d *modele.Demande) { d.Naissance = lunaire }, nil},
		"Corse":                {nir("297022A02077878"), nil},
		"sans établissement":   {func(d *modele.Demande) { d.EJ = "" }, []simphonie.Code{"CDRI-EJ-ABSENTE"}},
		"sans moment":          {func(d *modele.Demande) { d.Moment = 0 }, []simphonie.Code{"CDRI-MOMENT-ABSENT"}},
		"autre moment":         {func(d *modele.Demande) { d.Moment = 4 }, []simphonie.Code{"CDRI-MOMENT-ABSENT"}},
		"sans NIR":             {func(d *modele.Demande) { d.Assure = simphonie.NIR{} }, []simphonie.Code{"CDRI-NIR-ABSENT"}},
		"clé fausse":           {nir("181016322075141"), []simphonie.Code{"CDRI-NIR-FORME"}},
		"sans clé":             {nir("1810163220751"), []simphonie.Code{"CDRI-NIR-FORME"}},
		"provisoire MSA":       {nir("5555550000000"), []simphonie.Code{"CDRI-NIR-PROVISOIRE"}},
		"anonyme H, sans clé":  {nir("1555555751333"), []simphonie.Code{"CDRI-NIR-ANONYME"}},
		"anonyme F":            {nir("255555575133324"), []simphonie.Code{"CDRI-NIR-ANONYME"}},
		"en cours, 7":          {nir("7" + "81016322075140"[:12] + cle("7810163220751")), []simphonie.Code{"CDRI-NIR-EN-COURS"}},
		"en cours, 8":          {nir("8" + "81016322075140"[:12] + cle("8810163220751")), []simphonie.Code{"CDRI-NIR-EN-COURS"}},
		"bénéficiaire anonyme": {func(d *modele.Demande) { d.Beneficiaire = simphonie.NIRRecu("155555575133374") }, []simphonie.Code{"CDRI-NIR-ANONYME"}},
		"sans naissance":       {func(d *modele.Demande) { d.Naissance = simphonie.DateNaissance{} }, []simphonie.Code{"CDRI-NAISSANCE-ABSENTE"}},
		"sans siècle":          {func(d *modele.Demande) { d.Naissance = sansSiecle }, []simphonie.Code{"CDRI-NAISSANCE-SIECLE"}},
		"rang":                 {func(d *modele.Demande) { d.Rang = "12" }, []simphonie.Code{"CDRI-RANG"}},
		"régime":               {func(d *modele.Demande) { d.Regime = "1A" }, []simphonie.Code{"CDRI-REGIME"}},
		"caisse":               {func(d *modele.Demande) { d.Caisse = "75" }, []simphonie.Code{"CDRI-CAISSE"}},
		"centre":               {func(d *modele.Demande) { d.Centre = "a" }, []simphonie.Code{"CDRI-CENTRE"}},
	} {
		as := demande(c.change).Verifie(modele.Interpretations{})
		if len(c.codes) == 0 {
			assert.Empty(t, as, nom)
			continue
		}
		assert.Equal(t, c.codes, as.Codes(), nom)
		for _, a := range as {
			assert.Equal(t, simphonie.Bloquante, a.Gravite, nom)
			assert.Contains(t, a.Chemin, "demande.", nom)
		}
	}
	var aucune *modele.Demande
	assert.Equal(t, []simphonie.Code{"CDRI-DEMANDE-ABSENTE"}, aucune.Verifie(modele.Interpretations{}).Codes())

	// CDRI-I-NIR-EN-COURS: the other reading lets the number leave.
	assert.Empty(t, demande(nir("8810163220751"+cle("8810163220751"))).Verifie(modele.Interpretations{NIREnCours: modele.NIREnCoursEnvoye}))
	assert.NoError(t, modele.Interpretations{NIREnCours: modele.NIREnCoursRefuse}.Validate())
	assert.ErrorContains(t, modele.Interpretations{NIREnCours: "?"}.Validate(), "CDRI-I-NIR-EN-COURS")
}

func cle(treize string) string { return simphonie.NIRRecu(treize).CleCalculee() }

func TestRefus(t *testing.T) {
	r := &modele.Refus{Anomalies: demande(func(d *modele.Demande) { d.Rang, d.Regime = "", "" }).Verifie(modele.Interpretations{})}
	assert.Equal(t, "request refused: CDRI-RANG (demande.rang) CDRI-REGIME (demande.regime)", r.Error())
}

func TestTextes(t *testing.T) {
	for _, m := range []modele.Moment{0, modele.PreAdmission, modele.Admission, modele.Facturation} {
		b, err := m.MarshalText()
		require.NoError(t, err)
		var lu modele.Moment
		require.NoError(t, lu.UnmarshalText(b))
		assert.Equal(t, m, lu)
	}
	var m modele.Moment
	assert.ErrorContains(t, m.UnmarshalText([]byte("sortie")), "CDRI-MOMENT")
	assert.Empty(t, modele.Moment(9).String())
	for _, s := range []modele.Sens{modele.SensAVerifier, modele.Trouve, modele.NonTrouve, modele.Ambigu, modele.RegimeNonOuvert} {
		b, err := s.MarshalText()
		require.NoError(t, err)
		lu := modele.Trouve
		require.NoError(t, lu.UnmarshalText(b))
		assert.Equal(t, s, lu)
	}
	s := modele.Trouve
	require.NoError(t, s.UnmarshalText([]byte("autre")))
	assert.Equal(t, modele.SensAVerifier, s)
	assert.Equal(t, "a-verifier", modele.Sens(99).String())

	d := demande(nil)
	b, err := simphonie.MarshalEnClair(d)
	require.NoError(t, err)
	var relue modele.Demande
	require.NoError(t, json.Unmarshal(b, &relue))
	assert.Equal(t, *d, relue)
	assert.Equal(t, "a/1", (&modele.Profil{Nom: "a", Version: "1"}).String())
	assert.NotContains(t, (&modele.ErreurLigne{Code: "1810163220751"}).Error(), "1810163220751")
	assert.Len(t, modele.Regles(), len(modele.InterpretationsPossibles())+14)
}
