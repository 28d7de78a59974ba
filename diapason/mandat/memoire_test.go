package mandat_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// situations are mandates of every kind of life.
func situations(t testing.TB) map[string]mandat.Mandat {
	perdu := soumis(t)
	perdu.fait(13, mandat.ReponsePerdue{Reference: "M-0001-P1", Code: "TSV-DELAI"})
	decline := nouveau(t, 60)
	decline.fait(0, mandat.RefusPatient{})
	expire := actif(t, 13)
	expire.fait(11, mandat.JourVenu{})
	expire.fait(12, mandat.AccordClos{})
	expire.fait(12, mandat.AlternativeRetenue{Moyen: mandat.Titre})
	conteste := complet(t)
	conteste.fait(20, mandat.Contestation{Rang: 1, Nature: mandat.DemandePatient, Montant: 12_00, Reference: "LRAR-1"})
	conteste.fait(20, mandat.DemandeRemboursement{Rang: 1, Numero: 2, Montant: 12_00})
	conteste.fait(20, mandat.ReponsePerdue{Reference: "M-0001-P1-R2", Code: "TSV-DELAI"})
	reprise := actif(t, 300, func(p *mandat.Proposition) {
		p.Politique = mandat.Politique{Territoire: politique.Territoire, Jours: mandat.Ouvres, Depart: mandat.JourRemise, Portee: mandat.ParFacture,
			Nombre: mandat.Plusieurs, Limite: mandat.SurSoumission, Traitement: 2, Reprises: 1}
	})
	reprise.fait(10, facture(17_00))
	reprise.avise(10)
	reprise.fait(11, mandat.AvisRemis{Avis: 1})
	reprise.fait(16, mandat.JourVenu{})
	reprise.fait(16, mandat.Retrait{})
	retire := *reprise
	reprise = actif(t, 300, func(p *mandat.Proposition) { p.Politique.Reprises = 1 })
	reprise.fait(10, facture(17_00))
	reprise.avise(10)
	reprise.fait(13, mandat.JourVenu{})
	reprise.fait(13, mandat.ReponseRecue{Reponse: reprise.reponse(13, modele.Refuse)})
	constate := actif(t, 60)
	abandon := facture(17_00)
	abandon.AMC, abandon.Decision = mandat.AMCAbandonnee, decision
	constate.fait(10, abandon)
	constate.avise(10)
	constate.fait(13, mandat.JourVenu{})
	constate.fait(13, mandat.ReponsePerdue{Reference: "M-0001-P1", Code: "TSV-DELAI"})
	constate.fait(14, constat("M-0001-P1", 13, 18_00))
	constate.fait(15, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 2_00})
	constate.fait(15, mandat.ReponsePerdue{Reference: "M-0001-P1-R1", Code: "TSV-DELAI"})
	constate.fait(16, constat("M-0001-P1-R1", 15, 1_00))
	return map[string]mandat.Mandat{"constat": constate.m, "propose": nouveau(t, 60).m, "decline": decline.m, "actif": actif(t, 60).m, "soumis": soumis(t).m, "incertain": perdu.m,
		"rembourse": complet(t).m, "alternative": expire.m, "conteste": conteste.m,
		"retrait": retire.m, "reprise": reprise.m}
}

// Mandates that a former release saved are read, and written the same way. The
// files are kept for ever: a new form adds files of its own version.
func TestFormesGardees(t *testing.T) {
	fs, err := filepath.Glob("testdata/v1-*.json")
	require.NoError(t, err)
	require.Len(t, fs, len(situations(t)))
	for _, f := range fs {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		m, err := mandat.Decode(b)
		require.NoError(t, err, f)
		encore, err := mandat.Encode(m)
		require.NoError(t, err)
		assert.JSONEq(t, string(b), string(encore), f)
	}
}

