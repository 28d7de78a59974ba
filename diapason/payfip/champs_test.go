package payfip_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

func TestNormaliseRefdet(t *testing.T) {
	for entree, sortie := range map[string]string{"F2026-000/123#4": "F20260001234", " ab CD ": "abCD", "1": "1", strings.Repeat("A", 30): strings.Repeat("A", 30)} {
		r, err := payfip.NormaliseRefdet(entree)
		require.NoError(t, err, entree)
		assert.Equal(t, sortie, r)
	}
	for _, s := range []string{"", "-/#", "é", "a_b", "a.b", "a\x00", strings.Repeat("A", 31), "255081416802538", "2 55 08 14 168 025 38"} {
		_, err := payfip.NormaliseRefdet(s)
		assert.Equal(t, []simphonie.Code{"PAYFIP-REFDET"}, codes(err), s)
	}
}

func TestNormaliseObjet(t *testing.T) {
	for entree, sortie := range map[string]string{
		"": "", "Consultation": "Consultation", "Été à l'hôpital, 20/11 : nº 12": "Ete a l hopital 20 11 n 12", "œuvre Æthel": "oeuvre AEthel",
		"<script>&#x41;</script>": "script x41 script", "n° 123456789012": "n 123456789012", "12345678901a2": "12345678901a2",
		strings.Repeat("é", 100): strings.Repeat("e", 100),
	} {
		o, err := payfip.NormaliseObjet(entree)
		require.NoError(t, err, entree)
		assert.Equal(t, sortie, o)
	}
	for _, s := range []string{strings.Repeat("a", 101), "2550814168025", "patient 2 55 08 14 168 025 38", "2.55.08.14.168.025", "1 85 05 2A 004 084 36", "185052a00408436", "１２３４５６７８９０１２３"} {
		_, err := payfip.NormaliseObjet(s)
		assert.Equal(t, []simphonie.Code{"PAYFIP-OBJET"}, codes(err), s)
	}
}

// A wrong request says everything that is wrong, and nothing leaves.
func TestDemandeRefusee(t *testing.T) {
	c, s, m := monte(t)
	_, err := c.Ouvre(t.Context(), payfip.Demande{Exercice: 26, Refdet: "ABCD", Montant: 99, Objet: "2550814168025", Decision: &payfip.Decision{}})
	assert.ElementsMatch(t, []simphonie.Code{"PAYFIP-REFDET", "PAYFIP-EXERCICE", "PAYFIP-EJ", "PAYFIP-OBJET", "PAYFIP-MONTANT", "PAYFIP-MEL", "PAYFIP-DECISION"}, codes(err))
	for _, v := range []struct {
		change func(*payfip.Demande)
		code   simphonie.Code
	}{
		{func(q *payfip.Demande) { q.Montant = 99 }, "PAYFIP-MONTANT"},
		{func(q *payfip.Demande) { q.Montant = -1700 }, "PAYFIP-MONTANT"},
		{func(q *payfip.Demande) { q.Montant = 10_000_000 }, "PAYFIP-MONTANT"},
		{func(q *payfip.Demande) { q.EJ = "750000001" }, "PAYFIP-EJ"},
		{func(q *payfip.Demande) { q.Mel = simphonie.NewConfidentiel("a@b.c") }, "PAYFIP-MEL"},
		{func(q *payfip.Demande) { q.Mel = simphonie.NewConfidentiel("a@b@exemple.fr") }, "PAYFIP-MEL"},
		{func(q *payfip.Demande) { q.Mel = simphonie.NewConfidentiel("a b@exemple.fr") }, "PAYFIP-MEL"},
		{func(q *payfip.Demande) { q.Mel = simphonie.NewConfidentiel("é@exemple.fr") }, "PAYFIP-MEL"},
		{func(q *payfip.Demande) { q.Mel = simphonie.NewConfidentiel(strings.Repeat("a", 80) + "@x.fr") }, "PAYFIP-MEL"},
		{func(q *payfip.Demande) { q.Decision = &payfip.Decision{Par: "a b", Motif: "x"} }, "PAYFIP-DECISION"},
	} {
		q := demande()
		v.change(&q)
		_, err := c.Ouvre(t.Context(), q)
		assert.Equal(t, []simphonie.Code{v.code}, codes(err))
	}
	assert.Empty(t, s.Appels())
	d, err := m.Lit(t.Context(), dette(t, c))
	require.NoError(t, err)
	assert.Nil(t, d)
	// The bounds themselves are taken.
	for _, montant := range []simphonie.Montant{100, 9_999_999} {
		q := demande()
		q.Montant, q.Refdet = montant, "BORNE"+montant.String()[:1]
		_, err := c.Ouvre(t.Context(), q)
		require.NoError(t, err)
	}
}

