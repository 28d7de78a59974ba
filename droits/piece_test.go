package droits_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

func jsonLit(b []byte, v any) error { return json.Unmarshal(b, v) }

// Each row of the table of the nature of the proof.
func TestPJNature(t *testing.T) {
	seul := func(s droits.Support) *droits.Acquisition {
		a := cdri()
		a.Support, a.PieceAMO = s, ""
		return &a
	}
	modifiee := func(papier droits.Support, ns ...droits.Donnee) *droits.Acquisition {
		d := droits.Dossier{Acquisitions: []droits.Acquisition{cdri()}}
		for _, n := range ns {
			v := cdri()
			v.AT = []droits.ATDeclare{{Identifiant: "180831018"}}
			v.ETM, v.Beneficiaire.Nom, v.MedecinTraitant.Nom = etm("14"), nom("AUTRE"), nom("AUTRE")
			require.NoError(t, d.Modifie(droits.Change{Donnee: n, Valeur: v, Par: "x", Le: matin, Papier: papier}))
		}
		a, err := d.Modifiee(0)
		require.NoError(t, err)
		return a
	}
	deuxPapiers := droits.Dossier{Acquisitions: []droits.Acquisition{cdri()}}
	require.NoError(t, deuxPapiers.Modifie(droits.Change{Donnee: droits.DonneeETM, Par: "x", Le: matin, Papier: droits.SupportAttestation}))
	require.NoError(t, deuxPapiers.Modifie(droits.Change{Donnee: droits.DonneeOrganisme, Par: "x", Le: matin, Papier: droits.SupportAutreAttestation}))
	deux, err := deuxPapiers.Modifiee(0)
	require.NoError(t, err)
	v := vitale()
	v.Organisme = simphonie.Organisme{}
	mixte := fusionne(t, cdri(), v).Acquisition
	for i := range mixte.Provenances {
		if mixte.Provenances[i].Donnee == droits.DonneeAssure {
			mixte.Provenances[i] = droits.Provenance{Donnee: droits.DonneeAssure, Support: droits.SupportVitale}
		}
	}
	sansPiece := cdri()
	sansPiece.PieceAMO = ""
	rural := cdri()
	rural.Organisme.Regime = "02"

	heure := matin.Add(time.Hour)
	for _, c := range []struct {
		nom      string
		d        droits.DemandePiece
		nature   string
		regle    simphonie.Code
		anomalie simphonie.Code
	}{
		{"Vitale", droits.DemandePiece{Droits: seul(droits.SupportVitale)}, "4", "DROITS-PJ-SUPPORT", ""},
		{"CDRi", droits.DemandePiece{Droits: modifiee(""), FactureLe: heure}, "2", "DROITS-PJ-CDRI", ""},
		{"CDRi au bout du délai", droits.DemandePiece{Droits: modifiee(""), FactureLe: matin.Add(24 * time.Hour)}, "2", "DROITS-PJ-CDRI", ""},
		{"CDRi périmée", droits.DemandePiece{Droits: modifiee(""), FactureLe: matin.Add(24*time.Hour + 1)}, "", "", "DROITS-PJ-PERIMEE"},
		{"CDRi, facture avant", droits.DemandePiece{Droits: modifiee(""), FactureLe: matin.Add(-1)}, "", "", "DROITS-PJ-PERIMEE"},
		{"CDRi sans valeur", droits.DemandePiece{Droits: &sansPiece, FactureLe: heure}, "", "", "DROITS-PJ-ABSENTE"},
		{"CDRi, nom du MT modifié", droits.DemandePiece{Droits: modifiee(droits.SupportSaisie, droits.DonneeMedecinNom, droits.DonneeNom), FactureLe: heure}, "2", "DROITS-PJ-CDRI", ""},
		{"CDRi complétée par un AT", droits.DemandePiece{Droits: modifiee(droits.SupportFeuilletAT, droits.DonneeAT), FactureLe: heure}, "2", "DROITS-PJ-CDRI", ""},
		{"CDRi, ETM modifiée par attestation", droits.DemandePiece{Droits: modifiee(droits.SupportAttestation, droits.DonneeETM), FactureLe: heure}, "2", "DROITS-PJ-MODIFIEE", ""},
		{"CDRi, ETM modifiée par bulletin", droits.DemandePiece{Droits: modifiee(droits.SupportAutreAttestation, droits.DonneeETM), FactureLe: heure}, "1", "DROITS-PJ-MODIFIEE", ""},
		{"CDRi, ETM modifiée sans papier", droits.DemandePiece{Droits: modifiee(droits.SupportSaisie, droits.DonneeETM), FactureLe: heure}, "0", "DROITS-PJ-MODIFIEE", ""},
		{"deux papiers", droits.DemandePiece{Droits: deux, FactureLe: heure}, "", "", "DROITS-PJ-PAPIERS"},
		{"clinique, CDRi et PEC", droits.DemandePiece{Droits: modifiee(""), FactureLe: heure, CliniquePrivee: true, PriseEnCharge: true}, "5", "DROITS-PJ-PEC-CDRI", ""},
		{"clinique, CDRi seule", droits.DemandePiece{Droits: modifiee(""), FactureLe: heure, CliniquePrivee: true}, "2", "DROITS-PJ-CDRI", ""},
		{"clinique, CDRi et PEC, MSA", droits.DemandePiece{Droits: &rural, FactureLe: heure, CliniquePrivee: true, PriseEnCharge: true}, "", "", "DROITS-PJ-INCONNUE"},
		{"public, CDRi et PEC", droits.DemandePiece{Droits: modifiee(""), FactureLe: heure, PriseEnCharge: true}, "2", "DROITS-PJ-CDRI", ""},
		{"clinique, PEC", droits.DemandePiece{Droits: seul(droits.SupportPriseEnCharge), CliniquePrivee: true}, "3", "DROITS-PJ-PEC", ""},
		{"public, PEC", droits.DemandePiece{Droits: seul(droits.SupportPriseEnCharge)}, "", "", "DROITS-PJ-INCONNUE"},
		{"CDR", droits.DemandePiece{Droits: seul(droits.SupportCDR)}, "2", "DROITS-PJ-SUPPORT", ""},
		{"attestation de droits", droits.DemandePiece{Droits: seul(droits.SupportAttestation)}, "2", "DROITS-PJ-SUPPORT", ""},
		{"attestation C2S", droits.DemandePiece{Droits: seul(droits.SupportAttestationC2S)}, "1", "DROITS-PJ-SUPPORT", ""},
		{"attestation AME", droits.DemandePiece{Droits: seul(droits.SupportAttestationAME)}, "1", "DROITS-PJ-SUPPORT", ""},
		{"bulletin de salaire", droits.DemandePiece{Droits: seul(droits.SupportAutreAttestation)}, "1", "DROITS-PJ-SUPPORT", ""},
		{"saisie", droits.DemandePiece{Droits: seul(droits.SupportSaisie)}, "0", "DROITS-PJ-SUPPORT", ""},
		{"rien", droits.DemandePiece{}, "0", "DROITS-PJ-AUCUNE", ""},
		{"inconnu", droits.DemandePiece{Droits: seul("zzz")}, "", "", "DROITS-PJ-INCONNUE"},
		{"anonyme", droits.DemandePiece{Anonyme: true, PieceAnonyme: "0"}, "0", "DROITS-PJ-REGLAGE-ANONYME", ""},
		{"mixte", droits.DemandePiece{Droits: mixte, FactureLe: heure}, "", "", "DROITS-PJ-MIXTE"},
		{"mixte, support principal", droits.DemandePiece{Droits: mixte, FactureLe: heure, Interpretations: droits.Interpretations{PieceMixte: droits.PieceMixtePrincipal}}, "2", "DROITS-I-PIECE-MIXTE", ""},
		{"fusion sans mélange", droits.DemandePiece{Droits: fusionne(t, cdri(), vitale()).Acquisition, FactureLe: heure}, "2", "DROITS-PJ-CDRI", ""},
	} {
		p, err := droits.PJNature(c.d, 24*time.Hour)
		require.NoError(t, err, c.nom)
		assert.Equal(t, c.nature, p.Nature, c.nom)
		if c.regle != "" {
			require.NotEmpty(t, p.Trace, c.nom)
			assert.Equal(t, c.regle, p.Trace[0].Regle.Code, c.nom)
			assert.Empty(t, p.Anomalies, c.nom)
		} else {
			assert.Equal(t, []simphonie.Code{c.anomalie}, p.Anomalies.Codes(), c.nom)
		}
	}
	_, err = droits.PJNature(droits.DemandePiece{}, 0)
	assert.ErrorContains(t, err, "DROITS-PJ-DELAI")
	for _, s := range []string{"", "a", "12"} {
		_, err = droits.PJNature(droits.DemandePiece{Anonyme: true, PieceAnonyme: s}, time.Hour)
		assert.ErrorContains(t, err, "DROITS-PJ-ANONYME")
	}
}

