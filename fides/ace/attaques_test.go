package ace_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/tarif"
)

// The gap of purchase follows a product that is reimbursed, its margin is of
// the same nature as the product.
func TestDerivesHorsRemboursement(t *testing.T) {
	libre := produit(droits.LPP, "DVO", "1234567", "40.00")
	libre.Qualificatif = facture.QualifGratuit
	r := compute(t, venue(t, libre), options(t))
	assert.Equal(t, "DVO 0.00 0 0 0.00 0.00 0.00", resume(r), "no gap of what is free")

	marge := produit(droits.Retrocede, "PHD", "8000001", "10.00")
	marge.Produit.Marge, marge.Qualificatif = 22_00, facture.QualifNonRemboursable
	r = compute(t, venue(t, marge), options(t))
	assert.Equal(t, "PHD 0.00 0 0 0.00 0.00 0.00 | MAR 0.00 0 0 0.00 0.00 0.00", resume(r))
	patient, err := une(t, r).TotalPar(simphonie.Patient)
	require.NoError(t, err)
	assert.Equal(t, "32.00", patient.String())
}

// What is free or not reimbursed has no base: no reading counts it in a threshold.
func TestSeuilSansHorsFacture(t *testing.T) {
	o := options(t)
	o.Interpretations.SommeSeuil = ace.SommeTous
	v := venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"))
	v.Prestations[1].Qualificatif = facture.QualifNonRemboursable
	assert.Equal(t, "ATM 100.30 70 0 70.21 30.09 0.00 | ATM 0.00 0 0 0.00 0.00 0.00", resume(compute(t, v, o)))

	v = venue(t, ccam("AAAA010", "04"), ccam("AAAA006", "04"), forfait("SE1"), forfait("SE2")) // the AME looks at the sum for its second SE
	v.Prestations[1].Qualificatif = facture.QualifGratuit
	v.Droits.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
	assert.Equal(t, "0", ligne(t, une(t, compute(t, v, options(t))), "SE2").Exoneration.String())
}

// A base rate that changed between prescription and execution is no change of
// exemption: the reference date gives it (RG_CF613).
func TestTauxDeBaseALaDateDeReference(t *testing.T) {
	o := options(t)
	b, err := droits.LoadTauxBase(strings.NewReader("prestation;specialite;colonne;taux;du;au;reference\n" +
		"CS;*;general;70;2020-01-01;2026-05-11;FICTIF\nCS;*;general;60;2026-05-12;;FICTIF\n"))
	require.NoError(t, err)
	o.Baremes.Base = b
	v := venue(t, ngap("CS", "15"))
	v.Prestations[0].Prescription = jour("2026-05-01")
	assert.Equal(t, "CS 26.50 60 0 15.90 10.60 0.00", resume(compute(t, v, o)))
}

// An invoice holds 999 lines, those that follow a product included (zone 0539).
func TestLignesParFacture(t *testing.T) {
	var ps []ace.Prestation
	for range 960 {
		ps = append(ps, produit(droits.LPP, "DVO", "1234567", "40.00"))
	}
	o := options(t)
	o.Expliquer = false
	r, err := ace.Compute(venue(t, ps...), o)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("ACE-LIGNES"), r.Motif, "96 lines and 960 gaps")
}

// What changed is told of the line it changed on: ranks move when a prestation
// comes or goes, another act is another line, a modifier or a reading is named.
func TestDiffDesLignes(t *testing.T) {
	o := options(t)
	k := func(c simphonie.Coefficient) ace.Prestation {
		p := ngap("K", "04")
		p.Coefficient = c * simphonie.Un
		return p
	}
	avant := compute(t, venue(t, k(20), k(10), ngap("CS", "15")), o)
	apres := compute(t, venue(t, k(10), ngap("CS", "15")), o)
	d := ace.Diff(&avant, &apres)
	require.Len(t, d.Lignes, 1, "one line less, whatever the ranks of the others")
	assert.Equal(t, ace.EcartLigne{Code: "K", Prestations: []int{1}, Absente: "apres"}, d.Lignes[0])

	avant = compute(t, venue(t, ccam("AAAA003", "04")), o)
	apres = compute(t, venue(t, ccam("AAAA004", "04")), o)
	d = ace.Diff(&avant, &apres)
	require.Len(t, d.Lignes, 2, "another act is no change of price")
	assert.Equal(t, "apres avant", d.Lignes[0].Absente+" "+d.Lignes[1].Absente)

	v := venue(t, ccam("AAAA003", "04"))
	v.Prestations[0].CCAM.Modificateurs = "K"
	apres = compute(t, v, o)
	d = ace.Diff(&avant, &apres)
	require.Len(t, d.Lignes, 1)
	assert.Equal(t, "modificateurs", d.Lignes[0].Cause())

	v = venue(t, k(60), k(25))
	avant = compute(t, v, o)
	autre := *o
	autre.Interpretations.SeuilNGAP = ace.NGAPActe
	apres = compute(t, v, &autre)
	d = ace.Diff(&avant, &apres)
	require.Len(t, d.Contexte, 1)
	assert.Equal(t, "lectures", d.Contexte[0].Champ)

	donnees := donnees(t)
	for i := range donnees.Prix {
		if donnees.Prix[i].Code == "CS" {
			donnees.Prix[i].Montant, donnees.Prix[i].Reference = 31_000_000, "AVENANT"
		}
	}
	w := &vecteur{donnees: donnees}
	avant, apres = compute(t, venue(t, ngap("CS", "15")), o), compute(t, venue(t, ngap("CS", "15")), w.o(t, 0))
	d = ace.Diff(&avant, &apres)
	require.Len(t, d.Lignes, 1)
	assert.Equal(t, []ace.Ecart{{Champ: "prix", Avant: "26.50", Apres: "31.00"}, {Champ: "tarif", Avant: "FICTIF", Apres: "AVENANT"}}, d.Lignes[0].Ecarts[:2])
}

