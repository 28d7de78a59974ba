package modele

import "github.com/simphonie/simphonie"

// Service is one of the four services of an insurer.
type Service uint8

// Services; the zero value is none.
const (
	_ Service = iota
	IDB
	SIM
	CLC
	DEL // the annulation of a CLC
)

var nomsService = noms[Service]{"ROC-SERVICE", "service", []string{"", "IDB", "SIM", "CLC", "DEL"}}

// Engage says that the service commits money: it is called once and never
// repeated by itself.
func (s Service) Engage() bool { return s == CLC || s == DEL }

// String gives IDB, SIM, CLC or DEL.
func (s Service) String() string { return nomsService.texte(s) }

// MarshalText gives the text form.
func (s Service) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *Service) UnmarshalText(b []byte) error { return nomsService.lit(s, b) }

// Moment is the point of the patient's way at which a service is called.
type Moment uint8

// Moments; the zero value is none and is refused.
const (
	_ Moment = iota
	PreAdmission
	Admission
	EnCours
	Sortie // the exit, or afterwards
)

var nomsMoment = noms[Moment]{"ROC-MOMENT", "moment", []string{"", "pre-admission", "admission", "en-cours", "sortie"}}

// String gives pre-admission, admission, en-cours or sortie.
func (m Moment) String() string { return nomsMoment.texte(m) }

// MarshalText gives the text form.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form.
func (m *Moment) UnmarshalText(b []byte) error { return nomsMoment.lit(m, b) }

// Sens is what an outcome means for the agent. An outcome is not a fault: the
// insurer answered.
type Sens uint8

// Meanings. The zero value is an outcome that the codec does not know: a
// person looks at its code and label.
const (
	SensAVerifier Sens = iota
	Accepte            // the rights, or the amounts, are in the answer
	Refuse             // no, until the data changes
	Incomplet          // data or a choice of the agent is wanted first
	Indisponible       // the request had no effect; ask again later
	Indetermine        // the request left, and nobody can tell what it did
)

var nomsSens = noms[Sens]{"ROC-SENS", "sens", []string{"a-verifier", "accepte", "refuse", "incomplet", "indisponible", "indetermine"}}

// String gives the text form.
func (s Sens) String() string { return nomsSens.texte(s) }

// MarshalText gives the text form.
func (s Sens) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *Sens) UnmarshalText(b []byte) error { return nomsSens.lit(s, b) }

// Motif is why an insurer refuses or wants more, in the words of this SDK: the
// official lists of codes and groups are not public. The zero value is unknown.
type Motif uint8

// Reasons.
const (
	MotifInconnu Motif = iota
	AdherentAbsent
	BeneficiaireInconnu
	BeneficiaireNonEligible
	SupportPapier // the cover is proven by its paper card only
	DroitsNonOuverts
	DroitsFermes
	PrioriteGarantie // another cover pays first
	ActeNonCouvert
	ConventionNonApplicable
	DemandeInvalide
	DonneeManquante
	ChoixContrat
	ChoixConvention
	CalculInconnu        // annulation of a CLC that the insurer does not know
	CalculAnnule         // annulation of a CLC that is annulled already
	AnnulationImpossible // the invoice is in, or the insurer does not annul
)

var nomsMotif = noms[Motif]{"ROC-MOTIF", "motif", []string{"", "adherent-absent", "beneficiaire-inconnu", "beneficiaire-non-eligible", "support-papier",
	"droits-non-ouverts", "droits-fermes", "priorite-garantie", "acte-non-couvert", "convention-non-applicable", "demande-invalide",
	"donnee-manquante", "choix-contrat", "choix-convention", "calcul-inconnu", "calcul-annule", "annulation-impossible"}}

// String gives the text form, "" when unknown.
func (m Motif) String() string { return nomsMotif.texte(m) }

// MarshalText gives the text form.
func (m Motif) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form.
func (m *Motif) UnmarshalText(b []byte) error { return nomsMotif.lit(m, b) }

// noms are the text forms of a small enumeration, by value.
type noms[T ~uint8] struct {
	code   simphonie.Code
	champ  string
	textes []string
}

func (n noms[T]) texte(v T) string {
	if int(v) < len(n.textes) {
		return n.textes[v]
	}
	return "?"
}

func (n noms[T]) lit(v *T, b []byte) error {
	for i, t := range n.textes {
		if t == string(b) {
			*v = T(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: n.code, Service: "ROC", Chemin: n.champ, Detail: "not one of the documented texts", Err: simphonie.ErrSyntaxe}
}
