package fides_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides"
)

// lecture reads a file, right or wrong.
func lecture(t testing.TB, r io.Reader) ([]*fides.FactureLue, simphonie.Anomalies, error) {
	t.Helper()
	l, err := fides.Relire(r, fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	var fs []*fides.FactureLue
	for f, err := range l.Factures() {
		if err != nil {
			return fs, l.Anomalies(), err
		}
		fs = append(fs, f)
	}
	return fs, l.Anomalies(), nil
}

// A line of the envelope that is lost, doubled, moved or changed is told.
func TestEnveloppeAbimee(t *testing.T) {
	ls := strings.SplitAfter(ecrit(t, factureSimple(t, 1), factureSimple(t, 2)), "\n")
	ls = ls[:len(ls)-1]
	n := len(ls)
	abime := func(f func([]string) []string) []simphonie.Code {
		_, as, err := lecture(t, strings.NewReader(strings.Join(f(slices.Clone(ls)), "")))
		require.NoError(t, err)
		return as.Codes()
	}
	assert.Empty(t, abime(func(l []string) []string { return l }))
	for _, i := range []int{0, 1, n - 2, n - 1} {
		assert.Contains(t, abime(func(l []string) []string { return slices.Delete(l, i, i+1) }), simphonie.Code("FID-ENVELOPPE"), "lost %d", i)
		assert.Contains(t, abime(func(l []string) []string { return slices.Insert(l, i, l[i]) }), simphonie.Code("FID-ENVELOPPE"), "doubled %d", i)
	}
	assert.Contains(t, abime(func(l []string) []string { return append(l, l[0]) }), simphonie.Code("FID-ENVELOPPE"))
	assert.Contains(t, abime(func(l []string) []string { return append(l, "6 too short\n") }), simphonie.Code("FID-ENVELOPPE"))
	assert.Contains(t, abime(func(l []string) []string { return append(l, "ABC\n") }), simphonie.Code("FID-ENVELOPPE"))
	// An invoice that is lost breaks counts and sums of lot and file.
	assert.GreaterOrEqual(t, len(abime(func(l []string) []string { return slices.Delete(l, 2, 8) })), 8)
	assert.Contains(t, abime(func(l []string) []string { return slices.Delete(l, 2, 8) }), simphonie.Code("FID-ENVELOPPE-ZONE"))
	for _, x := range []struct {
		i        int
		de, vers string
	}{{0, "NON OFFICIEL", "OFFICIEL    "}, {n - 2, "000000006066", "000000006067"}, {n - 2, "OFFICIEL000001", "OFFICIEL000002"}, {n - 1, "000000002", "000000003"}} {
		cs := abime(func(l []string) []string {
			change := strings.Replace(l[x.i], x.de, x.vers, 1)
			require.NotEqual(t, l[x.i], change)
			l[x.i] = change
			return l
		})
		assert.Equal(t, []simphonie.Code{"FID-ENVELOPPE-ZONE"}, cs, x.vers)
	}
	_, as, err := lecture(t, strings.NewReader(strings.Repeat("ABC\n", 3000)))
	require.NoError(t, err)
	assert.Len(t, as, 1001)
	assert.Equal(t, simphonie.Code("FID-TROP"), as[1000].Code)
}

// A file for another caisse than its invoices.
func TestDestinationLue(t *testing.T) {
	fichier := strings.Replace(ecrit(t, factureSimple(t, 1)), "01751260320", "01941260320", 1)
	fs, _, err := lecture(t, strings.NewReader(fichier))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"FID-DESTINATION"}, fs[0].Anomalies.Codes())

	// An envelope that does not name it: that of the first invoice.
	e, err := fides.LoadEnveloppe("éditeur", strings.NewReader(enveloppe()))
	require.NoError(t, err)
	x, y := factureSimple(t, 1), factureSimple(t, 2)
	milieu := func(x fides.Facture) string {
		ls := strings.SplitAfter(ecrit(t, x), "\n")
		return strings.Join(ls[2:8], "")
	}
	blanc := func(s string) string { return s + strings.Repeat(" ", 128-len(s)) + "\n" }
	deux := blanc("000ABC") + blanc("1") + milieu(x) + strings.Replace(milieu(y), "01751", "01941", 1) + blanc("6") + blanc("999")
	l, err := fides.Relire(strings.NewReader(deux), fides.OptionsLecture{Enveloppe: e, Siecle: 2000})
	require.NoError(t, err)
	var codes []simphonie.Code
	for f := range l.Factures() {
		codes = append(codes, f.Anomalies.Codes()...)
	}
	assert.Equal(t, []simphonie.Code{"FID-DESTINATION"}, codes)
	assert.Empty(t, l.Anomalies())
}

