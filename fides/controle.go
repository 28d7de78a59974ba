package fides

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// Envoi is what the controls before sending need to know of the sending.
type Envoi struct {
	Le simphonie.Jour // day of transmission
	// Forcage is why an invoice leaves a year or more after care: the caisse
	// asked for it (RG_MF606).
	Forcage string
	// Registre holds what was sent before; nil looks for no duplicates.
	Registre *Registre
	// Renvoi says that the same invoice leaves again, under the same number,
	// after a negative ARL.
	Renvoi bool
	// Remplace is the number of the invoice that this one corrects, after its
	// reject: the correction has a number of its own.
	Remplace b2.NumeroFacture
	// JoursNouveauNe is how many days after birth care is exempt, 30 when zero
	// (the same reading as URG-I-NOUVEAU-NE).
	JoursNouveauNe int
}

// Controler checks an invoice before it is sent: age against code and date,
// affiliation and rights, exemption against rights, delay, duplicates. It
// gives all that is wrong at once and changes nothing: Registre.Inscrit keeps
// what was sent.
func Controler(f *facture.Facture, d *Dossier, e Envoi) simphonie.Anomalies {
	v := conversion{f: f, d: d, situation: situationDe(&d.Contexte), joursNouveauNe: joursNouveauNe}
	if e.JoursNouveauNe > 0 {
		v.joursNouveauNe = e.JoursNouveauNe
	}
	v.ages()
	v.examineOrganisme()
	if !d.Contexte.Ouverts && !d.Contexte.RSS() {
		v.dit(&regDroitsFermes, "contexte", d.Contexte.Jour.String())
	}
	v.exonerationsProuvees()
	v.delais(&e)
	if e.Registre != nil {
		v.doublons(&e)
	}
	return v.anomalies
}

func cheminLigne(i int) string { return "lignes[" + strconv.Itoa(i) + "]" }

// ages compares the age on the day of each line to the band of its code.
func (v *conversion) ages() {
	for i := range v.f.Lignes {
		l := &v.f.Lignes[i]
		ts, ok := tranches[l.Code]
		if !ok {
			continue
		}
		age, err := v.d.Patient.Naissance.AgeLe(l.Execution)
		if err != nil {
			v.dit(&regAgeInconnu, cheminLigne(i), string(l.Code), l.Execution.String())
			continue
		}
		dans := false
		for j := range ts {
			dans = dans || ts[j].periode.Contains(l.Execution) && ts[j].contient(age)
		}
		if !dans {
			v.dit(&regAge, cheminLigne(i), string(l.Code), l.Execution.String())
		}
	}
}

// joursNouveauNe is, unless the caller says otherwise, how long after birth care is exempt (RG_VF501).
const joursNouveauNe = 30

// preuve is a right that explains an exemption of FPX.
type preuve struct {
	exo  facture.Exoneration
	vaut func(*droits.Contexte, *conversion) bool
}

// preuves is the table of exempt situations (RG_VF501) that rights show. The
// others (attentat, violence sexuelle sur mineur) want a decision.
var preuves = []preuve{
	{facture.ExoAucune, func(c *droits.Contexte, _ *conversion) bool { return c.Nature == droits.Maternite }},
	{facture.ExoRegimeSpecial, func(c *droits.Contexte, _ *conversion) bool { return c.CANSSM() }},
	{facture.ExoBeneficiaire, func(c *droits.Contexte, _ *conversion) bool {
		return c.PensionMilitaire() || c.Invalidite() || c.Detenu() || c.RenteAT()
	}},
	{facture.ExoTraitement, func(_ *droits.Contexte, v *conversion) bool { return v.nouveauNe() }},
}

func (v *conversion) nouveauNe() bool {
	n, err := v.d.Patient.Naissance.PourCalcul()
	if err != nil || v.d.Patient.Naissance.Lunaire() {
		return false
	}
	j := v.d.Contexte.Jour.DaysSince(n)
	return j >= 0 && j <= v.joursNouveauNe
}

