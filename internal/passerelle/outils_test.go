package passerelle_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/passerelle/brut"
	"github.com/simphonie/simphonie/internal/testpki"
)

const (
	action  = "urn:essai:1.0.0:lire"
	porteur = "899900063480"
)

// debut is when the clock of these tests starts.
var debut = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// horloge is a clock that tests move.
type horloge struct {
	mu sync.Mutex
	t  time.Time
}

func (h *horloge) maintenant() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.t
}

func (h *horloge) avance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.t = h.t.Add(d)
}

// essai is a gateway with one service, which answers <e:Lu>, and its callers.
type essai struct {
	*testing.T
	s      *passerelle.Serveur
	h      *horloge
	carte  *testpki.Identite
	mutuel *http.Client
	simple *http.Client
	recues []*passerelle.Requete
}

func lance(t *testing.T, modifie ...func(*passerelle.Options)) *essai {
	t.Helper()
	e := &essai{T: t, h: &horloge{t: debut}}
	var mu sync.Mutex
	o := passerelle.Options{Horloge: e.h.maintenant, Services: []passerelle.Service{{
		CNClients: []string{"ESSAI"},
		Identites: func(c *etree.Element) []string { return strings.Split(c.Text(), " ") },
		Actions: map[string]func(*passerelle.Requete) passerelle.Reponse{action: func(q *passerelle.Requete) passerelle.Reponse {
			mu.Lock()
			defer mu.Unlock()
			e.recues = append(e.recues, q)
			lu := etree.NewElement("e:Lu")
			lu.CreateAttr("xmlns:e", "urn:essai")
			lu.SetText("ok")
			return passerelle.Reponse{Corps: lu}
		}},
	}}}
	for _, m := range modifie {
		m(&o)
	}
	var err error
	e.s, err = passerelle.Demarre(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.s.Close()) })
	client, err := e.s.PKI().Client("ESSAI")
	require.NoError(t, err)
	e.carte, err = e.s.PKI().Carte(testpki.Porteur{Identifiant: porteur, Type: testpki.CPE})
	require.NoError(t, err)
	e.mutuel = brut.Client(e.s.PKI().Racines(), e.h.maintenant, client.TLS())
	e.simple = brut.Client(e.s.PKI().Racines(), e.h.maintenant)
	return e
}

// message is a right request without Security; emetteur is for mutual TLS.
func (e *essai) message() *brut.Message {
	return brut.Nouveau(action, `<e:Lire xmlns:e="urn:essai">QUI</e:Lire>`, passerelle.IDAMSimule, testpki.Structure, e.h.maintenant())
}

// parCarte is a right request with the assertion given, or a good one.
func (e *essai) parCarte(assertions ...string) *brut.Message {
	e.Helper()
	if len(assertions) == 0 {
		a, err := brut.Carte(e.carte.Certificat, e.carte.Cle, e.h.maintenant())
		require.NoError(e, err)
		assertions = []string{a}
	}
	return brut.Nouveau(action, `<e:Lire xmlns:e="urn:essai">QUI</e:Lire>`, passerelle.IDAMSimule, porteur, e.h.maintenant()).Avec(assertions...)
}

// dernier is the last call noted.
func (e *essai) dernier() passerelle.Appel {
	e.Helper()
	as := e.s.Appels()
	require.NotEmpty(e, as)
	return as[len(as)-1]
}

// accepte sends and wants an answer.
func (e *essai) accepte(m *brut.Message) {
	e.Helper()
	c, url := e.simple, e.s.URL
	if m.Securite == "" {
		c, url = e.mutuel, e.s.URLTLSMutuel
	}
	statut, corps, err := m.Poste(c, url)
	require.NoError(e, err)
	require.Equal(e, http.StatusOK, statut, "%s", e.dernier().Motif)
	assert.Contains(e, corps, `<e:Lu xmlns:e="urn:essai">ok</e:Lu>`)
}

// refuse sends, wants the fault of the simulator and gives the rule broken.
func (e *essai) refuse(m *brut.Message, code, motif string, quoi ...any) {
	e.Helper()
	c, url := e.simple, e.s.URL
	if m.Securite == "" {
		c, url = e.mutuel, e.s.URLTLSMutuel
	}
	avant := len(e.recues)
	statut, corps, err := m.Poste(c, url)
	require.NoError(e, err, quoi...)
	assert.Equal(e, http.StatusInternalServerError, statut, quoi...)
	assert.Contains(e, corps, ">sim:simulateur_"+code+"<", quoi...)
	assert.Contains(e, corps, `="urn:simphonie:simulateur"`, quoi...)
	assert.Contains(e, e.dernier().Motif, motif, quoi...)
	assert.Equal(e, passerelle.Refuse, e.dernier().Issue, quoi...)
	assert.Len(e, e.recues, avant, quoi...)
}
