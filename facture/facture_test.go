package facture_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// exemple is an outpatient line at 70 % with its two parts, and a supplement
// at 100 %: 139.75 × 70 % = 97.83 and 41.92.
func exemple() facture.Facture {
	return facture.Facture{Venue: "1", Nature: droits.Maladie, Lignes: []facture.Ligne{
		{Code: "X1", Support: -1, Quantite: 1, Coefficient: simphonie.Un, PrixUnitaire: 139_750_000, Honoraires: 13975, BRAMO: 13975, BRAMC: 13975,
			Taux: simphonie.PourCent(70), MRO: 9783, MRC: 4192},
		{Code: "X2", Support: 0, Quantite: 1, Coefficient: simphonie.Un, Honoraires: 500, BRAMO: 500, BRAMC: 500, Taux: simphonie.Cent, Exoneration: facture.ExoALD, MRO: 500},
	}, Parts: []facture.Part{
		{Ligne: 0, Debiteur: simphonie.AMO, Montant: 9783, Etat: facture.Theorique},
		{Ligne: 0, Debiteur: simphonie.AMC("401166"), Montant: 4000, Etat: facture.Engage},
		{Ligne: 0, Debiteur: simphonie.Patient, Montant: 192, Etat: facture.Simule},
		{Ligne: 1, Debiteur: simphonie.AMO, Montant: 500, Etat: facture.Facturee},
	}}
}

