package nomenclature

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/dbf"
)

// fait is one record: what holds for a key from a day to another.
type fait struct {
	periode simphonie.Periode
	valeurs [4]string
}

// lecture finds the columns of one table.
type lecture struct {
	archive  *archive
	table    *tableArchive
	l        *dbf.Lecteur
	cle      []*dbf.Champ
	jointe   bool // the key lies in one column
	valeurs  []*dbf.Champ
	pourCent []bool
	du, au   *dbf.Champ
}

// lit reads the records of a table, by key.
func (a *archive) lit(t *tableArchive, colonnes map[string]string, ou emplacement) map[string][]fait {
	if ou.archive == nil {
		a.f.ajoute("NOM-ARCHIVE-TABLE", t.nom, 0, 0, "no such table in the archives")
		return nil
	}
	r, err := ou.archive.Open(ou.chemin)
	if err != nil {
		a.f.cause("NOM-LECTURE", t.nom, 0, "the table cannot be read", err)
		return nil
	}
	defer r.Close()
	l, err := dbf.Ouvre(r)
	if err != nil {
		a.f.cause("NOM-LECTURE", t.nom, 0, "the table cannot be read", err)
		return nil
	}
	lec := &lecture{archive: a, table: t, l: l}
	if !lec.trouve(colonnes) {
		return nil
	}
	faits := map[string][]fait{}
	for l.Suivant() {
		if cle, fa, ok := lec.fait(); ok {
			faits[cle] = append(faits[cle], fa)
		}
	}
	if err := l.Err(); err != nil {
		a.f.cause("NOM-LECTURE", t.nom, 0, "the table cannot be read", err)
	}
	if lec.au == nil {
		for _, fs := range faits {
			jusquaLaSuivante(fs)
		}
	}
	return faits
}

// jusquaLaSuivante ends the records of a date on the eve of the next date.
func jusquaLaSuivante(fs []fait) {
	slices.SortStableFunc(fs, func(a, b fait) int { return a.periode.Du.DaysSince(b.periode.Du) })
	var suivante simphonie.Jour
	for i := len(fs) - 1; i >= 0; i-- {
		if i+1 < len(fs) && fs[i+1].periode.Du != fs[i].periode.Du {
			suivante = fs[i+1].periode.Du
		}
		fs[i].periode.Au = suivante.AddDays(-1)
	}
}

// trouve matches the roles with the columns of the file, and lists what is missing.
func (lec *lecture) trouve(colonnes map[string]string) bool {
	ok := true
	manque := func(detail string) {
		ok = false
		lec.archive.f.ajoute("NOM-ARCHIVE-COLONNE", lec.table.nom, 0, 0, detail)
	}
	champ := func(role string) *dbf.Champ {
		nom := strings.TrimSuffix(colonnes[role], "%")
		if nom == "" {
			manque("no column is named for " + role)
			return nil
		}
		c, la := lec.l.Champ(nom)
		switch {
		case !la:
			var noms []string
			for _, c := range lec.l.Champs() {
				noms = append(noms, c.Nom)
			}
			manque("no column " + nom + " (" + role + "): the table has " + strings.Join(noms, ", "))
		case !strings.Contains("CNFD", string(rune(c.Type))):
			manque("column " + nom + " (" + role + ") is of type " + string(rune(c.Type)) + ": text, number or date is wanted")
		}
		return c
	}
	cles := lec.table.cle
	if lec.jointe = colonnes["cle"] != "" && cles != nil; lec.jointe {
		cles = []string{"cle"}
	}
	for _, role := range cles {
		lec.cle = append(lec.cle, champ(role))
	}
	for _, role := range lec.table.valeurs {
		lec.valeurs = append(lec.valeurs, champ(role))
		lec.pourCent = append(lec.pourCent, strings.HasSuffix(colonnes[role], "%"))
	}
	lec.du = champ("du")
	if colonnes["au"] != "" {
		lec.au = champ("au")
	}
	permis := slices.Concat(lec.table.cle, lec.table.valeurs, []string{"cle", "du", "au"})
	for _, role := range slices.Sorted(maps.Keys(colonnes)) {
		if !slices.Contains(permis, role) {
			manque("no role " + role + ": one of " + strings.Join(permis, ", "))
		}
	}
	return ok
}

// fait reads the record at hand.
func (lec *lecture) fait() (cle string, fa fait, ok bool) {
	var tampon [64]byte
	k := tampon[:0]
	ok = true
	lit := func(c *dbf.Champ) []byte {
		b, err := lec.l.Octets(c)
		if err != nil {
			ok = false
			lec.archive.f.cause("NOM-LECTURE", lec.table.nom, lec.l.Rang(), "a value cannot be read", err)
		}
		return b
	}
	for _, c := range lec.cle {
		k = append(k, lit(c)...)
	}
	if lec.table.cle != nil && !lec.cleValide(string(k)) {
		lec.faute("the key is not an act of seven characters" + [...]string{"", "", " and an activity", ", an activity and a phase"}[len(lec.table.cle)])
		return "", fa, false
	}
	for i, c := range lec.valeurs {
		b := lit(c)
		fa.valeurs[i] = lec.archive.mot(b)
		if lec.pourCent[i] {
			fa.valeurs[i] = lec.pourCentDe(fa.valeurs[i])
		}
		if i < lec.table.dansCle {
			k = append(append(k, '/'), b...)
		}
	}
	fa.periode.Du = lec.jour(lec.du, lit(lec.du))
	if lec.au != nil {
		fa.periode.Au = lec.jour(lec.au, lit(lec.au))
	}
	if fa.periode.Du.IsZero() || !fa.periode.Valide() {
		lec.faute("a first day, and a last one that is not before it, are wanted")
		return "", fa, false
	}
	return lec.archive.mot(k), fa, ok
}

func (lec *lecture) cleValide(k string) bool {
	return len(k) == 6+len(lec.table.cle) && acteValide(k[:7]) && (len(k) == 7 || chiffres(k[7:]))
}

func (lec *lecture) faute(detail string) {
	lec.archive.f.ajoute("NOM-VALEUR", lec.table.nom, lec.l.Rang(), 0, detail)
}

// jour reads YYYYMMDD; blanks and zeros are no date.
func (lec *lecture) jour(c *dbf.Champ, b []byte) simphonie.Jour {
	if len(b) == 0 || string(b) == "00000000" {
		return simphonie.Jour{}
	}
	if len(b) == 8 {
		if j, err := simphonie.ParseJour(string(b[:4]) + "-" + string(b[4:6]) + "-" + string(b[6:])); err == nil {
			return j
		}
	}
	lec.faute(c.Nom + ": a date of eight digits is wanted")
	return simphonie.Jour{}
}

// pourCentDe gives the coefficient of a percentage.
func (lec *lecture) pourCentDe(s string) string {
	t, err := simphonie.ParseTaux(s)
	if err != nil || t%100 != 0 {
		lec.faute("a percentage of at most two decimals is wanted")
		return s
	}
	return simphonie.Coefficient(t / 100).String()
}

// mot keeps each text once.
func (a *archive) mot(b []byte) string {
	if m, ok := a.mots[string(b)]; ok {
		return m
	}
	m := string(b)
	a.mots[m] = m
	return m
}

// sansZeros writes a grid as the tables do: 03 is 3.
func sansZeros(s string) string { return cmp.Or(strings.TrimLeft(s, "0"), s) }
