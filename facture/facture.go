package facture

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// Etat says how firm a part is.
type Etat uint8

const (
	_ Etat = iota
	// Theorique: computed from the rules, nobody has been asked.
	Theorique
	// Simule: an insurer's simulation said so; it binds nobody.
	Simule
	// Engage: the debtor committed to it.
	Engage
	// Facturee: it stands on an invoice that was issued.
	Facturee
)

var nomsEtat = [...]string{"", "theorique", "simule", "engage", "facture"}

// String gives the text form.
func (e Etat) String() string {
	if int(e) < len(nomsEtat) {
		return nomsEtat[e]
	}
	return "inconnu"
}

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) error {
	for i, n := range nomsEtat {
		if n == string(b) {
			*e = Etat(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "FAC-ETAT", Chemin: "etat", Detail: "theorique, simule, engage or facture is wanted"}
}

// Part is what one debtor owes of one line.
type Part struct {
	Ligne    int                `json:"ligne"` // rank of the line
	Debiteur simphonie.Debiteur `json:"debiteur"`
	Montant  simphonie.Montant  `json:"montant"`
	Etat     Etat               `json:"etat"`
}

// Facture is the priced invoice of one visit or stay, before any file format.
type Facture struct {
	Venue     string              `json:"venue"` // number of entry
	FINESS    simphonie.FINESS    `json:"finess"`
	Organisme simphonie.Organisme `json:"organisme,omitzero"`
	Nature    droits.Nature       `json:"nature,omitzero"`
	// AT is the accident that the care is linked to, when the nature is AT/MP.
	AT *droits.ATDeclare `json:"at,omitempty"`
	// IPS is where the patient stands in the care pathway (RG_CF641), empty
	// when the pathway does not concern the invoice.
	IPS string `json:"ips,omitempty"`
	// RegimeLocal says that the régime local set the rate of a line: the nature is
	// then written 13 (zone 0277, RG_VF674).
	RegimeLocal bool    `json:"regimeLocal,omitempty"`
	Lignes      []Ligne `json:"lignes"`
	Parts       []Part  `json:"parts"`

	// JeuRegles, Tarifs (digest) and ConnuAu are what made the amounts.
	JeuRegles tarif.JeuRegles `json:"jeuRegles"`
	Tarifs    string          `json:"tarifs"`
	ConnuAu   simphonie.Jour  `json:"connuAu"`
}

// Total gives the sum of what the lines ask.
func (f *Facture) Total() (simphonie.Montant, error) {
	var t simphonie.Montant
	for i := range f.Lignes {
		var err error
		if t, err = t.Add(f.Lignes[i].Honoraires); err != nil {
			return 0, err
		}
	}
	return t, nil
}

// TotalPar gives what one debtor owes.
func (f *Facture) TotalPar(d simphonie.Debiteur) (simphonie.Montant, error) {
	var t simphonie.Montant
	for _, p := range f.Parts {
		if p.Debiteur != d {
			continue
		}
		var err error
		if t, err = t.Add(p.Montant); err != nil {
			return 0, err
		}
	}
	return t, nil
}

// Debiteurs lists the debtors in the order of their first part.
func (f *Facture) Debiteurs() []simphonie.Debiteur {
	var ds []simphonie.Debiteur
suivante:
	for _, p := range f.Parts {
		for _, d := range ds {
			if d == p.Debiteur {
				continue suivante
			}
		}
		ds = append(ds, p.Debiteur)
	}
	return ds
}

// Contrepasser gives the reversal: the same lines and parts with the opposite
// amounts. An invoice and its reversal add up to nothing, debtor by debtor.
func (f *Facture) Contrepasser() (Facture, error) {
	r := *f
	r.Lignes = append([]Ligne(nil), f.Lignes...)
	r.Parts = append([]Part(nil), f.Parts...)
	for i := range r.Lignes {
		l := &r.Lignes[i]
		for _, m := range []*simphonie.Montant{&l.Honoraires, &l.BRAMO, &l.BRAMC, &l.MRO, &l.MRC, &l.MTM, &l.TMF} {
			if err := oppose(m); err != nil {
				return Facture{}, err
			}
		}
		l.PrixUnitaire = -l.PrixUnitaire
	}
	for i := range r.Parts {
		if err := oppose(&r.Parts[i].Montant); err != nil {
			return Facture{}, err
		}
	}
	return r, nil
}

func oppose(m *simphonie.Montant) error {
	v, err := simphonie.Montant(0).Sub(*m)
	*m = v
	return err
}
