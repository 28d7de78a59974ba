package facture

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Detail is what a line holds beyond amounts; at most one field is set.
type Detail struct {
	Urgence *DetailUrgence `json:"urgence,omitempty"`
	Acte    *DetailActe    `json:"acte,omitempty"`
	Sejour  *DetailSejour  `json:"sejour,omitempty"`
}

// DetailUrgence says on what a supplement of an emergency visit rests.
type DetailUrgence struct {
	Specialite string `json:"specialite,omitempty"` // of a specialist's advice
	// Origine is "liste" when a loaded list decided, "decision" when the
	// caller did.
	Origine string `json:"origine,omitempty"`
	Liste   string `json:"liste,omitempty"` // name and digest of the list
}

// DetailActe is an act, an analysis, a product or a forfait of external care.
// The grouped line of several holds them all (RG_VF600 to RG_VF607).
type DetailActe struct {
	// Prestations are the ranks, in the visit, of what the line groups.
	Prestations  []int               `json:"prestations"`
	Nomenclature droits.Nomenclature `json:"nomenclature"`
	Specialite   string              `json:"specialite,omitempty"` // of the executant
	Prescription simphonie.Jour      `json:"prescription,omitzero"`
	Denombrement int                 `json:"denombrement,omitzero"`
	// Majoration is the letter of the NGAP surcharge: N, F or U.
	Majoration string `json:"majoration,omitempty"`
	// Accord is the answer to a prior agreement: 0, 4, 5 or 9 (RG_IP691).
	Accord string `json:"accord,omitempty"`
	// EnSerie says that the act belongs to a series: its invoice may hold other
	// days (RG_MF630).
	EnSerie bool `json:"enSerie,omitempty"`

	CCAM     *DetailCCAM     `json:"ccam,omitempty"`
	Analyses []DetailAnalyse `json:"analyses,omitempty"`
	Produits []DetailProduit `json:"produits,omitempty"`
}

// DetailCCAM is a coded act of the CCAM.
type DetailCCAM struct {
	Acte          string `json:"acte"`
	Activite      string `json:"activite"`
	Phase         string `json:"phase"`
	Association   string `json:"association,omitempty"`
	Modificateurs string `json:"modificateurs,omitempty"` // in the order given
	Grille        string `json:"grille,omitempty"`        // that gave the price
	// Conditionnel answers the refund under condition (field 22).
	Conditionnel simphonie.OuiNon `json:"conditionnel,omitzero"`
	// Dents are localisations in the numbering of ISO 3950.
	Dents []string `json:"dents,omitempty"`
}

// DetailAnalyse is one analysis of a line of biology.
type DetailAnalyse struct {
	Code        string                `json:"code"`
	Coefficient simphonie.Coefficient `json:"coefficient"`
}

// DetailProduit is a device (LPP) or a drug (UCD) of a line.
type DetailProduit struct {
	Code     string                `json:"code"`
	Quantite int                   `json:"quantite"`
	Fraction simphonie.Coefficient `json:"fraction,omitzero"` // of a UCD
	Total    simphonie.Montant     `json:"total"`
	// Unitaire is the price of one that made the total, overseas coefficient
	// included; Achat is that of the supplier, Tarif the tarif de responsabilité
	// or the quote, 0 when there is none.
	Unitaire simphonie.Montant `json:"unitaire,omitzero"`
	Achat    simphonie.Montant `json:"achat,omitzero"`
	Tarif    simphonie.Montant `json:"tarif,omitzero"`
	// Demande is what is asked for it, beyond the tarif included.
	Demande simphonie.Montant `json:"demande,omitzero"`
	// Marge and Reconstitution are in the total.
	Marge          simphonie.Montant `json:"marge,omitzero"`
	Reconstitution simphonie.Montant `json:"reconstitution,omitzero"`
	// EcartUnitaire and Ecart are the gap of purchase, of one and of all, which
	// another line asks.
	EcartUnitaire simphonie.Montant `json:"ecartUnitaire,omitzero"`
	Ecart         simphonie.Montant `json:"ecart,omitzero"`
}

// DetailSejour says what days of a stay a line covers, both included.
type DetailSejour struct {
	Du    simphonie.Jour `json:"du"`
	Au    simphonie.Jour `json:"au"`
	Jours int            `json:"jours,omitzero"` // that are billed
	// CodeFJ is who bears a line of forfait journalier, as statistics of stays
	// write it: A insured, R régime, L régime local.
	CodeFJ string `json:"codeFJ,omitempty"`
}
