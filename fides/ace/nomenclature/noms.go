package nomenclature

// NomParametre names a dated value. Its unit is said at the end.
type NomParametre string

// Parameters.
const (
	ParamTMF               NomParametre = "tmf"                      // participation on costly acts, amount
	ParamSeuilCCAM         NomParametre = "seuil-ccam"               // threshold of RG_VF663, amount
	ParamSeuilNGAP         NomParametre = "seuil-ngap"               // threshold of RG_VF663, coefficient
	ParamTauxMTM           NomParametre = "mtm-taux"                 // out of the care pathway, rate
	ParamPlafondMTM        NomParametre = "mtm-plafond"              // amount
	ParamTauxDA            NomParametre = "da-taux"                  // dépassement autorisé, rate
	ParamPartEcart         NomParametre = "ecart-part"               // part of a gap of purchase, rate
	ParamCTOM              NomParametre = "ctom"                     // overseas, on drugs, coefficient
	ParamMargeRetrocession NomParametre = "marge-retrocession"       // amount
	ParamCotationMinimale  NomParametre = "nabm-cotation-minimale"   // coefficient
	ParamSecondScanner     NomParametre = "second-ft-scanner"        // coefficient
	ParamSecondSE          NomParametre = "second-se"                // coefficient
	ParamDemiTarif         NomParametre = "ccam-demi-tarif"          // act with a consultation, rate
	ParamMajorationNuit    NomParametre = "majoration-nuit-taux"     // rate of a percentage surcharge
	ParamMajorationFerie   NomParametre = "majoration-ferie-taux"    // rate
	ParamPlafondNuit       NomParametre = "majoration-nuit-plafond"  // in unit prices, coefficient
	ParamPlafondFerie      NomParametre = "majoration-ferie-plafond" // in unit prices, coefficient
	ParamModificateurs     NomParametre = "ccam-modificateurs-payes" // TB19, number
	ParamNABMRegle3        NomParametre = "nabm-regle-3-max"         // analyses of list nabm-regle-3, number
	ParamNABMRegle4        NomParametre = "nabm-regle-4-max"         // analyses of list nabm-regle-4, number
)

// NomListe names a list of codes.
type NomListe string

// Lists.
const (
	ListeFFM            NomListe = "annexe-10"        // acts that open FFM
	ListeSE1            NomListe = "annexe-11-1"      // acts that open SE1, and so on to SE8
	ListeSE2            NomListe = "annexe-11-2"      // idem
	ListeSE3            NomListe = "annexe-11-3"      // idem
	ListeSE4            NomListe = "annexe-11-4"      // idem
	ListeSE5            NomListe = "annexe-11-5"      // idem
	ListeSE6            NomListe = "annexe-11-6"      // idem
	ListeSE7            NomListe = "annexe-11-7"      // idem
	ListeSE8            NomListe = "annexe-11-8"      // idem
	ListeVDE            NomListe = "annexe-4-ccam"    // acts that open VDE
	ListeDemiTarif      NomListe = "iii-3-a-demi"     // CCAM acts at half price with a consultation
	ListePleinTarif     NomListe = "iii-3-a"          // CCAM acts at full price with a consultation
	ListeAPC            NomListe = "iii-41"           // acts that go with APC, APY, APU
	ListeRetrocedables  NomListe = "ucd-retrocession" // list 1
	ListeEnSus          NomListe = "ucd-en-sus"       // list 2
	ListeIST            NomListe = "nabm-ist"         // analyses of the screening of IST (RG_IP663)
	ListeNABMRegle3     NomListe = "nabm-regle-3"     // RG_VF625
	ListeNABMRegle4     NomListe = "nabm-regle-4"     // RG_VF625
	ListeECG            NomListe = "ecg"              // acts barred with TC, TCG (RG_IP709)
	ListeCTOM           NomListe = "ctom"             // zones where the overseas coefficient applies
	ListePayeursTMF     NomListe = "101.1"            // régimes that pay the TMF
	ListeTarifOpposable NomListe = "2ter"             // dental codes at the opposable tariff
)

// Annexe11 gives the list that opens SEn, n from 1 to 8; empty for another n.
func Annexe11(n int) NomListe {
	if n < 1 || n > 8 {
		return ""
	}
	return [...]NomListe{ListeSE1, ListeSE2, ListeSE3, ListeSE4, ListeSE5, ListeSE6, ListeSE7, ListeSE8}[n-1]
}

// unite is what a parameter is a number of.
type unite string

const (
	unMontant     unite = "montant"
	unTaux        unite = "taux"
	unCoefficient unite = "coefficient"
	unNombre      unite = "nombre"
)

var unites = map[NomParametre]unite{
	ParamTMF:               unMontant,
	ParamSeuilCCAM:         unMontant,
	ParamSeuilNGAP:         unCoefficient,
	ParamTauxMTM:           unTaux,
	ParamPlafondMTM:        unMontant,
	ParamTauxDA:            unTaux,
	ParamPartEcart:         unTaux,
	ParamCTOM:              unCoefficient,
	ParamMargeRetrocession: unMontant,
	ParamCotationMinimale:  unCoefficient,
	ParamSecondScanner:     unCoefficient,
	ParamSecondSE:          unCoefficient,
	ParamDemiTarif:         unTaux,
	ParamMajorationNuit:    unTaux,
	ParamMajorationFerie:   unTaux,
	ParamPlafondNuit:       unCoefficient,
	ParamPlafondFerie:      unCoefficient,
	ParamModificateurs:     unNombre,
	ParamNABMRegle3:        unNombre,
	ParamNABMRegle4:        unNombre,
}

var nomsListes = []NomListe{ListeFFM, ListeSE1, ListeSE2, ListeSE3, ListeSE4, ListeSE5, ListeSE6, ListeSE7, ListeSE8, ListeVDE, ListeDemiTarif, ListePleinTarif, ListeAPC, ListeRetrocedables, ListeEnSus, ListeIST, ListeNABMRegle3, ListeNABMRegle4, ListeECG, ListeCTOM, ListePayeursTMF, ListeTarifOpposable}
