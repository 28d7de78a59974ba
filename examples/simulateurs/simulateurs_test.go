package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/concert"
	"github.com/simphonie/simphonie/journal"
)

// essai is the command running in a directory of its own.
type essai struct {
	t       *testing.T
	dossier string
	entree  io.Writer
	lignes  chan string
	URLs    []string
	tpe     string
}

func lance(t *testing.T) *essai {
	t.Helper()
	e := &essai{t: t, dossier: t.TempDir(), lignes: make(chan string, 100)}
	lu, ecrit := io.Pipe()
	commandes, entree := io.Pipe()
	e.entree = entree
	ctx, arrete := context.WithCancel(context.Background())
	fini := make(chan error, 1)
	r := reglages{adresse: "127.0.0.1:0", dossier: filepath.Join(e.dossier, "simulateurs"), scenario: "normal"}
	go func() {
		err := r.sert(ctx, commandes, ecrit)
		ecrit.Close()
		fini <- err
	}()
	go func() {
		for s := bufio.NewScanner(lu); s.Scan(); {
			e.lignes <- s.Text()
		}
		close(e.lignes)
	}()
	t.Cleanup(func() {
		arrete()
		assert.NoError(t, <-fini)
	})
	for ligne := e.lit(); ligne != "prêt"; ligne = e.lit() {
		if adresse, ok := strings.CutPrefix(ligne, "terminal Concert V3 : "); ok {
			e.tpe = adresse
		}
		e.URLs = append(e.URLs, regexp.MustCompile(`https://\S+`).FindAllString(ligne, -1)...)
	}
	require.Len(t, e.URLs, 7)
	return e
}

// lit waits for the next line printed.
func (e *essai) lit() string {
	e.t.Helper()
	select {
	case l, ok := <-e.lignes:
		require.True(e.t, ok, "the command stopped")
		return l
	case <-time.After(30 * time.Second):
		require.Fail(e.t, "nothing printed")
		return ""
	}
}

// blocs gives the shell blocks of the documentation, its addresses replaced.
func (e *essai) blocs() []string {
	e.t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "SIMULATEURS.md"))
	require.NoError(e.t, err)
	var bs []string
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		bs = append(bs, strings.NewReplacer("https://127.0.0.1:8443/lps", e.URLs[0], "https://127.0.0.1:8444/lps", e.URLs[1], "https://127.0.0.1:8446/lps", e.URLs[3],
			"https://127.0.0.1:8447/roc", e.URLs[4]).Replace(m[1]))
	}
	require.Len(e.t, bs, 5)
	return bs
}

// The message of the documentation, sent with the files that were written.
func TestFichiersEtAppel(t *testing.T) {
	e := lance(t)
	bloc := e.blocs()[1]
	_, corps, _ := strings.Cut(bloc, "<<'FIN'\n")
	corps, _, _ = strings.Cut(corps, "FIN\n")
	typ := regexp.MustCompile(`Content-Type: ([^']+)'`).FindStringSubmatch(bloc)[1]
	dossier := filepath.Join(e.dossier, "simulateurs", "insi")
	racines, err := os.ReadFile(filepath.Join(dossier, "racines.pem"))
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(racines))
	certificat, err := tls.LoadX509KeyPair(filepath.Join(dossier, "client.pem"), filepath.Join(dossier, "client.key"))
	require.NoError(t, err)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{certificat}}, DisableKeepAlives: true}}
	appelle := func() (int, string) {
		r, err := client.Post(e.URLs[1], typ, strings.NewReader(corps))
		require.NoError(t, err)
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		return r.StatusCode, string(b)
	}
	statut, reponse := appelle()
	assert.Equal(t, 200, statut)
	assert.Contains(t, reponse, "<insi:NumIdentifiant>2751263220749<")
	ligne := e.lit()
	assert.Contains(t, ligne, "repondu statut=200 scenario=normal urn:ServiceIdentiteCertifiee")
	assert.NotContains(t, ligne, "ADRUN")

	_, err = io.WriteString(e.entree, "+http:503\n\nvide ADRUN/1975-12-31\ncdri lent:1h ald\nroc +coupe-apres-lecture 775671993/26000001\ninconnu\n")
	require.NoError(t, err)
	assert.Equal(t, "insi scénario pris : +http:503", e.lit())
	assert.Equal(t, "cdri scénario pris : +http:503", e.lit())
	assert.Equal(t, "roc scénario pris : +http:503", e.lit())
	assert.Contains(t, e.lit(), "terminal scénario refusé")
	assert.Equal(t, "insi scénario pris : vide", e.lit())
	assert.Equal(t, "cdri scénario refusé : no such case", e.lit())
	assert.Contains(t, e.lit(), "roc scénario refusé")
	assert.Contains(t, e.lit(), "terminal scénario refusé")
	assert.Equal(t, "cdri scénario pris : lent:1h", e.lit())
	assert.Equal(t, "roc scénario pris : +coupe-apres-lecture", e.lit())
	for _, nom := range []string{"insi", "cdri", "roc", "terminal"} {
		assert.Contains(t, e.lit(), nom+" scénario refusé")
	}
	statut, reponse = appelle()
	assert.Equal(t, 200, statut, "the target named last comes first")
	assert.Empty(t, reponse)
	assert.Contains(t, e.lit(), "trouble")
}

