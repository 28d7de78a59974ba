package projet2020_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

var jour = simphonie.MustJour

// The key letters, bands and prices of these tests are invented, all distinct.
// 12.24 and 40.08 end on a half cent once multiplied by 1.0625; 20.125 ends on
// one before, and is rounded twice; 17.532 is rounded down first.
const prixFictifs = `code;secteur;zone;du;au;montant;reference;connu_le
ZA1;ex-dg;metropole;2021-03-01;;30.11;FICTIF;2020-12-01
ZA2;ex-dg;metropole;2021-03-01;;40.08;FICTIF;2020-12-01
ZA3;ex-dg;metropole;2021-03-01;;20.125;FICTIF;2020-12-01
ZA4;ex-dg;metropole;2021-03-01;;51.37;FICTIF;2020-12-01
ZSC;ex-dg;metropole;2021-03-01;;12.24;FICTIF;2020-12-01
ZS3;ex-dg;metropole;2021-03-01;;17.532;FICTIF;2020-12-01
ZSB;ex-dg;metropole;2021-03-01;;9.71;FICTIF;2020-12-01
ZSI;ex-dg;metropole;2022-01-01;;7.93;FICTIF;2020-12-01
ZSM;ex-dg;metropole;2022-01-01;;14.62;FICTIF;2020-12-01
ZSD;ex-dg;metropole;2022-01-01;;3.19;FICTIF;2020-12-01
ZPU;ex-dg;metropole;2021-03-01;;18.405;FICTIF;2020-12-01
ZPA;ex-dg;metropole;2022-01-01;;19.02;FICTIF;2020-12-01
ZPR;ex-dg;metropole;2022-01-01;;19.07;FICTIF;2020-12-01
ZPL;ex-dg;metropole;2022-01-01;;19.13;FICTIF;2020-12-01
`

var prix = sync.OnceValues(func() (*tarif.Catalogue, error) {
	return tarif.Load(strings.NewReader(prixFictifs), tarif.LoadOptions{})
})

func bandes() []projet2020.Bande {
	return []projet2020.Bande{{Code: "ZA1", AvantMois: 60}, {Code: "ZA2", DesMois: 60, AvantMois: 240},
		{Code: "ZA3", DesMois: 240, AvantMois: 840}, {Code: "ZA4", DesMois: 840}}
}

func definition2021() projet2020.Definition {
	return projet2020.Definition{Millesime: projet2020.Millesime2021, Reference: "FICTIF 2021", Forfaits: bandes(),
		Supplements: []projet2020.Supplement{{Code: "ZSC", Contexte: projet2020.ContexteArrivee, Entree: projet2020.Couche},
			{Code: "ZS3", Contexte: projet2020.ContexteCCMU}, {Code: "ZSB", Contexte: projet2020.ContexteBiologie}},
		Patient: projet2020.LettresPatient{Assure: "ZPU", Regime: "ZPU", Local: "ZPU"}}
}

func definition2022() projet2020.Definition {
	d := definition2021()
	d.Millesime, d.Reference = projet2020.Millesime2022, "FICTIF 2022"
	d.Supplements = append(d.Supplements, projet2020.Supplement{Code: "ZSD", Contexte: projet2020.ContexteArrivee, Entree: projet2020.Debout},
		projet2020.Supplement{Code: "ZSI", Contexte: projet2020.ContexteIntoxication},
		projet2020.Supplement{Code: "ZSM", Contexte: projet2020.ContexteImagerie})
	d.Patient = projet2020.LettresPatient{Assure: "ZPA", Regime: "ZPR", Local: "ZPL"}
	return d
}

func catalogue(t testing.TB, d projet2020.Definition) *projet2020.Catalogue {
	t.Helper()
	c, err := projet2020.NewCatalogue(d)
	require.NoError(t, err)
	return c
}

func taux(s string) simphonie.Taux {
	v, err := simphonie.ParseTaux(s)
	if err != nil {
		panic(err)
	}
	return v
}

const finess simphonie.FINESS = "750712184"

