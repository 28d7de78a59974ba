package ecc200

// Codewords of the ASCII encodation that have a meaning of their own.
const (
	motBourrage  = 129
	motC40       = 230
	motBase256   = 231
	motFNC1      = 232
	motHaut      = 235 // the next ASCII codeword stands for its value + 128
	motTexte     = 239
	motRetour    = 254 // leaves C40 or Text
	valeurHaut   = 30  // in shift 2
	maxOctets256 = 1555
)

// valeurs appends the C40 values of an octet, or its Text values.
func valeurs(v []byte, c byte, texte bool) []byte {
	if c >= 128 {
		v, c = append(v, 1, valeurHaut), c-128
	}
	if texte { // Text is C40 with the two cases exchanged
		switch {
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 'A' && c <= 'Z':
			return append(v, 2, c-'A'+1)
		}
	} else if c >= 'a' && c <= 'z' {
		return append(v, 2, c-'a'+1)
	}
	switch {
	case c == ' ':
		return append(v, 3)
	case c >= '0' && c <= '9':
		return append(v, c-'0'+4)
	case c >= 'A' && c <= 'Z':
		return append(v, c-'A'+14)
	case c < ' ':
		return append(v, 0, c)
	case c <= '/':
		return append(v, 1, c-'!')
	case c <= '@':
		return append(v, 1, c-':'+15)
	case c <= '_':
		return append(v, 1, c-'['+22)
	case c == '`':
		return append(v, 2, 0)
	}
	return append(v, 2, c-'{'+27)
}

// A state of the shortest-path search: ASCII, or C40 or Text with the values
// that wait in the triplet under way.
const (
	ascii = iota
	c40
	c40r1
	c40r2
	texte
	texter1
	texter2
	nEtats
)

const infini = 1 << 30

// pas is the cheapest way to a state: its cost in codewords, where it comes
// from, and whether it wrote base 256.
type pas struct {
	cout   int32
	depuis int16
	etat   uint8
	b256   bool
}

// chemin searches the shortest encodation of the octets. The first prefixe
// octets must be in C40.
type chemin struct {
	octets  []byte
	prefixe int
	pas     [][nEtats]pas
}

func cherche(octets []byte, prefixe int) *chemin {
	ch := &chemin{octets, prefixe, make([][nEtats]pas, len(octets)+1)}
	for i := range ch.pas {
		for e := range ch.pas[i] {
			ch.pas[i][e].cout = infini
		}
	}
	ch.pas[0][ascii].cout = 0
	for i := range octets {
		ch.bascule(i)
		if i >= prefixe {
			ch.avanceASCII(i)
			ch.avanceBase256(i)
		}
		for _, base := range []int{c40, texte} {
			if base == texte && i < prefixe {
				continue
			}
			n := len(valeurs(make([]byte, 0, 4), octets[i], base == texte))
			for r := range 3 {
				triplets := (r + n + 2) / 3 // triplets open after, one being open before when r > 0
				if r > 0 {
					triplets--
				}
				ch.relache(i, base+r, i+1, base+(r+n)%3, int32(2*triplets), false)
			}
		}
	}
	return ch
}

func (ch *chemin) relache(i, e, j, f int, cout int32, b256 bool) {
	if c := ch.pas[i][e].cout + cout; c < ch.pas[j][f].cout {
		ch.pas[j][f] = pas{c, int16(i), uint8(e), b256}
	}
}

// bascule changes encodation between two octets.
func (ch *chemin) bascule(i int) {
	if i == 0 || i >= ch.prefixe {
		ch.relache(i, c40, i, ascii, 1, false)
		ch.relache(i, texte, i, ascii, 1, false)
	}
	ch.relache(i, ascii, i, c40, 1, false)
	ch.relache(i, ascii, i, texte, 1, false)
}

func (ch *chemin) avanceASCII(i int) {
	o := ch.octets
	switch {
	case o[i] >= 128:
		ch.relache(i, ascii, i+1, ascii, 2, false)
	default:
		ch.relache(i, ascii, i+1, ascii, 1, false)
	}
	if i+1 < len(o) && chiffre(o[i]) && chiffre(o[i+1]) {
		ch.relache(i, ascii, i+2, ascii, 1, false)
	}
}

// avanceBase256 tries the runs that start and end with a high octet: others
// never win.
func (ch *chemin) avanceBase256(i int) {
	if ch.octets[i] < 128 {
		return
	}
	for j := i + 1; j <= min(len(ch.octets), i+maxOctets256); j++ {
		if ch.octets[j-1] >= 128 {
			n := j - i
			cout := 2 + n
			if n > 249 {
				cout++
			}
			ch.relache(i, ascii, j, ascii, int32(cout), true)
		}
	}
}

