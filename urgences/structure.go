package urgences

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Controler applies the controls of structure to the lines of a visit, from
// this engine or another, and returns every fault: one age forfait and one
// patient forfait, supplements with their support and age, nothing that does
// not go with an age forfait. Only Code, Support, Execution, amounts and the
// specialty of a line are read.
func Controler(p *Passage, lignes []facture.Ligne, o *Options) (simphonie.Anomalies, error) {
	if err := valide(p, o); err != nil {
		return nil, err
	}
	m := moteur{p: p, o: o, contenu: partPatient | forfaits}
	m.examine()
	if m.r.Anomalies.Stoppent() || m.jeu == nil {
		return m.r.Anomalies, nil
	}
	m.resoutDroits()
	return append(m.r.Anomalies, m.structure(lignes, "lignes", partPatient|forfaits)...), nil
}

// controle is one walk over the lines of an invoice.
type controle struct {
	p      *Passage
	jeu    *jeu
	soins  tarif.Code // SUN, SUF or nothing, by the hour of the start of care
	c2s    bool
	jour   simphonie.Jour // of the start of care
	aUnAge bool           // on that day
	lignes []facture.Ligne
	liste  string // path of the lines
	as     simphonie.Anomalies
}

func (m *moteur) structure(lignes []facture.Ligne, chemin string, c contenu) simphonie.Anomalies {
	k := controle{p: m.p, jeu: m.jeu, jour: m.jour, c2s: m.ctx.C2S() && !m.ctx.AME(), lignes: lignes, liste: chemin}
	_, err := m.p.Naissance.AgeLe(m.jour)
	k.aUnAge = err == nil
	k.soins, _ = plagesFU.code(m.debut, m.cal, m.o.Interpretations.Bornes)
	if c&forfaits != 0 {
		k.supplements()
	}
	if c&partPatient != 0 {
		k.patient()
	}
	for i := range lignes {
		k.ligne(i)
	}
	return k.as
}

func (k *controle) faute(r *simphonie.Regle, i int, valeurs ...string) {
	chemin := k.liste
	if i >= 0 {
		chemin = rang(k.liste, i)
	}
	k.as = append(k.as, r.Anomalie(chemin, valeurs...))
}

// compte gives the number of lines of some codes.
func (k *controle) compte(cs ...tarif.Code) int {
	n := 0
	for i := range k.lignes {
		if slices.Contains(cs, k.lignes[i].Code) {
			n++
		}
	}
	return n
}

// supplements applies the limits of number.
func (k *controle) supplements() {
	if n := k.compte(codesFU...); n != 1 {
		k.faute(&regFUUnique, -1, strconv.Itoa(n))
	}
	for _, u := range [...]struct {
		regle *simphonie.Regle
		codes []tarif.Code
	}{
		{&regImagerieUnique, []tarif.Code{SIM, SIC}}, {&regBiologieUnique, []tarif.Code{SUB, SB2, SB3}},
		{&regCCMUUnique, []tarif.Code{SU2, SU3}}, {&regPEUnique, []tarif.Code{PE1, PE2}},
		{&regNuitFerieUnique, []tarif.Code{SUN, SUF}}, {&regTransportUnique, []tarif.Code{SUM}},
	} {
		if k.compte(u.codes...) > 1 {
			k.faute(u.regle, -1)
		}
	}
}

// patient applies RG_VF507 and RG_VF508.
func (k *controle) patient() {
	if n := k.compte(codesPatient...); n != 1 {
		k.faute(&regPatientUnique, -1, strconv.Itoa(n))
	}
	cfu, minores := k.compte(CFU), k.compte(FPV, FPM)
	if cfu > 1 {
		k.faute(&regCFUUnique, -1)
	}
	if (cfu > 0) != (minores > 0) {
		k.faute(&regCFUMinore, -1)
	}
}

