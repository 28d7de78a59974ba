package fides

import (
	_ "embed"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// Enveloppe is the layout of the records of the file and of the lot: 000 opens
// a file, 1 a lot, 6 closes the lot, 999 the file. No public text describes
// them: an editor loads its own. It is immutable.
type Enveloppe struct {
	nom     string
	records [4][]zone
}

// zone is a zone of a record of the envelope.
type zone struct {
	debut, fin int // slice bounds
	numerique  bool
	constante  string
	donnee     string // "" for a constant or a filler
	blanc      bool
}

// The records, in the order of a file.
const (
	eFichier = iota
	eLot
	eFinLot
	eFinFichier
)

var nomsEnveloppe = [4]string{"000", "1", "6", "999"}

// donnees are the data that a layout may name, and the records that may hold
// each. A layout may also name libre:NAME, which the caller gives.
var donnees = map[string]string{
	"emetteur": "0169", "destinataire": "0169", "regime": "0169", "caisse": "0169", "date-fichier": "0169", "numero-fichier": "0169",
	"numero-lot": "16", "date-lot": "16", "finess": "16",
	"factures-lot": "6", "enregistrements-lot": "6", "amo-lot": "6", "oc-lot": "6", "depense-lot": "6",
	"lots": "9", "factures": "9", "enregistrements": "9", "amo": "9", "oc": "9", "depense": "9",
}

const (
	prefixeLibre = "libre:"
	motBlanc     = "blanc"
)

var colonnesEnveloppe = []string{"record", "colonne", "largeur", "genre", "valeur", "libelle"}

//go:embed reference.csv
var referenceCSV string

// Reference gives the envelope named reference: the smallest that carries the
// model. It is NOT official, and every file made with it says so.
var Reference = sync.OnceValue(func() *Enveloppe {
	e, err := LoadEnveloppe("reference", strings.NewReader(referenceCSV))
	if err != nil {
		panic(err) // the embedded layout is checked by the tests
	}
	return e
})

// LoadEnveloppe reads a layout: a CSV in UTF-8 whose first line names the
// columns record (000, 1, 6, 999), colonne, largeur, genre (N, digits behind
// zeros, or A, text before spaces), valeur and libelle. A valeur is =TEXT for
// a constant, blanc, the name of a datum (Donnees lists them), or libre:NAME.
//
// Each of the four records covers the columns 1 to 128 without hole or overlap
// and begins with its type; anything else is ErrLayoutIncomplete.
func LoadEnveloppe(nom string, r io.Reader) (*Enveloppe, error) {
	if r == nil {
		return nil, layoutIncomplet(0, "there is nothing to read from")
	}
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = len(colonnesEnveloppe)
	tete, err := cr.Read()
	if err != nil || !slices.Equal(tete, colonnesEnveloppe) {
		return nil, layoutIncomplet(1, "the first line must name the columns "+strings.Join(colonnesEnveloppe, ", "))
	}
	e := &Enveloppe{nom: nom}
	for {
		c, err := cr.Read()
		if err == io.EOF {
			if err := e.acheve(); err != nil {
				return nil, err
			}
			return e, nil
		}
		if err != nil {
			return nil, layoutIncomplet(0, "the layout is not a CSV of six columns")
		}
		ligne, _ := cr.FieldPos(0)
		i := slices.Index(nomsEnveloppe[:], c[0])
		if i < 0 {
			return nil, layoutIncomplet(ligne, "records are 000, 1, 6 and 999")
		}
		z, detail := lisZone(c, i)
		if detail != "" {
			return nil, layoutIncomplet(ligne, detail)
		}
		e.records[i] = append(e.records[i], z)
	}
}

// Donnees lists the data that a layout may name.
func Donnees() []string { return slices.Sorted(maps.Keys(donnees)) }

// Nom gives the name under which the layout was loaded.
func (e *Enveloppe) Nom() string { return e.nom }

func layoutIncomplet(ligne int, detail string) error {
	err := erreur("FID-LAYOUT", "enveloppe", detail, ErrLayoutIncomplete)
	err.Ligne = ligne
	return err
}

// lisZone reads a line of the layout, or says what is wrong with it.
func lisZone(c []string, record int) (zone, string) {
	colonne, err1 := strconv.Atoi(c[1])
	largeur, err2 := strconv.Atoi(c[2])
	if err1 != nil || err2 != nil || colonne < 1 || largeur < 1 || largeur > b2.Largeur || colonne+largeur > b2.Largeur+1 {
		return zone{}, "column or width out of the record"
	}
	z := zone{debut: colonne - 1, fin: colonne - 1 + largeur, numerique: c[3] == "N"}
	if c[3] != "N" && c[3] != "A" {
		return z, "genre is N or A"
	}
	constante, estConstante := strings.CutPrefix(c[4], "=")
	switch {
	case estConstante:
		z.constante = constante
		if len(constante) == 0 || len(constante) > largeur || !z.prend(constante) {
			return z, "a constant does not fit its zone"
		}
	case c[4] == motBlanc:
		z.blanc = true
	case strings.HasPrefix(c[4], prefixeLibre) && len(c[4]) > len(prefixeLibre):
		z.donnee = c[4]
	default:
		z.donnee = c[4]
		lettre := nomsEnveloppe[record][len(nomsEnveloppe[record])-1:]
		if ou, ok := donnees[c[4]]; !ok || !strings.Contains(ou, lettre) {
			return z, "unknown datum, or one that this record cannot know"
		}
	}
	return z, ""
}

// prend says that the zone can hold a text.
func (z *zone) prend(s string) bool {
	if z.numerique {
		return fixedwidth.Only(s, fixedwidth.Digit)
	}
	return fixedwidth.Only(s, fixedwidth.Text)
}

// acheve checks that the four records are whole.
func (e *Enveloppe) acheve() error {
	for i, zs := range e.records {
		spans := make([]fixedwidth.Span, len(zs))
		for j, z := range zs {
			spans[j] = fixedwidth.Span{Column: z.debut + 1, Width: z.fin - z.debut}
		}
		if len(zs) == 0 {
			return layoutIncomplet(0, "record "+nomsEnveloppe[i]+" is missing")
		}
		if err := fixedwidth.Cover(spans, b2.Largeur); err != nil {
			return layoutIncomplet(0, "record "+nomsEnveloppe[i]+": "+err.Error())
		}
		if zs[0].constante != nomsEnveloppe[i] || zs[0].fin != len(nomsEnveloppe[i]) {
			return layoutIncomplet(0, "record "+nomsEnveloppe[i]+" must begin with its type")
		}
	}
	return nil
}

// ecris makes the text of a record, or names the datum that is missing or does
// not fit.
func (e *Enveloppe) ecris(record int, valeurs func(donnee string) (string, bool)) (string, error) {
	b := make([]byte, b2.Largeur)
	for _, z := range e.records[record] {
		s, ok := z.constante, true
		if z.donnee != "" {
			s, ok = valeurs(z.donnee)
		}
		chemin := nomsEnveloppe[record] + "." + z.donnee
		switch {
		case !ok:
			return "", erreur("FID-DONNEE", chemin, "the layout wants a datum that was not given", nil)
		case !z.prend(s):
			return "", erreur("FID-DONNEE", chemin, "characters that the zone does not take", nil)
		case z.numerique && !z.blanc && !fixedwidth.PutRight(b[z.debut:z.fin], s, '0'),
			!(z.numerique && !z.blanc) && !fixedwidth.PutLeft(b[z.debut:z.fin], s, ' '):
			return "", erreur("FID-DONNEE", chemin, "the value does not fit the width of the zone", nil)
		}
	}
	return string(b), nil
}

// reconnait finds the record of a line, -1 when it is none of the four.
func (e *Enveloppe) reconnait(texte string) int {
	for _, i := range [...]int{eFichier, eFinFichier, eLot, eFinLot} {
		if strings.HasPrefix(texte, nomsEnveloppe[i]) {
			return i
		}
	}
	return -1
}
