package datamatrix

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// maxOctets bounds a text: a Data Matrix holds 3116 digits, a QR code 7089, and
// the buffer may hold a few readings of the same code.
const maxOctets = 32 << 10

// OptionsTexte says how a text is read. The zero value repairs what it can and
// says so.
type OptionsTexte struct {
	// Strict refuses every repair: a text that needs one is an error.
	Strict bool
	// AIM is the symbology identifier when the reader gave it apart from the data.
	AIM string
	// Verificateur checks the signature of 2D-Doc codes; without it they are
	// reported as not verified.
	Verificateur VerificateurDoc2D
	// Champs replaces the table of 2D-Doc fields.
	Champs TableChamps2D
}

// ParseText reads what a scanner sent: it removes what the transport added,
// mends what a keyboard emulation spoiled, tells the kind of code and parses
// it. Every repair is listed in the Lecture. On error the Lecture still holds
// the raw octets and the kind when it was recognised; the error is an *Erreur
// with the octet where reading stopped.
//
// The functions of this package keep no state: they may be called at once from
// several goroutines.
func ParseText[T ~string | ~[]byte](brut T, o OptionsTexte) (Lecture, error) {
	s := string(brut)
	lec := Lecture{Genre: GenreInconnu, AIM: o.AIM, Brut: simphonie.NewConfidentiel(s)}
	a := &analyse{&lec, o}
	if err := a.lit(s); err != nil {
		lec.Valeur = nil
		return lec, err
	}
	if o.Strict && len(lec.Reparations) > 0 {
		codes, octet := make([]string, 0, 4), len(s)
		for _, r := range lec.Reparations {
			codes, octet = append(codes, string(r.Code)), min(octet, r.Octet)
		}
		lec.Valeur = nil
		liste := strings.Join(codes, " ")
		return lec, erreur("DM-STRICT", octet, "strict reading: the text needs "+liste, liste)
	}
	return lec, nil
}

func (a *analyse) lit(s string) error {
	if len(s) > maxOctets {
		e := erreur("DM-TEXTE-LONG", maxOctets, "more octets than any code holds", strconv.Itoa(maxOctets))
		e.LimiteLocale = true
		return e
	}
	if aim := prefixeAIM(s); binaire2DDoc(s[aim:]) {
		return a.doc2DBinaire(s, aim)
	}
	t, utf16 := tamponUTF16(s)
	if utf16 {
		a.repare("DM-REPARE-UTF16", 0, 1)
	} else {
		t = nouveauTampon(s)
	}
	t = a.decadre(t)
	if len(t.r) == 0 {
		return erreur("DM-TEXTE-VIDE", 0, "nothing was read")
	}
	t = a.oteAIM(t)
	return a.trie(t)
}

// trie tells the kind and parses. The text is tried as it is, then as each
// keyboard damage would have meant it.
func (a *analyse) trie(t tampon) error {
	u, octet, n := t.change(largeur)
	if g := reconnait(u, a.AIM); g != GenreInconnu {
		if n > 0 {
			a.repare("DM-REPARE-PLEINE-CHASSE", octet, n)
		}
		return a.parse(u, g)
	}
	if g := opaque(t); g != GenreInconnu {
		return a.parse(t, g)
	}
	if err := illisibleAMC(u); err != nil {
		a.Genre = GenreAMC
		return err
	}
	return a.trieDesaccords(t, u, octet, n)
}

// trieDesaccords tries each keyboard damage: first those that give the case
// back, then those that leave it wrong. The text that reads with the fewest
// warnings is kept, the first of them when several do.
func (a *analyse) trieDesaccords(t, u tampon, octet, largeurs int) error {
	var mieux *Lecture
	var errMieux error
	for _, casseJuste := range []bool{true, false} {
		for i := range desaccords {
			d := &desaccords[i]
			v, od, nd := d.repare(u)
			aim := a.AIM
			n := prefixeAIM(string(v.r[:min(3, len(v.r))]))
			if n > 0 && n < len(v.r) {
				aim, v = string(v.r[:n]), v.entre(n, len(v.r))
			}
			g := reconnait(v, aim)
			if err := illisibleAMC(v); g == GenreInconnu && mieux == nil && err != nil {
				a.Genre = GenreAMC
				return err
			}
			if g == GenreInconnu || nd == 0 || casseJuste && !tous(v.r[:min(3, len(v.r))], enPlace) {
				continue
			}
			essai := *a.Lecture
			essai.Reparations, essai.AIM = slices.Clone(a.Reparations), aim
			b := &analyse{&essai, a.o}
			if largeurs > 0 {
				b.repare("DM-REPARE-PLEINE-CHASSE", octet, largeurs)
			}
			for _, c := range d.codes {
				b.repare(c, od, nd)
			}
			if aim != a.AIM {
				b.repare("DM-REPARE-AIM", t.pos[0], 1)
			}
			err := b.parse(v, g)
			if mieux == nil || err == nil && (errMieux != nil || len(essai.Avertissements) < len(mieux.Avertissements)) {
				mieux, errMieux = &essai, err
			}
		}
	}
	if mieux != nil {
		*a.Lecture = *mieux
		return errMieux
	}
	return a.parse(t, GenreInconnu)
}

// enPlace is any character but a small letter.
func enPlace(c rune) bool { return !minuscule(c) }

// parse reads the text of a known kind.
func (a *analyse) parse(t tampon, g Genre) (err error) {
	a.Genre = g
	switch g {
	case GenreAMC, GenreINS, Genre2DDoc, GenreGS1, GenreNIR, GenreChiffres:
		if t, err = a.dedouble(t, g); err != nil {
			return err
		}
	}
	switch g {
	case GenreAMC:
		err = a.amc(a.majuscules(t, enMajuscule))
	case GenreINS:
		err = a.ins(a.litteraux(a.majuscules(a.sansBlancs(t), enMajuscule)))
	case Genre2DDoc:
		err = a.doc2D(a.litteraux(a.majuscules(a.sansBlancs(t), inverseCasse)))
	case GenreGS1:
		err = a.gs1(a.litteraux(a.sansBlancs(t)))
	case GenreISO15434:
		err = a.iso15434(a.litteraux(t))
	case GenreNIR, GenreChiffres:
		a.chiffres(a.sansBlancs(t))
	default:
		a.texte(t)
		a.Valeur = Opaque{Nature: g, Contenu: a.Texte}
	}
	return err
}

// texte notes the text that is finally read.
func (a *analyse) texte(t tampon) { a.Texte = simphonie.NewConfidentiel(t.String()) }

// majuscules puts the case right when the start of the text is in lower case.
func (a *analyse) majuscules(t tampon, f func(rune) rune) tampon {
	if tous(t.r[:min(3, len(t.r))], enPlace) {
		return t
	}
	u, octet, n := t.change(f)
	if n > 0 {
		a.repare("DM-REPARE-CASSE", octet, n)
	}
	return u
}

// opaque tells web addresses and JSON from the rest.
func opaque(t tampon) Genre {
	s := t.String()
	if d := strings.ToLower(s[:min(len(s), 8)]); strings.HasPrefix(d, "http://") || d == "https://" {
		return GenreURL
	}
	if (s[0] == '{' || s[0] == '[') && json.Valid([]byte(s)) {
		return GenreJSON
	}
	return GenreInconnu
}
