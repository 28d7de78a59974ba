package diapasontest

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the night is that of Paris, whatever the machine

	"github.com/simphonie/simphonie/internal/testpki"
)

// Delays of the simulated page.
const (
	fenetrePayFiP    = 15 * time.Minute
	heurePurgePayFiP = 3 // in the night of Paris
)

// PayFiP is a simulated DGFiP payment page and its SOAP service, over real TLS.
// It is written from the public sources a second time, and shares nothing with
// the client. Its clock is the test's; its ledger is the judge.
type PayFiP struct {
	URL     string // of the service
	Page    string // of the payment page
	Racines *x509.CertPool

	serveur *http.Server
	fin     sync.Once
	ferme   chan struct{}
	paris   *time.Location
	numclis []string

	mu         sync.Mutex
	maintenant time.Time
	operations []*operationPayFiP
	scenarios  map[string][]ScenarioPayFiP
	appels     []AppelPayFiP
}

// operation is one creation and what became of it.
type operationPayFiP struct {
	CreationPayFiP
	ouverte  bool
	resultat string
	le       time.Time
}

// CreationPayFiP is one operation of the ledger.
type CreationPayFiP struct {
	IDOp, NumCli, Exer, Refdet, Saisie string
	Montant                            int64 // cents
	Le                                 time.Time
	champs                             map[string]string
}

// PaiementPayFiP is one payment or direct debit of the ledger.
type PaiementPayFiP struct {
	CreationPayFiP
	Resultat string // P or V
	PayeLe   time.Time
}

// AppelPayFiP is one call that was understood: what was answered to it.
type AppelPayFiP struct {
	Operation string
	Reponse   string // "ok", the code of a fault, or the scenario
}

// OptionsPayFiP adapts the simulator.
type OptionsPayFiP struct {
	Debut   time.Time // hour at the start; 20 November 2026, 10:00 in Paris
	NumClis []string  // client numbers that exist; 090909
}

// NewPayFiP starts a simulator that ends with the test.
func NewPayFiP(t testing.TB, o OptionsPayFiP) *PayFiP {
	t.Helper()
	s, err := DemarrePayFiP(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// DemarrePayFiP starts a simulator on the loopback. Close stops it.
func DemarrePayFiP(o OptionsPayFiP) (*PayFiP, error) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, err
	}
	s := &PayFiP{paris: paris, numclis: o.NumClis, ferme: make(chan struct{}), scenarios: map[string][]ScenarioPayFiP{},
		maintenant: o.Debut}
	if s.maintenant.IsZero() {
		s.maintenant = time.Date(2026, 11, 20, 10, 0, 0, 0, paris)
	}
	if len(s.numclis) == 0 {
		s.numclis = []string{"090909"}
	}
	pki, err := testpki.New(time.Now())
	if err != nil {
		return nil, err
	}
	identite, err := pki.Serveur("127.0.0.1")
	if err != nil {
		return nil, err
	}
	ecoute, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{identite.TLS()}})
	if err != nil {
		return nil, err
	}
	s.serveur = &http.Server{Handler: http.HandlerFunc(s.sert), ErrorLog: muetPayFiP, ReadHeaderTimeout: 10 * time.Second}
	go s.serveur.Serve(ecoute)
	url := "https://" + ecoute.Addr().String()
	s.URL, s.Page = url+"/tpa/services/securite", url+"/tpa/paiementws.web"
	s.Racines = x509.NewCertPool()
	s.Racines.AddCert(pki.Racine.Certificat)
	return s, nil
}

// Close stops the simulator and cuts what is under way.
func (s *PayFiP) Close() error {
	s.fin.Do(func() { close(s.ferme) })
	return s.serveur.Close()
}

// Maintenant gives the hour of the simulator, which the client may share.
func (s *PayFiP) Maintenant() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.maintenant
}

// Avance moves the clock.
func (s *PayFiP) Avance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.maintenant = s.maintenant.Add(d)
}

// Creations lists every operation, purged or not, in order.
func (s *PayFiP) Creations() []CreationPayFiP {
	s.mu.Lock()
	defer s.mu.Unlock()
	var cs []CreationPayFiP
	for _, o := range s.operations {
		cs = append(cs, o.CreationPayFiP)
	}
	return cs
}

