package teleservice

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/reseau"
)

// Canal calls teleservices with one configuration. It is safe for concurrent
// use; authentication and roots can be replaced while it serves.
type Canal struct {
	c            Config
	session      string     // Id of ContexteLPS, one for the life of the canal
	remplace     sync.Mutex // held by who changes etat
	etat         atomic.Pointer[etatCanal]
	budget       *budget
	disjoncteurs *disjoncteurs
}

// etatCanal is what can be replaced.
type etatCanal struct {
	auth    Authentification
	racines *Racines
	http    *http.Client
	// seul opens a connection for each call: a call that is made once must not
	// meet a connection that the server is just closing.
	seul *http.Client
}

// client gives the connections of a call.
func (e *etatCanal) client(a *Appel) *http.Client {
	if a.SansReprise {
		return e.seul
	}
	return e.http
}

// NewCanal checks a configuration and lists every fault of it.
func NewCanal(c Config) (*Canal, error) {
	c.complete()
	if err := c.verifie(); err != nil {
		return nil, err
	}
	k := &Canal{c: c, session: c.Identifiants(), budget: nouveauBudget(c.Reprises.Budget), disjoncteurs: nouveauxDisjoncteurs(c.Disjoncteur)}
	k.installe(c.Authentification, c.Racines)
	for _, e := range k.Echeances(preavis) {
		c.Log.Warn("certificate ends soon", "objet", e.Objet, "cn", e.CN, "fin", e.Fin.Format(time.DateOnly))
	}
	return k, nil
}

// preavis is how long before its end a certificate is warned about.
const preavis = 30 * 24 * time.Hour

// Environnement gives the environment of the calls.
func (k *Canal) Environnement() Environnement { return k.c.Environnement }

// EJ gives the legal entity for which calls are made.
func (k *Canal) EJ() simphonie.FINESS { return k.c.EJ }

// Logiciel gives what the software says of itself.
func (k *Canal) Logiciel() Logiciel { return k.c.Logiciel }

// Authentification gives the strategy in force.
func (k *Canal) Authentification() Authentification { return k.etat.Load().auth }

// Maintenant gives the time of the canal's clock.
func (k *Canal) Maintenant() time.Time { return k.c.Horloge() }

// VerifieEJ refuses a request made for another legal entity, or for none.
func (k *Canal) VerifieEJ(ej simphonie.FINESS) error {
	switch ej {
	case k.c.EJ:
		return nil
	case "":
		return erreurConfig("TSV-EJ", "EJ", "the request does not say for which legal entity it is made")
	}
	return erreurConfig("TSV-EJ", "EJ", "the request is for another legal entity than this configuration")
}

// Remplace changes the authentication, as when a certificate is renewed or
// another card is inserted. Attempts under way end with the former one.
func (k *Canal) Remplace(a Authentification) error {
	if k.vide() {
		return errSansCanal()
	}
	if err := k.c.verifieAuthentification(a); err != nil {
		return err
	}
	k.remplace.Lock()
	defer k.remplace.Unlock()
	k.installe(a, k.etat.Load().racines)
	return nil
}

// RemplaceRacines changes the authorities of the servers.
func (k *Canal) RemplaceRacines(r *Racines) error {
	if k.vide() {
		return errSansCanal()
	}
	if err := k.c.verifieRacines(r); err != nil {
		return err
	}
	k.remplace.Lock()
	defer k.remplace.Unlock()
	k.installe(k.etat.Load().auth, r)
	return nil
}

// OublieAssertion drops the assertion kept for the next calls: call it when
// the card is removed.
func (k *Canal) OublieAssertion() {
	if k.vide() {
		return
	}
	if o, ok := k.etat.Load().auth.(oublieuse); ok {
		o.oublie()
	}
}

// Echeances lists the certificates that end within a span.
func (k *Canal) Echeances(avant time.Duration) []Echeance {
	if k.vide() {
		return nil
	}
	limite := k.c.Horloge().Add(avant)
	e := k.etat.Load()
	var es []Echeance
	for _, x := range append(e.auth.echeances(), racinesOuRien(e.racines)...) {
		if x.Fin.Before(limite) {
			es = append(es, x)
		}
	}
	return es
}

