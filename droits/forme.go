package droits

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
)

// forme reports what is wrong with the acquisition itself, whatever the day:
// numbers that came with a wrong key are kept and flagged.
func (r *resolution) forme() {
	a := r.a
	if !slices.Contains(supports, a.Support) {
		r.anomalie(&regSupport, "support")
	}
	if len(a.Periodes) == 0 {
		r.anomalie(&regSansPeriode, "periodes")
	}
	r.nir(a.Assure.NIR, "assure.nir")
	r.nir(a.Beneficiaire.NIR, "beneficiaire.nir")
	if m := a.MedecinTraitant; m != nil && m.RPPS != "" && m.RPPS.Valide() != nil {
		r.anomalie(&regRPPS, "medecinTraitant.rpps")
	}
	if !r.periodesDroites() {
		r.anomalie(&regPeriode, "periodes")
	}
}

func (r *resolution) nir(n simphonie.NIR, chemin string) {
	if n.IsZero() {
		return
	}
	if err := n.Valide(); err != nil && !errors.Is(err, simphonie.ErrCleAbsente) {
		r.anomalie(&regNIR, chemin)
	}
}

// periodesDroites says that every period of the acquisition ends after it starts.
func (r *resolution) periodesDroites() bool {
	a := r.a
	ok := droites(a.Periodes) && droitesDe(a.ETM) && droitesDe(a.MTM) && droitesDe(a.Contrats) && droitesDe(a.Situations) && droitesDe(a.Particulieres)
	if g := a.Grossesse; g != nil {
		ok = ok && droites(g.Periodes)
	}
	for i := range a.AT {
		ok = ok && a.AT[i].Periode.Valide()
	}
	return ok && (a.ATParDefaut == nil || a.ATParDefaut.Periode.Valide()) && (a.MedecinTraitant == nil || a.MedecinTraitant.Periode.Valide()) &&
		(a.C2SCarte == nil || a.C2SCarte.Periode.Valide())
}

func droites(ps []simphonie.Periode) bool {
	for _, p := range ps {
		if !p.Valide() {
			return false
		}
	}
	return true
}

func droitesDe[C ~string](ds []Droit[C]) bool {
	for i := range ds {
		if !droites(ds[i].Periodes) {
			return false
		}
	}
	return true
}
