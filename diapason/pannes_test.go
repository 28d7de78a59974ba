package diapason_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
)

// frontiere is where a fault is put: the nth call of something.
type frontiere struct {
	op    diapasontest.Operation
	genre diapasontest.GenrePanne
	n     int
}

func (f frontiere) String() string { return fmt.Sprintf("%s %s %d", f.op, f.genre, f.n) }

const (
	gardeEchoue  diapasontest.Operation = "garde"
	journalAvant diapasontest.Operation = "journal avant"
	journalApres diapasontest.Operation = "journal après"
)

// frontieres are all of them: every call of every port, of the store and of the
// journal, with every fault, the first times.
func frontieres() []frontiere {
	var fs []frontiere
	for n := range 3 {
		for _, op := range []diapasontest.Operation{diapasontest.CreeAccord, diapasontest.Preleve, diapasontest.Interroge, diapasontest.Annule, diapasontest.Rembourse, diapasontest.Notifie} {
			for _, g := range diapasontest.GenresPanne {
				fs = append(fs, frontiere{op, g, n})
			}
		}
	}
	for n := range 14 {
		for _, op := range []diapasontest.Operation{gardeEchoue, journalAvant, journalApres} {
			fs = append(fs, frontiere{op, "", n})
		}
	}
	return fs
}

// pose puts faults in place.
func (s *banc) pose(fs ...frontiere) {
	type rangs map[int]bool
	par := map[diapasontest.Operation]rangs{}
	for _, f := range fs {
		if f.genre != "" {
			suite := make([]diapasontest.Panne, f.n+1)
			suite[f.n] = diapasontest.Panne{Genre: f.genre, Code: "51"}
			if f.op == diapasontest.Notifie {
				s.n.Programme(suite...)
			} else {
				s.p.Programme(f.op, suite...)
			}
			continue
		}
		if par[f.op] == nil {
			par[f.op] = rangs{}
		}
		par[f.op][f.n] = true
	}
	compte := func(op diapasontest.Operation) func() error {
		i := -1
		return func() error {
			if i++; par[op][i] {
				return errMagasin
			}
			return nil
		}
	}
	s.b.panne, s.mag.avant, s.mag.apres = compte(gardeEchoue), compte(journalAvant), compte(journalApres)
}

var vies = []vie{{montant: 17_00, rembourse: 5_00}, {montant: 50_00, corrige: 18_00}, {montant: 50_01}}

// Every single fault at every boundary, on the worst platform too: the ledger
// never holds two debits, nor one that it had to refuse, and the mandate always
// comes to an end that agrees with it.
func TestChaquePanne(t *testing.T) {
	fins := map[string]int{}
	for _, redouble := range []bool{false, true} {
		for _, v := range vies {
			for _, f := range frontieres() {
				quoi := fmt.Sprintf("%v, %v, redouble %v", f, v, redouble)
				s := nouveau(t, diapasontest.Reglages{Redouble: redouble})
				s.propose("M-1")
				s.pose(f)
				m := s.joue("M-1", 30, v)
				r := s.juge("M-1", m, quoi)
				fins[m.Etat.String()]++
				switch {
				case f.op == diapasontest.CreeAccord && f.genre == diapasontest.Refuse, f.op == diapasontest.Notifie && f.genre == diapasontest.Refuse,
					f.op == diapasontest.Preleve && f.genre == diapasontest.Refuse:
				case v.montant > 50_00:
					require.Equal(t, mandat.PlafondDepasse, m.Etat, quoi)
					require.True(t, m.Clos && r.Clos, quoi)
				default:
					require.Equal(t, 1, r.NombreDebits, quoi)
					require.True(t, m.Clos && r.Clos, "%s: the agreement stays open", quoi)
				}
				if v.rembourse > 0 && f.op != diapasontest.Rembourse && r.NombreDebits == 1 {
					require.Equal(t, v.rembourse, r.Remboursements, quoi)
				}
				require.Empty(t, enquetes(m), quoi)
			}
		}
	}
	t.Log(fins)
	assert.NotZero(t, fins["preleve"])
	assert.NotZero(t, fins["rembourse"])
	assert.NotZero(t, fins["refuse"])
	assert.NotZero(t, fins["sans-avis"])
}

// enquetes are the orders whose result is still not known.
func enquetes(m mandat.Mandat) []mandat.Effet {
	var es []mandat.Effet
	for _, e := range m.Dus() {
		if e.Genre == mandat.Interroger {
			es = append(es, e)
		}
	}
	return es
}

// Pairs of faults, at random: SIMPHONIE_GRAINE replays a run.
func TestPairesDePannes(t *testing.T) {
	n := 3000
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		n = 200_000
	}
	graine := rand.Uint64()
	if g := os.Getenv("SIMPHONIE_GRAINE"); g != "" {
		var err error
		graine, err = strconv.ParseUint(g, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SIMPHONIE_GRAINE=%d, %d mandates", graine, n)
	h := rand.New(rand.NewPCG(graine, 1))
	tous := frontieres()
	debits := 0
	for i := range n {
		v := vies[h.IntN(len(vies))]
		f, g := tous[h.IntN(len(tous))], tous[h.IntN(len(tous))]
		quoi := fmt.Sprintf("mandate %d: %v, then %v, %v", i, f, g, v)
		s := nouveau(t, diapasontest.Reglages{Redouble: h.IntN(2) == 0 && !tardifs(f, g)})
		s.propose("M-1")
		s.pose(f, g)
		m := s.joue("M-1", 30, v)
		debits += s.juge("M-1", m, quoi).NombreDebits
	}
	t.Logf("%d debits, none twice", debits)
	assert.Greater(t, debits, n/4)
}

// tardifs says that an enquiry may lie about an order: no client can help a
// platform that lies, and carries out the same reference twice.
func tardifs(fs ...frontiere) bool {
	for _, f := range fs {
		if f.genre == diapasontest.Absente {
			return true
		}
	}
	return false
}
