package reference_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

func TestSuite(t *testing.T) {
	cdritest.RunCodecSuite(t, reference.Codec{}, cdritest.EcrivainReference())
}

func demande(t *testing.T, naissance string) modele.Demande {
	t.Helper()
	d, err := simphonie.ParseDateNaissance(naissance)
	require.NoError(t, err)
	return modele.Demande{EJ: "750712184", Moment: modele.Admission, Assure: simphonie.NIRRecu("181016322075140"), Naissance: d, Rang: "1", Regime: "01"}
}

func texte(t *testing.T, el *etree.Element) string {
	t.Helper()
	d := etree.NewDocumentWithRoot(el)
	d.Indent(2)
	s, err := d.WriteToString()
	require.NoError(t, err)
	return s
}

// The shapes of the messages; no -update touches them.
func TestFormes(t *testing.T) {
	minimale := demande(t, "1950-42-00")
	complete := demande(t, "1981-01-01")
	complete.Moment, complete.Caisse, complete.Centre = modele.Facturation, "751", "A1"
	complete.DateReference, complete.Beneficiaire = simphonie.MustJour("2026-11-02"), simphonie.NIRRecu("297022A02077878")
	var c reference.Codec
	for nom, f := range map[string]func() (*etree.Element, error){
		"minimale": func() (*etree.Element, error) { return c.EncodeDemande(&minimale) },
		"complete": func() (*etree.Element, error) { return c.EncodeDemande(&complete) },
		"lot": func() (*etree.Element, error) {
			return c.EncodeLot([]modele.LigneDemande{{Correlation: "1", Demande: &minimale}, {Correlation: "2", Demande: &complete}})
		},
	} {
		el, err := f()
		require.NoError(t, err, nom)
		attendu, err := os.ReadFile(filepath.Join("testdata", nom+".xml"))
		require.NoError(t, err)
		assert.Equal(t, string(attendu), texte(t, el), nom)
	}
}

// Every example of the page is read, or is a request that the codec writes.
func TestExemplesDeLaPage(t *testing.T) {
	racine, err := maison.Racine(".")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(racine, "docs", "CDRI-REFERENCE.md"))
	require.NoError(t, err)
	var c reference.Codec
	vus := map[string]int{}
	for _, m := range regexp.MustCompile("(?s)```xml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		doc, err := xmlguard.Parse([]byte(m[1]), xmlguard.Limites{})
		require.NoError(t, err)
		vus[doc.Root().Tag]++
		switch doc.Root().Tag {
		case "DroitsConsultes":
			r, err := c.DecodeReponse(doc.Root())
			require.NoError(t, err)
			assert.Empty(t, r.Anomalies)
			// Writing it again gives the page's own text: order included.
			el, err := cdritest.ReferenceReponse(r)
			require.NoError(t, err)
			assert.Equal(t, aplati(t, doc.Root()), aplati(t, el))
		case "DroitsConsultesLot":
			ls, err := c.DecodeLot(doc.Root())
			require.NoError(t, err)
			require.Len(t, ls, 2)
			assert.Equal(t, modele.NonTrouve, ls[0].Reponse.Issue.Sens)
			assert.True(t, ls[1].Erreur.Reessayable)
			el, err := cdritest.ReferenceLot(ls)
			require.NoError(t, err)
			assert.Equal(t, aplati(t, doc.Root()), aplati(t, el))
		case "ConsulterDroits":
			d := demande(t, "1981-01-01")
			d.DateReference, d.Caisse = simphonie.MustJour("2026-11-02"), "751"
			el, err := c.EncodeDemande(&d)
			require.NoError(t, err)
			assert.Equal(t, aplati(t, doc.Root()), aplati(t, el))
		case "ConsulterDroitsLot":
			d := demande(t, "1981-01-01")
			d.Moment = modele.PreAdmission
			el, err := c.EncodeLot([]modele.LigneDemande{{Correlation: "1", Demande: &d}})
			require.NoError(t, err)
			assert.Equal(t, aplati(t, doc.Root()), aplati(t, el))
		}
	}
	assert.Equal(t, map[string]int{"DroitsConsultes": 1, "DroitsConsultesLot": 1, "ConsulterDroits": 1, "ConsulterDroitsLot": 1}, vus)
}

func aplati(t *testing.T, el *etree.Element) string {
	t.Helper()
	d := etree.NewDocumentWithRoot(el.Copy())
	d.Unindent()
	s, err := d.WriteToString()
	require.NoError(t, err)
	return strings.TrimSpace(s)
}

const ouvre = `<DroitsConsultes xmlns="` + reference.Espace + `"><Instant>2026-11-02T08:30:00Z</Instant><Issue><Code>TROUVE</Code></Issue>`

const droitsMinimaux = `<Droits><Beneficiaire/><Assure><Nir>1810163220751</Nir></Assure><OrganismeMaladie><Regime>01</Regime></OrganismeMaladie></Droits>`

func decode(t *testing.T, s string) (*modele.Reponse, error) {
	t.Helper()
	doc, err := xmlguard.Parse([]byte(s), xmlguard.Limites{})
	require.NoError(t, err)
	return reference.Codec{}.DecodeReponse(doc.Root())
}

