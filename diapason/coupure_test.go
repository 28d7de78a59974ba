package diapason_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
)

// points are where a process is killed: around each save, each write of the
// journal, and each call of a port before and after its effect.
var points = []string{"avant garde", "après garde", "avant intention", "après intention", "avant resultat", "après resultat", "avant decision", "après decision",
	"cree-accord avant", "cree-accord apres", "notifie avant", "notifie apres", "preleve avant", "preleve apres", "interroge avant", "interroge apres",
	"rembourse avant", "rembourse apres", "annule avant", "annule apres"}

const (
	enfantEnv = "SIMPHONIE_DIAPASON_ENFANT"
	dernier   = 24 // day at which a life is over
)

// mandats is how many lives a process leads side by side.
var mandats = func() int {
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		return 3
	}
	return 1
}()

var vieCoupee = vie{montant: 17_00, rembourse: 5_00}

// TestEnfant is the process that is killed: it does nothing in an ordinary run.
// It goes on from what is saved, day after day.
func TestEnfant(t *testing.T) {
	dir := os.Getenv(enfantEnv)
	if dir == "" {
		return
	}
	point := os.Getenv(enfantEnv + "_POINT")
	reste, err := strconv.Atoi(os.Getenv(enfantEnv + "_RANG"))
	require.NoError(t, err)
	jour, tours := reprise(t, dir)
	// A program that starts again does so some minutes later.
	s := nouveauDans(t, dir, diapasontest.Reglages{Debut: debut.AddDate(0, 0, jour).Add(time.Duration(tours) * 5 * time.Minute), Redouble: true, Fichier: filepath.Join(dir, "registre")})
	passe := func(ou string) {
		if ou != point {
			return
		}
		if reste--; reste < 0 {
			moi, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = moi.Kill()
			}
			t.Fatalf("not killed: %v", err)
			select {}
		}
	}
	s.b.passage, s.mag.passage = passe, passe
	s.p.Passage = func(o diapasontest.Operation, m diapasontest.Moment) { passe(string(o) + " " + string(m)) }
	s.n.Passage = s.p.Passage
	for ; jour <= dernier; jour++ {
		if jour >= 3 && jour <= 9 {
			s.p.AvanceJours(1)
			continue
		}
		require.NoError(t, remplace(filepath.Join(dir, "jour"), []byte(fmt.Sprintf("%d %d", jour, tours+1))))
		for i := range mandats {
			numero := fmt.Sprintf("M-%d", i)
			if m, err := s.b.lit(numero); err != nil || m.Revision == 0 {
				require.NoError(t, err)
				s.propose(numero)
			}
			s.jourA(numero, jour, vieCoupee)
		}
		s.p.AvanceJours(1)
	}
	require.NoError(t, remplace(filepath.Join(dir, "jour"), []byte(fmt.Sprintf("%d %d", jour, tours+1))))
}

// reprise tells on which day the process that was killed stood, and how often
// one was started.
func reprise(t *testing.T, dir string) (jour, tours int) {
	b, err := os.ReadFile(filepath.Join(dir, "jour"))
	if os.IsNotExist(err) {
		return 0, 0
	}
	require.NoError(t, err)
	_, err = fmt.Sscan(string(b), &jour, &tours)
	require.NoError(t, err)
	return jour, tours
}

// Killed at every named point, on the platform that would carry out a repeated
// order again: each mandate is debited once and paid back once, by the ledger.
func TestCoupures(t *testing.T) {
	parPoint, encore := 1, 1
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		parPoint, encore = 200, 3
	}
	graine := rand.Uint64()
	if g := os.Getenv("SIMPHONIE_GRAINE"); g != "" {
		var err error
		graine, err = strconv.ParseUint(g, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SIMPHONIE_GRAINE=%d", graine)
	h := rand.New(rand.NewPCG(graine, 1))
	tues := map[string]int{}
	for _, point := range points {
		for tues[point] < parPoint {
			dir := t.TempDir()
			if strings.HasPrefix(point, "interroge") || strings.HasSuffix(point, "decision") {
				// Only who was killed asks, and decides.
				avant := []string{"preleve avant", "après intention"}[h.IntN(2)]
				require.True(t, lance(t, dir, avant, h.IntN(mandats)), "%s: not killed", avant)
				require.True(t, lance(t, dir, point, 0), "%s: not killed", point)
				tues[point]++
			}
			for range encore { // killed again, elsewhere in the same lives, as long as it is there
				if !lance(t, dir, point, h.IntN(mandats)) {
					break
				}
				tues[point]++
			}
			require.False(t, lance(t, dir, "", 0))
			jugeDossier(t, dir, point)
		}
	}
	total := 0
	for _, point := range points {
		assert.GreaterOrEqual(t, tues[point], parPoint, point)
		total += tues[point]
	}
	t.Logf("%d kills: %v", total, tues)
}

// lance runs a process and says whether it was killed.
func lance(t *testing.T, dir, point string, rang int) bool {
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestEnfant$", "-test.count=1")
	c.Env = append(os.Environ(), enfantEnv+"="+dir, enfantEnv+"_POINT="+point, enfantEnv+"_RANG="+strconv.Itoa(rang))
	var sortie bytes.Buffer
	c.Stdout, c.Stderr = &sortie, &sortie
	err := c.Run()
	if err == nil {
		return false
	}
	require.Equal(t, -1, c.ProcessState.ExitCode(), "the child failed by itself at %s: %s", point, sortie.String())
	return true
}

// jugeDossier reads what all the processes left.
func jugeDossier(t *testing.T, dir, point string) {
	s := nouveauDans(t, dir, diapasontest.Reglages{Fichier: filepath.Join(dir, "registre")})
	for i := range mandats {
		numero := fmt.Sprintf("M-%d", i)
		m, err := s.b.lit(numero)
		require.NoError(t, err)
		r := s.p.Registre(numero)
		require.Equal(t, 1, r.NombreDebits, "%s %s: %s", point, numero, jsonDe(r))
		require.Equal(t, simphonie.Montant(17_00), r.Debits, point)
		require.Equal(t, 1, r.NombreRemboursements, "%s %s: %s", point, numero, jsonDe(r))
		require.Equal(t, simphonie.Montant(5_00), r.Remboursements, point)
		require.Empty(t, r.Violations, point)
		require.True(t, r.Clos && m.Clos, point)
		require.Equal(t, mandat.Rembourse, m.Etat, point)
		require.Empty(t, m.Dus(), point)
	}
	es, err := s.j.AClarifier(t.Context(), 100)
	require.NoError(t, err)
	require.Empty(t, es, "%s: what was asked is not to be clarified any more", point)
}
