package annuaire

import (
	"slices"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
)

// Issue is how a search ended.
type Issue uint8

// Outcomes. None of them is a fault of the patient's cover.
const (
	_            Issue = iota
	Trouvee            // one route, with addresses
	AChoisir           // several routes fit equally: the agent decides
	SansAdresse        // in the directory, with no address that may be used
	HorsAnnuaire       // not in the directory: the paper circuit
	NonInterroge       // the directory is switched off and nothing is known
)

var nomsIssue = [...]string{"", "trouvee", "a-choisir", "sans-adresse", "hors-annuaire", "non-interroge"}

// String gives the text form.
func (i Issue) String() string { return nom(nomsIssue[:], int(i)) }

// Origine is where an answer comes from.
type Origine uint8

// Origins.
const (
	_             Origine = iota
	Local                 // the Table that the establishment loaded
	Directe               // the directory, just now
	Memoire               // an answer of the directory that is still good
	DerniereBonne         // an older one: the directory could not be asked
)

var nomsOrigine = [...]string{"", "table", "annuaire", "memoire", "derniere-bonne"}

// String gives the text form.
func (o Origine) String() string { return nom(nomsOrigine[:], int(o)) }

func nom(noms []string, i int) string {
	if i < len(noms) {
		return noms[i]
	}
	return "inconnu"
}

// Resultat is what is known of one key and one service.
type Resultat struct {
	Cle     simphonie.CleAMC
	Service Service
	Issue   Issue
	// Entrees is one route, or the candidates when Issue is AChoisir.
	Entrees []Entree
	Origine Origine
	RecuLe  time.Time     // when the directory answered; zero for a Table
	Age     time.Duration // since then
	// Cause is why the directory was not asked, when Origine is DerniereBonne.
	Cause     error
	Anomalies simphonie.Anomalies
}

// Adresses gives the addresses of the one route, in the order in which to try
// them: URLs, or the mailbox for DRE. There is none while the agent has to choose.
func (r *Resultat) Adresses() []string {
	if r == nil || r.Issue != Trouvee || len(r.Entrees) == 0 {
		return nil
	}
	return r.Entrees[0].Adresses
}

// Choisit gives the result of the agent's choice among Entrees.
func (r *Resultat) Choisit(i int) (*Resultat, error) {
	if r == nil || i < 0 || i >= len(r.Entrees) {
		return nil, refus("ANN-CHOIX-RANG", "Entrees", "no such entry")
	}
	n := *r
	n.Entrees = r.Entrees[i : i+1 : i+1]
	n.Anomalies = slices.DeleteFunc(slices.Clone(r.Anomalies), func(a simphonie.Anomalie) bool { return a.Code == "ANN-CHOIX" })
	n.tranche()
	return &n, nil
}

// conclut sorts the entries of an answer: those that are past are dropped,
// and so are the addresses that may not be used; the anomalies say which.
func conclut(cle simphonie.CleAMC, s Service, es []Entree, p Politique, maintenant time.Time) *Resultat {
	r := &Resultat{Cle: cle, Service: s}
	for i, e := range es {
		if !e.Expire.IsZero() && !maintenant.Before(e.Expire) {
			r.Anomalies = append(r.Anomalies, anomalie("ANN-ENTREE-EXPIREE", "entrees["+strconv.Itoa(i)+"]", strconv.Itoa(i+1)))
			continue
		}
		e, as := p.trie(s, e, i)
		r.Entrees, r.Anomalies = append(r.Entrees, e), append(r.Anomalies, as...)
	}
	r.tranche()
	return r
}

// tranche gives the outcome of the entries. A route without address is still a
// candidate: who answers for the patient is not guessed from it.
func (r *Resultat) tranche() {
	dit := func(code simphonie.Code, valeur string) {
		r.Anomalies = append(r.Anomalies, anomalie(code, "entrees", valeur))
	}
	switch {
	case len(r.Entrees) == 0:
		r.Issue = HorsAnnuaire
		dit("ANN-HORS-ANNUAIRE", string(r.Service))
	case len(r.Entrees) > 1:
		r.Issue = AChoisir
		dit("ANN-CHOIX", strconv.Itoa(len(r.Entrees)))
	case len(r.Entrees[0].Adresses) == 0:
		r.Issue = SansAdresse
		dit("ANN-SANS-ADRESSE", string(r.Service))
	default:
		r.Issue = Trouvee
	}
}
