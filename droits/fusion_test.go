package droits_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/canari"
)

var matin = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

func nom(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

// cdri and vitale are the same patient on two supports; NIR is a published test identity.
func cdri() droits.Acquisition {
	return droits.Acquisition{Support: droits.SupportCDRi, Le: matin, Assure: droits.Assure{NIR: simphonie.NIRRecu("255555575133324")},
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}, PieceAMO: "2",
		Periodes: []simphonie.Periode{{Du: jour("2025-01-01")}}, ETM: etm("8"),
		MedecinTraitant: &droits.MedecinTraitant{Nom: nom("CANARIDOC"), Prenom: nom("CANARIPAUL"), Numero: "751234567"},
		Beneficiaire:    droits.Beneficiaire{Nom: nom("CANARINOM"), Adresse: []simphonie.Confidentiel{{}, nom("1 RUE CANARI")}}}
}

func vitale() droits.Acquisition {
	ne, _ := simphonie.ParseDateNaissance("50-03-12")
	return droits.Acquisition{Support: droits.SupportVitale, Le: matin, Assure: droits.Assure{NIR: simphonie.NIRRecu("2555555751333")},
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}, Periodes: []simphonie.Periode{{Du: jour("2025-01-01")}},
		Beneficiaire:    droits.Beneficiaire{NIR: simphonie.NIRRecu("255555575133324"), Nom: nom("canarinom"), Naissance: ne, Rang: "1"},
		MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}}
}

var preference = droits.Preference{droits.SupportCDRi, droits.SupportVitale, droits.SupportAttestationC2S, droits.SupportFeuilletAT}

func fusionne(t *testing.T, as ...droits.Acquisition) droits.Fusion {
	t.Helper()
	f, err := droits.Fusionner(as, preference)
	require.NoError(t, err)
	return f
}

// Each datum comes from a support that can give it, and says so.
func TestFusion(t *testing.T) {
	f := fusionne(t, vitale(), cdri())
	a := f.Acquisition
	assert.Empty(t, f.Anomalies)
	assert.Equal(t, droits.SupportCDRi, a.Support)
	assert.Equal(t, "255555575133324", a.Assure.NIR.Clair(), "the number with its key completes the one without")
	assert.Equal(t, "255555575133324", a.Beneficiaire.NIR.Clair(), "CDRi cannot give the individual number")
	assert.Equal(t, droits.SupportVitale, a.De(droits.DonneeNIR).Support)
	assert.Equal(t, "1", a.Beneficiaire.Rang)
	assert.Equal(t, "CANARIDOC", a.MedecinTraitant.Nom.Clair())
	assert.Equal(t, simphonie.Oui, a.MedecinTraitant.Declare)
	assert.Equal(t, []droits.Support{droits.SupportVitale}, a.De(droits.DonneeMedecin).Concordants)
	assert.Equal(t, droits.SupportCDRi, a.De(droits.DonneeETM).Support, "a card that is silent on exemptions does not deny them")
	assert.Len(t, a.ETM, 1)
	assert.Empty(t, a.Beneficiaire.Adresse[0].Clair())
	assert.NotContains(t, canari.Montre(f), "CANARI")
}

