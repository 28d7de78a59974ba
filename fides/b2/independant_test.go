package b2_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The checker below was written a second time from the table of zones alone.
// It shares nothing with the codec, and is slow and plain on purpose.

type zoneTable struct {
	typ, id, genre, presence, vide, ecrit, tolere, format, personnel string
	colonne, largeur                                                 int
	valeurs                                                          []string
}

// table reads zones.csv by the names of its columns.
func table(tb testing.TB) map[string][]zoneTable {
	tb.Helper()
	f, err := os.Open("zones.csv")
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	t := map[string][]zoneTable{}
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, n := range rows[0] {
			m[n] = r[i]
		}
		z := zoneTable{typ: m["type"], id: m["zone"], genre: m["genre"], presence: m["presence"], vide: m["vide"],
			ecrit: m["ecrit"], tolere: m["tolere"], format: m["format"], personnel: m["personnel"]}
		z.colonne, _ = strconv.Atoi(m["colonne"])
		z.largeur, _ = strconv.Atoi(m["largeur"])
		if v := m["valeurs"]; v != "" {
			z.valeurs = strings.Split(v, "|")
		}
		if len(z.valeurs) == 1 && strings.Contains(z.valeurs[0], "..") {
			n, _ := strconv.Atoi(strings.Split(z.valeurs[0], "..")[1])
			z.valeurs = nil
			for i := 1; i <= n; i++ {
				z.valeurs = append(z.valeurs, fmt.Sprintf("%02d", i))
			}
		}
		if slices.Equal(z.valeurs, []string{"BLANC"}) {
			z.valeurs = []string{strings.Repeat(" ", z.largeur)}
		}
		t[z.typ] = append(t[z.typ], z)
	}
	return t
}

var (
	chiffresRE = regexp.MustCompile(`^[0-9]+$`)
	texteRE    = regexp.MustCompile(`^[A-Z0-9 ]+$`)
	nirRE      = regexp.MustCompile(`^[0-9]{6}[0-9AB][0-9]{6}$`)
	ocRE       = regexp.MustCompile(`^[A-Z0-9]* *$`)
)

// juste says that a zone may hold a text.
func (z zoneTable) juste(s string) bool {
	blanc, zero := strings.Trim(s, " ") == "", strings.Trim(s, "0") == ""
	numerique := z.genre[0] == 'N'
	absent := numerique && zero || !numerique && blanc || z.tolere == "blanc" && blanc || z.tolere == "zero" && zero
	absent = absent || z.format == "appareil" && blanc
	if absent && (z.presence == "F" || z.vide == "oui") {
		if len(z.valeurs) == 1 && z.tolere == "" {
			return s == z.valeurs[0] || z.presence == "F" && !z.constante()
		}
		return true
	}
	if z.valeurs != nil {
		return slices.Contains(z.valeurs, s)
	}
	if absent {
		return false
	}
	switch z.format {
	case "nir":
		return nirRE.MatchString(s)
	case "date":
		// The century is not known: a leap year is one of either.
		_, err1 := time.Parse("20060102", "20"+s)
		_, err2 := time.Parse("20060102", "19"+s)
		return chiffresRE.MatchString(s) && (err1 == nil || err2 == nil)
	case "organisme":
		return ocRE.MatchString(s)
	case "appareil":
		return texteRE.MatchString(s) && s[0] != ' '
	}
	if numerique {
		return chiffresRE.MatchString(s)
	}
	return texteRE.MatchString(s) && s[0] != ' '
}

// constante says that the only value of the zone is its unset form.
func (z zoneTable) constante() bool {
	return strings.Trim(z.valeurs[0], "0") == "" || strings.Trim(z.valeurs[0], " ") == ""
}

// fausses lists the zones of a line that are wrong.
func fausses(t map[string][]zoneTable, typ, ligne string) []string {
	var out []string
	for _, z := range t[typ] {
		if !z.juste(ligne[z.colonne-1 : z.colonne-1+z.largeur]) {
			out = append(out, z.id)
		}
	}
	return out
}

// typeDe reads the type of a well-formed line.
func typeDe(ligne string) string {
	for _, col := range []int{36, 39} {
		if c := ligne[col-1]; c >= 'A' && c <= 'Z' {
			return ligne[:1] + string(c)
		}
	}
	return ligne[:1]
}

// essais gives values for a zone: lowest, highest, absent, each of its list,
// and values that it should refuse.
func (z zoneTable) essais() []string {
	n := z.largeur
	vs := []string{strings.Repeat("0", n), strings.Repeat(" ", n), strings.Repeat("9", n), strings.Repeat("Z", n),
		fmt.Sprintf("%0*d", n, 1), "A" + strings.Repeat(" ", n-1), strings.Repeat(" ", n-1) + "A", strings.Repeat(" ", n-1) + "1",
		strings.Repeat("0", n-1) + "-", strings.Repeat("0", n-1) + "é"[:1], strings.Repeat("a", n), "1" + strings.Repeat(" ", n-1)}
	switch z.format {
	case "date", "naissance":
		vs = append(vs, "000101", "991231", "240229", "230229", "260431", "261301", "260100", "261232", "504200")
	case "accident":
		vs = append(vs, "000180831", "180831000", "260105123", "000991399")
	case "nir":
		vs = append(vs, "1555555751333", "297022A020778", "180032B020401", "29702A2020778", "155555575133 ")
	case "organisme":
		vs = append(vs, "0075500017", "75500017  ", "  75500017", "75500 0017", "99999997  ")
	}
	vs = append(vs, z.valeurs...)
	slices.Sort(vs)
	return slices.Compact(vs)
}