// accident gives the patient an accident at work, to which the first care is linked.
func accident(v *ace.Venue) *ace.Venue {
	v.Droits.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: v.Droits.Organisme, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}
	v.Prestations[0].Droits.LieeAT = true
	return v
}

// A complement has the kind of care and the motive of its act: all the lines of
// an invoice of an accident are at 100 % (RG_VF651).
func TestComplementsDuMemeSoin(t *testing.T) {
	mcs, atu := ngap("MCS", "15"), forfait("ATU")
	mcs.Support, atu.Support = 1, 1
	assert.Equal(t, "CS 26.50 100 0 26.50 0.00 0.00 | MCS 5.11 100 0 5.11 0.00 0.00",
		resume(compute(t, accident(venue(t, ngap("CS", "15"), mcs)), options(t))))
	assert.Equal(t, "CS 26.50 100 0 26.50 0.00 0.00 | ATU 25.28 100 0 25.28 0.00 0.00",
		resume(compute(t, accident(venue(t, ngap("CS", "15"), atu)), options(t))))
	v := venue(t, ngap("CS", "15"), mcs)
	v.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "8"}}
	v.Prestations[0].Motif = ace.ConformeALD
	assert.Equal(t, "CS 26.50 100 4 26.50 0.00 0.00 | MCS 5.11 100 4 5.11 0.00 0.00", resume(compute(t, v, options(t))))

	v = accident(venue(t, ngap("CS", "15"), mcs))
	v.Prestations[1].Droits.LieeMaternite = true
	assert.Equal(t, simphonie.Code("ACE-NATURE-COMPLEMENT"), compute(t, v, options(t)).Motif)
}

// A forfait is never cut from its acts: a person decides (RG_VF600).
func TestForfaitCoupe(t *testing.T) {
	r := compute(t, accident(venue(t, ngap("CS", "15"), forfait("ATU"))), options(t))
	assert.Equal(t, simphonie.Code("ACE-FORFAIT-COUPE"), r.Motif)
	assert.Empty(t, r.Factures)
}

// A base rate that is not loaded is told once, however many lines want it.
func TestTauxAbsentUneFois(t *testing.T) {
	o := options(t)
	o.Baremes.Base = nil
	_, err := ace.Compute(venue(t, ngap("CS", "15"), ngap("CS", "04")), o)
	assert.Equal(t, 1, strings.Count(err.Error(), "DROITS-TAUX-ABSENT"), err)
}

