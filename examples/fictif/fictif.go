// Package fictif gives the examples prices and lists that are invented and say
// so: the real ones are in annexes that are not public, and an editor loads its
// own.
package fictif

import (
	"bytes"
	"embed"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

//go:embed *.csv ace/*.csv
var fichiers embed.FS

// Urgences gives the options of the emergency engine with the fictitious data,
// for rules and prices known at a date.
func Urgences(connuAu simphonie.Jour) (*urgences.Options, error) {
	tarifs, err := lit("tarifs.csv", urgencesTarifs)
	if err != nil {
		return nil, err
	}
	o := &urgences.Options{ConnuAu: connuAu, Tarifs: tarifs,
		// The prices of CFU, FPX, FPL and FPM were not read in a public text.
		Interpretations: urgences.Interpretations{PrixPatient: urgences.PrixDeduits}}
	for nom, l := range map[string]**tarif.Liste{
		"actes-annexe2": &o.ActesAnnexe2, "diagnostics-pe1": &o.DiagnosticsPE1, "diagnostics-pe2": &o.DiagnosticsPE2,
	} {
		*l, err = lit(nom+".csv", func(b *bytes.Reader) (*tarif.Liste, error) { return tarif.LoadListe("FICTIF "+nom, b) })
		if err != nil {
			return nil, err
		}
	}
	o.Circuits, err = lit("circuits.csv", func(b *bytes.Reader) (*urgences.Circuits, error) { return urgences.LoadCircuits(b) })
	return o, err
}

func urgencesTarifs(b *bytes.Reader) (*tarif.Catalogue, error) { return urgences.ChargerTarifs(b) }

func lit[T any](nom string, charge func(*bytes.Reader) (T, error)) (T, error) {
	b, err := fichiers.ReadFile(nom)
	if err != nil {
		var rien T
		return rien, err
	}
	return charge(bytes.NewReader(b))
}
