// Command simulateurs runs the simulated teleservices of the Assurance Maladie,
// complementary insurers and a payment terminal, for software in any language,
// until it is interrupted:
//
//	simulateurs -adresse 127.0.0.1:8443 -dossier ./simulateurs
//
// It prints the addresses, writes the test certificates (PEM and PKCS#12) in
// the directory, then one line a call, without personal data. A line on
// standard input changes how calls are answered: "lent:2s", "+http:503" for
// the next call only, "insi vide ADRUN/1975-12-31", "cdri vide ald" or
// "roc vide 775671993/26000001" for one teleservice and one person or visit,
// "terminal refuse" for the terminal. See docs/SIMULATEURS.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	var r reglages
	flag.StringVar(&r.adresse, "adresse", "127.0.0.1:8443", "première adresse ; les suivantes prennent les ports suivants, port 0 = ports libres")
	flag.StringVar(&r.dossier, "dossier", "simulateurs", "dossier où écrire les certificats d'essai")
	flag.StringVar(&r.scenario, "scenario", "normal", "façon de répondre au départ")
	flag.Parse()
	ctx, arrete := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer arrete()
	if err := r.sert(ctx, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "simulateurs:", err)
		os.Exit(1)
	}
}
