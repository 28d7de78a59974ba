package rapprochement

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

const (
	fichierMax = 64 << 20 // bytes of a file
	fautesMax  = 1000     // faults reported of a file
)

// colonnes of a statement file; the four first are compulsory.
var colonnes = []string{"numero", "le", "nature", "montant", "commission", "modalite", "facture", "banque",
	"contrat", "remise", "autorisation", "reference", "operation", "accord", "titre"}

const obligatoires = 4

// LireReleve reads the lines of a statement whose ID, Compte and Periode are
// given, from a text file with semicolons and a header that names its columns,
// in any order (docs/MOYENS.md):
//
//	numero;le;nature;montant;contrat;remise
//	1;2026-03-04;encaissement;51.00;1234567;042
//
// Every fault is reported with its line and column, in one joined error that
// repeats no value; then there is no statement.
func LireReleve(r io.Reader, entete Releve) (Releve, error) {
	if r == nil {
		return Releve{}, erreur("RAPP-CSV-LECTURE", "releve", "there is nothing to read from")
	}
	borne := &io.LimitedReader{R: r, N: fichierMax + 1}
	k := lecteur{csv: csv.NewReader(borne), lignes: map[int]bool{}, periode: entete.Periode}
	k.csv.Comma, k.csv.ReuseRecord, k.csv.FieldsPerRecord = ';', true, -1
	for _, nom := range entete.defauts() {
		k.faute("RAPP-RELEVE", 0, 0, nom+" is missing or not of the documented form")
	}
	entete.Lignes = nil
	for k.suivante() {
		if l, ok := k.ligne(); ok {
			entete.Lignes = append(entete.Lignes, l)
		}
	}
	if borne.N == 0 {
		e := erreur("RAPP-CSV-LECTURE", "releve", "the file is longer than 64 MiB")
		e.LimiteLocale = true
		k.fautes = append(k.fautes, e)
	}
	if k.tues > 0 {
		k.fautes = append(k.fautes, erreur("RAPP-CSV-FAUTES", "releve", strconv.Itoa(k.tues)+" more faults"))
	}
	if err := errors.Join(k.fautes...); err != nil {
		return Releve{}, err
	}
	return entete, nil
}

// lecteur reads a file line by line and gathers its faults.
type lecteur struct {
	csv     *csv.Reader
	noms    []string // of the columns
	l       []string // the line in hand
	lignes  map[int]bool
	periode simphonie.Periode
	fautes  []error
	tues    int // beyond fautesMax
}

func (k *lecteur) faute(code simphonie.Code, ligne, colonne int, detail string) {
	if len(k.fautes) == fautesMax {
		k.tues++
		return
	}
	e := erreur(code, "releve", detail)
	e.Ligne, e.Colonne = ligne, colonne
	k.fautes = append(k.fautes, e)
}

// refuse reports a value of the line in hand.
func (k *lecteur) refuse(champ int, detail string) {
	ligne, colonne := k.csv.FieldPos(champ)
	k.faute("RAPP-CSV-VALEUR", ligne, colonne, k.noms[champ]+": "+detail)
}

// suivante reads the next line, the header first.
func (k *lecteur) suivante() bool {
	for {
		var err error
		k.l, err = k.csv.Read()
		var p *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if k.noms == nil {
				k.faute("RAPP-CSV-ENTETE", 1, 1, "the header is missing")
			}
			return false
		case errors.As(err, &p):
			k.faute("RAPP-CSV-FORME", p.Line, max(p.Column, 1), "the line is not well formed")
			if k.noms == nil {
				return false
			}
		case err != nil:
			e := erreur("RAPP-CSV-LECTURE", "releve", "the file cannot be read to its end")
			e.Err = err
			k.fautes = append(k.fautes, e)
			return false
		case k.noms == nil:
			if !k.entete() {
				return false
			}
		case len(k.l) != len(k.noms):
			ligne, _ := k.csv.FieldPos(0)
			k.faute("RAPP-CSV-FORME", ligne, 1, strconv.Itoa(len(k.noms))+" values are wanted")
		default:
			return true
		}
	}
}

// entete reads the names of the columns.
func (k *lecteur) entete() bool {
	k.noms = slices.Clone(k.l)
	k.noms[0] = strings.TrimPrefix(k.noms[0], "\ufeff")
	avant := len(k.fautes)
	for i, nom := range k.noms {
		if ligne, colonne := k.csv.FieldPos(i); !slices.Contains(colonnes, nom) || slices.Index(k.noms, nom) != i {
			k.faute("RAPP-CSV-ENTETE", ligne, colonne, "the name of a column, once, is wanted: "+strings.Join(colonnes, ", "))
		}
	}
	for _, nom := range colonnes[:obligatoires] {
		if !slices.Contains(k.noms, nom) {
			k.faute("RAPP-CSV-ENTETE", 1, 1, "the column "+nom+" is compulsory")
		}
	}
	return len(k.fautes) == avant
}

// ligne reads the values of the line in hand; it is not ok when one is wrong.
func (k *lecteur) ligne() (Ligne, bool) {
	var l Ligne
	mauvais := make([]bool, len(k.noms))
	refuse := func(champ int, detail string) {
		if champ >= 0 && !mauvais[champ] {
			mauvais[champ] = true
			k.refuse(champ, detail)
		}
	}
	for i, nom := range k.noms {
		if err := l.lit(nom, strings.Clone(k.l[i])); err != nil {
			refuse(i, "not of the documented form")
		}
	}
	for _, nom := range l.defauts() {
		refuse(slices.Index(k.noms, nom), "missing, out of bounds, of the wrong sign or not of the documented form")
	}
	if !l.Le.IsZero() && k.periode.Valide() && !k.periode.Contains(l.Le) {
		refuse(slices.Index(k.noms, "le"), "out of the period of the statement")
	}
	if k.lignes[l.Numero] {
		refuse(slices.Index(k.noms, "numero"), "the number stands twice")
	}
	k.lignes[l.Numero] = true
	return l, !slices.Contains(mauvais, true)
}

// lit puts the value of a column into the line.
func (l *Ligne) lit(nom, v string) (err error) {
	switch nom {
	case "numero":
		l.Numero, err = strconv.Atoi(v)
	case "le":
		err = l.Le.UnmarshalText([]byte(v))
	case "nature":
		l.Nature = Nature(v)
	case "montant":
		l.Montant, err = simphonie.ParseMontant(v)
	case "commission":
		if v != "" {
			l.Commission, err = simphonie.ParseMontant(v)
		}
	case "modalite":
		l.Modalite = moyens.Modalite(v)
	case "facture":
		l.Facture = v
	case "banque":
		l.Banque = v
	case "titre":
		l.Cles.Titre = moyens.CleTitre(v)
	default:
		for _, c := range l.Cles.champs() {
			if c.nom == nom {
				*c.v = v
			}
		}
	}
	return err
}
