package lecteur

import (
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	gzdecoder "github.com/makiuchi-d/gozxing/datamatrix/decoder"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

// TestTailles decodes every size, mirrored too, and has gozxing decode the
// same modules.
func TestTailles(t *testing.T) {
	tous := degrade.Tailles()
	if len(tous) != 48 || len(tailles) != 48 {
		t.Fatal("48 sizes are expected")
	}
	for i, ta := range tous {
		texte := charge(ta.Donnees)
		sym, err := degrade.Encoder(texte, ta.Lignes, ta.Colonnes)
		if err != nil {
			t.Fatal(err)
		}
		x := tailles[i]
		noirs := make([]bool, ta.Lignes*ta.Colonnes)
		bits, err := gozxing.NewBitMatrix(ta.Colonnes, ta.Lignes)
		if err != nil {
			t.Fatal(err)
		}
		for k := range noirs {
			l, c := k/ta.Colonnes, k%ta.Colonnes
			if noirs[k] = sym.Noir(l, c); noirs[k] {
				bits.Set(c, l)
			}
			if m := x.motif(l, c); m != 0 && (m < 0) != noirs[k] {
				t.Errorf("%dx%d: the finder differs at %d,%d", ta.Lignes, ta.Colonnes, l, c)
			}
		}
		if r, err := gzdecoder.NewDecoder().Decode(bits); err != nil || r.GetText() != texte {
			t.Errorf("%dx%d: gozxing does not agree: %v", ta.Lignes, ta.Colonnes, err)
		}
		var d decodeur
		if lu, ok := d.decoder(x, noirs, true); !ok || lu.message.Texte != texte || lu.corrections != 0 {
			t.Errorf("%dx%d: not decoded", ta.Lignes, ta.Colonnes)
		}
		if ta.Lignes != ta.Colonnes {
			continue
		}
		retourner(noirs, ta.Lignes)
		retourner(noirs, ta.Lignes)
		if lu, ok := d.decoder(x, noirs, true); !ok || lu.message.Texte != texte {
			t.Errorf("%dx%d: mirrored twice, not decoded", ta.Lignes, ta.Colonnes)
		}
	}
}

// charge returns a text that takes n codewords in ASCII.
func charge(n int) string {
	const a = "AMC#1#99999999##12345678#SPPGSFLRIKY231TCEH#SCODA#ITODA/"
	b := make([]byte, 0, n)
	for i := 0; len(b) < n; i++ {
		c := a[i%len(a)]
		if chiffre(c) && len(b) > 0 && chiffre(b[len(b)-1]) {
			c = 'Z'
		}
		b = append(b, c)
	}
	return string(b)
}

func TestCorriger(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, x := range tailles {
		sym, err := degrade.Encoder(charge(x.donnees), x.lignes, x.colonnes)
		if err != nil {
			t.Fatal(err)
		}
		// The first block, as the decoder takes it out of the modules.
		var bon []byte
		placement := x.placement()
		for k := 0; k < x.total(); k++ {
			dans := k < x.donnees && k%x.blocs == 0 || k >= x.donnees && (k-x.donnees)%x.blocs == map[bool]int{true: 2}[x.blocs == 10]
			if !dans {
				continue
			}
			var b byte
			for _, p := range placement[8*k : 8*k+8] {
				b <<= 1
				if sym.Noir(int(p)/x.colonnes, int(p)%x.colonnes) {
					b |= 1
				}
			}
			bon = append(bon, b)
		}
		for n := 0; n <= x.ec/2; n++ {
			bloc := append([]byte(nil), bon...)
			for _, k := range r.Perm(len(bloc))[:n] {
				bloc[k] ^= byte(1 + r.IntN(255))
			}
			if got := corriger(bloc, x.ec); got != n || string(bloc) != string(bon) {
				t.Fatalf("%dx%d: %d errors, corrected %d", x.lignes, x.colonnes, n, got)
			}
		}
	}
}

// TestHasard counts how often random codewords pass for a symbol: the small
// sizes are the ones at risk.
func TestHasard(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var d decodeur
	for _, x := range tailles[:8] {
		noirs := make([]bool, x.lignes*x.colonnes)
		for range 4000 {
			for k := range noirs {
				noirs[k] = r.IntN(2) == 0
			}
			if lu, ok := d.decoder(x, noirs, true); ok {
				t.Errorf("%dx%d: random modules read as %q", x.lignes, x.colonnes, lu.message.Octets)
			}
		}
	}
}
