package droits_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/canari"
)

// What changed between admission and billing, one datum a case.
func TestComparer(t *testing.T) {
	c2s := []droits.Droit[droits.CodeSituation]{{Code: "1"}}
	at := droits.ATDeclare{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}, Periode: simphonie.Periode{Du: jour("2018-08-31")}}
	for _, c := range []struct {
		nom          string
		avant, apres func(a *droits.Acquisition)
		codes        []simphonie.Code
	}{
		{"rien", nil, nil, nil},
		{"écriture des codes", nil, func(a *droits.Acquisition) { a.ETM = etm("08") }, nil},
		{"droits fermés", nil, func(a *droits.Acquisition) { a.Periodes[0].Au = jour("2026-03-03") }, []simphonie.Code{"DROITS-DIFF-FERMES"}},
		{"droits ouverts", func(a *droits.Acquisition) { a.Periodes[0].Au = jour("2026-03-03") }, nil, []simphonie.Code{"DROITS-DIFF-OUVERTS"}},
		{"organisme", nil, func(a *droits.Acquisition) { a.Organisme.Caisse = "752" }, []simphonie.Code{"DROITS-DIFF-ORGANISME"}},
		{"ETM apparue", nil, func(a *droits.Acquisition) { a.ETM = etm("8", "14") }, []simphonie.Code{"DROITS-DIFF-ETM-OUVERTE"}},
		{"ETM close", nil, func(a *droits.Acquisition) { a.ETM = nil }, []simphonie.Code{"DROITS-DIFF-ETM-CLOSE"}},
		{"maternité", nil, func(a *droits.Acquisition) { a.ETM = etm("8", "6") }, []simphonie.Code{"DROITS-DIFF-NATURE", "DROITS-DIFF-ETM-OUVERTE"}},
		{"ETM inconnue", nil, func(a *droits.Acquisition) { a.ETM = etm("8", "42") }, []simphonie.Code{"DROITS-DIFF-ETM-OUVERTE"}},
		{"MTM", func(a *droits.Acquisition) { a.MTM = mtm("8") }, func(a *droits.Acquisition) { a.MTM = mtm("9") }, []simphonie.Code{"DROITS-DIFF-MTM-OUVERTE", "DROITS-DIFF-MTM-CLOSE"}},
		{"contrat", func(a *droits.Acquisition) { a.Contrats = contrats("18") }, func(a *droits.Acquisition) { a.Contrats = contrats("19") }, []simphonie.Code{"DROITS-DIFF-CONTRAT-OUVERT", "DROITS-DIFF-CONTRAT-CLOS"}},
		{"C2S ouverte", nil, func(a *droits.Acquisition) { a.Situations = c2s }, []simphonie.Code{"DROITS-DIFF-SITUATION-OUVERTE"}},
		{"C2S close", func(a *droits.Acquisition) { a.Situations = c2s }, nil, []simphonie.Code{"DROITS-DIFF-SITUATION-CLOSE"}},
		{"gestion de la C2S", func(a *droits.Acquisition) { a.Situations = c2s }, func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}} }, []simphonie.Code{"DROITS-DIFF-OC"}},
		{"situations inconnues", nil, func(a *droits.Acquisition) {
			a.Situations, a.Particulieres = []droits.Droit[droits.CodeSituation]{{Code: "42"}}, []droits.Droit[string]{{Code: "SP99"}}
		}, []simphonie.Code{"DROITS-DIFF-SITUATION-OUVERTE", "DROITS-DIFF-SITUATION-OUVERTE"}},
		{"détention finie", func(a *droits.Acquisition) { a.CodeGestion = "65" }, func(a *droits.Acquisition) { a.CodeGestion = "10" }, []simphonie.Code{"DROITS-DIFF-SITUATION-CLOSE", "DROITS-DIFF-DONNEE"}},
		{"AT", nil, func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{at} }, []simphonie.Code{"DROITS-DIFF-AT-OUVERT"}},
		{"AT clos", func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{at} }, func(a *droits.Acquisition) {
			x := at
			x.Periode.Au = jour("2020-01-01")
			a.AT = []droits.ATDeclare{x}
		}, []simphonie.Code{"DROITS-DIFF-AT-CLOS"}},
		{"médecin traitant", nil, func(a *droits.Acquisition) { a.MedecinTraitant = nil }, []simphonie.Code{"DROITS-DIFF-MEDECIN-TRAITANT"}},
		{"autre médecin traitant", nil, func(a *droits.Acquisition) {
			a.MedecinTraitant = &droits.MedecinTraitant{Nom: nom("CANARIBIS"), Prenom: nom("CANARIPAUL"), Numero: "751234567"}
		}, []simphonie.Code{"DROITS-DIFF-DONNEE"}},
		{"assuré", nil, func(a *droits.Acquisition) { a.Assure.NIR = simphonie.NIRRecu("155555575133374") }, []simphonie.Code{"DROITS-DIFF-DONNEE"}},
	} {
		a, b := cdri(), cdri()
		if c.avant != nil {
			c.avant(&a)
		}
		if c.apres != nil {
			c.apres(&b)
		}
		as := droits.Comparer(&a, &b, droits.Prestation{}, jour("2026-03-04"), droits.Options{})
		if c.codes == nil {
			assert.Empty(t, as, c.nom)
		} else {
			assert.Equal(t, c.codes, as.Codes(), c.nom)
		}
		assert.NotContains(t, canari.Montre(as), "CANARI")
		assert.NotContains(t, canari.Montre(as), "5555557513")
	}
	// A card that cannot say it did not close a right.
	a, v := cdri(), vitale()
	a.Situations = c2s
	assert.Empty(t, droits.Comparer(&a, &v, droits.Prestation{}, jour("2026-03-04"), droits.Options{}))
	assert.Equal(t, []simphonie.Code{"DROITS-ABSENTS"}, droits.Comparer(&a, nil, droits.Prestation{}, jour("2026-03-04"), droits.Options{}).Codes())
	// The organisme of the accident changed, that of maladie did not.
	b := cdri()
	a.Situations, a.AT, b.AT = nil, []droits.ATDeclare{at}, []droits.ATDeclare{at}
	b.AT[0].Organisme.Caisse = "999"
	assert.Equal(t, []simphonie.Code{"DROITS-DIFF-ORGANISME"}, droits.Comparer(&a, &b, droits.Prestation{LieeAT: true}, jour("2026-03-04"), droits.Options{}).Codes())
}

