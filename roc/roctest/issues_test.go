package roctest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// pour asks about somebody known.
func pour(b roctest.Beneficiaire) question {
	q := question{amc: b.AMC, adherent: b.Adherent.Clair(), naissance: b.Naissance.Clair()}
	if n := b.NIR.Clair(); n != "" {
		q.identite = si("Nir", n[:13]) + si("Cle", n[13:])
	}
	return q
}

// What each case is answered, at every insurer.
func TestCas(t *testing.T) {
	attendues := map[string]string{
		"ordinaire": "ACCEPTE", "base": "ACCEPTE", "deux-contrats": "CHOIX_CONTRAT", "deux-conventions": "CHOIX_CONVENTION",
		"futur": "DROITS_NON_OUVERTS", "ferme": "DROITS_FERMES", "externe-seul": "CONVENTION_NON_APPLICABLE", "sans-nir": "ACCEPTE",
		"non-eligible": "BENEFICIAIRE_NON_ELIGIBLE", "papier": "SUPPORT_PAPIER", "priorite": "PRIORITE_GARANTIE",
		"donnee-manquante": "DONNEE_MANQUANTE", "indisponible": "INDISPONIBLE", "indisponible-une-fois": "INDISPONIBLE",
		"issue-inconnue": "DOSSIER_A_REVOIR", "issue-inconnue-engage": "DOSSIER_A_REVOIR", "messages": "ACCEPTE",
		"jumeau-1": "DONNEE_MANQUANTE", "jumeau-2": "DONNEE_MANQUANTE",
	}
	a := nouvelAppelant(t)
	engages := 0
	for i, b := range roctest.Beneficiaires() {
		venue := fmt.Sprintf("V%d", i)
		voulue, connue := attendues[b.Cas]
		require.True(t, connue, b.Cas)
		for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC} {
			q := pour(b)
			q.venue = venue
			issue, rep := a.demande(s, q)
			assert.Equal(t, voulue, issue, "%s %s", b.Cas, s)
			assert.Equal(t, strings.HasPrefix(b.Cas, "deux-") && s == modele.IDB, strings.Count(rep, "<Contrat>") > 1, b.Cas)
			assert.Equal(t, b.Cas == "messages", strings.Contains(rep, "<Consigne><Code>K1</Code>"), b.Cas)
		}
		if vivants := a.s.Vivants(b.AMC, venue); voulue == "ACCEPTE" || b.Cas == "issue-inconnue-engage" {
			require.Len(t, vivants, 1, b.Cas)
			engages++
		} else {
			assert.Empty(t, vivants, b.Cas)
		}
	}
	assert.Equal(t, engages, a.s.Bilan("").Engages)
	assert.Equal(t, len(roctest.Beneficiaires()), a.s.Bilan("").Calculs)

	une, _ := roctest.Connu(premiere, "indisponible-une-fois")
	for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC} {
		issue, _ := a.demande(s, pour(une))
		assert.Equal(t, "ACCEPTE", issue, "the second time")
	}
	_, ok := roctest.Connu(premiere, "personne")
	assert.False(t, ok)
}

