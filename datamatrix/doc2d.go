package datamatrix

import (
	"encoding/base32"
	"maps"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// Doc2D is a document of the 2D-Doc scheme (ANTS), versions 1 to 4. Only its
// signature says that it is genuine: look at Etat.
type Doc2D struct {
	Version string `json:"version"` // 01 to 04
	// CA and Certificat name who signed.
	CA         string `json:"ca"`
	Certificat string `json:"certificat"`
	// Emission and Signe are the dates of the document and of its signature;
	// the zero date is none.
	Emission simphonie.Jour `json:"emission,omitzero"`
	Signe    simphonie.Jour `json:"signe,omitzero"`
	Type     string         `json:"type"`
	// Perimetre exists from version 3, Pays in version 4.
	Perimetre string    `json:"perimetre,omitempty"`
	Pays      string    `json:"pays,omitempty"`
	Champs    []Champ2D `json:"champs,omitempty"`
	// Signature holds the raw octets of the signature, r then s.
	Signature simphonie.Confidentiel `json:"-"`
	Etat      EtatSignature          `json:"etat"`
	// Binaire says that the document is in the binary form of version 4, which
	// is kept whole in the Lecture and not split.
	Binaire bool `json:"binaire,omitempty"`
}

// Champ2D is a field of a 2D-Doc.
type Champ2D struct {
	Id     string                 `json:"id"`
	Valeur simphonie.Confidentiel `json:"valeur"`
	// Tronque says that the issuer cut the value.
	Tronque bool `json:"tronque,omitempty"`
	// Separe says that a separator closes the value.
	Separe bool `json:"separe,omitempty"`
}

// TableChamps2D gives the fixed length of the fields that have one and 0 for
// the known fields of variable length. Fields absent from the table are read
// up to a separator, with a warning.
type TableChamps2D map[string]int

// Champs2DUsuels gives the fields of the documents that come to a desk: proofs
// of address, tax notices, identity documents, health certificates. The
// lengths are deduced from published documents; an editor who holds the
// specification of a later version gives its own table.
func Champs2DUsuels() TableChamps2D { return maps.Clone(champs2D) }

var champs2D = func() TableChamps2D {
	t := TableChamps2D{
		"24": 5, "26": 2, "44": 13, "45": 4, "47": 13, "49": 13, "4A": 8,
		"65": 2, "67": 2, "68": 1, "69": 8, "6C": 2,
		"F2": 8, "F3": 1, "F5": 1, "F6": 12, "L2": 8, "L7": 1, "L8": 1, "L9": 8, "LA": 2,
	}
	for _, id := range strings.Fields("10 11 12 13 18 20 21 22 23 25 41 43 46 48 60 61 62 63 64 66 6A F0 F1 F4 L0 L1 L3 L4 L5 L6") {
		t[id] = 0
	}
	return t
}()

// Genre is Genre2DDoc.
func (Doc2D) Genre() Genre { return Genre2DDoc }

// Masque gives the header and the fields present, masked.
func (d Doc2D) Masque() string {
	var b strings.Builder
	b.WriteString(d.entete())
	for _, c := range d.Champs {
		b.WriteString(c.Id + "***")
	}
	return b.String()
}

// String gives the masked text.
func (d Doc2D) String() string { return d.Masque() }

// Champ gives the value of a field, or nothing.
func (d Doc2D) Champ(id string) simphonie.Confidentiel {
	for _, c := range d.Champs {
		if c.Id == id {
			return c.Valeur
		}
	}
	return simphonie.Confidentiel{}
}

func (d Doc2D) entete() string {
	return "DC" + d.Version + d.CA + d.Certificat + date2D(d.Emission) + date2D(d.Signe) + d.Type + d.Perimetre + d.Pays
}

// origine2D is day 0 of the header's dates.
var origine2D = func() simphonie.Jour {
	j, _ := simphonie.NewJour(2000, time.January, 1)
	return j
}()

func date2D(j simphonie.Jour) string {
	if j.IsZero() {
		return "FFFF"
	}
	const hexa = "0123456789ABCDEF"
	n := j.DaysSince(origine2D)
	return string([]byte{hexa[n>>12&15], hexa[n>>8&15], hexa[n>>4&15], hexa[n&15]})
}

// base32Doc2D is the alphabet of the signature, without padding.
var base32Doc2D = base32.StdEncoding.WithPadding(base32.NoPadding)

// EncodeText gives the text of the code, for tests and demonstrations: this
// package signs nothing, it writes the signature that the value holds.
func (d Doc2D) EncodeText() (string, error) {
	longueurs := [...]struct {
		champ, v string
		n        int
	}{
		{"Version", d.Version, 2}, {"CA", d.CA, 4}, {"Certificat", d.Certificat, 4}, {"Type", d.Type, 2},
		{"Perimetre", d.Perimetre, 2 * btoi(d.Version >= "03")}, {"Pays", d.Pays, 2 * btoi(d.Version >= "04")},
	}
	for _, l := range longueurs {
		if len(l.v) != l.n || !tousTexte(l.v, alphanum) {
			return "", refuse("Doc2D."+l.champ, "capital letters and digits of the header's width are wanted")
		}
	}
	if d.Version < "01" || d.Version > "04" {
		return "", refuse("Doc2D.Version", "01 to 04 is wanted")
	}
	for _, j := range []simphonie.Jour{d.Emission, d.Signe} {
		if n := j.DaysSince(origine2D); !j.IsZero() && (n < 0 || n >= 0xFFFF) {
			return "", refuse("Doc2D.Emission", "a date of 2000 to 2179 is wanted")
		}
	}
	var b strings.Builder
	b.WriteString(d.entete())
	for i, c := range d.Champs {
		fixe := champs2D[c.Id]
		v := c.Valeur.Clair()
		switch {
		case len(c.Id) != 2 || !tousTexte(c.Id, alphanum) || !tousTexte(v, imprimable):
			return "", refuse("Doc2D.Champs", "an identifier of two characters and a printable value are wanted")
		case fixe > 0 && c.Separe != c.Tronque:
			return "", refuse("Doc2D.Champs", "a field of fixed length has no separator unless it is truncated")
		case fixe > 0 && (len(v) > fixe || len(v) < fixe && !c.Tronque):
			return "", refuse("Doc2D.Champs", "a field of fixed length is not of its length")
		case fixe == 0 && !c.Separe && i+1 < len(d.Champs):
			return "", refuse("Doc2D.Champs", "a field of variable length that is not the last wants its separator")
		case c.Tronque && !c.Separe:
			return "", refuse("Doc2D.Champs", "a truncated field wants its separator")
		case strings.HasSuffix(v, " ") && !c.Separe && i+1 == len(d.Champs) && d.Signature.Clair() == "":
			return "", refuse("Doc2D.Champs", "a space that ends a text without signature is lost in reading")
		}
		b.WriteString(c.Id + v)
		if c.Tronque {
			b.WriteByte(rs)
		} else if c.Separe {
			b.WriteByte(gs)
		}
	}
	if s := d.Signature.Clair(); s != "" {
		b.WriteByte(us)
		b.WriteString(base32Doc2D.EncodeToString([]byte(s)))
	}
	return b.String(), nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