func TestFusionContradictions(t *testing.T) {
	for _, c := range []struct {
		nom       string
		x, y      func(a *droits.Acquisition)
		anomalies []simphonie.Code
		donnee    string
	}{
		{"organisme", func(*droits.Acquisition) {}, func(a *droits.Acquisition) { a.Organisme.Caisse = "752" }, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.organisme"},
		{"assuré", func(*droits.Acquisition) {}, func(a *droits.Acquisition) { a.Assure.NIR = simphonie.NIRRecu("1555555751333") }, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.assure.nir"},
		{"périodes", func(*droits.Acquisition) {}, func(a *droits.Acquisition) { a.Periodes[0].Du = jour("2024-01-01") }, []simphonie.Code{"DROITS-FUSION-PERIODES"}, "droits.periodes"},
		{"nom", func(*droits.Acquisition) {}, func(a *droits.Acquisition) { a.Beneficiaire.Nom = nom("CANARIAUTRE") }, []simphonie.Code{"DROITS-FUSION-DIFFERENCE"}, "droits.beneficiaire.nom"},
		{"organisme AT par défaut", func(a *droits.Acquisition) {
			a.ATParDefaut = &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "01"}}
		},
			func(a *droits.Acquisition) {
				a.ATParDefaut = &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "02"}}
			}, []simphonie.Code{"DROITS-FUSION-DIFFERENCE"}, "droits.atParDefaut"},
		{"naissance", func(a *droits.Acquisition) { a.Beneficiaire.Naissance = simphonie.NaissanceLe(jour("1951-03-12")) }, func(*droits.Acquisition) {}, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.beneficiaire.naissance"},
		{"siècle", func(a *droits.Acquisition) { a.Beneficiaire.Naissance = simphonie.NaissanceLe(jour("1950-03-12")) }, func(*droits.Acquisition) {}, nil, ""},
		{"qualités de deux codifications", func(a *droits.Acquisition) { a.Beneficiaire.Qualite = "1" }, func(a *droits.Acquisition) { a.Beneficiaire.Qualite = "0" }, nil, ""},
		{"C2S de la carte, pas de CDRi", func(*droits.Acquisition) {}, func(a *droits.Acquisition) {
			a.C2SCarte = &droits.C2SCarte{Libelle: "COMPLEMENTAIRE SANTE SOLIDAIRE gérée par votre caisse d'Assurance Maladie"}
		}, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.c2s"},
		{"même C2S", func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "02", Periodes: []simphonie.Periode{{}}}}
		}, func(a *droits.Acquisition) {
			a.C2SCarte = &droits.C2SCarte{Libelle: "COUVERTURE COMPLEMENTAIRE CMU gérée par votre caisse d'Assurance Maladie"}
		}, nil, ""},
		{"autre gestion", func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}} }, func(a *droits.Acquisition) {
			a.C2SCarte = &droits.C2SCarte{Libelle: "COUVERTURE COMPLEMENTAIRE CMU gérée par votre caisse d'Assurance Maladie"}
		}, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.c2s"},
		{"AME sur une carte", func(*droits.Acquisition) {}, func(a *droits.Acquisition) { a.Particulieres = []droits.Droit[string]{{Code: "SP06"}} }, []simphonie.Code{"DROITS-FUSION-CANAL"}, "droits.ame"},
		{"certification par CDRi", func(a *droits.Acquisition) { a.Beneficiaire.Certification = jour("2020-01-01") }, func(*droits.Acquisition) {}, []simphonie.Code{"DROITS-FUSION-CANAL"}, "droits.beneficiaire.certification"},
		{"médecin traitant", func(a *droits.Acquisition) { a.MedecinTraitant = nil }, func(*droits.Acquisition) {}, []simphonie.Code{"DROITS-FUSION-CONTRADICTION"}, "droits.medecinTraitant"},
		{"médecin traitant non servi", func(a *droits.Acquisition) { a.MedecinTraitant, a.Muettes = nil, []droits.Donnee{droits.DonneeMedecin} }, func(*droits.Acquisition) {}, nil, ""},
	} {
		x, y := cdri(), vitale()
		c.x(&x)
		c.y(&y)
		f := fusionne(t, x, y)
		if c.anomalies == nil {
			assert.Empty(t, f.Anomalies, c.nom)
			continue
		}
		require.Equal(t, c.anomalies, f.Anomalies.Codes(), c.nom)
		assert.Equal(t, c.donnee, f.Anomalies[0].Chemin, c.nom)
		assert.NotContains(t, canari.Montre(f), "CANARI", c.nom)
	}
	// Nobody said whether there is a treating doctor: the merge does not either.
	x := cdri()
	x.MedecinTraitant, x.Muettes = nil, []droits.Donnee{droits.DonneeMedecin}
	f := fusionne(t, x)
	assert.Zero(t, resoudre(f.Acquisition, droits.Prestation{}).Contexte.MedecinTraitant)
	x.Muettes = nil
	assert.Equal(t, simphonie.Non, resoudre(fusionne(t, x).Acquisition, droits.Prestation{}).Contexte.MedecinTraitant)
}

