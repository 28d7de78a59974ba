package rapprochement_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// Returns between several receipts that hold their key.
func TestRetoursEntrePlusieurs(t *testing.T) {
	e := rapprochement.Entree{Fenetre: trois}
	rapprocheLignes := func(ls ...rapprochement.Ligne) *rapprochement.Resultat {
		e.Releves = []rapprochement.Releve{releve("R", ls...)}
		return rapproche(t, e)
	}
	retour := func(r *rapprochement.Resultat) (liens []string) {
		for _, a := range r.Affectations {
			if a.Montant < 0 {
				liens = append(liens, a.Attendu+" "+string(a.Regle))
			}
		}
		return liens
	}

	// One alone has received that amount.
	e.Attendus = []rapprochement.Attendu{attendu("A", 1000, 0, cles{Reference: "X"}), attendu("B", 300, 0, cles{Reference: "X"})}
	recus := []rapprochement.Ligne{ligne(1, 1000, 0, cles{Reference: "X"}), ligne(2, 300, 0, cles{Reference: "X"})}
	r := rapprocheLignes(append(recus, ligne(3, -300, 5, cles{Reference: "X"}))...)
	assert.Equal(t, []string{"B RAPP-PAR-REFERENCE"}, retour(r))
	r = rapprocheLignes(append(recus, ligne(3, -200, 5, cles{Reference: "X"}))...)
	assert.Empty(t, retour(r))
	assert.Equal(t, []string{"A", "B"}, r.Choix[0].Attendus)

	// A lot names no payment.
	lot := cles{Contrat: "C", Remise: "7"}
	e.Attendus = []rapprochement.Attendu{attendu("A", 1000, 0, lot)}
	r = rapprocheLignes(ligne(1, 1000, 0, lot), ligne(2, -1000, 5, lot))
	assert.Empty(t, retour(r))
	assert.Empty(t, r.Choix)

	// A whole payment is wanted: the choice says how far the line is from it.
	mandat := cles{Accord: "M"}
	e.Attendus = []rapprochement.Attendu{attendu("A", 1000, 0, mandat)}
	r = rapprocheLignes(ligne(1, 1000, 0, mandat), ligne(2, -300, 5, mandat))
	require.Len(t, r.Choix, 1)
	assert.Equal(t, rapprochement.Choix{Ligne: rapprochement.LigneID{Releve: "R", Numero: 2}, Motif: "RAPP-CHOIX-MONTANT", Candidats: 1, Attendus: []string{"A"}, Ecart: -700}, r.Choix[0])

	// Too many hold the key; a weaker one chooses among them, and only among them.
	e.Attendus = []rapprochement.Attendu{attendu("Z", 1000, 0, cles{Accord: "Z"})}
	ls := []rapprochement.Ligne{ligne(99, 1000, 0, cles{Accord: "Z"})}
	for i := range 65 {
		c := cles{Reference: "X", Accord: fmt.Sprint("M", i)}
		e.Attendus = append(e.Attendus, attendu(fmt.Sprint("A", i), 1000, 0, c))
		ls = append(ls, ligne(i+1, 1000, 0, c))
	}
	r = rapprocheLignes(append(ls, ligne(100, -1000, 5, cles{Reference: "X"}))...)
	assert.Empty(t, retour(r))
	require.Len(t, r.Choix, 1)
	assert.Equal(t, []any{simphonie.Code("RAPP-CHOIX-TROP"), 65}, []any{r.Choix[0].Motif, r.Choix[0].Candidats})
	r = rapprocheLignes(append(ls, ligne(100, -1000, 5, cles{Reference: "X", Accord: "M17"}))...)
	assert.Equal(t, []string{"A17 RAPP-PAR-ACCORD"}, retour(r))
	r = rapprocheLignes(append(ls, ligne(100, -1000, 5, cles{Reference: "X", Accord: "Z"}))...)
	assert.Empty(t, retour(r))
	assert.Equal(t, simphonie.Code("RAPP-CHOIX-CONTREDIT"), r.Choix[0].Motif)

	// A person has said that it is not of the receipt that the strongest key names.
	e.Attendus = []rapprochement.Attendu{attendu("A", 1000, 0, cles{Reference: "X", Accord: "M"}), attendu("B", 1000, 0, mandat)}
	ls = []rapprochement.Ligne{ligne(1, 1000, 0, cles{Reference: "X"}), ligne(2, 1000, 0, mandat), ligne(3, -1000, 5, cles{Reference: "X", Accord: "M"})}
	assert.Equal(t, []string{"A RAPP-PAR-REFERENCE"}, retour(rapprocheLignes(ls...)))
	non := decision("D", rapprochement.Detacher)
	non.Ligne, non.Attendu = rapprochement.LigneID{Releve: "R", Numero: 3}, "A"
	e.Decisions = []rapprochement.Decision{non}
	assert.Equal(t, []string{"B RAPP-PAR-ACCORD"}, retour(rapprocheLignes(ls...)))
}

// The receipts of a choice come by reference, whatever their days.
func TestChoixParReference(t *testing.T) {
	r := rapproche(t, rapprochement.Entree{Fenetre: trois, Attendus: []rapprochement.Attendu{attendu("A", 100, 3, cles{}), attendu("B", 100, 2, cles{})},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 100, 3, cles{}))}})
	require.Len(t, r.Choix, 1)
	assert.Equal(t, []string{"A", "B"}, r.Choix[0].Attendus)
}
