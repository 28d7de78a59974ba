package payfip_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
	"github.com/simphonie/simphonie/internal/canari"
)

// The patient's address leaves to PayFiP, and shows nowhere else, whatever
// PayFiP echoes.
func TestRienNeFuit(t *testing.T) {
	var journal bytes.Buffer
	var vu strings.Builder
	reponse, statut, parti := "", 200, 0
	m := &payfip.Memoire{}
	c, err := payfip.New(payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Production, Magasin: m, Log: slog.New(slog.NewJSONHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Transport: bouchon(func(_ *http.Request, b []byte) (int, string) {
			parti += bytes.Count(b, []byte("CANARI@CANARI.FR"))
			return statut, reponse
		})})
	require.NoError(t, err)
	q := demande()
	q.Mel = simphonie.NewConfidentiel("CANARI@CANARI.FR")
	vu.WriteString(canari.Montre(q) + canari.Montre(&q))
	echo := "<code>P5</code><libelle>CANARI@CANARI.FR</libelle><descriptif>CANARI</descriptif><severite>CANARI@CANARI.FR</severite>"
	for i, r := range []string{
		"CANARI", "<CANARI/>", faute("CANARI", "CANARI 12"), faute("FonctionnelleErreur", "CANARI@CANARI.FR"), faute("FonctionnelleErreur", "2550814168025"),
		strings.Replace(faute("FonctionnelleErreur", ""), "<code></code>", echo, 1), strings.Replace(faute("FonctionnelleErreur", ""), "S:Server", "CANARI", 1),
		retour("creerPaiementSecurise", "<idOp>CANARI@CANARI.FR</idOp>"), retour("creerPaiementSecurise", "<CANARI>CANARI</CANARI>"), retour("CANARI", ""), "\x00CANARI",
	} {
		reponse, statut = r, []int{200, 500}[i%2]
		q.Refdet = "MASQUE" + string(rune('A'+i))
		_, err := c.Ouvre(t.Context(), q)
		require.Error(t, err)
		vu.WriteString(canari.Montre(err))
	}
	reponse, statut, q.Refdet = retour("creerPaiementSecurise", "<idOp>cc0cb210-1cd4</idOp>"), 200, refdet
	o, err := c.Ouvre(t.Context(), q)
	require.NoError(t, err)
	d := &payfip.Detail{IDOp: o.IDOp, NumCli: "090909", Exercice: "2026", Refdet: refdet, Montant: 1700, Saisie: "W", Resultat: "P",
		Mel: q.Mel, Objet: simphonie.NewConfidentiel("CANARI"), Transaction: payfip.Transaction{Autorisation: "x"}}
	reponse = ecrit(d)
	lu, err := c.Detail(t.Context(), o.IDOp)
	require.NoError(t, err)
	x, err := c.ConsulteOp(t.Context(), o.IDOp)
	require.NoError(t, err)
	b, err := x.Encode()
	require.NoError(t, err)
	vu.WriteString(canari.Montre(*lu) + canari.Montre(lu) + canari.Montre(*x) + canari.Montre(o) + string(b) + canari.Montre(x.Anomalies()))
	d.Refdet, d.Resultat = "CANARIAUTRE", "P"
	reponse = ecrit(d)
	_, err = c.ConsulteOp(t.Context(), o.IDOp)
	require.Error(t, err)
	vu.WriteString(canari.Montre(err))
	w := avise(c.Notification(t.Context()), "GET", "/?CANARI=CANARI@CANARI.FR&idop="+string(o.IDOp), "")
	assert.Equal(t, 200, w.Code)

	assert.Equal(t, 12, parti, "every creation carries the address")
	assert.Equal(t, "CANARI@CANARI.FR", lu.Mel.Clair())
	assert.Greater(t, vu.Len(), 10_000)
	assert.Greater(t, strings.Count(journal.String(), "payfip"), 10)
	assert.NotContains(t, strings.ToUpper(vu.String()+journal.String()), "CANARI")
	assert.NotContains(t, vu.String()+journal.String(), "2550814168025")
}

// Every code has a row for the agent, in French, and every row a code.
func TestPannes(t *testing.T) {
	vus := map[string]bool{}
	for _, p := range payfip.Pannes() {
		assert.NotEmpty(t, p.Texte)
		assert.NotEmpty(t, p.Conduite)
		assert.False(t, vus[string(p.Code)+p.Faute])
		vus[string(p.Code)+p.Faute] = true
	}
	for _, code := range []simphonie.Code{"PAYFIP-EJ", "PAYFIP-REFDET", "PAYFIP-EXERCICE", "PAYFIP-OBJET", "PAYFIP-MONTANT", "PAYFIP-MEL", "PAYFIP-DECISION", "PAYFIP-DEJA-PAYE", "PAYFIP-EN-COURS",
		"PAYFIP-A-CONSULTER", "PAYFIP-DOUTEUX", "PAYFIP-TROP", "PAYFIP-PERDU", "PAYFIP-OPERATION", "PAYFIP-CONSTAT", "PAYFIP-DISCORDANCE", "PAYFIP-RESULTAT", "PAYFIP-CONTREDIT", "PAYFIP-MAGASIN",
		"PAYFIP-DELAI", "PAYFIP-ABANDON", "PAYFIP-RESEAU", "PAYFIP-TLS", "PAYFIP-HTTP", "PAYFIP-TAILLE", "PAYFIP-REPONSE", "PAYFIP-FAUTE", "PAYFIP-MESSAGE", "PAYFIP-IDOP", "PAYFIP-DOSSIER", "PAYFIP-DOSSIER-VERSION"} {
		assert.True(t, vus[string(code)], code)
	}
	_, ok := payfip.PanneDe(nil)
	assert.False(t, ok)
	_, ok = payfip.PanneDe(errDisque)
	assert.False(t, ok)
	p, ok := payfip.PanneDe(&simphonie.Erreur{Code: "AUTRE-CODE", Err: &simphonie.Erreur{Code: "PAYFIP-FAUTE", Err: &payfip.Faute{Code: "P4"}}})
	assert.True(t, ok)
	assert.Equal(t, "P4", p.Faute)
	forme := regexp.MustCompile(`^PAYFIP(-[A-Z0-9]+)+$`)
	for _, r := range payfip.Regles() {
		assert.Regexp(t, forme, string(r.Code))
	}
	assert.False(t, slices.ContainsFunc(payfip.Regles(), func(r simphonie.Regle) bool { return r.Gravite == 0 }))
}
