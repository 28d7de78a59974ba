package ace

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Difference says why two results of one visit do not ask the same: at two
// dates, with other rights, under other rules or tables.
type Difference struct {
	// Contexte is what the results were made of: outcome, rules, tables, readings,
	// nature, organism, care pathway.
	Contexte  []Ecart         `json:"contexte,omitempty"`
	Debiteurs []EcartDebiteur `json:"debiteurs,omitempty"`
	Lignes    []EcartLigne    `json:"lignes,omitempty"`
}

// IsZero says that nothing differs.
func (d *Difference) IsZero() bool {
	return len(d.Contexte) == 0 && len(d.Debiteurs) == 0 && len(d.Lignes) == 0
}

// Ecart is one value that changed.
type Ecart struct {
	Champ string `json:"champ"`
	Avant string `json:"avant"`
	Apres string `json:"apres"`
}

// EcartDebiteur is what a debtor owes in all, before and after.
type EcartDebiteur struct {
	Debiteur simphonie.Debiteur `json:"debiteur"`
	Avant    simphonie.Montant  `json:"avant"`
	Apres    simphonie.Montant  `json:"apres"`
}

// EcartLigne is a line that changed, came or went.
type EcartLigne struct {
	Code        tarif.Code `json:"code"`
	Prestations []int      `json:"prestations"`
	Absente     string     `json:"absente,omitempty"` // "avant" or "apres"
	// Ecarts are in the order of the pipeline: the first is the cause of the others.
	Ecarts []Ecart `json:"ecarts,omitempty"`
	// Avant and Apres are the rules that decided in one result only, when both
	// are explained.
	Avant []simphonie.Code `json:"reglesAvant,omitempty"`
	Apres []simphonie.Code `json:"reglesApres,omitempty"`
}

// Cause is what changed first, empty when the line came or went.
func (e *EcartLigne) Cause() string {
	if len(e.Ecarts) == 0 {
		return ""
	}
	return e.Ecarts[0].Champ
}

// Diff compares two results of one visit.
func Diff(a, b *Resultat) Difference {
	var d Difference
	if a == nil || b == nil {
		return d
	}
	d.Contexte = ecarts([]string{"issue", "motif", "factures", "regles", "tables", "connuAu", "lectures", "natures", "organismes", "parcours"}, contexteDe(a), contexteDe(b))
	for _, x := range debiteursDe(a, b) {
		e := EcartDebiteur{x, du(a, x), du(b, x)}
		if e.Avant != e.Apres {
			d.Debiteurs = append(d.Debiteurs, e)
		}
	}
	avant, apres := places(a), places(b)
	apparie(avant, apres)
	for i := range avant {
		p := &avant[i]
		if p.pair == nil {
			d.Lignes = append(d.Lignes, p.seule("apres"))
		} else if e := p.compare(p.pair); len(e.Ecarts) > 0 {
			d.Lignes = append(d.Lignes, e)
		}
	}
	for i := range apres {
		if q := &apres[i]; q.pair == nil {
			d.Lignes = append(d.Lignes, q.seule("avant"))
		}
	}
	return d
}

// apparie finds the line of the other result that each one is: of the same act,
// and best alike, then of the same ranks, then whichever is left. Ranks alone do
// not say it: they move when a prestation comes or goes.
func apparie(avant, apres []place) {
	for _, memes := range [...]func(p, q *place) bool{
		func(p, q *place) bool {
			return slices.Equal(p.valeurs, q.valeurs) && slices.Equal(p.prestations(), q.prestations())
		},
		func(p, q *place) bool { return slices.Equal(p.valeurs, q.valeurs) },
		func(p, q *place) bool { return slices.Equal(p.prestations(), q.prestations()) },
		func(*place, *place) bool { return true },
	} {
		for i := range avant {
			p := &avant[i]
			for j := 0; j < len(apres) && p.pair == nil; j++ {
				if q := &apres[j]; q.pair == nil && p.acte == q.acte && memes(p, q) {
					p.pair, q.pair = q, p
				}
			}
		}
	}
}

func ecarts(champs, avant, apres []string) []Ecart {
	var es []Ecart
	for i, c := range champs {
		if avant[i] != apres[i] {
			es = append(es, Ecart{c, avant[i], apres[i]})
		}
	}
	return es
}

func contexteDe(r *Resultat) []string {
	var natures, organismes, ips []string
	regles, tables, connuAu := "", "", ""
	lectures, _ := json.Marshal(r.Interpretations) // strings only
	for i := range r.Factures {
		f := &r.Factures[i]
		natures, organismes, ips = append(natures, f.Nature.String()), append(organismes, f.Organisme.String()), append(ips, f.IPS)
		regles, tables, connuAu = string(f.JeuRegles), f.Tarifs, f.ConnuAu.String()
	}
	return []string{string(r.Issue), string(r.Motif), strconv.Itoa(len(r.Factures)), regles, tables, connuAu, string(lectures),
		strings.Join(natures, " "), strings.Join(organismes, " "), strings.Join(ips, " ")}
}