// A later answer of the same support replaces an earlier one, without contradiction.
func TestFusionPlusRecente(t *testing.T) {
	x, y := cdri(), cdri()
	y.Le, y.ETM, y.Organisme.Caisse = matin.Add(time.Hour), nil, "752"
	for _, as := range [][]droits.Acquisition{{x, y}, {y, x}} {
		f := fusionne(t, as...)
		assert.Empty(t, f.Anomalies)
		assert.Equal(t, "752", f.Acquisition.Organisme.Caisse)
		assert.Empty(t, f.Acquisition.ETM)
		assert.Equal(t, y.Le, f.Acquisition.De(droits.DonneeOrganisme).Le)
	}
	// At the same instant one of them is wrong.
	y.Le = x.Le
	f := fusionne(t, x, y)
	assert.Contains(t, f.Anomalies.Codes(), simphonie.Code("DROITS-FUSION-CONTRADICTION"))
}

// A card that is read again is a whole card: the C2S that it no longer shows is
// gone, unless that part was not read. Papers add to each other.
func TestFusionCarteRelue(t *testing.T) {
	ancienne, nouvelle := vitale(), vitale()
	ancienne.Le = matin.Add(-time.Hour)
	ancienne.C2SCarte = &droits.C2SCarte{Libelle: "COMPLEMENTAIRE SANTE SOLIDAIRE gérée par votre caisse d'Assurance Maladie"}
	assert.Nil(t, fusionne(t, ancienne, nouvelle).Acquisition.C2SCarte)
	nouvelle.Muettes = []droits.Donnee{droits.DonneeC2S}
	assert.NotNil(t, fusionne(t, ancienne, nouvelle).Acquisition.C2SCarte)
	c2s := droits.Acquisition{Support: droits.SupportAttestationC2S, Le: matin.Add(-time.Hour), Particulieres: []droits.Droit[string]{{Code: "SP03"}}, OC: "88888888"}
	autre := droits.Acquisition{Support: droits.SupportAttestationC2S, Le: matin}
	assert.Len(t, fusionne(t, c2s, autre).Acquisition.Particulieres, 1)
}

// The text of a card that a person codes, even as nothing, is read; the proof
// stays the card.
func TestLibelleCode(t *testing.T) {
	for _, codes := range [][]droits.Droit[droits.CodeETM]{etm("8"), nil} {
		v := vitale()
		v.LibelleExo = nom("CANARI")
		d := droits.Dossier{Acquisitions: []droits.Acquisition{v}}
		require.NoError(t, d.Modifie(droits.Change{Donnee: droits.DonneeETM, Valeur: droits.Acquisition{ETM: codes}, Par: "x", Le: matin, Papier: droits.SupportVitale}))
		assert.Error(t, d.Modifie(droits.Change{Donnee: droits.DonneeOrganisme, Par: "x", Le: matin, Papier: droits.SupportVitale}))
		a, err := d.Modifiee(0)
		require.NoError(t, err)
		assert.Empty(t, resoudre(a, droits.Prestation{}).Anomalies)
		p, err := droits.PJNature(droits.DemandePiece{Droits: a}, time.Hour)
		require.NoError(t, err)
		assert.Equal(t, "4", p.Nature)
	}
	v := vitale()
	v.LibelleExo = nom("CANARI")
	sans := cdri()
	sans.ETM = nil
	assert.Empty(t, resoudre(fusionne(t, v, sans).Acquisition, droits.Prestation{}).Anomalies, "CDRi codes, and says none")
	sans.Muettes = []droits.Donnee{droits.DonneeETM, droits.DonneeMTM}
	assert.Equal(t, []simphonie.Code{"DROITS-LIBELLE-EXO"}, resoudre(fusionne(t, v, sans).Acquisition, droits.Prestation{}).Anomalies.Codes())
}

// Accidents add up, each with its support, and the rule says whose organisme counts.
func TestFusionAT(t *testing.T) {
	carte, feuillet := simphonie.Organisme{Regime: "02", Caisse: "111"}, simphonie.Organisme{Regime: "02", Caisse: "222"}
	v := vitale()
	v.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: carte}}
	v.ATParDefaut = &droits.ATDeclare{Organisme: carte}
	f := droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Identifiant: "180831018", Organisme: feuillet, Periode: simphonie.Periode{Du: jour("2018-08-31")}}}}
	r := fusionne(t, cdri(), v, f)
	assert.Empty(t, r.Anomalies)
	assert.Len(t, r.Acquisition.AT, 2)
	x := resoudre(r.Acquisition, droits.Prestation{LieeAT: true})
	assert.Equal(t, feuillet, x.Contexte.Organisme)
	assert.NotContains(t, x.Anomalies.Codes(), simphonie.Code("DROITS-AT-AMBIGU"))
	x = resoudre(fusionne(t, cdri(), v).Acquisition, droits.Prestation{LieeAT: true})
	assert.Equal(t, carte, x.Contexte.Organisme)
	assert.Contains(t, regles(x), simphonie.Code("DROITS-ORGANISME-AT-CARTE"))
	assert.Equal(t, droits.SupportVitale, fusionne(t, cdri(), v).Acquisition.ATParDefaut.Support)
}

