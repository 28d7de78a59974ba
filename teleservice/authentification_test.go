package teleservice_test

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/saml"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/internal/xmlguard"
	"github.com/simphonie/simphonie/teleservice"
)

// porteur is the holder of the test card, whose number is the published one.
var porteur = testpki.Porteur{Identifiant: "899900063480", Nom: "ESSAI", Prenom: "PORTEUR", Titre: "Infirmier", Type: testpki.CPS, Profession: 60}

// ecoute is a service that keeps the requests it receives.
type ecoute struct {
	url      string
	derniere *etree.Document
	entetes  http.Header
}

func nouvelleEcoute(t *testing.T, p *testpki.PKI) *ecoute {
	e := &ecoute{}
	e.url = serveur(t, p, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		d, err := xmlguard.Parse(b, xmlguard.Limites{})
		if assert.NoError(t, err) {
			e.derniere, e.entetes = d, r.Header
		}
		ecrit(w, 200, reponse(string(motifMessageID.FindSubmatch(b)[1])))
	}).URL
	return e
}

func (e *ecoute) texte(t *testing.T, chemin string) string {
	t.Helper()
	x := e.derniere.FindElement(chemin)
	require.NotNil(t, x, chemin)
	return x.Text()
}

func (e *ecoute) verifie(t *testing.T, p *testpki.PKI, v saml.Verification) *saml.Verifiee {
	t.Helper()
	v.Racines, v.Intermediaires, v.Instant, v.AgeMax = p.Racines(), p.Intermediaires(), maintenant, time.Minute
	as, err := saml.VerifieEnTete(e.derniere, 1, v)
	require.NoError(t, err)
	return as[0]
}

func carte(t testing.TB, p *testpki.PKI) *teleservice.CarteAssertion {
	i := identite(t)(p.Carte(porteur))
	return &teleservice.CarteAssertion{Type: teleservice.CPS, Signataire: i.Cle, Certificat: i.Certificat,
		IdentifiantFacturation: "750712184", SecteurActivite: "SA01"}
}

func attributs(a *saml.Verifiee) map[string]string {
	m := map[string]string{}
	for _, x := range a.Attributs {
		m[x.Nom] = x.Valeurs[0].Clair()
	}
	return m
}

// The assertion of a card is signed by its signature key, and says who and where.
func TestCarteAssertion(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	c := config(t, p, e.url)
	auth := carte(t, p)
	auth.CodeSpecialite = "01"
	c.Authentification = auth
	_, err := canal(t, c).Appelle(t.Context(), appel())
	require.NoError(t, err)
	a := e.verifie(t, p, saml.Verification{Usage: saml.UsageNonRepudiation})
	assert.Equal(t, []string{"899900063480", "CPS", saml.FormatX509}, []string{a.Sujet.Clair(), a.QualificatifSujet, a.FormatEmetteur})
	assert.Contains(t, a.Emetteur.Clair(), "CN=899900063480")
	assert.Equal(t, map[string]string{"identifiantFacturation": "750712184", "codeSpecialiteAMO": "01", "secteurActivite": "SA01"}, attributs(a))
	assert.Nil(t, a.Conditions)
	assert.Equal(t, "899900063480", e.texte(t, "//ContexteBAM/Emetteur"))
	assert.Equal(t, "899900063480", e.texte(t, "//ContexteLPS/Emetteur"))
	assert.False(t, auth.Etablissement())
	assert.Equal(t, "carte CPS", auth.String())

	// Other names and another style of issuer; the card of the patient beside.
	auth = carte(t, p)
	auth.Noms.SecteurActivite, auth.Emetteur = "SecteurActivite", teleservice.DNDotNet
	require.NoError(t, canalRemplace(t, c, auth, func(x *teleservice.Appel) { x.SerieVitale = simphonie.NewConfidentiel("8000001") }))
	as := e.derniere.FindElements("//Security/Assertion")
	require.Len(t, as, 2)
	assert.Equal(t, "8000001", as[1].FindElement("Subject/NameID").Text())
	assert.Equal(t, "VITALE", as[1].FindElement("Subject/NameID").SelectAttrValue("NameQualifier", ""))
	assert.NotNil(t, as[0].FindElement("AttributeStatement/Attribute[@Name='SecteurActivite']"))
}

func canalRemplace(t *testing.T, c teleservice.Config, a teleservice.Authentification, v func(*teleservice.Appel)) error {
	t.Helper()
	c.Authentification = a
	x := appel()
	if v != nil {
		v(&x)
	}
	_, err := canal(t, c).Appelle(t.Context(), x)
	return err
}

