package annuaire

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Mode says whether the directory is asked.
type Mode uint8

const (
	// Automatique asks it when neither the table nor the memory knows.
	Automatique Mode = iota
	// Inactif never asks it: table and memory alone answer.
	Inactif
)

// Aiguillage switches the directory while the software runs.
type Aiguillage struct {
	Mode Mode
	// URL is another address than that of the channel, as a relay's.
	URL string
}

// Options adapts a Client. A duration at zero takes the default of its comment.
type Options struct {
	Parametres Parametres
	Codec      Codec
	Politique  Politique
	Table      *Table // may be nil
	Aiguillage Aiguillage

	Duree        time.Duration // an answer is good for so long; 24 h
	DureeAbsence time.Duration // the same for an insurer that is not there; 1 h
	AgeMax       time.Duration // older answers do not serve even when the directory fails; 30 days
	Memoire      int           // answers that are kept; 10 000
}

// Client asks the directory through one channel. It is safe for concurrent use.
type Client struct {
	canal      *teleservice.Canal
	o          Options
	aiguillage atomic.Pointer[Aiguillage]
	memoire    memoire
}

// New makes a client and lists every fault of its options. The settings of the
// request may be missing while the directory is switched off.
func New(canal *teleservice.Canal, o Options) (*Client, error) {
	if canal == nil || canal.EJ() == "" { // no channel of NewCanal is without
		return nil, refus("ANN-CONFIG", "Canal", "the channel is missing: teleservice.NewCanal")
	}
	o.Parametres.complete()
	o.Duree, o.DureeAbsence, o.AgeMax = cmp.Or(o.Duree, 24*time.Hour), cmp.Or(o.DureeAbsence, time.Hour), cmp.Or(o.AgeMax, 30*24*time.Hour)
	o.Memoire = cmp.Or(o.Memoire, 10_000)
	c := &Client{canal: canal, o: o}
	c.memoire = memoire{taille: o.Memoire, m: map[cleMemoire]souvenir{}, vols: map[cleMemoire]*vol{}}
	var errs []error
	if o.Duree < 0 || o.DureeAbsence < 0 || o.AgeMax < 0 || o.Memoire < 0 {
		errs = append(errs, refus("ANN-CONFIG", "Duree", "durations and sizes are not negative"))
	}
	if err := errors.Join(append(errs, c.Bascule(o.Aiguillage))...); err != nil {
		return nil, err
	}
	return c, nil
}

// Bascule switches the directory. Switching it on checks what a call wants.
func (c *Client) Bascule(a Aiguillage) error {
	if c == nil || c.canal == nil {
		return refus("ANN-CONFIG", "Client", "a client is made by New")
	}
	switch a.Mode {
	case Inactif:
	case Automatique:
		var sansCodec error
		if c.o.Codec == nil || reflect.ValueOf(c.o.Codec).Kind() == reflect.Pointer && reflect.ValueOf(c.o.Codec).IsNil() {
			sansCodec = manque("Codec")
		}
		if err := errors.Join(c.o.Parametres.verifie(), sansCodec); err != nil {
			return err
		}
	default:
		return refus("ANN-CONFIG", "Aiguillage.Mode", "Automatique or Inactif is wanted")
	}
	c.aiguillage.Store(&a)
	return nil
}

// Demande is a question: one key, one service.
type Demande struct {
	EJ      simphonie.FINESS // legal entity of the channel; another is refused
	Cle     simphonie.CleAMC
	Service Service
}

// Cherche finds the addresses of a service. An insurer that is not in the
// directory is an outcome, not an error. When the directory fails, the last
// good answer is given if there is one: Origine, Age and Cause say so.
func (c *Client) Cherche(ctx context.Context, d Demande) (*Resultat, error) {
	if c == nil || c.canal == nil {
		return nil, refus("ANN-CONFIG", "Client", "a client is made by New")
	}
	cle, err := normalise(d.Cle)
	if err := errors.Join(c.canal.VerifieEJ(d.EJ), err); err != nil {
		return nil, err
	}
	maintenant := c.canal.Maintenant()
	if es := c.o.Table.entrees(cle, d.Service); len(es) > 0 {
		if r := conclut(cle, d.Service, es, c.o.Politique, maintenant); r.Issue != SansAdresse {
			r.Origine = Local
			return r, nil
		}
	}
	p, parametre := c.o.Parametres.Services[d.Service]
	k := memoireDe(cle, d.Service, p)
	s, connu := c.memoire.lit(k)
	switch aiguillage := c.aiguillage.Load(); {
	case connu && c.bonne(s, maintenant):
		return c.rend(cle, d.Service, s, Memoire, maintenant), nil
	case aiguillage.Mode == Inactif:
		err = nil
	case !parametre:
		return nil, manque(fmt.Sprintf("Parametres.Services[%q]", string(d.Service)))
	default:
		var neuf souvenir
		neuf, err = c.memoire.unique(ctx, k, func() (souvenir, error) { return c.interroge(ctx, cle, k, p, aiguillage.URL) })
		if err == nil {
			return c.rend(cle, d.Service, neuf, Directe, c.canal.Maintenant()), nil
		}
		if errors.Is(err, context.Canceled) {
			return nil, err
		}
	}
	if connu {
		if r := c.rend(cle, d.Service, s, DerniereBonne, maintenant); r.Age <= c.o.AgeMax && (r.Issue == Trouvee || r.Issue == AChoisir) {
			r.Cause = err
			r.Anomalies = append(r.Anomalies, anomalie("ANN-DEGRADE", "", duree(r.Age)))
			return r, nil
		}
	}
	if err != nil {
		return nil, err
	}
	return &Resultat{Cle: cle, Service: d.Service, Issue: NonInterroge,
		Anomalies: simphonie.Anomalies{anomalie("ANN-NON-INTERROGE", "", string(d.Service))}}, nil
}

