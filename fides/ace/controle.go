package ace

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/internal/calendrier"
	"github.com/simphonie/simphonie/tarif"
)

// Controler checks a visit as it is keyed, without pricing it: codes, dates,
// associations, modifiers, teeth, surcharges, biology, forfaits, cumul. It
// returns everything that is wrong at once; what a table that is not loaded
// would have said is an anomaly too. ACE-C-ENTREE: visit, options or tables are
// missing.
func Controler(v *Venue, o *Options) (simphonie.Anomalies, error) {
	if err := entree(v, o); err != nil {
		return nil, err
	}
	return controleVenue(v, o), nil
}

func entree(v *Venue, o *Options) error {
	switch {
	case v == nil:
		return &simphonie.Erreur{Code: "ACE-C-ENTREE", Chemin: "venue", Detail: "no visit"}
	case o == nil || o.ConnuAu.IsZero() || o.Tables == nil:
		return &simphonie.Erreur{Code: "ACE-C-ENTREE", Chemin: "options", Detail: "tables and the date at which they are known are compulsory"}
	}
	return nil
}

// controleVenue applies the controls that look at the visit and at tables only.
func controleVenue(v *Venue, o *Options) simphonie.Anomalies {
	c := nouveauControleur(v, o)
	for i := range c.vues {
		c.prestation(&c.vues[i])
	}
	c.associations()
	c.actes()
	c.modificateursPraticien()
	c.paniers()
	c.majorations()
	c.biologie()
	c.marges()
	c.forfaits()
	c.cumule()
	return c.anomalies
}

// controleur is the controls of one visit.
type controleur struct {
	v   *Venue
	o   *Options
	cal Calendrier // nil when the place is unknown

	vues      []vue
	presentes map[simphonie.Jour]famille // of each day, and of the visit without a day
	parPortee [portees][]groupeVues
	absents   map[string]bool // tables already told
	anomalies simphonie.Anomalies
}

func nouveauControleur(v *Venue, o *Options) *controleur {
	c := &controleur{v: v, o: o, absents: map[string]bool{}, presentes: map[simphonie.Jour]famille{}}
	c.prepare()
	return c
}

// prepare looks every prestation up once.
func (c *controleur) prepare() {
	c.cal = c.o.Calendrier
	if c.cal == nil {
		if legal, err := calendrier.Legaux(c.v.Etablissement.Territoire); err == nil {
			c.cal = legal
		}
	}
	if _, err := c.v.Naissance.PourCalcul(); err != nil {
		c.anomalies = append(c.anomalies, ctlNaissanceAbsente.Anomalie("naissance"))
	}
	ps := c.v.Prestations
	c.vues = make([]vue, len(ps))
	for i := range ps {
		w := &c.vues[i]
		*w = vue{Prestation: &ps[i], rang: i, code: ps[i].Code, ps: c.executant(&ps[i])}
		c.consulte(w)
	}
	for i := range c.vues {
		w := &c.vues[i]
		w.familles = famillesDe(w, c.complete(w))
		c.presentes[simphonie.Jour{}] |= c.vues[i].familles
	}
	for i := range c.vues {
		w := &c.vues[i]
		teleconsulte := c.presentes[simphonie.Jour{}]&fTC != 0
		if teleconsulte && w.CCAM != nil && !w.Execution.IsZero() && c.dans(nomenclature.ListeECG, w.CCAM.Acte, w.Execution) == simphonie.Oui {
			w.familles |= fECG
		}
	}
	c.jours()
	for i := range c.vues {
		c.presentes[c.vues[i].jour] |= c.vues[i].familles
	}
}

// complete says that a line completes another one: the tables say so or, when
// they do not tell, its support is an act. An act may name the ATU, FFM, SE or
// APE that it is linked to without being a complement.
func (c *controleur) complete(w *vue) bool {
	if w.lettre != nil && w.lettre.Niveau != nomenclature.NonDit {
		return w.estComplement()
	}
	s := c.support(w.Prestation)
	return s != nil && parCode[s.Code]&fActivite == 0
}

// jours gives each line its day of invoice: what is linked to an ATU, FFM, SE or
// APE has its day, and an ATU or a FFM of two days covers both (RG_VF600 CP01).
func (c *controleur) jours() {
	unJour := c.presentes[simphonie.Jour{}]&(fATU|fFFM) != 0 && !c.v.Entree.IsZero() && c.v.Sortie == c.v.Entree.AddDays(1)
	nommes := map[int]simphonie.Jour{} // what a forfait names, and its day
	for i := range c.vues {
		w := &c.vues[i]
		w.jour = w.Execution
		if k := w.Support - 1; c.support(w.Prestation) != nil && w.familles&fActivite != 0 && !w.jour.IsZero() {
			if j, ok := nommes[k]; !ok || w.jour.Before(j) {
				nommes[k] = w.jour
			}
		}
	}
	for i := range c.vues {
		w := &c.vues[i]
		if w.Execution.IsZero() {
			continue
		}
		if j, ok := nommes[i]; ok {
			w.jour = j
		}
		if s := c.support(w.Prestation); s != nil && c.vues[w.Support-1].familles&fActivite != 0 && !s.Execution.IsZero() {
			w.jour = s.Execution
		}
		if unJour {
			w.jour = c.v.Entree
		}
	}
}

