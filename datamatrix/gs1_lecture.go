package datamatrix

import (
	"slices"

	"github.com/simphonie/simphonie"
)

func (a *analyse) gs1(t tampon) error {
	for len(t.r) > 0 && t.r[0] == gs { // the leading FNC1, as some decoders write it
		t = t.entre(1, len(t.r))
	}
	if n := len(t.r); n > 0 && t.r[n-1] == gs {
		a.repare("DM-REPARE-SEPARATEUR-SUPERFLU", t.pos[n-1], 1)
		for len(t.r) > 0 && t.r[len(t.r)-1] == gs {
			t = t.entre(0, len(t.r)-1)
		}
	}
	if len(t.r) > 0 && t.r[0] == '(' {
		a.repare("DM-REPARE-PARENTHESES", t.pos[0], 1)
		t = sansParentheses(t)
	} else if !slices.Contains(t.r, gs) {
		u, octet, n := t.change(func(c rune) rune {
			if c < 0x80 && !jeuGS1(c) {
				return gs
			}
			return c
		})
		if t = u; n > 0 {
			a.repare("DM-REPARE-SEPARATEUR-CARACTERE", octet, n)
		}
	}
	a.texte(t)
	v, err := decoupeGS1(t)
	if err != nil {
		return err
	}
	for _, e := range v.elements {
		s := e.Valeur.Clair()
		switch e.AI {
		case "01", "02":
			if !cleGTIN(s) {
				a.avertit("DM-GS1-CLE", e.AI, e.octet)
			}
		case "10", "21":
			if !slices.Contains(t.r, gs) && v.Element("17") == "" && cachePeremption(s) {
				a.avertit("DM-GS1-SEPARATEUR", e.AI, e.octet, e.AI)
			}
		}
	}
	a.Valeur = v.GS1
	return nil
}

type elementPlace struct {
	ElementGS1
	octet int
}

type decoupage struct {
	GS1
	elements []elementPlace
}

// decoupeGS1 splits the elements by their identifiers.
func decoupeGS1(t tampon) (d decoupage, err error) {
	n := len(t.r)
	for i := 0; i < n; {
		debut := i
		if i+2 > n || !tous(t.r[i:i+2], chiffre) {
			return d, erreur("DM-GS1-FORME", t.pos[i], "an application identifier is wanted here")
		}
		la, total := longueurAI(string(t.r[i : i+2]))
		if la == 0 || i+la > n || !tous(t.r[i:i+la], chiffre) {
			return d, erreur("DM-GS1-FORME", t.pos[i], "unknown application identifier")
		}
		fin := i + total
		if total == 0 {
			for fin = i + la; fin < n && t.r[fin] != gs; fin++ {
			}
		}
		if fin > n || fin == i+la || total > 0 && !tous(t.r[i+la:fin], chiffre) {
			return d, erreur("DM-GS1-FORME", t.pos[min(i+la, n)], "value cut or of another form")
		}
		e := ElementGS1{string(t.r[i : i+la]), simphonie.NewConfidentiel(string(t.r[i+la : fin]))}
		d.Elements = append(d.Elements, e)
		d.elements = append(d.elements, elementPlace{e, t.pos[debut]})
		if i = fin; i < n && t.r[i] == gs {
			i++
		}
	}
	if len(d.Elements) == 0 {
		return d, erreur("DM-GS1-FORME", t.pos[0], "no element")
	}
	return d, nil
}

// sansParentheses turns the printed form (01)…(17)… into the coded one.
func sansParentheses(t tampon) tampon {
	var u tampon
	ajoute := func(c rune, i int) { u.r, u.pos = append(u.r, c), append(u.pos, t.pos[i]) }
	variable := false
	for i := 0; i < len(t.r); i++ {
		k := i + 1
		for k < len(t.r) && chiffre(t.r[k]) {
			k++
		}
		if t.r[i] != '(' || k-i < 3 || k-i > 5 || k == len(t.r) || t.r[k] != ')' {
			ajoute(t.r[i], i)
			continue
		}
		if variable {
			ajoute(gs, i)
		}
		for j := i + 1; j < k; j++ {
			ajoute(t.r[j], j)
		}
		_, total := longueurAI(string(t.r[i+1 : i+3]))
		variable = total == 0
		i = k
	}
	u.pos = append(u.pos, t.pos[len(t.r)])
	return u
}

// cachePeremption says that a value may contain an expiry date whose separator
// was lost: 17, a month and a day that exist.
func cachePeremption(s string) bool {
	for i := 1; i+8 <= len(s); i++ {
		p := s[i : i+8]
		if p[:2] == "17" && tousTexte(p, chiffre) && p[4:6] >= "01" && p[4:6] <= "12" && p[6:] <= "31" {
			return true
		}
	}
	return false
}
