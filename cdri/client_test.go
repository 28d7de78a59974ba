package cdri_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/teleservice"
)

func TestConsulte(t *testing.T) {
	g := &guichet{}
	c := client(t, g)
	d := demande(1)
	d.Caisse, d.DateReference = "751", simphonie.MustJour("2026-11-02")
	r, err := c.Consulte(t.Context(), d)
	require.NoError(t, err)
	assert.Equal(t, cdri.Trouve, r.Issue.Sens)
	assert.Empty(t, r.Anomalies)
	assert.Equal(t, droits.SupportCDRi, r.Droits.Support)
	assert.Equal(t, r.Recu, r.Droits.Le)
	assert.False(t, r.Recu.IsZero())
	assert.NotEmpty(t, r.MessageID)
	assert.Equal(t, "reference-non-officielle/1", r.Profil)
	assert.Equal(t, "2", r.Droits.PieceAMO)

	// The header repeats the criteria: the gateway routes by them.
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(g.messages[0]))
	for chemin, attendu := range map[string]string{
		"//COUVERTURE/GrandRegime": "01", "//COUVERTURE/Organisme": "751", "//COUVERTURE/ASSURE/Id/Num": nir(1).Clair()[:13],
		"//COUVERTURE/BENEFICIAIRE/DateNai": "1981-01-01", "//COUVERTURE/BENEFICIAIRE/Rang": "1", "//LPS/Nom": "simphonie",
		"//Header/Action": reference.Espace + ":consulterDroits",
	} {
		if el := doc.FindElement(chemin); assert.NotNil(t, el, chemin) {
			assert.Equal(t, attendu, el.Text(), chemin)
		}
	}
	assert.True(t, strings.HasPrefix(doc.FindElement("//ContexteBAM/DateRef").Text(), "2026-11-02T00:00:00"))
}

// A request that is refused is not sent, and says everything at once.
func TestDemandeRefusee(t *testing.T) {
	g := &guichet{}
	c := client(t, g)
	_, err := c.Consulte(t.Context(), cdri.Demande{})
	assert.Equal(t, []simphonie.Code{"CDRI-DEMANDE"}, codes(err))
	refus, ok := errors.AsType[*cdri.Refus](err)
	require.True(t, ok)
	assert.Equal(t, []simphonie.Code{"CDRI-EJ-ABSENTE", "CDRI-MOMENT-ABSENT", "CDRI-NIR-ABSENT", "CDRI-NAISSANCE-ABSENTE", "CDRI-RANG", "CDRI-REGIME"}, refus.Anomalies.Codes())
	assert.True(t, refus.Anomalies.Stoppent())

	d := demande(1)
	d.EJ, d.Regime = "690781810", "17"
	_, err = c.Consulte(t.Context(), d)
	refus, ok = errors.AsType[*cdri.Refus](err)
	require.True(t, ok)
	assert.Equal(t, []simphonie.Code{"CDRI-EJ-AUTRE", "CDRI-REGIME-FERME"}, refus.Anomalies.Codes())
	assert.Zero(t, g.appels())
}

// An answer of another operation is not read.
func TestAutreAction(t *testing.T) {
	_, err := client(t, &guichet{autreAction: true}).Consulte(t.Context(), demande(1))
	assert.Equal(t, []simphonie.Code{"TSV-CORRELATION"}, codes(err))
}

func TestNew(t *testing.T) {
	_, err := cdri.New(cdri.Config{RegimesFermes: []string{"x"}, Interpretations: cdri.Interpretations{NIREnCours: "?"}})
	assert.Equal(t, []simphonie.Code{"CDRI-CONFIG-CANAL", "CDRI-CONFIG-CODEC", "ID-INTERPRETATION", "CDRI-CONFIG-REGIME"}, codes(err))
	_, err = cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: (*pointeur)(nil)})
	assert.Equal(t, []simphonie.Code{"CDRI-CONFIG-CODEC"}, codes(err))

	// Not official: nowhere but in simulation.
	k := canal(t, &guichet{}, func(c *teleservice.Config) {
		c.Environnement, c.URL = teleservice.Qualification, "https://example.org/lps"
	})
	_, err = cdri.New(cdri.Config{Canal: k, Codec: reference.Codec{}})
	assert.Equal(t, []simphonie.Code{"CDRI-CONFIG-NON-OFFICIEL"}, codes(err))

	_, err = cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: autreProfil{f: func(p *modele.Profil) { p.SOAP, p.LotMax = "2.0", 0 }}})
	assert.Equal(t, []simphonie.Code{"CDRI-CONFIG-PROFIL", "CDRI-CONFIG-PROFIL"}, codes(err))
}

type pointeur struct{ reference.Codec }

type autreProfil struct {
	reference.Codec
	f func(*modele.Profil)
}

func (a autreProfil) Profil() modele.Profil {
	p := a.Codec.Profil()
	a.f(&p)
	return p
}

