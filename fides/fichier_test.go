package fides_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// factureSimple is the ordinary invoice under a number.
func factureSimple(t testing.TB, titre int) fides.Facture {
	t.Helper()
	p := ordinaire(t)
	r := prix(t, p, options(t))
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&r.Facture, dossier(p, r, titre))
	require.NoError(t, err)
	require.Len(t, res.Factures, 1)
	return res.Factures[0]
}

// The reference envelope says inside the file that it is not official. Totals
// of two ordinary invoices: 3 records and the types 2, 2S, 5 each; AMO 30.33,
// dépense 23.00 + 30.33 = 53.33 each.
func TestEnveloppeReference(t *testing.T) {
	fichier := ecrit(t, factureSimple(t, 1), factureSimple(t, 2))
	ls := strings.Split(strings.TrimSuffix(fichier, "\n"), "\n")
	require.Len(t, ls, 16)
	assert.Equal(t, "000ENVELOPPE REFERENCE SIMPHONIE NON OFFICIEL750712184     CPU TEST      01751260320000007", strings.TrimRight(ls[0], " "))
	assert.Equal(t, "1NON OFFICIEL000001260320750712184", strings.TrimRight(ls[1], " "))
	assert.Equal(t, "6NON OFFICIEL000001000000002000000012000000006066000000000000000000010666", strings.TrimRight(ls[14], " "))
	assert.Equal(t, "999ENVELOPPE REFERENCE SIMPHONIE NON OFFICIEL000001000000002000000012000000006066000000000000000000010666", strings.TrimRight(ls[15], " "))
	for _, l := range ls {
		assert.Len(t, l, 128)
	}
	assert.Equal(t, "reference", fides.Reference().Nom())
	assert.Len(t, relit(t, fichier), 2)
}

func TestFinsDeLigne(t *testing.T) {
	x := factureSimple(t, 1)
	for _, fin := range []b2.FinDeLigne{b2.FinLF, b2.FinCRLF, b2.FinAucune} {
		var b bytes.Buffer
		p := parametres(x.Destination)
		p.B2.FinDeLigne = fin
		w, err := fides.NewFichier(&b, p)
		require.NoError(t, err)
		require.NoError(t, w.EcrisLot(lotDuJour, slices.Values([]*fides.Facture{&x})))
		require.NoError(t, w.EcrisLot(fides.Lot{Numero: 2, Date: jour("2026-03-20"), FINESS: "750712184"}, slices.Values([]*fides.Facture{&x})))
		require.NoError(t, w.Close())
		require.NoError(t, w.Close())
		l, err := fides.Relire(&b, fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000, SansFinDeLigne: fin == b2.FinAucune})
		require.NoError(t, err)
		n := 0
		for f, err := range l.Factures() {
			require.NoError(t, err)
			assert.Empty(t, f.Anomalies)
			n++
		}
		assert.Equal(t, 2, n)
		assert.Empty(t, l.Anomalies())
	}
}

