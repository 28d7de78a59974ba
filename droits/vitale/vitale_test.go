package vitale_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/droits/vitale"
	"github.com/simphonie/simphonie/internal/canari"
)

var (
	jour = simphonie.MustJour
	lue  = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
)

func TestDecode(t *testing.T) {
	bs, err := vitale.Decode([]byte(carte), lue)
	require.NoError(t, err)
	require.Len(t, bs, 2)
	a := bs[0].Droits
	assert.Equal(t, droits.SupportVitale, a.Support)
	assert.Equal(t, lue, a.Le)
	assert.Equal(t, "255555575133324", a.Assure.NIR.Clair())
	assert.Equal(t, "255555575133324", a.Beneficiaire.NIR.Clair())
	assert.Equal(t, jour("2020-03-12"), a.Beneficiaire.Certification)
	assert.Equal(t, [3]string{"CANARINOM", "CANARIUSAGE", "CANARIPRENOM"}, [3]string{a.Beneficiaire.Nom.Clair(), a.Beneficiaire.NomUsage.Clair(), a.Beneficiaire.Prenom.Clair()})
	assert.Equal(t, "1950-03-12", a.Beneficiaire.Naissance.Clair())
	assert.Equal(t, "1", a.Beneficiaire.Rang)
	assert.Equal(t, "0", a.Beneficiaire.Qualite)
	require.Len(t, a.Beneficiaire.Adresse, 4)
	assert.Equal(t, [4]string{"", "CANARI ESCALIER", "", "1 RUE CANARI"}, [4]string{a.Beneficiaire.Adresse[0].Clair(), a.Beneficiaire.Adresse[1].Clair(), a.Beneficiaire.Adresse[2].Clair(), a.Beneficiaire.Adresse[3].Clair()})
	assert.Equal(t, simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "1234"}, a.Organisme)
	assert.Equal(t, "9999", bs[0].CentreGestion)
	assert.Equal(t, "10", a.CodeGestion)
	assert.Equal(t, []simphonie.Periode{{Du: jour("2025-01-01"), Au: jour("2026-12-31")}, {Du: jour("2027-01-01")}}, a.Periodes)
	assert.Equal(t, "CANARI AFFECTION DE LONGUE DUREE", a.LibelleExo.Clair())
	assert.Equal(t, []vitale.Suggestion{{Exoneration: droits.ExoALD, Mot: "affection"}}, bs[0].Suggestions)
	assert.Equal(t, &droits.MedecinTraitant{Declare: simphonie.Oui}, a.MedecinTraitant)
	assert.Equal(t, &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}}, a.ATParDefaut)
	assert.Equal(t, []droits.ATDeclare{{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "752"}}}, a.AT)
	assert.Equal(t, simphonie.NumeroAMC("88888888"), a.OC)
	assert.Empty(t, bs[0].Anomalies)

	// What was read is what rights are resolved from: the text of exemptions stops.
	r := droits.Resoudre(&a, droits.Prestation{}, jour("2026-03-04"), droits.Options{})
	assert.Equal(t, []simphonie.Code{"DROITS-LIBELLE-EXO"}, r.Anomalies.Codes())
	assert.Equal(t, droits.GestionSeparee, r.Contexte.GestionC2S)
	assert.Equal(t, simphonie.Oui, r.Contexte.MedecinTraitant)

	b := bs[1]
	assert.Equal(t, "15-42-00", b.Droits.Beneficiaire.Naissance.Clair(), "lunar, and its century unknown")
	assert.Nil(t, b.Droits.MedecinTraitant)
	assert.Equal(t, []simphonie.Code{"DROITS-VITALE-SIECLE", "DROITS-VITALE-MEDECIN"}, b.Anomalies.Codes())
	assert.Equal(t, simphonie.NumeroAMC("12345678"), b.Mutuelle)
	assert.Empty(t, b.Droits.OC, "a mutual is not the C2S")
	assert.NotContains(t, canari.Montre(bs), "CANARI")
	assert.NotContains(t, canari.Montre(bs), "5555557513")
	for _, r := range vitale.Regles() {
		assert.True(t, r.Gravite.Stoppe(), r.Code)
	}
}

// Both ways of writing a date, and the document forms that a reader may have.
func TestTolerances(t *testing.T) {
	un := func(ident, reste string) string {
		return "<listeBenef><benef><ident>" + ident + "</ident>" + reste + "</benef></listeBenef>"
	}
	for _, c := range []struct{ naissance, attendue string }{
		{"<date>01021960</date>", "1960-02-01"}, {"<date>010260</date>", "60-02-01"}, {"<dateEnCarte>19600201</dateEnCarte>", "1960-02-01"},
		{"<date>010260</date><dateEnCarte>19600201</dateEnCarte>", "1960-02-01"}, {"<date>00421950</date>", "1950-42-00"}, {"", ""},
	} {
		bs, err := vitale.Decode([]byte(un("<naissance>"+c.naissance+"</naissance>", "")), lue)
		require.NoError(t, err, c.naissance)
		assert.Equal(t, c.attendue, bs[0].Droits.Beneficiaire.Naissance.Clair(), c.naissance)
	}
	bs, err := vitale.Decode([]byte(un("<naissance><date>01021960</date><dateEnCarte>610201</dateEnCarte></naissance>", "")), lue)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"DROITS-VITALE-NAISSANCE"}, bs[0].Anomalies.Codes())
	bs, err = vitale.Decode([]byte(un("", "<amo><medecinTraitant>N</medecinTraitant></amo><listeat><at1><regime>01</regime><caisse>751</caisse></at1></listeat><cmu><typeCMU></typeCMU></cmu>")), lue)
	require.NoError(t, err)
	assert.Equal(t, simphonie.Non, bs[0].Droits.MedecinTraitant.Declare)
	assert.Equal(t, "01-751", bs[0].Droits.ATParDefaut.Organisme.String())
	assert.Nil(t, bs[0].Droits.C2SCarte)
	bs, err = vitale.Decode([]byte(`<x:listeBenef xmlns:x="urn:x"><x:element><x:ident><x:nir>1</x:nir></x:ident></x:element></x:listeBenef>`), lue)
	require.NoError(t, err)
	assert.Equal(t, "1", bs[0].Droits.Assure.NIR.Clair())
}

