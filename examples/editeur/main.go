// Command editeur is the software of a hospital in small: its own tables, and
// the SDK wired into them. A patient comes to the emergency room with the
// attestation of a complementary insurer; the visit is priced, and the insurer
// says what it pays.
//
//	go run .
//
// The services are the SDK's simulators, the prices are fictitious but those of
// FPU and FPV, which are public.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	if err := execute(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "editeur:", err)
		os.Exit(1)
	}
}

// execute takes one patient through, in a database that is thrown away.
func execute(w io.Writer) error {
	ctx, arrete := context.WithTimeout(context.Background(), time.Minute)
	defer arrete()
	dossier, err := os.MkdirTemp("", "editeur")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dossier)
	s, a, err := demarre()
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.reglages(filepath.Join(dossier, "gap.db"))
	if err != nil {
		return err
	}
	g, err := ouvre(ctx, r)
	if err != nil {
		return err
	}
	defer g.ferme()
	fmt.Fprintln(w, "Services SIMULÉS, tarifs FICTIFS (sauf FPU et FPV).")
	if err := g.passage(ctx, a); err != nil {
		return err
	}
	return g.rapport(ctx, w)
}
