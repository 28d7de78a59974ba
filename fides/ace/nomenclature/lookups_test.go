package nomenclature_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

func fictives(t testing.TB) *nomenclature.Tables {
	t.Helper()
	ts, err := nomenclature.LoadFS(fictif.FichiersACE(), "taux-base.csv")
	require.NoError(t, err)
	return ts
}

// The values that the documents print, and nothing of what they leave to be loaded.
func TestImprimees(t *testing.T) {
	ts := nomenclature.Imprimees()
	require.NotNil(t, ts)
	for nom, attendu := range map[nomenclature.NomParametre]string{
		nomenclature.ParamSeuilCCAM: "120.00", nomenclature.ParamSeuilNGAP: "60", nomenclature.ParamTauxMTM: "40", nomenclature.ParamPlafondMTM: "10.60",
		nomenclature.ParamTauxDA: "17.5", nomenclature.ParamPartEcart: "50", nomenclature.ParamCTOM: "1.16", nomenclature.ParamMargeRetrocession: "22.00",
		nomenclature.ParamCotationMinimale: "20", nomenclature.ParamSecondScanner: "0.15", nomenclature.ParamSecondSE: "0.5", nomenclature.ParamDemiTarif: "50",
		nomenclature.ParamMajorationNuit: "10", nomenclature.ParamMajorationFerie: "5", nomenclature.ParamPlafondNuit: "15", nomenclature.ParamPlafondFerie: "8",
	} {
		p, err := ts.Parametre(nom, soins, connu)
		require.NoError(t, err, nom)
		var dit string
		switch {
		case p.Montant != 0:
			dit = p.Montant.String()
		case p.Taux != 0:
			dit = p.Taux.String()
		default:
			dit = p.Coefficient.String()
		}
		assert.Equal(t, attendu, dit, nom)
		assert.NotEmpty(t, p.Reference)
	}
	for _, nom := range []nomenclature.NomParametre{nomenclature.ParamTMF, nomenclature.ParamModificateurs, "autre"} {
		_, err := ts.Parametre(nom, soins, connu)
		assert.ErrorContains(t, err, "NOM-ABSENT: table parametres", nom)
	}
	_, err := ts.Parametre(nomenclature.ParamPlafondMTM, simphonie.MustJour("2022-12-31"), connu)
	assert.Error(t, err, "printed from 2023 on")
	for code, attendu := range map[string]simphonie.Coefficient{"1": 10000, "2": 5000, "3": 7500, "4": 10000, "5": 10000} {
		c, err := ts.Association(code, "16", soins, connu)
		require.NoError(t, err)
		assert.Equal(t, attendu, c, code)
	}
	for code, attendu := range map[string]simphonie.OuiNon{"0388": simphonie.Oui, "5303": simphonie.Oui, "0001": simphonie.Non} {
		assert.Equal(t, attendu, ts.Liste(nomenclature.ListeIST, code, soins, connu), code)
	}
	assert.Equal(t, simphonie.Oui, ts.Liste(nomenclature.ListeNABMRegle4, "1819", soins, connu))
	assert.Equal(t, simphonie.Non, ts.Liste(nomenclature.ListeNABMRegle4, "1820", soins, connu))
	assert.Equal(t, simphonie.Oui, ts.Liste(nomenclature.ListeECG, "DEQP003", soins, connu))
	assert.Zero(t, ts.Liste(nomenclature.ListeFFM, "DEQP003", soins, connu))
}

