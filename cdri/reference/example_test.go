package reference_test

import (
	"fmt"
	"testing"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
)

func ExampleCodec() {
	el, err := reference.Codec{}.EncodeDemande(&modele.Demande{
		EJ: "750712184", Moment: modele.Admission, Assure: simphonie.NIRRecu("181016322075140"),
		Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1", Regime: "01",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := etree.NewDocumentWithRoot(el)
	d.Indent(2)
	s, _ := d.WriteToString()
	fmt.Print(s)
	// Output:
	// <ConsulterDroits xmlns="urn:simphonie:reference-non-officielle:cdri:1">
	//   <Etablissement>750712184</Etablissement>
	//   <Moment>ADMISSION</Moment>
	//   <Assure>
	//     <Nir>1810163220751</Nir>
	//     <Cle>40</Cle>
	//   </Assure>
	//   <Beneficiaire>
	//     <DateNaissance>1981-01-01</DateNaissance>
	//     <Rang>1</Rang>
	//   </Beneficiaire>
	//   <Organisme>
	//     <Regime>01</Regime>
	//   </Organisme>
	// </ConsulterDroits>
}

// An editor's own codec goes through the same suite, with a writer of its own.
func ExampleCodec_suite() {
	var t *testing.T // of the editor's test
	cdritest.RunCodecSuite(t, reference.Codec{}, cdritest.EcrivainReference())
}
