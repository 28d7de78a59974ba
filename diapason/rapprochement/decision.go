package rapprochement

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
)

// NatureDecision is what a person decides.
type NatureDecision string

// Decisions of a person.
const (
	Rattacher NatureDecision = "rattacher" // an amount of a line belongs to a receipt
	Detacher  NatureDecision = "detacher"  // the line does not belong to the receipt: never match them
	Ecarter   NatureDecision = "ecarter"   // the line is no payment of a patient
	Perte     NatureDecision = "perte"     // an amount of a receipt is written off
	Annuler   NatureDecision = "annuler"   // a former decision no longer holds
)

// Decision is what a person decided, and why. Decisions are kept for ever: one
// is undone by another that cancels it. They bind the automatic passes.
type Decision struct {
	ID       string                 `json:"id"`
	Nature   NatureDecision         `json:"nature"`
	Ligne    LigneID                `json:"ligne,omitzero"`   // rattacher, detacher, ecarter
	Attendu  string                 `json:"attendu,omitzero"` // rattacher, detacher, perte
	Montant  simphonie.Montant      `json:"montant,omitzero"` // rattacher, perte: positive
	Decision string                 `json:"decision,omitzero"`
	Par      simphonie.Confidentiel `json:"par"`
	Motif    simphonie.Confidentiel `json:"motif"`
	Le       simphonie.Jour         `json:"le"`
}

func (d *Decision) defauts() []string {
	var noms []string
	exige := func(nom string, present, voulu bool) {
		if present != voulu {
			noms = append(noms, nom)
		}
	}
	exige("id", texteAdmis(d.ID), true)
	exige("nature", slices.Contains([]NatureDecision{Rattacher, Detacher, Ecarter, Perte, Annuler}, d.Nature), true)
	exige("ligne", d.Ligne != LigneID{}, d.Nature == Rattacher || d.Nature == Detacher || d.Nature == Ecarter)
	exige("attendu", d.Attendu != "", d.Nature == Rattacher || d.Nature == Detacher || d.Nature == Perte)
	exige("montant", d.Montant != 0, d.Nature == Rattacher || d.Nature == Perte)
	exige("montant", d.Montant < 0 || d.Montant > MontantMax, false)
	exige("decision", d.Decision != "", d.Nature == Annuler)
	exige("par", !d.Par.IsZero(), true)
	exige("motif", !d.Motif.IsZero(), true)
	exige("le", !d.Le.IsZero(), true)
	return noms
}

// enVigueur gives the decisions that hold, by day then identifier.
func enVigueur(ds []Decision) ([]Decision, simphonie.Anomalies, error) {
	var fautes []error
	rang := map[string]int{}
	for i := range ds {
		for _, nom := range ds[i].defauts() {
			fautes = append(fautes, erreur("RAPP-DECISION", "decisions["+strconv.Itoa(i)+"]."+nom, "missing, not wanted by this nature of decision, or not of the documented form"))
		}
		if _, vue := rang[ds[i].ID]; vue {
			fautes = append(fautes, erreur("RAPP-DECISION-DOUBLE", "decisions["+strconv.Itoa(i)+"].id", "the identifier stands twice"))
		}
		rang[ds[i].ID] = i
	}
	if err := errors.Join(fautes...); err != nil {
		return nil, nil, err
	}
	var as simphonie.Anomalies
	annulees := map[string]bool{}
	for i := range ds {
		if ds[i].Nature != Annuler {
			continue
		}
		if j, connue := rang[ds[i].Decision]; !connue || ds[j].Nature == Annuler || ds[i].Le.Before(ds[j].Le) {
			as = append(as, regDecisionVaine.Anomalie("decision "+ds[i].ID))
			continue
		}
		annulees[ds[i].Decision] = true
	}
	vivantes := slices.DeleteFunc(slices.Clone(ds), func(d Decision) bool { return d.Nature == Annuler || annulees[d.ID] })
	slices.SortFunc(vivantes, func(a, b Decision) int { return cmp.Or(parJour(a.Le, b.Le), compare(a.ID, b.ID)) })
	slices.SortFunc(as, func(a, b simphonie.Anomalie) int { return compare(a.Chemin, b.Chemin) })
	return vivantes, as, nil
}
