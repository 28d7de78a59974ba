package droits_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// tirage draws rights at random, known codes and unknown ones.
type tirage struct{ *rand.Rand }

func un[T any](r tirage, xs ...T) T { return xs[r.IntN(len(xs))] }

func codesDe[C ~string](r tirage, xs ...C) []droits.Droit[C] {
	var ds []droits.Droit[C]
	for range r.IntN(3) {
		d := droits.Droit[C]{Code: un(r, xs...)}
		for range r.IntN(3) {
			d.Periodes = append(d.Periodes, r.periode())
		}
		ds = append(ds, d)
	}
	return ds
}

func (r tirage) periode() simphonie.Periode {
	p := simphonie.Periode{Du: jour("2025-12-01").AddDays(r.IntN(200))}
	if r.IntN(2) == 0 {
		p.Au = p.Du.AddDays(r.IntN(200))
	}
	if r.IntN(4) == 0 {
		p.Du = simphonie.Jour{}
	}
	return p
}

func (r tirage) acquisition(s droits.Support) droits.Acquisition {
	a := droits.Acquisition{Support: s, Le: matin.AddDate(0, 0, r.IntN(3)), Organisme: simphonie.Organisme{Regime: un(r, "01", "02", "04", "07", "10", "17"), Caisse: un(r, "751", "976", "")},
		CodeGestion: un(r, "", "10", "65", "70"), OC: un[simphonie.NumeroAMC](r, "", "99999997", "88888888", "123"),
		ETM: codesDe[droits.CodeETM](r, "1", "6", "08", "14", "17", "42"), MTM: codesDe[droits.CodeMTM](r, "6", "7", "8", "9", "1"),
		Contrats: codesDe[droits.CodeContrat](r, "18", "19", "20", "21", "22", "23", "24", "25", "99"), Situations: codesDe[droits.CodeSituation](r, "1", "2", "03", "10", "7"),
		Particulieres: codesDe(r, "SP03", "SP06", "SP17", "SP99")}
	a.Beneficiaire.Rang = un(r, "", "1", "2")
	for range r.IntN(3) {
		a.Periodes = append(a.Periodes, r.periode())
	}
	if r.IntN(2) == 0 {
		a.MedecinTraitant = &droits.MedecinTraitant{Declare: un(r, 0, simphonie.Oui, simphonie.Non), Periode: r.periode(), Numero: un(r, "", "751234567")}
	}
	if r.IntN(3) == 0 {
		a.AT = []droits.ATDeclare{{Identifiant: un(r, "", "180831018"), Organisme: simphonie.Organisme{Regime: un(r, "01", "05")}, Periode: r.periode()}}
		a.ATParDefaut = &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "01"}}
	}
	if r.IntN(3) == 0 {
		a.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2025-10-01").AddDays(r.IntN(200)), Organisme: simphonie.Organisme{Regime: "02"}, Periodes: []simphonie.Periode{r.periode()}}
	}
	if s == droits.SupportVitale && r.IntN(2) == 0 {
		a.C2SCarte = &droits.C2SCarte{Libelle: un(r, "COMPLEMENTAIRE SANTE SOLIDAIRE gérée par un organisme complémentaire", "x"), Periode: r.periode()}
	}
	return a
}

// On random rights: the same answer to the same question, whatever the order of
// supports; rates that the texts know; codes other than 0 and 9 at 100 %
// (RG_VF_CC15); nothing decided without a rule, and no rule without a trace.
func TestProprietes(t *testing.T) {
	r := tirage{rand.New(rand.NewPCG(11, 12))}
	b := baremes(t)
	taux := []string{"0", "30", "58.5", "61", "62", "63", "65", "75", "77", "80", "84", "90", "100"}
	p := droits.Preference{droits.SupportVitale, droits.SupportCDRi, droits.SupportAttestation, droits.SupportFeuilletAT}
	for range 800 {
		as := []droits.Acquisition{r.acquisition(droits.SupportCDRi), r.acquisition(droits.SupportVitale), r.acquisition(droits.SupportAttestation), r.acquisition(droits.SupportCDRi)}
		f, err := droits.Fusionner(as, p)
		require.NoError(t, err)
		r.Shuffle(len(as), func(i, j int) { as[i], as[j] = as[j], as[i] })
		g, err := droits.Fusionner(as, p)
		require.NoError(t, err)
		require.Equal(t, f, g)
		q := droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: r.IntN(2) == 0, LieeMaternite: r.IntN(4) == 0, Prevention: r.IntN(4) == 0}, Tables: b.Tables}
		j := jour("2026-01-01").AddDays(r.IntN(120))
		c, d := droits.Destiner(f.Acquisition, j, q, droits.Options{Tracer: true})
		c2, d2 := droits.Destiner(f.Acquisition, j, q, droits.Options{Tracer: true})
		require.Equal(t, c, c2)
		require.Equal(t, d, d2)
		assert.Equal(t, d.Voie == droits.VoiePapier, len(d.Papiers) > 0)
		assert.NotZero(t, d.Nature)
		if c.AME() {
			assert.NotEqual(t, droits.ATMP, c.Nature)
		}
		l := droits.Acte{Code: un(r, "CS", "PHQ", "PHS", "FTN", "AMK"), ConformeALD: r.IntN(2) == 0, Forfait: un(r, "", "", "ATU"), Seuil: un(r, 0, 0, droits.ExoCCAM)}
		x, err := droits.DeciderTaux(&c, l, b, droits.Options{Tracer: true})
		if err != nil {
			assert.Regexp(t, "DROITS-TAUX-(ABSENT|REGIME)", err.Error())
			continue
		}
		if x.Regle == nil {
			assert.True(t, x.Anomalies.Stoppent())
			continue
		}
		assert.Contains(t, taux, x.Taux.String())
		assert.Equal(t, x.Regle, x.Pas[len(x.Pas)-1].Regle)
		if x.Exoneration != droits.ExoAucune && x.Exoneration != droits.ExoASPA {
			assert.Equal(t, simphonie.Cent, x.Taux)
		}
		if c.AME() {
			assert.Equal(t, [2]string{"0", "0"}, [2]string{x.Taux.String(), x.Exoneration.String()})
		}
		assert.Empty(t, droits.Comparer(f.Acquisition, f.Acquisition, q.Prestation, j, droits.Options{}))
	}
}