// A profile of SOAP 1.1 with a name of its own is obeyed.
func TestProfil(t *testing.T) {
	g := &guichet{}
	c, err := cdri.New(cdri.Config{Canal: canal(t, g), Codec: autreProfil{f: func(p *modele.Profil) {
		p.SOAP, p.NomLPS = modele.SOAP11, func(nom, version string) string { return "urn:lps:" + nom + ":" + version }
	}}})
	require.NoError(t, err)
	_, err = c.Consulte(t.Context(), demande(1))
	assert.Equal(t, []simphonie.Code{"TSV-REPONSE"}, codes(err), "the answer is of SOAP 1.2")
	assert.Contains(t, g.messages[0], "http://schemas.xmlsoap.org/soap/envelope/")
	assert.Contains(t, g.messages[0], "urn:lps:simphonie:1.0")
}

// An outcome is an answer; one that nobody knows is to be checked, and so is
// every code without a published meaning.
func TestIssuesEtCodes(t *testing.T) {
	g := &guichet{repond: func(n string) (*modele.Reponse, *modele.ErreurLigne) {
		r := trouve(n)
		switch n {
		case nir(2).Clair()[:13]:
			return &modele.Reponse{Instant: midi, Issue: modele.Issue{Code: "NON_TROUVE"}}, nil
		case nir(3).Clair()[:13]:
			return &modele.Reponse{Instant: midi, Issue: modele.Issue{Code: "NOUVEAU_2031"}}, nil
		case nir(4).Clair()[:13]:
			a := r.Droits
			a.ETM = []droits.Droit[droits.CodeETM]{{Code: "013"}, {Code: "77"}}
			a.MTM = []droits.Droit[droits.CodeMTM]{{Code: "9"}, {Code: "1"}}
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "02"}, {Code: "4"}}
			a.Contrats = []droits.Droit[droits.CodeContrat]{{Code: "18"}, {Code: "26"}}
			a.PieceAMO = "7"
			a.Beneficiaire.Rang = "2"
			a.Assure.NIR = nir(5)
		case nir(5).Clair()[:13]:
			r.Droits.ETM = []droits.Droit[droits.CodeETM]{{Code: "1810163220751"}}
			r.Droits.Assure.NIR = simphonie.NIRRecu("181016322075")
		}
		return r, nil
	}}
	c := client(t, g)
	r, err := c.Consulte(t.Context(), demande(2))
	require.NoError(t, err)
	assert.Equal(t, cdri.NonTrouve, r.Issue.Sens)
	assert.Nil(t, r.Droits)
	assert.Empty(t, r.Anomalies)

	r, err = c.Consulte(t.Context(), demande(3))
	require.NoError(t, err)
	assert.Equal(t, cdri.SensAVerifier, r.Issue.Sens)
	assert.Equal(t, []simphonie.Code{"CDRI-ISSUE-INCONNUE"}, r.Anomalies.Codes())
	assert.Contains(t, r.Anomalies[0].Message, "NOUVEAU_2031")

	r, err = c.Consulte(t.Context(), demande(4))
	require.NoError(t, err)
	assert.Equal(t, []simphonie.Code{"CDRI-ETM-INCONNUE", "CDRI-MTM-INCONNUE", "CDRI-SITUATION-INCONNUE", "CDRI-CONTRAT-INCONNU", "CDRI-PIECE-INCONNUE",
		"CDRI-ASSURE-AUTRE", "CDRI-BENEFICIAIRE-AUTRE"}, r.Anomalies.Codes())
	assert.Contains(t, r.Anomalies[0].Message, "77")
	assert.EqualValues(t, "013", r.Droits.ETM[0].Code)
	assert.Len(t, r.Droits.ETM, 2)

	// What looks like a number of the register is not repeated in a message.
	r, err = c.Consulte(t.Context(), demande(5))
	require.NoError(t, err)
	assert.Equal(t, []string{"(illisible)"}, r.Anomalies[0].Valeurs)
	// A number that cannot be read is not that of the request.
	assert.Equal(t, simphonie.Code("CDRI-ASSURE-AUTRE"), r.Anomalies[1].Code)
}

type casse struct {
	reference.Codec
	err error
}

func (c casse) EncodeDemande(*modele.Demande) (*etree.Element, error) { return nil, c.err }

type muet struct{ reference.Codec }

func (muet) DecodeReponse(*etree.Element) (*modele.Reponse, error) { return nil, nil }

type creux struct{ reference.Codec }

func (creux) DecodeReponse(*etree.Element) (*modele.Reponse, error) {
	return &modele.Reponse{Issue: modele.Issue{Sens: modele.Trouve}}, nil
}

