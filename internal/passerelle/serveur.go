package passerelle

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/simphonie/simphonie/internal/testpki"
)

// Options say what a gateway serves; the zero value of each is usable.
type Options struct {
	Services         []Service
	PKI              *testpki.PKI // nil: made for the occasion
	Adresse          string       // card or assertion; "" = free port of the loopback
	AdresseTLSMutuel string       // mutual TLS; "" = free port of the loopback
	Logiciels        []string     // authorised IDAM; none = IDAMSimule
	Scenario         Scenario     // from the start
	Horloge          func() time.Time
	Derive           time.Duration // tolerance on the clock of the caller
	PSC              bool          // accept the unsigned assertion of Pro Santé Connect
	Convention       *Convention   // structure assertions; nil = refused
	Trace            func(Appel)   // called at each call, from several goroutines
	SansEntete       *SansEntete   // bodies alone, over mutual TLS alone
	Hasard           *Hasard       // scenarios drawn at random
}

// IDAMSimule is the software that a gateway authorises by default.
const IDAMSimule = "SIMULATEUR00"

// Chemin is the one path that the gateway serves.
const Chemin = "/lps"

// tailleMax bounds a request.
const tailleMax = 1 << 20

// Serveur is a gateway that runs. Its methods may be called from any goroutine.
type Serveur struct {
	URL          string // card or assertion
	URLTLSMutuel string // client certificate

	pki        *testpki.PKI
	services   []Service
	logiciels  []string
	horloge    func() time.Time
	derive     time.Duration
	psc        bool
	convention *Convention
	trace      func(Appel)
	nu         *SansEntete
	hasard     *Hasard
	sel        [32]byte
	serveurs   []*http.Server
	ferme      chan struct{}
	fermeture  func()
	groupe     sync.WaitGroup

	mu        sync.Mutex
	rang      int
	appels    []Appel
	compteurs map[Compteur]int
	prevus    []*prevu
	revoques  map[string]bool
	tirages   map[Compteur]int
}

