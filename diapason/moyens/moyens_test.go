package moyens_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

var jour = simphonie.MustJour

func hopital() moyens.Etablissement {
	return moyens.Etablissement{FINESS: "750712184", Statut: moyens.Public, Regie: "R1", CompteDFT: "DFT1", RegieDFT: "R1", ClientFiP: "090909",
		Modalites: []moyens.Modalite{moyens.Terminal, moyens.Differe, moyens.PayFiPCarte},
		Contrats:  map[moyens.Modalite]string{moyens.Terminal: "1234567", moyens.Differe: "1234568"}}
}

func TestProposer(t *testing.T) {
	seuils := moyens.SeuilsDuProgramme()
	tout := func() moyens.Contexte {
		h := hopital()
		h.Modalites = moyens.Modalites()
		return moyens.Contexte{Le: jour("2026-03-02"), Etablissement: &h, Presence: true, Telephone: true, Mel: true, Seuils: &seuils}
	}
	const hors = "MOY-HELIOS"
	for nom, c := range map[string]struct {
		d       moyens.Dette
		c       func(*moyens.Contexte)
		ouverts string
		raisons map[string]string // of some means
	}{
		"everything is known": {d: moyens.Dette{Montant: 1700}, ouverts: "terminal payfip-service payfip-formulaire lien-virement mandat-sepa guichet titre-asap",
			raisons: map[string]string{"mandat-sepa": "MOY-MANDAT-A-SIGNER", "payfip-titre": hors, "buraliste": "MOY-HELIOS MOY-DATAMATRIX"}},
		"at home, with a phone": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) { c.Presence, c.Mel = false, false },
			ouverts: "payfip-formulaire lien-virement mandat-sepa titre-asap",
			raisons: map[string]string{"terminal": "MOY-PRESENCE", "guichet": "MOY-PRESENCE", "payfip-service": "MOY-MEL"}},
		"nobody can be written to": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) { c.Presence, c.Mel, c.Telephone = false, false, false },
			ouverts: "payfip-formulaire titre-asap", raisons: map[string]string{"lien-virement": "MOY-CONTACT", "mandat-sepa": "MOY-CONTACT MOY-MANDAT-A-SIGNER"}},
		"under 5 euros": {d: moyens.Dette{Montant: 499}, ouverts: "terminal payfip-service payfip-formulaire lien-virement mandat-sepa guichet",
			raisons: map[string]string{"titre-asap": "MOY-SEUIL"}},
		"5 euros": {d: moyens.Dette{Montant: 500}, ouverts: "terminal payfip-service payfip-formulaire lien-virement mandat-sepa guichet titre-asap"},
		"under 1 euro": {d: moyens.Dette{Montant: 99}, ouverts: "terminal lien-virement mandat-sepa guichet",
			raisons: map[string]string{"payfip-service": "MOY-MINIMUM", "payfip-formulaire": "MOY-MINIMUM", "payfip-titre": "MOY-MINIMUM MOY-HELIOS"}},
		"no threshold is set": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) { c.Seuils = nil },
			ouverts: "terminal payfip-service payfip-formulaire lien-virement mandat-sepa guichet", raisons: map[string]string{"titre-asap": "MOY-SEUIL-INCONNU"}},
		"titre in Hélios": {d: moyens.Dette{Montant: 1700, Titre: "260000012", DansHelios: true, DataMatrix: true},
			ouverts: "terminal lien-virement mandat-sepa guichet payfip-titre buraliste", raisons: map[string]string{"payfip-service": "MOY-SANS-TITRE", "titre-asap": "MOY-SANS-TITRE"}},
		"in several times": {d: moyens.Dette{Montant: 1700, Titre: "260000012", DansHelios: true, EnPlusieurs: true},
			ouverts: "terminal lien-virement mandat-sepa guichet", raisons: map[string]string{"payfip-titre": "MOY-ENTIER", "buraliste": "MOY-DATAMATRIX"}},
		"titre not yet in Hélios": {d: moyens.Dette{Montant: 1700, Titre: "260000012"}, ouverts: "terminal lien-virement mandat-sepa guichet", raisons: map[string]string{"payfip-titre": hors}},
		"before 2021":             {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) { c.Le = jour("2020-12-31") }, ouverts: "terminal payfip-service payfip-formulaire guichet titre-asap", raisons: map[string]string{"lien-virement": "MOY-DEPUIS"}},
		"a living mandate": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) { c.Mandat = &moyens.Mandat{Signe: jour("2023-03-03")} },
			ouverts: "terminal payfip-service payfip-formulaire lien-virement mandat-sepa guichet titre-asap", raisons: map[string]string{"mandat-sepa": "MOY-MANDAT-VALIDE"}},
		"private practice":      {d: moyens.Dette{Montant: 1700, Liberale: true}, raisons: map[string]string{"guichet": "MOY-LIBERALE"}},
		"the insurer is silent": {d: moyens.Dette{Montant: 1700, AttenteAMC: true}, raisons: map[string]string{"guichet": "MOY-ATTENTE-AMC"}},
		"nothing due":           {d: moyens.Dette{}, raisons: map[string]string{"guichet": "MOY-SOLDE"}},
		"nothing is set up": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) {
			c.Etablissement = &moyens.Etablissement{Statut: moyens.Public, Modalites: moyens.Modalites()}
		},
			ouverts: "lien-virement mandat-sepa titre-asap", raisons: map[string]string{"terminal": "MOY-REGIE MOY-CONTRAT", "payfip-service": "MOY-PAYFIP MOY-REGIE", "guichet": "MOY-REGIE"}},
		"what is not offered": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) {
			c.Etablissement.Modalites = []moyens.Modalite{moyens.Differe, moyens.PayFiPPrelevement}
		},
			ouverts: "payfip-service payfip-formulaire", raisons: map[string]string{"terminal": "MOY-NON-OFFERT", "titre-asap": "MOY-NON-OFFERT"}},
		"private, not for profit": {d: moyens.Dette{Montant: 1700}, c: func(c *moyens.Contexte) {
			c.Etablissement = &moyens.Etablissement{Statut: moyens.PNL, Modalites: moyens.Modalites()}
		},
			ouverts: "terminal lien-virement mandat-sepa guichet", raisons: map[string]string{"titre-asap": "MOY-PUBLIC", "terminal": ""}},
	} {
		t.Run(nom, func(t *testing.T) {
			x := tout()
			if c.c != nil {
				c.c(&x)
			}
			ps, err := moyens.Proposer(c.d, x)
			require.NoError(t, err)
			var ouverts []string
			for i, p := range ps {
				if p.Ouvert {
					ouverts = append(ouverts, p.Moyen.Code)
					assert.Equal(t, i+1, len(ouverts), "open means come first")
				}
				if r, ok := c.raisons[p.Moyen.Code]; ok {
					assert.Equal(t, r, strings.Trim(fmt.Sprint(p.Raisons.Codes()), "[]"), p.Moyen.Code)
				}
			}
			assert.Equal(t, c.ouverts, strings.Join(ouverts, " "))
		})
	}
}

