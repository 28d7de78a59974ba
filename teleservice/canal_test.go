package teleservice_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

// A call by mutual TLS: what leaves, header by header, and what comes back.
func TestAppelTLSMutuel(t *testing.T) {
	p := pki(t)
	var recu []byte
	var h http.Header
	var cn string
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		recu, _ = io.ReadAll(r.Body)
		h, cn = r.Header, r.TLS.PeerCertificates[0].Subject.CommonName
		ecrit(w, 200, reponse(string(motifMessageID.FindSubmatch(recu)[1])))
	})
	c := config(t, p, s.URL)
	n := 0
	c.Identifiants = func() string { n++; return []string{"session", "message", "contexte"}[n-1] }
	r, err := canal(t, c).Appelle(t.Context(), appel())
	require.NoError(t, err)
	assert.Equal(t, "R", r.Corps.Tag)
	assert.Equal(t, "uuid:message", r.MessageID)
	assert.Equal(t, []any{1, maintenant}, []any{r.Essais, r.Recu})
	assert.Equal(t, "INSI-AUTO", cn)
	assert.Equal(t, `application/soap+xml; charset=utf-8; action="`+action+`"`, h.Get("Content-Type"))
	const quand = "2026-11-21T10:30:00.000Z"
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<soap:Envelope xmlns:soap="`+espace12+`"><soap:Header>`+
		`<ctxlps:ContexteLPS xmlns:ctxlps="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS"><ctxlps:Id>session</ctxlps:Id><ctxlps:Temps>`+quand+`</ctxlps:Temps>`+
		`<ctxlps:Emetteur>`+testpki.Structure+`</ctxlps:Emetteur><ctxlps:LPS><ctxlps:IDAM R="4">TESTSGIE0000</ctxlps:IDAM><ctxlps:Version>1.0</ctxlps:Version>`+
		`<ctxlps:Instance>6f6e2b52-0000-4000-8000-000000000000</ctxlps:Instance><ctxlps:Nom>essai</ctxlps:Nom></ctxlps:LPS></ctxlps:ContexteLPS>`+
		`<wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:message</wsa:MessageID><wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">`+action+`</wsa:Action>`+
		`<ctxbam:ContexteBAM xmlns:ctxbam="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM"><ctxbam:Id>contexte</ctxbam:Id><ctxbam:Temps>`+quand+`</ctxbam:Temps>`+
		`<ctxbam:Emetteur>`+testpki.Structure+`</ctxbam:Emetteur><ctxbam:COUVERTURE></ctxbam:COUVERTURE></ctxbam:ContexteBAM></soap:Header>`+
		`<soap:Body><Question xmlns="urn:essai"></Question></soap:Body></soap:Envelope>`, string(recu))
}

// SOAP 1.1 has its own media type and header.
func TestAppelSOAP11(t *testing.T) {
	p := pki(t)
	var h http.Header
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		h = r.Header
		ecrit(w, 200, strings.ReplaceAll(reponse(messageID(r)), espace12, "http://schemas.xmlsoap.org/soap/envelope/"))
	})
	a := appel()
	a.SOAP = teleservice.SOAP11
	_, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), a)
	require.NoError(t, err)
	assert.Equal(t, "text/xml; charset=utf-8", h.Get("Content-Type"))
	assert.Equal(t, `"`+action+`"`, h.Get("SOAPAction"))
}

