package simphonie

import (
	"time"
)

// Jour is a civil date, without hour or zone. The zero value is no date.
// Its text is the ISO form 2026-03-01; the zero value writes as "".
// Jours compare with ==, Before and After; no date comes before every date.
type Jour struct{ n int32 } // days since the eve of 0001-01-01, so that 0 is no date

// NewJour gives the date, or an error when the calendar does not have it.
func NewJour(annee int, mois time.Month, jour int) (Jour, error) {
	if annee < 1 || annee > 9999 || mois < 1 || mois > 12 || jour < 1 || jour > joursDuMois(annee, mois) {
		return Jour{}, erreurValeur("ID-JOUR", "date", ErrSyntaxe)
	}
	return jourCivil(annee, mois, jour), nil
}

// ParseJour reads the ISO form, 2026-03-01.
func ParseJour(s string) (Jour, error) {
	a, m, j, ok := decoupeISO(s)
	if !ok || len(s) != 10 {
		return Jour{}, erreurValeur("ID-JOUR", "date", ErrSyntaxe)
	}
	return NewJour(a, time.Month(m), j)
}

// MustJour is ParseJour for dates written in source code; it panics on another text.
func MustJour(s string) Jour {
	j, err := ParseJour(s)
	if err != nil {
		panic(err)
	}
	return j
}

// JourOf gives the civil date of t in the zone that t carries.
func JourOf(t time.Time) Jour {
	if t.IsZero() {
		return Jour{}
	}
	a, m, j := t.Date()
	return jourCivil(a, m, j)
}

// IsZero says that there is no date.
func (j Jour) IsZero() bool { return j.n == 0 }

// Before says that j is strictly before k.
func (j Jour) Before(k Jour) bool { return j.n < k.n }

// After says that j is strictly after k.
func (j Jour) After(k Jour) bool { return j.n > k.n }

// AddDays moves by a number of days. No date stays no date.
func (j Jour) AddDays(n int) Jour {
	if j.IsZero() {
		return j
	}
	return Jour{j.n + int32(n)}
}

// AddMonths moves by calendar months. A day that the month reached does not
// have becomes its last day: 31 October and four months is 28 or 29 February.
func (j Jour) AddMonths(n int) Jour {
	if j.IsZero() {
		return j
	}
	a, m, d := j.Date()
	k := a*12 + int(m) - 1 + n
	a, m = k/12, time.Month(k%12+1)
	return jourCivil(a, m, min(d, joursDuMois(a, m)))
}

// DaysSince gives the number of days from k to j.
func (j Jour) DaysSince(k Jour) int { return int(j.n - k.n) }

// Weekday gives the day of the week.
func (j Jour) Weekday() time.Weekday { return time.Weekday(j.n % 7) }

// Date gives year, month and day of the month.
func (j Jour) Date() (annee int, mois time.Month, jour int) {
	// Days of 400-year eras starting on 1 March, after Howard Hinnant's civil_from_days.
	z := int(j.n) - 1 + 306
	era := z / 146_097
	doe := z - era*146_097
	yoe := (doe - doe/1460 + doe/36_524 - doe/146_096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	jour = doy - (153*mp+2)/5 + 1
	mois = time.Month(mp + 3)
	annee = yoe + era*400
	if mois > 12 {
		mois -= 12
		annee++
	}
	return annee, mois, jour
}

// In gives midnight of the day in a zone.
func (j Jour) In(zone *time.Location) time.Time {
	a, m, d := j.Date()
	return time.Date(a, m, d, 0, 0, 0, 0, zone)
}

// String gives the ISO form, or "" without a date.
func (j Jour) String() string {
	if j.IsZero() {
		return ""
	}
	a, m, d := j.Date()
	return string([]byte{
		'0' + byte(a/1000%10), '0' + byte(a/100%10), '0' + byte(a/10%10), '0' + byte(a%10), '-',
		'0' + byte(m/10), '0' + byte(m%10), '-', '0' + byte(d/10), '0' + byte(d%10),
	})
}

// MarshalText gives the ISO form.
func (j Jour) MarshalText() ([]byte, error) { return []byte(j.String()), nil }

// UnmarshalText reads the ISO form; an empty text is no date.
func (j *Jour) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*j = Jour{}
		return nil
	}
	v, err := ParseJour(string(b))
	if err == nil {
		*j = v
	}
	return err
}

// Periode is a span of days, both ends included; a zero end is open.
// Texts say that a date lies in a period without saying whether its ends
// belong to it: included is a reading (see droits.Interpretations).
type Periode struct {
	Du Jour `json:"du,omitzero"`
	Au Jour `json:"au,omitzero"`
}

// Contains says that the day is in the period, ends included.
func (p Periode) Contains(j Jour) bool {
	return !j.Before(p.Du) && (p.Au.IsZero() || !j.After(p.Au))
}

// Valide reports a period that ends before it starts.
func (p Periode) Valide() bool { return p.Au.IsZero() || !p.Au.Before(p.Du) }

func jourCivil(a int, m time.Month, d int) Jour {
	y, mm := a, int(m)
	if mm <= 2 {
		y--
		mm += 12
	}
	doy := (153*(mm-3)+2)/5 + d - 1
	return Jour{int32(y*365+y/4-y/100+y/400+doy) - 305}
}

func joursDuMois(a int, m time.Month) int {
	switch m {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if a%4 == 0 && (a%100 != 0 || a%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// decoupeISO splits digits-digits-digits; it does not check the calendar.
func decoupeISO(s string) (a, m, j int, ok bool) {
	if len(s) < 8 || s[len(s)-3] != '-' || s[len(s)-6] != '-' {
		return 0, 0, 0, false
	}
	an, mo, jo := s[:len(s)-6], s[len(s)-5:len(s)-3], s[len(s)-2:]
	if !chiffres(an) || !chiffres(mo) || !chiffres(jo) || len(an) > 4 {
		return 0, 0, 0, false
	}
	for _, c := range an {
		a = a*10 + int(c-'0')
	}
	return a, int(mo[0]-'0')*10 + int(mo[1]-'0'), int(jo[0]-'0')*10 + int(jo[1]-'0'), true
}
