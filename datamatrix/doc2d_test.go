package datamatrix

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"strings"
	"testing"

	"github.com/simphonie/simphonie"
)

// Synthetic documents of the four versions, headers of 22, 22, 24 and 26 characters.
func TestVersions2D(t *testing.T) {
	jours := func(n int) simphonie.Jour { return simphonie.MustJour("2000-01-01").AddDays(n) }
	const corps = "10JEAN DUPONT\x1d2475011" + "25PARIS\x1d" + "26FR"
	for _, c := range []struct {
		entete string
		veut   Doc2D
	}{
		{"DC01FR010001FFFFFFFF00", Doc2D{Version: "01", CA: "FR01", Certificat: "0001", Type: "00"}},
		{"DC02FR010001125D125D01", Doc2D{Version: "02", CA: "FR01", Certificat: "0001", Type: "01", Emission: jours(0x125D), Signe: jours(0x125D)}},
		{"DC03FR010001125D00000101", Doc2D{Version: "03", CA: "FR01", Certificat: "0001", Type: "01", Perimetre: "01", Emission: jours(0x125D), Signe: jours(0)}},
		{"DC04FR010001125DFFFE2801FR", Doc2D{Version: "04", CA: "FR01", Certificat: "0001", Type: "28", Perimetre: "01", Pays: "FR", Emission: jours(0x125D), Signe: jours(0xFFFE)}},
	} {
		texte := c.entete + corps + doc2DFin
		d := lis(t, texte).Valeur.(Doc2D)
		if got, err := d.EncodeText(); err != nil || got != texte {
			t.Errorf("written again: %q %v", got, err)
		}
		egal(t, "postcode", d.Champ("24").Clair(), "75011")
		egal(t, "first line", d.Champ("10").Clair(), "JEAN DUPONT")
		egal(t, "absent", d.Champ("99").Clair(), "")
		egal(t, "state", d.Etat, SignatureNonVerifiee)
		c.veut.Champs, c.veut.Signature = d.Champs, d.Signature
		egal(t, c.entete, d, c.veut)
		egal(t, "masked", d.Masque(), c.entete+"10***24***25***26***")
	}
}

// 0x125D is 4701 days after 2000-01-01: 12 years of 4383 days (3 leap years),
// then 2012 (366 days) would be 4749, so day 318 of 2012, 14 November.
func TestDate2D(t *testing.T) {
	d := lis(t, "DC02FR010001125DFFFF0126FR"+doc2DFin).Valeur.(Doc2D)
	egal(t, "date", d.Emission.String(), "2012-11-14")
	egal(t, "no date", d.Signe.IsZero(), true)
}

func TestSignature2D(t *testing.T) {
	for _, c := range []struct {
		courbe elliptic.Curve
		hache  func([]byte) []byte
	}{
		{elliptic.P256(), func(b []byte) []byte { h := sha256.Sum256(b); return h[:] }},
		{elliptic.P384(), func(b []byte) []byte { h := sha512.Sum384(b); return h[:] }},
		{elliptic.P521(), func(b []byte) []byte { h := sha512.Sum512(b); return h[:] }},
	} {
		cle, err := ecdsa.GenerateKey(c.courbe, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		d := Doc2D{Version: "04", CA: "FR00", Certificat: "0001", Type: "00", Perimetre: "01", Pays: "FR",
			Emission: simphonie.MustJour("2026-03-01"), Champs: []Champ2D{{Id: "10", Valeur: conf("JEAN DUPONT")}}}
		message, err := d.EncodeText()
		if err != nil {
			t.Fatal(err)
		}
		r, s, err := ecdsa.Sign(rand.Reader, cle, c.hache([]byte(message)))
		if err != nil {
			t.Fatal(err)
		}
		n := (c.courbe.Params().BitSize + 7) / 8
		signature := make([]byte, 2*n)
		r.FillBytes(signature[:n])
		s.FillBytes(signature[n:])
		d.Signature = conf(string(signature))
		texte, err := d.EncodeText()
		if err != nil {
			t.Fatal(err)
		}
		etat := func(texte string, v VerificateurDoc2D) EtatSignature {
			l, err := ParseText(texte, OptionsTexte{Verificateur: v})
			if err != nil {
				t.Fatal(err)
			}
			return l.Valeur.(Doc2D).Etat
		}
		cles := ClesDoc2D{"FR000001": &cle.PublicKey}
		egal(t, "genuine", etat(texte, cles), SignatureValide)
		egal(t, "forged", etat(strings.Replace(texte, "DUPONT", "DURAND", 1), cles), SignatureRefusee)
		egal(t, "unknown certificate", etat(texte, ClesDoc2D{}), SignatureNonVerifiee)
		egal(t, "no verifier", etat(texte, nil), SignatureNonVerifiee)
		egal(t, "cut", etat(texte[:len(texte)-8], cles), SignatureRefusee)
		egal(t, "absent", etat(message, cles), SignatureAbsente)
	}
	if err := (ClesDoc2D{}).VerifieDoc2D("FR00", "0001", nil, nil); !errors.Is(err, ErrCertificatInconnu) {
		t.Error(err)
	}
}

// A table given by the editor replaces the usual one.
func TestTableChamps(t *testing.T) {
	l, err := ParseText("DC04FR010001125DFFFF2801FRZ112345Z2X"+doc2DFin, OptionsTexte{Champs: TableChamps2D{"Z1": 5, "Z2": 0}})
	d, _ := l.Valeur.(Doc2D)
	if err != nil || d.Champ("Z1").Clair() != "12345" || d.Champ("Z2").Clair() != "X" {
		t.Errorf("%v %v", d, err)
	}
	egal(t, "warnings", l.Anomalies().Codes(), []simphonie.Code{"DM-2DDOC-NON-VERIFIE"})
}
