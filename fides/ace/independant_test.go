package ace_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// The threshold, the participation and the parts, written a second time from
// the rules: plain whole numbers, one pass a sentence of the text, nothing shared
// with the engine.

// fait is one line of the second writing.
type fait struct {
	sorte  byte // c CCAM, n NGAP, b biology, f ATU FFM SEx, p APE, d FSD
	code   tarif.Code
	champ  string // 1, 2 or nothing
	cents  int    // base
	coef   int    // NGAP, whole
	fois   int
	spec   string
	dent   bool
	groupe string
	ald    bool

	taux, exo, tmf int // exo is 0, 1, 3, 4, 5, 9 or 'C'
	lettre         byte
	mro, mrc       int
}

// patient is what the second writing knows of the rights.
type patient struct{ ald, c2s, ame, local, aspa, detenu, regimePaie bool }

func demiSup(cents, taux int) int { return (cents*taux*2 + 100) / 200 }

const tmfTest = 3200

// second gives every line its outcome; false when a participation passes its
// line, which no text settles.
func second(ls []*fait, p patient) bool {
	forfait := false
	for _, l := range ls {
		forfait = forfait || l.sorte == 'f'
	}
	for _, l := range ls {
		switch {
		case p.ame:
		case p.detenu:
			l.taux, l.exo = 100, '5'
			if l.ald && p.ald {
				l.exo = '4'
			}
		case l.ald && p.ald:
			l.taux, l.exo = 100, '4'
		}
	}
	libre := func(l *fait) bool { return l.exo == 0 && !p.ame && !p.detenu }
	invasif, sommeK := 0, 0
	for _, l := range ls {
		if l.sorte == 'c' && l.champ == "1" && libre(l) {
			invasif += l.cents
		}
		if l.sorte == 'n' && libre(l) {
			sommeK += l.coef
		}
	}
	touche := map[*fait]byte{} // by what it was exempted
	marque := func(l *fait, exo int, par byte) {
		if libre(l) {
			l.taux, l.exo = 100, exo
			touche[l] = par
		}
	}
	seul := func(l *fait) bool { return l.sorte == 'c' && l.champ == "2" && l.cents >= 12000 && libre(l) }
	if !forfait {
		// Judged before anything is marked: each kind looks at its own acts.
		var declenche []*fait
		for _, l := range ls {
			if seul(l) {
				declenche = append(declenche, l)
			}
		}
		ccam := len(declenche) > 0
		for _, l := range ls {
			if invasif >= 12000 && l.sorte == 'c' && l.champ == "1" && libre(l) {
				marque(l, 'C', 'i')
				ccam = true
			}
			if sommeK >= 60 && l.sorte == 'n' {
				marque(l, '1', 'k')
			}
		}
		for _, l := range declenche {
			marque(l, 'C', 's')
		}
		for _, l := range ls {
			if ccam && l.sorte == 'd' {
				marque(l, '3', 'd')
			}
		}
	} else {
		var cher *fait
		for _, l := range ls {
			if l.sorte == 'f' && libre(l) && (cher == nil || l.cents > cher.cents) {
				cher = l
			}
		}
		acte := func(l *fait) bool { return l.sorte == 'c' || l.sorte == 'n' || l.sorte == 'b' || l.sorte == 'd' }
		switch {
		case invasif >= 12000:
			for _, l := range ls {
				if acte(l) || l == cher {
					marque(l, 'C', 'i')
				} else if l.sorte == 'f' {
					marque(l, '3', 'i')
				}
			}
		case sommeK >= 60:
			for _, l := range ls {
				if l.sorte == 'c' {
					marque(l, '3', 'k')
				} else if acte(l) || l.sorte == 'f' {
					marque(l, '1', 'k')
				}
			}
		default:
			var declenche []*fait
			for _, l := range ls {
				if seul(l) {
					declenche = append(declenche, l)
				}
			}
			for _, l := range declenche {
				marque(l, '3', 's')
			}
			for _, l := range ls {
				if len(declenche) > 0 && l.sorte == 'f' {
					marque(l, '3', 's')
				}
			}
		}
	}
	// Participation.
	var porteurs []*fait
	if forfait {
		var porteur *fait
		for _, l := range ls {
			permis := false
			switch touche[l] {
			case 'i', 'k':
				permis = l.sorte == 'f'
			case 's':
				permis = l.sorte == 'c' && !l.dent && l.groupe != "ADI"
			}
			if permis && (porteur == nil || l.cents > porteur.cents) {
				porteur = l
			}
		}
		if porteur != nil {
			porteurs = append(porteurs, porteur)
		}
	} else {
		dentaire := false
		for _, l := range ls {
			dentaire = dentaire || l.dent
		}
		parSpec := map[string]*fait{}
		for _, l := range ls {
			if touche[l] == 0 || l.sorte == 'd' || l.groupe == "ADA" || l.groupe == "ADI" || dentaire {
				continue
			}
			if q := parSpec[l.spec]; q == nil || l.cents > q.cents {
				parSpec[l.spec] = l
			}
		}
		for _, l := range parSpec {
			porteurs = append(porteurs, l)
		}
	}
	bon := true
	if !p.aspa && !p.detenu && !p.ame {
		for _, l := range porteurs {
			switch {
			case p.local:
				l.lettre = 'L'
			case p.regimePaie:
				l.lettre = 'R'
			default:
				l.lettre, l.tmf = 'A', tmfTest
				bon = bon && l.tmf <= l.cents
			}
			if forfait && touche[l] == 's' {
				l.lettre = ' '
			}
		}
	}
	for _, l := range ls {
		if l.lettre == 0 {
			l.lettre = ' '
		}
		if p.ame {
			l.mro, l.mrc = 0, l.cents
			continue
		}
		if l.exo == 0 {
			l.taux = 70
			if l.sorte == 'b' {
				l.taux = 60
			}
			if forfait || l.sorte == 'p' {
				l.taux = 80
			}
			if ape(ls) {
				l.taux = 80
			}
			switch {
			case p.local:
				l.taux = 90
				if forfait || ape(ls) {
					l.taux = 100
				}
			case p.aspa:
				l.taux, l.exo = 80, '9'
			}
		}
		l.mro = demiSup(l.cents, l.taux) - l.tmf
		l.mrc = l.cents - demiSup(l.cents, l.taux)
		if p.c2s {
			l.mrc += l.tmf
		}
	}
	// The second SE of the AME keeps a code when the invasive threshold is reached.
	if p.ame && forfait {
		somme, n := 0, 0
		var cher *fait
		for _, l := range ls {
			if l.sorte == 'c' && l.champ == "1" {
				somme += l.cents
			}
			if l.sorte == 'f' && l.code[0] == 'S' {
				n++
				if cher == nil || l.cents > cher.cents {
					cher = l
				}
			}
		}
		for _, l := range ls {
			if somme >= 12000 && n > 1 && l.sorte == 'f' && l.code[0] == 'S' && l != cher {
				l.exo = '3'
			}
		}
	}
	return bon
}

