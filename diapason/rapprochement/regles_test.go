package rapprochement_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/rapprochement"
)

// The same statement twice, the same line in two overlapping statements, and
// lines that only look alike.
func TestRelevesQuiSeRecouvrent(t *testing.T) {
	e := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})}}
	r1 := releve("R1", ligne(1, 1700, 1, cles{Reference: "X"}), ligne(2, 50, 1, cles{}), ligne(3, 50, 1, cles{}))
	r1.Periode = simphonie.Periode{Du: j1, Au: j1.AddDays(1)}
	r2 := releve("R2", ligne(7, 1700, 1, cles{Reference: "X"}), ligne(8, 50, 1, cles{}), ligne(9, 50, 1, cles{}), ligne(10, 60, 5, cles{}))
	r2.Periode = simphonie.Periode{Du: j1.AddDays(1), Au: j1.AddDays(9)}

	e.Releves = []rapprochement.Releve{r1, r1}
	r := rapproche(t, e)
	assert.Equal(t, bac{"encaisse": 1700, "affecte": 1700, "non-rapproche": 100}, etats(r))
	assert.Equal(t, []simphonie.Code{"RAPP-RELEVE-RELU"}, r.Anomalies.Codes())

	e.Releves = []rapprochement.Releve{r2, r1}
	r = rapproche(t, e)
	assert.Equal(t, bac{"encaisse": 1700, "affecte": 1700, "non-rapproche": 160}, etats(r))
	assert.Equal(t, []simphonie.Code{"RAPP-CHEVAUCHEMENT"}, r.Anomalies.Codes())
	assert.Equal(t, 4, r.Bilan.Lignes.Nombre)

	// A decision names the line by either statement.
	d := decision("D", rapprochement.Ecarter)
	for _, id := range []rapprochement.LigneID{{Releve: "R2", Numero: 8}, {Releve: "R1", Numero: 2}} {
		d.Ligne = id
		e.Decisions = []rapprochement.Decision{d}
		r = rapproche(t, e)
		assert.Equal(t, 50, etats(r)["hors-perimetre"])
		assert.Empty(t, r.Choix)
	}
	e.Decisions = nil

	// The second shows a line more: both are believed, and a person is told.
	e.Releves[0].Lignes = append(e.Releves[0].Lignes, ligne(11, 50, 1, cles{}))
	r = rapproche(t, e)
	assert.Equal(t, 210, etats(r)["non-rapproche"])
	assert.Equal(t, []simphonie.Code{"RAPP-CHEVAUCHEMENT", "RAPP-DESACCORD"}, r.Anomalies.Codes())

	// The bank's reference names the movement, even when keys are told by one statement only.
	n1, n2 := ligne(1, 80, 1, cles{}), ligne(7, 80, 1, cles{Reference: "Y"})
	n1.Banque, n2.Banque = "B1", "B1"
	e.Releves = []rapprochement.Releve{r1, r2}
	e.Releves[0].Lignes, e.Releves[1].Lignes = []rapprochement.Ligne{n1}, []rapprochement.Ligne{n2}
	r = rapproche(t, e)
	assert.Equal(t, 80, etats(r)["non-rapproche"])
	assert.Equal(t, []simphonie.Code{"RAPP-CHEVAUCHEMENT"}, r.Anomalies.Codes())

	// What one of them only tells is kept.
	e.Attendus = append(e.Attendus, attendu("B", 82, 0, cles{Reference: "Y"}))
	e.Releves[1].Lignes[0].Commission, e.Releves[1].Lignes[0].Facture = 2, "F"
	assert.Equal(t, []string{"B R1#1 82 RAPP-PAR-REFERENCE"}, liens(rapproche(t, e)))
	for nom, f := range map[string]func(*rapprochement.Ligne){
		"key":        func(l *rapprochement.Ligne) { l.Cles.Reference = "Z" },
		"invoice":    func(l *rapprochement.Ligne) { l.Facture = "G" },
		"commission": func(l *rapprochement.Ligne) { l.Commission = 1 },
		"modality":   func(l *rapprochement.Ligne) { l.Modalite = moyens.Guichet },
	} {
		e.Releves[1].Lignes[0].Modalite = moyens.Terminal
		n1 := e.Releves[1].Lignes[0]
		f(&n1)
		e.Releves[0].Lignes = []rapprochement.Ligne{n1}
		r = rapproche(t, e)
		assert.Equal(t, 1, r.Bilan.Lignes.Nombre, nom)
		assert.Contains(t, r.Anomalies.Codes(), simphonie.Code("RAPP-DESACCORD"), nom)
	}
	e.Attendus = e.Attendus[:1]

	// Another account: nothing overlaps.
	e.Releves = []rapprochement.Releve{r1, r2}
	e.Releves[1].Compte = "DFT2"
	assert.Equal(t, 1700, etats(rapproche(t, e))["doublon"])

	// Copies that differ.
	r3 := r1
	r3.Lignes = []rapprochement.Ligne{ligne(1, 1800, 1, cles{Reference: "X"})}
	e.Releves = []rapprochement.Releve{r1, r3}
	_, err := rapprochement.Rapprocher(e)
	assert.Equal(t, []string{"RAPP-RELEVE-CONFLIT"}, codesErreur(err))
	r3 = r1
	r3.Compte = "DFT2"
	e.Releves = []rapprochement.Releve{r1, r3}
	_, err = rapprochement.Rapprocher(e)
	assert.Equal(t, []string{"RAPP-RELEVE-CONFLIT"}, codesErreur(err))
}