// Who is found, and on which contract.
func TestDroits(t *testing.T) {
	a := nouvelAppelant(t)
	ferme, _ := roctest.Connu(mutuelle, "ferme")
	deux, _ := roctest.Connu(mutuelle, "deux-contrats")
	conventions, _ := roctest.Connu(mutuelle, "deux-conventions")
	externe, _ := roctest.Connu(mutuelle, "externe-seul")
	jumeau, _ := roctest.Connu(mutuelle, "jumeau-2")
	pages := "<Nir>1810163220751</Nir><Cle>40</Cle>"
	for i, c := range []struct {
		q     question
		issue string
	}{
		{question{}, roctest.Accepte},
		{question{identite: pages}, roctest.Accepte},
		{question{apres: "<Rang>1</Rang><Nom>Adrdeux</Nom><Prenom>Laurent</Prenom>"}, roctest.Accepte},
		{question{apres: "<Rang>2</Rang>"}, roctest.BeneficiaireInconnu},
		{question{apres: "<Nom>AUTRE</Nom>"}, roctest.BeneficiaireInconnu},
		{question{apres: "<Prenom>AUTRE</Prenom>"}, roctest.BeneficiaireInconnu},
		{question{naissance: "1981-01-02"}, roctest.BeneficiaireInconnu},
		{question{identite: "<Nir>1810163220752</Nir><Cle>39</Cle>"}, roctest.BeneficiaireInconnu},
		{question{adherent: "ADH9999"}, roctest.AdherentAbsent},
		{question{convention: "CM"}, roctest.ConventionNonApplicable},
		{question{contrat: "C9"}, roctest.DemandeInvalide},
		{question{contrat: "C1"}, roctest.Accepte},
		{question{date: "2019-12-31"}, roctest.DroitsNonOuverts},
		{question{date: "2020-01-01"}, roctest.Accepte},
		{question{adherent: ferme.Adherent.Clair(), naissance: ferme.Naissance.Clair(), date: "2019-12-31"}, roctest.Accepte},
		{question{adherent: ferme.Adherent.Clair(), naissance: ferme.Naissance.Clair(), date: "2020-01-01"}, roctest.DroitsFermes},
		{question{adherent: ferme.Adherent.Clair(), naissance: ferme.Naissance.Clair(), date: "2017-12-31"}, roctest.DroitsNonOuverts},
		{question{adherent: deux.Adherent.Clair(), naissance: deux.Naissance.Clair(), contrat: "C2"}, roctest.Accepte},
		{question{adherent: conventions.Adherent.Clair(), naissance: conventions.Naissance.Clair(), convention: "CM"}, roctest.Accepte},
		{question{adherent: externe.Adherent.Clair(), naissance: externe.Naissance.Clair(), domaine: "EXTE"}, roctest.Accepte},
		{question{adherent: jumeau.Adherent.Clair(), naissance: jumeau.Naissance.Clair(), apres: "<Rang>2</Rang>"}, roctest.Accepte},
	} {
		c.q.venue = fmt.Sprintf("V%d", i)
		for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC} {
			issue, _ := a.demande(s, c.q)
			assert.Equal(t, c.issue, issue, "%d %s %+v", i, s, c.q)
		}
		assert.Equal(t, c.issue == roctest.Accepte, len(a.s.Vivants(mutuelle, c.q.venue)) == 1, "%d", i)
	}
}

// Amounts, computed by hand from the rule of Garantie.
func TestMontants(t *testing.T) {
	a := nouvelAppelant(t)
	basique, _ := roctest.Connu(mutuelle, "base")
	for i, c := range []struct {
		lignes  string
		base    bool
		montant string
		issue   string
	}{
		// confort: 100 % of 3000 − 2400 = 600; 600 left
		{uneLigne(1, "GHS", 1, "3000.00", "2400.00", "3000.00"), false, "<Part>600.00</Part><Reste>0.00</Reste></Montant><Total>600.00</Total>", ""},
		// the same, 50 + 49.99 said before: 500.01 left
		{uneLigne(1, "GHS", 1, "3000.00", "2400.00", "3000.00", "50.00", "49.99"), false, "<Part>500.01</Part><Reste>0.00</Reste></Montant><Total>500.01</Total>", ""},
		// base: 70 % of 0.05 = 0.035, a tie: 0.04
		{uneLigne(1, "GHS", 1, "0.05", "0.00", "0.05"), true, "<Part>0.04</Part><Reste>0.01</Reste>", ""},
		// confort: 100 % of 30 + 50 % of 25.01 = 30 + 12.505 → 42.51; 100 − 45 = 55.01 left of 100.01
		{uneLigne(1, "CS", 1, "100.01", "45.00", "75.00"), false, "<Part>42.51</Part><Reste>12.50</Reste>", ""},
		// confort, room: 50 % of 240 = 120, at most 2 × 60
		{uneLigne(1, "CP", 2, "240.00", "0.00", "0.00"), false, "<Part>120.00</Part><Reste>120.00</Reste>", ""},
		// … of 300 = 150, at most 120
		{uneLigne(1, "CP", 2, "300.00", "0.00", "0.00"), false, "<Part>120.00</Part><Reste>180.00</Reste>", ""},
		// the AMO pays more than the base: nothing
		{uneLigne(1, "GHS", 1, "100.00", "100.00", "80.00"), true, "<Part>0.00</Part><Reste>0.00</Reste>", ""},
		{uneLigne(1, "GHS", 1, "100.00", "60.00", "100.00") + uneLigne(2, "FJ", 1, "20.00", "0.00", "20.00"), true,
			"<Montant><Rang>1</Rang><Part>28.00</Part><Reste>12.00</Reste></Montant><Montant><Rang>2</Rang><Part>14.00</Part><Reste>6.00</Reste></Montant><Total>42.00</Total>", ""},
		{uneLigne(1, "TV", 1, "5.00", "0.00", "0.00"), false, "", roctest.ActeNonCouvert},
		{uneLigne(1, "GHS", 1, "100.00", "60.00", "100.00", "40.01"), false, "", roctest.DemandeInvalide},
		{uneLigne(1, "GHS", 1, "-100.00", "0.00", "100.00"), false, "", roctest.DemandeInvalide},
	} {
		q := question{lignes: c.lignes, venue: fmt.Sprintf("V%d", i)}
		if c.base {
			q.adherent, q.naissance = basique.Adherent.Clair(), basique.Naissance.Clair()
		}
		for _, s := range []modele.Service{modele.SIM, modele.CLC} {
			issue, rep := a.demande(s, q)
			assert.Equal(t, ou(c.issue, roctest.Accepte), issue, "%d %s", i, rep)
			assert.Contains(t, rep, c.montant, "%d", i)
			assert.Equal(t, c.issue == "", strings.Contains(rep, "<Montant>"), "%d", i)
		}
	}
}

