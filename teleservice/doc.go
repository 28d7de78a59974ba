// Package teleservice is the way to the teleservices of the Assurance Maladie
// that every client shares: which environment, which software, which of the
// four authentications, which roots; one call over TLS, its retries, its
// circuit breaker, and what to think of its failures.
//
//	racines, err := teleservice.LoadRacines(teleservice.Qualification, pem)
//	certificat, err := teleservice.LoadP12(p12, motDePasse)
//	canal, err := teleservice.NewCanal(teleservice.Config{
//		Environnement:    teleservice.Qualification,
//		EJ:               "750712184",
//		URL:              url,
//		Racines:          racines,
//		Authentification: &teleservice.TLSMutuel{Certificat: certificat, CN: []string{"INSI-AUTO"}},
//		Logiciel:         teleservice.Logiciel{Autorisation: idam, Nom: "monlogiciel", Version: "1.0", Instance: uuid},
//	})
//
// The clients of packages insi, cdri, annuaire and roc are made on a Canal. A
// call is a read, which may be made again safely, unless it is marked
// SansReprise: what commits money is sent once.
package teleservice
