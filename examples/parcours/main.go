// Command parcours takes patients through the SDK: it reads their attestations
// from pictures, asks a simulated INSi for their identities and a simulated CDRi
// for their rights, then prices a set of emergency visits, two visits for
// external care and a stay, has simulated complementary insurers commit to the
// patient's part of some, and prints, for a cashier, the lines of each invoice,
// who pays what, why, and what is wrong. It writes the visits as files
// of the norme B2, reads them back, and shows that every euro is found. It ends
// with the patients' shares: at a simulated terminal, by deferred debit, on the
// page of the DGFiP, or left to the public accountant, to the cent. Prices,
// nomenclatures and lists are fictitious and say so, but for those of FPU, FPV
// and the forfait journalier, which are public.
//
//	go run ./examples/parcours              the set, visit by visit
//	go run ./examples/parcours -explain     with the reason of every amount
//	go run ./examples/parcours -json        the results as JSON
//	go run ./examples/parcours -out DIR     the files of the norme B2, into DIR
//	go run ./examples/parcours -n 24000     the set 24 000 times, totals only
//	go run ./examples/parcours -n 24000 -encode   the same, written as B2 too, and thrown away
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/urgences"
)

type reglages struct {
	passages, connuAu, out string
	explique, json, encode bool
	n                      int
}

func main() {
	var r reglages
	flag.StringVar(&r.passages, "passages", "", "fichier de passages, à la place de celui de l'exemple")
	flag.StringVar(&r.connuAu, "connu-au", "2026-11-01", "date à laquelle règles et tarifs sont connus")
	flag.BoolVar(&r.explique, "explain", false, "dire pourquoi, montant par montant")
	flag.BoolVar(&r.json, "json", false, "écrire les résultats en JSON")
	flag.StringVar(&r.out, "out", "", "dossier où écrire les fichiers de la norme B2")
	flag.BoolVar(&r.encode, "encode", false, "avec -n, écrire aussi chaque facture en norme B2, sans la garder")
	flag.IntVar(&r.n, "n", 1, "nombre de répétitions du jeu ; au-delà de 1, seul le bilan est écrit")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "parcours: rien n'est attendu après les options (-out DIR écrit les fichiers)")
		os.Exit(2)
	}
	if err := r.execute(os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "parcours:", err)
		os.Exit(1)
	}
}

func (r *reglages) execute(sortie, progres io.Writer) error {
	if r.out != "" && (r.json || r.n > 1) || r.encode && r.n <= 1 {
		return errors.New("-out va sans -json ni -n, -encode avec -n")
	}
	jour, err := simphonie.ParseJour(r.connuAu)
	if err != nil {
		return fmt.Errorf("-connu-au attend une date, comme 2026-11-01 : %w", err)
	}
	o, err := fictif.Urgences(jour)
	if err != nil {
		return err
	}
	o.Expliquer = r.explique
	cas, err := lisPassages(r.passages)
	if err != nil {
		return err
	}
	t, err := demarre(cas)
	if err != nil {
		return err
	}
	defer t.ferme()
	ctx, arrete := context.WithTimeout(context.Background(), time.Minute)
	defer arrete()
	if err := t.accueille(ctx, cas); err != nil {
		return err
	}
	switch {
	case r.n > 1:
		return r.repete(sortie, progres, cas, o)
	case r.json:
		return ecritJSON(sortie, cas, o)
	}
	attestations, err := lisAttestations(sortie)
	if err != nil {
		return err
	}
	amc, err := demarreComplementaires(attestations)
	if err != nil {
		return err
	}
	defer amc.ferme()
	fmt.Fprintln(sortie, "\nPassages aux urgences. Identités, droits et complémentaires viennent d'INSi, de CDRi, d'un annuaire et d'AMC SIMULÉS. Les tarifs sont FICTIFS, sauf FPU et FPV.")
	b := nouveauBilan()
	var issues []*issue
	var restes []*reste
	for n := range cas {
		i := cas[n].calcule(o)
		if err := amc.engage(ctx, n, &i); err != nil {
			return err
		}
		affiche(sortie, n+1, &i, r.explique)
		afficheEngagement(sortie, &i)
		if err := b.ajoute(&i); err != nil {
			return err
		}
		issues = append(issues, &i)
		reste, err := resteDe(&i)
		if err != nil {
			return err
		}
		if reste != nil {
			restes = append(restes, reste)
		}
	}
	soins, err := r.calculeSoins(jour, issues)
	if err != nil {
		return err
	}
	fmt.Fprintln(sortie, "\nSoins externes et séjour. Nomenclatures, tarifs et taux sont FICTIFS, sauf le forfait journalier.")
	for k := range soins {
		soins[k].affiche(sortie)
		reste, err := b.ajouteSoin(&soins[k])
		if err != nil {
			return err
		}
		if reste != nil {
			restes = append(restes, reste)
		}
	}
	if err := b.affiche(sortie); err != nil {
		return err
	}
	if err := envoieEtRelit(sortie, issues, soins, r.out); err != nil {
		return err
	}
	return encaisseEtRapproche(ctx, sortie, restes, b.du[simphonie.Patient])
}

// ecritJSON writes one result a line.
func ecritJSON(w io.Writer, cas []cas, o *urgences.Options) error {
	e := json.NewEncoder(w)
	for n := range cas {
		i := cas[n].calcule(o)
		ligne := struct {
			Titre           string                    `json:"titre"`
			Resultat        *urgences.Resultat        `json:"resultat,omitempty"`
			Requalification *urgences.Requalification `json:"requalification,omitempty"`
			Erreur          string                    `json:"erreur,omitempty"`
		}{Titre: cas[n].Titre, Requalification: i.requalification}
		if i.err != nil {
			ligne.Erreur = i.err.Error()
		} else {
			ligne.Resultat = &i.Resultat
		}
		if err := e.Encode(ligne); err != nil {
			return err
		}
	}
	return nil
}

// repete prices the set n times, encodes it if asked, shows the progress, and
// says time and memory.
func (r *reglages) repete(w, progres io.Writer, cas []cas, o *urgences.Options) error {
	e, err := nouvelEnvoi(func(fides.Destination) (io.Writer, error) { return io.Discard, nil })
	if err != nil {
		return err
	}
	b := nouveauBilan()
	total := r.n * len(cas)
	debut, affichage := time.Now(), time.Time{}
	for fait := 0; fait < total; {
		for k := range cas {
			i := cas[k].calcule(o)
			if err := b.ajoute(&i); err != nil {
				return err
			}
			if r.encode {
				if err := e.ajoute(&i); err != nil {
					return err
				}
				e.partis = e.partis[:0]
			}
		}
		fait += len(cas)
		if time.Since(affichage) > 100*time.Millisecond || fait == total {
			affichage = time.Now()
			barre := 40 * fait / total
			fmt.Fprintf(progres, "\r[%s%s] %d / %d passages", strings.Repeat("█", barre), strings.Repeat("·", 40-barre), fait, total)
		}
	}
	fmt.Fprintln(progres)
	duree := time.Since(debut)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if err := b.affiche(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n   %d passages en %s, %.1f µs par passage ; mémoire prise au système : %d Mio\n",
		total, duree.Round(time.Millisecond), float64(duree.Microseconds())/float64(total), m.Sys>>20)
	return nil
}
