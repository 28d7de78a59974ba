package fides

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// famille is a kind of line that is written alike.
type famille string

const (
	fForfait  famille = "forfait"         // age forfait
	fImagerie famille = "imagerie"        // technical forfait of imaging
	fPatient  famille = "patient"         // FPU, FPV
	fLocal    famille = "patient-local"   // FPL, FPM
	fExonere  famille = "patient-exonere" // FPX
	fCFU      famille = "cfu"

	// Families of external care.
	fATU            famille = "atu"
	fFFM            famille = "ffm"
	fSE             famille = "se" // SE1 to SE8, APE
	fFausse         famille = "fausse-couche"
	fLPP            famille = "lpp"
	fMedicament     famille = "medicament" // liste en sus
	fNGAP           famille = "ngap"
	fCCAM           famille = "ccam"
	fNABM           famille = "nabm"
	fForfaitActe    famille = "forfait-acte" // FSD, VDE
	fForfaitC2S     famille = "forfait-c2s"
	fRetroUCD       famille = "retrocession-ucd"
	fRetro          famille = "retrocession" // without a UCD code
	fRetroSuite     famille = "retrocession-suite"
	fEcart          famille = "ecart"
	fReserve        famille = "reserve-ps"
	auChoix                 = "ft" // record type that the rules leave open
	parEquipement           = "@"  // MT and DMT that depend on the equipment
	parDossier              = "@"  // domain of activity that the dossier gives
	nonDit                  = "?"  // MT and DMT that no text gives
	seulesUrgences          = "urgences"
	seulesExternes          = "ace"
	parNomenclature         = "@" // before a nomenclature: any other code of it
)

// aForfait says that the family is an activité à forfait: acts of its day are
// tied to it.
func (f famille) aForfait() bool { return f == fATU || f == fFFM || f == fSE }

// retrocession says that the family is one of drugs handed over.
func (f famille) retrocession() bool { return f == fRetroUCD || f == fRetro || f == fRetroSuite }

// partPatient says that the line is a patient forfait or its complement.
func (f famille) partPatient() bool {
	return f == fPatient || f == fLocal || f == fExonere || f == fCFU
}

// prestation is a code that can be billed, and how it is written (RG_MF600, RG_MF601).
type prestation struct {
	typ     b2.Type // "" when the rules leave it open
	famille famille
	ordre   int    // RG_MF602, inside its type
	soins   string // emergencies only, external care only, or both
}

// dans says that the code is one of external care, or of emergencies.
func (p *prestation) dans(externe bool) bool {
	return p.soins != seulesExternes && !externe || p.soins != seulesUrgences && externe
}

// valeurs is what the zones of a line hold in a situation.
type valeurs struct {
	mt, dmt, domaine, qualificatif string
	coefficientNul                 bool
}

// situation is who the patient is, as far as the values of zones care.
type situation string

const (
	situationAssure situation = "assure"
	situationAME    situation = "ame"
	situationRSS    situation = "rss"
)

type cleValeurs struct {
	situation situation
	famille   famille
}

// tranche is a band of ages of a code, in months, over a period.
type tranche struct {
	periode  simphonie.Periode
	min, max int // max 0 is open
}

// contient says that an age is in the band: the upper bound is out.
func (t *tranche) contient(a simphonie.Age) bool {
	return a.Mois() >= t.min && (t.max == 0 || a.Mois() < t.max)
}

//go:embed codes.csv
var codesCSV string

//go:embed valeurs.csv
var valeursCSV string

//go:embed ages.csv
var agesCSV string

var (
	prestations = func() map[tarif.Code]prestation {
		m := map[tarif.Code]prestation{}
		for _, r := range lignesDe(codesCSV) {
			typ := b2.Type(r[1])
			if r[1] == auChoix {
				typ = ""
			}
			m[tarif.Code(r[0])] = prestation{typ, famille(r[2]), nombre(r[3]), r[4]}
		}
		return m
	}()
	valeursParSituation = func() map[cleValeurs]valeurs {
		m := map[cleValeurs]valeurs{}
		for _, r := range lignesDe(valeursCSV) {
			v := valeurs{mt: r[2], dmt: r[3], domaine: r[4], qualificatif: r[5], coefficientNul: r[6] == "zero"}
			m[cleValeurs{situation(r[0]), famille(r[1])}] = v
		}
		return m
	}()
	tranches = func() map[tarif.Code][]tranche {
		m := map[tarif.Code][]tranche{}
		for _, r := range lignesDe(agesCSV) {
			t := tranche{simphonie.Periode{Du: jourDe(r[1]), Au: jourDe(r[2])}, nombre(r[3]), nombre(r[4])}
			m[tarif.Code(r[0])] = append(m[tarif.Code(r[0])], t)
		}
		return m
	}()
)

// disciplines gives the DMT of a technical forfait by equipment; its MT is 19.
var disciplines = map[Equipement]string{IRM: "753", Scanner: "035", Tomographe: "750"}

const mtImagerie = "19"

// Codes lists the codes that this package knows by name. Others are written by
// what the detail of their line says: an act of the CCAM or of the NGAP,
// biology, a device, a dental forfait of the C2S.
func Codes() []tarif.Code {
	cs := make([]tarif.Code, 0, len(prestations))
	for c := range prestations {
		if !strings.HasPrefix(string(c), parNomenclature) {
			cs = append(cs, c)
		}
	}
	slices.Sort(cs)
	return cs
}

// lignesDe reads an embedded table without its head. The tests check the
// tables: a fault is one of the source.
func lignesDe(texte string) [][]string {
	ls, err := csv.NewReader(strings.NewReader(texte)).ReadAll()
	if err != nil {
		panic(err)
	}
	return ls[1:]
}

func nombre(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("fides: number in a table: %v", err))
	}
	return n
}

func jourDe(s string) simphonie.Jour {
	if s == "" {
		return simphonie.Jour{}
	}
	return simphonie.MustJour(s)
}
