package journaltest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/journal"
)

// Points where Coupures kills. Compaction is for a store that has
// Compacte(context.Context, time.Time) error.
const (
	AvantIntention  = "avant l'intention"
	IntentionEnvoi  = "intention → envoi"
	EnvoiResultat   = "envoi → résultat"
	PendantEcriture = "pendant une écriture"
	Compaction      = "compaction"
)

// Note tells Coupures where a store under test is about to kill its process.
func Note(ou string) { fmt.Println("note", ou) }

type compacteur interface {
	Compacte(ctx context.Context, avant time.Time) error
}

const (
	roleEnfant   = "SIMPHONIE_JOURNALTEST_ENFANT"
	parEnfant    = 3  // new exchanges of a process
	margeHorloge = 24 // hours by which the judge is late: whatever was sent has gone unanswered
)

// Coupures runs this test again in processes that make exchanges with the test
// itself, kills each of them parPoint times at every point, and judges after
// each kill by the ledger of the exchanges that really arrived:
//   - what was acknowledged is there;
//   - what arrived is never absent, nor held to have not left;
//   - the list to clarify is made of the exchanges without answer, and no other;
//   - once all are decided by the ledger, and the rest made, each arrived once.
//
// It must be called from a test of its own, before anything else.
func Coupures(t *testing.T, ouvre Ouverture, parPoint int, points ...string) {
	if dir := os.Getenv(roleEnfant); dir != "" {
		enfant(t, ouvre, dir)
		return
	}
	j := &juge{T: t, ouvre: ouvre, dir: t.TempDir(), arrives: map[int]int{}, ouverts: map[int]bool{}, histogramme: map[string]int{}}
	graine := uint64(time.Now().UnixNano())
	h := rand.New(rand.NewPCG(graine, 1))
	t.Logf("seed %d", graine)
	for _, p := range points {
		for range parPoint {
			j.tour(p, h)
		}
	}
	j.tour("", h) // the last one ends what is left
	require.Empty(t, j.ouverts)
	for i := range j.suivant {
		require.Equal(t, 1, j.arrives[i], "exchange %d", i)
	}
	t.Logf("%d exchanges, each arrived once", j.suivant)
	for _, k := range slices.Sorted(maps.Keys(j.histogramme)) {
		t.Logf("%5d  %s", j.histogramme[k], k)
	}
}

// juge is the other side of the exchanges, and judges what the journal says.
type juge struct {
	*testing.T
	ouvre       Ouverture
	dir         string
	suivant     int
	arrives     map[int]int    // the ledger: how often an exchange had its effect
	ouverts     map[int]bool   // exchanges that are not over
	acquis      map[int]string // what the process acknowledged in this round
	note        string         // where the store itself was killed
	histogramme map[string]int
}

// tour runs a process until it is killed, then judges.
func (j *juge) tour(point string, h *rand.Rand) {
	nouveaux := parEnfant
	if point == "" {
		nouveaux = 0
	}
	j.acquis, j.note = map[int]string{}, ""
	ordre := fmt.Sprintf("%s|%s|%d|%d|%d|%d\n", point, joint(j.ouverts), j.suivant, nouveaux, h.IntN(parEnfant), h.Uint32())
	for i := range nouveaux {
		j.ouverts[j.suivant+i] = true
	}
	j.suivant += nouveaux
	coupe := j.lance(ordre)
	require.Equal(j, point == "", coupe == -1, "the process was not killed where it should")
	j.juge(point, coupe)
}

