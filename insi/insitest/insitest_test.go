package insitest_test

import (
	"crypto/rsa"
	"crypto/x509"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

func traits(nom, prenom, sexe, naissance, lieu string) string {
	if lieu != "" {
		lieu = "<insi:LieuNaissance>" + lieu + "</insi:LieuNaissance>"
	}
	return `<insi:RECSANSVITALE xmlns:insi="http://www.cnamts.fr/INSiRecSans"><insi:NomNaissance>` + nom + `</insi:NomNaissance><insi:Prenom>` + prenom +
		`</insi:Prenom><insi:Sexe>` + sexe + `</insi:Sexe><insi:DateNaissance>` + naissance + `</insi:DateNaissance>` + lieu + `</insi:RECSANSVITALE>`
}

func racines(t *testing.T, s *insitest.Serveur) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(s.Racines))
	return pool
}

// appelant sends bodies by mutual TLS or with a card.
type appelant struct {
	t     *testing.T
	s     *insitest.Serveur
	mutue *http.Client
	carte *http.Client
}

func nouvelAppelant(t *testing.T, s *insitest.Serveur) *appelant {
	return &appelant{t, s, brut.Client(racines(t, s), nil, s.Client), brut.Client(racines(t, s), nil)}
}

func (a *appelant) mutuel(action, corps string) (int, string) {
	a.t.Helper()
	statut, rep, err := brut.Nouveau(action, corps, a.s.Logiciel, testpki.Structure, time.Now()).Remplace("<ctxbam:COUVERTURE/>", couverture(corps)).Poste(a.mutue, a.s.URLTLSMutuel)
	require.NoError(a.t, err)
	return statut, rep
}

// couverture repeats the numbers of a body in ContexteBAM.
func couverture(corps string) string {
	num := func(de, avant, apres string) string {
		m := regexp.MustCompile(`<v:` + de + `><v:NumIdentifiant>(\d{6}[AB0-9]\d{6})<`).FindStringSubmatch(corps)
		if m == nil {
			return ""
		}
		return avant + "<ctxbam:Num>" + m[1] + "</ctxbam:Num>" + apres
	}
	return "<ctxbam:COUVERTURE>" + num("MatriculeOD", "<ctxbam:ASSURE><ctxbam:Id>", "</ctxbam:Id></ctxbam:ASSURE>") +
		num("MatriculeIndividu", "<ctxbam:BENEFICIAIRE><ctxbam:Nir>", "</ctxbam:Nir></ctxbam:BENEFICIAIRE>") + "</ctxbam:COUVERTURE>"
}

func TestParCarteEtParCertificat(t *testing.T) {
	s := insitest.NewServer(t)
	a := nouvelAppelant(t, s)
	corps := traits("ADRUN", "ZOE", "F", "1975-12-31", "63220")
	statut, rep := a.mutuel(insitest.ActionTraits, corps)
	assert.Equal(t, http.StatusOK, statut, rep)
	attendu := `<insi:RESULTAT xmlns:insi="http://www.cnamts.fr/INSiResultat"><insi:CR><insi:CodeCR>00</insi:CodeCR><insi:LibelleCR>OK</insi:LibelleCR></insi:CR>` +
		`<insi:INDIVIDU><insi:INSACTIF><insi:IdIndividu><insi:NumIdentifiant>2751263220749</insi:NumIdentifiant><insi:Cle>74</insi:Cle></insi:IdIndividu>` +
		`<insi:OID>1.2.250.1.213.1.4.8</insi:OID></insi:INSACTIF><insi:TIQ><insi:NomNaissance>ADRUN</insi:NomNaissance><insi:ListePrenom>ZOE</insi:ListePrenom>` +
		`<insi:Sexe>F</insi:Sexe><insi:DateNaissance>1975-12-31</insi:DateNaissance><insi:LieuNaissance>63220</insi:LieuNaissance></insi:TIQ></insi:INDIVIDU></insi:RESULTAT>`
	assert.Contains(t, rep, attendu)

	assertion, err := brut.Carte(s.Carte.Certificat, s.Carte.Signataire.(*rsa.PrivateKey), time.Now())
	require.NoError(t, err)
	m := brut.Nouveau(insitest.ActionTraits, corps, s.Logiciel, s.Carte.Certificat.Subject.CommonName, time.Now()).Avec(assertion)
	statut, rep, err = m.Poste(a.carte, s.URL)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, statut, rep)
	assert.Contains(t, rep, attendu)
	assert.Contains(t, rep, `<wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">`+strings.TrimSuffix(m.ID[strings.Index(m.ID, ">")+1:], "</wsa:MessageID>"))
	assert.Contains(t, rep, insitest.ActionTraits+"Response<")
	appels := s.Appels()
	require.Len(t, appels, 2)
	assert.EqualValues(t, "tls-mutuel", appels[0].Authentification)
	assert.EqualValues(t, "carte", appels[1].Authentification)
}

