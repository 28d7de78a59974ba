package annuaire

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
)

// Headers of the two files of a Table.
var (
	enteteOperateurs = []string{"operateur", "nom", "service", "rang", "adresse"}
	enteteRoutes     = []string{"numero_amc", "convention", "csr", "domaine", "operateur"}
)

// fichierMax bounds each file of a Table, in bytes.
const fichierMax = 64 << 20

// LoadTable reads a Table from two files in UTF-8, whose values are separated
// by semicolons, with a header; docs/ANNUAIRE.md describes them. Operators come
// first, then the routes that name them. The first fault stops the reading: its
// error has the line and the column, in bytes, and not the value.
// Addresses follow the same policy as those that the directory gives.
func LoadTable(operateurs, routes io.Reader, p Politique) (*Table, error) {
	os, err := litOperateurs(operateurs, p)
	if err != nil {
		return nil, err
	}
	return litRoutes(routes, os)
}

// lecteur reads one file line by line.
type lecteur struct {
	nom    string
	csv    *csv.Reader
	lignes int      // about how many
	l      []string // the line in hand
}

func ouvre(nom string, r io.Reader, entete []string) (*lecteur, error) {
	k := &lecteur{nom: nom}
	if r == nil {
		return nil, k.erreur("ANN-CSV-LECTURE", 0, 0, "there is nothing to read from", nil)
	}
	b, err := io.ReadAll(io.LimitReader(r, fichierMax+1))
	switch {
	case err != nil:
		return nil, k.erreur("ANN-CSV-LECTURE", 0, 0, "the file cannot be read to its end", err)
	case len(b) > fichierMax:
		e := k.erreur("ANN-CSV-LECTURE", 0, 0, "the file is longer than 64 MiB", nil)
		e.LimiteLocale = true
		return nil, e
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		i := 0
		for r, n := utf8.DecodeRune(b); r != utf8.RuneError || n > 1; r, n = utf8.DecodeRune(b[i:]) {
			i += n
		}
		ligne, colonne := 1+bytes.Count(b[:i], []byte("\n")), i-bytes.LastIndexByte(b[:i], '\n')
		return nil, k.erreur("ANN-CSV-FORME", ligne, colonne, "the file is not in UTF-8", nil)
	}
	k.lignes = bytes.Count(b, []byte("\n"))
	k.csv = csv.NewReader(bytes.NewReader(b))
	k.csv.Comma, k.csv.ReuseRecord, k.csv.FieldsPerRecord = ';', true, len(entete)
	if ok, err := k.suivante(); err != nil || !ok || !slices.Equal(k.l, entete) {
		if err == nil {
			err = k.erreur("ANN-CSV-ENTETE", 1, 1, "the first line must be "+strings.Join(entete, ";"), nil)
		}
		return nil, err
	}
	return k, nil
}

// suivante reads a line; false is the end of the file.
func (k *lecteur) suivante() (bool, error) {
	var err error
	k.l, err = k.csv.Read()
	var p *csv.ParseError
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, io.EOF):
		return false, nil
	case errors.As(err, &p):
		detail := "the line is not well formed"
		if errors.Is(err, csv.ErrFieldCount) {
			detail = strconv.Itoa(k.csv.FieldsPerRecord) + " values are wanted"
		}
		return false, k.erreur("ANN-CSV-FORME", p.Line, max(p.Column, 1), detail, nil)
	}
	return false, k.erreur("ANN-CSV-LECTURE", 0, 0, "the file cannot be read", err)
}

// refuse says what is wrong with a value of the line in hand.
func (k *lecteur) refuse(code simphonie.Code, champ int, detail string, cause error) error {
	ligne, colonne := k.csv.FieldPos(champ)
	return k.erreur(code, ligne, colonne, detail, cause)
}

func (k *lecteur) erreur(code simphonie.Code, ligne, colonne int, detail string, cause error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: code, Service: nomService, Chemin: k.nom, Ligne: ligne, Colonne: colonne, Detail: detail, Err: cause}
}

