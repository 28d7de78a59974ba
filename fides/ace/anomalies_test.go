package ace_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// Every anomaly, by the smallest visit that has it.
func TestAnomalies(t *testing.T) {
	c2s := []droits.Droit[droits.CodeSituation]{{Code: "1"}}
	for _, c := range []struct {
		code   simphonie.Code
		change func(v *ace.Venue)
	}{
		{"ACE-VENUE", func(v *ace.Venue) { v.Venue = "" }},
		{"ACE-FINESS", func(v *ace.Venue) { v.Etablissement.FINESS = "750712185" }},
		{"ACE-ETABLISSEMENT", func(v *ace.Venue) { v.Etablissement.Secteur = "x" }},
		{"ACE-ETABLISSEMENT", func(v *ace.Venue) { v.Etablissement.Territoire = 0 }},
		{"ACE-NAISSANCE", func(v *ace.Venue) { v.Naissance = simphonie.DateNaissance{} }},
		{"ACE-NAISSANCE-APRES-SOINS", func(v *ace.Venue) { v.Naissance = simphonie.NaissanceLe(jour("2026-06-01")) }},
		{"ACE-DATES", func(v *ace.Venue) { v.Sortie = jour("2026-05-11") }},
		{"ACE-HORS-VENUE", func(v *ace.Venue) { v.Prestations[0].Execution = jour("2026-05-13") }},
		{"ACE-APRES-CONNU", func(v *ace.Venue) {
			v.Prestations[0].Execution, v.Entree, v.Sortie = jour("2026-11-02"), jour("2026-11-02"), jour("2026-11-02")
		}},
		{"ACE-NOMBRE", func(v *ace.Venue) { v.Prestations = nil }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Motif = "autre" }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Quantite = -1 }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Coefficient = -1 }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Depassement = -1 }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Majoration = "X" }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Nomenclature = "" }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].CCAM = &ace.ActeCCAM{} }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Analyse = &ace.Analyse{} }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Produit = &ace.Produit{} }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Code = "cs" }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Qualificatif = 9 }},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0].Execution = simphonie.Jour{} }},
		{"ACE-SUPPORT", func(v *ace.Venue) { v.Prestations[0].Support = 1 }},
		{"ACE-SUPPORT", func(v *ace.Venue) { v.Prestations[0].Support = 7 }},
		{"ACE-URGENCE", func(v *ace.Venue) { v.Prestations[0].Code = "FU2" }},
		{"ACE-REGROUPEMENT", func(v *ace.Venue) { v.Prestations[0] = ccam("AAAA001", "15"); v.Prestations[0].Code = "ADC" }},
		{"ACE-DATE-REFERENCE", func(v *ace.Venue) { v.Prestations[0].EnSerie = true }},
		{"ACE-CCAM-SEUL", func(v *ace.Venue) { v.Prestations[0] = ccam("AAAA003", "15"); v.Prestations[0].Quantite = 2 }},
		{"ACE-SUPPORT", func(v *ace.Venue) { // what it completes completes nothing that exists
			v.Prestations[0].Support = 2
			v.Prestations = append(v.Prestations, ngap("K", "04"))
			v.Prestations[1].Support = 5000
		}},
		{"ACE-SEUL", func(v *ace.Venue) { v.Prestations[0] = analyse("1104"); v.Prestations[0].Quantite = 2 }},
		{"ACE-SEUL", func(v *ace.Venue) {
			v.Prestations[0] = analyse("1104")
			v.Prestations[0].Coefficient = 3 * simphonie.Un
		}},
		{"ACE-SEUL", func(v *ace.Venue) {
			v.Prestations[0] = produit(droits.LPP, "DVO", "1234567", "50.05")
			v.Prestations[0].Coefficient = 3 * simphonie.Un
		}},
		{"ACE-SEUL", func(v *ace.Venue) { // two technical forfaits of a scanner: the second is a line at 0.15
			v.Prestations[0] = forfait("FTN")
			v.Prestations[0].Quantite, v.Prestations[0].Scanner = 2, true
		}},
		{"ACE-SEUL", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("SE1"))
			v.Prestations[1].Quantite = 2
		}},
		{"ACE-SEUL", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("ATU"))
			v.Prestations[1].Coefficient = 3 * simphonie.Un
		}},
		{"ACE-VALEUR", func(v *ace.Venue) { v.Prestations[0] = produit(droits.LPP, "DVO", "1234567", "0.00") }},
		{"ACE-VALEUR", func(v *ace.Venue) {
			v.Prestations[0] = produit(droits.LPP, "DVO", "1234567", "40.00")
			v.Prestations[0].Produit.Fraction = 5_000
		}},
		{"ACE-SANS-TARIF", func(v *ace.Venue) { v.Prestations[0] = produit(droits.Pharmacie, "PH8", "9999999", "60.00") }},
		{"ACE-MARGE", func(v *ace.Venue) {
			v.Prestations[0] = produit(droits.LPP, "DVO", "1234567", "50.05")
			v.Prestations[0].Produit.Marge = 100
		}},
		{"ACE-SE-MEME-LISTE", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("SE1"), forfait("SE2"))
			v.Prestations[2].Annexe = 1
		}},
		{"ACE-TROISIEME-FORFAIT", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("SE1"), forfait("SE2"), forfait("SE3"))
		}},
		{"ACE-COEFFICIENT-FORFAIT", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("SE1"))
			v.Prestations[1].Coefficient = 7_000
		}},
		{"ACE-SECOND-CHER", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, forfait("SE1"), forfait("SE2"))
			v.Prestations[1].Coefficient = 5_000
		}},
		{"ACE-MODIFICATEUR-NON-PAYE", func(v *ace.Venue) {
			v.Prestations[0] = ccam("AAAA003", "15")
			v.Prestations[0].CCAM.Modificateurs = "KJU"
		}},
		{"ACE-SEUIL-LETTRES", func(v *ace.Venue) { v.Prestations[0].Coefficient = 60 * simphonie.Un }},
		{"ACE-SEUIL-QUANTITE", func(v *ace.Venue) {
			v.Prestations[0] = ngap("K", "15")
			v.Prestations[0].Coefficient, v.Prestations[0].Quantite = 30*simphonie.Un, 2
		}},
		{"ACE-TMF-DEPASSE", func(v *ace.Venue) {
			v.Prestations = append(v.Prestations, ccam("AAAA010", "15"), ccam("AAAA010", "04"), forfait("ATU"))
		}},
		{"ACE-MTM-SEUIL", func(v *ace.Venue) {
			v.Droits.Situations = c2s
			v.Prestations[0] = ccam("AAAA001", "15")
			v.Prestations[0].Parcours = droits.HorsParcoursChoix
		}},
		{"ACE-MTM-DEPASSE", func(v *ace.Venue) {
			v.Droits.Situations, v.Droits.Organisme.Regime = c2s, "01"
			v.Prestations[0] = ngap("KC", "15") // loaded below at 30 %
			v.Prestations[0].Parcours = droits.HorsParcoursChoix
		}},
		{"ACE-C2S-RESTE", func(v *ace.Venue) {
			v.Droits.Situations = c2s
			v.Prestations[0] = ccam("HBLD138", "19")
			v.Prestations[0].Depassement = 294_26
		}},
		{"ACE-FORFAIT-C2S-CHOIX", func(v *ace.Venue) {
			v.Droits.Situations = c2s
			v.Prestations[0] = ccam("HBLD999", "19")
			v.Prestations[0].Depassement = 1_00
		}},
		{"ACE-DEPASSEMENT", func(v *ace.Venue) { v.Prestations[0].Depassement = 1 }},
		{"ACE-DA-INTERDIT", func(v *ace.Venue) {
			v.Prestations[0].Depassement, v.Prestations[0].Qualificatif = 1, facture.QualifDepassementPermis
		}},
		{"ACE-DA-PLAFOND", func(v *ace.Venue) {
			v.Prestations[0].Depassement, v.Prestations[0].Qualificatif = 5_01, facture.QualifDepassementPermis
			v.Prestations[0].Parcours = droits.HorsParcoursChoix
		}},
		{"ACE-ASSOCIATION-DOUBLE", func(v *ace.Venue) {
			v.Prestations = []ace.Prestation{ccam("DDDD001", "15"), ccam("AAAA003", "15"), ccam("AAAA004", "15")}
		}},
	} {
		o := optionsAnomalies(t, c.code)
		v := venue(t, ngap("CS", "15"))
		c.change(v)
		r, err := ace.Compute(v, o)
		require.NoError(t, err, c.code)
		assert.Contains(t, r.Anomalies.Codes(), c.code)
		for _, a := range r.Anomalies {
			if a.Code == c.code {
				assert.Equal(t, a.Gravite.Stoppe(), r.Issue == ace.AVerifier, c.code)
			}
		}
	}
}

