// Command urgences is a filter for software in other languages: one JSON
// request a line on standard input, one JSON answer a line on standard output,
// in the same order, for as long as the input lasts. The formats are those of
// docs/schemas/urgences-demande.v1.json and urgences-reponse.v1.json.
//
//	urgences -tarifs tarifs.csv -connu-au 2026-11-01 < demandes.jsonl > reponses.jsonl
//
// Without -tarifs the filter refuses to start; -fictif takes the fictitious
// prices and lists of the examples.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/examples/internal/filtre"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

func main() {
	var r reglages
	flag.StringVar(&r.tarifs, "tarifs", "", "fichier de tarifs (code;secteur;zone;du;au;montant;reference;connu_le)")
	flag.BoolVar(&r.fictif, "fictif", false, "prendre les tarifs et listes fictifs des exemples")
	flag.StringVar(&r.connuAu, "connu-au", "", "date à laquelle règles et tarifs sont connus (obligatoire)")
	flag.StringVar(&r.annexe2, "annexe2", "", "liste des actes de l'annexe 2 (SU2)")
	flag.StringVar(&r.pe1, "pe1", "", "liste 1 de l'annexe 8 (PE1)")
	flag.StringVar(&r.pe2, "pe2", "", "liste 2 de l'annexe 8 (PE2)")
	flag.StringVar(&r.circuits, "circuits", "", "circuits par établissement (finess;population;du;circuit)")
	flag.StringVar(&r.lectures, "lectures", "", "fichier JSON des lectures retenues (interpretations), comme {\"prixPatient\":\"deduits\"}")
	flag.StringVar(&r.emission, "emission", "", "date d'envoi prévue, pour le contrôle du délai d'un an")
	flag.StringVar(&r.delaiForce, "delai-force", "", "motif pour lequel la caisse demande un envoi au-delà d'un an")
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
		fmt.Fprintln(os.Stderr, "urgences:", err)
		os.Exit(1)
	}
}

type reglages struct {
	tarifs, connuAu, annexe2, pe1, pe2, circuits string
	lectures, emission, delaiForce               string
	fictif, explique                             bool
}

func (r *reglages) options() (*urgences.Options, error) {
	connuAu, err := simphonie.ParseJour(r.connuAu)
	if err != nil {
		return nil, errors.New("-connu-au wants a date, as 2026-11-01")
	}
	var o *urgences.Options
	switch {
	case r.fictif && r.tarifs == "":
		o, err = fictif.Urgences(connuAu)
	case r.tarifs != "" && !r.fictif:
		o = &urgences.Options{ConnuAu: connuAu}
		o.Tarifs, err = filtre.Charge(r.tarifs, urgences.ChargerTarifs)
	default:
		return nil, errors.New("one of -tarifs FILE and -fictif is wanted")
	}
	if err != nil {
		return nil, err
	}
	for _, l := range []struct {
		fichier string
		liste   **tarif.Liste
	}{{r.annexe2, &o.ActesAnnexe2}, {r.pe1, &o.DiagnosticsPE1}, {r.pe2, &o.DiagnosticsPE2}} {
		if l.fichier == "" {
			continue
		}
		if *l.liste, err = filtre.Charge(l.fichier, func(f io.Reader) (*tarif.Liste, error) { return tarif.LoadListe(l.fichier, f) }); err != nil {
			return nil, err
		}
	}
	if r.lectures != "" {
		b, err := os.ReadFile(r.lectures)
		if err == nil {
			err = jsonstrict.Decode(b, &o.Interpretations)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.lectures, err)
		}
	}
	if r.emission != "" {
		if o.Emission, err = simphonie.ParseJour(r.emission); err != nil {
			return nil, errors.New("-emission wants a date, as 2026-11-01")
		}
	}
	o.DelaiForce = r.delaiForce
	if r.circuits != "" {
		if o.Circuits, err = filtre.Charge(r.circuits, urgences.LoadCircuits); err != nil {
			return nil, err
		}
	}
	o.Expliquer = r.explique
	return o, nil
}