func TestVerify(t *testing.T) {
	f := exemple()
	assert.Empty(t, f.Verify())
	total, err := f.Total()
	require.NoError(t, err)
	assert.Equal(t, "144.75", total.String())
	amo, err := f.TotalPar(simphonie.AMO)
	require.NoError(t, err)
	assert.Equal(t, "102.83", amo.String())
	assert.Equal(t, []simphonie.Debiteur{simphonie.AMO, simphonie.AMC("401166"), simphonie.Patient}, f.Debiteurs())

	const enorme = simphonie.Montant(1<<63 - 1)
	for nom, c := range map[string]struct {
		casse func(f *facture.Facture)
		codes []simphonie.Code
	}{
		"part perdue":      {func(f *facture.Facture) { f.Parts = f.Parts[:3] }, []simphonie.Code{"FAC-PARTS-LIGNE", "FAC-PART-AMO"}},
		"part double":      {func(f *facture.Facture) { f.Parts = append(f.Parts, f.Parts[2]) }, []simphonie.Code{"FAC-PARTS-LIGNE"}},
		"part orpheline":   {func(f *facture.Facture) { f.Parts = append(f.Parts, facture.Part{Ligne: 9, Debiteur: simphonie.AMO}) }, []simphonie.Code{"FAC-PART-ORPHELINE"}},
		"sans débiteur":    {func(f *facture.Facture) { f.Parts = append(f.Parts, facture.Part{Ligne: 1}) }, []simphonie.Code{"FAC-PART-ORPHELINE"}},
		"AMO au patient":   {func(f *facture.Facture) { f.Parts[3].Debiteur = simphonie.Patient }, []simphonie.Code{"FAC-PART-AMO"}},
		"support":          {func(f *facture.Facture) { f.Lignes[1].Support = 7 }, []simphonie.Code{"FAC-SUPPORT"}},
		"support soi-même": {func(f *facture.Facture) { f.Lignes[1].Support = 1 }, []simphonie.Code{"FAC-SUPPORT"}},
		"exo sans 100 %":   {func(f *facture.Facture) { f.Lignes[0].Exoneration = facture.ExoALD }, []simphonie.Code{"FAC-EXO-TAUX"}},
		"MRO d'un autre taux": {func(f *facture.Facture) { f.Lignes[1].BRAMO, f.Lignes[1].Taux = 50000, simphonie.PourCent(70) },
			[]simphonie.Code{"FAC-EXO-TAUX", "FAC-TAUX"}},
		"participation": {func(f *facture.Facture) {
			f.Lignes[1].MRO, f.Lignes[1].TMF, f.Parts[3].Montant = 300, 200, 300
			f.Lignes[1].Participation = facture.ParticipationAssure
			f.Parts = append(f.Parts, facture.Part{Ligne: 1, Debiteur: simphonie.Patient, Montant: 200})
		}, nil},
		"MTM": {func(f *facture.Facture) {
			f.Lignes[1].MRO, f.Lignes[1].MRC, f.Lignes[1].MTM, f.Parts[3].Montant = 300, 200, 200, 300
			f.Parts = append(f.Parts, facture.Part{Ligne: 1, Debiteur: simphonie.AMC("99999997"), Montant: 200})
		}, nil},
		"MRC négatif":    {func(f *facture.Facture) { f.Lignes[1].MRC = -1 }, []simphonie.Code{"FAC-MRC"}},
		"parts opposées": {func(f *facture.Facture) { f.Parts[1].Montant, f.Parts[2].Montant = 4193, -1 }, []simphonie.Code{"FAC-SIGNE"}},
		"ASPA à 70 %":    {func(f *facture.Facture) { f.Lignes[0].Exoneration = facture.ExoASPA }, nil},
		"MRO trop grand": {func(f *facture.Facture) { f.Lignes[1].BRAMO = 499 }, []simphonie.Code{"FAC-MRO", "FAC-TAUX"}},
		"dépassement": {func(f *facture.Facture) {
			f.Parts[1].Montant, f.Parts[2].Montant, f.Lignes[0].Honoraires = enorme, enorme, enorme
		},
			[]simphonie.Code{"FAC-DEPASSEMENT", "FAC-DEPASSEMENT"}},
		"dépassement AMO": {func(f *facture.Facture) {
			f.Parts = []facture.Part{{Ligne: 0, Debiteur: simphonie.AMO, Montant: enorme}, {Ligne: 0, Debiteur: simphonie.Patient, Montant: -enorme},
				{Ligne: 0, Debiteur: simphonie.AMO, Montant: enorme}, {Ligne: 1, Debiteur: simphonie.AMO, Montant: 500}}
		}, []simphonie.Code{"FAC-DEPASSEMENT"}},
	} {
		f := exemple()
		c.casse(&f)
		as := f.Verify()
		if len(c.codes) == 0 {
			assert.Empty(t, as, nom)
		} else {
			assert.Equal(t, c.codes, as.Codes(), nom)
		}
	}
	f.Parts[1].Montant, f.Parts[2].Montant = enorme, enorme
	_, err = f.TotalPar(simphonie.Patient)
	assert.NoError(t, err)
	f.Parts[1].Debiteur = simphonie.Patient
	_, err = f.TotalPar(simphonie.Patient)
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
}

func TestContrepasser(t *testing.T) {
	f := exemple()
	r, err := f.Contrepasser()
	require.NoError(t, err)
	assert.Empty(t, r.Verify())
	assert.Equal(t, simphonie.Montant(13975), f.Lignes[0].Honoraires, "the invoice itself does not change")
	for _, d := range f.Debiteurs() {
		a, err := f.TotalPar(d)
		require.NoError(t, err)
		b, err := r.TotalPar(d)
		require.NoError(t, err)
		assert.Equal(t, a, -b)
	}
	f.Lignes[0].MRC = -1 << 63
	_, err = f.Contrepasser()
	assert.ErrorIs(t, err, simphonie.ErrDepassement)
}

