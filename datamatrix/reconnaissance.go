package datamatrix

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// reconnait tells the kind by the start of the text, whatever its case.
func reconnait(t tampon, aim string) Genre {
	switch {
	case debutAMC(t, 0) > 0:
		return GenreAMC
	case debutINS(t):
		return GenreINS
	case debut2DDoc(t):
		return Genre2DDoc
	case t.aPrefixe(0, "[)>"):
		return GenreISO15434
	case debutGS1(t, aim):
		return GenreGS1
	}
	return genreChiffres(t)
}

// debutAMC says that AMC#, a version and # begin at i, or that the text ends
// before this #; it gives the length of what it saw.
func debutAMC(t tampon, i int) int {
	if i+4 > len(t.r) || enMajuscule(t.r[i]) != 'A' || enMajuscule(t.r[i+1]) != 'M' || enMajuscule(t.r[i+2]) != 'C' || t.r[i+3] != '#' {
		return 0
	}
	k := i + 4
	for k < len(t.r) && chiffre(t.r[k]) {
		k++
	}
	if k < len(t.r) && (k == i+4 || t.r[k] != '#') {
		return 0
	}
	return k - i
}

// illisibleAMC recognises an attestation that cannot be read, and says why:
// every # vanished, or the first characters are missing.
func illisibleAMC(t tampon) error {
	n := len(t.r)
	if n > 20 && t.aPrefixe(0, "AMC1") && tous(t.r[4:12], chiffre) && t.r[n-1] == '/' {
		return erreur("DM-AMC-SEPARATEURS", t.pos[3], "the scanner types a French layout on a US host and every # is lost")
	}
	debut := 0
	for debut < n && debut < 2 && (t.r[debut] == 'M' || t.r[debut] == 'C') {
		debut++
	}
	version := debut + 1
	for version < n && chiffre(t.r[version]) {
		version++
	}
	if debut < n && t.r[debut] == '#' && version > debut+1 && version+8 < n && t.r[version] == '#' &&
		tous(t.r[version+1:version+9], chiffre) && strings.ContainsRune(string(t.r), '/') {
		return erreur("DM-AMC-DEBUT", t.pos[0], "the first characters are missing")
	}
	return nil
}

// longueurEnteteINS is the length of the INS header: IS, version, 22 reserved.
const longueurEnteteINS = 26

// debutINS recognises the header, or the part of it that a cut text has.
func debutINS(t tampon) bool {
	if len(t.r) < 10 || enMajuscule(t.r[0]) != 'I' || enMajuscule(t.r[1]) != 'S' || !tous(t.r[2:4], chiffre) {
		return false
	}
	if len(t.r) < longueurEnteteINS+2 {
		return tous(t.r[4:min(len(t.r), longueurEnteteINS)], func(c rune) bool { return c == '0' })
	}
	return tous(t.r[4:longueurEnteteINS], func(c rune) bool { return alphanum(enMajuscule(c)) }) &&
		enMajuscule(t.r[longueurEnteteINS]) == 'S' && chiffre(t.r[longueurEnteteINS+1])
}

// debut2DDoc recognises the versions 1 to 4, or the part of a header that
// reaches the date.
func debut2DDoc(t tampon) bool {
	return len(t.r) >= 16 && enMajuscule(t.r[0]) == 'D' && enMajuscule(t.r[1]) == 'C' && t.r[2] == '0' &&
		t.r[3] >= '1' && t.r[3] <= '4' &&
		tous(t.r[4:min(len(t.r), 22)], func(c rune) bool { return alphanum(enMajuscule(c)) })
}

// debutGS1 goes by the symbology identifier, a leading separator, the printed
// form, or a GTIN whose key is right followed by elements.
func debutGS1(t tampon, aim string) bool {
	switch aim {
	case "]d2", "]C1", "]Q3", "]e0":
		return true
	}
	if c, n := separateurLitteral(t, 0); t.r[0] == gs || n > 0 && c == gs {
		return n < len(t.r)
	}
	if len(t.r) >= 5 && t.r[0] == '(' && tous(t.r[1:3], chiffre) {
		for k := 3; k < min(6, len(t.r)); k++ {
			if t.r[k] == ')' {
				return true
			}
		}
		return false
	}
	if len(t.r) < 16 || !t.aPrefixe(0, "01") || !tous(t.r[2:16], chiffre) || !cleGTIN(string(t.r[2:16])) {
		return false
	}
	if len(t.r) >= 18 && !tous(t.r, chiffre) {
		n, _ := longueurAI(string(t.r[16:18]))
		return t.r[16] == gs || n > 0 && tous(t.r[16:18], chiffre)
	}
	_, err := decoupeGS1(t)
	return err == nil
}

// genreChiffres tells a NIR from other digits.
func genreChiffres(t tampon) Genre {
	fin := len(t.r)
	for fin > 0 && (t.r[fin-1] == ' ' || t.r[fin-1] == '\r' || t.r[fin-1] == '\n') {
		fin--
	}
	if estNIR(string(t.r[:fin])) {
		return GenreNIR
	}
	for _, c := range t.r[:fin] {
		if !chiffre(c) && c != '\r' && c != '\n' {
			return GenreInconnu
		}
	}
	if fin < 6 {
		return GenreInconnu
	}
	return GenreChiffres
}

// estNIR goes by the key, or without key by the first digit and the month.
func estNIR(s string) bool {
	err := simphonie.NIRRecu(s).Valide()
	switch {
	case len(s) == 15:
		return err == nil
	case len(s) != 13 || simphonie.NIRRecu(s).Numero() == "":
		return false
	case s[0] != '1' && s[0] != '2' && s[0] != '7' && s[0] != '8':
		return false
	}
	mois := s[3:5]
	return mois >= "01" && mois <= "12"
}
