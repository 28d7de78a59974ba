package nomenclature

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// colonne reads and writes one column of a text file; lit says what is wrong.
type colonne[T any] struct {
	nom   string
	lit   func(*T, string) string
	ecrit func(*T) string
}

// champ is a column that holds one field.
func champ[T, V any](nom string, ou func(*T) *V, lit func(string) (V, string), ecrit func(V) string) colonne[T] {
	return colonne[T]{nom, func(l *T, s string) string {
		v, faute := lit(s)
		if faute == "" {
			*ou(l) = v
		}
		return faute
	}, func(l *T) string { return ecrit(*ou(l)) }}
}

func texte[T any, S ~string](nom string, ou func(*T) *S) colonne[T] {
	return champ(nom, ou, func(s string) (S, string) { return S(s), "" }, func(s S) string { return string(s) })
}

// valeur is a column of a value that reads and writes itself; empty is zero.
func valeur[T any, V comparable](nom string, ou func(*T) *V, lit func(string) (V, error), ecrit func(V) string, attendu string) colonne[T] {
	var zero V
	return champ(nom, ou, func(s string) (V, string) {
		if s == "" {
			return zero, ""
		}
		v, err := lit(s)
		if err != nil {
			return zero, attendu + " is wanted"
		}
		return v, ""
	}, func(v V) string {
		if v == zero {
			return ""
		}
		return ecrit(v)
	})
}

func jour[T any](nom string, ou func(*T) *simphonie.Jour) colonne[T] {
	return valeur(nom, ou, simphonie.ParseJour, simphonie.Jour.String, "an ISO date")
}

func coefficient[T any](nom string, ou func(*T) *simphonie.Coefficient) colonne[T] {
	return valeur(nom, ou, simphonie.ParseCoefficient, simphonie.Coefficient.String, "a coefficient with at most four decimals")
}

func montant[T any](nom string, ou func(*T) *simphonie.Montant) colonne[T] {
	return valeur(nom, ou, simphonie.ParseMontant, simphonie.Montant.String, "an amount in euros")
}

func prix[T any](nom string, ou func(*T) *simphonie.Prix) colonne[T] {
	return valeur(nom, ou, simphonie.ParsePrix, simphonie.Prix.String, "an amount in euros with at most six decimals")
}

func taux[T any](nom string, ou func(*T) *simphonie.Taux) colonne[T] {
	return valeur(nom, ou, simphonie.ParseTaux, simphonie.Taux.String, "a percentage")
}

func entier[T any](nom string, ou func(*T) *int) colonne[T] {
	return valeur(nom, ou, strconv.Atoi, strconv.Itoa, "a whole number")
}

// exige refuses an empty text where a zero means something; it writes it.
func exige[T any](c colonne[T]) colonne[T] {
	return colonne[T]{c.nom, func(l *T, s string) string {
		if s == "" {
			return "a value is wanted"
		}
		return c.lit(l, s)
	}, func(l *T) string { return cmp.Or(c.ecrit(l), "0") }}
}

// age is in years, or in months with an m: 16, 30m.
func age[T any](nom string, ou func(*T) *simphonie.Age) colonne[T] {
	return valeur(nom, ou, func(s string) (simphonie.Age, error) {
		n, mois := strings.CutSuffix(s, "m")
		v, err := strconv.ParseUint(n, 10, 16)
		if mois {
			return simphonie.AgeMois(int(v)), err
		}
		return simphonie.AgeAns(int(v)), err
	}, func(a simphonie.Age) string {
		if a.Mois()%12 != 0 {
			return strconv.Itoa(a.Mois()) + "m"
		}
		return strconv.Itoa(a.Ans())
	}, "an age in years, or in months as 30m,")
}

// choix is a column whose values are words.
func choix[T any, V comparable](nom string, ou func(*T) *V, mots map[string]V) colonne[T] {
	return champ(nom, ou, func(s string) (V, string) {
		v, ok := mots[s]
		if !ok {
			return v, "one of " + strings.Join(slices.Sorted(maps.Keys(mots)), ", ") + " is wanted"
		}
		return v, ""
	}, func(v V) string {
		for m, w := range mots {
			if v == w {
				return m
			}
		}
		return ""
	})
}

func booleen[T any](nom string, ou func(*T) *bool) colonne[T] {
	return choix(nom, ou, map[string]bool{"oui": true, "non": false})
}

func ouiNon[T any](nom string, ou func(*T) *simphonie.OuiNon) colonne[T] {
	return choix(nom, ou, map[string]simphonie.OuiNon{"oui": simphonie.Oui, "non": simphonie.Non, "": 0})
}

// ensemble is a column of several values joined with +, whose order does not matter.
func ensemble[T any, S ~string](nom string, ou func(*T) *[]S) colonne[T] {
	return champ(nom, ou, func(s string) ([]S, string) {
		var vs []S
		for _, v := range morceaux(s) {
			if v == "" {
				return nil, "an empty value between two +"
			}
			vs = append(vs, S(v))
		}
		return vs, ""
	}, func(vs []S) string {
		return strings.Join(tries(vs), "+")
	})
}

func morceaux(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "+")
}

func tries[S ~string](vs []S) []string {
	r := make([]string, len(vs))
	for i, v := range vs {
		r[i] = string(v)
	}
	slices.Sort(r)
	return slices.Compact(r)
}

// table is a column of pairs key=value joined with +.
func table[T any, K comparable, V any](nom string, ou func(*T) *map[K]V, cle func(string) (K, bool), lit func(string) (V, error), ecrit func(K, V) string) colonne[T] {
	return champ(nom, ou, func(s string) (map[K]V, string) {
		var m map[K]V
		for _, p := range morceaux(s) {
			c, v, _ := strings.Cut(p, "=")
			k, ok := cle(c)
			w, err := lit(v)
			if _, deux := m[k]; !ok || err != nil || deux || v == "" {
				return nil, "pairs key=value joined with + are wanted, each key once"
			}
			if m == nil {
				m = map[K]V{}
			}
			m[k] = w
		}
		return m, ""
	}, func(m map[K]V) string {
		var ps []string
		for k, v := range m {
			ps = append(ps, ecrit(k, v))
		}
		slices.Sort(ps)
		return strings.Join(ps, "+")
	})
}

// dates are the columns that every table ends with.
func dates[T any, P datee[T]]() []colonne[T] {
	return []colonne[T]{
		jour("du", func(l *T) *simphonie.Jour { return &P(l).date().Periode.Du }),
		jour("au", func(l *T) *simphonie.Jour { return &P(l).date().Periode.Au }),
		texte("reference", func(l *T) *string { return &P(l).date().Reference }),
		jour("connu_le", func(l *T) *simphonie.Jour { return &P(l).date().ConnuLe }),
	}
}

func zoneDe(s string) (tarif.Zone, bool) {
	return tarif.Zone(s), slices.Contains(tarif.Zones(), tarif.Zone(s))
}

func membreDe(s string) (Membre, bool) {
	a, b, ok := strings.Cut(s, "/")
	return Membre{a, b}, ok && acteValide(a)
}

// acteValide tells four letters and three digits.
func acteValide(s string) bool {
	if len(s) != 7 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if i < 4 && (c < 'A' || c > 'Z') || i >= 4 && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func chiffres(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

const motAttendu = "short codes of capital letters and digits are wanted"

// motValide tells a code that columns can join.
func motValide(s string) bool {
	return len(s) > 0 && len(s) <= 8 && strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
