package payfip

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/reseau"
)

// Public addresses. The one that the WSDL gives for the service is wrong.
const (
	URLService = "https://www.tipi.budget.gouv.fr/tpa/services/securite"
	URLPage    = "https://www.payfip.gouv.fr/tpa/paiementws.web"
)

// Defaults of Config. A creation must end well before its window of 15 minutes.
const (
	delaiDefaut  = 30 * time.Second
	delaiMax     = 5 * time.Minute
	tailleDefaut = 256 << 10
)

// Config says how one régie of one legal entity takes payments.
type Config struct {
	EJ     simphonie.FINESS // legal entity; a request for another is refused
	NumCli string           // client number that the DGFiP gave, 6 digits
	Saisie Saisie           // mandatory
	// Magasin keeps the dossiers. Memoire is for tests only.
	Magasin Magasin

	URL  string // of the service; URLService by default
	Page string // of the payment page; URLPage by default
	// Notification and Retour are where PayFiP notifies and where the patient
	// comes back to; 250 characters at most. Without the first, only the
	// loop learns results.
	Notification, Retour string
	Limites              Limites

	Delai     time.Duration // of one call; 30 s, 5 minutes at most
	TailleMax int64         // of an answer, in bytes; 256 KiB
	// Racines replaces the authorities of the machine.
	Racines *x509.CertPool
	// Proxy names the establishment's outgoing proxy, if any; the variables of
	// the environment are not read.
	Proxy func(*http.Request) (*url.URL, error)
	// Transport replaces the TLS transport whole.
	Transport http.RoundTripper

	Horloge func() time.Time // time.Now by default
	Log     *slog.Logger     // nothing is logged by default
}

// Client takes payments by PayFiP. It is safe for concurrent use.
type Client struct {
	c    Config
	http *http.Client

	mu    sync.Mutex
	repos time.Time // the loop asks nothing before
}

// New checks a configuration and lists every fault of it.
func New(c Config) (*Client, error) {
	c.complete()
	if err := c.verifie(); err != nil {
		return nil, err
	}
	t := c.Transport
	if t == nil {
		t = &http.Transport{
			Proxy:               c.Proxy,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: c.Racines},
			DialContext:         (&net.Dialer{Timeout: c.Delai}).DialContext,
			TLSHandshakeTimeout: c.Delai, MaxResponseHeaderBytes: 64 << 10, DisableCompression: true,
			// A creation must not meet a connection that the server is just closing.
			DisableKeepAlives: true,
		}
	}
	return &Client{c: c, http: &http.Client{Transport: t, CheckRedirect: reseau.SansRedirection}}, nil
}

func (c *Config) complete() {
	c.URL, c.Page = cmp.Or(c.URL, URLService), cmp.Or(c.Page, URLPage)
	c.Delai, c.TailleMax = cmp.Or(c.Delai, delaiDefaut), cmp.Or(c.TailleMax, tailleDefaut)
	c.Limites.MontantMax, c.Limites.RefdetMin = cmp.Or(c.Limites.MontantMax, 9_999_999), cmp.Or(c.Limites.RefdetMin, 6)
	if c.Horloge == nil {
		c.Horloge = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}

func (c *Config) verifie() error {
	var errs []error
	exige := func(bon bool, code simphonie.Code, chemin, detail string) {
		if !bon {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	if err := c.EJ.Valide(); err != nil {
		errs = append(errs, &simphonie.Erreur{Code: "PAYFIP-CONFIG-EJ", Service: service, Chemin: "EJ", Detail: "the FINESS of the legal entity is wanted", Err: err})
	}
	exige(numcliValide(c.NumCli), "PAYFIP-CONFIG-NUMCLI", "NumCli", "the client number has 6 digits")
	exige(c.Saisie.valide(), "PAYFIP-CONFIG-SAISIE", "Saisie", "say Essai, Activation or Production: there is no default")
	m := reflect.ValueOf(c.Magasin)
	exige(m.IsValid() && !(m.Kind() == reflect.Pointer && m.IsNil()), "PAYFIP-CONFIG-MAGASIN", "Magasin", "the store of the dossiers is missing")
	for _, u := range []struct {
		chemin, adresse string
		exigee          bool
	}{{"URL", c.URL, true}, {"Page", c.Page, true}, {"Notification", c.Notification, false}, {"Retour", c.Retour, false}} {
		if u.adresse == "" && !u.exigee {
			continue
		}
		if err := verifieURL(c.Saisie, u.chemin, u.adresse); err != nil {
			errs = append(errs, err)
		}
		exige(len(u.adresse) <= urlMax, "PAYFIP-CONFIG-URL", u.chemin, "250 characters at most")
	}
	exige(c.Delai > 0 && c.Delai <= delaiMax && c.TailleMax > 0, "PAYFIP-CONFIG-LIMITES", "Delai", "a delay of 5 minutes at most and a positive size are wanted")
	exige(c.Limites.MontantMax >= montantMin && c.Limites.MontantMax <= montantAbsolu, "PAYFIP-CONFIG-LIMITES", "Limites.MontantMax", "1 € to 11 digits of cents are wanted")
	exige(c.Limites.RefdetMin >= 1 && c.Limites.RefdetMin <= refdetMax, "PAYFIP-CONFIG-LIMITES", "Limites.RefdetMin", "1 to 30 characters are wanted")
	return errors.Join(errs...)
}

func numcliValide(s string) bool { return len(s) == 6 && chiffres(s) }

// pret refuses a client that New did not make.
func (c *Client) pret() error {
	if c == nil || c.http == nil {
		return erreur("PAYFIP-CONFIG-CLIENT", "Client", "a client is made by New")
	}
	return nil
}

// maintenant is in UTC, to the microsecond, which every database keeps.
func (c *Client) maintenant() time.Time { return c.c.Horloge().UTC().Truncate(time.Microsecond) }
