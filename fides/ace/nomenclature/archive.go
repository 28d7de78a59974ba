package nomenclature

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Colonnes names, by table and by role, the columns of the archives of the CCAM.
type Colonnes map[string]map[string]string

// ArchiveCCAM says how the official archives of the CCAM are read. What a table
// or a column is called, and which value means yes, was matched by meaning and
// not from a specification: what is not known is not guessed, the editor who
// has the archives fills it in, and LoadCCAM lists what is missing.
type ArchiveCCAM struct {
	// Reference names the version, ConnuLe is its publication. Both compulsory.
	Reference string
	ConnuLe   simphonie.Jour
	// Colonnes are those of ColonnesCCAM, completed. A table TBnn that it does not
	// name is not read. A column that ends with % holds percentages. The role cle
	// may stand for acte, activite and phase, joined in one column; without the role au, the
	// rows of a date hold until the next date of their key.
	Colonnes Colonnes
	// Oui lists the values that mean yes, by table and role, as R_ACTE.entente.
	Oui map[string][]string
	// Zones gives the zone of each code of the overseas table.
	Zones map[string]tarif.Zone
}

// tableArchive is what is read of one table: a key, then values of which the
// first ones belong to the key too.
type tableArchive struct {
	nom         string
	cle         []string
	valeurs     []string
	dansCle     int
	ouiNon      []string
	facultative bool
}

var (
	parActe     = []string{"acte"}
	parActivite = []string{"acte", "activite"}
	parPhase    = []string{"acte", "activite", "phase"}
)

var tablesArchive = []tableArchive{
	{nom: "R_ACTE", cle: parActe, valeurs: []string{"type", "remboursement", "entente"}, ouiNon: []string{"remboursement", "entente"}},
	{nom: "R_ACTE_EXO_TM", cle: parActe, valeurs: []string{"exo"}},
	{nom: "R_ACTE_NAT_ASS", cle: parActe, valeurs: []string{"nature"}},
	{nom: "R_ACTE_FORFAIT", cle: parActe, valeurs: []string{"forfait"}},
	{nom: "R_ACTE_CMUC", cle: parActe, valeurs: []string{"forfait"}},
	{nom: "R_INCOMPATIBILITES", cle: parActe, valeurs: []string{"incompatible"}},
	{nom: "R_PROCEDURE", cle: parActe, valeurs: []string{"procedure"}},
	{nom: "R_ACTE_IVITE", cle: parActivite, valeurs: []string{"catmed", "regroupement"}},
	{nom: "R_ACTIVITE_MODIFICATEUR", cle: parActivite, valeurs: []string{"modificateur"}},
	{nom: "R_ACTIVITE_EXECUTANT", cle: parActivite, valeurs: []string{"classe"}},
	{nom: "R_ASSOCIATIONS", cle: parActivite, valeurs: []string{"acte_associe", "activite_associee", "regle"}},
	{nom: "R_ACTE_IVITE_PHASE", cle: parPhase, valeurs: []string{"dents", "age_min", "age_max"}},
	{nom: "R_ACTIVITE_PHASE_DOM", cle: parPhase, valeurs: []string{"dom", "majoration"}},
	{nom: "R_ACTIVITE_PHASE_DENT", cle: parPhase, valeurs: []string{"dent"}},
	{nom: "R_PU_BASE", cle: parPhase, valeurs: []string{"grille", "montant"}, dansCle: 1},
	{nom: "TB02", valeurs: []string{"code", "grille", "coefficient"}, dansCle: 2, facultative: true},
	{nom: "TB03", valeurs: []string{"regle", "grille", "coefficient"}, dansCle: 2, facultative: true},
	{nom: "TB04", valeurs: []string{"specialite", "classe"}, dansCle: 1, facultative: true},
	{nom: "TB06", valeurs: []string{"modificateur", "age_min", "age_max"}, dansCle: 1, facultative: true},
	{nom: "TB09", valeurs: []string{"a", "b", "compatible"}, dansCle: 2, ouiNon: []string{"compatible"}, facultative: true},
	{nom: "TB10", valeurs: []string{"modificateur", "unique", "coherence"}, dansCle: 1, ouiNon: []string{"unique", "coherence"}, facultative: true},
	{nom: "TB11", valeurs: []string{"modificateur", "grille", "coefficient", "montant"}, dansCle: 2, facultative: true},
	{nom: "TB17", valeurs: []string{"code", "specialite"}, dansCle: 2, facultative: true},
	{nom: "TB19", valeurs: []string{"nombre"}, facultative: true},
	{nom: "TB21", valeurs: []string{"forfait", "montant"}, dansCle: 1, facultative: true},
}