// Whatever is keyed, in any order and of any shape: no panic, and what is
// priced is proved, with no negative part.
func TestVenuesQuelconques(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	codes := []tarif.Code{"CS", "C", "K", "KC", "AMI", "MCS", "FSD", "VDE", "ATU", "FFM", "SE1", "SE2", "SE3", "APE", "FTN", "FTR", "FEF", "CCP", "TE2", ""}
	actes := []string{"AAAA001", "AAAA002", "AAAA003", "AAAA004", "AAAA005", "AAAA006", "AAAA007", "AAAA008", "AAAA009", "AAAA010", "HBLD138", "HBBD001", "ZZZZ999"}
	tire := func() ace.Prestation {
		var p ace.Prestation
		switch r.IntN(6) {
		case 0, 1:
			p = ngap(codes[r.IntN(len(codes))], []string{"04", "15", "06", "19", "01"}[r.IntN(5)])
		case 2, 3:
			p = ccam(actes[r.IntN(len(actes))], []string{"04", "15", "06", "19"}[r.IntN(4)])
			p.CCAM.Modificateurs, p.CCAM.Association = []string{"", "", "K", "KJU", "ZZ"}[r.IntN(5)], []string{"", "", "1", "2", "3", "9"}[r.IntN(6)]
			p.CCAM.DemiTarif = r.IntN(8) == 0
		case 4:
			p = analyse([]string{"1104", "0593", "0388", "0027"}[r.IntN(4)])
			p.IST, p.DepistageCol = r.IntN(4) == 0, r.IntN(4) == 0
		case 5:
			n := []droits.Nomenclature{droits.LPP, droits.Retrocede, droits.Pharmacie}[r.IntN(3)]
			p = produit(n, []tarif.Code{"DVO", "PHD", "PHQ", "PH8", "NUT"}[r.IntN(5)], []string{"1234567", "9000001", "7"}[r.IntN(3)], []string{"40.00", "60.05", "0.00", "99999.99"}[r.IntN(4)])
			p.Produit.Marge = simphonie.Montant(r.IntN(2) * 22_00)
		}
		if r.IntN(4) == 0 {
			p.Quantite, p.Coefficient = r.IntN(4)-1, simphonie.Coefficient(r.IntN(5)-1)*15*simphonie.Un
		}
		if r.IntN(4) == 0 {
			p.Support = r.IntN(9) - 1
		}
		if r.IntN(5) == 0 {
			p.Prescription, p.EnSerie = jour("2026-04-02"), r.IntN(2) == 0
		}
		if r.IntN(6) == 0 {
			p.Depassement, p.Qualificatif = simphonie.Montant(r.IntN(900)-10), facture.Qualificatif(r.IntN(5))
		}
		if r.IntN(3) == 0 {
			p.Motif, p.Parcours = []ace.Motif{"", ace.ConformeALD, ace.Prevention, ace.NouveauNe}[r.IntN(4)], droits.HorsParcoursChoix
		}
		if r.IntN(6) == 0 {
			p.Majoration, p.Execution, p.Droits.LieeAT = ace.Nuit, jour(soins).AddDays(r.IntN(3)-1), r.IntN(2) == 0
		}
		p.Scanner, p.Executant.PS = r.IntN(6) == 0, []string{"", "A", "B"}[r.IntN(3)]
		return p
	}
	o := options(t)
	facturables := 0
	for n := range 3000 {
		v := venue(t)
		v.Sortie = v.Entree.AddDays(r.IntN(2))
		for range 1 + r.IntN(7) {
			v.Prestations = append(v.Prestations, tire())
		}
		d := v.Droits
		d.Organisme.Regime = []string{"01", "01", "04", "06", "07", "10"}[r.IntN(6)]
		if r.IntN(3) == 0 {
			d.Situations = []droits.Droit[droits.CodeSituation]{{Code: []droits.CodeSituation{"1", "10"}[r.IntN(2)]}}
		}
		if r.IntN(3) == 0 {
			d.MTM = []droits.Droit[droits.CodeMTM]{{Code: []droits.CodeMTM{"6", "7", "8", "9"}[r.IntN(4)], Periodes: []simphonie.Periode{{Du: jour("2026-04-20")}}}}
		}
		if r.IntN(3) == 0 {
			d.ETM = []droits.Droit[droits.CodeETM]{{Code: []droits.CodeETM{"1", "6", "8", "14", "17"}[r.IntN(5)], Periodes: []simphonie.Periode{{Du: jour("2026-04-20")}}}}
		}
		o.SansControles = n%2 == 0
		res, err := ace.Compute(v, o)
		require.Equal(t, res.Issue == ace.Facturable, len(res.Factures) > 0)
		require.False(t, err != nil && res.Issue == ace.Facturable)
		for i := range res.Factures {
			f := &res.Factures[i]
			facturables++
			require.Empty(t, f.Verify())
			require.NoError(t, f.Explication.Prouve(&f.Facture))
			for _, p := range f.Parts {
				require.Positive(t, p.Montant)
			}
			for j := range f.Lignes {
				l := &f.Lignes[j]
				require.False(t, l.MRO < 0 || l.MRC < 0 || l.Honoraires < l.MRO+l.MRC, "%+v", l)
				require.False(t, l.Exoneration != droits.ExoAucune && l.Exoneration != droits.ExoASPA && l.Taux != simphonie.Cent && l.Qualificatif != facture.QualifNonRemboursable, "RG_VF_CC15 %+v", l)
			}
		}
	}
	require.Greater(t, facturables, 100)
}

// One participation for a day and a specialty, even where the care pathway makes
// two invoices of the day; a dental act keeps it off its own invoice only.
func TestTMFUneParDateEtSpecialite(t *testing.T) {
	v := venue(t, ccam("AAAA001", "04"), ccam("AAAA002", "04"))
	v.Prestations[1].Parcours = droits.ParTraitant
	assert.Equal(t, "ATM 125.40 100 C 93.40 0.00 32.00 A | ATM 120.00 100 C 120.00 0.00 0.00", resume(compute(t, v, options(t))))
	v.Prestations[1].Executant.Specialite = "15"
	assert.Equal(t, "ATM 125.40 100 C 93.40 0.00 32.00 A | ATM 120.00 100 C 88.00 0.00 32.00 A", resume(compute(t, v, options(t))))

	v = venue(t, ccam("AAAA001", "04"), ccam("AAAA002", "04"), ccam("HBBD001", "04"))
	v.Prestations[1].Parcours = droits.ParTraitant
	v.Prestations[2].Parcours = droits.OrienteTraitant
	assert.Equal(t, "ATM 125.40 100 C 125.40 0.00 0.00 | SDE 28.92 70 0 20.24 8.68 0.00 | ATM 120.00 100 C 88.00 0.00 32.00 A", resume(compute(t, v, options(t))))
}