// Every wrong answer: its code, whether it may be tried again, how often it was.
func TestReponsesFausses(t *testing.T) {
	html := func(statut int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(statut)
			io.WriteString(w, "<html>"+secret)
		}
	}
	soap := func(statut int, corps string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { ecrit(w, statut, corps) }
	}
	for nom, c := range map[string]struct {
		h           http.HandlerFunc
		code        simphonie.Code
		appels      int32
		reessayable bool
	}{
		"service indisponible":         {soap(500, faute("Receiver", "siram_40", "desir_1020", "fatale")), "TSV-FAUTE", 3, true},
		"recherche en panne":           {soap(500, faute("Receiver", "siram_40", "insi_102", "fatal")), "TSV-FAUTE", 3, true},
		"logiciel inconnu":             {soap(500, faute("Sender", "siram_100", "desir_550", "erreur")), "TSV-FAUTE", 1, false},
		"indisponible, par l'émetteur": {soap(500, faute("Sender", "siram_40", "x", "erreur")), "TSV-FAUTE", 1, false},
		"sous-code inconnu":            {soap(500, faute("Receiver", "siram_41", "x", "erreur")), "TSV-FAUTE", 1, false},
		"502":                          {html(502), "TSV-HTTP", 3, true},
		"503":                          {html(503), "TSV-HTTP", 3, true},
		"504, XML qui n'est pas SOAP":  {soap(504, "<x/>"), "TSV-REPONSE", 3, true},
		"429":                          {html(429), "TSV-HTTP", 1, false},
		"401":                          {html(401), "TSV-HTTP", 1, false},
		"page d'accueil":               {html(200), "TSV-HTTP", 1, false},
		"ailleurs": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://127.0.0.1:1/", http.StatusFound)
		}, "TSV-HTTP", 1, false},
		"vide":                      {soap(200, ""), "TSV-REPONSE", 1, false},
		"tronquée":                  {soap(200, reponse("x")[:80]), "TSV-REPONSE", 1, false},
		"DOCTYPE":                   {soap(200, "<!DOCTYPE a>"+reponse("x")), "TSV-REPONSE", 1, false},
		"autre encodage":            {soap(200, `<?xml version="1.0" encoding="ISO-8859-1"?>`+reponse("x")), "TSV-REPONSE", 1, false},
		"autre version":             {soap(200, strings.ReplaceAll(reponse(""), espace12, "http://schemas.xmlsoap.org/soap/envelope/")), "TSV-REPONSE", 1, false},
		"bonne réponse, statut 500": {func(w http.ResponseWriter, r *http.Request) { ecrit(w, 500, reponse(messageID(r))) }, "TSV-HTTP", 1, false},
		"réponse à une autre":       {soap(200, reponse("uuid:autre")), "TSV-CORRELATION", 1, false},
		"faute d'une autre": {soap(500, strings.Replace(faute("Receiver", "siram_40", "a", "b"), `code="`, `messageID="uuid:0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f" code="`, 1)),
			"TSV-CORRELATION", 1, false},
		"autre action": {func(w http.ResponseWriter, r *http.Request) {
			ecrit(w, 200, strings.ReplaceAll(reponse(messageID(r)), action, "urn:autre"))
		}, "TSV-CORRELATION", 1, false},
		"trop longue": {func(w http.ResponseWriter, r *http.Request) { ecrit(w, 200, strings.Repeat(" ", 1<<16)) }, "TSV-TAILLE", 1, false},
		"coupée":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "TSV-RESEAU", 3, true},
	} {
		t.Run(nom, func(t *testing.T) {
			p := pki(t)
			var n atomic.Int32
			s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) { n.Add(1); c.h(w, r) })
			cfg := config(t, p, s.URL)
			var journal bytes.Buffer
			cfg.Log = slog.New(slog.NewTextHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
			cfg.TailleMax = 1 << 15
			var mesures []teleservice.Mesure
			cfg.Mesure = func(m teleservice.Mesure) { mesures = append(mesures, m) }
			retour, err := canal(t, cfg).Appelle(t.Context(), appel())
			var e *simphonie.Erreur
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.code, e.Code, "%v", err)
			assert.Nil(t, retour.Corps)
			assert.Regexp(t, "^uuid:", retour.MessageID, "which request failed")
			assert.EqualValues(t, c.appels, retour.Essais)
			assert.Contains(t, journal.String(), retour.MessageID)
			assert.Equal(t, c.reessayable, e.Reessayable)
			assert.Equal(t, "Essai lire", e.Service)
			assert.Equal(t, c.appels, n.Load(), "calls that the server saw")
			assert.Len(t, mesures, int(c.appels))
			assert.Equal(t, c.code, mesures[0].Code)
			assert.Equal(t, c.code == "TSV-TAILLE", e.LimiteLocale)
			assert.False(t, e.IssueInconnue, "a read changes nothing")

			assert.Contains(t, journal.String(), string(c.code))
			for _, vu := range []string{journal.String(), canari.Montre(err)} {
				assert.NotContains(t, vu, "ADRUN")
				assert.NotContains(t, vu, "2751263220749")
			}
			if f := new(teleservice.Faute); errors.As(err, &f) {
				assert.Contains(t, f.Raison.Clair(), secret)
				assert.NotContains(t, canari.Montre(f), "ADRUN")
			}
		})
	}
}

// A failure that passes is hidden from the caller.
func TestRepriseReussie(t *testing.T) {
	p := pki(t)
	var n atomic.Int32
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) < 3 {
			ecrit(w, 500, faute("Receiver", "siram_40", "desir_1020", "fatale"))
			return
		}
		bonne(w, r)
	})
	r, err := canal(t, config(t, p, s.URL)).Appelle(t.Context(), appel())
	require.NoError(t, err)
	assert.Equal(t, 3, r.Essais)
}

