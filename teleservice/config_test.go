package teleservice_test

import (
	"crypto/tls"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

const url = "https://127.0.0.1:1/lps"

// Each fault of a configuration has its code, and all are listed at once.
func TestConfigRefusee(t *testing.T) {
	p := pki(t)
	id := identite(t)
	client := id(p.Client("INSI-AUTO"))
	carte := id(p.Carte(testpki.Porteur{Identifiant: "899900063480", Type: testpki.CPS}))
	sansCle := client.TLS()
	sansCle.PrivateKey = nil
	mutuel := func(c tls.Certificate, cn ...string) *teleservice.TLSMutuel {
		return &teleservice.TLSMutuel{Certificat: c, CN: cn}
	}
	agent := func(v func(*teleservice.CarteAssertion)) teleservice.Authentification {
		a := &teleservice.CarteAssertion{Type: teleservice.CPS, Signataire: carte.Cle, Certificat: carte.Certificat, IdentifiantFacturation: "750712184", SecteurActivite: "SA01"}
		v(a)
		return a
	}
	reel, err := teleservice.LoadRacines(teleservice.Qualification, p.RacinesPEM())
	require.NoError(t, err)
	for nom, c := range map[string]struct {
		v     func(*teleservice.Config)
		codes []simphonie.Code
	}{
		"environnement absent":          {func(c *teleservice.Config) { c.Environnement = 0 }, []simphonie.Code{"TSV-ENVIRONNEMENT", "TSV-CONFIG-MELANGE"}},
		"EJ absent":                     {func(c *teleservice.Config) { c.EJ = "" }, []simphonie.Code{"TSV-CONFIG-EJ"}},
		"adresse absente":               {func(c *teleservice.Config) { c.URL = "" }, []simphonie.Code{"TSV-CONFIG-URL"}},
		"adresse en clair":              {func(c *teleservice.Config) { c.URL = "http://127.0.0.1/lps" }, []simphonie.Code{"TSV-CONFIG-URL"}},
		"mot de passe dans l'adresse":   {func(c *teleservice.Config) { c.URL = "https://a:b@127.0.0.1/lps" }, []simphonie.Code{"TSV-CONFIG-URL"}},
		"simulation vers la production": {func(c *teleservice.Config) { c.URL = "https://services-ps.ameli.fr/lps" }, []simphonie.Code{"TSV-CONFIG-MELANGE"}},
		"logiciel":                      {func(c *teleservice.Config) { c.Logiciel.Instance = "" }, []simphonie.Code{"TSV-CONFIG-LOGICIEL"}},
		"délai":                         {func(c *teleservice.Config) { c.Delai = -1 }, []simphonie.Code{"TSV-CONFIG-LIMITES"}},
		"reprises":                      {func(c *teleservice.Config) { c.Reprises.Essais = -1 }, []simphonie.Code{"TSV-CONFIG-LIMITES"}},
		"disjoncteur":                   {func(c *teleservice.Config) { c.Disjoncteur.Seuil = -1 }, []simphonie.Code{"TSV-CONFIG-LIMITES"}},
		"racines absentes":              {func(c *teleservice.Config) { c.Racines = nil }, []simphonie.Code{"TSV-RACINES"}},
		"racines d'ailleurs":            {func(c *teleservice.Config) { c.Racines = reel }, []simphonie.Code{"TSV-CONFIG-MELANGE"}},
		"sans authentification":         {func(c *teleservice.Config) { c.Authentification = nil }, []simphonie.Code{"TSV-CONFIG-AUTHENTIFICATION"}},
		"authentification nulle":        {func(c *teleservice.Config) { c.Authentification = (*teleservice.TLSMutuel)(nil) }, []simphonie.Code{"TSV-CONFIG-AUTHENTIFICATION"}},
		"autre CN":                      {func(c *teleservice.Config) { c.Authentification = mutuel(id(p.Client("INSI-auto")).TLS(), "INSI-AUTO") }, []simphonie.Code{"TSV-CERT-CN"}},
		"CN non dits":                   {func(c *teleservice.Config) { c.Authentification = mutuel(client.TLS()) }, []simphonie.Code{"TSV-CERT-CN"}},
		"certificat absent":             {func(c *teleservice.Config) { c.Authentification = mutuel(tls.Certificate{}, "INSI-AUTO") }, []simphonie.Code{"TSV-CERT-ABSENT"}},
		"certificat échu": {func(c *teleservice.Config) {
			c.Authentification = mutuel(id(p.Client("INSI-AUTO", testpki.Expire)).TLS(), "INSI-AUTO")
		}, []simphonie.Code{"TSV-CERT-DATES"}},
		"certificat à venir": {func(c *teleservice.Config) {
			c.Authentification = mutuel(id(p.Client("INSI-AUTO", testpki.PasEncoreValide)).TLS(), "INSI-AUTO")
		}, []simphonie.Code{"TSV-CERT-DATES"}},
		"certificat de signature": {func(c *teleservice.Config) {
			c.Authentification = mutuel(carte.TLS(), carte.Certificat.Subject.CommonName)
		}, []simphonie.Code{"TSV-CERT-USAGE"}},
		"clé absente": {func(c *teleservice.Config) { c.Authentification = mutuel(sansCle, "INSI-AUTO") }, []simphonie.Code{"TSV-CERT-CLE"}},
		"carte d'un autre type": {func(c *teleservice.Config) {
			c.Authentification = agent(func(a *teleservice.CarteAssertion) { a.Type = teleservice.CPF })
		}, []simphonie.Code{"TSV-CARTE-TYPE"}},
		"carte sans type": {func(c *teleservice.Config) {
			c.Authentification = agent(func(a *teleservice.CarteAssertion) { a.Type = 0 })
		}, []simphonie.Code{"TSV-CARTE-TYPE"}},
		"certificat d'authentification de la carte": {func(c *teleservice.Config) {
			x := id(p.Carte(testpki.Porteur{Identifiant: "899900063480"}, testpki.PourAuthentifier))
			c.Authentification = agent(func(a *teleservice.CarteAssertion) { a.Certificat, a.Signataire = x.Certificat, x.Cle })
		}, []simphonie.Code{"TSV-CERT-USAGE"}},
		"clé d'une autre carte": {func(c *teleservice.Config) {
			c.Authentification = agent(func(a *teleservice.CarteAssertion) { a.Signataire = client.Cle })
		}, []simphonie.Code{"TSV-CERT-CLE"}},
		"carte sans signataire, ni établissement, gardée deux heures": {func(c *teleservice.Config) {
			c.Authentification = agent(func(a *teleservice.CarteAssertion) {
				a.Signataire, a.IdentifiantFacturation, a.Duree = nil, "", 2*time.Hour
			})
		}, []simphonie.Code{"TSV-CERT-CLE", "TSV-SIGNATAIRE", "TSV-CONFIG-FACTURATION", "TSV-CONFIG-LIMITES"}},
		"Pro Santé Connect vide": {func(c *teleservice.Config) { c.Authentification = &teleservice.ProSanteConnect{} }, []simphonie.Code{"TSV-PSC", "TSV-PSC"}},
		"structure sans convention": {func(c *teleservice.Config) {
			s := id(p.Signature("SIGN"))
			c.Authentification = &teleservice.AssertionStructure{Signataire: s.Cle, Certificat: s.Certificat, Agent: simphonie.NewConfidentiel("lot")}
		}, []simphonie.Code{"TSV-CONVENTION"}},
		"structure, clé d'un client TLS": {func(c *teleservice.Config) {
			c.Authentification = &teleservice.AssertionStructure{Certificat: id(p.Serveur("x")).Certificat, Signataire: client.Cle, Convention: convention(t), PAGM: "AUTRE"}
		}, []simphonie.Code{"TSV-CERT-CLE", "TSV-CONVENTION", "TSV-CONVENTION"}},
		"tout à la fois": {func(c *teleservice.Config) { *c = teleservice.Config{} }, []simphonie.Code{"TSV-ENVIRONNEMENT", "TSV-CONFIG-EJ", "TSV-CONFIG-URL",
			"TSV-CONFIG-LOGICIEL", "TSV-RACINES", "TSV-CONFIG-AUTHENTIFICATION"}},
	} {
		t.Run(nom, func(t *testing.T) {
			cfg := config(t, p, url)
			c.v(&cfg)
			_, err := teleservice.NewCanal(cfg)
			assert.Equal(t, c.codes, codes(err), "%v", err)
		})
	}
}

// Test and production are never mixed, whichever brings the other in.
func TestMelange(t *testing.T) {
	p := pki(t)
	_, err := teleservice.LoadRacines(teleservice.Production, p.RacinesPEM())
	assert.Equal(t, simphonie.Code("TSV-CONFIG-MELANGE"), code(err))
	for _, adresse := range []string{"https://qualiflps.services-ps.ameli.fr/lps", "https://qualiflps-services-ps-tlsm.ameli.fr:443/lps"} {
		c := config(t, p, adresse)
		c.Environnement = teleservice.Production
		_, err := teleservice.NewCanal(c)
		assert.Equal(t, []simphonie.Code{"TSV-CONFIG-MELANGE", "TSV-CONFIG-MELANGE", "TSV-CONFIG-MELANGE"}, codes(err), "address, roots and certificate: %v", err)
	}
	c := config(t, p, "https://services-ps-tlsm.ameli.fr/lps")
	c.Environnement = teleservice.Qualification
	c.Racines, err = teleservice.LoadRacines(teleservice.Qualification, p.RacinesPEM())
	require.NoError(t, err)
	_, err = teleservice.NewCanal(c)
	assert.Equal(t, []simphonie.Code{"TSV-CONFIG-MELANGE"}, codes(err))
	c.EJ, c.Environnement = "750712185", teleservice.Production
	_, err = teleservice.NewCanal(c)
	assert.Contains(t, codes(err), simphonie.Code("TSV-CONFIG-EJ"), "a wrong key in production")
}

func TestRacines(t *testing.T) {
	p := pki(t)
	_, cle, err := identite(t)(p.Client("X")).PEM()
	require.NoError(t, err)
	feuille, _, err := identite(t)(p.Client("X")).PEM()
	require.NoError(t, err)
	for nom, c := range map[string]struct {
		e   teleservice.Environnement
		pem []byte
	}{
		"rien":             {teleservice.Simulation, nil},
		"clé privée":       {teleservice.Simulation, cle},
		"pas une autorité": {teleservice.Simulation, feuille},
		"illisible":        {teleservice.Simulation, []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")},
	} {
		_, err := teleservice.LoadRacines(c.e, c.pem)
		assert.Equal(t, simphonie.Code("TSV-RACINES"), code(err), nom)
	}
	_, err = teleservice.LoadRacines(0, p.RacinesPEM())
	assert.Equal(t, simphonie.Code("TSV-ENVIRONNEMENT"), code(err))
}

func TestEnvironnement(t *testing.T) {
	for e, texte := range map[teleservice.Environnement]string{teleservice.Production: "production", teleservice.Qualification: "qualification", teleservice.Simulation: "simulation"} {
		b, err := e.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, texte, string(b))
		var lu teleservice.Environnement
		require.NoError(t, lu.UnmarshalText(b))
		assert.Equal(t, e, lu)
	}
	var e teleservice.Environnement
	assert.Equal(t, simphonie.Code("TSV-ENVIRONNEMENT"), code(e.UnmarshalText([]byte("prod"))))
	assert.Equal(t, "", teleservice.Environnement(0).String())
	assert.Equal(t, "inconnu", teleservice.Environnement(9).String())

	carte, mutuel := &teleservice.CarteAssertion{}, &teleservice.TLSMutuel{}
	for _, c := range []struct {
		e    teleservice.Environnement
		a    teleservice.Authentification
		veut string
	}{
		{teleservice.Production, carte, "https://services-ps.ameli.fr/lps"},
		{teleservice.Production, mutuel, "https://services-ps-tlsm.ameli.fr/lps"},
		{teleservice.Qualification, carte, "https://qualiflps.services-ps.ameli.fr/lps"},
		{teleservice.Qualification, &teleservice.ProSanteConnect{}, "https://qualiflps.services-ps.ameli.fr/lps"},
		{teleservice.Qualification, mutuel, "https://qualiflps-services-ps-tlsm.ameli.fr:443/lps"},
		{teleservice.Qualification, &teleservice.AssertionStructure{}, ""},
		{teleservice.Simulation, mutuel, ""},
		{teleservice.Production, nil, ""},
	} {
		assert.Equal(t, c.veut, teleservice.PasserelleLPS(c.e, c.a))
	}
}

func TestP12(t *testing.T) {
	client := identite(t)(pki(t).Client("INSI-AUTO"))
	for nom, ecrit := range map[string]func(string) ([]byte, error){"moderne": client.P12, "ancien": client.P12Ancien} {
		b, err := ecrit("sésame")
		require.NoError(t, err, nom)
		c, err := teleservice.LoadP12(b, "sésame")
		require.NoError(t, err, nom)
		assert.Equal(t, "INSI-AUTO", c.Leaf.Subject.CommonName)
		assert.True(t, client.Cle.Equal(c.PrivateKey))
		_, err = teleservice.LoadP12(b, "autre")
		assert.Equal(t, simphonie.Code("TSV-P12-MOT-DE-PASSE"), code(err))
		assert.NotContains(t, canari.Montre(err), "autre")
	}
	_, err := teleservice.LoadP12([]byte("x"), "")
	assert.Equal(t, simphonie.Code("TSV-P12"), code(err))
}

func TestConvention(t *testing.T) {
	c := convention(t)
	assert.Equal(t, &teleservice.Convention{Emetteur: "urn:es:750712184", Version: "3", Destinataire: "urn:am:sp", Service: "urn:am:cdri",
		FormatNom: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", Acces: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", PAGM: []string{"PAGM_A", "PAGM_B"}}, c)
	for _, s := range []string{"", "<!DOCTYPE x><x/>", "<Convention/>", "<Convention><NameIDFormat>a<!-- -->b</NameIDFormat></Convention>",
		`<Convention version="3"><IDPSSODescriptor entityID="a"/><SPSSODescriptor entityID="b"/><ServiceBinding serviceURI="c"/><NameIDFormat>d</NameIDFormat>` +
			`<AccessAuthentication>e</AccessAuthentication><RequestedAttribute name="PAGM"><Value>PAGM<!-- -->_A</Value><Value>PAGM_B</Value></RequestedAttribute></Convention>`} {
		_, err := teleservice.ParseConvention([]byte(s))
		assert.Equal(t, simphonie.Code("TSV-CONVENTION"), code(err), s)
	}
}

func convention(t testing.TB) *teleservice.Convention {
	t.Helper()
	c, err := teleservice.ParseConvention([]byte(`<c:Convention xmlns:c="urn:c" version="3"><c:IDPSSODescriptor entityID="urn:es:750712184">` +
		`<c:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</c:NameIDFormat></c:IDPSSODescriptor><c:SPSSODescriptor entityID="urn:am:sp">` +
		`<c:ServiceBinding serviceURI="urn:am:cdri"/><c:AccessAuthentication>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</c:AccessAuthentication>` +
		`<c:RequestedAttribute name="PAGM"><c:Value>PAGM_A</c:Value><c:Value>PAGM_B</c:Value></c:RequestedAttribute></c:SPSSODescriptor></c:Convention>`))
	require.NoError(t, err)
	return c
}

func FuzzParseConvention(f *testing.F) {
	f.Add([]byte(`<Convention version="1"><NameIDFormat>x</NameIDFormat></Convention>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := teleservice.ParseConvention(b); err == nil && len(c.PAGM) == 0 {
			t.Error("a convention without profile was accepted")
		}
	})
}