// The C2S, a detained person and an exemption, as a card says them.
func TestCarte(t *testing.T) {
	const caisse, separee = "COMPLEMENTAIRE SANTE SOLIDAIRE gérée par votre caisse d'Assurance Maladie", "COUVERTURE COMPLEMENTAIRE CMU gérée par un organisme complémentaire"
	for _, c := range []struct {
		nom     string
		change  func(a *droits.Acquisition)
		gestion droits.GestionC2S
		oc      simphonie.NumeroAMC
		codes   []simphonie.Code
	}{
		{"caisse", func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Libelle: caisse} }, droits.GestionConjointe, "99999997", nil},
		{"séparée, ancien libellé", func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Libelle: separee} }, droits.GestionSeparee, "88888888", nil},
		{"numéro lu", func(a *droits.Acquisition) { a.C2SCarte, a.OC = &droits.C2SCarte{Libelle: separee}, "12345678" }, droits.GestionSeparee, "12345678", nil},
		{"numéro qui contredit", func(a *droits.Acquisition) { a.C2SCarte, a.OC = &droits.C2SCarte{Libelle: separee}, "99999997" }, droits.GestionSeparee, "88888888", []simphonie.Code{"DROITS-C2S-CONTRADICTION"}},
		{"close", func(a *droits.Acquisition) {
			a.C2SCarte = &droits.C2SCarte{Libelle: caisse, Periode: simphonie.Periode{Au: jour("2026-03-03")}}
		}, 0, "", nil},
		{"libellé inconnu", func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Libelle: caisse + " "} }, 0, "", []simphonie.Code{"DROITS-C2S-LIBELLE"}},
		{"autre complémentaire", func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Libelle: "x"} }, 0, "", []simphonie.Code{"DROITS-C2S-LIBELLE"}},
		{"droits fermés", func(a *droits.Acquisition) {
			a.C2SCarte, a.Periodes = &droits.C2SCarte{Libelle: caisse}, []simphonie.Periode{{Au: jour("2026-03-03")}}
		}, 0, "", []simphonie.Code{"DROITS-FERMES"}},
		{"exonération à lire", func(a *droits.Acquisition) { a.LibelleExo = nom("CANARI ALD") }, 0, "", []simphonie.Code{"DROITS-LIBELLE-EXO"}},
		{"exonération lue", func(a *droits.Acquisition) { a.LibelleExo, a.ETM = nom("CANARI ALD"), etm("8") }, 0, "", nil},
	} {
		a := acquisition()
		a.Support = droits.SupportVitale
		c.change(a)
		r := resoudre(a, droits.Prestation{})
		assert.Equal(t, c.gestion, r.Contexte.GestionC2S, c.nom)
		assert.Equal(t, c.gestion != 0, r.Contexte.C2S(), c.nom)
		assert.Equal(t, c.oc, r.Contexte.OC, c.nom)
		if c.codes == nil {
			assert.Empty(t, r.Anomalies, c.nom)
		} else {
			assert.Equal(t, c.codes, r.Anomalies.Codes(), c.nom)
		}
	}
	a := acquisition()
	a.LibelleExo = nom("TIERS PAYANT INTEGRAL SANS DEPASSEMENT SUR LES HONORAIRES, PRISE EN CHARGE A 100% PAR LE REGIME GENERAL")
	r := resoudre(a, droits.Prestation{})
	assert.True(t, r.Contexte.Detenu())
	assert.Empty(t, r.Anomalies)
	// Each mark of a situation is named, with the support that gave it.
	zero := "0"
	for _, c := range []struct {
		change func(a *droits.Acquisition)
		marque []string
	}{
		{func(a *droits.Acquisition) {
			a.LibelleExo = nom("TIERS PAYANT INTEGRAL SANS DEPASSEMENT SUR LES HONORAIRES, PRISE EN CHARGE A 100% PAR LE REGIME GENERAL")
		}, []string{"SP17", "libelleExo", "cdri"}},
		{func(a *droits.Acquisition) { a.CodeGestion = "65" }, []string{"SP17", "codeGestion", "cdri"}},
		{func(a *droits.Acquisition) { a.CHAANN, a.ETM = &zero, etm("1") }, []string{"SP17", "chaAnn", "cdri"}},
		{func(a *droits.Acquisition) { a.CodeGestion = "70" }, []string{"SP08.2", "codeGestion", "cdri"}},
		{func(a *droits.Acquisition) {
			a.Beneficiaire.NIR = simphonie.NIRRecu("6555555555555")
			a.Provenances = []droits.Provenance{{Donnee: droits.DonneeNIR, Support: droits.SupportVitale}}
		}, []string{"SP08.1", "beneficiaire.nir", "vitale"}},
		{func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "10"}} }, []string{"SP06", "ame", "cdri"}},
		{func(a *droits.Acquisition) { a.C2SCarte = &droits.C2SCarte{Libelle: caisse} }, []string{"SP03", "c2s", "cdri"}},
	} {
		a := acquisition()
		c.change(a)
		r := resoudre(a, droits.Prestation{})
		require.NotEmpty(t, r.Trace)
		assert.Equal(t, simphonie.Code("DROITS-SITUATION"), r.Trace[0].Regle.Code)
		assert.Equal(t, c.marque, r.Trace[0].Valeurs)
	}
}

