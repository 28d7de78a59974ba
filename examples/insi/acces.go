package main

import (
	"bufio"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/teleservice"
)

// acces is the way to the service: the simulator of the command, or a real one.
type acces struct {
	url, p12, ca, env, ej string
	logiciel              teleservice.Logiciel
}

func (a *acces) declare(f *flag.FlagSet) {
	f.StringVar(&a.url, "url", "", "address of the service; nothing is a simulator of the command's own")
	f.StringVar(&a.p12, "p12", "", "software certificate, PKCS#12")
	f.StringVar(&a.ca, "ca", "", "authorities of the server, PEM")
	f.StringVar(&a.env, "env", "qualification", "production, qualification or simulation")
	f.StringVar(&a.ej, "ej", "", "FINESS of the legal entity")
	f.StringVar(&a.logiciel.Autorisation, "idam", "", "authorisation number of the software")
	f.StringVar(&a.logiciel.Nom, "logiciel", "", "name of the software")
	f.StringVar(&a.logiciel.Version, "version", "", "version of the software")
	f.StringVar(&a.logiciel.Instance, "instance", "", "UUID of this installation")
}

func (a *acces) verifie() error {
	if a.url != "" && (a.p12 == "" || a.ca == "") {
		return errors.New("-url wants -p12 and -ca")
	}
	if a.url == "" && a.p12+a.ca != "" {
		return errors.New("-p12 and -ca want -url")
	}
	return nil
}

// entite gives the legal entity, a fictitious one for the simulator.
func (a *acces) entite() simphonie.FINESS {
	return simphonie.FINESS(cmp.Or(a.ej, "750712184"))
}

// client makes the client and what closes it.
func (a *acces) client(env func(string) string, entree io.Reader, erreurs io.Writer) (*insi.Client, func(), error) {
	conf := teleservice.Config{EJ: a.entite()}
	ferme := func() {}
	var err error
	if a.url == "" {
		ferme, err = a.simule(&conf)
	} else {
		err = a.reel(&conf, env, entree, erreurs)
	}
	if err != nil {
		ferme()
		return nil, nil, err
	}
	canal, err := teleservice.NewCanal(conf)
	if err != nil {
		ferme()
		return nil, nil, err
	}
	client, err := insi.New(canal, insi.Options{})
	return client, func() { canal.Close(); ferme() }, err
}

// simule starts a simulator.
func (a *acces) simule(conf *teleservice.Config) (func(), error) {
	s, err := insitest.Demarre()
	if err != nil {
		return func() {}, err
	}
	conf.Environnement, conf.URL = teleservice.Simulation, s.URLTLSMutuel
	conf.Authentification = &teleservice.TLSMutuel{Certificat: s.Client, CN: insi.CNAttendus()}
	conf.Logiciel = teleservice.Logiciel{Autorisation: s.Logiciel, Nom: "exemple", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"}
	conf.Racines, err = teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	return func() { s.Close() }, err
}

// reel reads the certificate and the authorities.
func (a *acces) reel(conf *teleservice.Config, env func(string) string, entree io.Reader, erreurs io.Writer) error {
	if err := conf.Environnement.UnmarshalText([]byte(a.env)); err != nil {
		return err
	}
	p12, err := os.ReadFile(a.p12)
	if err != nil {
		return err
	}
	ca, err := os.ReadFile(a.ca)
	if err != nil {
		return err
	}
	secret := env("INSI_MOT_DE_PASSE")
	if secret == "" {
		fmt.Fprint(erreurs, "Password of the certificate (shown as you type; INSI_MOT_DE_PASSE avoids it): ")
		ligne, err := bufio.NewReader(entree).ReadString('\n')
		if err != nil {
			return errors.New("no password was given")
		}
		secret = strings.TrimRight(ligne, "\r\n")
	}
	certificat, err := teleservice.LoadP12(p12, secret)
	if err != nil {
		return err
	}
	conf.URL, conf.Logiciel = a.url, a.logiciel
	conf.Authentification = &teleservice.TLSMutuel{Certificat: certificat, CN: insi.CNAttendus()}
	conf.Racines, err = teleservice.LoadRacines(conf.Environnement, ca)
	return err
}
