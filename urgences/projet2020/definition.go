package projet2020

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/tarif"
)

// Millesime is the year of a catalogue: 2021, or 2022 for that year and after.
type Millesime int

// Catalogues of the project.
const (
	Millesime2021 Millesime = 2021 // three contexts, eight key letters
	Millesime2022 Millesime = 2022 // every context
)

// Contexte is what gives right to a supplement.
type Contexte string

// The five contexts of the project.
const (
	ContexteArrivee      Contexte = "arrivee" // mode of arrival: standing or lying
	ContexteIntoxication Contexte = "intoxication"
	ContexteCCMU         Contexte = "ccmu" // CCMU 3, 4 or 5
	ContexteBiologie     Contexte = "biologie"
	ContexteImagerie     Contexte = "imagerie"
)

var contextes = []Contexte{ContexteArrivee, ContexteIntoxication, ContexteCCMU, ContexteBiologie, ContexteImagerie}

// Contextes lists the contexts, in the order of the invoice.
func Contextes() []Contexte { return slices.Clone(contextes) }

// Entree is how the patient came in.
type Entree string

// Modes of arrival.
const (
	Debout Entree = "debout"
	Couche Entree = "couche"
)

// Bande is an age forfait: patients from an age, and younger than another, both
// in completed months.
type Bande struct {
	Code      tarif.Code `json:"code"`
	DesMois   int        `json:"desMois"`
	AvantMois int        `json:"avantMois,omitempty"` // 0: no end
}

// Supplement is the key letter of a context.
type Supplement struct {
	Code     tarif.Code `json:"code"`
	Contexte Contexte   `json:"contexte"`
	// Entree is the mode of arrival that gives right to it; for that context only.
	Entree Entree `json:"entree,omitempty"`
}

// LettresPatient are the key letters of FPU, by declension. One letter may
// serve for several.
type LettresPatient struct {
	Assure tarif.Code `json:"assure"`
	Regime tarif.Code `json:"regime"`
	Local  tarif.Code `json:"local"`
}

// Definition is the catalogue of one year as the caller chooses it. Key letters
// and age bands were never public: Reference says where the choice comes from.
type Definition struct {
	Millesime   Millesime      `json:"millesime"`
	Reference   string         `json:"reference"`
	Forfaits    []Bande        `json:"forfaits"`
	Supplements []Supplement   `json:"supplements"`
	Patient     LettresPatient `json:"patient"`
}

// LoadCatalogue reads a Definition in JSON and checks it. Every fault of the
// choice is reported at once, each a *simphonie.Erreur.
func LoadCatalogue(r io.Reader) (*Catalogue, error) {
	if r == nil {
		return nil, &simphonie.Erreur{Code: "P20-LECTURE", Detail: "there is nothing to read from"}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, &simphonie.Erreur{Code: "P20-LECTURE", Detail: "reading failed", Err: err}
	}
	var d Definition
	if err := jsonstrict.Decode(b, &d); err != nil {
		return nil, err
	}
	return NewCatalogue(d)
}

// fautes gathers what is wrong with a choice.
type fautes []error

func (f *fautes) ajoute(code simphonie.Code, chemin, detail string, vs ...any) {
	*f = append(*f, &simphonie.Erreur{Code: code, Chemin: chemin, Detail: fmt.Sprintf(detail, vs...)})
}

// verifie reports every fault of the definition by itself.
func (d *Definition) verifie() error {
	var f fautes
	if d.Millesime != Millesime2021 && d.Millesime != Millesime2022 {
		f.ajoute("P20-MILLESIME", "millesime", "2021, or 2022 for that year and after")
	}
	if strings.TrimSpace(d.Reference) == "" {
		f.ajoute("P20-REFERENCE", "reference", "where the choice comes from is compulsory: the project fixed none")
	}
	d.verifieBandes(&f)
	d.verifieSupplements(&f)
	d.verifieCodes(&f)
	return errors.Join(f...)
}

// verifieBandes wants four bands that cover every age, none twice.
func (d *Definition) verifieBandes(f *fautes) {
	if len(d.Forfaits) != 4 {
		f.ajoute("P20-FORFAITS", "forfaits", "%d age forfaits: the project has four", len(d.Forfaits))
	}
	attendu := 0
	for i, b := range d.Forfaits {
		chemin := rang("forfaits", i)
		derniere := i == len(d.Forfaits)-1
		if b.DesMois != attendu {
			f.ajoute("P20-BANDES", chemin, "begins at %d months where the one before ends at %d", b.DesMois, attendu)
		}
		switch {
		case derniere && b.AvantMois != 0:
			f.ajoute("P20-BANDES", chemin, "the last band has no end")
		case !derniere && b.AvantMois <= b.DesMois:
			f.ajoute("P20-BANDES", chemin, "ends before it begins")
		}
		attendu = b.AvantMois
	}
}

// verifieSupplements wants three contexts in 2021, every one from 2022.
func (d *Definition) verifieSupplements(f *fautes) {
	vus := map[Supplement]bool{}
	choisis := map[Contexte]bool{}
	for i, s := range d.Supplements {
		chemin := rang("supplements", i)
		switch {
		case !slices.Contains(contextes, s.Contexte):
			f.ajoute("P20-CONTEXTE", chemin, "unknown context: one of %v", contextes)
		case s.Contexte == ContexteArrivee && s.Entree != Debout && s.Entree != Couche:
			f.ajoute("P20-ENTREE", chemin, "debout or couche: the project does not say which gives the supplement")
		case s.Contexte != ContexteArrivee && s.Entree != "":
			f.ajoute("P20-ENTREE", chemin, "a mode of arrival goes with context arrivee only")
		}
		cle := Supplement{Contexte: s.Contexte, Entree: s.Entree}
		if vus[cle] {
			f.ajoute("P20-CONTEXTE-DOUBLE", chemin, "two key letters for one context")
		}
		vus[cle], choisis[s.Contexte] = true, true
	}
	voulus := len(contextes)
	if d.Millesime == Millesime2021 {
		voulus = 3
	}
	if len(choisis) != voulus {
		f.ajoute("P20-CONTEXTES", "supplements", "%d contexts: the project has %d of the five in this year", len(choisis), voulus)
	}
}

// verifieCodes wants well-formed key letters that mean one thing each; the
// declensions of FPU may share theirs.
func (d *Definition) verifieCodes(f *fautes) {
	roles := map[tarif.Code]string{}
	note := func(c tarif.Code, chemin, role string) {
		if !c.Valide() {
			f.ajoute("P20-LETTRE", chemin, "a key letter is up to five capital letters and digits")
			return
		}
		if r, ok := roles[c]; ok && r != role {
			f.ajoute("P20-LETTRE-DOUBLE", chemin, "key letter %s already stands at %s", c, r)
		}
		roles[c] = role
	}
	for i, b := range d.Forfaits {
		note(b.Code, rang("forfaits", i), rang("forfaits", i))
	}
	for i, s := range d.Supplements {
		note(s.Code, rang("supplements", i), rang("supplements", i))
	}
	note(d.Patient.Assure, "patient.assure", "patient")
	note(d.Patient.Regime, "patient.regime", "patient")
	note(d.Patient.Local, "patient.local", "patient")
}

func rang(liste string, i int) string { return liste + "[" + strconv.Itoa(i) + "]" }
