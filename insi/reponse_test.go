package insi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

const (
	resultat = `<r:RESULTAT xmlns:r="http://www.cnamts.fr/INSiResultat">`
	crOK     = `<r:CR><r:CodeCR>00</r:CodeCR><r:LibelleCR>OK</r:LibelleCR></r:CR>`
	actif    = `<r:INSACTIF><r:IdIndividu><r:NumIdentifiant>2751263220749</r:NumIdentifiant><r:Cle>74</r:Cle></r:IdIndividu><r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSACTIF>`
	tiq      = `<r:TIQ><r:NomNaissance>ADRUN</r:NomNaissance><r:Prenom>ZOE</r:Prenom><r:ListePrenom>ZOE</r:ListePrenom><r:Sexe>F</r:Sexe>` +
		`<r:DateNaissance>1975-12-31</r:DateNaissance><r:LieuNaissance>63220</r:LieuNaissance></r:TIQ>`
	adrun = resultat + crOK + `<r:INDIVIDU>` + actif + tiq + `</r:INDIVIDU></r:RESULTAT>`
)

func lis(t testing.TB, xml string) (*reponse, error) {
	t.Helper()
	doc, err := xmlguard.Parse([]byte(xml), xmlguard.Limites{})
	require.NoError(t, err, xml)
	return decode(doc.Root())
}

func TestDecode(t *testing.T) {
	r, err := lis(t, adrun)
	require.NoError(t, err)
	assert.Equal(t, Trouvee, r.cr)
	assert.Empty(t, r.anomalies)
	i := r.individu
	assert.Equal(t, "275126322074974", i.Actif.NIR().Clair())
	assert.Equal(t, OIDNIR, i.Actif.OID)
	assert.Equal(t, TIQ{conf("ADRUN"), conf("ZOE"), conf("ZOE"), Feminin, naissance(t, "1975-12-31"), conf("63220")}, i.Traits)
	assert.Equal(t, adrun, i.Reponse.Clair())
	for code, cr := range map[string]CodeCR{"01": Aucune, "02": Plusieurs} {
		r, err := lis(t, resultat+`<r:CR><r:CodeCR>`+code+`</r:CodeCR><r:LibelleCR>x</r:LibelleCR></r:CR></r:RESULTAT>`)
		require.NoError(t, err)
		assert.Equal(t, cr, r.cr)
		assert.Nil(t, r.individu)
	}
}

// The namespaces that the envelope declares are part of the answer kept.
func TestReponseGardeeSeule(t *testing.T) {
	doc, err := xmlguard.Parse([]byte(`<s:E xmlns:s="urn:s" xmlns="http://www.cnamts.fr/INSiResultat" xmlns:n="urn:n">`+
		strings.NewReplacer("</r:TIQ>", "</TIQ><n:Plus>P</n:Plus>", "<r:", "<", "</r:", "</", ` xmlns:r="http://www.cnamts.fr/INSiResultat"`, "").Replace(adrun)+`</s:E>`), xmlguard.Limites{})
	require.NoError(t, err)
	r, err := decode(doc.Root().ChildElements()[0])
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"INSI-REP-ELEMENT"}, r.anomalies.Codes())
	seul, err := lis(t, r.individu.Reponse.Clair())
	require.NoError(t, err)
	assert.Equal(t, r.individu.Traits, seul.individu.Traits)
	assert.Contains(t, r.individu.Reponse.Clair(), `xmlns:n="urn:n"`)
	assert.Contains(t, r.individu.Reponse.Clair(), `<n:Plus>P</n:Plus>`)
}

