package reference_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/reference"
)

var codec reference.Codec

// exemples are the messages of the page, by their root; a shortened header is
// filled with that of the first.
func exemples(t testing.TB) map[string]string {
	t.Helper()
	b, err := os.ReadFile("../../docs/ROC-REFERENCE.md")
	require.NoError(t, err)
	es := map[string]string{}
	entete := ""
	for _, m := range regexp.MustCompile("(?s)```xml\n(.*?)```").FindAllStringSubmatch(string(b), -1) {
		x := m[1]
		if entete == "" {
			entete = x[strings.Index(x, "<Entete>") : strings.Index(x, "</Entete>")+len("</Entete>")]
		}
		x = strings.Replace(x, "<Entete>…</Entete>", entete, 1)
		es[regexp.MustCompile(`<(\w+)`).FindStringSubmatch(x)[1]] = x
	}
	require.Len(t, es, 7)
	return es
}

func racine(t testing.TB, s string) *etree.Element {
	t.Helper()
	d := etree.NewDocument()
	require.NoError(t, d.ReadFromString(s))
	return d.Root()
}

// compact drops the blanks between elements.
func compact(t *testing.T, el *etree.Element) string {
	t.Helper()
	d := etree.NewDocumentWithRoot(el.Copy())
	d.Unindent()
	s, err := d.WriteToString()
	require.NoError(t, err)
	return s
}

func entete(m modele.Moment) modele.Entete {
	return modele.Entete{Requete: "0a4c7f0e-6f0e-4d3e-9f43-8f0f6b1f0001", EJ: "750712184", Venue: "26000001", Moment: m, Date: simphonie.MustJour("2026-11-02"),
		Couverture: modele.Couverture{Cle: simphonie.CleAMC{Numero: "0434243085", Convention: "RO", CSR: "030255400", Domaine: simphonie.Hospitalisation},
			Adherent: simphonie.NewConfidentiel("ADH0001")},
		Beneficiaire: modele.Beneficiaire{NIR: simphonie.NIRRecu("181016322075140"), Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1",
			Nom: simphonie.NewConfidentiel("ADRDEUX"), Prenom: simphonie.NewConfidentiel("LAURENT")}}
}

func chiffrage() modele.Chiffrage {
	return modele.Chiffrage{Precedentes: []simphonie.NumeroAMC{"775671993"},
		Lignes: []facture.Ligne{{Code: "PJ", Execution: simphonie.MustJour("2026-11-02"), Support: -1, Quantite: 3, Coefficient: 10000, PrixUnitaire: 1000_000_000,
			Honoraires: 300000, BRAMO: 300000, Taux: simphonie.Cent - simphonie.Cent/5, MRO: 240000, BRAMC: 300000}},
		Parts: []facture.Part{{Ligne: 0, Debiteur: simphonie.AMO, Montant: 240000, Etat: facture.Theorique},
			{Ligne: 0, Debiteur: simphonie.AMC("434243085"), Montant: 55000, Etat: facture.Theorique},
			{Ligne: 0, Debiteur: simphonie.AMC("775671993"), Montant: 5000, Etat: facture.Engage}}}
}

// The examples of the page are what the codec writes.
func TestPageEcrite(t *testing.T) {
	es := exemples(t)
	compare := func(nom string, el *etree.Element, err error) {
		t.Helper()
		require.NoError(t, err)
		assert.Equal(t, compact(t, racine(t, es[nom])), compact(t, el))
	}
	el, err := codec.EncodeIDB(&modele.DemandeIDB{Entete: entete(modele.PreAdmission)})
	compare("DemandeIDB", el, err)
	el, err = codec.EncodeCLC(&modele.DemandeCLC{Entete: entete(modele.PreAdmission), Chiffrage: chiffrage()})
	compare("DemandeCLC", el, err)
	sim, err := codec.EncodeSIM(&modele.DemandeSIM{Entete: entete(modele.PreAdmission), Chiffrage: chiffrage()})
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(compact(t, el), "DemandeCLC", "DemandeSIM"), compact(t, sim))
	el, err = codec.EncodeAnnulation(&modele.DemandeAnnulation{Entete: entete(modele.PreAdmission), Calcul: "0a4c7f0e-6f0e-4d3e-9f43-8f0f6b1f0003", Engagement: "ENG-2026-000123"})
	compare("DemandeAnnulation", el, err)
}

