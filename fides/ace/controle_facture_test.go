package ace

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
)

type casPrixe struct {
	code         simphonie.Code
	faute, juste func(*prixe)
}

func lignes(ls ...facture.Ligne) func(*prixe) { return func(p *prixe) { p.f.Lignes = ls } }

func exo(e facture.Exoneration, l facture.Ligne) facture.Ligne { l.Exoneration = e; return l }

func tmf(l facture.Ligne) facture.Ligne {
	l.TMF, l.Participation = 32_00, facture.ParticipationAssure
	return l
}

func completant(i int, l facture.Ligne) facture.Ligne { l.Support = i; return l }

// c2s gives the rights of the C2S, or none in particular, to every line.
func selon(c2s bool, ips string, f func(*prixe)) func(*prixe) {
	return func(p *prixe) {
		f(p)
		for range p.f.Lignes {
			p.ds = append(p.ds, droitsLigne{droitsResolus(c2s), ips})
		}
	}
}

var (
	mcs = lignes(ligneFictive("MCS", 500, 500, 350, 150))
	// The fee is the base: nothing is left.
	hbld138 = ligneCCAM("HBLD138", "53", ligneFictive("PAR", 139_75, 139_75, 97_83, 41_92))
	fda     = completant(0, ligneFictive("FDA", 294_25, 0, 0, 294_25))
	cher    = completant(0, ligneFictive("FDA", 294_26, 0, 0, 294_26))
	bascule = func(p *prixe) { p.o.Bascule = lundi }
)

var casFacture = []casPrixe{
	{"ACE-C-COORDINATION", selon(false, "T", mcs), selon(false, "O", mcs)},
	{"ACE-C-COORDINATION", selon(false, "S", mcs), selon(true, "S", mcs)},
	{"ACE-C-BASCULE", func(p *prixe) { bascule(p); mcs(p) }, selon(true, "O", func(p *prixe) { bascule(p); mcs(p) })},
	{"ACE-C-BASCULE", func(p *prixe) { bascule(p); mcs(p) }, func(p *prixe) { mcs(p); p.o.Bascule = lundi.AddDays(-1) }},
	{"ACE-C-RESTE-C2S", selon(true, "O", lignes(ligneFictive("CS", 26_51, 26_50, 18_55, 7_95))), selon(true, "O", lignes(ligneFictive("CS", 26_50, 26_50, 18_55, 7_95)))},
	{"ACE-C-RESTE-C2S", selon(true, "O", lignes(ligneFictive("FPD", 1, 0, 0, 0))), selon(true, "O", lignes(ligneFictive("FPC", 1, 0, 0, 0)))},
	{"ACE-C-NATURE-ACTE", nature(droits.Maternite), nature(droits.Maladie)},
	{"ACE-C-EXO-ACTE", lignes(exo(facture.ExoCCAM, hbld138), hbld138), lignes(exo(facture.ExoCCAM, hbld138), exo(facture.ExoCCAM, hbld138))},
	// HBLD138: 290.00 alone, 434.00 with FDA: 139.75 + 294.25 is just that.
	{"ACE-C-PLAFOND-DENTAIRE", lignes(ligneCCAM("HBLD138", "53", ligneFictive("PAR", 290_01, 139_75, 97_83, 41_92))),
		lignes(ligneCCAM("HBLD138", "53", ligneFictive("PAR", 290_00, 139_75, 97_83, 41_92)))},
	{"ACE-C-PLAFOND-DENTAIRE", lignes(hbld138, cher), lignes(hbld138, fda)},
	{"ACE-C-TARIF-OPPOSABLE", lignes(ligneCCAM("HBLD138", "53", ligneFictive("PAR", 139_76, 139_75, 97_83, 41_92))), lignes(hbld138)},
	{"ACE-C-TARIF-OPPOSABLE", lignes(ligneCCAM("HBLD138", "69", ligneFictive("PAR", 139_76, 139_75, 97_83, 41_92))),
		lignes(ligneCCAM("HBLD138", "04", ligneFictive("PAR", 139_76, 139_75, 97_83, 41_92)))},
	{"ACE-C-ORDRE-SEUIL", lignes(exo(facture.ExoCCAM, ligneFictive("ATM", 40_00, 40_00, 40_00, 0)), exo(facture.ExoCCAM, tmf(ligneFictive("ATM", 130_00, 130_00, 98_00, 0)))),
		lignes(exo(facture.ExoCCAM, tmf(ligneFictive("ATM", 130_00, 130_00, 98_00, 0))), exo(facture.ExoCCAM, ligneFictive("ATM", 40_00, 40_00, 40_00, 0)))},
}

func nature(n droits.Nature) func(*prixe) {
	return func(p *prixe) {
		p.f.Nature = n
		p.f.Lignes = []facture.Ligne{ligneCCAM("AAAB001", "15", ligneFictive("ATM", 30_00, 30_00, 21_00, 9_00))}
	}
}

func TestControlesFacture(t *testing.T) {
	for _, c := range casFacture {
		t.Run(string(c.code), func(t *testing.T) {
			p := prixe{essai: nouvelEssai(ngap("CS"))}
			c.faute(&p)
			as := p.controle(t)
			assert.True(t, contient(as, c.code), "%v", as)
			p = prixe{essai: nouvelEssai(ngap("CS"))}
			c.juste(&p)
			as = p.controle(t)
			assert.False(t, contient(as, c.code), "%v", as)
		})
	}
}

// A child under 16 takes a surcharge of coordination whatever the pathway; the
// list of opposable tariffs and an unreadable field 30.1 are told.
func TestControlesFactureManques(t *testing.T) {
	p := prixe{essai: nouvelEssai(ngap("CS"))}
	p.v.Naissance = simphonie.NaissanceLe(jour("2010-03-03"))
	mcs(&p)
	assert.Empty(t, p.controle(t))
	p.v.Naissance = simphonie.NaissanceLe(jour("2010-03-02"))
	assert.Equal(t, []simphonie.Code{"ACE-C-COORDINATION"}, p.controle(t).Codes())

	p = prixe{essai: nouvelEssai(ngap("CS"))}
	sansListe("2ter")(&p.essai)
	for i := range p.d.Actes {
		p.d.Actes[i].Natures = []string{"01"}
	}
	p.f.Nature = droits.Maladie
	lignes(ligneCCAM("HBLD138", "53", ligneFictive("PAR", 139_76, 139_75, 97_83, 41_92)))(&p)
	assert.Equal(t, []simphonie.Code{"ACE-C-TABLE", "ACE-C-TABLE"}, p.controle(t).Codes())
}

// The order proposed keeps every line once, the triggering one first among
// those of its day that share its exemption.
func TestOrdreSeuil(t *testing.T) {
	f := facture.Facture{Lignes: []facture.Ligne{ligneFictive("CS", 0, 0, 0, 0), exo(facture.ExoCCAM, ligneFictive("ATM", 1, 1, 1, 0)),
		exo(facture.ExoALD, ligneFictive("ATM", 2, 2, 2, 0)), exo(facture.ExoCCAM, tmf(ligneFictive("ATM", 3, 3, 3, 0)))}}
	ordre, a := ordreSeuil(&f)
	assert.Equal(t, []int{0, 3, 1, 2}, ordre)
	assert.Equal(t, "lignes[3]", a.Chemin)
	f.Lignes = f.Lignes[:3]
	ordre, a = ordreSeuil(&f)
	assert.Equal(t, []int{0, 1, 2}, ordre)
	assert.Nil(t, a)
}
