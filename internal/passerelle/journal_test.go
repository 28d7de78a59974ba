package passerelle_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

const secret = "CANARI2751263220749"

// Whatever a message holds, wherever it holds it, nothing of it stands in the
// journal, in the counters or in a refusal.
func TestJournalMasque(t *testing.T) {
	var mu sync.Mutex
	var traces []passerelle.Appel
	e := lance(t, func(o *passerelle.Options) {
		o.Trace = func(a passerelle.Appel) { mu.Lock(); defer mu.Unlock(); traces = append(traces, a) }
	})
	juste := e.message().Remplace("QUI", secret)
	e.accepte(juste)
	e.accepte(e.parCarte().Remplace("QUI", secret))
	const n = 40
	textes := []func(*brut.Message) *brut.Message{}
	for _, ou := range []string{"01_02", "01_00", "uuid:", ">" + action + "<", "<ctxbam:COUVERTURE/>", "CTXBAM", "ContexteLPS ", "IDAM", "e:Lire",
		passerelle.IDAMSimule, testpki.Structure, "<soap:Body>", "application/soap", "utf-8", "<ctxlps:Version>"} {
		textes = append(textes,
			func(m *brut.Message) *brut.Message { return m.Remplace(ou, secret) },
			func(m *brut.Message) *brut.Message { return m.Remplace(ou, ou+secret) },
			func(m *brut.Message) *brut.Message { return m.Remplace(ou, "<"+secret+">"+ou) })
	}
	require.Greater(t, len(textes), n)
	for i, change := range textes {
		_, corps, err := change(e.message()).Poste(e.mutuel, e.s.URLTLSMutuel)
		require.NoError(t, err)
		if strings.Contains(corps, "Fault") {
			assert.NotContains(t, corps, secret, "%d", i)
		}
	}
	e.refuse(e.parCarte(e.signe("750100125", secret+"</saml2:AttributeValue><saml2:AttributeValue>")), "assertion", "AttributeValue")
	e.refuse(e.parCarte(e.signe("CN=", secret+"=")), "assertion", "Issuer")
	vu := canari.Montre(e.s.Appels()) + canari.Montre(e.s.Compteurs()) + canari.Montre(traces)
	assert.NotContains(t, vu, "CANARI")
	assert.NotContains(t, vu, "2751263220749")
	assert.Contains(t, vu, "value of another form", "the journal was captured")
	assert.Len(t, traces, len(e.s.Appels()))
}

// The ledger counts what reached a service, by person, under a digest.
func TestCompteurs(t *testing.T) {
	e := lance(t)
	e.accepte(e.message())
	e.accepte(e.message())
	e.accepte(e.message().Remplace("QUI", "LUI"))
	e.refuse(e.message().Remplace("COUVERTURE", "Couverture"), "contexte", "")
	require.NoError(t, e.s.Enfile(passerelle.Cible{}, "coupe-apres-lecture"))
	require.Error(t, e.appelle().err)
	assert.Equal(t, map[passerelle.Compteur]int{
		{Action: action, Identite: e.s.Empreinte("QUI")}: 3,
		{Action: action, Identite: e.s.Empreinte("LUI")}: 1,
	}, e.s.Compteurs())
	assert.NotEqual(t, e.s.Empreinte("QUI"), lance(t).s.Empreinte("QUI"), "another server, another digest")
	var issues []passerelle.Issue
	for i, a := range e.s.Appels() {
		assert.Equal(t, i+1, a.Rang)
		assert.Equal(t, debut, a.Quand)
		issues = append(issues, a.Issue)
	}
	assert.Equal(t, []passerelle.Issue{passerelle.Repondu, passerelle.Repondu, passerelle.Repondu, passerelle.Refuse, passerelle.Trouble}, issues)
	assert.Equal(t, strings.Count(e.s.Appels()[0].MessageID, "-"), 4)
}

// A message about several persons counts for each and is aimed at by any.
func TestPlusieursPersonnes(t *testing.T) {
	e := lance(t)
	require.NoError(t, e.s.Scenario(passerelle.Cible{Identite: "LUI"}, "coupe-apres-lecture"))
	_, _, err := e.message().Remplace("QUI", "QUI LUI").Poste(e.mutuel, e.s.URLTLSMutuel)
	require.Error(t, err)
	e.accepte(e.message().Remplace("QUI", "QUI ELLE"))
	assert.Equal(t, map[passerelle.Compteur]int{
		{Action: action, Identite: e.s.Empreinte("QUI")}:  2,
		{Action: action, Identite: e.s.Empreinte("LUI")}:  1,
		{Action: action, Identite: e.s.Empreinte("ELLE")}: 1,
	}, e.s.Compteurs())
	assert.Empty(t, e.s.Appels()[0].Identite)
}

// Many callers at once.
func TestEnParallele(t *testing.T) {
	e := lance(t)
	var g sync.WaitGroup
	for range 8 {
		g.Go(func() {
			for range 5 {
				assert.Equal(t, 200, e.appelle().statut)
				assert.NoError(t, e.s.Scenario(passerelle.Cible{Identite: "AUTRE"}, "vide"))
			}
		})
	}
	g.Wait()
	assert.Len(t, e.s.Appels(), 40)
}
