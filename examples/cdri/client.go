package main

import (
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/examples/internal/acces"
)

// codec is what an editor replaces by its own, written from SEL-MP-030.
func codec() cdri.Codec { return reference.Codec{} }

// client makes the client and what closes it.
func (c *commande) client(env func(string) string) (*cdri.Client, func(), error) {
	canal, ferme, err := c.Ouvre(acces.Service{
		CN:         []string{c.cn},
		Demarre:    simulateur,
		MotDePasse: func() (string, error) { return env("CDRI_MOT_DE_PASSE"), nil },
	})
	if err != nil {
		return nil, nil, err
	}
	client, err := cdri.New(cdri.Config{Canal: canal, Codec: codec()})
	if err != nil {
		ferme()
		return nil, nil, err
	}
	return client, ferme, nil
}

func simulateur() (*acces.Simulateur, error) {
	s, err := cdritest.Demarre()
	if err != nil {
		return nil, err
	}
	return &acces.Simulateur{URL: s.URLTLSMutuel, Client: s.Client, Racines: s.Racines, Logiciel: s.Logiciel, Ferme: func() { s.Close() }}, nil
}
