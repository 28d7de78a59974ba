package roctest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/testpki"
)

// T is the part of *testing.T that NewServer uses.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Serveur is the insurers that run. Its methods may be called from any
// goroutine; its fields are to be read only.
type Serveur struct {
	Racines    []byte          // PEM of the authorities to trust
	Client     tls.Certificate // software certificate, CN ROC-SIMULE
	ClientP12  []byte          // the same in PKCS#12
	MotDePasse string          // of ClientP12

	pki         *testpki.PKI
	guichets    []Guichet
	passerelles []*passerelle.Serveur
	registre    *registre
}

// Option changes what Demarre makes.
type Option func(*reglages)

type reglages struct {
	options       passerelle.Options
	guichets      []Guichet
	beneficiaires []Beneficiaire
	doubles       bool
	trace         func(Appel)
}

// AvecGuichets replaces the insurers of Guichets. People of Beneficiaires whose
// insurer is no longer there are left out.
func AvecGuichets(gs ...Guichet) Option { return func(r *reglages) { r.guichets = gs } }

// AvecBeneficiaires adds fictitious persons to those of Beneficiaires.
func AvecBeneficiaires(bs ...Beneficiaire) Option {
	return func(r *reglages) { r.beneficiaires = append(r.beneficiaires, bs...) }
}

// AvecScenario sets how calls are answered from the start.
func AvecScenario(s Scenario) Option {
	return func(r *reglages) { r.options.Scenario = passerelle.Scenario(s) }
}

// AvecHasard draws a scenario for calls that have none: parMille of a thousand
// get one of those given. Print the seed: the same one draws the same for the
// same sequence of calls to a service about a visit, whatever else runs.
func AvecHasard(graine uint64, parMille int, scenarios ...Scenario) Option {
	h := &passerelle.Hasard{Graine: graine, ParMille: parMille}
	for _, s := range scenarios {
		h.Scenarios = append(h.Scenarios, passerelle.Scenario(s))
	}
	return func(r *reglages) { r.options.Hasard = h }
}

// AvecDoubles makes insurers commit again for a visit that they cover already,
// as one that does not look: Vivants then shows both.
func AvecDoubles() Option { return func(r *reglages) { r.doubles = true } }

// AvecHorloge gives the simulator its clock.
func AvecHorloge(h func() time.Time) Option { return func(r *reglages) { r.options.Horloge = h } }

// AvecTrace has each call reported as it comes, from several goroutines.
func AvecTrace(f func(Appel)) Option { return func(r *reglages) { r.trace = f } }

// chemin is the path of every address.
const chemin = "/roc"

// Demarre runs the insurers until Close.
func Demarre(opts ...Option) (*Serveur, error) {
	r := &reglages{guichets: Guichets()}
	for _, o := range opts {
		o(r)
	}
	if err := verifieGuichets(r.guichets); err != nil {
		return nil, err
	}
	if r.options.Horloge == nil {
		r.options.Horloge = time.Now
	}
	pki, err := testpki.New(r.options.Horloge())
	if err != nil {
		return nil, err
	}
	s := &Serveur{pki: pki, Racines: pki.RacinesPEM(), MotDePasse: motDePasse, guichets: slices.Clone(r.guichets), registre: nouveauRegistre()}
	s.registre.doubles = r.doubles
	connus := slices.DeleteFunc(Beneficiaires(), func(b Beneficiaire) bool { return s.guichet(b.AMC) == nil })
	if err := errors.Join(s.emet(), s.Ajoute(append(connus, r.beneficiaires...)...)); err != nil {
		return nil, err
	}
	r.options.PKI = pki
	r.options.SansEntete = &passerelle.SansEntete{Chemin: chemin, Refus: refus,
		Identifiant: identifiant, Correle: correle}
	for i := range s.guichets {
		g, o := &s.guichets[i], r.options
		o.AdresseTLSMutuel = g.Adresse
		o.Services = []passerelle.Service{s.registre.service(g)}
		if r.trace != nil {
			o.Trace = func(a passerelle.Appel) { r.trace(appel(g.Nom, a)) }
		}
		p, err := passerelle.Demarre(o)
		if err != nil {
			s.Close()
			return nil, err
		}
		s.passerelles, g.URL = append(s.passerelles, p), p.URLTLSMutuel
	}
	return s, nil
}

// identifiant is the identifier of a request, "" when it is malformed.
func identifiant(corps *etree.Element) string {
	if r := fils(corps, "Entete", "Requete"); enRequete(r) {
		return r
	}
	return ""
}

// correle changes the request that an answer names, or takes it away.
func correle(reponse *etree.Element, requete string) {
	e := reponse.SelectElement("Requete")
	switch {
	case e == nil:
	case requete == "":
		reponse.RemoveChild(e)
	default:
		e.SetText(requete)
	}
}

// NewServer runs the insurers for the time of a test.
func NewServer(t T, opts ...Option) *Serveur {
	t.Helper()
	s, err := Demarre(opts...)
	if err != nil {
		t.Fatalf("roctest: %v", err)
		return nil
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Close stops every address.
func (s *Serveur) Close() error {
	var errs []error
	for _, p := range s.passerelles {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// Guichets lists the addresses and who is served there.
func (s *Serveur) Guichets() []Guichet { return slices.Clone(s.guichets) }

// URL gives the address of an insurer, "" when nobody serves it.
func (s *Serveur) URL(amc simphonie.NumeroAMC) string {
	if g := s.guichet(amc); g != nil {
		return g.URL
	}
	return ""
}

func (s *Serveur) guichet(amc simphonie.NumeroAMC) *Guichet {
	for i := range s.guichets {
		if s.guichets[i].sert(amc) != nil {
			return &s.guichets[i]
		}
	}
	return nil
}

// Ajoute makes insurers know people from now on; somebody of the same insurer,
// member number, birth date and rank is replaced. It refuses a person whom
// nobody can ask about and one whose answer the page cannot hold.
func (s *Serveur) Ajoute(bs ...Beneficiaire) error {
	for i := range bs {
		err := bs[i].verifie()
		if err == nil && s.guichet(bs[i].AMC) == nil {
			err = errors.New("no address serves this insurer")
		}
		if err != nil {
			return fmt.Errorf("roctest: beneficiary %d (%s): %w", i, bs[i].Cas, err)
		}
	}
	g := s.registre
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, b := range bs {
		i := slices.IndexFunc(g.personnes, func(p *Beneficiaire) bool {
			return p.AMC.Equal(b.AMC) && p.Adherent == b.Adherent && p.Naissance == b.Naissance && p.Rang == b.Rang
		})
		if i < 0 {
			g.personnes = append(g.personnes, &b)
		} else {
			g.personnes[i] = &b
		}
	}
	return nil
}
