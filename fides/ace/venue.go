package ace

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/tarif"
)

// Venue is one visit for external care: what was done, when, by whom, for whom.
type Venue struct {
	Venue         string         `json:"venue"` // number of entry
	Etablissement Etablissement  `json:"etablissement"`
	Entree        simphonie.Jour `json:"entree"`
	Sortie        simphonie.Jour `json:"sortie"`
	// Naissance is that of the person treated.
	Naissance simphonie.DateNaissance `json:"naissance"`
	Droits    *droits.Acquisition     `json:"droits,omitempty"`
	// AMC is the complementary insurer that the patient declares, if any.
	AMC simphonie.NumeroAMC `json:"amc,omitempty"`
	// Prestations are in the order in which they were keyed: the order of
	// modifiers and ties of amounts follow it.
	Prestations []Prestation `json:"prestations"`
}

// Etablissement is the establishment where care was given.
type Etablissement struct {
	FINESS     simphonie.FINESS     `json:"finess"` // géographique
	Secteur    tarif.Secteur        `json:"secteur"`
	Territoire simphonie.Territoire `json:"territoire"`
	// EPS says that it is a public establishment (a of art. L. 162-22 CSS: SP13).
	EPS simphonie.OuiNon `json:"eps,omitzero"`
}

// Prestation is one thing that was done or given.
type Prestation struct {
	Nomenclature droits.Nomenclature `json:"nomenclature"`
	// Code is the letter or the forfait that the invoice carries: CS, K, ATU, SE2,
	// FTN, PHH… Empty for a CCAM act takes its code of grouping (field 42), for an
	// analysis the letter B.
	Code         tarif.Code     `json:"code,omitempty"`
	Execution    simphonie.Jour `json:"execution"`
	Prescription simphonie.Jour `json:"prescription,omitzero"`
	Achevement   simphonie.Jour `json:"achevement,omitzero"` // of dental works
	EnSerie      bool           `json:"enSerie,omitempty"`
	Heure        Heure          `json:"heure,omitzero"` // of the act, for surcharges
	// Seance numbers the session of the day: acts of two sessions are never grouped.
	Seance int `json:"seance,omitempty"`

	Executant    Executant     `json:"executant,omitzero"`
	Prescripteur *Prescripteur `json:"prescripteur,omitempty"`

	// Droits is what rights need to know of the care.
	Droits droits.Prestation `json:"droits,omitzero"`
	Motif  Motif             `json:"motif,omitempty"`
	// IST says that the act belongs to a screening of IST, DepistageCol to the
	// organised screening of the cervix.
	IST          bool            `json:"ist,omitempty"`
	DepistageCol bool            `json:"depistageCol,omitempty"`
	Parcours     droits.Position `json:"parcours,omitempty"`
	// Orienteur is the doctor who sent the patient.
	Orienteur droits.Orienteur `json:"orienteur,omitzero"`

	Qualificatif facture.Qualificatif `json:"qualificatif,omitzero"`
	// Depassement is what is asked beyond the tariff (DA, dental acts), if anything.
	Depassement simphonie.Montant `json:"depassement,omitzero"`
	// Accord is the answer to a prior agreement: 0, 4, 5 or 9.
	Accord string `json:"accord,omitempty"`

	// Quantite and Coefficient are 1 when 0.
	Quantite     int                   `json:"quantite,omitempty"`
	Coefficient  simphonie.Coefficient `json:"coefficient,omitzero"`
	Denombrement int                   `json:"denombrement,omitempty"`
	Majoration   Majoration            `json:"majoration,omitempty"`
	// Support is the rank from 1, in the visit, of what this one completes; 0 for none.
	Support int `json:"support,omitempty"`

	CCAM    *ActeCCAM `json:"ccam,omitempty"`
	Analyse *Analyse  `json:"analyse,omitempty"`
	Produit *Produit  `json:"produit,omitempty"`
	// Annexe is the list of annexe 11 (1 to 8) whose act opens the SE that the
	// prestation is, when the caller decides it.
	Annexe int `json:"annexe,omitempty"`
	// Scanner, on a technical forfait, says that it is that of a scanner: the
	// second of a visit is billed at 0.15.
	Scanner bool `json:"scanner,omitempty"`
}

// Heure is an hour of the day, as 20:05; empty when it does not matter.
type Heure string

// Executant is who did it. A hospital bills under its own number: specialty and
// identity tell practitioners apart.
type Executant struct {
	Specialite string `json:"specialite,omitempty"` // two digits
	// PS is the establishment's own name of the practitioner, not a RPPS. Acts of
	// one specialty without it are held for those of one practitioner.
	PS string `json:"ps,omitempty"`
	// PasMedecin says that no doctor did it: an auxiliary, a dentist, a midwife, a
	// pharmacist. Such an act is out of the care pathway.
	PasMedecin bool `json:"pasMedecin,omitempty"`
}

// Prescripteur is who ordered it.
type Prescripteur struct {
	Identifiant string `json:"identifiant,omitempty"` // AM number or RPPS: groups lines
	Specialite  string `json:"specialite,omitempty"`
	SNCF        bool   `json:"sncf,omitempty"` // doctor of the SNCF (form 1032)
}

// Motif is the medical motive of a line (RG_IP623).
type Motif string

// Motives.
const (
	TraitementExonerant Motif = "traitement-exonerant"
	ConformeALD         Motif = "conforme-ald"
	Prevention          Motif = "prevention"
	NouveauNe           Motif = "nouveau-ne"
)

// Majoration is the letter of a NGAP surcharge (RG_VF642).
type Majoration string

// Surcharges.
const (
	Nuit    Majoration = "N" // 20:00 to 08:00
	Ferie   Majoration = "F" // Sunday or holiday, 08:00 to 20:00
	Urgence Majoration = "U"
)

// ActeCCAM is an act of the CCAM as it was coded.
type ActeCCAM struct {
	Acte     string `json:"acte"` // seven characters
	Activite string `json:"activite"`
	Phase    string `json:"phase"`
	// Modificateurs are letters in the order of the practitioner, who decides
	// which ones are paid: only the first ones are.
	Modificateurs string `json:"modificateurs,omitempty"`
	Association   string `json:"association,omitempty"` // 1 to 5, empty when planned or alone
	// Conditionnel answers the refund under condition (field 22).
	Conditionnel simphonie.OuiNon `json:"conditionnel,omitzero"`
	Dents        []string         `json:"dents,omitempty"`
	// DemiTarif says that the act rides with a consultation at 50 % (livre III, III-3-A).
	DemiTarif bool `json:"demiTarif,omitempty"`
}

// Analyse is an analysis of biology.
type Analyse struct {
	Code string `json:"code"` // four digits
	// Lettre is B, PB, KB or TB, empty for B.
	Lettre tarif.Code `json:"lettre,omitempty"`
}

// Produit is a device (LPP) or a drug (UCD).
type Produit struct {
	Code string `json:"code"`
	// Fraction of a unit of a drug, Un when 0.
	Fraction simphonie.Coefficient `json:"fraction,omitzero"`
	// Prix is the price invoiced by the supplier, or negotiated; Tarif the
	// tarif de responsabilité or the quote, when the tables do not hold it.
	Prix  simphonie.Prix `json:"prix"`
	Tarif simphonie.Prix `json:"tarif,omitzero"`
	// Marge and Reconstitution are in euros, given by the caller.
	Marge          simphonie.Montant `json:"marge,omitzero"`
	Reconstitution simphonie.Montant `json:"reconstitution,omitzero"`
}
