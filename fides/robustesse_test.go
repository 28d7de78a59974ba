package fides_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/b2"
)

// Three pieces of an amount that three does not divide: 1 000 000 cents would
// not fit the six columns of 04123.
func TestCentimesDUnDecoupage(t *testing.T) {
	p := ordinaire(t)
	ame(p.Droits)
	r := prix(t, p, options(t))
	const total = 3*999_999 - 1
	for i := range r.Facture.Lignes {
		if l := &r.Facture.Lignes[i]; l.Code == "FU2" {
			l.PrixUnitaire, l.Honoraires, l.BRAMC, l.MRC = total*10_000, total, total, total
		}
	}
	for i := range r.Facture.Parts {
		r.Facture.Parts[i].Montant = r.Facture.Lignes[r.Facture.Parts[i].Ligne].Honoraires
	}
	lignes := prouve(t, convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes}), &r.Facture, dossier(p, r, 1))
	var oc []string
	for _, l := range lignes {
		if l[0] == '4' && l[35] != 'S' {
			oc = append(oc, l[122:128])
		}
	}
	assert.Equal(t, []string{"999998", "999999", "999999"}, oc)
}

// Numbers that no invoice has are refused at once: no panic, no endless search
// for equal shares of a prime quantity.
func TestNombresHostiles(t *testing.T) {
	const premier = 1<<61 - 1
	for _, n := range []int64{math.MinInt64, -premier, -1, 0, 100, 99_990_001, premier, math.MaxInt64} {
		for _, change := range []func(*facture.Ligne, *facture.Part){
			func(l *facture.Ligne, _ *facture.Part) { l.Quantite = int(n) },
			func(l *facture.Ligne, _ *facture.Part) { l.PrixUnitaire = simphonie.Prix(n) },
			func(l *facture.Ligne, _ *facture.Part) { l.MRO, l.MRC = simphonie.Montant(n), simphonie.Montant(n) },
			func(l *facture.Ligne, _ *facture.Part) {
				l.Honoraires, l.BRAMO = simphonie.Montant(n), simphonie.Montant(n)
			},
			func(_ *facture.Ligne, p *facture.Part) { p.Montant = simphonie.Montant(n) },
			func(_ *facture.Ligne, p *facture.Part) { p.Ligne = int(n) },
		} {
			for _, c := range []fides.Decoupage{fides.DecoupageRefuse, fides.DecoupageLignes} {
				f, d := prixDe(c2s)(t)
				change(&f.Lignes[0], &f.Parts[0])
				r, err := convertisseur(t, fides.Interpretations{Decoupage: c}).Convertir(f, d)
				require.NoError(t, err)
				for i := range r.Factures {
					_, err := r.Factures[i].Verifier(reglagesB2())
					require.NoError(t, err)
				}
				fides.Controler(f, d, fides.Envoi{Le: jour("2026-03-20")})
				fides.Rapprocher(f, &fides.FactureLue{})
			}
		}
	}
}

func TestSansFactureNiDossier(t *testing.T) {
	f, d := prixDe()(t)
	c := convertisseur(t, fides.Interpretations{})
	var faute *simphonie.Erreur
	_, err := c.Convertir(f, nil)
	require.ErrorAs(t, err, &faute)
	assert.Equal(t, simphonie.Code("FID-DOSSIER"), faute.Code)
	_, err = c.Convertir(nil, d)
	require.ErrorAs(t, err, &faute)
	assert.Equal(t, simphonie.Code("FID-DOSSIER"), faute.Code)
}

// A part of no line is due, and the file does not show it.
func TestPartSansLigne(t *testing.T) {
	f, d := prixDe()(t)
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	lues := relit(t, ecrit(t, r.Factures...))
	f.Parts = append(f.Parts, facture.Part{Ligne: len(f.Lignes), Debiteur: simphonie.Patient, Montant: 100})
	soldes, as := fides.Rapprocher(f, lues...)
	assert.Equal(t, []simphonie.Code{"FID-ECART-LIGNE"}, as.Codes())
	for i := range soldes {
		assert.Equal(t, soldes[i].Debiteur == simphonie.AMO, soldes[i].Retrouve())
	}
}