func TestProposerRefuse(t *testing.T) {
	h := hopital()
	bon := moyens.Contexte{Le: jour("2026-03-02"), Etablissement: &h}
	for code, f := range map[string]func(*moyens.Dette, *moyens.Contexte){
		"MOY-CONTEXTE":        func(_ *moyens.Dette, c *moyens.Contexte) { c.Etablissement = nil },
		"MOY-CONTEXTE day":    func(_ *moyens.Dette, c *moyens.Contexte) { c.Le = simphonie.Jour{} },
		"MOY-CONTEXTE status": func(_ *moyens.Dette, c *moyens.Contexte) { c.Etablissement = &moyens.Etablissement{} },
		"MOY-TITRE":           func(d *moyens.Dette, _ *moyens.Contexte) { d.Titre = "x" },
		"MOY-SEUILS":          func(_ *moyens.Dette, c *moyens.Contexte) { c.Seuils = &moyens.Seuils{Emission: 500, Petite: 2000} },
		"ID-INTERPRETATION":   func(_ *moyens.Dette, c *moyens.Contexte) { c.Interpretations.Anniversaire = "peut-être" },
		"MOY-CONDITION":       func(_ *moyens.Dette, c *moyens.Contexte) { c.Moyens = []moyens.Moyen{{Conditions: []string{"x"}}} },
	} {
		d, c := moyens.Dette{Montant: 100}, bon
		f(&d, &c)
		_, err := moyens.Proposer(d, c)
		aCode(t, err, strings.Fields(code)[0])
	}
}