func chiffre(c byte) bool { return c >= '0' && c <= '9' }

// fin is a way to end the message: the state reached at octet i, whether the
// return to ASCII is written, and whether one octet is left for a last
// codeword that is ASCII without return.
type fin struct {
	i, etat int
	cout    int
	retour  bool
	exact   bool // allowed only when it fills the symbol
}

// fins lists the ways to end (ISO/IEC 16022, end of data in C40 and Text).
func (ch *chemin) fins() []fin {
	n := len(ch.octets)
	fs := []fin{{i: n, etat: ascii, cout: int(ch.pas[n][ascii].cout)}}
	for _, e := range []int{c40, c40r2, texte, texter2} {
		// With two values waiting the triplet is filled by a shift that nothing follows.
		c := int(ch.pas[n][e].cout)
		fs = append(fs, fin{i: n, etat: e, cout: c + 1, retour: true}, fin{i: n, etat: e, cout: c, exact: true})
	}
	if n > ch.prefixe && ch.octets[n-1] < 128 {
		for _, e := range []int{c40, texte} {
			fs = append(fs, fin{i: n - 1, etat: e, cout: int(ch.pas[n-1][e].cout) + 1, exact: true})
		}
	}
	return fs
}

// choisit gives the end that fits a symbol, or false.
func choisit(fs []fin, capacite int) (fin, bool) {
	var m fin
	for _, f := range fs {
		ok := f.cout <= capacite
		if f.exact {
			ok = f.cout == capacite
		}
		if ok && (m == fin{} || f.cout < m.cout) {
			m = f
		}
	}
	return m, m != fin{}
}

// ecrit writes the codewords of the way that ends at f after those of mots.
func (ch *chemin) ecrit(mots []byte, f fin) []byte {
	type arret struct {
		i, e int
		b256 bool
	}
	var arrets []arret
	for i, e := f.i, f.etat; i > 0 || e != ascii; {
		p := ch.pas[i][e]
		arrets = append(arrets, arret{i, e, p.b256})
		i, e = int(p.depuis), int(p.etat)
	}
	var attente []byte
	i, e := 0, ascii
	for k := len(arrets) - 1; k >= 0; k-- {
		a := arrets[k]
		switch {
		case a.b256:
			mots = base256(mots, ch.octets[i:a.i])
		case a.i == i && a.e == c40:
			mots = append(mots, motC40)
		case a.i == i && a.e == texte:
			mots = append(mots, motTexte)
		case a.i == i:
			mots = append(mots, motRetour)
		case e == ascii:
			mots = motsASCII(mots, ch.octets[i:a.i])
		default:
			attente = valeurs(attente, ch.octets[i], e >= texte)
			mots, attente = triplets(mots, attente)
		}
		i, e = a.i, a.e
	}
	if len(attente) == 2 {
		mots, _ = triplets(mots, append(attente, 0))
	}
	if f.retour {
		mots = append(mots, motRetour)
	}
	if i < len(ch.octets) {
		mots = append(mots, ch.octets[i]+1)
	}
	return mots
}

func motsASCII(mots, o []byte) []byte {
	switch {
	case len(o) == 2:
		return append(mots, (o[0]-'0')*10+o[1]-'0'+130)
	case o[0] >= 128:
		return append(mots, motHaut, o[0]-127)
	}
	return append(mots, o[0]+1)
}

// triplets packs the complete triplets and gives what waits.
func triplets(mots, v []byte) (m, reste []byte) {
	for ; len(v) >= 3; v = v[3:] {
		n := 1600*int(v[0]) + 40*int(v[1]) + int(v[2]) + 1
		mots = append(mots, byte(n>>8), byte(n))
	}
	return mots, v
}

// base256 writes a run of octets, each randomised by its place.
func base256(mots, o []byte) []byte {
	mots = append(mots, motBase256)
	if len(o) <= 249 {
		mots = append(mots, brouille256(byte(len(o)), len(mots)+1))
	} else {
		mots = append(mots, brouille256(byte(len(o)/250+249), len(mots)+1))
		mots = append(mots, brouille256(byte(len(o)%250), len(mots)+1))
	}
	for _, c := range o {
		mots = append(mots, brouille256(c, len(mots)+1))
	}
	return mots
}

func brouille256(c byte, place int) byte { return byte(int(c) + 149*place%255 + 1) }

// bourre fills a symbol up to its data capacity.
func bourre(mots []byte, capacite int) []byte {
	for premier := true; len(mots) < capacite; premier = false {
		v := motBourrage
		if !premier {
			if v += 149*(len(mots)+1)%253 + 1; v > 254 {
				v -= 254
			}
		}
		mots = append(mots, byte(v))
	}
	return mots
}
