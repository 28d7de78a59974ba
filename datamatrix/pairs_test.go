package datamatrix

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The symbols are read by two independent programs, dmtxread (libdmtx) and
// ZXingReader (zxing-cpp). SIMPHONIE_COMPLET=1 asks for it; a missing program
// is then a failure.
func TestPairs(t *testing.T) {
	if os.Getenv("SIMPHONIE_COMPLET") != "1" {
		t.Skip("SIMPHONIE_COMPLET is not 1")
	}
	dir := t.TempDir()
	lu := map[string]int{}
	verifie := func(nom string, m Matrice, texte string, fnc1, dmtx bool) {
		t.Helper()
		fichier := filepath.Join(dir, "s.png")
		var b bytes.Buffer
		if err := m.PNG(&b, OptionsImage{Module: 5, Marge: 4}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(fichier, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if dmtx {
			arg := []string{"-N1", "-m5000", fichier}
			veut := texte
			if fnc1 { // without the option libdmtx writes FNC1 as 0xE8
				arg, veut = append([]string{"-G29"}, arg...), "\x1d"+texte
			}
			out, err := exec.Command("dmtxread", arg...).Output()
			if err != nil || string(out) != veut {
				t.Errorf("%s %v: dmtxread %q %v, want %q", nom, m, out, err, veut)
			}
			lu["dmtxread"]++
		}
		veut := strings.NewReplacer("\x1d", "<GS>", "\x1e", "<RS>", "\x1f", "<US>", "\x04", "<EOT>").Replace(texte)
		out, err := exec.Command("ZXingReader", "-1", "-format", "DataMatrix", fichier).Output()
		if err != nil || !strings.Contains(string(out), `"`+veut+`"`) && !strings.Contains(string(out), veut) {
			t.Errorf("%s %v: ZXingReader %q %v, want %q", nom, m, out, err, veut)
		}
		lu["ZXingReader"]++
	}
	r := rand.New(rand.NewPCG(9, 9))
	for i := range 25 {
		for _, v := range tirages(r) {
			texte, err := v.EncodeText()
			if err != nil {
				t.Fatal(err)
			}
			m, err := Encode(v, OptionsSymbole{})
			if err != nil {
				t.Fatal(err)
			}
			_, gs1 := v.(GS1)
			verifie(fmt.Sprint(i, v.Genre()), m, texte, gs1, true)
		}
	}
	// Every size, filled to about three quarters. libdmtx has no DMRE, and its
	// 144×144 does not interleave the unequal blocks as zxing-cpp does: each of
	// the two programs refuses the 144×144 of the other.
	for _, f := range []Forme{FormeCarree, FormeRectangle, FormeDMRE} {
		for _, taille := range TaillesSymbole(f) {
			texte := "A1"
			for {
				suivant := texte + string(alnum[len(texte)*7%len(alnum)])
				if m, err := EncodeOctets([]byte(suivant+suivant[:len(suivant)/3]), OptionsSymbole{Taille: taille}); err != nil || m.Taille() != taille {
					break
				}
				texte = suivant
			}
			m, err := EncodeOctets([]byte(texte), OptionsSymbole{Taille: taille})
			if err != nil {
				t.Fatal(err)
			}
			dmtx := f != FormeDMRE && taille.Lignes != 144
			verifie("size", m, texte, false, dmtx)
			const court = "AMC#1#99999999##"
			if m, err = EncodeOctets([]byte(court), OptionsSymbole{Taille: taille}); err == nil {
				verifie("size, short text", m, court, false, dmtx)
			}
		}
	}
	// Every way to end the data, in capitals and in small letters.
	for n := 1; n <= 60; n++ {
		for _, alphabet := range []string{"ABC", "abc", "A1#"} {
			texte := mot(r, alphabet, n, n)
			m, err := EncodeOctets([]byte(texte), OptionsSymbole{})
			if err != nil {
				t.Fatal(err)
			}
			verifie("end", m, texte, false, true)
		}
	}
	t.Log(lu)
}
