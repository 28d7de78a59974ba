package fides_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
)

// The checker below was written a second time from the rules alone (RG_MF600 to
// RG_MF633, RG_CF640, RG_CF656, annexe A1), on columns. It shares nothing with
// the package nor with the codec.

// enregistre is a line of a file: its record 3 or 4, and those under it.
type enregistre struct {
	l        string
	dessous  []string
	code     string
	exo      string
	quantite int
	jour     string
}

// coupe finds the lines of an invoice.
func coupe(t *testing.T, corps []string) (es []*enregistre) {
	t.Helper()
	for _, l := range corps {
		switch {
		case l[0] == '3' && l[38] < 'A' && l[35] < 'A':
			es = append(es, &enregistre{l: l, code: strings.TrimSpace(col(l, 56, 4)), exo: col(l, 64, 1), quantite: cents(t, l, 61, 3)})
		case l[0] == '4' && l[35] < 'A':
			es = append(es, &enregistre{l: l, code: strings.TrimSpace(col(l, 76, 4)), exo: col(l, 54, 1), quantite: cents(t, l, 81, 2), jour: col(l, 70, 6)})
		default:
			require.NotEmpty(t, es)
			e := es[len(es)-1]
			e.dessous = append(e.dessous, l)
		}
	}
	return es
}

// lettres gives the records under a line: S, E, M, B, H, F.
func (e *enregistre) lettres() string {
	s := ""
	for _, l := range e.dessous {
		c := l[38]
		if c < 'A' || l[0] == '4' || l[35] >= 'A' {
			c = l[35]
		}
		s += string(c)
	}
	return s
}

// Records of type 3 by code: the rest is of type 4 (RG_MF600, RG_MF601).
var troisExterne = []string{"ATU", "FFM", "SE1", "SE2", "APE", "FEF", "PII", "PH8", "ETI", "EMI"}

// mtSituation gives MT and DMT of forfaits for the AME and RSS (0339, 0341).
var mtSituation = map[string]string{"ATU": "10406", "FFM": "19137", "SE1": "19958", "SE2": "19958", "APE": "19958", "FEF": "07000"}

func produitsSeuls(f *facture.Facture) bool {
	produit := false
	for i := range f.Lignes {
		switch f.Lignes[i].Code {
		case "APE":
			return false
		case "PII", "PH8":
			produit = true
		}
	}
	return produit
}

// exosAttendues gives what the type 2 and each line must show, in annexe A1.
func exosAttendues(f *facture.Facture, c *droits.Contexte) (string, func(typ byte, exo string) string) {
	vus := map[string]int{}
	for i := range f.Lignes {
		vus[f.Lignes[i].Exoneration.String()]++
	}
	toutes := func(x string) bool { return vus[x] == len(f.Lignes) }
	garde := func(_ byte, exo string) string { return exo }
	switch {
	case c.CANSSM() && toutes("4"):
		return "4", func(byte, string) string { return "0" }
	case c.CANSSM() && vus["6"]+vus["4"] > 0:
		return "6", func(_ byte, exo string) string { return strings.ReplaceAll(exo, "6", "0") }
	case vus["9"] > 0 && !toutes("9"), c.ASPA() && !f.RegimeLocal && vus["1"]+vus["C"] > 0:
		return "9", func(_ byte, exo string) string { return strings.ReplaceAll(exo, "9", "0") }
	}
	for x := range vus {
		if x != "0" && toutes(x) {
			return x, func(byte, string) string { return " " }
		}
	}
	return "0", garde
}