func racinesOuRien(r *Racines) []Echeance {
	if r == nil {
		return nil
	}
	return r.echeances()
}

// Close gives up the idle connections.
func (k *Canal) Close() {
	if !k.vide() {
		k.etat.Load().http.CloseIdleConnections()
	}
}

// vide says that the canal was not made by NewCanal.
func (k *Canal) vide() bool { return k == nil || k.etat.Load() == nil }

func errSansCanal() error {
	return erreurConfig("TSV-CONFIG-CANAL", "Canal", "the channel is missing: NewCanal")
}

// installe puts a state in force, with connections of its own when the
// transport is ours.
func (k *Canal) installe(a Authentification, r *Racines) {
	e := &etatCanal{auth: a, racines: r, http: &http.Client{Transport: k.c.Transport, CheckRedirect: reseau.SansRedirection}}
	e.seul = e.http
	if k.c.Transport == nil {
		e.http.Transport = transportTLS(&k.c, a, r)
		neuves := transportTLS(&k.c, a, r)
		neuves.DisableKeepAlives = true
		e.seul = &http.Client{Transport: neuves, CheckRedirect: reseau.SansRedirection}
	}
	if avant := k.etat.Swap(e); avant != nil && k.c.Transport == nil {
		avant.http.CloseIdleConnections()
	}
}

// transportTLS makes the connections: TLS 1.2 at least, the given authorities
// only, no proxy of the environment.
func transportTLS(c *Config, a Authentification, r *Racines) *http.Transport {
	conf := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: r.pool, Time: c.Horloge}
	if cert := a.clientTLS(); cert != nil {
		// Whatever authorities the server names: which certificate goes is the configuration's choice.
		conf.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return cert, nil }
	}
	if c.Revocation != nil {
		conf.VerifyConnection = func(s tls.ConnectionState) error {
			if err := c.Revocation(s.VerifiedChains); err != nil {
				return &refusLocal{"revocation", err}
			}
			return nil
		}
	}
	appelant := &net.Dialer{Timeout: c.DelaiEssai}
	if c.Adresses != nil {
		appelant.Control = func(_, adresse string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(adresse)
			if err == nil {
				err = c.Adresses(ap)
			}
			if err != nil {
				return &refusLocal{"address", err}
			}
			return nil
		}
	}
	return &http.Transport{
		DialContext: appelant.DialContext,
		Proxy:       c.Proxy, TLSClientConfig: conf, ForceAttemptHTTP2: true, DisableCompression: true,
		MaxIdleConnsPerHost: 32, IdleConnTimeout: 60 * time.Second, TLSHandshakeTimeout: c.DelaiEssai,
		MaxResponseHeaderBytes: 64 << 10,
		// A connection of HTTP/2 that died in silence is kept for ever by who does
		// not ask: each attempt would wait on it.
		HTTP2: &http.HTTP2Config{SendPingTimeout: c.DelaiEssai / 2, PingTimeout: c.DelaiEssai / 4},
	}
}

// refusLocal marks an error of a hook of the configuration.
type refusLocal struct {
	controle string
	err      error
}

func (r *refusLocal) Error() string {
	return "refused by the " + r.controle + " check: " + r.err.Error()
}
func (r *refusLocal) Unwrap() error { return r.err }

// erreurTLS says that a failure of the transport is of certificates or of a
// hook: no retry mends it.
func erreurTLS(err error) bool {
	var r *refusLocal
	return errors.As(err, &r) || reseau.RefusTLS(err)
}

// borne runs f and waits for it no longer than the context: a card reader, or
// a hook, knows none. A panic of f is that of the caller while it waits.
func borne[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type fin struct {
		v       T
		err     error
		panique any
	}
	fini := make(chan fin, 1)
	go func() {
		var r fin
		defer func() {
			r.panique = recover()
			fini <- r
		}()
		r.v, r.err = f()
	}()
	select {
	case r := <-fini:
		if r.panique != nil {
			panic(r.panique)
		}
		return r.v, r.err
	case <-ctx.Done():
		var rien T
		return rien, ctx.Err()
	}
}

// reveille waits, or ends with the context.
func reveille(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