func optionsAnomalies(t *testing.T, code simphonie.Code) *ace.Options {
	v := &vecteur{donnees: donnees(t)}
	d := depuis("2022-01-01")
	v.acte(t, "HBLD999", "10.00", "PAR", "", "PD", "")
	v.donnees.Actes[len(v.donnees.Actes)-1].ForfaitsC2S = []tarif.Code{"FDA", "FDC"}
	v.acte(t, "DDDD001", "10.00", "ATM", "", "TE", "")
	v.donnees.Activites[len(v.donnees.Activites)-1].Planifiees = map[nomenclature.Membre]string{{Acte: "AAAA003", Activite: "1"}: "R1", {Acte: "AAAA004", Activite: "1"}: "R2"}
	v.donnees.ReglesAssociation = append(v.donnees.ReglesAssociation, nomenclature.LigneRegleAssociation{Date: d, Regle: "R2", Grille: "*", Coefficient: 7_000})
	base := 0
	if code == "ACE-MTM-DEPASSE" {
		base = 30
	}
	return v.o(t, base)
}

// What is missing is an error that names it, and all of it at once.
func TestTablesAbsentes(t *testing.T) {
	v := venue(t, ngap("ZZ", "15"), ngap("YY", "15"), ccam("NONE001", "15"))
	r, err := ace.Compute(v, options(t))
	assert.Equal(t, simphonie.Code("ACE-TABLE-ABSENTE"), r.Motif)
	a, ok := errors.AsType[*nomenclature.Absent](err)
	require.True(t, ok)
	assert.Equal(t, nomenclature.Absent{Table: "lettres", Cle: "ZZ", Jour: jour(soins), ConnuAu: jour(connuAu)}, *a)
	assert.ErrorContains(t, err, "YY")
	assert.ErrorContains(t, err, "NONE001")

	o := options(t)
	o.Coefficients = nil
	_, err = ace.Compute(venue(t, ngap("CS", "15"), forfait("ATU")), o)
	a, ok = errors.AsType[*nomenclature.Absent](err)
	require.True(t, ok)
	assert.Equal(t, "coefficients", a.Table)
	o.PUContientCoefficients = 0
	_, err = ace.Compute(venue(t, ngap("CS", "15"), forfait("ATU")), o)
	assert.ErrorContains(t, err, "ACE-PU-COEFFICIENTS")
	o.PUContientCoefficients = simphonie.Oui
	f := une(t, compute(t, venue(t, ngap("CS", "15"), forfait("ATU")), o))
	assert.Contains(t, f.Explication.String(), "ACE-PU-CONTIENT")
	assert.Equal(t, "25.28", ligne(t, f, "ATU").BRAMO.String())

	_, err = ace.Compute(venue(t, ngap("COB", "15")), options(t)) // exempt by nature: no base rate is asked
	require.NoError(t, err)
	_, err = ace.Compute(venue(t, ngap("FFM", "15")), optionsSans(t))
	assert.ErrorContains(t, err, "DROITS-TAUX-ABSENT")
	v = venue(t, ccam("AAAA003", "15"))
	v.Etablissement.Territoire = simphonie.Reunion
	for i := range v.Prestations {
		v.Prestations[i] = produit(droits.Retrocede, "PHH", "9000009", "10.00")
	}
	v.Etablissement.Territoire = simphonie.Guyane
	f = une(t, compute(t, v, options(t)))
	assert.Equal(t, "10.00", f.Lignes[0].BRAMO.String(), "not in the list of the overseas coefficient")
}