// The four kinds of card, and the type that their certificates show.
func TestTypesDeCarte(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	for typ, c := range map[teleservice.TypeCarte]struct {
		certificat testpki.TypeCarte
		nom, texte string
	}{
		teleservice.CPS:           {testpki.CPS, "CPS", "CPS"},
		teleservice.CPENominative: {testpki.CPE, "CDE-CPE", "CPE nominative"},
		teleservice.CDE:           {testpki.CPE, "CDE-CPE", "CDE"},
		teleservice.CPF:           {testpki.CPF, "CPF", "CPF"},
	} {
		q := porteur
		q.Type = c.certificat
		i := identite(t)(p.Carte(q))
		a := carte(t, p)
		a.Type, a.Certificat, a.Signataire = typ, i.Certificat, i.Cle
		require.NoError(t, canalRemplace(t, config(t, p, e.url), a, nil))
		assert.Equal(t, c.nom, e.verifie(t, p, saml.Verification{Usage: saml.UsageNonRepudiation}).QualificatifSujet)
		assert.Equal(t, c.texte, typ.String())
	}
	assert.Equal(t, "inconnue", teleservice.TypeCarte(9).String())
}

// signataire counts signatures and can fail.
type signataire struct {
	*rsa.PrivateKey
	n    atomic.Int32
	sert func(io.Reader, []byte) ([]byte, error)
}

func (s *signataire) Sign(r io.Reader, h []byte, o crypto.SignerOpts) ([]byte, error) {
	s.n.Add(1)
	if s.sert != nil {
		return s.sert(r, h)
	}
	return s.PrivateKey.Sign(r, h, o)
}

// An assertion serves again for twenty seconds, no longer, and not after the
// card has left.
func TestCacheAssertion(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	c := config(t, p, e.url)
	var decalage atomic.Int64
	c.Horloge = func() time.Time { return maintenant.Add(time.Duration(decalage.Load())) }
	a := carte(t, p)
	s := &signataire{PrivateKey: a.Signataire.(*rsa.PrivateKey)}
	var presente atomic.Bool
	presente.Store(true)
	a.Signataire, a.Presente = s, presente.Load
	c.Authentification = a
	k := canal(t, c)
	lit := func(apres time.Duration) simphonie.Code {
		decalage.Store(int64(apres))
		_, err := k.Appelle(t.Context(), appel())
		return codeInterne(err)
	}
	assert.Empty(t, lit(0))
	assert.Empty(t, lit(19*time.Second))
	assert.EqualValues(t, 1, s.n.Load())
	assert.Empty(t, lit(20*time.Second))
	assert.EqualValues(t, 2, s.n.Load())
	assert.Empty(t, lit(19*time.Second), "a clock that went back")
	assert.EqualValues(t, 3, s.n.Load())
	k.OublieAssertion()
	assert.Empty(t, lit(19*time.Second))
	assert.EqualValues(t, 4, s.n.Load())
	presente.Store(false)
	assert.Equal(t, simphonie.Code("TSV-CARTE-ABSENTE"), lit(19*time.Second))
	presente.Store(true)
	assert.Empty(t, lit(19*time.Second))
	assert.EqualValues(t, 5, s.n.Load(), "the assertion of before the removal was forgotten")
	assert.Equal(t, simphonie.Code("TSV-CERT-DATES"), lit(3*365*24*time.Hour))
}

// codeInterne gives the code of the deepest Erreur.
func codeInterne(err error) simphonie.Code {
	var c simphonie.Code
	for e := (*simphonie.Erreur)(nil); errors.As(err, &e); err = e.Err {
		c = e.Code
		if e.Err == nil {
			break
		}
	}
	return c
}

// A card that fails, or that gives a wrong signature without saying so, sends nothing.
func TestSignatureFausse(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	for nom, sert := range map[string]func(io.Reader, []byte) ([]byte, error){
		"en panne": func(io.Reader, []byte) ([]byte, error) { return nil, errors.New("removed") },
		"fausse":   func(io.Reader, []byte) ([]byte, error) { return make([]byte, 256), nil },
	} {
		a := carte(t, p)
		a.Signataire = &signataire{PrivateKey: a.Signataire.(*rsa.PrivateKey), sert: sert}
		err := canalRemplace(t, config(t, p, e.url), a, nil)
		assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(err), nom)
		assert.ErrorContains(t, err, "TSV-SIGNATURE", nom)
		assert.NotContains(t, canari.Montre(err), "899900063480")
	}
	assert.Nil(t, e.derniere, "nothing was sent")
}

