package dossier_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

func emission(ms ...simphonie.Montant) dossier.Emission {
	return dossier.Emission{Numero: "F1", Le: quand, Jour: jour, Empreinte: empreinte(1), Parts: parts(ms...)}
}

// The invoice asks what the CLC commits to, line by line.
func TestEmission(t *testing.T) {
	forcage := &dossier.Forcage{Par: moi, Motif: cause}
	for nom, cas := range map[string]struct {
		e     func(*dossier.Emission)
		codes []simphonie.Code
		passe bool
	}{
		"as committed":  {func(*dossier.Emission) {}, []simphonie.Code{}, true},
		"a cent more":   {func(e *dossier.Emission) { e.Parts = parts(1001, 2000) }, []simphonie.Code{"ROC-DRE-MONTANT"}, false},
		"same sum":      {func(e *dossier.Emission) { e.Parts = parts(1001, 1999) }, []simphonie.Code{"ROC-DRE-MONTANT", "ROC-DRE-MONTANT"}, false},
		"a line less":   {func(e *dossier.Emission) { e.Parts = parts(1000) }, []simphonie.Code{"ROC-DRE-MONTANT"}, false},
		"a line more":   {func(e *dossier.Emission) { e.Parts = parts(1000, 2000, 1) }, []simphonie.Code{"ROC-EMISSION", "ROC-DRE-MONTANT"}, false},
		"forced":        {func(e *dossier.Emission) { e.Parts, e.Forcage = parts(1001, 1999), forcage }, []simphonie.Code{"ROC-DRE-FORCEE", "ROC-DRE-FORCEE"}, true},
		"unsigned":      {func(e *dossier.Emission) { e.Forcage = &dossier.Forcage{Par: moi} }, []simphonie.Code{"ROC-EMISSION"}, false},
		"twice a line":  {func(e *dossier.Emission) { e.Parts = append(e.Parts, e.Parts[2]) }, []simphonie.Code{"ROC-EMISSION"}, false},
		"no number":     {func(e *dossier.Emission) { e.Numero = "" }, []simphonie.Code{"ROC-EMISSION"}, false},
		"stale":         {func(e *dossier.Emission) { e.Empreinte = empreinte(9) }, []simphonie.Code{"ROC-CALCUL-PERIME"}, false},
		"stale, forced": {func(e *dossier.Emission) { e.Empreinte, e.Forcage = empreinte(9), forcage }, []simphonie.Code{"ROC-CALCUL-PERIME"}, false},
		"simulated":     {func(e *dossier.Emission) { e.Parts[1].Etat, e.Forcage = facture.Simule, forcage }, []simphonie.Code{"ROC-DRE-PART"}, false},
		"too late":      {func(e *dossier.Emission) { e.Jour = jour.AddDays(31) }, []simphonie.Code{"ROC-CALCUL-ECHU"}, false},
		"late, forced":  {func(e *dossier.Emission) { e.Jour, e.Forcage = jour.AddDays(31), forcage }, []simphonie.Code{}, true},
		"overflow": {func(e *dossier.Emission) { e.Parts, e.Forcage = parts(math.MaxInt64, 1), forcage },
			[]simphonie.Code{"ROC-EMISSION", "ROC-DRE-FORCEE", "ROC-DRE-FORCEE", "ROC-EMISSION"}, false},
	} {
		t.Run(nom, func(t *testing.T) {
			var c compteur
			d := joue(t, &c, dossier.Politique{}, "IDB+ CLC>")
			r := calcul()
			r.Fin = jour.AddDays(30)
			d = d.Applique(dossier.CalculRecu{Requete: requeteDe(&d), Reponse: r}, dossier.Politique{}).Dossier
			e := emission(1000, 2000)
			cas.e(&e)
			s := d.Applique(e, dossier.Politique{})
			assert.Equal(t, cas.codes, s.Anomalies.Codes())
			assert.Equal(t, cas.passe, !s.Refuse)
			if cas.passe {
				assert.Equal(t, dossier.Facture, s.Dossier.Etat)
				assert.Len(t, s.Dossier.Emission.Parts, 2, "the insurer's own")
			}
		})
	}
}

