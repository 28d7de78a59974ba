package payfip_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/payfip"
)

const (
	ej     = simphonie.FINESS("750712184")
	refdet = "F2026000123"
)

var mel = simphonie.NewConfidentiel("patient@exemple.fr")

// monte starts a simulator and a client of it, on its clock.
func monte(t testing.TB, change ...func(*payfip.Config)) (*payfip.Client, *diapasontest.PayFiP, *payfip.Memoire) {
	t.Helper()
	s := diapasontest.NewPayFiP(t, diapasontest.OptionsPayFiP{})
	m := &payfip.Memoire{}
	return client(t, s, m, change...), s, m
}

// client makes one more client of a simulator: another desk, on the same store.
func client(t testing.TB, s *diapasontest.PayFiP, m payfip.Magasin, change ...func(*payfip.Config)) *payfip.Client {
	t.Helper()
	conf := payfip.Config{EJ: ej, NumCli: "090909", Saisie: payfip.Production, Magasin: m, URL: s.URL, Page: s.Page, Racines: s.Racines,
		Notification: "https://gap.example/payfip", Retour: "https://gap.example/retour", Delai: 20 * time.Second, Horloge: s.Maintenant}
	for _, f := range change {
		f(&conf)
	}
	c, err := payfip.New(conf)
	require.NoError(t, err)
	return c
}

func demande() payfip.Demande {
	return payfip.Demande{EJ: ej, Exercice: 2026, Refdet: refdet, Montant: 1700, Objet: "Consultation du 20/11", Mel: mel}
}

func dette(t testing.TB, c *payfip.Client) payfip.Dette {
	t.Helper()
	de, err := c.Dette(2026, refdet)
	require.NoError(t, err)
	return de
}

// ouvre opens a page, which must succeed.
func ouvre(t testing.TB, c *payfip.Client) *payfip.Ouverture {
	t.Helper()
	o, err := c.Ouvre(t.Context(), demande())
	require.NoError(t, err)
	return o
}

// codes lists the codes of an error, the outer first.
func codes(err error) []simphonie.Code {
	var cs []simphonie.Code
	for err != nil {
		if j, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range j.Unwrap() {
				cs = append(cs, codes(e)...)
			}
			return cs
		}
		if e, ok := err.(*simphonie.Erreur); ok {
			cs = append(cs, e.Code)
		}
		err = errors.Unwrap(err)
	}
	return cs
}

// erreur gives the first error of the house.
func erreur(t testing.TB, err error) *simphonie.Erreur {
	t.Helper()
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%v", err)
	return e
}

// bouchon is a transport that answers what f says.
type bouchon func(*http.Request, []byte) (int, string)

func (b bouchon) RoundTrip(q *http.Request) (*http.Response, error) {
	corps, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	statut, texte := b(q, corps)
	if statut == 0 {
		return nil, errors.New(texte)
	}
	return &http.Response{StatusCode: statut, Header: http.Header{"Content-Type": {"text/xml"}}, Body: io.NopCloser(bytes.NewBufferString(texte)), Request: q}, nil
}

const (
	tete  = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>`
	queue = `</S:Body></S:Envelope>`
	ns    = "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"
)

func retour(operation, valeurs string) string {
	return tete + `<n:` + operation + `Response xmlns:n="` + ns + `"><return>` + valeurs + `</return></n:` + operation + `Response>` + queue
}

func faute(classe, code string) string {
	return tete + `<S:Fault><faultcode>S:Server</faultcode><faultstring>x</faultstring><detail><n:` + classe + ` xmlns:n="` + ns + `"><code>` + code + `</code></n:` + classe + `></detail></S:Fault>` + queue
}

// capricieux is a store whose call number panne, from 0, fails.
type capricieux struct {
	*payfip.Memoire
	panne int
}

var errDisque = errors.New("disk full")

func (m *capricieux) echoue() error {
	if m.panne--; m.panne == -1 {
		return errDisque
	}
	return nil
}

func (m *capricieux) Modifie(ctx context.Context, de payfip.Dette, f func(*payfip.Dossier) error) error {
	if err := m.echoue(); err != nil {
		return err
	}
	return m.Memoire.Modifie(ctx, de, f)
}

func (m *capricieux) Lit(ctx context.Context, de payfip.Dette) (*payfip.Dossier, error) {
	if err := m.echoue(); err != nil {
		return nil, err
	}
	return m.Memoire.Lit(ctx, de)
}

func (m *capricieux) ParIDOp(ctx context.Context, id payfip.IDOp) (payfip.Dette, bool, error) {
	if err := m.echoue(); err != nil {
		return payfip.Dette{}, false, err
	}
	return m.Memoire.ParIDOp(ctx, id)
}

// bouchonCtx is a transport that fails as f says.
type bouchonCtx func(*http.Request) error

func (b bouchonCtx) RoundTrip(q *http.Request) (*http.Response, error) { return nil, b(q) }

// contexteCoupe gives a context that ends once the simulator has read a call.
func contexteCoupe(t testing.TB, s *diapasontest.PayFiP) (context.Context, context.CancelFunc) {
	ctx, fin := context.WithCancel(t.Context())
	go func() {
		for len(s.Appels()) == 0 && ctx.Err() == nil {
			runtime.Gosched()
		}
		fin()
	}()
	return ctx, fin
}