func aCode(t *testing.T, err error, code string) {
	t.Helper()
	e, ok := errors.AsType[*simphonie.Erreur](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, simphonie.Code(code), e.Code)
}

func TestEtablissement(t *testing.T) {
	h := hopital()
	assert.Empty(t, h.Verifie())
	h.Modalites = append(h.Modalites, moyens.Virement, moyens.MandatSEPA)
	assert.Equal(t, []simphonie.Code{"MOY-CONTRAT-NON-TROUVE", "MOY-CONTRAT-NON-TROUVE"}, h.Verifie().Codes())
	rien := moyens.Etablissement{Statut: moyens.Public, Modalites: []moyens.Modalite{moyens.Terminal, moyens.PayFiPPrelevement, "x"},
		Contrats: map[moyens.Modalite]string{"y": "1"}}
	assert.Equal(t, []simphonie.Code{"MOY-FINESS", "MOY-REGIE-ABSENTE", "MOY-DFT-ABSENT", "MOY-CONTRAT-ABSENT", "MOY-MODALITE-INCONNUE", "MOY-PAYFIP-CLIENT", "MOY-MODALITE-INCONNUE"}, rien.Verifie().Codes())
	h = hopital()
	h.RegieDFT, h.Contrats[moyens.Differe], h.ClientFiP = "R2", h.Contrats[moyens.Terminal], "09090a"
	assert.Equal(t, []simphonie.Code{"MOY-DFT-REGIE", "MOY-PAYFIP-CLIENT", "MOY-CONTRAT-DOUBLE"}, h.Verifie().Codes())
	assert.Equal(t, []simphonie.Code{"MOY-FINESS"}, (*moyens.Etablissement)(nil).Verifie().Codes())
	assert.Empty(t, (&moyens.Etablissement{FINESS: "750712184", Statut: moyens.PNL}).Verifie())
	aCode(t, moyens.Modalite("x").Valide(), "MOY-MODALITE")
	assert.Len(t, moyens.Modalites(), 8)
}

// 36 calendar months: 2021-03-12 + 36 = 2024-03-12, its eve by the prudent reading.
func TestMandat(t *testing.T) {
	for _, c := range []struct{ signe, usage, dernier string }{
		{"2021-03-12", "", "2024-03-11"},
		{"2021-03-12", "2023-08-31", "2026-08-30"},
		{"2021-03-12", "2024-02-29", "2027-02-27"}, // 2027 has no 29 February: 28, then its eve
		{"2021-03-12", "2021-02-28", ""},           // used before it was signed
		{"", "2021-02-28", ""},
	} {
		var m moyens.Mandat
		require.NoError(t, m.Signe.UnmarshalText([]byte(c.signe)))
		require.NoError(t, m.DernierUsage.UnmarshalText([]byte(c.usage)))
		fin := m.DernierJour(moyens.Interpretations{})
		assert.Equal(t, c.dernier, fin.String())
		assert.Equal(t, c.dernier != "", m.Utilisable(fin, moyens.Interpretations{}))
		assert.False(t, m.Utilisable(m.Echeance(), moyens.Interpretations{}))
		assert.Equal(t, c.dernier != "", m.Utilisable(m.Echeance(), moyens.Interpretations{Anniversaire: "oui"}))
		assert.False(t, m.Utilisable(m.Signe.AddDays(-1), moyens.Interpretations{}))
		assert.False(t, m.Utilisable(simphonie.Jour{}, moyens.Interpretations{}))
	}
	assert.Equal(t, "MOY-MANDAT-ANNIVERSAIRE", string(moyens.InterpretationsPossibles()[0].Code))
}

