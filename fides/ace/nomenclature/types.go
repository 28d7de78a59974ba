package nomenclature

import (
	"fmt"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

// Date is when a row holds and where it comes from.
type Date struct {
	Periode   simphonie.Periode // days of care
	Reference string            // the text
	ConnuLe   simphonie.Jour    // publication: a later row wins
	ligne     int32             // of the file, 0 when it has none
}

func (d *Date) date() *Date { return d }

// Absent says that a table has no row for a key and a day.
type Absent struct {
	Table   string         `json:"table"`
	Cle     string         `json:"cle"`
	Jour    simphonie.Jour `json:"jour"`
	ConnuAu simphonie.Jour `json:"connuAu"`
}

// Error names the missing row.
func (e *Absent) Error() string {
	return fmt.Sprintf("NOM-ABSENT: table %s has no row %s on %s as known on %s: load it", e.Table, e.Cle, e.Jour, e.ConnuAu)
}

// Niveau tells a prestation that stands alone from one that completes another.
type Niveau uint8

// Levels.
const (
	NonDit Niveau = iota
	Support
	Complement
)

// Lettre is a code of invoice as the tables 1 to 4 describe it: a letter of the
// NGAP, a forfait, a code of grouping of the CCAM.
type Lettre struct {
	Date
	Code         tarif.Code
	Nomenclature droits.Nomenclature
	Niveau       Niveau
	Categorie    string     // majoration, forfait, reserve-ps …
	Agregee      tarif.Code // code that the invoice carries instead (RG_MF604)
	Auxiliaire   bool       // executed by an auxiliary

	CoefMin, CoefMax simphonie.Coefficient // 0 = no bound
	Prescription     simphonie.OuiNon      // compulsory
	Nuit, Ferie      simphonie.OuiNon      // surcharges are open
	AgeMin, AgeMax   simphonie.Age         // from the birthday, until the eve; zero = no bound
	Specialites      []string              // that may bill it; empty = any
	Qualificatifs    string                // allowed characters; empty = any
	Supports         []tarif.Code          // that a complement may complete; empty = any
}

// Prix is a dated price, in euros.
type Prix struct {
	Date
	Montant simphonie.Prix
}

// ModeMajoration is how a NGAP surcharge is counted.
type ModeMajoration uint8

// Modes (table 23).
const (
	MajorationMontant ModeMajoration = iota + 1
	MajorationPourcentage
)

// MajorationNGAP is a surcharge of night, Sunday or emergency: its mode for a
// letter and a coefficient, its amount for a specialty (RG_VF642). Its date is
// that of the amount.
type MajorationNGAP struct {
	Date
	Mode    ModeMajoration
	Montant simphonie.Montant
}

// Acte is an act of the CCAM.
type Acte struct {
	Date
	Code          string
	Type          string   // 0 isolated, 1 procedure, 2 complementary (field 9)
	Conditionnel  bool     // refund under condition (field 22)
	Entente       bool     // prior agreement (field 24)
	ExoTM         []string // field 25: 1 invasive, 2 non invasive, 3 by nature, 7 prevention
	Natures       []string // field 30.1
	Forfaits      []string // field 34: 5 = FSD
	Incompatibles []string // field 14
	Procedures    []string
	ForfaitsC2S   []tarif.Code // field 52
}

// Activite is one activity and phase of an act.
type Activite struct {
	Date
	Acte, Activite, Phase  string
	Regroupement           tarif.Code                           // field 42
	CatMed                 string                               // field 12: AD, ID, PD are dental
	Modificateurs          string                               // field 6, letters that are allowed
	Classes                []string                             // field 32, classes of specialties
	DOM                    map[tarif.Zone]simphonie.Coefficient // field 47
	AgeDentMin, AgeDentMax int
	DentsMin               int      // field 43
	DentsInterdites        []string // field 44
	// Planifiees gives the rule of association planned with another act (field 13).
	Planifiees map[Membre]string
}

// Membre is an act and its activity, as one side of an association.
type Membre struct{ Acte, Activite string }

// Modificateur is a modifier of the CCAM for a grid: a coefficient or an amount.
type Modificateur struct {
	Date
	Lettre      string
	Grille      string
	Coefficient simphonie.Coefficient // as 1.255; 0 when it is an amount
	Montant     simphonie.Montant
}

// Analyse is an analysis of the NABM.
type Analyse struct {
	Date
	Code          string
	Coefficient   simphonie.Coefficient
	Max           int // in one day, 0 = no bound
	Incompatibles []string
	Regle         string // specific rule
	Entente       bool
}
