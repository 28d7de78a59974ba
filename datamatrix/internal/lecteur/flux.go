package lecteur

import (
	"errors"
	"strings"
)

// Message is what the data codewords of one symbol say.
type Message struct {
	Octets   []byte
	Texte    string
	AIM      string
	Ensemble *Ensemble // nil unless the symbol is one of a set
}

// Ensemble places a symbol in a set of symbols (structured append).
type Ensemble struct {
	Rang, Nombre int // position from 1, and size of the set
	Identifiant  [2]byte
}

var errFlux = errors.New("lecteur: codewords do not form a message")

// Sets of characters of the C40 and Text encodations; 0 marks a shift.
const (
	jeuC40   = "\x00\x00\x00 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	jeuText  = "\x00\x00\x00 0123456789abcdefghijklmnopqrstuvwxyz"
	jeuX12   = "\r*> 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	jeuPonct = "!\"#$%&'()*+,-./:;<=>?@[\\]^_"
	jeu3Text = "`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\x7f"
)

// Codewords of the ASCII encodation that are not characters.
const (
	cwPad           = 129
	cwC40           = 230
	cwBase256       = 231
	cwFNC1          = 232
	cwEnsemble      = 233
	cwProgramme     = 234
	cwMajuscule     = 235 // upper shift
	cwMacro05       = 236
	cwMacro06       = 237
	cwX12           = 238
	cwText          = 239
	cwEDIFACT       = 240
	cwECI           = 241
	cwDesengagement = 254 // unlatch, from C40, Text and X12
)

// lireFlux decodes the data codewords of a symbol (ISO/IEC 16022, 5.2). strict
// also asks that the padding be the one of the standard: a second witness for
// a symbol that needed repair.
func lireFlux(cw []byte, strict bool) (*Message, error) {
	f := &flux{cw: cw, eci: eciLatin1, strict: strict}
	if err := f.ascii(); err != nil {
		return nil, err
	}
	if f.macro {
		f.ajouter(0x1E)
		f.ajouter(0x04)
	}
	f.vider()
	if len(f.octets) == 0 {
		return nil, errFlux
	}
	return &Message{Octets: f.octets, Texte: f.texte.String(), AIM: f.aim(), Ensemble: f.ensemble}, nil
}

type flux struct {
	cw     []byte
	pos    int
	strict bool

	octets   []byte
	texte    strings.Builder
	marque   int // octets before this index are already in texte
	eci      int
	avecECI  bool
	fnc1     int // 0 none, 1 in first place, 2 in second place
	macro    bool
	ensemble *Ensemble
	haut     bool // upper shift pending
}

func (f *flux) aim() string {
	m := 1 + f.fnc1
	if f.avecECI {
		m += 3
	}
	return "]d" + string(rune('0'+m))
}

// vider moves the bytes read so far into the text, in the current charset.
func (f *flux) vider() {
	ecrireTexte(&f.texte, f.octets[f.marque:], f.eci)
	f.marque = len(f.octets)
}

func (f *flux) ajouter(b byte) {
	if f.haut {
		b |= 0x80
		f.haut = false
	}
	f.octets = append(f.octets, b)
}

// separateur handles FNC1: in first or second place it only says how to read
// the message (the AIM identifier tells it); elsewhere it is a GS.
func (f *flux) separateur(debut int) {
	switch {
	case f.fnc1 == 0 && f.pos-1 == debut:
		f.fnc1 = 1
	case f.fnc1 == 0 && f.secondePlace():
		f.fnc1 = 2
	default:
		f.ajouter(0x1D)
	}
}

// secondePlace reports whether what precedes is one letter or two digits.
func (f *flux) secondePlace() bool {
	o := f.octets
	switch len(o) {
	case 1:
		return o[0] >= 'A' && o[0] <= 'Z' || o[0] >= 'a' && o[0] <= 'z'
	case 2:
		return chiffre(o[0]) && chiffre(o[1])
	}
	return false
}

func chiffre(b byte) bool { return b >= '0' && b <= '9' }

func (f *flux) ascii() error {
	debut := 0
	for f.pos < len(f.cw) {
		c := f.cw[f.pos]
		f.pos++
		switch {
		case c == 0:
			return errFlux
		case c <= 128:
			f.ajouter(c - 1)
		case c == cwPad:
			return f.remplissage()
		case c <= 229:
			if f.haut {
				return errFlux
			}
			f.ajouter('0' + (c-130)/10)
			f.ajouter('0' + (c-130)%10)
		case c == cwC40 || c == cwText || c == cwX12:
			if err := f.triplets(c); err != nil {
				return err
			}
		case c == cwBase256:
			if err := f.base256(); err != nil {
				return err
			}
		case c == cwFNC1:
			f.separateur(debut)
		case c == cwEnsemble:
			if f.pos != 1 || !f.lireEnsemble() {
				return errFlux
			}
			debut = f.pos
		case c == cwProgramme:
			return errFlux // an order to the reader, not data
		case c == cwMajuscule:
			if f.haut {
				return errFlux
			}
			f.haut = true
		case c == cwMacro05 || c == cwMacro06:
			if f.pos != 1 {
				return errFlux
			}
			f.octets = append(f.octets, "[)>\x1e05\x1d"...)
			f.octets[5] += c - cwMacro05
			f.macro = true
		case c == cwEDIFACT:
			if err := f.edifact(); err != nil {
				return err
			}
		case c == cwECI:
			if err := f.lireECI(); err != nil {
				return err
			}
		case c == cwDesengagement && f.pos == len(f.cw):
			// Some encoders close a full symbol with an unlatch too many.
		default:
			return errFlux
		}
	}
	if f.haut {
		return errFlux
	}
	return nil
}