// The composition is that of the zones 0230 and 2S42: 26 + 0000012, 000 + 1 + 00.
func TestCleTitre(t *testing.T) {
	k, err := moyens.NewCleTitre(2026, 12)
	require.NoError(t, err)
	assert.Equal(t, moyens.CleTitre("260000012"), k)
	long, err := k.AvecComplement("000100")
	require.NoError(t, err)
	assert.Equal(t, moyens.CleTitre("260000012000100"), long)
	assert.Equal(t, []string{"26", "0000012", "000100", "260000012"}, []string{long.Exercice(), long.Numero(), long.Complement(), string(long.Court())})
	assert.False(t, k.Contredit(long) || long.Contredit(k))
	assert.True(t, long.Contredit("260000012000200"))
	assert.True(t, k.Contredit("260000013"))
	for _, f := range []func() error{
		func() error { _, err := moyens.NewCleTitre(2026, 0); return err },
		func() error { _, err := moyens.NewCleTitre(2026, 10_000_000); return err },
		func() error { _, err := moyens.NewCleTitre(-1, 1); return err },
		func() error { _, err := moyens.NewCleTitre(126, 1); return err },
		func() error { _, err := long.AvecComplement("000200"); return err },
		func() error { _, err := k.AvecComplement("00010"); return err },
		func() error { _, err := k.AvecComplement("0001x0"); return err },
		moyens.CleTitre("260000000").Valide, moyens.CleTitre("").Valide, moyens.CleTitre("2600000120").Valide,
	} {
		aCode(t, f(), "MOY-TITRE")
	}
	for _, court := range []moyens.CleTitre{"", "2", "26000"} { // no panic
		_ = court.Exercice() + court.Numero() + court.Complement() + string(court.Court())
	}
}

func TestEvenementTitre(t *testing.T) {
	e := moyens.EvenementTitre{Nature: moyens.TitreEmis, Titre: "260000012", Le: jour("2026-03-02"), Montant: 1700,
		Piece: &moyens.PieceTitre{Bordereau: "1", Piece: "12", TypePiece: "x", NaturePiece: "y", Objet: "RESTE A CHARGE",
			Prelevement: &moyens.PrelevementTitre{Sequence: "04", Le: jour("2026-03-12"), Montant: 1700, Signe: jour("2025-03-12"), Mandat: "RUM1"}}}
	assert.Empty(t, e.Verifie())
	e.Piece.Prelevement.Sequence, e.Piece.Prelevement.Montant, e.Piece.Prelevement.Mandat = "05", 1701, ""
	e.Piece.Objet, e.Piece.Bordereau = strings.Repeat("é", 161), "12345678"
	assert.Equal(t, []simphonie.Code{"MOY-PES-LARGEUR", "MOY-PES-LARGEUR", "MOY-PES-VALEUR", "MOY-PES-VALEUR", "MOY-PES-ABSENT"}, e.Verifie().Codes())
	assert.Len(t, (&moyens.EvenementTitre{}).Verifie(), 4)
	assert.Equal(t, []simphonie.Code{"MOY-PES-ABSENT"}, (*moyens.EvenementTitre)(nil).Verifie().Codes())
	assert.Empty(t, (&moyens.EvenementTitre{Nature: moyens.TitreEncaisse, Titre: "260000012", Le: jour("2026-03-02"), Montant: 1}).Verifie())
}

// 4.99 is under 5, 5.00 is not; 19.99 is under 20, 20.00 is not.
func TestRecouvrable(t *testing.T) {
	r, err := moyens.Recouvrable([]simphonie.Montant{499, 500, 1999, 2000, 1}, moyens.SeuilsDuProgramme())
	require.NoError(t, err)
	assert.Equal(t, moyens.Tranche{Jusqua: 500, Nombre: 2, Montant: 500}, r.Abandonnees)
	assert.Equal(t, moyens.Tranche{De: 500, Jusqua: 2000, Nombre: 2, Montant: 2499}, r.Petites)
	assert.Equal(t, moyens.Tranche{De: 2000, Nombre: 1, Montant: 2000}, r.Autres)
	assert.Equal(t, moyens.Tranche{Nombre: 5, Montant: 4999}, r.Total)
	n, m := r.SansDebit()
	assert.Equal(t, []any{3, simphonie.Montant(4499)}, []any{n, m})
	r, err = moyens.Recouvrable([]simphonie.Montant{1400}, moyens.Seuils{Emission: 1500, Petite: 2000, Source: "décision de l'établissement"})
	require.NoError(t, err)
	assert.Equal(t, 1, r.Abandonnees.Nombre)

	_, err = moyens.Recouvrable([]simphonie.Montant{100}, moyens.Seuils{})
	aCode(t, err, "MOY-SEUILS")
	for _, ds := range [][]simphonie.Montant{{0}, {-1}, {math.MaxInt64, 1}, {math.MaxInt64, math.MaxInt64}} {
		_, err = moyens.Recouvrable(ds, moyens.SeuilsDuProgramme())
		aCode(t, err, "MOY-DETTE")
	}
}

