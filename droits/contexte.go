package droits

import (
	"github.com/simphonie/simphonie"
)

// Contexte is what the rights mean for one prestation on its reference date.
type Contexte struct {
	Jour      simphonie.Jour      `json:"jour"`
	Ouverts   bool                `json:"ouverts"` // AMO rights (RG_CF611)
	Organisme simphonie.Organisme `json:"organisme"`
	Nature    Nature              `json:"nature"`
	// Situations that hold; several may (RG_CF612).
	Situations SP `json:"-"`
	// OC is the complementary body of the C2S or of the AME, empty otherwise.
	OC simphonie.NumeroAMC `json:"oc,omitempty"`
	// AT is the accident that the care is linked to, when the nature is AT/MP.
	AT *ATDeclare `json:"-"`

	droits ensemble
}

// AME says that the patient has the aide médicale de l'État.
func (c *Contexte) AME() bool { return c.Situations.Has(SP06) }

// C2S says that the patient has the complémentaire santé solidaire.
func (c *Contexte) C2S() bool { return c.Situations.Has(SP03) }

// RSS says that the patient belongs to a coordinated foreign system.
func (c *Contexte) RSS() bool { return c.Situations.Has(SP081 | SP082) }

// Detenu says that the patient is a detained person.
func (c *Contexte) Detenu() bool { return c.Situations.Has(SP17) }

// ALD says that an exoneration for a long disease is valid.
func (c *Contexte) ALD() bool { return c.droits&ald != 0 }

// RenteAT says that the modulation "rente AT" (incapacity of two thirds or more) is valid.
func (c *Contexte) RenteAT() bool { return c.droits&renteAT != 0 }

// PensionMilitaire says that the exoneration for a military pension is valid
// and is not the mark of a detained person.
func (c *Contexte) PensionMilitaire() bool { return c.droits&pensionMilitaire != 0 && !c.Detenu() }

// Invalidite says that the exoneration for invalidity is valid.
func (c *Contexte) Invalidite() bool { return c.droits&invalidite != 0 }

// ASPA says that the modulation for the old-age allowance is valid.
func (c *Contexte) ASPA() bool { return c.droits&aspa != 0 }

// RegimeLocal says that the régime local of Alsace-Moselle, or of cross-border
// workers, modulates the ticket modérateur.
func (c *Contexte) RegimeLocal() bool { return c.droits&(alsaceMoselle|frontalier) != 0 }

// SoinsParticuliers says that an exoneration for soins particuliers is valid.
func (c *Contexte) SoinsParticuliers() bool { return c.droits&soinsParticuliers != 0 }

// CANSSM says that the patient belongs to the régime of mines (07).
func (c *Contexte) CANSSM() bool { return c.Organisme.Regime == simphonie.RegimeCANSSM }

// Constat is a step of the resolution: which rule said what.
type Constat struct {
	Regle   *simphonie.Regle
	Valeurs []string
}

// Resultat is a resolved context with what is wrong with the rights and, when
// asked for, why.
type Resultat struct {
	Contexte  Contexte
	Anomalies simphonie.Anomalies
	Trace     []Constat
}

// Options says how to resolve.
type Options struct {
	Interpretations Interpretations
	Tracer          bool // keep the trace
}

