package passerelle

import (
	"strings"

	"github.com/beevik/etree"
)

// Faute is a SOAP fault as the gateway writes it.
type Faute struct {
	Emetteur bool   // Sender; else Receiver
	SousCode string // local part of the subcode, as siram_40; "" = no subcode
	Code     string // detail code, as desir_1020; "" = no detail
	Severite string
	Raison   string
	Message  string // technical message of the detail
	// Refus says that the message breaks a rule, which Message names: the
	// journal tells it, and no scenario changes the answer.
	Refus bool
}

// Refus is the fault of the simulator itself: the message breaks a rule whose
// real answer is not public. The reason names the rule, never a value.
func Refus(code string, err error) *Faute {
	return &Faute{Emetteur: true, SousCode: "simulateur_" + code, Code: "simulateur_" + code, Severite: "erreur",
		Raison: "Message refuse par le simulateur", Message: err.Error(), Refus: true}
}

// duSimulateur says that the real gateway has no such fault.
func (f *Faute) duSimulateur() bool { return strings.HasPrefix(f.SousCode, "simulateur_") }

// Faults of the gateway whose codes are public. desir_560 is known without its
// subcode: it has none here.
var (
	fauteIndisponible = Faute{SousCode: "siram_40", Code: "desir_1020", Severite: "fatale",
		Raison: "Service temporairement indisponible", Message: "Le service appele est temporairement indisponible"}
	fauteTechnique = Faute{SousCode: "siram_40", Code: "insi_102", Severite: "fatal",
		Raison: "Erreur technique", Message: "Une erreur technique est survenue lors de la recherche par traits"}
	fauteLogiciel = Faute{Emetteur: true, SousCode: "siram_100", Code: "desir_550", Severite: "erreur",
		Raison: "Numero d'autorisation du logiciel inconnu", Message: "Le logiciel n'est pas autorise"}
	fauteNiveau = Faute{Emetteur: true, Code: "desir_560", Severite: "erreur",
		Raison: "Niveau d'acces insuffisant", Message: "Le niveau d'acces est insuffisant"}
)

// fauteSansEffet is the answer of a service that was not asked.
var fauteSansEffet = Faute{Raison: "Erreur technique"}

// FauteTechnique is siram_40/insi_102, which some test persons always get.
func FauteTechnique() *Faute { f := fauteTechnique; return &f }

// fautes are those that a scenario names; any other pair is made up from its codes.
var fautes = map[string]Faute{
	"siram_40/desir_1020": fauteIndisponible,
	"siram_40/insi_102":   fauteTechnique,
	"siram_100/desir_550": fauteLogiciel,
	"desir_560":           fauteNiveau,
}

// style is one of the ways in which prefixes and languages were seen written.
type style struct{ enveloppe, corps, sousCode, langue, saut string }

// styles are the values of the scenario argument, "S" being the usual one.
var styles = map[string]style{
	"":        {"S", "S", "S", "en", ""},
	"S":       {"S", "S", "S", "en", ""},
	"env":     {"env", "env", "env", "en", ""},
	"soap":    {"soap", "soap", "soap", "fr", ""},
	"melange": {"soap", "env", "soap", "fr", "\n  "},
	"croise":  {"soap", "S", "S", "fr", "\n"},
}

// nouvelle makes an empty envelope.
func (st style) nouvelle() (*etree.Document, *etree.Element) {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	env := doc.CreateElement(st.enveloppe + ":Envelope")
	for _, p := range []string{st.enveloppe, st.corps, st.sousCode} {
		env.CreateAttr("xmlns:"+p, espaceSOAP)
	}
	return doc, env
}

// ecrit writes the fault.
func (f *Faute) ecrit(st style, messageID string) []byte {
	doc, env := st.nouvelle()
	faute := env.CreateElement(st.corps + ":Body").CreateElement(st.corps + ":Fault")
	code := faute.CreateElement(st.corps + ":Code")
	valeur := "Receiver"
	if f.Emetteur {
		valeur = "Sender"
	}
	code.CreateElement(st.corps + ":Value").SetText(st.corps + ":" + valeur)
	if f.SousCode != "" {
		v := code.CreateElement(st.corps + ":Subcode").CreateElement(st.corps + ":Value")
		if f.duSimulateur() {
			v.CreateAttr("xmlns:sim", EspaceSimulateur)
			v.SetText("sim:" + f.SousCode)
		} else {
			v.SetText(st.sousCode + ":" + f.SousCode)
		}
	}
	raison := faute.CreateElement(st.corps + ":Reason").CreateElement(st.corps + ":Text")
	raison.CreateAttr("xml:lang", st.langue)
	raison.SetText(st.saut + f.Raison + st.saut)
	if f.Code != "" {
		e := faute.CreateElement(st.corps + ":Detail").CreateElement("siram:Erreur")
		e.CreateAttr("xmlns:siram", espaceSiram)
		e.CreateAttr("code", f.Code)
		e.CreateAttr("severite", f.Severite)
		if messageID != "" {
			e.CreateAttr("messageID", messageID)
		}
		e.SetText(f.Message)
	}
	b, _ := doc.WriteToBytes() // a document in memory has no write error
	return b
}
