package datamatrix

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Object identifiers of the authorities that give a matricule INS.
const (
	OIDNIR  = "1.2.250.1.213.1.4.8"
	OIDNIA  = "1.2.250.1.213.1.4.9"
	OIDTest = "1.2.250.1.213.1.4.10" // identities of test
)

// INS is a qualified identity as printed by a care provider (ANS, format
// datamatrix v2.2). It is not signed.
type INS struct {
	Version string `json:"version"`
	// Reserve is the reserved part of the header when it is not all zeros.
	Reserve   string        `json:"reserve,omitempty"`
	Matricule simphonie.NIR `json:"matricule"`
	OID       string        `json:"oid"`
	// Prenoms are the birth given names, separated by spaces.
	Prenoms   simphonie.Confidentiel  `json:"prenoms"`
	Nom       simphonie.Confidentiel  `json:"nom"`  // birth family name
	Sexe      simphonie.Confidentiel  `json:"sexe"` // M or F
	Naissance simphonie.DateNaissance `json:"naissance"`
	// Lieu is the INSEE code of the birth place, or nothing.
	Lieu simphonie.Confidentiel `json:"lieu,omitzero"`
	// Autres holds blocks that the format does not define.
	Autres []BlocINS `json:"autres,omitempty"`
}

// BlocINS is a block of unknown meaning.
type BlocINS struct {
	Id     string                 `json:"id"`
	Valeur simphonie.Confidentiel `json:"valeur"`
}

// Test says that the identity is one of the test authority and designates nobody.
func (i INS) Test() bool { return i.OID == OIDTest }

// Genre is GenreINS.
func (INS) Genre() Genre { return GenreINS }

// Masque gives the header and the blocks present, masked.
func (i INS) Masque() string {
	var b strings.Builder
	b.WriteString(i.entete())
	for _, bl := range i.blocs() {
		if bl.valeur != "" {
			b.WriteString(bl.id + "***")
		}
	}
	return b.String()
}

// String gives the masked text.
func (i INS) String() string { return i.Masque() }

func (i INS) entete() string {
	reserve := i.Reserve
	if reserve == "" {
		reserve = reserveINS
	}
	return "IS" + i.Version + reserve
}

const reserveINS = "0000000000000000000000"

// formeINS is a block of the format.
type formeINS struct {
	id         string
	max        int
	fixe       bool
	facultatif bool
	admis      func(rune) bool
}

// formesINS lists the blocks S1 to S7.
var formesINS = [...]formeINS{
	{"S1", 15, true, false, alphanum},
	{"S2", 20, false, false, func(c rune) bool { return chiffre(c) || c == '.' }},
	{"S3", 100, false, false, traitINS},
	{"S4", 100, false, false, traitINS},
	{"S5", 1, true, false, majuscule},
	{"S6", 10, true, false, func(c rune) bool { return chiffre(c) || c == '-' }},
	{"S7", 5, true, true, alphanum},
}

func traitINS(c rune) bool { return majuscule(c) || c == ' ' || c == '-' || c == '\'' }

type blocINS struct {
	formeINS
	valeur string
}

func (i INS) blocs() []blocINS {
	valeurs := [...]string{i.Matricule.Clair(), i.OID, i.Prenoms.Clair(), i.Nom.Clair(), i.Sexe.Clair(), dateINS(i.Naissance), i.Lieu.Clair()}
	var bs []blocINS
	for k, v := range valeurs {
		bs = append(bs, blocINS{formesINS[k], v})
	}
	for _, a := range i.Autres {
		max := 0 // a block that the format defines has its own field
		if a.Id == "S0" || a.Id == "S8" || a.Id == "S9" {
			max = maxOctets
		}
		bs = append(bs, blocINS{formeINS{id: a.Id, max: max, admis: traitINS}, a.Valeur.Clair()})
	}
	return bs
}

// dateINS writes DD-MM-YYYY.
func dateINS(d simphonie.DateNaissance) string {
	if s := d.Clair(); len(s) == 10 {
		return s[8:] + s[4:8] + s[:4]
	}
	return ""
}

// EncodeText gives the text of the code, blocks in their order. A group
// separator closes a variable block that is shorter than its maximum and not
// the last.
func (i INS) EncodeText() (string, error) {
	if len(i.Version) != 2 || !tousTexte(i.Version, chiffre) {
		return "", refuse("INS.Version", "two digits are wanted")
	}
	if e := i.entete(); len(e) != longueurEnteteINS || !tousTexte(e, alphanum) {
		return "", refuse("INS.Reserve", "22 digits or capital letters are wanted")
	}
	var b strings.Builder
	b.WriteString(i.entete())
	ouvert := false
	vus := map[string]bool{}
	for _, bl := range i.blocs() {
		n := len(bl.valeur)
		switch {
		case n == 0 && bl.facultatif:
			continue
		case vus[bl.id]:
			return "", refuse("INS."+bl.id, "block present twice")
		case n == 0 || n > bl.max || bl.fixe && n != bl.max || !tousTexte(bl.valeur, bl.admis):
			return "", refuse("INS."+bl.id, "absent, too long or of another form")
		case strings.HasPrefix(bl.valeur, " ") || strings.HasSuffix(bl.valeur, " "):
			return "", refuse("INS."+bl.id, "a space begins or ends it")
		}
		vus[bl.id] = true
		if ouvert {
			b.WriteByte(gs)
		}
		b.WriteString(bl.id + bl.valeur)
		ouvert = !bl.fixe && n < bl.max
	}
	return b.String(), nil
}
