package concert

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/internal/canari"
)

// The answer to an order that was given up, pushed on the next connection, is not
// that of the order of the same amount that follows, whenever it comes.
func TestReponseTardive(t *testing.T) {
	const reponse = "CZ0040320AE00210CA00201CB0041250CD0010CE003978"
	for _, c := range []struct {
		pousse string
		apres  time.Duration
		issue  Issue
		cause  simphonie.Code
		ordres int
	}{
		{reponse, 0, NonFaite, "TPE-REPONSE-TARDIVE", 0},
		{"C", 0, NonFaite, "TPE-REPONSE-TARDIVE", 0},
		{reponse, time.Second, Inconnue, "TPE-ECART", 1}, // the order has left by then
		{reponse + "CF003P-0", time.Second, Inconnue, "TPE-ECART", 1},
		{"CZ0040320AE00201AF00204CF003P-0", time.Second, Inconnue, "TPE-ECART", 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := nouveauBanc(t, parTCP)
			b.enfile("muet")
			b.entre = func(versTerminal net.Conn) net.Conn {
				ici, la := net.Pipe()
				go func() { io.Copy(versTerminal, la); versTerminal.Close() }()
				go func() { time.Sleep(c.apres); io.WriteString(la, c.pousse) }()
				return ici
			}
			res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
			assert.Equal(t, []any{c.issue, c.cause}, []any{res.Issue, code(t, err)}, c.pousse)
			assert.NotEmpty(t, res.Texte())
			time.Sleep(time.Hour)
			assert.Equal(t, c.ordres, b.terminal.Ordres(), c.pousse)
		})
	}
}

// A terminal that hangs up before it is spoken to, on a real connection: nothing
// has left, and nobody has to decide.
func TestRaccroche(t *testing.T) {
	terminal := diapasontest.NewTerminal()
	adresse, err := terminal.Ecoute("127.0.0.1:0")
	require.NoError(t, err)
	defer terminal.Close()
	require.NoError(t, terminal.Enfile("avant-lecture"))
	b := nouveauBanc(t, parTCP)
	b.caisse.cfg.Liaison, err = NewTCP(TCP{V3: v3, Adresse: adresse})
	require.NoError(t, err)
	res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	assert.Equal(t, []any{NonFaite, simphonie.Code("TPE-CONNEXION")}, []any{res.Issue, code(t, err)})
	res, err = b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
	require.NoError(t, err)
	assert.Equal(t, Faite, res.Issue)
}

// endormi is the context of a machine that slept: its deadline is past on the
// wall, and it does not know.
type endormi struct{ context.Context }

func (endormi) Deadline() (time.Time, bool) { return time.Now().Add(-time.Second), true }

// While the machine slept somebody else may have decided, and sent again: nothing
// leaves any more.
func TestMachineEndormie(t *testing.T) {
	ici, la := net.Pipe()
	defer la.Close()
	l := ouvreLigne(ici)
	defer l.ferme()
	parti, err := l.ecrit(endormi{t.Context()}, []byte{enq})
	assert.False(t, parti)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

// portTenu opens, or closes, when it is let to.
type portTenu struct {
	io.ReadWriteCloser
	laisse chan struct{}
	ferme  chan struct{}
}

func (p *portTenu) Close() error {
	p.ReadWriteCloser.Close()
	if p.laisse != nil {
		<-p.laisse
	}
	close(p.ferme)
	return nil
}

// A port that does not open, or does not close, does not hold the cash desk.
func TestPortTenu(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parEPlus)
		laisse := make(chan struct{})
		p := &portTenu{ferme: make(chan struct{})}
		var err error
		b.caisse.cfg.Liaison, err = NewEPlus(func(context.Context) (io.ReadWriteCloser, error) {
			<-laisse
			p.ReadWriteCloser = b.ligne(func(c net.Conn) { b.terminal.SertSerie(c) })
			return p, nil
		}, EPlus{})
		require.NoError(t, err)
		debut := time.Now()
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		assert.Equal(t, []any{NonFaite, simphonie.Code("TPE-CONNEXION")}, []any{res.Issue, code(t, err)})
		assert.Equal(t, delaiDefaut, time.Since(debut))
		close(laisse)
		<-p.ferme // opened too late: closed
		assert.Zero(t, b.terminal.Ordres())
	})
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parEPlus)
		p := &portTenu{laisse: make(chan struct{}), ferme: make(chan struct{})}
		var err error
		b.caisse.cfg.Liaison, err = NewEPlus(func(context.Context) (io.ReadWriteCloser, error) {
			p.ReadWriteCloser = b.ligne(func(c net.Conn) { b.terminal.SertSerie(c) })
			return p, nil
		}, EPlus{})
		require.NoError(t, err)
		res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
		require.NoError(t, err)
		assert.Equal(t, Faite, res.Issue, "the answer is not lost with the port")
		close(p.laisse)
		<-p.ferme
	})
}

// faux is an error of a port that quotes what it read.
type faux struct{ Lu string }

func (f faux) Error() string { return "read " + f.Lu }

// The errors of a port show nothing of what they quote, wrapped or not.
func TestErreursDuPort(t *testing.T) {
	const carte = "4970101234567898"
	for _, err := range []error{
		faux{carte}, errors.New(carte), fmt.Errorf("read %s: %w", carte, io.EOF), fmt.Errorf("read %s: %w", carte, context.DeadlineExceeded),
		fmt.Errorf("read %s: %w", carte, context.Canceled), errors.Join(faux{carte}, io.ErrUnexpectedEOF),
		fmt.Errorf("read %s: %w", carte, erreur("TPE-DECODE", "", "x")), &simphonie.Erreur{Code: "X", Detail: carte},
	} {
		for _, e := range []error{panne(err), nonParti("TPE-CONNEXION", "x", causeSure(err))} {
			assert.False(t, strings.Contains(canari.Montre(e)+canari.Montre(errors.Join(e, e)), carte), "%T", err)
			assert.ErrorIs(t, e, err)
		}
	}
}

// The late answer to a payment is not that of an action without money.
func TestServiceReponseDUnAutre(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := nouveauBanc(t, parTCP)
		b.entre = func(versTerminal net.Conn) net.Conn {
			ici, la := net.Pipe()
			versTerminal.Close()
			go func() {
				la.Read(make([]byte, 200))
				io.WriteString(la, "CZ0040320AE00210CA00201CB0041250CD0010CE003978")
			}()
			return ici
		}
		_, err := b.caisse.Telecollecte(t.Context())
		assert.Equal(t, simphonie.Code("TPE-ECART"), code(t, err))
	})
}
