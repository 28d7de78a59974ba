// Command regles writes docs/REGLES.md from the rules of the source.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/internal/outils/regles/catalogue"
)

func main() {
	log.SetFlags(0)
	racine, err := maison.Racine(".")
	if err != nil {
		log.Fatal(err)
	}
	page, err := catalogue.Page(racine)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(racine, "docs", "REGLES.md"), []byte(page), 0o644); err != nil {
		log.Fatal(err)
	}
}
