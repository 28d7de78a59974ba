package roctest_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

// entier has every element that a request may have.
func entier(s modele.Service) string {
	entete := "<Entete><Requete>R-ENTIER</Requete><EntiteJuridique>750712184</EntiteJuridique><EntiteGeographique>750100125</EntiteGeographique><Venue>26000001</Venue>" +
		"<Moment>EN_COURS</Moment><Date>2026-11-02</Date><Couverture><NumeroAMC>0434243085</NumeroAMC><TypeConvention>RO</TypeConvention><CSR>030255400</CSR><Domaine>HOSP</Domaine>" +
		"<NumeroAdherent>ADH0001</NumeroAdherent><Contrat>C1</Contrat></Couverture><Beneficiaire><Nir>1810163220751</Nir><Cle>40</Cle><DateNaissance>1981-01-01</DateNaissance>" +
		"<Rang>1</Rang><Nom>ADRDEUX</Nom><Prenom>LAURENT</Prenom></Beneficiaire></Entete>"
	ligne := "<Ligne><Rang>1</Rang><Code>PJ</Code><Execution>2026-11-03</Execution><Quantite>3</Quantite><Coefficient>1.5</Coefficient><PrixUnitaire>1000.00</PrixUnitaire>" +
		"<Honoraires>3000.00</Honoraires><BaseAMO>2999.00</BaseAMO><Taux>80</Taux><PartAMO>2400.00</PartAMO><BaseAMC>3000.01</BaseAMC><PartAttendue>550.00</PartAttendue>" +
		"<AutrePart><NumeroAMC>775671993</NumeroAMC><Montant>50.00</Montant><Etat>ENGAGE</Etat></AutrePart></Ligne>"
	racine, dedans := "DemandeAnnulation", "<Calcul>CLC-1</Calcul><Engagement>ENG-1</Engagement>"
	switch s {
	case modele.IDB:
		racine, dedans = "DemandeIDB", ""
	case modele.SIM:
		racine, dedans = "DemandeSIM", ligne
	case modele.CLC:
		racine, dedans = "DemandeCLC", ligne
	}
	return "<" + racine + ` xmlns="` + espace + `">` + entete + dedans + "</" + racine + ">"
}

var (
	feuilles = regexp.MustCompile(`<(\w+)>[^<]*</\w+>`)
	ouvertes = regexp.MustCompile(`<(\w+)[ >]`)
	dedans   = regexp.MustCompile(`>[^<]*<`)
)

