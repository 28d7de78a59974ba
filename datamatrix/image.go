package datamatrix

import (
	"context"
	"errors"
	"image"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/datamatrix/internal/lecteur"
)

// Options says how an image is read. The zero value reads everything.
type Options struct {
	// MaxPixels refuses larger images before any memory is taken for them; 0
	// takes MaxPixelsDefaut.
	MaxPixels int
	// MaxSymboles stops after that many different symbols; 0 has no limit.
	MaxSymboles int
	// SansInverse and SansMiroir leave out light symbols on dark ground, and
	// symbols seen from behind: less to look for.
	SansInverse bool
	SansMiroir  bool
	// Texte says how the contents are read.
	Texte OptionsTexte
}

// MaxPixelsDefaut is an A4 page at 600 dots per inch, and some.
const MaxPixelsDefaut = lecteur.MaxPixelsDefaut

// DecodeImage finds every Data Matrix symbol of an image, at any angle, and
// reads its content as ParseText does. Symbols of the same content are one,
// with the number of its occurrences; one that cannot be read hides no other.
//
// The search stops when ctx ends: what was found is given with the cause. An
// image without a symbol takes the longest, so callers should set a deadline.
// An image over MaxPixels is an *Erreur, DM-IMAGE-GRANDE.
func DecodeImage(ctx context.Context, img image.Image, o Options) ([]Symbole, error) {
	lus, err := lecteur.Lire(ctx, img, lecteur.Options{MaxPixels: o.MaxPixels, MaxSymboles: o.MaxSymboles,
		NoInverse: o.SansInverse, NoMiroir: o.SansMiroir})
	if errors.Is(err, lecteur.ErrTropGrand) {
		return nil, erreur("DM-IMAGE-GRANDE", 0, "the image has more pixels than Options.MaxPixels")
	}
	symboles := make([]Symbole, len(lus))
	for i := range lus {
		symboles[i] = symboleLu(&lus[i], o.Texte)
	}
	return symboles, err
}

// ecisLus are the identifiers of symbols whose charset was told: their octets
// alone are not their text.
var ecisLus = []string{"]d4", "]d5", "]d6"}

func symboleLu(l *lecteur.Symbole, o OptionsTexte) Symbole {
	o.AIM = l.AIM
	contenu := string(l.Octets)
	if slices.Contains(ecisLus, l.AIM) {
		contenu = l.Texte
	}
	s := Symbole{Contenu: simphonie.NewConfidentiel(l.Texte), Angle: l.Angle,
		Taille: TailleSymbole{l.Lignes, l.Colonnes}, Inverse: l.Inverse, Miroir: l.Miroir, Occurrences: l.Occurrences}
	s.Lecture, s.Erreur = ParseText(contenu, o)
	for k, c := range l.Coins {
		s.Coins[k] = Point{c.X, c.Y}
	}
	return s
}
