package pkcs11

import (
	"errors"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

// A card signs the assertion of a channel; a gateway that shares no code with
// either accepts it, and nothing is sent any more once the card has left.
func TestAssertionJusquALaPasserelle(t *testing.T) {
	const action = "urn:essai:1.0.0:lire"
	banc := nouveauBanc(t)
	var porteurs []string
	s, err := passerelle.Demarre(passerelle.Options{Services: []passerelle.Service{{Actions: map[string]func(*passerelle.Requete) passerelle.Reponse{
		action: func(q *passerelle.Requete) passerelle.Reponse {
			porteurs = append(porteurs, q.Authentification.Porteur)
			return passerelle.Reponse{Corps: etree.NewElement("reponse")}
		},
	}}}})
	require.NoError(t, err)
	defer s.Close()
	agent, err := s.PKI().Carte(testpki.Porteur{Identifiant: "899900063480", Type: testpki.CPE})
	require.NoError(t, err)
	banc.carte(t, canariJeton, objets{paires: []paireTest{{id: idSign, cle: agent.Cle, der: agent.Certificat.Raw}}})
	b := banc.ouvre(t)
	f := masque(b)
	carte := ouverte(t, b, Options{})

	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.PKI().RacinesPEM())
	require.NoError(t, err)
	auth := func(c *Carte) *teleservice.CarteAssertion {
		return &teleservice.CarteAssertion{Type: teleservice.CPENominative, Signataire: c, Certificat: c.Certificat(), Presente: c.Presente,
			IdentifiantFacturation: "750712184", SecteurActivite: "SA05", Duree: time.Hour}
	}
	canal, err := teleservice.NewCanal(teleservice.Config{
		Environnement: teleservice.Simulation, EJ: "750712184", URL: s.URL, Racines: racines, Authentification: auth(carte),
		Logiciel: teleservice.Logiciel{Autorisation: passerelle.IDAMSimule, Nom: "essai", Version: "1.0", Instance: "1b4e28ba-2fa1-41d2-883f-0016d3cca427"},
	})
	require.NoError(t, err)
	defer canal.Close()
	appelle := func() error {
		_, err := canal.Appelle(t.Context(), teleservice.Appel{Service: "essai", Operation: "lire", Action: action, NomLPS: "essai", Corps: etree.NewElement("demande")})
		return err
	}
	require.NoError(t, appelle())
	require.NoError(t, appelle(), "with the assertion that was kept")

	f.regle(func(f *faux) { f.absente = true })
	err = appelle()
	assert.True(t, contient(err, "TSV-CARTE-ABSENTE"), "%v", err)
	<-carte.Retrait()
	f.regle(func(f *faux) { f.absente = false })
	assert.True(t, contient(appelle(), "TSV-CARTE-ABSENTE"), "a card that is back is opened again")
	require.NoError(t, carte.Close())

	require.NoError(t, canal.Remplace(auth(ouverte(t, b, Options{}))))
	require.NoError(t, appelle())
	assert.Equal(t, []string{"899900063480", "899900063480", "899900063480"}, porteurs)
}

// contient looks for a code in an error and its causes.
func contient(err error, code simphonie.Code) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if e, ok := err.(*simphonie.Erreur); ok && e.Code == code {
			return true
		}
	}
	return false
}
