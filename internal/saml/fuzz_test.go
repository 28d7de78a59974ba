package saml_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/beevik/etree"
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
	signee := signe(f)
	f.Fuzz(func(t *testing.T, de, a, vers uint16, genre uint8, texte []byte) {
		b := modifie(signee, int(de), int(a), int(vers), genre, texte)
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
			require.True(t, vs[0].Certificat().Equal(laPKI().carte.Certificat))
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

// Random edits of the tree, one to three, most of them well formed: elements
// moved, copied, removed, renamed, wrapped, and attributes and texts changed.
func TestArbresAuHasard(t *testing.T) {
	signee := signe(t)
	acceptees := 0
	n := uint64(400)
	if complet() {
		n = 5_000
	}
	for graine := range n {
		h := rand.New(rand.NewPCG(graine, 11))
		doc := arbre(t, signee)
		for range 1 + h.IntN(3) {
			edite(h, doc)
		}
		b := ecrit(t, doc)
		if v, err := saml.VerifieOctets(b, attendu()); err == nil {
			acceptees++
			require.Equal(t, *assertionCarte(), v.Assertion, string(b))
			goxmldsigAccepte(t, b)
		}
		message, err := xmlguard.Parse(enveloppe(b), xmlguard.Limites{})
		if err != nil {
			continue
		}
		if vs, err := saml.VerifieEnTete(message, 1, attendu()); err == nil {
			require.Equal(t, *assertionCarte(), vs[0].Assertion, string(b))
		}
	}
	require.NotZero(t, acceptees, "some edits change nothing that is signed")
}

// edite makes one change somewhere.
func edite(h *rand.Rand, doc *etree.Document) {
	tous := doc.FindElements("//*")
	el, autre := tous[h.IntN(len(tous))], tous[h.IntN(len(tous))]
	switch h.IntN(8) {
	case 0, 1: // copy
		autre.InsertChildAt(h.IntN(len(autre.Child)+1), el.Copy())
	case 2: // move, unless into itself
		if !slices.Contains(el.FindElements(".//*"), autre) && el != autre && el.Parent() != &doc.Element {
			autre.InsertChildAt(h.IntN(len(autre.Child)+1), el)
		}
	case 3: // remove
		if el.Parent() != &doc.Element {
			el.Parent().RemoveChild(el)
		}
	case 4: // rename
		el.Tag = autre.Tag
	case 5: // attribute
		nom := []string{"ID", "Id", "xml:id", "URI", "Algorithm", "NameQualifier", "x"}[h.IntN(7)]
		el.CreateAttr(nom, []string{"_6f1e8b1e-2b3c-4d5e-8f90-a1b2c3d4e5f6", "", "#x", exc}[h.IntN(4)])
	case 6: // text
		el.InsertChildAt(h.IntN(len(el.Child)+1), etree.NewText([]string{" ", "x", "\n"}[h.IntN(3)]))
	case 7: // comment
		el.InsertChildAt(h.IntN(len(el.Child)+1), etree.NewComment("x"))
	}
}

// Bytes of a signed assertion, changed in turn, are all seen.
func TestChaqueOctet(t *testing.T) {
	b := signe(t)
	pas := 5
	if complet() {
		pas = 1
	}
	for i := 0; i < len(b); i += pas {
		c := slices.Clone(b)
		c[i] ^= 1
		_, err := saml.VerifieOctets(c, attendu())
		require.Error(t, err, i)
	}
}
