package concert

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/journal"
)

// Points where a process is killed.
var points = []string{"avant l'intention", "intention → envoi", "pendant l'envoi", "envoi → réponse", "pendant la réponse", "réponse → résultat", "après le résultat"}

const roleEnfant = "SIMPHONIE_TPE_ENFANT"

// mortel kills this process at its point: around the writes of the journal, and
// on the line.
type mortel struct {
	journal.Magasin
	point     string
	ecritures int
}

func (m *mortel) tue(point string) {
	if m.point == point {
		moi, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = moi.Kill()
		}
		panic(fmt.Sprint("still alive: ", err))
	}
}

func (m *mortel) Modifie(ctx context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	m.ecritures++
	premiere := m.ecritures == 1
	m.tue(map[bool]string{true: "avant l'intention", false: "réponse → résultat"}[premiere])
	err := m.Magasin.Modifie(ctx, c, f)
	m.tue(map[bool]string{true: "intention → envoi", false: "après le résultat"}[premiere])
	return err
}

// ligneMortelle kills around a long write, and after some bytes of the answer.
type ligneMortelle struct {
	io.ReadWriteCloser
	m   *mortel
	lus int
}

func (l *ligneMortelle) Write(b []byte) (int, error) {
	if len(b) == 1 {
		n, err := l.ReadWriteCloser.Write(b)
		if b[0] == eot {
			l.m.tue("envoi → réponse")
		}
		return n, err
	}
	if l.m.point == "pendant l'envoi" {
		l.ReadWriteCloser.Write(b[:len(b)/2])
		l.m.tue(l.m.point)
	}
	n, err := l.ReadWriteCloser.Write(b)
	if b[0] != stx {
		l.m.tue("envoi → réponse")
	}
	return n, err
}

func (l *ligneMortelle) Read(b []byte) (int, error) {
	n, err := l.ReadWriteCloser.Read(b[:min(len(b), 8)])
	if l.lus += n; l.lus > 10 {
		l.m.tue("pendant la réponse")
	}
	return n, err
}

// connMortelle is the same, on the network.
type connMortelle struct {
	net.Conn
	ligne *ligneMortelle
}

func (c connMortelle) Read(b []byte) (int, error)  { return c.ligne.Read(b) }
func (c connMortelle) Write(b []byte) (int, error) { return c.ligne.Write(b) }

type ouvrePort func(context.Context, string) (io.ReadWriteCloser, error)

// caisseDe is a cash desk on a journal in a file. serie opens the line; without
// it the terminal is on the network.
func caisseDe(t *testing.T, dir, adresse, point string, serie ouvrePort) (*Caisse, io.Closer) {
	f, err := journal.OuvreFichier(filepath.Join(dir, "journal"))
	require.NoError(t, err)
	m := &mortel{Magasin: f, point: point}
	var l Liaison
	if serie == nil {
		l, err = NewTCP(TCP{V3: v3, Adresse: adresse, Connecte: func(ctx context.Context, reseau, a string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, reseau, a)
			if err != nil {
				return nil, err
			}
			return connMortelle{c, &ligneMortelle{ReadWriteCloser: c, m: m}}, nil
		}})
	} else {
		l, err = NewEPlus(func(ctx context.Context) (io.ReadWriteCloser, error) {
			p, err := serie(ctx, adresse)
			return &ligneMortelle{ReadWriteCloser: p, m: m}, err
		}, EPlus{})
	}
	require.NoError(t, err)
	c, err := New(Config{Liaison: l, Journal: journalSur(t, m), Terminal: "accueil-1", Numero: "01"})
	require.NoError(t, err)
	return c, f
}

// enfant makes the payment that it is told, and dies on the way.
func enfant(t *testing.T, serie ouvrePort) bool {
	role := os.Getenv(roleEnfant)
	if role == "" {
		return false
	}
	ordres := strings.Split(role, "|")
	require.Len(t, ordres, 4)
	c, ferme := caisseDe(t, ordres[0], ordres[1], ordres[2], serie)
	// On a machine under load the terminal may give up first: that is judged too.
	if _, err := c.Encaisse(t.Context(), ordre(ordres[3], 1250)); err == nil {
		t.Error("the process was not killed")
	}
	require.NoError(t, ferme.Close())
	return true
}

