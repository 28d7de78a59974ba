package simphonie_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
)

// Published test identities of INSi, and anonymous numbers of the norme B2.
func TestNIR(t *testing.T) {
	for _, c := range []struct{ numero, cle string }{
		{"2751263220749", "74"}, {"297022A020778", "78"}, {"160012B020777", "13"}, {"180032B020401", "23"},
		{"2360663220836", "56"}, {"1100863220830", "60"}, {"1090763220834", "89"}, {"2090763220834", "39"},
		{"2090663220123", "55"}, {"1010663220754", "60"}, {"1090763220888", "35"}, {"1810163220751", "40"},
		{"1555555601333", "15"}, {"2555555601333", "62"}, {"1555555751333", "74"}, {"2555555751333", "24"},
		{"1555555841333", "90"}, {"2555555999333", "53"}, {"2555555131333", "97"},
	} {
		n, err := simphonie.ParseNIR(c.numero + c.cle)
		require.NoError(t, err, c.numero)
		assert.Equal(t, c.numero, n.Numero())
		assert.Equal(t, c.cle, n.CleCalculee())
		sans := simphonie.NIRRecu(" " + c.numero + " ")
		assert.ErrorIs(t, sans.Valide(), simphonie.ErrCleAbsente)
		assert.ErrorContains(t, sans.Valide(), "ID-NIR-CLE-ABSENTE")
		assert.Equal(t, c.cle, sans.CleCalculee())
	}
	n, err := simphonie.ParseNIR("2 75 12 63 220 749 74")
	require.NoError(t, err, "spaces are allowed in what is typed")
	assert.Equal(t, simphonie.NIRRecu("275126322074974"), n)

	// A wrong key is refused when typed, kept and flagged when received.
	_, err = simphonie.ParseNIR("181036322045660") // CNDA fixture, 76 expected
	assert.ErrorIs(t, err, simphonie.ErrCle)
	assert.ErrorContains(t, err, "ID-NIR-CLE ")
	var recu simphonie.NIR
	require.NoError(t, json.Unmarshal([]byte(`"181036322045660"`), &recu))
	assert.Equal(t, "181036322045660", recu.Clair())
	assert.ErrorIs(t, recu.Valide(), simphonie.ErrCle)
	assert.Equal(t, "76", recu.CleCalculee())

	for _, s := range []string{"", "1", "27512632207497", "2751263220749X4", "27512C322074974", "2A5126322074974"} {
		recu := simphonie.NIRRecu(s)
		assert.ErrorIs(t, recu.Valide(), simphonie.ErrSyntaxe, s)
		assert.ErrorContains(t, recu.Valide(), "ID-NIR-FORME")
		assert.Equal(t, "", recu.Numero()+recu.CleCalculee())
	}
	assert.True(t, simphonie.NIRRecu("5555555555555").ResortissantDePassage())
	assert.True(t, simphonie.NIRRecu("6555555555555").ResortissantDePassage())
	assert.False(t, n.ResortissantDePassage() || simphonie.NIR{}.ResortissantDePassage())
	assert.True(t, simphonie.NIR{}.IsZero())
}

