package saml_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// FuzzVerifie changes a signed assertion: text put in, cut out, copied or moved
// elsewhere. Whatever is accepted says what was signed, and goxmldsig takes it. Edits rather than
// documents are the input, for each process has keys of its own.
func FuzzVerifie(f *testing.F) {
	f.Add(uint16(0), uint16(0), uint16(0), uint8(0), []byte(" "))
	f.Add(uint16(200), uint16(300), uint16(500), uint8(1), []byte("<!-- -->"))
	f.Add(uint16(60), uint16(120), uint16(120), uint8(2), []byte(` Id="x"`))
	f.Add(uint16(0), uint16(4000), uint16(300), uint8(1), []byte("<saml:Advice>"))
	f.Fuzz(func(t *testing.T, de, a, vers uint16, genre uint8, texte []byte) {
		b := modifie(signe(t), int(de), int(a), int(vers), genre, texte)
		if v, err := saml.VerifieOctets(b, attendu()); err == nil {
			require.Equal(t, *assertionCarte(), v.Assertion)
			goxmldsigAccepte(t, b)
		}
		doc, err := xmlguard.Parse(enveloppe(b), xmlguard.Limites{})
		if err != nil {
			return
		}
		if vs, err := saml.VerifieEnTete(doc, 1, parRacines()); err == nil {
			require.Len(t, vs, 1)
			require.Equal(t, *assertionCarte(), vs[0].Assertion)
			require.True(t, vs[0].Certificat().Equal(laPKI().carte.cert))
		}
	})
}

// modifie puts texte in place of b[de:a] (0), copies that part to vers (1) or
// moves it there (2), texte before it.
func modifie(b []byte, de, a, vers int, genre uint8, texte []byte) []byte {
	de, a, vers = min(de, len(b)), min(a, len(b)), min(vers, len(b))
	if de > a {
		de, a = a, de
	}
	part := slices.Concat(texte, b[de:a])
	switch genre % 3 {
	case 0:
		return slices.Concat(b[:de], texte, b[a:])
	case 1:
		return slices.Insert(slices.Clone(b), vers, part...)
	}
	reste := slices.Concat(b[:de], b[a:])
	return slices.Insert(reste, min(vers, len(reste)), part...)
}

// Every byte of a signed assertion, changed in turn: either refused, or the
// same fields are read.
func TestChaqueOctet(t *testing.T) {
	b := signe(t)
	acceptees := 0
	for i := range b {
		c := slices.Clone(b)
		c[i] ^= 1
		v, err := saml.VerifieOctets(c, attendu())
		if err == nil {
			acceptees++
			require.Equal(t, *assertionCarte(), v.Assertion, i)
		}
	}
	require.Zero(t, acceptees)
}