func TestCodecEnFaute(t *testing.T) {
	c, err := cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: casse{err: errors.New("x")}})
	require.NoError(t, err)
	_, err = c.Consulte(t.Context(), demande(1))
	assert.Equal(t, []simphonie.Code{"CDRI-ENCODE"}, codes(err))
	c, err = cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: muet{}})
	require.NoError(t, err)
	_, err = c.Consulte(t.Context(), demande(1))
	assert.Equal(t, []simphonie.Code{"CDRI-DECODE"}, codes(err))
	assert.ErrorContains(t, err, "CDRI-CODEC")
	c, err = cdri.New(cdri.Config{Canal: canal(t, &guichet{}), Codec: creux{}})
	require.NoError(t, err)
	_, err = c.Consulte(t.Context(), demande(1))
	assert.ErrorContains(t, err, "rights were found and gives none")
}

// Faults come with the table of what to do.
func TestFautes(t *testing.T) {
	g := &guichet{parfois: func(n int) error {
		return []error{faute(fauteEmetteur), faute(fautePassage), errors.New("coupé")}[n-1]
	}}
	c := client(t, g)
	for _, attendu := range []struct {
		code simphonie.Code
		p    string
		plus bool
	}{{"TSV-FAUTE", "desir_550", false}, {"TSV-FAUTE", "desir_1020", true}, {"TSV-RESEAU", "", true}} {
		_, err := c.Consulte(t.Context(), demande(1))
		e, ok := errors.AsType[*simphonie.Erreur](err)
		require.True(t, ok)
		assert.Equal(t, attendu.code, e.Code)
		assert.Equal(t, attendu.plus, e.Reessayable)
		p, ok := cdri.PanneDe(err)
		assert.True(t, ok)
		assert.Equal(t, attendu.code, p.Code)
		assert.Equal(t, attendu.p, p.Faute)
	}
}

// Nothing personal is printed, whatever goes wrong and however values are shown.
func TestMasques(t *testing.T) {
	var journal bytes.Buffer
	canaris := []string{nir(1).Clair()[:13], nir(1).Clair(), "1981-01-01", "CANARI-NOM", "CANARI-LIBELLE", "CANARI-RUE", "CANARI-MESSAGE", "1810163220751"}
	etape := 0
	g := &guichet{repond: func(n string) (*modele.Reponse, *modele.ErreurLigne) {
		r := trouve(n)
		c := simphonie.NewConfidentiel
		r.Issue.Libelle = c("CANARI-LIBELLE " + n)
		r.Messages = []modele.Message{{Libelle: c("CANARI-MESSAGE")}}
		r.Droits.Beneficiaire = droits.Beneficiaire{Nom: c("CANARI-NOM"), Prenom: c("CANARI-NOM"), NomUsage: c("CANARI-NOM"), Adresse: []simphonie.Confidentiel{c("CANARI-RUE")},
			Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01"))}
		return r, nil
	}, parfois: func(int) error {
		etape++
		switch etape {
		case 2:
			return faute(strings.Replace(fauteEmetteur, "refus", "CANARI-NOM", 1))
		case 3:
			return faute(`<DroitsConsultes>CANARI-NOM`)
		case 4:
			return errors.New("CANARI")
		}
		return nil
	}}
	c := client(t, g, func(cfg *teleservice.Config) {
		cfg.Log = slog.New(slog.NewTextHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	var vu strings.Builder
	d := demande(1)
	vu.WriteString(canari.Montre(d) + canari.Montre(&d) + canari.Montre(cdri.LigneLot{ID: "x", Demande: d}))
	for range 4 {
		r, err := c.Consulte(t.Context(), d)
		if err == nil {
			vu.WriteString(canari.Montre(r) + canari.Montre(*r) + canari.Montre(cdri.Entree{Demande: d, Reponse: r}))
			vu.WriteString(canari.Montre(cdri.Resultat{Reponse: r}) + canari.Montre(cdri.ResultatLigne{Reponse: r}) + canari.Montre(cdri.Inscription{Reponse: r}))
			continue
		}
		vu.WriteString(canari.Montre(err) + canari.Montre(cdri.Resultat{Echec: err}))
	}
	d.Assure = simphonie.NIRRecu("1810163220751")
	_, err := c.Consulte(t.Context(), d)
	vu.WriteString(canari.Montre(err))
	require.NotEmpty(t, journal.String())
	require.Greater(t, vu.Len(), 1000)
	for _, canari := range canaris {
		assert.NotContains(t, vu.String(), canari)
		assert.NotContains(t, journal.String(), canari)
	}
	// What is written on purpose is whole, and reads back.
	r, err := c.Consulte(t.Context(), demande(1))
	require.NoError(t, err)
	b, err := simphonie.MarshalEnClair(r)
	require.NoError(t, err)
	assert.Contains(t, string(b), "CANARI-NOM")
	var relue cdri.Reponse
	require.NoError(t, json.Unmarshal(b, &relue))
	assert.Equal(t, "CANARI-NOM", relue.Droits.Beneficiaire.Nom.Clair())
}
