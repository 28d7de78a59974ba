package annuaire

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// Service is what an insurer offers and the directory gives the addresses of.
// It is the SDK's own name, not a code of the directory.
type Service string

// Services of an insurer.
const (
	IDB        Service = "IDB" // identification of the rights
	SIM        Service = "SIM" // simulation
	CLC        Service = "CLC" // calculation of the insurer's share
	Annulation Service = "ANNULATION"
	DRE        Service = "DRE" // mailbox of the electronic claims
)

var services = []Service{IDB, SIM, CLC, Annulation, DRE}

// Parametres are the settings of the request. What is not public has no default.
type Parametres struct {
	// Editeur is the name of the software's editor. Authorisation number and
	// version are those of the channel.
	Editeur string
	// Date writes date_demande, whose form is not public.
	Date func(time.Time) string
	// Largeur pads the AMC number with zeros; 0 sends it as it was read.
	Largeur int
	// Action is the SOAPAction; the public request has none.
	Action   string
	Services map[Service]ParametresService
}

// ParametresService is how a request names a service. For DRE the norm (DRE),
// its version (V1.0) and the address type (MEL) are public and may be left out.
type ParametresService struct {
	Code    string // code_service
	Norme   string // code_norme_service
	Version string // version_norme_service
	Types   []string
}

// complete fills what is public.
func (p *Parametres) complete() {
	p.Services = maps.Clone(p.Services)
	if d, ok := p.Services[DRE]; ok {
		d.Norme, d.Version = cmp.Or(d.Norme, "DRE"), cmp.Or(d.Version, "V1.0")
		if len(d.Types) == 0 {
			d.Types = []string{"MEL"}
		}
		p.Services[DRE] = d
	}
}

// verifie lists every setting that is missing.
func (p *Parametres) verifie() error {
	var errs []error
	exige := func(present bool, chemin string) {
		if !present {
			errs = append(errs, manque("Parametres."+chemin))
		}
	}
	exige(strings.TrimSpace(p.Editeur) != "", "Editeur")
	exige(p.Date != nil, "Date")
	exige(len(p.Services) > 0, "Services")
	if p.Largeur < 0 || p.Largeur > 10 {
		errs = append(errs, refus("ANN-CONFIG", "Parametres.Largeur", "a width of 0 to 10 is wanted"))
	}
	for _, s := range slices.Sorted(maps.Keys(p.Services)) {
		d, chemin := p.Services[s], "Services["+strconv.Quote(string(s))+"]."
		exige(d.Code != "", chemin+"Code")
		exige(d.Norme != "", chemin+"Norme")
		exige(d.Version != "", chemin+"Version")
		exige(len(d.Types) > 0 && !slices.Contains(d.Types, ""), chemin+"Types")
	}
	return errors.Join(errs...)
}

// numero writes an AMC number. One that is longer than the width keeps its
// digits, less the zeros in front.
func (p *Parametres) numero(n simphonie.NumeroAMC) string {
	if p.Largeur == 0 {
		return string(n)
	}
	c := n.Canonique()
	return strings.Repeat("0", max(0, p.Largeur-len(c))) + c
}
