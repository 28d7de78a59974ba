package teleservice

import (
	"errors"

	"github.com/simphonie/simphonie"
)

// Panne is what an agent is told of a failure, in French. Every room of a
// teleservice has its own table of them.
type Panne struct {
	Code simphonie.Code `json:"code"`
	// Faute is the detail code of the fault, when the row is for that one only.
	Faute    string `json:"faute,omitempty"`
	Texte    string `json:"texte"`    // what happened
	Conduite string `json:"conduite"` // what to do
}

func (p Panne) dit(c simphonie.Code, faute string) bool {
	return p.Code == c && (p.Faute == "" || p.Faute == faute)
}

// PanneDe gives the row of an error in a table of Panne, or of a type that
// embeds it: that of the deepest cause that has one, and of its fault when there
// is a row for it. Of the rows that fit one cause, the last is given.
func PanneDe[P interface {
	dit(c simphonie.Code, faute string) bool
}](table []P, err error) (trouvee P, ok bool) {
	detail := ""
	if f, ok := errors.AsType[*Faute](err); ok {
		detail = f.DetailCode
	}
	for err != nil {
		e, estErreur := errors.AsType[*simphonie.Erreur](err)
		if !estErreur {
			break
		}
		for _, p := range table {
			if p.dit(e.Code, detail) {
				trouvee, ok = p, true
			}
		}
		err = e.Err
	}
	return trouvee, ok
}
