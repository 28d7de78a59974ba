package pkcs11_test

import (
	"context"
	"crypto"
	"crypto/sha256"
	"fmt"
	"log"
	"time"

	"github.com/simphonie/simphonie/carte/pkcs11"
)

// The card of an agent signs, until it leaves the reader. In a channel of
// package teleservice: CarteAssertion{Signataire: carte, Certificat:
// carte.Certificat(), Presente: carte.Presente}.
func ExampleBibliotheque_Ouvrir() {
	ctx := context.Background()
	biblio, err := pkcs11.Open("") // the library of the CPS, by its usual name
	if err != nil {
		log.Fatal(err)
	}
	defer biblio.Close()

	carte, err := biblio.Ouvrir(ctx, pkcs11.Options{
		PIN: func(_ context.Context, d pkcs11.DemandePIN) ([]byte, error) {
			if d.Jeton.DernierEssai {
				fmt.Println("Dernier essai avant le blocage de la carte")
			}
			return demandeALAgent()
		},
	})
	if err != nil {
		log.Fatal(err) // CARTE-PIN: show it, never try the same PIN again
	}
	defer carte.Close()

	go carte.Surveille(ctx, time.Second)
	go func() {
		<-carte.Retrait()
		fmt.Println("Carte retirée : session de l'agent fermée")
	}()

	empreinte := sha256.Sum256([]byte("<saml:Assertion …/>"))
	signature, err := carte.Sign(nil, empreinte[:], crypto.SHA256)
	fmt.Println(len(signature), err)
}

func demandeALAgent() ([]byte, error) { return []byte("1234"), nil }

func ExampleOpen() {
	_, err := pkcs11.Open("./libcps3_pkcs11.so")
	fmt.Println(err)
	// Output: CARTE-BIBLIOTHEQUE carte: a relative path is refused: the library sees the PIN
}

func ExampleDecodeActivite() {
	a, err := pkcs11.DecodeActivite([]byte("\xEE\x0F\x84\x07CH TEST\x86\x04SA01"))
	fmt.Println(a.RaisonSociale, a.RaisonSociale.Clair(), a.Secteur, err)
	// Output: *** CH TEST SA01 <nil>
}
