package teleservice

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
)

// Environnement says whose data a call touches. Test and production are never
// mixed: roots, certificates and addresses are checked against it.
type Environnement uint8

// Environments. The zero value is none, and is refused.
const (
	_             Environnement = iota
	Production                  // real patients
	Qualification               // test platform of the Assurance Maladie
	Simulation                  // simulators of this SDK, or of the editor
)

var nomsEnvironnement = [...]string{"", "production", "qualification", "simulation"}

// String gives the text form.
func (e Environnement) String() string {
	if int(e) < len(nomsEnvironnement) {
		return nomsEnvironnement[e]
	}
	return "inconnu"
}

// MarshalText gives the text form.
func (e Environnement) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text form.
func (e *Environnement) UnmarshalText(b []byte) error {
	for i, n := range nomsEnvironnement {
		if i > 0 && n == string(b) {
			*e = Environnement(i)
			return nil
		}
	}
	return &simphonie.Erreur{Code: "TSV-ENVIRONNEMENT", Detail: "production, qualification or simulation is wanted", Err: simphonie.ErrSyntaxe}
}

// Hosts of the gateways, as public clients use them.
const (
	hoteProduction       = "services-ps.ameli.fr"
	hoteProductionTLSM   = "services-ps-tlsm.ameli.fr"
	hoteQualification    = "qualiflps.services-ps.ameli.fr"
	hoteQualificationTLS = "qualiflps-services-ps-tlsm.ameli.fr"
)

// hoteAnnuaireAMC is the directory of complementary insurers, in production;
// its path is not public.
const hoteAnnuaireAMC = "ws.annuaireamc.fr"

// PasserelleLPS gives the public address of the gateway for an environment and
// an authentication, or "" when none is public: simulators have their own, and
// that of structure assertions is not published.
func PasserelleLPS(e Environnement, a Authentification) string {
	_, mutuel := a.(*TLSMutuel)
	_, structure := a.(*AssertionStructure)
	switch {
	case a == nil || structure:
		return ""
	case e == Production && mutuel:
		return "https://" + hoteProductionTLSM + "/lps"
	case e == Production:
		return "https://" + hoteProduction + "/lps"
	case e == Qualification && mutuel:
		return "https://" + hoteQualificationTLS + ":443/lps"
	case e == Qualification:
		return "https://" + hoteQualification + "/lps"
	}
	return ""
}

// verifieURL refuses an address that is not https, holds credentials, or
// belongs to another environment.
func verifieURL(e Environnement, adresse string) error {
	u, err := url.Parse(adresse)
	switch {
	case adresse == "":
		return erreurConfig("TSV-CONFIG-URL", "URL", "the address of the service is missing and none is public for this authentication and environment")
	case err != nil || u.Hostname() == "" || u.Scheme != "https":
		return erreurConfig("TSV-CONFIG-URL", "URL", "an https address is wanted")
	case strings.ContainsFunc(u.Host, func(r rune) bool { return r >= utf8.RuneSelf }):
		// What such a name is on the network is decided elsewhere, after these checks.
		return erreurConfig("TSV-CONFIG-URL", "URL", "the name of the server is written in ASCII (xn-- for the others)")
	case u.User != nil:
		return erreurConfig("TSV-CONFIG-URL", "URL", "no credentials in an address")
	}
	hote := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	ameli := hote == "ameli.fr" || strings.HasSuffix(hote, ".ameli.fr")
	qualif := ameli && strings.HasPrefix(hote, "qualif")
	if e == Production && qualif || e == Qualification && ameli && !qualif || e == Simulation && ameli || e != Production && hote == hoteAnnuaireAMC {
		return erreurConfig("TSV-CONFIG-MELANGE", "URL", "the address belongs to another environment than "+e.String())
	}
	return nil
}