// What is odd is kept, and told.
func TestDecodeSignale(t *testing.T) {
	for _, c := range []struct{ nom, de, vers, code, chemin string }{
		{"wrong key", "<r:Cle>74<", "<r:Cle>75<", "INSI-REP-CLE", "INSACTIF"},
		{"no key is right", "<r:Cle>74</r:Cle>", "", "", ""},
		{"type of matricule", "</r:Cle>", "</r:Cle><r:TypeMatricule>NIR</r:TypeMatricule>", "", ""},
		{"short number", ">2751263220749<", ">275126322074<", "INSI-REP-NUMERO", "INSACTIF"},
		{"a letter that is not Corsica", ">2751263220749<", ">275126C220749<", "INSI-REP-NUMERO", "INSACTIF"},
		{"long key", "<r:Cle>74<", "<r:Cle>741<", "INSI-REP-NUMERO", "INSACTIF"},
		{"unknown authority", "1.4.8<", "1.4.99<", "INSI-REP-OID", "INSACTIF.OID"},
		{"dates reversed", "</r:OID>", "</r:OID><r:DateDeb>2020-01-02</r:DateDeb><r:DateFin>2020-01-01</r:DateFin>", "INSI-REP-PERIODE", "INSACTIF"},
		{"dates right", "</r:OID>", "</r:OID><r:DateDeb>2020-01-01</r:DateDeb><r:DateFin>2020-01-01</r:DateFin>", "", ""},
		{"unreadable date", "</r:OID>", "</r:OID><r:DateDeb>hier</r:DateDeb>", "INSI-REP-DATE", "INSACTIF.DateDeb"},
		{"no first name apart", "<r:Prenom>ZOE</r:Prenom>", "", "INSI-REP-PRENOM", "TIQ.Prenom"},
		{"first name out of the rules", "<r:Prenom>ZOE<", "<r:Prenom>Zoé<", "INSI-REP-LEXIQUE", "TIQ.Prenom"},
		{"name out of the rules", ">ADRUN<", ">Adrun<", "INSI-REP-LEXIQUE", "TIQ.NomNaissance"},
		{"no name", "<r:NomNaissance>ADRUN</r:NomNaissance>", "", "INSI-REP-TRAIT", "TIQ.NomNaissance"},
		{"empty place", ">63220<", "><", "INSI-REP-TRAIT", "TIQ.LieuNaissance"},
		{"unknown sex", ">F<", ">I<", "INSI-REP-TRAIT", "TIQ.Sexe"},
		{"birth date without century", ">1975-12-31<", ">75-12-31<", "INSI-REP-TRAIT", "TIQ.DateNaissance"},
		{"lunar birth date", ">1975-12-31<", ">1975-42-00<", "", ""},
		{"order", "<r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSACTIF>" + tiq, "<r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSACTIF>" +
			strings.Replace(strings.Replace(tiq, "<r:Sexe>F</r:Sexe>", "", 1), "<r:TIQ>", "<r:TIQ><r:Sexe>F</r:Sexe>", 1), "INSI-REP-ORDRE", "TIQ"},
		{"unknown element", "<r:Sexe>", "<r:Genre>F</r:Genre><r:Sexe>", "INSI-REP-ELEMENT", "TIQ"},
		{"known name, other namespace", "<r:Sexe>", `<x:Sexe xmlns:x="urn:x">M</x:Sexe><r:Sexe>`, "INSI-REP-ELEMENT", "TIQ"},
		{"comment between elements", "<r:Sexe>", "<!-- c --> <r:Sexe>", "", ""},
		{"CDATA and blanks in a value", ">ADRUN<", "> AD<![CDATA[RUN]]>\n<", "", ""},
	} {
		require.Contains(t, adrun, c.de, c.nom)
		r, err := lis(t, strings.Replace(adrun, c.de, c.vers, 1))
		require.NoError(t, err, c.nom)
		if c.code == "" {
			assert.Empty(t, r.anomalies, c.nom)
			continue
		}
		require.Len(t, r.anomalies, 1, c.nom)
		assert.Equal(t, simphonie.Code(c.code), r.anomalies[0].Code, c.nom)
		assert.Equal(t, c.chemin, r.anomalies[0].Chemin, c.nom)
	}
}