// What is loaded wins over what is printed, however early it was published; a
// list that is loaded replaces the printed one.
func TestChargeEmporteImprime(t *testing.T) {
	ts := charge(t, "parametres.csv", "seuil-ccam;125;2011-01-01;2026-01-31;FICTIF;2010-12-31")
	p, err := ts.Parametre(nomenclature.ParamSeuilCCAM, simphonie.MustJour("2026-01-31"), connu)
	require.NoError(t, err)
	assert.Equal(t, "125.00", p.Montant.String())
	p, err = ts.Parametre(nomenclature.ParamSeuilCCAM, simphonie.MustJour("2026-02-01"), connu)
	require.NoError(t, err)
	assert.Equal(t, "120.00", p.Montant.String(), "where nothing is loaded the printed value holds")
	ts = charge(t, "listes.csv", "nabm-ist;9999")
	assert.Equal(t, simphonie.Non, ts.Liste(nomenclature.ListeIST, "0388", soins, connu))
	ts = charge(t, "associations.csv", "2;3;0.45")
	c, err := ts.Association("2", "3", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "0.45", c.String())
	c, err = ts.Association("2", "16", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "0.5", c.String())
	assert.Equal(t, "liste;code;du;au;reference;connu_le\n", texteDe(t, ts, "listes.csv"), "printed rows are not written as if they were loaded")
}

// A list answers no only from the day from which it is known.
func TestListe(t *testing.T) {
	ts := charge(t, "listes.csv", "annexe-10;ZZFA901;2023-01-01;;r;2022-12-01", "annexe-10;ZZFA902;2022-01-01;2022-12-31;r;2024-01-01", "annexe-11-1;-")
	for _, c := range []struct {
		code, jour, connu string
		attendu           simphonie.OuiNon
	}{
		{"ZZFA901", "2023-01-01", "2022-12-01", simphonie.Oui},
		{"ZZFA901", "2023-01-01", "2022-11-30", 0},
		{"ZZFA903", "2023-01-01", "2022-12-01", simphonie.Non},
		{"ZZFA903", "2022-12-31", "2022-12-01", 0},
		{"ZZFA903", "2022-12-31", "2024-01-01", simphonie.Non},
		{"ZZFA902", "2022-12-31", "2024-01-01", simphonie.Oui},
		{"ZZFA902", "2023-01-01", "2024-01-01", simphonie.Non},
	} {
		assert.Equal(t, c.attendu, ts.Liste(nomenclature.ListeFFM, c.code, jour(c.jour), jour(c.connu)), "%+v", c)
	}
	assert.Equal(t, simphonie.Non, ts.Liste(nomenclature.Annexe11(1), "ZZFA901", soins, connu), "known to be empty")
	assert.Zero(t, ts.Liste(nomenclature.Annexe11(9), "ZZFA901", soins, connu))
	assert.Equal(t, nomenclature.ListeSE8, nomenclature.Annexe11(8))
}

// RG_IP_RC12: P goes with R; with T until 31 August 2005.
func TestModificateursCompatibles(t *testing.T) {
	ts := charge(t, "modificateurs-paires.csv", "P;R;oui;2005-03-25;;RG_IP_RC12;2005-03-25",
		"T;P;oui;2005-03-25;2005-08-31;RG_IP_RC12;2005-03-25", "P;T;non;2005-09-01;;RG_IP_RC12;2005-03-25")
	for _, c := range []struct {
		a, b    byte
		jour    string
		attendu bool
	}{{'P', 'R', "2005-03-25", true}, {'P', 'T', "2005-08-31", true}, {'P', 'T', "2005-09-01", false}, {'T', 'P', "2005-09-01", false}} {
		ok, err := ts.ModificateursCompatibles(c.a, c.b, jour(c.jour), connu)
		require.NoError(t, err)
		assert.Equal(t, c.attendu, ok, "%+v", c)
	}
	_, err := ts.ModificateursCompatibles('R', 'T', soins, connu)
	assert.ErrorContains(t, err, "R/T")
}

