package insitest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// Identity OIDs.
const (
	OIDNIR = "1.2.250.1.213.1.4.8" // the qualification platform gives it to its fictitious patients too
	OIDNIA = "1.2.250.1.213.1.4.9"
)

// Matricule is a number of the past, with its dates when they are known.
type Matricule struct{ Numero, Cle, OID, Debut, Fin string }

// Identite is a fictitious person that the simulator knows.
type Identite struct {
	Nom       string
	Prenoms   []string // in order
	Sexe      string   // M or F; "" = not known, any matches
	Naissance string   // yyyy-mm-dd
	Lieu      string   // COG of the birth place
	Numero    string   // 13 characters
	Cle       string
	OID       string // "" = OIDNIR
	Histo     []Matricule

	// OuvrantDroit is the number on the card when it is another's; "" = Numero.
	OuvrantDroit string
	Rang         string // birth rank with a card, "" = 1

	// CR is an answer given whatever the other criteria: "02". "" = 00 or, with
	// homonyms, 02.
	CR string
	// Technique makes every search fail with siram_40/insi_102.
	Technique bool
	// DatesDevant writes the dates of the history before its number, as an
	// official fixture does against the schema.
	DatesDevant bool
	// AvecPrenom writes TIQ/Prenom, which is often absent.
	AvecPrenom bool
}

// valide refuses a person whom no valid request can find, by the field at fault.
func (i *Identite) valide(rang int) error {
	refus := func(champ string) error {
		return fmt.Errorf("insitest: AvecIdentites[%d].%s: another form is wanted, that of the messages", rang, champ)
	}
	forme := func(f func(string) bool) func(string) bool { return func(s string) bool { return s == "" || f(s) } }
	sansReponse := i.Technique || i.CR == "02"
	for _, c := range []struct {
		champ, valeur string
		bon           func(string) bool
	}{
		{"Nom", i.Nom, nom}, {"Sexe", i.Sexe, forme(passerelle.Motif("[MF]"))}, {"Naissance", i.Naissance, passerelle.DateLunaire}, {"Lieu", i.Lieu, forme(cog)},
		{"Numero", i.Numero, func(s string) bool { return numero(s) || s == "" && sansReponse }}, {"Cle", i.Cle, forme(passerelle.Motif(`\d{2}`))},
		{"OuvrantDroit", i.OuvrantDroit, forme(numero)}, {"Rang", i.Rang, forme(passerelle.Motif(`\d`))}, {"CR", i.CR, forme(passerelle.Egal("02"))},
	} {
		if !c.bon(c.valeur) {
			return refus(c.champ)
		}
	}
	if len(i.Prenoms) == 0 {
		return refus("Prenoms")
	}
	for k, p := range i.Prenoms {
		if !nom(p) {
			return refus(fmt.Sprintf("Prenoms[%d]", k))
		}
	}
	return nil
}

