package teleservice

import (
	"cmp"
	"crypto/x509"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/internal/soap"
)

// Logiciel is what the software says of itself in each call.
type Logiciel struct {
	Autorisation string // IDAM: the number of the CNDA's authorisation
	Nom          string // as each service wants it: see the service
	Version      string
	Instance     string // identifier of this installation, constant: a UUID in public clients
}

// Config says how to reach a teleservice, for one legal entity.
type Config struct {
	Environnement Environnement
	// EJ is the legal entity (FINESS juridique) for which calls are made.
	EJ  simphonie.FINESS
	URL string // PasserelleLPS knows the public ones
	// Racines are the authorities that the server chains to.
	Racines          *Racines
	Authentification Authentification
	Logiciel         Logiciel

	// Delai bounds a call with its retries; 0 is 20 s. DelaiEssai bounds one
	// attempt; 0 is 8 s: the 600 ms that the services announce leave the network out.
	Delai, DelaiEssai time.Duration
	// TailleMax bounds an answer in bytes; 0 is 4 MiB.
	TailleMax   int64
	Reprises    Reprises
	Disjoncteur Disjoncteur

	// Revocation, if any, sees the verified chains of the server at each
	// handshake; an error refuses the connection. No revocation list is fetched
	// without it.
	Revocation func(chaines [][]*x509.Certificate) error
	// Adresses, if any, sees each address after the name was resolved and before
	// the connection; an error refuses it. Behind a proxy it sees the proxy.
	Adresses func(netip.AddrPort) error
	// Proxy names the establishment's outgoing proxy, if any; the variables of
	// the environment are not read. http.ProxyURL gives a constant one.
	Proxy func(*http.Request) (*url.URL, error)
	// Transport replaces the TLS transport whole: roots, certificates, revocation
	// and addresses are then its own affair.
	Transport http.RoundTripper

	// Horloge and Identifiants, as Mesure, are asked by several calls at once.
	Horloge      func() time.Time // time.Now by default
	Identifiants func() string    // source of UUID; random by default
	Log          *slog.Logger     // nothing is logged by default
	Mesure       func(Mesure)     // sees each attempt; must be quick and safe for concurrent use
}

// Mesure is one attempt of one call, for the editor's metrics.
type Mesure struct {
	Service, Operation string
	Essai              int            // from 1
	Code               simphonie.Code // "" when the attempt succeeded
	Duree              time.Duration
	Reprise            bool // another attempt follows
}

// Defaults of Config.
const (
	delaiDefaut      = 20 * time.Second
	delaiEssaiDefaut = 8 * time.Second
	tailleDefaut     = 4 << 20
)

// complete fills what has a documented default.
func (c *Config) complete() {
	c.Delai = cmp.Or(c.Delai, delaiDefaut)
	c.DelaiEssai = cmp.Or(c.DelaiEssai, delaiEssaiDefaut)
	c.TailleMax = min(cmp.Or(c.TailleMax, tailleDefaut), math.MaxInt64-1) // one byte more is asked for
	c.Reprises.complete()
	c.Disjoncteur.complete()
	if c.Horloge == nil {
		c.Horloge = time.Now
	}
	if c.Identifiants == nil {
		c.Identifiants = soap.UUID
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

// verifie lists every fault of the configuration.
func (c *Config) verifie() error {
	var errs []error
	ajoute := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	manque := func(absent bool, code simphonie.Code, chemin, detail string) {
		if absent {
			errs = append(errs, erreurConfig(code, chemin, detail))
		}
	}
	if c.Environnement < Production || c.Environnement > Simulation {
		errs = append(errs, erreurConfig("TSV-ENVIRONNEMENT", "Environnement", "production, qualification or simulation is wanted"))
	}
	manque(c.EJ == "", "TSV-CONFIG-EJ", "EJ", "the FINESS of the legal entity is missing")
	if c.EJ != "" && c.Environnement == Production {
		// Test numbers hold letters and wrong keys.
		if err := c.EJ.Valide(); err != nil {
			ajoute(&simphonie.Erreur{Code: "TSV-CONFIG-EJ", Service: "teleservice", Chemin: "EJ", Err: err})
		}
	}
	ajoute(verifieURL(c.Environnement, c.URL))
	l := c.Logiciel
	manque(l.Autorisation == "" || l.Nom == "" || l.Version == "" || l.Instance == "", "TSV-CONFIG-LOGICIEL", "Logiciel",
		"authorisation number, name, version and instance are all wanted")
	manque(c.Delai < 0 || c.DelaiEssai < 0 || c.TailleMax < 0, "TSV-CONFIG-LIMITES", "Delai", "delays and sizes are not negative")
	ajoute(c.Reprises.verifie())
	ajoute(c.Disjoncteur.verifie())
	if c.Transport == nil {
		ajoute(c.verifieRacines(c.Racines))
	}
	ajoute(c.verifieAuthentification(c.Authentification))
	return errors.Join(errs...)
}

func (c *Config) verifieRacines(r *Racines) error {
	switch {
	case r == nil:
		return erreurConfig("TSV-RACINES", "Racines", "the authorities of the servers are missing: LoadRacines")
	case r.env != c.Environnement:
		return erreurConfig("TSV-CONFIG-MELANGE", "Racines", "the authorities were loaded for another environment than "+c.Environnement.String())
	}
	return nil
}

func (c *Config) verifieAuthentification(a Authentification) error {
	if erreurs.Nul(a) {
		return erreurConfig("TSV-CONFIG-AUTHENTIFICATION", "Authentification", "one of the four authentications is wanted")
	}
	return errors.Join(a.verifie(c.Environnement, c.Horloge())...)
}