// The examples of the page are read.
func TestPageLue(t *testing.T) {
	es := exemples(t)
	i, err := codec.DecodeIDB(racine(t, es["ReponseIDB"]))
	require.NoError(t, err)
	assert.Equal(t, modele.Issue{Sens: modele.Incomplet, Motif: modele.ChoixContrat, Code: "CHOIX_CONTRAT", Libelle: simphonie.NewConfidentiel("Deux contrats")}, i.Issue)
	assert.Equal(t, []modele.Consigne{{Libelle: simphonie.NewConfidentiel("Demander sa carte au patient")}}, i.Consignes)
	assert.Len(t, i.Messages, 1)
	require.Len(t, i.Contrats, 2)
	assert.Equal(t, simphonie.Periode{Du: simphonie.MustJour("2026-01-01"), Au: simphonie.MustJour("2026-12-31")}, i.Contrats[0].Periode)
	assert.Empty(t, i.Anomalies)
	s, err := codec.DecodeSIM(racine(t, es["ReponseSIM"]))
	require.NoError(t, err)
	zero := simphonie.Montant(0)
	assert.Equal(t, []modele.Montant{{Ligne: 0, Part: 55000, Reste: &zero}}, s.Montants)
	assert.EqualValues(t, 55000, *s.Total)
	c, err := codec.DecodeCLC(racine(t, es["ReponseCLC"]))
	require.NoError(t, err)
	assert.Equal(t, "ENG-2026-000123", c.Engagement)
	assert.Equal(t, simphonie.MustJour("2027-11-04"), c.Fin)
	assert.EqualValues(t, 3000, *c.Montants[0].Reste)
	a, err := codec.DecodeAnnulation(racine(t, es["ReponseAnnulation"]))
	require.NoError(t, err)
	assert.Equal(t, []modele.ErreurAMC{{Code: "E42", Groupe: "CALCUL_ANNULE", Motif: modele.CalculAnnule}}, a.Erreurs)
}

// Every outcome and group of the page is known to the codec, and no other.
func TestCodesDeLaPage(t *testing.T) {
	b, err := os.ReadFile("../../docs/ROC-REFERENCE.md")
	require.NoError(t, err)
	page := string(b)
	table := page[strings.Index(page, "### Outcomes"):strings.Index(page, "### Groups")]
	codes := regexp.MustCompile("(?m)^\\| `([A-Z_]+)`").FindAllStringSubmatch(table, -1)
	require.Len(t, codes, 19)
	for _, m := range codes {
		a, err := codec.DecodeAnnulation(racine(t, annulation(`<Issue><Code>`+m[1]+`</Code></Issue>`)))
		require.NoError(t, err)
		assert.NotEqual(t, modele.SensAVerifier, a.Issue.Sens, m[1])
		assert.Equal(t, m[1], a.Issue.Code)
	}
	ligne := page[strings.Index(page, "| `ADHERENT`, "):]
	ligne = ligne[:strings.Index(ligne, " | in this order")]
	motif := modele.AdherentAbsent
	for _, m := range regexp.MustCompile("`([A-Z_]+)`").FindAllStringSubmatch(ligne, -1) {
		a, err := codec.DecodeAnnulation(racine(t, annulation(`<Issue><Code>ACCEPTE</Code></Issue><Erreur><Code>E</Code><Groupe>`+m[1]+`</Groupe></Erreur>`)))
		require.NoError(t, err)
		assert.Equal(t, motif, a.Erreurs[0].Motif, m[1])
		motif++
	}
	assert.Equal(t, modele.AnnulationImpossible+1, motif)
	a, err := codec.DecodeAnnulation(racine(t, annulation(`<Issue><Code>AUTRE</Code></Issue><Erreur><Code>E</Code><Groupe>AUTRE</Groupe></Erreur>`)))
	require.NoError(t, err)
	assert.Equal(t, modele.SensAVerifier, a.Issue.Sens)
	assert.Equal(t, modele.ErreurAMC{Code: "E", Groupe: "AUTRE"}, a.Erreurs[0])
}

func annulation(s string) string {
	return `<ReponseAnnulation xmlns="` + reference.Espace + `"><Requete>r</Requete><Instant>2026-11-06T10:00:00Z</Instant>` + s + `</ReponseAnnulation>`
}

