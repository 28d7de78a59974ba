package mandat

// Values of AMC.
const (
	_             AMC = iota
	AMCRepondu        // it committed to its part, or refused it
	SansAMC           // the patient has none
	AMCAbandonnee     // its answer was given up, by a Decision
)

var nomsAMC = []string{"", "repondu", "sans-amc", "abandonnee"}

// String gives the text form.
func (a AMC) String() string { return nomDe(nomsAMC, uint8(a)) }

// MarshalText gives the text form.
func (a AMC) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text form.
func (a *AMC) UnmarshalText(b []byte) error { return lisNom(a, nomsAMC, b, "amc") }

// Values of Nature.
const (
	_              Nature = iota
	Impaye                // the bank took the money back (chargeback)
	DemandePatient        // the patient or the bank asks for a refund (directive 2015/2366, art. 76); nothing moved
)

var nomsNature = []string{"", "impaye", "demande"}

// String gives the text form.
func (n Nature) String() string { return nomDe(nomsNature, uint8(n)) }

// MarshalText gives the text form.
func (n Nature) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form.
func (n *Nature) UnmarshalText(b []byte) error { return lisNom(n, nomsNature, b, "nature") }

// Admission is what is known of an admission when the debit is proposed.
type Admission uint8

// Values of Admission.
const (
	_                 Admission = iota
	AdmissionEcartee            // the emergency visit does not lead to a stay
	HorsUrgences                // consultation, external act or stay: no admission is awaited
	AdmissionPossible           // the visit may lead to a stay: too early
)

var nomsAdmission = []string{"", "ecartee", "hors-urgences", "possible"}

// String gives the text form.
func (a Admission) String() string { return nomDe(nomsAdmission, uint8(a)) }

// MarshalText gives the text form.
func (a Admission) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text form.
func (a *Admission) UnmarshalText(b []byte) error { return lisNom(a, nomsAdmission, b, "admission") }
