package journaltest

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/journal"
)

// process is what Coupures kills.
type process struct {
	testing.TB
	*journal.Journal
	point    string
	victime  int // the exchange at which it is killed
	h        *rand.Rand
	reponses *bufio.Reader
}

// enfant resumes what is open, makes new exchanges, and is killed on the way.
func enfant(t *testing.T, ouvre Ouverture, dir string) {
	entree := bufio.NewReader(os.Stdin)
	ordre, err := entree.ReadString('\n')
	require.NoError(t, err)
	champs := strings.Split(strings.TrimSuffix(ordre, "\n"), "|")
	require.Len(t, champs, 6)
	n := func(i int) int {
		v, err := strconv.Atoi(champs[i])
		require.NoError(t, err)
		return v
	}
	m, ferme := ouvre(t, dir)
	p := &process{TB: t, Journal: journalDe(t, m, 0), point: champs[0], victime: n(2) + n(4), h: rand.New(rand.NewPCG(uint64(n(5)), 2)), reponses: entree}
	if p.point == "" {
		p.victime = -1
	}
	for _, s := range strings.Split(champs[1], ",") {
		if s != "" {
			i, err := strconv.Atoi(s)
			require.NoError(t, err)
			p.echange(i)
		}
	}
	for i := range n(3) {
		if c, ok := m.(compacteur); ok && p.point == Compaction && n(2)+i == p.victime {
			p.annonce()
			if p.h.IntN(4) == 0 {
				go p.tueAuHasard(15) // else the store kills itself, if it can
			} else {
				go func() { time.Sleep(time.Second); p.meurt() }()
			}
			for {
				require.NoError(t, c.Compacte(t.Context(), time.Now()))
			}
		}
		p.echange(n(2) + i)
	}
	require.NoError(t, ferme.Close())
	fmt.Println() // whatever the test prints next starts a line
}

// echange takes an exchange from where it stands to its result.
func (p *process) echange(i int) {
	p.tue(AvantIntention, i)
	if p.point == PendantEcriture && i == p.victime {
		p.annonce()
		go p.tueAuHasard(11)
	}
	r := p.prepare(i)
	fmt.Println("intention", i)
	if i%2 == 0 {
		p.tue(IntentionEnvoi, i)
	}
	require.NoError(p, p.Envoi(p.Context(), r))
	p.tue(IntentionEnvoi, i)
	fmt.Println("part", i) // it has left: the ledger of the other side has it
	if i%2 == 0 {
		p.tue(EnvoiResultat, i)
	}
	_, err := p.reponses.ReadString('\n')
	require.NoError(p, err)
	p.tue(EnvoiResultat, i)
	require.NoError(p, p.Resultat(p.Context(), r, journal.Resultat{Issue: journal.Faite, Charge: texte("accord")}))
	fmt.Println("resultat", i)
	if p.point == PendantEcriture && i == p.victime {
		select {} // the kill is on its way
	}
}

// prepare means the exchange, or finds it as a process before left it.
func (p *process) prepare(i int) journal.Ref {
	es, err := p.Lit(p.Context(), cle(i))
	require.NoError(p, err)
	if n := len(es); n > 0 && es[n-1].Etat == journal.Preparee {
		return es[n-1].Ref
	}
	r, err := p.Intention(p.Context(), intention(i))
	require.NoError(p, err)
	return r
}

// tue kills this process, for real, at its point.
func (p *process) tue(point string, i int) {
	if point == p.point && i == p.victime {
		p.annonce()
		p.meurt()
	}
}

func (p *process) annonce() { fmt.Println("coupe", p.victime) }

// tueAuHasard kills after up to 2^bits µs, as likely in each power of two.
func (p *process) tueAuHasard(bits int) {
	delai := time.Duration(p.h.IntN(2<<p.h.IntN(bits))) * time.Microsecond
	for debut := time.Now(); time.Since(debut) < delai; { // a sleep would be too coarse
		runtime.Gosched()
	}
	p.meurt()
}

func (p *process) meurt() {
	moi, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = moi.Kill()
	}
	require.NoError(p, err)
	select {}
}
