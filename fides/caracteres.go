package fides

import "strings"

// Widths of the zones of names of the type 2S.
const (
	largeurNom    = 25
	largeurPrenom = 15
)

// sansAccent gives the letters of accented ones and of ligatures.
var sansAccent = func() map[rune]string {
	m := map[rune]string{'Æ': "AE", 'Œ': "OE", 'ẞ': "SS", 'ß': "SS", 'Ø': "O", 'Ð': "D", 'Þ': "TH", 'Ł': "L"}
	for base, lettres := range map[string]string{"A": "ÀÁÂÃÄÅĀĂĄ", "C": "ÇĆČ", "D": "ĎĐ", "E": "ÈÉÊËĒĖĘĚ", "G": "ĞĢ", "I": "ÌÍÎÏĪĮİ", "K": "Ķ",
		"L": "ĹĻĽ", "N": "ÑŃŅŇ", "O": "ÒÓÔÕÖŌŐ", "R": "ŔŘ", "S": "ŚŞŠȘ", "T": "ŢŤȚ", "U": "ÙÚÛÜŪŮŰŲ", "Y": "ÝŸ", "Z": "ŹŻŽ"} {
		for _, l := range lettres {
			m[l] = base
		}
	}
	return m
}()

// transcrit writes a name with A to Z, 0 to 9 and spaces, cut to a width: "Dé
// l'Air-Bâ" is DE L AIR BA. It says whether the name was cut.
func (c Caractere) transcrit(nom string, largeur int) (string, bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(nom) {
		switch base, accentuee := sansAccent[r]; {
		case accentuee:
			b.WriteString(base)
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == ' ':
			b.WriteRune(r)
		case r >= 0x300 && r < 0x370: // an accent written apart from its letter
		case c != CaractereSupprime:
			b.WriteByte(' ')
		}
	}
	s := strings.Trim(b.String(), " ")
	if len(s) > largeur {
		return strings.TrimRight(s[:largeur], " "), true
	}
	return s, false
}
