package roc

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// The model is shared with codecs and their test suite; these are its names here.
type (
	// Couverture is one complementary cover.
	Couverture = modele.Couverture
	// Beneficiaire is the patient, as the cover knows them.
	Beneficiaire = modele.Beneficiaire
	// Entete is what every request says.
	Entete = modele.Entete
	// Chiffrage is what a SIM or a CLC puts a price on.
	Chiffrage = modele.Chiffrage
	// DemandeIDB asks the rights of a beneficiary.
	DemandeIDB = modele.DemandeIDB
	// DemandeSIM asks what the insurer would pay.
	DemandeSIM = modele.DemandeSIM
	// DemandeCLC asks what the insurer pays, and commits it.
	DemandeCLC = modele.DemandeCLC
	// DemandeAnnulation undoes a CLC.
	DemandeAnnulation = modele.DemandeAnnulation
	// Identification is the answer to an IDB.
	Identification = modele.Identification
	// Simulation is the answer to a SIM: it cannot be billed.
	Simulation = modele.Simulation
	// Calcul is the answer to a CLC.
	Calcul = modele.Calcul
	// Annulation is the answer to the annulation of a CLC.
	Annulation = modele.Annulation
	// Codec maps requests and answers to and from XML.
	Codec = modele.Codec
	// Profil says how the messages of a codec travel.
	Profil = modele.Profil
	// Secret is the key of the digests, one per installation.
	Secret = modele.Secret
	// Refus is a request that was not sent, with every fault.
	Refus = modele.Refus
	// Dossier is one visit or stay with one insurer.
	Dossier = dossier.Dossier
	// Suite is what follows from an event of a dossier.
	Suite = dossier.Suite
	// Politique is what the establishment and its conventions allow.
	Politique = dossier.Politique
)

// Moments.
const (
	PreAdmission = modele.PreAdmission
	Admission    = modele.Admission
	EnCours      = modele.EnCours
	Sortie       = modele.Sortie
)

// Meanings of outcomes.
const (
	SensAVerifier = modele.SensAVerifier
	Accepte       = modele.Accepte
	Refuse        = modele.Refuse
	Incomplet     = modele.Incomplet
	Indisponible  = modele.Indisponible
	Indetermine   = modele.Indetermine
)

// Couvertures are the covers of a patient, in the order in which they pay. The
// order is the establishment's decision, and nothing adds them up.
type Couvertures []Couverture

// Precedentes gives the insurers that pay before another one, for Chiffrage.
// The insurer that is not among the covers has none.
func (cs Couvertures) Precedentes(amc simphonie.NumeroAMC) []simphonie.NumeroAMC {
	i := slices.IndexFunc(cs, func(c Couverture) bool { return c.Cle.Numero.Equal(amc) })
	var ns []simphonie.NumeroAMC
	for _, c := range cs[:max(i, 0)] {
		ns = append(ns, simphonie.NumeroAMC(c.Cle.Numero.Canonique()))
	}
	return ns
}
