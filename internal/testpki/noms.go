package testpki

import (
	"crypto/x509/pkix"
	"encoding/asn1"
)

var (
	oidC       = asn1.ObjectIdentifier{2, 5, 4, 6}
	oidO       = asn1.ObjectIdentifier{2, 5, 4, 10}
	oidOU      = asn1.ObjectIdentifier{2, 5, 4, 11}
	oidST      = asn1.ObjectIdentifier{2, 5, 4, 8}
	oidCN      = asn1.ObjectIdentifier{2, 5, 4, 3}
	oidSN      = asn1.ObjectIdentifier{2, 5, 4, 4}
	oidPrenom  = asn1.ObjectIdentifier{2, 5, 4, 42}
	oidCivil   = asn1.ObjectIdentifier{2, 5, 4, 12}
	oidPolitic = asn1.ObjectIdentifier{1, 2, 250, 1, 213, 1, 7, 2, 1, 1, 1, 1}

	oidTypeCarte  = asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 2}
	oidOctet      = asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 5}
	oidProfession = asn1.ObjectIdentifier{1, 2, 250, 1, 71, 1, 2, 7}
)

// av is one attribute of a name.
func av(oid asn1.ObjectIdentifier, v string) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{Type: oid, Value: v}
}

// nom writes a name whose RDNs are given in order; an RDN of several
// attributes stays one, which pkix.Name cannot say.
func nom(rdns ...[]pkix.AttributeTypeAndValue) ([]byte, error) {
	seq := make(pkix.RDNSequence, len(rdns))
	for i, r := range rdns {
		seq[i] = r
	}
	return asn1.Marshal(seq)
}

// rdn is a relative name.
func rdn(avs ...pkix.AttributeTypeAndValue) []pkix.AttributeTypeAndValue { return avs }
