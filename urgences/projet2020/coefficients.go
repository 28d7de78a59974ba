package projet2020

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Coefficients are the rates that modulate the AMO forfaits of one
// establishment over a period. Only these two are in the project; 0 is a rate
// like another and must be written by the caller.
type Coefficients struct {
	FINESS  simphonie.FINESS  `json:"finess"` // géographique
	Periode simphonie.Periode `json:"periode"`
	// Geographique is CG; Prudentiel is CP, given positive and subtracted.
	Geographique simphonie.Taux `json:"geographique"`
	Prudentiel   simphonie.Taux `json:"prudentiel"`
	Reference    string         `json:"reference"`
	ConnuLe      simphonie.Jour `json:"connuLe"`
}

// mco gives the coefficient MCO, to four decimals.
func (c *Coefficients) mco() (simphonie.Coefficient, error) {
	return tarif.Coefficients{Geographique: c.Geographique, Prudentiel: c.Prudentiel}.MCO()
}

// verifieCoefficients reports every fault of the list.
func (o *Options) verifieCoefficients(f *fautes) {
	for i := range o.Coefficients {
		c := &o.Coefficients[i]
		chemin := rang("Coefficients", i)
		if c.FINESS == "" || strings.TrimSpace(c.Reference) == "" || c.ConnuLe.IsZero() {
			f.ajoute("P20-COEFFICIENT", chemin, "establishment, reference and day of publication are compulsory")
		}
		if c.Periode.Du.IsZero() || !c.Periode.Valide() {
			f.ajoute("P20-COEFFICIENT", chemin, "a period with a first day is wanted")
		}
		if c.Geographique < 0 || c.Prudentiel < 0 || c.Prudentiel >= simphonie.Cent {
			f.ajoute("P20-COEFFICIENT", chemin, "a geographic rate is not negative; a prudential rate is from 0 to under 100 %%, given positive")
		} else if mco, err := c.mco(); err != nil || mco == 0 {
			f.ajoute("P20-COEFFICIENT", chemin, "these rates give no coefficient of four decimals")
		}
		for j := range i {
			d := &o.Coefficients[j]
			if d.FINESS == c.FINESS && d.ConnuLe == c.ConnuLe && (d.Periode.Contains(c.Periode.Du) || c.Periode.Contains(d.Periode.Du)) {
				f.ajoute("P20-COEFFICIENT", chemin, "two rates for one day, both known from %s", c.ConnuLe)
			}
		}
	}
}

// coefficients gives the rates of an establishment for a day, the latest known.
func (o *Options) coefficients(f simphonie.FINESS, j simphonie.Jour) (*Coefficients, bool) {
	var retenu *Coefficients
	for i := range o.Coefficients {
		c := &o.Coefficients[i]
		if c.FINESS == f && c.Periode.Contains(j) && !c.ConnuLe.After(o.ConnuAu) && (retenu == nil || c.ConnuLe.After(retenu.ConnuLe)) {
			retenu = c
		}
	}
	return retenu, retenu != nil
}

// CoefficientNonCharge says that no rates were given for an establishment and a day.
type CoefficientNonCharge struct {
	FINESS  simphonie.FINESS `json:"finess"`
	Jour    simphonie.Jour   `json:"jour"`
	ConnuAu simphonie.Jour   `json:"connuAu"`
}

// Error names the missing rates.
func (e *CoefficientNonCharge) Error() string {
	return "P20-COEFFICIENT-NON-CHARGE: no geographic and prudential rates of " + string(e.FINESS) + " on " + e.Jour.String() +
		" as known at " + e.ConnuAu.String() + ": give them, 0 included"
}