// Without a layout nothing is written nor read, and a layout is whole or refused.
func TestLayoutIncomplet(t *testing.T) {
	p := parametres(fides.Destination{Regime: "01", Caisse: "751"})
	p.Enveloppe = nil
	var b bytes.Buffer
	_, err := fides.NewFichier(&b, p)
	require.ErrorIs(t, err, fides.ErrLayoutIncomplete)
	assert.Zero(t, b.Len())
	_, err = fides.Relire(&b, fides.OptionsLecture{Siecle: 2000})
	require.ErrorIs(t, err, fides.ErrLayoutIncomplete)

	entier := enveloppe()
	_, err = fides.LoadEnveloppe("entière", nil)
	assert.ErrorIs(t, err, fides.ErrLayoutIncomplete)
	_, err = fides.LoadEnveloppe("entière", strings.NewReader(entier))
	require.NoError(t, err)
	for _, x := range [][2]string{
		{"record,colonne", "type,colonne"},
		{"999,4,125,A,blanc,\n", ""},
		{"6,2,127,A,blanc,\n", "6,2,100,A,blanc,\n"},
		{"6,2,127,A,blanc,\n", "6,2,127,A,blanc,\n6,2,1,A,blanc,\n"},
		{"000,1,3,N,=000,", "000,1,3,N,=001,"},
		{"000,4,125,A,libre:NOM,", "000,4,125,A,inconnue,"},
		{"000,4,125,A,libre:NOM,", "000,4,125,A,libre:,"},
		{"000,4,125,A,libre:NOM,", "000,4,125,A,amo,"}, // a file that opens cannot know its sums
		{"000,4,125,A,libre:NOM,", "000,4,125,X,blanc,"},
		{"000,4,125,A,libre:NOM,", "000,4,126,A,blanc,"},
		{"000,4,125,A,libre:NOM,", "000,quatre,125,A,blanc,"},
		{"000,4,125,A,libre:NOM,", "000,4,125,A,=é,"},
		{"000,4,125,A,libre:NOM,", "000,4,125,A,="},
		{"1,1,1,N,=1,", "7,1,1,N,=7,"},
		{"1,2,127,A,blanc,", "1,2,127,A"},
	} {
		casse := strings.Replace(entier, x[0], x[1], 1)
		require.NotEqual(t, entier, casse)
		_, err := fides.LoadEnveloppe("cassée", strings.NewReader(casse))
		require.ErrorIs(t, err, fides.ErrLayoutIncomplete, "%q", x[1])
		var e *simphonie.Erreur
		require.ErrorAs(t, err, &e)
		assert.Equal(t, simphonie.Code("FID-LAYOUT"), e.Code)
	}
	assert.Contains(t, fides.Donnees(), "amo-lot")
}

// enveloppe is the smallest layout.
func enveloppe() string {
	return "record,colonne,largeur,genre,valeur,libelle\n000,1,3,N,=000,\n000,4,125,A,libre:NOM,\n1,1,1,N,=1,\n1,2,127,A,blanc,\n" +
		"6,1,1,N,=6,\n6,2,127,A,blanc,\n999,1,3,N,=999,\n999,4,125,A,blanc,\n"
}

func TestDonneesDeLEnveloppe(t *testing.T) {
	e, err := fides.LoadEnveloppe("éditeur", strings.NewReader(enveloppe()))
	require.NoError(t, err)
	p := parametres(fides.Destination{Regime: "01", Caisse: "751"})
	p.Enveloppe = e
	for nom, libres := range map[string]map[string]string{"absente": nil, "caractère": {"NOM": "é"}, "trop long": {"NOM": strings.Repeat("A", 126)}} {
		_, err := fides.NewFichier(io.Discard, p2(p, libres))
		var er *simphonie.Erreur
		require.ErrorAs(t, err, &er, nom)
		assert.Equal(t, simphonie.Code("FID-DONNEE"), er.Code)
		assert.Equal(t, "000.libre:NOM", er.Chemin)
	}
	var b bytes.Buffer
	w, err := fides.NewFichier(&b, p2(p, map[string]string{"NOM": "ABC"}))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	assert.True(t, strings.HasPrefix(b.String(), "000ABC "))
	p.Enveloppe, p.Date = fides.Reference(), simphonie.Jour{}
	_, err = fides.NewFichier(io.Discard, p)
	assert.ErrorContains(t, err, "000.date-fichier")
}

func p2(p fides.Parametres, libres map[string]string) fides.Parametres {
	p.Libres = libres
	return p
}

