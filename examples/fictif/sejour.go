package fictif

import (
	"bytes"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/tarif"
)

// Sejour gives the options of the engine of stays with the fictitious data, for
// rules and prices known at a date. The forfait journalier is the public one.
func Sejour(connuAu simphonie.Jour) (*sejour.Options, error) {
	o := &sejour.Options{ConnuAu: connuAu}
	var err error
	if o.Tarifs, err = lit("sejour-tarifs.csv", func(b *bytes.Reader) (*tarif.Catalogue, error) { return sejour.ChargerTarifs(b) }); err != nil {
		return nil, err
	}
	if o.Baremes.Base, err = lit("sejour-taux.csv", func(b *bytes.Reader) (*droits.TauxBase, error) { return droits.LoadTauxBase(b) }); err != nil {
		return nil, err
	}
	o.RegimesTMF, err = lit("sejour-regimes-tmf.csv", func(b *bytes.Reader) (*tarif.Liste, error) { return tarif.LoadListe("FICTIF 101.1", b) })
	return o, err
}
