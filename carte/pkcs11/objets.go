package pkcs11

import (
	"context"
	"fmt"

	p11 "github.com/miekg/pkcs11"
)

// Names of the data objects of a CPS3: what it says of the holder (public), and
// the situations of practice, numbered from 1 (private).
const (
	ObjetInfo     = "CPS_INFO_PS"
	formeActivite = "CPS_ACTIVITY_%02d_PS"
	maxActivites  = 15
)

// maxTaille bounds a data object, in bytes.
const maxTaille = 64 << 10

// Objet reads a data object by its label (CKA_LABEL): bytes of the card, with
// personal data. Codes: CARTE-OBJET, CARTE-RETIREE, CARTE-DELAI.
func (c *Carte) Objet(ctx context.Context, nom string) ([]byte, error) {
	if !c.ouverte() {
		return nil, fermee()
	}
	return fait(ctx, c.biblio, func() ([]byte, error) {
		b, err := c.objet(nom)
		if err == nil && b == nil {
			return nil, erreur("CARTE-OBJET", "the card has no such data object", nil)
		}
		return b, err
	}, nil)
}

// Activites reads the situations of practice of the holder, in the order of the
// card. Codes: CARTE-ACTIVITE, and those of Objet.
func (c *Carte) Activites(ctx context.Context) ([]Activite, error) {
	if !c.ouverte() {
		return nil, fermee()
	}
	return fait(ctx, c.biblio, c.activites, nil)
}

func (c *Carte) activites() ([]Activite, error) {
	var as []Activite
	for i := range maxActivites {
		b, err := c.objet(fmt.Sprintf(formeActivite, i+1))
		if err != nil {
			return nil, err
		}
		if b == nil {
			continue
		}
		a, err := DecodeActivite(b)
		if err != nil {
			return nil, err
		}
		as = append(as, a)
	}
	return as, nil
}

// objet reads a data object, nil when there is none.
func (c *Carte) objet(nom string) ([]byte, error) {
	if _, err := c.vivante(); err != nil {
		return nil, err
	}
	os, err := c.biblio.cherche(c.session, p11.NewAttribute(p11.CKA_CLASS, p11.CKO_DATA), p11.NewAttribute(p11.CKA_LABEL, nom))
	if err != nil || len(os) == 0 {
		return nil, err
	}
	if len(os) > 1 {
		return nil, erreur("CARTE-OBJET", "several data objects have this label", nil)
	}
	b, err := c.biblio.attribut(c.session, os[0], p11.CKA_VALUE)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 || len(b) > maxTaille {
		return nil, erreur("CARTE-OBJET", "the data object is empty or too long", nil)
	}
	return b, nil
}
