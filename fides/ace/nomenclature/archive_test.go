package nomenclature_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/internal/dbf/dbftest"
	"github.com/simphonie/simphonie/tarif"
)

type lignes = [][]string

// reglages completes the columns as an editor does who has the archives before
// him; the names below are of no archive.
func reglages() nomenclature.ArchiveCCAM {
	o := nomenclature.ArchiveCCAM{Reference: "FICTIF V1", ConnuLe: simphonie.MustJour("2026-01-10"),
		Colonnes: nomenclature.ColonnesCCAM(), Oui: nomenclature.OuiCCAM(), Zones: map[string]tarif.Zone{"1": "guadeloupe", "4": "reunion"}}
	for _, c := range o.Colonnes {
		for role, nom := range c {
			if nom == "" {
				c[role] = strings.ToUpper(role)
			}
		}
	}
	o.Colonnes["R_PU_BASE"]["cle"] = "CLE"
	o.Colonnes["R_PU_BASE"]["au"] = "AU"
	o.Colonnes["TB02"]["coefficient"] = "TAUX%"
	o.Oui["R_ACTE.remboursement"] = []string{"3"}
	o.Oui["R_ACTE.entente"] = []string{"O"}
	o.Oui["TB09.compatible"] = []string{"O"}
	o.Oui["TB10.unique"] = []string{"O"}
	return o
}

