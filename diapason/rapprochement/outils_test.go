package rapprochement_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

var (
	j1    = simphonie.MustJour("2026-03-02")
	annee = simphonie.Periode{Du: simphonie.MustJour("2026-01-01"), Au: simphonie.MustJour("2026-12-31")}
)

func attendu(ref string, montant simphonie.Montant, jour int, c rapprochement.Cles) rapprochement.Attendu {
	return rapprochement.Attendu{Ref: ref, Modalite: moyens.Terminal, Montant: montant, Le: j1.AddDays(jour), Cles: c}
}

func ligne(n int, montant simphonie.Montant, jour int, c rapprochement.Cles) rapprochement.Ligne {
	l := rapprochement.Ligne{Numero: n, Nature: rapprochement.Encaissement, Montant: montant, Le: j1.AddDays(jour), Cles: c}
	if montant < 0 {
		l.Nature = rapprochement.Rejet
	}
	return l
}

func releve(id string, ls ...rapprochement.Ligne) rapprochement.Releve {
	return rapprochement.Releve{ID: id, Compte: "DFT1", Periode: annee, Lignes: ls}
}

func decision(id string, n rapprochement.NatureDecision) rapprochement.Decision {
	return rapprochement.Decision{ID: id, Nature: n, Par: simphonie.NewConfidentiel("agent 12"),
		Motif: simphonie.NewConfidentiel("vu avec la banque"), Le: j1.AddDays(30)}
}

func rapproche(t testing.TB, e rapprochement.Entree) *rapprochement.Resultat {
	t.Helper()
	r, err := rapprochement.Rapprocher(e)
	require.NoError(t, err)
	as, err := r.Verifie(e)
	require.NoError(t, err)
	require.Empty(t, as)
	require.Empty(t, r.Bilan.Verifie())
	return r
}

// etats gives the sum of each state, in cents.
func etats(r *rapprochement.Resultat) map[rapprochement.Etat]int {
	m := map[rapprochement.Etat]int{}
	for e, t := range r.Bilan.Par {
		if t.Montant != 0 {
			m[e] = int(t.Montant)
		}
	}
	return m
}

// liens gives the matches as texts: receipt line amount rule.
func liens(r *rapprochement.Resultat) []string {
	ls := []string{}
	for _, a := range r.Affectations {
		ls = append(ls, fmt.Sprintf("%s %s %d %s", a.Attendu, a.Ligne, int64(a.Montant), a.Regle))
	}
	return ls
}

// codesErreur lists the codes of a joined error.
func codesErreur(err error) (codes []string) {
	if m, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range m.Unwrap() {
			codes = append(codes, codesErreur(e)...)
		}
		return codes
	}
	var e *simphonie.Erreur
	if errors.As(err, &e) {
		codes = append(codes, string(e.Code))
	}
	return codes
}

// combien gives the number of random cases.
func combien() int {
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		return 100_000
	}
	return 4_000
}