// A CLC once, on one visit, under one name.
func TestGrandLivre(t *testing.T) {
	a := nouvelAppelant(t)
	clc := func(q question) string { t.Helper(); issue, _ := a.demande(modele.CLC, q); return issue }
	assert.Equal(t, roctest.AdherentAbsent, clc(question{requete: "A", adherent: "X"}))
	assert.Equal(t, roctest.Doublon, clc(question{requete: "A"}), "the first answer counts, whatever it was")
	assert.Equal(t, roctest.Accepte, clc(question{requete: "B"}))
	assert.Equal(t, roctest.Doublon, clc(question{requete: "B"}))
	assert.Equal(t, roctest.DemandeInvalide, clc(question{requete: "C"}), "the visit has its CLC")
	assert.Equal(t, roctest.Accepte, clc(question{requete: "B", amc: premiere}), "another insurer")
	assert.Equal(t, roctest.Accepte, clc(question{requete: "D", venue: "26000002"}))
	issue, _ := a.demande(modele.IDB, question{requete: "D"})
	assert.Equal(t, roctest.DemandeInvalide, issue, "a name that another service took")
	assert.Equal(t, roctest.Bilan{Calculs: 6, Engages: 2, Doubles: 1, Doublons: 2}, a.s.Bilan(mutuelle))
	assert.Len(t, a.s.Vivants("", "26000001"), 2)
	assert.Len(t, a.s.Vivants(mutuelle, ""), 2)

	a.s.RecoitFacture(mutuelle, "26000001")
	issue, rep := a.demande(modele.DEL, question{calcul: "B"})
	assert.Equal(t, roctest.AnnulationImpossible, issue)
	assert.Contains(t, rep, "<Groupe>ANNULATION</Groupe>")
	a.s.RecoitFacture(mutuelle, "26000003")
	assert.Equal(t, roctest.DemandeInvalide, clc(question{venue: "26000003"}))
	assert.Equal(t, roctest.Accepte, clc(question{requete: "E", amc: assurance}))
	issue, _ = a.demande(modele.DEL, question{calcul: "E", amc: assurance})
	assert.Equal(t, roctest.AnnulationImpossible, issue, "this one does not annul")

	// An insurer asked at the address of another.
	q := question{requete: "F", amc: assurance}
	statut, rep, err := a.envoie(a.s.URL(mutuelle), modele.CLC, q.corps(modele.CLC))
	require.NoError(t, err)
	assert.Equal(t, 200, statut)
	assert.Contains(t, rep, roctest.DemandeInvalide)

	// A CLC again after its annulation; and insurers that do not look.
	issue, _ = a.demande(modele.DEL, question{calcul: "B", amc: premiere})
	assert.Equal(t, roctest.Accepte, issue)
	assert.Equal(t, roctest.Accepte, clc(question{requete: "G", amc: premiere}))
	b := nouvelAppelant(t, roctest.AvecDoubles())
	for _, requete := range []string{"A", "A", "B"} {
		b.demande(modele.CLC, question{requete: requete})
	}
	assert.Len(t, b.s.Vivants(mutuelle, "26000001"), 2)
	assert.Equal(t, roctest.Bilan{Calculs: 3, Engages: 2, Doubles: 1, Doublons: 1}, b.s.Bilan(""))
}

// The clock dates answers and commitments.
func TestHorloge(t *testing.T) {
	quand := time.Date(2031, 5, 1, 8, 30, 0, 125e6, time.UTC)
	s := roctest.NewServer(t, roctest.AvecHorloge(func() time.Time { return quand }))
	assert.Equal(t, []string{"mutuelle", "assurance", "operateur"}, []string{s.Guichets()[0].Nom, s.Guichets()[1].Nom, s.Guichets()[2].Nom})
	assert.Equal(t, s.URL(premiere), s.URL(deuxieme), "one address for those of the operator")
	assert.NotEqual(t, s.URL(premiere), s.URL(mutuelle))
	assert.Equal(t, s.URL("434243085"), s.URL(mutuelle), "leading zeros do not count")
	assert.Empty(t, s.URL("1"))
}
