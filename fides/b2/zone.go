package b2

import "github.com/simphonie/simphonie/internal/fixedwidth"

// Largeur is the number of columns of every record.
const Largeur = 128

// Type names a record: its digit, then its letter if it has one, as 4S.
type Type string

// The fourteen records of an invoice of external care.
const (
	T2  Type = "2"
	T2S Type = "2S"
	T3  Type = "3"
	T3S Type = "3S"
	T3E Type = "3E"
	T3F Type = "3F"
	T3H Type = "3H"
	T4  Type = "4"
	T4S Type = "4S"
	T4E Type = "4E"
	T4B Type = "4B"
	T4H Type = "4H"
	T4M Type = "4M"
	T5  Type = "5"
)

// Types lists the fourteen records, in the order of an invoice.
func Types() []Type {
	return []Type{T2, T2S, T3, T3S, T3E, T3F, T3H, T4, T4S, T4E, T4B, T4H, T4M, T5}
}

// Zone is a zone of a record as the table describes it.
type Zone struct {
	ID       string // record and first column: 0364 is column 64 of type 3
	Type     Type
	Colonne  int // first column, from 1
	Largeur  int
	Genre    string // N, A, A4+1, or N5+2: digits before and after the implied comma
	Presence string // O compulsory, F optional
	// Vide says that a compulsory zone may hold its unset form: an amount of
	// zero, or what a remark explains.
	Vide bool
	// Valeurs lists the values of the zone, when the rules close the list;
	// BLANC is a zone of spaces. An optional zone may also be unset.
	Valeurs   []string
	Ecrit     string // what is written when the value is absent, if not the rule of the kind
	Tolere    string // blanc or zero: the other unset form that is accepted
	Format    string // date, naissance, nir …: what is checked beyond the kind
	Personnel bool   // masked in every printed form
	Origine   string // the data that fills it, in the words of the rules
	Libelle   string
	Regle     string // RG_MF…
	Remarque  string // what the source leaves unclear, or was repaired

	debut, fin int // slice bounds
	decimales  int
	numerique  bool
	constante  bool // a single value: the record has no field for it
	vide       string
	plage      int // last value of a list 01..nn
	controle   controle
	bits       [2]uint64 // one-column lists: set of the characters
}

// controle is what is checked of a zone once each column has a character of
// the right class.
type controle uint8

const (
	aucunControle  controle = iota
	nonVide                 // compulsory: not zeros or spaces
	valeurUnique            // a constant
	listeUnCar              // a list of one-column values
	liste                   // any other list
	date                    // AAMMJJ
	formatNIR               // thirteen characters without a space
	aGauche                 // text: does not begin with a space
	formatOC                // number of a complementary body
	formatAppareil          // digits, or text
	melange                 // numeric, spaces tolerated, but not mixed
)

// obligatoire says that the unset form of the zone is a fault.
func (z *Zone) obligatoire() bool { return z.Presence == "O" && !z.Vide }

// nonRenseignee says that s is an unset form of the zone.
func (z *Zone) nonRenseignee(s string) bool {
	switch {
	case z.numerique:
		return fixedwidth.All(s, '0') || z.Tolere == "blanc" && fixedwidth.All(s, ' ')
	}
	return fixedwidth.All(s, ' ') || z.Tolere == "zero" && fixedwidth.All(s, '0')
}

// masque gives the classes that the columns of the zone take.
func (z *Zone) masque() fixedwidth.Class {
	switch {
	case z.constante && z.Tolere == "" && fixedwidth.All(z.vide, ' '):
		return fixedwidth.Space
	case z.constante && z.Tolere == "" && fixedwidth.All(z.vide, '0'):
		return fixedwidth.Zero
	case z.Format == "appareil":
		return fixedwidth.Text
	case z.numerique && (z.Tolere == "blanc" || fixedwidth.All(z.vide, ' ')):
		return fixedwidth.Digit | fixedwidth.Space
	case z.numerique:
		return fixedwidth.Digit
	}
	return fixedwidth.Text
}

// classe gives what a column of the zone takes: in a compulsory NIR only the
// seventh may be a letter.
func (z *Zone) classe(i int) fixedwidth.Class {
	if z.Format == "nir" && z.obligatoire() && i != 6 {
		return fixedwidth.Digit
	}
	return z.masque()
}

// choisit settles the check of the zone.
func (z *Zone) choisit() {
	switch m := z.masque(); {
	case z.constante && (m == fixedwidth.Space || m == fixedwidth.Zero):
		z.controle = aucunControle
	case z.constante:
		z.controle = valeurUnique
	case len(z.Valeurs) > 0 && z.Largeur == 1:
		z.controle = listeUnCar
		for _, v := range z.Valeurs {
			z.bits[v[0]>>6] |= 1 << (v[0] & 63)
		}
		if !z.obligatoire() {
			z.bits[z.vide[0]>>6] |= 1 << (z.vide[0] & 63)
		}
	case len(z.Valeurs) > 0 || z.plage > 0:
		z.controle = liste
	case z.Format == "date":
		z.controle = date
	case z.Format == "nir":
		z.controle = formatNIR
	case z.Format == "organisme":
		z.controle = formatOC
	case z.Format == "appareil":
		z.controle = formatAppareil
	case m == fixedwidth.Digit|fixedwidth.Space:
		z.controle = melange
	case !z.numerique && z.Largeur > 1:
		z.controle = aGauche
	case z.obligatoire():
		z.controle = nonVide
	}
}

// contient says that a one-column list holds the character.
func (z *Zone) contient(c byte) bool {
	return c < 128 && z.bits[c>>6]&(1<<(c&63)) != 0
}
