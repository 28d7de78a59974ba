package droits

import "github.com/simphonie/simphonie"

// Voie is how an invoice leaves.
type Voie uint8

// Ways; zero is unset.
const (
	_ Voie = iota
	VoieElectronique
	VoiePapier
	VoieADecider // a person decides, or a table is missing
)

var nomsVoie = [...]string{"", "electronique", "papier", "a-decider"}

// String gives the text form.
func (v Voie) String() string {
	if int(v) < len(nomsVoie) {
		return nomsVoie[v]
	}
	return "inconnue"
}

// MarshalText gives the text form.
func (v Voie) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// DemandeDestination is what the destination of an invoice depends on.
type DemandeDestination struct {
	Prestation Prestation
	Perimetre  Perimetre
	// AccidentDroitCommun is the date of an accident that a third party caused.
	AccidentDroitCommun simphonie.Jour
	// CaisseInterlocutrice of the biller receives anonymous invoices (SP10).
	CaisseInterlocutrice string
	Tables               *Tables
}

// Destination is where an invoice goes, and how.
type Destination struct {
	Voie Voie
	// Nature may differ from that of the rights: an accident that its régime
	// does not cover is billed in maladie.
	Nature    Nature
	Organisme simphonie.Organisme
	Papiers   []Papier // why it is on paper, all at once
	Anomalies simphonie.Anomalies
	Trace     []Constat
}

// Destiner resolves the rights of a prestation and says where its invoice goes
// (RG_CF652, RG_CF692 to RG_CF696) and whether it may be electronic. The context
// is the one that the lines are then priced in.
func Destiner(a *Acquisition, jour simphonie.Jour, q DemandeDestination, o Options) (Contexte, Destination) {
	r := resolution{a: a, p: q.Prestation, o: o, destine: true}
	r.ctx.Jour = jour
	r.resout()
	c := r.ctx
	d := destination{q: &q, c: &c, a: a, origine: r.origine, Destination: Destination{Voie: VoieElectronique, Nature: c.Nature, Organisme: c.Organisme,
		Anomalies: r.anomalies, Trace: r.trace}}
	switch {
	case c.Situations.Has(SP10):
		d.anonyme()
	case a == nil:
		d.Voie = VoieADecider
	case c.Nature == ATMP:
		d.accident()
	case c.Nature == Maladie && c.Organisme.Regime == regimeAgricole && !q.AccidentDroitCommun.IsZero():
		d.agricole()
	}
	if p, hors := OrganismeHorsPerimetre(d.Organisme); hors {
		d.papier(p.Regle, p.Motif)
	}
	for _, p := range HorsPerimetre(&c, q.Perimetre) {
		d.papier(p.Regle, p.Motif)
	}
	if len(d.Papiers) > 0 {
		d.Voie = VoiePapier
	}
	c.Nature, c.Organisme = d.Nature, d.Organisme
	if c.Nature != ATMP {
		c.AT = nil
	}
	return c, d.Destination
}

// regimeAgricole is the régime of the MSA.
const regimeAgricole = "02"

type destination struct {
	Destination
	q *DemandeDestination
	c *Contexte
	a *Acquisition

	origine origineAT
}

func (d *destination) papier(r *simphonie.Regle, motif string) {
	d.Papiers = append(d.Papiers, Papier{motif, r})
	d.Trace = append(d.Trace, Constat{r, []string{motif}})
}

func (d *destination) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	d.Anomalies = append(d.Anomalies, r.Anomalie("droits."+chemin, valeurs...))
}

// dans asks a table; without it a person decides.
func (d *destination) dans(t NomTable, code string) simphonie.OuiNon {
	o := d.q.Tables.Contient(t, code, d.c.Jour)
	if o.IsZero() {
		d.Voie = VoieADecider
		d.anomalie(&regTableManquante, "organisme", string(t))
	}
	return o
}

// anonyme: the régime général, at the caisse that answers for the biller.
func (d *destination) anonyme() {
	d.Nature = Maladie
	d.Organisme = simphonie.Organisme{Regime: simphonie.RegimeGeneral, Caisse: d.q.CaisseInterlocutrice}
	if len(d.q.CaisseInterlocutrice) != 3 || d.Organisme.Valide() != nil {
		d.Voie = VoieADecider
		d.anomalie(&regCaisseInterlocutrice, "organisme")
	}
	d.Trace = append(d.Trace, Constat{&regOrganismeAnonyme, nil})
}

// agricole: some caisses of the MSA want paper for accidents of private life.
func (d *destination) agricole() {
	if d.dans(TableMSAPapier, d.c.Organisme.Caisse) == simphonie.Oui {
		d.papier(&regPapierMSA, "accident de droit commun, caisse MSA "+lisible(d.c.Organisme.Caisse, codeMax))
	}
}

// accident goes through the tables that say whether a régime covers accidents
// at work and takes their invoices.
func (d *destination) accident() {
	regime := d.Organisme.Regime
	nom := lisible(regime, codeMax)
	switch d.origine {
	case sansOrigine:
		d.papier(&regPapierAT, "aucun organisme identifié pour l'accident")
	case supportAT:
		switch d.dans(TableRegimesAT, regime) {
		case simphonie.Non:
			d.Nature, d.Organisme = Maladie, d.a.Organisme
			d.Trace = append(d.Trace, Constat{&regATNonCouvert, []string{nom}})
		case simphonie.Oui:
			if d.dans(TableRegimesFEAT, regime) == simphonie.Non {
				d.papier(&regPapierFEAT, "le régime "+nom+" n'accepte pas l'AT électronique")
			}
		}
	case carteMaladie:
		if d.dans(TableRegimesATMal, regime) != simphonie.Non {
			return
		}
		switch d.dans(TableRegimesAT, regime) {
		case simphonie.Oui:
			d.papier(&regPapierATMaladie, "AT à l'organisme maladie refusé par le régime "+nom)
		case simphonie.Non:
			d.Nature = Maladie
			d.papier(&regPapierATMaladie, "le régime "+nom+" ne couvre pas l'AT : maladie")
		}
	}
}

var (
	regTableManquante = regle("DROITS-TABLE-MANQUANTE", "SFG, document TABLES", simphonie.AVerifier,
		"La table {0} n'est pas chargée : la décision revient à une personne.")
	regCaisseInterlocutrice = regle("DROITS-CAISSE-INTERLOCUTRICE", "RG_MF639", simphonie.AVerifier,
		"Facture anonyme : la caisse interlocutrice de l'établissement est inconnue.")
	regOrganismeAnonyme = regle("DROITS-ORGANISME-ANONYME", "RG_MF639", 0, "Facture anonyme : régime 01, caisse interlocutrice, sans centre.")
	regATNonCouvert     = regle("DROITS-AT-NON-COUVERT", "RG_CF694", 0, "Le régime {0} ne couvre pas les accidents du travail : facture électronique en maladie.")
	regPapierMSA        = regle("DROITS-PAPIER-MSA", "RG_BS662, RG_CF652", 0, "Facture sur papier : {0}.")
	regPapierAT         = regle("DROITS-PAPIER-AT", "RG_CF693 CE1", 0, "Facture sur papier : {0}.")
	regPapierFEAT       = regle("DROITS-PAPIER-FE-AT", "RG_CF695", 0, "Facture sur papier : {0}.")
	regPapierATMaladie  = regle("DROITS-PAPIER-AT-MALADIE", "RG_CF696", 0, "Facture sur papier : {0}.")
)