// A terminal that refuses, for an amount, for the next order, for all of them.
func TestTerminal(t *testing.T) {
	e := lance(t)
	commandes := "terminal refuse 12,50\nterminal refuse zero\nterminal +partiel:0\nterminal +refuse\nterminal +refuse 12,50\n"
	_, err := io.WriteString(e.entree, commandes)
	require.NoError(t, err)
	for _, attendu := range []string{"pris : refuse", "refusé : ", "refusé : ", "pris : +refuse", "refusé : "} {
		assert.Contains(t, e.lit(), "terminal scénario "+attendu)
	}
	fichier, err := journal.OuvreFichier(filepath.Join(e.dossier, "journal"))
	require.NoError(t, err)
	defer fichier.Close()
	j, err := journal.New(journal.Config{Magasin: fichier, Delai: 5 * time.Minute,
		Trousseau: func(context.Context, string) ([]byte, error) { return make([]byte, 32), nil }})
	require.NoError(t, err)
	liaison, err := concert.NewTCP(concert.TCP{V3: concert.V3{Version: "0320", Identifiant: "012345678901"}, Adresse: e.tpe})
	require.NoError(t, err)
	caisse, err := concert.New(concert.Config{Liaison: liaison, Journal: j, Terminal: "tpe-1", Numero: "01"})
	require.NoError(t, err)
	for i, o := range []struct {
		montant simphonie.Montant
		issue   concert.Issue
	}{{10_00, concert.NonFaite}, {10_00, concert.Faite}, {12_50, concert.NonFaite}} {
		r, err := caisse.Encaisse(t.Context(), concert.Ordre{Venue: "26000001", Reference: fmt.Sprintf("F-%d", i), Montant: o.montant})
		require.NoError(t, err)
		assert.Equal(t, o.issue, r.Issue, "order %d", i)
	}
	_, err = io.WriteString(e.entree, "terminal normal 12,50\n")
	require.NoError(t, err)
	assert.Equal(t, "terminal scénario pris : normal", e.lit())
	r, err := caisse.Encaisse(t.Context(), concert.Ordre{Venue: "26000001", Reference: "F-2", Montant: 12_50})
	require.NoError(t, err)
	assert.Equal(t, concert.Faite, r.Issue)
}

// The documentation's commands work as printed.
func TestDocumentation(t *testing.T) {
	if os.Getenv("SIMPHONIE_COMPLET") != "1" {
		t.Skip("curl, openssl and xmlsec1: SIMPHONIE_COMPLET=1")
	}
	e := lance(t)
	for i, bloc := range e.blocs()[1:] {
		c := exec.Command("sh", "-eu", "-c", bloc)
		c.Dir = e.dossier
		sortie, err := c.CombinedOutput()
		require.NoError(t, err, "%s", sortie)
		assert.Contains(t, string(sortie), []string{"<insi:NumIdentifiant>2751263220749<", "<insi:NumIdentifiant>2751263220749<", "<NomFamille>ADRDEUX<", "<Total>550.00</Total><Engagement>SIMULE-000001<"}[i], "block %d", i)
		assert.Contains(t, e.lit(), "repondu")
	}
}

func TestDemarrageRefuse(t *testing.T) {
	occupe, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer occupe.Close()
	for _, r := range []reglages{
		{adresse: "127.0.0.1", scenario: "normal"}, {adresse: "127.0.0.1:port", scenario: "normal"}, {adresse: "127.0.0.1:65535", scenario: "normal"},
		{adresse: "127.0.0.1:0", scenario: "inconnu"}, {adresse: occupe.Addr().String(), scenario: "normal"},
	} {
		r.dossier = t.TempDir()
		assert.Error(t, r.sert(t.Context(), strings.NewReader(""), io.Discard), r.adresse)
	}
}
