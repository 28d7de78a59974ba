package annuaire

import (
	"regexp"
	"strings"

	"github.com/simphonie/simphonie"
)

// csrMax is the longest critère secondaire de routage that is accepted.
const csrMax = 16

// code says that a text is made of digits and capitals. The lists of codes are
// open; lengths are those met.
func code(s string, min, max int) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return len(s) >= min && len(s) <= max
}

func numeroValide(n simphonie.NumeroAMC) bool { return code(string(n), 1, 10) && n.Canonique() != "" }

// csrValide takes printable characters, and no text that has the shape of a
// social security number.
func csrValide(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return len(s) <= csrMax && (len(s) < 13 || !formePersonne.MatchString(s))
}

// formePersonne is the shape of a NIR, with or without its key.
var formePersonne = regexp.MustCompile(`^[1-478][0-9]{4}([0-9]{2}|2[AB])[0-9]{6}([0-9]{2})?$`)

// normalise drops the blanks of a key and checks its form. Nothing of a key is
// personal: a text that looks like a social security number is refused.
func normalise(c simphonie.CleAMC) (simphonie.CleAMC, error) {
	c.Numero = simphonie.NumeroAMC(sansBlancs(string(c.Numero)))
	c.Convention, c.CSR = sansBlancs(c.Convention), sansBlancs(c.CSR)
	switch {
	case !numeroValide(c.Numero):
		return c, refus("ANN-CLE-NUMERO", "Cle.Numero", "one to ten digits or capitals are wanted, not all zeros")
	case c.Convention != "" && !code(c.Convention, 2, 2):
		return c, refus("ANN-CLE-CONVENTION", "Cle.Convention", "two digits or capitals are wanted, or nothing")
	case !csrValide(c.CSR) || strings.Contains(c.CSR, "?"):
		return c, refus("ANN-CLE-CSR", "Cle.CSR", "at most 16 printable characters are wanted, neither a mask nor a social security number")
	case !code(string(c.Domaine), 1, 8):
		return c, refus("ANN-CLE-DOMAINE", "Cle.Domaine", "the domain of care is wanted: HOSP for stays, EXTE for external care")
	}
	return c, nil
}

func sansBlancs(s string) string { return strings.ReplaceAll(s, " ", "") }
