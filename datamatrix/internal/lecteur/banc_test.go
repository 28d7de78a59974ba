package lecteur

import (
	"context"
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"github.com/simphonie/simphonie/datamatrix/internal/degrade"
)

// scenes are the pictures of the benchmarks.
func scenes() []struct {
	nom string
	im  image.Image
} {
	poser := func(angle float64) image.Image {
		sym, err := degrade.Encoder(degrade.AMC1, 0, 0)
		if err != nil {
			panic(err)
		}
		s := degrade.NewScene(400, 400, 225, 1)
		s.Poser(sym, degrade.Pose{X: 200, Y: 200, Module: 4.3, Angle: angle, Marge: 2, Noir: 45, Blanc: 225})
		s.Bruit(5)
		return s.Image()
	}
	return []struct {
		nom string
		im  image.Image
	}{
		{"upright", poser(0)},
		{"angle", poser(33)},
		{"page", degrade.Page(0).Image},
	}
}

func BenchmarkLire(b *testing.B) {
	for _, s := range scenes() {
		b.Run(s.nom, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := Lire(context.Background(), s.im, Options{}); err != nil || len(r) == 0 {
					b.Fatal("not read")
				}
			}
		})
	}
}

func BenchmarkGozxing(b *testing.B) {
	for _, s := range scenes() {
		b.Run(s.nom, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bmp, err := gozxing.NewBinaryBitmapFromImage(s.im)
				if err != nil {
					b.Fatal(err)
				}
				_, _ = datamatrix.NewDataMatrixReader().Decode(bmp, nil)
			}
		})
	}
}
