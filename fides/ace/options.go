package ace

import (
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
