package ace

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// droitsLigne is what rights said of a priced line.
type droitsLigne struct {
	Contexte *droits.Contexte // on the reference date
	IPS      string           // of the line, blank out of the pathway
}

// controleFacture applies the controls that look at priced lines; ds goes line
// by line with those of the invoice.
func controleFacture(v *Venue, o *Options, f *facture.Facture, ds []droitsLigne) simphonie.Anomalies {
	c := controleurFacture{v: v, o: o, f: f}
	for i := range f.Lignes {
		var d droitsLigne
		if i < len(ds) {
			d = ds[i]
		}
		c.ligne(i, &d)
	}
	c.exonerations()
	if _, a := ordreSeuil(f); a != nil {
		c.anomalies = append(c.anomalies, *a)
	}
	return c.anomalies
}

type controleurFacture struct {
	v         *Venue
	o         *Options
	f         *facture.Facture
	anomalies simphonie.Anomalies
	absents   []string // tables already told
}

func cheminLigne(i int) string { return "lignes[" + strconv.Itoa(i) + "]" }

func (c *controleurFacture) dit(r *simphonie.Regle, i int, valeurs ...string) {
	c.anomalies = append(c.anomalies, r.Anomalie(cheminLigne(i), valeurs...))
}

func (c *controleurFacture) manque(table string) {
	if !slices.Contains(c.absents, table) {
		c.absents = append(c.absents, table)
		c.anomalies = append(c.anomalies, ctlTable.Anomalie("tables", table))
	}
}

// ligne checks one priced line.
func (c *controleurFacture) ligne(i int, d *droitsLigne) {
	l := &c.f.Lignes[i]
	code := string(l.Code)
	c2s := d.Contexte != nil && d.Contexte.C2S()
	ame := d.Contexte != nil && d.Contexte.AME()
	if parCode[l.Code]&fCoordination != 0 {
		age, err := c.v.Naissance.AgeLe(l.Reference)
		if err != nil {
			age = simphonie.AgeAns(16) // told by the controls of the visit
		}
		if !coordinationPermise(d.IPS, c2s, age) {
			c.dit(&ctlCoordination, i, code, d.IPS)
		}
	}
	if b := c.o.Bascule; !b.IsZero() && !l.Execution.After(b) && !c2s && !ame {
		c.dit(&ctlBascule, i, code, l.Execution.String(), b.String())
	}
	if c2s && l.Code != forfaitHorsPanier {
		if reste, err := reste(l); err == nil && reste != 0 {
			c.dit(&ctlResteC2S, i, code, reste.String())
		}
	}
	if l.Detail.Acte == nil || l.Detail.Acte.CCAM == nil {
		return
	}
	a := l.Detail.Acte
	acte, err := c.o.Tables.Acte(a.CCAM.Acte, l.Execution, c.o.ConnuAu)
	if err == nil {
		c.nature(i, acte)
	}
	c.plafonds(i, a)
}

// naturesB2 are the natures d'assurance as the norme B2 codes them (zone 0277).
var naturesB2 = map[droits.Nature]string{droits.Maladie: "10", droits.Maternite: "30", droits.ATMP: "41", droits.Prevention: "90"}

// nature compares the nature of the invoice with those of field 30.1, which are
// read when they are codes of the norme B2 and told when they are others.
func (c *controleurFacture) nature(i int, acte *nomenclature.Acte) {
	code, nature := naturesB2[c.f.Nature], c.f.Nature.String()
	if code == "" || len(acte.Natures) == 0 || slices.Contains(acte.Natures, code) {
		return
	}
	for _, b2 := range naturesB2 {
		if slices.Contains(acte.Natures, b2) {
			c.dit(&ctlNatureActe, i, acte.Code, nature)
			return
		}
	}
	c.manque("champ 30.1 de " + acte.Code)
}

// forfaitHorsPanier is the forfait of dental acts out of the basket, which leaves a rest.
const forfaitHorsPanier tarif.Code = "FPC"

// reste gives what a line leaves to the patient.
func reste(l *facture.Ligne) (simphonie.Montant, error) {
	r, err := l.Honoraires.Sub(l.MRO)
	if err != nil {
		return 0, err
	}
	return r.Sub(l.MRC)
}