// mutants gives every request that one slip makes of a whole one.
func mutants(entier string) map[string]string {
	ms := map[string]string{}
	for i, n := range ouvertes.FindAllStringSubmatchIndex(entier, -1) {
		nom := fmt.Sprintf("%d %s", i, entier[n[2]:n[3]])
		balise := entier[n[2]:n[3]]
		ouvre := entier[:n[2]] + balise + "X" + entier[n[3]:]
		fin := strings.Index(ouvre[n[2]:], "</"+balise+">") + n[2]
		ms[nom+" renamed"] = ouvre[:fin] + "</" + balise + "X>" + ouvre[fin+len(balise)+3:]
		ms[nom+" with an attribute"] = entier[:n[3]] + ` a="b"` + entier[n[3]:]
		ms[nom+" of another namespace"] = entier[:n[3]] + ` xmlns="urn:autre"` + strings.Replace(entier[n[3]:], ` xmlns="`+espace+`"`, "", 1)
	}
	places := feuilles.FindAllStringIndex(entier, -1)
	for i, p := range places {
		quoi := entier[p[0]:p[1]]
		nom := fmt.Sprintf("%d %s", i, quoi)
		ms[nom+" twice"] = entier[:p[1]] + quoi + entier[p[1]:]
		ms[nom+" empty"] = entier[:p[0]] + dedans.ReplaceAllString(quoi, "><") + entier[p[1]:]
		ms[nom+" blanks"] = entier[:p[0]] + strings.Replace(quoi, ">", "> ", 1) + entier[p[1]:]
		ms[nom+" comment"] = entier[:p[0]] + strings.Replace(quoi, "</", "<!-- x --></", 1) + entier[p[1]:]
		ms[nom+" too long"] = entier[:p[0]] + strings.Replace(quoi, "</", strings.Repeat("9", 81)+"</", 1) + entier[p[1]:]
		if i+1 < len(places) && places[i+1][0] == p[1] {
			ms[nom+" moved"] = entier[:p[0]] + entier[places[i+1][0]:places[i+1][1]] + quoi + entier[places[i+1][1]:]
		}
	}
	for _, oblige := range []string{"Requete", "EntiteJuridique", "Venue", "Moment", "Date", "Domaine", "NumeroAdherent", "DateNaissance", "Code", "Execution", "Quantite", "Coefficient",
		"PrixUnitaire", "Honoraires", "BaseAMO", "Taux", "PartAMO", "BaseAMC", "Montant", "Etat", "Nir", "Cle", "Calcul"} {
		if m := regexp.MustCompile(`<` + oblige + `>[^<]*</\w+>`).FindStringIndex(entier); m != nil {
			ms[oblige+" missing"] = entier[:m[0]] + entier[m[1]:]
		}
	}
	for _, c := range [][]string{
		{"<Requete>R-ENTIER<", "<Requete>R_ENTIER<"}, {"750712184", "75071218", "75071218a"}, {"<Venue>26000001<", "<Venue>2600 0001<", "<Venue>V+1<"},
		{"EN_COURS", "en_cours", "FACTURATION"}, {"<Date>2026-11-02<", "<Date>2026-02-30<", "<Date>02/11/2026<", "<Date>2026-11-02Z<", "<Date>2026-1-2<"},
		{"<NumeroAMC>0434243085<", "<NumeroAMC>00434243085<", "<NumeroAMC>a<"}, {"<TypeConvention>RO<", "<TypeConvention>R<", "<TypeConvention>ro<"},
		{"<CSR>030255400<", "<CSR>030 255400<"}, {"<Domaine>HOSP<", "<Domaine>hosp<"}, {"<Nir>1810163220751<", "<Nir>181012C220751<"}, {"<Cle>40<", "<Cle>4<"},
		{"<DateNaissance>1981-01-01<", "<DateNaissance>81-01-01<", "<DateNaissance>19810101<"}, {"<Rang>1</Rang><Nom>", "<Rang>01</Rang><Nom>"},
		{"<Rang>1</Rang><Code>", "<Rang>2</Rang><Code>", "<Rang>0</Rang><Code>"}, {"<Code>PJ<", "<Code>pj<", "<Code>PJPJPJ<"}, {"<Quantite>3<", "<Quantite>0<", "<Quantite>03<", "<Quantite>1.5<"},
		{"<Coefficient>1.5<", "<Coefficient>1,5<", "<Coefficient>.5<", "<Coefficient>1.1234567<"}, {"<Honoraires>3000.00<", "<Honoraires>3000<", "<Honoraires>3000.0<", "<Honoraires>03000.00<", "<Honoraires>3000,00<"},
		{"<Taux>80<", "<Taux>100.01<", "<Taux>101<", "<Taux>80.123<"}, {"<Etat>ENGAGE<", "<Etat>engage<"}, {"</Ligne>", "</Ligne><Ligne/>", "</Ligne><Autre/>"},
		{"<Engagement>ENG-1<", "<Engagement>ENG 1<"}, {"</Entete>", "x</Entete>", "<Autre/></Entete>"},
	} {
		for _, neuf := range c[1:] {
			if strings.Contains(entier, c[0]) {
				ms[c[0]+" as "+neuf] = strings.Replace(entier, c[0], neuf, 1)
			}
		}
	}
	return ms
}

