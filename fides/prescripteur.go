package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// Condition is how a doctor practises (RG_IP601).
type Condition string

// Conditions.
const (
	Liberal  Condition = "L"
	Salarie  Condition = "S"
	Benevole Condition = "B"
)

// Prescripteur is who asked for an examination. Each record writes it in its
// own way.
type Prescripteur struct {
	Condition  Condition
	NumeroAM   string           // of a liberal doctor, nine digits
	Structure  simphonie.FINESS // where he prescribes; that of a salaried doctor is compulsory
	Specialite string           // of a salaried doctor
	RPPS       simphonie.RPPS   // when known: it makes a 3E or a 4E
	Date       simphonie.Jour   // of the prescription
	Origine    string           // T, O, P or S (RG_IP600)
}

// complet says that the records find what they want.
func (p *Prescripteur) complet() bool {
	switch p.Condition {
	case Liberal:
		return p.NumeroAM != "" && !p.Date.IsZero()
	case Salarie, Benevole:
		return p.Structure != "" && !p.Date.IsZero()
	}
	return false
}

// specialite is written for a salaried doctor only.
func (p *Prescripteur) specialite() string {
	if p.Condition == Salarie {
		return p.Specialite
	}
	return ""
}

// type3S: the number of a liberal doctor, the establishment of any other.
func (p *Prescripteur) type3S(s *b2.Type3S) {
	s.Prescripteur = p.Structure.NormeB2()
	if p.Condition == Liberal {
		s.Prescripteur = p.NumeroAM
	}
	s.ConditionPrescripteur, s.SpecialitePrescripteur = string(p.Condition), p.specialite()
	s.DatePrescription, s.OriginePrescription = p.Date, p.Origine
}

// type4: the number of a liberal doctor, nothing for any other.
func (p *Prescripteur) type4(q *b2.Type4, s *b2.Type4S) {
	if p.Condition == Liberal {
		q.Prescripteur = p.NumeroAM
	}
	q.SpecialitePrescripteur, q.OriginePrescription = p.specialite(), p.Origine
	s.ConditionPrescripteur = string(p.Condition)
}
