package roctest

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Garantie is how a simulated contract pays a line, in whole cents:
//
//	part   = Ticket % of (BaseAMC − PartAMO) + Depassement % of (Honoraires − BaseAMC),
//	         each product rounded half up to the cent and none below 0;
//	         at most Plafonds of the line's code times its quantity;
//	         at most what is left
//	left   = Honoraires − PartAMO − what the insurers before have said
//	reste  = left − part
//
// It is a rule of this simulator, that a client's figures can be checked by.
type Garantie struct {
	Ticket      simphonie.Taux               // of the ticket modérateur
	Depassement simphonie.Taux               // of what is asked beyond the base
	Plafonds    map[string]simphonie.Montant // a unit, by code of the line
	Exclus      []string                     // codes of lines that it does not cover
}

// ligne is what a guarantee looks at in a line of the request.
type ligne struct {
	code                                 string
	quantite                             int64
	honoraires, partAMO, baseAMC, autres simphonie.Montant
}

// tient says that a line can be paid: nothing negative, no more said by the
// others than what is asked.
func (l *ligne) tient() bool {
	return l.honoraires >= 0 && l.partAMO >= 0 && l.baseAMC >= 0 && l.autres >= 0 && l.partAMO+l.autres <= l.honoraires
}

func (g *Garantie) exclut(l *ligne) bool { return slices.Contains(g.Exclus, l.code) }

// paie gives the part of the insurer and what is left to the patient. Amounts
// are bounded by their form: nothing overflows.
func (g *Garantie) paie(l *ligne) (part, reste simphonie.Montant, err error) {
	ticket, err := g.Ticket.Of(max(0, l.baseAMC-l.partAMO), simphonie.DemiSup)
	if err != nil {
		return 0, 0, err
	}
	depassement, err := g.Depassement.Of(max(0, l.honoraires-l.baseAMC), simphonie.DemiSup)
	if err != nil {
		return 0, 0, err
	}
	part = ticket + depassement
	if plafond, ok := g.Plafonds[l.code]; ok {
		part = min(part, plafond*simphonie.Montant(l.quantite))
	}
	reste = l.honoraires - l.partAMO - l.autres
	part = min(part, reste)
	return part, reste - part, nil
}
