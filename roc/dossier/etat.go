package dossier

import "github.com/simphonie/simphonie"

// Etat is how far a dossier has come.
type Etat uint8

// States.
const (
	Inconnu   Etat = iota // the insurer has not confirmed the rights
	Identifie             // it has
	Simule                // and has simulated its part
	Calcule               // it committed to amounts (CLC)
	Facture               // its invoice (DRE) has left
	Paye
	PartPaye // paid in part
	Rejete   // it refused the invoice
	Annule   // its CLC was undone
)

var nomsEtat = [...]string{"inconnu", "identifie", "simule", "calcule", "facture", "paye", "part-paye", "rejete", "annule"}

// String gives the text form.
func (e Etat) String() string { return nomDe(nomsEtat[:], int(e)) }

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) error {
	i, err := lisNom(nomsEtat[:], b, "etat")
	*e = Etat(i)
	return err
}

// Statut is what became of one call.
type Statut uint8

// What becomes of a call.
const (
	_ Statut = iota
	Parti
	Repondu
	NonParti    // nothing was sent, or a read failed
	SansReponse // it may have had its effect
	Decide      // a person said what it did
)

var nomsStatut = [...]string{"", "parti", "repondu", "non-parti", "sans-reponse", "decide"}

// String gives the text form.
func (s Statut) String() string { return nomDe(nomsStatut[:], int(s)) }

// MarshalText gives the text form.
func (s Statut) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *Statut) UnmarshalText(b []byte) error {
	i, err := lisNom(nomsStatut[:], b, "statut")
	*s = Statut(i)
	return err
}

// Verdict is what a person holds for true of a call whose answer was lost.
type Verdict uint8

// Verdicts.
const (
	_         Verdict = iota
	Effective         // it had its effect
	SansEffet         // it had none
)

var nomsVerdict = [...]string{"", "effective", "sans-effet"}

// String gives the text form.
func (v Verdict) String() string { return nomDe(nomsVerdict[:], int(v)) }

// MarshalText gives the text form.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the text form.
func (v *Verdict) UnmarshalText(b []byte) error {
	i, err := lisNom(nomsVerdict[:], b, "verdict")
	*v = Verdict(i)
	return err
}

// Effet is something that the caller does after an event.
type Effet uint8

// Effects.
const (
	_ Effet = iota
	// DireAuPatient: the simulated amount moved since the last time.
	DireAuPatient
	// Choisir: the agent chooses a contract or a convention, or gives more data.
	Choisir
	// Clarifier: a CLC or an annulation whose outcome is unknown.
	Clarifier
	// Recalculer: the inputs changed; annul the CLC, then compute again.
	Recalculer
	// Emettre: the invoice may leave.
	Emettre
	// Corriger: the insurer rejected the invoice; send a corrected one under a
	// new number.
	Corriger
)

var nomsEffet = [...]string{"", "dire-au-patient", "choisir", "clarifier", "recalculer", "emettre", "corriger"}

// String gives the text form.
func (e Effet) String() string { return nomDe(nomsEffet[:], int(e)) }

func nomDe(noms []string, i int) string {
	if i < len(noms) {
		return noms[i]
	}
	return "?"
}

func lisNom(noms []string, b []byte, champ string) (int, error) {
	for i, n := range noms {
		if n == string(b) {
			return i, nil
		}
	}
	return 0, &simphonie.Erreur{Code: "ROC-DOSSIER-VALEUR", Service: "ROC", Chemin: champ, Detail: "not one of the documented texts", Err: simphonie.ErrSyntaxe}
}