// Demarre opens both addresses and serves until Close.
func Demarre(o Options) (*Serveur, error) {
	s := &Serveur{pki: o.PKI, services: o.Services, logiciels: o.Logiciels, horloge: o.Horloge, derive: o.Derive, psc: o.PSC,
		convention: o.Convention, trace: o.Trace, nu: o.SansEntete, hasard: o.Hasard, ferme: make(chan struct{}),
		compteurs: map[Compteur]int{}, revoques: map[string]bool{}, tirages: map[Compteur]int{}}
	rand.Read(s.sel[:])
	s.fermeture = sync.OnceFunc(func() { close(s.ferme) })
	if s.horloge == nil {
		s.horloge = time.Now
	}
	if len(s.logiciels) == 0 {
		s.logiciels = []string{IDAMSimule}
	}
	if o.Scenario != "" {
		if err := s.Scenario(Cible{}, o.Scenario); err != nil {
			return nil, err
		}
	}
	if err := o.Hasard.valide(); err != nil {
		return nil, err
	}
	if s.pki == nil {
		var err error
		if s.pki, err = testpki.New(s.horloge()); err != nil {
			return nil, err
		}
	}
	var err error
	if s.nu == nil {
		s.URL, err = s.ecoute(o.Adresse, "simulateur.services-ps.ameli.fr", false)
	}
	if err == nil {
		s.URLTLSMutuel, err = s.ecoute(o.AdresseTLSMutuel, "simulateur-services-ps-tlsm.ameli.fr", true)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// cleMutuel marks the requests of the mutual TLS address.
type cleMutuel struct{}

func mutuel(r *http.Request) bool { return r.Context().Value(cleMutuel{}) != nil }

// ecoute opens one address and serves it.
func (s *Serveur) ecoute(adresse, cn string, avecClient bool) (string, error) {
	id, err := s.pki.Serveur(cn)
	if err != nil {
		return "", err
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{id.TLS()}, Time: s.horloge}
	contexte := context.Background()
	if avecClient {
		c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, s.pki.Racines()
		c.ClientCAs.AddCert(s.pki.Organisations.Certificat)
		c.VerifyConnection = func(e tls.ConnectionState) error {
			if s.revoque(e.PeerCertificates[0]) {
				return errors.New("passerelle: client certificate revoked")
			}
			return nil
		}
		contexte = context.WithValue(contexte, cleMutuel{}, true)
	}
	if adresse == "" {
		adresse = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", adresse)
	if err != nil {
		return "", err
	}
	h := &http.Server{Handler: http.HandlerFunc(s.sert), ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return contexte }}
	s.serveurs = append(s.serveurs, h)
	s.groupe.Go(func() { h.Serve(tls.NewListener(l, c)) })
	return "https://" + l.Addr().String() + s.chemin(), nil
}

// Close drops every connection and waits for both addresses to be free.
func (s *Serveur) Close() error {
	s.fermeture()
	var errs []error
	for _, h := range s.serveurs {
		errs = append(errs, h.Close())
	}
	s.groupe.Wait()
	return errors.Join(errs...)
}

// PKI gives the certificates that the gateway trusts.
func (s *Serveur) PKI() *testpki.PKI { return s.pki }

// Revoque makes the gateway refuse a certificate from now on.
func (s *Serveur) Revoque(c *x509.Certificate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoques[string(c.Raw)] = true
}

func (s *Serveur) revoque(c *x509.Certificate) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.revoques[string(c.Raw)]
}

// sert answers one call.
func (s *Serveur) sert(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != s.chemin():
		http.NotFound(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST is wanted", http.StatusMethodNotAllowed)
		return
	}
	a := Appel{Quand: s.horloge(), Scenario: normal}
	if annoncee, err := typeSOAP(r.Header.Get("Content-Type")); err == nil {
		if sc := s.prend(annoncee, nil, avantLecture, normal); sc != normal {
			a.Scenario, a.Issue = sc, Trouble
			s.note(a)
			coupe(w, nil)
			return
		}
	}
	corps, err := io.ReadAll(http.MaxBytesReader(w, r.Body, tailleMax))
	if err != nil {
		a.Issue, a.Statut, a.Motif = Refuse, http.StatusRequestEntityTooLarge, "request cut or too large"
		s.note(a)
		http.Error(w, a.Motif, a.Statut)
		return
	}
	s.repond(r, corps, &a).envoie(w, r, s.ferme)
}

// repond examines a message, has its service answer, plays the scenario and
// notes the call.
func (s *Serveur) repond(r *http.Request, corps []byte, a *Appel) *sortie {
	q, service, f := s.examine(r, corps)
	a.Action, a.MessageID, a.Authentification = q.Action, q.MessageID, q.Authentification.Mode
	rep := Reponse{Faute: f}
	var identites []string
	tire := normal
	if f == nil {
		if service.Identites != nil {
			identites = service.Identites(q.Corps)
		}
		s.compte(a, identites)
		tire = s.tire(q.Action, identites)
		if service.Groupes != nil {
			identites = append(identites, service.Groupes(q.Corps)...)
		}
		if a.Scenario = s.prend(q.Action, identites, avantService, tire); a.Scenario == normal {
			rep = service.Actions[q.Action](q)
		} else {
			rep.Faute = &fauteSansEffet
		}
	}
	o := prepare(q, rep, styles[""], q.MessageID)
	a.Issue = Repondu
	if rep.Faute != nil {
		a.Issue, a.Motif = EnFaute, rep.Faute.SousCode+"/"+rep.Faute.Code
		if rep.Faute.Refus {
			a.Issue, a.Motif = Refuse, rep.Faute.Message
		}
	}
	if a.Issue != Refuse && service != nil {
		if a.Scenario == normal {
			a.Scenario = s.prend(q.Action, identites, apresService, tire)
		}
		if e, err := a.Scenario.effet(); err == nil && a.Scenario != normal {
			a.Issue = Trouble
			e(o, q, rep)
		}
	}
	a.Statut = o.statut
	s.note(*a)
	return o
}
