package roctest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// A stay from the first question to the annulation.
func TestSejour(t *testing.T) {
	a := nouvelAppelant(t)
	issue, rep := a.demande(modele.IDB, question{})
	assert.Equal(t, roctest.Accepte, issue)
	assert.Contains(t, rep, "<Contrat><Identifiant>C1</Identifiant><Libelle>Confort</Libelle><TypeConvention>RO</TypeConvention><CSR>030255400</CSR><Debut>2020-01-01</Debut></Contrat>")
	for range 2 { // 3000 − 2400 = 600, of which 550 are left
		issue, rep = a.demande(modele.SIM, question{requete: "SIM-1"})
		assert.Equal(t, roctest.Accepte, issue)
		assert.Contains(t, rep, "<Montant><Rang>1</Rang><Part>550.00</Part><Reste>0.00</Reste></Montant><Total>550.00</Total></ReponseSIM>")
	}
	assert.Empty(t, a.s.Engagements())
	issue, rep = a.demande(modele.CLC, question{requete: "CLC-1"})
	assert.Equal(t, roctest.Accepte, issue)
	assert.Contains(t, rep, "<Total>550.00</Total><Engagement>SIMULE-000001</Engagement><Fin>")
	vivants := a.s.Vivants(mutuelle, "26000001")
	require.Len(t, vivants, 1)
	assert.Equal(t, "CLC-1", vivants[0].Requete)
	assert.Equal(t, []simphonie.Montant{550_00}, vivants[0].Parts)
	assert.Equal(t, simphonie.FINESS("750712184"), vivants[0].EJ)

	for _, c := range []struct {
		q     question
		issue string
	}{
		{question{calcul: "CLC-2"}, roctest.CalculInconnu},
		{question{calcul: "SIM-1"}, roctest.CalculInconnu},
		{question{calcul: "CLC-1", amc: premiere}, roctest.CalculInconnu},
		{question{calcul: "CLC-1", venue: "26000002"}, roctest.DemandeInvalide},
		{question{calcul: "CLC-1", engagement: "SIMULE-000002"}, roctest.DemandeInvalide},
		{question{calcul: "CLC-1", engagement: "SIMULE-000001", requete: "DEL-1"}, roctest.Accepte},
		{question{calcul: "CLC-1", requete: "DEL-1"}, roctest.Doublon},
		{question{calcul: "CLC-1"}, roctest.CalculAnnule},
	} {
		issue, rep = a.demande(modele.DEL, c.q)
		assert.Equal(t, c.issue, issue, "%+v", c.q)
		if c.issue != roctest.Accepte && c.issue != roctest.Doublon {
			assert.Contains(t, rep, "<Erreur><Code>SIMULE-")
		}
	}
	assert.Empty(t, a.s.Vivants("", ""))
	assert.Len(t, a.s.Engagements(), 1)
	assert.Equal(t, roctest.Bilan{Calculs: 1, Engages: 1, Annulations: 7, Annules: 1, Doublons: 1}, a.s.Bilan(mutuelle))
	assert.Equal(t, 8, a.s.Bilan("").Annulations)
	assert.Equal(t, map[modele.Service]int{modele.IDB: 1, modele.SIM: 2, modele.CLC: 1, modele.DEL: 8}, a.s.Requetes())
}
