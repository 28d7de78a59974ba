package cdritest_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
)

// The answer to the ordinary person, byte for byte after its instant.
func TestOrdinaire(t *testing.T) {
	a := nouvelAppelant(t)
	statut, rep := a.unite(ordinaire)
	assert.Equal(t, http.StatusOK, statut, rep)
	assert.Contains(t, rep, `<DroitsConsultes xmlns="`+espace+`"><Instant>`)
	_, apres, _ := strings.Cut(rep, "</Instant>")
	c := strings.NewReplacer("><", ">\n<").Replace(apres)
	assert.Equal(t, `<Issue>
<Code>TROUVE</Code>
</Issue>
<Droits>
<Beneficiaire>
<NomFamille>ADRDEUX</NomFamille>
<Prenom>LAURENT</Prenom>
<Qualite>1</Qualite>
<Adresse>
<Ligne4>1 RUE DU SIMULATEUR</Ligne4>
<Ligne6>75000 PARIS</Ligne6>
</Adresse>
<DateNaissance>1981-01-01</DateNaissance>
<Rang>1</Rang>
</Beneficiaire>
<Assure>
<Nir>1810163220751</Nir>
<Cle>40</Cle>
</Assure>
<MedecinTraitant>
<Nom>SIMUL</Nom>
<Prenom>ALIX</Prenom>
<NumeroAM>991234567</NumeroAM>
<Periode>
<Debut>2020-01-01</Debut>
</Periode>
</MedecinTraitant>
<OrganismeMaladie>
<Regime>01</Regime>
<Caisse>751</Caisse>
<Centre>0000</Centre>
<NaturePJ>2</NaturePJ>
<Periode>
<Debut>2020-01-01</Debut>
</Periode>
</OrganismeMaladie>
</Droits>
</DroitsConsultes>
</S:Body>
</S:Envelope>`, c)
}

func TestAuthentifications(t *testing.T) {
	a := nouvelAppelant(t, cdritest.AvecPSC())
	for _, c := range []struct{ nom, assertion, emetteur string }{
		{"carte", a.carte(), a.porteur()}, {"structure", a.structure(), "lot-de-nuit"}, {"psc", psc(), "899900063480"},
	} {
		statut, rep := a.avec(c.assertion, c.emetteur, cdritest.Action, ordinaire)
		assert.Equal(t, http.StatusOK, statut, "%s: %s", c.nom, rep)
		statut, rep = a.avec(c.assertion, c.emetteur, cdritest.ActionLot, lot(ordinaire))
		assert.Equal(t, http.StatusOK, statut, "%s: %s", c.nom, rep)
	}
	var modes []string
	for _, appel := range a.s.Appels() {
		modes = append(modes, appel.Authentification)
	}
	assert.Equal(t, []string{"carte", "carte", "structure", "structure", "psc", "psc"}, modes)

	sans := nouvelAppelant(t)
	statut, rep := sans.avec(psc(), "899900063480", cdritest.Action, ordinaire)
	assert.Equal(t, http.StatusInternalServerError, statut, rep)
	statut, _ = sans.avec(strings.Replace(sans.carte(), "SA01", "SA02", 1), sans.porteur(), cdritest.Action, ordinaire)
	assert.Equal(t, http.StatusInternalServerError, statut)
	statut, _ = sans.avec(strings.Replace(sans.structure(), "PAGM_SIMULE", "PAGM_AUTRE", 1), "lot-de-nuit", cdritest.Action, ordinaire)
	assert.Equal(t, http.StatusInternalServerError, statut)
	assert.Equal(t, "Assertion: not signed", sans.s.Appels()[0].Motif)
	assert.Equal(t, "Signature: does not verify", sans.s.Appels()[1].Motif)
	assert.Equal(t, "Signature: does not verify", sans.s.Appels()[2].Motif)
	assert.Empty(t, sans.s.Demandes())
}

