package nomenclature

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// compose makes rows of what was read: an act, or an activity, has one row for
// each span of days in which none of its tables changes.
func (a *archive) compose(lus map[string]map[string][]fait) Donnees {
	var d Donnees
	for cle, bases := range lus["R_ACTE"] {
		for _, base := range bases {
			for _, p := range coupe(base.periode, a.ensembles(lus, cle)) {
				d.Actes = append(d.Actes, a.acte(lus, cle, base, p))
			}
		}
	}
	for cle, bases := range lus["R_ACTE_IVITE_PHASE"] {
		for _, base := range bases {
			for _, p := range coupe(base.periode, a.ensembles(lus, cle)) {
				if l, ok := a.activite(lus, cle, base, p); ok {
					d.Activites = append(d.Activites, l)
				}
			}
		}
	}
	for cle, fs := range lus["R_PU_BASE"] {
		for _, x := range fs {
			d.PrixCCAM = append(d.PrixCCAM, LignePrixCCAM{Prix{a.date(x.periode), a.prix("R_PU_BASE", cle, x.valeurs[1])},
				cle[:7], cle[7:8], cle[8:9], sansZeros(x.valeurs[0])})
		}
	}
	a.composeTB(lus, &d)
	return d
}

func (a *archive) date(p simphonie.Periode) Date {
	return Date{Periode: p, Reference: a.Reference, ConnuLe: a.ConnuLe}
}

// ensembles lists what may change an act or an activity, by its key and by
// what its key starts with.
func (a *archive) ensembles(lus map[string]map[string][]fait, cle string) [][]fait {
	var r [][]fait
	for i := range tablesArchive {
		t := &tablesArchive[i]
		n := 6 + len(t.cle)
		if t.cle == nil || t.dansCle > 0 || n > len(cle) || len(cle) > 7 && n == 7 {
			continue
		}
		r = append(r, lus[t.nom][cle[:n]])
	}
	return r
}

// coupe gives the spans of a period in which none of the facts changes.
func coupe(base simphonie.Periode, ensembles [][]fait) []simphonie.Periode {
	debuts := []simphonie.Jour{base.Du}
	ajoute := func(j simphonie.Jour) {
		if j.After(base.Du) && base.Contains(j) {
			debuts = append(debuts, j)
		}
	}
	for _, fs := range ensembles {
		for i := range fs {
			ajoute(fs[i].periode.Du)
			ajoute(fs[i].periode.Au.AddDays(1))
		}
	}
	slices.SortFunc(debuts, func(a, b simphonie.Jour) int { return a.DaysSince(b) })
	debuts = slices.Compact(debuts)
	r := make([]simphonie.Periode, len(debuts))
	for i, j := range debuts {
		r[i] = simphonie.Periode{Du: j, Au: base.Au}
		if i+1 < len(debuts) {
			r[i].Au = debuts[i+1].AddDays(-1)
		}
	}
	return r
}

// valeursLe gives the first value of the facts that hold on a day.
func valeursLe[S ~string](fs []fait, j simphonie.Jour) []S {
	var r []S
	for i := range fs {
		if fs[i].periode.Contains(j) && !slices.Contains(r, S(fs[i].valeurs[0])) {
			r = append(r, S(fs[i].valeurs[0]))
		}
	}
	return r
}

func (a *archive) acte(lus map[string]map[string][]fait, cle string, base fait, p simphonie.Periode) Acte {
	return Acte{Date: a.date(p), Code: cle, Type: base.valeurs[0],
		Conditionnel:  a.oui("R_ACTE.remboursement", base.valeurs[1]),
		Entente:       a.oui("R_ACTE.entente", base.valeurs[2]),
		ExoTM:         valeursLe[string](lus["R_ACTE_EXO_TM"][cle], p.Du),
		Natures:       valeursLe[string](lus["R_ACTE_NAT_ASS"][cle], p.Du),
		Forfaits:      valeursLe[string](lus["R_ACTE_FORFAIT"][cle], p.Du),
		Incompatibles: valeursLe[string](lus["R_INCOMPATIBILITES"][cle], p.Du),
		Procedures:    valeursLe[string](lus["R_PROCEDURE"][cle], p.Du),
		ForfaitsC2S:   valeursLe[tarif.Code](lus["R_ACTE_CMUC"][cle], p.Du),
	}
}