// Publiees are the qualification identities published by users of INSi, with
// their keys as printed: those of HERMANN are wrong, and so the platform gives them.
func Publiees() []Identite {
	composes := []string{"PIERRE-ALAIN", "MURIEL", "FLORIANT"}
	return []Identite{
		{Nom: "ADRUN", Prenoms: []string{"ZOE"}, Sexe: "F", Naissance: "1975-12-31", Lieu: "63220", Numero: "2751263220749", Cle: "74"},
		{Nom: "ADRTROIS", Prenoms: []string{"DOMINIQUE"}, Sexe: "F", Naissance: "1997-02-26", Lieu: "2A020", Numero: "297022A020778", Cle: "78"},
		{Nom: "ADRTROIS", Prenoms: []string{"TOUSSAINT"}, Sexe: "M", Naissance: "1960-01-01", Lieu: "2B020", Numero: "160012B020777", Cle: "13"},
		{Nom: "CORSE", Prenoms: []string{"ANTHONY"}, Sexe: "M", Naissance: "1980-03-02", Lieu: "2B020", Numero: "180032B020401", Cle: "23",
			Histo: []Matricule{{Numero: "180032B020401", Cle: "23"}}},
		{Nom: "TCHITCHI", Prenoms: []string{"CATARINA", "BELLA"}, Sexe: "F", Naissance: "1936-06-21", Lieu: "63220", Numero: "2360663220836", Cle: "56"},
		{Nom: "NESSI", Prenoms: []string{"MICHELANGELO", "ANTHONY"}, Sexe: "M", Naissance: "2010-08-07", Lieu: "63220", Numero: "1100863220830", Cle: "60"},
		{Nom: "ECETINSI", Prenoms: composes, Sexe: "M", Naissance: "2009-07-14", Lieu: "63220", Numero: "1090763220834", Cle: "89",
			Histo: []Matricule{{Numero: "2090763220834", Cle: "39"}, {Numero: "2090663220123", Cle: "55"}}},
		{Nom: "D'ARTAGNAN DE L'HERAULT", Prenoms: composes, Sexe: "M", Naissance: "2001-06-17", Lieu: "63220", Numero: "1010663220754", Cle: "60"},
		{Nom: "HERMANN", Prenoms: []string{"GATIEN"}, Sexe: "M", Naissance: "1981-03-24", Lieu: "63220", Numero: "1810363220456", Cle: "60",
			Histo: []Matricule{{Numero: "2810363220456", Cle: "10"}}},
		{Nom: "PROVISOIRE", Prenoms: []string{"MATRICULE"}, Sexe: "M", Naissance: "2009-07-01", Lieu: "63220", Numero: "1090763220888", Cle: "35", OID: OIDNIA},
		{Nom: "DE VINCI", Prenoms: []string{"LEONARDO"}, Sexe: "M", Naissance: "2014-02-01", CR: "02"},
		{Nom: "D'AEION", Prenoms: []string{"COEUR"}, Naissance: "1987-01-25", Technique: true},
	}
}

// Synthetiques are identities of the simulator alone, for what the published
// ones do not show: homonyms that a second first name or the birth place tells
// apart, an official oddity of the history, TIQ with a first name, a child on
// the card of a parent.
func Synthetiques() []Identite {
	return []Identite{
		{Nom: "SYNTHETIQUE-HOMONYME", Prenoms: []string{"ALIX", "PREMIER"}, Sexe: "M", Naissance: "1950-01-01", Lieu: "63220", Numero: "1500163220901", Cle: "51"},
		{Nom: "SYNTHETIQUE-HOMONYME", Prenoms: []string{"ALIX", "SECOND"}, Sexe: "M", Naissance: "1950-01-01", Lieu: "2B020", Numero: "150012B020902", Cle: "87"},
		{Nom: "SYNTHETIQUE-DATES", Prenoms: []string{"DOMINIQUE"}, Sexe: "F", Naissance: "1960-02-02", Lieu: "63220", Numero: "2600263220903", Cle: "10",
			Histo: []Matricule{{Numero: "1600263220903", Cle: "60", Debut: "2010-05-01", Fin: "2009-04-30"}}, DatesDevant: true},
		{Nom: "SYNTHETIQUE-ENFANT", Prenoms: []string{"CAMILLE"}, Sexe: "F", Naissance: "2020-03-03", Lieu: "63220", Numero: "2200363220904", Cle: "45",
			OuvrantDroit: "1500163220901", Rang: "2", AvecPrenom: true},
	}
}

// prenom says that a searched first name is one of the person's, or several of
// them from the first, joined by spaces.
func (i *Identite) prenom(cherche string) bool {
	if slices.Contains(i.Prenoms, cherche) {
		return true
	}
	liste := strings.Join(i.Prenoms, " ")
	return cherche == liste || strings.HasPrefix(liste, cherche+" ")
}

// numeros says that a number is or was the person's.
func (i *Identite) numeros(n string) bool {
	return i.Numero == n || slices.ContainsFunc(i.Histo, func(m Matricule) bool { return m.Numero == n })
}
