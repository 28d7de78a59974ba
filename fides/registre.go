package fides

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
)

// Empreinte stands for an invoice number, or for the care of a person on a
// day. It tells nothing of them to who does not hold the key of the Registre.
type Empreinte [16]byte

// MarshalText gives hexadecimal digits.
func (e Empreinte) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(e[:])), nil }

// UnmarshalText reads what MarshalText wrote.
func (e *Empreinte) UnmarshalText(b []byte) error {
	var v Empreinte
	if len(b) != hex.EncodedLen(len(v)) {
		return erreur("FID-EMPREINTE", "", "thirty-two hexadecimal digits are wanted", nil)
	}
	if _, err := hex.Decode(v[:], b); err != nil {
		return erreur("FID-EMPREINTE", "", "thirty-two hexadecimal digits are wanted", nil)
	}
	*e = v
	return nil
}

// Registre remembers what was sent, in bounded memory: the oldest prints leave
// when it is full, and Oubliees counts them. It lives in memory: the caller
// stores All and gives it back to Ajoute. It is for one goroutine.
type Registre struct {
	cle      []byte
	connues  map[Empreinte]struct{}
	anneau   []Empreinte
	capacite int
	suivante int
	oubliees int
}

// NewRegistre makes a register of so many prints. The key is a secret of the
// establishment: with it, a NIR could be searched among the prints.
func NewRegistre(capacite int, cle []byte) (*Registre, error) {
	if capacite < 1 || len(cle) < 16 {
		return nil, erreur("FID-REGISTRE", "", "a capacity and a key of sixteen bytes or more are wanted", nil)
	}
	return &Registre{cle: append([]byte(nil), cle...), connues: map[Empreinte]struct{}{}, capacite: capacite}, nil
}

// Inscrit keeps a visit that was sent: the numbers of its invoices, its key, and
// its lines. A line is
// the same care when insured, birth date and rank of the patient, code and day
// are the same.
func (r *Registre) Inscrit(f *facture.Facture, d *Dossier, envoyees ...Facture) {
	for i := range envoyees {
		r.Ajoute(r.deNumero(f.FINESS, envoyees[i].Numero))
	}
	r.Ajoute(r.deVenue(f, d))
	for i := range f.Lignes {
		if premiere(f, i) {
			r.Ajoute(r.deLigne(d, &f.Lignes[i]))
		}
	}
}

// Ajoute keeps a print that was stored.
func (r *Registre) Ajoute(e Empreinte) {
	if r.connait(e) {
		return
	}
	r.connues[e] = struct{}{}
	if len(r.anneau) < r.capacite {
		r.anneau = append(r.anneau, e)
		return
	}
	delete(r.connues, r.anneau[r.suivante])
	r.anneau[r.suivante] = e
	r.suivante = (r.suivante + 1) % r.capacite
	r.oubliees++
}

// All gives the prints, from the oldest.
func (r *Registre) All() iter.Seq[Empreinte] {
	return func(yield func(Empreinte) bool) {
		for i := range r.anneau {
			if !yield(r.anneau[(r.suivante+i)%len(r.anneau)]) {
				return
			}
		}
	}
}

// Oubliees counts the prints that left for want of room.
func (r *Registre) Oubliees() int { return r.oubliees }

// Format gives the number of prints: the memory of a Registre holds its key.
func (r *Registre) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "fides.Registre(%d)", len(r.anneau)) }

func (r *Registre) connait(e Empreinte) bool {
	_, ok := r.connues[e]
	return ok
}

func (r *Registre) deNumero(f simphonie.FINESS, n b2.NumeroFacture) Empreinte {
	return r.empreinte("numero", f.NormeB2(), string(n))
}

// deVenue is the key of an invoice (RG_MF630) and the visit: in external care
// the indicator of the pathway and the first day of care break invoices too.
func (r *Registre) deVenue(f *facture.Facture, d *Dossier) Empreinte {
	cle := []string{"venue", f.Venue, f.FINESS.NormeB2(), d.Assure.Clair(), d.Patient.Naissance.Clair(),
		fmt.Sprint(d.Patient.RangNaissance), f.Nature.String()}
	if externe(f) {
		premier := f.Lignes[0].Execution
		for i := range f.Lignes {
			if j := f.Lignes[i].Execution; j.Before(premier) {
				premier = j
			}
		}
		cle = append(cle, f.IPS, premier.String())
	}
	return r.empreinte(cle...)
}

func (r *Registre) deLigne(d *Dossier, l *facture.Ligne) Empreinte {
	return r.empreinte("ligne", d.Assure.Clair(), d.Patient.Naissance.Clair(), fmt.Sprint(d.Patient.RangNaissance),
		string(l.Code), l.Execution.String())
}

func (r *Registre) empreinte(champs ...string) Empreinte {
	m := hmac.New(sha256.New, r.cle)
	m.Write([]byte(strings.Join(champs, "\x00")))
	return Empreinte(m.Sum(nil)[:16])
}
