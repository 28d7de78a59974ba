package journal

import "slices"

// Etat is how far an attempt has come.
type Etat uint8

// States.
const (
	_ Etat = iota
	// Preparee is meant, and has not left.
	Preparee
	// Envoyee may have left: the answer is awaited.
	Envoyee
	// Inconnue may have had its effect: to be clarified.
	Inconnue
	// Faite has had its effect.
	Faite
	// Refusee was refused by the other side: no effect.
	Refusee
	// NonPartie never left: no effect.
	NonPartie
	// Decidee left the list to clarify by a decision.
	Decidee
)

// Issue is what came of an attempt: Faite, Refusee, NonPartie, or Inconnue.
type Issue = Etat

// Verdict is what a decision holds for true.
type Verdict uint8

// Verdicts.
const (
	_ Verdict = iota
	// Effective: the exchange had its effect. It is not repeated.
	Effective
	// SansEffet: it had none. It may be meant again.
	SansEffet
	// Abandonnee: nobody knows, and it is not repeated.
	Abandonnee
)

// Genre is the kind of a step.
type Genre uint8

// Kinds of steps.
const (
	_ Genre = iota
	GenreIntention
	GenreEnvoi
	GenreResultat
	GenreDecision
)

var (
	nomsEtat    = []string{"", "preparee", "envoyee", "inconnue", "faite", "refusee", "non-partie", "decidee"}
	nomsVerdict = []string{"", "effective", "sans-effet", "abandonnee"}
	nomsGenre   = []string{"", "intention", "envoi", "resultat", "decision"}
)

func nomDe(noms []string, i uint8) string {
	if int(i) < len(noms) {
		return noms[i]
	}
	return ""
}

func lisNom(noms []string, b []byte, chemin string) (uint8, error) {
	if i := slices.Index(noms, string(b)); i > 0 {
		return uint8(i), nil
	}
	return 0, erreur("JRN-VALEUR", chemin, "unknown value")
}

// String gives the text form.
func (e Etat) String() string { return nomDe(nomsEtat, uint8(e)) }

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) (err error) {
	*(*uint8)(e), err = lisNom(nomsEtat, b, "etat")
	return err
}

// String gives the text form.
func (v Verdict) String() string { return nomDe(nomsVerdict, uint8(v)) }

// MarshalText gives the text form.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the text form.
func (v *Verdict) UnmarshalText(b []byte) (err error) {
	*(*uint8)(v), err = lisNom(nomsVerdict, b, "verdict")
	return err
}

// String gives the text form.
func (g Genre) String() string { return nomDe(nomsGenre, uint8(g)) }

// MarshalText gives the text form.
func (g Genre) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the text form.
func (g *Genre) UnmarshalText(b []byte) (err error) {
	*(*uint8)(g), err = lisNom(nomsGenre, b, "genre")
	return err
}