func (a *archive) oui(role, valeur string) bool { return slices.Contains(a.Oui[role], valeur) }

// activite makes the row of a phase; false for days without the activity.
func (a *archive) activite(lus map[string]map[string][]fait, cle string, base fait, p simphonie.Periode) (Activite, bool) {
	ivite := lus["R_ACTE_IVITE"][cle[:8]]
	i := slices.IndexFunc(ivite, func(f fait) bool { return f.periode.Contains(p.Du) })
	if i < 0 {
		return Activite{}, false
	}
	if slices.ContainsFunc(ivite[i+1:], func(f fait) bool { return f.periode.Contains(p.Du) && f.valeurs != ivite[i].valeurs }) {
		a.f.ajoute("NOM-CHEVAUCHEMENT", "R_ACTE_IVITE", 0, 0, cle[:8]+": two rows that differ hold on "+p.Du.String())
	}
	l := Activite{Date: a.date(p), Acte: cle[:7], Activite: cle[7:8], Phase: cle[8:9],
		CatMed: ivite[i].valeurs[0], Regroupement: tarif.Code(ivite[i].valeurs[1]),
		Modificateurs:   strings.Join(valeursLe[string](lus["R_ACTIVITE_MODIFICATEUR"][cle[:8]], p.Du), ""),
		Classes:         valeursLe[string](lus["R_ACTIVITE_EXECUTANT"][cle[:8]], p.Du),
		DentsMin:        a.entier("R_ACTE_IVITE_PHASE", cle, base.valeurs[0]),
		AgeDentMin:      a.entier("R_ACTE_IVITE_PHASE", cle, base.valeurs[1]),
		AgeDentMax:      a.entier("R_ACTE_IVITE_PHASE", cle, base.valeurs[2]),
		DentsInterdites: valeursLe[string](lus["R_ACTIVITE_PHASE_DENT"][cle], p.Du),
	}
	for _, f := range lus["R_ACTIVITE_PHASE_DOM"][cle] {
		if !f.periode.Contains(p.Du) {
			continue
		}
		z, ok := a.Zones[f.valeurs[0]]
		if !ok {
			if !a.sansZone[f.valeurs[0]] {
				a.sansZone[f.valeurs[0]] = true
				a.reglage("Zones: the zone of code " + f.valeurs[0] + " of R_ACTIVITE_PHASE_DOM is wanted")
			}
			continue
		}
		if l.DOM == nil {
			l.DOM = map[tarif.Zone]simphonie.Coefficient{}
		}
		k := a.coefficient("R_ACTIVITE_PHASE_DOM", cle, f.valeurs[1])
		if autre, deux := l.DOM[z]; deux && autre != k {
			a.f.ajoute("NOM-CHEVAUCHEMENT", "R_ACTIVITE_PHASE_DOM", 0, 0, cle+": two coefficients for "+string(z)+" on "+p.Du.String())
		}
		l.DOM[z] = k
	}
	for _, f := range lus["R_ASSOCIATIONS"][cle[:8]] {
		if f.periode.Contains(p.Du) {
			if l.Planifiees == nil {
				l.Planifiees = map[Membre]string{}
			}
			l.Planifiees[Membre{f.valeurs[0], f.valeurs[1]}] = f.valeurs[2]
		}
	}
	return l, true
}