// lance runs the process and answers it; it gives the exchange at which it
// said that it would be killed.
func (j *juge) lance(ordre string) int {
	coupe := -1
	ctx, fin := context.WithTimeout(j.Context(), time.Minute)
	defer fin()
	c := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+j.Name()+"$", "-test.count=1")
	c.Env = append(os.Environ(), roleEnfant+"="+j.dir)
	var erreurs bytes.Buffer
	c.Stderr = &erreurs
	entree, err := c.StdinPipe()
	require.NoError(j, err)
	sortie, err := c.StdoutPipe()
	require.NoError(j, err)
	require.NoError(j, c.Start())
	_, err = io.WriteString(entree, ordre)
	require.NoError(j, err)
	lignes := bufio.NewScanner(sortie)
	var reste []string
	for lignes.Scan() {
		mot, suite, _ := strings.Cut(lignes.Text(), " ")
		i, err := strconv.Atoi(suite)
		switch {
		case mot == "note":
			j.note = ", " + suite
		case err != nil:
			reste = append(reste, lignes.Text())
		case mot == "part":
			j.arrives[i]++
			io.WriteString(entree, "ok\n") // the process may be dead by then
		case mot == "coupe":
			coupe = i
		default:
			j.acquis[i] = mot
		}
	}
	err = c.Wait()
	require.NoError(j, ctx.Err())
	if coupe == -1 {
		require.NoError(j, err, "%s\n%s", strings.Join(reste, "\n"), erreurs.String())
	}
	return coupe
}

// juge reads the journal, compares it with the ledger and decides.
func (j *juge) juge(point string, coupe int) {
	m, ferme := j.ouvre(j, j.dir)
	defer func() { require.NoError(j, ferme.Close()) }()
	b := journalDe(j, m, margeHorloge*time.Hour)
	aClarifier := map[int]bool{}
	es, err := b.AClarifier(j.Context(), 1000)
	require.NoError(j, err)
	for _, e := range es {
		aClarifier[numero(e.Cle)] = true
	}
	vus := 0
	for _, i := range slices.Sorted(maps.Keys(j.ouverts)) {
		es, err := b.Lit(j.Context(), cle(i))
		require.NoError(j, err)
		dit := "absente"
		if len(es) > 0 {
			dit = es[len(es)-1].EtatA(time.Now().Add(margeHorloge * time.Hour)).String()
		}
		arrive := j.arrives[i] > 0
		require.LessOrEqual(j, j.arrives[i], 1, "exchange %d arrived twice", i)
		require.True(j, j.acquis[i] == "" || dit != "absente", "exchange %d: an acknowledged intention is lost", i)
		require.True(j, j.acquis[i] != "resultat" || dit == "faite", "exchange %d: an acknowledged result is lost: %s", i, dit)
		require.True(j, !arrive || dit == "faite" || dit == "inconnue", "exchange %d arrived and is %s", i, dit)
		require.True(j, dit != "faite" || arrive, "exchange %d did not arrive and is %s", i, dit)
		require.Equal(j, dit == "inconnue", aClarifier[i], "exchange %d, list to clarify", i)
		if dit == "inconnue" {
			vus++
			d := journal.Decision{Verdict: journal.SansEffet, Charge: texte("registre")}
			if arrive {
				d.Verdict = journal.Effective
			}
			require.NoError(j, b.Decision(j.Context(), es[len(es)-1].Ref, d))
			dit += ", then " + d.Verdict.String()
		}
		if i == coupe {
			j.histogramme[point+j.note+": "+dit]++
		}
		if arrive {
			delete(j.ouverts, i)
		}
	}
	require.Len(j, aClarifier, vus)
}

func journalDe(t testing.TB, m journal.Magasin, avance time.Duration) *journal.Journal {
	b := &banc{}
	j, err := journal.New(journal.Config{Magasin: m, Trousseau: b.trousseau, Horloge: func() time.Time { return time.Now().Add(avance) }})
	require.NoError(t, err)
	return j
}

func numero(c journal.Cle) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(c.Venue, "V"))
	return n
}

func joint(m map[int]bool) string {
	var s []string
	for _, i := range slices.Sorted(maps.Keys(m)) {
		s = append(s, strconv.Itoa(i))
	}
	return strings.Join(s, ",")
}
