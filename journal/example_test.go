package journal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/journal"
)

// A CLC is sent once. Its answer is lost: it is not sent again, until somebody
// asked the insurer and decided.
func Example() {
	dir, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	fichier, err := journal.OuvreFichier(filepath.Join(dir, "echanges.journal"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer fichier.Close()
	j, err := journal.New(journal.Config{Magasin: fichier, Trousseau: trousseau})
	if err != nil {
		fmt.Println(err)
		return
	}

	ctx := context.Background()
	demande := simphonie.NewConfidentiel(`{"assure":"…"}`)
	empreinte, err := j.Empreinte(ctx, "roc.clc", "V2026-00042", []byte(demande.Clair()))
	if err != nil {
		fmt.Println(err)
		return
	}
	clc := journal.Intention{Cle: journal.NewCle("V2026-00042", "0012345678", empreinte), Nature: "roc.clc", Version: "2020", Charge: demande}
	envoie := func(context.Context) (journal.Resultat, error) {
		return journal.Resultat{}, errors.New("connection lost while the answer was awaited")
	}

	ref, err := j.UneFois(ctx, clc, envoie)
	fmt.Println(err)

	_, err = j.UneFois(ctx, clc, envoie) // does not send
	fmt.Println(err)

	liste, err := j.AClarifier(ctx, 10)
	fmt.Println(len(liste), liste[0].Nature, liste[0].Etat, err)

	err = j.Decision(ctx, ref, journal.Decision{Verdict: journal.SansEffet, Charge: simphonie.NewConfidentiel("vu par téléphone avec l'AMC")})
	fmt.Println(err)
	clc.Part = true
	ref, err = j.Intention(ctx, clc)
	fmt.Println(ref.Essai, err)
	// Output:
	// connection lost while the answer was awaited
	// JRN-INTENTION-DOUBLE journal: this exchange was meant before: attempt 1 is inconnue
	// 1 roc.clc inconnue <nil>
	// <nil>
	// 2 <nil>
}
