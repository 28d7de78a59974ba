package annuaire

import (
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
)

// Codec reads the answer of the directory, whose form is not public. It is
// safe for concurrent use, and its errors repeat no value.
type Codec interface {
	Profil() Profil
	// DecodeReponse reads the child of the SOAP Body. An insurer that is not in
	// the directory is an answer without Entrees, not an error.
	DecodeReponse(*etree.Element) (*Reponse, error)
}

// Profil names a codec. What was stored by one is not read by another.
type Profil struct {
	Nom      string
	Version  string
	Officiel bool // false: not the schema of the directory
}

// String gives name and version.
func (p Profil) String() string { return p.Nom + "/" + p.Version }

// Reponse is what the directory says of one key and one service.
type Reponse struct {
	// Entrees are the routes that fit. Several are a choice for the agent.
	Entrees []Entree
}

// Operateur is who answers for an insurer: itself, or a platform that it
// shares with others.
type Operateur struct {
	Code string `json:"code"`
	Nom  string `json:"nom,omitempty"`
}

// Entree is one route.
type Entree struct {
	Operateur  Operateur         `json:"operateur"`
	Convention string            `json:"convention,omitempty"`
	CSR        string            `json:"csr,omitempty"`
	Domaine    simphonie.Domaine `json:"domaine,omitempty"`
	// Adresses are URLs, or mailboxes for DRE, in the order in which to try them.
	Adresses []string `json:"adresses,omitempty"`
	// Expire is when the entry stops being good; zero when it does not say.
	Expire time.Time `json:"expire,omitzero"`
}
