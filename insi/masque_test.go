package insi_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/teleservice"
)

// canaris stand in every input and every answer, and may stand in no printed form.
var canaris = []string{"CANARI", "2750163220749", "275016322074940", "1975-01-29", "63229", "CANARIPIECE", "98765432"}

const (
	enveloppe = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>`
	ferme     = `</s:Body></s:Envelope>`
	bavarde   = enveloppe + `<r:RESULTAT xmlns:r="http://www.cnamts.fr/INSiResultat"><r:CR><r:CodeCR>00</r:CodeCR><r:LibelleCR>CANARI</r:LibelleCR></r:CR><r:INDIVIDU><r:INSACTIF>` +
		`<r:IdIndividu><r:NumIdentifiant>2750163220749</r:NumIdentifiant><r:Cle>40</r:Cle><r:TypeMatricule>CANARI</r:TypeMatricule></r:IdIndividu><r:OID>1.2.250.1.213.1.4.8</r:OID><r:DateDeb>CANARI</r:DateDeb></r:INSACTIF>` +
		`<r:INSHISTO><r:IdIndividu><r:NumIdentifiant>CANARI</r:NumIdentifiant></r:IdIndividu><r:OID>1.2.3</r:OID></r:INSHISTO>` +
		`<r:TIQ><r:NomNaissance>CANARI</r:NomNaissance><r:Prenom>canari</r:Prenom><r:ListePrenom>CANARI CANARIDEUX</r:ListePrenom><r:Sexe>CANARI</r:Sexe><r:DateNaissance>1975-01-29</r:DateNaissance>` +
		`<r:LieuNaissance>63229</r:LieuNaissance><r:CANARI>CANARI</r:CANARI></r:TIQ></r:INDIVIDU></r:RESULTAT>` + ferme
)

// Nothing personal shows in what is printed, logged, measured or refused.
func TestMasque(t *testing.T) {
	b := &bouchon{}
	conf := fige(t, b)
	var journal bytes.Buffer
	conf.Log = slog.New(slog.NewJSONHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}))
	conf.Reprises.Essais, conf.Disjoncteur.Inactif = 1, true
	var vu strings.Builder
	mesures, trouves := 0, 0
	conf.Mesure = func(m teleservice.Mesure) { mesures++; vu.WriteString(canari.Montre(m)) }
	k := client(t, conf)
	d := demande(t, "Canari", "Canari Canarideux", insi.Feminin, "1975-01-29", "63229")
	v := insi.DemandeVitale{EJ: ej, Serie: secret("98765432"), Carte: insi.CarteVitale{Individu: simphonie.NIRRecu("2750163220749"), Ouvrant: simphonie.NIRRecu("2750163220749"),
		Nom: secret("Canari"), Naissance: naissance(t, "1975-01-29"), Rang: 1}}
	mauvaise := demande(t, "Canari9", "-Canari Canari$", "CANARI", "1975-01-29", "CANARI")
	mauvaiseCarte := insi.DemandeVitale{EJ: ej, Carte: insi.CarteVitale{Individu: simphonie.NIRRecu("275016322074941"), Nom: secret("Canari9"), Naissance: naissance(t, "1975-01-29")}}
	montre := func(x any, err error) {
		vu.WriteString(canari.Montre(x))
		if err != nil {
			vu.WriteString(canari.Montre(err))
		}
	}
	for _, corps := range []string{
		bavarde,
		strings.Replace(bavarde, ">00<", ">CANARI<", 1),
		strings.Replace(bavarde, "1.2.250.1.213.1.4.8", "CANARI", 1),
		strings.Replace(bavarde, "1.2.250.1.213.1.4.8", "2750163220749", 1),
		strings.Replace(bavarde, "<r:TIQ>", "<r:TIQ>CANARI", 1),
		strings.Replace(bavarde, "</r:CodeCR>", "</r:CodeCR><r:CodeCR>CANARI</r:CodeCR>", 1),
		strings.Replace(bavarde, "r:RESULTAT", "r:CANARI", 1),
		strings.Replace(strings.ReplaceAll(bavarde, "r:RESULTAT", "r:CANARI"), "INSiResultat", "CANARI", 1),
		enveloppe + `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>CANARI 2750163220749</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="fr">CANARI</s:Text></s:Reason>` +
			`<s:Detail><e:Erreur xmlns:e="urn:siram" code="2750163220749" severite="1975-01-29">CANARI 63229</e:Erreur></s:Detail></s:Fault>` + ferme,
		"<CANARI>", "CANARI",
	} {
		b.corps = corps
		r, err := k.Recherche(t.Context(), d)
		montre(r, err)
		montre(*r, nil)
		for _, x := range r.Tentatives {
			montre(x, nil)
		}
		if r.Individu != nil {
			trouves++
			montre(insi.Identite{Traits: d.Traits, INS: r.Individu, Validation: &insi.Validation{Piece: "passeport"}}, nil)
			montre(r.Individu.Actif, nil)
			montre(r.Individu.Traits, nil)
		}
		r, err = k.RechercheVitale(t.Context(), v)
		montre(r, err)
		if p, ok := insi.PanneDe(err); ok {
			montre(p, nil)
		}
	}
	montre(d, nil)
	montre(v, nil)
	r, err := k.Recherche(t.Context(), mauvaise)
	require.Error(t, err)
	montre(r, err)
	r, err = k.RechercheVitale(t.Context(), mauvaiseCarte)
	require.Error(t, err)
	montre(r, err)

	envoye := strings.Join(b.recus, "\n")
	for _, c := range []string{"CANARI", "2750163220749", "1975-01-29"} {
		require.Contains(t, envoye, c, "the canary was not even sent")
	}
	require.Greater(t, mesures, 15)
	require.Equal(t, 1, trouves)
	require.Greater(t, journal.Len(), 1000, "no log was captured")
	require.Contains(t, journal.String(), `"level":"DEBUG"`)
	require.Greater(t, vu.Len(), 100_000)
	for _, c := range canaris {
		for _, texte := range []string{vu.String(), journal.String()} {
			for _, forme := range []string{c, strings.ToLower(c), strings.ToUpper(c[:1]) + strings.ToLower(c[1:])} {
				if i := strings.Index(texte, forme); i >= 0 {
					assert.Fail(t, "canary", "%s in …%s…", forme, texte[max(0, i-200):min(len(texte), i+100)])
				}
			}
		}
	}
}