// Keys recalled or printed; T22 for the Corsican form of the norme B2.
func TestIdentifiantsALuhn(t *testing.T) {
	for _, s := range []string{"750100125", "750712184", "690781810", "2A0002689", "2A0002168", "200102689"} {
		_, err := simphonie.ParseFINESS(s)
		assert.NoError(t, err, s)
	}
	assert.Equal(t, "200102689", simphonie.FINESS("2A0002689").NormeB2())
	assert.Equal(t, "200102168", simphonie.FINESS("2A0002168").NormeB2())
	assert.Equal(t, "200202689", simphonie.FINESS("2B0002689").NormeB2())
	assert.Equal(t, "750712184", simphonie.FINESS("750712184").NormeB2())
	_, err := simphonie.ParseFINESS("750712185")
	assert.ErrorIs(t, err, simphonie.ErrCle)
	assert.ErrorContains(t, err, "ID-FINESS-CLE")
	_, err = simphonie.ParseFINESS("75071218")
	assert.ErrorIs(t, err, simphonie.ErrSyntaxe)
	assert.ErrorContains(t, err, "ID-FINESS-FORME")
	_, err = simphonie.ParseFINESS("75-712184")
	assert.ErrorIs(t, err, simphonie.ErrSyntaxe)
	_, err = simphonie.ParseRPPS("99900063480")
	assert.NoError(t, err)
	_, err = simphonie.ParseRPPS("99900063481")
	assert.ErrorIs(t, err, simphonie.ErrCle)
	assert.ErrorContains(t, err, "ID-RPPS-CLE")
	_, err = simphonie.ParseRPPS("9990006348")
	assert.ErrorContains(t, err, "ID-RPPS-FORME")
	for s, cle := range map[string]string{"9990006348": "0", "12345678": "2", "18083101": "8", "00000000": "0", "29199110": "7"} {
		k, err := simphonie.CleLuhn(s)
		require.NoError(t, err)
		assert.Equal(t, cle, string(k), s)
	}
}

func TestOrganismeEtAMC(t *testing.T) {
	assert.NoError(t, simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}.Valide())
	assert.NoError(t, simphonie.Organisme{Regime: "01"}.Valide())
	for _, o := range []simphonie.Organisme{{}, {Regime: "1"}, {Regime: "01", Caisse: "75"}, {Regime: "01", Centre: "00000"}, {Regime: "0A"}} {
		assert.ErrorIs(t, o.Valide(), simphonie.ErrSyntaxe, "%v", o)
		assert.ErrorContains(t, o.Valide(), "ID-ORGANISME")
	}
	assert.Equal(t, "01-751-0000", simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}.String())
	assert.True(t, simphonie.Organisme{}.IsZero())

	assert.True(t, simphonie.NumeroAMC("00401166").Equal("0000401166"))
	assert.False(t, simphonie.NumeroAMC("00401166").Equal("401167"))
	a := simphonie.CleAMC{Numero: "00401166", Convention: "SP", Domaine: simphonie.Hospitalisation}
	b := a
	b.Numero = "0000401166"
	assert.True(t, a.Equal(b))
	b.CSR = "A10"
	assert.False(t, a.Equal(b))
}

func TestDebiteurEtTerritoire(t *testing.T) {
	for _, d := range []simphonie.Debiteur{simphonie.AMO, simphonie.Patient, simphonie.RecettesDiverses, simphonie.AMC("0099999997")} {
		b, err := json.Marshal(d)
		require.NoError(t, err)
		var relu simphonie.Debiteur
		require.NoError(t, json.Unmarshal(b, &relu))
		assert.Equal(t, d, relu)
		assert.False(t, d.IsZero())
	}
	assert.Equal(t, simphonie.AMC("99999997"), simphonie.AMC("0099999997"))
	assert.Equal(t, "amc 99999997", simphonie.AMC("99999997").String())
	assert.Equal(t, "patient", simphonie.Patient.String())
	assert.True(t, simphonie.Debiteur{}.IsZero())
	for _, x := range simphonie.Territoires() {
		b, err := x.MarshalText()
		require.NoError(t, err)
		var relu simphonie.Territoire
		require.NoError(t, relu.UnmarshalText(b))
		assert.Equal(t, x, relu)
	}
	var x simphonie.Territoire
	assert.ErrorContains(t, x.UnmarshalText([]byte("paris")), "ID-LISTE")
	assert.Equal(t, "inconnu", simphonie.Territoire(99).String())
}

