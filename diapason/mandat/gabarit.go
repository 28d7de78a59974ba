package mandat

import (
	"strings"
	"unicode"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// Gabarit is the text of the notices of an establishment. It says the amount,
// the establishment, the due date, and where to change the means of payment.
type Gabarit struct {
	version, texte         string
	etablissement, contact string
}

// TexteAvis is a text that NewGabarit takes, of one SMS.
const TexteAvis = "{etablissement} : {montant} seront prélevés à partir du {echeance} sur la carte de votre accord. Autre moyen de paiement : {contact}"

// interdits are words that would tell who the patient is, or why they came.
var interdits = []string{"patient", "nir", "securite sociale", "naissance", "madame", "monsieur", "mme", "nom", "prenom", "service", "unite", "urgence", "urgences",
	"consultation", "acte", "soin", "soins", "diagnostic", "maladie", "hospitalisation", "sejour", "chirurgie", "maternite", "psychiatrie", "cancer", "oncologie",
	"examen", "radio", "radiologie", "medecin", "docteur", "dr", "dossier", "ipp", "iep", "mutuelle", "ordonnance", "traitement"}

// NewGabarit checks a text: {montant}, {etablissement}, {echeance} and
// {contact} stand in it once each, and nothing else is filled in. Words that
// speak of identity or care, and long numbers, are refused as far as a list can
// tell: somebody has to read the text too. The name of the establishment must
// not name a kind of care either; contact serves to change the means of payment.
func NewGabarit(version, texte, etablissement, contact string) (Gabarit, error) {
	faux := func(chemin, detail string) (Gabarit, error) {
		return Gabarit{}, erreur(&regGabarit, chemin, detail)
	}
	reste := texte
	for _, champ := range []string{"{montant}", "{etablissement}", "{echeance}", "{contact}"} {
		if strings.Count(texte, champ) != 1 {
			return faux("texte", champ+" is wanted once")
		}
		reste = strings.Replace(reste, champ, "", 1)
	}
	switch {
	case !modele.Reference(version, 40):
		return faux("version", "a text has a version")
	case strings.ContainsAny(reste, "{}") || len(texte) > 500 || !lisible(texte):
		return faux("texte", "500 printable characters at most, and no other field")
	case indiscret(reste) || chiffres(reste) > 0:
		return faux("texte", "a word or a number may tell who the patient is, or why they came")
	case etablissement == "" || len(etablissement) > 100 || !lisible(etablissement) || chiffres(etablissement) > 4:
		return faux("etablissement", "1 to 100 printable characters, without a long number")
	case contact == "" || len(contact) > 100 || !lisible(contact) || chiffres(contact) > 12:
		return faux("contact", "a telephone number or an address, 1 to 100 printable characters")
	}
	return Gabarit{version, texte, etablissement, contact}, nil
}

// IsZero says that there is no text.
func (g Gabarit) IsZero() bool { return g == Gabarit{} }

// Version is kept with the notice, as evidence.
func (g Gabarit) Version() string { return g.version }

// Texte fills the text in.
func (g Gabarit) Texte(montant simphonie.Montant, echeance simphonie.Jour) string {
	a, m, j := echeance.Date()
	deux := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	jour := deux(j) + "/" + deux(int(m)) + "/" + deux(a/100) + deux(a%100)
	return strings.NewReplacer("{montant}", montant.Euros(), "{etablissement}", g.etablissement, "{echeance}", jour, "{contact}", g.contact).Replace(g.texte)
}

func lisible(s string) bool {
	for _, r := range s {
		if !unicode.IsPrint(r) && r != ' ' {
			return false
		}
	}
	return true
}

func chiffres(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

var sansAccent = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "à", "a", "ô", "o", "î", "i", "ç", "c", "’", " ", "'", " ")

// indiscret finds the words that are not to be written.
func indiscret(s string) bool {
	mots := " " + strings.Join(strings.FieldsFunc(sansAccent.Replace(strings.ToLower(s)), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	for _, m := range interdits {
		if strings.Contains(mots, " "+m+" ") {
			return true
		}
	}
	return false
}