// No default that matters, and every fault at once.
func TestConfig(t *testing.T) {
	_, err := payfip.New(payfip.Config{})
	assert.Equal(t, []simphonie.Code{"PAYFIP-CONFIG-EJ", "ID-FINESS-FORME", "PAYFIP-CONFIG-NUMCLI", "PAYFIP-CONFIG-SAISIE", "PAYFIP-CONFIG-MAGASIN"}, codes(err))
	bonne := payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Essai, Magasin: &payfip.Memoire{}}
	_, err = payfip.New(bonne)
	require.NoError(t, err)
	for _, v := range []struct {
		change func(*payfip.Config)
		code   simphonie.Code
	}{
		{func(c *payfip.Config) { c.Saisie = "P" }, "PAYFIP-CONFIG-SAISIE"},
		{func(c *payfip.Config) { c.NumCli = "9090９9" }, "PAYFIP-CONFIG-NUMCLI"},
		{func(c *payfip.Config) { c.Magasin = (*payfip.Memoire)(nil) }, "PAYFIP-CONFIG-MAGASIN"},
		{func(c *payfip.Config) { c.URL = "http://www.tipi.budget.gouv.fr/x" }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.URL = "http://127.0.0.1/x"; c.Saisie = payfip.Production }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.URL = "http://127.0.0.1.exemple.fr/x" }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.URL = "https://a:b@exemple.fr/x" }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.Notification = "ftp://exemple.fr/x" }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.Retour = "https://exemple.fr/" + strings.Repeat("a", 250) }, "PAYFIP-CONFIG-URL"},
		{func(c *payfip.Config) { c.Delai = -1 }, "PAYFIP-CONFIG-LIMITES"},
		{func(c *payfip.Config) { c.Delai = 10 * 60e9 }, "PAYFIP-CONFIG-LIMITES"},
		{func(c *payfip.Config) { c.Limites.MontantMax = 100_000_000_000 }, "PAYFIP-CONFIG-LIMITES"},
		{func(c *payfip.Config) { c.Limites.RefdetMin = 31 }, "PAYFIP-CONFIG-LIMITES"},
	} {
		c := bonne
		v.change(&c)
		_, err := payfip.New(c)
		assert.Equal(t, []simphonie.Code{v.code}, codes(err))
	}
	bonne.URL = "http://[::1]:8080/x"
	_, err = payfip.New(bonne)
	assert.NoError(t, err, "the machine itself, in test")
}

// Nothing panics on a client that New did not make.
func TestSansClient(t *testing.T) {
	for _, c := range []*payfip.Client{nil, {}} {
		for _, err := range []error{
			second(c.Ouvre(t.Context(), demande())), second(c.Consulte(t.Context(), payfip.Dette{})), second(c.ConsulteOp(t.Context(), "x")), second(c.Detail(t.Context(), "x")),
			second(c.Contrat(t.Context())), second(c.Constate(t.Context(), "x", payfip.Encaisse)), second(c.Rapproche(t.Context())), c.Boucle(t.Context(), 1e9), second(c.Dette(2026, refdet)),
		} {
			assert.Equal(t, []simphonie.Code{"PAYFIP-CONFIG-CLIENT"}, codes(err))
		}
		assert.Empty(t, c.AdressePage("cc0cb210-1cd4"))
	}
	var d *payfip.Dossier
	assert.Zero(t, d.Bilan())
	assert.True(t, d.Prochaine().IsZero())
	assert.Empty(t, d.Anomalies())
	_, err := d.Encode()
	assert.Error(t, err)
}

func second[T any](_ T, err error) error { return err }
