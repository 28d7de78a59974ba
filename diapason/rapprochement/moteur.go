package rapprochement

import (
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
)

// Fenetre is how far the day of a line may be from that of a receipt, in days,
// where keys alone do not decide. No text gives these delays: the zero value
// wants the same day.
type Fenetre struct {
	Avant int `json:"avant"` // the line comes first
	Apres int `json:"apres"` // the line comes after
}

// Entree is what a reconciliation compares. Order does not matter.
type Entree struct {
	Attendus  []Attendu
	Releves   []Releve
	Decisions []Decision
	// Acquises are the Affectations of the last result. They are kept as they
	// are: a line that comes later cannot undo a match. A decision can.
	Acquises []Affectation
	Fenetre  Fenetre
}

// Affectation is an amount of a line that belongs to a receipt, and why.
type Affectation struct {
	Ligne   LigneID           `json:"ligne"`
	Attendu string            `json:"attendu"`
	Montant simphonie.Montant `json:"montant"` // negative when the line takes back
	Regle   simphonie.Code    `json:"regle"`
}

// Choix is a line that only a person can match, and why.
type Choix struct {
	Ligne     LigneID        `json:"ligne"`
	Motif     simphonie.Code `json:"motif"`
	Candidats int            `json:"candidats"`          // how many receipts
	Attendus  []string       `json:"attendus,omitempty"` // the first of them, by reference
	// Ecart is what the lines have more than the receipts, of RAPP-CHOIX-MONTANT.
	Ecart simphonie.Montant `json:"ecart,omitzero"`
}

// choixMontres bounds the receipts that a Choix names, candidatsMax those that
// are compared one by one for a line: beyond, a person narrows the search.
const (
	choixMontres = 10
	candidatsMax = 64
)

// affectation is an Affectation by place, its amount without sign.
type affectation struct {
	l, a    int32
	montant simphonie.Montant
	regle   *simphonie.Regle
}

// moteur matches. Receipts and lines are in order of their names, so that the
// result does not depend on the order in which they came.
type moteur struct {
	fenetre   Fenetre
	as        []Attendu
	lignes    lignes
	ls        []ligne
	affs      []affectation
	libre     []simphonie.Montant // by line: what no receipt has
	reste     []simphonie.Montant // by receipt: what no line covers
	prise     []bool              // by line: matched, or put aside
	ecartee   []bool              // by line: no payment of a patient
	engage    []bool              // by receipt: a line that a person must match may be its own
	detachees map[[2]int32]bool
	detacheDe map[int32][]int32 // the same, by line
	nommes    []*[]int32        // by line: the receipts that a key named without deciding
	choix     map[int32]Choix
	douteux   bool // a line was left to a person, if only for a while
	pertes    []perte
	anomalies simphonie.Anomalies
}

// perte is an amount written off.
type perte struct {
	a       int32
	montant simphonie.Montant
	le      simphonie.Jour
	id      string
}

// Rapprocher matches statements to receipts: decisions of persons and matches
// kept first, then exact keys, then amount and day where one line and one
// receipt are alone; the rest is left to a person. Every cent of both sides is
// in one of the Postes of the result, and that has been verified.
//
// An error says that the input cannot be used; it joins every fault found.
func Rapprocher(e Entree) (*Resultat, error) {
	m, ds, err := prepare(&e)
	if err != nil {
		return nil, err
	}
	m.decide(ds)
	m.conserve(e.Acquises)
	m.stabilise(m.parCles)
	m.parMontantDate()
	m.stabilise(m.retours)
	r := m.resultat()
	if as := r.verifie(m.as, m.ls); len(as) > 0 {
		return nil, erreur("RAPP-CONSERVATION", as[0].Chemin, "fault of this package: money was lost or made")
	}
	return r, nil
}

// toursMax bounds how often passes are run again.
const toursMax = 16

// stabilise runs passes again while a match may have left one line and one
// receipt alone where there were several: so matches that are kept change
// nothing the next time.
func (m *moteur) stabilise(passes func()) {
	for range toursMax {
		avant := len(m.affs)
		m.douteux = false
		passes()
		if len(m.affs) == avant || !m.douteux {
			return
		}
	}
}

func prepare(e *Entree) (*moteur, []Decision, error) {
	if e.Fenetre.Avant < 0 || e.Fenetre.Apres < 0 || e.Fenetre.Avant > 3660 || e.Fenetre.Apres > 3660 {
		return nil, nil, erreur("RAPP-FENETRE", "fenetre", "days from 0 to 3660 are wanted")
	}
	as, err := ordonneAttendus(e.Attendus)
	if err != nil {
		return nil, nil, err
	}
	x, anomalies, err := fusionne(e.Releves)
	if err != nil {
		return nil, nil, err
	}
	ds, vaines, err := enVigueur(e.Decisions)
	if err != nil {
		return nil, nil, err
	}
	m := &moteur{fenetre: e.Fenetre, as: as, lignes: x, ls: x.ls, anomalies: append(anomalies, vaines...),
		libre: make([]simphonie.Montant, len(x.ls)), prise: make([]bool, len(x.ls)), ecartee: make([]bool, len(x.ls)),
		reste: make([]simphonie.Montant, len(as)), engage: make([]bool, len(as)), nommes: make([]*[]int32, len(x.ls)),
		detachees: map[[2]int32]bool{}, detacheDe: map[int32][]int32{}, choix: map[int32]Choix{}}
	for i := range as {
		m.reste[i] = as[i].Montant
	}
	for i := range m.ls {
		m.libre[i] = m.ls[i].brut()
		m.prise[i] = m.ls[i].Nature == Commission
	}
	return m, ds, nil
}

