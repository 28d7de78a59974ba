package passerelle

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Scenario is one way of answering: a name and, after a colon, an argument.
//
//	normal                    the answer of the service
//	lent:2s                   the same, after a while
//	coupe-avant-lecture       connection dropped before the request is read
//	coupe-apres-lecture       … after it was read and answered for nothing
//	coupe-au-milieu           … in the middle of the answer
//	tronque                   HTTP whole, XML cut
//	vide                      empty body
//	correlation-fausse        RelatesTo of another message
//	sans-correlation          no RelatesTo
//	prefixes:melange          other prefixes: S, env, soap, melange, croise
//	faute:siram_40/insi_102   a fault; then, as in faute:…:melange, its prefixes
//	http:503                  an HTML page with this status
//	redirection:URL           302
//	type-faux                 the right body as text/html
//	enorme:64                 the right body, then so many MiB of blanks
//	doctype                   a DOCTYPE before the envelope
//	latin1                    declared ISO-8859-1
//	profond                   100 000 elements in one another
//	sans-effet:http:503       another scenario, and the service is not asked: the
//	                          answer that it changes is a Receiver's fault
type Scenario string

// effet changes an answer.
type effet func(o *sortie, q *Requete, r Reponse)

// effets makes the effect of each name from its argument.
var effets = map[string]func(argument string) (effet, error){
	"normal": simple(func(*sortie) {}),
	"lent": func(a string) (effet, error) {
		d, err := time.ParseDuration(a)
		return func(o *sortie, _ *Requete, _ Reponse) { o.delai = d }, errouFaux(err, d >= 0)
	},
	coupeAvantLecture:     simple(func(o *sortie) { o.coupe = avantReponse }),
	"coupe-apres-lecture": simple(func(o *sortie) { o.coupe = avantReponse }),
	"coupe-au-milieu":     simple(func(o *sortie) { o.coupe = auMilieu }),
	"tronque":             simple(func(o *sortie) { o.corps = o.corps[:len(o.corps)*2/3] }),
	"vide":                simple(func(o *sortie) { o.corps = nil }),
	"correlation-fausse": refait(func(q *Requete, r Reponse) *sortie {
		return prepare(q, r, styles[""], "uuid:"+nouvelUUID())
	}),
	"sans-correlation": refait(func(q *Requete, r Reponse) *sortie { return prepare(q, r, styles[""], "") }),
	"prefixes": func(a string) (effet, error) {
		st, ok := styles[a]
		return func(o *sortie, q *Requete, r Reponse) { *o = *prepare(q, r, st, q.MessageID) }, siFaux(ok)
	},
	"faute": faute,
	"http": func(a string) (effet, error) {
		statut, err := strconv.Atoi(a)
		return func(o *sortie, _ *Requete, _ Reponse) {
			o.statut, o.typ = statut, "text/html; charset=iso-8859-1"
			o.corps = []byte("<html><head><title>" + http.StatusText(statut) + "</title></head><body><p>proxy<br></body></html>")
		}, errouFaux(err, statut >= 200 && statut < 600)
	},
	"redirection": func(a string) (effet, error) {
		return func(o *sortie, _ *Requete, _ Reponse) { o.statut, o.lieu, o.corps = http.StatusFound, a, nil }, siFaux(a != "")
	},
	"type-faux": simple(func(o *sortie) { o.typ = "text/html; charset=utf-8" }),
	"enorme": func(a string) (effet, error) {
		mio, err := strconv.ParseInt(a, 10, 16)
		return func(o *sortie, _ *Requete, _ Reponse) { o.bourrage = mio << 20 }, errouFaux(err, mio >= 0)
	},
	"doctype": simple(func(o *sortie) {
		o.corps = remplaceDeclaration(o.corps, `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>`)
	}),
	"latin1": simple(func(o *sortie) { o.corps = remplaceDeclaration(o.corps, `<?xml version="1.0" encoding="ISO-8859-1"?>`) }),
	"profond": simple(func(o *sortie) {
		const n = 100_000
		o.corps = []byte(strings.Repeat("<x>", n) + strings.Repeat("</x>", n))
	}),
}

const (
	normal            = Scenario("normal")
	coupeAvantLecture = "coupe-avant-lecture"
	sansEffet         = "sans-effet:"
)

// etape is when a scenario must be known.
type etape uint8

const (
	avantLecture etape = iota
	avantService
	apresService
)

func (s Scenario) etape() etape {
	switch {
	case s == coupeAvantLecture:
		return avantLecture
	case strings.HasPrefix(string(s), sansEffet):
		return avantService
	}
	return apresService
}