func archives() fstest.MapFS {
	m := fstest.MapFS{"lisez.txt": {}}
	for nom, b := range map[string][]byte{
		"R_ACTE": dbftest.Table([]string{"ACTE:C13", "TYPE_COD:N1", "REMBOU_COD:N2", "ENTENTE:C1", "DT_CREATIO:D8", "DT_FIN:D8", "NOM:C20"}, lignes{
			{"ZZFA901", "0", "1", "N", "20200101", "", "sans accent"}, {"ZZLD911", "0", "3", "O", "20200101", "20251231", ""}}...),
		"R_ACTE_EXO_TM": dbftest.Table([]string{"ACTE:C13", "EXO:C1", "EXOTM_COD:C1", "DU:D8"}, lignes{
			{"ZZFA901", "", "1", "20200101"}, {"ZZFA901", "", "7", "20200101"}, {"ZZFA901", "", "2", "20250701"}}...),
		"R_ACTE_NAT_ASS":          dbftest.Table([]string{"ACTE:C13", "NATURE:C2", "DU:D8"}),
		"R_ACTE_FORFAIT":          dbftest.Table([]string{"ACTE:C13", "FORFAIT:C2", "DU:D8"}, []string{"ZZFA901", "5", "20200101"}),
		"R_ACTE_CMUC":             dbftest.Table([]string{"ACTE:C13", "FORFAIT:C3", "DU:D8"}, []string{"ZZLD911", "FDA", "20200101"}),
		"R_INCOMPATIBILITES":      dbftest.Table([]string{"ACTE:C13", "INCOMPATIBLE:C7", "DU:D8"}, []string{"ZZFA901", "ZZLD911", "20200101"}),
		"R_PROCEDURE":             dbftest.Table([]string{"ACTE:C13", "PROCEDURE:C7", "DU:D8"}),
		"R_ACTE_IVITE":            dbftest.Table([]string{"ACTE:C13", "ACTIV_COD:C1", "CATMED_COD:C2", "REGROU_COD:C3", "DU:D8"}, lignes{{"ZZFA901", "1", "CH", "ATM", "20200101"}, {"ZZFA901", "1", "CH", "ACO", "20260101"}}...),
		"R_ACTE_IVITE_PHASE":      dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "PHASE_COD:C1", "NB_DENTS:N2", "AGE_MIN:N3", "AGE_MAX:N3", "DU:D8"}, lignes{{"ZZFA901", "1", "0", "0", "", "12", "20200101"}, {"ZZLD911", "1", "0", "0", "", "", "20200101"}}...),
		"R_ACTIVITE_MODIFICATEUR": dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "MODIFICATEUR:C1", "DU:D8"}, lignes{{"ZZFA901", "1", "J", "20200101"}, {"ZZFA901", "1", "K", "20200101"}, {"ZZFA901", "1", "K", "20250301"}}...),
		"R_ACTIVITE_EXECUTANT":    dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "CLASSE:C2", "DU:D8"}, []string{"ZZFA901", "1", "M", "20200101"}),
		"R_ASSOCIATIONS":          dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "ACTE_ASSOC:C7", "ACTIV_ASSO:C1", "REGLE_COD:C1", "DU:D8"}, []string{"ZZFA901", "1", "ZZLD911", "4", "B", "20200101"}),
		"R_ACTIVITE_PHASE_DOM":    dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "PHASE:C1", "DOM:C1", "MAJORATION:N9", "DU:D8"}, lignes{{"ZZFA901", "1", "0", "1", "1.0400", "20200101"}, {"ZZFA901", "1", "0", "4", "1.105000", "20200101"}}...),
		"R_ACTIVITE_PHASE_DENT":   dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "PHASE:C1", "DENT:C2", "DU:D8"}, []string{"ZZFA901", "1", "0", "18", "20200101"}),
		"R_PU_BASE": dbftest.Table([]string{"CLE:C9", "GRILLE:C3", "MONTANT:N9", "DU:D8", "AU:D8"}, lignes{
			{"ZZFA90110", "003", "125.410", "20200101", "20250630"}, {"ZZFA90110", "003", "126.52", "20250701", ""}, {"ZZFA90110", "016", ".5", "20200101", "00000000"},
			{"*", "ZZFA90110", "016", "99", "20200101", ""}}...),
		"TB02": dbftest.Table([]string{"CODE:C1", "GRILLE:C3", "TAUX:N6", "DU:D8"}, []string{"2", "3", "45.50", "20200101"}),
		"TB03": dbftest.Table([]string{"REGLE:C1", "GRILLE:C3", "COEFFICIENT:N6", "DU:D8"}, []string{"B", "3", "0.750", "20200101"}),
		"TB04": dbftest.Table([]string{"SPECIALITE:N2", "CLASSE:C2", "DU:D8"}, lignes{{"4", "M", "20200101"}, {"4", "A", "20210101"}, {"4", "M", "20210101"}}...),
		"TB06": dbftest.Table([]string{"MODIFICATEUR:C1", "AGE_MIN:N3", "AGE_MAX:N3", "DU:D8"}, lignes{{"A", "0", "4", "20200101"}, {"A", "80", "0", "20200101"}}...),
		"TB09": dbftest.Table([]string{"A:C1", "B:C1", "COMPATIBLE:C1", "DU:D8"}, lignes{{"P", "T", "O", "20050325"}, {"P", "T", "N", "20050901"}}...),
		"TB10": dbftest.Table([]string{"MODIFICATEUR:C1", "UNIQUE:C1", "COHERENCE:C1", "DU:D8"}, []string{"U", "O", "N", "20200101"}),
		"TB11": dbftest.Table([]string{"MODIFICATEUR:C1", "GRILLE:C3", "COEF:N6", "FORFAIT:N6", "DU:D8"}, lignes{{"J", "3", "1.115", "0.00", "20200101"}, {"U", "03", "0", "21.43", "20200101"}}...),
		"TB17": dbftest.Table([]string{"CODE:C3", "SPECIALITE:C2", "DU:D8"}, []string{"K", "21", "20200101"}),
		"TB19": dbftest.Table([]string{"NOMBRE:N2", "DU:D8"}, lignes{{"2", "20200101"}, {"3", "20260101"}}...),
		"TB21": dbftest.Table([]string{"FORFAIT:C3", "MONTANT:N9", "DU:D8"}, []string{"FDA", "293.26", "20200101"}),
	} {
		m["sous/dossier/"+strings.ToLower(nom)+".dbf"] = &fstest.MapFile{Data: b}
	}
	return m
}

