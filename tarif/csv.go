package tarif

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// LoadOptions says what a loaded file may hold.
type LoadOptions struct {
	// Codes lists the codes that are expected; any other is a fault. Empty means any.
	Codes []Code
	// TrousAdmis accepts a hole between two periods of one code, for a code
	// that was closed and opened again.
	TrousAdmis bool
}

// colonnes is the header of a price file, in this order.
var colonnes = []string{"code", "secteur", "zone", "du", "au", "montant", "reference", "connu_le"}

// Load reads prices from a text file with semicolons and this header:
//
//	code;secteur;zone;du;au;montant;reference;connu_le
//	FU1;ex-dg;metropole;2026-03-01;;45.67;arrêté du …, annexe 1;2026-02-28
//	SUB;*;guadeloupe+martinique;2026-03-01;;12.34;arrêté du …, annexe 3;2026-02-28
//
// secteur is ex-dg, ex-oqn or * for both; zone is one of Zones, several joined
// with +, or *. Dates are ISO; an empty au is open. montant is in euros, up to
// six decimals. reference and connu_le are compulsory. Lines that start with #
// are comments. Every fault of the file is reported, with its line and column,
// in one joined error.
func Load(r io.Reader, o LoadOptions) (*Catalogue, error) {
	var f fautes
	var tarifs []Tarif
	var lignes []int
	f.parcourt(r, colonnes, func(n int, c []string) {
		t, secteurs, zs := f.rangee(n, c)
		for _, s := range secteurs {
			for _, z := range zs {
				t.Secteur, t.Zone = s, z
				tarifs = append(tarifs, t)
				lignes = append(lignes, n)
			}
		}
		for _, z := range zs[:len(zs)-1] {
			f.zone(z, n) // that of the last is checked with its row
		}
		f.tarif(&t, n, o) // one of the rows that the line stands for
	})
	return assemble(tarifs, lignes, o, &f)
}

// rangee reads one line of a price file.
func (f *fautes) rangee(n int, c []string) (t Tarif, ss []Secteur, zs []Zone) {
	t = Tarif{Code: Code(c[0]), Reference: c[6]}
	t.Periode.Du = f.jour(n, 4, c[3])
	t.Periode.Au = f.jour(n, 5, c[4])
	t.ConnuLe = f.jour(n, 8, c[7])
	var err error
	if t.Prix, err = simphonie.ParsePrix(c[5]); err != nil {
		t.Prix = 0
	}
	ss = []Secteur{Secteur(c[1])}
	if c[1] == "*" {
		ss = Secteurs()
	}
	zs = Zones()
	if c[2] != "*" {
		zs = nil
		for _, z := range strings.Split(c[2], "+") {
			zs = append(zs, Zone(z))
		}
	}
	return t, ss, zs
}

// fautes gathers what is wrong with a file.
type fautes struct{ toutes []*simphonie.Erreur }

func (f *fautes) ajoute(code simphonie.Code, ligne int, detail string) {
	f.colonne(code, ligne, 0, detail)
}

func (f *fautes) colonne(code simphonie.Code, ligne, colonne int, detail string) {
	f.toutes = append(f.toutes, &simphonie.Erreur{Code: code, Ligne: ligne, Colonne: colonne, Detail: detail})
}

func (f *fautes) jour(ligne, colonne int, s string) simphonie.Jour {
	if s == "" {
		return simphonie.Jour{}
	}
	j, err := simphonie.ParseJour(s)
	if err != nil {
		f.colonne("TARIF-DATE", ligne, colonne, "not an ISO date")
	}
	return j
}

