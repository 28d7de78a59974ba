package nomenclature

import "github.com/simphonie/simphonie/tarif"

// mot holds a text of at most eight bytes, so that keys are compared and hashed
// as numbers: lookups are in the path of every line.
type mot uint64

// introuvable is no text: nothing is loaded under it.
const introuvable = ^mot(0)

func motDe[S ~string](s S) mot {
	if len(s) > 8 {
		return introuvable
	}
	var m mot
	for i := range len(s) {
		if s[i] == 0 {
			return introuvable
		}
		m = m<<8 | mot(s[i])
	}
	return m
}

// cle is the key of most tables.
type cle struct{ a, b mot }

type cleListe struct {
	liste NomListe
	code  string
}

// cleCCAM joins an act, its activity, its phase and a grid.
func cleCCAM(acte, activite, phase, grille string) cle {
	if len(acte) != 7 || len(activite) != 1 || len(phase) != 1 || len(grille) > 7 {
		return cle{introuvable, introuvable}
	}
	return cle{motDe(acte)<<8 | mot(activite[0]), motDe(grille)<<8 | mot(phase[0])}
}

func clePrix(code tarif.Code, specialite string, s tarif.Secteur, z tarif.Zone, p Public) cle {
	if len(specialite) > 2 {
		return cle{introuvable, introuvable}
	}
	k := cle{motDe(code), motDe(specialite)<<24 | rangZone(z)<<16}
	switch s {
	case tarif.ExDG:
		k.b |= 1
	case tarif.ExOQN:
		k.b |= 2
	}
	if p == AMERSS {
		k.b |= 1 << 8
	}
	return k
}

func cleMajoration(m string, code tarif.Code, specialite string, z tarif.Zone) cle {
	if len(specialite) > 2 || len(m) != 1 {
		return cle{introuvable, introuvable}
	}
	return cle{motDe(code), motDe(specialite)<<24 | rangZone(z)<<16 | mot(m[0])}
}

// rangZone numbers the zones; 0 is none.
func rangZone(z tarif.Zone) mot {
	switch z {
	case "metropole":
		return 1
	case "guadeloupe":
		return 2
	case "martinique":
		return 3
	case "guyane":
		return 4
	case "reunion":
		return 5
	case "mayotte":
		return 6
	}
	return 0
}
