package datamatrix

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/simphonie/simphonie"
)

// traduit replaces each character of de by the one at its place in vers. The
// tables are typed by hand from the two layouts, apart from those of the package.
func traduit(s, de, vers string) string {
	d, v := []rune(de), []rune(vers)
	if len(d) != len(v) {
		panic(fmt.Sprint(len(d), len(v)))
	}
	return strings.Map(func(c rune) rune {
		if i := slices.Index(d, c); i >= 0 {
			return v[i]
		}
		return c
	}, s)
}

const (
	majus = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	minus = "abcdefghijklmnopqrstuvwxyz"
	chifs = "1234567890"
)

func usSurFR(s string) string {
	return traduit(s, majus+minus+chifs+"#*/\\-'.]<>", "QBCDEFGHIJKL?NOPARSTUVZXYW"+"qbcdefghijkl,noparstuvzxyw"+"&é\"'(-è_çà"+"38!*)ù:$./")
}

func frSurUS(s string) string {
	return traduit(s, majus+minus+chifs+"#*/\\-'.", "QBCDEFGHIJKL:NOPARSTUVZXYW"+"qbcdefghijkl;noparstuvzxyw"+"!@#$%^&*()"+"3\\>864<")
}

func verrouFR(s string) string {
	return traduit(s, majus+minus+chifs+"*/-'.", minus+majus+"&é\"'(-è_çà"+"µ:64;")
}

func usSurFRVerrou(s string) string {
	return traduit(s, majus+minus+chifs+"#*/\\-'.]", "qbcdefghijkl,noparstuvzxyw"+"QBCDEFGHIJKL?NOPARSTUVZXYW"+chifs+"\"_§µ°%/£")
}

func frSurUSVerrou(s string) string {
	return traduit(s, majus+minus+chifs+"#*/\\-'.", "qbcdefghijkl:noparstuvzxyw"+"QBCDEFGHIJKL;NOPARSTUVZXYW"+"!@#$%^&*()"+"3\\>864<")
}

func enUTF16(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func latin1(s string) string {
	var b []byte
	for _, c := range s {
		b = append(b, byte(c))
	}
	return string(b)
}

func sep(par string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, "\x1d", par) }
}

// avarie is a damage of the transport, the repair that must be reported, and
// the kinds that can be mended from it.
type avarie struct {
	nom    string
	abime  func(string) string
	codes  []simphonie.Code
	genres []Genre
}

var (
	tousGenres = []Genre{GenreAMC, GenreINS, Genre2DDoc, GenreGS1}
	majuscules = []Genre{GenreAMC, GenreINS, Genre2DDoc}
	avecGS     = []Genre{GenreINS, Genre2DDoc, GenreGS1}
	seulINS    = []Genre{GenreINS}
)

func code(cs ...simphonie.Code) []simphonie.Code { return cs }

