package moyens

import (
	"strconv"

	"github.com/simphonie/simphonie"
)

// Seuils are the amounts that split small debts. No text of law was read for
// them: the establishment gives its own, and where they come from.
type Seuils struct {
	Emission simphonie.Montant `json:"emission"` // below: the public accountant may not issue the invoice
	Petite   simphonie.Montant `json:"petite"`   // below: a small debt
	Source   string            `json:"source"`
}

// SeuilsDuProgramme gives the figures that the programme and its vendors quote:
// 5 € and 20 € (80 % of debts). They are for comparing, not for the law: the
// text of the first was not checked, and may say 15 € since.
func SeuilsDuProgramme() Seuils {
	return Seuils{Emission: 5_00, Petite: 20_00,
		Source: "programme SIMPHONIE et éditeurs, 2019 à 2021 ; texte légal du seuil d'émission non vérifié, peut-être 15 € depuis"}
}

// Verifie refuses thresholds without a source, negative or out of order.
func (s Seuils) Verifie() error {
	if s.Source == "" || s.Emission < 0 || s.Petite < s.Emission {
		return erreur("MOY-SEUILS", "seuils", "a source and two amounts in order are wanted", nil)
	}
	return nil
}

// Tranche is a band of debts: from De included to Jusqua excluded, without end
// when Jusqua is zero.
type Tranche struct {
	De, Jusqua simphonie.Montant
	Nombre     int
	Montant    simphonie.Montant
}

func (t *Tranche) ajoute(m simphonie.Montant) (err error) {
	t.Nombre++
	t.Montant, err = t.Montant.Add(m)
	return err
}

// Recouvrement splits the debts of patients. A debt under the threshold of
// emission is abandoned without a card debit, which may collect any amount.
type Recouvrement struct {
	Abandonnees Tranche // collectable by a debit only: what DIAPASON adds
	Petites     Tranche
	Autres      Tranche
	Total       Tranche
	Seuils      Seuils
}

// Recouvrable counts the debts by band, for piloting. A debt is positive: any
// other amount is an error, and nothing is counted.
func Recouvrable(dettes []simphonie.Montant, s Seuils) (Recouvrement, error) {
	if err := s.Verifie(); err != nil {
		return Recouvrement{}, err
	}
	r := Recouvrement{Abandonnees: Tranche{Jusqua: s.Emission}, Petites: Tranche{De: s.Emission, Jusqua: s.Petite}, Autres: Tranche{De: s.Petite}, Seuils: s}
	for i, m := range dettes {
		if m <= 0 {
			return Recouvrement{}, erreur("MOY-DETTE", "dettes["+strconv.Itoa(i)+"]", "a debt is positive", nil)
		}
		t := &r.Autres
		switch {
		case m < s.Emission:
			t = &r.Abandonnees
		case m < s.Petite:
			t = &r.Petites
		}
		if t.ajoute(m) != nil || r.Total.ajoute(m) != nil {
			return Recouvrement{}, erreur("MOY-DETTE", "dettes["+strconv.Itoa(i)+"]", "the sum of the debts overflows", simphonie.ErrDepassement)
		}
	}
	return r, nil
}

// SansDebit gives the debts that may be invoiced: issued by the public accountant.
func (r Recouvrement) SansDebit() (nombre int, montant simphonie.Montant) {
	return r.Petites.Nombre + r.Autres.Nombre, r.Petites.Montant + r.Autres.Montant
}
