package projet2020_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// Coefficient MCO: 1.07 × 0.993 = 1.06251, that is 1.0625. Then, to the cent:
//
//	ZA1 30.11  × 1.0625 = 31.991875 = 31.99
//	ZA2 40.08  × 1.0625 = 42.585    = 42.59, a half cent
//	ZA3 20.125          = 20.13, a half cent; × 1.0625 = 21.388125 = 21.39
//	                      (rounded once it would be 21.3828125 = 21.38)
//	ZA4 51.37  × 1.0625 = 54.580625 = 54.58
//	ZSC 12.24  × 1.0625 = 13.005    = 13.01, a half cent
//	ZS3 17.532          = 17.53; × 1.0625 = 18.625625 = 18.63
//	                      (17.54 would give 18.63625 = 18.64)
//	ZSB  9.71  × 1.0625 = 10.316875 = 10.32
//	ZSI  7.93  × 1.0625 =  8.425625 =  8.43
//	ZSM 14.62  × 1.0625 = 15.53375  = 15.53
//	ZSD  3.19  × 1.0625 =  3.389375 =  3.39
//	ZPU 18.405          = 18.41, a half cent, no coefficient
func TestMontants(t *testing.T) {
	for _, c := range []struct {
		nom, debut, attendu string
		change              func(p *projet2020.Passage)
	}{
		{"forfait seul", "2021-03-01 00:00", "ZA3 21.39 amo, ZPU 18.41 patient", func(*projet2020.Passage) {}},
		{"2021, tout", "2021-12-31 23:59", "ZA3 21.39 amo, ZSC 13.01 amo, ZS3 18.63 amo, ZSB 10.32 amo, ZPU 18.41 patient", charge},
		{"2022, tout", "2022-01-01 00:00",
			"ZA3 21.39 amo, ZSC 13.01 amo, ZSI 8.43 amo, ZS3 18.63 amo, ZSB 10.32 amo, ZSM 15.53 amo, ZPA 19.02 patient", charge},
		{"2022, debout", "2022-01-01 00:00", "ZA3 21.39 amo, ZSD 3.39 amo, ZPA 19.02 patient", func(*projet2020.Passage) {}},
		{"enfant", "2021-06-01 10:00", "ZA1 31.99 amo, ZPU 18.41 patient", ne("2018-06-02")},
		{"jeune", "2021-06-01 10:00", "ZA2 42.59 amo, ZPU 18.41 patient", ne("2010-01-01")},
		{"âgé", "2021-06-01 10:00", "ZA4 54.58 amo, ZPU 18.41 patient", ne("1940-01-01")},
	} {
		t.Run(c.nom, func(t *testing.T) {
			p := ordinaire(t, c.debut)
			c.change(p)
			r := compute(t, p, options(t))
			facturable(t, &r)
			assert.Equal(t, c.attendu, resume(&r.Facture))
		})
	}
}

// charge gives every context.
func charge(p *projet2020.Passage) {
	oui := true
	p.Entree, p.Intoxication, p.CCMU = projet2020.Couche, &oui, "4"
	p.Biologie, p.Imagerie = []time.Time{p.DebutSoins}, []time.Time{p.DebutSoins}
}

func ne(s string) func(p *projet2020.Passage) {
	return func(p *projet2020.Passage) { p.Naissance = simphonie.NaissanceLe(jour(s)) }
}

// The two bases, and every amount of a line of each kind.
func TestDeuxBases(t *testing.T) {
	p := ordinaire(t, "2021-06-01 10:00")
	charge(p)
	r := compute(t, p, options(t))
	facturable(t, &r)
	// 21.39 + 13.01 + 18.63 + 10.32 = 63.35
	assert.Equal(t, "63.35", r.BaseAMO.String())
	assert.Equal(t, "18.41", r.BaseTM.String())
	assert.Equal(t, projet2020.FPUAssure, r.Declinaison)

	za3, zpu := &r.Facture.Lignes[0], &r.Facture.Lignes[4]
	assert.Equal(t, simphonie.Coefficient(10625), za3.CoefMCO)
	assert.Equal(t, []simphonie.Montant{2139, 2139, 0, 2139, 0}, montants(za3))
	assert.Equal(t, simphonie.Cent, za3.Taux)
	assert.False(t, projet2020.PourInformation(za3))
	assert.Zero(t, zpu.CoefMCO)
	assert.Equal(t, []simphonie.Montant{1841, 0, 1841, 0, 1841}, montants(zpu))
	assert.True(t, projet2020.PourInformation(zpu))
	for i := 1; i < 4; i++ {
		assert.Equal(t, 0, r.Facture.Lignes[i].Support)
	}
}

func montants(l *facture.Ligne) []simphonie.Montant {
	return []simphonie.Montant{l.Honoraires, l.BRAMO, l.BRAMC, l.MRO, l.MRC}
}