// composeTB makes the rows of the tables TBnn, which stand alone.
func (a *archive) composeTB(lus map[string]map[string][]fait, d *Donnees) {
	chaque := func(nom string, ligne func(cle string, v [4]string, date Date)) {
		for cle, fs := range lus[nom] {
			for i := range fs {
				ligne(cle, fs[i].valeurs, a.date(fs[i].periode))
			}
		}
	}
	chaque("TB02", func(c string, v [4]string, date Date) {
		d.Associations = append(d.Associations, LigneAssociation{date, v[0], sansZeros(v[1]), a.coefficient("TB02", c, v[2])})
	})
	chaque("TB03", func(c string, v [4]string, date Date) {
		d.ReglesAssociation = append(d.ReglesAssociation, LigneRegleAssociation{date, v[0], sansZeros(v[1]), a.coefficient("TB03", c, v[2])})
	})
	for _, fs := range lus["TB04"] {
		for _, p := range coupe(simphonie.Periode{Du: premier(fs)}, [][]fait{fs}) {
			classes := LigneClasses{Date: a.date(p), Specialite: specialite(fs[0].valeurs[0])}
			for _, f := range fs {
				if f.periode.Contains(p.Du) {
					classes.Classes = append(classes.Classes, f.valeurs[1])
				}
			}
			if classes.Classes != nil {
				d.Classes = append(d.Classes, classes)
			}
		}
	}
	chaque("TB06", func(c string, v [4]string, date Date) {
		d.AgesModificateurs = append(d.AgesModificateurs, LigneAgesModificateur{date, v[0],
			simphonie.AgeAns(a.entier("TB06", c, v[1])), simphonie.AgeAns(a.entier("TB06", c, v[2]))})
	})
	chaque("TB09", func(_ string, v [4]string, date Date) {
		d.PairesModificateur = append(d.PairesModificateur, LignePaireModificateurs{date, v[0], v[1], a.oui("TB09.compatible", v[2])})
	})
	chaque("TB10", func(_ string, v [4]string, date Date) {
		d.ReglesModificateur = append(d.ReglesModificateur, LigneRegleModificateur{date, v[0], a.oui("TB10.unique", v[1]), a.oui("TB10.coherence", v[2])})
	})
	chaque("TB11", func(c string, v [4]string, date Date) {
		d.Modificateurs = append(d.Modificateurs, Modificateur{date, v[0], sansZeros(v[1]), a.coefficient("TB11", c, v[2]), a.montant("TB11", c, v[3])})
	})
	chaque("TB17", func(_ string, v [4]string, date Date) {
		d.LettresCloses = append(d.LettresCloses, LigneLettreClose{date, tarif.Code(v[0]), specialite(v[1]), true})
	})
	chaque("TB19", func(c string, v [4]string, date Date) {
		if v[0] == "" {
			a.f.ajoute("NOM-VALEUR", "TB19", 0, 0, "the number is missing")
		}
		d.Parametres = append(d.Parametres, Parametre{Date: date, Nom: ParamModificateurs, Nombre: a.entier("TB19", c, v[0])})
	})
	chaque("TB21", func(c string, v [4]string, date Date) {
		d.ForfaitsC2S = append(d.ForfaitsC2S, LigneForfaitC2S{Prix{date, a.prix("TB21", c, v[1])}, Tout, tarif.Code(v[0])})
	})
}

func premier(fs []fait) simphonie.Jour {
	return slices.MinFunc(fs, func(a, b fait) int { return a.periode.Du.DaysSince(b.periode.Du) }).periode.Du
}

// specialite writes a specialty with two digits.
func specialite(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// nombre reads a number; an empty one is zero.
func nombre[V any](a *archive, table, cle, s string, lit func(string) (V, error)) V {
	var v V
	if s == "" {
		return v
	}
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".") // as 20.500000
	}
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	v, err := lit(s)
	if err != nil {
		a.f.ajoute("NOM-VALEUR", table, 0, 0, cle+": "+strconv.Quote(s)+" is not such a number")
	}
	return v
}

func (a *archive) entier(table, cle, s string) int {
	return nombre(a, table, cle, s, func(s string) (int, error) {
		n, err := strconv.ParseUint(s, 10, 16)
		return int(n), err
	})
}

func (a *archive) coefficient(table, cle, s string) simphonie.Coefficient {
	return nombre(a, table, cle, s, simphonie.ParseCoefficient)
}

func (a *archive) montant(table, cle, s string) simphonie.Montant {
	return nombre(a, table, cle, s, simphonie.ParseMontant)
}

// prix reads a price, which must be there: it is never zero for want of one.
func (a *archive) prix(table, cle, s string) simphonie.Prix {
	if s == "" {
		a.f.ajoute("NOM-VALEUR", table, 0, 0, cle+": the price is missing")
	}
	return nombre(a, table, cle, s, simphonie.ParsePrix)
}
