package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// famille is a set of kinds of prestations that rules of cumul name.
type famille uint32

const (
	fATU famille = 1 << iota
	fFFM
	fSE2
	fSE7
	fSEAutre
	fAPE
	fFU // age forfaits of emergencies
	fFSD
	fVDE
	fFT
	fFEF
	fForfaitC2S
	fAvis // punctual advice of a consultant
	fCCP
	fCoordination
	fAMI
	fPAI
	fCOx // compulsory examinations of the child
	fTE
	fTC
	fECG
	fBGLB001
	fReserve // complex and very complex consultations
	fRetrocession
	fEcart
	fEnSus
	fProduit // devices, implants
	fNABM
	fCCAM // support acts only
	fNGAP // idem

	fSE       = fSE2 | fSE7 | fSEAutre
	fActivite = fATU | fFFM | fSE | fAPE
	fForfait  = fActivite | fFSD | fVDE | fFT
	fActe     = fCCAM | fNGAP | fNABM | fAvis | fFEF
)

// familleCodes names the codes of the families that texts print.
var familleCodes = []struct {
	famille famille
	codes   []tarif.Code
}{
	{fATU, []tarif.Code{"ATU"}},
	{fFFM, []tarif.Code{"FFM"}},
	{fSE2, []tarif.Code{"SE2"}},
	{fSE7, []tarif.Code{"SE7"}},
	{fSEAutre, []tarif.Code{"SE1", "SE3", "SE4", "SE5", "SE6", "SE8"}},
	{fAPE, []tarif.Code{"APE"}},
	{fFU, []tarif.Code{"FU0", "FU1", "FU2", "FU3", "FU4"}},
	{fFSD, []tarif.Code{"FSD"}},
	{fVDE, []tarif.Code{"VDE"}},
	{fFT, []tarif.Code{"FR2", "FR3", "FTG", "FTN", "FTR"}},
	{fFEF, []tarif.Code{"FEF", "FFE"}},
	{fForfaitC2S, []tarif.Code{"FDA", "FDC", "FDR", "FPC"}},
	{fAvis, []tarif.Code{"APC", "APY", "APU"}},
	{fCCP, []tarif.Code{"CCP"}},
	{fCoordination, []tarif.Code{"MCG", "MCS", "MCC"}},
	{fAMI, []tarif.Code{"AMI", "TLL", "TLS"}},
	{fPAI, []tarif.Code{"PAI"}},
	{fCOx, []tarif.Code{"COB", "COD", "COE"}},
	{fTE, []tarif.Code{"TE1", "TE2"}},
	{fTC, []tarif.Code{"TC", "TCG"}},
	{fRetrocession, []tarif.Code{"PHH", "PHS", "PHQ", "PHD", "PHI", "PHM", "PHP", "PHT", "NUT"}},
	{fEcart, []tarif.Code{"ERI", "EMI", "ETI", "MAR"}},
	{fEnSus, []tarif.Code{"PH8"}},
	{fProduit, []tarif.Code{"PII", "PME"}},
}

var parCode = func() map[tarif.Code]famille {
	m := map[tarif.Code]famille{}
	for _, f := range familleCodes {
		for _, c := range f.codes {
			m[c] |= f.famille
		}
	}
	return m
}()

// acteDMLA is the one that APE and SE2 go with (RG_VF620 CP08), acteVideocapsule
// opens VDE.
const (
	acteDMLA         = "BGLB001"
	acteVideocapsule = "HGQD002"
	reservePS        = "reserve-ps"
)

// famillesDe says what a line is. A complement follows its support and is no act
// of its own.
func famillesDe(l *vue, complement bool) famille {
	f := parCode[l.code]
	lettre := l.lettre
	if lettre != nil && (lettre.Categorie == reservePS || lettre.Agregee != "") {
		f |= fReserve
	}
	switch l.Nomenclature {
	case droits.Retrocede:
		f |= fRetrocession &^ sansEcart(f)
	case droits.Pharmacie:
		f |= fEnSus &^ sansEcart(f)
	case droits.LPP:
		f |= fProduit
	case droits.NABM:
		f |= fNABM
	case droits.NGAP:
		if !complement && f&(fForfait|fFU|fFEF|fForfaitC2S|fCoordination|fEcart|fRetrocession|fEnSus|fProduit|fAvis) == 0 {
			f |= fNGAP
		}
	case droits.CCAM:
		if l.CCAM != nil {
			f |= fCCAM
			if l.CCAM.Acte == acteDMLA {
				f |= fBGLB001
			}
		}
	}
	return f
}

// sansEcart keeps a margin or a gap from being taken for the drug it goes with.
func sansEcart(f famille) famille {
	if f&fEcart != 0 {
		return fRetrocession | fEnSus
	}
	return 0
}

// vue is a prestation with what the tables say of it; nil is what they do not say.
type vue struct {
	*Prestation
	rang     int
	code     tarif.Code // that the invoice carries
	ps       Executant
	jour     simphonie.Jour // of the invoice: that of the forfait that covers two days
	familles famille
	lettre   *nomenclature.Lettre
	acte     *nomenclature.Acte
	activite *nomenclature.Activite
	analyse  *nomenclature.Analyse
	grille   string
}

// nom is how a message names the line: what was keyed.
func (l *vue) nom() string {
	switch {
	case l.CCAM != nil:
		return l.CCAM.Acte
	case l.Analyse != nil:
		return l.Analyse.Code
	}
	return string(l.code)
}

func (l *vue) quantite() int { return max(l.Quantite, 1) }

func (l *vue) coefficient() simphonie.Coefficient {
	if l.Coefficient == 0 {
		return simphonie.Un
	}
	return l.Coefficient
}