// An answer that does not hold together, or whose amounts are unknown.
func TestCalculDouteux(t *testing.T) {
	for nom, cas := range map[string]struct {
		r       func(*modele.Calcul)
		code    simphonie.Code
		facture simphonie.Code
	}{
		"a line is missing": {func(r *modele.Calcul) { r.Montants = r.Montants[:1] }, "ROC-CALCUL-DOUTEUX", "ROC-CALCUL-DOUTEUX"},
		"an anomaly":        {func(r *modele.Calcul) { r.Anomalies = simphonie.Anomalies{{Code: "X", Gravite: simphonie.AVerifier}} }, "X", "ROC-CALCUL-DOUTEUX"},
		"nothing":           {func(r *modele.Calcul) { r.Montants = nil }, "ROC-CALCUL-SANS-MONTANT", "ROC-CALCUL-SANS-MONTANT"},
	} {
		t.Run(nom, func(t *testing.T) {
			var c compteur
			d := joue(t, &c, dossier.Politique{}, "IDB+ CLC>")
			r := calcul()
			cas.r(r)
			s := d.Applique(dossier.CalculRecu{Requete: requeteDe(&d), Reponse: r}, dossier.Politique{})
			require.False(t, s.Refuse)
			assert.Equal(t, cas.code, s.Anomalies.Codes()[0])
			assert.Empty(t, s.Effets)
			assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
			f := s.Dossier.Applique(emission(1000, 2000), dossier.Politique{})
			assert.True(t, f.Refuse)
			assert.Contains(t, f.Anomalies.Codes(), cas.facture)
		})
	}
}

// What the guard of annulation lets through.
func TestPolitique(t *testing.T) {
	var c compteur
	large := dossier.Politique{AnnulationApresRejet: true, AnnulationDRE: simphonie.Oui}
	d := joue(t, &c, large, "IDB+ CLC> CLC+ emet rejet DEL> DEL+ CLC> CLC+ emet DRE- DEL> DEL+")
	assert.Equal(t, dossier.Annule, d.Etat)
	assert.Equal(t, 2, d.Annules)
	assert.Len(t, d.Anciennes, 2)
	assert.True(t, d.Anciennes[0].Rejetee)

	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ emet")
	for _, oui := range []simphonie.OuiNon{0, simphonie.Non} {
		s := d.Applique(dossier.DREAnnulee{Le: quand}, dossier.Politique{AnnulationDRE: oui})
		assert.Equal(t, []simphonie.Code{"ROC-DRE-ANNULATION"}, s.Anomalies.Codes(), "nobody said that the convention allows it")
	}
	assert.Equal(t, []simphonie.Code{"ROC-ANNULATION-GARDE"}, d.Empeche(modele.DEL, large).Codes(), "an invoice is out")
	assert.Empty(t, d.Empeche(modele.IDB, large))
	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+")
	s := d.Applique(dossier.Depart{Appel: c.appel(modele.DEL), Calcul: "autre"}, large)
	assert.Equal(t, []simphonie.Code{"ROC-CALCUL-CIBLE"}, s.Anomalies.Codes())
	// An insurer that no longer confirms the rights, after it committed.
	s = d.Applique(evenement(&c, &d, "IDB-"), large)
	assert.Equal(t, []simphonie.Code{"ROC-REFUS", "ROC-DROITS-PERDUS"}, s.Anomalies.Codes())
	// A rejected invoice goes again under another number.
	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ emet rejet")
	e := emission(1000, 2000)
	e.Numero = d.Anciennes[0].Numero
	assert.True(t, d.Applique(e, large).Refuse)
	e.Numero = "F2"
	assert.False(t, d.Applique(e, large).Refuse)
}

func evenement(c *compteur, d *dossier.Dossier, nom string) dossier.Evenement {
	for _, ev := range evenements(c) {
		if ev.nom == nom {
			return ev.e(d)
		}
	}
	return nil
}

