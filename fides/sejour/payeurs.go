package sejour

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Payeur is who bears the forfait journalier.
type Payeur string

// Payers, with the letter that statistics of stays give the first three.
const (
	PayeurRegime Payeur = "regime" // R: the régime
	PayeurLocal  Payeur = "local"  // L: the régime local
	PayeurAssure Payeur = "assure" // A: the patient, or the insurer that answers for them
	PayeurC2S    Payeur = "c2s"    // A too: the complementary body of the C2S
	PayeurAME    Payeur = "ame"    // the aide médicale de l'État
	PayeurAucun  Payeur = "aucun"  // no forfait journalier is due
)

var lettresPayeur = map[Payeur]string{PayeurRegime: "R", PayeurLocal: "L", PayeurAssure: "A", PayeurC2S: "A", PayeurAME: "", PayeurAucun: ""}

func (p Payeur) connu() bool { _, ok := lettresPayeur[p]; return ok }

// Situation is what decides who bears the forfait journalier.
type Situation string

// Situations, in the order in which they are looked for; it is that of the
// patient forfait of emergencies, which was modelled on the forfait journalier.
const (
	EnAME              Situation = "ame"
	EnDetention        Situation = "detenu"
	EnMaternite        Situation = "maternite"
	EnATMP             Situation = "at-mp"
	EnPensionMilitaire Situation = "pension-militaire"
	EnRegimeLocal      Situation = "local"
	EnC2S              Situation = "c2s"
	Ordinaire          Situation = "ordinaire"
)

// situations is the ordered list; the first that holds decides.
var situations = []struct {
	nom  Situation
	vaut func(*droits.Contexte) bool
}{
	{EnAME, (*droits.Contexte).AME},
	{EnDetention, (*droits.Contexte).Detenu},
	{EnMaternite, func(c *droits.Contexte) bool { return c.Nature == droits.Maternite }},
	{EnATMP, func(c *droits.Contexte) bool { return c.Nature == droits.ATMP }},
	{EnPensionMilitaire, (*droits.Contexte).PensionMilitaire},
	{EnRegimeLocal, (*droits.Contexte).RegimeLocal},
	{EnC2S, (*droits.Contexte).C2S},
	{Ordinaire, func(*droits.Contexte) bool { return true }},
}

// PayeurFJ says who bears the forfait journalier in a situation, and which text
// says so.
type PayeurFJ struct {
	Situation Situation
	Payeur    Payeur
	Periode   simphonie.Periode
	Reference string
}

func (p *PayeurFJ) valide() bool {
	return p.Payeur.connu() && p.Reference != "" && p.Periode.Valide() &&
		slices.ContainsFunc(situationsNoms(), func(s Situation) bool { return s == p.Situation })
}

// contredit says that two rows give two payers to a situation on one day.
func (p *PayeurFJ) contredit(q *PayeurFJ) bool {
	avant := func(a, b simphonie.Periode) bool { return !a.Au.IsZero() && a.Au.Before(b.Du) }
	return p.Situation == q.Situation && p.Payeur != q.Payeur && !avant(p.Periode, q.Periode) && !avant(q.Periode, p.Periode)
}

func situationsNoms() []Situation {
	noms := make([]Situation, len(situations))
	for i := range situations {
		noms[i] = situations[i].nom
	}
	return noms
}

// PayeursPublies lists the situations that public texts settle. In any other
// the payer is loaded (Options.PayeursFJ) or a person decides.
func PayeursPublies() []PayeurFJ {
	const modele = "projet 2020 des urgences, calqué sur le forfait journalier : FJA (assuré), FJR (régime, maternité), régime local"
	return []PayeurFJ{
		{EnDetention, PayeurRegime, simphonie.Periode{Du: simphonie.MustJour("2018-01-01")}, "prise en charge des personnes détenues par le régime général depuis le 01/01/2018 (SP17)"},
		{EnMaternite, PayeurRegime, simphonie.Periode{}, modele},
		{EnRegimeLocal, PayeurLocal, simphonie.Periode{}, modele},
		{Ordinaire, PayeurAssure, simphonie.Periode{}, modele},
	}
}

// payeur finds who bears the forfait journalier of a day.
func (m *moteur) payeur(c *droits.Contexte) (Situation, *PayeurFJ) {
	for _, s := range situations {
		if !s.vaut(c) {
			continue
		}
		for _, ps := range [][]PayeurFJ{m.o.PayeursFJ, m.payeursPublies} {
			for i := range ps {
				if ps[i].Situation == s.nom && ps[i].Periode.Contains(c.Jour) {
					return s.nom, &ps[i]
				}
			}
		}
		return s.nom, nil
	}
	return Ordinaire, nil
}
