package droits

import "slices"

// Support is where rights were read.
type Support string

// Supports. Those of paper are told apart as the nature of the proof does
// (RG_BS620 to RG_BS622).
const (
	SupportCDRi             Support = "cdri"
	SupportVitale           Support = "vitale"
	SupportCDR              Support = "cdr"               // rights shown by the online service of the caisse
	SupportAttestation      Support = "attestation"       // attestation of rights
	SupportAttestationC2S   Support = "attestation-c2s"   // of the C2S
	SupportAttestationAME   Support = "attestation-ame"   // admission to the AME, or its card
	SupportAutreAttestation Support = "autre-attestation" // pay slip and others
	SupportFeuilletAT       Support = "feuillet-at"       // accident form, letter of the caisse, declaration of the victim
	SupportPriseEnCharge    Support = "prise-en-charge"   // private clinics and thermal cures
	SupportSaisie           Support = "saisie"            // typed by an agent without a paper
)

var supports = []Support{SupportCDRi, SupportVitale, SupportCDR, SupportAttestation, SupportAttestationC2S, SupportAttestationAME,
	SupportAutreAttestation, SupportFeuilletAT, SupportPriseEnCharge, SupportSaisie}

// Supports lists the known supports.
func Supports() []Support { return slices.Clone(supports) }

// canal groups the supports that can feed the same data.
type canal uint8

const (
	canalVitale canal = iota
	canalCDRi
	canalCDR
	canalPapier // anything that an agent types
)

func (s Support) canal() canal {
	switch s {
	case SupportVitale:
		return canalVitale
	case SupportCDRi:
		return canalCDRi
	case SupportCDR:
		return canalCDR
	}
	return canalPapier
}

// papier says that the support is one that an agent types.
func (s Support) papier() bool { return slices.Contains(supports, s) && s.canal() == canalPapier }

// pieces gives the nature of the proof of the supports that have one of their
// own, whatever the establishment.
var pieces = map[Support]string{SupportVitale: "4", SupportCDR: "2", SupportAttestation: "2", SupportAttestationC2S: "1",
	SupportAttestationAME: "1", SupportAutreAttestation: "1", SupportFeuilletAT: "1", SupportSaisie: "0"}
