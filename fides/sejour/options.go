package sejour

import (
	_ "embed"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// Options is what a computation needs besides the stay. It is not changed and
// may serve many computations at once.
type Options struct {
	// ConnuAu is the date at which rules and prices are taken. Compulsory.
	ConnuAu simphonie.Jour
	// Tarifs holds the forfait journalier, the participation forfaitaire and the
	// bases that a stay does not give. Compulsory; see ChargerTarifs.
	Tarifs *tarif.Catalogue
	// Baremes holds the base rates of the codes of Base.
	Baremes droits.Baremes
	// CodeFJ is written on the lines of the forfait journalier; empty takes FJ.
	CodeFJ tarif.Code
	// PayeursFJ says who bears the forfait journalier in the situations that no
	// public text settles; it comes before PayeursPublies.
	PayeursFJ []PayeurFJ
	// RegimesTMF lists the régimes (two digits) that bear the participation
	// forfaitaire, table 101.1; without it a person decides.
	RegimesTMF *tarif.Liste

	Interpretations Interpretations
	// Expliquer asks for the explanation.
	Expliquer bool
}

// Codes under which prices are loaded, beside those of the bases.
const (
	TarifFJ            tarif.Code = "FJ"    // forfait journalier, a day
	TarifFJPsychiatrie tarif.Code = "FJPSY" // the same in psychiatry
	TarifTMF           tarif.Code = "TMF"   // participation forfaitaire
)

//go:embed tarifs.csv
var tarifsCSV string

var publies = sync.OnceValues(func() (*tarif.Catalogue, error) {
	return tarif.Load(strings.NewReader(tarifsCSV), tarif.LoadOptions{})
})

// TarifsPublies gives the prices that are public and sourced, and no other: the
// forfait journalier from 1 March 2026.
func TarifsPublies() (*tarif.Catalogue, error) { return publies() }

// ChargerTarifs reads the editor's prices (format of tarif.Load) and joins the
// public ones.
func ChargerTarifs(r io.Reader) (*tarif.Catalogue, error) {
	if r == nil {
		return nil, erreurOptions("Tarifs", "no file of prices")
	}
	propres, err := tarif.Load(r, tarif.LoadOptions{})
	if err != nil {
		return nil, err
	}
	p, err := publies()
	if err != nil {
		return nil, err
	}
	return tarif.Merge(tarif.LoadOptions{}, p, propres)
}

// Validate reports every fault of the options.
func (o *Options) Validate() error {
	if o == nil {
		return erreurOptions("", "no options")
	}
	var errs []error
	if o.ConnuAu.IsZero() {
		errs = append(errs, erreurOptions("ConnuAu", "the date at which rules and prices are known is compulsory"))
	}
	if o.Tarifs == nil {
		errs = append(errs, erreurOptions("Tarifs", "a catalogue of prices is compulsory: see ChargerTarifs"))
	}
	if o.CodeFJ != "" && !o.CodeFJ.Valide() {
		errs = append(errs, erreurOptions("CodeFJ", "not the form of a code"))
	}
	for i := range o.PayeursFJ {
		if !o.PayeursFJ[i].valide() {
			errs = append(errs, erreurOptions(rang("PayeursFJ", i), "a known situation and payer, a period and a reference are wanted"))
		}
		for j := range i {
			if o.PayeursFJ[j].contredit(&o.PayeursFJ[i]) {
				errs = append(errs, erreurOptions(rang("PayeursFJ", i), "another payer is given for the same situation and days"))
			}
		}
	}
	errs = append(errs, o.Interpretations.Validate())
	return errors.Join(errs...)
}

func erreurOptions(chemin, detail string) error {
	return &simphonie.Erreur{Code: "SEJ-OPTIONS", Chemin: chemin, Detail: detail}
}

var erreurSejour = &simphonie.Erreur{Code: "SEJ-ABSENT", Detail: "no stay"}

func (o *Options) codeFJ() tarif.Code {
	if o.CodeFJ == "" {
		return TarifFJ
	}
	return o.CodeFJ
}