// A file goes to one grand régime and one caisse; calls have their turn; an
// invoice that is refused leaves the file as it was.
func TestFichierRefuse(t *testing.T) {
	x := factureSimple(t, 1)
	code := func(err error) simphonie.Code {
		var e *simphonie.Erreur
		require.ErrorAs(t, err, &e)
		return e.Code
	}
	_, err := fides.NewFichier(io.Discard, parametres(fides.Destination{Regime: "1", Caisse: "751"}))
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(err))
	_, err = fides.NewFichier(io.Discard, fides.Parametres{Enveloppe: fides.Reference(), Destination: x.Destination})
	assert.Equal(t, simphonie.Code("B2-REGLAGE"), code(err))

	var b bytes.Buffer
	w, err := fides.NewFichier(&b, parametres(x.Destination))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(w.Ecris(&x)))
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(w.FermeLot()))
	require.NoError(t, w.OuvreLot(lotDuJour))
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(w.OuvreLot(lotDuJour)))
	ailleurs := x
	ailleurs.Destination.Caisse = "941"
	assert.Equal(t, simphonie.Code("FID-DESTINATION"), code(w.Ecris(&ailleurs)))
	cassee := x
	cassee.Records = x.Records[:len(x.Records)-1] // without its 4S
	assert.Equal(t, simphonie.Code("B2-COMPLEMENT-ABSENT"), code(w.Ecris(&cassee)))
	w2, err := fides.NewFichier(io.Discard, parametres(x.Destination))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("FID-DESTINATION"), code(w2.EcrisLot(lotDuJour, slices.Values([]*fides.Facture{&ailleurs}))))
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(w2.EcrisLot(lotDuJour, nil)))
	w3, err := fides.NewFichier(io.Discard, parametres(x.Destination))
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("FID-DONNEE"), code(w3.OuvreLot(fides.Lot{Date: jour("2026-03-20")})))
	enorme := x
	enorme.Totaux.CaissePH = 1<<63 - 1
	require.NoError(t, w.Ecris(&x))
	assert.Equal(t, simphonie.Code("FID-CUMUL"), code(w.Ecris(&enorme)))
	require.NoError(t, w.Close())
	assert.Equal(t, simphonie.Code("FID-FICHIER"), code(w.OuvreLot(lotDuJour)))
	assert.Len(t, relit(t, b.String()), 1)
}

// Care of before and of after the switch to FIDES do not share a lot.
func TestBascule(t *testing.T) {
	x := factureSimple(t, 1) // 4 March 2026
	apres := x
	apres.Debut, apres.Fin = jour("2026-03-10"), jour("2026-03-10")
	entre := x
	entre.Fin = jour("2026-03-10")
	p := parametres(x.Destination)
	p.Bascule = jour("2026-03-05")
	w, err := fides.NewFichier(io.Discard, p)
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	require.NoError(t, w.Ecris(&x))
	assert.ErrorContains(t, w.Ecris(&apres), "FID-LOT-BASCULE")
	assert.ErrorContains(t, w.Ecris(&entre), "FID-LOT-BASCULE")
	require.NoError(t, w.FermeLot())
	require.NoError(t, w.OuvreLot(lotDuJour))
	require.NoError(t, w.Ecris(&apres))
	require.NoError(t, w.Close())
}

type casse struct{ restants int }

func (c *casse) Write(b []byte) (int, error) {
	if c.restants -= len(b); c.restants < 0 {
		return 0, errors.New("disk full")
	}
	return len(b), nil
}

// A stream that fails says that its effect is not known, and stays failed.
func TestEcritureQuiEchoue(t *testing.T) {
	x := factureSimple(t, 1)
	w, err := fides.NewFichier(&casse{1000}, parametres(x.Destination))
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	for err == nil {
		err = w.Ecris(&x)
	}
	var e *simphonie.Erreur
	require.ErrorAs(t, err, &e)
	assert.True(t, e.IssueInconnue)
	assert.Error(t, w.Close())
}

