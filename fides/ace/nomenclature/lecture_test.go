package nomenclature_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// Every fault of a row, with its line and column.
func TestFautesDeLigne(t *testing.T) {
	for _, c := range []struct{ nom, ligne, attendu string }{
		{"prix.csv", "cs;*;*;*;assures;1", "NOM-VALEUR prix.csv line 2 column 1: code"},
		{"prix.csv", "CS;4;*;*;assures;1", "NOM-VALEUR prix.csv line 2 column 2: specialite"},
		{"prix.csv", "CS;*;public;*;assures;1", "NOM-VALEUR prix.csv line 2 column 3: secteur"},
		{"prix.csv", "CS;*;*;paris;assures;1", "NOM-VALEUR prix.csv line 2 column 4: zone"},
		{"prix.csv", "CS;*;*;metropole+paris;assures;1", "NOM-VALEUR prix.csv line 2 column 4: zone"},
		{"prix.csv", "CS;*;*;*;;1", "NOM-VALEUR prix.csv line 2 column 5: public"},
		{"prix.csv", "CS;*;*;*;assures;", "NOM-VALEUR prix.csv line 2 column 6: montant"},
		{"prix.csv", "CS;*;*;*;assures;0", "NOM-VALEUR prix.csv line 2 column 6: montant"},
		{"prix.csv", "CS;*;*;*;assures;-1", "NOM-VALEUR prix.csv line 2 column 6: montant"},
		{"prix.csv", "CS;*;*;*;assures;1 €", "NOM-VALEUR prix.csv line 2 column 6: montant"},
		{"prix.csv", "CS;*;*;*;assures;1;2022;;r;2021-12-29", "NOM-VALEUR prix.csv line 2 column 7: du"},
		{"prix.csv", "CS;*;*;*;assures;1;;;r;2021-12-29", "NOM-DATE prix.csv line 2 column 7: du"},
		{"prix.csv", "CS;*;*;*;assures;1;2022-01-02;2022-01-01;r;2021-12-29", "NOM-DATE prix.csv line 2 column 8: au"},
		{"prix.csv", "CS;*;*;*;assures;1;2022-01-02;;;2021-12-29", "NOM-REFERENCE prix.csv line 2 column 9: reference"},
		{"prix.csv", "CS;*;*;*;assures;1;2022-01-02;;r;", "NOM-DATE prix.csv line 2 column 10: connu_le"},
		{"prix.csv", "CS;*;*;*;assures;1;2022-01-02;;r;2021-12-29;x", "NOM-FORME prix.csv line 2: 11 columns, 10 wanted"},
		{"prix.csv", `CS;"*;*`, "NOM-FORME prix.csv line"},
		{"lettres.csv", "c;ngap;;;;non;;;;;;;;;;", "column 1: code"},
		{"lettres.csv", "C;autre;;;;non;;;;;;;;;;", "column 2: nomenclature"},
		{"lettres.csv", "C;ngap;haut;;;non;;;;;;;;;;", "column 3: niveau"},
		{"lettres.csv", "C;ngap;;;x;non;;;;;;;;;;", "column 5: agregee"},
		{"lettres.csv", "C;ngap;;;;;;;;;;;;;;", "column 6: auxiliaire"},
		{"lettres.csv", "C;ngap;;;;non;2;1;;;;;;;;", "column 8: coef_max"},
		{"lettres.csv", "C;ngap;;;;non;;;peut-être;;;;;;;", "column 9: prescription"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;6;5;;;", "column 13: age_max"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;6 ans;;;;", "column 12: age_min"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;;;4;;", "column 14: specialites"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;;;04++05;;", "column 14: specialites"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;;;;Z;", "column 15: qualificatifs"},
		{"lettres.csv", "C;ngap;;;;non;;;;;;;;;;cs", "column 16: supports"},
		{"majorations-modes.csv", "X;K;;;montant", "column 1: majoration"},
		{"majorations-modes.csv", "N;k;;;montant", "column 2: code"},
		{"majorations-modes.csv", "N;K;2;1;montant", "column 4: coef_max"},
		{"majorations-modes.csv", "N;K;;;", "column 5: mode"},
		{"majorations.csv", "X;K;*;*;1", "column 1: majoration"},
		{"majorations.csv", "N;k;*;*;1", "column 2: code"},
		{"majorations.csv", "N;K;x;*;1", "column 3: specialite"},
		{"majorations.csv", "N;K;*;;1", "column 4: zone"},
		{"majorations.csv", "N;K;*;*;", "column 5: montant"},
		{"lettres-closes.csv", "k;*;oui", "column 1: code"},
		{"lettres-closes.csv", "K;;oui", "column 2: specialite"},
		{"lettres-closes.csv", "K;*;", "column 3: close"},
		{"actes.csv", "ZZFA90;0;non;non;;;;;;", "column 1: acte"},
		{"actes.csv", "zzfa901;0;non;non;;;;;;", "column 1: acte"},
		{"actes.csv", "ZZFA901;3;non;non;;;;;;", "column 2: type"},
		{"actes.csv", "ZZFA901;0;;non;;;;;;", "column 3: conditionnel"},
		{"actes.csv", "ZZFA901;0;non;non;12;;;;;", "column 5: exo_tm"},
		{"actes.csv", "ZZFA901;0;non;non;;a;;;;", "column 6: natures"},
		{"actes.csv", "ZZFA901;0;non;non;;;a=b;;;", "column 7: forfaits"},
		{"actes.csv", "ZZFA901;0;non;non;;;;x;;", "column 8: incompatibles"},
		{"actes.csv", "ZZFA901;0;non;non;;;;;x;", "column 9: procedures"},
		{"actes.csv", "ZZFA901;0;non;non;;;;;;x", "column 10: forfaits_c2s"},
		{"activites.csv", "ZZFA901;;0;ATM;;;;;;;;;", "column 2: activite"},
		{"activites.csv", "ZZFA901;1;A;ATM;;;;;;;;;", "column 3: phase"},
		{"activites.csv", "ZZFA901;1;0;atm;;;;;;;;;", "column 4: regroupement"},
		{"activites.csv", "ZZFA901;1;0;ATM;;J,K;;;;;;;", "column 6: modificateurs"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;a;;;;;;", "column 7: classes"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;paris=1;;;;;", "column 8: dom"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;reunion=1+reunion=2;;;;;", "column 8: dom"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;reunion=110;;;;;", "column 8: dom"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;;x;;;;", "column 9: age_dent_min"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;;;;-1;;", "column 11: dents_min"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;;;;;8;", "column 12: dents_interdites"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;;;;;;ZZFA902=A", "column 13: planifiees"},
		{"activites.csv", "ZZFA901;1;0;ATM;;;;;;;;;ZZFA902/x=A", "column 13: planifiees"},
		{"grilles.csv", "x;3", "column 1: specialite"},
		{"grilles.csv", "04;03", "column 2: grille"},
		{"prix-ccam.csv", "ZZFA901;1;0;*;1", "column 4: grille"},
		{"prix-ccam.csv", "ZZFA901;1;0;3;", "column 5: montant"},
		{"prix-ccam.csv", "ZZFA901;1;0;3;-1", "column 5: montant"},
		{"prix-ccam.csv", "ZZFA901;1;;3;1", "column 3: phase"},
		{"modificateurs.csv", "JK;*;1.1;", "column 1: lettre"},
		{"modificateurs.csv", "J;03;1.1;", "column 2: grille"},
		{"modificateurs.csv", "J;*;;", "column 4: montant"},
		{"modificateurs.csv", "J;*;1.1;2", "column 4: montant"},
		{"modificateurs.csv", "J;*;111.5;", "column 3: coefficient"},
		{"modificateurs-ages.csv", ";;4", "column 1: lettre"},
		{"modificateurs-ages.csv", "A;5;4", "column 3: age_max"},
		{"modificateurs-regles.csv", "ab;oui;non", "column 1: lettre"},
		{"modificateurs-paires.csv", "ab;P;non", "column 1: a"},
		{"modificateurs-paires.csv", "P;;non", "column 2: b"},
		{"associations.csv", ";*;1", "column 1: code"},
		{"associations.csv", "1;x;1", "column 2: grille"},
		{"associations.csv", "1;*;50", "column 3: coefficient"},
		{"associations-regles.csv", "a+b;*;1", "column 1: regle"},
		{"associations-regles.csv", "A;*;", "column 3: coefficient"},
		{"classes.csv", "*;M", "column 1: specialite"},
		{"classes.csv", "04;m", "column 2: classes"},
		{"forfaits-c2s.csv", "x;FDA;1", "column 1: acte"},
		{"forfaits-c2s.csv", "*;;1", "column 2: code"},
		{"forfaits-c2s.csv", "*;FDA;", "column 3: montant"},
		{"plafonds-dentaires.csv", "*;FDA;0;1", "column 1: acte"},
		{"plafonds-dentaires.csv", "ZZFA901;fda;0;1", "column 2: code"},
		{"plafonds-dentaires.csv", "ZZFA901;FDA;3;1", "column 3: panier"},
		{"plafonds-dentaires.csv", "ZZFA901;FDA;0;", "column 4: plafond"},
		{"analyses.csv", "388;1;;;;non", "column 1: code"},
		{"analyses.csv", "0388;-1;;;;non", "column 2: coefficient"},
		{"analyses.csv", "0388;1;-1;;;non", "column 3: max"},
		{"analyses.csv", "0388;1;;9;;non", "column 4: incompatibles"},
		{"produits.csv", "999;1", "column 1: code"},
		{"produits.csv", "9999901;0", "column 2: montant"},
		{"parametres.csv", "tfm;1", "column 2: valeur: of an unknown parameter"},
		{"parametres.csv", "tmf;", "column 2: valeur"},
		{"parametres.csv", "tmf;-1", "column 2: valeur"},
		{"parametres.csv", "ccam-modificateurs-payes;1.5", "column 2: valeur"},
		{"listes.csv", "annexe-9;ZZFA901", "column 1: liste"},
		{"listes.csv", "annexe-10;", "column 2: code"},
	} {
		assert.ErrorContains(t, faute(c.nom, c.ligne), c.attendu, "%s %s", c.nom, c.ligne)
	}
}

// Two rows of one key, of one publication, for one day.
func TestChevauchements(t *testing.T) {
	for nom, ls := range map[string][2]string{
		"prix.csv":                 {"CS;*;ex-dg;metropole;assures;1", "CS;*;*;*;assures;2;2023-01-01;;FICTIF;2021-12-29"},
		"majorations-modes.csv":    {"N;K;;15;montant", "N;K;15;;pourcentage"},
		"modificateurs-ages.csv":   {"A;;4", "A;3;"},
		"modificateurs-paires.csv": {"P;R;oui", "R;P;non"},
		"activites.csv":            {"ZZFA901;1;0;ATM;;J;;;;;;;", "ZZFA901;1;0;ATM;;K;;;;;;;"},
		"listes.csv":               {"annexe-10;ZZFA901", "annexe-10;ZZFA901;2022-01-01;2022-12-31;FICTIF;2021-12-29"},
	} {
		err := faute(nom, ls[0], ls[1])
		assert.ErrorContains(t, err, "NOM-CHEVAUCHEMENT "+nom+" line 3", nom)
		assert.NoError(t, faute(nom, ls[0], ls[0]), "a row that stands twice counts once")
	}
	// Periods that touch, publications and spans of coefficients that differ.
	assert.NoError(t, faute("prix.csv", "CS;*;*;*;assures;1;2022-01-01;2022-06-30;r;2021-12-29", "CS;*;*;*;assures;2;2022-07-01;;r;2021-12-29",
		"CS;*;*;*;assures;3;2022-03-01;;r;2022-04-01", "CS;04;*;*;assures;4", "CS;*;*;*;ame-rss;5"))
	assert.NoError(t, faute("majorations-modes.csv", "N;K;;14.9999;montant", "N;K;15;;pourcentage"))
}

// Every fault of every file comes at once.
func TestLoadFS(t *testing.T) {
	d := fstest.MapFS{
		"prix.csv":     {Data: []byte(fichier("prix.csv", "cs;*;*;*;assures;1", "CS;*;*;*;assures;"))},
		"actes.csv":    {Data: []byte("acte\n")},
		"analyses.csv": {Data: nil},
		"tarifs.csv":   {Data: nil},
		"taux.csv":     {Data: nil},
		"LISEZMOI":     {Data: nil},
	}
	_, err := nomenclature.LoadFS(d, "taux.csv")
	for _, attendu := range []string{"NOM-VALEUR prix.csv line 2 column 1", "NOM-VALEUR prix.csv line 3 column 6", "NOM-ENTETE actes.csv line 1",
		"NOM-ENTETE analyses.csv line 1: empty file", "NOM-FICHIER tarifs.csv"} {
		assert.ErrorContains(t, err, attendu)
	}
	assert.NotContains(t, err.Error(), "taux.csv")
	_, err = nomenclature.LoadFS(fstest.MapFS{"LISEZMOI": {}})
	assert.ErrorContains(t, err, "NOM-FICHIER: no table")
	_, err = nomenclature.LoadFS(nil)
	assert.ErrorContains(t, err, "NOM-LECTURE")
	_, err = nomenclature.LoadFS(fstest.MapFS{"prix.csv/x": {}})
	assert.ErrorContains(t, err, "NOM-LECTURE prix.csv")

	ts, err := nomenclature.LoadFS(fstest.MapFS{"listes.csv": {Data: []byte("\ufeff" + fichier("listes.csv", "# FICTIF", " annexe-10 ; ZZFA901 "))}})
	require.NoError(t, err)
	assert.Equal(t, simphonie.Oui, ts.Liste(nomenclature.ListeFFM, "ZZFA901", soins, connu))
}

func TestLoadRefuse(t *testing.T) {
	_, err := nomenclature.Load("tarifs.csv", strings.NewReader(""))
	assert.ErrorContains(t, err, "NOM-FICHIER tarifs.csv")
	_, err = nomenclature.Load("prix.csv", nil)
	assert.ErrorContains(t, err, "NOM-LECTURE prix.csv")
	panne := errors.New("panne")
	_, err = nomenclature.Load("prix.csv", iotest.ErrReader(panne))
	assert.ErrorIs(t, err, panne)
	ts := charge(t, "prix.csv", "CS;*;ex-dg;metropole;assures;1")
	assert.ErrorContains(t, ts.Ecris(nil, "prix.csv"), "NOM-ECRITURE")
	assert.ErrorContains(t, ts.Ecris(&strings.Builder{}, "x"), "NOM-FICHIER")
	assert.ErrorContains(t, ts.Ecris(enPanne{}, "prix.csv"), "NOM-ECRITURE")
	_, err = nomenclature.New(nomenclature.Donnees{Prix: []nomenclature.LignePrix{{Code: "CS"}}})
	assert.ErrorContains(t, err, "NOM-DATE prix.csv: du: CS////assures: the first day is missing", "rows that come from no file are named by their key")
	_, err = nomenclature.New(nomenclature.Donnees{Parametres: []nomenclature.Parametre{
		{Date: depuis("2022-01-01", "2022-01-01"), Nom: nomenclature.ParamTMF, Montant: 1, Nombre: 1}}})
	assert.ErrorContains(t, err, "this parameter is a montant")
	assert.ErrorContains(t, faute("parametres.csv", strings.Repeat("tmf;x\n", 5000)+"tmf;x"), "NOM-")
}

type enPanne struct{}

func (enPanne) Write([]byte) (int, error) { return 0, errors.New("panne") }

// The digest does not depend on order, files, wildcards or repetitions, and
// depends on every value.
func TestEmpreinteEtMerge(t *testing.T) {
	a, b := "CS;*;ex-dg;metropole;assures;1", "CS;04;ex-dg;metropole;assures;2"
	ab, ba := charge(t, "prix.csv", a, b), charge(t, "prix.csv", b, a, b)
	assert.Equal(t, ab.Empreinte(), ba.Empreinte())
	m, err := nomenclature.Merge(charge(t, "prix.csv", b), nil, charge(t, "prix.csv", a), ab)
	require.NoError(t, err)
	assert.Equal(t, ab.Empreinte(), m.Empreinte())
	assert.NotEqual(t, ab.Empreinte(), charge(t, "prix.csv", a, strings.Replace(b, ";2", ";2.000001", 1)).Empreinte())
	assert.NotEqual(t, ab.Empreinte(), nomenclature.Imprimees().Empreinte())
	tous := charge(t, "prix.csv", "CS;*;*;guadeloupe+reunion;assures;1")
	assert.Equal(t, tous.Empreinte(), charge(t, "prix.csv", "CS;*;ex-dg;guadeloupe;assures;1", "CS;*;ex-oqn;guadeloupe;assures;1",
		"CS;*;*;reunion;assures;1").Empreinte())
	_, err = nomenclature.Merge(ab, charge(t, "prix.csv", "CS;*;ex-dg;metropole;assures;3"))
	assert.ErrorContains(t, err, "NOM-CHEVAUCHEMENT prix.csv")
	assert.Empty(t, (*nomenclature.Tables)(nil).Empreinte())
	assert.Empty(t, new(nomenclature.Tables).Empreinte())
	p, err := m.Prix("CS", "04", tarif.ExDG, "metropole", soins, connu)
	require.NoError(t, err)
	assert.Equal(t, "2.00", p.Montant.String())
}

// repete gives the same bytes without end.
type repete string

func (r repete) Read(b []byte) (int, error) {
	n := 0
	for n+len(r) <= len(b) {
		n += copy(b[n:], r)
	}
	return n, nil
}

// A file without end is cut by our own limit.
func TestLimite(t *testing.T) {
	if testing.Short() {
		t.Skip("two million lines")
	}
	_, err := nomenclature.Load("listes.csv", io.MultiReader(strings.NewReader(fichier("listes.csv")), repete("x;\n")))
	assert.ErrorContains(t, err, "NOM-LIMITE listes.csv: too many lines")
	assert.Less(t, len(err.Error()), 1<<20)
}
