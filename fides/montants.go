package fides

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// largeurs are what the amounts of a line can hold.
type largeurs struct{ prix, base, amo, total, oc simphonie.Montant }

var largeursDe = map[bool]largeurs{ // of a type 4, or of a type 3
	true:  {prix: 99_999_99, base: 99_999_99, amo: 99_999_99, total: 99_999_99, oc: 9_999_99},
	false: {prix: 99_999_99, base: 999_999_99, amo: 999_999_99, total: 999_999_99, oc: 99_999_99},
}

// quantiteMax is what the zone of the quantity holds.
var quantiteMax = map[bool]int{true: 99, false: 999}

// montants sets the amounts that only the norme wants: total of a line and
// part of the complementary body (RG_MF610, RG_MF620).
func (v *conversion) montants() {
	for i := range v.lignes {
		l := &v.lignes[i]
		var err error
		if l.prix, err = l.PrixUnitaire.Montant(arrondiPrix.Mode); err != nil {
			v.ditLigne(&regMontant, l)
		}
		litteral, err := l.MRO.Add(l.MRC)
		if err != nil {
			v.ditLigne(&regMontant, l)
		}
		l.total = litteral
		if v.entete.auPatient || v.l.Total == TotalHonoraires {
			l.total = l.Honoraires
		}
		if !v.entete.auPatient && litteral != l.Honoraires {
			v.ditLigne(&regTotal, l, litteral.String(), l.Honoraires.String())
		}
		if v.entete.ocDans && v.partOC(l.rang) != l.MRC {
			v.ditLigne(&regPartOC, l, v.partOC(l.rang).String(), l.MRC.String())
		}
		if !v.entete.eclatement {
			l.oc = l.MRC
		}
	}
	v.decoupe()
}

// decoupe treats the lines whose amounts do not fit their zones: refused, or
// written as several lines of the same code that add up. A quantity of several
// is shared out; a quantity of one gives unit prices that add up.
func (v *conversion) decoupe() {
	if !slices.ContainsFunc(v.lignes, func(l ligne) bool { return l.morceaux() != 1 }) {
		return
	}
	var out []ligne
	for i := range v.lignes {
		l := v.lignes[i]
		switch n := l.morceaux(); {
		case n == 1:
			out = append(out, l)
		case v.l.Decoupage != DecoupageLignes || n > recordsMax || !l.divisible():
			v.ditLigne(&regMontant, &l)
		default:
			ms, ok := l.enMorceaux(n)
			if v.ditLigne(&regDecoupe, &l, strconv.Itoa(len(ms))); !ok {
				v.ditLigne(&regMontant, &l)
			}
			out = append(out, ms...)
		}
	}
	v.lignes = out
}

// divisible says that the advice of RG_MF620 covers the line: in external care it
// names drugs handed over only. Their margin is asked once.
func (l *ligne) divisible() bool {
	return l.acte == nil || l.prestation.famille == fRetroUCD || l.prestation.famille == fRetro
}

// morceaux gives the number of lines that it takes.
func (l *ligne) morceaux() int {
	w, q := largeursDe[l.typ == b2.T4], quantiteMax[l.typ == b2.T4]
	n := simphonie.Montant(1)
	for _, x := range [...][2]simphonie.Montant{{l.BRAMO, w.base}, {l.MRO, w.amo}, {l.total, w.total}, {l.oc, w.oc}} {
		if x[0] > 0 {
			n = max(n, (x[0]-1)/x[1]+1)
		}
	}
	if l.Quantite == 1 {
		n = max(n, (l.prix-1)/w.prix+1)
	} else if l.prix > w.prix {
		return recordsMax + 1 // neither the quantity nor the price can be shared out
	}
	if l.Quantite > q*recordsMax {
		return recordsMax + 1
	}
	k := max(int(min(n, recordsMax+1)), (l.Quantite+q-1)/q)
	if l.Quantite > 1 {
		for k < l.Quantite && l.Quantite%k != 0 {
			k++ // equal shares only: amounts follow quantities
		}
		if k > l.Quantite {
			return recordsMax + 1
		}
	}
	return k
}

