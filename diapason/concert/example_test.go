package concert_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/concert"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/journal"
)

// The patient pays. A second payment is cut: nobody pays twice, and a person
// who read the ticket decides.
func Example() {
	if err := exemple(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Encaissé : 12,50 €.
	// Issue inconnue : ne recommencez pas. Lisez le ticket du terminal, puis saisissez la décision.
	// Une opération de ce dossier ou de ce terminal est à clarifier : lisez son ticket et saisissez d'abord la décision.
	// F-43 30.00
	// Encaissé : 30,00 €.
}

func exemple(ctx context.Context) error {
	terminal := diapasontest.NewTerminal()
	defer terminal.Close()
	adresse, err := terminal.Ecoute("127.0.0.1:0")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "tpe")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fichier, err := journal.OuvreFichier(filepath.Join(dir, "echanges.journal"))
	if err != nil {
		return err
	}
	defer fichier.Close()
	cleDuDossier := func(context.Context, string) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil }
	j, err := journal.New(journal.Config{Magasin: fichier, Trousseau: cleDuDossier, Delai: 5 * time.Minute})
	if err != nil {
		return err
	}

	liaison, err := concert.NewTCP(concert.TCP{V3: concert.V3{Version: "0320", Identifiant: "012345678901"}, Adresse: adresse})
	if err != nil {
		return err
	}
	caisse, err := concert.New(concert.Config{Liaison: liaison, Journal: j, Terminal: "urgences-1", Numero: "01"})
	if err != nil {
		return err
	}
	res, err := caisse.Encaisse(ctx, concert.Ordre{Venue: "V2026-00042", Reference: "F-42", Montant: 1250})
	if err != nil {
		return err
	}
	fmt.Println(montre(res.Texte()))

	if err := terminal.Enfile("coupe"); err != nil {
		return err
	}
	res, _ = caisse.Encaisse(ctx, concert.Ordre{Venue: "V2026-00043", Reference: "F-43", Montant: 3000})
	fmt.Println(montre(res.Texte()))
	res, err = caisse.Encaisse(ctx, concert.Ordre{Venue: "V2026-00044", Reference: "F-44", Montant: 500})
	fmt.Println(montre(res.Texte()))

	var suspens *concert.Suspens
	if !errors.As(err, &suspens) {
		return err
	}
	fmt.Println(suspens.Reference, suspens.Montant)
	res, err = caisse.Decide(ctx, *suspens, concert.Decision{Verdict: concert.Effective, Montant: 3000,
		Par: simphonie.NewConfidentiel("régisseur"), Preuve: simphonie.NewConfidentiel("ticket 000118")})
	fmt.Println(montre(res.Texte()))
	return err
}

// montre has ordinary spaces before the euro sign.
func montre(s string) string {
	return string(bytes.ReplaceAll([]byte(s), []byte("\u00a0"), []byte(" ")))
}

// A message as a log may hold it.
func ExampleDescribe() {
	fmt.Print(concert.Describe([]byte("CZ0040320AE00210AA016497010######0016CA00201CB00800001250CD0010CE003978")))
	// Output:
	// CZ 004 0320 (version du protocole)
	// AE 002 10 (état)
	// AA 016 *** (numéro de carte tronqué)
	// CA 002 01 (numéro de caisse)
	// CB 008 00001250 (montant en centimes)
	// CD 001 0 (action)
	// CE 003 978 (devise)
}
