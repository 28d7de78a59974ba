package moyens

import (
	"strconv"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
)

// NatureTitre is what happened to a titre.
type NatureTitre string

// Events of a titre, for the flow to the public accountant and back.
const (
	TitreEmis     NatureTitre = "emission"
	AvisEnvoye    NatureTitre = "avis" // ASAP
	TitreEncaisse NatureTitre = "encaissement"
	TitreAnnule   NatureTitre = "annulation"
)

// EvenementTitre is an event of a titre, as values: the financial software (GEF)
// writes the flow (PES V2), whose message types for ASAP are not public.
type EvenementTitre struct {
	Nature  NatureTitre       `json:"nature"`
	Titre   CleTitre          `json:"titre"`
	Le      simphonie.Jour    `json:"le"`
	Montant simphonie.Montant `json:"montant"`
	Piece   *PieceTitre       `json:"piece,omitempty"` // of an emission
}

// PieceTitre is what a recette flow says of a titre, with the widths that were
// read. Codes of types are the editor's: their lists were not found. The control
// keys (modulo 11 and 23) are left to the GEF: how they are made was not found.
// Objet and Libelle name neither a patient nor a care.
type PieceTitre struct {
	Bordereau   string            `json:"bordereau"` // 7
	Piece       string            `json:"piece"`     // 8
	TypePiece   string            `json:"typePiece"`
	NaturePiece string            `json:"naturePiece"`
	Dette       string            `json:"dette,omitempty"` // 15
	Objet       string            `json:"objet"`           // 160
	Prelevement *PrelevementTitre `json:"prelevement,omitempty"`
}

// PrelevementTitre is the SEPA debit that pays a titre.
type PrelevementTitre struct {
	Sequence string            `json:"sequence"` // 01 to 04
	Le       simphonie.Jour    `json:"le"`
	Montant  simphonie.Montant `json:"montant"`
	Signe    simphonie.Jour    `json:"signe"`
	Mandat   string            `json:"mandat"`
	Libelle  string            `json:"libelle,omitempty"` // 140
}

// Verifie reports what is missing and what is wider than the zones that were
// read. No text read says which zones are compulsory: that is this SDK's.
func (e *EvenementTitre) Verifie() simphonie.Anomalies {
	if e == nil {
		return simphonie.Anomalies{regPESAbsent.Anomalie("evenement", "événement")}
	}
	var as simphonie.Anomalies
	absent := func(chemin string, vrai bool) {
		if vrai {
			as = append(as, regPESAbsent.Anomalie(chemin, chemin))
		}
	}
	faux := func(chemin string, vrai bool) {
		if vrai {
			as = append(as, regPESValeur.Anomalie(chemin, chemin))
		}
	}
	large := func(chemin, v string, max int) {
		if utf8.RuneCountInString(v) > max {
			as = append(as, regPESLargeur.Anomalie(chemin, chemin, strconv.Itoa(max)))
		}
	}
	faux("titre", e.Titre.Valide() != nil)
	absent("le", e.Le.IsZero())
	faux("montant", e.Montant <= 0)
	faux("nature", e.Nature != TitreEmis && e.Nature != AvisEnvoye && e.Nature != TitreEncaisse && e.Nature != TitreAnnule)
	absent("piece", e.Nature == TitreEmis && e.Piece == nil)
	p := e.Piece
	if p == nil {
		return as
	}
	absent("piece.bordereau", p.Bordereau == "")
	absent("piece.piece", p.Piece == "")
	absent("piece.typePiece", p.TypePiece == "")
	absent("piece.naturePiece", p.NaturePiece == "")
	absent("piece.objet", p.Objet == "")
	large("piece.bordereau", p.Bordereau, 7)
	large("piece.piece", p.Piece, 8)
	large("piece.dette", p.Dette, 15)
	large("piece.objet", p.Objet, 160)
	if s := p.Prelevement; s != nil {
		faux("piece.prelevement.sequence", len(s.Sequence) != 2 || s.Sequence < "01" || s.Sequence > "04")
		absent("piece.prelevement.le", s.Le.IsZero())
		faux("piece.prelevement.montant", s.Montant <= 0 || s.Montant > e.Montant)
		absent("piece.prelevement.signe", s.Signe.IsZero())
		absent("piece.prelevement.mandat", s.Mandat == "")
		large("piece.prelevement.libelle", s.Libelle, 140)
	}
	return as
}
