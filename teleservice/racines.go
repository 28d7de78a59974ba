package teleservice

import (
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// Racines are the authorities that servers must chain to, for one environment.
// The servers of the Assurance Maladie chain to IGC-Santé, not to the public
// authorities of the web.
type Racines struct {
	env   Environnement
	pool  *x509.CertPool
	certs []*x509.Certificate
}

// LoadRacines reads certificates of authorities in PEM. Authorities of test
// and of production in one set are refused, and so are those of test in
// production, and of production in simulation. In qualification one kind or
// the other is accepted: public traces show its servers under both.
func LoadRacines(e Environnement, pems ...[]byte) (*Racines, error) {
	r := &Racines{env: e, pool: x509.NewCertPool()}
	if e < Production || e > Simulation {
		return nil, erreurConfig("TSV-ENVIRONNEMENT", "Racines", "the environment is missing")
	}
	for _, b := range pems {
		for {
			var bloc *pem.Block
			if bloc, b = pem.Decode(b); bloc == nil {
				break
			}
			if bloc.Type != "CERTIFICATE" {
				return nil, erreurConfig("TSV-RACINES", "Racines", "only certificates are wanted: a "+typePEM(bloc.Type)+" stands among them")
			}
			c, err := x509.ParseCertificate(bloc.Bytes)
			if err != nil {
				return nil, &simphonie.Erreur{Code: "TSV-RACINES", Service: "teleservice", Chemin: "Racines", Detail: "a certificate cannot be read", Err: err}
			}
			if !c.IsCA {
				return nil, erreurConfig("TSV-RACINES", "Racines", "a certificate is not of an authority")
			}
			r.certs = append(r.certs, c)
			r.pool.AddCert(c)
		}
	}
	if len(r.certs) == 0 {
		return nil, erreurConfig("TSV-RACINES", "Racines", "no certificate in PEM form")
	}
	test := slices.ContainsFunc(r.certs, func(c *x509.Certificate) bool { return gammeDe(c) == gammeTest })
	reel := slices.ContainsFunc(r.certs, func(c *x509.Certificate) bool { return gammeDe(c) == gammeReelle })
	if test && reel || test && e == Production || reel && e == Simulation {
		return nil, erreurConfig("TSV-CONFIG-MELANGE", "Racines", "authorities of test and of production are mixed, or belong to another environment than "+e.String())
	}
	return r, nil
}

// typePEM names the kinds of block that people put there by mistake.
func typePEM(t string) string {
	if strings.HasSuffix(t, "PRIVATE KEY") {
		return "private key"
	}
	return "block of another type"
}

// gamme tells the authorities of IGC-Santé of test from those of production.
type gamme uint8

const (
	gammeAutre gamme = iota
	gammeTest
	gammeReelle
)

func gammeDe(c *x509.Certificate) gamme {
	for _, ou := range slices.Concat(c.Subject.OrganizationalUnit, c.Issuer.OrganizationalUnit) {
		switch ou {
		case "IGC-SANTE TEST":
			return gammeTest
		case "IGC-SANTE":
			return gammeReelle
		}
	}
	for _, cn := range []string{c.Subject.CommonName, c.Issuer.CommonName} {
		switch {
		case strings.HasPrefix(cn, "TEST AC "):
			return gammeTest
		case strings.HasPrefix(cn, "AC ") && strings.Contains(cn, "IGC-SANTE"):
			return gammeReelle
		}
	}
	return gammeAutre
}

// Echeance is a certificate and the day it ends.
type Echeance struct {
	Objet string // which certificate: racine, authentification
	CN    string // of its subject when it is an authority or a structure; never of a person
	Fin   time.Time
}

func (r *Racines) echeances() []Echeance {
	es := make([]Echeance, len(r.certs))
	for i, c := range r.certs {
		es[i] = Echeance{"racine", c.Subject.CommonName, c.NotAfter}
	}
	return es
}