// Batches of the night have no agent: neither card nor Pro Santé Connect.
func TestPhase2(t *testing.T) {
	a := nouvelAppelant(t, cdritest.AvecPSC(), cdritest.AvecPhase2())
	for _, c := range []struct {
		assertion, emetteur string
		statut              int
	}{{a.carte(), a.porteur(), 500}, {psc(), "899900063480", 500}, {a.structure(), "lot-de-nuit", 200}} {
		statut, rep := a.avec(c.assertion, c.emetteur, cdritest.ActionLot, lot(ordinaire))
		assert.Equal(t, c.statut, statut, rep)
		statut, rep = a.avec(c.assertion, c.emetteur, cdritest.Action, ordinaire)
		assert.Equal(t, http.StatusOK, statut, rep)
	}
	statut, rep := a.lot(lot(ordinaire))
	assert.Equal(t, http.StatusOK, statut, rep)
	assert.Equal(t, map[string]int{cdritest.Action: 3, cdritest.ActionLot: 4}, a.s.Requetes())
	assert.Equal(t, map[cdritest.Criteres]int{connu(t, "ordinaire").Criteres: 5}, a.s.Demandes())
}

// What stands in each built-in answer, by hand.
func TestBeneficiaires(t *testing.T) {
	a := nouvelAppelant(t)
	vus := map[string]bool{}
	enCours := "<Periode><Debut>2024-01-01</Debut><Fin>2099-12-31</Fin></Periode>"
	etm := func(c string) string { return "<Exoneration><Code>" + c + "</Code>" + enCours + "</Exoneration>" }
	mtm := func(c string) string { return "<Modulation><Code>" + c + "</Code>" + enCours + "</Modulation>" }
	sp := func(c string) string {
		return "<SituationParticuliere><Code>" + c + "</Code>" + enCours + "</SituationParticuliere>"
	}
	contrats := func(cs ...string) string {
		s := "</OrganismeMaladie>"
		for _, c := range cs {
			s += "<ContratParticulier><Code>" + c + "</Code>" + enCours + "</ContratParticulier>"
		}
		return s + "</Droits>"
	}
	periode := func(d, f string) string {
		if f != "" {
			f = "<Fin>" + f + "</Fin>"
		}
		return "<Periode><Debut>" + d + "</Debut>" + f + "</Periode>"
	}
	for _, c := range []struct{ cas, contient, sans string }{
		{"ordinaire", "<NomFamille>ADRDEUX<", "<Exoneration>"},
		{"ald", etm("13"), "<Modulation>"},
		{"plusieurs-etm", etm("8") + etm("14") + etm("17"), ""},
		{"invalidite", etm("14"), ""},
		{"soins-particuliers", etm("17") + etm("18"), ""},
		{"pension-militaire", etm("1"), "ChaAnn"},
		{"detenu", etm("1") + "<SpecificiteRegime><ChaAnn>0</ChaAnn></SpecificiteRegime>", ""},
		{"cha-ann-hors-regime-general", "<ChaAnn>0</ChaAnn>", "<Regime>01<"},
		{"maternite", etm("6") + "<Maternite><DebutGrossesse>2026-03-01</DebutGrossesse><Accouchement>2026-11-30</Accouchement>" +
			"<Organisme><Regime>01</Regime><Caisse>781</Caisse></Organisme>" + enCours + "</Maternite>", ""},
		{"etm-expiree", "<Exoneration><Code>13</Code>" + periode("2015-01-01", "2019-12-31"), ""},
		{"etm-inconnue", etm("99"), ""},
		{"alsace-moselle", mtm("9"), "<Caisse>751<"},
		{"frontalier", mtm("7"), ""},
		{"aspa", mtm("8"), ""},
		{"rente-at", mtm("6") + "<AtParDefaut>", ""},
		{"mtm-inconnue", mtm("42"), ""},
		{"c2s-caisse", sp("1"), ""},
		{"c2s-unique", sp("02"), ""},
		{"c2s-separee", sp("3"), ""},
		{"c2s-expiree", "<SituationParticuliere><Code>1</Code>" + periode("2018-01-01", "2018-12-31"), ""},
		{"ame", sp("10"), "<MedecinTraitant"},
		{"situation-inconnue", sp("77"), ""},
		{"rss-passage", "<Nir>5791299999001</Nir><Cle>", ""},
		{"rss-passage-6", "<Nir>6860299999002</Nir><Cle>", ""},
		{"rss-permanent", "<Regime>01</Regime><Caisse>751</Caisse><Centre>0000</Centre><NaturePJ>2</NaturePJ><CodeGestion>70</CodeGestion>", ""},
		{"rss-permanent-c2s", sp("1"), ""},
		{"at-declares", "<AtParDefaut><Organisme><Regime>01</Regime><Caisse>753</Caisse></Organisme><Periode><Debut>2020-01-01</Debut></Periode></AtParDefaut>" +
			"<AtDeclare><Identifiant>180831018</Identifiant><Organisme><Regime>01</Regime><Caisse>752</Caisse></Organisme>" + periode("2018-08-31", "") + "</AtDeclare>" +
			"<AtDeclare><Identifiant>240615021</Identifiant><Organisme><Regime>01</Regime><Caisse>752</Caisse></Organisme>" + periode("2024-06-15", "") + "</AtDeclare>" +
			"<AtDeclare><Identifiant>251120036</Identifiant>", ""},
		{"at-defaut", "<AtParDefaut>", "<AtDeclare>"},
		{"msa", "<Regime>02</Regime>", ""},
		{"mines", "<Regime>07</Regime>", ""},
		{"sncf-cp-actif", contrats("18", "22"), ""},
		{"sncf-cp-non-actif", contrats("18", "23"), ""},
		{"sncf-cp-hors-zone", contrats("18", "22", "24"), ""},
		{"sncf-cp-pupille", contrats("18", "25"), ""},
		{"sncf-divers-actif", contrats("19", "22"), ""},
		{"sncf-subsistant", contrats("20"), ""},
		{"sncf-cmal-actif", contrats("21", "22"), ""},
		{"sncf-cp-seul", contrats("18"), ""},
		{"sncf-deux-caisses", contrats("18", "19", "22"), ""},
		{"sncf-subsistant-actif", contrats("20", "22"), ""},
		{"sncf-sans-caisse", contrats("22"), ""},
		{"contrat-inconnu", contrats("17"), ""},
		{"expire", periode("2015-01-01", "2019-12-31") + "</OrganismeMaladie>", ""},
		{"futur", periode("2099-01-01", "") + "</OrganismeMaladie>", ""},
		{"sans-periode", "<NaturePJ>2</NaturePJ></OrganismeMaladie>", ""},
		{"chevauchement", periode("2020-01-01", "2027-06-30") + periode("2026-01-01", "2029-12-31") + periode("2029-01-01", ""), ""},
		{"sans-medecin", "<Code>TROUVE</Code>", "<MedecinTraitant"},
		{"medecin-futur", "<MedecinTraitant><Nom>SIMUL</Nom>" + periode("2099-01-01", ""), ""},
		{"medecin-fini", "<MedecinTraitant><Nom>SIMUL</Nom>" + periode("2015-01-01", "2019-12-31"), ""},
		{"medecin-sans-nom", "<MedecinTraitant/>", ""},
		{"date-lunaire", "<DateNaissance>1950-42-00</DateNaissance>", ""},
		{"corse", "<Nir>173072A020054</Nir><Cle>", ""},
		{"enfant", "<DateNaissance>2015-05-05</DateNaissance><Rang>1</Rang><Nir>2150563220056</Nir>", "<Qualite>"},
		{"jumeau-1", "<Rang>1</Rang>", "<Exoneration>"},
		{"jumeau-2", "<Rang>2</Rang>", ""},
		{"nom-usage", "<NomUsage>D&apos;ÉPOUSE-SIMULÉE</NomUsage>", ""},
		{"messages", "<Message><Code>A1</Code><Libelle>Dossier simulé</Libelle></Message><Message><Libelle>Message sans code</Libelle></Message><Droits>", ""},
		{"indisponible-une-fois", "<Code>TROUVE</Code>", ""},
		{"inconnu", "<Code>NON_TROUVE</Code>", "<Droits>"},
		{"deux-reponses", "<Code>AMBIGU</Code>", "<Droits>"},
		{"regime-non-ouvert", "<Code>REGIME_NON_OUVERT</Code>", "<Droits>"},
		{"issue-inconnue", "<Code>DOSSIER_A_REVOIR</Code>", "<Droits>"},
	} {
		b := connu(t, c.cas)
		vus[c.cas] = true
		statut, rep := a.unite(demande(b))
		assert.Equal(t, http.StatusOK, statut, "%s: %s", c.cas, rep)
		assert.Contains(t, rep, c.contient, c.cas)
		if c.sans != "" {
			assert.NotContains(t, rep, c.sans, c.cas)
		}
	}
	for _, b := range cdritest.Beneficiaires() {
		assert.True(t, vus[b.Cas], "no expectation for %s", b.Cas)
	}
	assert.Len(t, vus, len(cdritest.Beneficiaires()), "each case once")
}

