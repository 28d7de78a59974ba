package b2

import (
	"errors"
	"strconv"

	"github.com/simphonie/simphonie"
)

// erreur gives the fault as the failure of a call.
func (f *faute) erreur() *simphonie.Erreur {
	return &simphonie.Erreur{Code: f.regle.Code, Service: "b2", Chemin: f.zone, Ligne: f.ligne, Colonne: f.colonne,
		Detail: f.regle.detail, LimiteLocale: f.regle == &ligneLongue}
}

// anomalie gives the fault as something wrong with an invoice.
func (f *faute) anomalie() simphonie.Anomalie {
	chemin := "ligne " + strconv.Itoa(f.ligne)
	if f.colonne > 0 {
		chemin += ", colonne " + strconv.Itoa(f.colonne)
	}
	if f.zone != "" {
		chemin += ", zone " + f.zone
	}
	return f.regle.Anomalie(chemin, f.valeurs...)
}

// erreurDe joins the faults of a record: nil, a *simphonie.Erreur, or several
// joined.
func erreurDe(fs []faute) error {
	switch len(fs) {
	case 0:
		return nil
	case 1:
		return fs[0].erreur()
	}
	es := make([]error, len(fs))
	for i := range fs {
		es[i] = fs[i].erreur()
	}
	return errors.Join(es...)
}

func anomaliesDe(fs []faute) simphonie.Anomalies {
	as := make(simphonie.Anomalies, len(fs))
	for i := range fs {
		as[i] = fs[i].anomalie()
	}
	return as
}

// Erreurs lists the errors that an error of this package joins: one for each
// zone that is wrong in a record.
func Erreurs(err error) []*simphonie.Erreur {
	if err == nil {
		return nil
	}
	if e, ok := err.(*simphonie.Erreur); ok {
		return []*simphonie.Erreur{e}
	}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var es []*simphonie.Erreur
		for _, e := range j.Unwrap() {
			es = append(es, Erreurs(e)...)
		}
		return es
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return []*simphonie.Erreur{e}
	}
	return nil
}

func erreurReglage(nom, detail string) error {
	return &simphonie.Erreur{Code: reglage.Code, Service: "b2", Chemin: nom, Detail: detail}
}
