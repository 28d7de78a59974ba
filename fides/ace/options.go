package ace

import (
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// Options is what a computation needs besides the visit. It is not changed and
// may serve many computations at once.
type Options struct {
	// ConnuAu is the date at which rules and tables are taken. Compulsory.
	ConnuAu simphonie.Jour
	// Tables holds prices and nomenclatures. Compulsory.
	Tables *nomenclature.Tables
	// Baremes holds base rates (table 4ter) and tables of rights.
	Baremes droits.Baremes
	// Coefficients are those of the establishment, by the days of care that they
	// apply to. ATU, FFM, SEx and APE want them.
	Coefficients []CoefficientsDates
	// PUContientCoefficients says that the loaded prices of ATU, FFM, SEx and APE
	// hold the coefficients already (RG_VF833), and not that they are national
	// prices to multiply (RG_VF643). Compulsory with such a forfait.
	PUContientCoefficients simphonie.OuiNon
	// Calendrier gives the public holidays; nil takes the statutory ones.
	Calendrier Calendrier

	Interpretations Interpretations

	// Emission is the day of sending, for the delay of one year; zero leaves
	// that control out. DelaiForce is the reason that lifts it (RG_MF606).
	Emission   simphonie.Jour
	DelaiForce string
	// Bascule is the day on which the establishment entered FIDES: earlier care,
	// but for the C2S and the AME, goes elsewhere (RG_IP701). Zero leaves that
	// control out.
	Bascule simphonie.Jour
	// SansControles leaves out the controls of Controler and those of the priced
	// invoice: for who applies them elsewhere. Prices do not depend on it.
	SansControles bool
	// Expliquer asks for the explanation.
	Expliquer bool
}

// CoefficientsDates are the coefficients MCO of an establishment for a period.
type CoefficientsDates struct {
	Periode simphonie.Periode
	Taux    tarif.Coefficients
	// Reference is the text or decision that fixes them.
	Reference string
}

// Calendrier says which days are public holidays.
type Calendrier interface {
	Ferie(simphonie.Jour) bool
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	if o == nil {
		return &simphonie.Erreur{Code: "ACE-OPTIONS", Detail: "no options"}
	}
	var errs []error
	faute := func(chemin, detail string) {
		errs = append(errs, &simphonie.Erreur{Code: "ACE-OPTIONS", Chemin: chemin, Detail: detail})
	}
	if o.ConnuAu.IsZero() {
		faute("ConnuAu", "the date at which rules and tables are known is compulsory")
	}
	if o.Tables == nil {
		faute("Tables", "prices and nomenclatures are compulsory")
	}
	if o.PUContientCoefficients == simphonie.Oui && len(o.Coefficients) > 0 {
		faute("PUContientCoefficients", "prices that hold the coefficients already are not multiplied by them again: give one or the other (RG_VF833, RG_VF643)")
	}
	for i := range o.Coefficients {
		if c := &o.Coefficients[i]; c.Reference == "" || !c.Periode.Valide() || c.Periode.Du.IsZero() {
			faute("Coefficients", "coefficients want a period with a first day and the text that fixes them")
		}
		for j := range i {
			if p, q := o.Coefficients[i].Periode, o.Coefficients[j].Periode; p.Contains(q.Du) || q.Contains(p.Du) {
				faute("Coefficients", "two periods of coefficients have a day in common")
			}
		}
	}
	if err := o.Interpretations.Validate(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// coefficients gives those of a day of care, nil when none was given.
func (o *Options) coefficients(j simphonie.Jour) *CoefficientsDates {
	for i := range o.Coefficients {
		if o.Coefficients[i].Periode.Contains(j) {
			return &o.Coefficients[i]
		}
	}
	return nil
}