// Every situation comes back as it was saved.
func TestAllerRetour(t *testing.T) {
	for nom, m := range situations(t) {
		b, err := mandat.Encode(m)
		require.NoError(t, err, nom)
		relu, err := mandat.Decode(b)
		require.NoError(t, err, nom)
		assert.Equal(t, m, relu, nom)
		if dir := os.Getenv("ECRIT_FORMES"); dir != "" { // for a new version only
			require.NoError(t, os.WriteFile(filepath.Join(dir, "v1-"+nom+".json"), append(b, '\n'), 0o600))
		}
	}
}

// What no sequence of events gives is refused.
func TestDecodeRefuse(t *testing.T) {
	b, err := mandat.Encode(complet(t).m)
	require.NoError(t, err)
	bon := string(b)
	for _, x := range []struct{ de, a, code string }{
		{`mandat/1"`, `mandat/2"`, "DIA-MANDAT-FORME"},
		{`"forme"`, `"inconnu":1,"forme"`, "JSON-"},
		{`"plafond":"50.00"`, `"plafond":"0.00"`, "DIA-PLAFOND"},
		{`"plafond":"50.00"`, `"plafond":"16.99"`, "DIA-MANDAT-INCOHERENT"},
		{`"jours":"calendaires"`, `"jours":"lunaires"`, "DIA-VALEUR"},
		{`"etat":"rembourse"`, `"etat":"actif"`, "DIA-MANDAT-INCOHERENT"},
		{`"etat":"rembourse"`, `"etat":"avise"`, "DIA-MANDAT-INCOHERENT"},
		{`"etat":"rembourse"`, `"etat":"alternative"`, "DIA-MANDAT-INCOHERENT"},
		{`"etat":"rembourse"`, `"etat":""`, "DIA-VALEUR"},
		{`"montant":"5.00"`, `"montant":"17.01"`, "DIA-MANDAT-INCOHERENT"},
		{`"accord":"ACC-1"`, `"accord":""`, "DIA-MANDAT-INCOHERENT"},
		{`"pan":"497010######0042"`, `"pan":"4970101122334455"`, "DIA-PAN"},
		{`"pan":"497010######0042"`, `"alias":"4970101122334455","pan":""`, "JSON-"},
		{`"rang":3`, `"rang":4`, "DIA-PREUVE"},
		{`"texte":"TPE-1"`, `"texte":"TPE-2"`, "DIA-PREUVE"},
		{`"revision":9`, `"revision":8`, "DIA-PREUVE"},
	} {
		require.Contains(t, bon, x.de)
		_, err := mandat.Decode([]byte(strings.Replace(bon, x.de, x.a, 1)))
		assert.ErrorContains(t, err, x.code, "%s -> %s", x.de, x.a)
	}
	_, err = mandat.Encode(mandat.Mandat{})
	assert.ErrorContains(t, err, "DIA-MANDAT-FORME")
	_, _, err = mandat.Mandat{}.Appliquer(mandat.JourVenu{}, a(0))
	assert.ErrorContains(t, err, "DIA-EVENEMENT")
	_, _, err = nouveau(t, 60).m.Appliquer(nil, a(0))
	assert.ErrorContains(t, err, "DIA-EVENEMENT")
	_, _, err = nouveau(t, 60).m.Appliquer((*mandat.Retrait)(nil), a(0))
	assert.ErrorContains(t, err, "DIA-EVENEMENT")
	assert.Empty(t, mandat.Mandat{}.Dus())
	assert.Equal(t, 0, mandat.Mandat{}.Ancre().Rang)
}

func FuzzDecode(f *testing.F) {
	fs, _ := filepath.Glob("testdata/v1-*.json")
	for _, nom := range fs {
		b, _ := os.ReadFile(nom)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := mandat.Decode(b)
		if err != nil {
			return
		}
		encore, err := mandat.Encode(m)
		require.NoError(t, err)
		relu, err := mandat.Decode(encore)
		require.NoError(t, err)
		require.Equal(t, m, relu)
		for _, e := range evenements(m) { // no panic, whatever was saved
			_, _, _ = m.Appliquer(e, a(13))
		}
	})
}
