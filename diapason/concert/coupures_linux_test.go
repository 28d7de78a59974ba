package concert

import (
	"context"
	"io"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
)

func ouvreTTY(_ context.Context, chemin string) (io.ReadWriteCloser, error) {
	return os.OpenFile(chemin, os.O_RDWR|syscall.O_NOCTTY, 0)
}

// A payment by a real file of a serial line.
func TestPTY(t *testing.T) {
	terminal := diapasontest.NewTerminal()
	pty, err := diapasontest.OuvrePTY()
	require.NoError(t, err)
	defer pty.Close()
	go terminal.SertSerie(pty)
	c, ferme := caisseDe(t, t.TempDir(), pty.Chemin, "", ouvreTTY)
	defer ferme.Close()
	require.NoError(t, terminal.Enfile("accepte", "refuse"))
	res, err := c.Encaisse(t.Context(), ordre("P-1", 5510)) // its LRC is ACK
	require.NoError(t, err)
	require.Equal(t, Faite, res.Issue)
	res, err = c.Encaisse(t.Context(), ordre("P-2", 1250))
	require.NoError(t, err)
	require.Equal(t, NonFaite, res.Issue)
	require.Equal(t, []diapasontest.Mouvement{{Operation: "debit", Reference: "P-1", Caisse: "01", Montant: simphonie.Montant(5510)}}, terminal.Mouvements())
}

func TestCoupuresPTY(t *testing.T) {
	if enfant(t, ouvreTTY) {
		return
	}
	terminal := diapasontest.NewTerminal()
	terminal.Cadence(200 * time.Millisecond)
	pty, err := diapasontest.OuvrePTY()
	require.NoError(t, err)
	defer pty.Close()
	go terminal.SertSerie(pty)
	coupures(t, terminal, pty.Chemin, 200, ouvreTTY)
}