// coupures kills processes at every point, and judges after each by the ledger
// of the terminal: what it took is known as paid or is to be clarified, and in
// the end each payment was made once.
func coupures(t *testing.T, terminal *diapasontest.Terminal, adresse string, parPoint int, serie ouvrePort) {
	dir := t.TempDir()
	histogramme, points := map[string]int{}, points
	n, tues := 0, 0
	if os.Getenv("SIMPHONIE_COMPLET") == "" {
		points, parPoint = points[3:5:5], 1 // where the money is
	}
	for _, point := range points {
		for range parPoint {
			n++
			reference := fmt.Sprintf("P-%d", n)
			ctx, fin := context.WithTimeout(t.Context(), time.Minute)
			enfant := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
			enfant.Env = append(os.Environ(), roleEnfant+"="+strings.Join([]string{dir, adresse, point, reference}, "|"))
			var sortie bytes.Buffer
			enfant.Stdout, enfant.Stderr = &sortie, &sortie
			err := enfant.Run()
			fin()
			cle := point
			if err != nil {
				require.Empty(t, sortie.String(), point) // killed: nothing more was said
				tues++
			} else {
				cle += ", pas atteint"
			}
			histogramme[cle+" : "+jugeCoupure(t, terminal, dir, adresse, reference, serie)]++
		}
	}
	require.Greater(t, tues, n/2)
	ms := terminal.Mouvements()
	require.Len(t, ms, n)
	require.Empty(t, terminal.Doubles())
	for _, k := range slices.Sorted(maps.Keys(histogramme)) {
		t.Logf("%5d  %s", histogramme[k], k)
	}
}

func jugeCoupure(t *testing.T, terminal *diapasontest.Terminal, dir, adresse, reference string, serie ouvrePort) string {
	if serie == nil { // once this one is answered, the terminal knows of those before
		c, err := net.Dial("tcp", adresse)
		require.NoError(t, err)
		_, err = io.WriteString(c, "CZ0040300")
		require.NoError(t, err)
		_, err = c.Read(make([]byte, 100))
		require.NoError(t, err)
		require.NoError(t, c.Close())
	}
	terminal.Calme()
	if serie != nil { // what it called in vain is read by nobody else
		port, err := serie(t.Context(), adresse)
		require.NoError(t, err)
		l := ouvreLigne(port)
		l.tait(t.Context())
		l.ferme()
	}
	pris := slices.ContainsFunc(terminal.Mouvements(), func(m diapasontest.Mouvement) bool { return m.Reference == reference })
	c, ferme := caisseDe(t, dir, adresse, "", serie)
	defer func() { require.NoError(t, ferme.Close()) }()
	ss, err := c.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	dit := "absent"
	if res, err := c.Resultat(t.Context(), Debit, "V1", reference); err == nil {
		dit = res.Issue.String()
	} else {
		require.Equal(t, simphonie.Code("TPE-ABSENT"), code(t, err))
	}
	require.Equal(t, dit == "inconnue", len(ss) == 1)
	require.True(t, !pris || dit == "faite" || dit == "inconnue", "%s was taken and is %s", reference, dit)
	require.True(t, dit != "faite" || pris, "%s was not taken and is %s", reference, dit)
	if dit == "inconnue" {
		_, err = c.Encaisse(t.Context(), ordre(reference, 1250))
		require.Equal(t, simphonie.Code("TPE-A-CLARIFIER"), code(t, err))
		dit += ", puis " + tranche(t, c, terminal, reference).String()
	}
	// Under load the terminal may give up the next one too: it is decided again.
	for range 10 {
		res, err := c.Encaisse(t.Context(), ordre(reference, 1250))
		terminal.Calme()
		if res.Issue == Faite {
			require.Equal(t, pris, erreurs.Code(err) == "TPE-DEJA-FAIT", "%s: %v", reference, err)
			return dit
		}
		require.False(t, pris, "%s: %v", reference, err)
		if res.Issue == Inconnue && tranche(t, c, terminal, reference) == Effective {
			return dit
		}
	}
	require.Fail(t, "the payment was never made", reference)
	return dit
}

// tranche decides the one order that is unknown by the ledger of the terminal.
func tranche(t *testing.T, c *Caisse, terminal *diapasontest.Terminal, reference string) Verdict {
	ss, err := c.AClarifier(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, ss, 1)
	require.Equal(t, reference, ss[0].Reference)
	d := Decision{Verdict: SansEffet, Par: simphonie.NewConfidentiel("juge"), Preuve: simphonie.NewConfidentiel("registre")}
	if slices.ContainsFunc(terminal.Mouvements(), func(m diapasontest.Mouvement) bool { return m.Reference == reference }) {
		d.Verdict, d.Montant = Effective, 1250
	}
	ss[0].Jusque = time.Time{} // the terminal is calm: it has given up
	_, err = c.Decide(t.Context(), ss[0], d)
	require.NoError(t, err)
	return d.Verdict
}

func TestCoupuresTCP(t *testing.T) {
	if enfant(t, nil) {
		return
	}
	terminal := diapasontest.NewTerminal()
	adresse, err := terminal.Ecoute("127.0.0.1:0")
	require.NoError(t, err)
	defer terminal.Close()
	coupures(t, terminal, adresse, 200, nil)
}