// executant is who did it; a complement without its own is done by who did what
// it completes.
func (c *controleur) executant(p *Prestation) Executant {
	if s := c.support(p); s != nil && p.Executant == (Executant{}) {
		return s.Executant
	}
	return p.Executant
}

// support gives what a prestation completes; nil when the rank is none.
func (c *controleur) support(p *Prestation) *Prestation {
	if p.Support < 1 || p.Support > len(c.v.Prestations) || &c.v.Prestations[p.Support-1] == p {
		return nil
	}
	return &c.v.Prestations[p.Support-1]
}

// consulte asks the tables what they say of a line, and tells codes that they do not know.
func (c *controleur) consulte(w *vue) {
	t, j, connu := c.o.Tables, w.Execution, c.o.ConnuAu
	if j.IsZero() {
		return
	}
	var err error
	if w.CCAM != nil {
		a := w.CCAM
		if w.acte, err = t.Acte(a.Acte, j, connu); c.inconnue(err) {
			c.dit(&ctlActe, w.rang, "ccam.acte", a.Acte, j.String())
			return
		}
		if w.activite, err = t.Activite(a.Acte, a.Activite, a.Phase, j, connu); c.inconnue(err) && w.acte != nil {
			c.dit(&ctlActivite, w.rang, "ccam.activite", a.Acte, a.Activite, a.Phase)
		}
		if w.activite != nil && w.code == "" {
			w.code = w.activite.Regroupement
		}
		if w.grille, err = t.Grille(w.ps.Specialite, j, connu); err != nil {
			c.manque("grilles", w.ps.Specialite)
		}
	}
	if w.Analyse != nil {
		if w.code == "" {
			w.code = lettreB
			if w.Analyse.Lettre != "" {
				w.code = w.Analyse.Lettre
			}
		}
		if w.analyse, err = t.Analyse(w.Analyse.Code, j, connu); c.inconnue(err) {
			c.dit(&ctlAnalyse, w.rang, "analyse.code", w.Analyse.Code, j.String())
		}
	}
	if w.code == "" && w.CCAM != nil {
		return // told above
	}
	if w.lettre, err = t.Lettre(w.code, j, connu); !c.inconnue(err) {
		return
	}
	if w.Code == "" { // the tables made the code: they do not agree
		c.manque("lettres", string(w.code))
		return
	}
	c.dit(&ctlCode, w.rang, "code", string(w.code), j.String())
}

const lettreB tarif.Code = "B"

// dit records an anomaly of a prestation.
func (c *controleur) dit(r *simphonie.Regle, rang int, champ string, valeurs ...string) {
	chemin := "prestations[" + strconv.Itoa(rang) + "]"
	if champ != "" {
		chemin += "." + champ
	}
	c.anomalies = append(c.anomalies, r.Anomalie(chemin, lisibles(valeurs)...))
}

// motMax bounds a word of what was keyed in a message: a longer one is no code,
// and may be anything, a number of the register included.
const motMax = 10

func lisibles(valeurs []string) []string {
	lettre := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for i, v := range valeurs {
		for _, mot := range strings.FieldsFunc(v, func(r rune) bool { return !lettre(r) }) {
			if utf8.RuneCountInString(mot) > motMax {
				valeurs[i] = "(illisible)"
			}
		}
	}
	return valeurs
}

// manque tells, once, a table, or a row of it, without which a control was not done.
func (c *controleur) manque(table string, cle ...string) {
	table = strings.Join(append([]string{table}, lisibles(cle)...), " ")
	if !c.absents[table] {
		c.absents[table] = true
		c.anomalies = append(c.anomalies, ctlTable.Anomalie("tables", table))
	}
}

// inconnue says that a loaded table does not have the row. A table that is not
// loaded is told.
func (c *controleur) inconnue(err error) bool {
	a, ok := errors.AsType[*nomenclature.Absent](err)
	if !ok {
		return false
	}
	if !c.o.Tables.Chargee(a.Table) {
		c.manque(a.Table)
		return false
	}
	return true
}

// dans asks a list; without it nothing is known.
func (c *controleur) dans(l nomenclature.NomListe, code string, j simphonie.Jour) simphonie.OuiNon {
	o := c.o.Tables.Liste(l, code, j, c.o.ConnuAu)
	if o.IsZero() {
		c.manque(string(l))
	}
	return o
}

// ferie says that the day is a Sunday or a public holiday; no answer when the
// place has no calendar.
func (c *controleur) ferie(j simphonie.Jour) simphonie.OuiNon {
	switch {
	case j.Weekday() == time.Sunday:
		return simphonie.Oui
	case c.cal == nil:
		c.manque("calendrier des jours fériés")
		return 0
	}
	return simphonie.OuiSi(c.cal.Ferie(j))
}

// minutes gives the minute of the day of an hour as 20:05.
func (h Heure) minutes() (int, bool) {
	t, err := time.Parse("15:04", string(h))
	return t.Hour()*60 + t.Minute(), err == nil && len(h) == 5
}

// The windows of surcharges: their first minute is theirs, their last one not.
const (
	debutNuit = 20 * 60
	finNuit   = 8 * 60
	midi      = 12 * 60
)

func deNuit(minute int) bool { return minute >= debutNuit || minute < finNuit }

// acteDeSoin says that a prestation is an act, not a product.
func acteDeSoin(n droits.Nomenclature) bool {
	return n == droits.NGAP || n == droits.CCAM || n == droits.NABM
}
