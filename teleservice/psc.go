package teleservice

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/soap"
)

// ProSanteConnect authenticates an agent by an assertion that nobody signs,
// beside a session of Pro Santé Connect (e-CPS).
type ProSanteConnect struct {
	// Identifiant is the national identifier of the professional.
	Identifiant simphonie.Confidentiel
	Emetteur    string // Issuer of the assertion

	IdentifiantFacturation string
	CodeSpecialite         string
	SecteurActivite        string
	CodeProfession         string // gipProfessionCode, optional
	Noms                   NomsAttributs

	// Session joins the session to a request. How it travels is not public: the
	// editor's guide says it. Mandatory.
	Session func(*http.Request) error
}

// Etablissement says that an agent is needed.
func (p *ProSanteConnect) Etablissement() bool { return false }

// String names the strategy.
func (p *ProSanteConnect) String() string { return "Pro Santé Connect" }

func (p *ProSanteConnect) verifie(Environnement, time.Time) []error {
	var errs []error
	if p.Identifiant.IsZero() || p.Emetteur == "" || p.IdentifiantFacturation == "" || p.SecteurActivite == "" {
		errs = append(errs, erreurConfig("TSV-PSC", "Authentification", "Identifiant, Emetteur, IdentifiantFacturation and SecteurActivite are wanted"))
	}
	if p.Session == nil {
		errs = append(errs, erreurConfig("TSV-PSC", "Authentification.Session", "the session of the professional is missing"))
	}
	return errs
}

func (p *ProSanteConnect) preuve(_ context.Context, d demandePreuve) (preuve, error) {
	a, err := p.assertion(d).Encode()
	if err != nil {
		return preuve{}, err
	}
	return preuve{securite: soap.Securite(a), emetteur: p.Identifiant.Clair(), complete: p.Session}, nil
}

func (p *ProSanteConnect) clientTLS() *tls.Certificate { return nil }

func (p *ProSanteConnect) echeances() []Echeance { return nil }
