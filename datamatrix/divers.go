package datamatrix

import (
	"net/url"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// ISO15434 is a message envelope: formats that hold elements.
type ISO15434 struct {
	Formats []FormatISO15434 `json:"formats"`
}

// FormatISO15434 is one format of the envelope: its two-digit indicator and
// its elements.
type FormatISO15434 struct {
	Indicateur string                   `json:"indicateur"`
	Elements   []simphonie.Confidentiel `json:"elements,omitempty"`
}

// Genre is GenreISO15434.
func (ISO15434) Genre() Genre { return GenreISO15434 }

// Masque gives the formats with their elements masked.
func (e ISO15434) Masque() string {
	b := "[)>"
	for _, f := range e.Formats {
		b += " " + f.Indicateur + strings.Repeat(" ***", len(f.Elements))
	}
	return b
}

// String gives the masked text.
func (e ISO15434) String() string { return e.Masque() }

// EncodeText gives the text of the envelope.
func (e ISO15434) EncodeText() (string, error) {
	b := []byte{'[', ')', '>', rs}
	if len(e.Formats) == 0 {
		return "", refuse("ISO15434.Formats", "at least one is wanted")
	}
	for _, f := range e.Formats {
		if len(f.Indicateur) != 2 || !tousTexte(f.Indicateur, chiffre) {
			return "", refuse("ISO15434.Formats", "an indicator is two digits")
		}
		b = append(b, f.Indicateur...)
		for _, el := range f.Elements {
			if !tousTexte(el.Clair(), imprimable) {
				return "", refuse("ISO15434.Formats", "a printable text is wanted")
			}
			b = append(append(b, gs), el.Clair()...)
		}
		b = append(b, rs)
	}
	return string(append(b, eot)), nil
}

func (a *analyse) iso15434(t tampon) error {
	a.texte(t)
	r := t.r[3:]
	if n := len(r); n > 0 && r[n-1] == eot {
		r = r[:n-1]
	} else {
		a.avertit("DM-15434-FIN", "", t.pos[len(t.r)])
	}
	var e ISO15434
	for i, f := range couper(r, rs) {
		if i == 0 && len(f) == 0 || len(f) < 2 {
			continue
		}
		parts := couper(f, gs)
		v := FormatISO15434{Indicateur: string(parts[0])}
		for _, p := range parts[1:] {
			v.Elements = append(v.Elements, simphonie.NewConfidentiel(string(p)))
		}
		if len(parts[0]) > 2 { // format without separator after its indicator
			v.Indicateur = string(parts[0][:2])
			v.Elements = append([]simphonie.Confidentiel{simphonie.NewConfidentiel(string(parts[0][2:]))}, v.Elements...)
		}
		e.Formats = append(e.Formats, v)
	}
	a.Valeur = e
	return nil
}

func couper(r []rune, sep rune) (parts [][]rune) {
	for {
		i := slices.Index(r, sep)
		if i < 0 {
			return append(parts, r)
		}
		parts, r = append(parts, r[:i]), r[i+1:]
	}
}

// Matricule is a number of the national register scanned alone, as old cards
// and labels carry it.
type Matricule struct {
	NIR simphonie.NIR `json:"nir"`
}

// Genre is GenreNIR.
func (Matricule) Genre() Genre { return GenreNIR }

// Masque shows ***.
func (m Matricule) Masque() string { return m.NIR.String() }

// String shows ***.
func (m Matricule) String() string { return m.Masque() }

// Chiffres is digits of unknown meaning: a postal mark, a local label.
type Chiffres struct {
	Valeur   simphonie.Confidentiel `json:"valeur"`
	Longueur int                    `json:"longueur"`
}

// Postal says that the digits have the length of the marks that the post
// prints on the letters that carry attestations.
func (c Chiffres) Postal() bool { return c.Longueur == 37 }

// Genre is GenreChiffres.
func (Chiffres) Genre() Genre { return GenreChiffres }

// Masque shows ***: a local label may hold a patient's number.
func (c Chiffres) Masque() string { return c.Valeur.String() }

// String shows ***.
func (c Chiffres) String() string { return c.Masque() }

func (a *analyse) chiffres(t tampon) {
	a.texte(t)
	s := t.String()
	if !estNIR(s) {
		a.Genre, a.Valeur = GenreChiffres, Chiffres{a.Texte, len(s)}
		return
	}
	a.Genre, a.Valeur = GenreNIR, Matricule{simphonie.NIRRecu(s)}
	if len(s) == 13 {
		a.avertit("DM-NIR-CLE-ABSENTE", "nir", t.pos[len(t.r)])
	}
}

// Opaque is a text that this package recognises without reading it: a web
// address, JSON, or anything else. Lecture.Texte gives it.
type Opaque struct {
	Nature  Genre                  `json:"nature"`
	Contenu simphonie.Confidentiel `json:"contenu"`
}

// Genre is GenreURL, GenreJSON or GenreInconnu.
func (o Opaque) Genre() Genre { return o.Nature }

// Masque shows ***, after the scheme and host of a web address.
func (o Opaque) Masque() string {
	if o.Nature == GenreURL {
		if u, err := url.Parse(o.Contenu.Clair()); err == nil && u.Host != "" {
			return u.Scheme + "://" + u.Host + "/***"
		}
	}
	return o.Contenu.String()
}

// String gives the masked text.
func (o Opaque) String() string { return o.Masque() }