// The header repeats the numbers of the card, without their key: the gateway
// routes by them.
func TestVitaleCouverture(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	juste := couverture(corpsVitale)
	for nom, c := range map[string]string{
		"empty":               "<ctxbam:COUVERTURE/>",
		"another ouvrant":     strings.Replace(juste, "2751263220749", "1500163220901", 1),
		"another beneficiary": juste[:len(juste)/2] + strings.Replace(juste[len(juste)/2:], "2751263220749", "1500163220901", 1),
		"key":                 strings.Replace(juste, "</ctxbam:Num>", "</ctxbam:Num><ctxbam:Cle>74</ctxbam:Cle>", 1),
	} {
		statut, rep, err := brut.Nouveau(insitest.ActionVitale, corpsVitale, a.s.Logiciel, testpki.Structure, time.Now()).Remplace("<ctxbam:COUVERTURE/>", c).Poste(a.mutue, a.s.URLTLSMutuel)
		require.NoError(t, err)
		assert.Equal(t, http.StatusInternalServerError, statut, nom)
		assert.Contains(t, rep, "sim:simulateur_contexte", nom)
		assert.NotContains(t, rep, "2751263220749", nom)
	}
}

func TestVitale(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	vitale := func(dedans string) string {
		return `<v:RECVITALE xmlns:v="http://www.cnamts.fr/INSiRecVit">` + strings.NewReplacer("</", "</v:", "<", "<v:").Replace(dedans) + `</v:RECVITALE>`
	}
	num := func(e, n string) string { return "<" + e + "><NumIdentifiant>" + n + "</NumIdentifiant></" + e + ">" }
	for _, c := range []struct{ nom, corps, cr string }{
		{"own number", num("MatriculeIndividu", "2751263220749") + num("MatriculeOD", "2751263220749") + "<NomNaissance>ADRUN</NomNaissance><DateNaissance>1975-12-31</DateNaissance><RangNaissance>1</RangNaissance>", "00"},
		{"on a parent's card", num("MatriculeOD", "1500163220901") + "<DateNaissance>2020-03-03</DateNaissance><RangNaissance>2</RangNaissance>", "00"},
		{"another rank", num("MatriculeOD", "1500163220901") + "<DateNaissance>2020-03-03</DateNaissance><RangNaissance>1</RangNaissance>", "01"},
		{"an old number", num("MatriculeIndividu", "2090663220123") + "<DateNaissance>2009-07-14</DateNaissance>", "00"},
		{"Corsica", num("MatriculeIndividu", "297022A020778") + "<DateNaissance>1997-02-26</DateNaissance>", "00"},
		{"nobody", num("MatriculeOD", "1990199999999") + "<DateNaissance>1999-01-01</DateNaissance>", "01"},
	} {
		statut, rep := a.mutuel(insitest.ActionVitale, vitale(c.corps))
		assert.Equal(t, http.StatusOK, statut, "%s: %s", c.nom, rep)
		assert.Contains(t, rep, "<insi:CodeCR>"+c.cr+"<", c.nom)
		assert.Contains(t, rep, insitest.ActionVitale+"Response<", c.nom)
	}
}

