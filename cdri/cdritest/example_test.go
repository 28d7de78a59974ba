package cdritest_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/droits"
)

// A simulator in a program: any HTTP client calls it, with the client
// certificate that it gives.
func ExampleDemarre() {
	s, err := cdritest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	racines := x509.NewCertPool()
	racines.AppendCertsFromPEM(s.Racines)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: racines, Certificates: []tls.Certificate{s.Client}}}}

	reponse, err := client.Post(s.URLTLSMutuel, "application/soap+xml; charset=utf-8; action=\""+cdritest.Action+"\"", strings.NewReader("<not-soap/>"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer reponse.Body.Close()
	appel := s.Appels()[0]
	fmt.Println(reponse.StatusCode, appel.Issue, appel.Motif)
	// Output: 500 refuse the root is not a SOAP 1.2 Envelope
}

// The patient of a visit is known from now on; what CDRi cannot say is refused.
func ExampleServeur_Ajoute() {
	s, err := cdritest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	naissance, err := simphonie.ParseDateNaissance("1981-01-01")
	if err != nil {
		fmt.Println(err)
		return
	}
	visite := &droits.Acquisition{Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}}
	patient := cdritest.Beneficiaire{Cas: "visite 1", Droits: visite,
		Criteres: cdritest.Criteres{Assure: simphonie.NIRRecu("181016322075140"), Naissance: naissance, Rang: "1"}}
	fmt.Println(s.Ajoute(patient))

	visite.Particulieres = []droits.Droit[string]{{Code: "SP06"}}
	fmt.Println(s.Ajoute(patient))
	// Output:
	// <nil>
	// cdritest: beneficiary 0 (visite 1): droits.particulieres: CDRi does not say it
}

// The next message about somebody is lost on its way back; the next batch line is late.
func ExampleServeur_EnfileLignes() {
	s, err := cdritest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	ald, _ := cdritest.Connu("ald")
	fmt.Println(s.Enfile(cdritest.Cible{Criteres: ald.Criteres}, "coupe-apres-lecture"))
	fmt.Println(s.EnfileLignes(ald.Criteres, "indisponible", "erreur:REFUS"))
	// Output:
	// <nil>
	// <nil>
}
