package concert

import (
	"regexp"
	"strings"
)

var (
	formeReference = regexp.MustCompile(`^[A-Za-z0-9-]{1,32}$`)
	nirCorse       = regexp.MustCompile(`[0-9]{5}2[ABab][0-9]{6}`)
)

// numeroLong is as many digits as the shortest card number and a NIR have.
const numeroLong = 13

// verifieReference refuses what must not reach the terminal, which prints and
// keeps it: card numbers, NIR, and words without a digit, that may be names.
func verifieReference(s string, max int) error {
	sans := serre(s)
	switch {
	case !formeReference.MatchString(s), len(s) > max, !strings.ContainsAny(s, chiffres):
		return erreur("TPE-REFERENCE", "Reference", "letters, digits and -, one digit at least; 32 characters at most, 10 in E+")
	case plusLongueSuite(sans) >= numeroLong || nirCorse.MatchString(sans):
		return erreur("TPE-REFERENCE", "Reference", "13 digits in a row could be a card number or a NIR")
	}
	return nil
}

// serre drops what people put between the digits of a number.
func serre(s string) string { return strings.NewReplacer(" ", "", "-", "", ".", "").Replace(s) }

// plusLongueSuite is the length of the longest run of digits.
func plusLongueSuite(s string) int {
	plus, n := 0, 0
	for i := range len(s) {
		if n++; s[i] < '0' || s[i] > '9' {
			n = 0
		}
		plus = max(plus, n)
	}
	return plus
}
