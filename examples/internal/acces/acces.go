// Package acces is the way of a command to a teleservice, by mutual TLS: a
// simulator of its own, or the endpoint that its flags name.
package acces

import (
	"cmp"
	"crypto/tls"
	"errors"
	"flag"
	"os"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Acces is what the flags say.
type Acces struct {
	url, p12, ca, env, ej string
	logiciel              teleservice.Logiciel
}

// Declare declares the flags; env is the environment unless -env says otherwise.
func (a *Acces) Declare(f *flag.FlagSet, env string) {
	f.StringVar(&a.url, "url", "", "address of the service; nothing is a simulator of the command's own")
	f.StringVar(&a.p12, "p12", "", "software certificate, PKCS#12")
	f.StringVar(&a.ca, "ca", "", "authorities of the server, PEM")
	f.StringVar(&a.env, "env", env, "production, qualification or simulation")
	f.StringVar(&a.ej, "ej", "", "FINESS of the legal entity")
	f.StringVar(&a.logiciel.Autorisation, "idam", "", "authorisation number of the software")
	f.StringVar(&a.logiciel.Nom, "logiciel", "", "name of the software")
	f.StringVar(&a.logiciel.Version, "version", "", "version of the software")
	f.StringVar(&a.logiciel.Instance, "instance", "", "UUID of this installation")
}

// Verifie refuses flags that do not go together.
func (a *Acces) Verifie() error {
	if (a.url == "") != (a.p12 == "") || (a.url == "") != (a.ca == "") {
		return errors.New("-url, -p12 and -ca go together")
	}
	return nil
}

// Simule says that the service is a simulator of the command's own.
func (a *Acces) Simule() bool { return a.url == "" }

// Entite gives the legal entity, a fictitious one for the simulator.
func (a *Acces) Entite() simphonie.FINESS { return simphonie.FINESS(cmp.Or(a.ej, "750712184")) }

// Service is what a command knows of its teleservice.
type Service struct {
	CN         []string                    // names that the service wants in the certificate
	Demarre    func() (*Simulateur, error) // starts a simulator
	MotDePasse func() (string, error)      // of the PKCS#12 file
}

// Simulateur is one that runs.
type Simulateur struct {
	URL      string
	Client   tls.Certificate
	Racines  []byte // PEM
	Logiciel string // authorised number
	Ferme    func()
}

// Ouvre opens the channel, and gives what closes it and the simulator.
func (a *Acces) Ouvre(s Service) (*teleservice.Canal, func(), error) {
	conf, ferme := teleservice.Config{EJ: a.Entite()}, func() {}
	var err error
	if a.Simule() {
		ferme, err = simule(&conf, s)
	} else {
		err = a.reel(&conf, s)
	}
	var canal *teleservice.Canal
	if err == nil {
		canal, err = teleservice.NewCanal(conf)
	}
	if err != nil {
		ferme()
		return nil, nil, err
	}
	return canal, func() { canal.Close(); ferme() }, nil
}

func simule(conf *teleservice.Config, s Service) (func(), error) {
	x, err := s.Demarre()
	if err != nil {
		return func() {}, err
	}
	conf.Environnement, conf.URL = teleservice.Simulation, x.URL
	conf.Authentification = &teleservice.TLSMutuel{Certificat: x.Client, CN: s.CN}
	conf.Logiciel = teleservice.Logiciel{Autorisation: x.Logiciel, Nom: "exemple", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"}
	conf.Racines, err = teleservice.LoadRacines(teleservice.Simulation, x.Racines)
	return x.Ferme, err
}

// reel reads the certificate and the authorities.
func (a *Acces) reel(conf *teleservice.Config, s Service) error {
	p12, errP12 := os.ReadFile(a.p12)
	ca, errCA := os.ReadFile(a.ca)
	if err := errors.Join(conf.Environnement.UnmarshalText([]byte(a.env)), errP12, errCA); err != nil {
		return err
	}
	secret, err := s.MotDePasse()
	if err != nil {
		return err
	}
	certificat, err := teleservice.LoadP12(p12, secret)
	if err != nil {
		return err
	}
	conf.URL, conf.Logiciel = a.url, a.logiciel
	conf.Authentification = &teleservice.TLSMutuel{Certificat: certificat, CN: s.CN}
	conf.Racines, err = teleservice.LoadRacines(conf.Environnement, ca)
	return err
}
