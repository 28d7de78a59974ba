package cdritest_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/cdri/cdritest"
)

// entiere has every element that a request may have.
const entiere = `<ConsulterDroits xmlns="` + espace + `"><Etablissement>750712184</Etablissement><Moment>ADMISSION</Moment><DateReference>2026-11-02</DateReference>` +
	`<Assure><Nir>1810163220751</Nir><Cle>40</Cle></Assure><Beneficiaire><Nir>1810163220751</Nir><Cle>40</Cle><DateNaissance>1981-01-01</DateNaissance><Rang>1</Rang></Beneficiaire>` +
	`<Organisme><Regime>01</Regime><Caisse>751</Caisse><Centre>0000</Centre></Organisme></ConsulterDroits>`

var feuilles = regexp.MustCompile(`<(\w+)>[^<]*</\w+>`)

// mutants gives every request that one slip makes of the whole one.
func mutants() map[string]string {
	ms := map[string]string{}
	noms := regexp.MustCompile(`<(\w+)[ >]`).FindAllStringSubmatchIndex(entiere, -1)
	for i, n := range noms {
		nom := entiere[n[2]:n[3]]
		ouvre := entiere[:n[2]] + nom + "X" + entiere[n[3]:]
		fin := strings.Index(ouvre[n[2]:], "</"+nom+">") + n[2]
		ms[nom+" renamed "+string(rune('a'+i))] = ouvre[:fin] + "</" + nom + "X>" + ouvre[fin+len(nom)+3:]
		ms[nom+" with an attribute "+string(rune('a'+i))] = entiere[:n[3]] + ` a="b"` + entiere[n[3]:]
		ms[nom+" of another namespace "+string(rune('a'+i))] = entiere[:n[3]] + ` xmlns="urn:autre"` + strings.Replace(entiere[n[3]:], ` xmlns="`+espace+`"`, "", 1)
	}
	places := feuilles.FindAllStringIndex(entiere, -1)
	for i, p := range places {
		quoi := entiere[p[0]:p[1]]
		ms[quoi+" twice"] = entiere[:p[1]] + quoi + entiere[p[1]:]
		ms[quoi+" empty"] = entiere[:p[0]] + regexp.MustCompile(`>[^<]*<`).ReplaceAllString(quoi, "><") + entiere[p[1]:]
		ms[quoi+" blanks"] = entiere[:p[0]] + strings.Replace(quoi, ">", "> ", 1) + entiere[p[1]:]
		ms[quoi+" comment"] = entiere[:p[0]] + strings.Replace(quoi, "</", "<!-- x --></", 1) + entiere[p[1]:]
		if i+1 < len(places) && places[i+1][0] == p[1] {
			apres := entiere[places[i+1][0]:places[i+1][1]]
			ms[quoi+" after "+apres] = entiere[:p[0]] + apres + quoi + entiere[places[i+1][1]:]
		}
	}
	remplace := func(vieux string, neufs ...string) {
		for _, n := range neufs {
			ms[vieux+" as "+n] = strings.Replace(entiere, vieux, n, 1)
		}
	}
	remplace("<Etablissement>750712184</Etablissement>", "", "<Etablissement>75071218</Etablissement>", "<Etablissement>75071218-</Etablissement>")
	remplace("<Moment>ADMISSION</Moment>", "", "<Moment>admission</Moment>", "<Moment>SORTIE</Moment>")
	remplace("2026-11-02", "2026-02-30", "02/11/2026", "2026-11-02Z", "2026-1-2")
	remplace("<Assure><Nir>1810163220751</Nir><Cle>40</Cle></Assure>", "", "<Assure/>", "<Assure><Nir>1810163220751</Nir></Assure>", "<Assure><Cle>40</Cle></Assure>",
		"<Assure><Nir>181016322075</Nir><Cle>40</Cle></Assure>", "<Assure><Nir>18101632207514</Nir><Cle>40</Cle></Assure>", "<Assure><Nir>181012C220751</Nir><Cle>40</Cle></Assure>",
		"<Assure><Nir>1810163220751</Nir><Cle>4</Cle></Assure>", "<Assure><Nir>1810163220751</Nir><Cle>4A</Cle></Assure>")
	remplace("<Beneficiaire><Nir>1810163220751</Nir><Cle>40</Cle>", "<Beneficiaire><Nir>1810163220751</Nir>", "<Beneficiaire><Cle>40</Cle>")
	remplace("<DateNaissance>1981-01-01</DateNaissance>", "", "<DateNaissance>81-01-01</DateNaissance>", "<DateNaissance>19810101</DateNaissance>")
	remplace("<Rang>1</Rang>", "", "<Rang>01</Rang>", "<Rang>A</Rang>")
	remplace("<Regime>01</Regime>", "", "<Regime>1</Regime>", "<Regime>001</Regime>")
	remplace("<Caisse>751</Caisse>", "<Caisse>75</Caisse>", "<Caisse>75A</Caisse>")
	remplace("<Centre>0000</Centre>", "<Centre>00000</Centre>", "<Centre>a</Centre>")
	remplace("</ConsulterDroits>", "<Autre/></ConsulterDroits>", "x</ConsulterDroits>")
	remplace("<Etablissement>", "x<Etablissement>")
	return ms
}

