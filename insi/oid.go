package insi

import "regexp"

// OID is the authority that gave a matricule, as an object identifier. The
// list is open: Known says whether the SDK knows it.
//
// It does not tell test from production: the platform of qualification gives
// fictitious people the OID of real ones. Individu.Environnement does.
type OID string

// Authorities, as the French core profiles of HL7 list them.
const (
	OIDNIR  OID = "1.2.250.1.213.1.4.8"
	OIDNIA  OID = "1.2.250.1.213.1.4.9"
	OIDTest OID = "1.2.250.1.213.1.4.10" // matricules of test
	OIDDemo OID = "1.2.250.1.213.1.4.11" // matricules of demonstration
	OIDINSC OID = "1.2.250.1.213.1.4.2"  // computed INS, historic
)

var autorites = map[OID]string{
	OIDNIR: "INS-NIR", OIDNIA: "INS-NIA", OIDTest: "INS-NIR test", OIDDemo: "INS-NIR démonstration", OIDINSC: "INS-C",
}

// Known says that the authority is one of the list above.
func (o OID) Known() bool { return autorites[o] != "" }

// Libelle names the authority for an agent, "" when it is unknown.
func (o OID) Libelle() string { return autorites[o] }

// Fictif says that a matricule of this authority is nobody's.
func (o OID) Fictif() bool { return o == OIDTest || o == OIDDemo }

// formeOID is three arcs at least, short enough not to be somebody's number.
var formeOID = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,9}){2,20}$`)