func TestDecisions(t *testing.T) {
	id := func(n int) rapprochement.LigneID { return rapprochement.LigneID{Releve: "R", Numero: n} }
	e := rapprochement.Entree{Fenetre: trois,
		Attendus: []rapprochement.Attendu{attendu("A", 1000, 0, cles{}), attendu("B", 500, 0, cles{}), attendu("C", 1700, 0, cles{Reference: "X"})},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 1500, 1, cles{}), ligne(2, 1700, 1, cles{Reference: "X"}), ligne(3, 70, 1, cles{}),
			rapprochement.Ligne{Numero: 4, Nature: "commission", Montant: -5, Le: j1})}}
	partage := []rapprochement.Decision{decision("D1", rapprochement.Rattacher), decision("D2", rapprochement.Rattacher)}
	partage[0].Ligne, partage[0].Attendu, partage[0].Montant = id(1), "A", 1000
	partage[1].Ligne, partage[1].Attendu, partage[1].Montant = id(1), "B", 400
	e.Decisions = partage
	r := rapproche(t, e)
	assert.Equal(t, []string{"A R#1 1000 RAPP-PAR-DECISION", "B R#1 400 RAPP-PAR-DECISION", "C R#2 1700 RAPP-PAR-REFERENCE"}, liens(r))
	assert.Equal(t, bac{"affecte": 3100, "encaisse": 3100, "reste-du": 100, "non-rapproche": 170, "commission": -5}, etats(r))

	// Reversible, even when the matches were kept.
	annule := decision("D3", rapprochement.Annuler)
	annule.Decision = "D2"
	e.Acquises, e.Decisions = r.Affectations, append(partage, annule)
	assert.Equal(t, []string{"A R#1 1000 RAPP-PAR-DECISION", "C R#2 1700 RAPP-PAR-REFERENCE"}, liens(rapproche(t, e)))

	// A person undoes an exact match that was kept.
	non := decision("D4", rapprochement.Detacher)
	non.Ligne, non.Attendu = id(2), "C"
	e.Decisions = []rapprochement.Decision{non}
	r = rapproche(t, e)
	assert.Empty(t, liens(r))
	require.Len(t, r.Choix, 1)
	assert.Equal(t, simphonie.Code("RAPP-CHOIX-CONTREDIT"), r.Choix[0].Motif)

	// Written off, then paid all the same.
	perte := decision("D5", rapprochement.Perte)
	perte.Attendu, perte.Montant = "B", 500
	e.Acquises, e.Decisions = nil, []rapprochement.Decision{perte}
	r = rapproche(t, e)
	assert.Equal(t, 500, etats(r)["perte"])
	e.Releves[0].Lignes = append(e.Releves[0].Lignes, ligne(5, 500, 3, cles{}))
	e.Decisions[0].Le = j1.AddDays(2)
	r = rapproche(t, e)
	assert.Zero(t, etats(r)["perte"])
	assert.Empty(t, r.Anomalies, "the loss came first")
	assert.Contains(t, liens(r), "B R#5 500 RAPP-PAR-MONTANT-DATE")

	// What cannot be applied is said.
	for nom, f := range map[string]func(*rapprochement.Decision){
		"too much":     func(d *rapprochement.Decision) { d.Montant = 1501 },
		"no line":      func(d *rapprochement.Decision) { d.Ligne = id(99) },
		"no receipt":   func(d *rapprochement.Decision) { d.Attendu = "Z" },
		"commission":   func(d *rapprochement.Decision) { d.Ligne, d.Montant = id(4), 5 },
		"lost line":    func(d *rapprochement.Decision) { *d = non; d.Ligne = id(99) },
		"aside twice":  func(d *rapprochement.Decision) { d.Nature, d.Ligne, d.Attendu, d.Montant = "ecarter", id(4), "", 0 },
		"lost loss":    func(d *rapprochement.Decision) { *d = perte; d.Attendu = "Z" },
		"loss too big": func(d *rapprochement.Decision) { *d = perte; d.Montant = 501; d.Le = j1 },
		"no decision":  func(d *rapprochement.Decision) { *d = annule },
	} {
		d := partage[0]
		f(&d)
		e.Decisions = []rapprochement.Decision{d}
		assert.Contains(t, rapproche(t, e).Anomalies.Codes(), simphonie.Code("RAPP-DECISION-VAINE"), nom)
	}

	// What is not a decision is an error, all at once.
	mauvaise := rapprochement.Decision{Nature: "x", Montant: -1}
	e.Decisions = []rapprochement.Decision{mauvaise, partage[0], partage[0]}
	_, err := rapprochement.Rapprocher(e)
	codes := codesErreur(err)
	assert.Contains(t, codes, "RAPP-DECISION")
	assert.Contains(t, codes, "RAPP-DECISION-DOUBLE")
	assert.Greater(t, len(codes), 6)
}

