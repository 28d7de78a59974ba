package rapprochement_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

func TestLireReleve(t *testing.T) {
	f, err := os.ReadFile("testdata/releve.csv")
	require.NoError(t, err)
	for _, b := range [][]byte{f, append([]byte("\ufeff"), f...), bytes.ReplaceAll(f, []byte("\n"), []byte("\r\n"))} {
		r, err := rapprochement.LireReleve(iotest.OneByteReader(bytes.NewReader(b)), releve("R"))
		require.NoError(t, err)
		assert.Equal(t, releve("R",
			rapprochement.Ligne{Numero: 1, Nature: "encaissement", Le: j1.AddDays(2), Montant: 5100, Commission: 25, Modalite: moyens.Terminal, Banque: "B1", Cles: cles{Contrat: "1234567", Remise: "042"}},
			rapprochement.Ligne{Numero: 2, Nature: "commission", Le: j1.AddDays(2), Montant: -30, Banque: "B2", Cles: cles{Contrat: "1234567"}},
			rapprochement.Ligne{Numero: 3, Nature: "rejet", Le: j1.AddDays(3), Montant: -1700, Modalite: moyens.PayFiPPrelevement, Facture: "F-12", Banque: "B3",
				Cles: cles{Reference: "RAC2026012", Operation: "cc0cb210-1cd4-11ea-8cca-0213ad91a103", Titre: "260000012000100"}}), r)
	}
}

// Every fault at once, where it stands, without its value.
func TestLireReleveFautes(t *testing.T) {
	const tete = "numero;le;nature;montant;reference\n"
	for nom, c := range map[string]struct {
		csv   string
		codes string
		la    string
	}{
		"all of a line":      {tete + "x;2026-13-01;vol;1.234;4111111111111111\n", "RAPP-CSV-VALEUR RAPP-CSV-VALEUR RAPP-CSV-VALEUR RAPP-CSV-VALEUR RAPP-CSV-VALEUR", "line 2 column 24"},
		"two lines":          {tete + "1;2026-03-02;rejet;5;\n2;2026-03-02;encaissement;0;\n", "RAPP-CSV-VALEUR RAPP-CSV-VALEUR", "line 3 column 27"},
		"twice":              {tete + "1;2026-03-02;encaissement;5;\n1;2026-03-02;encaissement;5;\n", "RAPP-CSV-VALEUR", "line 3 column 1"},
		"out of the period":  {tete + "1;2027-03-02;encaissement;5;\n", "RAPP-CSV-VALEUR", "line 2 column 3"},
		"missing value":      {tete + "1;2026-03-02;encaissement\n2;2026-03-02;encaissement;x;\n", "RAPP-CSV-FORME RAPP-CSV-VALEUR", "line 3 column 27"},
		"a quote":            {tete + "1;2026-03-02;enc\"aissement;5;\n2;2026-03-02;encaissement;x;\n", "RAPP-CSV-FORME RAPP-CSV-VALEUR", "line 2 column 17"},
		"unknown column":     {"numero;le;nature;montant;nom\n", "RAPP-CSV-ENTETE", "line 1 column 26"},
		"column twice":       {"numero;le;nature;montant;le\n", "RAPP-CSV-ENTETE", "line 1 column 26"},
		"compulsory columns": {"reference\n", "RAPP-CSV-ENTETE RAPP-CSV-ENTETE RAPP-CSV-ENTETE RAPP-CSV-ENTETE", "line 1 column 1"},
		"empty":              {"", "RAPP-CSV-ENTETE", "line 1"},
	} {
		_, err := rapprochement.LireReleve(strings.NewReader(c.csv), releve("R"))
		assert.Equal(t, c.codes, strings.Join(codesErreur(err), " "), nom)
		if assert.Error(t, err, nom) {
			assert.Contains(t, err.Error(), c.la, nom)
			assert.NotContains(t, err.Error(), "4111")
		}
	}
	_, err := rapprochement.LireReleve(nil, releve("R"))
	assert.Equal(t, []string{"RAPP-CSV-LECTURE"}, codesErreur(err))
	_, err = rapprochement.LireReleve(iotest.ErrReader(errors.New("x")), releve("R"))
	assert.Equal(t, []string{"RAPP-CSV-LECTURE"}, codesErreur(err))
	_, err = rapprochement.LireReleve(strings.NewReader(tete), rapprochement.Releve{})
	assert.Equal(t, []string{"RAPP-RELEVE", "RAPP-RELEVE", "RAPP-RELEVE"}, codesErreur(err))
	_, err = rapprochement.LireReleve(strings.NewReader(tete+strings.Repeat("x;;;;\n", 5000)), releve("R"))
	codes := codesErreur(err)
	assert.Len(t, codes, 1001)
	assert.Equal(t, "RAPP-CSV-FAUTES", codes[1000])
	if !testing.Short() {
		_, err = rapprochement.LireReleve(infini{}, releve("R"))
		assert.Equal(t, "RAPP-CSV-LECTURE", codesErreur(err)[len(codesErreur(err))-1])
	}
}