// The surcharge of a letter: an auxiliary always has the amount; the amount of
// the letter wins over that of the specialty, and that over all.
func TestMajoration(t *testing.T) {
	ts := fictives(t)
	for _, c := range []struct {
		m              string
		code           tarif.Code
		coef, spec     string
		zone           tarif.Zone
		mode           nomenclature.ModeMajoration
		montantAttendu string
	}{
		{"N", "K", "14.9999", "04", "metropole", nomenclature.MajorationMontant, "24.15"},
		{"N", "K", "15", "04", "metropole", nomenclature.MajorationPourcentage, "24.15"},
		{"F", "K", "15", "04", "metropole", nomenclature.MajorationPourcentage, "18.26"},
		{"N", "K", "15", "04", "guadeloupe", nomenclature.MajorationPourcentage, "26.94"},
		{"N", "CS", "1", "12", "metropole", nomenclature.MajorationMontant, "34.48"},
		{"N", "SF", "1", "21", "metropole", nomenclature.MajorationMontant, "29.59"},
		{"N", "AMI", "30", "24", "metropole", nomenclature.MajorationMontant, "9.72"},
		{"U", "CS", "1", "12", "metropole", nomenclature.MajorationMontant, "21.37"},
	} {
		coef, err := simphonie.ParseCoefficient(c.coef)
		require.NoError(t, err)
		m, err := ts.Majoration(c.m, c.code, coef, c.spec, c.zone, soins, connu)
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.mode, m.Mode, "%+v", c)
		assert.Equal(t, c.montantAttendu, m.Montant.String(), "%+v", c)
		assert.Equal(t, "FICTIF", m.Reference)
	}
	sansMode := charge(t, "majorations.csv", "N;*;*;*;1.01")
	_, err := sansMode.Majoration("N", "K", simphonie.Un, "04", "metropole", soins, connu)
	assert.ErrorContains(t, err, "table majorations-modes has no row N/K/1")
	_, err = ts.Majoration("X", "AMI", simphonie.Un, "24", "metropole", soins, connu)
	assert.ErrorContains(t, err, "table majorations has no row X/AMI/24/metropole")
	// A later publication of the table replaces the earlier, span by span.
	plusTard := charge(t, "majorations-modes.csv", "N;K;;;montant", "N;K;20;;pourcentage;2026-01-01;;r;2026-05-10", "N;K;;19.9999;montant;2026-01-01;;r;2026-05-10")
	_, err = plusTard.Majoration("N", "K", 30*simphonie.Un, "04", "metropole", soins, connu)
	assert.ErrorContains(t, err, "table majorations has no row", "the mode is found")
}

func TestAges(t *testing.T) {
	ts := fictives(t)
	for mois, attendu := range map[int]bool{0: true, 47: true, 48: false, 959: false, 960: true, 1300: true} {
		ok, err := ts.AgeModificateur('A', simphonie.AgeMois(mois), soins, connu)
		require.NoError(t, err)
		assert.Equal(t, attendu, ok, mois)
	}
	_, err := ts.AgeModificateur('J', simphonie.AgeAns(3), soins, connu)
	assert.ErrorContains(t, err, "modificateurs-ages has no row J")
	un := charge(t, "modificateurs-ages.csv", "A;;30m")
	ok, err := un.AgeModificateur('A', simphonie.AgeMois(29), soins, connu)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Contains(t, texteDe(t, un, "modificateurs-ages.csv"), "A;;30m;")
}

