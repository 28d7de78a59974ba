package insitest

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"slices"
	"time"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/testpki"
)

// T is the part of *testing.T that NewServer uses.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Serveur is a simulated INSi that runs. Its methods may be called from any
// goroutine; its fields are to be read only.
type Serveur struct {
	URL          string // card or assertion
	URLTLSMutuel string // client certificate
	Racines      []byte // PEM of the root and authorities to trust

	Client     tls.Certificate // AUTH_CLI certificate, CN INSI-AUTO
	ClientP12  []byte          // the same in PKCS#12
	MotDePasse string          // of ClientP12

	Carte    Signature // professional card, type CPE
	Logiciel string    // authorised IDAM

	certificats certificats
	passerelle  *passerelle.Serveur
}

// Signature is a key that signs and its certificate.
type Signature struct {
	Signataire crypto.Signer
	Certificat *x509.Certificate
}

// Option changes what Demarre makes.
type Option func(*reglages)

type reglages struct {
	options   passerelle.Options
	identites []Identite
}

// AvecIdentites adds fictitious persons to those that the simulator knows,
// written as the messages write them.
func AvecIdentites(is ...Identite) Option {
	return func(r *reglages) { r.identites = append(r.identites, is...) }
}

// AvecScenario sets how calls are answered from the start.
func AvecScenario(s Scenario) Option {
	return func(r *reglages) { r.options.Scenario = passerelle.Scenario(s) }
}

// AvecHorloge gives the simulator its clock, which ages assertions and certificates.
func AvecHorloge(h func() time.Time) Option { return func(r *reglages) { r.options.Horloge = h } }

// AvecLogiciels sets the authorised IDAM numbers; the first is Serveur.Logiciel.
func AvecLogiciels(idam ...string) Option {
	return func(r *reglages) { r.options.Logiciels = slices.Clone(idam) }
}

// AvecAdresses sets where the card address and the mutual TLS address listen;
// "" is a free port of the loopback.
func AvecAdresses(carte, tlsMutuel string) Option {
	return func(r *reglages) { r.options.Adresse, r.options.AdresseTLSMutuel = carte, tlsMutuel }
}

// AvecPSC makes the simulator accept the unsigned assertion of Pro Santé Connect.
func AvecPSC() Option { return func(r *reglages) { r.options.PSC = true } }

// AvecTrace has each call reported as it comes, from several goroutines.
func AvecTrace(f func(Appel)) Option {
	return func(r *reglages) {
		if f != nil {
			r.options.Trace = func(a passerelle.Appel) { f(appel(a)) }
		}
	}
}

// motDePasse protects test keys, which protect nothing.
const motDePasse = "simulateur"

// Demarre runs a simulator until Close.
func Demarre(opts ...Option) (*Serveur, error) {
	r := &reglages{}
	for _, o := range opts {
		if o != nil {
			o(r)
		}
	}
	for k := range r.identites {
		if err := r.identites[k].valide(k); err != nil {
			return nil, err
		}
	}
	if r.options.Horloge == nil {
		r.options.Horloge = time.Now
	}
	if len(r.options.Logiciels) == 0 {
		r.options.Logiciels = []string{passerelle.IDAMSimule}
	}
	pki, err := testpki.New(r.options.Horloge())
	if err != nil {
		return nil, err
	}
	s := &Serveur{certificats: certificats{pki}, MotDePasse: motDePasse, Racines: pki.RacinesPEM(), Logiciel: r.options.Logiciels[0]}
	if err := s.emet(); err != nil {
		return nil, err
	}
	r.options.PKI = pki
	r.options.Services = []passerelle.Service{(&service{slices.Concat(Publiees(), Synthetiques(), r.identites)}).passerelle()}
	if s.passerelle, err = passerelle.Demarre(r.options); err != nil {
		return nil, err
	}
	s.URL, s.URLTLSMutuel = s.passerelle.URL, s.passerelle.URLTLSMutuel
	return s, nil
}

// NewServer runs a simulator for the time of a test.
func NewServer(t T, opts ...Option) *Serveur {
	t.Helper()
	s, err := Demarre(opts...)
	if err != nil {
		t.Fatalf("insitest: %v", err)
		return nil
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Close stops the simulator.
func (s *Serveur) Close() error { return s.passerelle.Close() }
