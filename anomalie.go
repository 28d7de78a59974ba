package simphonie

import (
	"strconv"
	"strings"
)

// Gravite says what an anomaly does to the invoice.
type Gravite uint8

const (
	_ Gravite = iota
	// Information tells what an agent may want to know.
	Information
	// Alerte leaves the invoice billable; somebody should look at it.
	Alerte
	// AVerifier stops the invoice until a person has decided.
	AVerifier
	// Bloquante stops the invoice until the data is corrected.
	Bloquante
)

var nomsGravite = noms[Gravite]{"gravite", []string{"", "information", "alerte", "a-verifier", "bloquante"}}

// String gives the text form.
func (g Gravite) String() string { return nomsGravite.texte(g) }

// MarshalText gives the text form.
func (g Gravite) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the text form.
func (g *Gravite) UnmarshalText(b []byte) error { return nomsGravite.lit(g, b) }

// Stoppe says that the invoice may not leave.
func (g Gravite) Stoppe() bool { return g >= AVerifier }

// Regle is a business rule as the SDK knows it: its code, the rule or article
// that it comes from, and what it tells a billing agent.
type Regle struct {
	Code    Code    `json:"code"`
	Source  string  `json:"source"`
	Gravite Gravite `json:"gravite,omitzero"` // zero for a rule that decides or computes
	// Message is French; {0}, {1} … stand for the values of the case.
	Message string `json:"message"`
}

// Anomalie gives the anomaly of this rule at a place of the input.
// Values are codes, dates and amounts, never personal data.
func (r *Regle) Anomalie(chemin string, valeurs ...string) Anomalie {
	return Anomalie{Code: r.Code, Gravite: r.Gravite, Chemin: chemin,
		Message: complete(r.Message, valeurs), Source: r.Source, Valeurs: valeurs}
}

// Texte gives the French text of the rule for the values of a case.
func (r *Regle) Texte(valeurs ...string) string { return complete(r.Message, valeurs) }

// Anomalie is something wrong with the business data. A call returns all of
// them at once.
type Anomalie struct {
	Code    Code     `json:"code"`
	Gravite Gravite  `json:"gravite"`
	Chemin  string   `json:"chemin,omitempty"`
	Message string   `json:"message"`
	Source  string   `json:"source"`
	Valeurs []string `json:"valeurs,omitempty"`
}

// String gives gravity, code, place and message.
func (a Anomalie) String() string {
	s := a.Gravite.String() + " " + string(a.Code)
	if a.Chemin != "" {
		s += " (" + a.Chemin + ")"
	}
	return s + " : " + a.Message
}

// Anomalies is what a call found.
type Anomalies []Anomalie

// Stoppent says that at least one anomaly stops the invoice.
func (as Anomalies) Stoppent() bool {
	for i := range as {
		if as[i].Gravite.Stoppe() {
			return true
		}
	}
	return false
}

// Codes lists the codes in order.
func (as Anomalies) Codes() []Code {
	cs := make([]Code, len(as))
	for i := range as {
		cs[i] = as[i].Code
	}
	return cs
}

// Messages replaces the French texts of rules by an editor's own.
type Messages map[Code]string

// Applique rewrites the messages of the anomalies that the table knows.
func (m Messages) Applique(as Anomalies) {
	for i := range as {
		if t, ok := m[as[i].Code]; ok {
			as[i].Message = complete(t, as[i].Valeurs)
		}
	}
}

// complete puts the values where {0}, {1} … stand.
func complete(message string, valeurs []string) string {
	if len(valeurs) == 0 || !strings.Contains(message, "{") {
		return message
	}
	paires := make([]string, 0, 2*len(valeurs))
	for i, v := range valeurs {
		paires = append(paires, "{"+strconv.Itoa(i)+"}", v)
	}
	return strings.NewReplacer(paires...).Replace(message)
}