func ape(ls []*fait) bool {
	for _, l := range ls {
		if l.sorte == 'p' {
			return true
		}
	}
	return false
}

// banque holds the acts among which invoices are drawn.
type banque struct {
	faits []fait
	ps    []ace.Prestation
	o     *ace.Options
}

func nouvelleBanque(t testing.TB) *banque {
	b := &banque{}
	v := &vecteur{donnees: donnees(t)}
	k := 0
	for _, champ := range []string{"", "1", "2"} {
		for _, groupe := range []string{"ATM", "ADI", "ADA", "ADC"} {
			for _, cat := range []string{"TE", "AD"} {
				if cat == "AD" && groupe != "ADC" {
					continue
				}
				for _, cents := range []int{3005, 4000, 6000, 8050, 11999, 12000, 13045} {
					if cat == "AD" && cents != 6000 {
						continue
					}
					acte := fmt.Sprintf("BANQ%03d", k)
					k++
					v.acteDe(t, acte, cents, tarif.Code(groupe), champ, cat)
					for _, spec := range []string{"04", "06"} {
						p := ccam(acte, spec)
						b.ajoute(p, fait{sorte: 'c', code: tarif.Code(groupe), champ: champ, cents: cents, spec: spec, dent: cat == "AD", groupe: groupe})
					}
				}
			}
		}
	}
	for _, c := range []int{1, 15, 25, 40, 60} {
		p := ngap("K", "04")
		p.Coefficient = simphonie.Coefficient(c) * simphonie.Un
		b.ajoute(p, fait{sorte: 'n', code: "K", cents: 192 * c, coef: c, fois: 1, spec: "04"})
	}
	a := analyse("1104") // 11 × 0.25 = 2.75
	b.ajoute(a, fait{sorte: 'b', code: "B", cents: 275})
	b.ajoute(forfait("ATU"), fait{sorte: 'f', code: "ATU", cents: 2528})
	b.ajoute(forfait("FFM"), fait{sorte: 'f', code: "FFM", cents: 1919})
	b.ajoute(forfait("SE1"), fait{sorte: 'f', code: "SE1", cents: 7600})
	b.ajoute(forfait("SE2"), fait{sorte: 'f', code: "SE2", cents: 6000})
	b.ajoute(forfait("APE"), fait{sorte: 'p', code: "APE", cents: 3838})
	b.ajoute(ngap("FSD", "04"), fait{sorte: 'd', code: "FSD", cents: 4000, spec: "04"})
	b.o = v.o(t, 0)
	b.o.Expliquer = false
	return b
}

// acteDe adds an act whose price is given in cents.
func (v *vecteur) acteDe(t testing.TB, code string, cents int, groupe tarif.Code, exo, cat string) {
	d := depuis("2022-01-01")
	a := nomenclature.Acte{Date: d, Code: code, Type: "0"}
	if exo != "" {
		a.ExoTM = []string{exo}
	}
	v.donnees.Actes = append(v.donnees.Actes, a)
	v.donnees.Activites = append(v.donnees.Activites, nomenclature.Activite{Date: d, Acte: code, Activite: "1", Phase: "0", Regroupement: groupe, CatMed: cat})
	v.donnees.PrixCCAM = append(v.donnees.PrixCCAM, nomenclature.LignePrixCCAM{Prix: prixDe(t, simphonie.Montant(cents).String()), Acte: code, Activite: "1", Phase: "0", Grille: "16"})
}