// Resoudre reads an acquisition at the reference date of a prestation
// (RG_CF611 to RG_CF615, RG_CF653). A nil acquisition is an anomaly, not an
// error.
func Resoudre(a *Acquisition, p Prestation, jour simphonie.Jour, o Options) Resultat {
	r := resolution{a: a, p: p, o: o}
	r.ctx.Jour = jour
	if a == nil {
		r.anomalie(&regAbsents, "")
		return r.resultat()
	}
	r.forme()
	r.ctx.Organisme = a.Organisme
	r.ctx.Ouverts = r.valides(a.Periodes)
	for i := range a.ETM {
		if r.valides(a.ETM[i].Periodes) {
			s, ok := a.ETM[i].Code.sens()
			r.ctx.droits |= s
			r.inconnue(ok, &regETMInconnue, "etm", string(a.ETM[i].Code))
		}
	}
	for i := range a.MTM {
		if r.valides(a.MTM[i].Periodes) {
			s, ok := a.MTM[i].Code.sens()
			r.ctx.droits |= s
			r.inconnue(ok, &regMTMInconnue, "mtm", string(a.MTM[i].Code))
		}
	}
	r.situations()
	if !r.ctx.Ouverts {
		r.anomalie(&regFermes, "periodes", jour.String())
	}
	r.nature()
	r.organisme()
	return r.resultat()
}

type resolution struct {
	a         *Acquisition
	p         Prestation
	ctx       Contexte
	anomalies simphonie.Anomalies
	trace     []Constat
	o         Options
}

func (r *resolution) resultat() Resultat { return Resultat{r.ctx, r.anomalies, r.trace} }

// situations finds the special situations that hold. SP17 comes before the
// military pension that CDRi shows for it; SP08.1 looks at the beneficiary's
// number only.
func (r *resolution) situations() {
	a, c := r.a, &r.ctx
	for i := range a.Situations {
		s := &a.Situations[i]
		if !r.valides(s.Periodes) {
			continue
		}
		switch CodeSituation(sansZeros(string(s.Code))) {
		case SituationC2SCaisse, SituationC2SUnique:
			r.c2s(simphonie.OCC2SConjointe)
		case SituationC2SSeparee:
			r.c2s(simphonie.OCC2SSeparee)
		case SituationAME:
			c.Situations |= SP06
		default:
			r.anomalie(&regSituationInconnue, "situations", string(s.Code))
		}
	}
	for i := range a.Particulieres {
		s := &a.Particulieres[i]
		if !r.valides(s.Periodes) {
			continue
		}
		sp, ok := ParseSP(s.Code)
		r.inconnue(ok, &regSituationInconnue, "particulieres", s.Code)
		c.Situations |= sp
	}
	if a.Beneficiaire.NIR.ResortissantDePassage() {
		c.Situations |= SP081
	}
	general := a.Organisme.Regime == simphonie.RegimeGeneral
	if general && a.CodeGestion == gestionRSS {
		c.Situations |= SP082
	}
	if a.CodeGestion == gestionDetenu ||
		general && a.CHAANN != nil && *a.CHAANN == chaAnnDetenu && c.droits&pensionMilitaire != 0 {
		c.Situations |= SP17
	}
	switch {
	case c.AME():
		c.OC = simphonie.OCAME
	case c.C2S() && c.OC != "" && a.OC != "" && !c.OC.Equal(a.OC):
		r.anomalie(&regC2SContradiction, "oc")
	case c.C2S() && a.OC != "":
		c.OC = a.OC
	case c.C2S() && c.OC == "":
		r.anomalie(&regC2SSansOC, "oc")
	}
}

// c2s records one mode of management of the C2S.
func (r *resolution) c2s(oc simphonie.NumeroAMC) {
	if r.ctx.OC != "" && r.ctx.OC != oc {
		r.anomalie(&regC2SContradiction, "situations")
	}
	r.ctx.Situations |= SP03
	r.ctx.OC = oc
}

func (r *resolution) inconnue(ok bool, regle *simphonie.Regle, chemin, code string) {
	if !ok {
		r.anomalie(regle, chemin, code)
	}
}

func (r *resolution) anomalie(regle *simphonie.Regle, chemin string, valeurs ...string) {
	c := "droits"
	if chemin != "" {
		c += "." + chemin
	}
	r.anomalies = append(r.anomalies, regle.Anomalie(c, valeurs...))
}

func (r *resolution) note(regle *simphonie.Regle, valeurs ...string) {
	if r.o.Tracer {
		r.trace = append(r.trace, Constat{regle, valeurs})
	}
}