// A price that cannot be multiplied exactly is refused, not rounded, where the
// reading says that it is not rounded.
func TestPrixDOMInexact(t *testing.T) {
	x := &vecteur{donnees: donnees(t)}
	x.acte(t, "DOMX001", "125.123457", "ATM", "", "TE", "1.0501")
	o := x.o(t, 0)
	o.Interpretations.PrixDOM = ace.PrixDOMEntier
	v := venue(t, ccam("DOMX001", "04"))
	v.Etablissement.Territoire = simphonie.Reunion
	_, err := ace.Compute(v, o)
	assert.ErrorContains(t, err, "ACE-PRIX-DOM")
}

func optionsSans(t *testing.T) *ace.Options {
	o := options(t)
	o.Baremes.Base = nil
	return o
}

// Options that could bill wrongly are refused.
func TestOptions(t *testing.T) {
	_, err := ace.Compute(nil, options(t))
	assert.ErrorContains(t, err, "ACE-VENUE")
	_, err = ace.Compute(&ace.Venue{}, nil)
	assert.ErrorContains(t, err, "ACE-OPTIONS")
	o := options(t)
	o.PUContientCoefficients = simphonie.Oui
	o.Coefficients[0].Reference = ""
	o.Coefficients = append(o.Coefficients, ace.CoefficientsDates{Periode: simphonie.Periode{Du: jour("2026-01-01")}, Reference: "FICTIF"})
	o.ConnuAu, o.Tables = simphonie.Jour{}, nil
	o.Interpretations.SeuilNGAP = "autre"
	_, err = ace.Compute(&ace.Venue{}, o)
	for _, s := range []string{"ConnuAu", "Tables", "RG_VF833", "the text that fixes them", "have a day in common", "ACE-I-SEUIL-NGAP"} {
		assert.ErrorContains(t, err, s)
	}
}

// An empty visit, or one of nonsense, is anomalies, never a panic.
func TestVenueVide(t *testing.T) {
	r, err := ace.Compute(&ace.Venue{}, options(t))
	require.NoError(t, err)
	assert.Equal(t, ace.AVerifier, r.Issue)
	assert.Nil(t, r.Factures)
	v := venue(t, ace.Prestation{})
	v.Droits = nil
	_, err = ace.Compute(v, options(t))
	require.NoError(t, err)
	v = venue(t, ngap("CS", "15"))
	v.Droits = nil
	r, err = ace.Compute(v, options(t))
	require.NoError(t, err)
	assert.Equal(t, ace.AVerifier, r.Issue)
}
