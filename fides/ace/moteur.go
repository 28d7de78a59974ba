package ace

import (
	"errors"
	"slices"
	"sync"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// Regles is the set of rules that this release applies.
const jeuRegles tarif.JeuRegles = "ace/sfg-06.09"

// Compute prices a visit: its lines, who owes what of them, in as many invoices
// as it takes. What is wrong with the visit comes back as anomalies, all at
// once. The error says that the options are wrong or that a table lacks a row
// (*nomenclature.Absent, one for each missing row).
func Compute(v *Venue, o *Options) (Resultat, error) {
	if v == nil {
		return Resultat{}, &simphonie.Erreur{Code: "ACE-VENUE", Detail: "no visit"}
	}
	if err := o.Validate(); err != nil {
		return Resultat{}, err
	}
	m := moteurs.Get().(*moteur)
	m.v, m.o = v, o
	m.prepare()
	m.calcule()
	r, err := m.conclut()
	*m = moteur{} // nothing of a patient stays in memory
	moteurs.Put(m)
	return r, err
}

// moteurs are computations at rest: results hold nothing of their memory.
var moteurs = sync.Pool{New: func() any { return new(moteur) }}

// calcule goes through the stages; each stops the rest when what it found wrong
// leaves nothing to price.
func (m *moteur) calcule() {
	for _, etape := range [...]func(){
		m.examine,   // the visit is complete and well formed
		m.saisie,    // the controls of what is keyed
		m.lie,       // forfaits, their linked acts and their day
		m.reference, // reference date, rights, care pathway
		m.groupe,    // lines
		m.separe,    // invoices
		m.prix,      // unit prices
		m.bases,     // bases
		m.seuils,    // threshold
		m.taux,      // rates and exemptions
		m.tmf,       // participation forfaitaire
		m.parts,     // MRO, MRC, MTM, debtors
	} {
		etape()
		if m.r.Anomalies.Stoppent() || len(m.errs) > 0 {
			return
		}
	}
}

// moteur is one computation.
type moteur struct {
	v *Venue
	o *Options

	zone       tarif.Zone
	naissance  simphonie.Jour // from which ages count
	cal        Calendrier
	soins      []soin      // by rank in the visit
	situations []situation // rights by day and kind of care
	lignes     []*ligne
	suite      int // lines that follow another one
	factures   []Facture
	decideur   droits.Decideur
	portee     portee
	acte       droits.Acte // of the line that is being decided

	r    Resultat
	errs []error // missing rows

	memoire memoire
}

// soin is what is known of one prestation before it becomes a line.
type soin struct {
	p         *Prestation
	jour      simphonie.Jour // of care, moved to that of the forfait
	jourPrix  simphonie.Jour // of the price
	genre     genre
	code      tarif.Code // that the invoice carries
	forfait   tarif.Code // that it is or is linked to
	lettre    *nomenclature.Lettre
	acte      *nomenclature.Acte
	activite  *nomenclature.Activite
	analyse   *nomenclature.Analyse
	ref       int // situation on the reference date
	autre     int // on the other of prescription and execution, aucune when they agree
	parcours  droits.Parcours
	complete  int // rank of its support, aucune for none
	jourLie   bool
	regleDate *simphonie.Regle // of the reference date
	forfaitDe int              // rank of the forfait that it is linked to
}

const aucune = -1

// situation is the rights on one day for one kind of care.
type situation struct {
	jour       simphonie.Jour
	prestation droits.Prestation
	droits.Resultat
}

// ligne is one line while it is priced.
type ligne struct {
	facture.Ligne
	*soin            // of its first prestation
	rang, sous int   // rank of that one, and place behind it
	genre      genre // of the line, which a gap has of its own
	membres    []int // ranks of what it groups
	support    *ligne
	facture    int // rank of the invoice
	n          int // rank in the invoice
	x          *facture.Explication

	majoration simphonie.Montant     // NGAP surcharge, once a line
	seuil      simphonie.Montant     // compared with the CCAM threshold
	total      simphonie.Montant     // base before what rights do to it
	totalAMC   simphonie.Montant     // idem, for the complementary part
	coefAMC    simphonie.Coefficient // coefficient MCO of the complementary base
	grille     string
	depasse    simphonie.Montant // asked beyond the tariff
	reste      simphonie.Montant // asked, in neither MRO nor MRC

	libre         bool // reaches the threshold step of the decision list
	exoSeuil      droits.Exoneration
	declencheur   declencheur
	moinsQueTarif bool // a forfait of the C2S whose overrun is under its price
	horsPanier    bool // dental care whose rest a patient of the C2S pays
	avecForfait   bool // an ATU, FFM or SEx stands beside it on its day
	regimeLocal   bool // set the rate
}

// memoire holds a usual visit in one piece; longer ones grow out of it.
type memoire struct {
	soins      [8]soin
	situations [2]situation
	lignes     [8]ligne
	pointeurs  [8]*ligne
	rangs      [8]int
	cles       [4]cleFacture
	portee     [16]*ligne
}

// prepare sets the stage.
func (m *moteur) prepare() {
	m.r.Interpretations = m.o.Interpretations
	m.zone = tarif.ZoneOf(m.v.Etablissement.Territoire)
	m.soins, m.situations, m.lignes = m.memoire.soins[:0], m.memoire.situations[:0], m.memoire.pointeurs[:0]
	m.decideur = droits.NewDecideur(m.o.Baremes, m.optionsDroits())
}

func (m *moteur) optionsDroits() droits.Options {
	return droits.Options{Interpretations: m.o.Interpretations.Droits, Tracer: m.o.Expliquer}
}

// ref gives the rights on the reference date of a prestation.
func (m *moteur) ref(s *soin) *droits.Contexte { return &m.situations[s.ref].Contexte }

// conclut gives the result.
func (m *moteur) conclut() (Resultat, error) {
	if len(m.errs) > 0 {
		return m.arrete(codeAbsent), errors.Join(m.errs...)
	}
	if m.r.Anomalies.Stoppent() {
		return m.arrete(premierStop(m.r.Anomalies)), nil
	}
	m.assemble()
	if len(m.errs) > 0 {
		return m.arrete(codeAbsent), errors.Join(m.errs...)
	}
	for i := range m.factures {
		m.note(m.factures[i].Verify())
		m.controle(i)
	}
	if m.r.Anomalies.Stoppent() {
		return m.arrete(premierStop(m.r.Anomalies)), nil
	}
	m.r.Issue, m.r.Motif, m.r.Factures = Facturable, regFacturable.Code, m.factures
	return m.r, nil
}

// controle applies the controls of a priced invoice.
func (m *moteur) controle(i int) {
	if m.o.SansControles {
		return
	}
	var ds []droitsLigne
	for _, l := range m.lignes {
		if l.facture == i {
			ds = append(ds, droitsLigne{Contexte: m.ref(l.soin), IPS: l.parcours.IPS})
		}
	}
	m.note(controleFacture(m.v, m.o, &m.factures[i].Facture, ds))
}

// codeAbsent is the reason of a result for which a table lacks a row.
const codeAbsent simphonie.Code = "ACE-TABLE-ABSENTE"

func (m *moteur) arrete(motif simphonie.Code) Resultat {
	m.r.Issue, m.r.Motif, m.r.Factures = AVerifier, motif, nil
	return m.r
}

func premierStop(as simphonie.Anomalies) simphonie.Code {
	for i := range as {
		if as[i].Gravite.Stoppe() {
			return as[i].Code
		}
	}
	return ""
}

// note keeps anomalies that are not known yet.
func (m *moteur) note(as simphonie.Anomalies) {
	for _, a := range as {
		if !slices.ContainsFunc(m.r.Anomalies, func(b simphonie.Anomalie) bool {
			return a.Code == b.Code && a.Chemin == b.Chemin && slices.Equal(a.Valeurs, b.Valeurs)
		}) {
			m.r.Anomalies = append(m.r.Anomalies, a)
		}
	}
}

func (m *moteur) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	m.note(simphonie.Anomalies{r.Anomalie(chemin, valeurs...)})
}

// manque keeps the error of a row that is missing, once.
func (m *moteur) manque(err error) bool { return err != nil && m.retient(err) }

func (m *moteur) retient(err error) bool {
	if !slices.ContainsFunc(m.errs, func(e error) bool { return e.Error() == err.Error() }) {
		m.errs = append(m.errs, err)
	}
	return true
}

// explique records a decision on a line, when asked for.
func (l *ligne) explique(r *simphonie.Regle, valeurs ...string) {
	if l.x != nil {
		l.x.Decide(l.n, r, slices.Clone(valeurs)...)
	}
}

// lecture records that the reading of an open question decided something.
func (l *ligne) lecture(r *simphonie.Regle, i *simphonie.Interpretation, donne string) {
	if l.x != nil {
		l.x.Decide(l.n, r, i.Retenu(donne))
	}
}
