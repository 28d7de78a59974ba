package b2

import (
	"fmt"

	"github.com/simphonie/simphonie"
)

// Cle is what every record of an invoice repeats: the establishment that
// bills, the insured, the invoice. The writer copies it from the type 2 into
// records that leave it empty, and refuses another value.
type Cle struct {
	// FINESS géographique of the biller. 2A… and 2B… are written in the
	// all-digit form of the norm (RG_MF609, RG_MF636), which is what is read.
	FINESS simphonie.FINESS
	NIR    simphonie.NIR // of the insured, with its key
	// Rang of the beneficiary, three digits; "" is written 000. The records
	// 3F, 3H, 4S, 4E, 4B, 4H and 4M do not hold it.
	Rang    string
	Facture NumeroFacture
}

// IsZero says that nothing is filled.
func (c Cle) IsZero() bool { return c == Cle{} }

// NumeroFacture is the number of an invoice: two digits of the year and seven
// of the titre de recette in public establishments (RG_MF631). It is unique;
// a corrected invoice takes a new one (RG_MF635).
type NumeroFacture string

// NewNumeroFacture makes the number of the titre of an exercice.
func NewNumeroFacture(exercice, titre int) (NumeroFacture, error) {
	if exercice < 0 || titre < 1 || titre > 9_999_999 {
		return "", &simphonie.Erreur{Code: zoneDepassement.Code, Service: "b2", Chemin: "0230",
			Detail: "an invoice number is two digits of the year and a titre of one to seven digits"}
	}
	return NumeroFacture(fmt.Sprintf("%02d%07d", exercice%100, titre)), nil
}

// Exercice gives the two digits of the year, Titre the seven others.
func (n NumeroFacture) Exercice() string { return string(n[:min(2, len(n))]) }

// Titre gives the seven digits of the titre de recette.
func (n NumeroFacture) Titre() string { return string(n[min(2, len(n)):]) }

// CleTitre gives the fifteen digits by which the Trésor knows the titre of a
// public establishment: invoice number and complement (zone 2S42).
func CleTitre(n NumeroFacture, complement string) string { return string(n) + complement }
