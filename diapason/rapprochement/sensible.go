package rapprochement

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// cleMax bounds a key, in bytes: the width of the private data of a terminal (CF).
const cleMax = 99

// texteAdmis says that a text may stand in a key: 1 to 99 letters, digits,
// spaces and . _ / : -, no card number and no NIR. A mask (# or *) is refused
// too: a card, even cut to 6 + 4 digits, is no key here.
func texteAdmis(s string) bool {
	if s == "" || len(s) > cleMax || strings.TrimSpace(s) != s {
		return false
	}
	for i := range len(s) {
		if !chiffre(s[i]) && !lettre(s[i]) && !strings.ContainsRune(" ._/:-", rune(s[i])) {
			return false
		}
	}
	return !personnel(s)
}

func chiffre(c byte) bool { return c >= '0' && c <= '9' }
func lettre(c byte) bool  { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// personnel finds a whole run of digits that is a card number or a NIR, as one
// or grouped as cards print them (4970 1012 …). Runs next to a letter count;
// the parts of a UUID do not make a group.
func personnel(s string) bool {
	for i := 0; i < len(s); {
		if !chiffre(s[i]) {
			i++
			continue
		}
		run, groupes, j := s[i:i], []int{}, i
		for j < len(s) && chiffre(s[j]) {
			debut := j
			for j < len(s) && chiffre(s[j]) {
				j++
			}
			if carte(s[debut:j]) || nir(s[debut:j]) {
				return true
			}
			run += s[debut:j]
			groupes = append(groupes, j-debut)
			if j+1 < len(s) && (s[j] == ' ' || s[j] == '-' || s[j] == '.') && chiffre(s[j+1]) {
				j++
			}
		}
		if len(groupes) > 1 && groupeImprime(groupes) && (carte(run) || nir(run)) {
			return true
		}
		i = j
	}
	return false
}

// groupeImprime knows how cards (4-4-4-4, 4-4-4-4-3, 4-6-5, 4-6-4) and NIRs
// (1-2-2-2-3-3-2) are printed.
func groupeImprime(g []int) bool {
	switch {
	case g[0] == 1:
		return len(g) == 7
	case len(g) == 3:
		return g[0] == 4 && g[1] == 6
	}
	for _, n := range g[:len(g)-1] {
		if n != 4 {
			return false
		}
	}
	return len(g) == 4 || len(g) == 5
}

// carte says that digits are those of a card: Luhn's key, and a length that the
// networks give to their first digits.
func carte(d string) bool {
	n := len(d)
	if n < 13 || n > 19 {
		return false
	}
	deux := d[:2]
	switch reseau := d[0]; {
	case reseau == '4':
		if n != 13 && n != 16 && n != 19 {
			return false
		}
	case deux == "34" || deux == "37":
		if n != 15 {
			return false
		}
	case deux == "30" || deux == "36" || deux == "38" || deux == "39", reseau == '5', reseau == '6':
	case d[:4] >= "2221" && d[:4] <= "2720":
		if n != 16 {
			return false
		}
	default:
		return false
	}
	k, err := simphonie.CleLuhn(d[:n-1])
	return err == nil && k == d[n-1]
}

// nir says that fifteen digits are a NIR with its key.
func nir(d string) bool {
	if len(d) != 15 || d[0] != '1' && d[0] != '2' {
		return false
	}
	_, err := simphonie.ParseNIR(d)
	return err == nil
}
