package mandat

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
)

// DelaiAvis is the number of days between the notice and the debit: "3 days
// after the notice" (journée régionale SIMPHONIE 2019, parcours DIAPASON).
const DelaiAvis = 3

// Politique is what the texts leave open, and the establishment decides. Every
// field but two is mandatory: none has a default. A mandate keeps the one under
// which it was proposed.
type Politique struct {
	// Territoire is where the establishment stands: its civil dates, its holidays.
	Territoire simphonie.Territoire `json:"territoire"`
	// Jours says which days count in the delay of a notice.
	Jours Decompte `json:"jours"`
	// Depart says which day is day 0 of that delay.
	Depart Depart `json:"depart"`
	// Portee says what the ceiling bounds.
	Portee Portee `json:"portee"`
	// Nombre says how many debits an agreement may serve.
	Nombre Nombre `json:"nombre"`
	// Limite says what the limit date bounds.
	Limite Limite `json:"limite"`
	// Traitement is the number of days that the platform takes between an order
	// and its debit; it counts when Limite is SurPrelevement. 0 is the same day.
	Traitement int `json:"traitement,omitempty"`
	// Reprises is how often a refused debit is tried again, each time with a new
	// notice and its whole delay. 0, the ordinary choice, is never.
	Reprises int `json:"reprises,omitempty"`
}

// Decompte is a way to count days.
type Decompte uint8

// Values of Decompte.
const (
	_           Decompte = iota
	Calendaires          // every day
	Ouvrables            // all but Sundays and public holidays
	Ouvres               // Monday to Friday, without public holidays
)

var nomsDecompte = []string{"", "calendaires", "ouvrables", "ouvres"}

// String gives the text form.
func (d Decompte) String() string { return nomDe(nomsDecompte, uint8(d)) }

// MarshalText gives the text form.
func (d Decompte) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form.
func (d *Decompte) UnmarshalText(b []byte) error {
	return lisNom(d, nomsDecompte, b, "politique.jours")
}

// Depart is day 0 of the delay of a notice.
type Depart uint8

// Values of Depart.
const (
	_          Depart = iota
	JourEnvoi         // the day when the carrier took the notice
	JourRemise        // the day when the carrier says that it was delivered; until then nothing is debited
)

var nomsDepart = []string{"", "envoi", "remise"}

// String gives the text form.
func (d Depart) String() string { return nomDe(nomsDepart, uint8(d)) }

// MarshalText gives the text form.
func (d Depart) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the text form.
func (d *Depart) UnmarshalText(b []byte) error { return lisNom(d, nomsDepart, b, "politique.depart") }

// Portee is what a ceiling bounds.
type Portee uint8

// Values of Portee.
const (
	_          Portee = iota
	ParAccord         // all that is debited under the agreement; a refund gives no room back
	ParFacture        // each invoice
)

var nomsPortee = []string{"", "accord", "facture"}

// String gives the text form.
func (p Portee) String() string { return nomDe(nomsPortee, uint8(p)) }

// MarshalText gives the text form.
func (p Portee) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the text form.
func (p *Portee) UnmarshalText(b []byte) error { return lisNom(p, nomsPortee, b, "politique.portee") }

// Nombre is how many debits an agreement serves.
type Nombre uint8

// Values of Nombre.
const (
	_         Nombre = iota
	Unique           // one: the card is forgotten once it is made
	Plusieurs        // any number until the limit date, within the ceiling
)

var nomsNombre = []string{"", "unique", "plusieurs"}

// String gives the text form.
func (n Nombre) String() string { return nomDe(nomsNombre, uint8(n)) }

// MarshalText gives the text form.
func (n Nombre) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the text form.
func (n *Nombre) UnmarshalText(b []byte) error { return lisNom(n, nomsNombre, b, "politique.nombre") }

// Limite is what a limit date bounds.
type Limite uint8

// Values of Limite.
const (
	_              Limite = iota
	SurPrelevement        // the debit itself
	SurSoumission         // the order of debit
)

var nomsLimite = []string{"", "prelevement", "soumission"}

// String gives the text form.
func (l Limite) String() string { return nomDe(nomsLimite, uint8(l)) }

// MarshalText gives the text form.
func (l Limite) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form.
func (l *Limite) UnmarshalText(b []byte) error { return lisNom(l, nomsLimite, b, "politique.limite") }

// Verifie refuses a policy that leaves something open.
func (p Politique) Verifie() error {
	faux := func(champ string) error {
		return &simphonie.Erreur{Code: "DIA-POLITIQUE", Service: service, Chemin: "politique." + champ, Detail: "to be decided by the establishment: there is no default"}
	}
	_, err := calendrier.Legaux(p.Territoire)
	switch {
	case err != nil:
		return faux("territoire")
	case p.Jours < Calendaires || p.Jours > Ouvres:
		return faux("jours")
	case p.Depart < JourEnvoi || p.Depart > JourRemise:
		return faux("depart")
	case p.Portee < ParAccord || p.Portee > ParFacture:
		return faux("portee")
	case p.Nombre < Unique || p.Nombre > Plusieurs:
		return faux("nombre")
	case p.Limite < SurPrelevement || p.Limite > SurSoumission:
		return faux("limite")
	case p.Traitement < 0 || p.Traitement > 30:
		return faux("traitement")
	case p.Reprises < 0 || p.Reprises > 9:
		return faux("reprises")
	}
	return nil
}

// Hours outside these days are no hours of a mandate.
var premierJour, dernierJour = simphonie.MustJour("2000-01-01"), simphonie.MustJour("2999-12-31")

// jamais is a day that does not come.
var jamais = simphonie.MustJour("9999-12-31")

// Jour gives the civil date of an hour where the establishment stands.
func (p Politique) Jour(t time.Time) (simphonie.Jour, error) {
	z, err := calendrier.Zone(p.Territoire)
	if err != nil {
		return simphonie.Jour{}, err
	}
	j := simphonie.JourOf(t.In(z))
	if j.Before(premierJour) || j.After(dernierJour) {
		return simphonie.Jour{}, &simphonie.Erreur{Code: "DIA-QUAND", Service: service, Chemin: "quand", Detail: "the hour is missing, or is not of this age"}
	}
	return j, nil
}

// Echeance gives the first day on which a debit may follow the notice of a
// day. Under a policy that Verifie refuses, nothing ever comes due.
func (p Politique) Echeance(avis simphonie.Jour) simphonie.Jour {
	feries, err := calendrier.Legaux(p.Territoire)
	switch {
	case avis.IsZero():
		return avis
	case err != nil:
		return jamais
	case p.Jours == Calendaires:
		return avis.AddDays(DelaiAvis)
	}
	for n := 0; n < DelaiAvis; {
		avis = avis.AddDays(1)
		chome := avis.Weekday() == time.Sunday || p.Jours == Ouvres && avis.Weekday() == time.Saturday
		if !chome && !feries.Ferie(avis) {
			n++
		}
	}
	return avis
}