// The result depends on the preference and on nothing else.
func TestFusionOrdre(t *testing.T) {
	c2s := droits.Acquisition{Support: droits.SupportAttestationC2S, Le: matin, Particulieres: []droits.Droit[string]{{Code: "SP03"}}, OC: "88888888"}
	at := droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Identifiant: "180831018"}}}
	autre := cdri()
	autre.Le, autre.MTM = matin.Add(-time.Hour), mtm("9")
	jumeau := vitale()
	jumeau.Beneficiaire.Rang = "2"
	as := []droits.Acquisition{cdri(), vitale(), c2s, at, autre, jumeau}
	attendu := clair(t, fusionne(t, as...))
	alea := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		alea.Shuffle(len(as), func(i, j int) { as[i], as[j] = as[j], as[i] })
		assert.Equal(t, attendu, clair(t, fusionne(t, as...)))
	}
	f, err := droits.Fusionner(as, droits.Preference{droits.SupportVitale, droits.SupportAttestationC2S, droits.SupportCDRi, droits.SupportFeuilletAT})
	require.NoError(t, err)
	assert.Equal(t, droits.SupportVitale, f.Acquisition.Support)
	assert.Equal(t, droits.GestionSeparee, resoudre(f.Acquisition, droits.Prestation{}).Contexte.GestionC2S)
}

func clair(t *testing.T, f droits.Fusion) string {
	t.Helper()
	b, err := simphonie.MarshalEnClair(f)
	require.NoError(t, err)
	return string(b)
}

func TestPreference(t *testing.T) {
	for _, p := range []droits.Preference{nil, {droits.SupportVitale}, {droits.SupportCDRi, droits.SupportCDRi}, {droits.SupportCDRi, "zzz"}} {
		_, err := droits.Fusionner([]droits.Acquisition{cdri()}, p)
		assert.ErrorContains(t, err, "DROITS-PREFERENCE")
	}
	f, err := droits.Fusionner(nil, nil)
	require.NoError(t, err)
	assert.Nil(t, f.Acquisition)
	assert.Equal(t, droits.Jamais, droits.Peut("zzz", droits.DonneeETM))
	assert.Equal(t, droits.Jamais, droits.Peut(droits.SupportCDRi, "zzz"))
	assert.Equal(t, droits.Jamais, droits.Peut(droits.SupportVitale, droits.DonneeAME))
	assert.Equal(t, droits.Jamais, droits.Peut(droits.SupportCDRi, droits.DonneeNIR))
	assert.Equal(t, droits.Jamais, droits.Peut(droits.SupportAttestation, droits.DonneeAT))
	assert.Equal(t, droits.Partielle, droits.Peut(droits.SupportFeuilletAT, droits.DonneeAT))
	assert.Equal(t, droits.Jamais, droits.Peut(droits.SupportVitale, droits.DonneeMedecinNom))
	assert.Equal(t, droits.Complete, droits.Peut(droits.SupportCDRi, droits.DonneeC2S))
	assert.Len(t, droits.Donnees(), 32)
	assert.Len(t, droits.Supports(), 10)
}

