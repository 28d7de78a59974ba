package xmlguard

import (
	"io"
	"math"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// Limites bounds what a document may cost. A field at zero takes the default
// that its comment gives.
type Limites struct {
	Octets     int64 // size of the document; 4 MiB
	Profondeur int   // elements inside one another; 64
	Noeuds     int   // elements, attributes, texts and comments; 200 000
	Attributs  int   // attributes of one element, declarations included; 64
	Espaces    int   // namespace declarations in scope at one place; 128
}

// completees puts the defaults where nothing is set.
func (l Limites) completees() Limites {
	if l.Octets <= 0 {
		l.Octets = 4 << 20
	}
	l.Octets = min(l.Octets, math.MaxInt64-1) // Lit asks for one byte more
	for _, d := range []struct {
		champ  *int
		defaut int
	}{{&l.Profondeur, 64}, {&l.Noeuds, 200_000}, {&l.Attributs, 64}, {&l.Espaces, 128}} {
		if *d.champ <= 0 {
			*d.champ = d.defaut
		}
	}
	return l
}

// errTaille says that a document is too long, wherever it was noticed.
func errTaille() error {
	return &simphonie.Erreur{Code: "XML-TAILLE", LimiteLocale: true, Detail: "the document is longer than Limites.Octets"}
}

// Lit reads a document to its end, or to one byte beyond the limit, and parses
// it. The bytes come back as received. A failure of r itself is XML-LECTURE
// around the cause.
func Lit(r io.Reader, l Limites) ([]byte, *etree.Document, error) {
	if r == nil {
		return nil, nil, &simphonie.Erreur{Code: "XML-LECTURE", Detail: "there is nothing to read from"}
	}
	l = l.completees()
	b, err := io.ReadAll(io.LimitReader(r, l.Octets+1))
	if int64(len(b)) > l.Octets {
		return nil, nil, errTaille()
	}
	if err != nil {
		return nil, nil, &simphonie.Erreur{Code: "XML-LECTURE", Detail: "the document could not be read to its end", Err: err}
	}
	doc, err := Parse(b, l)
	if err != nil {
		return nil, nil, err
	}
	return b, doc, nil
}
