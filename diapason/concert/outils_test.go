package concert

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log/slog"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/journal"
)

// memoire is a store as simple as can be; panne fails its nth write.
type memoire struct {
	mu    sync.Mutex
	cles  map[journal.Cle][]journal.Essai
	n     int
	panne int
	// apresIntention, if any, is called once, after the next intention is kept.
	apresIntention func()
}

func (m *memoire) Modifie(_ context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	m.mu.Lock()
	if apres := m.apresIntention; apres != nil {
		m.apresIntention = nil
		defer apres() // unlocked by then
	}
	defer m.mu.Unlock()
	if m.n++; m.n == m.panne {
		return io.ErrClosedPipe
	}
	etapes, err := f(slices.Clone(m.cles[c]))
	if err != nil {
		return err
	}
	for _, s := range etapes {
		if s.Essai > len(m.cles[c]) {
			m.cles[c] = append(m.cles[c], journal.Essai{Ref: journal.Ref{Cle: c}})
		}
		m.cles[c][s.Essai-1] = m.cles[c][s.Essai-1].Avec(s)
	}
	return nil
}

func (m *memoire) Lit(_ context.Context, c journal.Cle) ([]journal.Essai, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.cles[c]), nil
}

func (m *memoire) Liste(_ context.Context, f journal.Filtre) ([]journal.Essai, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var es []journal.Essai
	for _, c := range m.cles {
		for _, e := range c {
			if f.Retient(e) {
				e.Etapes = nil
				es = append(es, e)
			}
		}
	}
	slices.SortFunc(es, func(a, b journal.Essai) int {
		return cmp.Or(a.Debut.Compare(b.Debut), cmp.Compare(a.Cle.Venue, b.Cle.Venue))
	})
	return es[:min(len(es), f.Max)], nil
}

func trousseau(_ context.Context, venue string) ([]byte, error) {
	return bytes.Repeat([]byte{venue[0]}, 32), nil
}

func journalSur(t testing.TB, m journal.Magasin) *journal.Journal {
	t.Helper()
	j, err := journal.New(journal.Config{Magasin: m, Trousseau: trousseau, Delai: 5 * time.Minute})
	require.NoError(t, err)
	return j
}

var v3 = V3{Version: "0320", Identifiant: "012345678901"}

// banc is a cash desk, a simulated terminal, and what lies between.
type banc struct {
	testing.TB
	terminal *diapasontest.Terminal
	magasin  *memoire
	caisse   *Caisse
	sortie   bytes.Buffer // logs
	log      *slog.Logger
	// entre, if any, stands on the line of the next exchanges.
	entre func(net.Conn) net.Conn
}

func (b *banc) ligne(sert func(net.Conn)) net.Conn {
	ici, la := net.Pipe()
	go sert(la)
	if b.entre != nil {
		return b.entre(ici)
	}
	return ici
}

type protocole string

const (
	parTCP     protocole = "tcp"
	parEPlus   protocole = "e+"
	parRapport protocole = "e+ rapport"
	parV3Serie protocole = "v3 serie"
)

func (b *banc) liaison(p protocole) Liaison {
	serie := func(context.Context) (io.ReadWriteCloser, error) {
		return b.ligne(func(c net.Conn) { b.terminal.SertSerie(c) }), nil
	}
	var l Liaison
	var err error
	switch p {
	case parTCP:
		l, err = NewTCP(TCP{V3: v3, Adresse: "terminal", Connecte: func(context.Context, string, string) (net.Conn, error) { return b.ligne(b.terminal.Sert), nil }})
	case parV3Serie:
		l, err = NewV3Serie(serie, v3)
	default:
		l, err = NewEPlus(serie, EPlus{Rapport: p == parRapport})
	}
	require.NoError(b, err)
	return l
}

func nouveauBanc(t testing.TB, p protocole) *banc {
	b := &banc{TB: t, terminal: diapasontest.NewTerminal(), magasin: &memoire{cles: map[journal.Cle][]journal.Essai{}}}
	b.log = slog.New(slog.NewTextHandler(&b.sortie, nil))
	b.caisse = b.autreCaisse("accueil-1", p)
	return b
}

func (b *banc) autreCaisse(terminal string, p protocole) *Caisse {
	c, err := New(Config{Liaison: b.liaison(p), Journal: journalSur(b, b.magasin), Terminal: terminal, Numero: "01", Log: b.log})
	require.NoError(b, err)
	return c
}

func ordre(reference string, m simphonie.Montant) Ordre {
	return Ordre{Venue: "V1", Reference: reference, Montant: m}
}

func (b *banc) enfile(cs ...diapasontest.Comportement) {
	b.Helper()
	require.NoError(b, b.terminal.Enfile(cs...))
}
