package teleservice

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/soap"
)

// VersionSOAP is the version of SOAP that a service speaks.
type VersionSOAP = soap.Version

// Versions of SOAP.
const (
	SOAP12 = soap.V12
	SOAP11 = soap.V11
)

// Couverture repeats the criteria of a request in the header of the gateway,
// which routes by them.
type Couverture = soap.Couverture

// Appel is one call of a teleservice: a read, unless SansReprise is set.
type Appel struct {
	Service, Operation string // for errors, metrics and the circuit breaker
	SOAP               VersionSOAP
	Action             string // wsa:Action: the gateway routes by it
	ActionReponse      string // action of the answer, checked when both are known
	NomLPS             string // the software's name as this service wants it
	Couverture         Couverture
	DateReference      time.Time
	// SerieVitale adds, for a card authentication, the assertion of the
	// patient's card.
	SerieVitale simphonie.Confidentiel
	Corps       *etree.Element `json:"-"` // the only child of the body, its namespaces declared
	// SansEntete sends the body alone: no addressing, context or security header.
	// The directory of complementary insurers is so. The connection must then
	// authenticate the caller, and answers are not correlated.
	SansEntete bool
	// URL is another address than that of the channel, under the same checks;
	// Service must then tell the servers apart, for the circuit breaker.
	URL string
	// SansReprise is for a call that commits money: it is made once. A failure
	// after the request may have left has IssueInconnue, and is not Reessayable;
	// only one that is proven to come before (nothing written to a connection)
	// has not. An answer that is not the wanted one counts as a failure.
	SansReprise bool
}

// Retour is the answer of a service. Beside an error it has no Corps.
type Retour struct {
	Corps     *etree.Element `json:"-"` // the only child of the body; read it by namespace and name
	MessageID string         // of the last request: what the support of a service asks for
	Recu      time.Time
	Duree     time.Duration // of the whole call
	Essais    int
}

// Appelle makes a call, again if the rules of Reprises and the call allow it. An error is a
// *simphonie.Erreur with a code TSV-…; behind it errors.As finds the *Faute
// that the service answered. The Retour then says which request failed, unless
// none was made.
func (k *Canal) Appelle(ctx context.Context, a Appel) (*Retour, error) {
	if k.vide() {
		return nil, errSansCanal()
	}
	if ctx.Err() != nil {
		return nil, k.termine(ctx, &a)
	}
	debut := k.c.Horloge()
	essai, repos, ok := k.disjoncteurs.passe(a.Service, debut)
	if !ok {
		err := k.erreur(&a, "TSV-DISJONCTEUR", "the service has just failed several times: nothing is sent for "+repos.Round(time.Second).String(), nil)
		err.LimiteLocale, err.Reessayable = true, true
		return nil, err
	}
	etat := sansAvis
	defer func() { k.disjoncteurs.bilan(a.Service, essai, etat, k.c.Horloge()) }()
	ctx, fin := context.WithTimeout(ctx, k.c.Delai)
	defer fin()

	if a.NomLPS == "" {
		a.NomLPS = k.c.Logiciel.Nom
	}
	if a.URL == "" {
		a.URL = k.c.URL
	} else if err := verifieURL(k.c.Environnement, a.URL); err != nil {
		return nil, k.erreur(&a, "TSV-MESSAGE", "the address is refused", err)
	}
	if a.Action == "" && !a.SansEntete || strings.ContainsFunc(a.Action, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }) {
		return nil, k.erreur(&a, "TSV-MESSAGE", "the action is missing, or is not an address in ASCII", nil)
	}
	corps, err := soap.Bloc(a.Corps)
	if err != nil {
		return nil, k.erreur(&a, "TSV-MESSAGE", "the request cannot be written", err)
	}
	for n := 1; ; n++ {
		depart := time.Now()
		r, err := k.essaie(ctx, &a, corps)
		r.Recu = k.c.Horloge()
		r.Duree, r.Essais = r.Recu.Sub(debut), n
		duree := time.Since(depart)
		attente := k.c.Reprises.attente(n)
		reprend := err != nil && err.Reessayable && !a.SansReprise && n < k.c.Reprises.Essais && resteDe(ctx) > attente && k.budget.prend()
		k.observe(ctx, &a, r, err, duree, reprend)
		switch {
		case err == nil:
			etat = repondu
			k.budget.rend()
			return r, nil
		case !reprend:
			etat = avis(err)
			return r, err
		}
		if reveille(ctx, attente) != nil {
			etat = avis(err)
			return r, k.termine(ctx, &a)
		}
	}
}

// resteDe gives the time left, 0 when it is over: an attempt that could not
// begin is not waited for.
func resteDe(ctx context.Context) time.Duration {
	fin, _ := ctx.Deadline() // a call always has one
	if ctx.Err() != nil {
		return 0
	}
	return time.Until(fin)
}

// avis says what a failed call tells of the health of the service.
func avis(err *simphonie.Erreur) issue {
	var f *Faute
	switch {
	case errors.Is(err, context.Canceled):
		return sansAvis
	case errors.As(err, &f) && !f.reessayable():
		return repondu
	case err.Code == "TSV-RESEAU" || err.Code == "TSV-DELAI" || err.Code == "TSV-FAUTE" || err.Code == "TSV-HTTP" || err.Code == "TSV-REPONSE" || err.Code == "TSV-TLS":
		return enPanne
	}
	return sansAvis
}

// observe tells the attempt to the log and to the metrics: codes and times only.
func (k *Canal) observe(ctx context.Context, a *Appel, r *Retour, err *simphonie.Erreur, duree time.Duration, reprend bool) {
	m := Mesure{Service: a.Service, Operation: a.Operation, Essai: r.Essais, Duree: duree, Reprise: reprend}
	dit := []any{"service", a.Service, "operation", a.Operation, "message", r.MessageID, "essai", r.Essais, "duree", duree}
	if err != nil {
		m.Code = err.Code
		k.c.Log.WarnContext(ctx, "teleservice", append(dit, "erreur", err.Error(), "reprise", reprend)...)
	} else {
		k.c.Log.DebugContext(ctx, "teleservice", dit...)
	}
	if k.c.Mesure != nil {
		k.c.Mesure(m)
	}
}

func (k *Canal) erreur(a *Appel, code simphonie.Code, detail string, err error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: a.Service + " " + a.Operation, Detail: detail, Err: err}
}
