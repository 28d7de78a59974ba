package droits

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// NomTable is a table of the SFG that rights need. Their content is not
// public: an editor loads its own.
type NomTable string

// Tables of the SFG. A code is a régime, except where it is said otherwise.
const (
	TableActesNature  NomTable = "4"    // act/nature, as COB/maternite
	TableRegimesAT    NomTable = "11.1" // régimes that cover accidents at work
	TableRegimesFEAT  NomTable = "11.2" // régimes that take electronic AT invoices
	TableRegimesATMal NomTable = "11.3" // régimes that take an AT invoice at the maladie organisme
	TableMSAPapier    NomTable = "11.4" // caisses (three digits) of the MSA that refuse accidents of private life
	TableHorsParcours NomTable = "15.3" // acts out of the care pathway
	TableCCAMHorsParc NomTable = "15.5" // CCAM categories out of the care pathway
	TableAccesDirect  NomTable = "16.1" // specialties in direct access
	TableCPRPF        NomTable = "104"  // acts at 100 % of the CPRPF
)

const (
	aucuneLigne     = "-" // the code of a table that is known to be empty
	enteteTables    = "table;code;du;au;reference"
	enteteTauxBase  = "prestation;specialite;colonne;taux;du;au;reference"
	touteSpecialite = "*"
	colonneGenerale = "general"
	colonneCRPCEN   = "crpcen"
	lignesMax       = 1 << 20
)

var nomsTables = []NomTable{TableActesNature, TableRegimesAT, TableRegimesFEAT, TableRegimesATMal, TableMSAPapier, TableHorsParcours,
	TableCCAMHorsParc, TableAccesDirect, TableCPRPF}

// Tables are the tables that an editor loaded. A nil value has none: a rule
// that needs a table then leaves the decision to a person.
type Tables struct {
	lignes    map[NomTable]map[string][]simphonie.Periode
	empreinte string
}

// Empreinte gives the digest of what was loaded.
func (t *Tables) Empreinte() string {
	if t == nil {
		return ""
	}
	return t.empreinte
}

