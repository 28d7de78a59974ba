package droits

import "github.com/simphonie/simphonie"

// Nomenclature is a kind of prestation as the reference date knows them (RG_CF600).
type Nomenclature string

// Nomenclatures.
const (
	NGAP        Nomenclature = "ngap"
	CCAM        Nomenclature = "ccam"
	NABM        Nomenclature = "nabm"
	LPP         Nomenclature = "lpp"
	Pharmacie   Nomenclature = "pharmacie" // drugs in addition to stays included
	Retrocede   Nomenclature = "retrocession"
	ForfaitAge  Nomenclature = "forfait-age"  // FUx and supplements of emergencies
	PartPatient Nomenclature = "part-patient" // FPU, FPV, FPL, FPM, FPX, CFU
)

// Categorie is a sub-category of NGAP and CCAM acts.
type Categorie string

// Sub-categories; the empty one is every other.
const (
	Dentaire Categorie = "dentaire" // prostheses
	ODF      Categorie = "odf"      // orthodontics
)

// DatesActe are the dates of a prestation, by what happened on them.
type DatesActe struct {
	Nomenclature Nomenclature
	Categorie    Categorie
	// EnSerie says that the act is one of a series that was prescribed.
	EnSerie bool

	Prescription simphonie.Jour // for ODF, the proposal of treatment
	Execution    simphonie.Jour // for emergencies, the rule of the line (RG_IP621)
	Achevement   simphonie.Jour // of dental works
	DebutSoins   simphonie.Jour // start of care by the emergency doctor
}

// regimeDate is a row of the table of RG_CF600.
type regimeDate struct {
	regle *simphonie.Regle
	date  func(DatesActe) simphonie.Jour
}

var (
	parExecution    = regimeDate{&regDateExecution, func(d DatesActe) simphonie.Jour { return d.Execution }}
	parPrescription = regimeDate{&regDatePrescription, func(d DatesActe) simphonie.Jour { return d.Prescription }}
	parAchevement   = regimeDate{&regDateAchevement, func(d DatesActe) simphonie.Jour { return d.Achevement }}
	parDebutSoins   = regimeDate{&regDateDebutSoins, func(d DatesActe) simphonie.Jour { return d.DebutSoins }}
	parC2S          = regimeDate{&regDateC2S, func(d DatesActe) simphonie.Jour { return d.Execution }}
)

// DateReference gives the day on which the rights of a prestation are looked
// at, and the rule that says so (RG_CF600). With the C2S, LPP take the
// execution date. DROITS-DATE-REFERENCE: the nomenclature is unknown or the
// date that the rule wants is missing.
func DateReference(d DatesActe, c2s bool) (simphonie.Jour, Constat, error) {
	j, regle, err := JourReference(d, c2s)
	if err != nil {
		return j, Constat{}, err
	}
	return j, Constat{regle, []string{j.String()}}, nil
}

// JourReference is DateReference with the rule alone.
func JourReference(d DatesActe, c2s bool) (simphonie.Jour, *simphonie.Regle, error) {
	var r regimeDate
	switch d.Nomenclature {
	case NGAP, CCAM:
		switch {
		case d.Categorie != "" && d.Categorie != Dentaire && d.Categorie != ODF:
			return simphonie.Jour{}, nil, &simphonie.Erreur{Code: "DROITS-DATE-REFERENCE", Chemin: "categorie", Detail: "unknown sub-category"}
		case d.Categorie == Dentaire:
			r = parAchevement
		case d.Categorie == ODF, d.EnSerie:
			r = parPrescription
		default:
			r = parExecution
		}
	case NABM:
		r = parPrescription
	case LPP:
		r = parPrescription
		if c2s {
			r = parC2S
		}
	case Pharmacie, Retrocede, ForfaitAge:
		r = parExecution
	case PartPatient:
		r = parDebutSoins
	default:
		return simphonie.Jour{}, nil, &simphonie.Erreur{Code: "DROITS-DATE-REFERENCE", Chemin: "nomenclature", Detail: "unknown nomenclature"}
	}
	j := r.date(d)
	if j.IsZero() {
		return j, nil, &simphonie.Erreur{Code: "DROITS-DATE-REFERENCE", Chemin: string(d.Nomenclature), Detail: "the date that " + string(r.regle.Code) + " wants is missing"}
	}
	return j, r.regle, nil
}

var (
	regDateExecution    = regle("DROITS-DATE-EXECUTION", "RG_CF600", 0, "Date de référence : date d'exécution, {0}.")
	regDatePrescription = regle("DROITS-DATE-PRESCRIPTION", "RG_CF600", 0, "Date de référence : date de prescription, {0}.")
	regDateAchevement   = regle("DROITS-DATE-ACHEVEMENT", "RG_CF600", 0, "Date de référence : achèvement des travaux dentaires, {0}.")
	regDateDebutSoins   = regle("DROITS-DATE-DEBUT-SOINS", "RG_CF600", 0, "Date de référence : début des soins par le médecin urgentiste, {0}.")
	regDateC2S          = regle("DROITS-DATE-C2S", "RG_CF600", 0, "C2S : la date de référence d'un produit de la LPP est sa date d'exécution, {0}.")
)