// What the acquisition says of itself counts: an anonymous one wants the
// setting, a value of CDRi that is no code of the zone is not sent.
func TestPJNatureDite(t *testing.T) {
	sp10 := acquisition()
	sp10.Support, sp10.Particulieres = droits.SupportSaisie, []droits.Droit[string]{{Code: "SP10"}}
	_, err := droits.PJNature(droits.DemandePiece{Droits: sp10}, time.Hour)
	assert.ErrorContains(t, err, "DROITS-PJ-ANONYME")
	for _, v := range []string{"12", "X", "02"} {
		a := cdri()
		a.PieceAMO = v
		p, err := droits.PJNature(droits.DemandePiece{Droits: &a, FactureLe: matin}, time.Hour)
		require.NoError(t, err)
		if v == "02" {
			assert.Equal(t, "2", p.Nature)
			continue
		}
		assert.Empty(t, p.Nature, v)
		assert.Equal(t, []simphonie.Code{"DROITS-PJ-VALEUR"}, p.Anomalies.Codes(), v)
	}
	// A private clinic changed the rights as its prise en charge says.
	d := droits.Dossier{Acquisitions: []droits.Acquisition{cdri()}}
	require.NoError(t, d.Modifie(droits.Change{Donnee: droits.DonneeETM, Par: "x", Le: matin, Papier: droits.SupportPriseEnCharge}))
	a, err := d.Modifiee(0)
	require.NoError(t, err)
	p, err := droits.PJNature(droits.DemandePiece{Droits: a, FactureLe: matin, CliniquePrivee: true}, time.Hour)
	require.NoError(t, err)
	assert.Equal(t, "3", p.Nature)
	p, err = droits.PJNature(droits.DemandePiece{Droits: a, FactureLe: matin}, time.Hour)
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"DROITS-PJ-INCONNUE"}, p.Anomalies.Codes())
}
