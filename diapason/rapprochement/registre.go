package rapprochement

import (
	"errors"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// version names the form of a Registre in JSON.
const version = "simphonie.diapason.rapprochement/1"

// Registre is what must be kept from one reconciliation to the next: what
// persons decided, and what was matched.
type Registre struct {
	Version   string        `json:"version"` // written by EncodeRegistre
	Decisions []Decision    `json:"decisions,omitempty"`
	Acquises  []Affectation `json:"acquises,omitempty"`
}

// EncodeRegistre writes a register. Who decided and why are written whole: the
// caller protects the result.
func EncodeRegistre(r Registre) ([]byte, error) {
	r.Version = version
	if err := r.valide(); err != nil {
		return nil, err
	}
	return simphonie.MarshalEnClair(r)
}

// DecodeRegistre reads what EncodeRegistre wrote, in this release or a former one.
func DecodeRegistre(b []byte) (Registre, error) {
	var r Registre
	if err := jsonstrict.Decode(b, &r); err != nil {
		return Registre{}, err
	}
	if r.Version != version {
		return Registre{}, erreur("RAPP-REGISTRE-VERSION", "version", "saved by another release than this one can read")
	}
	if err := r.valide(); err != nil {
		return Registre{}, err
	}
	return r, nil
}

func (r *Registre) valide() error {
	_, _, err := enVigueur(r.Decisions)
	fautes := []error{err}
	for i, a := range r.Acquises {
		if !texteAdmis(a.Ligne.Releve) || a.Ligne.Numero < 1 || !texteAdmis(a.Attendu) || a.Montant == 0 || a.Regle != parDecision.Code && regleAutomatique(a.Regle) == nil ||
			a.Montant > MontantMax+MontantMax || a.Montant < -MontantMax {
			fautes = append(fautes, erreur("RAPP-REGISTRE", "acquises["+strconv.Itoa(i)+"]", "not an affectation of a result"))
		}
	}
	return errors.Join(fautes...)
}