// ligne applies the controls of one line.
func (k *controle) ligne(i int) {
	l := &k.lignes[i]
	c := l.Code
	if l.Execution != k.jour && (estFU(c) || estPartPatient(c) || slices.Contains(codesComplements, c)) {
		k.faute(&regDateLigne, i, string(c), k.jour.String())
	}
	switch {
	case estFU(c):
		k.bande(i, k.jeu.ages, &regFUAge)
	case slices.Contains(agesBiologieCodes, c):
		k.sousFU(i)
		k.bande(i, agesBiologie, &regBiologieAge)
	case c == PE1, c == PE2:
		k.sousFU(i)
		if k.compte(FU0, FU1) == 0 {
			k.faute(&regPEAge, i, string(c))
		}
		if !k.jeu.enfants {
			k.faute(&regHorsPeriode, i, string(c), l.Execution.String())
		}
	case c == SUN, c == SUF:
		k.sousFU(i)
		if k.soins != c {
			k.faute(&regNuitFerieHeure, i, string(c))
		}
	case c == SSN, c == SSF:
		k.sousFU(i)
		k.surSupport(i)
	case c == SAS:
		k.sousFU(i)
		k.specialite(i)
	case slices.Contains(codesFT, c):
		if k.compte(codesFU...) > 0 && k.compte(SIC) == 0 {
			k.faute(&regForfaitTechniqueSIC, i, string(c))
		}
	case slices.Contains(codesComplements, c), c == SIM, c == SIC:
		k.sousFU(i)
	case estPartPatient(c):
	case k.compte(codesFU...) > 0:
		k.faute(&regCumul, i, string(c))
	default:
		k.faute(&regCodeInconnu, i, string(c))
	}
	if k.c2s {
		if reste := l.Honoraires - l.MRO - l.MRC; reste != 0 {
			k.faute(&regC2SReste, i, string(c), reste.String())
		}
	}
}

var agesBiologieCodes = []tarif.Code{SUB, SB2, SB3}

// bande checks that the code of a line is that of the age on its day.
func (k *controle) bande(i int, bs []bande, r *simphonie.Regle) {
	l := &k.lignes[i]
	if !slices.ContainsFunc(bs, func(b bande) bool { return b.code == l.Code }) {
		k.faute(&regHorsPeriode, i, string(l.Code), l.Execution.String())
		return
	}
	age, err := k.p.Naissance.AgeLe(l.Execution)
	if err != nil {
		if k.aUnAge { // otherwise the birth date itself has been reported
			k.faute(&regNaissanceApres, i, l.Execution.String())
		}
		return
	}
	if attendu := codeAge(bs, age); attendu != l.Code {
		k.faute(r, i, string(l.Code), l.Execution.String(), string(attendu))
	}
}

func (k *controle) sousFU(i int) {
	if k.compte(codesFU...) == 0 {
		k.faute(&regSansFU, i, string(k.lignes[i].Code))
	}
}

// surSupport checks that SSN or SSF completes one support, alone.
func (k *controle) surSupport(i int) {
	l := &k.lignes[i]
	if l.Support < 0 || l.Support >= len(k.lignes) || !porteSS(k.lignes[l.Support].Code) {
		k.faute(&regSSSupport, i, string(l.Code))
		return
	}
	for j := range i {
		if slices.Contains(codesSS, k.lignes[j].Code) && k.lignes[j].Support == l.Support {
			k.faute(&regSSExclusif, i)
		}
	}
}

// porteSS says that a line may carry SSN or SSF.
func porteSS(c tarif.Code) bool { return c == SAS || c == SIM || c == SIC }

// specialite checks that no earlier SAS is of the same specialty.
func (k *controle) specialite(i int) {
	d := k.lignes[i].Detail.Urgence
	if d == nil || d.Specialite == "" {
		k.faute(&regAvisSpecialite, i)
		return
	}
	for j := range i {
		if e := k.lignes[j].Detail.Urgence; k.lignes[j].Code == SAS && e != nil && d.Specialite == e.Specialite {
			k.faute(&regAvisSpecialite, i)
			return
		}
	}
}

// liste joins codes for a message.
func liste(cs []string) string {
	if len(cs) == 0 {
		return "aucun"
	}
	return strings.Join(cs, ", ")
}
