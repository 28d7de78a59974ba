package urgences

import "strings"

// acteCCAM gives the seven characters of a CCAM code (four letters and three
// digits), without what an editor may write behind them (ZZZZ901-01).
func acteCCAM(s string) (string, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) < 7 || len(s) > 7 && s[7] != '-' {
		return "", false
	}
	for i := range 7 {
		if c := s[i]; i < 4 && (c < 'A' || c > 'Z') || i >= 4 && (c < '0' || c > '9') {
			return "", false
		}
	}
	return s[:7], true
}

// diagnosticCIM gives a CIM-10 code in capitals without its point: a letter, two
// digits and up to four characters. It is compared whole: a list that holds a
// category does not hold its subdivisions.
func diagnosticCIM(s string) (string, bool) {
	s = strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(s)), ".", "")
	if len(s) < 3 || len(s) > 7 || s[0] < 'A' || s[0] > 'Z' || s[1] < '0' || s[1] > '9' || s[2] < '0' || s[2] > '9' {
		return "", false
	}
	return s, true
}