// The assertion of a session of Pro Santé Connect is not signed; the session
// travels as the editor says.
func TestProSanteConnect(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	a := &teleservice.ProSanteConnect{Identifiant: simphonie.NewConfidentiel("899900063480"), Emetteur: "urn:editeur", IdentifiantFacturation: "750712184",
		SecteurActivite: "SA01", CodeProfession: "60", Session: func(r *http.Request) error { r.Header.Set("X-Session", "jeton"); return nil }}
	require.NoError(t, canalRemplace(t, config(t, p, e.url), a, nil))
	n := e.derniere.FindElement("//Security/Assertion/Subject/NameID")
	require.NotNil(t, n)
	assert.Equal(t, []string{"PSC", "899900063480"}, []string{n.SelectAttrValue("NameQualifier", ""), n.Text()})
	assert.Nil(t, e.derniere.FindElement("//Signature"))
	assert.NotNil(t, e.derniere.FindElement("//Attribute[@Name='gipProfessionCode']"))
	assert.Equal(t, "jeton", e.entetes.Get("X-Session"))
	assert.False(t, a.Etablissement())
	assert.Equal(t, "Pro Santé Connect", a.String())

	a.Session = func(*http.Request) error { return errors.New("closed") }
	assert.Equal(t, simphonie.Code("TSV-MESSAGE"), code(canalRemplace(t, config(t, p, e.url), a, nil)))
}

// The assertion of a structure says what the convention says, for seven days
// and five minutes.
func TestAssertionStructure(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	i := identite(t)(p.Signature("ORG-SIGN"))
	s := &teleservice.AssertionStructure{Convention: convention(t), Signataire: i.Cle, Certificat: i.Certificat, Agent: simphonie.NewConfidentiel("lot-de-nuit"),
		IdentifiantFacturation: "750712184", Delegant: simphonie.NewConfidentiel("899900063480")}
	require.NoError(t, canalRemplace(t, config(t, p, e.url), s, nil))
	a := e.verifie(t, p, saml.Verification{Usage: saml.UsageSignature, Audience: "urn:am:cdri", Destinataire: "urn:am:sp"})
	assert.Equal(t, "urn:es:750712184:3", a.Emetteur.Clair())
	assert.Equal(t, "lot-de-nuit", a.Sujet.Clair())
	fin := maintenant.Add(7*24*time.Hour + 5*time.Minute)
	assert.Equal(t, []time.Time{maintenant, fin, fin, maintenant}, []time.Time{a.Conditions.Debut, a.Conditions.Fin, a.Confirmation.Fin, a.Authentification.Instant})
	assert.Equal(t, []string{saml.SenderVouches, a.ID, "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
		[]string{a.Confirmation.Methode, a.Authentification.Session, a.Authentification.Classe})
	assert.Equal(t, map[string]string{"PAGM": "PAGM_A", "identifiantFacturation": "750712184", "identifiantDeleguant": "899900063480"}, attributs(a))
	assert.Nil(t, e.derniere.FindElement("//ContexteBAM/Emetteur"))
	assert.True(t, s.Etablissement())
	assert.Equal(t, "assertion de structure", s.String())

	s = &teleservice.AssertionStructure{Convention: convention(t), Signataire: i.Cle, Certificat: i.Certificat, Agent: s.Agent, PAGM: "PAGM_B"}
	require.NoError(t, canalRemplace(t, config(t, p, e.url), s, nil))
	assert.Equal(t, "PAGM_B", attributs(e.verifie(t, p, saml.Verification{Usage: saml.UsageSignature}))["PAGM"])
}

// Mutual TLS sends no security block, or an empty one when it is asked for.
func TestTLSMutuelSecurite(t *testing.T) {
	p := pki(t)
	e := nouvelleEcoute(t, p)
	c := config(t, p, e.url)
	m := c.Authentification.(*teleservice.TLSMutuel)
	require.NoError(t, canalRemplace(t, c, m, nil))
	assert.Nil(t, e.derniere.FindElement("//Security"))
	require.NoError(t, canalRemplace(t, c, &teleservice.TLSMutuel{Certificat: m.Certificat, CN: m.CN, SecuriteVide: true}, nil))
	assert.NotNil(t, e.derniere.FindElement("//Security"))
	assert.Empty(t, e.derniere.FindElement("//Security").ChildElements())
	assert.True(t, m.Etablissement())
	assert.Equal(t, []string{"INSI-AUTO", "TLS mutuel", ""}, []string{m.Nom(), m.String(), (&teleservice.TLSMutuel{}).Nom()})
	nu := m.Certificat
	nu.Leaf = nil
	assert.Equal(t, "INSI-AUTO", (&teleservice.TLSMutuel{Certificat: nu}).Nom())
}
