package roctest_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// An insurer in a program: any HTTP client calls it, with the client
// certificate that it gives. The answer to this CLC is lost; the ledger knows
// that the insurer is committed.
func ExampleDemarre() {
	s, err := roctest.Demarre()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	racines := x509.NewCertPool()
	racines.AppendCertsFromPEM(s.Racines)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: racines, Certificates: []tls.Certificate{s.Client}}}}

	err = s.Enfile(roctest.Cible{Service: modele.CLC, Venue: "26000001"}, "coupe-apres-lecture")
	if err != nil {
		fmt.Println(err)
		return
	}
	typ := `application/soap+xml; charset=utf-8; action="` + roctest.Action(modele.CLC) + `"`
	_, err = client.Post(s.URL("0434243085"), typ, strings.NewReader(demandeDeLaPage()))
	fmt.Println(err != nil)
	for _, e := range s.Vivants("0434243085", "26000001") {
		fmt.Println(e.Numero, e.Total)
	}

	r, err := client.Post(s.URL("0434243085"), typ, strings.NewReader(demandeDeLaPage()))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	fmt.Println(err, regexp.MustCompile(`<Code>(\w+)</Code>`).FindStringSubmatch(string(b))[1], s.Bilan("").Engages)
	// Output:
	// true
	// SIMULE-000001 550.00
	// <nil> DOUBLON 1
}

// demandeDeLaPage is the CLC of docs/SIMULATEURS.md.
func demandeDeLaPage() string {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "SIMULATEURS.md"))
	if err != nil {
		return err.Error()
	}
	_, apres, _ := strings.Cut(string(page), "demande-roc.xml <<'FIN'\n")
	avant, _, _ := strings.Cut(apres, "FIN\n")
	return avant
}
