package droits

import (
	"slices"

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

	// MedecinTraitant says whether a treating doctor is declared on the day
	// (RG_CF614). No answer is not a no: a person decides.
	MedecinTraitant simphonie.OuiNon `json:"medecinTraitant,omitzero"`
	// GestionC2S is who manages the C2S, when there is one.
	GestionC2S GestionC2S `json:"-"`

	contrats contrats
	droits   ensemble
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

// Maternite says that the exoneration for maternity is valid.
func (c *Contexte) Maternite() bool { return c.droits&maternite != 0 }

// Contrat says that a contrat particulier of the CPRPF is valid. A subsistant
// (20) has no other (RG_CF615).
func (c *Contexte) Contrat(code CodeContrat) bool { return c.contrats&code.un() != 0 }

// CPRPF says that the patient belongs to the régime of the SNCF (04).
func (c *Contexte) CPRPF() bool { return c.Organisme.Regime == simphonie.RegimeCPRPF }

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
	r.resout()
	return Resultat{r.ctx, r.anomalies, r.trace}
}

func (r *resolution) resout() {
	a := r.a
	if a == nil {
		r.anomalie(&regAbsents, "")
		return
	}
	if a.anonyme() {
		r.ctx.Situations, r.ctx.Nature = SP10, Maladie
		r.note(&regAnonyme)
		return
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
	r.contrats()
	r.situations()
	r.medecinTraitant()
	if !r.ctx.Ouverts {
		r.anomalie(&regFermes, "periodes", r.ctx.Jour.String())
	}
	r.nature()
	r.organisme()
}

// anonyme says that the acquisition is that of an anonymous minor.
func (a *Acquisition) anonyme() bool {
	for i := range a.Particulieres {
		if a.Particulieres[i].Code == "SP10" {
			return true
		}
	}
	return false
}

type resolution struct {
	a         *Acquisition
	p         Prestation
	ctx       Contexte
	anomalies simphonie.Anomalies
	trace     []Constat
	o         Options
	// destine says that Destiner goes on with the tables of accidents.
	destine bool
	origine origineAT // of the organisme of the accident
}

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
		switch g := gestionDe(s.Code); {
		case g != 0:
			r.c2s(g)
		case estAME(string(s.Code)):
			r.situation(SP06, DonneeAME)
		default:
			r.inconnue(false, &regSituationInconnue, "situations", string(s.Code))
		}
	}
	for i := range a.Particulieres {
		s := &a.Particulieres[i]
		if !r.valides(s.Periodes) {
			continue
		}
		sp, ok := ParseSP(s.Code)
		r.inconnue(ok, &regSituationInconnue, "particulieres", s.Code)
		r.situation(sp, donneeDe(DonneeSituations, s.Code))
	}
	if a.Beneficiaire.NIR.ResortissantDePassage() {
		r.situation(SP081, DonneeNIR)
	}
	general := a.Organisme.Regime == simphonie.RegimeGeneral
	if general && a.CodeGestion == gestionRSS {
		r.situation(SP082, DonneeCodeGestion)
	}
	switch {
	case a.CodeGestion == gestionDetenu:
		r.situation(SP17, DonneeCodeGestion)
	case a.libelleDetenu():
		r.situation(SP17, DonneeLibelleExo)
	case general && a.CHAANN != nil && *a.CHAANN == chaAnnDetenu && c.droits&pensionMilitaire != 0:
		r.situation(SP17, DonneeCHAANN)
	}
	r.carte()
	switch {
	case c.AME():
		c.OC, c.GestionC2S = simphonie.OCAME, 0
	case c.C2S() && a.OC != "":
		r.oc()
	case c.C2S() && c.OC == "":
		r.anomalie(&regC2SSansOC, "oc")
	}
}

// carte reads what a Vitale card says in words: the C2S, which wants open
// rights (RG_BS704), and an exemption that nobody has coded yet.
func (r *resolution) carte() {
	a, c := r.a, &r.ctx
	if a.C2SCarte != nil && c.Ouverts && r.contient(a.C2SCarte.Periode) {
		if g, ok := a.C2SCarte.Gestion(); ok {
			r.c2s(g)
		} else {
			r.anomalie(&regC2SLibelle, "c2sCarte.libelle")
		}
	}
	if !a.LibelleExo.IsZero() && !a.libelleDetenu() && !a.codee(DonneeETM) && !a.codee(DonneeMTM) {
		r.anomalie(&regLibelleExo, "libelleExo")
	}
}

