// Package ecc200 makes Data Matrix symbols (ISO/IEC 16022, and the rectangular
// sizes of ISO/IEC 21471) from octets: shortest encodation among ASCII, C40,
// Text and base 256, Reed-Solomon codewords, placement, finder patterns.
package ecc200

import (
	"errors"
	"slices"
)

// ErrCapacite says that the octets do not fit any allowed size.
var ErrCapacite = errors.New("too many octets for the allowed symbol sizes")

// Options chooses how a symbol is made.
type Options struct {
	// Permise says which sizes may be used; nil allows the squares.
	Permise func(Taille) bool
	// PrefixeC40 is the number of leading octets that must be in C40. It gives
	// way when no complete triplet ends after it.
	PrefixeC40 int
	// FNC1 puts the function character of GS1 first.
	FNC1 bool
}

// Matrice is a symbol: its modules, finder patterns included, quiet zone not.
type Matrice struct {
	Taille Taille
	Sombre []bool // row by row
}

// Encode makes the allowed symbol of the smallest area.
func Encode(octets []byte, o Options) (*Matrice, error) {
	mots, t, err := codewords(octets, o)
	if err != nil {
		return nil, err
	}
	return dessine(t, corrige(t, mots)), nil
}

// codewords gives the data codewords, filled to the capacity of the size chosen.
func codewords(octets []byte, o Options) ([]byte, Taille, error) {
	if len(octets) > 3116 { // the digits that 144×144 holds
		return nil, Taille{}, ErrCapacite
	}
	permise := o.Permise
	if permise == nil {
		permise = Taille.Carree
	}
	var mots []byte
	if o.FNC1 {
		mots = append(mots, motFNC1)
	}
	ch := cherche(octets, min(o.PrefixeC40, len(octets)))
	fs := ch.fins()
	if !slices.ContainsFunc(fs, func(f fin) bool { return f.cout < infini }) {
		ch = cherche(octets, 0)
		fs = ch.fins()
	}
	var choix Taille
	var fin fin
	for _, t := range Tailles {
		if !permise(t) || choix.Donnees != 0 && choix.Lignes*choix.Colonnes <= t.Lignes*t.Colonnes {
			continue
		}
		if f, ok := choisit(fs, t.Donnees-len(mots)); ok {
			choix, fin = t, f
		}
	}
	if choix.Donnees == 0 {
		return nil, Taille{}, ErrCapacite
	}
	return bourre(ch.ecrit(mots, fin), choix.Donnees), choix, nil
}

// dessine puts the placed modules between the finder patterns: in each region
// a solid left column and bottom row, an alternating top row and right column.
func dessine(t Taille, mots []byte) *Matrice {
	rl, rc := t.regionLignes, t.regionColonnes
	g := place(t.Lignes/(rl+2)*rl, t.Colonnes/(rc+2)*rc, mots)
	m := &Matrice{Taille: t, Sombre: make([]bool, t.Lignes*t.Colonnes)}
	for l := range t.Lignes {
		for c := range t.Colonnes {
			y, x := l%(rl+2), c%(rc+2)
			var s bool
			switch {
			case x == 0 || y == rl+1:
				s = true
			case y == 0:
				s = x%2 == 0
			case x == rc+1:
				s = y%2 == 1
			default:
				s = g.cases[(l/(rl+2)*rl+y-1)*g.colonnes+c/(rc+2)*rc+x-1] == sombre
			}
			m.Sombre[l*t.Colonnes+c] = s
		}
	}
	return m
}