func TestReglements(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ emet")
	for _, r := range []dossier.Reglement{{Reference: "", Montant: 1}, {Reference: "R", Montant: 0}, {Reference: "R", Montant: -1}} {
		assert.Equal(t, []simphonie.Code{"ROC-REGLEMENT"}, d.Applique(r, dossier.Politique{}).Anomalies.Codes())
	}
	s := d.Applique(dossier.Reglement{Reference: "R1", Montant: 2999, Le: quand}, dossier.Politique{})
	assert.Equal(t, dossier.PartPaye, s.Dossier.Etat)
	assert.True(t, s.Dossier.Applique(dossier.Reglement{Reference: "R1", Montant: 1}, dossier.Politique{}).Refuse, "the same payment twice")
	s = s.Dossier.Applique(dossier.Reglement{Reference: "R2", Montant: 2, Le: quand}, dossier.Politique{})
	assert.Equal(t, dossier.Paye, s.Dossier.Etat)
	assert.Equal(t, []simphonie.Code{"ROC-TROP-PAYE"}, s.Anomalies.Codes())
	assert.Equal(t, []string{"30.01", "30.00"}, s.Anomalies[0].Valeurs)
	assert.Equal(t, []simphonie.Code{"ROC-REJET"}, d.Applique(dossier.Rejet{}, dossier.Politique{}).Anomalies.Codes())
}

func TestEvenementsVides(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC>")
	for _, e := range []dossier.Evenement{nil, (*dossier.Rejet)(nil), dossier.IDBRecue{Appel: c.appel(modele.IDB)}, dossier.SIMRecue{Appel: c.appel(modele.SIM)},
		dossier.CalculRecu{Requete: requeteDe(&d)}} {
		assert.Equal(t, []simphonie.Code{"ROC-EVENEMENT-VIDE"}, d.Applique(e, dossier.Politique{}).Anomalies.Codes())
	}
	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ DEL>")
	assert.True(t, d.Applique(dossier.AnnulationRecue{Requete: requeteDe(&d)}, dossier.Politique{}).Refuse)
	assert.True(t, (*dossier.Dossier)(nil).Applique(dossier.Rejet{}, dossier.Politique{}).Refuse)
	assert.NotEmpty(t, (&dossier.Dossier{}).Empeche(modele.IDB, dossier.Politique{}))
	assert.Nil(t, (*dossier.Dossier)(nil).Parts())
	a := c.appel(modele.IDB)
	a.Requete = d.Appels[0].Requete
	s := d.Applique(dossier.IDBRecue{Appel: a, Reponse: &modele.Identification{}}, dossier.Politique{})
	assert.Equal(t, []simphonie.Code{"ROC-APPEL"}, s.Anomalies.Codes(), "the same request twice")
	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> perdue")
	s = d.Applique(dossier.Decision{Requete: requeteDe(&d), Verdict: dossier.Effective}, dossier.Politique{})
	assert.Equal(t, []simphonie.Code{"ROC-VERDICT"}, s.Anomalies.Codes())
	s = d.Applique(dossier.Decision{Requete: requeteDe(&d), Verdict: dossier.Effective, Par: moi, Motif: cause, Le: quand, Montants: montants(), Engagement: "E"}, dossier.Politique{})
	assert.False(t, s.Dossier.Applique(emission(1000, 2000), dossier.Politique{}).Refuse, "amounts told by telephone are billed")
	d = joue(t, &c, dossier.Politique{}, "")
	assert.Equal(t, []simphonie.Code{"ROC-NON-IDENTIFIE"}, d.Empeche(modele.SIM, dossier.Politique{}).Codes())
}

// The words for an event that comes at a wrong moment.
func TestMauvaisMoment(t *testing.T) {
	var c compteur
	for _, cas := range []struct {
		chemin, evenement string
		code              simphonie.Code
	}{
		{"IDB+", "emet", "ROC-ORDRE"}, {"IDB+", "CLC+", "ROC-AUTRE-APPEL"}, {"IDB+ CLC>", "emet", "ROC-SUSPENS"}, {"IDB+ CLC> perdue", "CLC+", "ROC-A-CLARIFIER"},
	} {
		d := joue(t, &c, dossier.Politique{}, cas.chemin)
		s := d.Applique(evenement(&c, &d, cas.evenement), dossier.Politique{})
		assert.True(t, s.Refuse)
		assert.Equal(t, []simphonie.Code{cas.code}, s.Anomalies.Codes())
	}
	d := joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+ emet")
	s := d.Applique(evenement(&c, &d, "change"), dossier.Politique{})
	assert.False(t, s.Refuse)
	assert.Equal(t, []simphonie.Code{"ROC-FACTURE-PERIMEE"}, s.Anomalies.Codes())
	assert.Empty(t, s.Effets)
}