// What the contract does not allow is an error that names the place.
func TestDecodeRefuse(t *testing.T) {
	for _, c := range []struct{ nom, de, vers, code, chemin string }{
		{"another root", "RESULTAT", "AUTRE", "INSI-REPONSE", "RESULTAT"},
		{"another namespace", "INSiResultat", "INSiLot2/REPUnitaire", "INSI-REPONSE", "RESULTAT"},
		{"no outcome", crOK, "", "INSI-REPONSE", "RESULTAT.CR"},
		{"two outcomes", crOK, crOK + crOK, "INSI-REPONSE", "RESULTAT.CR"},
		{"two codes", "<r:CodeCR>00</r:CodeCR>", "<r:CodeCR>01</r:CodeCR><r:CodeCR>00</r:CodeCR>", "INSI-REPONSE", "CR.CodeCR"},
		{"unknown outcome", ">00<", ">03<", "INSI-CR-INCONNU", "CR.CodeCR"},
		{"empty outcome", ">00<", "><", "INSI-CR-INCONNU", "CR.CodeCR"},
		{"a comment in the code", ">00<", ">0<!-- -->0<", "INSI-REPONSE", "CR.CodeCR"},
		{"an identity for nobody", ">00<", ">01<", "INSI-REPONSE", "INDIVIDU"},
		{"an identity among several", ">00<", ">02<", "INSI-REPONSE", "INDIVIDU"},
		{"two people", `</r:RESULTAT>`, `<r:INDIVIDU>` + actif + tiq + `</r:INDIVIDU></r:RESULTAT>`, "INSI-REPONSE", "RESULTAT.INDIVIDU"},
		{"nobody", `<r:INDIVIDU>` + actif + tiq + `</r:INDIVIDU>`, "", "INSI-REPONSE", "INDIVIDU"},
		{"no matricule", actif, "", "INSI-REPONSE", "INDIVIDU.INSACTIF"},
		{"two matricules", actif, actif + actif, "INSI-REPONSE", "INDIVIDU.INSACTIF"},
		{"no traits", tiq, "", "INSI-REPONSE", "INDIVIDU.TIQ"},
		{"two names", "<r:NomNaissance>ADRUN</r:NomNaissance>", "<r:NomNaissance>ADRUN</r:NomNaissance><r:NomNaissance>X</r:NomNaissance>", "INSI-REPONSE", "TIQ.NomNaissance"},
		{"an element in a number", ">2751263220749<", ">275126322074<r:x/>9<", "INSI-REPONSE", "INSACTIF.NumIdentifiant"},
		{"empty number", ">2751263220749<", "> <", "INSI-REPONSE", "INSACTIF.NumIdentifiant"},
		{"no number", "<r:NumIdentifiant>2751263220749</r:NumIdentifiant>", "", "INSI-REPONSE", "INSACTIF.IdIndividu.NumIdentifiant"},
		{"no authority", "<r:OID>1.2.250.1.213.1.4.8</r:OID>", "", "INSI-REPONSE", "INSACTIF.OID"},
		{"not an authority", ">1.2.250.1.213.1.4.8<", ">ADRUN<", "INSI-REPONSE", "INSACTIF.OID"},
		{"text between elements", "<r:TIQ>", "<r:TIQ>ADRUN", "INSI-REPONSE", "TIQ"},
		{"unqualified children", tiq, strings.NewReplacer("<r:", "<", "</r:", "</").Replace(tiq), "INSI-REPONSE", "INDIVIDU.TIQ"},
	} {
		require.Contains(t, adrun, c.de, c.nom)
		xml := strings.ReplaceAll(adrun, c.de, c.vers)
		if c.nom == "two people" || c.nom == "two names" {
			xml = strings.Replace(adrun, c.de, c.vers, 1)
		}
		_, err := lis(t, xml)
		require.Error(t, err, c.nom)
		assert.Equal(t, []string{c.code + " " + c.chemin}, codes(err), c.nom)
		assert.NotContains(t, err.Error(), "ADRUN")
		assert.NotContains(t, err.Error(), "2751263")
	}
	_, err := decode(nil)
	assert.Error(t, err)
	_, err = lis(t, strings.Replace(adrun, ">00<", ">03<", 1))
	assert.ErrorContains(t, err, "(03)")
	_, err = lis(t, strings.Replace(adrun, ">00<", ">0X<", 1))
	assert.NotContains(t, err.Error(), "0X")
}

// The history is kept verbatim and in order, wrong keys and dates before the
// number included (the published fixture of HERMANN).
func TestHistoriqueVerbatim(t *testing.T) {
	h := func(num, cle string) string {
		return `<r:INSHISTO><r:DateDeb>2021-01-01</r:DateDeb><r:DateFin>2009-01-01</r:DateFin><r:IdIndividu><r:NumIdentifiant>` + num + `</r:NumIdentifiant><r:Cle>` + cle + `</r:Cle></r:IdIndividu><r:OID>1.2.250.1.213.1.4.8</r:OID></r:INSHISTO>`
	}
	r, err := lis(t, strings.Replace(adrun, tiq, h("2810363220456", "10")+h("2090663220123", "55")+h("2810363220456", "10")+tiq, 1))
	require.NoError(t, err)
	var vus []string
	for _, i := range r.individu.Historique {
		vus = append(vus, i.NIR().Clair())
		assert.Equal(t, "2021-01-01", i.Debut.String())
	}
	assert.Equal(t, []string{"281036322045610", "209066322012355", "281036322045610"}, vus)
	assert.Equal(t, []simphonie.Code{"INSI-REP-ORDRE", "INSI-REP-PERIODE", "INSI-REP-CLE", "INSI-REP-PERIODE", "INSI-REP-PERIODE", "INSI-REP-CLE"}, r.anomalies.Codes())
}