// What the page says of messages that break it.
func TestRefus(t *testing.T) {
	bonne := exemples(t)["ReponseCLC"]
	_, err := codec.DecodeCLC(racine(t, bonne))
	require.NoError(t, err)
	for _, x := range []struct{ de, a, code string }{
		{"ReponseCLC", "ReponseSIM", "ROC-REF-RACINE"},
		{":roc:1", ":roc:2", "ROC-REF-RACINE"},
		{"<Code>ACCEPTE</Code>", "", "ROC-REF-ABSENT"},
		{"<Code>ACCEPTE</Code>", "<Code/>", "ROC-REF-ABSENT"},
		{"<Code>ACCEPTE</Code>", "<Code>ACCEPTE</Code><Code>ACCEPTE</Code>", "ROC-REF-DOUBLE"},
		{"<Total>520.00</Total>", "<Total>520</Total>", "ROC-REF-VALEUR"},
		{"<Part>520.00</Part>", "<Part>5e2</Part>", "ROC-REF-VALEUR"},
		{"<Part>520.00</Part>", "<Part>0<!-- -->520.00</Part>", "ROC-REF-VALEUR"},
		{"<Rang>1</Rang>", "<Rang>0</Rang>", "ROC-REF-VALEUR"},
		{"<Fin>2027-11-04</Fin>", "<Fin>2027-02-30</Fin>", "ROC-REF-VALEUR"},
		{"ENG-2026-000123", "ENG 1", "ROC-REF-VALEUR"},
		{"<Engagement>ENG-2026-000123</Engagement>", "", "ROC-REF-ISSUE"},
		{"ACCEPTE", "ACTE_NON_COUVERT", "ROC-REF-ISSUE"},
		{"</Montant>", "</Montant><Montant><Rang>1</Rang><Part>1.00</Part></Montant>", "ROC-REF-ISSUE"},
		{"<Total>", "texte<Total>", "ROC-REF-VALEUR"},
	} {
		require.Contains(t, bonne, x.de)
		_, err := codec.DecodeCLC(racine(t, strings.ReplaceAll(bonne, x.de, x.a)))
		assert.ErrorContains(t, err, x.code, "%s -> %s", x.de, x.a)
	}
	c, err := codec.DecodeCLC(racine(t, strings.Replace(bonne, "<Total>", `<Nouveau/><Total unite="EUR">`, 1)))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"ROC-REF-ELEMENT", "ROC-REF-ELEMENT"}, c.Anomalies.Codes())
	_, err = codec.DecodeIDB(racine(t, strings.Replace(exemples(t)["ReponseIDB"], "CHOIX_CONTRAT", "DROITS_FERMES", 1)))
	assert.ErrorContains(t, err, "ROC-REF-ISSUE")
	_, err = codec.DecodeSIM(nil)
	assert.ErrorContains(t, err, "ROC-REF-RACINE")
}

// In writing nothing is tolerated, and no value is repeated.
func TestEcritureRefusee(t *testing.T) {
	for nom, change := range map[string]func(*modele.DemandeCLC){
		"Entete.Requete":                   func(d *modele.DemandeCLC) { d.Requete = "a b" },
		"Entete.Moment":                    func(d *modele.DemandeCLC) { d.Moment = 0 },
		"Entete.Couverture.NumeroAMC":      func(d *modele.DemandeCLC) { d.Couverture.Cle.Numero = "12345678901" },
		"Entete.Couverture.NumeroAdherent": func(d *modele.DemandeCLC) { d.Couverture.Adherent = simphonie.NewConfidentiel(" SECRET ") },
		"Entete.Beneficiaire.Nir":          func(d *modele.DemandeCLC) { d.Beneficiaire.NIR = simphonie.NIRRecu("SECRET") },
		"Ligne.Quantite":                   func(d *modele.DemandeCLC) { d.Lignes[0].Quantite = 0 },
		"Ligne.Code":                       func(d *modele.DemandeCLC) { d.Lignes[0].Code = "pj" },
		"Ligne.AutrePart.Etat":             func(d *modele.DemandeCLC) { d.Parts[2].Etat = 0 },
	} {
		d := modele.DemandeCLC{Entete: entete(modele.Sortie), Chiffrage: chiffrage()}
		change(&d)
		_, err := codec.EncodeCLC(&d)
		assert.ErrorContains(t, err, "ROC-REF-VALEUR ROC DemandeCLC."+nom)
		assert.NotContains(t, err.Error(), "SECRET")
	}
	_, err := codec.EncodeSIM(&modele.DemandeSIM{Entete: entete(modele.Sortie)})
	assert.ErrorContains(t, err, "ROC-REF-LIGNES")
	for _, f := range []func() (*etree.Element, error){
		func() (*etree.Element, error) { return codec.EncodeIDB(nil) }, func() (*etree.Element, error) { return codec.EncodeSIM(nil) },
		func() (*etree.Element, error) { return codec.EncodeCLC(nil) }, func() (*etree.Element, error) { return codec.EncodeAnnulation(nil) },
	} {
		_, err := f()
		assert.ErrorContains(t, err, "ROC-REF-VALEUR")
	}
	p := codec.Profil()
	assert.False(t, p.Officiel)
	assert.Contains(t, p.Nom, "non-officielle")
}

func FuzzDecode(f *testing.F) {
	for _, e := range exemples(f) {
		f.Add(e)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := etree.NewDocument()
		if d.ReadFromString(s) != nil || d.Root() == nil {
			return
		}
		el := d.Root()
		if c, err := codec.DecodeCLC(el); err == nil {
			require.True(t, c.Issue.Sens == modele.SensAVerifier || (c.Issue.Sens == modele.Accepte) == (len(c.Montants) > 0 && c.Engagement != ""))
		}
		codec.DecodeIDB(el)
		codec.DecodeSIM(el)
		codec.DecodeAnnulation(el)
	})
}
