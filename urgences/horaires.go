package urgences

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// plages are the hours of one family of night and holiday supplements. The two
// families do not share them.
type plages struct {
	nuit, ferie tarif.Code
	// The night runs from debutNuit to 8:00. soiree is the hour from which any
	// day counts as holiday, samedi the one from which Saturday does; 24 is never.
	debutNuit, soiree, samedi int
}

var (
	// plagesFU: night from 22:00; evening from 20:00, Saturday from 14:00.
	plagesFU = plages{SUN, SUF, 22, 20, 14}
	// plagesSupport: night from 20:00, no evening, no Saturday afternoon.
	plagesSupport = plages{SSN, SSF, 20, 24, 24}
)

const finNuit = 8

// code gives the supplement of an instant, in the zone of the establishment,
// or "". borne says that the instant is the minute of a bound, where the
// reading of URG-I-BORNES decides.
func (p *plages) code(t time.Time, cal Calendrier, b Bornes) (c tarif.Code, borne bool) {
	h, m, _ := t.Clock()
	if m == 0 {
		switch h {
		case finNuit, p.debutNuit:
			borne = true
		case p.soiree:
			borne = true
		case p.samedi:
			borne = t.Weekday() == time.Saturday
		}
	}
	if borne && b == BornesFinIncluse {
		h-- // the minute still belongs to the window that ends
	}
	switch {
	case h >= p.debutNuit || h < finNuit:
		return p.nuit, borne
	case h >= p.soiree,
		t.Weekday() == time.Saturday && h >= p.samedi,
		t.Weekday() == time.Sunday,
		cal.Ferie(simphonie.JourOf(t)):
		return p.ferie, borne
	}
	return "", borne
}
