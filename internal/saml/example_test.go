package saml_test

import (
	"fmt"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

// The assertion of a card, signed, then checked before it is sent.
func ExampleAssertion_Sign() {
	carte := laPKI().carte // certificate and crypto.Signer of the card
	dn, _ := saml.FormatDN(carte.Certificat, saml.DNJava())
	genre, _ := saml.TypeCarte(carte.Certificat)
	a := &saml.Assertion{ID: "_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6", Emission: maintenant,
		Emetteur: simphonie.NewConfidentiel(dn), FormatEmetteur: saml.FormatX509,
		Sujet: simphonie.NewConfidentiel(carte.Certificat.Subject.CommonName), QualificatifSujet: genre,
		Attributs: []saml.Attribut{saml.NewAttribut("secteurActivite", "SA05")}}
	octets, err := a.Sign(nil, carte.Cle, carte.Certificat)
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := saml.VerifieOctets(octets, saml.Verification{Attendu: carte.Certificat, Instant: maintenant, AgeMax: time.Hour})
	fmt.Println(v.QualificatifSujet, v.Sujet, err)
	// Output: CPS *** <nil>
}

func ExampleVerifieEnTete() {
	p := laPKI()
	octets, _ := (&saml.Assertion{ID: "_1", Emission: maintenant, Emetteur: simphonie.NewConfidentiel("CN=x"),
		Sujet: simphonie.NewConfidentiel("899700000001")}).Sign(nil, p.carte.Cle, p.carte.Certificat)
	message, _ := arbreGarde(enveloppe(octets))
	vs, err := saml.VerifieEnTete(message, 1, saml.Verification{
		Racines: p.Racines(), Intermediaires: p.Intermediaires(), Usage: saml.UsageNonRepudiation,
		Instant: maintenant, AgeMax: time.Hour, Ecart: time.Minute,
	})
	fmt.Println(len(vs), err)
	vs, err = saml.VerifieEnTete(message, 2, saml.Verification{Attendu: p.carte.Certificat, Instant: maintenant, AgeMax: time.Hour})
	fmt.Println(len(vs), err)
	// Output:
	// 1 <nil>
	// 0 SAML-ASSERTIONS SAML: the document does not hold the number of assertions that is expected
}

func ExampleCanonicalise() {
	doc, _ := arbreGarde([]byte(`<r xmlns:p="urn:p" xmlns:q="urn:q"><p:x b='2' a="1"><!-- x --><![CDATA[<]]></p:x></r>`))
	b, err := saml.Canonicalise(nil, doc.Root().ChildElements()[0])
	fmt.Println(string(b), err)
	// Output: <p:x xmlns:p="urn:p" a="1" b="2">&lt;</p:x> <nil>
}
