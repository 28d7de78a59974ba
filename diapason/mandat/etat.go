package mandat

// Etat is how far a mandate has come.
type Etat uint8

// Values of Etat.
const (
	_              Etat = iota
	Propose             // offered to the patient, both limits shown
	Decline             // the patient said no: ordinary invoicing
	ControleEchoue      // PIN or authorisation of 1 € refused; the patient may try again
	Actif               // consent sealed, the alias is held
	MontantConnu        // final amount fixed, the notice is to be sent
	Avise               // the carrier took the notice
	Soumis              // the order of debit leaves, its result is not known
	Incertain           // the answer was lost: an enquiry, or a Constat
	Preleve             // debited
	Solde               // seen on the bank statement
	Rembourse           // debited, then paid back in part or whole
	Conteste            // debited, then disputed
	RienDu              // nothing is left to the patient
	PlafondDepasse      // above the ceiling: another means
	Expire              // the limit date cannot be met any more: another means
	Retire              // the patient changed the means of payment
	Refuse              // the debit was refused: another means
	SansAvis            // no contact works, and nothing is debited without a notice: another means
	Alternative         // another means of payment was chosen
)

var nomsEtat = []string{"", "propose", "decline", "controle-echoue", "actif", "montant-connu", "avise", "soumis", "incertain", "preleve", "solde", "rembourse", "conteste", "rien-du", "plafond-depasse", "expire", "retire", "refuse", "sans-avis", "alternative"}

// String gives the text form.
func (e Etat) String() string { return nomDe(nomsEtat, uint8(e)) }

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) error { return lisNom(e, nomsEtat, b, "etat") }

// preleve says that a debit was made and that no other is under way.
func (e Etat) preleve() bool { return e >= Preleve && e <= Conteste }

// ouvert says that a debit may still come from what is under way.
func (e Etat) ouvert() bool { return e >= Actif && e <= Incertain }

// autreMoyen says that the patient is to be proposed another means of payment.
func (e Etat) autreMoyen() bool { return e >= PlafondDepasse && e <= SansAvis }

// Situation is what became of one debit, or of one refund.
type Situation uint8

// Values of Situation.
const (
	_          Situation = iota
	EnCours              // nothing moved that is known
	Faite                // money moved
	Refusee              // the platform refused it
	Abandonnee           // it was given up before it left
)

var nomsSituation = []string{"", "en-cours", "faite", "refusee", "abandonnee"}

// String gives the text form.
func (s Situation) String() string { return nomDe(nomsSituation, uint8(s)) }

// MarshalText gives the text form.
func (s Situation) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *Situation) UnmarshalText(b []byte) error { return lisNom(s, nomsSituation, b, "situation") }

// Moyen is another means of payment.
type Moyen uint8

// Values of Moyen.
const (
	_       Moyen = iota
	PayFiP        // online, through DGFiP
	Lien          // transfer by a link
	EMandat       // SEPA debit with an electronic mandate
	Titre         // titre de recette, avis des sommes à payer
	Guichet       // at the desk
)

var nomsMoyen = []string{"", "payfip", "lien", "e-mandat", "titre", "guichet"}

// String gives the text form.
func (m Moyen) String() string { return nomDe(nomsMoyen, uint8(m)) }

// MarshalText gives the text form.
func (m Moyen) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form.
func (m *Moyen) UnmarshalText(b []byte) error { return lisNom(m, nomsMoyen, b, "moyen") }
