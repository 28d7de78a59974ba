package concert

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/journal"
)

// Liaison is the link to one terminal: NewTCP, NewEPlus, NewV3Serie. It has no
// method to call: money goes through a Caisse.
type Liaison interface {
	protocole() string
	verifie(*demande) error
	// echange sends once. Without IssueInconnue, its error says that the money
	// cannot have moved.
	echange(context.Context, *demande) (*Reponse, error)
}

// Config is what a Caisse wants.
type Config struct {
	Liaison Liaison
	// Journal keeps every order before it leaves. Its Delai must be longer than
	// that of the Caisse by a minute at least.
	Journal  *journal.Journal
	Terminal string // its name for ever, whatever its address: letters, digits, - and .
	Numero   string // of the cash desk, 01 to 99
	// Delai bounds an exchange, patient and bank included; 0 = 177 seconds.
	Delai time.Duration
	Log   *slog.Logger // the outcome of each order, without personal data; nil discards
}

const (
	delaiDefaut  = 177 * time.Second
	margeJournal = time.Minute
	contrepartie = "tpe" // stands for the insurer in the keys of the journal
	prefixe      = "tpe."
	versionForme = "1"
)

var (
	formeTerminal = regexp.MustCompile(`^[A-Za-z0-9.-]{1,60}$`)
	formeCaisse   = regexp.MustCompile(`^(0[1-9]|[1-9][0-9])$`)
)

// Caisse is a cash desk and its terminal: one order at a time. It is safe for
// concurrent use.
type Caisse struct {
	cfg     Config
	occupee sync.Mutex
}

// New gives a cash desk, or every fault of its configuration.
func New(c Config) (*Caisse, error) {
	if c.Delai == 0 {
		c.Delai = delaiDefaut
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	var fautes []error
	faute := func(faux bool, champ, detail string) {
		if faux {
			fautes = append(fautes, erreur("TPE-CONFIG", champ, detail))
		}
	}
	faute(c.Liaison == nil, "Liaison", "missing")
	faute(c.Journal == nil, "Journal", "missing")
	faute(!formeTerminal.MatchString(c.Terminal), "Terminal", "1 to 60 letters, digits, - and .")
	faute(!formeCaisse.MatchString(c.Numero), "Numero", "01 to 99")
	faute(c.Delai < 0, "Delai", "negative")
	faute(c.Journal != nil && c.Journal.Delai()-margeJournal < c.Delai, "Journal", "its Delai is too short: a minute more than that of the Caisse at least")
	if len(fautes) > 0 {
		return nil, errors.Join(fautes...)
	}
	return &Caisse{cfg: c}, nil
}

// Encaisse has the patient pay. It sends once:
//   - Faite: Regle was taken. NonFaite: the terminal says why nothing was.
//   - an error without IssueInconnue: this call moved nothing. TPE-DEJA-FAIT
//     comes with the result of the first copy; TPE-A-CLARIFIER and TPE-EN-COURS
//     have in their chain the *Suspens that is in the way. TPE-JOURNAL-RESULTAT
//     alone comes with a fresh result, that the journal could not keep.
//   - an error with IssueInconnue: the outcome is Inconnue. Neither this visit
//     nor this terminal takes another order until Decide.
func (c *Caisse) Encaisse(ctx context.Context, o Ordre) (Resultat, error) {
	return c.ordonne(ctx, Debit, o)
}

// Rembourse pays the patient back, as Encaisse takes: the amount is positive.
func (c *Caisse) Rembourse(ctx context.Context, o Ordre) (Resultat, error) {
	return c.ordonne(ctx, Credit, o)
}

// Annule cancels a debit at the terminal, as Encaisse takes. It may bear the
// reference of the debit. Rembourse is then TPE-DEJA-FAIT, and the other way
// round. Not every terminal has it.
func (c *Caisse) Annule(ctx context.Context, o Ordre) (Resultat, error) {
	return c.ordonne(ctx, Annulation, o)
}

func (c *Caisse) ordonne(ctx context.Context, op Operation, o Ordre) (Resultat, error) {
	d := &demande{operation: op, Ordre: o}
	if c == nil || c.cfg.Liaison == nil || c.cfg.Journal == nil {
		return *d.resultat(NonFaite, "TPE-CONFIG"), erreur("TPE-CONFIG", "", "a Caisse is made by New")
	}
	d.caisse = c.cfg.Numero
	res, err := c.execute(ctx, d)
	c.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "tpe", slog.String("operation", op.String()), slog.String("terminal", c.cfg.Terminal),
		slog.String("montant", o.Montant.String()), slog.String("issue", res.Issue.String()), slog.String("cause", string(cmp.Or(erreurs.Code(err), res.Cause))))
	return *res, err
}