// Every lookup finds its row in the fictitious set, and names what is missing.
func TestLookups(t *testing.T) {
	ts := fictives(t)
	l, err := ts.Lettre("AMI", soins, connu)
	require.NoError(t, err)
	assert.True(t, l.Auxiliaire)
	assert.Equal(t, droits.NGAP, l.Nomenclature)
	assert.Equal(t, "60", l.CoefMax.String())
	a, err := ts.Acte("ZZLD912", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, []tarif.Code{"FDC", "FDR"}, a.ForfaitsC2S)
	assert.Equal(t, []string{"7"}, a.ExoTM)
	v, err := ts.Activite("ZZFA901", "1", "0", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, map[tarif.Zone]simphonie.Coefficient{"guadeloupe": 10400, "reunion": 11050}, v.DOM)
	v, err = ts.Activite("ZZQH906", "1", "0", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, map[nomenclature.Membre]string{{Acte: "ZZQK907", Activite: "1"}: "A"}, v.Planifiees)
	g, err := ts.Grille("04", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "3", g)
	g, err = ts.Grille("33", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "16", g)
	m, err := ts.Modificateur('K', "3", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "1.205", m.Coefficient.String())
	m, err = ts.Modificateur('U', "9", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "21.43", m.Montant.String())
	n, err := ts.ModificateursPayes(soins, connu)
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	ok, err := ts.ModificateurUnique('U', soins, connu)
	require.NoError(t, err)
	assert.True(t, ok)
	ok, err = ts.ModificateurCoherence('J', soins, connu)
	require.NoError(t, err)
	assert.False(t, ok)
	c, err := ts.AssociationPlanifiee("B", "3", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "0.805", c.String())
	cs, err := ts.Classes("02", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, []string{"A", "M"}, cs)
	for _, cas := range []struct {
		code tarif.Code
		spec string
		clos bool
	}{{"K", "21", true}, {"K", "04", false}, {"KC", "04", false}, {"CS", "04", false}} {
		clos, err := ts.LettreClose(cas.code, cas.spec, soins, connu)
		require.NoError(t, err)
		assert.Equal(t, cas.clos, clos, cas)
	}
	f, err := ts.ForfaitC2S("ZZLD912", "FDC", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "131.585", f.Montant.String())
	f, err = ts.ForfaitC2S("ZZLD911", "FDC", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "122.365", f.Montant.String())
	pl, err := ts.PlafondDentaire("ZZLD912", "FDR", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "533.39", pl.Plafond.String())
	an, err := ts.Analyse("1902", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, []string{"1903"}, an.Incompatibles)
	p, err := ts.Produit("9999902", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "12.345", p.Montant.String())
	p, err = ts.PrixAMERSS("ATU", "01", tarif.ExDG, "metropole", soins, connu)
	require.NoError(t, err)
	assert.NotEqual(t, "26.235", p.Montant.String())
	p, err = ts.Prix("ATU", "01", tarif.ExDG, "metropole", soins, jour("2026-04-09"))
	require.NoError(t, err)
	assert.Equal(t, "26.235", p.Montant.String(), "the price of March was published on 10 April")
	for regime, attendu := range map[string]simphonie.OuiNon{"04": simphonie.Oui, "01": simphonie.Non} {
		o, err := ts.PayeurTMF(regime, soins, connu)
		require.NoError(t, err)
		assert.Equal(t, attendu, o)
	}
}

// Nothing loaded: every lookup says what it lacks, on a nil value too.
func TestAbsents(t *testing.T) {
	for _, ts := range []*nomenclature.Tables{nil, new(nomenclature.Tables), nomenclature.Imprimees()} {
		for cle, cherche := range map[string]func() error{
			"lettres CS":                 func() error { _, err := ts.Lettre("CS", soins, connu); return err },
			"prix CS/04/ex-dg/metropole": func() error { _, err := ts.Prix("CS", "04", tarif.ExDG, "metropole", soins, connu); return err },
			"prix ATU/04/ex-dg/metropole/ame-rss": func() error {
				_, err := ts.PrixAMERSS("ATU", "04", tarif.ExDG, "metropole", soins, connu)
				return err
			},
			"majorations-modes N/K/30": func() error {
				_, err := ts.Majoration("N", "K", 30*simphonie.Un, "04", "metropole", soins, connu)
				return err
			},
			"actes ZZFA901":                       func() error { _, err := ts.Acte("ZZFA901", soins, connu); return err },
			"activites ZZFA901/1/0":               func() error { _, err := ts.Activite("ZZFA901", "1", "0", soins, connu); return err },
			"grilles 04":                          func() error { _, err := ts.Grille("04", soins, connu); return err },
			"prix-ccam ZZFA901/1/0/16":            func() error { _, err := ts.PrixCCAM("ZZFA901", "1", "0", "16", soins, connu); return err },
			"modificateurs J/16":                  func() error { _, err := ts.Modificateur('J', "16", soins, connu); return err },
			"parametres ccam-modificateurs-payes": func() error { _, err := ts.ModificateursPayes(soins, connu); return err },
			"modificateurs-paires J/K":            func() error { _, err := ts.ModificateursCompatibles('K', 'J', soins, connu); return err },
			"modificateurs-regles J":              func() error { _, err := ts.ModificateurUnique('J', soins, connu); return err },
			"modificateurs-regles K":              func() error { _, err := ts.ModificateurCoherence('K', soins, connu); return err },
			"modificateurs-ages J":                func() error { _, err := ts.AgeModificateur('J', simphonie.AgeAns(1), soins, connu); return err },
			"associations 9/16":                   func() error { _, err := ts.Association("9", "16", soins, connu); return err },
			"associations-regles A/16":            func() error { _, err := ts.AssociationPlanifiee("A", "16", soins, connu); return err },
			"classes 04":                          func() error { _, err := ts.Classes("04", soins, connu); return err },
			"lettres-closes K/04":                 func() error { _, err := ts.LettreClose("K", "04", soins, connu); return err },
			"forfaits-c2s ZZLD911/FDA":            func() error { _, err := ts.ForfaitC2S("ZZLD911", "FDA", soins, connu); return err },
			"plafonds-dentaires ZZLD911/FDA":      func() error { _, err := ts.PlafondDentaire("ZZLD911", "FDA", soins, connu); return err },
			"analyses 1901":                       func() error { _, err := ts.Analyse("1901", soins, connu); return err },
			"produits 9999901":                    func() error { _, err := ts.Produit("9999901", soins, connu); return err },
			"parametres tmf":                      func() error { _, err := ts.Parametre(nomenclature.ParamTMF, soins, connu); return err },
			"listes 101.1/04":                     func() error { _, err := ts.PayeurTMF("04", soins, connu); return err },
		} {
			a, ok := errors.AsType[*nomenclature.Absent](cherche())
			require.True(t, ok, cle)
			assert.Equal(t, cle, a.Table+" "+a.Cle)
			assert.Equal(t, soins, a.Jour)
			assert.Equal(t, connu, a.ConnuAu)
		}
		assert.Zero(t, ts.Liste(nomenclature.ListeFFM, "ZZFA901", soins, connu))
	}
	_, err := nomenclature.Imprimees().Modificateur(0xFF, "16", soins, connu)
	assert.Error(t, err)
}

