package rapprochement

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

var compare = strings.Compare

// ligne is a line that counts.
type ligne struct {
	ID LigneID
	Ligne
}

// lignes are the lines that count, by statement and number.
type lignes struct {
	ls []ligne
	// alias names the line that counts in place of one that another statement shows too.
	alias map[LigneID]LigneID
}

// trouve gives the place of a line, or −1.
func (x *lignes) trouve(id LigneID) int32 {
	if a, ok := x.alias[id]; ok {
		id = a
	}
	i, ok := slices.BinarySearchFunc(x.ls, id, func(l ligne, id LigneID) int { return l.ID.compare(id) })
	if !ok {
		return -1
	}
	return int32(i)
}

// fusionne gives each movement of the accounts once: a statement given twice
// counts once, and of a line that overlapping statements show, the statement
// that shows it most often is believed. Copies of a statement that differ are
// an error.
func fusionne(rs []Releve) (lignes, simphonie.Anomalies, error) {
	var fautes []error
	n := 0
	for i := range rs {
		n += len(rs[i].Lignes)
	}
	if n > nombreMax {
		return lignes{}, nil, tropDe("releves")
	}
	for i := range rs {
		fautes = append(fautes, rs[i].verifie("releves["+strconv.Itoa(i)+"]"))
	}
	if err := errors.Join(fautes...); err != nil {
		return lignes{}, nil, err
	}
	uniques, ls, as, err := copies(rs, n)
	if err != nil {
		return lignes{}, nil, err
	}
	x, autres := chevauchements(uniques, ls)
	return x, append(as, autres...), nil
}

// copies drops what was imported twice.
func copies(rs []Releve, n int) (map[string]*Releve, []ligne, simphonie.Anomalies, error) {
	uniques := map[string]*Releve{}
	vues := make(map[LigneID]Ligne, n)
	relues := map[string]int{}
	var fautes []error
	ls := make([]ligne, 0, n)
	for i := range rs {
		r := &rs[i]
		premier, connu := uniques[r.ID]
		if !connu {
			uniques[r.ID], premier = r, r
		}
		if premier.Compte != r.Compte || premier.Periode != r.Periode {
			fautes = append(fautes, erreur("RAPP-RELEVE-CONFLIT", "releve "+r.ID, "two copies of the statement have another account or period"))
		}
		for _, l := range r.Lignes {
			id := LigneID{r.ID, l.Numero}
			switch autre, vue := vues[id]; {
			case !vue:
				vues[id] = l
				ls = append(ls, ligne{id, l})
			case autre != l:
				fautes = append(fautes, erreur("RAPP-RELEVE-CONFLIT", "ligne "+id.String(), "two copies of the statement show another line under this number"))
			default:
				relues[r.ID]++
			}
		}
	}
	slices.SortFunc(ls, func(a, b ligne) int { return a.ID.compare(b.ID) })
	var as simphonie.Anomalies
	for _, id := range cles(relues) {
		as = append(as, regReleveRelu.Anomalie("releve "+id, strconv.Itoa(relues[id])))
	}
	return uniques, ls, as, errors.Join(fautes...)
}

// compteJour is a day of an account.
type compteJour struct {
	compte string
	le     simphonie.Jour
}