// A return split by its day: the payment that it takes back had not all come.
func TestRetourExcede(t *testing.T) {
	d := decision("D", rapprochement.Rattacher)
	d.Ligne, d.Attendu, d.Montant = rapprochement.LigneID{Releve: "R", Numero: 2}, "A", 1700
	r := rapproche(t, rapprochement.Entree{Decisions: []rapprochement.Decision{d}, Attendus: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Reference: "X"})},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 1000, 1, cles{Reference: "X"}), ligne(2, -1700, 2, cles{}))}})
	assert.Equal(t, bac{"rejete": 1000, "en-attente": 700, "non-rapproche": -700}, etats(r))
	assert.Equal(t, []simphonie.Code{"RAPP-RETOUR-EXCEDE"}, r.Anomalies.Codes())
}

// A debt that bounced and is asked for again waits once.
func TestRemplace(t *testing.T) {
	e := rapprochement.Entree{Attendus: []rapprochement.Attendu{attendu("A", 1700, 0, cles{Operation: "op1"}), attendu("B", 1700, 6, cles{Operation: "op2"})},
		Releves: []rapprochement.Releve{releve("R", ligne(1, 1700, 2, cles{Operation: "op1"}), ligne(2, -1700, 9, cles{Operation: "op1"}))}}
	e.Attendus[1].Remplace = "A"
	r := rapproche(t, e)
	assert.Equal(t, bac{"remplace": 1700, "en-attente": 1700}, etats(r), "the bounce is shown after the new receipt")
	assert.Empty(t, r.Anomalies)
	assert.Empty(t, r.Ouverts(rapprochement.Remplace, j1))

	paye := e
	paye.Releves = []rapprochement.Releve{releve("R", append(e.Releves[0].Lignes, ligne(3, 1700, 20, cles{Operation: "op2"}))...)}
	assert.Equal(t, bac{"remplace": 1700, "encaisse": 1700, "affecte": 1700}, etats(rapproche(t, paye)))

	// A part only is asked for again; then two replace one.
	e.Attendus[1].Montant = 1000
	assert.Equal(t, bac{"remplace": 1000, "rejete": 700, "en-attente": 1000}, etats(rapproche(t, e)))
	e.Attendus = append(e.Attendus, attendu("C", 700, 6, cles{}))
	e.Attendus[2].Remplace = "A"
	assert.Equal(t, bac{"remplace": 1700, "en-attente": 1700}, etats(rapproche(t, e)))

	// It had been paid after all.
	e.Releves = []rapprochement.Releve{releve("R", ligne(1, 1700, 8, cles{Operation: "op1"}))}
	r = rapproche(t, e)
	assert.Equal(t, bac{"encaisse": 1700, "affecte": 1700, "en-attente": 1700}, etats(r))
	assert.Equal(t, []simphonie.Code{"RAPP-REMPLACE-ENCAISSE", "RAPP-REMPLACE-ENCAISSE"}, r.Anomalies.Codes())

	e.Attendus[2].Remplace = "Z"
	assert.Contains(t, rapproche(t, e).Anomalies.Codes(), simphonie.Code("RAPP-REMPLACE-ABSENT"))
	for _, cercle := range [][3]string{{"A", "", ""}, {"B", "A", ""}, {"B", "C", "A"}, {"", "C", "B"}} {
		for i, ref := range cercle {
			e.Attendus[i].Remplace = ref
		}
		_, err := rapprochement.Rapprocher(e)
		assert.Equal(t, []string{"RAPP-ATTENDU-REMPLACE"}, codesErreur(err), cercle)
	}
}