func TestLectureQuiEchoue(t *testing.T) {
	fichier := ecrit(t, factureSimple(t, 1))
	echec := errors.New("cut")
	fs, _, err := lecture(t, io.MultiReader(strings.NewReader(fichier[:129*8]), iotest.ErrReader(echec)))
	require.ErrorIs(t, err, echec)
	assert.Len(t, fs, 1)
	l, err := fides.Relire(strings.NewReader(fichier), fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	for range l.Factures() {
		break
	}
	var e *simphonie.Erreur
	_, err = fides.Relire(strings.NewReader(fichier), fides.OptionsLecture{Enveloppe: fides.Reference()})
	require.ErrorAs(t, err, &e)
	assert.Equal(t, simphonie.Code("FID-FICHIER"), e.Code)
}

// The proof can fail: an amount changed by a cent in any zone that holds one, a
// line lost, doubled or added, an invoice that is missing.
func TestLaPreuvePeutEchouer(t *testing.T) {
	f, d := prixDe(c2s, ald)(t)
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	fichier := ecrit(t, res.Factures...)
	rapproche := func(change func(*fides.FactureLue)) []simphonie.Code {
		lue := relit(t, fichier)[0]
		change(lue)
		soldes, as := fides.Rapprocher(f, lue)
		if len(as) == 0 {
			for _, s := range soldes {
				assert.True(t, s.Retrouve())
			}
		}
		return as.Codes()
	}
	assert.Empty(t, rapproche(func(*fides.FactureLue) {}))
	ecart := simphonie.Code("FID-ECART-LIGNE")
	for i := range relit(t, fichier)[0].Lignes {
		assert.Contains(t, rapproche(func(l *fides.FactureLue) { l.Lignes[i].AMO++ }), ecart)
		assert.Contains(t, rapproche(func(l *fides.FactureLue) { l.Lignes[i].OC++ }), ecart)
		assert.Contains(t, rapproche(func(l *fides.FactureLue) { l.Lignes[i].Total++ }), ecart)
		assert.Contains(t, rapproche(func(l *fides.FactureLue) { l.Lignes = slices.Delete(l.Lignes, i, i+1) }), ecart)
		assert.Contains(t, rapproche(func(l *fides.FactureLue) { l.Lignes = append(l.Lignes, l.Lignes[i]) }), ecart)
	}
	assert.Equal(t, []simphonie.Code{"FID-LIGNE-EN-TROP"}, rapproche(func(l *fides.FactureLue) {
		l.Lignes = append(l.Lignes, fides.LigneLue{Type: "4", Code: "SAS", Jour: jour("2026-03-04")})
	}))
	assert.Equal(t, []simphonie.Code{"FID-ECART-TOTAL"}, rapproche(func(l *fides.FactureLue) { l.Totaux.CaissePH++ }))
	assert.Equal(t, []simphonie.Code{"FID-FACTURE-AUTRE"}, rapproche(func(l *fides.FactureLue) { l.Venue = "900000002" }))
	assert.Equal(t, []simphonie.Code{"FID-FACTURE-AUTRE"}, rapproche(func(l *fides.FactureLue) { l.FINESS = "670780055" }))
	f.Venue = "000" + f.Venue // the zone is behind zeros
	assert.Empty(t, rapproche(func(*fides.FactureLue) {}))
	_, as := fides.Rapprocher(f)
	assert.Equal(t, []simphonie.Code{"FID-FACTURE-ABSENTE"}, as.Codes())
	total, err := relit(t, fichier)[0].Total()
	require.NoError(t, err)
	attendu, err := f.Total()
	require.NoError(t, err)
	assert.Equal(t, attendu, total)
}

// Two debtors without zones on one line: the lines show their sum.
func TestDeuxDebiteursSansZone(t *testing.T) {
	f, d := prixDe()(t)
	i := parteDu(f, simphonie.Patient)
	autre := f.Parts[i]
	f.Parts[i].Montant -= 500
	autre.Montant, autre.Debiteur = 500, simphonie.AMC("12345678")
	f.Parts = append(f.Parts, autre)
	d.FactureAMC = true
	prouve(t, convertisseur(t, fides.Interpretations{}), f, d)
}

// Invoices read are one piece of memory each: a file is never held whole.
func FuzzRelire(f *testing.F) {
	fichier := ecrit(f, factureSimple(f, 1), factureSimple(f, 2))
	f.Add(fichier)
	f.Add(strings.ReplaceAll(fichier, "\n", ""))
	f.Add(fichier[:700])
	f.Add("000\n1\n6\n999\n2\n")
	f.Fuzz(func(t *testing.T, texte string) {
		fs, as, err := lecture(t, strings.NewReader(texte))
		if texte == fichier && (err != nil || len(as) > 0 || len(fs) != 2) {
			t.Fatal("a right file is refused")
		}
		// A file whose envelope is whole and whose invoices are right adds up.
		if err != nil || len(as) > 0 {
			return
		}
		for _, x := range fs {
			if total, err := x.Total(); err == nil && !x.Anomalies.Stoppent() && total != x.Totaux.FacturePH+x.Totaux.Honoraires {
				t.Fatalf("%s: %s € of lines for other totals", x.Numero, total)
			}
		}
	})
}

// What a layout refuses is always the same error, and what it takes writes 128
// columns.
func FuzzEnveloppe(f *testing.F) {
	f.Add(enveloppe())
	f.Add("record,colonne,largeur,genre,valeur,libelle\n000,1,3,N,=000,")
	f.Fuzz(func(t *testing.T, texte string) {
		e, err := fides.LoadEnveloppe("essai", strings.NewReader(texte))
		if err != nil {
			require.ErrorIs(t, err, fides.ErrLayoutIncomplete)
			return
		}
		var b strings.Builder
		p := parametres(fides.Destination{Regime: "01", Caisse: "751"})
		p.Enveloppe = e
		w, err := fides.NewFichier(&b, p)
		if err != nil || w.Close() != nil {
			return // the layout wants data that was not given
		}
		require.Len(t, b.String(), 2*129)
	})
}