func debiteursDe(rs ...*Resultat) []simphonie.Debiteur {
	var ds []simphonie.Debiteur
	for _, r := range rs {
		for i := range r.Factures {
			for _, d := range r.Factures[i].Debiteurs() {
				if !slices.Contains(ds, d) {
					ds = append(ds, d)
				}
			}
		}
	}
	return ds
}

// du gives what a debtor owes; an amount that does not fit was refused before.
func du(r *Resultat, d simphonie.Debiteur) (total simphonie.Montant) {
	for i := range r.Factures {
		m, _ := r.Factures[i].TotalPar(d)
		total += m
	}
	return total
}

// place is a line and its invoice.
type place struct {
	f       *Facture
	n       int
	acte    acteDit
	valeurs []string
	pair    *place // in the other result
}

// acteDit is what a line is the line of, whatever its price and its rank.
type acteDit struct {
	code                  tarif.Code
	acte, activite, phase string
}

func acteDe(l *facture.Ligne) acteDit {
	a := acteDit{code: l.Code}
	if d := l.Detail.Acte; d != nil && d.CCAM != nil {
		a.acte, a.activite, a.phase = d.CCAM.Acte, d.CCAM.Activite, d.CCAM.Phase
	}
	return a
}

func places(r *Resultat) []place {
	var ps []place
	for i := range r.Factures {
		for n := range r.Factures[i].Lignes {
			l := &r.Factures[i].Lignes[n]
			ps = append(ps, place{f: &r.Factures[i], n: n, acte: acteDe(l), valeurs: valeurs(l)})
		}
	}
	return ps
}

func (p *place) ligne() *facture.Ligne { return &p.f.Lignes[p.n] }

func (p *place) prestations() []int {
	if a := p.ligne().Detail.Acte; a != nil {
		return a.Prestations
	}
	return nil
}

func (p *place) seule(absente string) EcartLigne {
	return EcartLigne{Code: p.ligne().Code, Prestations: p.prestations(), Absente: absente}
}

// compare lists what differs, in the order in which it is computed.
func (p *place) compare(q *place) EcartLigne {
	e := p.seule("")
	e.Ecarts = ecarts(champsLigne, p.valeurs, q.valeurs)
	if x, y := p.ligne(), q.ligne(); x.PrixUnitaire != y.PrixUnitaire && x.TarifReference != y.TarifReference {
		i := slices.IndexFunc(e.Ecarts, func(e Ecart) bool { return e.Champ == champPrix })
		e.Ecarts = slices.Insert(e.Ecarts, i+1, Ecart{"tarif", x.TarifReference, y.TarifReference}) // the text that sets the price
	}
	if len(e.Ecarts) > 0 && p.f.Explication != nil && q.f.Explication != nil {
		x, y := p.regles(), q.regles()
		e.Avant, e.Apres = sauf(x, y), sauf(y, x)
	}
	return e
}

const champPrix = "prix"

var champsLigne = []string{"execution", "reference", "specialite", "grille", "modificateurs", "association", "majoration", "analyses", "produits",
	"quantite", champPrix, "coefficient", "coefMCO", "brAMO", "brAMC", "taux", "exoneration",
	"qualificatif", "tmf", "participation", "mtm", "mro", "mrc", "honoraires"}

// valeurs gives what champsLigne names.
func valeurs(l *facture.Ligne) []string {
	var d facture.DetailActe
	if l.Detail.Acte != nil {
		d = *l.Detail.Acte
	}
	var c facture.DetailCCAM
	if d.CCAM != nil {
		c = *d.CCAM
	}
	var analyses, produits []string
	for i := range d.Analyses {
		analyses = append(analyses, d.Analyses[i].Code)
	}
	for i := range d.Produits {
		produits = append(produits, d.Produits[i].Code)
	}
	return []string{l.Execution.String(), l.Reference.String(), d.Specialite, c.Grille, c.Modificateurs, c.Association, d.Majoration,
		strings.Join(analyses, " "), strings.Join(produits, " "),
		strconv.Itoa(l.Quantite), l.PrixUnitaire.String(), l.Coefficient.String(),
		l.CoefMCO.String(), l.BRAMO.String(), l.BRAMC.String(), l.Taux.String(), l.Exoneration.String(), string(l.Qualificatif.Code()),
		l.TMF.String(), string(l.Participation.Code()), l.MTM.String(), l.MRO.String(), l.MRC.String(), l.Honoraires.String()}
}

// regles lists the rules that decided something of a line.
func (p *place) regles() []simphonie.Code {
	var cs []simphonie.Code
	for i := range p.f.Explication.Etapes {
		e := &p.f.Explication.Etapes[i]
		if int(e.Ligne) == p.n && e.Regle.Code != regPas.Code && !slices.Contains(cs, e.Regle.Code) {
			cs = append(cs, e.Regle.Code)
		}
	}
	return cs
}

func sauf(cs, autres []simphonie.Code) []simphonie.Code {
	var r []simphonie.Code
	for _, c := range cs {
		if !slices.Contains(autres, c) {
			r = append(r, c)
		}
	}
	return r
}
