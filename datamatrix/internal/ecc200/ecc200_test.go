package ecc200

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The worked example of ISO/IEC 16022 annex O: data and correction codewords
// of 123456, and its 10×10 symbol as an independent encoder draws it.
func TestExempleISO(t *testing.T) {
	mots, taille, err := codewords([]byte("123456"), Options{})
	if err != nil || taille.Lignes != 10 {
		t.Fatal(taille, err)
	}
	if got, want := corrige(taille, mots), []byte{142, 164, 186, 114, 25, 5, 88, 102}; !bytes.Equal(got, want) {
		t.Errorf("codewords %v, want %v", got, want)
	}
	m, _ := Encode([]byte("123456"), Options{})
	if got := art(m); got != exempleISO {
		t.Errorf("symbol\n%s", got)
	}
}

const exempleISO = `
# # # # # 
##  # ## #
##     #  
##   ### #
##    #   
#     ####
### ##    
#### ##  #
#  ### #  
##########
`

func art(m *Matrice) string {
	var b strings.Builder
	b.WriteByte('\n')
	for i, s := range m.Sombre {
		b.WriteByte(" #"[btoi(s)])
		if (i+1)%m.Taille.Colonnes == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Every size takes every codeword once and leaves no module free; the codewords
// of each block have zero syndromes.
func TestTailles(t *testing.T) {
	for _, taille := range Tailles {
		lignes := taille.Lignes / (taille.regionLignes + 2) * taille.regionLignes
		colonnes := taille.Colonnes / (taille.regionColonnes + 2) * taille.regionColonnes
		n := taille.Donnees + taille.correction
		if d := lignes*colonnes - 8*n; d != 0 && d != 4 {
			t.Errorf("%dx%d: %d modules too many", taille.Lignes, taille.Colonnes, d)
		}
		donnees := make([]byte, taille.Donnees)
		for i := range donnees {
			donnees[i] = byte(i*7 + 1)
		}
		mots := corrige(taille, donnees)
		for b := range taille.blocs {
			for racine := 1; racine <= taille.correction/taille.blocs; racine++ {
				var s byte
				for i := b; i < n; i += taille.blocs {
					s = multiplie(s, expGF[racine]) ^ mots[i]
				}
				if s != 0 {
					t.Fatalf("%dx%d block %d: syndrome %d is not zero", taille.Lignes, taille.Colonnes, b, racine)
				}
			}
		}
		// One dark bit at a time must move exactly one module.
		vide := make([]byte, n)
		fond := slices.Clone(place(lignes, colonnes, vide).cases)
		if slices.Contains(fond, 0) {
			t.Errorf("%dx%d: a module is free", taille.Lignes, taille.Colonnes)
		}
		pris := map[int]bool{}
		for bit := range 8 * n {
			vide[bit/8] = 0x80 >> (bit % 8)
			g := place(lignes, colonnes, vide)
			vide[bit/8] = 0
			change := 0
			for i := range fond {
				if g.cases[i] != fond[i] {
					change++
					if pris[i] {
						t.Fatalf("%dx%d: module %d serves twice", taille.Lignes, taille.Colonnes, i)
					}
					pris[i] = true
				}
			}
			if change != 1 {
				t.Fatalf("%dx%d: bit %d changes %d modules", taille.Lignes, taille.Colonnes, bit, change)
			}
			if n > 60 && bit > 400 && bit < 8*n-400 {
				break // the large sizes repeat the same shapes
			}
		}
	}
}

// lit decodes data codewords, written from the tables of the standard apart
// from the encoder.
func lit(t testing.TB, m []byte) (texte []byte, fnc1 bool) {
	haut := byte(0)
	for i := 0; i < len(m); {
		c := m[i]
		i++
		switch {
		case c == 129:
			return texte, fnc1
		case c <= 128:
			texte = append(texte, c-1+haut)
			haut = 0
		case c <= 229:
			texte = append(texte, '0'+(c-130)/10, '0'+(c-130)%10)
		case c == 232:
			fnc1 = true
		case c == 235:
			haut = 128
		case c == 230 || c == 239:
			var vs []byte
			for i+1 < len(m) && m[i] != 254 {
				n := int(m[i])<<8 | int(m[i+1])
				n--
				vs = append(vs, byte(n/1600), byte(n/40%40), byte(n%40))
				i += 2
			}
			if i < len(m) && m[i] == 254 {
				i++
			}
			texte = append(texte, litC40(vs, c == 239)...)
		case c == 231:
			un := func() byte { i++; return byte(int(m[i-1]) - (149*i%255 + 1)) }
			n := int(un())
			if n >= 250 {
				n = (n-249)*250 + int(un())
			}
			for range n {
				texte = append(texte, un())
			}
		default:
			t.Fatalf("codeword %d at %d", c, i-1)
		}
	}
	return texte, fnc1
}

func litC40(vs []byte, texte bool) (out []byte) {
	base, lettres := " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "`abcdefghijklmnopqrstuvwxyz{|}~\x7f"
	if texte {
		base, lettres = " 0123456789abcdefghijklmnopqrstuvwxyz", "`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\x7f"
	}
	jeu, haut := 0, byte(0)
	for _, v := range vs {
		var c byte
		switch {
		case jeu == 0 && v < 3:
			jeu = int(v) + 1
			continue
		case jeu == 0:
			c = base[v-3]
		case jeu == 1:
			c = v
		case jeu == 2 && v == 30:
			haut, jeu = 128, 0
			continue
		case jeu == 2:
			c = "!\"#$%&'()*+,-./:;<=>?@[\\]^_"[v]
		default:
			c = lettres[v]
		}
		out = append(out, c+haut)
		jeu, haut = 0, 0
	}
	return out
}

func FuzzCodewords(f *testing.F) {
	for _, s := range []string{"123456", "AMC#1#99999999##12345678#SPPGSH/", "abcdefghij", "A", "AB", "ABC", "ABCD",
		"é\xff\x80 mixed", strings.Repeat("\xe9", 260), "IS010000000000000000000000S1", "a1B2c3D4"} {
		f.Add([]byte(s), 0)
		f.Add([]byte(s), 26)
	}
	f.Fuzz(func(t *testing.T, o []byte, prefixe int) {
		if len(o) == 0 || prefixe < 0 {
			return
		}
		mots, taille, err := codewords(o, Options{PrefixeC40: prefixe, FNC1: prefixe%2 == 1})
		if err != nil {
			if len(o) < 700 {
				t.Fatal(err)
			}
			return
		}
		if len(mots) != taille.Donnees {
			t.Fatalf("%d codewords for %d places", len(mots), taille.Donnees)
		}
		if got, fnc1 := lit(t, mots); !bytes.Equal(got, o) || fnc1 != (prefixe%2 == 1) {
			t.Fatalf("read %q, want %q; codewords %v", got, o, mots)
		}
	})
}

// Every length of several alphabets, so that every way to end the data is met.
func TestFins(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, alphabet := range []string{"ABC", "AB12", "abc", "aB#1", "A\x80", "\x80\xff", "012", "\x1d@A~"} {
		for n := 1; n < 130; n++ {
			o := make([]byte, n)
			for i := range o {
				o[i] = alphabet[r.IntN(len(alphabet))]
			}
			mots, _, err := codewords(o, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := lit(t, mots); !bytes.Equal(got, o) {
				t.Fatalf("read %q, want %q; codewords %v", got, o, mots)
			}
		}
	}
}

// The encodation is the shortest: known capacities are reached.
func TestCapacites(t *testing.T) {
	for _, c := range []struct {
		texte  string
		n, max int
	}{
		{"9", 3116, 144}, {"A", 2335, 144}, {"\xe9", 1555, 144}, {"9", 6, 10}, {"A", 52, 24}, {"A", 64, 26},
	} {
		m, err := Encode([]byte(strings.Repeat(c.texte, c.n)), Options{})
		if err != nil || m.Taille.Lignes != c.max {
			t.Errorf("%d × %q: %v %v", c.n, c.texte, m, err)
		}
	}
	if _, err := Encode(bytes.Repeat([]byte("A"), 2336), Options{}); err != ErrCapacite {
		t.Errorf("2336 letters: %v", err)
	}
}

func BenchmarkEncode(b *testing.B) {
	o := []byte("AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(o, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Digests of symbols that dmtxread and ZXingReader read (144×144: ZXingReader
// alone), one for each way of cutting a symbol into regions and blocks.
func TestDessins(t *testing.T) {
	for _, c := range []struct {
		lignes, colonnes int
		empreinte        string
	}{
		{24, 24, "39d2e4a84f633366"}, {32, 32, "241672ff97fd2456"}, {52, 52, "d0ed6aaa13062a93"}, {80, 80, "d1e4563535185873"}, {144, 144, "9ba38973da9ff1f8"},
		{12, 36, "4ad67de846c76028"}, {8, 144, "781193d44c61f676"}, {20, 44, "19a73b86bc54cf37"}, {26, 64, "a7acf13940bfc404"},
	} {
		m, err := Encode([]byte("AMC#1#99999999##12345678#SPPGSH/"[:16]), Options{
			Permise: func(t Taille) bool { return t.Lignes == c.lignes && t.Colonnes == c.colonnes }})
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.Sum256([]byte(art(m)))
		if got := hex.EncodeToString(h[:8]); got != c.empreinte {
			t.Errorf("%d×%d: %s", c.lignes, c.colonnes, got)
		}
	}
}
