package sejour_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/tarif"
)

var jour = simphonie.MustJour

// Fictitious prices: forfait journalier before March 2026, participation
// forfaitaire, one loaded base.
const tarifsFictifs = `code;secteur;zone;du;au;montant;reference;connu_le
FJ;*;*;2012-01-01;2026-02-28;20.50;FICTIF FJ;2011-12-31
FJPSY;*;*;2012-01-01;2026-02-28;15.25;FICTIF FJPSY;2011-12-31
TMF;*;*;2019-01-01;2026-03-31;24.00;FICTIF TMF;2018-12-31
TMF;*;*;2026-04-01;;32.00;FICTIF TMF;2018-12-31
TJ2;ex-dg;metropole;2022-01-01;2026-02-28;801.01;FICTIF TJ;2021-12-31
TJ2;ex-dg;metropole;2026-03-01;;812.03;FICTIF TJ;2021-12-31
`

const tauxFictifs = `prestation;specialite;colonne;taux;du;au;reference
TJ1;*;general;80;2012-01-01;;FICTIF 4ter
TJ1;*;crpcen;100;2012-01-01;;FICTIF 4ter
TJ2;*;general;80;2012-01-01;;FICTIF 4ter
GHS;*;general;80;2012-01-01;;FICTIF 4ter
`

const regimesFictifs = `code;du;au;reference;connu_le
95;2012-01-01;;FICTIF table 101.1;2011-12-31
`

func options(t testing.TB) *sejour.Options {
	t.Helper()
	o, err := exemple()
	require.NoError(t, err)
	o.Expliquer = true
	return o
}

// exemple gives options that are complete, from fictitious data.
func exemple() (*sejour.Options, error) {
	tarifs, err := sejour.ChargerTarifs(strings.NewReader(tarifsFictifs))
	if err != nil {
		return nil, err
	}
	base, err := droits.LoadTauxBase(strings.NewReader(tauxFictifs))
	if err != nil {
		return nil, err
	}
	regimes, err := tarif.LoadListe("FICTIF 101.1", strings.NewReader(regimesFictifs))
	return &sejour.Options{ConnuAu: jour("2026-11-01"), Tarifs: tarifs, Baremes: droits.Baremes{Base: base}, RegimesTMF: regimes,
		Interpretations: sejour.Interpretations{FJExoneres: sejour.ExoneresDoivent}}, err
}

func paris(t testing.TB, s string) time.Time {
	t.Helper()
	z, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	i, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	require.NoError(t, err)
	return i
}

// ordinaire is an insured adult of the general scheme in MCO, whose base is
// 700.10 a day, the day of discharge left out.
func ordinaire(t testing.TB, entree, sortie string) *sejour.Sejour {
	t.Helper()
	s := &sejour.Sejour{Venue: "900000001", Discipline: sejour.MCO,
		Etablissement: sejour.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole},
		Naissance:     simphonie.NaissanceLe(jour("1990-06-15")),
		Entree:        paris(t, entree+" 15:00"), Sortie: paris(t, sortie+" 11:00"),
		Droits: &droits.Acquisition{Support: droits.SupportCDRi,
			Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:  []simphonie.Periode{{Du: jour("2010-01-01")}}}}
	fin := jour(sortie).AddDays(-1)
	if fin.Before(jour(entree)) {
		fin = jour(entree)
		s.Sortie = paris(t, sortie+" 19:00")
	}
	s.Bases = []sejour.Base{{Code: "TJ1", Du: jour(entree), Au: fin, Prix: 700_100_000, Reference: "FICTIF TJ"}}
	return s
}

func avec(s *sejour.Sejour, fs ...func(*droits.Acquisition)) *sejour.Sejour {
	for _, f := range fs {
		f(s.Droits)
	}
	return s
}

func etm(code droits.CodeETM, ps ...simphonie.Periode) func(*droits.Acquisition) {
	return func(d *droits.Acquisition) {
		d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: code, Periodes: ps})
	}
}

func mtm(code droits.CodeMTM) func(*droits.Acquisition) {
	return func(d *droits.Acquisition) { d.MTM = append(d.MTM, droits.Droit[droits.CodeMTM]{Code: code}) }
}

func situation(code droits.CodeSituation, ps ...simphonie.Periode) func(*droits.Acquisition) {
	return func(d *droits.Acquisition) {
		d.Situations = append(d.Situations, droits.Droit[droits.CodeSituation]{Code: code, Periodes: ps})
	}
}

func depuis(s string) simphonie.Periode { return simphonie.Periode{Du: jour(s)} }

func atDeclare(d *droits.Acquisition) {
	d.AT = append(d.AT, droits.ATDeclare{Identifiant: "180831018", Periode: depuis("2018-08-31"),
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "754", Centre: "0000"}})
}

func compute(t testing.TB, s *sejour.Sejour, o *sejour.Options) sejour.Resultat {
	t.Helper()
	r, err := sejour.Compute(s, o)
	require.NoError(t, err)
	if r.Issue == sejour.Chiffre {
		prouve(t, &r)
	}
	return r
}

// prouve checks what every result must satisfy: parts add up and are not
// negative, and the steps of the explanation give every amount again.
func prouve(t testing.TB, r *sejour.Resultat) {
	t.Helper()
	require.Empty(t, r.Facture.Verify())
	for _, p := range r.Facture.Parts {
		require.Positive(t, p.Montant)
	}
	if r.Explication == nil {
		return
	}
	for i := range r.Explication.Etapes {
		e := &r.Explication.Etapes[i]
		require.NotContains(t, e.Texte(), "{", "%s: a value is missing in its text", e.Regle.Code)
		require.NotEmpty(t, e.Regle.Source)
	}
	require.NoError(t, r.Explication.Prouve(&r.Facture), "%s", r.Explication)
}

// lignes writes the lines as code du/au quantity fees mro debtors, to read a result at a glance.
func lignes(f *facture.Facture) []string {
	var ls []string
	for i := range f.Lignes {
		l := &f.Lignes[i]
		s := string(l.Code)
		if d := l.Detail.Sejour; d != nil {
			s += " " + d.Du.String()[5:] + "/" + d.Au.String()[5:]
		}
		s += " " + l.Honoraires.String() + " :"
		for _, p := range f.Parts {
			if p.Ligne == i {
				s += " " + p.Debiteur.String() + " " + p.Montant.String()
			}
		}
		ls = append(ls, s)
	}
	return ls
}

func decisions(r *sejour.Resultat) []simphonie.Code {
	var cs []simphonie.Code
	for i := range r.Explication.Etapes {
		cs = append(cs, r.Explication.Etapes[i].Regle.Code)
	}
	return cs
}
