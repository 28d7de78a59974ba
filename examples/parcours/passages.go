package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/urgences"
)

//go:embed passages.json
var passagesJSON []byte

// cas is one visit of the set, and what happens to it in life.
type cas struct {
	Titre   string           `json:"titre"`
	Passage urgences.Passage `json:"passage"`
	// DeuxTemps makes the patient part at discharge and the forfaits later.
	DeuxTemps bool `json:"deuxTemps,omitempty"`
	// Ensuite requalifies the visit after the invoice.
	Ensuite *suite `json:"ensuite,omitempty"`

	accueil *accueil // nil when the teleservices were not asked
}

type suite struct {
	Orientation   urgences.Orientation    `json:"orientation"`
	Encaissements []urgences.Encaissement `json:"encaissements"`
}

// issue is what became of a case.
type issue struct {
	cas *cas
	urgences.Resultat
	requalification *urgences.Requalification
	engagement      *engagement // of a complementary insurer, nil without attestation
	err             error
}

func lisPassages(fichier string) ([]cas, error) {
	b := passagesJSON
	if fichier != "" {
		var err error
		if b, err = os.ReadFile(fichier); err != nil {
			return nil, err
		}
	}
	var bruts []struct {
		cas
		Passage json.RawMessage `json:"passage"`
	}
	if err := json.Unmarshal(b, &bruts); err != nil {
		return nil, fmt.Errorf("passages: %w", err)
	}
	var tous []cas
	for i, x := range bruts {
		p, err := urgences.ParsePassage(x.Passage)
		if err != nil {
			return nil, fmt.Errorf("passages[%d]: %w", i, err)
		}
		x.cas.Passage = p
		tous = append(tous, x.cas)
	}
	return tous, nil
}

// calcule prices a case the way its life goes.
func (c *cas) calcule(o *urgences.Options) issue {
	i := issue{cas: c}
	i.Resultat, i.err = c.prix(o)
	if i.err == nil && c.Ensuite != nil && i.Issue == urgences.Facturable {
		r, err := urgences.Requalifier(&i.Resultat, c.Ensuite.Orientation, c.Ensuite.Encaissements...)
		i.requalification, i.err = &r, err
	}
	return i
}

func (c *cas) prix(o *urgences.Options) (urgences.Resultat, error) {
	if !c.DeuxTemps {
		return urgences.Compute(&c.Passage, o)
	}
	patient, err1 := urgences.PartPatient(&c.Passage, o)
	forfaits, err2 := urgences.Forfaits(&c.Passage, o)
	if err := errors.Join(err1, err2); err != nil {
		return urgences.Resultat{}, err
	}
	return urgences.Fusionner(&c.Passage, &patient, &forfaits, o)
}

// bilan adds up what is owed, debtor by debtor, and what became of the visits.
type bilan struct {
	passages  int
	soins     int // invoices that are not emergency visits
	issues    map[urgences.Issue]int
	facture   simphonie.Montant
	annule    simphonie.Montant
	debiteurs []simphonie.Debiteur
	du        map[simphonie.Debiteur]simphonie.Montant
	erreurs   int
}

func nouveauBilan() *bilan {
	return &bilan{issues: map[urgences.Issue]int{}, du: map[simphonie.Debiteur]simphonie.Montant{}}
}

// ajoute counts a case, its reversal included. An overflow or an invoice that
// does not add up is an error.
func (b *bilan) ajoute(i *issue) error {
	b.passages++
	if i.err != nil {
		b.erreurs++
		return nil
	}
	b.issues[i.Issue]++
	if i.Issue != urgences.Facturable {
		return nil
	}
	f := &i.Facture
	total, err := f.Total()
	if err != nil {
		return err
	}
	if b.facture, err = b.facture.Add(total); err != nil {
		return err
	}
	if as := f.Verify(); len(as) > 0 {
		return fmt.Errorf("venue %s: %s", f.Venue, as[0])
	}
	if i.requalification != nil {
		b.annule, err = b.annule.Add(total)
		return err // the reversal takes away what the invoice asked
	}
	for _, p := range f.Parts {
		if err := b.doit(p.Debiteur, p.Montant); err != nil {
			return err
		}
	}
	if g := i.engagement; g != nil { // what the insurer takes, the patient does not owe
		return errors.Join(b.doit(simphonie.AMC(g.amc), g.calcule), b.doit(simphonie.Patient, -g.calcule))
	}
	return nil
}

// doit adds to what a debtor owes.
func (b *bilan) doit(d simphonie.Debiteur, m simphonie.Montant) (err error) {
	if _, vu := b.du[d]; !vu {
		b.debiteurs = append(b.debiteurs, d)
	}
	b.du[d], err = b.du[d].Add(m)
	return err
}

// solde says what is billed, not cancelled, and owed by nobody: nothing, or
// the totals are wrong.
func (b *bilan) solde() (simphonie.Montant, error) {
	s, err := b.facture.Sub(b.annule)
	for _, d := range b.debiteurs {
		if err == nil {
			s, err = s.Sub(b.du[d])
		}
	}
	return s, err
}