func TestCatalogue(t *testing.T) {
	ms := moyens.Catalogue()
	require.Len(t, ms, 9)
	for _, m := range ms {
		assert.NotEmpty(t, m.Source, m.Code)
	}
	ms[0].Conditions[0] = "x"
	assert.NotEqual(t, "x", moyens.Catalogue()[0].Conditions[0], "the caller has a copy")
	assert.Len(t, moyens.Conditions(), 13)
}

const tete = "moyen;libelle;canal;acteur;modalites;minimum;depuis;conditions;source;inconnu\n"

func TestCharge(t *testing.T) {
	ms, err := moyens.Charge(strings.NewReader(tete + "a;b;c;d;terminal;2,50;2026-01-01;mel;s;\n"))
	require.NoError(t, err)
	assert.Equal(t, []moyens.Moyen{{Code: "a", Libelle: "b", Canal: "c", Acteur: "d", Modalites: []moyens.Modalite{"terminal"}, Minimum: 250,
		Depuis: jour("2026-01-01"), Conditions: []string{"mel"}, Source: "s"}}, ms)
	_, err = moyens.Charge(strings.NewReader(tete + "a;b;c;d;terminal;x;x;x;s;\na;b;c;d;;;;;;\na;b\n"))
	require.Error(t, err)
	assert.Equal(t, 7, strings.Count(err.Error(), "MOY-TABLE-VALEUR"), "%v", err)
	assert.Contains(t, err.Error(), "line 2 column 18")
	_, err = moyens.Charge(strings.NewReader("a;b\n"))
	aCode(t, err, "MOY-TABLE-ENTETE")
	deux, err := moyens.Charge(strings.NewReader("\ufeff" + tete + "a;b;c;d;terminal;2,50;2026-01-01;mel;s;\n"))
	require.NoError(t, err)
	assert.Equal(t, ms[:1], deux)
	_, err = moyens.Charge(strings.NewReader(tete + "# nothing yet\n"))
	aCode(t, err, "MOY-TABLE-VIDE")
	_, err = moyens.Charge(nil)
	aCode(t, err, "MOY-TABLE-LECTURE")
	_, err = moyens.Charge(iotest.ErrReader(errors.New("x")))
	aCode(t, err, "MOY-TABLE-LECTURE")
	_, err = moyens.Charge(strings.NewReader(strings.Repeat("#", 2<<20)))
	aCode(t, err, "MOY-TABLE-LECTURE")
}

func FuzzCharge(f *testing.F) {
	f.Add(tete + "a;b;c;d;terminal+guichet;2,50;2026-01-01;mel+regie;s;\n")
	f.Add(tete + "\"a;b\n")
	f.Fuzz(func(t *testing.T, s string) {
		ms, err := moyens.Charge(strings.NewReader(s))
		if err != nil {
			return
		}
		h := hopital()
		c := moyens.Contexte{Le: jour("2026-03-02"), Etablissement: &h, Moyens: ms}
		ps, err := moyens.Proposer(moyens.Dette{Montant: 1}, c)
		require.NoError(t, err)
		require.Len(t, ps, len(ms))
	})
}

func ExampleProposer() {
	h := hopital()
	h.Modalites = append(h.Modalites, moyens.Virement, moyens.MandatSEPA)
	ps, err := moyens.Proposer(moyens.Dette{Montant: 4_20}, moyens.Contexte{Le: jour("2026-03-02"), Etablissement: &h, Mel: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ps[:3] {
		fmt.Println(p.Ouvert, p.Moyen.Libelle)
	}
	fmt.Println(ps[4].Ouvert, ps[4].Moyen.Libelle, ps[4].Raisons[0].Message)
	// Output:
	// true PayFiP Régie, service web
	// true PayFiP Régie, formulaire
	// true Virement par lien d'initiation
	// false Carte au guichet Le patient n'est pas au guichet.
}

func ExampleRecouvrable() {
	r, err := moyens.Recouvrable([]simphonie.Montant{3_50, 4_20, 17_00, 60_00}, moyens.SeuilsDuProgramme())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Abandonnees.Nombre, r.Abandonnees.Montant, "€ de plus avec un débit")
	// Output: 2 7.70 € de plus avec un débit
}