// ColonnesCCAM gives the columns whose meaning is known, every other role empty:
// a copy to be completed, or to be corrected.
func ColonnesCCAM() Colonnes {
	connues := Colonnes{
		"R_ACTE":               {"type": "TYPE_COD", "remboursement": "REMBOU_COD", "entente": "ENTENTE", "du": "DT_CREATIO", "au": "DT_FIN"},
		"R_ACTE_EXO_TM":        {"exo": "EXOTM_COD"},
		"R_ACTE_IVITE":         {"activite": "ACTIV_COD", "catmed": "CATMED_COD", "regroupement": "REGROU_COD"},
		"R_ACTE_IVITE_PHASE":   {"phase": "PHASE_COD", "dents": "NB_DENTS", "age_min": "AGE_MIN", "age_max": "AGE_MAX"},
		"R_ACTIVITE_PHASE_DOM": {"majoration": "MAJORATION"},
		"R_ASSOCIATIONS":       {"regle": "REGLE_COD"},
		"TB11":                 {"coefficient": "COEF", "montant": "FORFAIT"},
	}
	r := Colonnes{}
	for _, t := range tablesArchive {
		r[t.nom] = map[string]string{}
		for _, role := range slices.Concat(t.cle, t.valeurs, []string{"du"}) {
			r[t.nom][role] = ""
		}
		maps.Copy(r[t.nom], connues[t.nom])
	}
	return r
}

// OuiCCAM gives the values that mean yes and are printed, to be completed.
func OuiCCAM() map[string][]string { return map[string][]string{"TB10.coherence": {"O"}} }

// LoadCCAM reads the dBase tables of the official archives of the CCAM, as
// directories or as zip files (a *zip.Reader is one). Settings, tables and
// columns that are missing are all listed (NOM-ARCHIVE-REGLAGE,
// NOM-ARCHIVE-TABLE, NOM-ARCHIVE-COLONNE); then every fault of the rows, with its
// table and record. TB22 is not read: the grid of each specialty is loaded from
// grilles.csv.
func LoadCCAM(o ArchiveCCAM, archives ...fs.FS) (*Tables, error) {
	var f fautes
	a := &archive{ArchiveCCAM: o, f: &f, mots: map[string]string{}, sansZone: map[string]bool{}}
	a.reglages()
	ou := a.fichiers(archives)
	lus := map[string]map[string][]fait{}
	for i := range tablesArchive {
		t := &tablesArchive[i]
		if colonnes, ok := o.Colonnes[t.nom]; ok {
			lus[t.nom] = a.lit(t, colonnes, ou[t.nom])
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	d := a.compose(lus)
	return assemble(d, &f)
}

// archive is one reading.
type archive struct {
	ArchiveCCAM
	f    *fautes
	mots map[string]string // each text is kept once

	sansZone map[string]bool // codes that were reported
}

func (a *archive) reglage(detail string) { a.f.ajoute("NOM-ARCHIVE-REGLAGE", "", 0, 0, detail) }

// reglages checks what the caller says.
func (a *archive) reglages() {
	if strings.TrimSpace(a.Reference) == "" {
		a.reglage("Reference: the version of the archives is wanted")
	}
	if a.ConnuLe.IsZero() {
		a.reglage("ConnuLe: the day of publication is wanted")
	}
	for _, t := range tablesArchive {
		if _, ok := a.Colonnes[t.nom]; !ok {
			if !t.facultative {
				a.reglage("Colonnes: " + t.nom + " is wanted: acts are made of it")
			}
			continue
		}
		for _, role := range t.ouiNon {
			if len(a.Oui[t.nom+"."+role]) == 0 {
				a.reglage("Oui: the values of " + t.nom + "." + role + " that mean yes are wanted")
			}
		}
	}
	for nom, z := range a.Zones {
		if !slices.Contains(tarif.Zones(), z) {
			a.reglage(fmt.Sprintf("Zones: %s: no zone of tariffs %q", nom, z))
		}
	}
	for nom := range a.Colonnes {
		if !slices.ContainsFunc(tablesArchive, func(t tableArchive) bool { return t.nom == nom }) {
			a.reglage("Colonnes: no table " + nom + " is read")
		}
	}
}

// emplacement is where a table lies.
type emplacement struct {
	archive fs.FS
	chemin  string
}

// fichiers finds the tables by their names, whatever the directory and the case.
func (a *archive) fichiers(archives []fs.FS) map[string]emplacement {
	r := map[string]emplacement{}
	for _, d := range archives {
		if d == nil {
			a.reglage("no archive")
			continue
		}
		err := fs.WalkDir(d, ".", func(chemin string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			nom, ok := strings.CutSuffix(strings.ToUpper(path.Base(chemin)), ".DBF")
			if !ok {
				return nil
			}
			if _, deux := r[nom]; deux && a.Colonnes[nom] != nil {
				a.f.ajoute("NOM-ARCHIVE-TABLE", nom, 0, 0, "stands twice in the archives")
			}
			r[nom] = emplacement{d, chemin}
			return nil
		})
		if err != nil {
			a.f.cause("NOM-LECTURE", "", 0, "an archive cannot be read", err)
		}
	}
	return r
}
