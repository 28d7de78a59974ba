package mandat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
)

// The ten vectors. 50 € and the limit dates are invented: the programme has no
// default. premier is the first day on which the order leaves, -1 for never.
func TestVecteurs(t *testing.T) {
	for _, x := range []struct {
		nom      string
		limite   int
		facture  int
		montant  simphonie.Montant
		corrige  simphonie.Montant // on D+12, with its notice
		retrait  bool              // on D+12
		etat     mandat.Etat
		premier  int
		preleves simphonie.Montant
	}{
		{nom: "1", limite: 60, facture: 10, montant: 17_00, etat: mandat.Preleve, premier: 13, preleves: 17_00},
		{nom: "2: the ceiling is inclusive", limite: 60, facture: 10, montant: 50_00, etat: mandat.Preleve, premier: 13, preleves: 50_00},
		{nom: "3: no partial debit", limite: 60, facture: 10, montant: 50_01, etat: mandat.PlafondDepasse, premier: -1},
		{nom: "4: D+13 is after D+12", limite: 12, facture: 10, montant: 17_00, etat: mandat.Expire, premier: -1},
		{nom: "5: the last day", limite: 13, facture: 10, montant: 17_00, etat: mandat.Preleve, premier: 13, preleves: 17_00},
		{nom: "6", limite: 60, facture: 10, montant: 0, etat: mandat.RienDu, premier: -1},
		{nom: "7: a new notice, a new delay", limite: 60, facture: 10, montant: 17_00, corrige: 18_00, etat: mandat.Preleve, premier: 15, preleves: 18_00},
		{nom: "8", limite: 60, facture: 10, montant: 17_00, retrait: true, etat: mandat.Retire, premier: -1},
		{nom: "9: a small amount", limite: 60, facture: 1, montant: 4_20, etat: mandat.Preleve, premier: 4, preleves: 4_20},
	} {
		t.Run(x.nom, func(t *testing.T) {
			b := actif(t, x.limite)
			premier := -1
			for n := x.facture; n <= 61; n++ {
				switch {
				case n == x.facture:
					b.fait(n, facture(x.montant))
				case n == 12 && x.corrige > 0:
					b.fait(n, mandat.FactureCorrigee(facture(x.corrige)))
				case n == 12 && x.retrait:
					b.fait(n, mandat.Retrait{})
				}
				if b.m.Etat == mandat.MontantConnu {
					b.avise(n)
				}
				for _, e := range b.fait(n, mandat.JourVenu{}) {
					if e.Genre == mandat.Soumettre {
						require.Equal(t, -1, premier, "sent twice")
						premier = n
						assert.Equal(t, x.preleves, e.Montant)
						b.preleve(n)
					}
				}
			}
			assert.Equal(t, x.etat, b.m.Etat)
			assert.Equal(t, x.premier, premier)
			assert.Equal(t, x.preleves, b.m.Preleve())
			assert.True(t, b.m.Alias.IsZero(), "nothing needs the card any more")
			require.NoError(t, b.m.Verifier())
		})
	}
}

// Vector 10: the notice leaves on 27 March 2021 at 23:30, and summer time
// begins on the 28th: three civil days, not 72 hours.
func TestVecteurChangementDHeure(t *testing.T) {
	p := proposition(0)
	p.DateLimite = simphonie.MustJour("2021-05-27")
	le := func(j, h string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", j+" "+h, paris)
		require.NoError(t, err)
		return x
	}
	m, err := mandat.New(p, le("2021-03-20", "09:00"))
	require.NoError(t, err)
	b := &banc{TB: t, m: m}
	b.faitA(le("2021-03-20", "09:10"), acceptation(m))
	b.faitA(le("2021-03-27", "23:29"), facture(17_00))
	b.faitA(le("2021-03-27", "23:30"), mandat.AvisEnvoye{Avis: 1, Annonce: simphonie.MustJour("2021-03-30"), Canal: "mel", Texte: "v1"})
	assert.Equal(t, "2021-03-30", b.m.Prelevements[0].Echeance.String())
	assert.Empty(t, b.faitA(le("2021-03-29", "23:59"), mandat.JourVenu{}))
	// The hour of the server does not decide: it is already the 30th in Paris.
	assert.Len(t, b.faitA(le("2021-03-30", "00:01").UTC(), mandat.JourVenu{}), 1)
	assert.Equal(t, mandat.Soumis, b.m.Etat)
}

// The day of an establishment is its own.
func TestZone(t *testing.T) {
	soir := time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC) // 2 March in Guadeloupe, 3 March in Paris and at La Réunion
	for territoire, jour := range map[simphonie.Territoire]string{simphonie.Guadeloupe: "2026-03-02", simphonie.Metropole: "2026-03-03", simphonie.Reunion: "2026-03-03"} {
		p := politique
		p.Territoire = territoire
		j, err := p.Jour(soir)
		require.NoError(t, err)
		assert.Equal(t, jour, j.String(), territoire)
	}
}

// The three ways to count. 1 May 2026 is a Friday, 8 May too, 14 May Ascension.
func TestEcheance(t *testing.T) {
	for _, x := range []struct {
		jours       mandat.Decompte
		avis, prevu string
	}{
		{mandat.Calendaires, "2026-04-30", "2026-05-03"},
		{mandat.Ouvrables, "2026-04-30", "2026-05-05"}, // Saturday 2, Monday 4, Tuesday 5
		{mandat.Ouvres, "2026-04-30", "2026-05-06"},    // Monday 4, Tuesday 5, Wednesday 6
		{mandat.Ouvres, "2026-05-13", "2026-05-19"},    // Friday 15, Monday 18, Tuesday 19
		{mandat.Ouvrables, "2026-05-13", "2026-05-18"}, // Friday 15, Saturday 16, Monday 18
	} {
		p := politique
		p.Jours = x.jours
		assert.Equal(t, x.prevu, p.Echeance(simphonie.MustJour(x.avis)).String(), "%s %s", x.jours, x.avis)
	}
	assert.Equal(t, simphonie.Jour{}, politique.Echeance(simphonie.Jour{}))
	assert.Equal(t, "9999-12-31", mandat.Politique{}.Echeance(origine).String(), "nothing comes due without a policy")
}