// Fiche is what is known of a key, by service.
type Fiche map[Service]*Resultat

// Fiche searches every service, one call each at most since a request names
// one. A service without settings is left out; the errors of the others are
// joined, beside what was found.
func (c *Client) Fiche(ctx context.Context, ej simphonie.FINESS, cle simphonie.CleAMC) (Fiche, error) {
	f := Fiche{}
	var errs []error
	for _, s := range services {
		r, err := c.Cherche(ctx, Demande{ej, cle, s})
		switch {
		case err == nil:
			f[s] = r
		case !errors.Is(err, ErrParametreAnnuaire):
			errs = append(errs, err)
		}
	}
	return f, errors.Join(errs...)
}

// bonne says that an answer may serve without asking again: it is young
// enough, and none of its entries has come to its end since.
func (c *Client) bonne(s souvenir, maintenant time.Time) bool {
	d := c.o.Duree
	if len(s.entrees) == 0 {
		d = c.o.DureeAbsence
	}
	for _, e := range s.entrees {
		if !e.Expire.IsZero() && !maintenant.Before(e.Expire) && s.recuLe.Before(e.Expire) {
			return false
		}
	}
	return maintenant.Sub(s.recuLe) < d
}

func (c *Client) rend(cle simphonie.CleAMC, service Service, s souvenir, o Origine, maintenant time.Time) *Resultat {
	r := conclut(cle, service, s.entrees, c.o.Politique, maintenant)
	r.Origine, r.RecuLe, r.Age = o, s.recuLe, max(0, maintenant.Sub(s.recuLe))
	return r
}

// Bounds of an answer.
const (
	entreesMax  = 100
	adressesMax = 100
	reponseMax  = 64 << 10 // bytes of all its texts: the memory holds thousands
)

// interroge makes the call and keeps the answer.
func (c *Client) interroge(ctx context.Context, cle simphonie.CleAMC, k cleMemoire, p ParametresService, url string) (souvenir, error) {
	quand := c.canal.Maintenant()
	if c.o.Parametres.Date(quand) == "" {
		return souvenir{}, manque("Parametres.Date")
	}
	retour, err := c.canal.Appelle(ctx, teleservice.Appel{Service: nomService, Operation: operation, SOAP: teleservice.SOAP11, SansEntete: true,
		Action: c.o.Parametres.Action, URL: url, Corps: c.o.Parametres.corps(cle, p, c.canal.Logiciel(), quand)})
	if err != nil {
		return souvenir{}, err
	}
	rep, err := c.o.Codec.DecodeReponse(retour.Corps)
	if err != nil || rep == nil {
		e := refus("ANN-REPONSE", "", "the codec cannot read the answer")
		e.Err = err
		return souvenir{}, e
	}
	trop, taille := len(rep.Entrees) > entreesMax, 0
	for _, x := range rep.Entrees {
		trop = trop || len(x.Adresses) > adressesMax
		taille += len(x.Operateur.Code) + len(x.Operateur.Nom) + len(x.Convention) + len(x.CSR) + len(x.Domaine) + len(strings.Join(x.Adresses, ""))
	}
	if trop || taille > reponseMax {
		e := refus("ANN-REPONSE", "", "more entries, addresses or text than can be")
		e.LimiteLocale = true
		return souvenir{}, e
	}
	s := souvenir{rep.Entrees, retour.Recu}
	c.memoire.ecrit(k, s)
	return s, nil
}

// duree writes an age for an agent.
func duree(d time.Duration) string {
	if d >= 48*time.Hour {
		return fmt.Sprintf("%d jours", d/(24*time.Hour))
	}
	return fmt.Sprintf("%d h %02d min", d/time.Hour, d%time.Hour/time.Minute)
}
