package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie/examples/internal/acces"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/insi/insitest"
)

// client makes the client and what closes it.
func (c *commande) client(env func(string) string, entree io.Reader, erreurs io.Writer) (*insi.Client, func(), error) {
	canal, ferme, err := c.Ouvre(acces.Service{
		CN:         insi.CNAttendus(),
		Demarre:    simulateur,
		MotDePasse: func() (string, error) { return motDePasse(env, entree, erreurs) },
	})
	if err != nil {
		return nil, nil, err
	}
	client, err := insi.New(canal, insi.Options{})
	if err != nil {
		ferme()
		return nil, nil, err
	}
	return client, ferme, nil
}

func simulateur() (*acces.Simulateur, error) {
	s, err := insitest.Demarre()
	if err != nil {
		return nil, err
	}
	return &acces.Simulateur{URL: s.URLTLSMutuel, Client: s.Client, Racines: s.Racines, Logiciel: s.Logiciel, Ferme: func() { s.Close() }}, nil
}

// motDePasse is that of the environment, or asked.
func motDePasse(env func(string) string, entree io.Reader, erreurs io.Writer) (string, error) {
	if secret := env("INSI_MOT_DE_PASSE"); secret != "" {
		return secret, nil
	}
	fmt.Fprint(erreurs, "Password of the certificate (shown as you type; INSI_MOT_DE_PASSE avoids it): ")
	ligne, err := bufio.NewReader(entree).ReadString('\n')
	if err != nil {
		return "", errors.New("no password was given")
	}
	return strings.TrimRight(ligne, "\r\n"), nil
}