// A change is logged with both values masked; what was received stays.
func TestModifie(t *testing.T) {
	d := droits.Dossier{Acquisitions: []droits.Acquisition{cdri()}}
	change := droits.Change{Donnee: droits.DonneeMedecinNom, Valeur: droits.Acquisition{MedecinTraitant: &droits.MedecinTraitant{Nom: nom("CANARINEUF")}},
		Par: "agent-7", Le: matin.Add(time.Hour), Papier: droits.SupportAttestation}
	require.NoError(t, d.Modifie(change))
	require.NoError(t, d.Modifie(droits.Change{Donnee: droits.DonneeETM, Valeur: droits.Acquisition{}, Par: "agent-7", Le: matin.Add(2 * time.Hour), Papier: droits.SupportAttestation}))
	assert.Equal(t, "CANARIDOC", d.Acquisitions[0].MedecinTraitant.Nom.Clair(), "as received")
	a, err := d.Modifiee(0)
	require.NoError(t, err)
	assert.Equal(t, "CANARINEUF", a.MedecinTraitant.Nom.Clair())
	assert.Equal(t, "CANARIPAUL", a.MedecinTraitant.Prenom.Clair())
	assert.Empty(t, a.ETM)
	assert.Equal(t, "agent-7", a.De(droits.DonneeMedecinNom).Par)
	assert.Equal(t, droits.SupportCDRi, a.De(droits.DonneeMedecinNom).Support)
	assert.Contains(t, d.Modifications[0].Avant.Clair(), "CANARIDOC")
	assert.Contains(t, d.Modifications[0].Apres.Clair(), "CANARINEUF")
	assert.NotContains(t, canari.Montre(d), "CANARI")

	// The log is stored and read back.
	b, err := simphonie.MarshalEnClair(d)
	require.NoError(t, err)
	var relu droits.Dossier
	require.NoError(t, jsonLit(b, &relu))
	assert.Equal(t, d, relu)
	f, err := relu.Fusionner(preference)
	require.NoError(t, err)
	assert.Equal(t, "CANARINEUF", f.Acquisition.MedecinTraitant.Nom.Clair())
	assert.Empty(t, f.Acquisition.ETM)

	for nom, faux := range map[string]func(*droits.Change){
		"acquisition": func(c *droits.Change) { c.Acquisition = 1 }, "donnee": func(c *droits.Change) { c.Donnee = "zzz" },
		"agent": func(c *droits.Change) { c.Par = "" }, "quand": func(c *droits.Change) { c.Le = time.Time{} }, "papier": func(c *droits.Change) { c.Papier = droits.SupportCDRi },
	} {
		c := change
		faux(&c)
		assert.ErrorContains(t, d.Modifie(c), "DROITS-MODIFICATION", nom)
	}
	assert.Error(t, (*droits.Dossier)(nil).Modifie(change))
	_, err = d.Modifiee(4)
	assert.ErrorContains(t, err, "DROITS-MODIFICATION")
	d.Modifications[0].Apres = nom("***")
	_, err = d.Fusionner(preference)
	assert.ErrorContains(t, err, "DROITS-MODIFICATION")
	f, err = (*droits.Dossier)(nil).Fusionner(nil)
	require.NoError(t, err)
	assert.Nil(t, f.Acquisition)
}

// Every datum is read, written and compared: a change of each comes back.
func TestChaqueDonnee(t *testing.T) {
	pleine := pleine()
	for _, n := range droits.Donnees() {
		d := droits.Dossier{Acquisitions: []droits.Acquisition{{Support: droits.SupportSaisie}}}
		require.NoError(t, d.Modifie(droits.Change{Donnee: n, Valeur: pleine, Par: "x", Le: matin, Papier: droits.SupportSaisie}), n)
		a, err := d.Modifiee(0)
		require.NoError(t, err)
		assert.NotContains(t, canari.Montre(a), "CANARI")
		require.NoError(t, d.Modifie(droits.Change{Donnee: n, Valeur: *a, Par: "y", Le: matin, Papier: droits.SupportSaisie}))
		b := d.Modifications
		assert.Equal(t, b[0].Apres.Clair(), b[1].Avant.Clair(), "%s comes back as it was written", n)
		assert.Equal(t, b[1].Avant, b[1].Apres, n)
		assert.NotEqual(t, b[0].Avant, b[0].Apres, "%s was written", n)
		as := droits.Comparer(a, a, droits.Prestation{}, jour("2026-03-04"), droits.Options{})
		assert.Empty(t, as, n)
	}
}

