package cdri

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

// Etat is how far a line of a lot has come.
type Etat uint8

// States.
const (
	_ Etat = iota
	// Envoyee was written before the line left: the service may have seen it.
	Envoyee
	// Repondue has its answer, whatever the outcome. It is final.
	Repondue
	// Refusee was refused for good by the service, or its answer cannot be
	// read. It is final.
	Refusee
	// Reportee failed in a way that may pass: the next run asks again.
	Reportee
)

var nomsEtat = [...]string{"", "envoyee", "repondue", "refusee", "reportee"}

// String gives the text form.
func (e Etat) String() string {
	if int(e) < len(nomsEtat) {
		return nomsEtat[e]
	}
	return ""
}

// MarshalText gives the text form.
func (e Etat) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Etat) UnmarshalText(b []byte) error {
	for i, n := range nomsEtat {
		if i > 0 && n == string(b) {
			*e = Etat(i)
			return nil
		}
	}
	return erreur("CDRI-CARNET-VALEUR", "etat", "unknown state")
}

// Final says that the line is not asked again while it is fresh.
func (e Etat) Final() bool { return e == Repondue || e == Refusee }

// Inscription is what a Carnet keeps of a line at one step.
type Inscription struct {
	ID string `json:"id"` // of the line, the editor's own
	// Empreinte tells one request from another: a line whose request changed
	// is asked again.
	Empreinte string         `json:"empreinte"`
	Etat      Etat           `json:"etat"`
	Le        time.Time      `json:"le"`
	Code      simphonie.Code `json:"code,omitempty"` // of the error, when there is one
	Detail    string         `json:"detail,omitempty"`
	Reponse   *Reponse       `json:"reponse,omitempty"`
}

// Carnet keeps the steps of the lines of a lot, so that a run that was cut is
// resumed. It holds personal data. It is called by several goroutines.
type Carnet interface {
	// Derniere gives the last inscription of a line.
	Derniere(ctx context.Context, id string) (Inscription, bool, error)
	// Inscrit keeps inscriptions, all or none. They are durable when it returns.
	Inscrit(ctx context.Context, is ...Inscription) error
}

// CarnetMemoire is a Carnet that lives as long as the process: a lot that is
// cut with it starts again.
type CarnetMemoire struct{ dernieres dernieres }

// NewCarnetMemoire gives an empty one.
func NewCarnetMemoire() *CarnetMemoire { return &CarnetMemoire{} }

// Derniere gives the last inscription of a line.
func (c *CarnetMemoire) Derniere(_ context.Context, id string) (Inscription, bool, error) {
	i, ok := c.dernieres.de(id)
	return i, ok, nil
}

// Inscrit keeps inscriptions.
func (c *CarnetMemoire) Inscrit(_ context.Context, is ...Inscription) error {
	c.dernieres.retient(is)
	return nil
}

// dernieres holds the last inscription of each line.
type dernieres struct {
	mu sync.Mutex
	m  map[string]Inscription
}

func (d *dernieres) de(id string) (Inscription, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i, ok := d.m[id]
	return i, ok
}

func (d *dernieres) retient(is []Inscription) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.m == nil {
		d.m = map[string]Inscription{}
	}
	for _, i := range is {
		d.m[i.ID] = i
	}
}

// serialise writes an inscription whole. One that would not read back is
// refused: a service may have sent a text that looks like a mask.
func serialise(i *Inscription) ([]byte, error) {
	b, err := simphonie.MarshalEnClair(i)
	if err == nil {
		var relue Inscription
		err = json.Unmarshal(b, &relue)
	}
	if err != nil {
		return nil, enveloppe("CDRI-CARNET-VALEUR", "the answer holds a text that cannot be kept", err)
	}
	return b, nil
}
