package payfip_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// repond makes a client whose service always answers the same bytes.
func repond(t testing.TB, statut int, corps *string) *payfip.Client {
	t.Helper()
	c, err := payfip.New(payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Production, Magasin: &payfip.Memoire{},
		Transport: bouchon(func(*http.Request, []byte) (int, string) { return statut, *corps })})
	require.NoError(t, err)
	return c
}

// ecrit writes a detail as PayFiP does.
func ecrit(d *payfip.Detail) string {
	var b strings.Builder
	for _, c := range [][2]string{{"exer", d.Exercice}, {"idOp", string(d.IDOp)}, {"mel", d.Mel.Clair()}, {"montant", fmt.Sprint(int64(d.Montant))}, {"numcli", d.NumCli}, {"objet", d.Objet.Clair()},
		{"refdet", d.Refdet}, {"saisie", string(d.Saisie)}, {"resultrans", string(d.Resultat)}, {"numauto", d.Transaction.Autorisation}, {"heurtrans", strings.ReplaceAll(d.Transaction.Heure, ":", "")}} {
		b.WriteString("<" + c[0] + ">")
		xml.EscapeText(&b, []byte(c[1]))
		b.WriteString("</" + c[0] + ">")
	}
	if !d.Transaction.Jour.IsZero() {
		a, m, j := d.Transaction.Jour.Date()
		fmt.Fprintf(&b, "<dattrans>%02d%02d%04d</dattrans>", j, m, a)
	}
	return retour("recupererDetailPaiementSecurise", b.String())
}

// Whatever PayFiP answers: no panic, no detail of another operation, and what
// was understood is understood the same when it is written again.
func FuzzDetail(f *testing.F) {
	const id = "cc0cb210-1cd4-11EA-8cca-0213ad91a103"
	bon := ecrit(&payfip.Detail{IDOp: id, NumCli: "090909", Exercice: "20", Refdet: "F2026000123", Objet: simphonie.NewConfidentiel("a & b"), Montant: 1700, Mel: simphonie.NewConfidentiel("a@b.fr"),
		Saisie: "W", Resultat: "P", Transaction: payfip.Transaction{Jour: simphonie.MustJour("2026-11-20"), Heure: "10:03", Autorisation: "112233445566-tip"}})
	for _, s := range []string{bon, faute("FonctionnelleErreur", "P5"), faute("X", ""), tete + queue, "", "<a/>", strings.Replace(bon, "1700", "-0", 1), strings.Replace(bon, "<montant>", "<montant><!-- -->", 1),
		strings.Replace(bon, "1003", "2460", 1), strings.Replace(bon, "20112026", "00002026", 1), strings.Replace(bon, "<return>", "<return/><return>", 1)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, statut := range []int{200, 500} {
			d, err := repond(t, statut, &s).Detail(t.Context(), id)
			if err != nil {
				_ = err.Error()
				_, ok := payfip.PanneDe(err)
				require.True(t, ok, "%v", err)
				continue
			}
			require.Equal(t, payfip.IDOp(id), d.IDOp)
			require.True(t, d.Montant >= 0)
			encore := ecrit(d)
			relu, err := repond(t, 200, &encore).Detail(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, d, relu)
		}
	})
}

