package fides_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/urgences"
)

// hasard draws a billable visit of any age, hour, situation and content.
func hasard(t testing.TB, r *rand.Rand) *urgences.Passage {
	un := func(n int) bool { return r.IntN(n) == 0 }
	p := ordinaire(t)
	p.DebutSoins = time.Date(2023, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(3*365*24*60)) * time.Minute)
	p.Arrivee, p.Sortie = p.DebutSoins.Add(-time.Hour), p.DebutSoins.Add(time.Duration(10+r.IntN(20))*time.Hour)
	p.Naissance = simphonie.NaissanceLe(simphonie.JourOf(p.DebutSoins).AddDays(-r.IntN(90 * 365)))
	p.CCMU = urgences.CCMU([]string{"1", "2", "3", "4", "5"}[r.IntN(5)])
	p.Actes, p.Diagnostic = []string{"ZZZZ901"}, []string{"Z99.1", "Z99.2", "Z00.0"}[r.IntN(3)]
	p.ModeArrivee = []urgences.ModeArrivee{urgences.VehiculeA, urgences.ParSesMoyens}[r.IntN(2)]
	for range r.IntN(3) {
		quand := func() time.Time { return p.DebutSoins.Add(time.Duration(r.IntN(600)) * time.Minute) }
		p.Biologie = append(p.Biologie, quand())
		p.Avis = append(p.Avis, urgences.Avis{Specialite: fmt.Sprintf("%02d", 1+r.IntN(4)), Debut: quand(), SurDemande: simphonie.Oui, AupresDuPatient: simphonie.Oui})
		a := urgences.Imagerie{Type: urgences.Conventionnelle, ParRadiologue: simphonie.Oui, CompteRendu: simphonie.Oui, Debut: quand()}
		if un(2) {
			a.Type, a.Forfait, a.Scanner = urgences.Coupe, urgences.FTN, un(2)
		}
		p.Imagerie = append(p.Imagerie, a)
	}
	for _, f := range []func(*droits.Acquisition){ald, local, c2s, c2sSeparee, ame, mines, atDeclare, maternite, pension, detenu, rss} {
		if un(6) {
			f(p.Droits)
		}
	}
	p.Soins.LieeAT, p.Soins.Attentat, p.Soins.ViolenceSexuelle = len(p.Droits.AT) > 0 && un(2), un(12), un(12)
	for i := range p.Droits.AT { // declared on the day
		p.Droits.AT[i].Periode = simphonie.Periode{}
	}
	if un(4) {
		p.AMC = "0012345678"
	}
	return p
}

// Whatever the visit and the readings: the file is right for the codec and for
// the checker of independant_test.go, every euro is found debtor by debtor,
// the controls find nothing, and the same inputs give the same bytes.
func TestProprietes(t *testing.T) {
	graine := uint64(time.Now().UnixNano())
	t.Logf("graine %d", graine)
	r := rand.New(rand.NewPCG(graine, 1))
	o := options(t)
	o.Interpretations.AMCDeclaree = urgences.AMCAssureur
	tirages := 1200
	if testing.Short() {
		tirages = 150
	}
	faits := 0
	for i := range tirages {
		p := hasard(t, r)
		res, err := urgences.Compute(p, o)
		require.NoError(t, err)
		if res.Issue != urgences.Facturable {
			continue
		}
		d := dossier(p, &res, i+1)
		if r.IntN(2) == 0 && !res.Contexte.OC.Equal(simphonie.OCC2SConjointe) {
			d.C2S = fides.C2SEclatement
		}
		lectures := fides.Interpretations{Ordre: []fides.Ordre{fides.Type3Dabord, fides.Type4Dabord}[r.IntN(2)],
			Imagerie: []b2.Type{b2.T3, b2.T4}[r.IntN(2)], Total: []fides.Total{fides.TotalLitteral, fides.TotalHonoraires}[r.IntN(2)]}
		c := convertisseur(t, lectures)
		lignes := prouve(t, c, &res.Facture, d)
		controleLignes(t, lignes, &res.Contexte)
		as := fides.Controler(&res.Facture, d, fides.Envoi{Le: d.Sortie.AddDays(30)})
		require.Empty(t, gravites(as), "%v", as)
		melange(&res.Facture, r)
		require.Equal(t, trie(lignes), trie(prouve(t, c, &res.Facture, d)))
		faits++
	}
	require.Greater(t, faits, tirages*8/10)
}

// melange shuffles the lines of an invoice.
func melange(f *facture.Facture, r *rand.Rand) {
	n := len(f.Lignes)
	ou := r.Perm(n)
	// The equipment is given in the order of the technical forfaits: keep them so.
	ls := make([]facture.Ligne, n)
	for i, l := range f.Lignes {
		if l.Support >= 0 {
			l.Support = ou[l.Support]
		}
		ls[ou[i]] = l
	}
	f.Lignes = ls
	for i := range f.Parts {
		f.Parts[i].Ligne = ou[f.Parts[i].Ligne]
	}
}