// enMorceaux gives the lines that a line is written as: n, or more when units
// of drugs are shared out whole, or when what is left to the last ones outgrows
// a zone. It says whether they all fit.
func (l *ligne) enMorceaux(n int) (ms []ligne, ok bool) {
	if l.prestation.famille == fRetroUCD {
		n = l.unites(n)
	}
	for essai := n; essai <= n+1 && !ok; essai++ {
		ms, ok = ms[:0], true
		var avant simphonie.Montant
		for k := range essai {
			m := l.morceau(k, essai, avant)
			avant += m.prix
			ms, ok = append(ms, m), ok && m.morceaux() == 1
		}
	}
	return ms, ok
}

// unites gives the number of lines, n or more, among which whole units of each
// drug can be shared out equally; n when there is none (RG_MF620: fractions are
// parted when one unit alone is too much).
func (l *ligne) unites(n int) int {
	for k := n; k <= recordsMax; k++ {
		divise, epuise := true, true
		for i := range l.acte.Produits {
			q := l.acte.Produits[i].Quantite
			divise, epuise = divise && q%k == 0, epuise && q < k
		}
		switch {
		case divise:
			return k
		case epuise:
			return n
		}
	}
	return n
}

// morceau gives the k-th of n lines, when those before it have that price
// together. The last ones bear what is left each.
func (l *ligne) morceau(k, n int, avant simphonie.Montant) ligne {
	m := *l
	fl := *l.Ligne
	m.Ligne = &fl
	part := func(x simphonie.Montant) simphonie.Montant { return part(x, k, n) }
	if l.prestation.famille == fRetroUCD {
		a := *l.acte
		m.acte = &a
		a.Produits = slices.Clone(a.Produits)
		m.prix = 0
		for i := range a.Produits {
			a.Produits[i] = morceauProduit(&a.Produits[i], k, n)
			m.prix += a.Produits[i].Total
		}
		if l.prix > 0 { // amounts follow prices
			part = func(x simphonie.Montant) simphonie.Montant { return prorata(x, avant, m.prix, l.prix) }
		}
	}
	fl.BRAMO, fl.MRO, fl.MRC, m.total = part(l.BRAMO), part(l.MRO), part(l.MRC), part(l.total)
	if l.total == l.MRO+l.MRC { // to the cent on each line too
		fl.MRC = m.total - fl.MRO
	}
	if l.oc != 0 {
		m.oc = fl.MRC
	}
	if l.Quantite > 1 {
		fl.Quantite = l.Quantite / n
	} else if l.prestation.famille != fRetroUCD {
		m.prix = part(l.prix)
	}
	return m
}

// part gives the k-th of n shares of a whole: the last ones take what is left.
func part[T ~int32 | ~int64](x T, k, n int) T {
	each, rest := x/T(n), x%T(n)
	if T(n-k) <= rest {
		each++
	}
	return each
}

// prorata gives what falls to a weight of the whole, behind others: half up on
// what adds up, so that all of them make x.
func prorata(x, avant, poids, tout simphonie.Montant) simphonie.Montant {
	cumul := func(p simphonie.Montant) simphonie.Montant {
		h := new(big.Int).Mul(big.NewInt(int64(x)), big.NewInt(2*int64(p)))
		h.Add(h, big.NewInt(int64(tout)))
		return simphonie.Montant(h.Div(h, big.NewInt(2*int64(tout))).Int64())
	}
	return cumul(avant+poids) - cumul(avant)
}

// morceauProduit shares out the quantity of a drug or, when it cannot be, its
// fraction: the total is that of what is written.
func morceauProduit(p *facture.DetailProduit, k, n int) facture.DetailProduit {
	m := *p
	avant, poids, tout := simphonie.Montant(k), simphonie.Montant(1), simphonie.Montant(n)
	if p.Quantite%n == 0 {
		m.Quantite = p.Quantite / n
	} else {
		f := fraction(p)
		avant, tout = 0, simphonie.Montant(f)
		for j := range k {
			avant += simphonie.Montant(part(f, j, n))
		}
		m.Fraction = part(f, k, n)
		poids = simphonie.Montant(m.Fraction)
	}
	m.Marge, m.Reconstitution = part(p.Marge, k, n), part(p.Reconstitution, k, n)
	m.Total = prorata(p.Total-p.Marge-p.Reconstitution, avant, poids, tout) + m.Marge + m.Reconstitution
	m.Demande = part(p.Demande, k, n)
	if p.Demande == p.Total {
		m.Demande = m.Total
	}
	return m
}