var avaries = func() []avarie {
	as := []avarie{
		{"none", func(s string) string { return s }, nil, tousGenres},
		{"aim", func(s string) string { return "]d1" + s }, code("DM-REPARE-AIM"), majuscules},
		{"aim gs1", func(s string) string { return "]d2" + s }, code("DM-REPARE-AIM"), []Genre{GenreGS1}},
		{"stx etx", func(s string) string { return "\x02" + s + "\x03" }, code("DM-REPARE-ENCADREMENT"), tousGenres},
		{"stx aim etx crlf", func(s string) string { return "\x02]d1" + s + "\x03\r\n" }, code("DM-REPARE-AIM", "DM-REPARE-ENCADREMENT"), tousGenres},
		{"stx in letters", func(s string) string { return "<STX>" + s + "<ETX><CR>" }, code("DM-REPARE-ENCADREMENT"), tousGenres},
		{"blanks", func(s string) string { return "\xEF\xBB\xBF \t\r\n\x00" + s + "\x00\u00a0\t\n" }, code("DM-REPARE-ENCADREMENT"), tousGenres},
		{"spaces", func(s string) string { return s + "   " }, code("DM-REPARE-ENCADREMENT"), avecGS},
		{"lower", strings.ToLower, code("DM-REPARE-CASSE"), majuscules},
		{"full width", func(s string) string { return traduit(s, "#/AZ19", "＃／ＡＺ１９") }, code("DM-REPARE-PLEINE-CHASSE"), tousGenres},
		{"utf-16", enUTF16, code("DM-REPARE-UTF16"), tousGenres},
		{"us on fr", usSurFR, code("DM-REPARE-CLAVIER-US-FR"), tousGenres},
		{"us on fr, ISO-8859-1", func(s string) string { return latin1(usSurFR(s)) }, code("DM-REPARE-CLAVIER-US-FR"), tousGenres},
		{"us on fr, aim", func(s string) string { return usSurFR("]d1" + s) }, code("DM-REPARE-CLAVIER-US-FR", "DM-REPARE-AIM"), majuscules},
		{"us on fr, then lower", func(s string) string { return strings.ToLower(usSurFR(s)) }, code("DM-REPARE-CLAVIER-US-FR", "DM-REPARE-CASSE"), []Genre{GenreINS}},
		{"fr on us", frSurUS, code("DM-REPARE-CLAVIER-FR-US"), tousGenres},
		{"caps lock fr", verrouFR, code("DM-REPARE-VERROUILLAGE"), majuscules},
		{"us on fr, caps lock", usSurFRVerrou, code("DM-REPARE-CLAVIER-US-FR", "DM-REPARE-VERROUILLAGE"), []Genre{GenreAMC}},
		{"fr on us, caps lock", frSurUSVerrou, code("DM-REPARE-CLAVIER-FR-US", "DM-REPARE-VERROUILLAGE"), []Genre{GenreAMC}},
		{"double", func(s string) string { return s + s }, code("DM-REPARE-DOUBLE-LECTURE"), tousGenres},
		{"triple, line ends", func(s string) string { return s + "\r\n" + s + "\r\n" + s + "\r\n" }, code("DM-REPARE-DOUBLE-LECTURE"), tousGenres},
		{"double, aim", func(s string) string { return "]d1" + s + "\r]d1" + s }, code("DM-REPARE-DOUBLE-LECTURE"), majuscules},
		{"double, second cut", func(s string) string { return s + s[:len(s)*3/4] }, code("DM-REPARE-DOUBLE-LECTURE"), majuscules},
		{"double, first cut", func(s string) string { return s[:len(s)*3/4] + s }, code("DM-REPARE-DOUBLE-LECTURE"), majuscules},
		{"double, us on fr", func(s string) string { return usSurFR(s + s) }, code("DM-REPARE-DOUBLE-LECTURE", "DM-REPARE-CLAVIER-US-FR"), majuscules},
		{"gs lost", sep(""), code("DM-REPARE-SEPARATEUR-PERDU"), seulINS},
		{"gs lost, us on fr", func(s string) string { return usSurFR(sep("")(s)) }, code("DM-REPARE-SEPARATEUR-PERDU", "DM-REPARE-CLAVIER-US-FR"), seulINS},
		{"gs as chord, us on fr", func(s string) string { return usSurFR(sep("]")(s)) }, code("DM-REPARE-SEPARATEUR-CARACTERE", "DM-REPARE-CLAVIER-US-FR"), seulINS},
		{"gs in letters, us on fr", func(s string) string { return usSurFR(sep("<GS>")(s)) }, code("DM-REPARE-SEPARATEUR-LITTERAL", "DM-REPARE-CLAVIER-US-FR"), avecGS},
	}
	for _, c := range []string{"_", " ", "|", "]", "@"} {
		as = append(as, avarie{"us as " + c, func(s string) string { return strings.ReplaceAll(s, "\x1f", c) },
			code("DM-REPARE-SEPARATEUR-CARACTERE"), []Genre{Genre2DDoc}})
	}
	for _, l := range []string{"<GS>", "<gs>", "{GS}", "[GS]", "␝", `\x1D`, `\x1d`, `\u001D`, `\u001d`, "~d029", "^]"} {
		as = append(as, avarie{"gs as " + l, sep(l), code("DM-REPARE-SEPARATEUR-LITTERAL"), avecGS})
	}
	for _, c := range []string{"]", "|", "@", "~"} {
		as = append(as, avarie{"gs as " + c, sep(c), code("DM-REPARE-SEPARATEUR-CARACTERE"), avecGS})
	}
	for _, c := range []string{" ", "$", "#"} {
		as = append(as, avarie{"gs as " + c, sep(c), code("DM-REPARE-SEPARATEUR-CARACTERE"), []Genre{GenreINS, GenreGS1}})
	}
	as = append(as, avarie{"gs as _", sep("_"), code("DM-REPARE-SEPARATEUR-CARACTERE"), seulINS})
	for _, l := range []string{"<US>", "{US}", "␟", `\x1F`, `\u001f`, "~d031", "^_"} {
		as = append(as, avarie{"us as " + l, func(s string) string { return strings.ReplaceAll(s, "\x1f", l) },
			code("DM-REPARE-SEPARATEUR-LITTERAL"), []Genre{Genre2DDoc}})
	}
	as = append(as, avarie{"us lost", func(s string) string { return strings.ReplaceAll(s, "\x1f", "") },
		code("DM-REPARE-SEPARATEUR-PERDU"), []Genre{Genre2DDoc}})
	return as
}()

