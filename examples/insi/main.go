// Command insi searches the INS of one patient, by traits or by Vitale card.
//
//	insi                                   # a simulator of its own, a published test identity
//	insi -nom HOUILLES -prenoms PIERRE,PAUL -sexe M -naissance 1993-01-27
//	insi -nom ADRUN -od 2751263220749 -naissance 1975-12-31     # by card
//	echo '{"nom":"ADRUN","prenoms":["ZOE"],"sexe":"F","naissance":"1975-12-31"}' | insi -stdin
//	insi -url https://… -p12 client.p12 -ca racines.pem -ej 750712184 -idam … -logiciel … -version 1.0 -instance UUID …
//
// With -url it calls a real endpoint by mutual TLS, in qualification unless -env
// says otherwise. The password of the PKCS#12 file is read from the environment
// (INSI_MOT_DE_PASSE) or asked. Real patients are better given by -stdin than by
// flags, which other users of the machine can see. Personal data are masked
// unless -clair. The exit status is 0 for one identity, 1 for none or several,
// 2 for a wrong command line, 3 for a failure.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/examples/internal/acces"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// Exit statuses.
const (
	trouvee = iota
	sansIdentite
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
	nom, prenoms, sexe, naissance, lieu string
	individu, od                        string
	rang                                int
	dAbord, stdin, clair, enJSON        bool
}

func lit(args []string, erreurs io.Writer) (*commande, error) {
	c := &commande{}
	f := flag.NewFlagSet("insi", flag.ContinueOnError)
	f.SetOutput(erreurs)
	f.StringVar(&c.nom, "nom", "", "birth name")
	f.StringVar(&c.prenoms, "prenoms", "", "birth first names, in order, separated by commas")
	f.StringVar(&c.sexe, "sexe", "", "F or M")
	f.StringVar(&c.naissance, "naissance", "", "birth date, yyyy-mm-dd")
	f.StringVar(&c.lieu, "lieu", "", "INSEE code of the birth place")
	f.BoolVar(&c.dAbord, "lieu-d-abord", false, "send the birth place from the first call")
	f.StringVar(&c.individu, "individu", "", "search by card: the beneficiary's own number")
	f.StringVar(&c.od, "od", "", "search by card: the number of the ouvrant droit")
	f.IntVar(&c.rang, "rang", 0, "search by card: birth rank")
	f.BoolVar(&c.stdin, "stdin", false, "read the traits as JSON on standard input")
	f.BoolVar(&c.clair, "clair", false, "show personal data")
	f.BoolVar(&c.enJSON, "json", false, "write JSON")
	c.Declare(f, "qualification")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, errors.New("no argument is wanted after the flags")
	}
	return c, c.Verifie()
}

// parCarte says that the search is by card.
func (c *commande) parCarte() bool { return c.individu != "" || c.od != "" }

// traits gives those of the flags or of standard input; without any, those of a
// published test identity, for the simulator only.
func (c *commande) traits(entree io.Reader) (insi.Traits, error) {
	var t insi.Traits
	if c.stdin {
		b, err := io.ReadAll(io.LimitReader(entree, 1<<16))
		if err == nil {
			err = jsonstrict.Decode(b, &t)
		}
		return t, err
	}
	if c.nom+c.prenoms+c.naissance == "" && c.Simule() {
		c.nom, c.prenoms, c.sexe, c.naissance = "Tchitchi", "Ola,Catarina,Bella", "F", "1936-06-21"
	}
	var err error
	if c.naissance != "" {
		t.Naissance, err = simphonie.ParseDateNaissance(c.naissance)
	}
	t.Nom, t.Sexe, t.Lieu = simphonie.NewConfidentiel(c.nom), insi.Sexe(c.sexe), simphonie.NewConfidentiel(c.lieu)
	for p := range strings.SplitSeq(c.prenoms, ",") {
		if p = strings.TrimSpace(p); p != "" {
			t.Prenoms = append(t.Prenoms, simphonie.NewConfidentiel(p))
		}
	}
	return t, err
}

func execute(ctx context.Context, args []string, env func(string) string, entree io.Reader, sortie, erreurs io.Writer) int {
	c, err := lit(args, erreurs)
	if errors.Is(err, flag.ErrHelp) {
		return trouvee
	}
	if err != nil {
		fmt.Fprintln(erreurs, "insi:", err)
		return ligneFausse
	}
	t, err := c.traits(entree)
	if err != nil {
		fmt.Fprintln(erreurs, "insi:", err)
		return ligneFausse
	}
	client, ferme, err := c.client(env, entree, erreurs)
	if err != nil {
		fmt.Fprintln(erreurs, "insi:", err)
		return echec
	}
	defer ferme()
	var r *insi.Recherche
	if c.parCarte() {
		r, err = client.RechercheVitale(ctx, insi.DemandeVitale{EJ: c.Entite(), Carte: insi.CarteVitale{Individu: simphonie.NIRRecu(c.individu),
			Ouvrant: simphonie.NIRRecu(c.od), Nom: t.Nom, Naissance: t.Naissance, Rang: c.rang}})
	} else {
		r, err = client.Recherche(ctx, insi.Demande{EJ: c.Entite(), Traits: t, LieuDAbord: c.dAbord})
	}
	if errEcrit := c.affiche(sortie, r); errEcrit != nil {
		fmt.Fprintln(erreurs, "insi:", errEcrit)
		return echec
	}
	switch {
	case err != nil:
		fmt.Fprintln(erreurs, "insi:", err)
		if p, ok := insi.PanneDe(err); ok {
			fmt.Fprintln(erreurs, p.Texte, p.Conduite)
		}
		return echec
	case r.Issue == insi.Trouvee:
		return trouvee
	}
	return sansIdentite
}