// LoadTables reads tables from a text file with semicolons and this header:
//
//	table;code;du;au;reference
//
// A table that is known to be empty has one line with the code "-". Every
// fault is reported at once, with its line (DROITS-TABLE).
func LoadTables(r io.Reader) (*Tables, error) {
	t := &Tables{lignes: map[NomTable]map[string][]simphonie.Periode{}}
	var err error
	t.empreinte, err = lisCSV(r, "DROITS-TABLE", enteteTables, func(c []string) string {
		nom := NomTable(c[0])
		p, ok := periodeDe(c[2], c[3])
		switch {
		case !slices.Contains(nomsTables, nom):
			return "unknown table"
		case c[1] == "" || c[4] == "":
			return "a code and the text that holds it are wanted"
		case !ok:
			return "a period is wanted, in ISO dates, its last day after its first"
		}
		if t.lignes[nom] == nil {
			t.lignes[nom] = map[string][]simphonie.Periode{}
		}
		if c[1] != aucuneLigne {
			t.lignes[nom][c[1]] = append(t.lignes[nom][c[1]], p)
		}
		return ""
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Contient says that a code is in a table on a day; no answer when the table
// is not loaded.
func (t *Tables) Contient(nom NomTable, code string, j simphonie.Jour) simphonie.OuiNon {
	if t == nil {
		return 0
	}
	table := t.lignes[nom]
	if table == nil {
		return 0
	}
	return simphonie.OuiSi(slices.ContainsFunc(table[code], func(p simphonie.Periode) bool { return p.Contains(j) }))
}

// TauxBase are the base rates of table 4ter, by act, specialty and day.
type TauxBase struct {
	lignes    map[cleTaux][]tauxDate
	empreinte string
}

// Empreinte gives the digest of what was loaded.
func (t *TauxBase) Empreinte() string {
	if t == nil {
		return ""
	}
	return t.empreinte
}

type cleTaux struct{ prestation, colonne string }

type tauxDate struct {
	specialite string
	periode    simphonie.Periode
	taux       simphonie.Taux
	reference  string
}

// LoadTauxBase reads the base rates from a text file with semicolons and this
// header:
//
//	prestation;specialite;colonne;taux;du;au;reference
//
// specialite is * for every other; colonne is general or crpcen. Every fault is
// reported at once, overlaps included (DROITS-TAUX-BASE).
func LoadTauxBase(r io.Reader) (*TauxBase, error) {
	t := &TauxBase{lignes: map[cleTaux][]tauxDate{}}
	var err error
	t.empreinte, err = lisCSV(r, "DROITS-TAUX-BASE", enteteTauxBase, func(c []string) string {
		p, ok := periodeDe(c[4], c[5])
		taux, err := simphonie.ParseTaux(c[3])
		switch {
		case c[0] == "" || c[1] == "" || c[6] == "":
			return "an act, a specialty (or *) and the text that holds the rate are wanted"
		case c[2] != colonneGenerale && c[2] != colonneCRPCEN:
			return "the column is general or crpcen"
		case err != nil || taux < 0 || taux > simphonie.Cent:
			return "a rate from 0 to 100 is wanted"
		case !ok:
			return "a period is wanted, in ISO dates, its last day after its first"
		}
		cle := cleTaux{c[0], c[2]}
		for _, l := range t.lignes[cle] {
			if l.specialite == c[1] && croise(l.periode, p) {
				return "two rates hold on the same day"
			}
		}
		t.lignes[cle] = append(t.lignes[cle], tauxDate{c[1], p, taux, c[6]})
		return ""
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// taux finds the base rate of an act, its specialty first; nil when there is none.
func (t *TauxBase) taux(prestation, specialite, colonne string, j simphonie.Jour) *tauxDate {
	if t == nil {
		return nil
	}
	lignes := t.lignes[cleTaux{prestation, colonne}]
	for _, s := range []string{specialite, touteSpecialite} {
		for i := range lignes {
			if l := &lignes[i]; l.specialite == s && l.periode.Contains(j) {
				return l
			}
		}
	}
	return nil
}

func croise(p, q simphonie.Periode) bool {
	return (p.Au.IsZero() || !p.Au.Before(q.Du)) && (q.Au.IsZero() || !q.Au.Before(p.Du))
}

func periodeDe(du, au string) (simphonie.Periode, bool) {
	var p simphonie.Periode
	ok := p.Du.UnmarshalText([]byte(du)) == nil && p.Au.UnmarshalText([]byte(au)) == nil
	return p, ok && p.Valide()
}

// lisCSV reads a file with a fixed header and gives its digest, whatever the
// order of its lines; ligne says what is wrong with one.
func lisCSV(r io.Reader, code simphonie.Code, entete string, ligne func([]string) string) (string, error) {
	var fautes []error
	faute := func(n int, detail string) {
		fautes = append(fautes, &simphonie.Erreur{Code: code, Ligne: n, Detail: detail})
	}
	if r == nil {
		faute(0, "no file")
		return "", errors.Join(fautes...)
	}
	var textes []string
	colonnes := strings.Split(entete, ";")
	l := csv.NewReader(r)
	l.Comma, l.Comment, l.FieldsPerRecord, l.TrimLeadingSpace = ';', '#', -1, true
	for rang := 0; ; rang++ {
		c, err := l.Read()
		var pe *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if rang == 0 {
				faute(1, "empty file: the header "+entete+" is wanted")
			}
			slices.Sort(textes)
			somme := sha256.Sum256([]byte(strings.Join(textes, "\n")))
			return hex.EncodeToString(somme[:8]), errors.Join(fautes...)
		case errors.As(err, &pe):
			faute(pe.Line, pe.Err.Error())
			continue
		case err != nil:
			return "", &simphonie.Erreur{Code: code, Detail: "reading failed", Err: err}
		case rang > lignesMax:
			return "", &simphonie.Erreur{Code: code, Detail: "too many lines", LimiteLocale: true}
		}
		n, _ := l.FieldPos(0)
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		if rang == 0 {
			c[0] = strings.TrimPrefix(c[0], "\ufeff")
			if !slices.Equal(c, colonnes) {
				faute(n, "the header "+entete+" is wanted")
				return "", errors.Join(fautes...)
			}
			continue
		}
		if len(c) != len(colonnes) {
			faute(n, "wrong number of columns")
			continue
		}
		textes = append(textes, strings.Join(c, ";"))
		if detail := ligne(c); detail != "" {
			faute(n, detail)
		}
	}
}