func FuzzDossier(f *testing.F) {
	b, err := complet().Encode()
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte(`{"format":"simphonie.payfip.dossier/1","dette":{"numcli":"090909","saisie":"W","exer":2026,"refdet":"A"},"tentatives":null}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := payfip.DecodeDossier(b)
		if err != nil {
			return
		}
		d.Bilan()
		d.Prochaine()
		d.Anomalies()
		e, err := d.Encode()
		require.NoError(t, err)
		relu, err := payfip.DecodeDossier(e)
		require.NoError(t, err)
		encore, err := relu.Encode()
		require.NoError(t, err)
		require.Equal(t, string(e), string(encore))
	})
}

var formeObjet = regexp.MustCompile(`^([A-Za-z0-9]+( [A-Za-z0-9]+)*)?$`)

func FuzzChamps(f *testing.F) {
	for _, s := range []string{"", "Été à l'hôpital", "2550814168025", "1 85 05 2A 004 084 36", "\xff", "F-2026/1#2", "28508\xca2\xf8\xbcϔ\x941416802"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if o, err := payfip.NormaliseObjet(s); err == nil {
			require.Regexp(t, formeObjet, o)
			require.LessOrEqual(t, len(o), 100)
			require.NotRegexp(t, `[0-9]{13}`, strings.ReplaceAll(o, " ", ""))
			encore, err := payfip.NormaliseObjet(o)
			require.NoError(t, err)
			require.Equal(t, o, encore)
		}
		if r, err := payfip.NormaliseRefdet(s); err == nil {
			require.Regexp(t, `^[A-Za-z0-9]{1,30}$`, r)
		}
	})
}

// Every value of a detail at its least, its most, absent.
func TestDetailBornes(t *testing.T) {
	const id = "cc0cb210-1cd4"
	base := payfip.Detail{IDOp: id, NumCli: "090909", Exercice: "2026", Refdet: "F2026000123", Montant: 1700, Saisie: "W", Resultat: "P"}
	for _, change := range []func(*payfip.Detail){
		func(*payfip.Detail) {}, func(d *payfip.Detail) { d.Montant = 0 }, func(d *payfip.Detail) { d.Montant = 99_999_999_999 }, func(d *payfip.Detail) { d.Exercice = "" },
		func(d *payfip.Detail) { d.Resultat = "Q7" }, func(d *payfip.Detail) { d.Refdet = "A" }, func(d *payfip.Detail) { d.Objet = simphonie.NewConfidentiel(strings.Repeat("<", 300)) },
		func(d *payfip.Detail) {
			d.Transaction = payfip.Transaction{Jour: simphonie.MustJour("2028-02-29"), Heure: "00:00"}
		}, func(d *payfip.Detail) { d.Transaction = payfip.Transaction{Heure: "23:59"} },
	} {
		d := base
		change(&d)
		s := ecrit(&d)
		relu, err := repond(t, 200, &s).Detail(t.Context(), id)
		require.NoError(t, err)
		assert.Equal(t, &d, relu)
	}
	for _, change := range []func(*payfip.Detail){
		func(d *payfip.Detail) { d.Montant = 100_000_000_000 }, func(d *payfip.Detail) { d.Objet = simphonie.NewConfidentiel(strings.Repeat("a", 301)) },
		func(d *payfip.Detail) { d.Refdet = "a b" }, func(d *payfip.Detail) { d.Resultat = "" }, func(d *payfip.Detail) { d.IDOp = "cc0cb210-1CD4" },
	} {
		d := base
		change(&d)
		s := ecrit(&d)
		_, err := repond(t, 200, &s).Detail(t.Context(), id)
		assert.Equal(t, []simphonie.Code{"PAYFIP-REPONSE"}, codes(err))
	}
	// The hour that comes twice tells no moment.
	tr := payfip.Transaction{Jour: simphonie.MustJour("2026-10-25"), Heure: "02:30"}
	_, err := tr.Instant()
	assert.Equal(t, []simphonie.Code{"CAL-HEURE-DOUBLE"}, codes(err))
	_, err = (&payfip.Transaction{}).Instant()
	assert.Equal(t, []simphonie.Code{"PAYFIP-HEURE"}, codes(err))
	// Too long, and other things than an answer.
	for s, code := range map[string]simphonie.Code{strings.Repeat(" ", 300<<10): "PAYFIP-TAILLE", "<html/>": "PAYFIP-REPONSE", retour("creerPaiementSecurise", ""): "PAYFIP-REPONSE",
		tete + "<recupererDetailPaiementSecuriseResponse/>" + queue: "PAYFIP-REPONSE", strings.ReplaceAll(retour("recupererDetailPaiementSecurise", ""), "return", "retour"): "PAYFIP-REPONSE"} {
		_, err := repond(t, 200, &s).Detail(t.Context(), id)
		assert.Equal(t, code, codes(err)[0])
	}
	s := ecrit(&base)
	_, err = repond(t, 500, &s).Detail(t.Context(), id)
	assert.Equal(t, []simphonie.Code{"PAYFIP-HTTP"}, codes(err))
}

func BenchmarkDetail(b *testing.B) {
	s := ecrit(&payfip.Detail{IDOp: "cc0cb210-1cd4", NumCli: "090909", Exercice: "2026", Refdet: "F2026000123", Montant: 1700, Saisie: "W", Resultat: "P"})
	c := repond(b, 200, &s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Detail(b.Context(), "cc0cb210-1cd4"); err != nil {
			b.Fatal(err)
		}
	}
}
