package ace

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// CasAssociation is what a practitioner says of the acts of a day, which their
// codes do not: it decides which association the texts print.
type CasAssociation string

// Cases of the decision of 18 July 2005, art. III-3 B. The empty one is the general rule.
const (
	CasGeneral            CasAssociation = ""
	CasMembresDifferents  CasAssociation = "membres-differents"    // surgery on two limbs, limb and trunk, limb and head
	CasPolytraumatisme    CasAssociation = "polytraumatisme"       // surgery of a recent multiple trauma
	CasCancerORL          CasAssociation = "cancer-orl"            // excision, curage, reconstruction
	CasComplements        CasAssociation = "complement-supplement" // act, geste complémentaire and supplement
	CasEchographie        CasAssociation = "echographie"           // abdomen or pelvis with breast, thyroid, testis
	CasRadiologie         CasAssociation = "radiologie-conventionnelle"
	CasImagerieVasculaire CasAssociation = "imagerie-vasculaire" // and interventional
	CasScanners           CasAssociation = "scanners"            // listed pairs of regions, guidance
	CasMedecineNucleaire  CasAssociation = "medecine-nucleaire"
	CasTauxPlein          CasAssociation = "taux-plein" // pathology, EMG, irradiation, some deliveries
	CasBuccoDentaire      CasAssociation = "bucco-dentaire"
)

// casAssociation says which codes a case gives: the dearest act, the second,
// those that follow. max bounds the acts, 0 for no bound.
type casAssociation struct {
	premier, second, suite string
	max                    int
}

var casAssociations = map[CasAssociation]casAssociation{
	CasGeneral:            {"1", "2", "", 2},
	CasMembresDifferents:  {"1", "3", "", 2},
	CasPolytraumatisme:    {"1", "3", "2", 3},
	CasCancerORL:          {"1", "2", "2", 3},
	CasComplements:        {"1", "1", "1", 3},
	CasEchographie:        {"1", "2", "", 2},
	CasRadiologie:         {"1", "2", "2", 0},
	CasImagerieVasculaire: {"1", "1", "1", 0},
	CasScanners:           {"4", "4", "4", 0},
	CasMedecineNucleaire:  {"4", "4", "", 2},
	CasTauxPlein:          {"4", "4", "4", 0},
	CasBuccoDentaire:      {"4", "4", "4", 0},
}

// PropositionAssociation is the association code that the texts give an act. It
// changes nothing: the practitioner decides.
type PropositionAssociation struct {
	Prestation int    `json:"prestation"` // rank in the visit, from 0
	Donne      string `json:"donne"`      // code that was keyed
	Propose    string `json:"propose"`    // empty: the act carries none
	// ADecider says that no printed case gives the code, and why; Propose is
	// then empty.
	ADecider MotifAssociation `json:"aDecider,omitempty"`
}

// MotifAssociation is why a person decides.
type MotifAssociation string

// Reasons.
const (
	TropDActes       MotifAssociation = "trop-d-actes"        // more than the case allows
	PrixInconnu      MotifAssociation = "prix-inconnu"        // the dearest act cannot be told
	ActeInconnu      MotifAssociation = "acte-inconnu"        // not in the tables
	CasInconnu       MotifAssociation = "cas-inconnu"         // no such case
	PlusieursMoments MotifAssociation = "plusieurs-moments"   // sessions of one day by one practitioner, of which the case says nothing
	CodesMeles       MotifAssociation = "codes-incompatibles" // one practitioner wants 4, another 2 or 3
)

