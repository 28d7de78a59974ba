package dossier

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

// Ecart is what moved between two simulations, for the patient.
type Ecart struct {
	Lignes []EcartLigne `json:"lignes,omitempty"` // those that moved
	// AMC is what the insurer takes more, Patient what is left to the patient
	// more; less when negative.
	AMC     simphonie.Montant `json:"amc"`
	Patient simphonie.Montant `json:"patient"`
}

// EcartLigne is what moved on one line. A line that one simulation does not
// have counts for nothing there.
type EcartLigne struct {
	Ligne        int               `json:"ligne"`
	AMCAvant     simphonie.Montant `json:"amcAvant"`
	AMCApres     simphonie.Montant `json:"amcApres"`
	PatientAvant simphonie.Montant `json:"patientAvant"`
	PatientApres simphonie.Montant `json:"patientApres"`
}

// IsZero says that nothing moved.
func (e Ecart) IsZero() bool { return len(e.Lignes) == 0 }

// derniereSIM gives the last simulation that was accepted.
func (d *Dossier) derniereSIM() *Appel {
	for i := len(d.Appels) - 1; i >= 0; i-- {
		if a := &d.Appels[i]; a.simulation() {
			return a
		}
	}
	return nil
}

func (a *Appel) simulation() bool {
	return a.Service == modele.SIM && a.Statut == Repondu && a.Retour != nil && a.Retour.Issue.Sens == modele.Accepte
}

// Simulations gives the accepted simulations, the first first.
func (d *Dossier) Simulations() []Appel {
	var as []Appel
	for i := range d.Appels {
		if d.Appels[i].simulation() {
			as = append(as, d.Appels[i])
		}
	}
	return as
}

// EcartSIM gives what moved between the last two simulations; false when there
// are not two.
func (d *Dossier) EcartSIM() (Ecart, bool, error) {
	as := d.Simulations()
	if len(as) < 2 {
		return Ecart{}, false, nil
	}
	e, err := ecart(&as[len(as)-2], &as[len(as)-1])
	return e, err == nil, err
}

func ecart(a, b *Appel) (Ecart, error) {
	var e Ecart
	var err error
	ajoute := func(t *simphonie.Montant, avant, apres simphonie.Montant) {
		var x simphonie.Montant
		if err == nil {
			if x, err = apres.Sub(avant); err == nil {
				*t, err = t.Add(x)
			}
		}
	}
	if a == nil {
		a = &Appel{}
	}
	amcA, amcB := parLigne(a.Montants), parLigne(b.Montants)
	for i := range max(len(amcA), len(amcB), len(a.Restes), len(b.Restes)) {
		l := EcartLigne{i, au(amcA, i), au(amcB, i), au(a.Restes, i), au(b.Restes, i)}
		if l.AMCAvant != l.AMCApres || l.PatientAvant != l.PatientApres {
			e.Lignes = append(e.Lignes, l)
		}
		ajoute(&e.AMC, l.AMCAvant, l.AMCApres)
		ajoute(&e.Patient, l.PatientAvant, l.PatientApres)
	}
	return e, err
}

// ligneMax bounds the ranks that are read.
const ligneMax = 1 << 16

func parLigne(ms []modele.Montant) []simphonie.Montant {
	var ps []simphonie.Montant
	for _, m := range ms {
		if m.Ligne < 0 || m.Ligne >= ligneMax {
			continue
		}
		for len(ps) <= m.Ligne {
			ps = append(ps, 0)
		}
		ps[m.Ligne] = m.Part
	}
	return ps
}

func au(ms []simphonie.Montant, i int) simphonie.Montant {
	if i < len(ms) {
		return ms[i]
	}
	return 0
}