// The coefficient itself is rounded half-up: 1.11 × 0.995 = 1.10445 = 1.1045.
//
//	ZA4 51.37 × 1.1045 = 56.738165 = 56.74 (1.1044 would give 56.733028 = 56.73)
//	ZSC 12.24 × 1.1045 = 13.51908  = 13.52
func TestCoefficientDemi(t *testing.T) {
	o := options(t)
	o.Coefficients[0].Geographique, o.Coefficients[0].Prudentiel = taux("11"), taux("0.5")
	p := ordinaire(t, "2021-06-01 10:00")
	ne("1940-01-01")(p)
	p.Entree = projet2020.Couche
	r := compute(t, p, o)
	facturable(t, &r)
	assert.Equal(t, simphonie.Coefficient(11045), r.Facture.Lignes[0].CoefMCO)
	assert.Equal(t, "ZA4 56.74 amo, ZSC 13.52 amo, ZPU 18.41 patient", resume(&r.Facture))
	assert.Contains(t, r.Explication.String(), "L1 Coefficient MCO : 1.11 × 0.995 = 1.1045 (ARR-CF656) [P20-COEFFICIENT-MCO")
}

// Rates that are both 0 are a neutral coefficient, written by the caller.
func TestCoefficientNeutre(t *testing.T) {
	o := options(t)
	o.Coefficients[0].Geographique, o.Coefficients[0].Prudentiel = 0, 0
	r := compute(t, ordinaire(t, "2021-06-01 10:00"), o)
	facturable(t, &r)
	assert.Equal(t, "ZA3 20.13 amo, ZPU 18.41 patient", resume(&r.Facture))
	assert.Equal(t, simphonie.Un, r.Facture.Lignes[0].CoefMCO)
}

// Who bears FPU, in which declension, under which letter and mark.
func TestDeclinaisons(t *testing.T) {
	for _, c := range []struct {
		nom     string
		regle   simphonie.Code
		attendu string
		marque  byte
		mro     simphonie.Montant
		droits  []func(*droits.Acquisition)
	}{
		{"assuré", "P20-FPU-ASSURE", "ZPA 19.02 patient", 'A', 0, nil},
		{"C2S", "P20-FPU-C2S", "ZPA 19.02 amc 99999997", 'A', 0, []func(*droits.Acquisition){situation(droits.SituationC2SCaisse)}},
		{"C2S séparée", "P20-FPU-C2S", "ZPA 19.02 amc 88888888", 'A', 0, []func(*droits.Acquisition){situation(droits.SituationC2SSeparee)}},
		{"maternité", "P20-FPU-REGIME", "ZPR 19.07 amo", 'R', 1907, []func(*droits.Acquisition){etm(droits.ETMMaternite)}},
		{"Alsace-Moselle", "P20-FPU-LOCAL", "ZPL 19.13 amo", 'L', 1913, []func(*droits.Acquisition){mtm(droits.MTMAlsaceMoselle)}},
		{"maternité, Alsace-Moselle, C2S", "P20-FPU-REGIME", "ZPR 19.07 amo", 'R', 1907,
			[]func(*droits.Acquisition){etm(droits.ETMMaternite), mtm(droits.MTMAlsaceMoselle), situation(droits.SituationC2SCaisse)}},
		{"Alsace-Moselle, C2S", "P20-FPU-LOCAL", "ZPL 19.13 amo", 'L', 1913,
			[]func(*droits.Acquisition){mtm(droits.MTMAlsaceMoselle), situation(droits.SituationC2SCaisse)}},
	} {
		t.Run(c.nom, func(t *testing.T) {
			o := options(t)
			r := compute(t, avec(ordinaire(t, "2022-03-02 10:00"), c.droits...), o)
			facturable(t, &r)
			assert.Equal(t, "ZA3 21.39 amo, ZSD 3.39 amo, "+c.attendu, resume(&r.Facture))
			l := &r.Facture.Lignes[2]
			assert.Equal(t, c.marque, l.Participation.Code())
			assert.Equal(t, c.mro, l.MRO)
			assert.Equal(t, l.Honoraires, l.BRAMC, "the base TM is whole, whoever pays")
			assert.Equal(t, l.Honoraires-c.mro, l.MRC)
			assert.Equal(t, l.BRAMC, r.BaseTM)
			assert.Equal(t, "24.78", r.BaseAMO.String(), "21.39 + 3.39, FPU never in it")
			assert.Equal(t, c.mro == 0, projet2020.PourInformation(l))
			assert.Equal(t, c.mro == 0, decide(&r, "P20-INFORMATION"))
			assert.True(t, decide(&r, c.regle), "%s", r.Explication)
			assert.Equal(t, len(c.droits) > 1, decide(&r, "P20-I-ORDRE"))

			// Several declensions that hold are a question, and the other answer stops.
			o.Interpretations.Ordre = projet2020.OrdreAVerifier
			r = compute(t, avec(ordinaire(t, "2022-03-02 10:00"), c.droits...), o)
			assert.Equal(t, len(c.droits) > 1, r.Motif == "P20-ORDRE")
		})
	}
}

