package b2

import (
	"strconv"

	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// The order of the records of an invoice:
//
//	facture := 2 2S ligne{1..} 5            999 records of types 3 and 4 at most
//	ligne   := 3 [3S] [3E] ( 3F{0..10} | 3H{0..10} )
//	         | 4 4S [4E] ( 4M{0..26} | 4B{0..10} | 4H{0..10} )
//
// A type 3 has its 3S unless it is a CFU, FPU, FPV, FPL, FPM or FPX, which
// stands alone.

// rang of the records among Types.
const (
	r2 = iota
	r2S
	r3
	r3S
	r3E
	r3F
	r3H
	r4
	r4S
	r4E
	r4B
	r4H
	r4M
	r5
	nbTypes
)

const hors = -1 // outside any invoice

type ensemble uint16

func types(rs ...int) (e ensemble) {
	for _, r := range rs {
		e |= 1 << r
	}
	return e
}

func (e ensemble) a(r int) bool { return r >= 0 && e&(1<<r) != 0 }

// suivants gives what may come behind each record.
var suivants = [nbTypes]ensemble{
	r2:  types(r2S),
	r2S: types(r3, r4),
	r3:  types(r3S, r3E, r3, r4, r5),
	r3S: types(r3E, r3F, r3H, r3, r4, r5),
	r3E: types(r3F, r3H, r3, r4, r5),
	r3F: types(r3F, r3, r4, r5),
	r3H: types(r3H, r3, r4, r5),
	r4:  types(r4S),
	r4S: types(r4E, r4B, r4H, r4M, r3, r4, r5),
	r4E: types(r4B, r4H, r4M, r3, r4, r5),
	r4B: types(r4B, r3, r4, r5),
	r4H: types(r4H, r3, r4, r5),
	r4M: types(r4M, r3, r4, r5),
	r5:  0,
}

// enSequence are the records that number themselves from 1.
var enSequence = types(r3F, r3H, r4B, r4H, r4M)

// compris are the records that zone 0539 counts.
var compris = types(r3, r3S, r3E, r3F, r3H, r4, r4S, r4E, r4B, r4H, r4M)

const nombreMax = 999

// automate follows the records of invoices. A record out of place is reported
// and becomes the new place, so that one mistake is said once.
type automate struct {
	dernier  int // rang of the record before, or hors
	sequence int
	seul     bool // the type 3 before has no complement
	nombre   int  // records that 0539 counts
	fs       []faute
	ligne    int
}

func nouvelAutomate() automate { return automate{dernier: hors} }

// suit takes the next record and gives what is wrong with its place.
func (a *automate) suit(l *layout, texte string, ligne int) []faute {
	a.fs, a.ligne = nil, ligne
	r := l.rang
	a.place(r, texte)
	switch {
	case r == r2:
		a.nombre = 0
	case compris.a(r):
		a.compte()
	}
	if enSequence.a(r) {
		a.numero(l, texte)
	}
	a.dernier = r
	if r == r3 {
		a.seul = typeTroisSeul(texte)
	}
	if r == r5 {
		a.dernier = hors
	}
	return a.fs
}

func (a *automate) faute(r *regle, valeurs ...string) {
	a.fs = append(a.fs, faute{regle: r, ligne: a.ligne, colonne: 1, valeurs: valeurs})
}

// place checks that a record may stand behind the one before it.
func (a *automate) place(r int, texte string) {
	d := a.dernier
	switch {
	case d == hors && r == r2:
	case d == hors:
		a.faute(&ordre, "fin de facture", nom(r))
	case r == r2:
		a.faute(&factureOuverte)
	case d == r2S && r == r5:
		a.faute(&factureVide)
	case d == r2 && (r == r3 || r == r4 || r == r5):
		a.faute(&complementAbsent, "2S", "2")
		if r == r5 {
			a.faute(&factureVide)
		}
	case d == r4 && (r == r3 || r == r4 || r == r5):
		a.faute(&complementAbsent, "4S", "4")
	case !suivants[d].a(r):
		a.faute(&ordre, nom(d), nom(r))
	case d == r3 && a.seul && (r == r3S || r == r3E):
		a.faute(&complementInterdit, nom(r))
	case d == r3 && !a.seul && r != r3S:
		a.faute(&complementAbsent, "3S", "3")
	}
}

// compte counts the records of types 3 and 4, and says once that there are
// too many.
func (a *automate) compte() {
	a.nombre++
	if a.nombre == nombreMax+1 {
		a.faute(&facturePleine)
	}
}

// numero checks the sequence of a record that repeats.
func (a *automate) numero(l *layout, texte string) {
	attendu := 1
	if a.dernier == l.rang {
		attendu = a.sequence + 1
	}
	i := l.tete.sequence
	lu := 0
	if len(texte) >= i+2 {
		v, _ := fixedwidth.Uint(texte[i : i+2])
		lu = int(v)
	}
	if lu != attendu {
		a.fs = append(a.fs, faute{regle: &sequence, ligne: a.ligne, colonne: i + 1, zone: l.zoneEn(i + 1).ID,
			valeurs: []string{strconv.Itoa(attendu), nom(l.rang)}})
	}
	a.sequence = lu
}

// fin says that the records end inside an invoice.
func (a *automate) fin(ligne int) []faute {
	if a.dernier == hors {
		return nil
	}
	a.dernier = hors
	return []faute{{regle: &factureOuverte, ligne: ligne}}
}

// typeTroisSeul says that the act of a type 3 has no complement (RG_MF601).
func typeTroisSeul(texte string) bool {
	if len(texte) < 60 {
		return false
	}
	switch texte[55:59] {
	case "CFU ", "FPU ", "FPV ", "FPL ", "FPM ", "FPX ":
		return true
	}
	return false
}

func nom(r int) string { return string(Types()[r]) }

// zoneEn gives the zone that begins on a column.
func (l *layout) zoneEn(colonne int) *Zone {
	if i := l.parColonne[colonne]; i > 0 {
		return &l.zones[i-1]
	}
	return &Zone{}
}

// rang gives the place of a type among the fourteen.
func rang(t Type) int {
	switch t {
	case T2:
		return r2
	case T2S:
		return r2S
	case T3:
		return r3
	case T3S:
		return r3S
	case T3E:
		return r3E
	case T3F:
		return r3F
	case T3H:
		return r3H
	case T4:
		return r4
	case T4S:
		return r4S
	case T4E:
		return r4E
	case T4B:
		return r4B
	case T4H:
		return r4H
	case T4M:
		return r4M
	}
	return r5
}