// Each zone of tariffs has prices of its own.
func TestZones(t *testing.T) {
	var ls []string
	for i, z := range tarif.Zones() {
		ls = append(ls, fmt.Sprintf("CS;*;ex-dg;%s;assures;%d.01", z, i+1), fmt.Sprintf("CS;*;ex-oqn;%s;assures;%d.02", z, i+1), fmt.Sprintf("CS;*;ex-dg;%s;ame-rss;%d.03", z, i+1))
	}
	ts := charge(t, "prix.csv", ls...)
	for i, z := range tarif.Zones() {
		for s, cents := range map[tarif.Secteur]string{tarif.ExDG: "01", tarif.ExOQN: "02"} {
			p, err := ts.Prix("CS", "01", s, z, soins, connu)
			require.NoError(t, err)
			assert.Equal(t, fmt.Sprintf("%d.%s", i+1, cents), p.Montant.String())
		}
		p, err := ts.PrixAMERSS("CS", "01", tarif.ExDG, z, soins, connu)
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf("%d.03", i+1), p.Montant.String())
	}
	for _, c := range []struct {
		code tarif.Code
		spec string
		s    tarif.Secteur
		z    tarif.Zone
	}{{"CSCSCSCSC", "01", tarif.ExDG, "metropole"}, {"\x00CS", "01", tarif.ExDG, "metropole"}, {"CS", "01", "*", "metropole"}, {"CS", "01", "", "metropole"},
		{"CS", "01", tarif.ExDG, "*"}, {"CS", "01", tarif.ExDG, "paris"}, {"", "", "", ""}} {
		_, err := ts.Prix(c.code, c.spec, c.s, c.z, soins, connu)
		assert.Error(t, err, "%+v", c)
	}
	p, err := ts.Prix("CS", "a specialty of no length", tarif.ExDG, "metropole", soins, connu)
	require.NoError(t, err, "the row of all specialties")
	assert.Equal(t, "1.01", p.Montant.String())
	_, err = fictives(t).Acte("ZZFA901\x00", soins, connu)
	assert.Error(t, err)
	_, err = fictives(t).PrixCCAM("ZZFA90", "1", "0", "16", soins, connu)
	assert.Error(t, err)
}

