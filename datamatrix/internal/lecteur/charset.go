package lecteur

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// eciCharmaps gives the single-byte character sets by ECI number.
var eciCharmaps = map[int]*charmap.Charmap{
	0: charmap.CodePage437, 2: charmap.CodePage437,
	1: charmap.ISO8859_1, 3: charmap.ISO8859_1,
	4: charmap.ISO8859_2, 5: charmap.ISO8859_3, 6: charmap.ISO8859_4,
	7: charmap.ISO8859_5, 8: charmap.ISO8859_6, 9: charmap.ISO8859_7,
	10: charmap.ISO8859_8, 11: charmap.ISO8859_9, 12: charmap.ISO8859_10,
	13: charmap.Windows874, 15: charmap.ISO8859_13, 16: charmap.ISO8859_14,
	17: charmap.ISO8859_15, 18: charmap.ISO8859_16,
	21: charmap.Windows1250, 22: charmap.Windows1251,
	23: charmap.Windows1252, 24: charmap.Windows1256,
}

const (
	eciLatin1  = 3
	eciUTF16BE = 25
	eciUTF8    = 26
)

// ecrireTexte appends b to w as UTF-8. A character set that is not known, or
// UTF-8 that is not valid, is read as ISO-8859-1: nothing is lost, and the
// bytes are handed over anyway.
func ecrireTexte(w *strings.Builder, b []byte, eci int) {
	switch {
	case eci == eciUTF8 && utf8.Valid(b):
		w.Write(b)
		return
	case eci == eciUTF16BE && len(b)%2 == 0:
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
		}
		w.WriteString(string(utf16.Decode(u)))
		return
	}
	cm := eciCharmaps[eci]
	for _, c := range b {
		switch {
		case cm == nil || c < 0x20:
			w.WriteRune(rune(c))
		default:
			w.WriteRune(cm.DecodeByte(c))
		}
	}
}