// dBase cuts the names of columns at ten characters.
func colonnesCoupees(o nomenclature.ArchiveCCAM) nomenclature.ArchiveCCAM {
	o.Colonnes["R_ASSOCIATIONS"]["acte_associe"] = "ACTE_ASSOC"
	o.Colonnes["R_ASSOCIATIONS"]["activite_associee"] = "ACTIV_ASSO"
	o.Colonnes["R_INCOMPATIBILITES"]["incompatible"] = "INCOMPATIBL"
	o.Colonnes["R_ACTIVITE_MODIFICATEUR"]["modificateur"] = "MODIFICATEU"
	for nom, c := range o.Colonnes {
		for role, v := range c {
			if len(v) > 11 {
				o.Colonnes[nom][role] = v[:11]
			}
		}
	}
	return o
}

// The archives, in several zip files, and what came of them, line by line.
func TestLoadCCAM(t *testing.T) {
	var zips [2]bytes.Buffer
	ecrits := [2]*zip.Writer{zip.NewWriter(&zips[0]), zip.NewWriter(&zips[1])}
	n := 0
	for nom, f := range archives() {
		w, err := ecrits[n%2].Create(nom)
		require.NoError(t, err)
		_, err = w.Write(f.Data)
		require.NoError(t, err)
		n++
	}
	var ouverts []fs.FS
	for i, w := range ecrits {
		require.NoError(t, w.Close())
		r, err := zip.NewReader(bytes.NewReader(zips[i].Bytes()), int64(zips[i].Len()))
		require.NoError(t, err)
		ouverts = append(ouverts, r)
	}
	ts, err := nomenclature.LoadCCAM(colonnesCoupees(reglages()), ouverts...)
	require.NoError(t, err)
	const fin = ";FICTIF V1;2026-01-10\n"
	for nom, attendu := range map[string]string{
		"actes.csv": "ZZFA901;0;non;non;1+7;;5;ZZLD911;;;2020-01-01;2025-06-30" + fin + "ZZFA901;0;non;non;2;;5;ZZLD911;;;2025-07-01;" + fin +
			"ZZLD911;0;oui;oui;;;;;;FDA;2020-01-01;2025-12-31" + fin,
		"activites.csv": "ZZFA901;1;0;ACO;CH;K;M;guadeloupe=1.04+reunion=1.105;;12;;18;ZZLD911/4=B;2026-01-01;" + fin +
			"ZZFA901;1;0;ATM;CH;JK;M;guadeloupe=1.04+reunion=1.105;;12;;18;ZZLD911/4=B;2020-01-01;2025-02-28" + fin +
			"ZZFA901;1;0;ATM;CH;K;M;guadeloupe=1.04+reunion=1.105;;12;;18;ZZLD911/4=B;2025-03-01;2025-12-31" + fin,
		"prix-ccam.csv":            "ZZFA901;1;0;16;0.50;2020-01-01;" + fin + "ZZFA901;1;0;3;125.41;2020-01-01;2025-06-30" + fin + "ZZFA901;1;0;3;126.52;2025-07-01;" + fin,
		"associations.csv":         "2;3;0.455;2020-01-01;" + fin,
		"associations-regles.csv":  "B;3;0.75;2020-01-01;" + fin,
		"classes.csv":              "04;A+M;2021-01-01;" + fin + "04;M;2020-01-01;2020-12-31" + fin,
		"modificateurs-ages.csv":   "A;;4;2020-01-01;" + fin + "A;80;;2020-01-01;" + fin,
		"modificateurs-paires.csv": "P;T;non;2005-09-01;" + fin + "P;T;oui;2005-03-25;2005-08-31" + fin,
		"modificateurs-regles.csv": "U;oui;non;2020-01-01;" + fin,
		"modificateurs.csv":        "J;3;1.115;;2020-01-01;" + fin + "U;3;;21.43;2020-01-01;" + fin,
		"lettres-closes.csv":       "K;21;oui;2020-01-01;" + fin,
		"parametres.csv":           "ccam-modificateurs-payes;2;2020-01-01;2025-12-31" + fin + "ccam-modificateurs-payes;3;2026-01-01;" + fin,
		"forfaits-c2s.csv":         "*;FDA;293.26;2020-01-01;" + fin,
	} {
		_, corps, _ := strings.Cut(texteDe(t, ts, nom), "\n")
		assert.Equal(t, attendu, corps, nom)
		encore, err := nomenclature.Load(nom, strings.NewReader(texteDe(t, ts, nom)))
		require.NoError(t, err, nom)
		assert.Equal(t, texteDe(t, ts, nom), texteDe(t, encore, nom))
	}
	_, err = ts.Activite("ZZLD911", "1", "0", soins, connu)
	assert.ErrorContains(t, err, "NOM-ABSENT", "a phase of no activity")
}

