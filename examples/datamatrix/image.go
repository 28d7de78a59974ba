package main

import (
	"context"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"

	"github.com/simphonie/simphonie/datamatrix"
)

// litImage reads the codes of an image file. Its size is looked at before the
// image is unpacked.
func litImage(ctx context.Context, f io.ReadSeeker) ([]datamatrix.Symbole, error) {
	c, _, err := image.DecodeConfig(f)
	if err != nil {
		return nil, err
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > datamatrix.MaxPixelsDefaut/c.Height {
		return nil, fmt.Errorf("an image of %d by %d pixels is too large", c.Width, c.Height)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, err
	}
	return datamatrix.DecodeImage(ctx, img, datamatrix.Options{})
}
