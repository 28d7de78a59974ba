package b2

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

var colonnesTable = []string{"type", "zone", "colonne", "largeur", "genre", "presence", "vide", "valeurs",
	"ecrit", "tolere", "format", "personnel", "origine", "libelle", "regle", "remarque"}

var formats = []string{"", "date", "naissance", "accident", "organisme", "acte", "appareil", "nir", "finess"}

// LoadTable reads a table of layouts: a CSV in UTF-8 whose first line names
// the columns type, zone, colonne, largeur, genre, presence, vide, valeurs,
// ecrit, tolere, format, personnel, origine, libelle, regle, remarque.
//
// The table is checked whole: each record covers the columns 1 to 128 without
// hole or overlap, each zone is named after its record and column, each value
// fits its zone, and the fourteen records of Types hold the zones of their
// views. It may describe other records, and close or open lists of values.
func LoadTable(r io.Reader) (*Table, error) { return charge(r, TableFIDES()) }

// charge reads a table whose views must find what the reference has.
func charge(r io.Reader, reference *Table) (*Table, error) {
	if r == nil {
		return nil, erreurTable(0, "there is nothing to read from", nil)
	}
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = len(colonnesTable)
	tete, err := cr.Read()
	if err != nil || !slices.Equal(tete, colonnesTable) {
		return nil, erreurTable(1, "the first line must name the columns "+strings.Join(colonnesTable, ", "), err)
	}
	t := &Table{}
	for {
		c, err := cr.Read()
		if err == io.EOF {
			if err := t.acheve(reference); err != nil {
				return nil, err
			}
			return t, nil
		}
		if err != nil {
			return nil, erreurTable(0, "", err) // the error of csv has its own place
		}
		ligne, _ := cr.FieldPos(0)
		z, err := lisZone(c)
		if err != nil {
			return nil, erreurTable(ligne, "", err)
		}
		n := len(t.layouts)
		switch {
		case n > 0 && t.layouts[n-1].typ == z.Type:
			t.layouts[n-1].zones = append(t.layouts[n-1].zones, z)
		case t.layout(z.Type) != nil:
			return nil, erreurTable(ligne, "the zones of a record must follow each other", nil)
		default:
			t.layouts = append(t.layouts, &layout{typ: z.Type, zones: []Zone{z}})
		}
	}
}

func erreurTable(ligne int, detail string, err error) error {
	return &simphonie.Erreur{Code: tableInvalide.Code, Ligne: ligne, Detail: detail, Err: err}
}

// lisZone reads a line of the table and checks it alone.
func lisZone(c []string) (Zone, error) {
	z := Zone{Type: Type(c[0]), ID: c[1], Genre: c[4], Presence: c[5], Vide: c[6] == "oui", Ecrit: c[8], Tolere: c[9],
		Format: c[10], Personnel: c[11] == "oui", Origine: c[12], Libelle: c[13], Regle: c[14], Remarque: c[15]}
	var err1, err2 error
	z.Colonne, err1 = strconv.Atoi(c[2])
	z.Largeur, err2 = strconv.Atoi(c[3])
	if err1 != nil || err2 != nil || z.Colonne < 1 || z.Largeur < 1 || z.Colonne+z.Largeur > Largeur+1 {
		return z, fmt.Errorf("zone %s: column or width out of the record", z.ID)
	}
	z.debut, z.fin = z.Colonne-1, z.Colonne-1+z.Largeur
	if want := fmt.Sprintf("%02s%02d", string(z.Type), z.Colonne); z.Type == "" || z.ID != want {
		return z, fmt.Errorf("zone %s: its name should be %s", z.ID, want)
	}
	switch {
	case z.Presence != "O" && z.Presence != "F":
		return z, fmt.Errorf("zone %s: presence is O or F", z.ID)
	case c[6] != "" && c[6] != "oui", c[11] != "" && c[11] != "oui":
		return z, fmt.Errorf("zone %s: vide and personnel are oui or empty", z.ID)
	case !slices.Contains([]string{"", "blanc", "zero"}, z.Tolere):
		return z, fmt.Errorf("zone %s: tolere is blanc, zero or empty", z.ID)
	case !slices.Contains(formats, z.Format):
		return z, fmt.Errorf("zone %s: unknown format", z.ID)
	case z.Format == "date" && z.Largeur != 6, z.Format == "nir" && z.Largeur != 13:
		return z, fmt.Errorf("zone %s: its format has another width", z.ID)
	}
	if err := z.lisGenre(); err != nil {
		return z, err
	}
	if z.Format == "date" && (z.Genre != "N" || z.Tolere != "") {
		return z, fmt.Errorf("zone %s: a date is of kind N, and has one unset form", z.ID)
	}
	if err := z.lisValeurs(c[7]); err != nil {
		return z, err
	}
	z.choisit()
	return z, nil
}

// lisGenre reads N, A, A4+1 or N5+2.
func (z *Zone) lisGenre() error {
	g := z.Genre
	if g == "" || g[0] != 'N' && g[0] != 'A' {
		return fmt.Errorf("zone %s: kind is N or A", z.ID)
	}
	z.numerique = g[0] == 'N'
	if len(g) == 1 {
		return nil
	}
	avant, apres, ok := strings.Cut(g[1:], "+")
	a, err1 := strconv.Atoi(avant)
	b, err2 := strconv.Atoi(apres)
	if !ok || err1 != nil || err2 != nil || a < 0 || b < 0 || a+b != z.Largeur {
		return fmt.Errorf("zone %s: kind %s does not fill %d columns", z.ID, g, z.Largeur)
	}
	if z.numerique {
		z.decimales = b
	}
	return nil
}

// lisValeurs reads the list of values and settles the unset form.
func (z *Zone) lisValeurs(liste string) error {
	switch {
	case z.Ecrit == "blanc" || z.Ecrit == "" && !z.numerique:
		z.vide = strings.Repeat(" ", z.Largeur)
	case z.Ecrit == "" || z.Ecrit == "zero":
		z.vide = strings.Repeat("0", z.Largeur)
	default:
		z.vide = z.Ecrit
	}
	if len(z.vide) != z.Largeur || !fixedwidth.Only(z.vide, z.masque()|fixedwidth.Space) {
		return fmt.Errorf("zone %s: ecrit does not fill the zone", z.ID)
	}
	if liste == "" {
		return nil
	}
	if de, a, ok := strings.Cut(liste, ".."); ok {
		n, err := strconv.Atoi(a)
		if err != nil || de != "01" || len(a) != z.Largeur || n < 1 {
			return fmt.Errorf("zone %s: a range is 01..nn", z.ID)
		}
		z.plage = n
		for i := range n {
			z.Valeurs = append(z.Valeurs, fmt.Sprintf("%0*d", z.Largeur, i+1))
		}
		return nil
	}
	z.Valeurs = strings.Split(liste, "|")
	for _, v := range z.Valeurs {
		if v == "BLANC" && len(z.Valeurs) == 1 {
			z.vide, z.constante = strings.Repeat(" ", z.Largeur), true
			return nil
		}
		if len(v) != z.Largeur || !fixedwidth.Only(v, z.masque()&fixedwidth.Alnum) {
			return fmt.Errorf("zone %s: value %q does not fill the zone", z.ID, v)
		}
	}
	// A single value is a constant when the zone may not be unset, or when it
	// is the unset form itself.
	if len(z.Valeurs) == 1 && (z.obligatoire() || z.Valeurs[0] == z.vide) {
		z.vide, z.constante = z.Valeurs[0], true
	}
	return nil
}
