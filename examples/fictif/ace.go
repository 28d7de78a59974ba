package fictif

import (
	"bytes"
	"io/fs"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

const (
	tauxBase     = "taux-base.csv"
	tablesDroits = "tables-droits.csv"
)

// FichiersACE gives the fictitious tables of external care as files.
func FichiersACE() fs.FS {
	d, _ := fs.Sub(fichiers, "ace") // cannot fail: the name is sound
	return d
}

// ACE gives the options of the engine of external care with the fictitious
// data, for rules and prices known at a date. The coefficients of the
// establishment are invented too.
func ACE(connuAu simphonie.Jour) (*ace.Options, error) {
	tables, err := nomenclature.LoadFS(FichiersACE(), tauxBase)
	if err != nil {
		return nil, err
	}
	base, err := lit("ace/"+tauxBase, func(b *bytes.Reader) (*droits.TauxBase, error) { return droits.LoadTauxBase(b) })
	if err != nil {
		return nil, err
	}
	ts, err := lit(tablesDroits, func(b *bytes.Reader) (*droits.Tables, error) { return droits.LoadTables(b) })
	if err != nil {
		return nil, err
	}
	return &ace.Options{ConnuAu: connuAu, Tables: tables, Baremes: droits.Baremes{Base: base, Tables: ts},
		PUContientCoefficients: simphonie.Non,
		Coefficients: []ace.CoefficientsDates{{Periode: simphonie.Periode{Du: simphonie.MustJour("2022-01-01")},
			Taux: tarif.Coefficients{Prudentiel: 55 * simphonie.Cent / 10_000, Segur: 31 * simphonie.Cent / 10_000}, Reference: "FICTIF"}}}, nil
}