func TestLectureRefusee(t *testing.T) {
	for nom, c := range map[string]struct {
		message, chemin string
		code            simphonie.Code
	}{
		"autre racine":        {`<Autre xmlns="` + reference.Espace + `"/>`, "", "CDRI-REF-RACINE"},
		"autre espace":        {`<DroitsConsultes xmlns="urn:autre"/>`, "", "CDRI-REF-RACINE"},
		"instant absent":      {`<DroitsConsultes xmlns="` + reference.Espace + `"><Issue><Code>AMBIGU</Code></Issue></DroitsConsultes>`, "DroitsConsultes.Instant", "CDRI-REF-ABSENT"},
		"code vide":           {`<DroitsConsultes xmlns="` + reference.Espace + `"><Instant>2026-11-02T08:30:00Z</Instant><Issue><Code> </Code></Issue></DroitsConsultes>`, "DroitsConsultes.Issue.Code", "CDRI-REF-ABSENT"},
		"droits absents":      {ouvre + `</DroitsConsultes>`, "DroitsConsultes.Droits", "CDRI-REF-ISSUE"},
		"droits de trop":      {strings.Replace(ouvre, "TROUVE", "AMBIGU", 1) + droitsMinimaux + `</DroitsConsultes>`, "DroitsConsultes.Droits", "CDRI-REF-ISSUE"},
		"deux blocs":          {ouvre + droitsMinimaux + droitsMinimaux + `</DroitsConsultes>`, "DroitsConsultes.Droits", "CDRI-REF-DOUBLE"},
		"date fausse":         {ouvre + strings.Replace(droitsMinimaux, "</OrganismeMaladie>", "<Periode><Fin>2026-02-30</Fin></Periode></OrganismeMaladie>", 1) + `</DroitsConsultes>`, "DroitsConsultes.Droits.OrganismeMaladie.Periode[0].Fin", "CDRI-REF-VALEUR"},
		"siècle absent":       {ouvre + strings.Replace(droitsMinimaux, "<Beneficiaire/>", "<Beneficiaire><DateNaissance>81-01-01</DateNaissance></Beneficiaire>", 1) + `</DroitsConsultes>`, "DroitsConsultes.Droits.Beneficiaire.DateNaissance", "CDRI-REF-VALEUR"},
		"texte à côté":        {ouvre + "quoi" + droitsMinimaux + `</DroitsConsultes>`, "DroitsConsultes", "CDRI-REF-VALEUR"},
		"commentaire":         {ouvre + strings.Replace(droitsMinimaux, "1810163220751", "18101<!-- -->63220751", 1) + `</DroitsConsultes>`, "DroitsConsultes.Droits.Assure.Nir", "CDRI-REF-VALEUR"},
		"valeur trop longue":  {ouvre + strings.Replace(droitsMinimaux, "<Beneficiaire/>", "<Beneficiaire><Prenom>"+strings.Repeat("É", 501)+"</Prenom></Beneficiaire>", 1) + `</DroitsConsultes>`, "DroitsConsultes.Droits.Beneficiaire.Prenom", "CDRI-REF-VALEUR"},
		"la première de deux": {`<DroitsConsultes xmlns="` + reference.Espace + `"><Instant>hier</Instant><Instant>demain</Instant><Issue><Code>X</Code></Issue></DroitsConsultes>`, "DroitsConsultes.Instant", "CDRI-REF-DOUBLE"},
	} {
		_, err := decode(t, c.message)
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if assert.True(t, ok, nom) {
			assert.Equal(t, c.code, e.Code, nom)
			assert.Equal(t, c.chemin, e.Chemin, nom)
			assert.False(t, e.Reessayable, nom)
		}
	}
}

// What the page does not name is reported with its place, and changes nothing.
func TestInconnus(t *testing.T) {
	r, err := decode(t, ouvre+strings.Replace(droitsMinimaux, "<Beneficiaire/>", `<Beneficiaire b="1"><Autre/><Prenom xmlns="urn:autre">X</Prenom></Beneficiaire>`, 1)+`<`+strings.Repeat("Z", 60)+`/></DroitsConsultes>`)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"CDRI-REF-ELEMENT", "CDRI-REF-ELEMENT", "CDRI-REF-ELEMENT", "CDRI-REF-ELEMENT"}, r.Anomalies.Codes())
	var lieux []string
	for _, a := range r.Anomalies {
		lieux = append(lieux, a.Chemin+" "+a.Valeurs[0])
	}
	assert.ElementsMatch(t, []string{"DroitsConsultes l'élément " + strings.Repeat("Z", 40) + "…", "DroitsConsultes.Droits.Beneficiaire l'attribut b",
		"DroitsConsultes.Droits.Beneficiaire l'élément Autre", "DroitsConsultes.Droits.Beneficiaire l'élément Prenom"}, lieux)
	assert.True(t, r.Anomalies.Stoppent())
	assert.Equal(t, "01", r.Droits.Organisme.Regime)
}