// exonerationsProuvees wants, for each patient forfait, the right that
// explains it, and no right that would have given another.
func (v *conversion) exonerationsProuvees() {
	if v.situation == situationAME {
		return
	}
	c := &v.d.Contexte
	exonere := false
	for i := range preuves {
		exonere = exonere || preuves[i].vaut(c, v)
	}
	reduit := c.ALD() || c.Nature == droits.ATMP
	cfu := v.a("CFU")
	for i := range v.f.Lignes {
		l := &v.f.Lignes[i]
		prouve, omis := true, false
		switch prestations[l.Code].famille {
		case fExonere:
			prouve = v.d.Exoneration != Decision{} || v.prouve(l.Exoneration)
		case fCFU:
			prouve = l.Exoneration == facture.ExoALD && c.ALD() || l.Exoneration == facture.ExoAucune && c.Nature == droits.ATMP
		case fLocal:
			prouve, omis = c.RegimeLocal(), exonere || reduit && !cfu
		case fPatient:
			omis = exonere || reduit && !cfu || c.RegimeLocal()
		}
		if !prouve {
			v.dit(&regExoDroits, cheminLigne(i), string(l.Code), l.Exoneration.String())
		}
		if omis {
			v.dit(&regExoOmise, cheminLigne(i), string(l.Code))
		}
	}
}

func (v *conversion) prouve(x facture.Exoneration) bool {
	for i := range preuves {
		if preuves[i].exo == x && preuves[i].vaut(&v.d.Contexte, v) {
			return true
		}
	}
	return false
}

func (v *conversion) a(code string) bool {
	for i := range v.f.Lignes {
		if string(v.f.Lignes[i].Code) == code {
			return true
		}
	}
	return false
}

// delais wants less than a year between care and sending (RG_MF606).
func (v *conversion) delais(e *Envoi) {
	force := false
	for i := range v.f.Lignes {
		l := &v.f.Lignes[i]
		switch {
		case l.Execution.After(e.Le):
			v.dit(&regFutur, cheminLigne(i), string(l.Code), l.Execution.String())
		case e.Le.Before(l.Execution.AddMonths(12)):
		case e.Forcage != "":
			force = true
		default:
			v.dit(&regDelai, cheminLigne(i), string(l.Code), l.Execution.String())
		}
	}
	if force {
		v.dit(&regDelaiForce, "forcage")
	}
}

// doublons looks for the number, and for the same care of the same person, in
// what was sent.
func (v *conversion) doublons(e *Envoi) {
	if e.Renvoi {
		return
	}
	r := e.Registre
	if r.connait(r.deNumero(v.f.FINESS, v.d.Numero)) {
		v.dit(&regDoublonNumero, "numero", string(v.d.Numero))
	}
	for i, n := range v.d.NumerosSuite {
		if r.connait(r.deNumero(v.f.FINESS, n)) {
			v.dit(&regDoublonNumero, "numerosSuite["+strconv.Itoa(i)+"]", string(n))
		}
	}
	if e.Remplace != "" && e.Remplace != v.d.Numero && r.connait(r.deNumero(v.f.FINESS, e.Remplace)) {
		return
	}
	if r.connait(r.deVenue(v.f, v.d)) {
		v.dit(&regDoublonVenue, "venue", v.f.Venue)
	}
	for i := range v.f.Lignes {
		l := &v.f.Lignes[i]
		if premiere(v.f, i) && r.connait(r.deLigne(v.d, l)) {
			v.dit(&regDoublonLigne, cheminLigne(i), string(l.Code), l.Execution.String())
		}
	}
}

// premiere says that no line before has the code and day of this one: several
// advices of a day are one fact.
func premiere(f *facture.Facture, i int) bool {
	for j := range i {
		if f.Lignes[j].Code == f.Lignes[i].Code && f.Lignes[j].Execution == f.Lignes[i].Execution {
			return false
		}
	}
	return true
}

// Bounds of the date of a lot when it is received.
const (
	lotJoursAvant = 90
	lotJoursApres = 2
)

// ControlerLot checks the date of a lot against the day of its reception.
func ControlerLot(l Lot, reception simphonie.Jour) simphonie.Anomalies {
	switch j := reception.DaysSince(l.Date); {
	case j > lotJoursAvant:
		return simphonie.Anomalies{regLotAge.Anomalie("lot.date", l.Date.String())}
	case -j > lotJoursApres:
		return simphonie.Anomalies{regLotFutur.Anomalie("lot.date", l.Date.String())}
	}
	return nil
}
