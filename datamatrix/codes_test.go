package datamatrix

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
)

// refuseTout is a verifier that accepts nothing.
type refuseTout struct{}

func (refuseTout) VerifieDoc2D(string, string, []byte, []byte) error { return errSignature }

const (
	amcBase  = "AMC#1#99999999##12345678#SPPGSH/"
	insS1S2  = enteteINS + "S1275126322074974S21.2.250.1.213.1.4.8\x1d"
	insS3S4  = "S3ZOE\x1dS4ADRUN\x1d"
	insS5S7  = "S5FS631-12-1975S763220"
	doc2D    = "DC04FR0000011E391E390001FR"
	doc2DFin = "\x1fGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
)

// The INS parts are 65, 14 and 22 octets long: S3 stands at 65, S5 at 79.

// casCodes gives, for each code, a text that raises it and the octet where.
var casCodes = map[simphonie.Code]struct {
	texte string
	octet int
	o     OptionsTexte
}{
	"DM-TEXTE-VIDE":                  {texte: " \r\n"},
	"DM-TEXTE-LONG":                  {texte: strings.Repeat("A", maxOctets+1), octet: maxOctets},
	"DM-STRICT":                      {texte: amcBase + "\r\n", octet: 32, o: OptionsTexte{Strict: true}},
	"DM-LECTURES-DISTINCTES":         {texte: amcBase + "\r\nAMC#1#99999999##87654321#SPPGSH/", octet: 34},
	"DM-AMC-TRONQUEE":                {texte: "AMC#1#99999999##12345678", octet: 24},
	"DM-AMC-DEBUT":                   {texte: "\rMC#1#99999999##12345678#SPPGSH/", octet: 1},
	"DM-AMC-CHAMPS":                  {texte: "AMC#1#99999999##12345678/", octet: 24},
	"DM-AMC-SEPARATEURS":             {texte: "Q:C!((((((((!@#$%^&*SPPGSH>", octet: 3},
	"DM-AMC-NUMERO-ABSENT":           {texte: "AMC#1###12345678#SPPGSH/", octet: 6},
	"DM-AMC-NUMERO-FORME":            {texte: "AMC#1#9999A999##12345678#SPPGSH/", octet: 6},
	"DM-AMC-NUMERO-LONGUEUR":         {texte: "AMC#1#999999999##12345678#SPPGSH/", octet: 6},
	"DM-AMC-VERSION":                 {texte: "AMC#2#99999999##12345678#SPPGSH/", octet: 4},
	"DM-AMC-CSR-LONGUEUR":            {texte: "AMC#1#99999999#A100#12345678#SPPGSH/", octet: 15},
	"DM-AMC-ADHERENT-ABSENT":         {texte: "AMC#1#99999999###SPPGSH/", octet: 16},
	"DM-AMC-ADHERENT-LONGUEUR":       {texte: "AMC#1#99999999##12345#SPPGSH/", octet: 16},
	"DM-AMC-ADHERENT-FORME":          {texte: "AMC#1#99999999##1234-678#SPPGSH/", octet: 16},
	"DM-AMC-GROUPE-VIDE":             {texte: "AMC#1#99999999##12345678##SPPGSH/", octet: 24},
	"DM-AMC-CONVENTION-FORME":        {texte: "AMC#1#99999999##12345678#S1PGSH/", octet: 25},
	"DM-AMC-GROUPE-SANS-DOMAINE":     {texte: "AMC#1#99999999##12345678#SP/", octet: 25},
	"DM-AMC-TOUS-COMBINE":            {texte: "AMC#1#99999999##12345678#SP*H/", octet: 25},
	"DM-AMC-LETTRE-INCONNUE":         {texte: "AMC#1#99999999##12345678#SPZ/", octet: 25},
	"DM-AMC-LETTRE-REPETEE":          {texte: "AMC#1#99999999##12345678#SPHH/", octet: 25},
	"DM-AMC-FIN":                     {texte: amcBase + "123", octet: 32},
	"DM-INS-TRONQUE":                 {texte: insS1S2 + insS3S4 + "S5FS631-12", octet: 89},
	"DM-INS-BALISE":                  {texte: insS1S2 + insS3S4 + "S5FXXX", octet: 82},
	"DM-INS-DOUBLON":                 {texte: insS1S2 + insS3S4 + "S4ADRUN\x1d" + insS5S7, octet: 79},
	"DM-INS-OBLIGATOIRE":             {texte: insS1S2 + "S3ZOE\x1d" + insS5S7, octet: 93},
	"DM-INS-VERSION":                 {texte: "IS02" + (insS1S2 + insS3S4 + insS5S7)[4:], octet: 2},
	"DM-INS-RESERVE":                 {texte: "IS011" + (insS1S2 + insS3S4 + insS5S7)[5:], octet: 4},
	"DM-INS-CLE":                     {texte: enteteINS + "S1275126322074975S21.2.250.1.213.1.4.8\x1d" + insS3S4 + insS5S7, octet: 26},
	"DM-INS-MATRICULE":               {texte: enteteINS + "S1A75126322074974S21.2.250.1.213.1.4.8\x1d" + insS3S4 + insS5S7, octet: 26},
	"DM-INS-OID":                     {texte: enteteINS + "S1275126322074974S21.2.250.1.213.1.4.7\x1d" + insS3S4 + insS5S7, octet: 43},
	"DM-INS-TEST":                    {texte: enteteINS + "S1275126322074974S21.2.250.1.213.1.4.10" + insS3S4 + insS5S7, octet: 43},
	"DM-INS-SEXE":                    {texte: insS1S2 + insS3S4 + "S5IS631-12-1975", octet: 79},
	"DM-INS-DATE":                    {texte: insS1S2 + insS3S4 + "S5FS61975-12-31", octet: 82},
	"DM-INS-TRAIT-FORME":             {texte: insS1S2 + "S3ZOÉ\x1dS4ADRUN\x1d" + insS5S7, octet: 65},
	"DM-INS-BALISE-INCONNUE":         {texte: insS1S2 + insS3S4 + insS5S7 + "S9X", octet: 101},
	"DM-2DDOC-ENTETE":                {texte: "DC04FR0000011E39", octet: 16},
	"DM-2DDOC-CHAMP-TRONQUE":         {texte: doc2D + "24750\x1d" + doc2DFin, octet: 31},
	"DM-2DDOC-CHAMP":                 {texte: doc2D + "2475011-X" + doc2DFin, octet: 33},
	"DM-2DDOC-CHAMP-INCONNU":         {texte: doc2D + "Z9X" + doc2DFin, octet: 26},
	"DM-2DDOC-BINAIRE":               {texte: "\xdc\x04\x00\x01"},
	"DM-2DDOC-NON-VERIFIE":           {texte: doc2D + "26FR" + doc2DFin, octet: 30},
	"DM-2DDOC-SIGNATURE":             {texte: doc2D + "26FR" + doc2DFin, octet: 30, o: OptionsTexte{Verificateur: refuseTout{}}},
	"DM-2DDOC-SIGNATURE-ABSENTE":     {texte: doc2D + "26FR", octet: 30},
	"DM-GS1-FORME":                   {texte: "\x1d0103400930", octet: 3},
	"DM-GS1-CLE":                     {texte: "\x1d0103400930000001", octet: 1},
	"DM-GS1-SEPARATEUR":              {texte: "\x1d010340093000000710LOT17260331", octet: 17},
	"DM-15434-FIN":                   {texte: "[)>\x1e06\x1dPABC\x1e", octet: 12},
	"DM-NIR-CLE-ABSENTE":             {texte: "1100863220830", octet: 13},
	"DM-REPARE-AIM":                  {texte: "]d1" + amcBase},
	"DM-REPARE-ENCADREMENT":          {texte: amcBase + "\x03\r\n", octet: 32},
	"DM-REPARE-UTF16":                {texte: "\xff\xfeA\x00M\x00C\x00#\x001\x00#\x009\x00#\x00#\x001\x00#\x00A\x00L\x00*\x00/\x00"},
	"DM-REPARE-CASSE":                {texte: "amc#1#99999999##12345678#sppgsh/"},
	"DM-REPARE-PLEINE-CHASSE":        {texte: "AMC＃1#99999999##12345678#SPPGSH/", octet: 3},
	"DM-REPARE-CLAVIER-US-FR":        {texte: "Q?C3&3çççççççç33&é\"'(-è_3SPPGSH!"},
	"DM-REPARE-CLAVIER-FR-US":        {texte: "Q:C3!3((((((((33!@#$%^&*3SPPGSH>"},
	"DM-REPARE-VERROUILLAGE":         {texte: "amc#&#çççççççç##&é\"'(-è_#sppgsh:"},
	"DM-REPARE-SEPARATEUR-LITTERAL":  {texte: enteteINS + "S1275126322074974S21.2.250.1.213.1.4.8{gs}" + insS3S4 + insS5S7, octet: 64},
	"DM-REPARE-SEPARATEUR-CARACTERE": {texte: insS1S2 + "S3ZOE S4ADRUN\x1d" + insS5S7, octet: 70},
	"DM-REPARE-SEPARATEUR-PERDU":     {texte: insS1S2 + "S3ZOES4ADRUN\x1d" + insS5S7, octet: 70},
	"DM-REPARE-SEPARATEUR-SUPERFLU":  {texte: insS1S2 + insS3S4 + "S5F\x1dS631-12-1975", octet: 82},
	"DM-REPARE-PARENTHESES":          {texte: "(01)03400930000007(10)A"},
	"DM-REPARE-DOUBLE-LECTURE":       {texte: amcBase + amcBase, octet: 32},
}

