package urgences

import (
	"slices"

	"github.com/simphonie/simphonie/tarif"
)

// Codes of an emergency visit.
const (
	// Age forfaits: the whole care of the emergency doctor, one a visit.
	FU0 tarif.Code = "FU0" // under 4 months, from 1 March 2023
	FU1 tarif.Code = "FU1" // under 16 years
	FU2 tarif.Code = "FU2" // 16 to 44 years
	FU3 tarif.Code = "FU3" // 45 to 74 years
	FU4 tarif.Code = "FU4" // 75 years and over

	// Supplements that complete the age forfait.
	SUN tarif.Code = "SUN" // night
	SUF tarif.Code = "SUF" // evening, Saturday afternoon, Sunday, holiday
	SU2 tarif.Code = "SU2" // CCMU 2 with an act of annexe 2
	SU3 tarif.Code = "SU3" // CCMU 3, 4 or 5
	PE1 tarif.Code = "PE1" // paediatric care, diagnoses of list 1
	PE2 tarif.Code = "PE2" // paediatric care, diagnoses of list 2
	SUM tarif.Code = "SUM" // arrival by medical transport

	// Supplements that stand alone beside the age forfait.
	SUB tarif.Code = "SUB" // biology, under 16 years
	SB2 tarif.Code = "SB2" // biology, 16 to 44 years
	SB3 tarif.Code = "SB3" // biology, 45 years and over
	SAS tarif.Code = "SAS" // advice of a specialist, one a specialty
	SIM tarif.Code = "SIM" // conventional imaging or echography by a radiologist
	SIC tarif.Code = "SIC" // cross-section imaging by a radiologist
	SSN tarif.Code = "SSN" // night, on SAS, SIM or SIC
	SSF tarif.Code = "SSF" // Sunday or holiday, on SAS, SIM or SIC

	// Technical forfaits of imaging, beside SIC only.
	FR2 tarif.Code = "FR2"
	FR3 tarif.Code = "FR3"
	FTN tarif.Code = "FTN"
	FTR tarif.Code = "FTR"
	FTG tarif.Code = "FTG"

	// Patient part: exactly one of the five, and CFU beside a reduced one.
	FPU tarif.Code = "FPU" // full, at the patient's or the complementary body's charge
	FPV tarif.Code = "FPV" // reduced, idem
	FPX tarif.Code = "FPX" // full, at the AMO's charge: exempt situation
	FPL tarif.Code = "FPL" // full, at the AMO's charge: régime local
	FPM tarif.Code = "FPM" // reduced, at the AMO's charge: régime local
	CFU tarif.Code = "CFU" // what the AMO adds to a reduced forfait
)

var (
	codesFU          = []tarif.Code{FU0, FU1, FU2, FU3, FU4}
	codesComplements = []tarif.Code{SUN, SUF, SU2, SU3, PE1, PE2, SUM}
	codesSupports    = []tarif.Code{SUB, SB2, SB3, SAS, SIM, SIC}
	codesSS          = []tarif.Code{SSN, SSF}
	codesFT          = []tarif.Code{FR2, FR3, FTN, FTR, FTG}
	codesPatient     = []tarif.Code{FPU, FPV, FPX, FPL, FPM}
)

// Codes lists every code of an emergency visit.
func Codes() []tarif.Code {
	return slices.Concat(codesFU, codesComplements, codesSupports, codesSS, codesFT, codesPatient, []tarif.Code{CFU})
}

func estFU(c tarif.Code) bool { return slices.Contains(codesFU, c) }

// estPartPatient says that the code is a patient forfait or its complement.
func estPartPatient(c tarif.Code) bool { return c == CFU || slices.Contains(codesPatient, c) }