// simple is an effect that wants no argument.
func simple(f func(*sortie)) func(string) (effet, error) {
	return func(a string) (effet, error) { return func(o *sortie, _ *Requete, _ Reponse) { f(o) }, siFaux(a == "") }
}

// refait is an effect that writes the answer again.
func refait(f func(*Requete, Reponse) *sortie) func(string) (effet, error) {
	return func(a string) (effet, error) {
		return func(o *sortie, q *Requete, r Reponse) { *o = *f(q, r) }, siFaux(a == "")
	}
}

func siFaux(ok bool) error { return errouFaux(nil, ok) }

func errouFaux(err error, ok bool) error {
	if err == nil && !ok {
		err = strconv.ErrSyntax
	}
	return err
}

// faute makes the effect of "sous-code/code" or "sous-code/code:prefixes"; a
// subcode that is not known is a Receiver's fault.
func faute(a string) (effet, error) {
	codes, prefixes, _ := strings.Cut(a, ":")
	st, ok := styles[prefixes]
	f, connue := fautes[codes]
	if !connue {
		f = Faute{Severite: "erreur", Raison: "Erreur", Message: "Erreur"}
		f.SousCode, f.Code, _ = strings.Cut(codes, "/")
	}
	return func(o *sortie, q *Requete, _ Reponse) {
		*o = *prepare(q, Reponse{Faute: &f}, st, "")
	}, siFaux(ok && f.SousCode+f.Code != "")
}

func remplaceDeclaration(b []byte, d string) []byte {
	_, reste, _ := strings.Cut(string(b), "?>")
	return []byte(d + reste)
}

// effet parses a scenario.
func (s Scenario) effet() (effet, error) {
	nom, argument, _ := strings.Cut(strings.TrimPrefix(string(s), sansEffet), ":")
	if fabrique, ok := effets[nom]; ok {
		if e, err := fabrique(argument); err == nil {
			return e, nil
		}
	}
	return nil, fmt.Errorf("passerelle: no scenario %q", string(s))
}

// Valide refuses a name or an argument that means nothing.
func (s Scenario) Valide() error {
	_, err := s.effet()
	return err
}

// Cible narrows a scenario; an empty field is any.
type Cible struct {
	Action   string
	Identite string // as the service names its identities
}

func (c Cible) vise(action string, identites []string) bool {
	return (c.Action == "" || c.Action == action) && (c.Identite == "" || slices.Contains(identites, c.Identite))
}

// accepte refuses what cannot be: nobody knows whom a request is about before
// it is read.
func (c Cible) accepte(sc Scenario) error {
	if sc.etape() == avantLecture && c.Identite != "" {
		return fmt.Errorf("passerelle: %s cannot depend on the identity", sc)
	}
	return sc.Valide()
}

// prevu is what a target gets: the next calls, or every call.
type prevu struct {
	cible Cible
	file  []Scenario
	etat  Scenario
}

// Scenario sets how a target is answered until it is changed.
func (s *Serveur) Scenario(c Cible, sc Scenario) error {
	if err := c.accepte(sc); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := s.oublie(c, true)
	s.prevus = append(s.prevus, &prevu{cible: c, etat: sc})
	if len(file) > 0 {
		s.prevus = append(s.prevus, &prevu{cible: c, file: file})
	}
	return nil
}

// Enfile sets how the next calls of a target are answered, one each, before
// its state holds again.
func (s *Serveur) Enfile(c Cible, suite ...Scenario) error {
	for _, sc := range suite {
		if err := c.accepte(sc); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prevus = append(s.prevus, &prevu{cible: c, file: append(s.oublie(c, false), suite...)})
	return nil
}

// oublie takes out the queue of a target, and its state too, for the target to
// be named again: the last one named comes first.
func (s *Serveur) oublie(c Cible, etat bool) (file []Scenario) {
	s.prevus = slices.DeleteFunc(s.prevus, func(p *prevu) bool {
		if p.cible != c || p.etat != "" {
			return p.cible == c && etat
		}
		file = p.file
		return true
	})
	return file
}

// prend gives the scenario of a call at a stage, and consumes it when it was
// queued: one of another stage is left. When nothing is planned, it is the one drawn.
func (s *Serveur) prend(action string, identites []string, e etape, tire Scenario) Scenario {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range slices.Backward(s.prevus) {
		if !p.cible.vise(action, identites) || len(p.file) == 0 && p.etat == "" {
			continue
		}
		sc := p.etat
		if len(p.file) > 0 {
			sc = p.file[0]
		}
		if sc.etape() != e {
			return normal
		}
		if len(p.file) > 0 {
			p.file = p.file[1:]
		}
		return sc
	}
	if tire.etape() == e {
		return tire
	}
	return normal
}
