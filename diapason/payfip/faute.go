package payfip

import (
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Classe is the kind of a fault: the name of its detail.
type Classe string

// Classes.
const (
	Fonctionnelle Classe = "FonctionnelleErreur"
	Dysfonctionne Classe = "TechDysfonctionnementErreur"
	Indisponible  Classe = "TechIndisponibiliteErreur"
	Protocolaire  Classe = "TechProtocolaireErreur"
)

// reposTechnique is how long the guide waits after a technical error.
const reposTechnique = 30 * time.Minute

// Codes of functional faults. A code that is not listed is kept as it came.
const (
	S1 = "S1" // saisie invalid
	T1 = "T1" // client number invalid
	T2 = "T2" // client number unknown
	T4 = "T4" // client number without secure access
	M1 = "M1" // amount: format
	M3 = "M3" // amount: below the minimum
	M5 = "M5" // amount: above the maximum
	A1 = "A1" // mail missing
	A2 = "A2" // mail wrong
	N1 = "N1" // notification address invalid
	D1 = "D1" // redirect address invalid
	R3 = "R3" // refdet: format
	P1 = "P1" // idOp wrong: unknown, or purged during the night
	P3 = "P3" // idOp used already
	P4 = "P4" // idOp older than 15 minutes
	P5 = "P5" // result not known: in progress, or abandoned
)

// Faute is the SOAP fault that PayFiP answered; errors.As finds it behind
// PAYFIP-FAUTE. The texts may echo personal data and are masked.
type Faute struct {
	Classe     Classe
	Code       string // as S1; one that could be somebody's number is not repeated
	Severite   string
	Libelle    simphonie.Confidentiel
	Descriptif simphonie.Confidentiel

	date time.Time // of the answer, by PayFiP's clock
}

// Error gives class and code.
func (f *Faute) Error() string {
	s := "SOAP fault"
	for _, c := range []string{string(f.Classe), f.Code} {
		if c != "" {
			s += " " + c
		}
	}
	return s
}

// Reessayable says whether the same read may be made again later: when the
// service is ill (the guide advises 30 minutes), and while a result is not known.
func (f *Faute) Reessayable() bool {
	return f.Classe == Indisponible || f.Classe == Dysfonctionne || f.Classe == Fonctionnelle && f.Code == P5
}

// lisFaute reads the detail of a fault by local names: the namespaces of the
// details are not all public.
func lisFaute(detail *etree.Element) *Faute {
	f := &Faute{}
	if detail == nil {
		return f
	}
	for _, e := range detail.ChildElements() {
		switch c := Classe(e.Tag); c {
		case Fonctionnelle, Dysfonctionne, Indisponible, Protocolaire:
			f.Classe = c
			f.Code, f.Severite = sur(premier(e, "code")), sur(premier(e, "severite"))
			f.Libelle = simphonie.NewConfidentiel(premier(e, "libelle"))
			f.Descriptif = simphonie.NewConfidentiel(premier(e, "descriptif"))
			return f
		}
	}
	return f
}

// premier gives the text of the first child of a name, "" without one: what is
// odd in a fault must not hide its code.
func premier(e *etree.Element, nom string) string {
	for _, x := range e.ChildElements() {
		if x.Tag == nom {
			t, _ := xmlguard.Texte(x)
			return strings.TrimSpace(t)
		}
	}
	return ""
}

// sur keeps a text that looks like a code, with few digits; another is replaced.
func sur(s string) string {
	if s != "" && (!code(s, 1, 10) || chiffresDeSuite(s) > 6) {
		return "illisible"
	}
	return s
}