func TestFactureJSON(t *testing.T) {
	f := exemple()
	f.Lignes[0].Detail.Urgence = &facture.DetailUrgence{Specialite: "04"}
	f.Lignes[0].Participation, f.Lignes[0].Qualificatif = facture.ParticipationLocale, facture.QualifDepassementPermis
	b, err := json.Marshal(f)
	require.NoError(t, err)
	var relue facture.Facture
	require.NoError(t, json.Unmarshal(b, &relue))
	assert.Equal(t, f, relue)

	var exo facture.Exoneration
	for i, code := range "01345679C" {
		require.NoError(t, exo.UnmarshalText([]byte(string(code))))
		assert.Equal(t, facture.Exoneration(i), exo)
		assert.Equal(t, string(code), exo.String())
	}
	var q facture.Qualificatif
	for _, faute := range []string{"2", "8", "", "10"} {
		assert.ErrorContains(t, exo.UnmarshalText([]byte(faute)), "DROITS-EXONERATION")
		assert.ErrorContains(t, q.UnmarshalText([]byte(faute)), "FAC-LETTRE")
	}
	assert.Equal(t, []byte("???"), []byte{facture.Exoneration(99).Code(), facture.Qualificatif(99).Code(), facture.Participation(99).Code()})
	var e facture.Etat
	assert.ErrorContains(t, e.UnmarshalText([]byte("paye")), "FAC-ETAT")
	assert.Equal(t, "inconnu", facture.Etat(9).String())
}

// explique writes the steps that make the first line of exemple.
func explique(t *testing.T) (*facture.Explication, facture.Facture) {
	t.Helper()
	f := exemple()
	f.Lignes, f.Parts = f.Lignes[:1], f.Parts[:1]
	f.Parts = append(f.Parts, facture.Part{Ligne: 0, Debiteur: simphonie.AMC("401166"), Montant: 4192, Etat: facture.Theorique})
	r := &simphonie.Regle{Code: "X-R", Source: "RG_VF670", Message: "Taux {0}."}
	x := facture.NewExplication()
	x.Decide(0, r, "70 %")
	x.Calcule(0, r, facture.Produit, facture.ChampHonoraires, 13975, &tarif.ArrVF643Produit,
		facture.Donnee("prix", facture.DePrix(139_750_000)), facture.Donnee("quantité", facture.DeNombre(1)), facture.Donnee("coefficient", facture.DeCoefficient(simphonie.Un)))
	x.Calcule(0, r, facture.Copie, facture.ChampBRAMO, 13975, nil, facture.Resultat(0, facture.ChampHonoraires, 13975))
	x.Calcule(0, r, facture.Copie, facture.ChampBRAMC, 13975, nil, facture.Resultat(0, facture.ChampHonoraires, 13975))
	x.Calcule(0, r, facture.Pourcentage, facture.ChampMRO, 9783, &tarif.ArrVF670,
		facture.Resultat(0, facture.ChampBRAMO, 13975), facture.Donnee("taux", facture.DeTaux(simphonie.PourCent(70))))
	x.Calcule(0, r, facture.Difference, facture.ChampMRC, 4192, nil,
		facture.Resultat(0, facture.ChampBRAMC, 13975), facture.Resultat(0, facture.ChampMRO, 9783))
	x.Calcule(0, r, facture.Copie, facture.ChampPart(simphonie.AMO), 9783, nil, facture.Resultat(0, facture.ChampMRO, 9783))
	x.Calcule(0, r, facture.Copie, facture.ChampPart(simphonie.AMC("401166")), 4192, nil, facture.Resultat(0, facture.ChampMRC, 4192))
	return x, f
}

