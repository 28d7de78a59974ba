package passerelle_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

var convention = passerelle.Convention{Emetteur: "urn:etablissement:simule:1", Destinataire: "urn:am:sp", Audience: "urn:am:service",
	PAGM: "PAGM-SIMULE", Classe: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}

func assertionStructure() string {
	fin := iso(debut.Add(7*24*time.Hour + 5*time.Minute))
	return `<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_s1" IssueInstant="` + iso(debut) + `" Version="2.0"><a:Issuer>` + convention.Emetteur + `</a:Issuer>` +
		`<a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">agent-7</a:NameID>` +
		`<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"><a:SubjectConfirmationData NotOnOrAfter="` + fin + `" Recipient="` + convention.Destinataire + `"/></a:SubjectConfirmation></a:Subject>` +
		`<a:Conditions NotBefore="` + iso(debut) + `" NotOnOrAfter="` + fin + `"><a:AudienceRestriction><a:Audience>` + convention.Audience + `</a:Audience></a:AudienceRestriction></a:Conditions>` +
		`<a:AuthnStatement AuthnInstant="` + iso(debut) + `" SessionIndex="_s1"><a:AuthnContext><a:AuthnContextClassRef>` + convention.Classe + `</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement>` +
		`<a:AttributeStatement><a:Attribute Name="PAGM"><a:AttributeValue>` + convention.PAGM + `</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion>`
}

func TestStructure(t *testing.T) {
	e := lance(t, func(o *passerelle.Options) { o.Convention = &convention })
	sig, err := e.s.PKI().Signature("CENTRE HOSPITALIER SIMULE")
	require.NoError(t, err)
	signe := func(id *testpki.Identite, vieux, neuf string) *brut.Message {
		require.Contains(t, assertionStructure(), vieux)
		s, err := brut.Signe(strings.Replace(assertionStructure(), vieux, neuf, 1), id.Certificat, id.Cle)
		require.NoError(t, err)
		return e.parCarte(s)
	}
	e.accepte(signe(sig, "", ""))
	assert.Equal(t, passerelle.Structure, e.dernier().Authentification)
	e.h.avance(3 * time.Hour) // the hour of cards is not theirs
	e.accepte(signe(sig, "", ""))
	for _, c := range []struct{ vieux, neuf, motif string }{
		{convention.Emetteur, "urn:autre", "Issuer"},
		{"agent-7", "", "NameID"},
		{"sender-vouches", "bearer", "sender-vouches"},
		{convention.Destinataire, "urn:autre", "Recipient"},
		{"2026-11-09T10:05:00.000Z", "2026-11-09T10:05:01.000Z", "SubjectConfirmationData/@NotOnOrAfter"},
		{"2026-11-09T10:05:00.000Z", "2026-11-02T10:05:00.000Z", "SubjectConfirmationData/@NotOnOrAfter"},
		{`NotBefore="2026-11-02`, `NotBefore="2026-11-03`, "NotBefore"},
		{`NotBefore="2026-11-02T10:00:00.000Z" NotOnOrAfter="2026-11-09`, `NotBefore="2026-11-02T10:00:00.000Z" NotOnOrAfter="2026-11-19`, "Conditions/@NotOnOrAfter"},
		{convention.Audience, "urn:autre", "Audience"},
		{`AuthnInstant="2026-11-02`, `AuthnInstant="2026-11-01`, "AuthnInstant"},
		{`SessionIndex="_s1"`, `SessionIndex="_s2"`, "SessionIndex"},
		{convention.Classe, "urn:autre", "AuthnContextClassRef"},
		{convention.PAGM, "AUTRE", "PAGM"},
		{`Name="PAGM"`, `Name="identifiantFacturation"`, "PAGM: missing"},
		{"<a:Conditions ", "<a:Advice/><a:Conditions ", "in this order"},
	} {
		e.refuse(signe(sig, c.vieux, c.neuf), "assertion", c.motif, "%s", c.motif)
	}
	e.refuse(signe(e.carte, "", ""), "assertion", "not of an organisation")
	e.h.avance(7*24*time.Hour - 3*time.Hour + 5*time.Minute)
	e.refuse(signe(sig, "", ""), "assertion", "NotOnOrAfter")

	e = lance(t)
	sig, err = e.s.PKI().Signature("X")
	require.NoError(t, err)
	e.refuse(signe(sig, "", ""), "assertion", "no convention")
}