func (b *banque) ajoute(p ace.Prestation, f fait) {
	b.ps, b.faits = append(b.ps, p), append(b.faits, f)
}

// tire draws an invoice: one to seven prestations and a patient.
func (b *banque) tire(t testing.TB, r *rand.Rand) (*ace.Venue, []*fait, patient) {
	n := 1 + r.IntN(7)
	v := venue(t)
	var ls []*fait
	deja := map[tarif.Code]bool{}
	for len(ls) < n {
		i := r.IntN(len(b.ps))
		if r.IntN(3) == 0 {
			i = len(b.ps) - 1 - r.IntN(12)
		}
		f := b.faits[i]
		seulLui := f.sorte == 'f' || f.sorte == 'p' || f.sorte == 'b' || f.sorte == 'd'
		if cle := f.code + tarif.Code(fmt.Sprint(f.coef)); seulLui || f.sorte == 'n' {
			if deja[cle] || f.sorte == 'f' && f.code[0] != 'S' && (deja["ATU0"] || deja["FFM0"]) {
				n--
				continue
			}
			deja[cle] = true
		}
		p := b.ps[i]
		if f.ald = r.IntN(6) == 0; f.ald {
			p.Motif = ace.ConformeALD
		}
		ls = append(ls, &f)
		v.Prestations = append(v.Prestations, p)
	}
	// The cheapest of two SE counts for half.
	if deja["SE10"] && deja["SE20"] {
		for _, l := range ls {
			if l.code == "SE2" {
				l.cents = 3000
			}
		}
	}
	var p patient
	d := v.Droits
	switch r.IntN(10) {
	case 0:
		p.c2s = true
		d.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}}
	case 1:
		p.ame = true
		d.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}}
		for _, l := range ls {
			if c, ok := map[tarif.Code]int{"ATU": 2777, "SE1": 8888, "SE2": 6666}[l.code]; ok {
				if l.cents = c; l.code == "SE2" && deja["SE10"] {
					l.cents = 3333
				}
			}
		}
	case 2:
		p.local = true
		d.MTM = []droits.Droit[droits.CodeMTM]{{Code: "9"}}
	case 3:
		p.aspa = true
		d.MTM = []droits.Droit[droits.CodeMTM]{{Code: "8"}}
	case 4:
		p.detenu = true
		d.CodeGestion = "65"
	case 5:
		p.regimePaie = true
		d.Organisme.Regime = "06"
	}
	if r.IntN(3) == 0 {
		p.ald = true
		d.ETM = []droits.Droit[droits.CodeETM]{{Code: "8"}}
	}
	return v, ls, p
}

func TestIndependant(t *testing.T) {
	b := nouvelleBanque(t)
	tirages := 20_000
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		tirages = 200_000
	}
	if testing.Short() {
		tirages = 2_000
	}
	r := rand.New(rand.NewPCG(2026, 5))
	tmf, factures, sansTexte := 0, 0, 0
	for n := range tirages {
		v, ls, p := b.tire(t, r)
		if p.ame && (porte(ls, "FFM") || porte(ls, "APE")) {
			continue // no price of these for the AME in the test's tables
		}
		bon := second(ls, p)
		res, err := ace.Compute(v, b.o)
		require.NoError(t, err, n)
		if !bon {
			require.Equal(t, simphonie.Code("ACE-TMF-DEPASSE"), res.Motif, n)
			sansTexte++
			continue
		}
		require.Equal(t, ace.Facturable, res.Issue, "%d %v", n, res.Anomalies)
		factures++
		for i := range res.Factures {
			require.Empty(t, res.Factures[i].Verify(), n)
			for j := range res.Factures[i].Lignes {
				l := &res.Factures[i].Lignes[j]
				f := ls[l.Detail.Acte.Prestations[0]-1]
				exo := byte('0')
				if f.exo != 0 {
					exo = byte(f.exo)
				}
				attendu := fmt.Sprintf("%s %d %c %d %c %d %d", f.code, f.taux, exo, f.tmf, f.lettre, f.mro, f.mrc)
				obtenu := fmt.Sprintf("%s %s %c %d %c %d %d", l.Code, l.Taux, l.Exoneration.Code(), l.TMF, l.Participation.Code(), l.MRO, l.MRC)
				require.Equal(t, attendu, obtenu, "%d, line %d, %+v", n, j, p)
				if l.TMF != 0 {
					tmf++
				}
			}
		}
	}
	t.Logf("%d invoices, %d participations, %d beyond their line", factures, tmf, sansTexte)
	require.Greater(t, tmf, tirages/50)
}

func porte(ls []*fait, c tarif.Code) bool {
	for _, l := range ls {
		if l.code == c {
			return true
		}
	}
	return false
}
