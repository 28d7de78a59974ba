package concert

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/internal/erreurs"
)

type genre int

const (
	perd genre = iota // the byte is lost
	coupe
	retarde // past the end of the call
	double
	abime // one bit
	abimeHaut
	separe // what follows comes later
	perdTrame
	doubleTrame
	genres
)

func (g genre) String() string {
	return [...]string{"perd", "coupe", "retarde", "double", "abime", "abime haut", "separe", "perd la trame", "double la trame"}[g]
}

// trame says that a fault counts frames, not bytes.
func (g genre) trame() bool { return g == perdTrame || g == doubleTrame }

// faute is one fault at one byte, or one frame, of one direction.
type faute struct {
	versTerminal bool
	octet        int
	genre        genre
}

// fautive is a line with one fault.
type fautive struct {
	net.Conn
	faute
	mu         sync.Mutex
	ecrits     int
	lus        int
	touche     bool // the fault was met
	retenus    []byte
	pause      time.Duration // of separe; 0 = 100 ms
	dejaRetard bool
}

func (f *fautive) atteint(n int) {
	if f.genre.trame() && n > 0 {
		n = 1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.versTerminal {
		f.touche = f.touche || f.ecrits <= f.octet && f.octet < f.ecrits+n
		f.ecrits += n
	} else {
		f.touche = f.touche || f.lus <= f.octet && f.octet < f.lus+n
		f.lus += n
	}
}

// change gives what passes of bytes that start at an offset; coupee: nothing
// more passes.
func (f *fautive) change(b []byte, debut int) (passe []byte, coupee bool) {
	k := f.octet - debut
	if f.genre.trame() {
		if k == 0 && f.genre == perdTrame {
			return nil, false
		} else if k == 0 {
			return slices.Concat(b, b), false
		}
		return b, false
	}
	if k < 0 || k >= len(b) {
		return b, false
	}
	switch f.genre {
	case perd:
		return slices.Concat(b[:k], b[k+1:]), false
	case coupe:
		return b[:k], true
	case double:
		return slices.Concat(b[:k+1], b[k:]), false
	case abime, abimeHaut:
		c := slices.Clone(b)
		c[k] ^= map[genre]byte{abime: 0x01, abimeHaut: 0x10}[f.genre]
		return c, false
	}
	return b, false
}

func (f *fautive) attente() time.Duration {
	switch f.genre {
	case retarde:
		return time.Hour
	case separe:
		return cmp.Or(f.pause, 100*time.Millisecond)
	}
	return 0
}

func (f *fautive) Write(b []byte) (int, error) {
	if !f.versTerminal {
		return f.Conn.Write(b)
	}
	debut := f.ecrits
	f.atteint(len(b))
	passe, coupee := f.change(b, debut)
	if k := f.octet - debut; f.attente() > 0 && k >= 0 && k < len(b) {
		if _, err := f.Conn.Write(b[:k]); err != nil {
			return 0, err
		}
		time.Sleep(f.attente())
		passe = b[k:]
	}
	if len(passe) > 0 {
		if _, err := f.Conn.Write(passe); err != nil {
			return 0, err
		}
	}
	if coupee {
		f.Conn.Close() // and the writer does not know
	}
	return len(b), nil
}

func (f *fautive) Read(b []byte) (int, error) {
	if f.versTerminal {
		return f.Conn.Read(b)
	}
	if len(f.retenus) > 0 {
		if f.dejaRetard {
			time.Sleep(f.attente())
			f.dejaRetard = false
		}
		n := copy(b, f.retenus)
		f.retenus = f.retenus[n:]
		return n, nil
	}
	n, err := f.Conn.Read(b[:len(b)/2])
	debut := f.lus
	f.atteint(n)
	if k := f.octet - debut; f.attente() > 0 && k >= 0 && k < n {
		f.retenus, f.dejaRetard = slices.Clone(b[k:n]), true
		if k == 0 {
			return f.Read(b)
		}
		return k, nil
	}
	passe, coupee := f.change(b[:n], debut)
	passe = slices.Clone(passe)
	if coupee {
		f.Conn.Close()
		if len(passe) == 0 {
			return 0, net.ErrClosed
		}
	}
	copy(b, passe)
	if len(passe) == 0 && err == nil && n > 0 {
		return f.Read(b)
	}
	return len(passe), err
}

// Each single fault, at each byte of both directions, for each protocol and
// each kind of answer. Whatever it is, the patient has paid once in the end, and
// nothing that the ledger of the terminal holds is unknown to the cash desk.
func TestChaqueFaute(t *testing.T) {
	bilan := map[string]int{}
	for _, p := range protocoles {
		for _, c := range []diapasontest.Comportement{"accepte", "refuse"} {
			for _, versTerminal := range []bool{true, false} {
				for g := range genres {
					if p == parTCP && g == doubleTrame {
						continue // TCP delivers once
					}
					for octet := 0; ; octet += pas(p, g) {
						touche := false
						synctest.Test(t, func(t *testing.T) {
							var issue string
							touche, issue = uneFaute(t, p, c, faute{versTerminal, octet, g})
							if touche {
								bilan[issue]++
							}
						})
						if !touche || t.Failed() {
							break
						}
					}
				}
			}
		}
	}
	t.Log(bilan)
}

// pas is 1 in a complete run.
func pas(p protocole, g genre) int {
	switch {
	case g.trame() || os.Getenv("SIMPHONIE_COMPLET") != "":
		return 1
	case p == parTCP:
		return 5
	}
	return 13
}

func uneFaute(t *testing.T, p protocole, c diapasontest.Comportement, f faute) (touche bool, issue string) {
	nom := fmt.Sprintf("%s %s versTerminal=%v octet %d %s", p, c, f.versTerminal, f.octet, f.genre)
	b := nouveauBanc(t, p)
	require.NoError(t, b.terminal.Toujours(c))
	var ligne *fautive
	b.entre = func(c net.Conn) net.Conn {
		ligne = &fautive{Conn: c, faute: f}
		return ligne
	}
	res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	ligne.mu.Lock()
	touche = ligne.touche
	ligne.mu.Unlock()
	time.Sleep(2 * time.Hour) // whatever is late has come
	b.entre = nil
	var debits simphonie.Montant
	ms := b.terminal.Mouvements()
	require.LessOrEqual(t, len(ms), 1, nom)
	for _, m := range ms {
		if m.Operation == "debit" {
			debits += m.Montant
		}
	}
	ss, errListe := b.caisse.AClarifier(t.Context(), 9)
	require.NoError(t, errListe, nom)
	switch res.Issue {
	case Faite:
		require.NoError(t, err, nom)
		require.Equal(t, debits, res.Regle, nom)
		require.Empty(t, ss, nom)
	case NonFaite:
		require.Empty(t, ms, nom)
		require.Empty(t, ss, nom)
	default:
		require.Error(t, err, nom)
		require.Len(t, ss, 1, nom)
		ordres := b.terminal.Ordres()
		_, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		require.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), erreurs.Code(err), nom)
		_, err = b.caisse.Encaisse(t.Context(), ordre("P-2", 1250))
		require.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), erreurs.Code(err), nom)
		require.Equal(t, ordres, b.terminal.Ordres(), nom)
		d := Decision{Verdict: SansEffet, Par: simphonie.NewConfidentiel("juge"), Preuve: simphonie.NewConfidentiel("registre")}
		if debits > 0 {
			d.Verdict, d.Montant = Effective, debits
		}
		_, err = b.caisse.Decide(t.Context(), ss[0], d)
		require.NoError(t, err, nom)
	}
	require.NoError(t, b.terminal.Toujours("accepte"))
	fin, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	require.Equal(t, Faite, fin.Issue, nom)
	if debits > 0 {
		require.Equal(t, simphonie.Code("TPE-DEJA-FAIT"), erreurs.Code(err), nom)
		require.Equal(t, debits, fin.Regle, nom)
	} else {
		require.NoError(t, err, nom)
	}
	n := 0
	for _, m := range b.terminal.Mouvements() {
		if m.Operation == "debit" {
			n++
		}
	}
	require.Equal(t, 1, n, nom)
	assert.Empty(t, b.terminal.Doubles(), nom)
	return touche, res.Issue.String()
}
