package b2_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// symboles gives a letter to each record; T is the type 3 of an act that has
// no complement.
const symboles = "a2 b2S c3 T3 d3S e3E f3F g3H h4 i4S j4E k4B l4H m4M n5"

// grammaireRE is the order of records written a second time.
var grammaireRE = regexp.MustCompile(`^(ab(T|cde?(f{0,10}|g{0,10})|hij?(k{0,10}|l{0,10}|m{0,26}))+n)+$`)

var codesOrdre = []simphonie.Code{"B2-ORDRE", "B2-COMPLEMENT-ABSENT", "B2-COMPLEMENT-INTERDIT", "B2-SEQUENCE", "B2-FACTURE-VIDE",
	"B2-FACTURE-OUVERTE", "B2-ZONE-VALEUR"}

// TestGrammaire compares the automaton to the regular expression on invoices
// in which records were dropped, doubled and swapped.
func TestGrammaire(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2005, 14))
	base := bases(t)
	justes := 0
	for range 6000 {
		s := []byte(factureAuHasard(rnd))
		for range rnd.IntN(3) {
			i, j := rnd.IntN(len(s)), rnd.IntN(len(s))
			switch rnd.IntN(4) {
			case 0:
				s = slices.Delete(s, i, i+1)
			case 1:
				s = slices.Insert(s, i, s[j])
			case 2:
				s[i], s[j] = s[j], s[i]
			case 3:
				s[i] = "abcTdefghijklmn"[rnd.IntN(15)]
			}
			if len(s) == 0 {
				break
			}
		}
		if len(s) == 0 {
			continue
		}
		ok := true
		for _, v := range vus(t, lignesDe(base, string(s))) {
			ok = ok && !slices.Contains(codesOrdre, v.code)
		}
		if want := grammaireRE.Match(s); ok != want {
			t.Fatalf("%s: accepted %v, want %v\n%v", s, ok, want, vus(t, lignesDe(base, string(s))))
		} else if want {
			justes++
		}
	}
	if justes < 1000 || justes > 5000 {
		t.Errorf("%d right invoices of 6000", justes)
	}
}

// TestGrammairePas compares them on every step: each record behind each other,
// in each kind of line.
func TestGrammairePas(t *testing.T) {
	base := bases(t)
	const tous = "abcTdefghijklmn"
	for _, debut := range []string{"a", "ab", "abT", "abc", "abcd", "abcde", "abcdf", "abcdg", "abh", "abhi", "abhij", "abhik", "abhil", "abhim"} {
		for i := range tous {
			for j := range tous {
				s := debut + tous[i:i+1] + tous[j:j+1] + "n"
				ok := true
				for _, v := range vus(t, lignesDe(base, s)) {
					ok = ok && !slices.Contains(codesOrdre, v.code)
				}
				if want := grammaireRE.MatchString(s); ok != want {
					t.Errorf("%s: accepted %v, want %v", s, ok, want)
				}
			}
		}
	}
}

// factureAuHasard follows the grammar, up to the limits of the sequences and
// one beyond.
func factureAuHasard(rnd *rand.Rand) string {
	s := "ab"
	for range 1 + rnd.IntN(3) {
		switch rnd.IntN(3) {
		case 0:
			s += "T"
		case 1:
			s += "cd" + "e"[:rnd.IntN(2)] + strings.Repeat("fg"[rnd.IntN(2):][:1], combien(rnd, 10))
		case 2:
			k := rnd.IntN(3)
			s += "hi" + "j"[:rnd.IntN(2)] + strings.Repeat("klm"[k:k+1], combien(rnd, []int{10, 10, 26}[k]))
		}
	}
	return s + "n"
}

func combien(rnd *rand.Rand, limite int) int {
	return []int{0, 1, 2, limite, limite + 1}[rnd.IntN(10)/2]
}

// lignesDe makes lines with the sequence numbers that their order calls for.
func lignesDe(base map[b2.Type]string, s string) []string {
	types := map[byte]b2.Type{}
	for _, f := range strings.Fields(symboles) {
		types[f[0]] = b2.Type(f[1:])
	}
	var ls []string
	n := 0
	for i := range len(s) {
		typ := types[s[i]]
		n++
		if i == 0 || s[i] != s[i-1] {
			n = 1
		}
		l := []string{base[typ]}
		switch {
		case strings.IndexByte("fgklm", s[i]) >= 0:
			met(l, 1, 37, fmt.Sprintf("%02d", n))
		case s[i] == 'c':
			met(l, 1, 56, "PHQ ")
		}
		ls = append(ls, l[0])
	}
	return ls
}

// TestOrigines reads in the table which zones repeat those of the type 2 and
// which add others up, and checks so what the writer wrote.
func TestOrigines(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(lisFichier(t, "zones.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	repete, somme := regexp.MustCompile(`^=(\w+)$`), regexp.MustCompile(`^Σ ?(\w+)$`)
	rnd := rand.New(rand.NewPCG(5, 39))
	tab := table(t)
	nr, ns := 0, 0
	for range 50 {
		es := factureUrgence(1 + rnd.IntN(9_999_999))
		for _, e := range es {
			switch e := e.(type) {
			case *b2.Type3:
				e.BaseRemboursement, e.MontantAMO, e.MontantTotal, e.MontantOC = m(rnd), m(rnd), 2_000_000+m(rnd), m(rnd)
			case *b2.Type4:
				e.MontantAMO, e.Honoraires, e.MontantOC = m(rnd), 2_000_000+m(rnd), m(rnd)
			}
		}
		zones := map[string][]string{} // what each zone holds in the invoice
		n := 0
		for _, l := range texteDe(t, es...) {
			typ := typeDe(l)
			if typ[0] == '3' || typ[0] == '4' {
				n++
			}
			for _, z := range tab[typ] {
				zones[z.id] = append(zones[z.id], l[z.colonne-1:z.colonne-1+z.largeur])
			}
		}
		for _, r := range rows[1:] {
			if f := repete.FindStringSubmatch(r[12]); f != nil {
				for _, v := range zones[r[1]] {
					nr++
					if v != zones[f[1]][0] {
						t.Errorf("%s is not %s", r[1], f[1])
					}
				}
			}
			if f := somme.FindStringSubmatch(r[12]); f != nil {
				ns++
				if got, want := nombre(t, zones[r[1]]), nombre(t, zones[f[1]]); got != want {
					t.Errorf("%s is %d, the sum of %s is %d", r[1], got, f[1], want)
				}
			}
		}
		reste := nombre(t, zones["03102"]) - nombre(t, zones["0550"]) + nombre(t, zones["0558"]) - nombre(t, zones["0566"])
		if nombre(t, zones["0574"]) != reste || nombre(t, zones["0539"]) != n {
			t.Errorf("0574 is %v, want %d; 0539 is %v, want %d", zones["0574"], reste, zones["0539"], n)
		}
	}
	if nr < 50*40 || ns != 50*7 {
		t.Errorf("%d repeated zones and %d sums checked", nr, ns)
	}
}

func m(rnd *rand.Rand) simphonie.Montant { return simphonie.Montant(rnd.IntN(999_999)) }

func nombre(t *testing.T, vs []string) (n int) {
	t.Helper()
	for _, v := range vs {
		x, err := strconv.Atoi(v)
		if err != nil {
			t.Fatal(err)
		}
		n += x
	}
	return n
}