func (c *Caisse) execute(ctx context.Context, d *demande) (*Resultat, error) {
	refuse := func(err error) (*Resultat, error) { return d.resultat(NonFaite, erreurs.Code(err)), err }
	if err := c.cfg.Liaison.verifie(d); err != nil {
		return refuse(err)
	}
	if !c.occupee.TryLock() {
		return refuse(nonParti("TPE-OCCUPE", "this terminal has an order already", nil))
	}
	defer c.occupee.Unlock()
	intention, err := c.intention(ctx, d)
	if err != nil {
		return refuse(err)
	}
	ctx, fin := context.WithTimeout(ctx, c.cfg.Delai)
	defer fin()
	var res *Resultat
	_, err = c.cfg.Journal.UneFois(ctx, intention, func(ctx context.Context) (journal.Resultat, error) {
		var err error
		res, err = c.envoie(ctx, d, intention.Cle)
		ecrit, errForme := charge(resultatGarde{formatResultat, res})
		if errForme != nil {
			err = errors.Join(err, errForme) // the outcome is kept all the same
		}
		return journal.Resultat{Issue: issueJournal(res), Charge: ecrit}, err
	})
	switch {
	case res == nil:
		return c.dejaVoulu(ctx, d, err)
	case err != nil && res.Issue != Inconnue && !contient(err, res.Cause):
		// The terminal answered; the journal may not know it.
		x := enveloppe("TPE-JOURNAL-RESULTAT", "the outcome is known and may not be written: keep it", err)
		x.IssueInconnue, x.Reessayable = false, false
		return res, x
	}
	return res, err
}

// contient says that an error is the one that stopped the order.
func contient(err error, c simphonie.Code) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return ok && c != "" && e.Code == c
}

// envoie makes the exchange, unless another stands in its way. The intention is
// written by now: of two that cross, each sees the other.
func (c *Caisse) envoie(ctx context.Context, d *demande, cle journal.Cle) (*Resultat, error) {
	if err := c.voieLibre(ctx, d, cle); err != nil {
		return d.resultat(NonFaite, erreurs.Code(err)), err
	}
	r, err := c.cfg.Liaison.echange(ctx, d)
	if err != nil {
		if e, ok := errors.AsType[*simphonie.Erreur](err); ok && !e.IssueInconnue {
			return d.resultat(NonFaite, e.Code), err
		}
		return d.resultat(Inconnue, erreurs.Code(err)), err
	}
	res := juge(d, r)
	if res.Issue == Inconnue {
		return res, inconnu(res.Cause, "the answer is not that of a payment done or refused: read the ticket of the terminal, and decide", nil)
	}
	return res, nil
}

func issueJournal(r *Resultat) journal.Issue {
	switch {
	case r.Issue == Faite:
		return journal.Faite
	case r.Issue == Inconnue:
		return journal.Inconnue
	case r.Reponse == nil:
		return journal.NonPartie
	}
	return journal.Refusee
}

// intention names an order: the amount, the terminal and the protocol are not
// part of its name, so that two copies of a payment meet wherever they are sent.
func (c *Caisse) intention(ctx context.Context, d *demande) (journal.Intention, error) {
	cle, err := c.cle(ctx, d.operation, d.Venue, d.Reference)
	if err != nil {
		return journal.Intention{}, err
	}
	ecrit, err := charge(ordreGarde{formatOrdre, d.operation, d.Reference, d.Montant, d.caisse, d.Application, d.Partiel, d.Immediat, d.Force})
	if err != nil {
		return journal.Intention{}, err
	}
	return journal.Intention{Cle: cle, Nature: prefixe + d.operation.String(), Version: c.version(), Charge: ecrit}, nil
}

// version tells in clear the form of the payloads, the protocol and the terminal.
func (c *Caisse) version() string {
	return strings.Join([]string{versionForme, c.cfg.Liaison.protocole(), c.cfg.Terminal}, " ")
}

// cle names an order. A refund and a cancellation of one reference have one name:
// a payment goes back once.
func (c *Caisse) cle(ctx context.Context, op Operation, venue, reference string) (journal.Cle, error) {
	sens := op.String()
	if op == Credit || op == Annulation {
		sens = "retour"
	}
	e, err := c.cfg.Journal.Empreinte(ctx, prefixe+sens, venue, []byte(reference))
	if err != nil {
		return journal.Cle{}, enveloppe("TPE-JOURNAL", "the order cannot be named, nothing was sent", err)
	}
	return journal.Cle{Venue: venue, AMC: contrepartie, Empreinte: e}, nil
}
