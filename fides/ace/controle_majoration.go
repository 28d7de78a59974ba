package ace

import (
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// majorations checks surcharges: hours, days, codes that take them, one of each
// kind for a practitioner.
func (c *controleur) majorations() {
	for i := range c.vues {
		if w := &c.vues[i]; w.Majoration != "" {
			c.majoration(w)
		} else if _, ok := w.Heure.minutes(); w.Heure != "" && !ok {
			c.dit(&ctlHeure, w.rang, "heure", w.nom())
		}
	}
	c.majorationsPraticien()
}

func (c *controleur) majoration(w *vue) {
	lettre := string(w.Majoration)
	ouverte := simphonie.Oui
	if w.lettre != nil {
		switch w.Majoration {
		case Nuit:
			ouverte = w.lettre.Nuit
		case Ferie:
			ouverte = w.lettre.Ferie
		}
		if ouverte.IsZero() {
			c.manque("table 4, majorations", string(w.code))
		}
	}
	if ouverte == simphonie.Non || w.Nomenclature != droits.NGAP {
		c.dit(&ctlMajoration, w.rang, "majoration", w.nom(), lettre)
	}
	if w.Majoration == Urgence {
		return
	}
	minute, ok := w.Heure.minutes()
	switch {
	case !ok:
		c.dit(&ctlHeure, w.rang, "heure", w.nom())
	case w.Majoration == Nuit && !deNuit(minute):
		c.dit(&ctlMajorationNuit, w.rang, "heure", w.nom(), string(w.Heure))
	case w.Majoration == Ferie && (deNuit(minute) || c.ferie(w.Execution) == simphonie.Non):
		c.dit(&ctlMajorationFerie, w.rang, "heure", w.nom(), w.Execution.String(), string(w.Heure))
	}
}

// majorationsPraticien wants one surcharge of each kind for a practitioner over
// the visit, or over the day of a series (RG_CF685).
func (c *controleur) majorationsPraticien() {
	type cle struct {
		ps    Executant
		sorte string
		jour  simphonie.Jour
	}
	nombres, derniers := map[cle]int{}, map[cle]int{}
	var ordre []cle
	compte := func(w *vue, sorte string, n int) {
		k := cle{ps: w.ps, sorte: sorte}
		if w.EnSerie {
			k.jour = w.Execution
		}
		if nombres[k] == 0 {
			ordre = append(ordre, k)
		}
		nombres[k] += n
		derniers[k] = w.rang
	}
	for i := range c.vues {
		w := &c.vues[i]
		if w.Majoration != "" {
			compte(w, string(w.Majoration), 1)
		}
		if w.familles&fCoordination != 0 || w.lettre != nil && w.lettre.Categorie == categorieMajoration {
			compte(w, string(w.code), w.quantite())
		}
	}
	for _, k := range ordre {
		if n := nombres[k]; n > 1 {
			c.dit(&ctlMajorationPraticien, derniers[k], "majoration", k.sorte, strconv.Itoa(n))
		}
	}
}

const categorieMajoration = "majoration"

// coordinationPermise says that MCG, MCS and MCC go with an indicator of the
// care pathway (RG_CF671).
func coordinationPermise(ips string, c2s bool, age simphonie.Age) bool {
	return age.Less(simphonie.AgeAns(16)) || ips != "" && strings.Contains("OMDH", ips) || ips == "S" && c2s
}
