package annuairetest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/testpki"
)

// T is the part of *testing.T that NewServer uses.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// CN is the name of the certificate Serveur.Client. The names that the real
// directory accepts are not public.
const CN = "ANNUAIRE-SIMULE"

// Serveur is a simulated directory that runs. Its methods may be called from
// any goroutine; its fields are to be read only.
type Serveur struct {
	URL     string
	Racines []byte          // PEM of the authorities to trust
	Client  tls.Certificate // certificate of an establishment

	inscrits  []Inscrit
	horloge   func() time.Time
	http      *http.Server
	ferme     chan struct{}
	fermeture func() // closes ferme, once
	fini      chan struct{}

	mu        sync.Mutex
	appels    []Appel
	scenarios map[string]Scenario
	files     map[string][]Scenario
}

// Appel is one call as the simulator saw it.
type Appel struct {
	Rang     int // from 1
	Quand    time.Time
	Numero   string // AMC number as it came
	Service  string // code_service
	Scenario Scenario
	Statut   int
	Motif    string // rule that the request breaks, "" when it was answered
}

// Option changes what Demarre makes.
type Option func(*Serveur)

// AvecInscrits adds routes to those that the simulator knows.
func AvecInscrits(is ...Inscrit) Option {
	return func(s *Serveur) { s.inscrits = append(s.inscrits, is...) }
}

// AvecHorloge gives the simulator its clock.
func AvecHorloge(h func() time.Time) Option { return func(s *Serveur) { s.horloge = h } }

// Demarre runs a simulator until Close.
func Demarre(opts ...Option) (*Serveur, error) {
	s := &Serveur{inscrits: Publies(), horloge: time.Now, ferme: make(chan struct{}), fini: make(chan struct{}),
		scenarios: map[string]Scenario{}, files: map[string][]Scenario{}}
	s.fermeture = sync.OnceFunc(func() { close(s.ferme) })
	for _, o := range opts {
		o(s)
	}
	pki, err := testpki.New(s.horloge())
	if err != nil {
		return nil, err
	}
	serveur, errServeur := pki.Serveur("annuaire.simule.example")
	client, errClient := pki.Client(CN)
	if err := errors.Join(errServeur, errClient); err != nil {
		return nil, err
	}
	s.Racines, s.Client = pki.RacinesPEM(), client.TLS()
	clients := pki.Racines()
	clients.AddCert(pki.Organisations.Certificat)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.URL = "https://" + l.Addr().String() + "/annuaire"
	s.http = &http.Server{Handler: http.HandlerFunc(s.sert), ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	conf := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{serveur.TLS()}, Time: s.horloge,
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients}
	go func() {
		defer close(s.fini)
		s.http.Serve(tls.NewListener(l, conf))
	}()
	return s, nil
}

// NewServer runs a simulator for the time of a test.
func NewServer(t T, opts ...Option) *Serveur {
	t.Helper()
	s, err := Demarre(opts...)
	if err != nil {
		t.Fatalf("annuairetest: %v", err)
		return nil
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Close drops every connection and stops.
func (s *Serveur) Close() error {
	s.fermeture()
	err := s.http.Close()
	<-s.fini
	return err
}

// Appels lists the calls so far.
func (s *Serveur) Appels() []Appel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.appels)
}

// tailleMax bounds a request.
const tailleMax = 1 << 20

// sert answers one call.
func (s *Serveur) sert(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != "/annuaire" {
		http.NotFound(w, r)
		return
	}
	a := Appel{Quand: s.horloge(), Scenario: "normal"}
	o := &sortie{statut: http.StatusOK, typ: "text/xml; charset=utf-8"}
	corps, err := io.ReadAll(http.MaxBytesReader(w, r.Body, tailleMax))
	var q *question
	if err == nil {
		q, err = examine(r, corps)
	}
	if err != nil {
		a.Motif = err.Error()
		o.statut, o.corps = http.StatusInternalServerError, faute("Client", a.Motif)
	} else {
		a.Numero, a.Service, a.Scenario = q.numero, q.service, s.prend(q.numero)
		e, _ := a.Scenario.effet() // checked when it was set
		for i := range s.inscrits {
			if s.inscrits[i].convient(q) {
				o.entrees = append(o.entrees, s.inscrits[i])
			}
		}
		if e.routes != nil {
			e.routes(o, a.Quand)
		}
		o.corps = reponse(o.entrees)
		if e.message != nil {
			e.message(o)
		}
	}
	a.Statut = o.statut
	s.mu.Lock()
	a.Rang = len(s.appels) + 1
	s.appels = append(s.appels, a)
	s.mu.Unlock()
	o.envoie(w, r.Context(), s.ferme)
}

// envoie writes an answer, or drops the connection.
func (o *sortie) envoie(w http.ResponseWriter, ctx context.Context, ferme <-chan struct{}) {
	if o.delai > 0 {
		t := time.NewTimer(o.delai)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		case <-ferme:
			return
		}
	}
	if o.coupe && !o.milieu {
		panic(http.ErrAbortHandler)
	}
	if o.lieu != "" {
		w.Header().Set("Location", o.lieu)
	}
	w.Header().Set("Content-Type", o.typ)
	if o.milieu {
		w.Header().Set("Content-Length", strconv.Itoa(len(o.corps)))
		w.Write(o.corps[:len(o.corps)/2])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(o.statut)
	w.Write(o.corps)
	blancs := bytes.Repeat([]byte{' '}, 64<<10)
	for reste := o.bourrage; reste > 0; reste -= int64(len(blancs)) {
		if _, err := w.Write(blancs); err != nil {
			return
		}
	}
}

// reponse writes the reference answer.
func reponse(is []Inscrit) []byte {
	r := etree.NewElement("r:Reponse")
	r.CreateAttr("xmlns:r", "urn:simphonie:reference-non-officielle:annuaire:1")
	for _, i := range is {
		e := r.CreateElement("r:Entree")
		for _, a := range [][2]string{{"operateur", i.Operateur}, {"nom", i.Nom}, {"convention", i.Convention}, {"csr", i.CSR}, {"domaine", i.Domaine}} {
			if a[1] != "" {
				e.CreateAttr(a[0], a[1])
			}
		}
		if !i.Expire.IsZero() {
			e.CreateAttr("expire", i.Expire.UTC().Format(time.RFC3339))
		}
		for _, a := range i.Adresses {
			e.CreateElement("r:Adresse").SetText(a)
		}
	}
	return enveloppe(r)
}

// faute writes a SOAP 1.1 fault.
func faute(code, texte string) []byte {
	f := etree.NewElement("S:Fault")
	f.CreateElement("faultcode").SetText("S:" + code)
	f.CreateElement("faultstring").SetText(texte)
	return enveloppe(f)
}

func enveloppe(corps *etree.Element) []byte {
	doc := etree.NewDocument()
	env := doc.CreateElement("S:Envelope")
	env.CreateAttr("xmlns:S", espaceSOAP)
	env.CreateElement("S:Body").AddChild(corps)
	b, err := doc.WriteToBytes()
	if err != nil {
		return nil // a buffer takes everything
	}
	return b
}
