package projet2020

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Options is what a computation needs besides the visit. It is not changed and
// may serve many computations at once.
type Options struct {
	// ConnuAu is the date at which prices and coefficients are taken. Compulsory.
	ConnuAu simphonie.Jour
	// Catalogue2021 serves for care of 2021, Catalogue2022 for care after. The
	// one that a visit needs is compulsory (*CatalogueNonCharge).
	Catalogue2021 *Catalogue
	Catalogue2022 *Catalogue
	// Tarifs holds the prices of their key letters, FPU included: the project
	// published estimates only. Compulsory; see tarif.Load.
	Tarifs *tarif.Catalogue
	// Coefficients of the establishments; those that a visit needs are
	// compulsory (*CoefficientNonCharge).
	Coefficients []Coefficients
	// Exonerations says which situations pass FPU to the régime. The project
	// names maternity alone, which always does; a situation that is met and has
	// no answer here stops the invoice.
	Exonerations map[Situation]bool

	Interpretations Interpretations
	// Emission is the day on which the invoice would be sent, for the control
	// of the delay of one year; zero leaves that control out.
	Emission simphonie.Jour
	// DelaiForce is the reason for which the caisse asked for a later sending.
	DelaiForce string
	// Expliquer asks for the explanation.
	Expliquer bool
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	var f fautes
	if o == nil {
		f.ajoute("P20-OPTIONS", "", "no options")
		return errors.Join(f...)
	}
	if o.ConnuAu.IsZero() {
		f.ajoute("P20-OPTIONS", "ConnuAu", "the date at which prices are known is compulsory")
	}
	if o.Tarifs == nil {
		f.ajoute("P20-OPTIONS", "Tarifs", "a catalogue of prices is compulsory: the project fixed none")
	}
	if o.Catalogue2021 == nil && o.Catalogue2022 == nil {
		f.ajoute("P20-OPTIONS", "Catalogue2021", "a catalogue of key letters is compulsory: the project fixed none")
	}
	o.verifieCatalogue(&f, "Catalogue2021", o.Catalogue2021, Millesime2021)
	o.verifieCatalogue(&f, "Catalogue2022", o.Catalogue2022, Millesime2022)
	o.verifieCoefficients(&f)
	inconnues := 0
	for s := range o.Exonerations {
		if !slices.Contains(situations, s) {
			inconnues++
		}
	}
	if inconnues > 0 {
		f.ajoute("P20-OPTIONS", "Exonerations", "%d unknown situations: one of %v", inconnues, situations)
	}
	if err := o.Interpretations.Validate(); err != nil {
		f = append(f, err)
	}
	return errors.Join(f...)
}

func (o *Options) verifieCatalogue(f *fautes, chemin string, c *Catalogue, voulu Millesime) {
	switch {
	case c == nil:
	case c.d.Millesime != voulu:
		f.ajoute("P20-OPTIONS", chemin, "the catalogue of %d stands here", c.d.Millesime)
	default:
		if err := c.verifieLettres(o.Interpretations.Lettres); err != nil {
			*f = append(*f, err)
		}
	}
}

// catalogue gives the catalogue of a day of care.
func (o *Options) catalogue(j simphonie.Jour) (*Catalogue, error) {
	c, an := o.Catalogue2022, Millesime2022
	if j.Before(debut2022) {
		c, an = o.Catalogue2021, Millesime2021
	}
	if c == nil {
		return nil, &CatalogueNonCharge{Millesime: an, Jour: j}
	}
	return c, nil
}
