package roctest

import (
	"slices"
	"strings"
	"sync"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/roc/modele"
)

// registre is what the insurers know and remember, whatever the address.
type registre struct {
	doubles bool // an insurer commits again for a visit that it covers already

	mu          sync.Mutex
	personnes   []*Beneficiaire
	dites       map[dite]int // how often an outcome was forced
	requetes    map[modele.Service]int
	vues        map[vue]modele.Service
	engagements []*Engagement
	bilans      map[string]*Bilan
	factures    map[sejour]bool
}

type dite struct {
	qui     *Beneficiaire
	service modele.Service
}

// vue is a request that came in; sejour is a visit and its insurer.
type (
	vue    struct{ amc, requete string }
	sejour struct{ amc, venue string }
)

func nouveauRegistre() *registre {
	return &registre{dites: map[dite]int{}, requetes: map[modele.Service]int{}, vues: map[vue]modele.Service{}, bilans: map[string]*Bilan{}, factures: map[sejour]bool{}}
}

// demande is a request that respects the page, as the service reads it.
type demande struct {
	service modele.Service
	corps   *etree.Element
	instant simphonie.Jour
	amc     string // canonical
	requete string
	venue   string
	date    simphonie.Jour
	lignes  []ligne
}

func (d *demande) champ(chemin ...string) string {
	return fils(d.corps, append([]string{"Entete"}, chemin...)...)
}

func (d *demande) sejour() sejour { return sejour{d.amc, d.venue} }

func lit(s modele.Service, q *passerelle.Requete) *demande {
	d := &demande{service: s, corps: q.Corps, instant: simphonie.JourOf(q.Instant)}
	d.amc = simphonie.NumeroAMC(d.champ("Couverture", "NumeroAMC")).Canonique()
	d.requete, d.venue = d.champ("Requete"), d.champ("Venue")
	d.date, _ = simphonie.ParseJour(d.champ("Date"))
	for _, el := range q.Corps.SelectElements("Ligne") {
		l := ligne{code: fils(el, "Code"), honoraires: euros(fils(el, "Honoraires")), partAMO: euros(fils(el, "PartAMO")), baseAMC: euros(fils(el, "BaseAMC"))}
		for _, c := range fils(el, "Quantite") {
			l.quantite = 10*l.quantite + int64(c-'0')
		}
		for _, p := range el.SelectElements("AutrePart") {
			l.autres += euros(fils(p, "Montant"))
		}
		d.lignes = append(d.lignes, l)
	}
	return d
}

// euros reads an amount whose form was checked.
func euros(s string) simphonie.Montant {
	m, _ := simphonie.ParseMontant(s)
	return m
}

// cherche finds the person of a request, or why there is none.
func (g *registre) cherche(d *demande) (*Beneficiaire, string) {
	adherent, issue := d.champ("Couverture", "NumeroAdherent"), AdherentAbsent
	var trouves []*Beneficiaire
	for _, b := range g.personnes {
		if b.AMC.Canonique() != d.amc || b.Adherent.Clair() != adherent {
			continue
		}
		issue = BeneficiaireInconnu
		if d.est(b) {
			trouves = append(trouves, b)
		}
	}
	switch len(trouves) {
	case 0:
		return nil, issue
	case 1:
		return trouves[0], ""
	}
	return nil, DonneeManquante
}

// est says that a request is about a person: what both say agrees.
func (d *demande) est(b *Beneficiaire) bool {
	champ := func(nom string) string { return d.champ("Beneficiaire", nom) }
	for _, c := range [][2]string{{champ("Nir") + champ("Cle"), b.NIR.Clair()}, {champ("Rang"), b.Rang},
		{strings.ToUpper(champ("Nom")), strings.ToUpper(b.Nom.Clair())}, {strings.ToUpper(champ("Prenom")), strings.ToUpper(b.Prenom.Clair())}} {
		if c[0] != "" && c[1] != "" && c[0] != c[1] {
			return false
		}
	}
	return champ("DateNaissance") == b.Naissance.Clair()
}

// contrats gives the contracts of a person that a request may rest on, or why
// there is none, or why one must be chosen.
func (d *demande) contrats(b *Beneficiaire) ([]Contrat, string) {
	garde := func(cs []Contrat, f func(*Contrat) bool) []Contrat {
		return slices.DeleteFunc(slices.Clone(cs), func(c Contrat) bool { return !f(&c) })
	}
	couverture := func(nom string) string { return d.champ("Couverture", nom) }
	cs := garde(b.Contrats, func(c *Contrat) bool {
		convention, csr := couverture("TypeConvention"), couverture("CSR")
		return (convention == "" || convention == c.Convention) && (csr == "" || csr == c.CSR) &&
			(len(c.Domaines) == 0 || slices.Contains(c.Domaines, couverture("Domaine")))
	})
	if len(cs) == 0 {
		return nil, ConventionNonApplicable
	}
	if choisi := couverture("Contrat"); choisi != "" {
		if cs = garde(cs, func(c *Contrat) bool { return c.Identifiant.Clair() == choisi }); len(cs) == 0 {
			return nil, DemandeInvalide
		}
	}
	ouverts := garde(cs, func(c *Contrat) bool { return c.Periode.Contains(d.date) })
	switch {
	case len(ouverts) == 0 && slices.ContainsFunc(cs, func(c Contrat) bool { return c.Periode.Du.After(d.date) }):
		return nil, DroitsNonOuverts
	case len(ouverts) == 0:
		return nil, DroitsFermes
	case len(ouverts) == 1:
		return ouverts, ""
	case slices.ContainsFunc(ouverts, func(c Contrat) bool { return c.Convention != ouverts[0].Convention }):
		return ouverts, ChoixConvention
	}
	return ouverts, ChoixContrat
}
