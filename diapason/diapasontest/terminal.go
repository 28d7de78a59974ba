package diapasontest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

// Comportement is how a terminal behaves for one order: a name and, after a
// colon, an argument. Faults of the line come after the payment was made, but
// for avant-lecture.
//
//	accepte            the payment is made
//	refuse             the bank refuses (04)
//	abandonne          the red button: no amount in the answer (06)
//	partiel:1000       so many cents only, if the order allows a partial payment; else accepte
//	sans-bf            a terminal that fails when it is asked whether a partial payment is accepted
//	muet               made, and no answer ever comes
//	avant-lecture      the connection is closed before the order is read
//	coupe              made, and the connection is closed without an answer
//	coupe:12           … after so many bytes of the answer
//	morcele:1          made, and the answer comes by so many bytes
//	autre-montant:500  made, and the answer names so many cents
//	brut:TEXTE         made, and the answer is TEXTE
//
// An order in immediate mode is made, and answered "taken into account".
type Comportement string

func (c Comportement) lit() (nom string, argument string) {
	nom, argument, _ = strings.Cut(string(c), ":")
	return nom, argument
}

func (c Comportement) nombre() int {
	_, a := c.lit()
	n, _ := strconv.Atoi(a)
	return n
}

var sansArgument = []string{"accepte", "refuse", "abandonne", "sans-bf", "muet", "avant-lecture", "coupe"}

func (c Comportement) verifie() error {
	nom, a := c.lit()
	_, err := strconv.ParseUint(a, 10, 31)
	switch {
	case slices.Contains(sansArgument, nom) && string(c) == nom:
	case (nom == "partiel" || nom == "coupe" || nom == "morcele" || nom == "autre-montant") && err == nil && a != "0":
	case nom == "brut":
	default:
		return fmt.Errorf("diapasontest: unknown behaviour %q", nom)
	}
	return nil
}

// Mouvement is one line of the ledger of a terminal: money that really moved.
type Mouvement struct {
	Operation string // debit, credit, annulation
	Reference string // private data of the order
	Caisse    string
	Montant   simphonie.Montant
}

// Terminal is a simulated payment terminal. It speaks Concert V3 (Sert, Ecoute)
// and Concert E+ (SertSerie) with code of its own, and keeps a ledger. It is
// safe for concurrent use.
type Terminal struct {
	mu         sync.Mutex
	defaut     Comportement
	file       []Comportement
	parMontant map[simphonie.Montant]Comportement
	ledger     []Mouvement
	ordres     int
	fermetures []func()
	cadence    time.Duration
	actifs     sync.WaitGroup // connections, and orders of a serial line
}

// NewTerminal gives a terminal that accepts everything.
func NewTerminal() *Terminal {
	return &Terminal{defaut: "accepte", parMontant: map[simphonie.Montant]Comportement{}, cadence: 2 * time.Second}
}

// Cadence sets how long the terminal waits for a byte that must come on a
// serial line: two seconds, which a test may find long.
func (t *Terminal) Cadence(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cadence = d
}

// Toujours sets the behaviour of every order that no queue nor amount decides.
func (t *Terminal) Toujours(c Comportement) error {
	err := c.verifie()
	if err == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.defaut = c
	}
	return err
}

// Enfile sets the behaviours of the next orders, one each.
func (t *Terminal) Enfile(cs ...Comportement) error {
	for _, c := range cs {
		if err := c.verifie(); err != nil {
			return err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.file = append(t.file, cs...)
	return nil
}

// SelonMontant sets the behaviour of the orders of an amount.
func (t *Terminal) SelonMontant(m simphonie.Montant, c Comportement) error {
	err := c.verifie()
	if err == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.parMontant[m] = c
	}
	return err
}

// Mouvements gives the ledger: what really moved, in order.
func (t *Terminal) Mouvements() []Mouvement {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.ledger)
}

// Doubles gives the references that were debited, credited or cancelled more than once.
func (t *Terminal) Doubles() []string {
	vus, ds := map[Mouvement]int{}, []string(nil)
	for _, m := range t.Mouvements() {
		m.Montant, m.Caisse = 0, ""
		if vus[m]++; vus[m] == 2 {
			ds = append(ds, m.Reference)
		}
	}
	return ds
}

// Ordres counts the orders received, made or not.
func (t *Terminal) Ordres() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ordres
}

// Calme waits until no connection is open and no order under way: the ledger
// does not change by itself after.
func (t *Terminal) Calme() { t.actifs.Wait() }

// Close stops listening and drops every connection.
func (t *Terminal) Close() error {
	t.mu.Lock()
	fs := t.fermetures
	t.fermetures = nil
	t.mu.Unlock()
	for _, f := range fs {
		f()
	}
	return nil
}

func (t *Terminal) aFermer(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fermetures = append(t.fermetures, f)
}

// prochain looks at the behaviour of the next order, before its amount is known.
func (t *Terminal) prochain() Comportement {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.file) > 0 {
		return t.file[0]
	}
	return t.defaut
}

// retire takes the next behaviour of the queue.
func (t *Terminal) retire() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.file = t.file[min(1, len(t.file)):]
}

// commande is an order as the terminal understood it.
type commande struct {
	caisse, operation, devise, reference string
	montant                              simphonie.Montant
	partiel, immediat                    bool
	bf                                   bool // the order says something of partial payments
}

// verdict is what came of an order.
type verdict struct {
	comportement Comportement
	code         string // as AF: 01, 04, 06, 09, 13
	fait         bool
	montant      simphonie.Montant // that moved
}

// execute makes an order, or not, and writes the ledger.
func (t *Terminal) execute(c commande) verdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ordres++
	v := verdict{comportement: t.defaut, code: "01", fait: true, montant: c.montant}
	if p, ok := t.parMontant[c.montant]; ok {
		v.comportement = p
	}
	if len(t.file) > 0 {
		v.comportement, t.file = t.file[0], t.file[1:]
	}
	switch nom, _ := v.comportement.lit(); {
	case c.devise != "978":
		v.code, v.fait = "13", false
	case nom == "refuse":
		v.code, v.fait = "04", false
	case nom == "abandonne":
		v.code, v.fait = "06", false
	case nom == "sans-bf" && c.bf:
		v.code, v.fait = "09", false
	case nom == "partiel" && c.partiel:
		v.montant = min(c.montant, simphonie.Montant(v.comportement.nombre()))
	}
	if v.fait {
		t.ledger = append(t.ledger, Mouvement{c.operation, c.reference, c.caisse, v.montant})
	}
	return v
}
