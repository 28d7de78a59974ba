package diapasontest

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// muet drops what the HTTP server says of connections that scenarios cut.
var muetPayFiP = log.New(io.Discard, "", 0)

// Scenario spoils one answer:
//
//	normal
//	faute:<class>:<code>         a fault, and no effect
//	champ:<name>=<value>         a detail with another value
//	sans:<name>, deux:<name>     without a value, or with it twice
//	lent:<duration>              after a delay
//	coupe-avant                  no effect, no answer
//	coupe-apres, coupe-au-milieu the effect, and no answer or half of it
//	tronque                      half of the answer, ended properly
//	vide, html, http:<status>, redirection, enorme, doctype, soap12
//	prefixes                     the same answer under other prefixes
type ScenarioPayFiP string

func (sc ScenarioPayFiP) nom() string      { n, _, _ := strings.Cut(string(sc), ":"); return n }
func (sc ScenarioPayFiP) argument() string { _, a, _ := strings.Cut(string(sc), ":"); return a }

// simples are the scenarios without an argument.
var simplesPayFiP = []string{"normal", "coupe-avant", "coupe-apres", "coupe-au-milieu", "tronque", "vide", "html", "redirection", "enorme", "doctype", "soap12", "prefixes"}

// ScenariosPayFiP lists one scenario of each kind that loses an answer, for
// tests that go through all of them.
func ScenariosPayFiP() []ScenarioPayFiP {
	return []ScenarioPayFiP{"faute:TechIndisponibiliteErreur:", "faute:TechDysfonctionnementErreur:", "faute:TechProtocolaireErreur:", "faute:FonctionnelleErreur:Z9",
		"coupe-avant", "coupe-apres", "coupe-au-milieu", "tronque", "vide", "html", "http:503", "http:404", "redirection", "enorme", "doctype", "soap12"}
}

func (sc ScenarioPayFiP) valide() error {
	nom, argument := sc.nom(), sc.argument()
	switch {
	case slices.Contains(simplesPayFiP, nom) && argument == "" && nom == string(sc):
		return nil
	case nom == "faute" && strings.Count(argument, ":") == 1, nom == "champ" && strings.Contains(argument, "="), (nom == "sans" || nom == "deux") && argument != "":
		return nil
	case nom == "http":
		if n, err := strconv.Atoi(argument); err == nil && n >= 400 && n <= 599 {
			return nil
		}
	case nom == "lent":
		if _, err := sc.lent(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("diapasontest: no such scenario: %s", sc)
}

// Enfile spoils the next answers to an operation, one each, in order.
func (s *PayFiP) Enfile(operation string, suite ...ScenarioPayFiP) error {
	if champsPayFiP[operation] == "" {
		return fmt.Errorf("diapasontest: no such operation: %s", operation)
	}
	for _, sc := range suite {
		if err := sc.valide(); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scenarios[operation] = append(s.scenarios[operation], suite...)
	return nil
}

// faute gives the fault of a scenario.
func (sc ScenarioPayFiP) faute() reponsePayFiP {
	classe, code, _ := strings.Cut(sc.argument(), ":")
	return fautePayFiP(classe, code, "simulée")
}

// retouche changes a field of a detail and says how many times it stands.
func (sc ScenarioPayFiP) retouche(c [2]string) ([2]string, int) {
	nom, valeur, _ := strings.Cut(sc.argument(), "=")
	if nom != c[0] {
		return c, 1
	}
	switch sc.nom() {
	case "champ":
		return [2]string{nom, valeur}, 1
	case "sans":
		return c, 0
	case "deux":
		return c, 2
	}
	return c, 1
}

// envoie writes an answer, spoilt by the scenario.
func (s *PayFiP) envoie(w http.ResponseWriter, r *http.Request, sc ScenarioPayFiP, rep reponsePayFiP) {
	w.Header().Set("Content-Type", "text/xml;charset=utf-8")
	w.Header().Set("Date", s.Maintenant().UTC().Format(http.TimeFormat))
	switch sc.nom() {
	case "lent":
		d, _ := sc.lent()
		select {
		case <-time.After(d):
		case <-r.Context().Done():
			return
		case <-s.ferme:
			return
		}
	case "coupe-avant", "coupe-apres":
		panic(http.ErrAbortHandler)
	case "coupe-au-milieu":
		w.Header().Set("Content-Length", strconv.Itoa(len(rep.corps)))
		w.WriteHeader(rep.statut)
		io.WriteString(w, rep.corps[:len(rep.corps)/2])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case "tronque":
		rep.corps = rep.corps[:len(rep.corps)/2]
	case "vide":
		rep.corps = ""
	case "html":
		w.Header().Set("Content-Type", "text/html")
		rep = reponsePayFiP{200, "<html>maintenance</html>", ""}
	case "http":
		n, _ := strconv.Atoi(sc.argument())
		w.Header().Set("Content-Type", "text/html")
		rep = reponsePayFiP{n, "<html>erreur</html>", ""}
	case "redirection":
		w.Header().Set("Location", s.URL)
		rep.statut = http.StatusTemporaryRedirect
	case "enorme":
		rep.corps += strings.Repeat(" ", 1<<20)
	case "doctype":
		rep.corps = strings.Replace(rep.corps, "?>", "?><!DOCTYPE a>", 1)
	case "soap12":
		rep.corps = strings.ReplaceAll(rep.corps, espaceSOAPPayFiP, "http://www.w3.org/2003/05/soap-envelope")
	case "prefixes":
		rep.corps = strings.NewReplacer("S:", "env:", ":S=", ":env=", "ns2:", "a.b-c:", ":ns2=", ":a.b-c=").Replace(rep.corps)
	}
	w.WriteHeader(rep.statut)
	io.WriteString(w, rep.corps)
}
