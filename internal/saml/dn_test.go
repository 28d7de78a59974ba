package saml_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/saml"
)

// sujet gives a certificate with that raw subject.
func sujet(t *testing.T, rdns ...pkix.RelativeDistinguishedNameSET) *x509.Certificate {
	t.Helper()
	b, err := asn1.Marshal(pkix.RDNSequence(rdns))
	require.NoError(t, err)
	return &x509.Certificate{RawSubject: b}
}

func av(valeur any, oid ...int) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{Type: oid, Value: valeur}
}

func TestFormatDN(t *testing.T) {
	carte := sujet(t, []pkix.AttributeTypeAndValue{av("FR", 2, 5, 4, 6)}, []pkix.AttributeTypeAndValue{av("Infirmier", 2, 5, 4, 12)},
		[]pkix.AttributeTypeAndValue{av("899700000001", 2, 5, 4, 3), av("DOC", 2, 5, 4, 4), av("ALAIN", 2, 5, 4, 42)})
	for _, c := range []struct {
		cert         *x509.Certificate
		java, dotnet string
	}{
		{carte, `2.5.4.4=DOC+2.5.4.42=ALAIN+CN=899700000001,T=Infirmier,C=FR`, `SN=DOC + G=ALAIN + CN=899700000001, T=Infirmier, C=FR`},
		{sujet(t, []pkix.AttributeTypeAndValue{av(`a,b+c"d\e<f>g;h=i`, 2, 5, 4, 10)}), `O=a\,b\+c\"d\\e\<f\>g\;h=i`, `O="a,b+c""d\e<f>g;h=i"`},
		{sujet(t, []pkix.AttributeTypeAndValue{av("#x ", 2, 5, 4, 11)}, []pkix.AttributeTypeAndValue{av(" é", 2, 5, 4, 11)}, []pkix.AttributeTypeAndValue{av(" ", 2, 5, 4, 11)}),
			`OU=\ ,OU=\ é,OU=\#x\ `, `OU=" ", OU=" é", OU="#x "`},
		{sujet(t, []pkix.AttributeTypeAndValue{av("x\ny", 1, 2, 3)}), `1.2.3=x\0Ay`, "OID.1.2.3=\"x\ny\""},
	} {
		s, err := saml.FormatDN(c.cert, saml.DNJava())
		require.NoError(t, err)
		assert.Equal(t, c.java, s)
		s, err = saml.FormatDN(c.cert, saml.DNDotNet())
		require.NoError(t, err)
		assert.Equal(t, c.dotnet, s)
	}
	for _, cert := range []*x509.Certificate{nil, {}, {RawSubject: []byte{0x30, 0}}, {RawSubject: []byte("x")}, sujet(t, []pkix.AttributeTypeAndValue{av(12, 2, 5, 4, 3)})} {
		_, err := saml.FormatDN(cert, saml.DNJava())
		assert.Equal(t, simphonie.Code("SAML-DN"), codeDe(t, err))
	}
	s, err := saml.FormatDN(laPKI().carte.Certificat, saml.StyleDN{Separateur: "/", Plus: "+", Noms: map[string]string{"2.5.4.3": "cn"}})
	require.NoError(t, err)
	assert.Equal(t, "2.5.4.4=DOC+2.5.4.42=ALAIN+cn=899700000001/2.5.4.12=Infirmier/2.5.4.6=FR", s)
}

func TestTypeCarte(t *testing.T) {
	avec := func(v []byte) *x509.Certificate {
		return &x509.Certificate{Extensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3}}, {Id: asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 2}, Value: v}}}
	}
	for v, attendu := range map[string]string{"\x02\x01\x00": "CPS", "\x02\x01\x01": "CPF", "\x02\x01\x02": "CDE-CPE", "\x02\x01\x03": "CPA", "\x02\x01\x04": "CPX",
		"\x02\x01\xff": "CPX", "\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00": "CPX"} {
		s, err := saml.TypeCarte(avec([]byte(v)))
		require.NoError(t, err)
		assert.Equal(t, attendu, s)
	}
	for _, cert := range []*x509.Certificate{nil, {}, avec(nil), avec([]byte("x")), avec([]byte("\x02\x01\x00x"))} {
		_, err := saml.TypeCarte(cert)
		assert.Equal(t, simphonie.Code("SAML-CARTE"), codeDe(t, err))
	}
	s, err := saml.TypeCarte(laPKI().carte.Certificat)
	require.NoError(t, err)
	assert.Equal(t, "CPS", s)
}