// What is not known is listed, not guessed.
func TestLoadCCAMManques(t *testing.T) {
	_, err := nomenclature.LoadCCAM(nomenclature.ArchiveCCAM{Colonnes: nomenclature.ColonnesCCAM(), Oui: nomenclature.OuiCCAM()}, archives())
	for _, attendu := range []string{
		"NOM-ARCHIVE-REGLAGE: Reference", "NOM-ARCHIVE-REGLAGE: ConnuLe", "R_ACTE.remboursement that mean yes", "R_ACTE.entente that mean yes",
		"TB09.compatible that mean yes", "TB10.unique that mean yes",
		"NOM-ARCHIVE-COLONNE R_ACTE: no column is named for acte", "NOM-ARCHIVE-COLONNE R_PU_BASE: no column is named for montant", "NOM-ARCHIVE-COLONNE TB19: no column is named for nombre"} {
		assert.ErrorContains(t, err, attendu)
	}
	assert.NotContains(t, err.Error(), "TB10.coherence that mean yes", "printed")
	for nom, c := range map[string]struct {
		change  func(*nomenclature.ArchiveCCAM, fstest.MapFS)
		attendu string
	}{
		"column that is not there": {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { o.Colonnes["TB19"]["nombre"] = "NB" },
			"NOM-ARCHIVE-COLONNE TB19: no column NB (nombre): the table has NOMBRE, DU"},
		"role that is none":  {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { o.Colonnes["TB19"]["n"] = "NB" }, "NOM-ARCHIVE-COLONNE TB19: no role n"},
		"table that is none": {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { o.Colonnes["TB99"] = nil }, "NOM-ARCHIVE-REGLAGE: Colonnes: no table TB99"},
		"table left out":     {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { delete(o.Colonnes, "R_ACTE_EXO_TM") }, "R_ACTE_EXO_TM is wanted"},
		"table missing":      {func(_ *nomenclature.ArchiveCCAM, m fstest.MapFS) { delete(m, "sous/dossier/tb09.dbf") }, "NOM-ARCHIVE-TABLE TB09: no such table"},
		"table twice":        {func(_ *nomenclature.ArchiveCCAM, m fstest.MapFS) { m["TB09.DBF"] = m["sous/dossier/tb09.dbf"] }, "NOM-ARCHIVE-TABLE TB09: stands twice"},
		"zone":               {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { o.Zones["1"] = "paris" }, `Zones: 1: no zone of tariffs "paris"`},
		"zone not said":      {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { delete(o.Zones, "4") }, "the zone of code 4"},
		"memo": {func(_ *nomenclature.ArchiveCCAM, m fstest.MapFS) {
			m["sous/dossier/tb19.dbf"] = &fstest.MapFile{Data: dbftest.Table([]string{"NOMBRE:M9", "DU:D8"})}
		}, "column NOMBRE (nombre) is of type M"},
		"not dBase": {func(_ *nomenclature.ArchiveCCAM, m fstest.MapFS) {
			m["sous/dossier/tb19.dbf"] = &fstest.MapFile{Data: []byte("x")}
		}, "NOM-LECTURE TB19"},
		"truncated": {func(_ *nomenclature.ArchiveCCAM, m fstest.MapFS) {
			b := m["sous/dossier/tb19.dbf"].Data
			m["sous/dossier/tb19.dbf"] = &fstest.MapFile{Data: b[:len(b)-4]}
		}, "NOM-LECTURE TB19: the table cannot be read: DBF-TRONQUE line 2"},
		"percentage taken for a coefficient": {func(o *nomenclature.ArchiveCCAM, _ fstest.MapFS) { o.Colonnes["TB02"]["coefficient"] = "TAUX" }, "not a percentage, is wanted"},
	} {
		o, m := colonnesCoupees(reglages()), archives()
		c.change(&o, m)
		_, err := nomenclature.LoadCCAM(o, m)
		assert.ErrorContains(t, err, c.attendu, nom)
	}
	for nom, c := range map[string]struct{ table, attendu string }{
		"date":       {"2;2020XX01", "NOM-VALEUR TB19 line 1: DU: a date"},
		"no date":    {"2;", "NOM-VALEUR TB19 line 1: a first day"},
		"number":     {"x;20200101", `NOM-VALEUR TB19: : "x" is not such a number`},
		"characters": {"é;20200101", "NOM-LECTURE TB19 line 1: a value cannot be read: DBF-CARACTERE"},
	} {
		m := archives()
		m["sous/dossier/tb19.dbf"] = &fstest.MapFile{Data: dbftest.Table([]string{"NOMBRE:C2", "DU:D8"}, strings.Split(c.table, ";"))}
		_, err := nomenclature.LoadCCAM(colonnesCoupees(reglages()), m)
		assert.ErrorContains(t, err, c.attendu, nom)
	}
	_, err = nomenclature.LoadCCAM(colonnesCoupees(reglages()), nil)
	assert.ErrorContains(t, err, "no archive")
	m := archives()
	m["sous/dossier/r_pu_base.dbf"] = &fstest.MapFile{Data: dbftest.Table([]string{"CLE:C9", "GRILLE:C3", "MONTANT:N9", "DU:D8", "AU:D8"},
		lignes{{"ZZFA9011", "3", "1", "20200101", ""}, {"ZZFA90110", "3", "", "20200101", ""}, {"ZZFA90110", "4", "1", "20200102", "20200101"}}...)}
	_, err = nomenclature.LoadCCAM(colonnesCoupees(reglages()), m)
	assert.ErrorContains(t, err, "R_PU_BASE line 1: the key is not an act of seven characters, an activity and a phase")
	assert.ErrorContains(t, err, "R_PU_BASE line 3: a first day")
}

