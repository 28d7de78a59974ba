package passerelle_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// recu is what a client got of a call.
type recu struct {
	statut int
	typ    string
	lieu   string
	corps  string
	err    error
}

func (e *essai) appelle() recu {
	e.Helper()
	m := e.message()
	rep, err := e.mutuel.Post(e.s.URLTLSMutuel, m.Type, strings.NewReader(m.Texte()))
	if err != nil {
		return recu{err: err}
	}
	defer rep.Body.Close()
	b, err := io.ReadAll(rep.Body)
	return recu{rep.StatusCode, rep.Header.Get("Content-Type"), rep.Header.Get("Location"), string(b), err}
}

func bienForme(s string) bool { return xml.Unmarshal([]byte(s), new(struct{})) == nil }

// What each scenario does to a call.
func TestScenarios(t *testing.T) {
	e := lance(t)
	normal := e.appelle()
	require.Equal(t, 200, normal.statut)
	require.Contains(t, normal.corps, "RelatesTo")
	for _, c := range []struct {
		sc   passerelle.Scenario
		juge func(r recu) bool
	}{
		{"normal", func(r recu) bool { return r.statut == 200 && len(r.corps) == len(normal.corps) }},
		{"lent:1ms", func(r recu) bool { return r.statut == 200 && bienForme(r.corps) }},
		{"coupe-avant-lecture", func(r recu) bool { return r.err != nil && r.statut == 0 }},
		{"coupe-apres-lecture", func(r recu) bool { return r.err != nil && r.statut == 0 }},
		{"coupe-au-milieu", func(r recu) bool { return r.err != nil && r.statut == 200 && len(r.corps) == len(normal.corps)/2 }},
		{"tronque", func(r recu) bool {
			return r.err == nil && r.statut == 200 && len(r.corps) == len(normal.corps)*2/3 && !bienForme(r.corps)
		}},
		{"vide", func(r recu) bool { return r.err == nil && r.statut == 200 && r.corps == "" }},
		{"correlation-fausse", func(r recu) bool {
			return r.statut == 200 && strings.Contains(r.corps, "RelatesTo") && bienForme(r.corps)
		}},
		{"sans-correlation", func(r recu) bool {
			return r.statut == 200 && !strings.Contains(r.corps, "RelatesTo") && bienForme(r.corps)
		}},
		{"prefixes:melange", func(r recu) bool {
			return strings.Contains(r.corps, "<soap:Envelope ") && strings.Contains(r.corps, "<env:Body>") && bienForme(r.corps)
		}},
		{"prefixes:env", func(r recu) bool { return strings.Contains(r.corps, "<env:Envelope ") && bienForme(r.corps) }},
		{"faute:siram_40/desir_1020", func(r recu) bool {
			return r.statut == 500 && r.typ == "application/soap+xml; charset=utf-8" && strings.Contains(r.corps, "S:Receiver") && strings.Contains(r.corps, `code="desir_1020" severite="fatale"`)
		}},
		{"faute:siram_40/insi_102:melange", func(r recu) bool {
			return r.statut == 500 && strings.Contains(r.corps, "<env:Value>soap:siram_40</env:Value>") && strings.Contains(r.corps, `severite="fatal"`) &&
				strings.Contains(r.corps, `xml:lang="fr">`+"\n") && bienForme(r.corps)
		}},
		{"faute:siram_100/desir_550:croise", func(r recu) bool {
			return strings.Contains(r.corps, "S:Sender") && strings.Contains(r.corps, "<soap:Envelope") && bienForme(r.corps)
		}},
		{"faute:siram_999/zzz_1", func(r recu) bool {
			return strings.Contains(r.corps, "S:siram_999") && strings.Contains(r.corps, `code="zzz_1"`)
		}},
		{"faute:siram_40", func(r recu) bool {
			return strings.Contains(r.corps, "S:siram_40") && !strings.Contains(r.corps, "Detail")
		}},
		{"http:502", func(r recu) bool {
			return r.statut == 502 && strings.HasPrefix(r.typ, "text/html") && strings.HasPrefix(r.corps, "<html>")
		}},
		{"http:429", func(r recu) bool { return r.statut == 429 && !bienForme(r.corps) }},
		{"redirection:https://ailleurs.invalid/lps", func(r recu) bool { return r.statut == 302 && r.lieu == "https://ailleurs.invalid/lps" }},
		{"type-faux", func(r recu) bool {
			return r.statut == 200 && strings.HasPrefix(r.typ, "text/html") && bienForme(r.corps)
		}},
		{"enorme:2", func(r recu) bool { return len(r.corps) == len(normal.corps)+2<<20 && bienForme(r.corps) }},
		{"doctype", func(r recu) bool { return strings.Contains(r.corps, "<!DOCTYPE") && bienForme(r.corps) }},
		{"latin1", func(r recu) bool {
			return strings.Contains(r.corps, `encoding="ISO-8859-1"`) && strings.Contains(r.corps, "ok")
		}},
		{"profond", func(r recu) bool { return strings.Count(r.corps, "<x>") == 100_000 }},
	} {
		require.NoError(t, e.s.Enfile(passerelle.Cible{}, c.sc))
		r := e.appelle()
		assert.True(t, c.juge(r), "%s: %d %s %v %.300s", c.sc, r.statut, r.typ, r.err, r.corps)
		assert.Equal(t, c.sc, e.dernier().Scenario)
	}
	assert.Equal(t, 200, e.appelle().statut, "the queue is empty")
}