// attendu gives the place of a receipt, or −1.
func (m *moteur) attendu(ref string) int32 { return trouveAttendu(m.as, ref) }

// affecte gives an amount of a line to a receipt.
func (m *moteur) affecte(l, a int32, montant simphonie.Montant, r *simphonie.Regle) {
	m.affs = append(m.affs, affectation{l, a, montant, r})
	m.libre[l] -= montant
	m.prise[l] = true
	delete(m.choix, l)
	if m.ls[l].Nature == Encaissement {
		m.reste[a] = max(0, m.reste[a]-montant)
	}
}

// laisse leaves a line to a person.
func (m *moteur) laisse(l int32, attendus []string, candidats int, r *simphonie.Regle, ecart simphonie.Montant) {
	m.douteux = true
	m.choix[l] = Choix{Ligne: m.ls[l].ID, Motif: r.Code, Candidats: candidats, Attendus: attendus, Ecart: ecart}
}

// noms gives the receipts that a Choix shows: the first ones by reference, of
// ordered places.
func (m *moteur) noms(as []int32) []string {
	var refs []string
	for _, a := range as[:min(len(as), choixMontres)] {
		refs = append(refs, m.as[a].Ref)
	}
	return refs
}

// decide applies what persons decided.
func (m *moteur) decide(ds []Decision) {
	vaine := func(d *Decision) {
		m.anomalies = append(m.anomalies, regDecisionVaine.Anomalie("decision "+d.ID))
	}
	for i := range ds {
		if d := &ds[i]; d.Nature == Detacher {
			l, a := m.lignes.trouve(d.Ligne), m.attendu(d.Attendu)
			if l < 0 || a < 0 {
				vaine(d)
				continue
			}
			m.detachees[[2]int32{l, a}] = true
			m.detacheDe[l] = append(m.detacheDe[l], a)
		}
	}
	for i := range ds {
		d := &ds[i]
		l, a := m.lignes.trouve(d.Ligne), m.attendu(d.Attendu)
		switch d.Nature {
		case Rattacher:
			if l < 0 || a < 0 || m.ecartee[l] || m.ls[l].Nature == Commission || d.Montant > m.libre[l] || m.detachees[[2]int32{l, a}] {
				vaine(d)
				continue
			}
			m.affecte(l, a, d.Montant, &parDecision)
		case Ecarter:
			if l < 0 || m.prise[l] {
				vaine(d)
				continue
			}
			m.ecartee[l], m.prise[l] = true, true
		case Perte:
			if a < 0 {
				vaine(d)
				continue
			}
			m.pertes = append(m.pertes, perte{a, d.Montant, d.Le, d.ID})
		}
	}
}

// conserve keeps the matches of the last result. A line that a person decided
// about is no longer theirs.
func (m *moteur) conserve(acquises []Affectation) {
	acquises = slices.Clone(acquises)
	slices.SortFunc(acquises, func(x, y Affectation) int {
		if c := x.Ligne.compare(y.Ligne); c != 0 {
			return c
		}
		return compare(x.Attendu+" "+string(x.Regle), y.Attendu+" "+string(y.Regle))
	})
	decidees := slices.Clone(m.prise)
	vues := map[[2]int32]bool{}
	for _, x := range acquises {
		if x.Regle == parDecision.Code {
			continue // its decision says so, or no longer does
		}
		l, a := m.lignes.trouve(x.Ligne), m.attendu(x.Attendu)
		montant := max(x.Montant, -x.Montant)
		r := regleAutomatique(x.Regle)
		k := [2]int32{l, a}
		switch {
		case l >= 0 && (decidees[l] || m.detachees[k]):
		case l < 0 || a < 0 || r == nil || vues[k] || montant <= 0 || montant > m.libre[l] || (x.Montant < 0) != (m.ls[l].Montant < 0):
			m.anomalies = append(m.anomalies, regAcquisePerdue.Anomalie("ligne "+x.Ligne.Releve+"#"+strconv.Itoa(x.Ligne.Numero)))
		default:
			vues[k] = true
			m.affecte(l, a, montant, r)
		}
	}
}

// regleAutomatique gives a rule of the passes.
func regleAutomatique(c simphonie.Code) *simphonie.Regle {
	for i := range passes {
		if passes[i].regle.Code == c {
			return passes[i].regle
		}
	}
	if c == parMontantDate.Code {
		return &parMontantDate
	}
	return nil
}

// contredit says that a line is not of a receipt: a key, an invoice, a
// modality or a person says so.
func (m *moteur) contredit(l, a int32) bool {
	x, y := &m.ls[l], &m.as[a]
	mod := y.modalite()
	return x.Cles.contredit(&y.Cles) || x.Modalite != "" && mod != "" && x.Modalite != mod ||
		x.Facture != "" && len(y.Factures) > 0 && !slices.Contains(y.Factures, x.Facture) ||
		len(m.detachees) > 0 && m.detachees[[2]int32{l, a}]
}

// voisins says that the days of a line and of a receipt are close enough.
func (m *moteur) voisins(l, a int32) bool {
	d := m.ls[l].Le.DaysSince(m.as[a].Le)
	return d >= -m.fenetre.Avant && d <= m.fenetre.Apres
}
