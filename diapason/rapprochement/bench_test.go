package rapprochement_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// jeu makes n receipts and n lines: one third with an operation, one third in
// remittances of ten, one third with amount and day alone.
func jeu(n int) rapprochement.Entree {
	g := rand.New(rand.NewPCG(1, 2))
	e := rapprochement.Entree{Fenetre: rapprochement.Fenetre{Apres: 2}}
	var ls []rapprochement.Ligne
	var remise simphonie.Montant
	for i := range n {
		m, jour := simphonie.Montant(100+g.IntN(1_000_000)), g.IntN(200)
		switch {
		case i < n/3:
			c := rapprochement.Cles{Operation: fmt.Sprintf("op-%d-%d", i, g.IntN(1000))}
			e.Attendus = append(e.Attendus, attendu(fmt.Sprint("A", i), m, jour, c))
			ls = append(ls, ligne(len(ls)+1, m, jour+1, c))
		case i < n/3*2:
			r := i / 10
			c := rapprochement.Cles{Contrat: "1234567", Remise: fmt.Sprint(r)}
			e.Attendus = append(e.Attendus, attendu(fmt.Sprint("A", i), m, r%200, c))
			if remise += m; i%10 == 9 {
				ls = append(ls, ligne(len(ls)+1, remise, r%200+1, c))
				remise = 0
			}
		default:
			e.Attendus = append(e.Attendus, attendu(fmt.Sprint("A", i), m, jour, rapprochement.Cles{}))
			ls = append(ls, ligne(len(ls)+1, m, jour+2, rapprochement.Cles{}))
		}
	}
	g.Shuffle(len(ls), func(i, j int) { ls[i], ls[j] = ls[j], ls[i] })
	g.Shuffle(n, func(i, j int) { e.Attendus[i], e.Attendus[j] = e.Attendus[j], e.Attendus[i] })
	e.Releves = []rapprochement.Releve{releve("R", ls...)}
	return e
}

// pareils makes n receipts and n lines of the same amount and day, with the
// keys that make the matcher look the longest.
func pareils(n int, cles func(i int, ligne bool) rapprochement.Cles) rapprochement.Entree {
	e := rapprochement.Entree{Fenetre: rapprochement.Fenetre{Avant: 5, Apres: 5}}
	var ls []rapprochement.Ligne
	for i := range n {
		e.Attendus = append(e.Attendus, attendu(fmt.Sprint("A", i), 2000, 0, cles(i, false)))
		ls = append(ls, ligne(i+1, 2000, 0, cles(i, true)))
	}
	e.Releves = []rapprochement.Releve{releve("R", ls...)}
	return e
}

var adverses = map[string]func(i int, ligne bool) rapprochement.Cles{
	"pareils":     func(int, bool) rapprochement.Cles { return rapprochement.Cles{} },
	"meme_remise": func(int, bool) rapprochement.Cles { return rapprochement.Cles{Contrat: "1", Remise: "1"} },
	"meme_accord": func(int, bool) rapprochement.Cles { return rapprochement.Cles{Accord: "1"} },
	"references_contraires": func(i int, l bool) rapprochement.Cles {
		return rapprochement.Cles{Contrat: "1", Reference: fmt.Sprint(l, i)}
	},
}

// doublonsRendus makes one receipt that is paid n times and gives n payments back.
func doublonsRendus(n int) rapprochement.Entree {
	c := rapprochement.Cles{Reference: "X"}
	e := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 100, 0, c)}}
	var ls []rapprochement.Ligne
	for i := range n {
		ls = append(ls, ligne(2*i+1, 100, 0, c), ligne(2*i+2, -100, 1, c))
	}
	e.Releves = []rapprochement.Releve{releve("R", ls...)}
	return e
}

func BenchmarkRapprocher(b *testing.B) {
	mesure := func(nom string, e rapprochement.Entree) {
		b.Run(nom, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rapprochement.Rapprocher(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	const n = 100_000
	mesure("courant", jeu(n))
	mesure("doublons_rendus", doublonsRendus(n/2))
	for nom, c := range adverses {
		mesure(nom, pareils(n, c))
	}
}
