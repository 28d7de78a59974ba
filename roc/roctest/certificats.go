package roctest

import "github.com/simphonie/simphonie/internal/testpki"

// nomLogiciel is the common name of the client certificate; which one insurers
// want is not public: any will do here.
const nomLogiciel = "ROC-SIMULE"

// motDePasse protects test keys, which protect nothing.
const motDePasse = "simulateur"

// emet fills the fields of the server.
func (s *Serveur) emet() error {
	client, err := s.pki.Client(nomLogiciel)
	if err != nil {
		return err
	}
	s.Client = client.TLS()
	s.ClientP12, err = client.P12(s.MotDePasse)
	return err
}

// EcritCertificats puts in a directory, for programs that are not in Go,
// racines.pem, then as .pem, .key and .p12: client, and those that must be
// refused (client-expire, client-autre-racine).
func (s *Serveur) EcritCertificats(dossier string) error {
	return s.pki.EcritFaits(dossier, s.MotDePasse, map[string]testpki.Fait{
		"client":        func() (*testpki.Identite, error) { return s.pki.Client(nomLogiciel) },
		"client-expire": func() (*testpki.Identite, error) { return s.pki.Client(nomLogiciel, testpki.Expire) },
		"client-autre-racine": func() (*testpki.Identite, error) {
			autre, err := s.pki.Autre()
			if err != nil {
				return nil, err
			}
			return autre.Client(nomLogiciel)
		},
	})
}
