package main

import (
	"cmp"
	"errors"
	"flag"
	"os"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/teleservice"
)

// codec is what an editor replaces by its own, written from SEL-MP-030.
func codec() cdri.Codec { return reference.Codec{} }

// acces is the way to the service: the simulator of the command, or another.
type acces struct {
	url, p12, ca, cn, env, ej string
	logiciel                  teleservice.Logiciel
}

func (a *acces) declare(f *flag.FlagSet) {
	f.StringVar(&a.url, "url", "", "address of the service; nothing is a simulator of the command's own")
	f.StringVar(&a.p12, "p12", "", "software certificate, PKCS#12")
	f.StringVar(&a.ca, "ca", "", "authorities of the server, PEM")
	f.StringVar(&a.cn, "cn", "CDRI-SIMULE", "name that the service wants in the certificate")
	f.StringVar(&a.env, "env", "simulation", "production, qualification or simulation")
	f.StringVar(&a.ej, "ej", "", "FINESS of the legal entity")
	f.StringVar(&a.logiciel.Autorisation, "idam", "", "authorisation number of the software")
	f.StringVar(&a.logiciel.Nom, "logiciel", "", "name of the software")
	f.StringVar(&a.logiciel.Version, "version", "", "version of the software")
	f.StringVar(&a.logiciel.Instance, "instance", "", "UUID of this installation")
}

func (a *acces) verifie() error {
	if (a.url == "") != (a.p12 == "") || (a.url == "") != (a.ca == "") {
		return errors.New("-url, -p12 and -ca go together")
	}
	return nil
}

// entite gives the legal entity, a fictitious one for the simulator.
func (a *acces) entite() simphonie.FINESS { return simphonie.FINESS(cmp.Or(a.ej, "750712184")) }

// client makes the client and what closes it.
func (a *acces) client(env func(string) string) (*cdri.Client, func(), error) {
	conf, ferme := teleservice.Config{EJ: a.entite()}, func() {}
	var err error
	if a.url == "" {
		ferme, err = a.simule(&conf)
	} else {
		err = a.reel(&conf, env("CDRI_MOT_DE_PASSE"))
	}
	var canal *teleservice.Canal
	if err == nil {
		canal, err = teleservice.NewCanal(conf)
	}
	if err != nil {
		ferme()
		return nil, nil, err
	}
	client, err := cdri.New(cdri.Config{Canal: canal, Codec: codec()})
	tout := func() { canal.Close(); ferme() }
	if err != nil {
		tout()
		return nil, nil, err
	}
	return client, tout, nil
}

// simule starts a simulator.
func (a *acces) simule(conf *teleservice.Config) (func(), error) {
	s, err := cdritest.Demarre()
	if err != nil {
		return func() {}, err
	}
	conf.Environnement, conf.URL = teleservice.Simulation, s.URLTLSMutuel
	conf.Authentification = &teleservice.TLSMutuel{Certificat: s.Client, CN: []string{a.cn}}
	conf.Logiciel = teleservice.Logiciel{Autorisation: s.Logiciel, Nom: "exemple", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"}
	conf.Racines, err = teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	return func() { s.Close() }, err
}

// reel reads the certificate and the authorities.
func (a *acces) reel(conf *teleservice.Config, motDePasse string) error {
	p12, errP12 := os.ReadFile(a.p12)
	ca, errCA := os.ReadFile(a.ca)
	if err := errors.Join(conf.Environnement.UnmarshalText([]byte(a.env)), errP12, errCA); err != nil {
		return err
	}
	certificat, err := teleservice.LoadP12(p12, motDePasse)
	if err != nil {
		return err
	}
	conf.URL, conf.Logiciel = a.url, a.logiciel
	conf.Authentification = &teleservice.TLSMutuel{Certificat: certificat, CN: []string{a.cn}}
	conf.Racines, err = teleservice.LoadRacines(conf.Environnement, ca)
	return err
}
