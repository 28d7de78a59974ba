package urgences

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Circuit is where the AMO invoice of a visit goes.
type Circuit string

// Circuits. Empty means that nobody said.
const (
	// AMODirect: billed to the Assurance Maladie, visit by visit.
	AMODirect Circuit = "amo-direct"
	// ValorisationATIH: valued by the ATIH until the establishment bills directly.
	ValorisationATIH Circuit = "valorisation-atih"
)

// Population is a group of patients that a circuit distinguishes: the first to
// be billed directly were the C2S, the patients of coordinated systems and the AME.
type Population string

// Populations.
const (
	PopulationAME    Population = "ame"
	PopulationC2S    Population = "c2s"
	PopulationRSS    Population = "rss"
	PopulationAutres Population = "autres"
)

var populations = []Population{PopulationAME, PopulationC2S, PopulationRSS, PopulationAutres}

// PopulationDe gives the group of a patient.
func PopulationDe(c *droits.Contexte) Population {
	switch {
	case c.AME():
		return PopulationAME
	case c.C2S():
		return PopulationC2S
	case c.RSS():
		return PopulationRSS
	}
	return PopulationAutres
}

// Circuits is the dated table of the circuits of an editor's establishments.
type Circuits struct {
	lignes map[cleCircuit][]ligneCircuit // the latest first
}

type cleCircuit struct {
	finess     simphonie.FINESS
	population Population
}

type ligneCircuit struct {
	du      simphonie.Jour
	circuit Circuit
}

// LoadCircuits reads a text file with semicolons and this header:
//
//	finess;population;du;circuit
//	750712184;c2s;2022-03-01;amo-direct
//	750712184;*;2022-01-01;valorisation-atih
//
// population is ame, c2s, rss, autres or * for all; a circuit holds from its
// day until the next one. Every fault is reported, with its line.
func LoadCircuits(r io.Reader) (*Circuits, error) {
	if r == nil {
		return nil, fauteCircuit(0, "there is nothing to read from")
	}
	lecteur := csv.NewReader(r)
	lecteur.Comma, lecteur.Comment, lecteur.FieldsPerRecord = ';', '#', 4
	t := &Circuits{lignes: map[cleCircuit][]ligneCircuit{}}
	var errs []error
	for n := 0; ; n++ {
		c, err := lecteur.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		ligne, _ := lecteur.FieldPos(0)
		if err != nil {
			errs = append(errs, fauteCircuit(ligne, "four columns are wanted: finess;population;du;circuit"))
			if _, ok := errors.AsType[*csv.ParseError](err); !ok {
				break
			}
			continue
		}
		if n == 0 && strings.TrimPrefix(c[0], "\ufeff") == "finess" {
			continue
		}
		if faute := t.ajoute(c); faute != "" {
			errs = append(errs, fauteCircuit(ligne, faute))
		}
	}
	for _, ls := range t.lignes {
		slices.SortFunc(ls, func(a, b ligneCircuit) int { return cmp.Compare(b.du.DaysSince(a.du), 0) })
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Circuits) ajoute(c []string) (faute string) {
	finess := simphonie.FINESS(c[0])
	du, err := simphonie.ParseJour(c[2])
	circuit := Circuit(c[3])
	ps := []Population{Population(c[1])}
	if c[1] == "*" {
		ps = populations
	}
	switch {
	case finess.Valide() != nil:
		return "not a FINESS number"
	case err != nil:
		return "not an ISO date"
	case circuit != AMODirect && circuit != ValorisationATIH:
		return "unknown circuit: amo-direct or valorisation-atih"
	case !slices.Contains(populations, ps[0]):
		return "unknown population: ame, c2s, rss, autres or *"
	}
	for _, p := range ps {
		k := cleCircuit{finess, p}
		if slices.ContainsFunc(t.lignes[k], func(l ligneCircuit) bool { return l.du == du && l.circuit != circuit }) {
			return "two circuits from the same day"
		}
		t.lignes[k] = append(t.lignes[k], ligneCircuit{du, circuit})
	}
	return ""
}

func fauteCircuit(ligne int, detail string) error {
	return &simphonie.Erreur{Code: "URG-CIRCUITS", Ligne: ligne, Detail: detail}
}

// Pour gives the circuit of an establishment for a group on a day of care, or
// "" when the table does not say.
func (t *Circuits) Pour(f simphonie.FINESS, p Population, j simphonie.Jour) Circuit {
	if t == nil {
		return ""
	}
	for _, l := range t.lignes[cleCircuit{f, p}] {
		if !j.Before(l.du) {
			return l.circuit
		}
	}
	return ""
}