// Maternity passes FPU to the régime; every other situation waits for an answer.
func TestExonerations(t *testing.T) {
	accident := func(a *droits.Acquisition) {
		a.AT = []droits.ATDeclare{{Identifiant: "123456789", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}}}
	}
	for s, d := range map[projet2020.Situation]func(*droits.Acquisition){
		projet2020.SituationATMP: accident, projet2020.SituationRenteAT: mtm(droits.MTMRenteAT),
		projet2020.SituationALD: etm(droits.ETMALD8), projet2020.SituationPensionMilitaire: etm(droits.ETMPensionMilitaire),
		projet2020.SituationInvalidite: etm(droits.ETMInvalidite), projet2020.SituationSoinsParticuliers: etm(droits.ETMSoins17),
		projet2020.SituationDetenu: particuliere("SP17"), projet2020.SituationMines: mines,
	} {
		t.Run(string(s), func(t *testing.T) {
			passage := func() *projet2020.Passage {
				p := avec(ordinaire(t, "2022-03-02 10:00"), d)
				p.Prestation.LieeAT = s == projet2020.SituationATMP
				return p
			}
			o := options(t)
			r := compute(t, passage(), o)
			assert.Equal(t, urgences.AVerifier, r.Issue)
			assert.Equal(t, simphonie.Code("P20-EXONERATION-NON-DITE"), r.Motif)
			o.Exonerations = map[projet2020.Situation]bool{s: true}
			r = compute(t, passage(), o)
			facturable(t, &r)
			assert.Equal(t, projet2020.FPURegime, r.Declinaison)
			o.Exonerations[s] = false
			r = compute(t, passage(), o)
			facturable(t, &r)
			assert.Equal(t, projet2020.FPUAssure, r.Declinaison)
		})
	}
	p := ordinaire(t, "2022-03-02 10:00")
	p.Regime = &projet2020.DecisionRegime{Motif: "nouveau-né", Reference: "note FICTIVE 1"}
	r := compute(t, p, options(t))
	facturable(t, &r)
	assert.Equal(t, "19.07", r.BaseTM.String())
	assert.Contains(t, r.Explication.String(), "note FICTIVE 1")
}

// Who bears FPU when an insurer is declared is a question.
func TestAMCDeclaree(t *testing.T) {
	o := options(t)
	p := ordinaire(t, "2021-06-01 10:00")
	p.AMC = "0012345678"
	r := compute(t, p, o)
	assert.Equal(t, "ZA3 21.39 amo, ZPU 18.41 patient", resume(&r.Facture))
	assert.True(t, decide(&r, "P20-I-AMC-DECLAREE"))
	o.Interpretations.AMCDeclaree = projet2020.AMCAssureur
	r = compute(t, p, o)
	assert.Equal(t, "ZA3 21.39 amo, ZPU 18.41 amc 12345678", resume(&r.Facture))
}

// The explanation says at once that the project never came into force, then
// every rule that decided; nothing in it is left without a value.
func TestExplication(t *testing.T) {
	p := ordinaire(t, "2021-06-01 10:00")
	charge(p)
	r := compute(t, p, options(t))
	facturable(t, &r)
	require.Equal(t, simphonie.Code("P20-PROJET"), r.Explication.Etapes[0].Regle.Code)
	assert.Contains(t, r.Explication.Etapes[0].Texte(), "jamais entrée en vigueur")
	for _, c := range []simphonie.Code{"P20-FACTURABLE", "P20-JEU", "P20-AGE", "P20-CONTEXTE-RETENU", "P20-CONTEXTE-HORS-CHOIX", "P20-TARIF",
		"P20-COEFFICIENT-MCO", "P20-BASE-AMO", "P20-TAUX", "P20-BASE-TM", "P20-INFORMATION", "P20-PART", "P20-FPU-ASSURE"} {
		assert.True(t, decide(&r, c), c)
	}
	for i := range r.Explication.Etapes {
		e := &r.Explication.Etapes[i]
		assert.NotContains(t, e.Texte(), "{", e.Regle.Code)
		if strings.HasPrefix(string(e.Regle.Code), "P20-") {
			assert.Contains(t, e.Regle.Source, "jamais en vigueur", e.Regle.Code)
		}
	}
	assert.Equal(t, projet2020.Jeu2021, r.Facture.JeuRegles)
	assert.True(t, strings.HasPrefix(r.Catalogue, "2021 FICTIF 2021 sha256:"), r.Catalogue)
	for _, j := range []string{string(projet2020.Jeu2021), string(projet2020.Jeu2022)} {
		assert.Contains(t, j, "jamais en vigueur")
	}

	// A step that lies about the coefficient breaks the proof.
	for i := range r.Explication.Etapes {
		if e := &r.Explication.Etapes[i]; e.Regle.Code == "P20-COEFFICIENT-MCO" && e.Op == facture.Produit {
			e.Resultat = facture.ResultatCoefficient(int(e.Ligne), 10626)
			break
		}
	}
	assert.Error(t, r.Explication.Prouve(&r.Facture))
}
