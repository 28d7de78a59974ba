package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/urgences"
)

//go:embed sejour.json
var sejourJSON []byte

// soin is a priced invoice that is no emergency visit.
type soin struct {
	titre       string
	facture     *facture.Facture
	explication *facture.Explication
	anomalies   simphonie.Anomalies
	err         error      // what is not loaded
	venue       *ace.Venue // of external care, nil for a stay
}

// calculeSoins prices what is not an emergency visit: the gynaecological visits
// that the emergency engine leaves to external care, an outpatient whose act
// reaches the threshold, and a stay.
func (r *reglages) calculeSoins(connuAu simphonie.Jour, issues []*issue) ([]soin, error) {
	o, err := fictif.ACE(connuAu)
	if err != nil {
		return nil, err
	}
	o.Expliquer = r.explique
	var soins []soin
	for _, i := range issues {
		if i.err == nil && i.Issue == urgences.ATUDue {
			soins = append(soins, externe("Urgence gynécologique, laissée aux soins externes", venueGynecologique(i), o)...)
		}
	}
	soins = append(soins, externe("Consultation externe : un acte atteint le seuil", venueExterne(), o)...)
	sej, err := r.calculeSejour(connuAu)
	return append(soins, sej), err
}

// externe prices a visit for external care.
func externe(titre string, v *ace.Venue, o *ace.Options) []soin {
	res, err := ace.Compute(v, o)
	if err != nil || len(res.Factures) == 0 {
		return []soin{{titre: titre, facture: &facture.Facture{Venue: v.Venue}, anomalies: res.Anomalies, err: err}}
	}
	var soins []soin
	for k := range res.Factures {
		f := &res.Factures[k]
		soins = append(soins, soin{titre, &f.Facture, f.Explication, res.Anomalies, nil, v})
	}
	return soins
}

// venueGynecologique adds to a visit what the gynaecologist did.
func venueGynecologique(i *issue) *ace.Venue {
	p := &i.cas.Passage
	jour := simphonie.JourOf(p.DebutSoins)
	return ace.VenueATU(ace.Venue{Venue: p.Venue, Entree: jour, Sortie: jour, Naissance: p.Naissance, Droits: p.Droits,
		Etablissement: ace.Etablissement{FINESS: p.Etablissement.FINESS, Secteur: p.Etablissement.Secteur, Territoire: p.Etablissement.Territoire, EPS: simphonie.Oui}},
		ace.Prestation{Nomenclature: droits.NGAP, Code: "CS", Execution: jour, Executant: ace.Executant{Specialite: "07"}, Parcours: droits.EnUrgence})
}

// venueExterne is an outpatient with an act above 120 € and an analysis.
func venueExterne() *ace.Venue {
	jour := simphonie.MustJour("2026-05-12")
	return &ace.Venue{Venue: "900000101", Entree: jour, Sortie: jour, Naissance: simphonie.NaissanceLe(simphonie.MustJour("1968-02-11")),
		Etablissement: ace.Etablissement{FINESS: entite, Secteur: "ex-dg", Territoire: simphonie.Metropole, EPS: simphonie.Oui},
		Droits: &droits.Acquisition{Support: droits.SupportVitale, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:        []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}},
			MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}},
		Prestations: []ace.Prestation{
			{Nomenclature: droits.CCAM, CCAM: &ace.ActeCCAM{Acte: "ZZFA901", Activite: "1", Phase: "0"}, Execution: jour,
				Executant: ace.Executant{Specialite: "04"}, Parcours: droits.OrienteTraitant,
				Orienteur: droits.Orienteur{Nom: simphonie.NewConfidentiel("SYNTHETIQUE"), Prenom: simphonie.NewConfidentiel("ALBA")}},
		}}
}

func (r *reglages) calculeSejour(connuAu simphonie.Jour) (soin, error) {
	s, err1 := sejour.ParseSejour(sejourJSON)
	o, err2 := fictif.Sejour(connuAu)
	if err := errors.Join(err1, err2); err != nil {
		return soin{}, err
	}
	o.Expliquer = r.explique
	res, err := sejour.Compute(&s, o)
	res.Facture.Venue = s.Venue
	return soin{"Séjour de quatre jours : ticket modérateur et forfait journalier", &res.Facture, res.Explication, res.Anomalies, err, nil}, nil
}

// affiche writes an invoice for a cashier.
func (s *soin) affiche(w io.Writer) {
	f := s.facture
	fmt.Fprintf(w, "\n── %s\n   venue %s\n", s.titre, f.Venue)
	if s.err != nil {
		fmt.Fprintf(w, "   ERREUR  %v\n", s.err)
	}
	for j := range f.Lignes {
		l := &f.Lignes[j]
		fmt.Fprintf(w, "   %s %s %s", gauche(string(l.Code), 4), jourFR(l.Execution), droite(l.Honoraires.Euros(), 10))
		for _, p := range f.Parts {
			if p.Ligne == j {
				fmt.Fprintf(w, "  %s %s", qui(p.Debiteur), p.Montant.Euros())
			}
		}
		if l.TMF != 0 {
			fmt.Fprintf(w, "  (participation forfaitaire %s)", l.TMF.Euros())
		}
		fmt.Fprintln(w)
	}
	for _, a := range s.anomalies {
		fmt.Fprintf(w, "   ! %s\n", a)
	}
	if s.explication != nil {
		fmt.Fprintf(w, "   Pourquoi :\n     %s\n", strings.ReplaceAll(s.explication.String(), "\n", "\n     "))
	}
}

// ajouteSoin counts an invoice, and gives what the patient owes of it.
func (b *bilan) ajouteSoin(s *soin) (*reste, error) {
	if as := s.facture.Verify(); len(as) > 0 {
		return nil, fmt.Errorf("venue %s: %s", s.facture.Venue, as[0])
	}
	total, err := s.facture.Total()
	if err != nil {
		return nil, err
	}
	b.soins++
	if b.facture, err = b.facture.Add(total); err != nil {
		return nil, err
	}
	for _, p := range s.facture.Parts {
		if err := b.doit(p.Debiteur, p.Montant); err != nil {
			return nil, err
		}
	}
	du, err := s.facture.TotalPar(simphonie.Patient)
	if err != nil || du == 0 {
		return nil, err
	}
	return &reste{venue: s.facture.Venue, montant: du, amc: mandat.SansAMC}, nil
}
