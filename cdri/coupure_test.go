package cdri_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/teleservice"
)

// A child process runs a lot and is killed; the parent is the service, and its
// ledger is the judge.
const (
	parallele   = 3
	taille      = 20
	enfantEnv   = "SIMPHONIE_CDRI_ENFANT"
	fraicheurOK = time.Hour
)

// relais sends the messages of the child to the parent, in clear: TLS is
// proven elsewhere.
type relais struct{ vers string }

func (r relais) RoundTrip(q *http.Request) (*http.Response, error) {
	u, err := url.Parse(r.vers)
	if err != nil {
		return nil, err
	}
	c := q.Clone(q.Context())
	c.URL, c.Host = u, u.Host
	return http.DefaultTransport.RoundTrip(c)
}

// TestEnfant is the child: it does nothing in an ordinary run.
func TestEnfant(t *testing.T) {
	dossier := os.Getenv(enfantEnv)
	if dossier == "" {
		return
	}
	n, err := strconv.Atoi(os.Getenv(enfantEnv + "_LIGNES"))
	require.NoError(t, err)
	cert, err := tls.LoadX509KeyPair(filepath.Join(dossier, "client.pem"), filepath.Join(dossier, "client.key"))
	require.NoError(t, err)
	k := canal(t, relais{os.Getenv(enfantEnv + "_URL")}, func(c *teleservice.Config) {
		c.Authentification = &teleservice.TLSMutuel{Certificat: cert, CN: []string{"CDRI-TEST"}}
	})
	c, err := cdri.New(cdri.Config{Canal: k, Codec: reference.Codec{}})
	require.NoError(t, err)
	carnet, err := cdri.OuvreCarnet(filepath.Join(dossier, "lot.carnet"), cle)
	require.NoError(t, err)
	b, err := lot(t, c, carnet, func(c *cdri.ConfigLot) { c.Parallele, c.Taille, c.Fraicheur = parallele, taille, fraicheurOK }).Execute(t.Context(), lignes(n))
	require.NoError(t, err)
	require.Equal(t, n, b.Repondues)
	require.NoError(t, carnet.Close())
}

// tueur serves the child and kills it at a moment of its choice.
type tueur struct {
	g  *guichet
	mu sync.Mutex

	enfant  *os.Process
	reste   int    // messages before the kill; negative never kills
	comment string // before or during the answer, or a little after
	apres   time.Duration
	tue     bool
}

func (s *tueur) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r, err := s.g.RoundTrip(q)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	s.reste--
	tue, comment, enfant, apres := s.reste == 0, s.comment, s.enfant, s.apres
	s.tue = s.tue || tue
	s.mu.Unlock()
	kill := func() { enfant.Kill() }
	corps, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	switch {
	case tue && comment == "avant":
		kill()
		panic(http.ErrAbortHandler)
	case tue && comment == "pendant":
		w.Header().Set("Content-Length", strconv.Itoa(len(corps)))
		w.Write(corps[:len(corps)/2])
		http.NewResponseController(w).Flush()
		kill()
		panic(http.ErrAbortHandler)
	default:
		w.Write(corps)
		if tue {
			time.AfterFunc(apres, kill)
		}
	}
}

// Killed again and again, a lot still gives one final result a line; a line
// with a final result is never asked again; a line that was under way at a
// kill is, and the carnet says of every question that reached the service that
// it was about to leave.
func TestTueEtRepris(t *testing.T) {
	n, coupures := 500, 5
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		n, coupures = 10_000, 60
	}
	graine := rand.Uint64()
	if s := os.Getenv("SIMPHONIE_GRAINE"); s != "" {
		var err error
		graine, err = strconv.ParseUint(s, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SIMPHONIE_GRAINE=%d", graine)
	alea := rand.New(rand.NewPCG(graine, 1))

	dossier := t.TempDir()
	p, err := pki()
	require.NoError(t, err)
	id, err := p.Client("CDRI-TEST")
	require.NoError(t, err)
	pem, clePEM, err := id.PEM()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dossier, "client.pem"), pem, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dossier, "client.key"), clePEM, 0o600))

	s := &tueur{g: &guichet{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	serveur := &http.Server{Handler: s}
	go serveur.Serve(l)
	defer serveur.Close()

	lance := func(reste int) error {
		enfant := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestEnfant$")
		enfant.Env = append(os.Environ(), enfantEnv+"="+dossier, enfantEnv+"_LIGNES="+strconv.Itoa(n), enfantEnv+"_URL=http://"+l.Addr().String()+"/lps")
		var sortie bytes.Buffer
		enfant.Stdout, enfant.Stderr = &sortie, &sortie
		s.mu.Lock()
		require.NoError(t, enfant.Start())
		s.enfant, s.reste, s.tue = enfant.Process, reste, false
		s.comment = []string{"avant", "pendant", "après"}[alea.IntN(3)]
		s.apres = time.Duration(alea.IntN(3000)) * time.Microsecond
		s.mu.Unlock()
		err := enfant.Wait()
		s.mu.Lock()
		defer s.mu.Unlock()
		if err != nil && !s.tue {
			t.Fatalf("the child failed by itself: %v\n%s", err, sortie.String())
		}
		return err
	}
	tues, fini := 0, false
	for range coupures {
		if lance(1+alea.IntN(n/taille/coupures)) == nil {
			fini = true
			break
		}
		tues++
	}
	if !fini {
		require.NoError(t, lance(-1))
	}
	assert.Greater(t, tues, coupures/2, "the child was hardly killed: nothing is proven")

	f, err := os.Open(filepath.Join(dossier, "lot.carnet"))
	require.NoError(t, err)
	defer f.Close()
	is, err := cdri.Inscriptions(f, cle)
	require.NoError(t, err)
	departs, finales := map[string]int{}, map[string]int{}
	for _, i := range is {
		switch {
		case i.Etat == cdri.Envoyee:
			assert.Zero(t, finales[i.ID], "%s left again after its final result", i.ID)
			departs[i.ID]++
		case i.Etat.Final():
			finales[i.ID]++
		}
	}
	redemandees := 0
	for k, ligne := range lignes(n) {
		vues := s.g.vus[nir(k).Numero()]
		assert.Equal(t, 1, finales[ligne.ID], ligne.ID)
		assert.GreaterOrEqual(t, vues, 1, ligne.ID)
		assert.LessOrEqual(t, vues, departs[ligne.ID], "%s reached the service without having been written", ligne.ID)
		redemandees += departs[ligne.ID] - 1
	}
	assert.LessOrEqual(t, redemandees, tues*parallele*taille, "more was asked again than was under way")
	t.Logf("%d lines, %d kills, %d lines asked again", n, tues, redemandees)

	// Once more, whole: nothing is asked.
	appels := s.g.appels()
	require.NoError(t, lance(-1))
	assert.Equal(t, appels, s.g.appels())
}
