package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"image/jpeg"
	"io"
	"path"
	"time"

	"github.com/simphonie/simphonie/datamatrix"
)

// The pictures show synthetic cards, printed by the SDK's encoder and spoiled:
// a phone held at an angle, a scribble over the code, a page with other codes.
//
//go:embed attestations/*.jpg
var attestations embed.FS

// lisAttestations gives what the desk gets from the patients' cards, on its way
// to the directory of complementary insurers, and shows it.
func lisAttestations(w io.Writer) (lues []datamatrix.AttestationAMC, err error) {
	fichiers, err := attestations.ReadDir("attestations")
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(w, "Attestations de complémentaire lues à l'accueil.")
	for _, f := range fichiers {
		b, err := attestations.ReadFile(path.Join("attestations", f.Name()))
		if err != nil {
			return nil, err
		}
		img, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		ctx, arrete := context.WithTimeout(context.Background(), 30*time.Second)
		symboles, err := datamatrix.DecodeImage(ctx, img, datamatrix.Options{})
		arrete()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(w, "\n── %s : %d code(s)\n", f.Name(), len(symboles))
		for i := range symboles {
			afficheSymbole(w, &symboles[i])
			if a, ok := symboles[i].Valeur.(datamatrix.AttestationAMC); ok {
				lues = append(lues, a)
			}
		}
	}
	return lues, nil
}

func afficheSymbole(w io.Writer, s *datamatrix.Symbole) {
	fmt.Fprintf(w, "   %s  %s  (%s, %.0f°)\n", gauche(s.Genre.String(), 9), s.Masque(), s.Taille, s.Angle)
	a, ok := s.Valeur.(datamatrix.AttestationAMC)
	if !ok {
		return
	}
	cles, _ := a.Cles(nil)
	for _, c := range cles {
		fmt.Fprintf(w, "              → annuaire, domaine %s : AMC %s, convention %s, CSR %q\n", c.Domaine, c.Numero, c.Convention, c.CSR)
	}
}
