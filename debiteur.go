package simphonie

// TypeDebiteur is the kind of whoever owes a part of an invoice.
type TypeDebiteur uint8

const (
	_ TypeDebiteur = iota
	// DebiteurAMO is the Assurance Maladie.
	DebiteurAMO
	// DebiteurAMC is a complementary body: an insurer, the C2S, the AME.
	DebiteurAMC
	// DebiteurPatient is the patient.
	DebiteurPatient
	// DebiteurRecettesDiverses is anybody else that the establishment bills.
	DebiteurRecettesDiverses
)

var nomsDebiteur = noms[TypeDebiteur]{"debiteur", []string{"", "amo", "amc", "patient", "recettes-diverses"}}

// String gives the text form: amo, amc, patient or recettes-diverses.
func (t TypeDebiteur) String() string { return nomsDebiteur.texte(t) }

// MarshalText gives the text form.
func (t TypeDebiteur) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the text form.
func (t *TypeDebiteur) UnmarshalText(b []byte) error { return nomsDebiteur.lit(t, b) }

// Debiteur is whoever owes a part: its kind and, for a complementary body, its
// number. Debiteurs compare with ==.
type Debiteur struct {
	Type TypeDebiteur `json:"type"`
	// AMC is the number of the complementary body, without leading zeros.
	AMC NumeroAMC `json:"amc,omitempty"`
}

// AMO, Patient and RecettesDiverses are the debtors that have no number.
var (
	AMO              = Debiteur{Type: DebiteurAMO}
	Patient          = Debiteur{Type: DebiteurPatient}
	RecettesDiverses = Debiteur{Type: DebiteurRecettesDiverses}
)

// AMC gives the debtor that a complementary body is.
func AMC(n NumeroAMC) Debiteur {
	return Debiteur{Type: DebiteurAMC, AMC: NumeroAMC(n.Canonique())}
}

// IsZero says that nobody is named.
func (d Debiteur) IsZero() bool { return d == Debiteur{} }

// String gives the kind and the number, "amc 99999997".
func (d Debiteur) String() string {
	if d.AMC != "" {
		return d.Type.String() + " " + string(d.AMC)
	}
	return d.Type.String()
}
