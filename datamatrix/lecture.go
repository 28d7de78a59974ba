package datamatrix

import (
	"fmt"

	"github.com/simphonie/simphonie"
)

// Valeur is the typed content of a code: AttestationAMC, INS, Doc2D, GS1,
// ISO15434, Matricule, Chiffres or Opaque.
type Valeur interface {
	Genre() Genre
	// Masque gives the text of the code with its personal parts replaced by ***.
	Masque() string
}

// Lecture is one code as it was read. What is personal in it is masked in
// every printed form; Brut.Clair and Texte.Clair give the texts.
type Lecture struct {
	Genre Genre `json:"genre"`
	// Valeur is nil when an error came with the Lecture.
	Valeur Valeur `json:"valeur,omitempty"`
	// AIM is the symbology identifier, as ]d1, when the reader gave it.
	AIM string `json:"aim,omitempty"`
	// Brut is what arrived, octet for octet.
	Brut simphonie.Confidentiel `json:"brut"`
	// Texte is the content after the repairs, always valid UTF-8.
	Texte simphonie.Confidentiel `json:"texte"`
	// Reparations lists what was mended to read the code.
	Reparations []Reparation `json:"reparations,omitempty"`
	// Avertissements lists what is odd in the content.
	Avertissements []Avertissement `json:"avertissements,omitempty"`
}

// Masque gives the text of the code with its personal parts replaced by ***.
func (l Lecture) Masque() string {
	if l.Valeur == nil {
		return l.Brut.String()
	}
	return l.Valeur.Masque()
}

// String gives the kind and the masked text.
func (l Lecture) String() string { return l.Genre.String() + " " + l.Masque() }

// CodesReparation lists the codes of the repairs, in order.
func (l Lecture) CodesReparation() []simphonie.Code {
	cs := make([]simphonie.Code, len(l.Reparations))
	for i, r := range l.Reparations {
		cs[i] = r.Code
	}
	return cs
}

// Anomalies gives the warnings, without their places.
func (l Lecture) Anomalies() simphonie.Anomalies {
	as := make(simphonie.Anomalies, len(l.Avertissements))
	for i, a := range l.Avertissements {
		as[i] = a.Anomalie
	}
	return as
}

// Reparation is one kind of transport damage that was mended.
type Reparation struct {
	Code    simphonie.Code `json:"code"`
	Message string         `json:"message"` // French
	Octet   int            `json:"octet"`   // place of the first, in the raw octets
	Nombre  int            `json:"nombre"`  // how many places
}

// Avertissement is a warning and its place in the raw octets.
type Avertissement struct {
	simphonie.Anomalie
	Octet int `json:"octet"`
}

// Erreur says why a text could not be read, or a value not be written, and at
// which octet of the raw text. It holds no personal data.
type Erreur struct {
	*simphonie.Erreur
	Octet   int
	valeurs []string
}

// Error gives code, octet and reason.
func (e *Erreur) Error() string { return fmt.Sprintf("%s (octet %d)", e.Erreur.Error(), e.Octet) }

// Unwrap gives the error of the SDK's common form.
func (e *Erreur) Unwrap() error { return e.Erreur }

// Message gives the French text for the agent.
func (e *Erreur) Message() string {
	if r := parCode[e.Code]; r != nil {
		return r.Texte(e.valeurs...)
	}
	return ""
}

// analyse is one reading under way.
type analyse struct {
	*Lecture
	o OptionsTexte
}

// repare notes a repair; the same one is noted once, with its count.
func (a *analyse) repare(code simphonie.Code, octet, nombre int) {
	for i := range a.Reparations {
		if r := &a.Reparations[i]; r.Code == code {
			r.Octet, r.Nombre = min(r.Octet, octet), r.Nombre+nombre
			return
		}
	}
	a.Reparations = append(a.Reparations, Reparation{code, parCode[code].Message, octet, nombre})
}

func (a *analyse) avertit(code simphonie.Code, chemin string, octet int, valeurs ...string) {
	a.Avertissements = append(a.Avertissements, Avertissement{parCode[code].Anomalie(chemin, valeurs...), octet})
}

func erreur(code simphonie.Code, octet int, detail string, valeurs ...string) *Erreur {
	return &Erreur{&simphonie.Erreur{Code: code, Service: "datamatrix", Detail: detail}, octet, valeurs}
}
