package insi_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

// bouchon answers every request with the same body and keeps what it was sent.
type bouchon struct {
	mu       sync.Mutex
	corps    string
	recus    []string
	entetes  []http.Header
	statut   int
	suivants http.RoundTripper // when set, really sends
	rendus   []string
}

func (b *bouchon) RoundTrip(q *http.Request) (*http.Response, error) {
	m, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	r := &http.Response{StatusCode: max(b.statut, 200), Header: http.Header{"Content-Type": {"application/soap+xml; charset=utf-8"}}, Request: q}
	rendu := []byte(b.corps)
	if b.suivants != nil {
		q.Body = io.NopCloser(bytes.NewReader(m))
		if r, err = b.suivants.RoundTrip(q); err != nil {
			return nil, err
		}
		if rendu, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	r.Body = io.NopCloser(bytes.NewReader(rendu))
	b.mu.Lock()
	defer b.mu.Unlock()
	b.recus, b.entetes, b.rendus = append(b.recus, string(m)), append(b.entetes, q.Header), append(b.rendus, string(rendu))
	return r, nil
}

const aucune = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><r:RESULTAT xmlns:r="http://www.cnamts.fr/INSiResultat">` +
	`<r:CR><r:CodeCR>01</r:CodeCR><r:LibelleCR>Aucune identite trouvee</r:LibelleCR></r:CR></r:RESULTAT></s:Body></s:Envelope>`

var instant = time.Date(2026, 11, 21, 10, 30, 0, 123e6, time.UTC)

// fige is a configuration whose messages are the same at every run.
func fige(t testing.TB, b *bouchon) teleservice.Config {
	t.Helper()
	pki, err := testpki.New(instant)
	require.NoError(t, err)
	cert, err := pki.Client("INSI-MANU")
	require.NoError(t, err)
	n := 0
	return teleservice.Config{
		Environnement: teleservice.Simulation, EJ: ej, URL: "https://insi.invalid/lps", Transport: b,
		Authentification: &teleservice.TLSMutuel{Certificat: cert.TLS(), CN: insi.CNAttendus()},
		Logiciel:         teleservice.Logiciel{Autorisation: "TESTSGIE0000", Nom: "simphonie", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
		Horloge:          func() time.Time { return instant },
		Identifiants:     func() string { n++; return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) },
	}
}

var (
	parTraits = func(t testing.TB) insi.Demande {
		d := demande(t, "d’Artagnan de l’Hérault", "Pierre-Alain", insi.Masculin, "2001-06-17", "63220")
		d.LieuDAbord = true
		return d
	}
	parVitale = func(t testing.TB) insi.DemandeVitale {
		return insi.DemandeVitale{EJ: ej, Carte: insi.CarteVitale{Individu: simphonie.NIRRecu("297022A02077878"), Ouvrant: simphonie.NIRRecu("160012B020777"),
			Nom: secret("Adrtrois"), Naissance: naissance(t, "1997-02-26"), Rang: 1}}
	}
)

// Both requests, byte for byte.
func TestMessagesExacts(t *testing.T) {
	b := &bouchon{corps: aucune}
	k := client(t, fige(t, b))
	_, err := k.Recherche(t.Context(), parTraits(t))
	require.NoError(t, err)
	_, err = k.RechercheVitale(t.Context(), parVitale(t))
	require.NoError(t, err)
	require.Len(t, b.recus, 2)
	for i, nom := range []string{"traits", "vitale"} {
		attendu, err := os.ReadFile(filepath.Join("testdata", nom+".xml"))
		require.NoError(t, err)
		assert.Equal(t, string(attendu), b.recus[i], nom)
		assert.Equal(t, `application/soap+xml; charset=utf-8; action="urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvec`+[]string{"TraitsIdentite", "CarteVitale"}[i]+`"`,
			b.entetes[i].Get("Content-Type"))
	}
}

// The answer of the other operation is not read.
func TestActionDeLaReponse(t *testing.T) {
	entete := `<s:Header><a:Action xmlns:a="http://www.w3.org/2005/08/addressing">urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentiteResponse</a:Action></s:Header><s:Body>`
	k := client(t, fige(t, &bouchon{corps: strings.Replace(aucune, "<s:Body>", entete, 1)}))
	_, err := k.Recherche(t.Context(), parTraits(t))
	assert.NoError(t, err)
	_, err = k.RechercheVitale(t.Context(), parVitale(t))
	assert.ErrorContains(t, err, "TSV-CORRELATION")
}

// A card that holds the number of somebody else than the one given is told.
func TestAutreNumero(t *testing.T) {
	k := client(t, fige(t, &bouchon{corps: strings.Replace(bavarde, ">CANARI</r:NumIdentifiant>", ">1750163220749</r:NumIdentifiant>", 1)}))
	for numero, signale := range map[string]bool{"297022A02077878": true, "1750163220749": false, "275016322074992": false} {
		d := parVitale(t)
		d.Carte.Individu = simphonie.NIRRecu(numero)
		r, err := k.RechercheVitale(t.Context(), d)
		require.NoError(t, err)
		assert.Equal(t, signale, slices.Contains(r.Anomalies.Codes(), "INSI-REP-AUTRE-NUMERO"), numero)
	}
}

// The name's convention and the second assertion are the caller's choice.
func TestReglages(t *testing.T) {
	b := &bouchon{corps: aucune}
	conf := fige(t, b)
	pki, err := testpki.New(instant)
	require.NoError(t, err)
	carte, err := pki.Carte(testpki.Porteur{Identifiant: "899900063480", Nom: "SIMULEE", Prenom: "ALICE", Type: testpki.CPE})
	require.NoError(t, err)
	conf.Authentification = &teleservice.CarteAssertion{Type: teleservice.CPENominative, Signataire: carte.Cle, Certificat: carte.Certificat, IdentifiantFacturation: "750712184", SecteurActivite: "SA01"}
	canal, err := teleservice.NewCanal(conf)
	require.NoError(t, err)
	k, err := insi.New(canal, insi.Options{NomLPS: insi.NomLPSSimple})
	require.NoError(t, err)
	d := parVitale(t)
	_, err = k.RechercheVitale(t.Context(), d)
	require.NoError(t, err)
	d.Serie = secret("12345678")
	_, err = k.RechercheVitale(t.Context(), d)
	require.NoError(t, err)
	assert.Contains(t, b.recus[0], "<ctxlps:Nom>urn:lps:simphonie</ctxlps:Nom>")
	assert.Equal(t, 1, strings.Count(b.recus[0], ":Assertion "))
	assert.Equal(t, 2, strings.Count(b.recus[1], ":Assertion "))
	s := chargeSchema(t, "schemas/demande.xsd")
	assert.NoError(t, s.verifie(b.recus[0]))
	assert.NoError(t, s.verifie(b.recus[1]))
}

// conversations plays searches on the simulator and gives what was exchanged.
func conversations(t *testing.T) (demandes, reponses []string) {
	s := insitest.NewServer(t)
	for _, conf := range []teleservice.Config{parCertificat(t, s), parCarte(t, s)} {
		b := &bouchon{suivants: transport(t, s, conf)}
		conf.Transport, conf.Racines = b, nil
		k := client(t, conf)
		for _, d := range []insi.Demande{demande(t, "ADRUN", "OLA ZOE", insi.Feminin, "1975-12-31", ""), demande(t, "HERMANN", "GATIEN", insi.Masculin, "1981-03-24", ""),
			demande(t, "SYNTHETIQUE-HOMONYME", "ALIX", insi.Masculin, "1950-01-01", "2B020"), demande(t, "HOUILLES", "PIERRE PAUL", insi.Masculin, "1993-01-27", "")} {
			_, err := k.Recherche(t.Context(), d)
			require.NoError(t, err)
		}
		_, err := k.RechercheVitale(t.Context(), parVitale(t))
		require.NoError(t, err)
		demandes, reponses = append(demandes, b.recus...), append(reponses, b.rendus...)
	}
	require.Len(t, demandes, 18)
	return demandes, reponses
}

// mutants are requests that each break one rule of the schemas.
func mutants(t *testing.T) map[string]string {
	b, err := os.ReadFile(filepath.Join("testdata", "traits.xml"))
	require.NoError(t, err)
	ms := map[string]string{}
	for nom, de := range map[string][2]string{
		"order":            {"<Prenom>PIERRE-ALAIN</Prenom><Sexe>M</Sexe>", "<Sexe>M</Sexe><Prenom>PIERRE-ALAIN</Prenom>"},
		"sex":              {"<Sexe>M<", "<Sexe>I<"},
		"lower case":       {">PIERRE-ALAIN<", ">Pierre-Alain<"},
		"unknown element":  {"</Sexe>", "</Sexe><Genre>M</Genre>"},
		"namespace":        {"INSiRecSans", "INSiRecSansx"},
		"no version":       {` Version="01_02"`, ""},
		"nature":           {`Nature="CTXBAM"`, `Nature="CTXLPS"`},
		"no COUVERTURE":    {"<ctxbam:COUVERTURE></ctxbam:COUVERTURE>", ""},
		"no R":             {` R="4"`, ""},
		"bare message id":  {">uuid:", ">"},
		"action":           {"1.0.0:rechercherInsAvecTraitsIdentite", "1.0.0:verifierIns"},
		"two actions":      {"</wsa:Action>", "</wsa:Action><wsa:Action xmlns:wsa=\"http://www.w3.org/2005/08/addressing\">urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale</wsa:Action>"},
		"empty Security":   {"<soap:Header>", `<soap:Header><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>`},
		"answer as demand": {"<soap:Header>", `<soap:Header><wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">uuid:00000000-0000-4000-8000-000000000001</wsa:RelatesTo>`},
		"instant":          {"T10:30:00.123Z<", " 10:30<"},
		"IDAM in LPS":      {"<ctxlps:LPS>", "<ctxlps:LPS><ctxlps:Version>1</ctxlps:Version>"},
	} {
		require.Contains(t, string(b), de[0], nom)
		ms[nom] = strings.Replace(string(b), de[0], de[1], 1)
	}
	return ms
}

