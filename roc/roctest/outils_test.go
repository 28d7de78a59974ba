package roctest_test

import (
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/roctest"
)

const (
	espace    = "urn:simphonie:reference-non-officielle:roc:1"
	mutuelle  = simphonie.NumeroAMC("0434243085")
	assurance = simphonie.NumeroAMC("302976568")
	premiere  = simphonie.NumeroAMC("775671993")
	deuxieme  = simphonie.NumeroAMC("341230380")
)

// question is what a request says; its zero fields are those of an ordinary one.
type question struct {
	requete, venue, adherent, naissance, date, contrat, convention, domaine string
	identite, apres                                                         string // before and after the birth date
	amc                                                                     simphonie.NumeroAMC
	lignes                                                                  string
	calcul, engagement                                                      string
}

func ou(s, d string) string {
	if s == "" {
		return d
	}
	return s
}

func si(nom, valeur string) string {
	if valeur == "" {
		return ""
	}
	return "<" + nom + ">" + valeur + "</" + nom + ">"
}

func (q question) entete() string {
	return "<Entete>" + si("Requete", q.requete) + si("EntiteJuridique", "750712184") + si("Venue", ou(q.venue, "26000001")) + si("Moment", "SORTIE") +
		si("Date", ou(q.date, "2026-11-02")) + "<Couverture>" + si("NumeroAMC", ou(string(q.amc), string(mutuelle))) + si("TypeConvention", q.convention) +
		si("Domaine", ou(q.domaine, "HOSP")) + si("NumeroAdherent", ou(q.adherent, "ADH0001")) + si("Contrat", q.contrat) + "</Couverture><Beneficiaire>" +
		q.identite + si("DateNaissance", ou(q.naissance, "1981-01-01")) + q.apres + "</Beneficiaire></Entete>"
}

// corps writes the body of a request by hand.
func (q question) corps(s modele.Service) string {
	racine := map[modele.Service]string{modele.IDB: "DemandeIDB", modele.SIM: "DemandeSIM", modele.CLC: "DemandeCLC", modele.DEL: "DemandeAnnulation"}[s]
	c := `<` + racine + ` xmlns="` + espace + `">` + q.entete()
	switch s {
	case modele.SIM, modele.CLC:
		c += ou(q.lignes, sejour)
	case modele.DEL:
		c += si("Calcul", q.calcul) + si("Engagement", q.engagement)
	}
	return c + `</` + racine + `>`
}

// uneLigne writes a line: rank, code, quantity, asked, AMO, base AMC.
func uneLigne(rang int, code string, quantite int, honoraires, partAMO, baseAMC string, autres ...string) string {
	s := fmt.Sprintf("<Ligne><Rang>%d</Rang><Code>%s</Code><Execution>2026-11-02</Execution><Quantite>%d</Quantite><Coefficient>1</Coefficient><PrixUnitaire>1.00</PrixUnitaire>"+
		"<Honoraires>%s</Honoraires><BaseAMO>%s</BaseAMO><Taux>80</Taux><PartAMO>%s</PartAMO><BaseAMC>%s</BaseAMC>", rang, code, quantite, honoraires, baseAMC, partAMO, baseAMC)
	for _, a := range autres {
		s += "<AutrePart><NumeroAMC>775671993</NumeroAMC><Montant>" + a + "</Montant><Etat>ENGAGE</Etat></AutrePart>"
	}
	return s + "</Ligne>"
}

// sejour is the stay of the page.
var sejour = uneLigne(1, "PJ", 3, "3000.00", "2400.00", "3000.00", "50.00")

// appelant calls by mutual TLS and nothing of the client.
type appelant struct {
	*testing.T
	s    *roctest.Serveur
	http *http.Client
	n    int
}

func nouvelAppelant(t *testing.T, opts ...roctest.Option) *appelant {
	t.Helper()
	s := roctest.NewServer(t, opts...)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(s.Racines))
	client := brut.Client(pool, nil, s.Client)
	client.Transport.(*http.Transport).DisableKeepAlives = false
	return &appelant{T: t, s: s, http: client}
}

// envoie sends a body to an address and gives what came back.
func (a *appelant) envoie(url string, s modele.Service, corps string) (int, string, error) {
	message := `<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Body>` + corps + `</S:Body></S:Envelope>`
	return a.brut(url, `application/soap+xml; charset=utf-8; action="`+roctest.Action(s)+`"`, message)
}

func (a *appelant) brut(url, typ, message string) (int, string, error) {
	r, err := a.http.Post(url, typ, strings.NewReader(message))
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return r.StatusCode, string(b), err
}

// essaie asks, and gives what came back.
func (a *appelant) essaie(s modele.Service, q *question) (int, string, error) {
	a.Helper()
	if q.requete == "" {
		a.n++
		q.requete = fmt.Sprintf("R%06d", a.n)
	}
	return a.envoie(a.s.URL(simphonie.NumeroAMC(ou(string(q.amc), string(mutuelle)))), s, q.corps(s))
}

var enIssue = regexp.MustCompile(`<Issue><Code>([^<]*)</Code>`)

// demande asks and gives the outcome and the whole answer.
func (a *appelant) demande(s modele.Service, q question) (issue, rep string) {
	a.Helper()
	statut, rep, err := a.essaie(s, &q)
	require.NoError(a, err)
	require.Equal(a, http.StatusOK, statut, rep)
	require.Contains(a, rep, "<Requete>"+q.requete+"</Requete>")
	m := enIssue.FindStringSubmatch(rep)
	require.NotNil(a, m, rep)
	return m[1], rep
}