// The reserve of retries is spent once, then given back by calls that succeed.
func TestBudget(t *testing.T) {
	p := pki(t)
	var n atomic.Int32
	var panne atomic.Bool
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		if panne.Load() {
			ecrit(w, 500, faute("Receiver", "siram_40", "x", "fatale"))
			return
		}
		bonne(w, r)
	})
	c := config(t, p, s.URL)
	c.Reprises.Budget, c.Disjoncteur.Inactif = 3, true
	k := canal(t, c)
	compte := func(appels int) int32 {
		n.Store(0)
		for range appels {
			k.Appelle(t.Context(), appel())
		}
		return n.Load()
	}
	panne.Store(true)
	assert.EqualValues(t, 10+3, compte(10))
	panne.Store(false)
	assert.EqualValues(t, 20, compte(20))
	panne.Store(true)
	assert.EqualValues(t, 10+2, compte(10), "twenty successes give two retries back")
}

// After five failures nothing is sent for thirty seconds; then one call tries.
func TestDisjoncteur(t *testing.T) {
	p := pki(t)
	var n atomic.Int32
	var statut atomic.Int32
	statut.Store(503)
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		if statut.Load() == 200 {
			bonne(w, r)
			return
		}
		w.WriteHeader(int(statut.Load()))
	})
	c := config(t, p, s.URL)
	c.Reprises.Essais = 1
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	k := canal(t, c)
	lit := func(service string) simphonie.Code {
		a := appel()
		a.Service = service
		_, err := k.Appelle(t.Context(), a)
		return code(err)
	}
	for range 5 {
		assert.Equal(t, simphonie.Code("TSV-HTTP"), lit("A"))
	}
	assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), lit("A"))
	assert.EqualValues(t, 5, n.Load(), "nothing was sent")
	assert.Equal(t, simphonie.Code("TSV-HTTP"), lit("B"), "each service has its own")
	decalage.Store(int64(29 * time.Second))
	assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), lit("A"))
	decalage.Store(int64(31 * time.Second))
	assert.Equal(t, simphonie.Code("TSV-HTTP"), lit("A"), "one call tries")
	assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), lit("A"), "and reopens it")
	decalage.Store(int64(62 * time.Second))
	statut.Store(200)
	assert.Equal(t, simphonie.Code(""), lit("A"))
	assert.Equal(t, simphonie.Code(""), lit("A"), "closed again")
	_, err := k.Appelle(t.Context(), appel())
	assert.NoError(t, err)
}

// While one call tries, the others do not wait behind it. Refusals and calls
// given up say nothing of the service's health.
func TestDisjoncteurUnSeulEssai(t *testing.T) {
	p := pki(t)
	arrive, passe := make(chan struct{}), make(chan struct{})
	var mode atomic.Int32
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		switch mode.Load() {
		case 0:
			w.WriteHeader(503)
		case 1:
			arrive <- struct{}{}
			<-passe
			bonne(w, r)
		case 2:
			ecrit(w, 500, faute("Sender", "siram_100", "desir_550", "erreur"))
		}
	})
	c := config(t, p, s.URL)
	c.Reprises.Essais, c.Disjoncteur.Seuil = 1, 1
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	k := canal(t, c)
	k.Appelle(t.Context(), appel())
	decalage.Store(int64(time.Minute))
	mode.Store(1)
	fini := make(chan error, 1)
	go func() { _, err := k.Appelle(context.Background(), appel()); fini <- err }()
	<-arrive
	_, err := k.Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-DISJONCTEUR"), code(err))
	close(passe)
	require.NoError(t, <-fini)

	mode.Store(2)
	for range 10 {
		_, err := k.Appelle(t.Context(), appel())
		assert.Equal(t, simphonie.Code("TSV-FAUTE"), code(err), "a refusal does not open it")
	}
}

// Certificates that do not convince end the call at once, without retry.
func TestTLSRefuse(t *testing.T) {
	p := pki(t)
	autre, err := p.Autre()
	require.NoError(t, err)
	for nom, c := range map[string]struct {
		serveur *httptest.Server
		v       func(*teleservice.Config)
	}{
		"autre autorité": {serveur(t, autre, bonne), nil},
		"serveur échu":   {serveur(t, p, bonne, testpki.Expire), nil},
		"révoqué":        {serveur(t, p, bonne), func(c *teleservice.Config) { c.Revocation = refusePool }},
	} {
		t.Run(nom, func(t *testing.T) {
			cfg := config(t, p, c.serveur.URL)
			if c.v != nil {
				c.v(&cfg)
			}
			n := 0
			cfg.Mesure = func(teleservice.Mesure) { n++ }
			_, err := canal(t, cfg).Appelle(t.Context(), appel())
			assert.Equal(t, simphonie.Code("TSV-TLS"), code(err), "%v", err)
			assert.Equal(t, 1, n)
		})
	}
	clair := httptest.NewServer(http.HandlerFunc(bonne))
	defer clair.Close()
	_, err = canal(t, config(t, p, strings.Replace(clair.URL, "http:", "https:", 1))).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-TLS"), code(err), "%v", err)
}

