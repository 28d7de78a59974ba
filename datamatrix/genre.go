package datamatrix

import (
	"github.com/simphonie/simphonie"
)

// Genre is what a code carries.
type Genre uint8

const (
	// GenreAMC is the attestation of a complementary insurer (AttestationAMC).
	GenreAMC Genre = iota + 1
	// GenreINS is the identity printed by a care provider (INS).
	GenreINS
	// Genre2DDoc is a signed document of the State's 2D-Doc scheme (Doc2D).
	Genre2DDoc
	// GenreGS1 is a drug, a device or another GS1 code (GS1).
	GenreGS1
	// GenreISO15434 is an industrial message envelope (ISO15434).
	GenreISO15434
	// GenreNIR is a bare number of the national register (Matricule).
	GenreNIR
	// GenreChiffres is digits of unknown meaning, postal marks among them (Chiffres).
	GenreChiffres
	// GenreURL is a web address (Opaque).
	GenreURL
	// GenreJSON is a JSON document (Opaque).
	GenreJSON
	// GenreInconnu is anything else (Opaque).
	GenreInconnu
)

var nomsGenre = [...]string{"", "amc", "ins", "2d-doc", "gs1", "iso15434", "nir", "chiffres", "url", "json", "inconnu"}

// String gives the text form: amc, ins, 2d-doc, gs1, iso15434, nir, chiffres,
// url, json or inconnu.
func (g Genre) String() string {
	if int(g) < len(nomsGenre) {
		return nomsGenre[g]
	}
	return nomsGenre[GenreInconnu]
}

// MarshalText gives the text form.
func (g Genre) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the text form.
func (g *Genre) UnmarshalText(b []byte) error {
	for i, n := range nomsGenre {
		if n == string(b) {
			*g = Genre(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "DM-GENRE", Chemin: "genre", Detail: "unknown kind", Err: simphonie.ErrSyntaxe}
}
