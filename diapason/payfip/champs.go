package payfip

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/simphonie/simphonie"
)

// Limites are bounds that public sources do not settle. A field at zero takes
// the default of its comment.
type Limites struct {
	MontantMax simphonie.Montant // 99 999,99 €, the bound that public clients share
	RefdetMin  int               // characters; 6
}

// Bounds of the guide.
const (
	montantMin    simphonie.Montant = 100 // 1 €
	montantAbsolu simphonie.Montant = 99_999_999_999
	refdetMax                       = 30
	objetMax                        = 100
	melMin                          = 6
	melMax                          = 80
	urlMax                          = 250
	// chiffresMax is the longest run of digits in an objet: 13 are a NIR.
	chiffresMax = 12
)

// NormaliseRefdet drops the separators that PayFiP does not take (space, -, /
// and #) and refuses what is then not of letters and digits. Two references
// that differ by separators only become the same debt: number them otherwise.
func NormaliseRefdet(s string) (string, error) {
	n := strings.NewReplacer("-", "", "/", "", "#", "", " ", "").Replace(s)
	for i := range len(n) {
		if !alphanumerique(n[i]) {
			return "", erreur("PAYFIP-REFDET", "refdet", "letters without accents and digits are wanted")
		}
	}
	switch {
	case n == "" || len(n) > refdetMax:
		return "", erreur("PAYFIP-REFDET", "refdet", "1 to 30 characters are wanted")
	case simphonie.NIRRecu(n).Valide() == nil:
		return "", erreur("PAYFIP-REFDET", "refdet", "the reference is a NIR: the payment page must not show one")
	}
	return n, nil
}

// NormaliseObjet writes an objet in letters without accents, digits and single
// spaces. A run of 13 digits or more is refused, for it could be a NIR. No
// program recognises a name: put none, nor any care, in an objet.
func NormaliseObjet(s string) (string, error) {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE").Replace(s)) {
		switch {
		case r < 0x80 && alphanumerique(byte(r)):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // the accent of the letter before
		default:
			b.WriteByte(' ')
		}
	}
	n := strings.Join(strings.Fields(b.String()), " ")
	if max(chiffresDeSuite(s), chiffresDeSuite(n)) > chiffresMax {
		return "", erreur("PAYFIP-OBJET", "objet", "13 digits or more could be a NIR: the payment page must not show one")
	}
	if len(n) > objetMax {
		return "", erreur("PAYFIP-OBJET", "objet", "100 characters at most are wanted")
	}
	return n, nil
}

// chiffresDeSuite gives the longest run of digits, what separates them left
// out, and 2A and 2B counted as the digits that they are in a NIR.
func chiffresDeSuite(s string) int {
	suite, max := 0, 0
	deux := false
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			suite++
			deux = r == '2'
		case deux && (r == 'A' || r == 'B' || r == 'a' || r == 'b'):
			suite++
			deux = false
		case unicode.IsLetter(r):
			suite, deux = 0, false
		}
		if suite > max {
			max = suite
		}
	}
	return max
}

// verifieMel checks the shape that PayFiP wants; A2 is its own word on it.
func verifieMel(m simphonie.Confidentiel) error {
	s := m.Clair()
	avant, apres, ok := strings.Cut(s, "@")
	imprimable := !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>"(),;:\`, r) })
	if !ok || avant == "" || apres == "" || strings.Contains(apres, "@") || !imprimable || len(s) < melMin || len(s) > melMax {
		return erreur("PAYFIP-MEL", "mel", "an e-mail address of 6 to 80 characters is mandatory")
	}
	return nil
}

// verifieMontant checks the bounds, in cents.
func (l *Limites) verifieMontant(m simphonie.Montant) error {
	switch {
	case m < montantMin:
		return erreur("PAYFIP-MONTANT", "montant", "PayFiP takes 1 € at least")
	case m > l.MontantMax:
		return erreur("PAYFIP-MONTANT", "montant", "more than Limites.MontantMax")
	}
	return nil
}

// centimes writes an amount as PayFiP wants it.
func centimes(m simphonie.Montant) string { return strconv.FormatInt(int64(m), 10) }

// verifieURL refuses an address that is not https, or holds credentials; http
// on the machine itself is for tests.
func verifieURL(s Saisie, chemin, adresse string) error {
	u, err := url.Parse(adresse)
	ascii := !strings.ContainsFunc(adresse, func(r rune) bool { return r <= ' ' || r > '~' })
	switch {
	case err != nil || u.Hostname() == "" || !ascii:
		return erreur("PAYFIP-CONFIG-URL", chemin, "an https address is wanted")
	case u.User != nil:
		return erreur("PAYFIP-CONFIG-URL", chemin, "no credentials in an address")
	case u.Scheme == "https", u.Scheme == "http" && s == Essai && boucle(u.Hostname()):
		return nil
	}
	return erreur("PAYFIP-CONFIG-URL", chemin, "an https address is wanted (http on the machine itself, in mode Essai only)")
}

// boucle says that a host is the machine itself.
func boucle(hote string) bool {
	ip := net.ParseIP(hote)
	return hote == "localhost" || ip != nil && ip.IsLoopback()
}
