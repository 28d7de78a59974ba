package insi

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/simphonie/simphonie"
)

// equivalents are the characters that have one way to be written with the
// letters and signs of the service.
var equivalents = map[rune]string{
	'Œ': "OE", 'œ': "OE", 'Æ': "AE", 'æ': "AE", 'ß': "SS", 'ẞ': "SS",
	'’': "'", '‘': "'", 'ʼ': "'", '′': "'", '´': "'", '`': "'",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '−': "-",
	'\u00a0': " ", '\u202f': " ",
}

// MaxNom bounds a name, in bytes: what is longer is no name.
const MaxNom = 500

// Normalise writes a name as INSi reads them: capital letters without
// diacritics, ligatures in two letters, typographic apostrophes, dashes and
// blanks in their plain form, no blank around. Whatever else is not of the
// lexical rules is refused, with the name of the field and the rank of the
// character, never the value (SEL-MP-043 §2, §3.4.1). The stored value is
// another thing and stays as the document writes it.
func Normalise(champ string, nom simphonie.Confidentiel) (simphonie.Confidentiel, error) {
	if len(nom.Clair()) > MaxNom {
		e := refus("INSI-LONGUEUR", champ, "longer than "+strconv.Itoa(MaxNom)+" bytes")
		e.LimiteLocale = true
		return simphonie.Confidentiel{}, e
	}
	var b strings.Builder
	lettre, rang := false, 0
	for _, c := range norm.NFD.String(nom.Clair()) {
		if unicode.Is(unicode.Mn, c) && lettre {
			continue
		}
		rang++
		s, ok := equivalents[c]
		if !ok {
			s = string(unicode.ToUpper(c))
		}
		if s == "" || strings.TrimFunc(s, admis) != "" {
			return simphonie.Confidentiel{}, refus("INSI-LEXIQUE", champ, "character "+strconv.Itoa(rang)+" is neither a letter, a blank, an apostrophe nor a hyphen")
		}
		b.WriteString(s)
		lettre = majuscule(rune(s[0]))
	}
	s := strings.Trim(b.String(), " ")
	if d := defautLexical(s); d != "" {
		return simphonie.Confidentiel{}, refus("INSI-LEXIQUE", champ, d)
	}
	return simphonie.NewConfidentiel(s), nil
}

func majuscule(c rune) bool { return c >= 'A' && c <= 'Z' }

func admis(c rune) bool { return majuscule(c) || c == ' ' || c == '\'' || c == '-' }

// defautLexical tells what is wrong with a name under the lexical rules of the
// service, "" when nothing is.
func defautLexical(s string) string {
	switch {
	case s == "":
		return "nothing is left of the name"
	case strings.TrimFunc(s, admis) != "":
		return "a character is neither a capital letter, a blank, an apostrophe nor a hyphen"
	case s[0] == ' ' || s[0] == '-':
		return "the first character is a blank or a hyphen"
	case strings.Contains(s, "---"):
		return "more than two hyphens in a row"
	}
	for _, paire := range [...]string{"  ", "''", " '", "' "} {
		if strings.Contains(s, paire) {
			return "blanks or apostrophes follow one another"
		}
	}
	return ""
}
