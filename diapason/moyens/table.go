package moyens

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/simphonie/simphonie"
)

// Moyen is a means of payment and its rules, as data.
type Moyen struct {
	Code       string
	Libelle    string // French, for the agent
	Canal      string // French: where it happens
	Acteur     string // French: who acts
	Modalites  []Modalite
	Minimum    simphonie.Montant // 0: none found
	Depuis     simphonie.Jour    // zero: always
	Conditions []string          // words of Conditions
	Source     string
	Inconnu    string // French: what no text read says
}

//go:embed moyens.csv
var embarque string

var catalogue = sync.OnceValues(func() ([]Moyen, error) { return Charge(strings.NewReader(embarque)) })

// Catalogue lists the means of the alternatives to a deferred debit.
func Catalogue() []Moyen {
	du, _ := catalogue() // an error of the table of the package is one of its tests
	var ms []Moyen
	for i := range du {
		ms = append(ms, du[i].copie())
	}
	return ms
}

// copie shares nothing with the table.
func (m *Moyen) copie() Moyen {
	c := *m
	c.Modalites, c.Conditions = slices.Clone(m.Modalites), slices.Clone(m.Conditions)
	return c
}

var entete = []string{"moyen", "libelle", "canal", "acteur", "modalites", "minimum", "depuis", "conditions", "source", "inconnu"}

// tableMax bounds a table, in bytes.
const tableMax = 1 << 20

// Charge reads a table of means: semicolons, the header of the table of the
// package, # for comments. Every fault is reported, with its line and column.
func Charge(r io.Reader) ([]Moyen, error) {
	if r == nil {
		return nil, erreur("MOY-TABLE-LECTURE", "table", "there is nothing to read from", nil)
	}
	b, err := io.ReadAll(io.LimitReader(r, tableMax+1))
	if err != nil || len(b) > tableMax {
		e := erreur("MOY-TABLE-LECTURE", "table", "the table cannot be read to its end, or is longer than 1 MiB", err)
		e.LimiteLocale = err == nil
		return nil, e
	}
	lecteur := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	lecteur.Comma, lecteur.Comment, lecteur.FieldsPerRecord, lecteur.LazyQuotes = ';', '#', -1, true
	var fautes []error
	faute := func(code simphonie.Code, champ int, detail string) {
		e := erreur(code, "table", detail, nil)
		e.Ligne, e.Colonne = lecteur.FieldPos(champ)
		fautes = append(fautes, e)
	}
	premiere, err := lecteur.Read()
	if err != nil || !slices.Equal(premiere, entete) {
		return nil, erreur("MOY-TABLE-ENTETE", "table", "the first line must be "+strings.Join(entete, ";"), err)
	}
	var ms []Moyen
	for {
		l, err := lecteur.Read()
		switch {
		case errors.Is(err, io.EOF):
			if len(ms)+len(fautes) == 0 {
				fautes = append(fautes, erreur("MOY-TABLE-VIDE", "table", "the table has no means", nil))
			}
			if err := errors.Join(fautes...); err != nil {
				return nil, err
			}
			return ms, nil
		case err != nil:
			fautes = append(fautes, erreur("MOY-TABLE-VALEUR", "table", "the line is not well formed", err))
			continue
		case len(l) != len(entete):
			faute("MOY-TABLE-VALEUR", 0, "ten values are wanted")
			continue
		}
		m, mauvais := lit(l)
		if slices.ContainsFunc(ms, func(x Moyen) bool { return x.Code == m.Code }) {
			mauvais = append(mauvais, 0)
		}
		for _, champ := range mauvais {
			faute("MOY-TABLE-VALEUR", champ, entete[champ]+": missing, standing twice or not of the documented form")
		}
		ms = append(ms, m)
	}
}

// lit gives a means and the columns that are wrong.
func lit(l []string) (m Moyen, mauvais []int) {
	refuse := func(champ int, faux bool) {
		if faux {
			mauvais = append(mauvais, champ)
		}
	}
	m = Moyen{Code: l[0], Libelle: l[1], Canal: l[2], Acteur: l[3], Source: l[8], Inconnu: l[9]}
	for _, i := range []int{0, 1, 2, 3, 8} {
		refuse(i, l[i] == "")
	}
	for s := range strings.SplitSeq(l[4], "+") {
		m.Modalites = append(m.Modalites, Modalite(s))
	}
	refuse(4, slices.ContainsFunc(m.Modalites, func(x Modalite) bool { return x.Valide() != nil }))
	var err error
	if l[5] != "" {
		m.Minimum, err = simphonie.ParseMontant(l[5])
		refuse(5, err != nil || m.Minimum < 0)
	}
	refuse(6, m.Depuis.UnmarshalText([]byte(l[6])) != nil)
	if l[7] != "" {
		m.Conditions = strings.Split(l[7], "+")
	}
	refuse(7, slices.ContainsFunc(m.Conditions, func(c string) bool { return conditions[c] == nil }))
	return m, mauvais
}
