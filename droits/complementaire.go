package droits

import "github.com/simphonie/simphonie"

// ModeC2S is how the complementary part of a C2S is billed.
type ModeC2S string

// Modes of billing of a C2S.
const (
	C2SUnique     ModeC2S = "unique"     // both parts on the invoice of the caisse
	C2SEclatement ModeC2S = "eclatement" // the complementary part on an invoice of its own
)

// ReglageC2S is what the establishment chose for the C2S in separate
// management. It has no default.
type ReglageC2S struct {
	Mode ModeC2S
	// ParOC is for some bodies, by the canonical form of their number.
	ParOC map[simphonie.NumeroAMC]ModeC2S
}

// pour gives the choice for a body.
func (r ReglageC2S) pour(oc simphonie.NumeroAMC) ModeC2S {
	if m, ok := r.ParOC[simphonie.NumeroAMC(oc.Canonique())]; ok {
		return m
	}
	return r.Mode
}

// Complement is who pays the complementary part with the AMO: the C2S or the
// AME. The zero value is nobody.
type Complement struct {
	OC      simphonie.NumeroAMC
	Gestion GestionC2S // 0 for the AME
	Mode    ModeC2S    // empty for the AME and for nobody
	AME     bool

	Anomalies simphonie.Anomalies
	Trace     []Constat
}

// Completer decides who pays the complementary part and how it is billed
// (RG_BS720 to RG_BS722). A patient who refuses that the complementary body
// pays the hospital has none.
func Completer(c *Contexte, r ReglageC2S, refuse bool) Complement {
	var k Complement
	switch {
	case c == nil:
		k.Anomalies = simphonie.Anomalies{regAbsents.Anomalie("droits")}
	case c.AME():
		k.AME, k.OC = true, simphonie.OCAME
		k.Trace = []Constat{{&regComplementAME, []string{string(k.OC)}}}
	case c.C2S() && refuse:
		k.Trace = []Constat{{&regComplementRefus, nil}}
	case c.C2S():
		k.c2s(c, r)
	}
	return k
}

func (k *Complement) c2s(c *Contexte, r ReglageC2S) {
	k.OC, k.Gestion = c.OC, c.GestionC2S
	if k.Gestion == 0 || k.OC == "" {
		k.Anomalies = simphonie.Anomalies{regC2SSansOC.Anomalie("droits.oc")}
		return
	}
	k.Mode = C2SUnique
	if k.Gestion == GestionSeparee {
		k.Mode = r.pour(k.OC)
	}
	switch k.Mode {
	case C2SUnique:
		k.Trace = []Constat{{&regC2SUnique, []string{string(k.OC)}}}
	case C2SEclatement:
		k.Trace = []Constat{{&regC2SEclatement, []string{string(k.OC)}}}
	default:
		k.Mode = ""
		k.Anomalies = simphonie.Anomalies{regC2SMode.Anomalie("droits.oc", string(k.OC))}
	}
}

// ZonesOC is what an invoice says of its complementary body.
type ZonesOC struct {
	Eclatement bool                // zone 0295: F when true, blank otherwise
	Contrat    string              // zone 02117
	OC         simphonie.NumeroAMC // zone 02119, empty for blank
}

// Zones gives the zones once the amounts are known: part says that there is a
// complementary part, dentaire that there is a dental forfait of the C2S. The
// contract 89 and the split flow want one of them; the AME has the contract 00
// and always its number.
func (k *Complement) Zones(part, dentaire bool) ZonesOC {
	switch {
	case k == nil:
	case k.AME:
		return ZonesOC{Contrat: "00", OC: k.OC}
	case !part && !dentaire:
	case k.Mode == C2SEclatement:
		return ZonesOC{Eclatement: true, Contrat: "00"}
	case k.Mode == C2SUnique:
		return ZonesOC{Contrat: "89", OC: k.OC}
	}
	return ZonesOC{Contrat: "00"}
}

var (
	regComplementAME   = regle("DROITS-COMPLEMENT-AME", "RG_BS720, RG_VF650", 0, "AME : organisme {0}, tout en part complémentaire.")
	regComplementRefus = regle("DROITS-COMPLEMENT-REFUS", "RG_BS720", 0, "Le patient refuse le tiers payant de la complémentaire.")
	regC2SUnique       = regle("DROITS-C2S-UNIQUE", "RG_BS721, RG_BS722", 0, "C2S : facturation unique, organisme {0}.")
	regC2SEclatement   = regle("DROITS-C2S-ECLATEMENT", "RG_BS722", 0, "C2S en gestion séparée : éclatement à la source, organisme {0}.")
	regC2SMode         = regle("DROITS-C2S-MODE", "RG_BS722", simphonie.AVerifier,
		"C2S en gestion séparée (organisme {0}) : l'établissement n'a pas choisi entre facturation unique et éclatement.")
)