// Personal values never come out by mistake, not even from unexported fields.
func TestMasque(t *testing.T) {
	naissance, err := simphonie.ParseDateNaissance("1996-01-13")
	require.NoError(t, err)
	type dossier struct {
		NIR       simphonie.NIR
		Nom       simphonie.Confidentiel
		Naissance simphonie.DateNaissance
		prive     simphonie.NIR
		nom       simphonie.Confidentiel
		naissance simphonie.DateNaissance
	}
	nir, nom := simphonie.NIRRecu("296013355487012"), simphonie.NewConfidentiel("CANARI")
	d := dossier{nir, nom, naissance, nir, nom, naissance}
	var sortie strings.Builder
	for _, v := range []any{nir, nom, naissance, d, &d, nir.Valide(),
		fmt.Errorf("%v %w", d, &simphonie.Erreur{Code: "X", Chemin: fmt.Sprint(nir), Detail: nom.String()})} {
		sortie.WriteString(canari.Montre(v))
	}
	require.Greater(t, sortie.Len(), 2000)
	for _, secret := range []string{"2960133554870", "CANARI", "43414e415249", "01-13", "1996 1", "1996, 1"} {
		assert.NotContains(t, sortie.String(), secret)
	}
	assert.Contains(t, sortie.String(), "***")
	assert.Equal(t, "", simphonie.Confidentiel{}.String()+simphonie.Confidentiel{}.Clair())
}

// Masked values are written whole only by name, and a masked form is not read back.
func TestEnClair(t *testing.T) {
	type coffre struct {
		NIR       simphonie.EnClair[simphonie.NIR]           `json:"nir"`
		Nom       simphonie.EnClair[simphonie.Confidentiel]  `json:"nom"`
		Naissance simphonie.EnClair[simphonie.DateNaissance] `json:"naissance"`
	}
	naissance, err := simphonie.ParseDateNaissance("1950-42-00")
	require.NoError(t, err)
	c := coffre{simphonie.EnClair[simphonie.NIR]{Valeur: simphonie.NIRRecu("275126322074974")},
		simphonie.EnClair[simphonie.Confidentiel]{Valeur: simphonie.NewConfidentiel("ADRUN")}, simphonie.EnClair[simphonie.DateNaissance]{Valeur: naissance}}
	b, err := json.Marshal(c)
	require.NoError(t, err)
	assert.JSONEq(t, `{"nir":"275126322074974","nom":"ADRUN","naissance":"1950-42-00"}`, string(b))
	var relu coffre
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, c, relu)

	var n simphonie.NIR
	assert.ErrorContains(t, json.Unmarshal([]byte(`"***"`), &n), "ID-MASQUE")
	var d simphonie.DateNaissance
	assert.ErrorContains(t, json.Unmarshal([]byte(`"1950-**-**"`), &d), "ID-NAISSANCE")
	require.NoError(t, json.Unmarshal([]byte(`""`), &d))
	var e simphonie.EnClair[sansRetour]
	assert.ErrorContains(t, e.UnmarshalText([]byte("x")), "ID-EN-CLAIR")
}

type sansRetour struct{}

func (sansRetour) Clair() string { return "" }

func TestAnomaliesEtErreurs(t *testing.T) {
	r := simphonie.Regle{Code: "X-Y", Source: "RG_X", Gravite: simphonie.Alerte, Message: "{0} puis {1}, {0}."}
	a := r.Anomalie("a[1]", "un", "deux")
	assert.Equal(t, "un puis deux, un.", a.Message)
	assert.Equal(t, "alerte X-Y (a[1]) : un puis deux, un.", a.String())
	as := simphonie.Anomalies{a}
	assert.False(t, as.Stoppent())
	simphonie.Messages{"X-Y": "Attention : {1}"}.Applique(as)
	assert.Equal(t, "Attention : deux", as[0].Message)
	as = append(as, simphonie.Anomalie{Code: "X-Z", Gravite: simphonie.AVerifier})
	assert.True(t, as.Stoppent())
	assert.Equal(t, []simphonie.Code{"X-Y", "X-Z"}, as.Codes())
	b, err := json.Marshal(as)
	require.NoError(t, err)
	var relues simphonie.Anomalies
	require.NoError(t, json.Unmarshal(b, &relues))
	assert.Equal(t, as, relues)

	e := &simphonie.Erreur{Code: "C", Service: "cdri", Chemin: "a.b", Ligne: 3, Colonne: 4, Detail: "d", Err: simphonie.ErrCle}
	assert.Equal(t, "C cdri a.b line 3 column 4: d: wrong check key", e.Error())
	assert.True(t, errors.Is(e, simphonie.ErrCle))

	i := simphonie.Interpretation{Code: "X-I", Question: "Q ?", Choix: []string{"un", "deux"}}
	assert.Equal(t, "un", i.Retenu(""))
	assert.Equal(t, "deux", i.Retenu("deux"))
	assert.NoError(t, i.Verifie("deux"))
	assert.ErrorContains(t, i.Verifie("trois"), "ID-INTERPRETATION")
	assert.Equal(t, "Q ? Lecture retenue [INF] : deux.", i.Lecture().Texte("deux"))
}

