package insitest_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"strings"

	"github.com/simphonie/simphonie/insi/insitest"
)

// A simulator in a program: any HTTP client calls it, with the client
// certificate that it gives.
func ExampleDemarre() {
	s, err := insitest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	racines := x509.NewCertPool()
	racines.AppendCertsFromPEM(s.Racines)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: racines, Certificates: []tls.Certificate{s.Client}}}}

	reponse, err := client.Post(s.URLTLSMutuel, "application/soap+xml; charset=utf-8; action=\""+insitest.ActionTraits+"\"", strings.NewReader("<not-soap/>"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer reponse.Body.Close()
	appel := s.Appels()[0]
	fmt.Println(reponse.StatusCode, appel.Issue, appel.Motif)
	// Output: 500 refuse the root is not a SOAP 1.2 Envelope
}

// The next call fails, then all is well.
func ExampleServeur_Enfile() {
	s, err := insitest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	fmt.Println(s.Enfile(insitest.Cible{}, "faute:siram_40/desir_1020", "normal"))
	fmt.Println(s.Scenario(insitest.Cible{Identite: "ADRUN/1975-12-31"}, "lent"))
	// Output:
	// <nil>
	// passerelle: no scenario "lent"
}
