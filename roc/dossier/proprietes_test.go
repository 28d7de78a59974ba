package dossier_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// Random sequences of events, wrong ones included, under random policies. The
// test keeps its own account of what the insurer committed to; the seed replays.
func TestProprietes(t *testing.T) {
	total := 400
	if os.Getenv("SIMPHONIE_COMPLET") != "" {
		total = 20_000
	}
	graine := uint64(time.Now().UnixNano())
	t.Logf("seed %d", graine)
	alea := rand.New(rand.NewPCG(graine, 7))
	var emises, calcules, refuses int
	for range total {
		var c compteur
		evs := evenements(&c)
		p := dossier.Politique{AnnulationApresRejet: alea.IntN(2) == 0, AnnulationDRE: simphonie.OuiNon(alea.IntN(3))}
		d := joue(t, &c, p, []string{"", "IDB+", "IDB+ CLC> CLC+", "IDB+ CLC> CLC+ emet"}[alea.IntN(4)])
		vivants := 0
		if d.Calcul != nil {
			vivants = 1
		}
		for range 30 {
			ev := evs[alea.IntN(len(evs))]
			x := ev.e(&d)
			// Half of the time the amounts or the digest are not those of the CLC.
			if em, ok := x.(dossier.Emission); ok {
				switch alea.IntN(6) {
				case 0:
					em.Parts = parts(1000, 2001)
				case 1:
					em.Empreinte = empreinte(3)
				case 2:
					em.Parts[1].Etat = facture.Simule
				}
				x = em
			}
			avant := d
			s := d.Applique(x, p)
			require.Len(t, s.Dossier.Appels, len(avant.Appels)+ajoutes(x, s.Refuse), "every call is kept: %s", ev.nom)
			switch {
			case s.Refuse:
				refuses++
				require.Equal(t, avant, s.Dossier)
				continue
			case avant.Calcul == nil && s.Dossier.Calcul != nil:
				vivants++
				calcules++
			case avant.Calcul != nil && s.Dossier.Calcul == nil:
				vivants--
			}
			require.Contains(t, []int{0, 1}, vivants, "never two live CLC")
			if em, ok := x.(dossier.Emission); ok {
				emises++
				require.Contains(t, []dossier.Etat{dossier.Calcule, dossier.Rejete}, avant.Etat)
				require.Nil(t, avant.Suspens)
				require.False(t, avant.Calcul.Perime)
				require.Equal(t, avant.Calcul.Empreinte, em.Empreinte)
				require.Equal(t, simphonie.Montant(3000), s.Dossier.Emission.Total)
				require.Equal(t, avant.Parts(), s.Dossier.Emission.Parts, "the invoice asks what the insurer committed to, line by line")
			}
			d = s.Dossier
		}
		require.NoError(t, rejoue(&d))
	}
	t.Logf("%d invoices out of %d CLC, %d events refused", emises, calcules, refuses)
	assert.Positive(t, emises)
}

// ajoutes is the number of calls that an event adds.
func ajoutes(e dossier.Evenement, refuse bool) int {
	switch e.(type) {
	case dossier.IDBRecue, dossier.SIMRecue, dossier.LectureEchouee, dossier.Depart:
		if !refuse {
			return 1
		}
	}
	return 0
}

// rejoue saves and reads back.
func rejoue(d *dossier.Dossier) error {
	b, err := dossier.Encode(d)
	if err != nil {
		return err
	}
	_, err = dossier.Decode(b)
	return err
}

// A simulation leaves nothing that could be billed.
func TestSimulationPasFacturable(t *testing.T) {
	var c compteur
	d := joue(t, &c, dossier.Politique{}, "IDB+ SIM+")
	assert.Nil(t, d.Parts())
	s := modele.Simulation{Montants: montants()}
	for _, p := range s.Parts(amc) {
		assert.Equal(t, facture.Simule, p.Etat)
	}
	d = joue(t, &c, dossier.Politique{}, "IDB+ CLC> CLC+")
	r := d.Applique(dossier.Emission{Numero: "F1", Le: quand, Jour: jour, Empreinte: empreinte(1), Parts: s.Parts(amc),
		Forcage: &dossier.Forcage{Par: moi, Motif: cause}}, dossier.Politique{})
	assert.True(t, r.Refuse)
	assert.Equal(t, []simphonie.Code{"ROC-DRE-PART", "ROC-DRE-PART"}, r.Anomalies.Codes(), "not even by a decision")
}