func TestRejouer(t *testing.T) {
	x, f := explique(t)
	require.NoError(t, x.Prouve(&f))
	assert.Equal(t, strings.Join([]string{
		"L1 Taux 70 %. [X-R, RG_VF670]",
		"L1 Honoraires : 139.75 × 1 × 1 = 139.75 (ARR-VF643-PRODUIT) [X-R, RG_VF670]",
		"L1 Base AMO : 139.75 [X-R, RG_VF670]",
		"L1 Base complémentaire : 139.75 [X-R, RG_VF670]",
		"L1 Part remboursée par l'AMO : 139.75 × 70 % = 97.83 (ARR-VF670) [X-R, RG_VF670]",
		"L1 Part complémentaire : 139.75 − 97.83 = 41.92 [X-R, RG_VF670]",
		"L1 À la charge de : amo : 97.83 [X-R, RG_VF670]",
		"L1 À la charge de : amc 401166 : 41.92 [X-R, RG_VF670]",
	}, "\n"), x.String())

	b, err := json.Marshal(x)
	require.NoError(t, err)
	for de, vers := range map[string]string{
		`"valeur":"97.83"`:            `"valeur":"97.82"`, // every result must be what its operands give
		`"valeur":"139.75"`:           `"valeur":"x"`,
		`"op":"difference"`:           `"op":"magie"`,
		`"arrondi":"ARR-VF670"`:       `"arrondi":"ARR-INCONNU"`,
		`"nom":"L1.HONORAIRES"`:       `"nom":"L9.HONORAIRES"`,
		`"op":"copie","operandes":[{`: `"op":"copie","operandes":[],"x":[{`,
	} {
		faux := strings.Replace(string(b), de, vers, 1)
		require.NotEqual(t, string(b), faux, de)
		_, err := facture.Rejouer([]byte(faux))
		assert.ErrorContains(t, err, "FAC-REJEU", "%s", de)
	}
	_, err = facture.Rejouer([]byte("x"))
	assert.ErrorContains(t, err, "FAC-REJEU-FORME")

	f.Lignes[0].MRC++
	assert.ErrorContains(t, x.Prouve(&f), "FAC-REJEU-ECART L1.MRC")
	f.Lignes[0].MRC--
	f.Parts[1].Debiteur = simphonie.Patient
	assert.ErrorContains(t, x.Prouve(&f), "FAC-REJEU-MANQUE L1.PART patient")
}

// An explanation is kept with its invoice, and proves it when it is read back.
func TestExplicationRelue(t *testing.T) {
	x, f := explique(t)
	b, err := json.Marshal(x)
	require.NoError(t, err)
	var relue facture.Explication
	require.NoError(t, json.Unmarshal(b, &relue))
	require.NoError(t, relue.Prouve(&f))
	encore, err := json.Marshal(&relue)
	require.NoError(t, err)
	assert.Equal(t, string(b), string(encore))
	assert.Equal(t, x.String(), relue.String())
	for _, faux := range []string{`{}`, `[{"op":"magie"}]`, `[{"op":"copie","arrondi":"X"}]`, `[{"op":"copie","operandes":[{"nom":"a","valeur":"x"}]}]`,
		`[{"op":"copie","resultat":{"nom":"L1","valeur":"1.00000000000"}}]`, `[{"op":"copie","resultat":{"nom":"L9999999999.X","valeur":"1"}}]`} {
		assert.Error(t, json.Unmarshal([]byte(faux), &relue), faux)
	}
	assert.ErrorContains(t, json.Unmarshal([]byte(`[{"op":"magie"}]`), &relue), "FAC-EXPLICATION")
}

// An explanation added after another one speaks of the lines where they are now.
func TestSuivie(t *testing.T) {
	x, f := explique(t)
	y, g := explique(t)
	z := x.Suivie(y, 1)
	f.Lignes = append(f.Lignes, g.Lignes...)
	for _, p := range g.Parts {
		p.Ligne++
		f.Parts = append(f.Parts, p)
	}
	require.NoError(t, z.Prouve(&f))
	require.NoError(t, y.Prouve(&g), "the second one itself does not change")
}

// FuzzRejouer: any text is replayed or refused.
func FuzzRejouer(f *testing.F) {
	f.Add([]byte(`[{"op":"produit","operandes":[{"nom":"a","valeur":"2"},{"nom":"b","valeur":"1.5"}],"resultat":{"nom":"L1.X","valeur":"3"}}]`))
	f.Add([]byte(`[{"op":"pourcentage","operandes":[{"nom":"a","valeur":"1e5"}],"resultat":{"nom":"L1.X","valeur":"3"}}]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := facture.Rejouer(b)
		if (r == nil) != (err != nil) {
			t.Fatal(r, err)
		}
	})
}