// What is sent, and what the simulator answers, follow the schemas; and the
// schemas can say no.
func TestSchemas(t *testing.T) {
	demandes, reponses := conversations(t)
	demande, reponse := chargeSchema(t, "schemas/demande.xsd"), chargeSchema(t, "schemas/reponse.xsd")
	for i := range demandes {
		assert.NoError(t, demande.verifie(demandes[i]), demandes[i])
		assert.NoError(t, reponse.verifie(reponses[i]), reponses[i])
		assert.Error(t, demande.verifie(reponses[i]))
	}
	for nom, m := range mutants(t) {
		assert.Error(t, demande.verifie(m), nom)
	}
}

// The same by libxml2.
func TestSchemasXmllint(t *testing.T) {
	if os.Getenv("SIMPHONIE_COMPLET") == "" {
		t.Skip("SIMPHONIE_COMPLET is not set")
	}
	dossier := t.TempDir()
	require.NoError(t, os.CopyFS(dossier, insi.XSD()))
	valide := func(schema, message string) error {
		c := exec.CommandContext(t.Context(), "xmllint", "--noout", "--nonet", "--schema", filepath.Join(dossier, "schemas", schema), "-")
		c.Stdin = strings.NewReader(message)
		if b, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, b)
		}
		return nil
	}
	demandes, reponses := conversations(t)
	for i := range demandes {
		assert.NoError(t, valide("demande.xsd", demandes[i]))
		assert.NoError(t, valide("reponse.xsd", reponses[i]))
	}
	for _, nom := range []string{"traits", "vitale"} {
		b, err := os.ReadFile(filepath.Join("testdata", nom+".xml"))
		require.NoError(t, err)
		assert.NoError(t, valide("demande.xsd", string(b)))
	}
	for nom, m := range mutants(t) {
		err := valide("demande.xsd", m)
		require.Error(t, err, nom)
		assert.Contains(t, err.Error(), "fails to validate", nom)
	}
}
