package datamatrix

import (
	"slices"
	"strings"
)

// dedouble keeps one reading of a buffer that holds the same code several
// times, a cut one among them; two different codes are refused.
func (a *analyse) dedouble(t tampon, g Genre) (tampon, error) {
	debuts := debuts(t, g)
	if len(debuts) < 2 {
		return t, melange(t, g)
	}
	var choix tampon
	morceaux := make([]tampon, len(debuts))
	for i, d := range debuts {
		fin := len(t.r)
		if i+1 < len(debuts) {
			fin = debuts[i+1]
			fin -= suffixeAIM(t.r[d:fin])
		}
		for i+1 < len(debuts) && fin > d && (encadrement(t.r[fin-1]) || t.r[fin-1] == gs) {
			fin--
		}
		morceaux[i] = t.entre(d, fin)
		if len(morceaux[i].r) > len(choix.r) {
			choix = morceaux[i]
		}
	}
	garde := choix.String()
	for _, m := range morceaux {
		if !strings.HasPrefix(garde, strings.TrimRight(m.String(), " ")) {
			return t, distinctes(m.pos[0])
		}
	}
	a.repare("DM-REPARE-DOUBLE-LECTURE", t.pos[debuts[1]], len(debuts)-1)
	return choix, melange(choix, g)
}

func distinctes(octet int) error {
	return erreur("DM-LECTURES-DISTINCTES", octet, "the buffer holds several different codes: scan them one by one")
}

// suffixeAIM gives the length of the symbology identifier and separators that
// end a part: they belong to the next one.
func suffixeAIM(r []rune) int {
	fin := len(r)
	for fin > 0 && (r[fin-1] == 0x02 || r[fin-1] == gs) {
		fin--
	}
	if fin >= 3 && prefixeAIM(string(r[fin-3:fin])) == 3 {
		fin -= 3
	}
	return len(r) - fin
}

// debuts gives the places where a code of this kind begins.
func debuts(t tampon, g Genre) []int {
	ds := []int{0}
	marque := 0
	switch g {
	case GenreAMC:
		for i := 1; i < len(t.r); i++ {
			if n := debutAMC(t, i); n >= 5 && i+n < len(t.r) {
				ds = append(ds, i)
			}
		}
		return ds
	case GenreINS:
		marque = longueurEnteteINS
	case Genre2DDoc:
		marque = 22
	case GenreGS1:
		if !t.aPrefixe(0, "01") && !t.aPrefixe(0, "(01)") {
			return ds
		}
		marque = 16
	default:
		return debutsChiffres(t)
	}
	if len(t.r) < 2*marque {
		return ds
	}
	for i := marque; i+marque <= len(t.r); i++ {
		if slices.Equal(t.r[i:i+marque], t.r[:marque]) {
			ds = append(ds, i)
			i += marque - 1
		}
	}
	return ds
}

// debutsChiffres cuts digits at line ends, and at the half when each half is
// the same NIR.
func debutsChiffres(t tampon) []int {
	ds := []int{0}
	for i := 1; i < len(t.r); i++ {
		if (t.r[i-1] == '\n' || t.r[i-1] == '\r') && t.r[i] != '\n' && t.r[i] != '\r' && t.r[i] != ' ' {
			ds = append(ds, i)
		}
	}
	if m := len(t.r) / 2; len(ds) == 1 && len(t.r) == 30 && slices.Equal(t.r[:m], t.r[m:]) && estNIR(string(t.r[:m])) {
		ds = append(ds, m)
	}
	return ds
}

// melange refuses a buffer in which a code of another kind follows: on another
// line, right after an attestation, or an attestation right after another code.
func melange(t tampon, g Genre) error {
	for i := 1; i < len(t.r); i++ {
		avant, c := t.r[i-1], t.r[i]
		autre := GenreInconnu
		switch {
		case c == '\n' || c == '\r':
		case avant == '\n' || avant == '\r':
			fin := i
			for fin < len(t.r) && t.r[fin] != '\n' && t.r[fin] != '\r' {
				fin++
			}
			autre = reconnait(sansAIM(t.entre(i, fin)), "")
		case avant == '/' && g == GenreAMC:
			if suite := sansAIM(t.entre(i, len(t.r))); debutINS(suite) || debut2DDoc(suite) {
				autre = GenreINS
			}
		case c == 'A' && g != GenreAMC && debutAMC(t, i) >= 5:
			autre = GenreAMC
		}
		if autre != GenreInconnu && autre != g {
			return distinctes(t.pos[i])
		}
	}
	return nil
}

func sansAIM(t tampon) tampon {
	if n := prefixeAIM(string(t.r[:min(3, len(t.r))])); n < len(t.r) {
		return t.entre(n, len(t.r))
	}
	return t
}