// An unknown code, wherever it stands, opens nothing and stops the invoice.
func TestCodeInconnu(t *testing.T) {
	for nom, ajoute := range map[string]func(a *droits.Acquisition){
		"etm": func(a *droits.Acquisition) { a.ETM = append(a.ETM, droits.Droit[droits.CodeETM]{Code: "2"}) },
		"mtm": func(a *droits.Acquisition) { a.MTM = append(a.MTM, droits.Droit[droits.CodeMTM]{Code: "1"}) },
		"situations": func(a *droits.Acquisition) {
			a.Situations = append(a.Situations, droits.Droit[droits.CodeSituation]{Code: "7"})
		},
		"particulieres": func(a *droits.Acquisition) {
			a.Particulieres = append(a.Particulieres, droits.Droit[string]{Code: "SP02"})
		},
		"contrats": func(a *droits.Acquisition) {
			a.Contrats = append(a.Contrats, droits.Droit[droits.CodeContrat]{Code: "99"})
		},
	} {
		for _, base := range []func(a *droits.Acquisition){
			func(*droits.Acquisition) {},
			func(a *droits.Acquisition) { a.ETM, a.MTM = etm("8"), mtm("9") },
			func(a *droits.Acquisition) { a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "3"}} },
		} {
			a, b := acquisition(), acquisition()
			base(a)
			base(b)
			ajoute(b)
			x, y := resoudre(a, droits.Prestation{}), resoudre(b, droits.Prestation{})
			assert.Equal(t, x.Contexte, y.Contexte, nom)
			assert.True(t, y.Anomalies.Stoppent(), nom)
			assert.Len(t, y.Anomalies, len(x.Anomalies)+1, nom)
			assert.Equal(t, y, resoudre(b, droits.Prestation{}), "the same answer to the same question")
		}
	}
}