// Invoices go to the file of their caisse.
func TestRepartiteur(t *testing.T) {
	fichiers := map[fides.Destination]*bytes.Buffer{}
	r := fides.NewRepartiteur(func(d fides.Destination) (*fides.Fichier, fides.Lot, error) {
		if d.Caisse == "999" {
			return nil, fides.Lot{}, io.ErrShortBuffer
		}
		fichiers[d] = &bytes.Buffer{}
		f, err := fides.NewFichier(fichiers[d], parametres(d))
		return f, lotDuJour, err
	})
	for i, caisse := range []string{"751", "941", "751", "131", "941"} {
		p := ordinaire(t)
		p.Droits.Organisme.Caisse = caisse
		x := prix(t, p, options(t))
		res, err := convertisseur(t, fides.Interpretations{}).Convertir(&x.Facture, dossier(p, x, i+1))
		require.NoError(t, err)
		require.NoError(t, r.Ecris(&res.Factures[0]))
	}
	x := factureSimple(t, 9)
	x.Destination.Caisse = "999"
	require.ErrorIs(t, r.Ecris(&x), io.ErrShortBuffer)
	require.NoError(t, r.Close())
	assert.Equal(t, []fides.Destination{{Regime: "01", Caisse: "131"}, {Regime: "01", Caisse: "751"}, {Regime: "01", Caisse: "941"}}, r.Destinations())
	for d, n := range map[string]int{"131": 1, "751": 2, "941": 2} {
		lues := relit(t, fichiers[fides.Destination{Regime: "01", Caisse: d}].String())
		assert.Len(t, lues, n)
	}
}

// What the writer would refuse is told in French, by zone.
func TestVerifier(t *testing.T) {
	x := factureSimple(t, 1)
	as, err := x.Verifier(reglagesB2())
	require.NoError(t, err)
	assert.Empty(t, as)
	f, d := prixDe()(t)
	d.Specialite, d.Medecin.NumeroAM = "8é", "1234567890"
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	as, err = r.Factures[0].Verifier(reglagesB2())
	require.NoError(t, err)
	assert.Contains(t, as.Codes(), simphonie.Code("B2-ZONE-DEPASSEMENT"))
	assert.Contains(t, as[0].Message, "Zone 2S112 (N° Assurance maladie du médecin traitant)")
	assert.Equal(t, "enregistrement 2, zone 2S112", as[0].Chemin)
	_, err = x.Verifier(b2.Reglages{})
	assert.Error(t, err)
}

// What is not covered is refused with its error, and a file that refuses an
// invoice stops the flow.
func TestFlux(t *testing.T) {
	f, d := prixDe()(t)
	prive := *d
	prive.Etablissement.Secteur = tarif.ExOQN
	c := convertisseur(t, fides.Interpretations{})
	tires := 0
	visites := func(yield func(*facture.Facture, *fides.Dossier) bool) {
		for _, x := range []*fides.Dossier{&prive, d, d} {
			if tires++; !yield(f, x) {
				return
			}
		}
	}
	var refus []fides.Constat
	note := func(r fides.Constat) { refus = append(refus, r) }
	w, err := fides.NewFichier(io.Discard, parametres(fides.Destination{Regime: "01", Caisse: "941"}))
	require.NoError(t, err)
	require.ErrorContains(t, w.EcrisLot(lotDuJour, c.Factures(visites, note)), "FID-DESTINATION")
	assert.Equal(t, 2, tires)
	require.Len(t, refus, 1)
	require.ErrorIs(t, refus[0].Err, fides.ErrSecteurNonCouvert)
	assert.Same(t, f, refus[0].Facture)

	annoncee := *d
	annoncee.FactureAMC = true
	n := 0
	for range c.Factures(func(yield func(*facture.Facture, *fides.Dossier) bool) { yield(f, &annoncee) }, note) {
		n++
	}
	assert.Equal(t, 1, n, "an alert does not refuse")
	require.Len(t, refus, 2)
	assert.False(t, refus[1].Refuse())
	assert.Equal(t, []simphonie.Code{"FID-ECLATEMENT-VIDE"}, refus[1].Anomalies.Codes())
}
