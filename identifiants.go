package simphonie

import "strings"

// FINESS is the nine-character number of an establishment (géographique) or of
// the legal entity that runs it (juridique). It may begin with 2A or 2B.
// Decoders keep a number whose key is wrong; Valide flags it.
type FINESS string

// ParseFINESS reads a number typed as new and refuses a wrong key.
func ParseFINESS(s string) (FINESS, error) {
	f := FINESS(strings.ReplaceAll(s, " ", ""))
	return f, f.Valide()
}

// Valide reports another shape (ErrSyntaxe) or a wrong last digit (ErrCle).
func (f FINESS) Valide() error {
	return valideLuhn(string(f), 9, "FINESS", "ID-FINESS-FORME", "ID-FINESS-CLE")
}

// NormeB2 gives the all-digit form that the norme B2 wants: the two characters
// after 2A or 2B are dropped and the prefix becomes 2001 or 2002
// (RG_MF609, RG_MF636): 2A0002689 is 200102689. Other numbers are unchanged.
func (f FINESS) NormeB2() string {
	if len(f) == 9 {
		switch f[:2] {
		case "2A":
			return "2001" + string(f[4:])
		case "2B":
			return "2002" + string(f[4:])
		}
	}
	return string(f)
}

// RPPS is the eleven-digit number of a health professional.
// Decoders keep a number whose key is wrong; Valide flags it.
type RPPS string

// ParseRPPS reads a number typed as new and refuses a wrong key (RG_IP612).
func ParseRPPS(s string) (RPPS, error) {
	r := RPPS(strings.ReplaceAll(s, " ", ""))
	return r, r.Valide()
}

// Valide reports another shape (ErrSyntaxe) or a wrong last digit (ErrCle).
func (r RPPS) Valide() error {
	return valideLuhn(string(r), 11, "RPPS", "ID-RPPS-FORME", "ID-RPPS-CLE")
}

// CleLuhn gives the key digit of an identifier without its key: from the right,
// odd ranks doubled and their digits added, letters counted A = 1, B = 2, …;
// the complement to 10 of the unit, 0 when the unit is 0 (RG_IP612, RG_BS648).
func CleLuhn(s string) (byte, error) {
	sum := 0
	for i := range len(s) {
		var v int
		switch c := s[len(s)-1-i]; {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'A' && c <= 'Z':
			v = int(c-'A') + 1
		default:
			return 0, ErrSyntaxe
		}
		if i%2 == 0 {
			v *= 2
		}
		sum += v/10 + v%10
	}
	return '0' + byte((10-sum%10)%10), nil
}

func valideLuhn(s string, n int, nom string, forme, cle Code) error {
	if len(s) != n || s[n-1] < '0' || s[n-1] > '9' {
		return erreurValeur(forme, nom, ErrSyntaxe)
	}
	k, err := CleLuhn(s[:n-1])
	switch {
	case err != nil:
		return erreurValeur(forme, nom, err)
	case k != s[n-1]:
		return erreurValeur(cle, nom, ErrCle)
	}
	return nil
}

// Organisme is the body of the Assurance Maladie that an invoice goes to:
// régime (two digits), caisse (three), centre (four characters). They are
// texts: their leading zeros count, and the lists are open.
type Organisme struct {
	Regime string `json:"regime"`
	Caisse string `json:"caisse,omitempty"`
	Centre string `json:"centre,omitempty"`
}

// Codes of régimes that rules name.
const (
	RegimeGeneral = "01"
	RegimeCPRPF   = "04" // SNCF
	RegimeCANSSM  = "07" // mines
)

// IsZero says that there is no organisme.
func (o Organisme) IsZero() bool { return o == Organisme{} }

// Valide reports a part of another width.
func (o Organisme) Valide() error {
	if len(o.Regime) != 2 || !chiffres(o.Regime) ||
		o.Caisse != "" && (len(o.Caisse) != 3 || !chiffres(o.Caisse)) ||
		len(o.Centre) > 4 {
		return erreurValeur("ID-ORGANISME", "organisme", ErrSyntaxe)
	}
	return nil
}

// String gives régime-caisse-centre.
func (o Organisme) String() string {
	return strings.TrimRight(o.Regime+"-"+o.Caisse+"-"+o.Centre, "-")
}

// NumeroAMC is the number of a complementary insurer as it was read, leading
// zeros included: a card shows eight digits where a directory shows ten.
// Compare with Equal, or key a map by Canonique.
type NumeroAMC string

// Canonique gives the number without its leading zeros. Padding to the width
// of a directory is a setting of that directory, not of the number.
func (n NumeroAMC) Canonique() string { return strings.TrimLeft(string(n), "0") }

// Equal compares two numbers without their leading zeros.
func (n NumeroAMC) Equal(m NumeroAMC) bool { return n.Canonique() == m.Canonique() }

// Numbers that the rules give to complementary bodies run by the Assurance
// Maladie or the State (RG_BS720).
const (
	OCC2SConjointe NumeroAMC = "99999997" // C2S run by the caisse, or by a body in single management
	OCC2SSeparee   NumeroAMC = "88888888" // C2S run by a body in separate management
	OCAME          NumeroAMC = "75500017" // aide médicale de l'État
)

// Domaine is a domain of care in complementary-insurer conventions.
type Domaine string

// Domains that a hospital asks for.
const (
	Hospitalisation Domaine = "HOSP"
	Externe         Domaine = "EXTE"
)

// CleAMC is the key by which the directory of complementary insurers is asked:
// all of it comes from the patient's attestation.
type CleAMC struct {
	Numero     NumeroAMC `json:"numero"`
	Convention string    `json:"convention,omitempty"` // type de convention, two characters, opaque
	CSR        string    `json:"csr,omitempty"`        // critère secondaire de routage
	Domaine    Domaine   `json:"domaine,omitempty"`
}

// Equal compares two keys, the numbers without their leading zeros.
func (c CleAMC) Equal(d CleAMC) bool {
	c.Numero, d.Numero = NumeroAMC(c.Numero.Canonique()), NumeroAMC(d.Numero.Canonique())
	return c == d
}
