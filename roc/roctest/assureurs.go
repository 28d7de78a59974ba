package roctest

import (
	"fmt"
	"slices"

	"github.com/simphonie/simphonie"
)

// Assureur is a simulated complementary insurer.
type Assureur struct {
	Numero simphonie.NumeroAMC
	Nom    string
	// SansAnnulation says that it does not annul a CLC.
	SansAnnulation bool
}

// Guichet is one address and the insurers that it serves: one, or those of an
// operator. The same address serves the four services.
type Guichet struct {
	Nom       string
	Assureurs []Assureur
	// URL is written by the server.
	URL string
	// Adresse is where it listens; "" is a free port of the loopback.
	Adresse string
}

// Guichets are the addresses that every simulator opens unless it is given others.
func Guichets() []Guichet {
	return []Guichet{
		{Nom: "mutuelle", Assureurs: []Assureur{{Numero: "0434243085", Nom: "MUTUELLE SIMULEE"}}},
		{Nom: "assurance", Assureurs: []Assureur{{Numero: "302976568", Nom: "ASSURANCE SIMULEE", SansAnnulation: true}}},
		{Nom: "operateur", Assureurs: []Assureur{
			{Numero: "775671993", Nom: "PREMIERE DE L'OPERATEUR"}, {Numero: "341230380", Nom: "DEUXIEME DE L'OPERATEUR"}, {Numero: "77565712", Nom: "TROISIEME DE L'OPERATEUR"},
		}},
	}
}

// sert finds an insurer of the address.
func (g *Guichet) sert(n simphonie.NumeroAMC) *Assureur {
	i := slices.IndexFunc(g.Assureurs, func(a Assureur) bool { return a.Numero.Equal(n) })
	if i < 0 {
		return nil
	}
	return &g.Assureurs[i]
}

// verifieGuichets refuses addresses without insurers, and an insurer at two.
func verifieGuichets(gs []Guichet) error {
	vus := map[string]bool{}
	for _, g := range gs {
		if len(g.Assureurs) == 0 {
			return fmt.Errorf("roctest: %s serves no insurer", g.Nom)
		}
		for _, a := range g.Assureurs {
			n := a.Numero.Canonique()
			if n == "" || !enAMC(string(a.Numero)) || vus[n] {
				return fmt.Errorf("roctest: %s: number of an insurer missing, malformed or served twice", g.Nom)
			}
			vus[n] = true
		}
	}
	return nil
}
