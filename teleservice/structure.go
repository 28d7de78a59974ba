package teleservice

import (
	"cmp"
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/soap"
)

// AssertionStructure authenticates the establishment by an assertion that its
// software certificate signs, built from the convention.
type AssertionStructure struct {
	Convention *Convention
	Signataire crypto.Signer     `json:"-"`
	Certificat *x509.Certificate `json:"-"`
	// Agent is the identifier that the establishment gives to the user, or to
	// its batch.
	Agent simphonie.Confidentiel
	// PAGM is the authorisation profile, one of the convention's; "" is its first.
	PAGM                   string
	IdentifiantFacturation string                 // optional
	Delegant               simphonie.Confidentiel // professional who delegates, optional
	// Duree is how long an assertion serves again; 0 is 20 s, one hour at most.
	Duree time.Duration

	cache cacheAssertion
}

// dureeStructure is the validity that the assertion announces: seven days, and
// five minutes for clocks that drift.
const dureeStructure = 7*24*time.Hour + 5*time.Minute

// Etablissement says that no agent is needed.
func (s *AssertionStructure) Etablissement() bool { return true }

// String names the strategy.
func (s *AssertionStructure) String() string { return "assertion de structure" }

// Format names the strategy whatever the verb: the key may be in memory.
func (s *AssertionStructure) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

func (s *AssertionStructure) verifie(e Environnement, maintenant time.Time) []error {
	errs := append(verifieSignataire(s.Signataire, s.Certificat, e, maintenant), verifieSignature(s.Certificat)...)
	if err := s.Convention.verifie(); err != nil {
		errs = append(errs, err)
	} else if s.PAGM != "" && !slices.Contains(s.Convention.PAGM, s.PAGM) {
		errs = append(errs, erreurConfig("TSV-CONVENTION", "Authentification.PAGM", "the convention does not have this profile"))
	}
	if s.Agent.IsZero() {
		errs = append(errs, erreurConfig("TSV-CONVENTION", "Authentification.Agent", "the identifier of the agent is missing"))
	}
	if err := verifieDuree(s.Duree); err != nil {
		errs = append(errs, err)
	}
	return errs
}

func (s *AssertionStructure) preuve(ctx context.Context, d demandePreuve) (preuve, error) {
	if err := verifieDates(s.Certificat, d.maintenant); err != nil {
		return preuve{}, err
	}
	a, err := s.cache.prend(ctx, d.horloge, s.Duree, func(t time.Time) ([]byte, error) { return s.assertion(d.a(t)) })
	if err != nil {
		return preuve{}, err
	}
	return preuve{securite: soap.Securite(a)}, nil
}

// pagm gives the profile in force.
func (s *AssertionStructure) pagm() string { return cmp.Or(s.PAGM, s.Convention.PAGM[0]) }

func (s *AssertionStructure) oublie() { s.cache.oublie() }

func (s *AssertionStructure) clientTLS() *tls.Certificate { return nil }

func (s *AssertionStructure) echeances() []Echeance {
	return []Echeance{{"authentification", s.Certificat.Subject.CommonName, s.Certificat.NotAfter}}
}