// codesAilleurs are asserted by the tests named.
var codesAilleurs = map[simphonie.Code]string{
	"DM-AMC-DOMAINE-ABSENT":        "TestCles",
	"DM-AMC-DOMAINE-DEDUIT":        "TestCles",
	"DM-AMC-CONVENTIONS-MULTIPLES": "TestCles",
}

// Every rule is well formed and raised by a case, at its octet, with a French text.
func TestCodes(t *testing.T) {
	forme := regexp.MustCompile(`^DM(-[A-Z0-9]+){1,4}$`)
	vus := map[simphonie.Code]bool{}
	for _, r := range Regles() {
		if vus[r.Code] || !forme.MatchString(string(r.Code)) || r.Source == "" || r.Message == "" || r.Gravite == 0 {
			t.Errorf("rule %+v: duplicate, or something is missing", r)
		}
		vus[r.Code] = true
		c, ok := casCodes[r.Code]
		if !ok && codesAilleurs[r.Code] == "" {
			t.Errorf("%s: no case", r.Code)
		}
		if !ok {
			continue
		}
		l, err := ParseText(c.texte, c.o)
		octet := -1
		switch {
		case r.Gravite == simphonie.Bloquante:
			if e, ok := err.(*Erreur); ok && e.Code == r.Code {
				octet = e.Octet
				if e.Message() == "" || strings.Contains(e.Message(), "{") || l.Valeur != nil {
					t.Errorf("%s: message %q, value %v", r.Code, e.Message(), l.Valeur)
				}
			}
		case strings.HasPrefix(string(r.Code), "DM-REPARE-"):
			if i := slices.IndexFunc(l.Reparations, func(x Reparation) bool { return x.Code == r.Code }); i >= 0 {
				octet = l.Reparations[i].Octet
			}
		default:
			if i := slices.IndexFunc(l.Avertissements, func(x Avertissement) bool { return x.Code == r.Code }); i >= 0 {
				octet = l.Avertissements[i].Octet
				if m := l.Avertissements[i].Message; m == "" || strings.Contains(m, "{") {
					t.Errorf("%s: message %q", r.Code, m)
				}
			}
		}
		if octet != c.octet {
			t.Errorf("%s: octet %d, want %d (error %v, repairs %v, warnings %v)", r.Code, octet, c.octet,
				err, l.CodesReparation(), l.Anomalies().Codes())
		}
		if r.Gravite != simphonie.Bloquante && err != nil {
			t.Errorf("%s: %v", r.Code, err)
		}
	}
	for c := range casCodes {
		if !vus[c] {
			t.Errorf("%s is not a rule", c)
		}
	}
}