func TestScenariosRefuses(t *testing.T) {
	e := lance(t)
	for _, sc := range []passerelle.Scenario{"", "inconnu", "lent", "lent:beaucoup", "lent:-1s", "normal:x", "http:9", "http:x", "faute", "faute:", "faute:siram_40/x:inconnu",
		"prefixes:x", "redirection", "enorme", "enorme:x", "enorme:-1", "vide:x", "correlation-fausse:x"} {
		assert.Error(t, e.s.Scenario(passerelle.Cible{}, sc), sc)
		assert.Error(t, e.s.Enfile(passerelle.Cible{}, "normal", sc), sc)
	}
	assert.Error(t, e.s.Enfile(passerelle.Cible{Identite: "QUI"}, "coupe-avant-lecture"), "nobody is known before the body is read")
	_, err := passerelle.Demarre(passerelle.Options{Scenario: "inconnu"})
	assert.Error(t, err)
	_, err = passerelle.Demarre(passerelle.Options{Adresse: "127.0.0.1:99999"})
	assert.Error(t, err)
}

// A state holds until changed, a queue is used up, a target is aimed at alone.
func TestCiblesEtFiles(t *testing.T) {
	e := lance(t, func(o *passerelle.Options) { o.Scenario = "http:503" })
	assert.Equal(t, 503, e.appelle().statut)
	assert.Equal(t, 503, e.appelle().statut)
	require.NoError(t, e.s.Enfile(passerelle.Cible{}, "normal", "http:502"))
	assert.Equal(t, []int{200, 502, 503}, []int{e.appelle().statut, e.appelle().statut, e.appelle().statut})
	require.NoError(t, e.s.Scenario(passerelle.Cible{}, "normal"))
	require.NoError(t, e.s.Scenario(passerelle.Cible{Identite: "UN AUTRE"}, "http:504"))
	assert.Equal(t, 200, e.appelle().statut)
	require.NoError(t, e.s.Enfile(passerelle.Cible{Identite: "QUI"}, "http:504"))
	require.NoError(t, e.s.Enfile(passerelle.Cible{Action: "urn:autre"}, "http:505"))
	assert.Equal(t, []int{504, 200}, []int{e.appelle().statut, e.appelle().statut})
	require.NoError(t, e.s.Scenario(passerelle.Cible{Action: action}, "http:505"))
	assert.Equal(t, 505, e.appelle().statut)
}

// The target named last comes first, one that was known already too; a queue
// comes before the state of its own target, and hides others for its calls only.
func TestDerniereCibleNommee(t *testing.T) {
	e := lance(t, func(o *passerelle.Options) { o.Scenario = "http:503" })
	qui := passerelle.Cible{Identite: "QUI"}
	require.NoError(t, e.s.Scenario(qui, "http:504"))
	assert.Equal(t, 504, e.appelle().statut)
	require.NoError(t, e.s.Enfile(passerelle.Cible{}, "http:505", "http:506"))
	assert.Equal(t, []int{505, 506, 504}, []int{e.appelle().statut, e.appelle().statut, e.appelle().statut})
	require.NoError(t, e.s.Enfile(passerelle.Cible{}, "http:505"))
	require.NoError(t, e.s.Scenario(passerelle.Cible{}, "normal"))
	assert.Equal(t, []int{505, 200}, []int{e.appelle().statut, e.appelle().statut}, "normal for all ends what was aimed at one")
	require.NoError(t, e.s.Scenario(qui, "http:504"))
	assert.Equal(t, 504, e.appelle().statut)
}

// A refusal of the simulator is never hidden by a scenario.
func TestLeRefusPasseAvant(t *testing.T) {
	e := lance(t)
	require.NoError(t, e.s.Scenario(passerelle.Cible{}, "http:503"))
	e.refuse(e.message().Remplace("COUVERTURE", "Couverture"), "contexte", "")
}

// Close does not wait for a slow answer.
func TestCloseCoupeLaLenteur(t *testing.T) {
	recue := make(chan passerelle.Appel, 1)
	e := lance(t, func(o *passerelle.Options) { o.Scenario, o.Trace = "lent:1h", func(a passerelle.Appel) { recue <- a } })
	fini := make(chan recu)
	go func() { fini <- e.appelle() }()
	<-recue
	require.NoError(t, e.s.Close())
	r := <-fini
	assert.Error(t, r.err)
	_, err := http.Get("https://" + strings.TrimPrefix(e.s.URL, "https://"))
	assert.Error(t, err)
}

// A simulated service that gives nothing is a fault, not a crash.
func TestServiceMuet(t *testing.T) {
	e := lance(t, func(o *passerelle.Options) {
		o.Services[0].Identites = nil
		o.Services[0].Actions[action] = func(*passerelle.Requete) passerelle.Reponse { return passerelle.Reponse{} }
	})
	r := e.appelle()
	assert.Equal(t, 500, r.statut)
	assert.Contains(t, r.corps, "simulateur_service")
	assert.Empty(t, e.dernier().Identite)
}
