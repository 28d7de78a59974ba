package ace

import (
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// genre is how the base of a line is made.
type genre uint8

const (
	gActe genre = iota // NGAP, FSD and VDE included
	gCCAM
	gAnalyse
	gForfait   // ATU, FFM, SEx, APE
	gTechnique // technical forfait of imaging
	gFausse    // FEF, FFE
	gProduit   // device or drug
	gEcart     // gap of purchase
	gMarge     // margin of a drug
	gDentaire  // dental forfait of the C2S
)

const (
	codeATU tarif.Code = "ATU"
	codeFFM tarif.Code = "FFM"
	codeAPE tarif.Code = "APE"
	codeFSD tarif.Code = "FSD"
	codeVDE tarif.Code = "VDE"
	codeFPC tarif.Code = "FPC" // dental care out of the baskets of the C2S, of an earlier text
	codeMAR tarif.Code = "MAR"
	codeNUT tarif.Code = "NUT"
	codeB   tarif.Code = "B"
)

var (
	// codesK decide the NGAP threshold without an alert (RG_VF663).
	codesK       = []tarif.Code{"K", "KC"}
	codesLettreB = []tarif.Code{codeB, "PB", "KB", "TB"}
	// codesEcart are the gaps of purchase, by kind of product (RG_IP680a).
	codesEcart = map[droits.Nomenclature]tarif.Code{droits.LPP: "ETI", droits.Retrocede: "ERI", droits.Pharmacie: "EMI"}
	// catMedDentaires are the dental categories of the CCAM (RG_VF680).
	catMedDentaires = []string{"AD", "ID", "PD"}
)

// codeSansUCD tells what is handed over without a UCD code, at 100 % by nature (RG_VF660).
func codeSansUCD(c tarif.Code) bool {
	switch c {
	case "PHD", "PHI", "PHM", "PHP", "PHT":
		return true
	}
	return false
}

// specialiteDentaire tells the specialties of RG_VF_P6.
func specialiteDentaire(s string) bool {
	switch s {
	case "18", "19", "44", "45", "53", "54", "69":
		return true
	}
	return false
}

// estSE tells SE1 to SE8.
func estSE(c tarif.Code) bool { return len(c) == 3 && c[:2] == "SE" && c[2] >= '1' && c[2] <= '8' }

// estForfait tells the activités à forfait.
func estForfait(c tarif.Code) bool { return c == codeATU || c == codeFFM || c == codeAPE || estSE(c) }

// changeSeuil tells the forfaits beside which the threshold has rules of its
// own; APE is none of them (RG_VF663).
func changeSeuil(c tarif.Code) bool { return estForfait(c) && c != codeAPE }

// estUrgence tells age forfaits of an emergency and patient forfaits, which are
// priced elsewhere and stand alone (RG_VF627).
func estUrgence(c tarif.Code) bool {
	switch c {
	case "FPU", "FPV", "FPX", "FPL", "FPM", "CFU", "SIM", "SIC", "SAS", "SUB", "SB2", "SB3":
		return true
	}
	return len(c) == 3 && c[:2] == "FU" && c[2] >= '0' && c[2] <= '9'
}

// genreDe tells the kind of a prestation.
func genreDe(p *Prestation) genre {
	switch {
	case p.Nomenclature == droits.CCAM:
		return gCCAM
	case p.Nomenclature == droits.NABM:
		return gAnalyse
	case estProduit(p.Nomenclature):
		return gProduit
	case estForfait(p.Code):
		return gForfait
	}
	switch p.Code {
	case "FR2", "FR3", "FTG", "FTN", "FTR":
		return gTechnique
	case "FEF", "FFE":
		return gFausse
	}
	return gActe
}

func estProduit(n droits.Nomenclature) bool {
	return n == droits.LPP || n == droits.Pharmacie || n == droits.Retrocede
}