// pleine has something in every datum.
func pleine() droits.Acquisition {
	zero := "0"
	pleine := cdri()
	pleine.Beneficiaire = droits.Beneficiaire{NIR: simphonie.NIRRecu("255555575133324"), Certification: jour("2020-01-01"), Nom: nom("CANARIA"), NomUsage: nom("CANARIB"), Prenom: nom("CANARIC"),
		Naissance: simphonie.NaissanceLe(jour("1950-03-12")), Rang: "1", Qualite: "1", Adresse: []simphonie.Confidentiel{nom("CANARID")}}
	pleine.CodeGestion, pleine.MTM, pleine.Contrats, pleine.CHAANN = "10", mtm("9"), contrats("18"), &zero
	pleine.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1"}, {Code: "10"}, {Code: "42"}}
	pleine.Particulieres = []droits.Droit[string]{{Code: "SP03"}, {Code: "SP17"}}
	pleine.C2SCarte, pleine.OC, pleine.LibelleExo = &droits.C2SCarte{Libelle: "x"}, "99999997", nom("CANARIE")
	pleine.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2026-01-01"), Organisme: simphonie.Organisme{Regime: "01"}, Periodes: []simphonie.Periode{{Du: jour("2026-01-01")}}}
	pleine.ATParDefaut, pleine.AT = &droits.ATDeclare{Organisme: pleine.Organisme}, []droits.ATDeclare{{Identifiant: "180831018"}}
	pleine.MedecinTraitant.Periode, pleine.MedecinTraitant.RPPS = simphonie.Periode{Du: jour("2020-01-01")}, "99900063480"
	return pleine
}

// Emptying a datum empties it, and nothing else but what it holds.
func TestViderDonnee(t *testing.T) {
	valeurs := func(a droits.Acquisition) map[droits.Donnee]string {
		vs := map[droits.Donnee]string{}
		for _, n := range droits.Donnees() {
			d := droits.Dossier{Acquisitions: []droits.Acquisition{a}}
			require.NoError(t, d.Modifie(droits.Change{Donnee: n, Par: "x", Le: matin, Papier: droits.SupportSaisie}))
			vs[n] = d.Modifications[0].Avant.Clair()
		}
		return vs
	}
	avant, rien := valeurs(pleine()), valeurs(droits.Acquisition{})
	for _, n := range droits.Donnees() {
		d := droits.Dossier{Acquisitions: []droits.Acquisition{pleine()}}
		require.NoError(t, d.Modifie(droits.Change{Donnee: n, Par: "x", Le: matin, Papier: droits.SupportSaisie}))
		a, err := d.Modifiee(0)
		require.NoError(t, err)
		for m, v := range valeurs(*a) {
			switch {
			case m == n || n == droits.DonneeMedecin && strings.HasPrefix(string(m), string(n)):
				assert.Equal(t, rien[m], v, "%s once %s is emptied", m, n)
			default:
				assert.Equal(t, avant[m], v, "%s once %s is emptied", m, n)
			}
		}
		assert.Equal(t, pleine(), d.Acquisitions[0], "as received")
		d = droits.Dossier{Acquisitions: []droits.Acquisition{{Support: droits.SupportVitale}}}
		require.NoError(t, d.Modifie(droits.Change{Donnee: n, Par: "x", Le: matin, Papier: droits.SupportSaisie}))
		a, err = d.Modifiee(0)
		require.NoError(t, err)
		assert.Nil(t, a.MedecinTraitant, "emptying %s declares nobody", n)
	}
}

// An accident that an agent copies from a paper belongs to that paper, whose
// organisme comes first and goes through the tables (RG_CF693).
func TestATRecopie(t *testing.T) {
	org := simphonie.Organisme{Regime: "06", Caisse: "222"}
	v := vitale()
	v.AT = []droits.ATDeclare{{Identifiant: "123456782", Organisme: org}}
	d := droits.Dossier{Acquisitions: []droits.Acquisition{v}}
	ajoute := droits.Acquisition{AT: append(v.AT, droits.ATDeclare{Identifiant: "180831018", Organisme: org, Periode: simphonie.Periode{Du: jour("2018-08-31")}}),
		ATParDefaut: &droits.ATDeclare{Organisme: org}}
	for _, n := range []droits.Donnee{droits.DonneeAT, droits.DonneeATParDefaut} {
		require.NoError(t, d.Modifie(droits.Change{Donnee: n, Valeur: ajoute, Par: "x", Le: matin, Papier: droits.SupportFeuilletAT}))
	}
	a, err := d.Modifiee(0)
	require.NoError(t, err)
	assert.Equal(t, []droits.Support{droits.SupportVitale, droits.SupportFeuilletAT}, []droits.Support{a.AT[0].Support, a.AT[1].Support})
	assert.Equal(t, droits.SupportFeuilletAT, a.ATParDefaut.Support)
	_, x := droits.Destiner(a, jour("2026-03-04"), droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: true, IdentifiantAT: "180831018"}, Tables: baremes(t).Tables}, droits.Options{Tracer: true})
	assert.Contains(t, regles(droits.Resultat{Trace: x.Trace}), simphonie.Code("DROITS-AT-NON-COUVERT"))
}