// Rows that contradict each other on a day are refused, whichever comes last;
// the number of modifiers that are paid is never zero for want of one.
func TestLoadCCAMContradictions(t *testing.T) {
	m := archives()
	const ou = "sous/dossier/"
	m[ou+"r_activite_phase_dom.dbf"].Data = dbftest.Table([]string{"ACTE:C13", "ACTIVITE:C1", "PHASE:C1", "DOM:C1", "MAJORATION:N9", "DU:D8"}, lignes{
		{"ZZFA901", "1", "0", "1", "1.0400", "20200101"}, {"ZZFA901", "1", "0", "1", "1.0500", "20200101"}}...)
	m[ou+"r_acte_ivite.dbf"].Data = dbftest.Table([]string{"ACTE:C13", "ACTIV_COD:C1", "CATMED_COD:C2", "REGROU_COD:C3", "DU:D8"}, lignes{
		{"ZZFA901", "1", "CH", "ATM", "20200101"}, {"ZZFA901", "1", "CH", "ACO", "20200101"}}...)
	m[ou+"tb19.dbf"].Data = dbftest.Table([]string{"NOMBRE:N2", "DU:D8"}, lignes{{"", "20200101"}}...)
	_, err := nomenclature.LoadCCAM(colonnesCoupees(reglages()), m)
	assert.ErrorContains(t, err, "ZZFA90110: two coefficients for guadeloupe on 2020-01-01")
	assert.ErrorContains(t, err, "ZZFA9011: two rows that differ hold on 2020-01-01")
	assert.ErrorContains(t, err, "TB19: the number is missing")
}