// options has a geographic rate of 7 % and a prudential one of 0.7 %:
// 1.07 × 0.993 = 1.06251, that is 1.0625.
func options(t testing.TB) *projet2020.Options {
	t.Helper()
	ts, err := prix()
	require.NoError(t, err)
	return &projet2020.Options{ConnuAu: jour("2026-11-01"), Tarifs: ts, Expliquer: true,
		Catalogue2021: catalogue(t, definition2021()), Catalogue2022: catalogue(t, definition2022()),
		Coefficients: []projet2020.Coefficients{{FINESS: finess, Periode: simphonie.Periode{Du: jour("2021-03-01")},
			Geographique: taux("7"), Prudentiel: taux("0.7"), Reference: "FICTIF", ConnuLe: jour("2020-12-01")}}}
}

// paris reads a local time of Paris.
func paris(t testing.TB, s string) time.Time {
	t.Helper()
	z, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	i, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	require.NoError(t, err)
	return i
}

// ordinaire is an insured adult of the general scheme, born in 1970, who walked
// in, with nothing that gives a supplement.
func ordinaire(t testing.TB, debut string) *projet2020.Passage {
	t.Helper()
	n, err := simphonie.ParseDateNaissance("1970-06-15")
	require.NoError(t, err)
	non := false
	return &projet2020.Passage{Venue: "900000001",
		Etablissement: urgences.Etablissement{FINESS: finess, Secteur: tarif.ExDG, Territoire: simphonie.Metropole, StructureAutorisee: simphonie.Oui},
		Naissance:     n, DebutSoins: paris(t, debut), Orientation: urgences.Domicile, Motif: urgences.MotifGeneral,
		Entree: projet2020.Debout, Intoxication: &non, CCMU: "1",
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes: []simphonie.Periode{{Du: jour("2015-01-01")}}}}
}

func etm(c droits.CodeETM) func(*droits.Acquisition) {
	return func(a *droits.Acquisition) { a.ETM = append(a.ETM, droits.Droit[droits.CodeETM]{Code: c}) }
}

func mtm(c droits.CodeMTM) func(*droits.Acquisition) {
	return func(a *droits.Acquisition) { a.MTM = append(a.MTM, droits.Droit[droits.CodeMTM]{Code: c}) }
}

func situation(c droits.CodeSituation) func(*droits.Acquisition) {
	return func(a *droits.Acquisition) {
		a.Situations = append(a.Situations, droits.Droit[droits.CodeSituation]{Code: c})
	}
}

func particuliere(c string) func(*droits.Acquisition) {
	return func(a *droits.Acquisition) {
		a.Particulieres = append(a.Particulieres, droits.Droit[string]{Code: c})
	}
}

func mines(a *droits.Acquisition) { a.Organisme.Regime = simphonie.RegimeCANSSM }

func avec(p *projet2020.Passage, ds ...func(*droits.Acquisition)) *projet2020.Passage {
	for _, d := range ds {
		d(p.Droits)
	}
	return p
}

func compute(t testing.TB, p *projet2020.Passage, o *projet2020.Options) projet2020.Resultat {
	t.Helper()
	r, err := projet2020.Compute(p, o)
	require.NoError(t, err)
	prouve(t, &r)
	return r
}

// prouve checks what every priced invoice must satisfy: parts add up, and the
// steps of the explanation give every amount again.
func prouve(t testing.TB, r *projet2020.Resultat) {
	t.Helper()
	if r.Issue != urgences.Facturable {
		require.Empty(t, r.Facture.Lignes)
		return
	}
	require.Empty(t, r.Facture.Verify())
	require.NoError(t, r.Explication.Prouve(&r.Facture), "%s", r.Explication)
}

// resume writes an invoice as "ZA3 21.39 amo, ZPU 18.41 patient".
func resume(f *facture.Facture) string {
	var s []string
	for i, l := range f.Lignes {
		s = append(s, string(l.Code)+" "+l.Honoraires.String()+" "+f.Parts[i].Debiteur.String())
	}
	return strings.Join(s, ", ")
}

func facturable(t testing.TB, r *projet2020.Resultat) {
	t.Helper()
	require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
}

// decide says whether a rule stands in the explanation.
func decide(r *projet2020.Resultat, c simphonie.Code) bool {
	for i := range r.Explication.Etapes {
		if r.Explication.Etapes[i].Regle.Code == c {
			return true
		}
	}
	return false
}