func TestErreurs(t *testing.T) {
	dans := func(s string) string {
		return "<listeBenef><element><ident/>" + s + "</element></listeBenef>"
	}
	for _, c := range []struct{ doc, code, chemin string }{
		{"<a/>", "DROITS-VITALE-FORME", "listeBenef"},
		{"<listeBenef/>", "DROITS-VITALE-FORME", "listeBenef"},
		{"<a><listeBenef/><b><listeBenef/></b></a>", "DROITS-VITALE-FORME", "listeBenef"},
		{"<listeBenef><element/></listeBenef>", "DROITS-VITALE-FORME", "listeBenef[0].ident"},
		{dans("<ident/>"), "DROITS-VITALE-FORME", "listeBenef[0].ident"},
		{dans("<amo><caisse>7<b/>51</caisse></amo>"), "DROITS-VITALE-FORME", "listeBenef[0].amo.caisse"},
		{dans("<amo><caisse>751</caisse><caisse>752</caisse></amo>"), "DROITS-VITALE-FORME", "listeBenef[0].amo.caisse"},
		{dans("<amo><listePeriodesDroits><element><debut>010125</debut></element></listePeriodesDroits></amo>"), "DROITS-VITALE-DATE", "listeBenef[0].amo.listePeriodesDroits[0].debut"},
		{dans("<amo><listePeriodesDroits><element><fin>31022025</fin></element></listePeriodesDroits></amo>"), "DROITS-VITALE-DATE", "listeBenef[0].amo.listePeriodesDroits[0].fin"},
		{dans("<listeat><at2><orgGestion>01751</orgGestion></at2></listeat>"), "DROITS-VITALE-ORGANISME", "listeBenef[0].listeat.at2.orgGestion"},
		{"<listeBenef><element><ident><naissance><date>1950</date></naissance></ident></element></listeBenef>", "DROITS-VITALE-DATE", "listeBenef[0].ident.naissance.date"},
		{"<listeBenef><element><ident><naissance><dateEnCarte>x50312</dateEnCarte></naissance></ident></element></listeBenef>", "DROITS-VITALE-DATE", "listeBenef[0].ident.naissance.dateEnCarte"},
		{"<listeBenef><element><ident><dateCertification>CANARI01</dateCertification></ident></element></listeBenef>", "DROITS-VITALE-DATE", "listeBenef[0].ident.dateCertification"},
	} {
		_, err := vitale.Decode([]byte(c.doc), lue)
		var e *simphonie.Erreur
		require.True(t, errors.As(err, &e), c.doc)
		assert.Equal(t, simphonie.Code(c.code), e.Code, c.doc)
		assert.Equal(t, c.chemin, e.Chemin, c.doc)
		assert.NotContains(t, err.Error(), "CANARI")
	}
	_, err := vitale.DecodeElement(nil, lue)
	assert.ErrorContains(t, err, "DROITS-VITALE-FORME")
	_, err = vitale.Decode([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><listeBenef/>`), lue)
	assert.ErrorContains(t, err, "XML-")
}

func TestSuggerer(t *testing.T) {
	for texte, attendu := range map[string]string{
		"": "", "TICKET MODERATEUR NORMAL": "", "ALD 30": "4", "HÉRALDIQUE": "", "RENTE AT": "5", "PENSION D'INVALIDITE": "5", "MATERNITÉ": "5",
		"FSV": "9", "ALLOCATION VIEILLESSE": "9", "AFFECTION HORS LISTE": "44",
	} {
		var codes strings.Builder
		for _, s := range vitale.Suggerer(simphonie.NewConfidentiel(texte)) {
			codes.WriteString(s.Exoneration.String())
		}
		assert.Equal(t, attendu, codes.String(), texte)
	}
}

// Whatever the document, an answer or a typed error, and no personal data in it.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(carte))
	f.Add([]byte("<listeBenef><e><ident/></e></listeBenef>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		bs, err := vitale.Decode(b, lue)
		if err != nil {
			var e *simphonie.Erreur
			if !errors.As(err, &e) {
				t.Fatalf("untyped error: %T", err)
			}
			return
		}
		if len(bs) == 0 {
			t.Fatal("neither a beneficiary nor an error")
		}
		for i := range bs {
			droits.Resoudre(&bs[i].Droits, droits.Prestation{LieeAT: true}, jour("2026-03-04"), droits.Options{Tracer: true})
			if n := bs[i].Droits.Beneficiaire.Naissance; len(n.Clair()) == 8 && !n.SiecleInconnu() {
				t.Fatal("a century was guessed")
			}
		}
	})
}
