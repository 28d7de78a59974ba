package fides_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides"
)

// What a drug is cut into says the same thing in each of its zones: the total of
// a 4H is unit price × quantity × fraction, that of a line is the part of the
// AMO and the complementary one, and the AMO pays the rate of what the line asks.
func TestDecoupageCoherent(t *testing.T) {
	c := convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes})
	for _, x := range []struct {
		prix      string
		quantite  int
		lignes    int
		quantites int // of each line
	}{
		{"6000.00", 4, 4, 1},  // one unit fits: units are parted, not fractions (RG_MF620)
		{"24000.00", 1, 3, 1}, // 0.3333, 0.3333, 0.3334: 7 999.20, 7 999.20, 8 001.60
		{"29970.00", 1, 4, 1}, // 0.3334 of it and a share of the margin would be 10 001.05
		{"7000.01", 5, 5, 1},
		{"4500.37", 6, 3, 2},
	} {
		for _, taux := range []int{0, 65} {
			p := produit(droits.Retrocede, "PHH", "9999909", x.prix, x.quantite)
			p.Produit.Marge, p.Produit.Reconstitution = 22_00, 5_15
			v := avecDroits(venue(p), map[bool]func(*droits.Acquisition){true: ame, false: c2s}[taux == 0])
			f := &tarifeACE(t, v, optionsACE(t))[0]
			l := &f.Lignes[0]
			if taux != 0 { // a drug that is not at 100 %
				l.Code, l.Taux = "PHS", simphonie.Cent*65/100
				var err error
				l.MRO, err = l.Taux.Of(l.BRAMO, simphonie.DemiSup)
				require.NoError(t, err)
				l.MRC = l.Honoraires - l.MRO
				f.Parts[0].Montant = l.MRO
				p := f.Parts[0]
				p.Debiteur, p.Montant = simphonie.AMC("99999997"), l.MRC
				f.Parts = append(f.Parts, p)
			}
			m, ordre := nommes(prouve(t, c, &f.Facture, dossierACE(v, f, 1)))
			if taux == 0 {
				assert.Len(t, ordre, x.lignes, x.prix)
			}
			marges := 0
			for _, nom := range ordre {
				marges += cents(t, m[nom+"/H"], 67, 7) + cents(t, m[nom+"/H"], 74, 7)
				q, h := m[nom], m[nom+"/H"]
				attendu := int(math.Round(float64(cents(t, h, 81, 7)*cents(t, h, 88, 3)*cents(t, h, 57, 5))/10_000)) + cents(t, h, 67, 7) + cents(t, h, 74, 7)
				assert.InDelta(t, attendu, cents(t, h, 91, 7), 1, "%s, %s", x.prix, nom)
				assert.Equal(t, cents(t, h, 91, 7), cents(t, q, 91, 7))
				assert.Equal(t, cents(t, q, 115, 7), cents(t, q, 108, 7)+cents(t, q, 123, 6), "%s × %d, %s", x.prix, x.quantite, nom)
				assert.InDelta(t, cents(t, q, 98, 7)*taux/100, cents(t, q, 108, 7), 1, "%s × %d, %s", x.prix, x.quantite, nom)
				if taux == 0 {
					assert.Equal(t, x.quantites, cents(t, h, 88, 3), x.prix)
				}
			}
			assert.Equal(t, 27_15, marges, "one margin, one reconstitution")
		}
	}
}
