package projet2020

import (
	"cmp"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Controler applies the controls of structure to the lines of a visit, from
// this engine or another, and returns every fault. Code, Support, Execution,
// Reference, CoefMCO and amounts are read; a line without a day is of the start
// of care.
func Controler(p *Passage, lignes []facture.Ligne, o *Options) (simphonie.Anomalies, error) {
	m, err := nouveau(p, o)
	if err != nil {
		return nil, err
	}
	m.examine(true)
	if m.r.Anomalies.Stoppent() {
		return m.r.Anomalies, nil
	}
	if m.jour.Before(debutProjet) {
		return append(m.r.Anomalies, regHorsProjet.Anomalie("debutSoins", m.jour.String())), nil
	}
	if m.cat, err = o.catalogue(m.jour); err != nil {
		return nil, err
	}
	m.resoutDroits()
	d := m.decline()
	return append(m.r.Anomalies, m.structure(lignes, d.declinaison, true)...), nil
}

// structure is the list of controls; entier says that the forfait is expected.
func (m *moteur) structure(lignes []facture.Ligne, d Declinaison, entier bool) simphonie.Anomalies {
	k := inspection{m: m, lignes: lignes, declinaison: d}
	if entier {
		k.nombre(&regForfaitUnique, m.cat.estForfait)
	}
	k.nombre(&regPatientUnique, m.cat.estPatient)
	k.contextes()
	for i := range lignes {
		k.ligne(i)
	}
	k.natures()
	return k.as
}

// inspection is one walk over the lines of an invoice.
type inspection struct {
	m           *moteur
	lignes      []facture.Ligne
	declinaison Declinaison
	as          simphonie.Anomalies
}

func (k *inspection) faute(r *simphonie.Regle, i int, valeurs ...string) {
	chemin := "lignes"
	if i >= 0 {
		chemin = rang(chemin, i)
	}
	k.as = append(k.as, r.Anomalie(chemin, valeurs...))
}

func (k *inspection) compte(est func(tarif.Code) bool) int {
	n := 0
	for i := range k.lignes {
		if est(k.lignes[i].Code) {
			n++
		}
	}
	return n
}

func (k *inspection) nombre(r *simphonie.Regle, est func(tarif.Code) bool) {
	if n := k.compte(est); n != 1 {
		k.faute(r, -1, strconv.Itoa(n))
	}
}

// contextes wants one supplement a context.
func (k *inspection) contextes() {
	for _, x := range contextes {
		n := k.compte(func(c tarif.Code) bool {
			s, ok := k.m.cat.supplement(c)
			return ok && s.Contexte == x
		})
		if n > 1 {
			k.faute(&regSupplementUnique, -1, string(x))
		}
	}
}

// ligne applies the controls of one line.
func (k *inspection) ligne(i int) {
	l, cat := &k.lignes[i], k.m.cat
	_, supplement := cat.supplement(l.Code)
	switch {
	case cat.estForfait(l.Code):
		k.bande(i)
	case supplement:
		if s := l.Support; s < 0 || s >= len(k.lignes) || !cat.estForfait(k.lignes[s].Code) {
			k.faute(&regSansForfait, i, string(l.Code))
		}
	case cat.estPatient(l.Code):
		if attendu := cat.patient(k.declinaison); l.Code != attendu {
			k.faute(&regDeclinaison, i, string(l.Code), string(k.declinaison), string(attendu))
		}
		if l.CoefMCO != 0 && l.CoefMCO != simphonie.Un {
			k.faute(&regModule, i, l.CoefMCO.String())
		}
	default:
		k.faute(&regHorsCatalogue, i, string(l.Code))
	}
	if k.m.ctx.C2S() {
		if reste := l.Honoraires - l.MRO - l.MRC; reste != 0 {
			k.faute(&regC2SReste, i, string(l.Code), reste.String())
		}
	}
}

// bande checks that the code of a line is that of the age on its day.
func (k *inspection) bande(i int) {
	l := &k.lignes[i]
	j := cmp.Or(l.Execution, k.m.jour)
	age, err := k.m.p.Naissance.AgeLe(j)
	if err != nil {
		k.faute(&regNaissance, i)
		return
	}
	if attendu := k.m.cat.forfait(age); attendu != l.Code {
		k.faute(&regForfaitAge, i, string(l.Code), j.String(), string(attendu))
	}
}

// natures wants one nature d'assurance on the days of the lines. The organisme
// is that of the one acquisition.
func (k *inspection) natures() {
	vus := map[simphonie.Jour]bool{k.m.jour: true}
	for i := range k.lignes {
		j := cmp.Or(k.lignes[i].Reference, k.lignes[i].Execution, k.m.jour)
		if vus[j] {
			continue
		}
		vus[j] = true
		r := k.m.droitsLe(j)
		k.as = append(k.as, r.Anomalies...)
		if r.Contexte.Nature != k.m.ctx.Nature {
			k.faute(&regNature, i, j.String())
		}
	}
}