// A titre may be paid by PayFiP or by transfer; a card payment may not.
func TestModalite(t *testing.T) {
	for attendue, etat := range map[moyens.Modalite]rapprochement.Etat{moyens.ParTitre: rapprochement.Encaisse, moyens.PayFiPCarte: rapprochement.Encaisse,
		moyens.Terminal: rapprochement.EnAttente} {
		for _, n := range []int{1, 2} { // one line, and two that pay two receipts together
			var e rapprochement.Entree
			e.Releves = []rapprochement.Releve{releve("R")}
			for i := range n {
				c := cles{Titre: "260000012", Reference: "X"}
				a, l := attendu(string(rune('A'+i)), 1700, 0, c), ligne(i+1, 1700, 3, c)
				a.Modalite, l.Modalite = attendue, moyens.PayFiPCarte
				e.Attendus, e.Releves[0].Lignes = append(e.Attendus, a), append(e.Releves[0].Lignes, l)
			}
			assert.Equal(t, 1700*n, etats(rapproche(t, e))[etat], attendue)
		}
	}
}

func TestCandidatsTropNombreux(t *testing.T) {
	r := rapproche(t, pareils(65, adverses["pareils"]))
	require.Len(t, r.Choix, 65)
	assert.Equal(t, simphonie.Code("RAPP-CHOIX-TROP"), r.Choix[0].Motif)
	assert.Equal(t, 65, r.Choix[0].Candidats)
}