// What each published identity answers, as printed by those who recorded it.
func TestIdentitesPubliees(t *testing.T) {
	a := nouvelAppelant(t, insitest.NewServer(t))
	for _, c := range []struct{ nom, prenom, sexe, naissance, lieu, cr, contient string }{
		{"ADRTROIS", "DOMINIQUE", "F", "1997-02-26", "2A020", "00", "297022A020778</insi:NumIdentifiant><insi:Cle>78<"},
		{"ADRTROIS", "TOUSSAINT", "M", "1960-01-01", "", "00", "160012B020777</insi:NumIdentifiant><insi:Cle>13<"},
		{"CORSE", "ANTHONY", "M", "1980-03-02", "", "00", "<insi:INSHISTO><insi:IdIndividu><insi:NumIdentifiant>180032B020401<"},
		{"TCHITCHI", "OLA", "F", "1936-06-21", "", "01", "Aucune identite trouvee"},
		{"TCHITCHI", "CATARINA", "F", "1936-06-21", "", "00", "2360663220836</insi:NumIdentifiant><insi:Cle>56<"},
		{"TCHITCHI", "CATARINA BELLA", "F", "1936-06-21", "", "00", "<insi:ListePrenom>CATARINA BELLA<"},
		{"NESSI", "ANTHONY", "M", "2010-08-07", "", "00", "1100863220830"},
		{"ECETINSI", "PIERRE-ALAIN", "M", "2009-07-14", "", "00", "2090663220123</insi:NumIdentifiant><insi:Cle>55<"},
		{"D'ARTAGNAN DE L'HERAULT", "MURIEL", "M", "2001-06-17", "", "00", "<insi:NomNaissance>D&apos;ARTAGNAN DE L&apos;HERAULT<"},
		{"HERMANN", "GATIEN", "M", "1981-03-24", "", "00", "1810363220456</insi:NumIdentifiant><insi:Cle>60<"},
		{"HERMANN", "GATIEN", "M", "1981-03-24", "", "00", "2810363220456</insi:NumIdentifiant><insi:Cle>10<"},
		{"PROVISOIRE", "MATRICULE", "M", "2009-07-01", "", "00", "<insi:OID>1.2.250.1.213.1.4.9<"},
		{"DE VINCI", "LEONARDO", "M", "2014-02-01", "", "02", "Plusieurs identites trouvees"},
		{"HOUILLES", "PIERRE", "M", "1993-01-27", "", "01", "Aucune"},
		{"HOUILLES", "PIERRE PAUL JACQUES", "M", "1993-01-27", "", "01", "Aucune"},
		{"SYNTHETIQUE-HOMONYME", "ALIX", "M", "1950-01-01", "", "02", "Plusieurs"},
		{"SYNTHETIQUE-HOMONYME", "ALIX", "M", "1950-01-01", "2B020", "00", "150012B020902"},
		{"SYNTHETIQUE-HOMONYME", "ALIX PREMIER", "M", "1950-01-01", "", "00", "1500163220901"},
		{"SYNTHETIQUE-DATES", "DOMINIQUE", "F", "1960-02-02", "", "00", "<insi:INSHISTO><insi:DateDeb>2010-05-01</insi:DateDeb><insi:DateFin>2009-04-30</insi:DateFin><insi:IdIndividu>"},
		{"SYNTHETIQUE-ENFANT", "CAMILLE", "F", "2020-03-03", "", "00", "<insi:Prenom>CAMILLE<"},
	} {
		statut, rep := a.mutuel(insitest.ActionTraits, traits(c.nom, c.prenom, c.sexe, c.naissance, c.lieu))
		assert.Equal(t, http.StatusOK, statut, "%s %s: %s", c.nom, c.prenom, rep)
		assert.Contains(t, rep, "<insi:CodeCR>"+c.cr+"<", c.nom)
		assert.Contains(t, rep, c.contient, c.nom)
	}
	statut, rep := a.mutuel(insitest.ActionTraits, traits("D'AEION", "COEUR", "F", "1987-01-25", ""))
	assert.Equal(t, http.StatusInternalServerError, statut)
	assert.Contains(t, rep, "S:siram_40")
	assert.Contains(t, rep, `code="insi_102" severite="fatal"`)
}

// The files for other languages hold what Go was given.
func TestP12(t *testing.T) {
	s := insitest.NewServer(t)
	_, c, cas, err := pkcs12.DecodeChain(s.ClientP12, s.MotDePasse)
	require.NoError(t, err)
	assert.True(t, c.Equal(s.Client.Leaf))
	assert.Len(t, cas, 1)
}