// The whole request is taken; every slip is refused as the page says, and does nothing.
func TestRefus(t *testing.T) {
	a := nouvelAppelant(t)
	url := a.s.URL(mutuelle)
	for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC, modele.DEL} {
		bon := entier(s)
		ms := mutants(bon)
		require.Greater(t, len(ms), 120, s)
		for nom, corps := range ms {
			require.NotEqual(t, bon, corps, nom)
			statut, rep, err := a.envoie(url, s, corps)
			require.NoError(t, err)
			assert.Equal(t, http.StatusInternalServerError, statut, "%s %s", s, nom)
			assert.Contains(t, rep, `<S:Code><S:Value>S:Sender</S:Value></S:Code>`, nom)
			assert.Contains(t, rep, `code="reference_requete" severite="erreur">`, nom)
		}
		assert.Equal(t, len(ms), a.s.Requetes()[s])
		for _, appel := range a.s.Appels() {
			assert.Equal(t, "refuse", appel.Issue)
			assert.NotEmpty(t, appel.Motif)
		}
		assert.Zero(t, a.s.Bilan(""))
	}
	for _, s := range []modele.Service{modele.IDB, modele.SIM, modele.CLC} {
		statut, rep, err := a.envoie(url, s, strings.Replace(entier(s), "R-ENTIER", "R-"+s.String(), 1))
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, statut, rep)
		assert.Contains(t, rep, roctest.Accepte)
	}
	_, rep, err := a.envoie(url, modele.DEL, entier(modele.DEL))
	require.NoError(t, err)
	assert.Contains(t, rep, roctest.CalculInconnu)
}

// The envelope is a body alone; the action agrees with the root.
func TestEnveloppe(t *testing.T) {
	a := nouvelAppelant(t)
	url, typ, bon := a.s.URL(mutuelle), `application/soap+xml; charset=utf-8; action="`+roctest.Action(modele.IDB)+`"`, entier(modele.IDB)
	enveloppe := func(dedans string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope">` + dedans + `</S:Envelope>`
	}
	statut, rep, err := a.brut(url, typ, enveloppe(`<S:Body>`+bon+`</S:Body>`))
	require.NoError(t, err)
	require.Equal(t, 200, statut, rep)
	assert.NotContains(t, rep, "Header")
	assert.True(t, strings.HasPrefix(rep, `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Body><ReponseIDB xmlns="`+espace+`"><Requete>R-ENTIER</Requete>`), rep)
	for nom, c := range map[string][2]string{
		"empty header":      {typ, enveloppe(`<S:Header/><S:Body>` + bon + `</S:Body>`)},
		"two bodies":        {typ, enveloppe(`<S:Body>` + bon + `</S:Body><S:Body/>`)},
		"empty body":        {typ, enveloppe(`<S:Body/>`)},
		"two roots":         {typ, enveloppe(`<S:Body>` + bon + bon + `</S:Body>`)},
		"no envelope":       {typ, bon},
		"SOAP 1.1":          {typ, strings.Replace(enveloppe(`<S:Body>`+bon+`</S:Body>`), "http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/", 1)},
		"not XML":           {typ, "<x"},
		"doctype":           {typ, `<!DOCTYPE x>` + bon},
		"text/xml":          {"text/xml; charset=utf-8", enveloppe(`<S:Body>` + bon + `</S:Body>`)},
		"no charset":        {strings.Replace(typ, "charset=utf-8; ", "", 1), enveloppe(`<S:Body>` + bon + `</S:Body>`)},
		"action of another": {strings.Replace(typ, ":idb", ":clc", 1), enveloppe(`<S:Body>` + bon + `</S:Body>`)},
		"action unknown":    {strings.Replace(typ, ":idb", ":xyz", 1), enveloppe(`<S:Body>` + bon + `</S:Body>`)},
	} {
		statut, rep, err := a.brut(url, c[0], c[1])
		require.NoError(t, err)
		assert.Equal(t, 500, statut, nom)
		assert.Contains(t, rep, `code="reference_requete"`, nom)
	}
	statut, _, err = a.brut(strings.Replace(url, "/roc", "/lps", 1), typ, enveloppe(`<S:Body>`+bon+`</S:Body>`))
	require.NoError(t, err)
	assert.Equal(t, 404, statut)
	assert.Empty(t, roctest.Action(0))
}
