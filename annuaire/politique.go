package annuaire

import (
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

// Politique says which addresses given by others may be used. The zero value
// takes every public host over https.
type Politique struct {
	// Hotes are the hosts allowed: a name alone, or a name and those below it
	// when it begins with a dot. None is every public host.
	Hotes []string
	// Prives lets addresses lead to the loopback and to private networks, as
	// simulators and relays of the establishment do.
	Prives bool
}

// urlMax is the longest address that is accepted.
const urlMax = 2048

// formeHote is a host name in ASCII, with a dot at least.
var formeHote = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// URL refuses an address that may not be called. The error has the code of
// the rule, and never the address.
func (p Politique) URL(adresse string) error {
	u, err := url.Parse(adresse)
	switch {
	case err != nil || len(adresse) > urlMax || strings.ContainsFunc(adresse, func(r rune) bool { return r <= ' ' || r >= 0x7F || r == '\\' }):
		return refus("ANN-URL-FORME", "URL", "not an address")
	case !strings.EqualFold(u.Scheme, "https"):
		return refus("ANN-URL-SCHEMA", "URL", "https is wanted")
	case u.User != nil || strings.Contains(u.Host, "@"):
		return refus("ANN-URL-IDENTIFIANTS", "URL", "credentials in an address")
	case u.Opaque != "" || u.Hostname() == "" || u.Fragment != "" || strings.Contains(adresse, "#") || !port(u):
		return refus("ANN-URL-FORME", "URL", "a host is wanted, with a port from 1 to 65535 if any, and no fragment")
	}
	return p.hote(strings.ToLower(u.Hostname()))
}

func port(u *url.URL) bool {
	s := u.Port()
	if s == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// hote refuses a host: a literal address by its range, a name by its form, then
// both by the list. Numbers that resolvers take for addresses (127.1, 0x7f.1)
// have a last label that is no name.
func (p Politique) hote(h string) error {
	if ip, err := netip.ParseAddr(h); err == nil {
		if !p.Prives && !publique(ip) {
			return refus("ANN-URL-PRIVEE", "URL", "an address of a private network")
		}
	} else {
		fin := h[strings.LastIndexByte(h, '.')+1:]
		local := !strings.Contains(h, ".") || slices.Contains([]string{"localhost", "local", "internal", "lan", "home", "intranet", "corp", "arpa"}, fin)
		switch {
		case local && !p.Prives:
			return refus("ANN-URL-PRIVEE", "URL", "a name of a private network")
		case !local && !formeHote.MatchString(h), fin == "" || fin[0] >= '0' && fin[0] <= '9':
			return refus("ANN-URL-FORME", "URL", "not a host name")
		}
	}
	if len(p.Hotes) > 0 && !slices.ContainsFunc(p.Hotes, func(admis string) bool {
		admis = strings.ToLower(admis)
		return h == strings.TrimPrefix(admis, ".") || strings.HasPrefix(admis, ".") && strings.HasSuffix(h, admis)
	}) {
		return refus("ANN-URL-HOTE", "URL", "the host is not allowed")
	}
	return nil
}

// Adresse refuses a private address once the name was resolved: give it to
// teleservice.Config.Adresses.
func (p Politique) Adresse(a netip.AddrPort) error {
	if !p.Prives && !publique(a.Addr()) {
		return refus("ANN-URL-PRIVEE", "URL", "the name leads to a private network")
	}
	return nil
}

// reserves are the ranges that no insurer is reached by, beyond those that
// net/netip knows. The last two hide an IPv4 address.
var reserves = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001:db8::/32", "100::/64", "fec0::/10", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "::/96")

func prefixes(ss ...string) []netip.Prefix {
	ps := make([]netip.Prefix, len(ss))
	for i, s := range ss {
		ps[i] = netip.MustParsePrefix(s)
	}
	return ps
}

// publique says that an address is one of the public network.
func publique(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && ip.Zone() == "" &&
		!slices.ContainsFunc(reserves, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// boite refuses what is not a bare mailbox.
func boite(s string) error {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || strings.ContainsAny(s, "\r\n\"<> ") {
		return refus("ANN-MEL-FORME", "MEL", "not a mailbox")
	}
	return nil
}

// verifie checks one address of a service.
func (p Politique) verifie(s Service, adresse string) error {
	if s == DRE {
		return boite(adresse)
	}
	return p.URL(adresse)
}

// trie keeps the addresses of an entry that may be used, each once, in their
// order, and says what was wrong with the others.
func (p Politique) trie(s Service, e Entree, rang int) (Entree, simphonie.Anomalies) {
	var gardees []string
	var as simphonie.Anomalies
	for i, a := range e.Adresses {
		a = strings.TrimSpace(a)
		if err := p.verifie(s, a); err != nil {
			as = append(as, anomalie(erreurs.Code(err), "entrees["+strconv.Itoa(rang)+"].adresses["+strconv.Itoa(i)+"]", strconv.Itoa(i+1), strconv.Itoa(rang+1)))
		} else if !slices.Contains(gardees, a) {
			gardees = append(gardees, a)
		}
	}
	e.Adresses = gardees
	return e, as
}