// A row that a later publication starts again on the same day is replaced, end
// included: what is closed does not stay open in the earlier text.
func TestReprise(t *testing.T) {
	ouverte := charge(t, "actes.csv", "ZZFA901;0;non;non;;;;;;;2020-01-01;;v80;2024-01-10")
	fermee := charge(t, "actes.csv", "ZZFA901;0;non;non;;;;;;;2020-01-01;2025-03-31;v81;2025-02-10")
	ts, err := nomenclature.Merge(ouverte, fermee)
	require.NoError(t, err)
	for _, c := range []struct {
		jour, connu, reference string
	}{
		{"2025-03-31", "2025-02-10", "v81"}, {"2025-04-01", "2025-02-10", ""},
		{"2025-03-31", "2025-02-09", "v80"}, {"2025-04-01", "2025-02-09", "v80"}, {"2019-12-31", "2026-01-01", ""},
	} {
		l, err := ts.Acte("ZZFA901", jour(c.jour), jour(c.connu))
		if c.reference == "" {
			assert.ErrorContains(t, err, "NOM-ABSENT", "%+v", c)
			continue
		}
		require.NoError(t, err, "%+v", c)
		assert.Equal(t, c.reference, l.Reference, "%+v", c)
	}
	ages := charge(t, "modificateurs-ages.csv", "A;80;;2020-01-01;;v80;2024-01-10", "A;;4;2020-01-01;;v80;2024-01-10", "A;80;;2020-01-01;2025-03-31;v81;2025-02-10")
	ok, err := ages.AgeModificateur('A', simphonie.AgeAns(2), jour("2025-03-31"), jour("2025-06-01"))
	require.NoError(t, err)
	assert.False(t, ok)
	_, err = ages.AgeModificateur('A', simphonie.AgeAns(2), jour("2025-04-01"), jour("2025-06-01"))
	assert.ErrorContains(t, err, "NOM-ABSENT")
	liste := charge(t, "listes.csv", "ucd-retrocession;9000001;2020-01-01;;r;2020-01-01", "ucd-retrocession;9000001;2020-01-01;2025-06-30;r;2025-06-01")
	assert.Equal(t, simphonie.Oui, liste.Liste(nomenclature.ListeRetrocedables, "9000001", jour("2025-06-30"), connu))
	assert.Equal(t, simphonie.Non, liste.Liste(nomenclature.ListeRetrocedables, "9000001", jour("2025-07-01"), connu))
}

// A table answers for its first day and after, as known: an earlier day is one
// for which it is not loaded.
func TestChargee(t *testing.T) {
	ts := charge(t, "actes.csv", "ZZFA901;0;non;non;;;;;;;2024-01-01;;r;2024-02-01")
	for _, c := range []struct {
		table, jour, connu string
		attendu            bool
	}{{"actes", "2024-01-01", "2024-02-01", true}, {"actes", "2023-12-31", "2024-02-01", false}, {"actes", "2024-01-01", "2024-01-31", false},
		{"activites", "2024-01-01", "2024-02-01", false}, {"associations", "2021-12-31", "2024-01-01", false}, {"associations", "2022-01-01", "2024-01-01", true},
		{"inconnue", "2024-01-01", "2024-02-01", false}} {
		assert.Equal(t, c.attendu, ts.Chargee(&nomenclature.Absent{Table: c.table, Jour: jour(c.jour), ConnuAu: jour(c.connu)}), "%+v", c)
	}
	assert.False(t, ts.Chargee(nil))
	closes := charge(t, "lettres-closes.csv", "K;06;oui;2024-01-01;;r;2024-02-01")
	_, err := closes.LettreClose("K", "04", jour("2023-12-31"), connu)
	assert.ErrorContains(t, err, "NOM-ABSENT")
}

// The coefficient of an analysis is never zero for want of one.
func TestAnalyseSansCoefficient(t *testing.T) {
	assert.ErrorContains(t, faute("analyses.csv", "1901;;;;;non"), "coefficient: a value is wanted")
	assert.NoError(t, faute("analyses.csv", "1901;0;;;;non"))
}
