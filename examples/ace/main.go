// Command ace is a filter for software in other languages: one JSON request a
// line on standard input, one JSON answer a line on standard output, in the
// same order, for as long as the input lasts. The formats are those of
// docs/schemas/ace-demande.v1.json and ace-reponse.v1.json.
//
//	ace -fictif -connu-au 2026-11-01 < examples/ace/demandes.jsonl
//	ace -tables dossier -taux taux.csv -droits tables.csv -coefficients coefs.json -connu-au 2026-11-01 < demandes.jsonl > reponses.jsonl
//
// Without -tables the filter refuses to start; -fictif takes the fictitious
// tables of the examples.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/examples/internal/filtre"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

func main() {
	var r reglages
	flag.StringVar(&r.tables, "tables", "", "dossier des tables de prix et de nomenclatures")
	flag.StringVar(&r.taux, "taux", "", "taux de base (prestation;specialite;colonne;taux;du;au;reference)")
	flag.StringVar(&r.droits, "droits", "", "tables des droits (table;code;du;au;reference)")
	flag.StringVar(&r.coefficients, "coefficients", "", "fichier JSON des coefficients de l'établissement, par période")
	flag.StringVar(&r.puContient, "pu-contient-coefficients", "", "oui ou non : les prix de ATU, FFM, SEx et APE contiennent-ils les coefficients")
	flag.BoolVar(&r.fictif, "fictif", false, "prendre les tables fictives des exemples")
	flag.StringVar(&r.connuAu, "connu-au", "", "date à laquelle règles et tables sont connues (obligatoire)")
	flag.StringVar(&r.lectures, "lectures", "", "fichier JSON des lectures retenues (interpretations), comme {\"seuilNGAP\":\"acte\"}")
	flag.BoolVar(&r.explique, "explain", false, "joindre l'explication")
	flag.Parse()
	o, err := r.options()
	if flag.NArg() > 0 {
		err = errors.New("nothing is wanted after the flags; requests come on standard input")
	}
	if err == nil {
		err = repondsTous(os.Stdin, os.Stdout, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ace:", err)
		os.Exit(1)
	}
}

type reglages struct {
	tables, taux, droits, coefficients, puContient, connuAu, lectures string
	fictif, explique                                                  bool
}

func (r *reglages) options() (*ace.Options, error) {
	connuAu, err := simphonie.ParseJour(r.connuAu)
	if err != nil {
		return nil, errors.New("-connu-au wants a date, as 2026-11-01")
	}
	var o *ace.Options
	switch {
	case r.fictif && r.tables == "":
		o, err = fictif.ACE(connuAu)
	case r.tables != "" && !r.fictif:
		o = &ace.Options{ConnuAu: connuAu}
		if o.Tables, err = nomenclature.LoadFS(os.DirFS(r.tables), r.autres()...); err != nil {
			err = fmt.Errorf("%s: %w", r.tables, err)
		}
	default:
		return nil, errors.New("one of -tables DIRECTORY and -fictif is wanted")
	}
	if err == nil && r.taux != "" {
		o.Baremes.Base, err = filtre.Charge(r.taux, droits.LoadTauxBase)
	}
	if err == nil && r.droits != "" {
		o.Baremes.Tables, err = filtre.Charge(r.droits, droits.LoadTables)
	}
	if err == nil {
		err = litJSON(r.coefficients, &o.Coefficients)
	}
	if err == nil {
		err = litJSON(r.lectures, &o.Interpretations)
	}
	if err != nil {
		return nil, err
	}
	switch r.puContient {
	case "":
	case "oui":
		o.PUContientCoefficients = simphonie.Oui
	case "non":
		o.PUContientCoefficients = simphonie.Non
	default:
		return nil, errors.New("-pu-contient-coefficients wants oui or non")
	}
	o.Expliquer = r.explique
	return o, o.Validate()
}

// autres names the files of the directory of tables that other flags read.
func (r *reglages) autres() (noms []string) {
	for _, f := range []string{r.taux, r.droits, r.coefficients, r.lectures} {
		if f != "" && filepath.Dir(f) == filepath.Clean(r.tables) {
			noms = append(noms, filepath.Base(f))
		}
	}
	return noms
}

// litJSON reads a file strictly, if one is named.
func litJSON(fichier string, v any) error {
	if fichier == "" {
		return nil
	}
	b, err := os.ReadFile(fichier)
	if err == nil {
		err = jsonstrict.Decode(b, v)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", fichier, err)
	}
	return nil
}

// Version names of the two formats.
const (
	formatDemande = "simphonie.ace.demande/1"
	formatReponse = "simphonie.ace.reponse/1"
)

type demande struct {
	Format string     `json:"format"`
	ID     string     `json:"id"`
	Venue  *ace.Venue `json:"venue"`
	// Avant is an earlier result of the visit: the answer then says why amounts differ.
	Avant *ace.Resultat `json:"avant"`
}

type reponse struct {
	Format     string          `json:"format"`
	ID         string          `json:"id,omitempty"`
	Resultat   *ace.Resultat   `json:"resultat,omitempty"`
	Difference *ace.Difference `json:"difference,omitempty"`
	Erreur     *erreur         `json:"erreur,omitempty"`
}

// erreur is an error as other languages read it.
type erreur struct {
	Code    simphonie.Code `json:"code"`
	Message string         `json:"message"`
	Chemin  string         `json:"chemin,omitempty"`
	Colonne int            `json:"colonne,omitempty"`
	// Manquants lists the rows to load.
	Manquants []nomenclature.Absent `json:"manquants,omitempty"`
}

func repondsTous(entree io.Reader, sortie io.Writer, o *ace.Options) error {
	return filtre.Lignes(entree, sortie, func(ligne []byte, trop bool) any { return repond(ligne, trop, o) })
}

func repond(ligne []byte, trop bool, o *ace.Options) reponse {
	r := reponse{Format: formatReponse}
	if trop {
		r.Erreur = &erreur{Code: "JSON-LIGNE-TROP-LONGUE", Message: "a request holds at most 1 MiB"}
		return r
	}
	var d demande
	err := jsonstrict.Decode(ligne, &d)
	if r.ID = d.ID; err != nil {
		r.ID = filtre.Identifiant(ligne)
	}
	if err == nil && d.Format != formatDemande {
		err = &simphonie.Erreur{Code: "JSON-FORMAT", Chemin: "format", Detail: "the format " + formatDemande + " is wanted"}
	}
	var res ace.Resultat
	if err == nil {
		res, err = ace.Compute(d.Venue, o)
	}
	if err != nil {
		r.Erreur = decris(err)
		return r
	}
	r.Resultat = &res
	if d.Avant != nil {
		difference := ace.Diff(d.Avant, &res)
		r.Difference = &difference
	}
	return r
}

func decris(err error) *erreur {
	d := &erreur{Code: "ERREUR", Message: err.Error()}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		d.Code, d.Chemin, d.Colonne = e.Code, e.Chemin, e.Colonne
	}
	if d.Manquants = manquants(err); len(d.Manquants) > 0 {
		d.Code = "ACE-TABLE-ABSENTE"
	}
	return d
}

// manquants finds every missing row in a joined error.
func manquants(err error) []nomenclature.Absent {
	if a, ok := err.(*nomenclature.Absent); ok {
		return []nomenclature.Absent{*a}
	}
	var as []nomenclature.Absent
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range j.Unwrap() {
			as = append(as, manquants(e)...)
		}
	}
	return as
}
