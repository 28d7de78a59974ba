package simphonie

import (
	"fmt"
	"log/slog"
	"strconv"
	"time"
	"unique"
)

// DateNaissance is a birth date as a rights support gives it. It may be lunar
// (a month or a day that the calendar does not have, as 1950-42-00) or lack its
// century (50-03-12, as some Vitale cards do). It is written back unchanged;
// ages are counted from PourCalcul.
//
// It is personal: every printed form shows the year only. Clair gives it whole.
type DateNaissance struct{ h unique.Handle[uint32] } // a handle, so that no reflection of fmt reaches the value

// naissance is the date as it was given.
type naissance struct {
	annee      int // two digits when sansSiecle
	mois, jour int
	sansSiecle bool
}

func (n naissance) date() DateNaissance {
	v := uint32(n.annee)<<16 | uint32(n.mois)<<9 | uint32(n.jour)<<1
	if n.sansSiecle {
		v |= 1
	}
	return DateNaissance{unique.Make(v)}
}

func (d DateNaissance) valeur() naissance {
	if d.IsZero() {
		return naissance{}
	}
	v := d.h.Value()
	return naissance{int(v >> 16), int(v >> 9 & 0x7f), int(v >> 1 & 0xff), v&1 == 1}
}

// ParseDateNaissance reads AAAA-MM-JJ, lunar values included, or AA-MM-JJ when
// the century is unknown.
func ParseDateNaissance(s string) (DateNaissance, error) {
	a, m, j, ok := decoupeISO(s)
	if !ok || len(s) != 10 && len(s) != 8 || len(s) == 10 && a == 0 {
		return DateNaissance{}, erreurValeur("ID-NAISSANCE", "birth date", ErrSyntaxe)
	}
	return naissance{a, m, j, len(s) == 8}.date(), nil
}

// NaissanceLe gives the birth date that is an ordinary day.
func NaissanceLe(j Jour) DateNaissance {
	if j.IsZero() {
		return DateNaissance{}
	}
	a, m, d := j.Date()
	return naissance{annee: a, mois: int(m), jour: d}.date()
}

// IsZero says that there is no birth date.
func (d DateNaissance) IsZero() bool { return d == DateNaissance{} }

// SiecleInconnu says that only two digits of the year are known. The century
// is asked from the user, never guessed (RG_BS601 CP03).
func (d DateNaissance) SiecleInconnu() bool { return d.valeur().sansSiecle }

// AvecSiecle completes a date whose century was unknown: AvecSiecle(19) makes
// 1950 of 50. A date that has its century is returned as it is.
func (d DateNaissance) AvecSiecle(siecle int) DateNaissance {
	n := d.valeur()
	if n.sansSiecle && siecle > 0 && siecle < 100 {
		n.annee, n.sansSiecle = n.annee+siecle*100, false
		return n.date()
	}
	return d
}

// Lunaire says that the calendar does not have this date.
func (d DateNaissance) Lunaire() bool { return !d.IsZero() && d.valeur().lunaire() }

func (n naissance) lunaire() bool {
	a := n.annee
	if n.sansSiecle {
		a += 2000 // 29 February is given the benefit of the doubt
	}
	return n.mois < 1 || n.mois > 12 || n.jour < 1 || n.jour > joursDuMois(a, time.Month(n.mois))
}

// PourCalcul gives the day from which ages count: the date itself, or 1 January
// of the year of a lunar date (RG_BS601 CP02).
func (d DateNaissance) PourCalcul() (Jour, error) {
	n := d.valeur()
	switch {
	case d.IsZero():
		return Jour{}, &Erreur{Code: "ID-NAISSANCE-ABSENTE", Detail: "no birth date"}
	case n.sansSiecle:
		return Jour{}, &Erreur{Code: "ID-NAISSANCE-SIECLE", Detail: "birth date without its century: ask the user, then call AvecSiecle"}
	case n.lunaire():
		return NewJour(n.annee, time.January, 1)
	}
	return NewJour(n.annee, time.Month(n.mois), n.jour)
}

// AgeLe gives the age reached on a day. A birth after that day is an error.
func (d DateNaissance) AgeLe(j Jour) (Age, error) {
	n, err := d.PourCalcul()
	if err != nil {
		return Age{}, err
	}
	if n.After(j) {
		return Age{}, &Erreur{Code: "ID-NAISSANCE-APRES", Detail: "birth after " + j.String()}
	}
	return ageEntre(n, j), nil
}

// Clair gives the date whole, AAAA-MM-JJ or AA-MM-JJ.
func (d DateNaissance) Clair() string {
	n := d.valeur()
	switch {
	case d.IsZero():
		return ""
	case n.sansSiecle:
		return fmt.Sprintf("%02d-%02d-%02d", n.annee, n.mois, n.jour)
	}
	return fmt.Sprintf("%04d-%02d-%02d", n.annee, n.mois, n.jour)
}

// String shows the year only.
func (d DateNaissance) String() string {
	n := d.valeur()
	switch {
	case d.IsZero():
		return ""
	case n.sansSiecle:
		return fmt.Sprintf("%02d-**-**", n.annee)
	}
	return fmt.Sprintf("%04d-**-**", n.annee)
}

// Format shows the year only, whatever the verb.
func (d DateNaissance) Format(f fmt.State, _ rune) { fmt.Fprint(f, d.String()) }

// LogValue shows the year only.
func (d DateNaissance) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText shows the year only; wrap the value in EnClair to write it whole.
func (d DateNaissance) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the whole form. A masked form is refused.
func (d *DateNaissance) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = DateNaissance{}
		return nil
	}
	v, err := ParseDateNaissance(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Age is an age in completed calendar months.
type Age struct{ mois int }

// AgeMois gives the age of n completed months, AgeAns of n completed years.
func AgeMois(n int) Age { return Age{n} }

// AgeAns gives the age of n completed years.
func AgeAns(n int) Age { return Age{12 * n} }

// Mois gives the completed months, Ans the completed years.
func (a Age) Mois() int { return a.mois }

// Ans gives the completed years.
func (a Age) Ans() int { return a.mois / 12 }

// Less says that a is younger than b.
func (a Age) Less(b Age) bool { return a.mois < b.mois }

// String gives the age in years, or in months under two years.
func (a Age) String() string {
	if a.mois < 24 {
		return strconv.Itoa(a.mois) + " mois"
	}
	return strconv.Itoa(a.Ans()) + " ans"
}

// ageEntre counts completed months: the largest k with n + k months ≤ j.
func ageEntre(n, j Jour) Age {
	an, mn, dn := n.Date()
	aj, mj, dj := j.Date()
	k := (aj-an)*12 + int(mj) - int(mn)
	if min(dn, joursDuMois(aj, mj)) > dj {
		k--
	}
	return Age{k}
}