// In a batch each line has its own anomalies, and those of the whole message.
func TestInconnusDUnLot(t *testing.T) {
	ligne := func(n, plus string) string {
		return `<Ligne><Correlation>` + n + `</Correlation>` + strings.Replace(ouvre, ` xmlns="`+reference.Espace+`"`, "", 1) + droitsMinimaux + plus + `</DroitsConsultes></Ligne>`
	}
	for commun, attendus := range map[string][]int{"": {1, 0, 0}, "<Entete/>": {2, 1, 1}} {
		doc, err := xmlguard.Parse([]byte(`<DroitsConsultesLot xmlns="`+reference.Espace+`">`+commun+ligne("1", "<Autre/>")+ligne("2", "")+ligne("3", "")+`</DroitsConsultesLot>`), xmlguard.Limites{})
		require.NoError(t, err)
		ls, err := reference.Codec{}.DecodeLot(doc.Root())
		require.NoError(t, err)
		for i, n := range attendus {
			assert.Len(t, ls[i].Reponse.Anomalies, n)
		}
	}
}

// Order is free in reading, and any value of a list is kept as it came.
func TestOrdreLibre(t *testing.T) {
	r, err := decode(t, `<x:DroitsConsultes xmlns:x="`+reference.Espace+`"><x:Droits><x:OrganismeMaladie><x:Centre>9</x:Centre><x:Regime> 01 </x:Regime></x:OrganismeMaladie>
		<x:SituationParticuliere><x:Periode/><x:Code>042</x:Code></x:SituationParticuliere><x:Assure><x:Cle>99</x:Cle><x:Nir>1810163220751</x:Nir></x:Assure><x:Beneficiaire/></x:Droits>
		<x:Issue><x:Code>TROUVE</x:Code></x:Issue><x:Instant>2026-11-02T09:30:00.5+01:00</x:Instant></x:DroitsConsultes>`)
	require.NoError(t, err)
	assert.Empty(t, r.Anomalies)
	assert.Equal(t, simphonie.Organisme{Regime: "01", Centre: "9"}, r.Droits.Organisme)
	assert.EqualValues(t, "042", r.Droits.Situations[0].Code)
	assert.Equal(t, []simphonie.Periode{{}}, r.Droits.Situations[0].Periodes)
	assert.Equal(t, "181016322075199", r.Droits.Assure.NIR.Clair())
	assert.True(t, r.Instant.Equal(time.Date(2026, 11, 2, 8, 30, 0, 5e8, time.UTC)))
}

// In writing nothing is tolerated.
func TestEcritureRefusee(t *testing.T) {
	for nom, c := range map[string]struct {
		change func(*modele.Demande)
		chemin string
	}{
		"etablissement": {func(d *modele.Demande) { d.EJ = "75" }, "ConsulterDroits.Etablissement"},
		"moment":        {func(d *modele.Demande) { d.Moment = 9 }, "ConsulterDroits.Moment"},
		"nir sans clé":  {func(d *modele.Demande) { d.Assure = simphonie.NIRRecu("1810163220751") }, "ConsulterDroits.Assure.Cle"},
		"nir":           {func(d *modele.Demande) { d.Assure = simphonie.NIRRecu("18101632207514") }, "ConsulterDroits.Assure.Cle"},
		"corse":         {func(d *modele.Demande) { d.Beneficiaire = simphonie.NIRRecu("181012C22075140") }, "ConsulterDroits.Beneficiaire.Nir"},
		"naissance":     {func(d *modele.Demande) { d.Naissance = simphonie.DateNaissance{} }, "ConsulterDroits.Beneficiaire.DateNaissance"},
		"rang":          {func(d *modele.Demande) { d.Rang = "01" }, "ConsulterDroits.Beneficiaire.Rang"},
		"regime":        {func(d *modele.Demande) { d.Regime = "1" }, "ConsulterDroits.Organisme.Regime"},
		"caisse":        {func(d *modele.Demande) { d.Caisse = "75" }, "ConsulterDroits.Organisme.Caisse"},
		"centre":        {func(d *modele.Demande) { d.Centre = "00000" }, "ConsulterDroits.Organisme.Centre"},
	} {
		d := demande(t, "1981-01-01")
		c.change(&d)
		_, err := reference.Codec{}.EncodeDemande(&d)
		e, ok := errors.AsType[*simphonie.Erreur](err)
		if assert.True(t, ok, nom) {
			assert.EqualValues(t, "CDRI-REF-VALEUR", e.Code, nom)
			assert.Equal(t, c.chemin, e.Chemin, nom)
		}
	}
	_, err := reference.Codec{}.EncodeLot(nil)
	assert.ErrorContains(t, err, "CDRI-REF-LOT")
}

func TestRegles(t *testing.T) {
	require.Len(t, reference.Regles(), 1)
	p := reference.Codec{}.Profil()
	assert.False(t, p.Officiel)
	assert.Contains(t, p.Nom, "non-officielle")
	assert.Contains(t, reference.Espace, "non-officielle")
	assert.Contains(t, p.Action, "non-officielle")
}