// Paiements lists what was paid or engaged, in order of creation.
func (s *PayFiP) Paiements() []PaiementPayFiP {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ps []PaiementPayFiP
	for _, o := range s.operations {
		if o.resultat == "P" || o.resultat == "V" {
			ps = append(ps, PaiementPayFiP{o.CreationPayFiP, o.resultat, o.le})
		}
	}
	return ps
}

// Doubles lists the references that were paid more than once.
func (s *PayFiP) Doubles() []string {
	n := map[string]int{}
	var ds []string
	for _, p := range s.Paiements() {
		k := p.NumCli + " " + p.Exer + " " + p.Refdet
		if n[k]++; n[k] == 2 {
			ds = append(ds, p.Refdet)
		}
	}
	slices.Sort(ds)
	return ds
}

// Appels lists the calls, in order.
func (s *PayFiP) Appels() []AppelPayFiP {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.appels)
}

// Ouvre is the patient who opens the page: P1 unknown or purged, P3 used, P4
// older than 15 minutes.
func (s *PayFiP) Ouvre(idop string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.trouve(idop)
	switch {
	case o == nil:
		return codePayFiP("P1")
	case o.resultat != "" || o.ouverte:
		return codePayFiP("P3")
	case s.maintenant.Sub(o.Le) > fenetrePayFiP:
		return codePayFiP("P4")
	}
	o.ouverte = true
	return nil
}

// Termine is what the patient does on the page: P, V, A, R or Z, however long
// after the page was opened.
func (s *PayFiP) Termine(idop, resultat string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.trouve(idop)
	switch {
	case o == nil:
		return codePayFiP("P1")
	case !o.ouverte || o.resultat != "":
		return codePayFiP("P3")
	case !slices.Contains([]string{"P", "V", "A", "R", "Z"}, resultat):
		return fmt.Errorf("diapasontest: no such result")
	}
	o.resultat, o.le = resultat, s.maintenant
	return nil
}

// Paie opens the page and ends there.
func (s *PayFiP) Paie(idop, resultat string) error {
	if err := s.Ouvre(idop); err != nil {
		return err
	}
	return s.Termine(idop, resultat)
}

// Change gives an operation another result than it had, as when a direct debit
// is refused after all.
func (s *PayFiP) Change(idop, resultat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.operations {
		if o.IDOp == idop {
			o.resultat, o.le = resultat, s.maintenant
		}
	}
}

// codePayFiP is a refusal of the page.
type codePayFiP string

// Error gives the code.
func (c codePayFiP) Error() string { return string(c) }

// trouve finds an operation that was not purged.
func (s *PayFiP) trouve(idop string) *operationPayFiP {
	for _, o := range s.operations {
		if o.IDOp == idop && !s.purgee(o) {
			return o
		}
	}
	return nil
}

// purgee says that the night after the creation has taken an operation without
// a result.
func (s *PayFiP) purgee(o *operationPayFiP) bool {
	if o.resultat != "" {
		return s.maintenant.Sub(o.le) > 365*24*time.Hour
	}
	l := o.Le.In(s.paris)
	nuit := time.Date(l.Year(), l.Month(), l.Day(), heurePurgePayFiP, 0, 0, 0, s.paris)
	if !nuit.After(l) {
		nuit = time.Date(l.Year(), l.Month(), l.Day()+1, heurePurgePayFiP, 0, 0, 0, s.paris)
	}
	return !s.maintenant.Before(nuit)
}

// sert answers one call.
func (s *PayFiP) sert(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(io.LimitReader(r.Body, 64<<10))
	if err != nil {
		return
	}
	if r.Method != http.MethodPost || r.URL.Path != "/tpa/services/securite" {
		http.NotFound(w, r)
		return
	}
	q, err := lisRequetePayFiP(r, b)
	if err != nil {
		s.envoie(w, r, "normal", fautePayFiP("TechProtocolaireErreur", "", err.Error()))
		return
	}
	s.mu.Lock()
	sc := ScenarioPayFiP("normal")
	if f := s.scenarios[q.operation]; len(f) > 0 {
		sc, s.scenarios[q.operation] = f[0], f[1:]
	}
	rep := reponsePayFiP{}
	switch {
	case sc == "coupe-avant":
	case sc.nom() == "faute":
		rep = sc.faute()
	default:
		rep = s.traite(q, sc)
	}
	s.appels = append(s.appels, AppelPayFiP{q.operation, cmp.Or(rep.code, string(sc))})
	s.mu.Unlock()
	s.envoie(w, r, sc, rep)
}