func TestEntreesRefusees(t *testing.T) {
	bonA, bonL := attendu("A", 100, 0, cles{}), ligne(1, 100, 0, cles{})
	for nom, c := range map[string]struct {
		f     func(*rapprochement.Entree)
		codes []string
	}{
		"window":             {func(e *rapprochement.Entree) { e.Fenetre.Apres = -1 }, []string{"RAPP-FENETRE"}},
		"nothing of a line":  {func(e *rapprochement.Entree) { e.Releves[0].Lignes[0] = rapprochement.Ligne{} }, []string{"RAPP-LIGNE", "RAPP-LIGNE", "RAPP-LIGNE", "RAPP-LIGNE"}},
		"sign":               {func(e *rapprochement.Entree) { e.Releves[0].Lignes[0].Montant = -100 }, []string{"RAPP-LIGNE"}},
		"commission":         {func(e *rapprochement.Entree) { e.Releves[0].Lignes[0].Commission = -1 }, []string{"RAPP-LIGNE"}},
		"too big":            {func(e *rapprochement.Entree) { e.Releves[0].Lignes[0].Montant = rapprochement.MontantMax + 1 }, []string{"RAPP-LIGNE"}},
		"number twice":       {func(e *rapprochement.Entree) { e.Releves[0].Lignes = append(e.Releves[0].Lignes, bonL) }, []string{"RAPP-LIGNE-NUMERO"}},
		"out of period":      {func(e *rapprochement.Entree) { e.Releves[0].Lignes[0].Le = j1.AddDays(900) }, []string{"RAPP-LIGNE-PERIODE"}},
		"no period":          {func(e *rapprochement.Entree) { e.Releves[0].Periode = simphonie.Periode{Du: j1} }, []string{"RAPP-RELEVE"}},
		"nothing of receipt": {func(e *rapprochement.Entree) { e.Attendus[0] = rapprochement.Attendu{} }, []string{"RAPP-ATTENDU", "RAPP-ATTENDU", "RAPP-ATTENDU", "RAPP-ATTENDU"}},
		"too many invoices":  {func(e *rapprochement.Entree) { e.Attendus[0].Factures = slices.Repeat([]string{"F"}, 1001) }, []string{"RAPP-ATTENDU"}},
		"replaces nothing":   {func(e *rapprochement.Entree) { e.Attendus[0].Remplace = " " }, []string{"RAPP-ATTENDU"}},
		"receipt twice":      {func(e *rapprochement.Entree) { e.Attendus = append(e.Attendus, bonA) }, []string{"RAPP-ATTENDU-DOUBLE"}},
		"card as a key":      {func(e *rapprochement.Entree) { e.Attendus[0].Cles.Reference = "4970101234567890" }, nil},
	} {
		e := rapprochement.Entree{Attendus: []rapprochement.Attendu{bonA}, Releves: []rapprochement.Releve{releve("R", bonL)}}
		c.f(&e)
		_, err := rapprochement.Rapprocher(e)
		if c.codes != nil {
			assert.Equal(t, c.codes, codesErreur(err), nom)
		}
		_, err2 := (&rapprochement.Resultat{}).Verifie(e)
		if nom != "window" {
			assert.Equal(t, err, err2, nom)
		}
	}
	r101 := make([]rapprochement.Releve, 101)
	for i := range r101 {
		r101[i].Lignes = lignesVides[:]
	}
	_, err := rapprochement.Rapprocher(rapprochement.Entree{Releves: r101})
	assert.Equal(t, []string{"RAPP-NOMBRE"}, codesErreur(err))
	var rien *rapprochement.Resultat
	as, err := rien.Verifie(rapprochement.Entree{Attendus: []rapprochement.Attendu{bonA}})
	require.NoError(t, err)
	assert.NotEmpty(t, as)
	assert.Empty(t, rien.Ouverts(rapprochement.EnAttente, j1))
	r, err := rapprochement.Rapprocher(rapprochement.Entree{})
	require.NoError(t, err)
	assert.Empty(t, r.Postes)
}

var lignesVides [100_000]rapprochement.Ligne

func TestRegles(t *testing.T) {
	var codes []simphonie.Code
	for _, r := range rapprochement.Regles() {
		codes = append(codes, r.Code)
	}
	assert.Subset(t, codes, []simphonie.Code{"RAPP-PAR-DECISION", "RAPP-PAR-MONTANT-DATE", "RAPP-CONSERVATION"})
}
