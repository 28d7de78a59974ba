package mandat

import (
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// forme is the form in which a mandate is kept.
const forme = "simphonie.diapason.mandat/1"

// Proposition is an agreement as it is shown to the patient.
type Proposition struct {
	Numero  string // ours, unique at the platform, without personal data
	Dossier string // the episode, by an internal number
	EJ      simphonie.FINESS
	// Admission is the explicit statement that admission is ruled out, or that
	// none is awaited.
	Admission  Admission
	Politique  Politique
	Plafond    simphonie.Montant
	DateLimite simphonie.Jour
	Contact    modele.Contact
}

// New makes the mandate that is proposed to the patient, at an hour. The
// limits are mandatory, and do not change afterwards.
func New(d Proposition, quand time.Time) (Mandat, error) {
	if err := d.Politique.Verifie(); err != nil {
		return Mandat{}, err
	}
	jour, err := d.Politique.Jour(quand)
	if err != nil {
		return Mandat{}, err
	}
	m := Mandat{Forme: forme, Numero: d.Numero, Dossier: d.Dossier, EJ: d.EJ, Politique: d.Politique, Plafond: d.Plafond, DateLimite: d.DateLimite, Contact: d.Contact, Etat: Propose}
	switch {
	case d.Admission != AdmissionEcartee && d.Admission != HorsUrgences:
		return Mandat{}, erreur(&regAdmission, "admission", "to be stated: the debit is proposed once admission is ruled out")
	case !jour.Before(d.DateLimite):
		return Mandat{}, erreur(&regDateLimite, "dateLimite", "missing, or not after today")
	}
	if err := m.termes(); err != nil {
		return Mandat{}, err
	}
	p := &pas{m: &m, quand: quand.UTC().Truncate(time.Microsecond), jour: jour}
	p.note("proposition", append([]Valeur{v("admission", d.Admission.String())}, m.proposes()...)...)
	return m, nil
}

func v(nom, texte string) Valeur { return Valeur{nom, texte} }

// termes checks what never changes.
func (m *Mandat) termes() error {
	switch {
	case !modele.Reference(m.Numero, 40) || !modele.Reference(m.Dossier, 40) || m.EJ.Valide() != nil:
		return erreur(&regProposition, "numero, dossier, ej", "two references of ours and the FINESS of the legal entity are wanted")
	case m.Plafond <= 0:
		return erreur(&regPlafond, "plafond", "a positive ceiling is wanted")
	case m.DateLimite.IsZero():
		return erreur(&regDateLimite, "dateLimite", "a limit date is wanted")
	case !joignable(m.Contact):
		return erreur(&regContact, "contact", "a telephone number of 6 to 15 digits or an address of e-mail is wanted")
	}
	return nil
}

// joignable says that the contact has the look of one.
func joignable(c modele.Contact) bool {
	tel, mel := c.Telephone.Clair(), c.Mel.Clair()
	chiffres := 0
	for i, r := range tel {
		switch {
		case r >= '0' && r <= '9':
			chiffres++
		case r == ' ', r == '.', r == '-', r == '+' && i == 0:
		default:
			return false
		}
	}
	if tel != "" && (chiffres < 6 || chiffres > 15) {
		return false
	}
	avant, apres, ok := strings.Cut(mel, "@")
	if mel != "" && (!ok || avant == "" || apres == "" || len(mel) > 256 || strings.ContainsAny(mel, " \t\r\n,;")) {
		return false
	}
	return tel != "" || mel != ""
}