// codee says that a list of codes is not left to the text of a card: it holds
// some, a person wrote it, or CDRi, which codes, said there is none.
func (a *Acquisition) codee(d Donnee) bool {
	p := a.De(d)
	return !vide(definitionDe(d).acces.lit(a)) || p.Par != "" || p.Support == SupportCDRi && !slices.Contains(a.Muettes, d)
}

// oc takes the number as read. On a card it may be any (RG_BS720); elsewhere
// it is one of two, which say who manages.
func (r *resolution) oc() {
	a, c := r.a, &r.ctx
	lu, connue := gestionOC(a.OC)
	if a.C2SCarte == nil && c.OC != "" && !c.OC.Equal(a.OC) || connue && c.GestionC2S != 0 && lu != c.GestionC2S {
		r.anomalie(&regC2SContradiction, "oc")
		return
	}
	c.OC, c.GestionC2S = a.OC, max(c.GestionC2S, lu)
}

// c2s records one mode of management of the C2S, with the number that goes with it.
func (r *resolution) c2s(g GestionC2S) {
	if r.ctx.GestionC2S != 0 && r.ctx.GestionC2S != g {
		r.anomalie(&regC2SContradiction, "situations")
	}
	r.situation(SP03, DonneeC2S)
	r.ctx.GestionC2S = g
	r.ctx.OC = simphonie.OCC2SConjointe
	if g == GestionSeparee {
		r.ctx.OC = simphonie.OCC2SSeparee
	}
}

// situation records a situation and, when traced, the datum that shows it and
// the support that gave the datum.
func (r *resolution) situation(sp SP, d Donnee) {
	r.ctx.Situations |= sp
	if r.o.Tracer && sp != 0 {
		r.note(&regSituation, sp.String(), string(d), string(r.a.De(d).Support))
	}
}

// gestionOC tells the two numbers of the C2S.
func gestionOC(oc simphonie.NumeroAMC) (GestionC2S, bool) {
	switch {
	case oc.Equal(simphonie.OCC2SConjointe):
		return GestionConjointe, true
	case oc.Equal(simphonie.OCC2SSeparee):
		return GestionSeparee, true
	}
	return 0, false
}

// gestionDe tells the management that a code of CDRi says, 0 for another code.
func gestionDe(c CodeSituation) GestionC2S {
	switch CodeSituation(sansZeros(string(c))) {
	case SituationC2SCaisse, SituationC2SUnique:
		return GestionConjointe
	case SituationC2SSeparee:
		return GestionSeparee
	}
	return 0
}

// contrats keeps the contracts valid on the day; the subsistant (20) excludes
// every other (RG_CF615).
func (r *resolution) contrats() {
	c := &r.ctx
	for i := range r.a.Contrats {
		if d := &r.a.Contrats[i]; r.valides(d.Periodes) {
			s, ok := d.Code.sens()
			c.contrats |= s
			r.inconnue(ok, &regContratInconnu, "contrats", string(d.Code))
		}
	}
	vingt := ContratSubsistant.un()
	switch caisses := c.contrats & (ContratCP.un() | ContratDivers.un() | vingt | ContratCMAL.un()); {
	case c.contrats&vingt != 0 && c.contrats != vingt:
		r.anomalie(&regContratSubsistant, "contrats")
		c.contrats = vingt
	case c.contrats != 0 && (caisses == 0 || caisses&(caisses-1) != 0):
		r.anomalie(&regContratCaisse, "contrats")
	}
}

// medecinTraitant applies RG_CF614. Before the period starts the system cannot
// conclude. CDRi shows no doctor when there is none; elsewhere silence says nothing.
func (r *resolution) medecinTraitant() {
	c, m := &r.ctx, r.a.MedecinTraitant
	switch {
	case m == nil && r.a.Support == SupportCDRi && !slices.Contains(r.a.Muettes, DonneeMedecin):
		c.MedecinTraitant = simphonie.Non
	case m == nil:
	case m.Declare == simphonie.Non:
		c.MedecinTraitant = simphonie.Non
	case c.Jour.Before(m.Periode.Du):
	default:
		c.MedecinTraitant = simphonie.OuiSi(r.contient(m.Periode))
	}
}

func (r *resolution) inconnue(ok bool, regle *simphonie.Regle, chemin, code string) {
	if !ok {
		r.anomalie(regle, chemin, lisible(code, codeMax))
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
