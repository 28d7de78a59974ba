package urgences

import (
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/tarif"
)

// Passage is one visit to an emergency structure, as its software knows it.
// Instants carry their offset from UTC; the engine reads them in the zone of
// the establishment.
type Passage struct {
	Venue         string        `json:"venue"` // number of entry
	Etablissement Etablissement `json:"etablissement"`

	// Naissance is that of the person treated, whoever is insured.
	Naissance simphonie.DateNaissance `json:"naissance"`

	Arrivee time.Time `json:"arrivee,omitzero"`
	// DebutSoins is the start of care by the emergency doctor: the pivot of
	// age, prices, rights and hours (RG_IP621).
	DebutSoins  time.Time   `json:"debutSoins,omitzero"`
	Sortie      time.Time   `json:"sortie,omitzero"`
	Orientation Orientation `json:"orientation"`
	Motif       Motif       `json:"motif"`
	// SoinsComplets says that the emergency doctor (or the IPA d'urgence) gave
	// the complete care.
	SoinsComplets simphonie.OuiNon `json:"soinsComplets,omitzero"`

	ModeArrivee ModeArrivee `json:"modeArrivee,omitempty"`
	CCMU        CCMU        `json:"ccmu,omitempty"`
	// Actes are the CCAM codes of the emergency doctor's acts, looked up in
	// annexe 2 for SU2. ActeAnnexe2 decides instead when it is given.
	Actes       []string         `json:"actes,omitempty"`
	ActeAnnexe2 simphonie.OuiNon `json:"acteAnnexe2,omitzero"`

	// Diagnostic is the principal diagnosis of the RPU (CIM-10), looked up in
	// annexe 8 for PE1 and PE2. Pediatrie decides instead when it is given.
	Diagnostic string     `json:"diagnostic,omitempty"`
	Pediatrie  *Pediatrie `json:"pediatrie,omitempty"`

	Biologie []time.Time `json:"biologie,omitempty"` // instants of the biology acts
	Imagerie []Imagerie  `json:"imagerie,omitempty"`
	Avis     []Avis      `json:"avis,omitempty"`

	// Droits is the acquisition of rights that the invoice is made from.
	Droits *droits.Acquisition `json:"droits,omitempty"`
	Soins  Soins               `json:"soins,omitzero"`
	// AMC is the complementary insurer that the patient declares, if any.
	AMC simphonie.NumeroAMC `json:"amc,omitempty"`

	// Codes are those that the software or an agent has already keyed, to be
	// checked against the computed ones.
	Codes []CodeSaisi `json:"codes,omitempty"`
}

// Etablissement is the establishment that runs the structure.
type Etablissement struct {
	FINESS     simphonie.FINESS     `json:"finess"` // géographique
	Secteur    tarif.Secteur        `json:"secteur"`
	Territoire simphonie.Territoire `json:"territoire"`
	// StructureAutorisee says that it has the authorisation of emergency care.
	StructureAutorisee simphonie.OuiNon `json:"structureAutorisee,omitzero"`
}

// Orientation is how the visit ended.
type Orientation string

// Orientations.
const (
	Domicile              Orientation = "domicile"
	Deces                 Orientation = "deces"
	PartiSansSoins        Orientation = "parti-sans-soins" // left before care
	Reoriente             Orientation = "reoriente"        // sent elsewhere before care
	HospitalisationMCO    Orientation = "hospitalisation-mco"
	UHCD                  Orientation = "uhcd"
	Psychiatrie           Orientation = "psychiatrie"           // admitted in psychiatry
	AutreHospitalisation  Orientation = "autre-hospitalisation" // SMR, HAD … of the same establishment
	TransfertHorsEnceinte Orientation = "transfert"             // to another establishment
)

var orientations = []Orientation{Domicile, Deces, PartiSansSoins, Reoriente, HospitalisationMCO, UHCD,
	Psychiatrie, AutreHospitalisation, TransfertHorsEnceinte}

// Motif tells gynaecology and obstetrics, which have their own rules, from the rest.
type Motif string

// Motifs.
const (
	MotifGeneral       Motif = "general"
	MotifGynecologique Motif = "gynecologique"
	MotifObstetrical   Motif = "obstetrical"
)

var motifs = []Motif{MotifGeneral, MotifGynecologique, MotifObstetrical}

// ModeArrivee is how the patient came.
type ModeArrivee string