// infini is a file that never ends.
type infini struct{}

func (infini) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

// What is read is a statement that Rapprocher takes, and reads back the same.
func FuzzLireReleve(f *testing.F) {
	g, err := os.ReadFile("testdata/releve.csv")
	require.NoError(f, err)
	f.Add(string(g))
	f.Add("montant;le;nature;numero\n5;2026-03-02;encaissement;1\n")
	f.Add("numero;le;nature;montant\n\"1;2026")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := rapprochement.LireReleve(strings.NewReader(s), releve("R"))
		if err != nil {
			require.Empty(t, r.Lignes)
			return
		}
		rapproche(t, rapprochement.Entree{Releves: []rapprochement.Releve{r, r}})
		deux, err := rapprochement.LireReleve(strings.NewReader(ecrit(r)), releve("R"))
		require.NoError(t, err)
		require.Equal(t, r, deux)
	})
}

func ecrit(r rapprochement.Releve) string {
	var b strings.Builder
	b.WriteString("numero;le;nature;montant;commission;modalite;facture;banque;contrat;remise;autorisation;reference;operation;accord;titre\n")
	for _, l := range r.Lignes {
		c := l.Cles
		fmt.Fprintf(&b, "%d;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s\n", l.Numero, l.Le, l.Nature, l.Montant, l.Commission, l.Modalite, l.Facture, l.Banque,
			c.Contrat, c.Remise, c.Autorisation, c.Reference, c.Operation, c.Accord, c.Titre)
	}
	return b.String()
}

// A register of the first release is read by this one, and written the same.
func TestRegistre(t *testing.T) {
	f, err := os.ReadFile("testdata/registre.v1.json")
	require.NoError(t, err)
	r, err := rapprochement.DecodeRegistre(f)
	require.NoError(t, err)
	require.Len(t, r.Decisions, 3)
	require.Len(t, r.Acquises, 2)
	assert.Equal(t, "agent 12", r.Decisions[0].Par.Clair())
	b, err := rapprochement.EncodeRegistre(r)
	require.NoError(t, err)
	assert.JSONEq(t, string(f), string(b))

	for de, code := range map[string]string{
		`rapprochement/1`: "RAPP-REGISTRE-VERSION", `"RAPP-PAR-REMISE"`: "RAPP-REGISTRE", `"12.00"`: "RAPP-REGISTRE", `"agent 12","motif":"vu avec la banque","le":"2026-04-01"},{"id":"D2"`: "RAPP-DECISION",
	} {
		vers := map[string]string{"RAPP-REGISTRE-VERSION": "rapprochement/2", "RAPP-REGISTRE": `"0.00"`, "RAPP-DECISION": `"","motif":"x","le":"2026-04-01"},{"id":"D2"`}[code]
		_, err := rapprochement.DecodeRegistre([]byte(strings.Replace(string(f), de, vers, 1)))
		assert.Equal(t, []string{code}, codesErreur(err), de)
	}
	_, err = rapprochement.DecodeRegistre([]byte(strings.Replace(string(f), "RAPP-PAR-REMISE", "RAPP-CHOIX-MONTANT", 1)))
	assert.Equal(t, []string{"RAPP-REGISTRE"}, codesErreur(err), "no rule of a match")
	_, err = rapprochement.DecodeRegistre([]byte(`{"version":"simphonie.diapason.rapprochement/1","x":1}`))
	require.Error(t, err)
	_, err = rapprochement.EncodeRegistre(rapprochement.Registre{Decisions: []rapprochement.Decision{{}}})
	require.Error(t, err)
}

func FuzzDecodeRegistre(f *testing.F) {
	g, err := os.ReadFile("testdata/registre.v1.json")
	require.NoError(f, err)
	f.Add(g)
	f.Add([]byte(`{"version":"simphonie.diapason.rapprochement/1","decisions":[]} `))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := rapprochement.DecodeRegistre(b)
		if err != nil {
			return
		}
		c, err := rapprochement.EncodeRegistre(r)
		require.NoError(t, err)
		deux, err := rapprochement.DecodeRegistre(c)
		require.NoError(t, err)
		d, err := rapprochement.EncodeRegistre(deux)
		require.NoError(t, err)
		require.Equal(t, c, d)
		rapproche(t, rapprochement.Entree{Decisions: r.Decisions, Acquises: r.Acquises})
	})
}
