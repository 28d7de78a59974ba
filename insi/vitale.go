package insi

import (
	"errors"
	"strings"

	"github.com/simphonie/simphonie"
)

// CarteVitale is what a Vitale card, or the appli carte Vitale, says of one of
// its beneficiaries.
type CarteVitale struct {
	// Individu is the beneficiary's own number, when the card holds it.
	Individu simphonie.NIR `json:"individu,omitzero"`
	// Ouvrant is the number of the person who opens the rights (ouvrant droit).
	Ouvrant simphonie.NIR          `json:"ouvrant,omitzero"`
	Nom     simphonie.Confidentiel `json:"nom,omitzero"` // birth name
	// Naissance may be lunar. Its century must be known.
	Naissance simphonie.DateNaissance `json:"naissance"`
	Rang      int                     `json:"rang,omitzero"` // birth rank, 0 when unknown
}

// normalisee gives the card as INSi reads it, or every reason why it cannot be
// sent. Numbers keep their key here and lose it on the wire.
func (c CarteVitale) normalisee() (CarteVitale, error) {
	var fautes []error
	garde := func(err error) {
		if err != nil {
			fautes = append(fautes, err)
		}
	}
	if c.Individu.IsZero() && c.Ouvrant.IsZero() {
		garde(refus("INSI-OBLIGATOIRE", "carte", "a number is wanted, the beneficiary's or the ouvrant droit's"))
	}
	garde(numeroEnvoyable("carte.individu", c.Individu))
	garde(numeroEnvoyable("carte.ouvrant", c.Ouvrant))
	var err error
	if strings.TrimSpace(c.Nom.Clair()) == "" { // cards pad their fields
		c.Nom = simphonie.Confidentiel{}
	} else {
		c.Nom, err = Normalise("carte.nom", c.Nom)
	}
	garde(err)
	garde(naissanceComplete("carte.naissance", c.Naissance))
	if c.Rang < 0 || c.Rang > 9 {
		garde(refus("INSI-RANG", "carte.rang", "a birth rank from 1 to 9 is wanted, or 0 when it is unknown"))
	}
	return c, errors.Join(fautes...)
}

// numeroEnvoyable refuses a number of another shape or with a wrong key; a
// number without its key is what the service wants.
func numeroEnvoyable(champ string, n simphonie.NIR) error {
	if n.IsZero() {
		return nil
	}
	if err := n.Valide(); err != nil && !errors.Is(err, simphonie.ErrCleAbsente) {
		e := refus("INSI-MATRICULE", champ, "not a number of the register")
		e.Err = err
		return e
	}
	return nil
}
