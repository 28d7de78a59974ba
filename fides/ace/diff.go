package ace

import (
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
	// Contexte is what the results were made of: outcome, rules, tables, nature,
	// care pathway.
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
	d.Contexte = ecarts([]string{"issue", "motif", "factures", "regles", "tables", "connuAu", "natures", "parcours"}, contexteDe(a), contexteDe(b))
	for _, x := range debiteursDe(a, b) {
		e := EcartDebiteur{x, du(a, x), du(b, x)}
		if e.Avant != e.Apres {
			d.Debiteurs = append(d.Debiteurs, e)
		}
	}
	autres := places(b)
	for _, p := range places(a) {
		i := slices.IndexFunc(autres, func(q place) bool { return q.memeLigne(p) })
		if i < 0 {
			d.Lignes = append(d.Lignes, p.seule("apres"))
			continue
		}
		if e := p.compare(autres[i]); len(e.Ecarts) > 0 {
			d.Lignes = append(d.Lignes, e)
		}
		autres = slices.Delete(autres, i, i+1)
	}
	for _, q := range autres {
		d.Lignes = append(d.Lignes, q.seule("avant"))
	}
	return d
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
	var natures, ips []string
	regles, tables, connuAu := "", "", ""
	for i := range r.Factures {
		f := &r.Factures[i]
		natures, ips = append(natures, f.Nature.String()), append(ips, f.IPS)
		regles, tables, connuAu = string(f.JeuRegles), f.Tarifs, f.ConnuAu.String()
	}
	return []string{string(r.Issue), string(r.Motif), strconv.Itoa(len(r.Factures)), regles, tables, connuAu,
		strings.Join(natures, " "), strings.Join(ips, " ")}
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
	f *Facture
	n int
}

func places(r *Resultat) []place {
	var ps []place
	for i := range r.Factures {
		for n := range r.Factures[i].Lignes {
			ps = append(ps, place{&r.Factures[i], n})
		}
	}
	return ps
}

func (p place) ligne() *facture.Ligne { return &p.f.Lignes[p.n] }

func (p place) prestations() []int {
	if a := p.ligne().Detail.Acte; a != nil {
		return a.Prestations
	}
	return nil
}

func (p place) memeLigne(q place) bool {
	return p.ligne().Code == q.ligne().Code && slices.Equal(p.prestations(), q.prestations())
}

func (p place) seule(absente string) EcartLigne {
	return EcartLigne{Code: p.ligne().Code, Prestations: p.prestations(), Absente: absente}
}

// compare lists what differs, in the order in which it is computed.
func (p place) compare(q place) EcartLigne {
	e := p.seule("")
	e.Ecarts = ecarts([]string{"execution", "reference", "quantite", "prix", "coefficient", "coefMCO", "brAMO", "brAMC", "taux", "exoneration",
		"qualificatif", "tmf", "participation", "mtm", "mro", "mrc", "honoraires"}, valeurs(p.ligne()), valeurs(q.ligne()))
	if len(e.Ecarts) > 0 && p.f.Explication != nil && q.f.Explication != nil {
		x, y := p.regles(), q.regles()
		e.Avant, e.Apres = sauf(x, y), sauf(y, x)
	}
	return e
}

func valeurs(l *facture.Ligne) []string {
	return []string{l.Execution.String(), l.Reference.String(), strconv.Itoa(l.Quantite), l.PrixUnitaire.String(), l.Coefficient.String(),
		l.CoefMCO.String(), l.BRAMO.String(), l.BRAMC.String(), l.Taux.String(), l.Exoneration.String(), string(l.Qualificatif.Code()),
		l.TMF.String(), string(l.Participation.Code()), l.MTM.String(), l.MRO.String(), l.MRC.String(), l.Honoraires.String()}
}

// regles lists the rules that decided something of a line.
func (p place) regles() []simphonie.Code {
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
