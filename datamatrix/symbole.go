package datamatrix

import (
	"errors"
	"fmt"
	"io"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/datamatrix/internal/ecc200"
)

// Encodable is a value that can be written as a code: AttestationAMC, INS,
// Doc2D, GS1 and ISO15434. EncodeText gives the text, personal parts included.
type Encodable interface {
	Valeur
	EncodeText() (string, error)
}

// Forme is a family of symbol sizes.
type Forme uint8

const (
	// FormeCarree allows the 24 squares, as attestations and INS labels want.
	FormeCarree Forme = iota
	// FormeRectangle allows the 6 rectangles of ISO/IEC 16022.
	FormeRectangle
	// FormeDMRE allows the 18 rectangles of ISO/IEC 21471.
	FormeDMRE
	// FormeLibre allows every size.
	FormeLibre
)

// TailleSymbole is a size in modules, quiet zone excluded.
type TailleSymbole struct {
	Lignes   int `json:"lignes"`
	Colonnes int `json:"colonnes"`
}

// String gives rows × columns.
func (t TailleSymbole) String() string { return fmt.Sprintf("%d×%d", t.Lignes, t.Colonnes) }

// TaillesSymbole lists the sizes of a family.
func TaillesSymbole(f Forme) []TailleSymbole {
	var ts []TailleSymbole
	for _, t := range ecc200.Tailles {
		if f.permet(t) {
			ts = append(ts, TailleSymbole{t.Lignes, t.Colonnes})
		}
	}
	return ts
}

func (f Forme) permet(t ecc200.Taille) bool {
	switch f {
	case FormeCarree:
		return t.Carree()
	case FormeRectangle:
		return !t.Carree() && !t.DMRE
	case FormeDMRE:
		return t.DMRE
	}
	return true
}

// OptionsSymbole chooses the size of a symbol: the smallest square, unless a
// family or one size is asked for.
type OptionsSymbole struct {
	Forme  Forme
	Taille TailleSymbole // one size; Forme is then ignored
}

func (o OptionsSymbole) permet(t ecc200.Taille) bool {
	if o.Taille != (TailleSymbole{}) {
		return t.Lignes == o.Taille.Lignes && t.Colonnes == o.Taille.Colonnes
	}
	return o.Forme.permet(t)
}

// Matrice is a Data Matrix symbol. It prints as its size only: its modules hold
// the personal data of its text.
type Matrice struct{ m *ecc200.Matrice }

// Encode makes the symbol of a value: the header of an INS in C40, a leading
// FNC1 for GS1 alone, the shortest encodation for the rest.
func Encode(v Encodable, o OptionsSymbole) (Matrice, error) {
	texte, err := v.EncodeText()
	if err != nil {
		return Matrice{}, err
	}
	e := ecc200.Options{Permise: o.permet}
	switch v.Genre() {
	case GenreINS:
		e.PrefixeC40 = longueurEnteteINS
	case GenreGS1:
		e.FNC1 = true
	}
	return matrice([]byte(texte), e)
}

// EncodeOctets makes the symbol of any octets.
func EncodeOctets(octets []byte, o OptionsSymbole) (Matrice, error) {
	return matrice(octets, ecc200.Options{Permise: o.permet})
}

func matrice(octets []byte, o ecc200.Options) (Matrice, error) {
	if len(octets) == 0 {
		return Matrice{}, refuse("octets", "nothing to encode")
	}
	m, err := ecc200.Encode(octets, o)
	if err != nil {
		e := &simphonie.Erreur{Code: "DM-ENCODE-CAPACITE", Service: "datamatrix", LimiteLocale: errors.Is(err, ecc200.ErrCapacite), Err: err}
		return Matrice{}, &Erreur{Erreur: e}
	}
	return Matrice{m}, nil
}

// Taille gives the size.
func (m Matrice) Taille() TailleSymbole {
	if m.m == nil {
		return TailleSymbole{}
	}
	return TailleSymbole{m.m.Taille.Lignes, m.m.Taille.Colonnes}
}

// Sombre says that the module is dark; outside the symbol nothing is.
func (m Matrice) Sombre(ligne, colonne int) bool {
	t := m.Taille()
	if ligne < 0 || colonne < 0 || ligne >= t.Lignes || colonne >= t.Colonnes {
		return false
	}
	return m.m.Sombre[ligne*t.Colonnes+colonne]
}

// String gives the size.
func (m Matrice) String() string { return "Data Matrix " + m.Taille().String() }

// Format gives the size, whatever the verb.
func (m Matrice) Format(f fmt.State, _ rune) { io.WriteString(f, m.String()) }
