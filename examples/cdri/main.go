// Command cdri asks the rights of one patient, or of many.
//
//	cdri                                  # a simulator of its own, a person of the simulator
//	cdri -cas ald -clair                  # another one: -cas list names them all
//	cdri -nir 181016322075140 -naissance 1981-01-01 -rang 1 -regime 01
//	echo '{"assure":"181016322075140","naissance":"1981-01-01","rang":"1","regime":"01"}' | cdri -stdin
//	cdri -lot lignes.jsonl -carnet nuit.carnet      # one {"id":…,"demande":{…}} a line; run again, it resumes
//	cdri -url https://… -p12 client.p12 -ca racines.pem -ej 750712184 -idam … -logiciel … -version 1.0 -instance UUID …
//
// The messages are those of the reference codec, which is not official: with
// -url too, the service is a simulator (examples/simulateurs). An editor puts
// its own codec in the function codec, and says -env qualification or production.
//
// The password of the PKCS#12 file is in CDRI_MOT_DE_PASSE, the key of the
// carnet (64 hexadecimal digits) in CDRI_CLE_CARNET. Real patients are better
// given by -stdin or -lot than by flags, which other users of the machine can
// see. Personal data are masked unless -clair. The exit status is 0 when rights
// were found (or the lot is complete), 1 when not, 2 for a wrong command line, 3 for
// a failure.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/examples/internal/acces"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// Exit statuses.
const (
	trouve = iota
	sansDroits
	ligneFausse
	echec
)

func main() {
	ctx, arrete := signal.NotifyContext(context.Background(), os.Interrupt)
	defer arrete()
	os.Exit(execute(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// commande is the command line.
type commande struct {
	acces.Acces
	cas, nir, naissance, rang, regime, jour, moment string
	lot, carnet, cn                                 string
	fraicheur                                       time.Duration
	stdin, clair, enJSON                            bool
}

func lit(args []string, erreurs io.Writer) (*commande, error) {
	c := &commande{}
	f := flag.NewFlagSet("cdri", flag.ContinueOnError)
	f.SetOutput(erreurs)
	f.StringVar(&c.cas, "cas", "", "a person of the simulator (list names them)")
	f.StringVar(&c.nir, "nir", "", "number of the ouvrant droit, with its key")
	f.StringVar(&c.naissance, "naissance", "", "birth date of the beneficiary, yyyy-mm-dd")
	f.StringVar(&c.rang, "rang", "1", "birth rank of the beneficiary")
	f.StringVar(&c.regime, "regime", "01", "régime, two digits")
	f.StringVar(&c.jour, "jour", "", "day whose rights are asked, yyyy-mm-dd")
	f.StringVar(&c.moment, "moment", "admission", "pre-admission, admission or facturation")
	f.StringVar(&c.lot, "lot", "", "file of lines {\"id\":…,\"demande\":…}, - for standard input")
	f.StringVar(&c.carnet, "carnet", "", "file that keeps a lot from starting again; nothing keeps it in memory")
	f.DurationVar(&c.fraicheur, "fraicheur", 24*time.Hour, "how long the results of a lot are kept")
	f.BoolVar(&c.stdin, "stdin", false, "read the request as JSON on standard input")
	f.BoolVar(&c.clair, "clair", false, "show personal data")
	f.BoolVar(&c.enJSON, "json", false, "write JSON")
	f.StringVar(&c.cn, "cn", "CDRI-SIMULE", "name that the service wants in the certificate")
	c.Declare(f, "simulation")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, errors.New("no argument is wanted after the flags")
	}
	if c.carnet != "" && c.lot == "" {
		return nil, errors.New("-carnet wants -lot")
	}
	return c, c.Verifie()
}

// demande gives the request of the flags or of standard input.
func (c *commande) demande(entree io.Reader) (d cdri.Demande, err error) {
	if c.stdin {
		b, err := io.ReadAll(io.LimitReader(entree, 1<<16))
		if err == nil {
			err = jsonstrict.Decode(b, &d)
		}
		return c.complete(d), err
	}
	if c.nir+c.naissance == "" && c.Simule() {
		b, ok := cdritest.Connu(cmp.Or(c.cas, "ordinaire"))
		if !ok {
			return d, errors.New("the simulator does not know this person: -cas list")
		}
		d.Assure, d.Naissance, d.Rang, d.Regime = b.Criteres.Assure, b.Criteres.Naissance, b.Criteres.Rang, b.Criteres.Regime
	} else {
		d.Assure, d.Rang, d.Regime = simphonie.NIRRecu(c.nir), c.rang, c.regime
		err = d.Naissance.UnmarshalText([]byte(c.naissance))
	}
	return c.complete(d), errors.Join(err, d.DateReference.UnmarshalText([]byte(c.jour)), d.Moment.UnmarshalText([]byte(c.moment)))
}

// complete says for whom the question is asked.
func (c *commande) complete(d cdri.Demande) cdri.Demande {
	d.EJ = cmp.Or(d.EJ, c.Entite())
	d.Moment = cmp.Or(d.Moment, cdri.Admission)
	return d
}

func execute(ctx context.Context, args []string, env func(string) string, entree io.Reader, sortie, erreurs io.Writer) int {
	refuse := func(code int, err error) int {
		fmt.Fprintln(erreurs, "cdri:", err)
		if p, ok := cdri.PanneDe(err); ok {
			fmt.Fprintln(erreurs, p.Texte, p.Conduite)
		}
		if r, ok := errors.AsType[*cdri.Refus](err); ok {
			for _, a := range r.Anomalies {
				fmt.Fprintln(erreurs, a)
			}
		}
		return code
	}
	c, err := lit(args, erreurs)
	if err != nil {
		return refuse(ligneFausse, err)
	}
	if c.cas == "list" {
		for _, b := range cdritest.Beneficiaires() {
			fmt.Fprintln(sortie, b.Cas)
		}
		return trouve
	}
	var d cdri.Demande
	if c.lot == "" {
		if d, err = c.demande(entree); err != nil {
			return refuse(ligneFausse, err)
		}
	}
	client, ferme, err := c.client(env)
	if err != nil {
		return refuse(echec, err)
	}
	defer ferme()
	if c.lot != "" {
		complet, err := c.passe(ctx, client, env, entree, sortie)
		switch {
		case err != nil:
			return refuse(echec, err)
		case !complet:
			return sansDroits
		}
		return trouve
	}
	r, err := client.Consulte(ctx, d)
	if err == nil {
		err = c.affiche(sortie, r)
	}
	switch {
	case err != nil:
		return refuse(echec, err)
	case r.Issue.Sens != cdri.Trouve:
		return sansDroits
	}
	return trouve
}
