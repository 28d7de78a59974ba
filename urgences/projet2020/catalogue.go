package projet2020

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Catalogue is a checked Definition. It does not change once built and may
// serve many computations at once.
type Catalogue struct {
	d         Definition
	empreinte string
}

// NewCatalogue checks a definition. Every fault is reported at once.
func NewCatalogue(d Definition) (*Catalogue, error) {
	if err := d.verifie(); err != nil {
		return nil, err
	}
	d.Forfaits, d.Supplements = slices.Clone(d.Forfaits), slices.Clone(d.Supplements)
	b, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	h := sha256.Sum256(b)
	return &Catalogue{d: d, empreinte: "sha256:" + hex.EncodeToString(h[:])}, nil
}

// Designation gives the year, the reference and the digest of the catalogue.
func (c *Catalogue) Designation() string {
	return strconv.Itoa(int(c.d.Millesime)) + " " + c.d.Reference + " " + c.empreinte
}

// Lettres lists the key letters: forfaits, supplements, then those of FPU,
// each once.
func (c *Catalogue) Lettres() []tarif.Code {
	cs := c.lettresAMO()
	for _, l := range [...]tarif.Code{c.d.Patient.Assure, c.d.Patient.Regime, c.d.Patient.Local} {
		if !slices.Contains(cs, l) {
			cs = append(cs, l)
		}
	}
	return cs
}

func (c *Catalogue) lettresAMO() []tarif.Code {
	var cs []tarif.Code
	for _, b := range c.d.Forfaits {
		cs = append(cs, b.Code)
	}
	for _, s := range c.d.Supplements {
		cs = append(cs, s.Code)
	}
	return cs
}

// maxLettres is the number of key letters that were free in 2021.
const maxLettres = 8

// verifieLettres applies the limit of 2021, by the reading of P20-I-LETTRES.
func (c *Catalogue) verifieLettres(l LettresComptees) error {
	cs := c.Lettres()
	if l == LettresAMO {
		cs = c.lettresAMO()
	}
	if c.d.Millesime != Millesime2021 || len(cs) <= maxLettres {
		return nil
	}
	return &simphonie.Erreur{Code: "P20-LETTRES", Chemin: "Catalogue2021",
		Detail: strconv.Itoa(len(cs)) + " key letters: the project had eight in 2021"}
}

// forfait gives the key letter of an age: a band begins on the birthday and
// ends on the eve of the next one's.
func (c *Catalogue) forfait(a simphonie.Age) tarif.Code {
	code := c.d.Forfaits[0].Code
	for _, b := range c.d.Forfaits {
		if a.Mois() < b.DesMois {
			break
		}
		code = b.Code
	}
	return code
}

func (c *Catalogue) estForfait(code tarif.Code) bool {
	return slices.ContainsFunc(c.d.Forfaits, func(b Bande) bool { return b.Code == code })
}

// supplement finds the supplement that has a key letter.
func (c *Catalogue) supplement(code tarif.Code) (Supplement, bool) {
	i := slices.IndexFunc(c.d.Supplements, func(s Supplement) bool { return s.Code == code })
	if i < 0 {
		return Supplement{}, false
	}
	return c.d.Supplements[i], true
}

// retient says that the catalogue has a key letter for a context.
func (c *Catalogue) retient(x Contexte) bool {
	return slices.ContainsFunc(c.d.Supplements, func(s Supplement) bool { return s.Contexte == x })
}

func (c *Catalogue) estPatient(code tarif.Code) bool {
	p := &c.d.Patient
	return code == p.Assure || code == p.Regime || code == p.Local
}

// patient gives the key letter of a declension.
func (c *Catalogue) patient(d Declinaison) tarif.Code {
	switch d {
	case FPURegime:
		return c.d.Patient.Regime
	case FPULocal:
		return c.d.Patient.Local
	}
	return c.d.Patient.Assure
}

// CatalogueNonCharge says that the catalogue of a year was not given.
type CatalogueNonCharge struct {
	Millesime Millesime      `json:"millesime"`
	Jour      simphonie.Jour `json:"jour"` // start of care
}

// Error names the missing choice.
func (e *CatalogueNonCharge) Error() string {
	return "P20-CATALOGUE-NON-CHARGE: no catalogue " + strconv.Itoa(int(e.Millesime)) + " for care of " + e.Jour.String() +
		": the project fixed no key letter and no age band, give your own"
}