// ProposerAssociations gives, for each act of the CCAM, the association code of
// the case that its practitioner names (none is the general rule), the dearest
// act first, before modifiers. Acts of other practitioners of the day are
// forced to 1, or to 4 when a 4 is there, because all of them bill under the
// hospital's number (RG_IP654). Acts at half price with a consultation have no
// code. Given codes are never changed. ACE-C-ENTREE: as Controler.
func ProposerAssociations(v *Venue, o *Options, cas map[Executant]CasAssociation) ([]PropositionAssociation, error) {
	if err := entree(v, o); err != nil {
		return nil, err
	}
	c := nouveauControleur(v, o)
	var ps []PropositionAssociation
	for _, g := range c.groupes(cumulJour) {
		j := jourAssociation{c: c, propositions: map[int]*PropositionAssociation{}}
		for _, i := range g.lignes {
			w := &c.vues[i]
			if w.Nomenclature != droits.CCAM || w.CCAM == nil {
				continue
			}
			p := &PropositionAssociation{Prestation: i, Donne: w.CCAM.Association}
			j.propositions[i] = p
			if !w.CCAM.DemiTarif {
				j.vues = append(j.vues, w)
			}
		}
		j.propose(cas)
		for _, p := range j.propositions {
			ps = append(ps, *p)
		}
	}
	slices.SortFunc(ps, func(a, b PropositionAssociation) int { return cmp.Compare(a.Prestation, b.Prestation) })
	return ps, nil
}

// jourAssociation is the acts of one day.
type jourAssociation struct {
	c            *controleur
	vues         []*vue
	propositions map[int]*PropositionAssociation
}

func (j *jourAssociation) propose(cas map[Executant]CasAssociation) {
	if len(j.vues) < 2 {
		return
	}
	if planifiees, _ := j.c.planifiees(j.vues); planifiees {
		return
	}
	type siens struct {
		ps   Executant
		vues []*vue
	}
	var praticiens []*siens
	for _, w := range j.vues {
		k := slices.IndexFunc(praticiens, func(s *siens) bool { return s.ps == w.ps })
		if k < 0 {
			praticiens = append(praticiens, &siens{ps: w.ps})
			k = len(praticiens) - 1
		}
		praticiens[k].vues = append(praticiens[k].vues, w)
	}
	for _, s := range praticiens {
		j.praticien(s.vues, cas[s.ps])
	}
	j.accorde()
}

// praticien gives the codes of one practitioner.
func (j *jourAssociation) praticien(vs []*vue, cas CasAssociation) {
	k, ok := casAssociations[cas]
	switch {
	case !ok:
		j.decider(vs, CasInconnu)
		return
	case slices.ContainsFunc(vs, func(w *vue) bool { return w.activite == nil }):
		j.decider(vs, ActeInconnu)
		return
	case len(vs) == 1:
		j.code(vs[0], association1)
		if k.premier == association4 {
			j.code(vs[0], association4)
		}
		return
	case slices.ContainsFunc(vs, func(w *vue) bool { return w.Seance != vs[0].Seance }):
		j.decider(vs, PlusieursMoments)
		return
	case k.max > 0 && len(vs) > k.max:
		j.decider(vs, TropDActes)
		return
	}
	ordre := slices.Clone(vs)
	if k.premier != k.second {
		prix := map[*vue]simphonie.Montant{}
		for _, w := range vs {
			if prix[w], ok = j.c.prixActe(w); !ok {
				j.decider(vs, PrixInconnu)
				return
			}
		}
		slices.SortStableFunc(ordre, func(a, b *vue) int { return cmp.Compare(prix[b], prix[a]) })
	}
	for i, w := range ordre {
		j.code(w, [...]string{k.premier, k.second, k.suite}[min(i, 2)])
	}
}

func (j *jourAssociation) code(w *vue, code string) { j.propositions[w.rang].Propose = code }

func (j *jourAssociation) decider(vs []*vue, m MotifAssociation) {
	for _, w := range vs {
		p := j.propositions[w.rang]
		p.ADecider, p.Propose = m, ""
	}
}

// accorde keeps 4 from standing beside another code: a lone 1 of another
// practitioner becomes 4; a reduced code cannot.
func (j *jourAssociation) accorde() {
	quatre, reduit := false, false
	for _, w := range j.vues {
		switch j.propositions[w.rang].Propose {
		case association4:
			quatre = true
		case association1, "":
		default:
			reduit = true
		}
	}
	switch {
	case quatre && reduit:
		j.decider(j.vues, CodesMeles)
	case quatre:
		for _, w := range j.vues {
			if j.propositions[w.rang].Propose == association1 {
				j.code(w, association4)
			}
		}
	}
}
