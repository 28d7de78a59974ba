package fides

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/b2"
)

// complementaire decides what is said of the complementary part: split flow,
// type of contract, body (RG_MF631, RG_BS720 to RG_BS722).
func (v *conversion) complementaire() {
	e, d, ctx := &v.entete, v.d, &v.d.Contexte
	part, err := v.partAMC()
	if err != nil {
		v.dit(&regMontant, "parts", "AMC")
		return
	}
	c2s := v.situation != situationAME && ctx.C2S()
	switch {
	case v.situation == situationAME:
		e.oc, e.ocDans = simphonie.OCAME, true
	case c2s && ctx.GestionC2S == droits.GestionConjointe:
		if d.C2S == C2SEclatement {
			v.dit(&regC2SMode, "c2s", string(ctx.OC))
		}
		v.unique(part)
	case c2s && ctx.GestionC2S != droits.GestionSeparee:
		v.dit(&regOC, "contexte.oc", string(ctx.OC))
	case c2s && d.C2S == C2SUnique:
		v.unique(part)
	case c2s && d.C2S == C2SEclatement:
		e.eclatement = part != 0
	case c2s && part != 0:
		v.dit(&regC2SMode, "c2s", string(ctx.OC))
	case !c2s && part != 0 && !d.FactureAMC:
		v.dit(&regEclatement, "factureAMC", part.String())
	case !c2s && part == 0 && d.FactureAMC:
		v.dit(&regEclatementVide, "factureAMC")
	default:
		e.eclatement = d.FactureAMC && part != 0
	}
}

// unique writes the complementary part of a C2S in the invoice of the caisse.
func (v *conversion) unique(part simphonie.Montant) {
	v.entete.ocDans = true
	if part != 0 {
		v.entete.contrat, v.entete.oc = "89", v.d.Contexte.OC
	}
}

// complementaireDe keeps, of what is said for the visit, what holds for one of
// its invoices: contract and split flow want a complementary amount in it.
func (v *conversion) complementaireDe(w *vues, t *b2.Totaux, lignes []ligne) {
	if w.deux.TypeContrat != "" && t.OCPH == 0 && t.OCHonoraires == 0 {
		w.deux.TypeContrat, w.deux.OrganismeComplementaire = "", ""
	}
	w.deux.Eclatement = w.deux.Eclatement && slices.ContainsFunc(lignes, func(l ligne) bool { return v.partOC(l.rang) != 0 })
}

// partAMC adds up what complementary bodies owe.
func (v *conversion) partAMC() (simphonie.Montant, error) {
	var total simphonie.Montant
	for i := range v.f.Parts {
		if v.f.Parts[i].Debiteur.Type != simphonie.DebiteurAMC {
			continue
		}
		var err error
		if total, err = total.Add(v.f.Parts[i].Montant); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// partOC adds up what complementary bodies owe of a line.
func (v *conversion) partOC(rang int) simphonie.Montant {
	var total simphonie.Montant
	for i := range v.f.Parts {
		if p := &v.f.Parts[i]; p.Ligne == rang && p.Debiteur.Type == simphonie.DebiteurAMC {
			total += p.Montant
		}
	}
	return total
}
