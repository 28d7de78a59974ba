package diapasontest

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// GenreEcriture is the kind of an entry of the ledger.
type GenreEcriture string

// Entries.
const (
	Scelle        GenreEcriture = "accord"
	Debit         GenreEcriture = "debit"
	Remboursement GenreEcriture = "remboursement"
	Refusee       GenreEcriture = "refus"
	Doublon       GenreEcriture = "doublon" // a reference that came again: nothing moved
	Cloture       GenreEcriture = "cloture"
)

// Ecriture is one entry of the ledger.
type Ecriture struct {
	Genre      GenreEcriture     `json:"genre"`
	Mandat     string            `json:"mandat"`
	Reference  string            `json:"reference,omitempty"`
	Debit      string            `json:"debit,omitempty"` // that a refund pays back
	Le         simphonie.Jour    `json:"le"`
	Montant    simphonie.Montant `json:"montant,omitzero"`
	Plafond    simphonie.Montant `json:"plafond,omitzero"`
	DateLimite simphonie.Jour    `json:"dateLimite,omitzero"`
	Factures   []string          `json:"factures,omitempty"`
	Code       string            `json:"code,omitempty"`
	// Violation says that the ledger itself forbade it: an order that should
	// never have been sent.
	Violation bool `json:"violation,omitempty"`
}

func (e *Ecriture) reponse() modele.Reponse {
	r := modele.Reponse{Reference: e.Reference, Issue: modele.Fait, Montant: e.Montant, Jour: e.Le, Autorisation: "OK-" + e.Reference}
	if e.Genre == Refusee {
		r = modele.Reponse{Reference: e.Reference, Issue: modele.Refuse, Code: e.Code}
	}
	return r
}

// Registre is the ledger of one mandate.
type Registre struct {
	Ecritures              []Ecriture
	Plafond                simphonie.Montant
	DateLimite             simphonie.Jour
	Clos                   bool
	Debits, Remboursements simphonie.Montant
	NombreDebits           int
	NombreRemboursements   int
	Violations             []Ecriture
}

type compte struct {
	Registre
	Rang     int
	factures map[string]bool
}

// registre holds what happened, and nothing else: it can be read again from its
// entries.
type registre struct {
	comptes map[string]*compte
	ordres  map[string]*Ecriture
	rendu   map[string]simphonie.Montant
	enCours map[string]bool
	fichier *os.File
}

func (r *registre) ouvre(chemin string) error {
	r.comptes, r.ordres = map[string]*compte{}, map[string]*Ecriture{}
	r.rendu, r.enCours = map[string]simphonie.Montant{}, map[string]bool{}
	if chemin == "" {
		return nil
	}
	f, err := os.Open(chemin)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		defer f.Close()
		lignes := bufio.NewScanner(f)
		for lignes.Scan() {
			var e Ecriture
			if err := json.Unmarshal(lignes.Bytes(), &e); err != nil {
				return err
			}
			r.prend(e)
		}
		if err := lignes.Err(); err != nil {
			return err
		}
	}
	r.fichier, err = os.OpenFile(chemin, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return err
}

// ecrit adds an entry. A ledger that cannot be written stops the simulation.
func (r *registre) ecrit(e Ecriture) {
	if r.fichier != nil {
		b, err := json.Marshal(e)
		if err == nil {
			_, err = r.fichier.Write(append(b, '\n'))
		}
		if err != nil {
			panic(err)
		}
	}
	r.prend(e)
}

func (r *registre) prend(e Ecriture) {
	c := r.comptes[e.Mandat]
	if c == nil {
		c = &compte{Rang: len(r.comptes) + 1, factures: map[string]bool{}}
		r.comptes[e.Mandat] = c
	}
	c.Ecritures = append(c.Ecritures, e)
	switch e.Genre {
	case Scelle:
		c.Plafond, c.DateLimite = e.Plafond, e.DateLimite
	case Debit:
		c.Debits += e.Montant
		c.NombreDebits++
		for _, f := range e.Factures {
			c.factures[f] = true
		}
	case Remboursement:
		c.Remboursements += e.Montant
		c.NombreRemboursements++
		r.rendu[e.Debit] += e.Montant
	case Cloture:
		c.Clos = true
	}
	if e.Violation {
		c.Violations = append(c.Violations, e)
	}
	if e.Reference != "" && e.Genre != Doublon {
		r.ordres[e.Reference] = &e
	}
}

// accord gives the agreement of a mandate, if it was sealed.
func (r *registre) accord(mandat string) *compte {
	if c := r.comptes[mandat]; c != nil && c.Plafond > 0 {
		return c
	}
	return nil
}

func (r *registre) ordre(reference string) *Ecriture { return r.ordres[reference] }

func (r *registre) lit(mandat string) Registre {
	c := r.comptes[mandat]
	if c == nil {
		return Registre{}
	}
	l := c.Registre
	l.Ecritures, l.Violations = append([]Ecriture(nil), c.Ecritures...), append([]Ecriture(nil), c.Violations...)
	return l
}
