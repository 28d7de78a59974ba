package tarif

import "github.com/simphonie/simphonie"

// Secteur is the financing sector of an establishment, which has its own prices.
type Secteur string

const (
	// ExDG is the sector of public and private non-profit establishments
	// (a, b and c of art. L. 162-22 CSS, ex dotation globale).
	ExDG Secteur = "ex-dg"
	// ExOQN is the sector of private establishments (d and e of the same article).
	ExOQN Secteur = "ex-oqn"
)

// Secteurs lists the sectors.
func Secteurs() []Secteur { return []Secteur{ExDG, ExOQN} }

// Valide says that the sector is a known one.
func (s Secteur) Valide() bool { return s == ExDG || s == ExOQN }

// Zone is a place as prices know it. Alsace-Moselle has the prices of métropole.
type Zone string

// ZoneOf gives the zone of an establishment's place.
func ZoneOf(t simphonie.Territoire) Zone {
	if t == simphonie.AlsaceMoselle {
		t = simphonie.Metropole
	}
	return Zone(t.String())
}

// Zones lists the zones.
func Zones() []Zone {
	var zs []Zone
	for _, t := range simphonie.Territoires() {
		if t != simphonie.AlsaceMoselle {
			zs = append(zs, ZoneOf(t))
		}
	}
	return zs
}
