package nomenclature_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/internal/dbf/dbftest"
	"github.com/simphonie/simphonie/tarif"
)

// recherches are the lookups of the path of an invoice, each on a row that is there.
var recherches = []struct {
	nom string
	une func(*nomenclature.Tables) error
}{
	{"Lettre", func(t *nomenclature.Tables) error { _, err := t.Lettre("CS", soins, connu); return err }},
	{"Prix", func(t *nomenclature.Tables) error {
		_, err := t.Prix("CS", "01", tarif.ExDG, "metropole", soins, connu)
		return err
	}},
	{"Majoration", func(t *nomenclature.Tables) error {
		_, err := t.Majoration("N", "K", 30*simphonie.Un, "04", "metropole", soins, connu)
		return err
	}},
	{"Acte", func(t *nomenclature.Tables) error { _, err := t.Acte("ZZFA901", soins, connu); return err }},
	{"Activite", func(t *nomenclature.Tables) error {
		_, err := t.Activite("ZZFA901", "1", "0", soins, connu)
		return err
	}},
	{"Grille", func(t *nomenclature.Tables) error { _, err := t.Grille("04", soins, connu); return err }},
	{"PrixCCAM", func(t *nomenclature.Tables) error {
		_, err := t.PrixCCAM("ZZFA901", "1", "0", "3", soins, connu)
		return err
	}},
	{"Modificateur", func(t *nomenclature.Tables) error { _, err := t.Modificateur('U', "3", soins, connu); return err }},
	{"ModificateursPayes", func(t *nomenclature.Tables) error { _, err := t.ModificateursPayes(soins, connu); return err }},
	{"ModificateursCompatibles", func(t *nomenclature.Tables) error {
		_, err := t.ModificateursCompatibles('U', 'J', soins, connu)
		return err
	}},
	{"ModificateurUnique", func(t *nomenclature.Tables) error { _, err := t.ModificateurUnique('U', soins, connu); return err }},
	{"AgeModificateur", func(t *nomenclature.Tables) error {
		_, err := t.AgeModificateur('A', simphonie.AgeAns(3), soins, connu)
		return err
	}},
	{"Association", func(t *nomenclature.Tables) error { _, err := t.Association("2", "3", soins, connu); return err }},
	{"AssociationPlanifiee", func(t *nomenclature.Tables) error {
		_, err := t.AssociationPlanifiee("B", "3", soins, connu)
		return err
	}},
	{"Classes", func(t *nomenclature.Tables) error { _, err := t.Classes("04", soins, connu); return err }},
	{"LettreClose", func(t *nomenclature.Tables) error { _, err := t.LettreClose("K", "04", soins, connu); return err }},
	{"Analyse", func(t *nomenclature.Tables) error { _, err := t.Analyse("1901", soins, connu); return err }},
	{"Produit", func(t *nomenclature.Tables) error { _, err := t.Produit("9999901", soins, connu); return err }},
	{"Parametre", func(t *nomenclature.Tables) error {
		_, err := t.Parametre(nomenclature.ParamTMF, soins, connu)
		return err
	}},
	{"PayeurTMF", func(t *nomenclature.Tables) error { _, err := t.PayeurTMF("01", soins, connu); return err }},
	{"ForfaitC2S", func(t *nomenclature.Tables) error { _, err := t.ForfaitC2S("ZZLD912", "FDC", soins, connu); return err }},
	{"Liste", func(t *nomenclature.Tables) error {
		t.Liste(nomenclature.ListeSE2, "ZZFA901", soins, connu)
		return nil
	}},
}

// A row that is there costs no allocation.
func TestSansAllocation(t *testing.T) {
	ts := fictives(t)
	for _, r := range recherches {
		require.NoError(t, r.une(ts), r.nom)
		assert.Zero(t, testing.AllocsPerRun(100, func() { _ = r.une(ts) }), r.nom)
	}
}

func BenchmarkRecherche(b *testing.B) {
	ts := fictives(b)
	for _, r := range recherches {
		b.Run(r.nom, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = r.une(ts)
			}
		})
	}
}

