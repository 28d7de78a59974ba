package nomenclature

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Tout stands for any specialty, grid, letter or act where a table says that it
// may: a row that names one wins over it. For a sector or a zone it is written
// out, and such a row and another for the same day are two prices of one thing.
const Tout = "*"

// Donnees are the rows of every table, as they are typed or loaded.
type Donnees struct {
	Lettres            []Lettre
	Prix               []LignePrix
	ModesMajoration    []LigneModeMajoration
	Majorations        []LigneMajoration
	Actes              []Acte
	Activites          []Activite
	Grilles            []LigneGrille
	PrixCCAM           []LignePrixCCAM
	Modificateurs      []Modificateur
	AgesModificateurs  []LigneAgesModificateur
	ReglesModificateur []LigneRegleModificateur
	PairesModificateur []LignePaireModificateurs
	Associations       []LigneAssociation
	ReglesAssociation  []LigneRegleAssociation
	Classes            []LigneClasses
	LettresCloses      []LigneLettreClose
	ForfaitsC2S        []LigneForfaitC2S
	PlafondsDentaires  []PlafondDentaire
	Analyses           []Analyse
	Produits           []LigneProduit
	Parametres         []Parametre
	Listes             []LigneListe
}

// Public is whom a price is for.
type Public string

const (
	// Assures is everybody but those that follow.
	Assures Public = ""
	// AMERSS are the patients of the AME and of coordinated systems: their prices of
	// ATU, FFM, SEx and APE hold the coefficients already (RG_CF656).
	AMERSS Public = "ame-rss"
)

// LignePrix is a price of the NGAP, of a letter of the NABM or of a forfait.
type LignePrix struct {
	Prix
	Code       tarif.Code
	Specialite string        // or Tout
	Secteur    tarif.Secteur // or Tout
	Zone       tarif.Zone    // or Tout, or several joined with +
	Public     Public
}

// LigneModeMajoration says how a surcharge is counted for a letter and a span of
// coefficients (table 23).
type LigneModeMajoration struct {
	Date
	Majoration       string                // N, F, U
	Code             tarif.Code            // or Tout
	CoefMin, CoefMax simphonie.Coefficient // both included; 0 = no bound
	Mode             ModeMajoration
}

// LigneMajoration is the amount of a surcharge.
type LigneMajoration struct {
	Date
	Majoration string
	Code       tarif.Code // or Tout: the kind of care changes it for midwives
	Specialite string     // or Tout
	Zone       tarif.Zone // or Tout, or several joined with +
	Montant    simphonie.Montant

	parMode [2]MajorationNGAP // what it is in each mode
}

// LigneGrille is the grid of prices of a specialty (TB22).
type LigneGrille struct {
	Date
	Specialite string // or Tout
	Grille     string
}

// LignePrixCCAM is the base price of an act in a grid (R_PU_BASE).
type LignePrixCCAM struct {
	Prix
	Acte, Activite, Phase, Grille string
}

// LigneAgesModificateur are the ages of a modifier (TB06).
type LigneAgesModificateur struct {
	Date
	Lettre   string
	Min, Max simphonie.Age // from the birthday, until the eve; zero = no bound
}

// LigneRegleModificateur are the tops of a modifier (TB10).
type LigneRegleModificateur struct {
	Date
	Lettre    string
	Unique    bool // once in the acts of one practitioner
	Coherence bool // the same on every activity of an act
}

// LignePaireModificateurs says whether two modifiers go together (TB09). Order
// does not matter.
type LignePaireModificateurs struct {
	Date
	A, B        string
	Compatibles bool
}

// LigneAssociation is the coefficient of a code of unplanned association (TB02).
type LigneAssociation struct {
	Date
	Code        string
	Grille      string // or Tout
	Coefficient simphonie.Coefficient
}

// LigneRegleAssociation is the coefficient of a rule of planned association (TB03).
type LigneRegleAssociation struct {
	Date
	Regle       string
	Grille      string // or Tout
	Coefficient simphonie.Coefficient
}

// LigneClasses are the classes of a specialty (TB04).
type LigneClasses struct {
	Date
	Specialite string
	Classes    []string
}

// LigneLettreClose says that a letter of the NGAP is closed or open again for a
// specialty (TB17).
type LigneLettreClose struct {
	Date
	Code       tarif.Code
	Specialite string // or Tout
	Close      bool
}

// LigneForfaitC2S is the price of a dental forfait of the C2S (TB21).
type LigneForfaitC2S struct {
	Prix
	Acte string // or Tout
	Code tarif.Code
}

// PlafondDentaire is the cap of the fee of a dental act (table PFD).
type PlafondDentaire struct {
	Date
	Acte    string
	Code    tarif.Code // forfait of the C2S that goes with it; empty for none
	Panier  string     // basket: 0, 1 or 2
	Plafond simphonie.Montant
}

// LigneProduit is the tarif de responsabilité or the price of a product.
type LigneProduit struct {
	Prix
	Code string // LPP reference or UCD
}

// Parametre is a dated value that rules count with. Only the field of its unit is set.
type Parametre struct {
	Date
	Nom         NomParametre
	Montant     simphonie.Montant
	Taux        simphonie.Taux
	Coefficient simphonie.Coefficient
	Nombre      int
}

// LigneListe says that a code is in a list.
type LigneListe struct {
	Date
	Liste NomListe
	Code  string
}
