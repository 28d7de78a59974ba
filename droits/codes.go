package droits

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Lists of rights reuse the same digits with other meanings (6 is maternity
// as an exemption, rente AT as a modulation), so each list has a type of its
// own. Codes compare as numbers: "01" and "1" are the same.

// CodeETM is an exoneration of the ticket modérateur (RG_BS684).
type CodeETM string

// Known exonerations. 8, 9, 13 and 16 are all ALD; 17 and 18 are both soins
// particuliers exonérés; what tells them apart is not published.
const (
	ETMPensionMilitaire CodeETM = "1"
	ETMMaternite        CodeETM = "6"
	ETMALD8             CodeETM = "8"
	ETMALD9             CodeETM = "9"
	ETMALD13            CodeETM = "13"
	ETMInvalidite       CodeETM = "14"
	ETMALD16            CodeETM = "16"
	ETMSoins17          CodeETM = "17"
	ETMSoins18          CodeETM = "18"
)

// CodeMTM is a modulation of the ticket modérateur (RG_BS686).
type CodeMTM string

// Known modulations.
const (
	MTMRenteAT       CodeMTM = "6"
	MTMFrontalier    CodeMTM = "7"
	MTMASPA          CodeMTM = "8"
	MTMAlsaceMoselle CodeMTM = "9"
)

// CodeSituation is a special situation as CDRi codes it (RG_BS705, RG_BS721).
type CodeSituation string

// Known situations.
const (
	SituationC2SCaisse  CodeSituation = "1" // joint management, OC 99999997
	SituationC2SUnique  CodeSituation = "2" // joint management, OC 99999997
	SituationC2SSeparee CodeSituation = "3" // separate management, OC 88888888
	SituationAME        CodeSituation = "10"
)

// CodeContrat is a contrat particulier of the CPRPF (RG_BS634).
type CodeContrat string

// Known contracts: one of the four first, then any of the others; none of
// these beside 20.
const (
	ContratCP          CodeContrat = "18" // Caisse de prévoyance
	ContratDivers      CodeContrat = "19" // divers régimes de prévoyance
	ContratSubsistant  CodeContrat = "20"
	ContratCMAL        CodeContrat = "21"
	ContratActif       CodeContrat = "22"
	ContratNonActif    CodeContrat = "23"
	ContratHorsMedical CodeContrat = "24" // outside the medical zone
	ContratPupille     CodeContrat = "25" // under 21
)

// contrats is a set of contracts valid on a day, bit 0 for 18.
type contrats uint8

// sens gives the contract as a set of one.
func (c CodeContrat) sens() (contrats, bool) {
	s := sansZeros(string(c))
	if len(s) != 2 || s < string(ContratCP) || s > string(ContratPupille) || s[1] < '0' || s[1] > '9' {
		return 0, false
	}
	return 1 << ((s[0]-'1')*10 + s[1] - '8'), true
}

// un gives the bit of a known contract.
func (c CodeContrat) un() contrats { b, _ := c.sens(); return b }

// Known says that the code has a published meaning.
func (c CodeContrat) Known() bool { _, ok := c.sens(); return ok }

// GestionC2S is who manages a C2S.
type GestionC2S uint8

// Managements (RG_BS720); zero is unknown.
const (
	_                GestionC2S = iota
	GestionConjointe            // by the caisse, or by a body in single management
	GestionSeparee              // by a body in separate management
)

// Labels of typeCMU; readers until 2020 put the old beginning (RG_BS721).
var (
	debutsC2S = [...]string{"COMPLEMENTAIRE SANTE SOLIDAIRE gérée par ", "COUVERTURE COMPLEMENTAIRE CMU gérée par "}
	finsC2S   = map[string]GestionC2S{"votre caisse d'Assurance Maladie": GestionConjointe, "un organisme complémentaire": GestionSeparee}
)

// Gestion reads the label; false when it is not one of the four known.
func (c *C2SCarte) Gestion() (GestionC2S, bool) {
	if c == nil {
		return 0, false
	}
	for _, d := range debutsC2S {
		if fin, ok := strings.CutPrefix(c.Libelle, d); ok {
			g, connue := finsC2S[fin]
			return g, connue
		}
	}
	return 0, false
}

// libelleDetenu is what a card, or the CDR, shows for a detained person
// (RG_BS703, RG_BS712).
var libelleDetenu = simphonie.NewConfidentiel("TIERS PAYANT INTEGRAL SANS DEPASSEMENT SUR LES HONORAIRES, PRISE EN CHARGE A 100% PAR LE REGIME GENERAL")

// libelleDetenu says that the text of exemptions is the one of detained persons.
func (a *Acquisition) libelleDetenu() bool { return a.LibelleExo == libelleDetenu }

// Values by which supports mark a situation without a code of the lists above.
const (
	gestionDetenu = "65" // BGDH of a detained person
	gestionRSS    = "70" // BGDH of a permanent patient of a coordinated system
	chaAnnDetenu  = "0"  // CHA-ANN of a detained person
)

// SP is a special situation as the billing rules number it. Several may hold.
type SP uint16

// Special situations that the rules define.
const (
	SP03  SP = 1 << iota // C2S
	SP06                 // AME
	SP081                // patient of passage of a coordinated system (RSS)
	SP082                // permanent patient of a coordinated system (RSS)
	SP10                 // anonymous minor, IST screening
	SP17                 // detained person
)

var nomsSP = []struct {
	sp  SP
	nom string
}{{SP03, "SP03"}, {SP06, "SP06"}, {SP081, "SP08.1"}, {SP082, "SP08.2"}, {SP10, "SP10"}, {SP17, "SP17"}}

// Has says that the set holds one of the situations of t.
func (s SP) Has(t SP) bool { return s&t != 0 }

// Codes lists the situations of the set.
func (s SP) Codes() []string {
	var cs []string
	for _, n := range nomsSP {
		if s.Has(n.sp) {
			cs = append(cs, n.nom)
		}
	}
	return cs
}

// String joins the situations with +.
func (s SP) String() string { return strings.Join(s.Codes(), "+") }

// ParseSP reads one situation, as SP03 or SP08.1.
func ParseSP(texte string) (SP, bool) {
	for _, n := range nomsSP {
		if n.nom == texte {
			return n.sp, true
		}
	}
	return 0, false
}

// ensemble is a set of kinds of rights valid on a day.
type ensemble uint16

const (
	pensionMilitaire ensemble = 1 << iota
	maternite
	ald
	invalidite
	soinsParticuliers
	renteAT
	frontalier
	aspa
	alsaceMoselle
)

// codeMax is the width of the widest code; organismes and numbers of bodies
// hold in valeurMax, a number of the register does not.
const (
	codeMax   = 8
	valeurMax = 11
)

// lisible gives what a support sent in place of a code, for a message, unless
// it is too long to be one: it may then be anything, a number of the register included.
func lisible(s string, largeur int) string {
	if len(s) > largeur {
		return "(illisible)"
	}
	return s
}

// sansZeros gives the code without leading zeros.
func sansZeros(c string) string {
	if t := strings.TrimLeft(strings.TrimSpace(c), "0"); t != "" {
		return t
	}
	return "0"
}

func (c CodeETM) sens() (ensemble, bool) {
	switch CodeETM(sansZeros(string(c))) {
	case ETMPensionMilitaire:
		return pensionMilitaire, true
	case ETMMaternite:
		return maternite, true
	case ETMALD8, ETMALD9, ETMALD13, ETMALD16:
		return ald, true
	case ETMInvalidite:
		return invalidite, true
	case ETMSoins17, ETMSoins18:
		return soinsParticuliers, true
	}
	return 0, false
}

func (c CodeMTM) sens() (ensemble, bool) {
	switch CodeMTM(sansZeros(string(c))) {
	case MTMRenteAT:
		return renteAT, true
	case MTMFrontalier:
		return frontalier, true
	case MTMASPA:
		return aspa, true
	case MTMAlsaceMoselle:
		return alsaceMoselle, true
	}
	return 0, false
}

// Known says that the code has a published meaning.
func (c CodeETM) Known() bool { _, ok := c.sens(); return ok }

// Known says that the code has a published meaning.
func (c CodeMTM) Known() bool { _, ok := c.sens(); return ok }

// Known says that the code has a published meaning.
func (c CodeSituation) Known() bool {
	switch CodeSituation(sansZeros(string(c))) {
	case SituationC2SCaisse, SituationC2SUnique, SituationC2SSeparee, SituationAME:
		return true
	}
	return false
}