// remplissage checks what follows the first pad codeword.
func (f *flux) remplissage() error {
	if f.haut {
		return errFlux
	}
	for f.strict && f.pos < len(f.cw) {
		v := cwPad + 149*(f.pos+1)%253 + 1
		if v > 254 {
			v -= 254
		}
		if int(f.cw[f.pos]) != v {
			return errFlux
		}
		f.pos++
	}
	f.pos = len(f.cw)
	return nil
}

func (f *flux) lireEnsemble() bool {
	if f.pos+3 > len(f.cw) {
		return false
	}
	s := int(f.cw[f.pos])
	e := &Ensemble{Rang: s>>4 + 1, Nombre: 17 - s&15, Identifiant: [2]byte{f.cw[f.pos+1], f.cw[f.pos+2]}}
	f.pos += 3
	f.ensemble = e
	return e.Nombre >= 2 && e.Nombre <= 16 && e.Rang <= e.Nombre
}

func (f *flux) lireECI() error {
	if f.pos >= len(f.cw) {
		return errFlux
	}
	c := int(f.cw[f.pos])
	n := 1
	switch {
	case c >= 1 && c <= 127:
	case c >= 128 && c <= 191:
		n = 2
	case c >= 192 && c <= 207:
		n = 3
	default:
		return errFlux
	}
	if f.pos+n > len(f.cw) {
		return errFlux
	}
	v := c - 1
	for i, b := range f.cw[f.pos+1 : f.pos+n] {
		if b == 0 || b == 255 {
			return errFlux
		}
		if i == 0 {
			v = []int{(c-128)*254 + 127, (c-192)*64516 + 16383}[n-2] + (int(b)-1)*[]int{1, 254}[n-2]
		} else {
			v += int(b) - 1
		}
	}
	f.pos += n
	f.vider()
	f.eci, f.avecECI = v, true
	return nil
}

// triplets reads the C40, Text and X12 encodations: two codewords carry three
// values. A shift left open at the end is padding.
func (f *flux) triplets(mode byte) error {
	jeu := 0 // shift set of the next value: 0 basic, 1 to 3
	for f.pos < len(f.cw) {
		if f.cw[f.pos] == cwDesengagement {
			f.pos++
			return f.finTriplets()
		}
		if f.pos+1 == len(f.cw) {
			return f.finTriplets() // the last codeword is in ASCII
		}
		v := int(f.cw[f.pos])<<8 + int(f.cw[f.pos+1]) - 1
		f.pos += 2
		if v < 0 || v >= 64000 {
			return errFlux
		}
		for _, u := range [3]int{v / 1600, v / 40 % 40, v % 40} {
			if mode == cwX12 {
				f.ajouter(jeuX12[u])
				continue
			}
			var err error
			if jeu, err = f.valeurC40(u, jeu, mode); err != nil {
				return err
			}
		}
	}
	return f.finTriplets()
}

func (f *flux) finTriplets() error {
	if f.haut {
		return errFlux
	}
	return nil
}

func (f *flux) valeurC40(u, jeu int, mode byte) (int, error) {
	switch jeu {
	case 0:
		if u < 3 {
			return u + 1, nil
		}
		if mode == cwText {
			f.ajouter(jeuText[u])
		} else {
			f.ajouter(jeuC40[u])
		}
	case 1:
		if u > 31 {
			return 0, errFlux
		}
		f.ajouter(byte(u))
	case 2:
		switch {
		case u < len(jeuPonct):
			f.ajouter(jeuPonct[u])
		case u == 27:
			f.separateur(-1)
		case u == 30:
			if f.haut {
				return 0, errFlux
			}
			f.haut = true
		default:
			return 0, errFlux
		}
	case 3:
		switch {
		case u > 31:
			return 0, errFlux
		case mode == cwText:
			f.ajouter(jeu3Text[u])
		default:
			f.ajouter(byte(u) + 96)
		}
	}
	return 0, nil
}

// edifact reads four 6-bit values out of three codewords.
func (f *flux) edifact() error {
	for len(f.cw)-f.pos > 2 {
		b := f.cw[f.pos : f.pos+3]
		v := int(b[0])<<16 | int(b[1])<<8 | int(b[2])
		for i := range 4 {
			u := byte(v>>(18-6*i)) & 0x3F
			if u == 0x1F { // unlatch: the rest of this codeword is empty
				f.pos += min(i+1, 3)
				return nil
			}
			if u&0x20 == 0 {
				u |= 0x40
			}
			f.ajouter(u)
		}
		f.pos += 3
	}
	return nil // the last one or two codewords are in ASCII
}

// base256 reads a run of bytes, scrambled by their position.
func (f *flux) base256() error {
	lire := func() (byte, bool) {
		if f.pos >= len(f.cw) {
			return 0, false
		}
		v := int(f.cw[f.pos]) - (149*(f.pos+1)%255 + 1)
		f.pos++
		if v < 0 {
			v += 256
		}
		return byte(v), true
	}
	d, ok := lire()
	n := int(d)
	switch {
	case !ok:
		return errFlux
	case n == 0:
		n = len(f.cw) - f.pos
	case n >= 250:
		d, ok = lire()
		n = 250*(n-249) + int(d)
	}
	if !ok || n > len(f.cw)-f.pos || f.haut {
		return errFlux
	}
	for range n {
		b, _ := lire()
		f.octets = append(f.octets, b)
	}
	return nil
}
