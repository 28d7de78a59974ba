package rapprochement

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

// Cles are what ties a payment to a line of a statement, each kept as soon as a
// step gives it. None is personal data: a card number or a NIR is refused.
type Cles struct {
	Contrat      string          `json:"contrat,omitempty"`      // merchant contract
	Remise       string          `json:"remise,omitempty"`       // remittance, within its contract
	Autorisation string          `json:"autorisation,omitempty"` // authorisation number
	Reference    string          `json:"reference,omitempty"`    // CF of the terminal, refdet of PayFiP, end-to-end reference
	Operation    string          `json:"operation,omitempty"`    // idOp of PayFiP
	Accord       string          `json:"accord,omitempty"`       // debit agreement, or reference of the SEPA mandate
	Titre        moyens.CleTitre `json:"titre,omitempty"`        // titre de recette, nine digits or fifteen
}

// champ is one key of a set.
type champ struct {
	nom string
	v   *string
}

// champs lists the texts; the titre has a shape of its own.
func (c *Cles) champs() [6]champ {
	return [...]champ{{"contrat", &c.Contrat}, {"remise", &c.Remise}, {"autorisation", &c.Autorisation},
		{"reference", &c.Reference}, {"operation", &c.Operation}, {"accord", &c.Accord}}
}

// defauts lists the keys that may not stand here.
func (c *Cles) defauts() []string {
	var noms []string
	for _, x := range c.champs() {
		if *x.v != "" && !texteAdmis(*x.v) {
			noms = append(noms, x.nom)
		}
	}
	if c.Titre != "" && c.Titre.Valide() != nil {
		noms = append(noms, "titre")
	}
	return noms
}

// contredit says that two sets cannot be those of one payment: a key that both
// have differs.
func (c *Cles) contredit(d *Cles) bool {
	differe := func(a, b string) bool { return a != "" && b != "" && a != b }
	return differe(c.Contrat, d.Contrat) || differe(c.Remise, d.Remise) || differe(c.Autorisation, d.Autorisation) ||
		differe(c.Reference, d.Reference) || differe(c.Operation, d.Operation) || differe(c.Accord, d.Accord) ||
		c.Titre != "" && d.Titre != "" && c.Titre.Contredit(d.Titre)
}

// complete adds the keys of another set that does not contradict this one.
func (c *Cles) complete(d *Cles) {
	siennes := c.champs()
	for i, x := range d.champs() {
		if *x.v != "" {
			*siennes[i].v = *x.v
		}
	}
	if len(d.Titre) > len(c.Titre) {
		c.Titre = d.Titre
	}
}

// NomEtape is a step of a payment.
type NomEtape string

// Steps that give keys, in their usual order.
const (
	EtapeAccord   NomEtape = "accord"   // agreement sealed, or mandate signed
	EtapeFacture  NomEtape = "facture"  // invoice or titre issued
	EtapeAvis     NomEtape = "avis"     // patient told
	EtapeOrdre    NomEtape = "ordre"    // debit or payment asked for
	EtapeResultat NomEtape = "resultat" // terminal, platform or PayFiP answered
	EtapeRemise   NomEtape = "remise"   // remitted to the bank
	EtapeReleve   NomEtape = "releve"   // seen on a statement
)

var etapes = []NomEtape{EtapeAccord, EtapeFacture, EtapeAvis, EtapeOrdre, EtapeResultat, EtapeRemise, EtapeReleve}

// Etape is what a step gave, and when.
type Etape struct {
	Nom  NomEtape       `json:"nom"`
	Le   simphonie.Jour `json:"le"`
	Cles Cles           `json:"cles,omitzero"`
}

// Avec adds steps: their keys complete those already known. A key never changes:
// another value is RAPP-CLE-CHANGEE (a payment asked for again is another
// receipt), and nothing is added. The receiver is left as it was.
func (a Attendu) Avec(es ...Etape) (Attendu, error) {
	avant := a
	a.Etapes = slices.Clone(a.Etapes)
	for _, e := range es {
		if !slices.Contains(etapes, e.Nom) || e.Le.IsZero() || len(e.Cles.defauts()) > 0 {
			return avant, erreur("RAPP-ETAPE", "etape", "a documented step, its day, and keys without personal data are wanted")
		}
		if a.Cles.contredit(&e.Cles) {
			return avant, erreur("RAPP-CLE-CHANGEE", "etape "+string(e.Nom), "a key known from a former step has another value")
		}
		a.Cles.complete(&e.Cles)
		a.Etapes = append(a.Etapes, e)
	}
	return a, nil
}
