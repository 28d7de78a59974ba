package roctest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/roc/roctest"
)

// The reference codec passes.
func TestReference(t *testing.T) {
	roctest.RunCodecSuite(t, reference.Codec{}, roctest.EcrivainReference())
}

// The suite finds each fault of a codec.
func TestFautes(t *testing.T) {
	for nom, cas := range map[string]struct {
		codec modele.Codec
		dit   string
	}{
		"no action":         {sansAction{}, "has no action"},
		"one for the other": {simPourCLC{}, "it is accepted"},
		"lost amounts":      {indulgent{}, "another amount is read"},
		"lost message":      {sansMessage{}, "does not come back"},
		"panics":            {panique{}, "panic"},
		"nothing":           {vide{}, "a good answer is refused"},
		"talks":             {bavard{}, "an error holds personal data"},
		"forgets":           {oublie{}, "the message does not say it"},
		"same annulation":   {memeAnnulation{}, "which CLC"},
		"official":          {officiel{}, "which specification"},
	} {
		t.Run(nom, func(t *testing.T) {
			var c collecteur
			roctest.RunCodecSuite(&c, cas.codec, roctest.EcrivainReference())
			assert.Contains(t, strings.Join(c.fautes, "\n"), cas.dit)
		})
	}
	var c collecteur
	roctest.RunCodecSuite(&c, reference.Codec{}, roctest.Ecrivain{})
	assert.Len(t, c.fautes, 1)
}

// ExampleRunCodecSuite is what the editor of a codec writes in a test.
func ExampleRunCodecSuite() {
	var t collecteur // a *testing.T
	roctest.RunCodecSuite(&t, reference.Codec{}, roctest.EcrivainReference())
	fmt.Println(len(t.fautes))
	// Output: 0
}

type collecteur struct{ fautes []string }

func (c *collecteur) Helper() {}

func (c *collecteur) Errorf(f string, args ...any) {
	c.fautes = append(c.fautes, fmt.Sprintf(f, args...))
}

type sansAction struct{ reference.Codec }

func (sansAction) Profil() modele.Profil {
	p := reference.Codec{}.Profil()
	p.Actions = nil
	return p
}

type officiel struct{ reference.Codec }

func (officiel) Profil() modele.Profil {
	p := reference.Codec{}.Profil()
	p.Officiel = true
	return p
}

type simPourCLC struct{ reference.Codec }

func (c simPourCLC) DecodeCLC(el *etree.Element) (*modele.Calcul, error) {
	if r, err := c.Codec.DecodeCLC(el); err == nil {
		return r, nil
	}
	s, err := c.DecodeSIM(el)
	if err != nil {
		return nil, err
	}
	return &modele.Calcul{Retour: s.Retour, Montants: s.Montants}, nil
}

type indulgent struct{ reference.Codec }

func (c indulgent) DecodeSIM(el *etree.Element) (*modele.Simulation, error) {
	if el != nil && el.Tag == "ReponseSIM" {
		for _, p := range el.FindElements("Montant/Part") {
			if _, err := simphonie.ParseMontant(p.Text()); err != nil {
				p.SetText("0.00")
			}
		}
	}
	return c.Codec.DecodeSIM(el)
}

type sansMessage struct{ reference.Codec }

func (c sansMessage) DecodeAnnulation(el *etree.Element) (*modele.Annulation, error) {
	r, err := c.Codec.DecodeAnnulation(el)
	if r != nil {
		r.Consignes = nil
	}
	return r, err
}

type panique struct{ reference.Codec }

func (panique) EncodeIDB(d *modele.DemandeIDB) (*etree.Element, error) {
	el := etree.NewElement("IDB")
	el.SetText(d.Requete)
	return el, nil
}

type vide struct{ reference.Codec }

func (vide) DecodeIDB(*etree.Element) (*modele.Identification, error) { return nil, nil }

type bavard struct{ reference.Codec }

func (c bavard) DecodeIDB(el *etree.Element) (*modele.Identification, error) {
	r, err := c.Codec.DecodeIDB(el)
	if err != nil && el != nil {
		s, _ := etree.NewDocumentWithRoot(el.Copy()).WriteToString()
		err = fmt.Errorf("%s", s)
	}
	return r, err
}

type oublie struct{ reference.Codec }

func (c oublie) EncodeCLC(d *modele.DemandeCLC) (*etree.Element, error) {
	el, err := c.Codec.EncodeCLC(d)
	if el != nil {
		for _, x := range el.FindElements("//Quantite") {
			x.Parent().RemoveChild(x)
		}
	}
	return el, err
}

type memeAnnulation struct{ reference.Codec }

func (c memeAnnulation) EncodeAnnulation(d *modele.DemandeAnnulation) (*etree.Element, error) {
	if d == nil {
		return c.Codec.EncodeAnnulation(nil)
	}
	x := *d
	x.Calcul, x.Engagement = "r-0", ""
	return c.Codec.EncodeAnnulation(&x)
}