func controleExterne(t *testing.T, ls []string, f *facture.Facture, c *droits.Contexte, i fides.Interpretations) {
	t.Helper()
	deux, deuxS, cinq, corps := ls[0], ls[1], ls[len(ls)-1], ls[2:len(ls)-1]
	es := coupe(t, corps)
	codes := map[string]bool{}
	for _, e := range es {
		codes[e.code] = true
	}
	lie := codes["ATU"] || codes["FFM"] || codes["SE1"] || codes["SE2"] || codes["APE"]
	particulier := c.AME() || c.RSS()
	exo2, exo := exosAttendues(f, c)
	require.Equal(t, exo2, col(deux, 79, 1), "exemption of the invoice")
	var attendues, lues []string
	troisC := true
	for k := range f.Lignes {
		code, e := string(f.Lignes[k].Code), f.Lignes[k].Exoneration
		if slices.Contains(troisExterne, code) || code == "FTN" && i.Imagerie != "4" {
			troisC = troisC && e == facture.ExoCCAM
		}
	}
	for k := range f.Lignes {
		l := &f.Lignes[k]
		typ := byte('4')
		if slices.Contains(troisExterne, string(l.Code)) || l.Code == "FTN" && i.Imagerie != "4" {
			typ = '3'
		}
		x := exo(typ, l.Exoneration.String())
		if exo2 == "9" && typ == '3' && troisC {
			x = "3"
		}
		total, err := l.MRO.Add(l.MRC)
		require.NoError(t, err)
		if i.Total == fides.TotalHonoraires {
			total = l.Honoraires
		}
		oc := l.MRC
		if col(deux, 95, 1) == "F" {
			oc = 0
		}
		attendues = append(attendues, fmt.Sprintf("%c %s%s %d %s %d %d %d %d %d", typ, l.Code, l.Detail.Acte.Majoration, l.Quantite, x, l.BRAMO, l.MRO, total, oc, int(l.Coefficient)/100))
	}
	vu4 := map[int]bool{} // ranks of threshold met
	for _, e := range es {
		l := e.l
		mt, domaine, coef := col(l, 39, 5), "", ""
		suite := strings.TrimSpace(col(l, 80, 1))
		if l[0] == '3' {
			suite = ""
			domaine, coef = col(l, 121, 1), col(l, 71, 5)
			lues = append(lues, fmt.Sprintf("3 %s %d %s %d %d %d %d %d", e.code, e.quantite, e.exo, cents(t, l, 83, 8), cents(t, l, 94, 8), cents(t, l, 102, 8), cents(t, l, 122, 7), cents(t, l, 65, 5)))
			require.Equal(t, col(deux, 103, 12), col(l, 44, 12))
		} else {
			domaine, coef = col(e.dessous[0], 124, 1), col(e.dessous[0], 66, 5)
			lues = append(lues, fmt.Sprintf("4 %s%s %d %s %d %d %d %d %d", e.code, suite, e.quantite, e.exo, cents(t, l, 98, 7), cents(t, l, 108, 7), cents(t, l, 115, 7), cents(t, l, 123, 6), cents(t, l, 83, 6)))
			require.Equal(t, col(deux, 2, 9), col(l, 57, 9))
		}
		retro := slices.Contains([]string{"PHH", "PHD", "MAR", "ERI"}, e.code)
		attenduMT := "00000"
		switch {
		case e.code == "FTN":
			attenduMT = "19035"
		case retro:
			attenduMT = "07000"
		case particulier && mtSituation[e.code] != "":
			attenduMT = mtSituation[e.code]
		case particulier && lie:
			for _, x := range []string{"ATU", "FFM", "SE1", "SE2", "APE"} {
				if codes[x] {
					attenduMT = mtSituation[x]
					break
				}
			}
		case particulier:
			attenduMT = "07000"
		}
		require.Equal(t, attenduMT, mt, e.code)
		attenduDomaine := "M"
		if particulier || retro {
			attenduDomaine = " "
		}
		require.Equal(t, attenduDomaine, domaine, e.code)
		forfait := mtSituation[e.code] != "" && e.code != "FEF"
		switch {
		case l[0] == '4' && lie && !particulier && !retro, l[0] == '3' && !particulier && !forfait:
			require.Equal(t, "10000", coef, e.code)
		case !forfait || particulier:
			require.Equal(t, "00000", coef, e.code)
		default:
			require.Equal(t, "09976", coef, e.code) // (1 − 0.55 %) × (1 + 0.31 %) = 0.9976
		}
		require.Equal(t, map[bool]string{true: "N", false: " "}[c.AME()], col(l, map[byte]int{'3': 120, '4': 122}[l[0]], 1), e.code)
		chaine(t, e)
		if l[0] == '4' && !suit[e.code] && e.code != "FSD" && e.code != "FTN" {
			rang := 1
			if letter := col(e.dessous[0], 128, 1); letter != " " || prime(f, e) {
				rang = 0
			}
			vu4[rang] = true
			require.False(t, rang == 0 && vu4[1], "%s carries the threshold behind a line that does not", e.code)
		}
	}
	slices.Sort(attendues)
	slices.Sort(lues)
	require.Equal(t, attendues, lues)
	ordreExterne(t, es)
	contexteExterne(t, deux, deuxS, f, c, lie)
	require.Equal(t, len(corps), cents(t, cinq, 39, 3))
}

// suit are the codes that stand right behind their support.
var suit = map[string]bool{"MCS": true, "MAR": true, "ERI": true, "ETI": true, "EMI": true}