// Three ways of saying one accident: its date, its number, both.
func TestFusionATEnTrois(t *testing.T) {
	org, accident := simphonie.Organisme{Regime: "01", Caisse: "222"}, simphonie.Periode{Du: jour("2018-08-31")}
	c, v := cdri(), vitale()
	c.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: org, Periode: accident}}
	v.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: org}}
	f := droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Organisme: org, Periode: accident}}}
	r := resoudre(fusionne(t, c, v, f).Acquisition, droits.Prestation{LieeAT: true})
	assert.Empty(t, r.Anomalies)
	require.NotNil(t, r.Contexte.AT)
	assert.Equal(t, "180831018", r.Contexte.AT.Identifiant, "the number is known, and billed")
	assert.Equal(t, accident, r.Contexte.AT.Periode)
	// A card gives no period: that of CDRi closes the accident for both.
	c.AT[0].Periode.Au = jour("2020-01-01")
	r = resoudre(fusionne(t, c, v).Acquisition, droits.Prestation{LieeAT: true})
	assert.Equal(t, []simphonie.Code{"DROITS-AT-INTROUVABLE"}, r.Anomalies.Codes())
	assert.Equal(t, droits.Maladie, r.Contexte.Nature)
}

// A change of accidents that makes another proof is not lost beside those that
// another support adds.
func TestATModifieFusionne(t *testing.T) {
	c := cdri()
	c.AT = []droits.ATDeclare{{Identifiant: "180831018", Organisme: c.Organisme}}
	f := droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Identifiant: "123456782"}}}
	d := droits.Dossier{Acquisitions: []droits.Acquisition{c, f}}
	autre := droits.Acquisition{AT: []droits.ATDeclare{{Identifiant: "000000000"}}}
	require.NoError(t, d.Modifie(droits.Change{Donnee: droits.DonneeAT, Valeur: autre, Par: "x", Le: matin, Papier: droits.SupportSaisie}))
	r, err := d.Fusionner(preference)
	require.NoError(t, err)
	assert.Equal(t, "x", r.Acquisition.De(droits.DonneeAT).Par)
	p, err := droits.PJNature(droits.DemandePiece{Droits: r.Acquisition, FactureLe: matin}, time.Hour)
	require.NoError(t, err)
	assert.Equal(t, "0", p.Nature)
}

// A card gives no period to its default organisme: that of CDRi completes it,
// and the card still holds data on accidents once it is over (RG_CF693).
func TestFusionATParDefaut(t *testing.T) {
	org := simphonie.Organisme{Regime: "01", Caisse: "222"}
	c, v := cdri(), vitale()
	c.ATParDefaut, v.ATParDefaut = &droits.ATDeclare{Organisme: org, Periode: simphonie.Periode{Au: jour("2026-01-01")}}, &droits.ATDeclare{Organisme: org}
	f := fusionne(t, c, v, droits.Acquisition{Support: droits.SupportFeuilletAT, Le: matin, AT: []droits.ATDeclare{{Identifiant: "180831018"}}})
	assert.Empty(t, f.Anomalies)
	_, d := droits.Destiner(f.Acquisition, jour("2026-03-04"), droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: true}, Tables: baremes(t).Tables}, droits.Options{})
	require.Len(t, d.Papiers, 1)
	assert.Equal(t, simphonie.Code("DROITS-PAPIER-AT"), d.Papiers[0].Regle.Code)
}

// What completes the organisme of the preferred support does not take its place.
func TestFusionPrincipal(t *testing.T) {
	c := cdri()
	c.Organisme.Centre = ""
	a := fusionne(t, c, vitale()).Acquisition
	assert.Equal(t, "0000", a.Organisme.Centre)
	assert.Equal(t, droits.SupportCDRi, a.Support)
	p, err := droits.PJNature(droits.DemandePiece{Droits: a, FactureLe: matin}, time.Hour)
	require.NoError(t, err)
	assert.Equal(t, "2", p.Nature)
}