// The numbers of the next invoices are unique as the first is.
func TestNumerosSuiteEnDouble(t *testing.T) {
	f, d := prixDe()(t)
	autre := b2.NumeroFacture("260000009")
	d.NumerosSuite = []b2.NumeroFacture{autre, d.Numero, autre}
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	require.Len(t, r.Anomalies, 2)
	assert.Equal(t, "numerosSuite[1]", r.Anomalies[0].Chemin)
	assert.Equal(t, "numerosSuite[2]", r.Anomalies[1].Chemin)
	assert.Equal(t, []simphonie.Code{"FID-DOUBLON-NUMERO", "FID-DOUBLON-NUMERO"}, []simphonie.Code{r.Anomalies[0].Code, r.Anomalies[1].Code})

	d.NumerosSuite = []b2.NumeroFacture{autre}
	g, e := prixDe(ald)(t)
	e.Numero, g.Venue = autre, "7"
	reg, err := fides.NewRegistre(100, []byte("0123456789abcdef"))
	require.NoError(t, err)
	reg.Inscrit(g, &fides.Dossier{}, fides.Facture{Numero: autre})
	as := fides.Controler(f, d, fides.Envoi{Le: jour("2026-03-20"), Registre: reg})
	assert.Equal(t, []simphonie.Code{"FID-DOUBLON-NUMERO"}, as.Codes())
}

// A record that cannot be made never leaves a file that looks whole.
func TestFichierJamaisAMoitie(t *testing.T) {
	p := parametres(fides.Destination{Regime: "01", Caisse: "751"})
	p.Numero = 0
	w, err := fides.NewFichier(&strings.Builder{}, p)
	require.Error(t, err)
	assert.Nil(t, w)

	// The record 6 wants a datum that was not given.
	var csv []string
	for _, r := range []string{"000,1,3", "1,1,1", "6,1,1", "999,1,3"} {
		x := strings.Split(r, ",")
		csv = append(csv, r+",N,="+x[0]+",type")
		switch {
		case x[0] == "6":
			csv = append(csv, "6,2,127,A,libre:FIN,fin")
		case x[2] == "1":
			csv = append(csv, x[0]+",2,127,A,blanc,filler")
		default:
			csv = append(csv, x[0]+",4,125,A,blanc,filler")
		}
	}
	e, err := fides.LoadEnveloppe("essai", strings.NewReader("record,colonne,largeur,genre,valeur,libelle\n"+strings.Join(csv, "\n")))
	require.NoError(t, err)
	p.Enveloppe = e
	var b strings.Builder
	w, err = fides.NewFichier(&b, p)
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	require.Error(t, w.FermeLot())
	require.Error(t, w.Close())
	assert.NotContains(t, b.String(), "\n999")
}

// A file whose lot does not open is not opened a second time.
func TestRepartiteurOuvreUneFois(t *testing.T) {
	f, d := prixDe()(t)
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	n := 0
	rep := fides.NewRepartiteur(func(x fides.Destination) (*fides.Fichier, fides.Lot, error) {
		n++
		w, err := fides.NewFichier(&strings.Builder{}, parametres(x))
		return w, fides.Lot{}, err
	})
	require.Error(t, rep.Ecris(&r.Factures[0]))
	require.Error(t, rep.Ecris(&r.Factures[0]))
	assert.Equal(t, 1, n)
	require.NoError(t, rep.Close())
}

// Debts whose sum wraps around to the right one prove nothing.
func TestPartsQuiDebordent(t *testing.T) {
	f, d := prixDe()(t)
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	lues := relit(t, ecrit(t, r.Factures...))
	for _, m := range []simphonie.Montant{math.MaxInt64, math.MaxInt64, 2} {
		f.Parts = append(f.Parts, facture.Part{Ligne: 1, Debiteur: simphonie.Patient, Montant: m})
	}
	_, as := fides.Rapprocher(f, lues...)
	assert.Equal(t, []simphonie.Code{"FAC-DEPASSEMENT"}, as.Codes())
}

// The sums of the envelope are those of the records.
func TestTotauxDesRecords(t *testing.T) {
	f, d := prixDe()(t)
	r, err := convertisseur(t, fides.Interpretations{}).Convertir(f, d)
	require.NoError(t, err)
	x := &r.Factures[0]
	w, err := fides.NewFichier(&strings.Builder{}, parametres(x.Destination))
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	x.Totaux.CaissePH += 100
	var faute *simphonie.Erreur
	require.ErrorAs(t, w.Ecris(x), &faute)
	assert.Equal(t, simphonie.Code("FID-CUMUL"), faute.Code)
	x.Totaux.CaissePH -= 100
	require.NoError(t, w.Ecris(x))
}