// dixMille makes the archives of 10 000 acts: two activities, eight grids, two
// prices each, and what goes with them.
func dixMille(n int) fstest.MapFS {
	m := archives()
	var actes, exos, ivites, phases, modificateurs, prix, associations lignes
	for i := range n {
		acte := fmt.Sprintf("%c%c%c%c%03d", 'A'+i/67600%26, 'A'+i/26000%26, 'A'+i/1000%26, 'A', i%1000)
		actes = append(actes, []string{acte, "0", "1", "N", "20200101", "", ""})
		exos = append(exos, []string{acte, "", "1", "20200101"})
		for _, activite := range []string{"1", "4"} {
			ivites = append(ivites, []string{acte, activite, "CH", "ATM", "20200101"})
			phases = append(phases, []string{acte, activite, "0", "0", "", "", "20200101"})
			for _, mod := range []string{"J", "K", "U"} {
				modificateurs = append(modificateurs, []string{acte, activite, mod, "20200101"})
			}
			for k := range 5 {
				associations = append(associations, []string{acte, activite, fmt.Sprintf("ZZZZ%03d", k), "1", "B", "20200101"})
			}
			for g := range 8 {
				prix = append(prix, []string{acte + activite + "0", fmt.Sprint(g + 1), "12.34", "20200101", "20211231"},
					[]string{acte + activite + "0", fmt.Sprint(g + 1), "23.45", "20220101", ""})
			}
		}
	}
	remplace := func(nom string, champs []string, ls lignes) {
		m["sous/dossier/"+nom+".dbf"] = &fstest.MapFile{Data: dbftest.Table(champs, ls...)}
	}
	remplace("r_acte", []string{"ACTE:C13", "TYPE_COD:N1", "REMBOU_COD:N2", "ENTENTE:C1", "DT_CREATIO:D8", "DT_FIN:D8", "NOM:C20"}, actes)
	remplace("r_acte_exo_tm", []string{"ACTE:C13", "EXO:C1", "EXOTM_COD:C1", "DU:D8"}, exos)
	remplace("r_acte_ivite", []string{"ACTE:C13", "ACTIV_COD:C1", "CATMED_COD:C2", "REGROU_COD:C3", "DU:D8"}, ivites)
	remplace("r_acte_ivite_phase", []string{"ACTE:C13", "ACTIVITE:C1", "PHASE_COD:C1", "NB_DENTS:N2", "AGE_MIN:N3", "AGE_MAX:N3", "DU:D8"}, phases)
	remplace("r_activite_modificateur", []string{"ACTE:C13", "ACTIVITE:C1", "MODIFICATEU:C1", "DU:D8"}, modificateurs)
	remplace("r_associations", []string{"ACTE:C13", "ACTIVITE:C1", "ACTE_ASSOC:C7", "ACTIV_ASSO:C1", "REGLE_COD:C1", "DU:D8"}, associations)
	remplace("r_pu_base", []string{"CLE:C9", "GRILLE:C3", "MONTANT:N9", "DU:D8", "AU:D8"}, prix)
	return m
}

func BenchmarkLoadCCAM(b *testing.B) {
	m, o := dixMille(10_000), colonnesCoupees(reglages())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nomenclature.LoadCCAM(o, m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	ts, err := nomenclature.LoadCCAM(colonnesCoupees(reglages()), dixMille(10_000))
	require.NoError(b, err)
	d := fstest.MapFS{}
	for _, nom := range []string{"actes.csv", "activites.csv", "prix-ccam.csv"} {
		d[nom] = &fstest.MapFile{Data: []byte(texteDe(b, ts, nom))}
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := nomenclature.LoadFS(d)
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEmpreinte(b *testing.B) {
	d, err := nomenclature.LoadCCAM(colonnesCoupees(reglages()), dixMille(10_000))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		ts, err := nomenclature.Merge(d)
		if err != nil || ts.Empreinte() == "" {
			b.Fatal(err)
		}
	}
}
