package insi

import (
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// Statut is how far an identity may be trusted.
type Statut string

// Values of Statut.
const (
	Provisoire Statut = "provisoire" // typed, or marked doubtful or fictitious
	Recuperee  Statut = "recuperee"  // given by INSi, not checked on a document
	Validee    Statut = "validee"    // checked on a document of high trust, not given by INSi
	Qualifiee  Statut = "qualifiee"  // both: the only one whose matricule may be transmitted
)

// Validation says that a person compared the identity with a document.
type Validation struct {
	// Piece names the document in the list of the establishment.
	Piece string `json:"piece"`
	// HauteConfiance says that the establishment holds this document for one of
	// high trust. The SDK has no list of its own.
	HauteConfiance bool           `json:"hauteConfiance"`
	Le             simphonie.Jour `json:"le"`
	// Ecarts are the traits whose difference with INSi was seen and accepted.
	Ecarts []Trait `json:"ecarts,omitempty"`
}

func (v *Validation) vaut() bool {
	return v != nil && v.HauteConfiance && v.Piece != "" && !v.Le.IsZero()
}

// Identite is a patient as the establishment keeps him: what it typed, what it
// says of it, what INSi gave, what document was seen. Statut follows from them
// and is stored nowhere.
type Identite struct {
	Traits     Traits      `json:"traits"`
	Attributs  Attributs   `json:"attributs"`
	INS        *Individu   `json:"ins,omitempty"`
	Validation *Validation `json:"validation,omitempty"`
}

// Ecarts lists the traits that differ from those of INSi, nothing without INSi.
func (i Identite) Ecarts() []Ecart {
	if i.INS == nil {
		return nil
	}
	return Compare(i.Traits, i.INS.Traits)
}

// Statut derives the status. A trait that is Different and whose difference
// nobody accepted keeps the identity from being qualified (EXI ID 24, 26, 29).
func (i Identite) Statut() Statut {
	switch {
	case i.Attributs.Valide() != nil:
		return Provisoire
	case i.INS == nil && i.Validation.vaut():
		return Validee
	case i.INS == nil:
		return Provisoire
	case i.Validation.vaut() && len(i.aAccepter()) == 0:
		return Qualifiee
	}
	return Recuperee
}

// aAccepter lists the differences that nobody accepted.
func (i Identite) aAccepter() []Trait {
	var ts []Trait
	for _, e := range i.Ecarts() {
		if e.Nature == Different && (i.Validation == nil || !slices.Contains(i.Validation.Ecarts, e.Trait)) {
			ts = append(ts, e.Trait)
		}
	}
	return ts
}

// Matricule gives the matricule INS and its authority for a message to others,
// and refuses unless the identity is qualified (EXI ID 29). vers is the world
// that the message goes to: an identity of qualification never enters
// production, whatever its OID says.
func (i Identite) Matricule(vers teleservice.Environnement) (simphonie.NIR, OID, error) {
	if err := i.Attributs.Valide(); err != nil {
		return simphonie.NIR{}, "", err
	}
	var e *simphonie.Erreur
	switch s := i.Statut(); {
	case s != Qualifiee && i.INS != nil && i.Validation.vaut():
		e = refus("INSI-ECARTS", "identite.validation.ecarts", "a trait differs from the one that INSi gave and nobody accepted it")
	case s != Qualifiee:
		e = refus("INSI-NON-QUALIFIEE", "identite", "the matricule of an identity that is "+string(s)+" is not transmitted (EXI ID 29)")
	case vers == 0 || vers != i.INS.Environnement:
		e = refus("INSI-ENVIRONNEMENT", "identite.ins.environnement", "the identity was retrieved in "+i.INS.Environnement.String()+" and the message goes to "+vers.String())
	case !i.INS.Actif.transmissible():
		e = refus("INSI-MATRICULE", "identite.ins.actif", "the number received has not the shape of a matricule")
	default:
		return i.INS.Actif.NIR(), i.INS.Actif.OID, nil
	}
	return simphonie.NIR{}, "", e
}

// transmissible says that the number has the shape of one. A wrong key is
// transmitted as it was received.
func (i Identifiant) transmissible() bool {
	err := i.valide()
	return err == nil || errors.Is(err, simphonie.ErrCle)
}