// A merge keeps who said that there is none: what CDRi closes is closed, though
// the card is the main support.
func TestComparerFusion(t *testing.T) {
	sans := cdri()
	sans.ETM = nil
	p := droits.Preference{droits.SupportVitale, droits.SupportCDRi}
	avant, err := droits.Fusionner([]droits.Acquisition{vitale(), cdri()}, p)
	require.NoError(t, err)
	apres, err := droits.Fusionner([]droits.Acquisition{vitale(), sans}, p)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"DROITS-DIFF-ETM-CLOSE"}, droits.Comparer(avant.Acquisition, apres.Acquisition, droits.Prestation{}, jour("2026-03-04"), droits.Options{}).Codes())
}

// A change of any datum is seen, those apart that no invoice depends on.
func TestComparerChaqueDonnee(t *testing.T) {
	sans := []droits.Donnee{droits.DonneeCertification, droits.DonneeNom, droits.DonneeNomUsage, droits.DonneePrenom, droits.DonneeAdresse,
		droits.DonneeCHAANN, droits.DonneeMedecinPeriode} // the two last: by what they mean on the day
	for _, s := range []droits.Support{droits.SupportCDRi, droits.SupportVitale, droits.SupportSaisie} {
		avant, autre := pleine(), autre()
		avant.Support = s
		avant.Situations = avant.Situations[:1] // the AME hides the C2S
		for _, n := range droits.Donnees() {
			if droits.Peut(s, n) == droits.Jamais || slices.Contains(sans, n) {
				continue
			}
			d := droits.Dossier{Acquisitions: []droits.Acquisition{avant}}
			require.NoError(t, d.Modifie(droits.Change{Donnee: n, Valeur: autre, Par: "x", Le: matin, Papier: droits.SupportSaisie}))
			apres, err := d.Modifiee(0)
			require.NoError(t, err)
			assert.NotEmpty(t, droits.Comparer(&avant, apres, droits.Prestation{LieeMaternite: true}, jour("2026-03-04"), droits.Options{}), "%s on %s", n, s)
		}
	}
}

// autre differs from pleine in every datum.
func autre() droits.Acquisition {
	un := "1"
	autre := droits.Acquisition{Assure: droits.Assure{NIR: simphonie.NIRRecu("155555575133374")}, Organisme: simphonie.Organisme{Regime: "02", Caisse: "111"}, PieceAMO: "1", CodeGestion: "65",
		Beneficiaire: droits.Beneficiaire{NIR: simphonie.NIRRecu("155555575133374"), Nom: nom("CANARIX"), NomUsage: nom("CANARIY"), Prenom: nom("CANARIZ"),
			Naissance: simphonie.NaissanceLe(jour("1951-03-12")), Rang: "2", Qualite: "2", Adresse: []simphonie.Confidentiel{nom("CANARIW")}},
		Periodes: []simphonie.Periode{{Du: jour("2027-01-01")}}, ETM: etm("14"), MTM: mtm("8"), Contrats: contrats("19"), CHAANN: &un, LibelleExo: nom("CANARIV"),
		Situations: []droits.Droit[droits.CodeSituation]{{Code: "3"}, {Code: "10"}, {Code: "43"}}, Particulieres: []droits.Droit[string]{{Code: "SP08.2"}},
		C2SCarte: &droits.C2SCarte{Libelle: "y"}, OC: "88888888",
		Grossesse:   &droits.Grossesse{DebutGrossesse: jour("2026-02-01"), Organisme: simphonie.Organisme{Regime: "02"}, Periodes: []simphonie.Periode{{Du: jour("2026-01-01")}}},
		ATParDefaut: &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "02"}}, AT: []droits.ATDeclare{{Identifiant: "123456782"}},
		MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Non, Nom: nom("CANARIU"), Prenom: nom("CANARIT"), Numero: "751234568", RPPS: "99900063498", Periode: simphonie.Periode{Du: jour("2021-01-01")}}}
	return autre
}

// A code that looks like something else than a code is not repeated.
func TestCodeLong(t *testing.T) {
	a := acquisition()
	a.ETM, a.MTM, a.Contrats = etm("255555575133324"), mtm("255555575133324"), contrats("255555575133324")
	a.Situations, a.Particulieres = []droits.Droit[droits.CodeSituation]{{Code: "255555575133324"}}, []droits.Droit[string]{{Code: "255555575133324"}}
	r := resoudre(a, droits.Prestation{})
	require.Len(t, r.Anomalies, 5)
	assert.NotContains(t, canari.Montre(r.Anomalies), "25555557513")
	assert.NotContains(t, canari.Montre(droits.Comparer(acquisition(), a, droits.Prestation{}, jour("2026-03-04"), droits.Options{})), "25555557513")
}