func TestOuiNon(t *testing.T) {
	type faits struct {
		A simphonie.OuiNon `json:"a,omitzero"`
		B simphonie.OuiNon `json:"b,omitzero"`
		C simphonie.OuiNon `json:"c,omitzero"`
		D simphonie.OuiNon `json:"d"`
	}
	f := faits{A: simphonie.Oui, B: simphonie.Non}
	b, err := json.Marshal(f)
	require.NoError(t, err)
	assert.Equal(t, `{"a":true,"b":false,"d":null}`, string(b))
	var relu faits
	require.NoError(t, json.Unmarshal(b, &relu))
	assert.Equal(t, f, relu)
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"a":"oui"}`), &relu), "ID-OUI-NON")
	assert.Equal(t, "oui non ", fmt.Sprintf("%s %s %s", simphonie.OuiSi(true), simphonie.OuiSi(false), simphonie.OuiNon(0)))
}

// MarshalEnClair writes what json.Marshal writes, but for masked values, however deep.
func TestMarshalEnClair(t *testing.T) {
	type personne struct {
		NIR       simphonie.NIR           `json:"nir,omitzero"`
		Nom       simphonie.Confidentiel  `json:"nom"`
		Naissance simphonie.DateNaissance `json:"naissance,omitzero"`
	}
	type base struct {
		Du simphonie.Jour `json:"du"`
	}
	type dossier struct {
		base
		Montants []simphonie.Montant `json:"montants"`
		Vides    []string            `json:"vides,omitempty"`
		Nul      *personne           `json:"nul"`
		Gens     []personne          `json:"gens"`
		Un       *personne           `json:"un,omitempty"`
		Table    map[string]int      `json:"table,omitempty"`
		Octets   []byte              `json:"octets"`
		Quoi     any                 `json:"quoi"`
		Cache    string              `json:"-"`
		SansNom  int
		prive    string
	}
	p := personne{NIR: simphonie.NIRRecu("275126322074974"), Nom: simphonie.NewConfidentiel("ADRUN \"Z\"")}
	d := dossier{Montants: []simphonie.Montant{1961}, Gens: []personne{p, {}}, Un: &p, Table: map[string]int{"x": 1}, Octets: []byte("ab"), Quoi: p, Cache: "x", prive: "y"}
	d.Du = simphonie.MustJour("2026-03-04")
	clair, err := simphonie.MarshalEnClair(&d)
	require.NoError(t, err)
	masque, err := json.Marshal(&d)
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(strings.ReplaceAll(string(masque), `"nir":"***"`, `"nir":"275126322074974"`), `"nom":"***"`, `"nom":"ADRUN \"Z\""`), string(clair))
	var relu dossier
	require.NoError(t, json.Unmarshal(clair, &relu))
	assert.Equal(t, p, relu.Gens[0])
	b, err := simphonie.MarshalEnClair(nil)
	require.NoError(t, err)
	assert.Equal(t, "null", string(b))
	_, err = simphonie.MarshalEnClair(map[string]any{"f": func() {}})
	assert.Error(t, err)
}

// empreinte is an array that has a text form of its own.
type empreinte [2]byte

func (e empreinte) MarshalText() ([]byte, error) { return []byte("texte"), nil }

func TestEnClairTableauTexte(t *testing.T) {
	b, err := simphonie.MarshalEnClair(struct{ E empreinte }{})
	require.NoError(t, err)
	assert.Equal(t, `{"E":"texte"}`, string(b))
}
