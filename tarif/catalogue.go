package tarif

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/simphonie/simphonie"
)

// Code is the code of an act or forfait as invoices carry it: up to five
// capital letters and digits.
type Code string

// Valide says that the code has the form of one.
func (c Code) Valide() bool {
	for i := range len(c) {
		if (c[i] < 'A' || c[i] > 'Z') && (c[i] < '0' || c[i] > '9') {
			return false
		}
	}
	return len(c) > 0 && len(c) <= 5
}

// JeuRegles names the set of rules that made a result, such as urgences/2023-03-01.
type JeuRegles string

// Tarif is one dated price.
type Tarif struct {
	Code    Code
	Secteur Secteur
	Zone    Zone
	Periode simphonie.Periode // days of execution that it prices
	Prix    simphonie.Prix
	// Reference is the text that fixes the price.
	Reference string
	// ConnuLe is the day from which the price was known, that of its publication.
	ConnuLe simphonie.Jour
}

type cle struct {
	secteur Secteur
	zone    Zone
}

// Catalogue is a checked set of prices. It does not change once built and may
// be used by several goroutines.
type Catalogue struct {
	grilles   map[cle]Grille
	empreinte string
}

// Grille is the prices of one sector and zone.
type Grille map[Code][]Tarif // the latest known first

// Grille gives the prices of one sector and zone; it may be empty.
func (c *Catalogue) Grille(s Secteur, z Zone) Grille {
	if c == nil {
		return nil
	}
	return c.grilles[cle{s, z}]
}

// Lookup gives the price of a code for a day of care as known at a date.
func (g Grille) Lookup(code Code, jour, connuAu simphonie.Jour) (*Tarif, bool) {
	ts := g[code]
	for i := range ts {
		if !ts[i].ConnuLe.After(connuAu) && ts[i].Periode.Contains(jour) {
			return &ts[i], true
		}
	}
	return nil, false
}

// New builds a catalogue. It reports every fault at once: a code of another
// form, an unknown sector or zone, a missing reference or date, a price of zero,
// two prices of the same publication day for one day of care, a hole between two.
func New(tarifs []Tarif, o LoadOptions) (*Catalogue, error) {
	var f fautes
	for i := range tarifs {
		f.tarif(&tarifs[i], 0, o)
	}
	return assemble(tarifs, nil, o, &f)
}

// assemble indexes and checks rows; ligne, if given, tells the line of each.
func assemble(tarifs []Tarif, ligne []int, o LoadOptions, f *fautes) (*Catalogue, error) {
	c := &Catalogue{grilles: map[cle]Grille{}}
	lignes := map[cle]map[Code][]int{}
	for i, t := range tarifs {
		k := cle{t.Secteur, t.Zone}
		n := 0
		if ligne != nil {
			n = ligne[i]
		}
		if c.grilles[k] == nil {
			c.grilles[k], lignes[k] = Grille{}, map[Code][]int{}
		}
		for j, u := range c.grilles[k][t.Code] {
			if u.ConnuLe == t.ConnuLe && u.Prix != t.Prix && croisent(u.Periode, t.Periode) {
				f.ajoute("TARIF-CHEVAUCHEMENT", n, fmt.Sprintf(
					"%s, %s, %s: %s (%s) and %s (%s, line %d) for one day, both known from %s: close a period or date a publication",
					t.Code, t.Secteur, t.Zone, t.Prix, t.Reference, u.Prix, u.Reference, lignes[k][t.Code][j], t.ConnuLe))
			}
		}
		c.grilles[k][t.Code] = append(c.grilles[k][t.Code], t)
		lignes[k][t.Code] = append(lignes[k][t.Code], n)
	}
	for _, g := range c.grilles {
		for _, ts := range g {
			slices.SortStableFunc(ts, func(a, b Tarif) int {
				return cmp.Or(-compareJours(a.ConnuLe, b.ConnuLe), -compareJours(a.Periode.Du, b.Periode.Du))
			})
			if !o.TrousAdmis {
				f.trous(ts)
			}
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	c.empreinte = c.digest()
	return c, nil
}

// Lookup gives the price of a code for a day of care as known at a date, or
// *TarifNonCharge, which says what to load.
func (c *Catalogue) Lookup(code Code, s Secteur, z Zone, jour, connuAu simphonie.Jour) (*Tarif, error) {
	if t, ok := c.Grille(s, z).Lookup(code, jour, connuAu); ok {
		return t, nil
	}
	return nil, &TarifNonCharge{Code: code, Secteur: s, Zone: z, Jour: jour, ConnuAu: connuAu}
}

// Empreinte gives the digest of every row. Two catalogues that hold the same
// rows have the same digest, whatever the order and the files they came from.
func (c *Catalogue) Empreinte() string {
	if c == nil {
		return ""
	}
	return c.empreinte
}

// All walks over the rows, wildcards written out, in no order.
func (c *Catalogue) All() iter.Seq[Tarif] {
	return func(yield func(Tarif) bool) {
		if c == nil {
			return
		}
		for _, g := range c.grilles {
			for _, ts := range g {
				for _, t := range ts {
					if !yield(t) {
						return
					}
				}
			}
		}
	}
}

// Codes lists the codes that have a price.
func (c *Catalogue) Codes() []Code {
	if c == nil {
		return nil
	}
	var cs []Code
	for _, g := range c.grilles {
		cs = slices.AppendSeq(cs, maps.Keys(g))
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}

// Merge puts several catalogues together and checks the whole again. A row that
// stands in two of them counts once.
func Merge(o LoadOptions, cs ...*Catalogue) (*Catalogue, error) {
	var tous []Tarif
	vus := map[Tarif]bool{}
	for _, c := range cs {
		for t := range c.All() {
			if !vus[t] {
				vus[t] = true
				tous = append(tous, t)
			}
		}
	}
	return New(tous, o)
}

// TarifNonCharge says that no price was loaded for a code, a place and a day.
type TarifNonCharge struct {
	Code    Code           `json:"code"`
	Secteur Secteur        `json:"secteur"`
	Zone    Zone           `json:"zone"`
	Jour    simphonie.Jour `json:"jour"`
	ConnuAu simphonie.Jour `json:"connuAu"`
}

// Error names the missing row.
func (e *TarifNonCharge) Error() string {
	return fmt.Sprintf("TARIF-NON-CHARGE: no price of %s for sector %s, zone %s, on %s as known at %s: load it in the catalogue",
		e.Code, e.Secteur, e.Zone, e.Jour, e.ConnuAu)
}

func croisent(p, q simphonie.Periode) bool {
	return (p.Au.IsZero() || !q.Du.After(p.Au)) && (q.Au.IsZero() || !p.Du.After(q.Au))
}

func compareJours(a, b simphonie.Jour) int { return a.DaysSince(b) }

func (c *Catalogue) digest() string {
	var lignes []string
	for t := range c.All() {
		lignes = append(lignes, fmt.Sprintf("%s;%s;%s;%s;%s;%s;%s;%s",
			t.Code, t.Secteur, t.Zone, t.Periode.Du, t.Periode.Au, t.Prix, t.Reference, t.ConnuLe))
	}
	return digest(lignes)
}

// digest gives the SHA-256 of lines, order apart.
func digest(lignes []string) string {
	slices.Sort(lignes)
	h := sha256.New()
	for _, l := range lignes {
		fmt.Fprintln(h, l)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
