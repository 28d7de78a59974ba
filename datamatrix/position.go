package datamatrix

import "github.com/simphonie/simphonie"

// Point is a place in an image, in pixels from its top left corner.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Symbole is a code found in an image.
type Symbole struct {
	Lecture
	// Contenu is the text that the symbol holds, before any repair: octets as
	// ISO-8859-1, or as the symbol says (ECI); always valid UTF-8.
	Contenu simphonie.Confidentiel `json:"contenu"`
	// Erreur says why the text of a symbol that was decoded could not be read;
	// the Lecture then holds its raw octets.
	Erreur error `json:"-"`
	// Coins are the corners of the symbol, the one of the solid sides first,
	// then around the symbol.
	Coins [4]Point `json:"coins"`
	// Angle is that of the solid bottom side, in degrees.
	Angle  float64       `json:"angle"`
	Taille TailleSymbole `json:"taille"`
	// Inverse says light on dark, Miroir that the image is a mirror's.
	Inverse bool `json:"inverse,omitempty"`
	Miroir  bool `json:"miroir,omitempty"`
	// Occurrences counts the symbols of the image that carry this content.
	Occurrences int `json:"occurrences"`
}