// prime says that a line of the file is exempted by the threshold in the priced invoice.
func prime(f *facture.Facture, e *enregistre) bool {
	for i := range f.Lignes {
		l := &f.Lignes[i]
		if string(l.Code) == e.code && l.TMF != 0 && int(l.MRO) == atoi(col(e.l, 108, 7)) {
			return true
		}
	}
	return false
}

func atoi(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}

// chaine checks the records under a line and their detail against its amounts.
func chaine(t *testing.T, e *enregistre) {
	t.Helper()
	ls := e.lettres()
	require.Equal(t, byte('S'), ls[0], e.code)
	somme := func(debut, largeur int) (s int) {
		for _, l := range e.dessous {
			if strings.ContainsRune("FH", rune(l[35])) {
				s += cents(t, l, debut, largeur)
			}
		}
		return s
	}
	switch e.code {
	case "ATM", "ADI":
		require.Equal(t, "SM", ls)
	case "B":
		require.Regexp(t, "^SB+$", ls)
		n := 0
		for _, l := range e.dessous[1:] {
			for c := 49; c < 128; c += 16 {
				if col(l, c+8, 8) != "00000000" {
					require.Equal(t, e.jour, col(l, c, 6))
					n++
				}
			}
		}
		require.Equal(t, n, cents(t, e.l, 89, 2))
	case "PHH":
		require.Regexp(t, "^SH+$", ls)
		require.Equal(t, cents(t, e.l, 91, 7), somme(91, 7))
		require.Equal(t, "50", col(e.l, 68, 2))
	case "PH8":
		require.Regexp(t, "^SH+$", ls)
		require.Equal(t, cents(t, e.l, 76, 7), somme(91, 7))
	case "PII":
		require.Regexp(t, "^SF+$", ls)
	default:
		require.Equal(t, "S", ls, e.code)
	}
}

// ordreExterne checks the order of RG_MF602.
func ordreExterne(t *testing.T, es []*enregistre) {
	t.Helper()
	supports := map[string][]string{"MCS": {"CS"}, "MAR": {"PHD", "ERI"}, "ERI": {"PHH", "PHD"}, "ETI": {"PII"}, "EMI": {"PH8"}}
	types := ""
	forfait := true
	for i, e := range es {
		if types == "" || types[len(types)-1] != e.l[0] {
			types += e.l[:1]
		}
		if s := supports[e.code]; s != nil {
			require.Positive(t, i)
			require.True(t, slices.Contains(s, es[i-1].code) || suit[es[i-1].code], "%s behind %s", e.code, es[i-1].code)
		}
		if e.code == "FSD" {
			require.Contains(t, []string{"ATM", "ADI"}, es[i+1].code)
		}
		if e.l[0] == '3' {
			estForfait := mtSituation[e.code] != "" && e.code != "FEF"
			require.True(t, forfait || !estForfait, "%s behind an act", e.code)
			forfait = estForfait
		}
	}
	require.LessOrEqual(t, len(types), 2, "types are not mixed")
}

// cent are the codes at 100 % by their nature, whatever the rights (RG_VF660).
var cent = map[string]bool{"FTN": true, "ETI": true, "EMI": true}

// contexteExterne checks the types 2 and 2S.
func contexteExterne(t *testing.T, deux, deuxS string, f *facture.Facture, c *droits.Contexte, lie bool) {
	t.Helper()
	nature := map[droits.Nature]string{droits.Maladie: "10", droits.Maternite: "30", droits.ATMP: "41", droits.Prevention: "90"}[f.Nature]
	local := false
	for i := range f.Lignes {
		l := &f.Lignes[i]
		local = local || l.Taux == 90*simphonie.Cent/100 || c.RegimeLocal() && lie && l.Taux == simphonie.Cent && l.Exoneration == facture.ExoAucune && !cent[string(l.Code)]
	}
	if nature == "10" && local {
		nature = "13"
	}
	require.Equal(t, nature, col(deux, 77, 2))
	ips := f.IPS
	if ips == "" {
		ips = " "
	}
	require.Equal(t, ips, col(deuxS, 121, 1))
	top := " "
	if strings.Contains("TNRDOM", ips) || (ips == "H" || ips == "S") && c.MedecinTraitant.String() == "oui" {
		top = "O"
	}
	require.Equal(t, top, col(deuxS, 71, 1))
	if lie && !c.AME() && !c.RSS() {
		require.Equal(t, "U", ips)
	}
	if c.AME() {
		require.Equal(t, "000075500017", col(deux, 117, 12))
		require.Equal(t, " ", col(deux, 95, 1)+strings.TrimSpace(ips))
	}
}