// Modes of arrival. Categories A, B, C and D are those of sanitary vehicles
// (art. R. 6312-8 CSP).
const (
	ParSesMoyens   ModeArrivee = "personnel"
	VehiculeA      ModeArrivee = "vehicule-a"
	VehiculeB      ModeArrivee = "vehicule-b"
	VehiculeC      ModeArrivee = "vehicule-c"
	VehiculeD      ModeArrivee = "vehicule-d" // VSL
	Taxi           ModeArrivee = "taxi"
	Aeronef        ModeArrivee = "aeronef" // aircraft doing sanitary transport
	ForcesDeLOrdre ModeArrivee = "forces-de-l-ordre"
)

var modesArrivee = []ModeArrivee{ParSesMoyens, VehiculeA, VehiculeB, VehiculeC, VehiculeD, Taxi, Aeronef, ForcesDeLOrdre}

// CCMU is the clinical class of the visit.
type CCMU string

var ccmus = []CCMU{"1", "2", "3", "4", "5", "P", "D"}

// Pediatrie is the caller's own decision on the paediatric supplement.
type Pediatrie string

// Decisions.
const (
	PediatriePE1    Pediatrie = "pe1"
	PediatriePE2    Pediatrie = "pe2"
	PediatrieAucune Pediatrie = "aucune"
)

var pediatries = []Pediatrie{PediatriePE1, PediatriePE2, PediatrieAucune}

// TypeImagerie is the kind of an imaging act.
type TypeImagerie string

// Kinds of imaging.
const (
	Conventionnelle TypeImagerie = "conventionnelle"
	Echographie     TypeImagerie = "echographie"
	Coupe           TypeImagerie = "coupe" // scanner, IRM: gives right to a technical forfait
)

var typesImagerie = []TypeImagerie{Conventionnelle, Echographie, Coupe}

// Imagerie is one imaging act of the visit.
type Imagerie struct {
	Type          TypeImagerie     `json:"type"`
	ParRadiologue simphonie.OuiNon `json:"parRadiologue,omitzero"`
	CompteRendu   simphonie.OuiNon `json:"compteRendu,omitzero"` // written report
	Debut         time.Time        `json:"debut"`                // start of care by the radiologist
	// Forfait is the technical forfait billed with a cross-section act, if it
	// goes on this invoice: FR2, FR3, FTN, FTR or FTG.
	Forfait tarif.Code `json:"forfait,omitempty"`
	// Scanner says that the forfait is that of a scanner: the second of a visit
	// is billed at 0.15.
	Scanner bool `json:"scanner,omitempty"`
}

// Avis is the advice of a specialist.
type Avis struct {
	Specialite string    `json:"specialite"` // code of the specialty, two digits
	Debut      time.Time `json:"debut"`
	// SurDemande says that the emergency doctor asked for it, AupresDuPatient
	// that the specialist dealt with the patient directly.
	SurDemande      simphonie.OuiNon `json:"surDemande,omitzero"`
	AupresDuPatient simphonie.OuiNon `json:"aupresDuPatient,omitzero"`
	// EnCharge says that this doctor gave the complete care of the visit, as a
	// paediatrician may: no SAS then.
	EnCharge bool `json:"enCharge,omitempty"`
}

// Soins is what the patient part needs to know of the care.
type Soins struct {
	droits.Prestation
	// Attentat: care of a victim of terrorism (art. L. 169-1 CSS).
	Attentat bool `json:"attentat,omitempty"`
	// ViolenceSexuelle: care that follows sexual violence on a minor.
	ViolenceSexuelle bool `json:"violenceSexuelle,omitempty"`
	// Exoneration is an exempt situation that the texts provide and the rules
	// of the teleservices do not describe: organ donors, exceptional health
	// risk (art. L. 16-10-1). The caller decides, with code and reference.
	Exoneration *ExonerationForcee `json:"exoneration,omitempty"`
}

// ExonerationForcee is the caller's decision that the patient forfait is FPX.
type ExonerationForcee struct {
	Code      string `json:"code"` // exemption code, 0 for none
	Motif     string `json:"motif"`
	Reference string `json:"reference"`
}

// CodeSaisi is a code keyed by the software or an agent.
type CodeSaisi struct {
	Code       tarif.Code     `json:"code"`
	Jour       simphonie.Jour `json:"jour,omitzero"` // of execution; the start of care by default
	Specialite string         `json:"specialite,omitempty"`
}

// ParsePassage reads a visit from JSON and refuses unknown fields. The error
// says where, and never repeats a value.
func ParsePassage(b []byte) (Passage, error) {
	var p Passage
	if err := jsonstrict.Decode(b, &p); err != nil {
		return Passage{}, err
	}
	return p, nil
}
