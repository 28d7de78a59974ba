package annuairetest

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Scenario is one way of answering: a name and, after a colon, an argument.
//
//	normal              the answer of the directory
//	inconnu             the insurer is not in the directory
//	choix               the routes, and one of another operator
//	expiree             routes that ended a day ago
//	sans-adresse        routes without address
//	url:http            a first address in http; also url:identifiants, url:privee,
//	                    url:hote (of another host), url:longue, url:forme
//	lent:2s             the answer, after a while
//	coupe-apres-lecture connection dropped once the request was read
//	coupe-au-milieu     … in the middle of the answer
//	tronque, vide       XML cut, no body
//	faute:Server        a SOAP fault of this code
//	http:503            an HTML page with this status
//	redirection:URL     302
//	type-faux           the right body as text/html
//	enorme:64           the right body, then so many MiB of blanks
//	doctype             a DOCTYPE before the envelope
//	soap12              an envelope of SOAP 1.2
type Scenario string

// sortie is an answer on its way.
type sortie struct {
	entrees  []Inscrit
	corps    []byte // when it is not what entrees say
	statut   int
	typ      string
	lieu     string
	delai    time.Duration
	coupe    bool
	milieu   bool
	bourrage int64
}

// effet changes routes before they are written, or the written message.
type effet struct {
	routes  func(*sortie, time.Time)
	message func(*sortie)
}

// adressesFausses are put before the good ones.
var adressesFausses = map[string]string{
	"http": "http://un.operateur-un.example/roc", "identifiants": "https://agent:secret@un.operateur-un.example/roc",
	"privee": "https://192.168.1.10/roc", "hote": "https://ailleurs.example.org/roc", "longue": "https://un.operateur-un.example/" + strings.Repeat("a", 3000),
	"forme": "https:///roc",
}

var errArgument = errors.New("argument of another form")

// effet reads a scenario.
func (s Scenario) effet() (effet, error) {
	nom, arg, _ := strings.Cut(string(s), ":")
	var e effet
	var err error
	switch nom {
	case "normal":
	case "inconnu":
		e.routes = func(o *sortie, _ time.Time) { o.entrees = nil }
	case "choix":
		e.routes = func(o *sortie, _ time.Time) {
			o.entrees = append(o.entrees, Inscrit{Operateur: "OPTROIS", Nom: "OPERATEUR TROIS SIMULE", Adresses: []string{"https://operateur-trois.example/roc"}})
		}
	case "expiree":
		e.routes = chaque(func(i *Inscrit, t time.Time) { i.Expire = t.AddDate(0, 0, -1) })
	case "sans-adresse":
		e.routes = chaque(func(i *Inscrit, _ time.Time) { i.Adresses = nil })
	case "url":
		fausse, ok := adressesFausses[arg]
		if !ok {
			err = errArgument
		}
		e.routes = chaque(func(i *Inscrit, _ time.Time) { i.Adresses = append([]string{fausse}, i.Adresses...) })
	case "lent":
		var d time.Duration
		d, err = time.ParseDuration(arg)
		e.message = func(o *sortie) { o.delai = d }
	case "coupe-apres-lecture":
		e.message = func(o *sortie) { o.coupe = true }
	case "coupe-au-milieu":
		e.message = func(o *sortie) { o.coupe, o.milieu = true, true }
	case "tronque":
		e.message = func(o *sortie) { o.corps = o.corps[:len(o.corps)*2/3] }
	case "vide":
		e.message = func(o *sortie) { o.corps = nil }
	case "faute":
		e.message = func(o *sortie) { o.statut, o.corps = http.StatusInternalServerError, faute(arg, "panne simulee") }
	case "http":
		var statut int
		if statut, err = strconv.Atoi(arg); err == nil && (statut < 200 || statut > 599) {
			err = errArgument
		}
		e.message = func(o *sortie) {
			o.statut, o.typ, o.corps = statut, "text/html", []byte("<html><body>proxy<br></body></html>")
		}
	case "redirection":
		if arg == "" {
			err = errArgument
		}
		e.message = func(o *sortie) { o.statut, o.lieu, o.corps = http.StatusFound, arg, nil }
	case "type-faux":
		e.message = func(o *sortie) { o.typ = "text/html; charset=utf-8" }
	case "enorme":
		var n int64
		if n, err = strconv.ParseInt(arg, 10, 32); err == nil && n < 0 {
			err = errArgument
		}
		e.message = func(o *sortie) { o.bourrage = n << 20 }
	case "doctype":
		e.message = func(o *sortie) { o.corps = append([]byte("<!DOCTYPE a>"), o.corps...) }
	case "soap12":
		e.message = func(o *sortie) {
			o.corps = []byte(strings.ReplaceAll(string(o.corps), espaceSOAP, "http://www.w3.org/2003/05/soap-envelope"))
		}
	default:
		err = errors.New("unknown name")
	}
	if err != nil {
		return effet{}, fmt.Errorf("annuairetest: scenario %q: %w", string(s), err)
	}
	return e, nil
}

func chaque(change func(*Inscrit, time.Time)) func(*sortie, time.Time) {
	return func(o *sortie, maintenant time.Time) {
		for i := range o.entrees {
			change(&o.entrees[i], maintenant)
		}
	}
}

// Scenario sets how an insurer is answered until it is changed; "" is every
// insurer. That of an insurer comes before that of all.
func (s *Serveur) Scenario(numero string, sc Scenario) error {
	if _, err := sc.effet(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scenarios[strings.TrimLeft(numero, "0")] = sc
	return nil
}

// Enfile sets how the next calls about an insurer are answered, one each; ""
// is every insurer.
func (s *Serveur) Enfile(numero string, suite ...Scenario) error {
	for _, sc := range suite {
		if _, err := sc.effet(); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	numero = strings.TrimLeft(numero, "0")
	s.files[numero] = append(s.files[numero], suite...)
	return nil
}

// prend gives the scenario of a call.
func (s *Serveur) prend(numero string) Scenario {
	s.mu.Lock()
	defer s.mu.Unlock()
	numero = strings.TrimLeft(numero, "0")
	for _, n := range []string{numero, ""} {
		if f := s.files[n]; len(f) > 0 {
			s.files[n] = f[1:]
			return f[0]
		}
	}
	for _, n := range []string{numero, ""} {
		if sc, ok := s.scenarios[n]; ok {
			return sc
		}
	}
	return "normal"
}
