package passerelle_test

import (
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// nue is a gateway of bodies alone.
func nue(t *testing.T, refus func(error) *passerelle.Faute) *essai {
	t.Helper()
	return lance(t, func(o *passerelle.Options) {
		o.SansEntete = &passerelle.SansEntete{Chemin: "/ici", Refus: refus,
			Identifiant: func(c *etree.Element) string { return c.SelectAttrValue("n", "") },
			Correle:     func(c *etree.Element, n string) { c.CreateAttr("n", n) }}
	})
}

func (e *essai) poste(dedans string) recu {
	e.Helper()
	r, err := e.mutuel.Post(e.s.URLTLSMutuel, `application/soap+xml; charset=utf-8; action="`+action+`"`,
		strings.NewReader(`<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope">`+dedans+`</S:Envelope>`))
	if err != nil {
		return recu{err: err}
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return recu{statut: r.StatusCode, corps: string(b), err: err}
}

func TestSansEntete(t *testing.T) {
	e := nue(t, nil)
	assert.Empty(t, e.s.URL, "mutual TLS alone")
	assert.True(t, strings.HasSuffix(e.s.URLTLSMutuel, "/ici"))
	const corps = `<S:Body><x n="7">QUI</x></S:Body>`
	r := e.poste(corps)
	assert.Equal(t, 200, r.statut)
	assert.Contains(t, r.corps, `<S:Body><e:Lu xmlns:e="urn:essai">ok</e:Lu></S:Body>`)
	assert.NotContains(t, r.corps, "Header")
	assert.Equal(t, "7", e.dernier().MessageID)
	assert.NotEmpty(t, e.dernier().Identite)
	for sc, voulu := range map[passerelle.Scenario]string{"sans-correlation": `n=""`, "correlation-fausse": `n="`, "faute:/x": `code="x" severite="erreur">`} {
		require.NoError(t, e.s.Enfile(passerelle.Cible{Identite: "QUI"}, sc))
		assert.Contains(t, e.poste(corps).corps, voulu, sc)
	}
	r = e.poste("<S:Header/>" + corps)
	assert.Equal(t, 500, r.statut)
	assert.Contains(t, r.corps, "sim:simulateur_soap")

	e = nue(t, func(err error) *passerelle.Faute { return &passerelle.Faute{Code: "a_moi", Message: err.Error()} })
	assert.Contains(t, e.poste("<S:Header/>"+corps).corps, `code="a_moi"`)
	assert.Equal(t, passerelle.Refuse, e.dernier().Issue)
}

// Without effect the service is not asked, even for a message that it would refuse.
func TestSansEffet(t *testing.T) {
	e := lance(t)
	require.NoError(t, e.s.Enfile(passerelle.Cible{Identite: "QUI"}, "vide", "sans-effet:http:503", "sans-effet:coupe-apres-lecture", "sans-effet:normal", "normal"))
	assert.Empty(t, e.appelle().corps)
	assert.Len(t, e.recues, 1)
	assert.Equal(t, 503, e.appelle().statut)
	assert.Error(t, e.appelle().err)
	assert.Contains(t, e.appelle().corps, "S:Receiver")
	assert.Equal(t, passerelle.Scenario("sans-effet:normal"), e.dernier().Scenario)
	assert.Equal(t, passerelle.Trouble, e.dernier().Issue)
	assert.Len(t, e.recues, 1, "none reached the service")
	assert.Equal(t, 200, e.appelle().statut)
	assert.Len(t, e.recues, 2)
	for _, sc := range []passerelle.Scenario{"sans-effet", "sans-effet:", "sans-effet:x", "sans-effet:http"} {
		assert.Error(t, e.s.Enfile(passerelle.Cible{}, sc), sc)
	}
}

// A service that refuses is never hidden by a draw, and a plan comes before one.
func TestHasard(t *testing.T) {
	h := &passerelle.Hasard{Graine: 3, ParMille: 1000, Scenarios: []passerelle.Scenario{"http:502"}}
	e := lance(t, func(o *passerelle.Options) { o.Hasard = h })
	assert.Equal(t, 502, e.appelle().statut)
	require.NoError(t, e.s.Enfile(passerelle.Cible{}, "vide"))
	assert.Equal(t, 200, e.appelle().statut)
	e.refuse(e.message().Remplace("COUVERTURE", "Couverture"), "contexte", "")
	h.Scenarios = []passerelle.Scenario{"coupe-avant-lecture"}
	_, err := passerelle.Demarre(passerelle.Options{Hasard: h})
	assert.Error(t, err, "a draw depends on whom the call is about")
	_, err = passerelle.Demarre(passerelle.Options{Hasard: &passerelle.Hasard{}})
	assert.Error(t, err)
}
