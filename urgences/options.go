package urgences

import (
	"errors"
	"io"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
	"github.com/simphonie/simphonie/tarif"
)

// Options is what a computation needs besides the visit. It is not changed and
// may serve many computations at once.
type Options struct {
	// ConnuAu is the date at which rules and prices are taken: arrêtés are
	// sometimes retroactive. Compulsory.
	ConnuAu simphonie.Jour
	// Tarifs holds every price that may be needed. Compulsory; see ChargerTarifs.
	Tarifs *tarif.Catalogue

	// ActesAnnexe2 lists the acts that give SU2; DiagnosticsPE1 and
	// DiagnosticsPE2 the diagnoses of annexe 8. They are not public: without
	// them the visit must carry the caller's decision.
	ActesAnnexe2   *tarif.Liste
	DiagnosticsPE1 *tarif.Liste
	DiagnosticsPE2 *tarif.Liste

	// Calendrier gives the public holidays; nil takes the statutory ones of
	// the establishment's place.
	Calendrier Calendrier
	// Circuits says where each establishment sends which invoices; nil leaves
	// the answer empty.
	Circuits *Circuits

	Interpretations Interpretations
	// Emission is the day on which the invoice is to be sent, for the control
	// of the delay of one year; zero leaves that control out.
	Emission simphonie.Jour
	// DelaiForce is the reason for which the caisse asked for a later sending:
	// the delay is then not a fault (RG_MF606).
	DelaiForce string
	// Expliquer asks for the explanation.
	Expliquer bool
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	if o == nil {
		return &simphonie.Erreur{Code: "URG-OPTIONS", Detail: "no options"}
	}
	var errs []error
	if o.ConnuAu.IsZero() {
		errs = append(errs, &simphonie.Erreur{Code: "URG-OPTIONS", Chemin: "ConnuAu",
			Detail: "the date at which rules and prices are known is compulsory"})
	}
	if o.Tarifs == nil {
		errs = append(errs, &simphonie.Erreur{Code: "URG-OPTIONS", Chemin: "Tarifs",
			Detail: "a catalogue of prices is compulsory: see ChargerTarifs"})
	}
	if err := o.Interpretations.Validate(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Calendrier says which days are public holidays.
type Calendrier interface {
	Ferie(simphonie.Jour) bool
}

// JoursFeries gives the statutory holidays of a place, for a caller that wants
// to add or remove some.
func JoursFeries(t simphonie.Territoire) (Calendrier, error) { return calendrier.Legaux(t) }

// ChargerTarifs reads the editor's prices (format of tarif.Load), checks that
// their codes are those of emergency visits, and joins the official ones.
func ChargerTarifs(r io.Reader) (*tarif.Catalogue, error) {
	o := tarif.LoadOptions{Codes: Codes()}
	propres, err := tarif.Load(r, o)
	if err != nil {
		return nil, err
	}
	officiels, err := tarif.Officiels()
	if err != nil {
		return nil, err
	}
	return tarif.Merge(o, officiels, propres)
}