// specialitesOpposables are those of RG_VF_P6.
var specialitesOpposables = []string{"18", "19", "44", "45", "53", "54", "69"}

// plafonds compares the fee of a dental act with its cap, alone or with its
// forfait of the C2S, and with the opposable tariff (RG_VF_P5, RG_VF_P6).
func (c *controleurFacture) plafonds(i int, a *facture.DetailActe) {
	l := &c.f.Lignes[i]
	t, j, connu := c.o.Tables, l.Execution, c.o.ConnuAu
	acte := a.CCAM.Acte
	if p, err := t.PlafondDentaire(acte, "", j, connu); err == nil && l.Honoraires > p.Plafond {
		c.dit(&ctlPlafond, i, acte, l.Honoraires.String(), p.Plafond.String())
	}
	for k := range c.f.Lignes {
		f := &c.f.Lignes[k]
		if f.Support != i || parCode[f.Code]&fForfaitC2S == 0 {
			continue
		}
		p, err := t.PlafondDentaire(acte, f.Code, j, connu)
		if err != nil {
			continue // the couple is told by the controls of the visit
		}
		if total, err := l.Honoraires.Add(f.Honoraires); err == nil && total > p.Plafond {
			c.dit(&ctlPlafond, k, string(f.Code), total.String(), p.Plafond.String())
		}
	}
	if !slices.Contains(specialitesOpposables, a.Specialite) || l.Honoraires <= l.BRAMO || l.BRAMO == 0 {
		return
	}
	switch opposable := t.Liste(nomenclature.ListeTarifOpposable, string(l.Code), j, connu); {
	case opposable == simphonie.Oui:
		c.dit(&ctlOpposable, i, acte, l.Honoraires.String(), l.BRAMO.String())
	case opposable.IsZero():
		c.manque(string(nomenclature.ListeTarifOpposable))
	}
}

// exonerations wants one exemption for all the activities and phases of an act
// on a day (RG_VF_CC4).
func (c *controleurFacture) exonerations() {
	type cle struct {
		jour simphonie.Jour
		acte string
	}
	type trouve struct {
		exos    []string
		dernier int
	}
	actes := map[cle]*trouve{}
	var ordre []cle
	for i := range c.f.Lignes {
		l := &c.f.Lignes[i]
		if l.Detail.Acte == nil || l.Detail.Acte.CCAM == nil {
			continue
		}
		k := cle{l.Execution, l.Detail.Acte.CCAM.Acte}
		if actes[k] == nil {
			actes[k] = &trouve{}
			ordre = append(ordre, k)
		}
		actes[k].exos = append(actes[k].exos, string(l.Exoneration.Code()))
		actes[k].dernier = i
	}
	for _, k := range ordre {
		if exos := distincts(actes[k].exos); len(exos) > 1 {
			c.dit(&ctlExoActe, actes[k].dernier, k.acte, k.jour.String(), strings.Join(exos, ", "))
		}
	}
}

// ordreSeuil gives the order of lines in which the one that triggers the
// threshold stands first among those of its day that it exempts (RG_MF608), and
// says so when that changes something.
func ordreSeuil(f *facture.Facture) ([]int, *simphonie.Anomalie) {
	ordre := make([]int, len(f.Lignes))
	for i := range ordre {
		ordre[i] = i
	}
	var dite *simphonie.Anomalie
	for i := range f.Lignes {
		d := &f.Lignes[i]
		if d.Participation == facture.ParticipationAucune && d.TMF == 0 {
			continue
		}
		premier := slices.IndexFunc(ordre, func(k int) bool {
			l := &f.Lignes[k]
			return l.Execution == d.Execution && l.Exoneration == d.Exoneration && l.Exoneration != facture.ExoAucune &&
				l.Participation == facture.ParticipationAucune && l.TMF == 0
		})
		place := slices.Index(ordre, i)
		if premier < 0 || premier > place {
			continue
		}
		ordre = slices.Insert(slices.Delete(ordre, place, place+1), premier, i)
		if dite == nil {
			a := ctlOrdreSeuil.Anomalie(cheminLigne(i), string(d.Code), d.Execution.String())
			dite = &a
		}
	}
	return ordre, dite
}
