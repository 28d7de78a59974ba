package vitale_test

import (
	"fmt"
	"time"

	"github.com/simphonie/simphonie/droits/vitale"
)

// A card is read; what a person must look at comes as suggestions and anomalies.
func ExampleDecode() {
	bs, err := vitale.Decode([]byte(`<listeBenef><element>
	  <ident><nir>255555575133324</nir><naissance><dateEnCarte>500312</dateEnCarte></naissance></ident>
	  <amo><codeRegime>01</codeRegime><caisse>751</caisse><libelleExo>EXONERATION ALD</libelleExo><medecinTraitant>O</medecinTraitant></amo>
	</element></listeBenef>`), time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	b := bs[0]
	fmt.Println(b.Droits.Organisme, b.Droits.Assure.NIR, b.Droits.Beneficiaire.Naissance, b.Droits.MedecinTraitant.Declare)
	fmt.Println(b.Suggestions[0].Exoneration, b.Anomalies[0].Message)
	// Output:
	// 01-751 *** 50-**-** oui
	// 4 La carte Vitale ne donne pas le siècle de la naissance : le demander.
}