// repareEgal checks that a damaged text gives the value, and says its repairs.
func repareEgal(t *testing.T, v Encodable, a avarie) {
	t.Helper()
	texte, err := v.EncodeText()
	if err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	abime := a.abime(texte)
	l, err := ParseText(abime, OptionsTexte{})
	if err != nil {
		t.Fatalf("%s: %q: %v", a.nom, abime, err)
	}
	egal(t, a.nom+" value of "+abime, l.Valeur, v)
	egal(t, a.nom+" text", l.Texte.Clair(), texte)
	egal(t, a.nom+" raw", l.Brut.Clair(), abime)
	if abime == texte {
		egal(t, a.nom+" repairs", len(l.Reparations), 0)
		return
	}
	for _, c := range a.codes {
		if strings.HasPrefix(a.nom, "gs ") && strings.Contains(string(c), "SEPARATEUR") && !strings.Contains(texte, "\x1d") {
			continue // this value has no separator to damage
		}
		if !slices.Contains(l.CodesReparation(), c) {
			t.Errorf("%s: %q: repairs %v, want %v", a.nom, abime, l.CodesReparation(), a.codes)
		}
	}
	if _, err := ParseText(abime, OptionsTexte{Strict: true}); codeErreur(err) != "DM-STRICT" {
		t.Errorf("%s: strict: %v", a.nom, err)
	}
}

func TestAvaries(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		for _, v := range tirages(r) {
			for _, a := range avaries {
				if slices.Contains(a.genres, v.Genre()) {
					repareEgal(t, v, a)
				}
			}
			if t.Failed() {
				return
			}
		}
	}
}

// The longest and most tangled texts are read in bounded time.
func TestBorne(t *testing.T) {
	for _, motif := range []string{"\r\n1", "1\r", "<GS>", "AMC#1#", "AMC#1#9##1#SPH/", enteteINS, doc2D, "(01)", "]d1", "é&", "#", "\x1d10", "S1", "]24", "\x00 ", "{"} {
		for _, tete := range []string{"", amcBase, enteteINS + "S3", doc2D, "\x1d10", "[)>\x1e"} {
			s := tete + strings.Repeat(motif, (maxOctets-len(tete))/len(motif))
			debut := time.Now()
			l, err := ParseText(s, OptionsTexte{})
			if d := time.Since(debut); d > 2*time.Second {
				t.Errorf("%q… %q…: %v (%v %v)", tete, motif, d, l.Genre, err)
			}
		}
	}
}

// FuzzAvaries looks for a value that a damage makes unreadable.
func FuzzAvaries(f *testing.F) {
	for i := range uint64(8) {
		f.Add(i, uint16(i*11))
	}
	f.Fuzz(func(t *testing.T, graine uint64, n uint16) {
		a := avaries[int(n)%len(avaries)]
		vs := tirages(rand.New(rand.NewPCG(graine, 7)))
		if v := vs[int(n)/len(avaries)%len(vs)]; slices.Contains(a.genres, v.Genre()) {
			repareEgal(t, v, a)
		}
	})
}

// Every cut of an attestation is refused: none gives other values.
func TestCoupures(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		for _, v := range tirages(r)[:2] {
			texte, _ := v.EncodeText()
			for n := range len(texte) {
				l, err := ParseText(texte[:n], OptionsTexte{})
				if a, ok := l.Valeur.(AttestationAMC); ok && err == nil {
					a.Fin = v.(AttestationAMC).Fin
					egal(t, texte[:n], a, v)
				}
				if i, ok := l.Valeur.(INS); ok && err == nil {
					w := v.(INS)
					i.Lieu, w.Lieu, i.Autres, w.Autres = conf(""), conf(""), nil, nil // optional and last
					egal(t, texte[:n], i, w)
				}
				if t.Failed() {
					return
				}
			}
		}
	}
}
