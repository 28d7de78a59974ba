package reference

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/refxml"
)

// naissance reads a birth date, whose century must be known.
func naissance(n *refxml.Noeud, nom string) simphonie.DateNaissance {
	return refxml.Lue(n, nom, func(s string) (simphonie.DateNaissance, error) {
		d, err := simphonie.ParseDateNaissance(s)
		if d.SiecleInconnu() {
			return d, simphonie.ErrSyntaxe
		}
		return d, err
	})
}

// vrai reads true or false.
func vrai(n *refxml.Noeud, nom string) bool {
	return refxml.Lue(n, nom, func(s string) (bool, error) {
		if s != "true" && s != "false" {
			return false, simphonie.ErrSyntaxe
		}
		return s == "true", nil
	})
}

// nir joins number and key as they came.
func nir(n *refxml.Noeud) simphonie.NIR {
	return simphonie.NIRRecu(n.Texte("Nir") + n.Texte("Cle"))
}

// organisme reads the child Organisme, parts what names one.
func organisme(n *refxml.Noeud) simphonie.Organisme {
	o := n.Dans("Organisme", "Regime1", "Caisse?", "Centre?")
	return parts(&o)
}

func parts(n *refxml.Noeud) simphonie.Organisme {
	return simphonie.Organisme{Regime: n.Texte("Regime"), Caisse: n.Texte("Caisse"), Centre: n.Texte("Centre")}
}

// periode reads the only Periode, periodes all of them.
func periode(n *refxml.Noeud) (p simphonie.Periode) {
	if ps := periodes(n); len(ps) > 0 {
		p = ps[0]
	}
	return p
}

func periodes(n *refxml.Noeud) (ps []simphonie.Periode) {
	for p := range n.Chaque("Periode", "Debut?", "Fin?") {
		ps = append(ps, simphonie.Periode{Du: p.Jour("Debut"), Au: p.Jour("Fin")})
	}
	return ps
}
