package urgences

import "github.com/simphonie/simphonie/tarif"

// libelles are the French names of the codes, for screens and receipts.
var libelles = map[tarif.Code]string{
	FU0: "Forfait d'âge, moins de 4 mois",
	FU1: "Forfait d'âge, moins de 16 ans",
	FU2: "Forfait d'âge, 16 à 44 ans",
	FU3: "Forfait d'âge, 45 à 74 ans",
	FU4: "Forfait d'âge, 75 ans et plus",
	SUN: "Supplément de nuit",
	SUF: "Supplément de soirée, week-end ou férié",
	SU2: "Supplément CCMU 2 avec acte",
	SU3: "Supplément CCMU 3, 4 ou 5",
	PE1: "Supplément pédiatrique, liste 1",
	PE2: "Supplément pédiatrique, liste 2",
	SUM: "Supplément de mode d'arrivée",
	SUB: "Supplément biologie, moins de 16 ans",
	SB2: "Supplément biologie, 16 à 44 ans",
	SB3: "Supplément biologie, 45 ans et plus",
	SAS: "Avis d'un spécialiste",
	SIM: "Supplément imagerie conventionnelle",
	SIC: "Supplément imagerie en coupe",
	SSN: "Nuit, sur avis ou imagerie",
	SSF: "Dimanche ou férié, sur avis ou imagerie",
	FR2: "Forfait technique FR2",
	FR3: "Forfait technique FR3",
	FTN: "Forfait technique FTN",
	FTR: "Forfait technique FTR",
	FTG: "Forfait technique FTG",
	FPU: "Forfait patient urgences",
	FPV: "Forfait patient urgences minoré",
	FPX: "Forfait patient urgences exonéré",
	FPL: "Forfait patient urgences, régime local",
	FPM: "Forfait patient urgences minoré, régime local",
	CFU: "Complément du forfait patient minoré",
}

// Libelle gives the French name of a code, or the code itself.
func Libelle(c tarif.Code) string {
	if l, ok := libelles[c]; ok {
		return l
	}
	return string(c)
}