// tarif checks one row by itself.
func (f *fautes) tarif(t *Tarif, ligne int, o LoadOptions) {
	switch {
	case !t.Code.Valide():
		f.colonne("TARIF-CODE", ligne, 1, "a code is up to five capital letters and digits")
	case len(o.Codes) > 0 && !slices.Contains(o.Codes, t.Code):
		f.colonne("TARIF-CODE", ligne, 1, fmt.Sprintf("unknown code %s", t.Code))
	}
	if !t.Secteur.Valide() {
		f.colonne("TARIF-SECTEUR", ligne, 2, "unknown sector: ex-dg, ex-oqn or *")
	}
	f.zone(t.Zone, ligne)
	if t.Periode.Du.IsZero() {
		f.colonne("TARIF-DATE", ligne, 4, "the first day is missing")
	}
	if !t.Periode.Valide() {
		f.colonne("TARIF-DATE", ligne, 5, "the period ends before it starts")
	}
	if t.Prix <= 0 {
		f.colonne("TARIF-MONTANT", ligne, 6, "a price is an amount above zero")
	}
	if strings.TrimSpace(t.Reference) == "" {
		f.colonne("TARIF-REFERENCE", ligne, 7, "the text that fixes the price is missing")
	}
	if t.ConnuLe.IsZero() {
		f.colonne("TARIF-DATE", ligne, 8, "the day of publication is missing")
	}
}

func (f *fautes) zone(z Zone, ligne int) {
	if !slices.Contains(Zones(), z) {
		f.colonne("TARIF-ZONE", ligne, 3, "unknown zone: one of "+fmt.Sprint(Zones())+", several joined with +, or *")
	}
}

// trous reports the days, between the first and the last price of a code, that none prices.
func (f *fautes) trous(ts []Tarif) {
	par := slices.Clone(ts)
	slices.SortFunc(par, func(a, b Tarif) int { return compareJours(a.Periode.Du, b.Periode.Du) })
	fin := par[0].Periode.Au
	for _, t := range par[1:] {
		if fin.IsZero() {
			return
		}
		if t.Periode.Du.After(fin.AddDays(1)) {
			f.ajoute("TARIF-TROU", 0, fmt.Sprintf("%s, %s, %s: no price from %s to %s",
				t.Code, t.Secteur, t.Zone, fin.AddDays(1), t.Periode.Du.AddDays(-1)))
		}
		if t.Periode.Au.IsZero() || t.Periode.Au.After(fin) {
			fin = t.Periode.Au
		}
	}
}

// parcourt reads a text file with semicolons and gives each line of the right width.
func (f *fautes) parcourt(r io.Reader, entete []string, ligne func(n int, c []string)) {
	if r == nil {
		f.toutes = append(f.toutes, &simphonie.Erreur{Code: "TARIF-LECTURE", Detail: "there is nothing to read from"})
		return
	}
	lecteur := csv.NewReader(r)
	lecteur.Comma, lecteur.Comment, lecteur.FieldsPerRecord = ';', '#', -1
	premiere := true
	for {
		c, err := lecteur.Read()
		if errors.Is(err, io.EOF) {
			if premiere {
				f.ajoute("TARIF-ENTETE", 1, "empty file: the header "+strings.Join(entete, ";")+" is wanted")
			}
			return
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			f.colonne("TARIF-FORME", pe.Line, pe.Column, pe.Err.Error())
			continue
		}
		if err != nil {
			f.toutes = append(f.toutes, &simphonie.Erreur{Code: "TARIF-LECTURE", Detail: "reading failed", Err: err})
			return
		}
		n, _ := lecteur.FieldPos(0)
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		if premiere {
			premiere = false
			c[0] = strings.TrimPrefix(c[0], "\ufeff")
			if !slices.Equal(c, entete) {
				f.ajoute("TARIF-ENTETE", n, "the header "+strings.Join(entete, ";")+" is wanted")
				return
			}
			continue
		}
		if len(c) != len(entete) {
			f.ajoute("TARIF-FORME", n, fmt.Sprintf("%d columns, %d wanted", len(c), len(entete)))
			continue
		}
		ligne(n, c)
	}
}

func (f *fautes) err() error {
	slices.SortStableFunc(f.toutes, func(a, b *simphonie.Erreur) int {
		return cmp.Or(cmp.Compare(a.Ligne, b.Ligne), cmp.Compare(a.Colonne, b.Colonne), strings.Compare(a.Detail, b.Detail))
	})
	errs := make([]error, len(f.toutes))
	for i, e := range f.toutes {
		errs[i] = e
	}
	return errors.Join(errs...)
}