// codeMax bounds the code of an operator.
const codeMax = 32

// litOperateurs reads operateur;nom;service;rang;adresse: one line an address,
// ranks from 1 in order. A line without service names an operator that has no
// address.
func litOperateurs(r io.Reader, p Politique) ([]OperateurTable, error) {
	k, err := ouvre("operateurs", r, enteteOperateurs)
	if err != nil {
		return nil, err
	}
	var os []OperateurTable
	par := map[string]int{}
	for {
		ok, err := k.suivante()
		if !ok {
			return os, err
		}
		code, nom, service, rang, adresse := k.l[0], k.l[1], Service(k.l[2]), k.l[3], k.l[4]
		if code == "" || len(code) > codeMax || strings.TrimSpace(code) != code {
			return nil, k.refuse("ANN-CSV-OPERATEUR", 0, "a code of 1 to 32 bytes is wanted, without blanks around it", nil)
		}
		i, connu := par[code]
		if !connu {
			i = len(os)
			par[code] = i
			os = append(os, OperateurTable{Operateur{code, nom}, map[Service][]string{}})
		}
		o := &os[i]
		switch {
		case o.Nom != nom:
			return nil, k.refuse("ANN-CSV-OPERATEUR", 1, "the operator has another name above", nil)
		case service == "" && rang == "" && adresse == "" && !connu:
			continue
		case !slices.Contains(services, service):
			return nil, k.refuse("ANN-CSV-SERVICE", 2, "IDB, SIM, CLC, ANNULATION or DRE is wanted", nil)
		case rang != strconv.Itoa(len(o.Adresses[service])+1):
			return nil, k.refuse("ANN-CSV-RANG", 3, "ranks begin at 1 and follow one another", nil)
		}
		if err := p.verifie(service, adresse); err != nil {
			return nil, k.refuse("ANN-CSV-ADRESSE", 4, "the address may not be used", err)
		}
		o.Adresses[service] = append(o.Adresses[service], adresse)
	}
}

// litRoutes reads numero_amc;convention;csr;domaine;operateur.
func litRoutes(r io.Reader, os []OperateurTable) (*Table, error) {
	par := make(map[string]*OperateurTable, len(os))
	for i := range os {
		par[os[i].Code] = &os[i]
	}
	k, err := ouvre("routes", r, enteteRoutes)
	if err != nil {
		return nil, err
	}
	t := nouvelleTable(os, k.lignes)
	for {
		ok, err := k.suivante()
		if err != nil {
			return nil, err
		}
		if !ok {
			t.regroupe()
			return t, nil
		}
		r := Route{Numero: simphonie.NumeroAMC(k.l[0]), Convention: k.l[1], CSR: k.l[2], Domaine: simphonie.Domaine(k.l[3]), Operateur: par[k.l[4]]}
		switch {
		case !numeroValide(r.Numero):
			return nil, k.refuse("ANN-CSV-NUMERO", 0, "one to ten digits or capitals are wanted, not all zeros", nil)
		case r.Convention != "" && !code(r.Convention, 2, 2):
			return nil, k.refuse("ANN-CSV-CONVENTION", 1, "two digits or capitals are wanted, or nothing for all", nil)
		case !csrValide(r.CSR):
			return nil, k.refuse("ANN-CSV-CSR", 2, "at most 16 printable characters are wanted, not a social security number", nil)
		case r.Domaine != "" && !code(string(r.Domaine), 1, 8):
			return nil, k.refuse("ANN-CSV-DOMAINE", 3, "one to eight digits or capitals are wanted, or nothing for all", nil)
		case r.Operateur == nil:
			return nil, k.refuse("ANN-CSV-OPERATEUR", 4, "the file of operators does not have it", nil)
		case !t.ajoute(r):
			return nil, k.refuse("ANN-CSV-DOUBLON", 0, "the same route stands above", nil)
		}
	}
}