// Nobody listens; the caller leaves; the caller's time or an attempt's ends.
func TestDelais(t *testing.T) {
	p := pki(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	personne := "https://" + l.Addr().String()
	l.Close()
	_, err = canal(t, config(t, p, personne)).Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-RESEAU"), code(err))

	ferme := make(chan struct{})
	s := serveur(t, p, func(http.ResponseWriter, *http.Request) { <-ferme })
	t.Cleanup(func() { close(ferme) })
	ctx, arrete := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, arrete)
	_, err = canal(t, config(t, p, s.URL)).Appelle(ctx, appel())
	assert.Equal(t, simphonie.Code("TSV-ABANDON"), code(err))
	assert.ErrorIs(t, err, context.Canceled)

	for nom, v := range map[string]func(*teleservice.Config){
		"appel": func(c *teleservice.Config) { c.Delai = 30 * time.Millisecond },
		"essai": func(c *teleservice.Config) { c.DelaiEssai, c.Reprises.Essais = 30*time.Millisecond, 2 },
	} {
		c := config(t, p, s.URL)
		v(&c)
		_, err = canal(t, c).Appelle(t.Context(), appel())
		var e *simphonie.Erreur
		require.ErrorAs(t, err, &e)
		assert.Equal(t, simphonie.Code("TSV-DELAI"), e.Code, nom)
		assert.True(t, e.LimiteLocale && e.Reessayable)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	}
}

func TestMessageRefuse(t *testing.T) {
	p := pki(t)
	s := serveur(t, p, bonne)
	k := canal(t, config(t, p, s.URL))
	a := appel()
	a.Corps = nil
	_, err := k.Appelle(t.Context(), a)
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err))
	a = appel()
	a.Couverture.Assure = simphonie.NIRRecu("123")
	_, err = k.Appelle(t.Context(), a)
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err))
	assert.NoError(t, k.VerifieEJ("750712184"))
	assert.Equal(t, simphonie.Code("TSV-EJ"), code(k.VerifieEJ("690781810")))
	assert.Equal(t, simphonie.Code("TSV-EJ"), code(k.VerifieEJ("")))
	assert.Equal(t, teleservice.Simulation, k.Environnement())
	assert.EqualValues(t, "750712184", k.EJ())
	assert.Equal(t, "essai", k.Logiciel().Nom)
	assert.Equal(t, maintenant, k.Maintenant())
}

// Certificates and roots are replaced while calls run; a bad one changes nothing.
func TestRemplace(t *testing.T) {
	p := pki(t)
	var mu sync.Mutex
	vus := map[string]int{}
	s := serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		vus[r.TLS.PeerCertificates[0].Subject.CommonName]++
		mu.Unlock()
		bonne(w, r)
	})
	k := canal(t, config(t, p, s.URL))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				_, err := k.Appelle(context.Background(), appel())
				assert.NoError(t, err)
			}
		})
	}
	nouvelle := &teleservice.TLSMutuel{Certificat: identite(t)(p.Client("INSI-MANU")).TLS(), CN: []string{"INSI-MANU"}}
	require.NoError(t, k.Remplace(nouvelle))
	assert.Equal(t, simphonie.Code("TSV-CERT-CN"), codes(k.Remplace(&teleservice.TLSMutuel{Certificat: nouvelle.Certificat}))[0])
	assert.Equal(t, simphonie.Code("TSV-RACINES"), code(k.RemplaceRacines(nil)))
	wg.Wait()
	_, err := k.Appelle(t.Context(), appel())
	require.NoError(t, err)
	assert.Equal(t, 161, vus["INSI-AUTO"]+vus["INSI-MANU"])
	assert.Positive(t, vus["INSI-MANU"])
	assert.Same(t, nouvelle, k.Authentification())

	autre, err := p.Autre()
	require.NoError(t, err)
	racines, err := teleservice.LoadRacines(teleservice.Simulation, autre.RacinesPEM())
	require.NoError(t, err)
	require.NoError(t, k.RemplaceRacines(racines))
	_, err = k.Appelle(t.Context(), appel())
	assert.Equal(t, simphonie.Code("TSV-TLS"), code(err), "the former connections are not used again")
}

// A certificate that ends soon is warned about, and listed.
func TestEcheances(t *testing.T) {
	p := pki(t)
	c := config(t, p, url)
	c.Horloge = func() time.Time { return maintenant.AddDate(2, 0, -10) }
	var journal bytes.Buffer
	c.Log = slog.New(slog.NewTextHandler(&journal, nil))
	k := canal(t, c)
	assert.Contains(t, journal.String(), "INSI-AUTO")
	assert.Len(t, k.Echeances(11*24*time.Hour), 1)
	assert.Empty(t, k.Echeances(9*24*time.Hour))
	assert.Len(t, k.Echeances(20*365*24*time.Hour), 1+len(p.Certificats()))
}
