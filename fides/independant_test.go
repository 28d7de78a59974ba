package fides_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/droits"
)

// The checker below was written a second time from the rules alone (RG_MF602 to
// RG_MF639, RG_VF500 to RG_VF505), on columns. It shares nothing with the
// package nor with the codec, and is plain on purpose.

// rangs is the order of RG_MF602 inside each type; SSN and SSF follow SAS, SIM
// or SIC whatever their rank.
var rangs = map[string]int{"FU0": 1, "FU1": 1, "FU2": 1, "FU3": 1, "FU4": 1, "SUN": 2, "SUF": 2, "SU2": 3, "SU3": 3, "PE1": 4, "PE2": 4,
	"SUM": 5, "SUB": 5, "SB2": 5, "SB3": 5, "SAS": 6, "SIM": 7, "SIC": 7, "FTN": 8,
	"FPU": 1, "FPV": 1, "FPL": 1, "FPM": 1, "FPX": 1, "CFU": 2}

func col(l string, debut, largeur int) string { return l[debut-1 : debut-1+largeur] }

func cents(t *testing.T, l string, debut, largeur int) int {
	n, err := strconv.Atoi(col(l, debut, largeur))
	require.NoError(t, err)
	return n
}

func controleLignes(t *testing.T, ls []string, c *droits.Contexte) {
	t.Helper()
	require.Equal(t, "2", col(ls[0], 1, 1))
	require.Equal(t, "S", col(ls[1], 39, 1))
	deux, cinq := ls[0], ls[len(ls)-1]
	require.Equal(t, "5", col(cinq, 1, 1))
	corps := ls[2 : len(ls)-1]
	require.Equal(t, len(corps), cents(t, cinq, 39, 3))
	var base3, amo3, total3, oc3, amo4, total4, oc4 int
	var codes []string
	dernier, rang := "", map[byte]int{}
	for i, l := range corps {
		plain3, plain4 := l[0] == '3' && l[38] < 'A', l[0] == '4' && l[35] < 'A'
		suivant := cinq
		if i+1 < len(corps) {
			suivant = corps[i+1]
		}
		var code string
		switch {
		case plain3:
			code = strings.TrimSpace(col(l, 56, 5))
			base3, amo3 = base3+cents(t, l, 83, 8), amo3+cents(t, l, 94, 8)
			total3, oc3 = total3+cents(t, l, 102, 8), oc3+cents(t, l, 122, 7)
			seul := code != "FTN"
			require.Equal(t, !seul, suivant[0] == '3' && suivant[38] == 'S', code)
			require.Equal(t, col(deux, 103, 12), col(l, 44, 12))
			require.Equal(t, "00000", col(l, 71, 5))
		case plain4:
			code = strings.TrimSpace(col(l, 76, 5))
			amo4, total4, oc4 = amo4+cents(t, l, 108, 7), total4+cents(t, l, 115, 7), oc4+cents(t, l, 123, 6)
			require.Equal(t, "S", col(suivant, 36, 1), code)
			require.Equal(t, col(deux, 2, 9), col(l, 57, 9))
			domaine := "M"
			if c.AME() || c.RSS() {
				domaine = " "
			}
			require.Equal(t, domaine, col(suivant, 124, 1), code)
		default:
			continue
		}
		codes = append(codes, code)
		if code == "SSN" || code == "SSF" {
			require.Contains(t, []string{"SAS", "SIM", "SIC"}, dernier)
		} else {
			require.NotZero(t, rangs[code], code)
			require.GreaterOrEqual(t, rangs[code], rang[l[0]], "%s behind %s", code, dernier)
			rang[l[0]] = rangs[code]
		}
		dernier = code
		controleLigne(t, l, code, c)
	}
	for _, x := range []struct{ debut, somme int }{{42, base3}, {50, amo3}, {58, total4}, {66, amo4}, {74, total3 - amo3 + total4 - amo4},
		{82, oc3}, {90, oc4}, {115, total3}} {
		require.Equal(t, x.somme, cents(t, cinq, x.debut, 8), "column %d of the type 5", x.debut)
	}
	controleEntete(t, deux, corps, codes, c, oc3+oc4)
}

// controleLigne checks what a line alone must show.
func controleLigne(t *testing.T, l, code string, c *droits.Contexte) {
	t.Helper()
	qualif, taux, mt := col(l, 122, 1), col(l, 105, 3), col(l, 39, 5)
	if l[0] == '3' {
		qualif, taux = col(l, 120, 1), col(l, 91, 3)
		domaine := "M"
		if c.AME() || c.RSS() || slices.Contains([]string{"FPU", "FPV", "FPL", "FPM"}, code) {
			domaine = " "
		}
		require.Equal(t, domaine, col(l, 121, 1), code)
	}
	attenduMT := "00000"
	if code == "FTN" {
		attenduMT = "19035"
	}
	require.Equal(t, attenduMT, mt, code)
	switch {
	case c.AME():
		require.Equal(t, "N000", qualif+taux, code)
	case code == "FPU" || code == "FPV":
		require.Equal(t, "N000", qualif+taux, code)
	default:
		require.Equal(t, " 100", qualif+taux, code)
	}
}

// controleEntete checks the type 2 against the lines.
func controleEntete(t *testing.T, deux string, corps, codes []string, c *droits.Contexte, oc int) {
	t.Helper()
	a := func(cs ...string) bool {
		return slices.ContainsFunc(cs, func(x string) bool { return slices.Contains(codes, x) })
	}
	porteur := a("CFU", "FPX")
	for _, l := range corps {
		if l[0] == '4' && l[35] < 'A' && porteur {
			require.Equal(t, " ", col(l, 54, 1))
		}
	}
	exo := col(deux, 79, 1)
	switch {
	case !porteur:
		require.Equal(t, "0", exo)
	case a("CFU") && c.Nature != droits.ATMP:
		require.Equal(t, "4", exo)
	case a("CFU"):
		require.Equal(t, "0", exo)
	}
	nature := map[droits.Nature]string{droits.Maladie: "10", droits.Maternite: "30", droits.ATMP: "41", droits.Prevention: "90"}[c.Nature]
	if nature == "10" && a("FPL", "FPM") {
		nature = "13"
	}
	require.Equal(t, nature, col(deux, 77, 2))
	eclate := col(deux, 95, 1) == "F"
	if eclate {
		require.Zero(t, oc)
	}
	contratOC := col(deux, 117, 12)
	switch {
	case c.AME():
		require.Equal(t, "000075500017", contratOC)
		require.False(t, eclate)
	case c.C2S() && oc != 0:
		require.Equal(t, "8900"+string(c.OC), contratOC)
	default:
		require.Equal(t, "00          ", contratOC)
		require.Zero(t, oc)
	}
}

// trie gives the records in an order that does not depend on equal ranks.
func trie(ls []string) []string {
	s := slices.Clone(ls)
	slices.Sort(s)
	return s
}