// chevauchements keeps each movement that several statements show once.
func chevauchements(rs map[string]*Releve, ls []ligne) (lignes, simphonie.Anomalies) {
	type contenu struct {
		compte string
		l      Ligne
	}
	couverture := couvre(rs)
	groupes := make(map[contenu][]int32)
	for i := range ls {
		c := rs[ls[i].ID.Releve].Compte
		if couverture[c].sur(ls[i].Le) > 1 {
			k := contenu{c, ls[i].Ligne}
			k.l.Numero = 0
			if k.l.Banque != "" { // names the movement, whatever else each statement says of it
				k.l = Ligne{Nature: k.l.Nature, Le: k.l.Le, Montant: k.l.Montant, Banque: k.l.Banque}
			}
			groupes[k] = append(groupes[k], int32(i))
		}
	}
	alias := map[LigneID]LigneID{}
	comptees, desaccords := map[compteJour]int{}, map[compteJour]bool{}
	for k, is := range groupes {
		gardes, nombre, egaux := meilleur(ls, is)
		cj := compteJour{k.compte, k.l.Le}
		if nombre < couverture[k.compte].sur(k.l.Le) || !egaux {
			desaccords[cj] = true
		}
		comptees[cj] += len(is) - len(gardes)
		rang, releve := 0, ""
		for _, i := range is {
			if ls[i].ID.Releve != releve {
				rang, releve = 0, ls[i].ID.Releve
			}
			if g := &ls[gardes[rang]]; g.ID != ls[i].ID {
				alias[ls[i].ID] = g.ID
				if !g.complete(&ls[i].Ligne) {
					desaccords[cj] = true
				}
			}
			rang++
		}
	}
	ls = slices.DeleteFunc(ls, func(l ligne) bool { _, ailleurs := alias[l.ID]; return ailleurs })
	var as simphonie.Anomalies
	for cj, n := range comptees {
		if n > 0 {
			as = append(as, regChevauchement.Anomalie(cj.chemin(), strconv.Itoa(n)))
		}
	}
	for cj := range desaccords {
		as = append(as, regDesaccord.Anomalie(cj.chemin()))
	}
	slices.SortFunc(as, func(a, b simphonie.Anomalie) int { return compare(a.Chemin+string(a.Code), b.Chemin+string(b.Code)) })
	return lignes{ls, alias}, as
}

// complete adds what another statement says of the same movement. It is not so
// when both say something else: then nothing is added.
func (l *Ligne) complete(m *Ligne) bool {
	differe := func(a, b string) bool { return a != "" && b != "" && a != b }
	if l.Cles.contredit(&m.Cles) || differe(l.Facture, m.Facture) || differe(string(l.Modalite), string(m.Modalite)) ||
		l.Commission != 0 && m.Commission != 0 && l.Commission != m.Commission {
		return false
	}
	l.Cles.complete(&m.Cles)
	l.Facture, l.Modalite = cmp.Or(l.Facture, m.Facture), cmp.Or(l.Modalite, m.Modalite)
	l.Commission = cmp.Or(l.Commission, m.Commission)
	return true
}

func (c compteJour) chemin() string { return "compte " + c.compte + " " + c.le.String() }

// meilleur gives the lines of the statement that shows a movement most often,
// how many statements show it, and whether they agree. Lines come by statement.
func meilleur(ls []ligne, is []int32) (gardes []int32, releves int, egaux bool) {
	egaux = true
	for i := 0; i < len(is); {
		j := i
		for j < len(is) && ls[is[j]].ID.Releve == ls[is[i]].ID.Releve {
			j++
		}
		egaux = egaux && (releves == 0 || j-i == len(gardes))
		if releves++; j-i > len(gardes) {
			gardes = is[i:j]
		}
		i = j
	}
	return gardes, releves, egaux
}

// etendue is the days that the statements of an account cover.
type etendue struct{ debuts, fins []simphonie.Jour }

func couvre(rs map[string]*Releve) map[string]*etendue {
	es := map[string]*etendue{}
	for _, r := range rs {
		e := es[r.Compte]
		if e == nil {
			e = &etendue{}
			es[r.Compte] = e
		}
		e.debuts, e.fins = append(e.debuts, r.Periode.Du), append(e.fins, r.Periode.Au)
	}
	for _, e := range es {
		slices.SortFunc(e.debuts, parJour)
		slices.SortFunc(e.fins, parJour)
	}
	return es
}

// sur counts the statements that cover a day.
func (e *etendue) sur(j simphonie.Jour) int {
	commences, _ := slices.BinarySearchFunc(e.debuts, j.AddDays(1), parJour)
	finis, _ := slices.BinarySearchFunc(e.fins, j, parJour)
	return commences - finis
}

func parJour(a, b simphonie.Jour) int { return a.DaysSince(b) }

// cles gives the keys of a map in order.
func cles[V any](m map[string]V) []string {
	ks := make([]string, 0, len(m))
	for k := range m {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}