// The whole request is taken; every slip is refused as the page says.
func TestRefus(t *testing.T) {
	a := nouvelAppelant(t)
	statut, rep := a.unite(entiere)
	require.Equal(t, http.StatusOK, statut, rep)
	ms := mutants()
	require.Greater(t, len(ms), 100)
	for nom, corps := range ms {
		require.NotEqual(t, entiere, corps, nom)
		statut, rep := a.unite(corps)
		assert.Equal(t, http.StatusInternalServerError, statut, nom)
		assert.Contains(t, rep, `<S:Code><S:Value>S:Sender</S:Value></S:Code>`, nom)
		assert.Contains(t, rep, `code="reference_requete" severite="erreur"`, nom)
	}
	assert.Equal(t, map[cdritest.Criteres]int{connu(t, "ordinaire").Criteres: 1}, a.s.Demandes())
	assert.Equal(t, 1+len(ms), a.s.Requetes()[cdritest.Action])
	for _, appel := range a.s.Appels()[1:] {
		assert.Equal(t, "refuse", appel.Issue)
		assert.NotEmpty(t, appel.Motif)
	}
}

// The same slips in a line of a batch cost that line only, when the batch still reads.
func TestRefusDansUnLot(t *testing.T) {
	a := nouvelAppelant(t)
	for nom, corps := range mutants() {
		statut, rep := a.lot(lot(corps, ordinaire))
		if statut != http.StatusOK {
			assert.Contains(t, rep, `code="reference_requete"`, nom)
			continue
		}
		assert.Contains(t, rep, "<Ligne><Correlation>1</Correlation><Erreur><Code>LIGNE_REFUSEE</Code><Libelle>ConsulterDroits", nom)
		assert.Contains(t, rep, "</Libelle><Reessayable>false</Reessayable></Erreur></Ligne>", nom)
		assert.Contains(t, rep, "<Ligne><Correlation>2</Correlation><DroitsConsultes><Instant>", nom)
	}
}

// Anonymous and provisional numbers never reach CDRi.
func TestNumerosFictifs(t *testing.T) {
	a := nouvelAppelant(t)
	for _, numero := range []string{"1555555000001", "2555555000001", "5555550000001"} {
		corps := quatre(numero, "00", "2010-01-01", "1", "01")
		statut, rep := a.unite(corps)
		assert.Equal(t, http.StatusInternalServerError, statut, rep)
		assert.Contains(t, rep, "sim:simulateur_criteres")
		propre := strings.Replace(ordinaire, "<DateNaissance>", "<Nir>"+numero+"</Nir><Cle>00</Cle><DateNaissance>", 1)
		statut, _ = a.unite(propre)
		assert.Equal(t, http.StatusInternalServerError, statut)
		_, rep = a.lot(lot(corps))
		assert.Contains(t, rep, "<Code>LIGNE_REFUSEE</Code><Libelle>ConsulterDroits/Assure/Nir: anonymous or provisional</Libelle>")
	}
	assert.Empty(t, a.s.Demandes())
}

// The header routes: it names the person of the body, or nobody.
func TestContexte(t *testing.T) {
	a := nouvelAppelant(t)
	couverture := func(dedans string) (int, string) {
		dedans = strings.NewReplacer("</", "</ctxbam:", "<", "<ctxbam:").Replace(dedans)
		return a.poste(a.message(cdritest.Action, entiere).Remplace("<ctxbam:COUVERTURE/>", "<ctxbam:COUVERTURE>"+dedans+"</ctxbam:COUVERTURE>"))
	}
	tout := "<GrandRegime>01</GrandRegime><Organisme>751</Organisme><CodeCentre>0000</CodeCentre><ASSURE><Id><Num>1810163220751</Num><Cle>40</Cle></Id></ASSURE>" +
		"<BENEFICIAIRE><Nir><Num>1810163220751</Num><Cle>40</Cle></Nir><DateNai>1981-01-01</DateNai><Rang>1</Rang></BENEFICIAIRE>"
	statut, rep := couverture(tout)
	assert.Equal(t, http.StatusOK, statut, rep)
	for _, c := range [][3]string{
		{"<GrandRegime>01<", "<GrandRegime>02<", "GrandRegime"}, {"<Organisme>751<", "<Organisme>752<", "Organisme"}, {"<CodeCentre>0000<", "<CodeCentre>0001<", "CodeCentre"},
		{"<ASSURE><Id><Num>1810163220751<", "<ASSURE><Id><Num>1810163220752<", "Num"}, {"<Cle>40<", "<Cle>41<", "Cle"}, {"<Nir><Num>1810163220751<", "<Nir><Num>1810163220752<", "Num"},
		{"<DateNai>1981-01-01<", "<DateNai>1981-01-02<", "DateNai"}, {"<Rang>1<", "<Rang>2<", "Rang"},
	} {
		statut, rep := couverture(strings.Replace(tout, c[0], c[1], 1))
		assert.Equal(t, http.StatusInternalServerError, statut, c[1])
		assert.Contains(t, rep, "ContexteBAM/"+c[2]+": not that of the request", c[1])
	}
}
