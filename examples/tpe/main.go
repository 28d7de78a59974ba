// Command tpe takes a payment on a card terminal, and keeps it in a journal.
//
//	tpe -simule                                       # a simulated terminal that accepts
//	tpe -simule -comportement coupe -journal j        # … whose answer is lost, and is asked for at the next run
//	tpe -addr 192.0.2.10:8888 -ipc 012345678901 -montant 12.50 -reference F-42 -venue V-1
//	tpe -serie /dev/ttyACM0 -montant 12.50 -reference F-42 -venue V-1     # Concert E+; set the port first, with stty or mode
//
// A real terminal wants -montant and -reference: visit and reference name the
// payment, so that the command run again gives its result instead of taking the
// money twice. A simulated one makes them up.
//
// When the outcome is unknown it asks what the ticket says, and writes the
// decision; without an answer it stays unknown, and the next run asks first.
// The exit status is 0 for paid, 1 for not paid, 2 for a wrong command line, 3
// for unknown, 4 for a failure of this program.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/concert"
	"github.com/simphonie/simphonie/diapason/diapasontest"
)

// Exit statuses.
const (
	paye = iota
	nonPaye
	ligneFausse
	inconnu
	echec
)

func main() {
	ctx, arrete := signal.NotifyContext(context.Background(), os.Interrupt)
	defer arrete()
	os.Exit(execute(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// options is the command line.
type options struct {
	addr, serie, ipc, version, journal    string
	terminal, venue, reference, caisse    string
	comportement                          string
	montant                               simphonie.Montant
	simule, crlf, partiel, ticket, credit bool
	delai                                 time.Duration
}

// lit reads the command line; what is wrong with it is written to erreurs.
func lit(args []string, erreurs io.Writer) (*options, error) {
	o := &options{montant: 1250}
	f := flag.NewFlagSet("tpe", flag.ContinueOnError)
	f.SetOutput(erreurs)
	f.StringVar(&o.addr, "addr", "", "host:port of a terminal, Concert V3")
	f.StringVar(&o.serie, "serie", "", "serial device of a terminal, Concert E+; its settings are left as they are")
	f.BoolVar(&o.simule, "simule", false, "start a simulated terminal")
	f.StringVar(&o.comportement, "comportement", "accepte", "of the simulated terminal: accepte, refuse, abandonne, coupe, partiel:1000, …")
	f.StringVar(&o.ipc, "ipc", "012345678901", "IPC number of your software (CJ), Concert V3; the default is invented")
	f.StringVar(&o.version, "version", "0320", "version of Concert V3: 0300, 0310, 0320")
	f.BoolVar(&o.crlf, "crlf", false, "end the request by CR LF, as some terminals want")
	f.TextVar(&o.montant, "montant", o.montant, "amount in euros; only -simule has a default")
	f.StringVar(&o.reference, "reference", "", "of the payment: the same is never taken twice; only -simule makes one up")
	f.StringVar(&o.venue, "venue", "V-1", "number of the visit")
	f.StringVar(&o.caisse, "caisse", "01", "number of the cash desk")
	f.StringVar(&o.terminal, "terminal", "tpe-1", "name of the terminal in the journal")
	f.StringVar(&o.journal, "journal", "", "file of the journal, its key beside it; tpe.journal by default, none with -simule")
	f.DurationVar(&o.delai, "delai", 0, "of a payment, patient and bank included; 0 = 177s")
	f.BoolVar(&o.partiel, "partiel", false, "accept that less is taken, Concert V3; some terminals fail")
	f.BoolVar(&o.ticket, "ticket", false, "ask the ticket, Concert V3")
	f.BoolVar(&o.credit, "credit", false, "pay back instead of taking")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	donnes := map[string]bool{}
	f.Visit(func(d *flag.Flag) { donnes[d.Name] = true })
	if err := o.verifie(donnes, f.NArg()); err != nil {
		fmt.Fprintln(erreurs, "tpe:", err)
		return nil, err
	}
	if o.reference == "" {
		o.reference = "P1-" + strconv.FormatInt(time.Now().Unix(), 36) // short enough for E+
	}
	return o, nil
}

func (o *options) verifie(donnes map[string]bool, reste int) error {
	choisis := 0
	for _, choisi := range []bool{o.addr != "", o.serie != "", o.simule} {
		if choisi {
			choisis++
		}
	}
	switch _, _, err := net.SplitHostPort(o.addr); {
	case choisis != 1 || reste > 0:
		return errors.New("one of -addr, -serie and -simule is wanted, and nothing after the flags")
	case o.addr != "" && err != nil:
		return errors.New("-addr wants host:port, as 192.0.2.10:8888")
	case !o.simule && !donnes["montant"]:
		return errors.New("-montant is wanted: a real terminal takes real money")
	case !o.simule && o.reference == "":
		return errors.New("-reference is wanted: it names this payment, as the number of the invoice, and the same one is never taken twice")
	}
	return nil
}

func execute(ctx context.Context, args []string, entree io.Reader, sortie, erreurs io.Writer) int {
	o, err := lit(args, erreurs)
	if errors.Is(err, flag.ErrHelp) {
		return paye
	}
	if err != nil {
		return ligneFausse
	}
	if o.simule {
		simulateur := diapasontest.NewTerminal()
		defer simulateur.Close()
		if err = simulateur.Toujours(diapasontest.Comportement(o.comportement)); err == nil {
			o.addr, err = simulateur.Ecoute("127.0.0.1:0")
		}
		if err != nil {
			fmt.Fprintln(erreurs, "tpe:", err)
			return ligneFausse
		}
	}
	if o.journal == "" && o.simule {
		dossier, err := os.MkdirTemp("", "tpe")
		if err != nil {
			fmt.Fprintln(erreurs, "tpe:", err)
			return echec
		}
		defer os.RemoveAll(dossier)
		o.journal = filepath.Join(dossier, "tpe.journal")
	}
	o.journal = cmp.Or(o.journal, "tpe.journal")
	caisse, ferme, err := o.ouvre()
	if err != nil {
		fmt.Fprintln(erreurs, "tpe:", err)
		return echec
	}
	defer ferme()
	d := dialogue{caisse, bufio.NewScanner(entree), sortie, erreurs}
	if statut, ok := d.eclaircit(ctx); !ok {
		return statut
	}
	return d.encaisse(ctx, o)
}

// dialogue is the agent at the desk.
type dialogue struct {
	caisse          *concert.Caisse
	entree          *bufio.Scanner
	sortie, erreurs io.Writer
}

func (d *dialogue) encaisse(ctx context.Context, o *options) int {
	geste := d.caisse.Encaisse
	if o.credit {
		geste = d.caisse.Rembourse
	}
	fmt.Fprintf(d.sortie, "%s, référence %s : suivez les indications du terminal…\n", o.montant.Euros(), o.reference)
	res, err := geste(ctx, concert.Ordre{Venue: o.venue, Reference: o.reference, Montant: o.montant,
		Options: concert.Options{Partiel: o.partiel, Ticket: o.ticket}})
	d.montre(res)
	if err != nil {
		fmt.Fprintln(d.erreurs, "tpe:", err)
	}
	if res.Reponse != nil && !res.Reponse.Ticket.IsZero() {
		fmt.Fprintf(d.sortie, "--- ticket du client ---\n%s\n------------------------\n", res.Reponse.Ticket.Clair())
	}
	if res.Issue == concert.Inconnue {
		// The call may have been interrupted; the decision is not.
		if statut, ok := d.eclaircit(context.WithoutCancel(ctx)); !ok {
			return statut
		}
		if res, err = d.caisse.Resultat(context.WithoutCancel(ctx), res.Operation, o.venue, o.reference); err != nil {
			fmt.Fprintln(d.erreurs, "tpe:", err)
		}
	}
	return map[concert.Issue]int{concert.Faite: paye, concert.NonFaite: nonPaye, concert.Inconnue: inconnu}[res.Issue]
}

func (d *dialogue) montre(r concert.Resultat) {
	titre := map[concert.Issue]string{concert.Faite: "FAIT", concert.NonFaite: "PAS FAIT", concert.Inconnue: "À VÉRIFIER"}[r.Issue]
	fmt.Fprintf(d.sortie, "%s. %s\n", titre, r.Texte())
}

// eclaircit asks what became of every order whose outcome is unknown; false
// when one is left.
func (d *dialogue) eclaircit(ctx context.Context) (statut int, ok bool) {
	ss, err := d.caisse.AClarifier(ctx, 100)
	if err != nil {
		fmt.Fprintln(d.erreurs, "tpe:", err)
		return echec, false
	}
	for _, s := range ss {
		fmt.Fprintf(d.sortie, "À clarifier : %s de %s, référence %s, terminal %s, %s.\n", s.Operation, s.Montant.Euros(), s.Reference, s.Terminal,
			s.Depuis.Local().Format("02/01/2006 15:04"))
		decision, ok := d.demande(s)
		if !ok {
			fmt.Fprintln(d.sortie, "Sans décision : rien d'autre ne passera par ce terminal ni pour ce dossier.")
			return inconnu, false
		}
		res, err := d.caisse.Decide(ctx, s, decision)
		if e, ok := errors.AsType[*simphonie.Erreur](err); ok && e.Code == "TPE-DECISION-TOT" {
			fmt.Fprintf(d.sortie, "Le terminal peut encore accepter ce paiement : attendez %s pour dire qu'il n'a pas eu lieu.\n", s.Jusque.Local().Format("15:04:05"))
			return inconnu, false
		}
		if err != nil {
			fmt.Fprintln(d.erreurs, "tpe:", err)
			return echec, false
		}
		d.montre(res)
	}
	return paye, true
}

func (d *dialogue) demande(s concert.Suspens) (concert.Decision, bool) {
	decision := concert.Decision{Par: simphonie.NewConfidentiel("agent du guichet")}
	montant := d.question("Montant accepté sur le ticket du terminal (0 s'il n'y a pas de paiement, vide pour décider plus tard) : ")
	m, err := simphonie.ParseMontant(montant)
	if err != nil || m < 0 {
		return decision, false
	}
	decision.Verdict = concert.SansEffet
	if m > 0 {
		decision.Verdict, decision.Montant = concert.Effective, m
	}
	preuve := d.question("Numéro du ticket, ou ce que vous avez vu : ")
	decision.Preuve = simphonie.NewConfidentiel(preuve)
	return decision, preuve != ""
}

func (d *dialogue) question(texte string) string {
	fmt.Fprint(d.sortie, texte)
	if !d.entree.Scan() {
		fmt.Fprintln(d.sortie)
		return ""
	}
	return strings.TrimSpace(d.entree.Text())
}
