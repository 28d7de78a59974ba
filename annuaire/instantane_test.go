package annuaire_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
)

// signe writes a snapshot by hand.
func signe(environnement, profil string, n int, corps string) string {
	h := sha256.Sum256([]byte(corps))
	return fmt.Sprintf(`{"format":"simphonie.annuaire.instantane/1","environnement":"%s","profil":"%s","lignes":%d,"sha256":"%s"}`+"\n%s", environnement, profil, n, hex.EncodeToString(h[:]), corps)
}

const (
	profil     = "reference-non-officielle/1"
	uneLigne   = `{"cle":{"numero":"434243085","convention":"SP","csr":"A12","domaine":"HOSP"},"service":"IDB","norme":"NORME-SIMULEE V0","recuLe":"2026-11-21T10:30:00Z","entrees":[{"operateur":{"code":"OPUN","nom":"OPERATEUR UN SIMULE"},"adresses":["https://un.operateur-un.example/roc/idb","https://deux.operateur-un.example/roc/idb"]}]}` + "\n"
	uneAbsence = `{"cle":{"numero":"401166","convention":"SP","domaine":"EXTE"},"service":"IDB","norme":"NORME-SIMULEE V0","recuLe":"2026-11-21T10:30:00Z"}` + "\n"
)

// The format, byte for byte.
func TestInstantane(t *testing.T) {
	c, _, _ := monte(t)
	for _, k := range []simphonie.CleAMC{cle, cleAbsente} {
		_, err := c.Cherche(t.Context(), demande(k, annuaire.IDB))
		require.NoError(t, err)
	}
	var b bytes.Buffer
	require.NoError(t, c.EcritInstantane(&b))
	assert.Equal(t, signe("simulation", profil, 2, uneAbsence+uneLigne), b.String())
}

func TestInstantaneRefuse(t *testing.T) {
	c, s, _ := monte(t)
	bon := signe("simulation", profil, 1, uneLigne)
	for nom, v := range map[string]struct {
		texte   string
		attendu simphonie.Code
	}{
		"vide":                    {"", "ANN-INSTANTANE"},
		"autre format":            {strings.Replace(bon, "instantane/1", "instantane/2", 1), "ANN-INSTANTANE"},
		"champ inconnu":           {strings.Replace(bon, `{"format"`, `{"x":1,"format"`, 1), "ANN-INSTANTANE"},
		"environnement autre":     {signe("production", profil, 1, uneLigne), "ANN-INSTANTANE-AUTRE"},
		"codec autre":             {signe("simulation", "officiel/1", 1, uneLigne), "ANN-INSTANTANE-AUTRE"},
		"changé":                  {strings.Replace(bon, "https://un", "https://zz", 1), "ANN-INSTANTANE-SOMME"},
		"coupé":                   {bon[:len(bon)-1], "ANN-INSTANTANE-SOMME"},
		"lignes":                  {signe("simulation", profil, 2, uneLigne), "ANN-INSTANTANE"},
		"ligne qui n'en est":      {signe("simulation", profil, 1, "x\n"), "ANN-INSTANTANE"},
		"clé fausse":              {signe("simulation", profil, 2, uneLigne+strings.Replace(uneLigne, `"A12"`, `"2751263220749"`, 1)), "ANN-INSTANTANE"},
		"sans date":               {signe("simulation", profil, 1, strings.Replace(uneLigne, "2026-11-21T10:30:00Z", "0001-01-01T00:00:00Z", 1)), "ANN-INSTANTANE"},
		"date d'avant l'annuaire": {signe("simulation", profil, 1, strings.Replace(uneLigne, "2026-11-21T10:30:00Z", "0000-01-01T00:00:00+23:00", 1)), "ANN-INSTANTANE"},
	} {
		_, err := c.LitInstantane(strings.NewReader(v.texte))
		assert.Equal(t, v.attendu, code(err), nom)
		if err != nil {
			assert.NotContains(t, err.Error(), "2751263220749")
		}
	}
	_, err := c.LitInstantane(iotest.ErrReader(errors.New("disk")))
	assert.Equal(t, simphonie.Code("ANN-INSTANTANE"), code(err))
	assert.Equal(t, simphonie.Code("ANN-INSTANTANE"), code(c.EcritInstantane(plein{})))
	// Nothing of a refused snapshot was taken, nor an answer of the future.
	n, err := c.LitInstantane(strings.NewReader(signe("simulation", profil, 1, strings.Replace(uneLigne, "2026-11-21T10:30:00Z", "2027-01-01T00:00:00Z", 1))))
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, annuaire.Directe, r.Origine)
	assert.Len(t, s.Appels(), 1)
}

// plein is a disk that is full.
type plein struct{}

func (plein) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// What a snapshot says is judged by the policy of the day, and does not replace
// what is newer.
func TestInstantaneJuge(t *testing.T) {
	c, _, h := monte(t, func(o *annuaire.Options) { o.Politique.Hotes = []string{"un.operateur-un.example"} })
	h.avance(time.Hour)
	_, err := c.LitInstantane(strings.NewReader(signe("simulation", profil, 1, uneLigne)))
	require.NoError(t, err)
	r, err := c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, []any{annuaire.Memoire, time.Hour}, []any{r.Origine, r.Age})
	assert.Equal(t, []string{unIDB}, r.Adresses())
	assert.Equal(t, []simphonie.Code{"ANN-URL-HOTE"}, r.Anomalies.Codes())
	_, err = c.LitInstantane(strings.NewReader(signe("simulation", profil, 1, strings.Replace(uneLigne, "T10:30:00Z", "T09:30:00Z", 1))))
	require.NoError(t, err)
	r, err = c.Cherche(t.Context(), demande(cle, annuaire.IDB))
	require.NoError(t, err)
	assert.Equal(t, time.Hour, r.Age)
}

// A memory that is full forgets, and stays within its size.
func TestMemoireBornee(t *testing.T) {
	c, s, _ := monte(t, func(o *annuaire.Options) { o.Memoire = 5 })
	for i := range 20 {
		_, err := c.Cherche(t.Context(), demande(simphonie.CleAMC{Numero: simphonie.NumeroAMC(fmt.Sprint(1000 + i)), Domaine: simphonie.Externe}, annuaire.IDB))
		require.NoError(t, err)
	}
	assert.Len(t, s.Appels(), 20)
	var b bytes.Buffer
	require.NoError(t, c.EcritInstantane(&b))
	assert.Equal(t, 6, strings.Count(b.String(), "\n"))
}
