package fides

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// Dossier is what an invoice of the Assurance Maladie says beyond its priced
// lines, of an emergency visit or of external care: who is cared for, by which rights, during which visit, under which
// number.
type Dossier struct {
	Etablissement Etablissement
	// Contexte is what the rights mean on the reference date of the visit.
	Contexte droits.Contexte
	// Organisme receives the invoice instead of that of the priced invoice: for
	// maternity (RG_CF692), or an accident at work (RG_CF693).
	Organisme          simphonie.Organisme
	PieceJustificative string // zone 0258: document that proves the rights, "0" for none

	Assure  simphonie.NIR // of the insured, with its key
	Patient Patient

	Entree, Sortie simphonie.Jour // of the visit
	HeureSortie    int

	// Numero of the invoice, the titre de recette in public establishments.
	// NumerosSuite are those of the next invoices when one is not enough.
	Numero       b2.NumeroFacture
	NumerosSuite []b2.NumeroFacture

	// MontantTitre is that of the titre de recette, when it is known before: it
	// must be what the invoice asks of the caisse.
	MontantTitre simphonie.Montant

	Medecin Medecin
	// AccidentDroitCommun is the date of an accident that a third party caused.
	AccidentDroitCommun simphonie.Jour

	// C2S is how a C2S in separate management is billed: there is no default,
	// the establishment chooses.
	C2S ModeC2S
	// FactureAMC says that the complementary part goes to an insurer on an
	// invoice of its own.
	FactureAMC bool
	// TiersPayantRefuse keeps the invoice on paper.
	TiersPayantRefuse bool
	// Exoneration is the decision behind an exemption that rights do not prove.
	Exoneration Decision

	// Soin is what the records of external care say of a prestation beyond its
	// price; Soins says it of those whose rank in the visit, from 1, it names
	// (facture.DetailActe.Prestations).
	Soin  Soin
	Soins map[int]Soin

	Imagerie   []Imagerie // one for each technical forfait, in the order of the lines
	Specialite string     // of the emergency doctor, zone 0468
	ZoneTarif  string     // zone 0466, annexe 21 of the norme
}

// Soin completes a prestation of external care.
type Soin struct {
	// Domaine of activity: M, C, O, N or S (RG_IP624). Compulsory but for the
	// AME, RSS and rétrocession.
	Domaine string
	// Prescripteur is compulsory in type 3 and where the priced line has a date
	// of prescription, which is the one written.
	Prescripteur  *Prescripteur
	RPPSExecutant simphonie.RPPS   // makes a 4E
	Lieu          simphonie.FINESS // where it was done, when elsewhere
	DateAccord    simphonie.Jour   // of the request, compulsory unless the agreement is 9

	// Seances are the days of a CCAM phase done in several: the last is that of
	// the act. Extension is its documentary extension.
	Seances   []simphonie.Jour
	Extension string
	// Remboursement is the code of zone 4M64 of an act refunded under condition.
	Remboursement string
	SIRET         string // of the maker of a device
	Connexion     string // identifier of the secured video connection
}

// Patient is the person cared for.
type Patient struct {
	NIR           simphonie.NIR // certified individual number, when it is known
	Naissance     simphonie.DateNaissance
	RangNaissance int
	Rang          string // of the beneficiary on the support of rights
}

// Statut is the legal status of an establishment.
type Statut string

// Statuses of the former sector of the dotation globale.
const (
	Public Statut = "public" // EPS, special situation SP13
	PNL    Statut = "pnl"    // private non-profit
)

// Etablissement is what billing needs to know of the biller.
type Etablissement struct {
	Statut  Statut
	Secteur tarif.Secteur
	// CodeProduit is the digit of zone 2S42 in public establishments.
	CodeProduit string
	// CodeEtablissement and SuffixeTitre are 000 and 00 unless given (zone 2S42).
	CodeEtablissement, SuffixeTitre string
}

// Medecin is the médecin traitant, or the doctor who sent the patient.
type Medecin struct {
	Nom, Prenom simphonie.Confidentiel
	NumeroAM    string
}

// ModeC2S is how the complementary part of a C2S is billed.
type ModeC2S = droits.ModeC2S

// Modes of billing of a C2S.
const (
	C2SUnique     = droits.C2SUnique     // both parts on the invoice of the caisse
	C2SEclatement = droits.C2SEclatement // the complementary part on an invoice of its own
)

// Decision is what an agent decided, and why.
type Decision struct{ Motif, Reference string }

// Equipement is what a technical forfait of imaging pays for.
type Equipement string

// Equipments.
const (
	IRM        Equipement = "irm"
	Scanner    Equipement = "scanner"
	Tomographe Equipement = "tomographe"
)

// Imagerie completes a technical forfait.
type Imagerie struct {
	Equipement     Equipement
	NumeroOrdre    string // of the examination in the year
	NumeroAppareil string
	Prescripteur   Prescripteur
}

// Destination is where a file goes: one file is for one grand régime and one
// caisse.
type Destination struct{ Regime, Caisse string }

// String gives régime-caisse.
func (d Destination) String() string { return d.Regime + "-" + d.Caisse }

// Facture is an invoice of the norme B2, ready to be written.
type Facture struct {
	Numero b2.NumeroFacture
	// CleTitre is the key of fifteen digits by which the Trésor knows the titre
	// of a public establishment.
	CleTitre    string
	Venue       string
	Destination Destination
	// Debut and Fin are the first and last days of execution.
	Debut, Fin simphonie.Jour
	// Records are its views from the type 2 to the last line: a Writer computes
	// the type 5.
	Records []b2.Enregistrement
	Totaux  b2.Totaux
	// Demande is what is asked of the caisse: its own part and, for the AME and
	// a C2S in single billing, that of the complementary body.
	Demande simphonie.Montant
}

// Resultat is the outcome of a conversion: no invoice when an anomaly stops it.
type Resultat struct {
	Factures  []Facture
	Anomalies simphonie.Anomalies
}
