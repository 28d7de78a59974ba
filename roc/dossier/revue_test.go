package dossier_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// What is saved is not changed by who holds the answer that it came from.
func TestDossierASoi(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC>")
	total := simphonie.Montant(3000)
	r := calcul()
	r.Total = &total
	d = d.Applique(dossier.CalculRecu{Requete: requeteDe(&d), Reponse: r}, dossier.Politique{}).Dossier
	avant, err := dossier.Encode(&d)
	require.NoError(t, err)
	total, r.Montants[0].Part = 1, 1
	s := d.Applique(emission(1000, 2000), dossier.Politique{})
	s.Dossier.Emission.Parts[0].Montant = 9
	d.Parts()[0].Montant = 9
	apres, err := dossier.Encode(&d)
	require.NoError(t, err)
	assert.Equal(t, string(avant), string(apres))
}

// Damage that would make a refused or lost CLC billable, or hide an invoice.
func TestDecodeRefuseEngagement(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+")
	b, err := dossier.Encode(&d)
	require.NoError(t, err)
	for _, x := range [][2]string{
		{`"statut":"repondu","retour":{"issue":{"sens":"accepte","code":"X","libelle":"libellé"}},"montants"`, `"statut":"non-parti","retour":{"issue":{"sens":"accepte","code":"X","libelle":"libellé"}},"montants"`},
		{`"statut":"repondu","retour":{"issue":{"sens":"accepte","code":"X","libelle":"libellé"}},"montants"`, `"statut":"repondu","retour":{"issue":{"sens":"refuse","code":"X","libelle":"libellé"}},"montants"`},
	} {
		require.Contains(t, string(b), x[0])
		_, err := dossier.Decode([]byte(strings.Replace(string(b), x[0], x[1], 1)))
		assert.ErrorContains(t, err, "ROC-DOSSIER-INCOHERENT", x[1])
	}
}

// Amounts told by a person are those of the lines.
func TestDecisionMontants(t *testing.T) {
	for _, ms := range [][]modele.Montant{{{Ligne: 0, Part: 1000}, {Ligne: 0, Part: 1000}}, {{Ligne: -1}, {Ligne: 1}}, {{Ligne: 0}}} {
		var c compteur
		d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> perdue")
		s := d.Applique(dossier.Decision{Requete: requeteDe(&d), Verdict: dossier.Effective, Par: moi, Motif: cause, Le: quand, Montants: ms}, dossier.Politique{})
		require.False(t, s.Refuse)
		assert.True(t, s.Dossier.Calcul.Douteux)
		_, err := dossier.Encode(&s.Dossier)
		require.NoError(t, err)
	}
}

// Negative and doubled parts of an invoice, even forced.
func TestEmissionHostile(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+")
	f := &dossier.Forcage{Par: moi, Motif: cause}
	for _, ps := range [][]facture.Part{nil, parts(-1000, -2000), parts(0, 0), append(parts(1000, 2000), parts(0, 1)[2]),
		{{Ligne: -1, Debiteur: simphonie.AMC(amc), Montant: 3000, Etat: facture.Engage}},
		{{Ligne: 0, Debiteur: simphonie.AMC(amc), Montant: 3000}},
		{{Ligne: 2, Debiteur: simphonie.AMC(amc), Montant: 3000, Etat: facture.Engage}}} {
		e := emission()
		e.Parts, e.Forcage = ps, f
		s := d.Applique(e, dossier.Politique{})
		assert.True(t, s.Refuse, "%v", ps)
	}
}