// Version names of the two formats.
const (
	formatDemande = "simphonie.urgences.demande/1"
	formatReponse = "simphonie.urgences.reponse/1"
)

type demande struct {
	Format string `json:"format"`
	ID     string `json:"id"`
	// Operation is complet (by default), part-patient, forfaits, fusion or
	// requalification.
	Operation string            `json:"operation"`
	Passage   *urgences.Passage `json:"passage"`
	// PartPatient and Forfaits are earlier results, to join.
	PartPatient *urgences.Resultat `json:"partPatient"`
	Forfaits    *urgences.Resultat `json:"forfaits"`
	// Emise is the result to cancel, Orientation where the patient was admitted.
	Emise         *urgences.Resultat      `json:"emise"`
	Orientation   urgences.Orientation    `json:"orientation"`
	Encaissements []urgences.Encaissement `json:"encaissements"`
}

type reponse struct {
	Format          string                    `json:"format"`
	ID              string                    `json:"id,omitempty"`
	Resultat        *urgences.Resultat        `json:"resultat,omitempty"`
	Requalification *urgences.Requalification `json:"requalification,omitempty"`
	Erreur          *erreur                   `json:"erreur,omitempty"`
}

// erreur is an error as other languages read it.
type erreur struct {
	Code    simphonie.Code `json:"code"`
	Message string         `json:"message"`
	Chemin  string         `json:"chemin,omitempty"`
	Colonne int            `json:"colonne,omitempty"`
	// Manquants lists the prices to load.
	Manquants []tarif.TarifNonCharge `json:"manquants,omitempty"`
}

// maxLigne bounds a request.
const maxLigne = filtre.MaxLigne

// repondsTous answers line after line.
func repondsTous(entree io.Reader, sortie io.Writer, o *urgences.Options) error {
	return filtre.Lignes(entree, sortie, func(ligne []byte, trop bool) any { return repond(ligne, trop, o) })
}

func repond(ligne []byte, trop bool, o *urgences.Options) reponse {
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
	if err == nil {
		err = d.repond(&r, o)
	}
	if err != nil {
		r.Resultat, r.Requalification, r.Erreur = nil, nil, decris(err)
	}
	return r
}

// repond carries out the operation.
func (d *demande) repond(r *reponse, o *urgences.Options) (err error) {
	if d.Format != formatDemande {
		return &simphonie.Erreur{Code: "JSON-FORMAT", Chemin: "format", Detail: "the format " + formatDemande + " is wanted"}
	}
	var res urgences.Resultat
	switch d.Operation {
	case "", "complet":
		res, err = urgences.Compute(d.Passage, o)
	case "part-patient":
		res, err = urgences.PartPatient(d.Passage, o)
	case "forfaits":
		res, err = urgences.Forfaits(d.Passage, o)
	case "fusion":
		res, err = urgences.Fusionner(d.Passage, d.PartPatient, d.Forfaits, o)
	case "requalification":
		requalification, err := urgences.Requalifier(d.Emise, d.Orientation, d.Encaissements...)
		r.Requalification = &requalification
		return err
	default:
		return &simphonie.Erreur{Code: "JSON-OPERATION", Chemin: "operation",
			Detail: "complet, part-patient, forfaits, fusion or requalification is wanted"}
	}
	r.Resultat = &res
	return err
}

func decris(err error) *erreur {
	d := &erreur{Code: "ERREUR", Message: err.Error()}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		d.Code, d.Chemin, d.Colonne = e.Code, e.Chemin, e.Colonne
	}
	d.Manquants = manquants(err)
	if len(d.Manquants) > 0 {
		d.Code = "TARIF-NON-CHARGE"
	}
	return d
}

// manquants finds every missing price in a joined error.
func manquants(err error) []tarif.TarifNonCharge {
	if t, ok := err.(*tarif.TarifNonCharge); ok {
		return []tarif.TarifNonCharge{*t}
	}
	var ts []tarif.TarifNonCharge
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range j.Unwrap() {
			ts = append(ts, manquants(e)...)
		}
	}
	return ts
}
