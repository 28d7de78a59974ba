package modele

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Moment is the point of the patient's way at which the question is asked.
type Moment uint8

// Moments; the zero value is none and is refused.
const (
	_ Moment = iota
	PreAdmission
	Admission
	Facturation
)

var nomsMoment = [...]string{"", "pre-admission", "admission", "facturation"}

// String gives pre-admission, admission, facturation or nothing.
func (m Moment) String() string {
	if int(m) < len(nomsMoment) {
		return nomsMoment[m]
	}
	return ""
}

// MarshalText gives the text form.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the text form.
func (m *Moment) UnmarshalText(b []byte) error {
	for i, n := range nomsMoment {
		if n == string(b) {
			*m = Moment(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "CDRI-MOMENT", Chemin: "moment", Detail: "pre-admission, admission or facturation is wanted", Err: simphonie.ErrSyntaxe}
}

// Demande asks the rights of one beneficiary. Four criteria are enough: the
// number of the ouvrant droit, birth date and rank of the beneficiary, régime.
type Demande struct {
	EJ     simphonie.FINESS `json:"ej"` // the legal entity that asks
	Moment Moment           `json:"moment"`

	Assure    simphonie.NIR           `json:"assure"`    // of the ouvrant droit, with its key
	Naissance simphonie.DateNaissance `json:"naissance"` // of the beneficiary, lunar dates included
	Rang      string                  `json:"rang"`      // birth rank of the beneficiary, one digit
	Regime    string                  `json:"regime"`    // two digits

	Caisse string `json:"caisse,omitempty"` // three digits, for routing
	Centre string `json:"centre,omitempty"` // four characters at most, for routing
	// Beneficiaire is the beneficiary's own certified number, with its key.
	Beneficiaire simphonie.NIR `json:"beneficiaire,omitzero"`
	// DateReference is the day whose rights are asked; none leaves it to the service.
	DateReference simphonie.Jour `json:"dateReference,omitzero"`
}

// Verifie lists everything that keeps the request from being sent. Numbers
// that are provisional or anonymous never leave (RG_BS602, RG_MF639).
func (d *Demande) Verifie(i Interpretations) simphonie.Anomalies {
	if d == nil {
		return simphonie.Anomalies{regDemande.Anomalie("demande")}
	}
	v := verification{i: i}
	v.si(d.EJ == "", &regEJ, "ej")
	v.si(d.Moment.String() == "", &regMoment, "moment")
	v.si(d.Assure.IsZero(), &regNIRAbsent, "assure")
	v.nir(d.Assure, "assure")
	v.nir(d.Beneficiaire, "beneficiaire")
	v.si(d.Naissance.IsZero(), &regNaissance, "naissance")
	v.si(d.Naissance.SiecleInconnu(), &regSiecle, "naissance")
	v.si(len(d.Rang) != 1 || !chiffres(d.Rang), &regRang, "rang")
	v.si(len(d.Regime) != 2 || !chiffres(d.Regime), &regRegime, "regime")
	v.si(d.Caisse != "" && (len(d.Caisse) != 3 || !chiffres(d.Caisse)), &regCaisse, "caisse")
	v.si(d.Centre != "" && (len(d.Centre) > 4 || !alphanumerique(d.Centre)), &regCentre, "centre")
	return v.anomalies
}

type verification struct {
	i         Interpretations
	anomalies simphonie.Anomalies
}

func (v *verification) si(faux bool, r *simphonie.Regle, champ string) {
	if faux {
		v.anomalies = append(v.anomalies, r.Anomalie("demande."+champ))
	}
}

func (v *verification) nir(n simphonie.NIR, champ string) {
	s := n.Clair()
	switch {
	case s == "":
	case strings.HasPrefix(s, "555555"):
		v.si(true, &regNIRProvisoire, champ)
	case len(s) > 7 && (s[0] == '1' || s[0] == '2') && s[1:7] == "555555":
		v.si(true, &regNIRAnonyme, champ)
	case n.Valide() != nil:
		v.si(true, &regNIR, champ)
	case s[0] == '7' || s[0] == '8':
		v.si(v.i.NIREnCours != NIREnCoursEnvoye, &regNIREnCours, champ)
	}
}

func chiffres(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func alphanumerique(s string) bool {
	return strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Refus is a request that was not sent. It lists every fault, and no personal
// data.
type Refus struct{ Anomalies simphonie.Anomalies }

// Error lists the codes of the faults with their places.
func (r *Refus) Error() string {
	var b strings.Builder
	b.WriteString("request refused:")
	for i := range r.Anomalies {
		b.WriteString(" " + string(r.Anomalies[i].Code) + " (" + r.Anomalies[i].Chemin + ")")
	}
	return b.String()
}