// Every number has its right key, and no two people the same criteria.
func TestNumeros(t *testing.T) {
	vus := map[cdritest.Criteres]string{}
	for _, b := range cdritest.Beneficiaires() {
		assert.NoError(t, b.Criteres.Assure.Valide(), b.Cas)
		if b.Droits != nil && b.Droits.Beneficiaire.NIR != (simphonie.NIR{}) {
			assert.NoError(t, b.Droits.Beneficiaire.NIR.Valide(), b.Cas)
		}
		assert.Empty(t, vus[b.Criteres], b.Cas)
		vus[b.Criteres] = b.Cas
	}
}

// Each criterion counts, the key and the own number too; caisse and date do not.
func TestRecherche(t *testing.T) {
	a := nouvelAppelant(t)
	enfant := demande(connu(t, "enfant"))
	propre := connu(t, "enfant").Droits.Beneficiaire.NIR.Clair()
	avecPropre := func(n, c string) string {
		return strings.Replace(enfant, "<DateNaissance>", "<Nir>"+n+"</Nir><Cle>"+c+"</Cle><DateNaissance>", 1)
	}
	for _, c := range []struct{ nom, corps, code string }{
		{"another number", quatre("1810163220752", "39", "1981-01-01", "1", "01"), "NON_TROUVE"},
		{"another key", quatre("1810163220751", "41", "1981-01-01", "1", "01"), "NON_TROUVE"},
		{"another date", quatre("1810163220751", "40", "1981-01-02", "1", "01"), "NON_TROUVE"},
		{"another rank", quatre("1810163220751", "40", "1981-01-01", "2", "01"), "NON_TROUVE"},
		{"another régime", quatre("1810163220751", "40", "1981-01-01", "1", "02"), "NON_TROUVE"},
		{"another caisse", strings.Replace(ordinaire, "</Regime>", "</Regime><Caisse>999</Caisse><Centre>AZ09</Centre>", 1), "TROUVE"},
		{"at a date", strings.Replace(ordinaire, "<Assure>", "<DateReference>2019-02-28</DateReference><Assure>", 1), "TROUVE"},
		{"own number", avecPropre(propre[:13], propre[13:]), "TROUVE"},
		{"own number of somebody else", avecPropre("2150563220057", "00"), "NON_TROUVE"},
		{"own number that the service does not know", strings.Replace(ordinaire, "<DateNaissance>", "<Nir>1810163220751</Nir><Cle>40</Cle><DateNaissance>", 1), "TROUVE"},
	} {
		statut, rep := a.unite(c.corps)
		assert.Equal(t, http.StatusOK, statut, "%s: %s", c.nom, rep)
		assert.Contains(t, rep, "<Code>"+c.code+"<", c.nom)
	}
}

// The page of the simulators lists everybody as they are.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/SIMULATEURS.md")
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(page), "| Case | Number of the insured")
	table, _, _ = strings.Cut(table, "\n\n")
	lignes := strings.Split(strings.TrimSpace(table), "\n")[2:]
	bs := cdritest.Beneficiaires()
	require.Len(t, lignes, len(bs))
	for i, b := range bs {
		n := b.Criteres.Assure.Clair()
		assert.True(t, strings.HasPrefix(lignes[i], "| `"+b.Cas+"` | "+n[:13]+" "+n[13:]+" | "+b.Criteres.Naissance.Clair()+" | "+b.Criteres.Rang+" | "+b.Criteres.Regime+" | "), b.Cas)
	}
}
