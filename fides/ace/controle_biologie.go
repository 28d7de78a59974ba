package ace

import (
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

const (
	nabmNuit    = "9001"
	nabmFerie   = "9004"
	nabmForfait = "9107"
	// Complements of the minimum of a blood sample.
	complementMin, complementMax = 9905, 9926
)

// analyse checks one analysis.
func (c *controleur) analyse(w *vue) {
	code := w.Analyse.Code
	if w.IST && !droits.ActeIST(code) {
		c.dit(&ctlIST, w.rang, "ist", code)
	}
	minute, ok := w.Heure.minutes()
	switch code {
	case nabmNuit:
		if !ok {
			c.dit(&ctlHeure, w.rang, "heure", code)
		} else if !deNuit(minute) {
			c.dit(&ctl9001, w.rang, "heure", string(w.Heure))
		}
	case nabmFerie:
		samedi := w.Execution.Weekday() == time.Saturday
		switch {
		case samedi && !ok:
			c.dit(&ctlHeure, w.rang, "heure", code)
		case !(samedi && minute >= midi) && !w.Execution.IsZero() && c.ferie(w.Execution) == simphonie.Non:
			c.dit(&ctl9004, w.rang, "heure", w.Execution.String(), string(w.Heure))
		}
	case nabmForfait:
		switch c.v.Etablissement.EPS {
		case simphonie.Oui:
			c.dit(&ctl9107, w.rang, "analyse.code")
		case simphonie.Non:
		default:
			c.dit(&ctlEPS, w.rang, "analyse.code")
		}
	}
}

// biologie checks the analyses of a day against one another.
func (c *controleur) biologie() {
	for _, g := range c.groupes(cumulJour) {
		nombres := map[string]int{}
		var vues []*vue
		for _, i := range g.lignes {
			if w := &c.vues[i]; w.Analyse != nil && !w.Execution.IsZero() {
				vues = append(vues, w)
				nombres[w.Analyse.Code] += w.quantite()
			}
		}
		if len(vues) > 0 {
			c.biologieJour(g.jour, vues, nombres)
			c.cotations(g.jour, vues)
		}
	}
}

func (c *controleur) biologieJour(j simphonie.Jour, vues []*vue, nombres map[string]int) {
	dites := map[string]bool{}
	for k := len(vues) - 1; k >= 0; k-- {
		w := vues[k]
		code := w.Analyse.Code
		if w.analyse == nil || dites[code] {
			continue
		}
		dites[code] = true
		if m, n := w.analyse.Max, nombres[code]; m > 0 && n > m {
			c.dit(&ctlNABMMax, w.rang, "analyse.code", code, strconv.Itoa(n), j.String(), strconv.Itoa(m))
		}
		for _, autre := range distincts(w.analyse.Incompatibles) {
			paire := min(code, autre) + " " + max(code, autre)
			if autre != code && nombres[autre] > 0 && !dites[paire] {
				dites[paire] = true
				c.dit(&ctlNABMIncompatible, w.rang, "analyse.code", min(code, autre), max(code, autre), j.String())
			}
		}
	}
	for _, r := range []struct {
		regle  *simphonie.Regle
		liste  nomenclature.NomListe
		nombre nomenclature.NomParametre
	}{{&ctlNABMRegle3, nomenclature.ListeNABMRegle3, nomenclature.ParamNABMRegle3},
		{&ctlNABMRegle4, nomenclature.ListeNABMRegle4, nomenclature.ParamNABMRegle4}} {
		n, dernier := 0, 0
		for _, w := range vues {
			if c.dans(r.liste, w.Analyse.Code, j) == simphonie.Oui {
				n, dernier = n+w.quantite(), w.rang
			}
		}
		if n == 0 {
			continue
		}
		p, err := c.o.Tables.Parametre(r.nombre, j, c.o.ConnuAu)
		if err != nil {
			c.manque(string(r.nombre))
		} else if n > p.Nombre {
			c.dit(r.regle, dernier, "analyse.code", j.String(), strconv.Itoa(n), strconv.Itoa(p.Nombre))
		}
	}
}

// cotations compares the cotation of each sampling with the minimum (RG_VF624).
func (c *controleur) cotations(j simphonie.Jour, vues []*vue) {
	seances := map[int][]*vue{}
	var ordre []int
	for _, w := range vues {
		if seances[w.Seance] == nil {
			ordre = append(ordre, w.Seance)
		}
		seances[w.Seance] = append(seances[w.Seance], w)
	}
	minimum, err := c.o.Tables.Parametre(nomenclature.ParamCotationMinimale, j, c.o.ConnuAu)
	if err != nil {
		c.manque(string(nomenclature.ParamCotationMinimale))
		return
	}
	for _, s := range ordre {
		var somme int64
		complement, connue := false, true
		for _, w := range seances[s] {
			if w.analyse == nil {
				connue = false
				break
			}
			complement = complement || estComplementCotation(w.Analyse.Code)
			somme += int64(w.analyse.Coefficient) * int64(w.quantite())
		}
		w := seances[s][len(seances[s])-1]
		n := int64(minimum.Coefficient)
		if !connue || somme == n || somme > n && !complement {
			continue
		}
		regle := &ctlNABMSousMinimum
		switch {
		case complement && somme < n:
			regle = &ctlNABMMinimum
		case complement:
			regle = &ctlNABMSurcomplement
		}
		c.dit(regle, w.rang, "analyse.code", j.String(), cotation(somme), minimum.Coefficient.String())
	}
}

// cotation writes a sum of coefficients, which may be more than one holds.
func cotation(n int64) string {
	s := strconv.FormatInt(n/int64(simphonie.Un), 10)
	if d := n % int64(simphonie.Un); d != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(d+int64(simphonie.Un), 10)[1:], "0")
	}
	return s
}

func estComplementCotation(code string) bool {
	n, err := strconv.Atoi(code)
	return err == nil && n >= complementMin && n <= complementMax
}
