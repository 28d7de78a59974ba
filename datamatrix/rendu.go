package datamatrix

import (
	"image"
	"image/color"
	"image/png"
	"io"
)

// OptionsImage chooses how a symbol is drawn.
type OptionsImage struct {
	// Module is the side of a module in pixels; 0 is 4.
	Module int
	// Marge is the quiet zone in modules; 0 is 2, the minimum of the standard
	// is 1, a negative value is none.
	Marge int
}

// maxCote bounds the side of an image, in pixels.
const maxCote = 16384

// Image draws the symbol, black on white, its sides along those of the image
// and each module on whole pixels.
func (m Matrice) Image(o OptionsImage) (*image.Paletted, error) {
	if o.Module == 0 {
		o.Module = 4
	}
	switch {
	case o.Marge == 0:
		o.Marge = 2
	case o.Marge < 0:
		o.Marge = 0
	}
	t := m.Taille()
	if o.Module < 1 || o.Module > maxCote || o.Marge > maxCote || (max(t.Lignes, t.Colonnes)+2*o.Marge)*o.Module > maxCote {
		return nil, refuse("OptionsImage", "the image would be larger than 16384 pixels, or has no size")
	}
	img := image.NewPaletted(image.Rect(0, 0, (t.Colonnes+2*o.Marge)*o.Module, (t.Lignes+2*o.Marge)*o.Module),
		color.Palette{color.White, color.Black})
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if m.Sombre(y/o.Module-o.Marge, x/o.Module-o.Marge) {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return img, nil
}

// PNG writes the drawing as a PNG file.
func (m Matrice) PNG(w io.Writer, o OptionsImage) error {
	img, err := m.Image(o)
	if err != nil {
		return err
	}
	return png.Encode(w, img)
}
