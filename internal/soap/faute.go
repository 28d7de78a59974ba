package soap

import (
	"regexp"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Faute is a SOAP fault: the call failed, for a technical reason. The other
// side may echo anything in its texts, so they are masked; the codes are kept
// in clear when they look like codes.
type Faute struct {
	Code       string // local part: Sender or Receiver; Client or Server in SOAP 1.1
	SousCode   string // local part of the subcode, as siram_40
	DetailCode string // as desir_1020
	Severite   string // as received: fatale, and fatal too
	MessageID  string // the request that the fault answers, when it says so
	Raison     simphonie.Confidentiel
	Technique  simphonie.Confidentiel // text of the detail
}

// motifCode is what a code looks like: letters, then perhaps a short number.
// A longer number could be somebody's.
var motifCode = regexp.MustCompile(`^[A-Za-z][A-Za-z_.-]{0,30}[0-9]{0,6}$`)

var motifMessageID = regexp.MustCompile(`^(?:[A-Za-z]{1,8}:)*[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// codeSur keeps a text that looks like a code; another is replaced.
func codeSur(s string) string {
	switch s = strings.TrimSpace(s); {
	case s == "" || motifCode.MatchString(s):
		return s
	}
	return "illisible"
}

// faute reads a Fault element of either version, whatever its prefixes, and
// gives its detail too.
func faute(v Version, f *etree.Element) (*Faute, *etree.Element) {
	r := &Faute{}
	var detail *etree.Element
	if v == V11 {
		r.Code = codeSur(local(texteDe(f, "", "faultcode")))
		r.Raison = simphonie.NewConfidentiel(texteDe(f, "", "faultstring"))
		detail = premier(f, "", "detail")
	} else {
		if c := premier(f, Espace12, "Code"); c != nil {
			r.Code = codeSur(local(texteDe(c, Espace12, "Value")))
			if s := premier(c, Espace12, "Subcode"); s != nil {
				r.SousCode = codeSur(local(texteDe(s, Espace12, "Value")))
			}
		}
		if m := premier(f, Espace12, "Reason"); m != nil {
			r.Raison = simphonie.NewConfidentiel(texteDe(m, Espace12, "Text"))
		}
		detail = premier(f, Espace12, "Detail")
	}
	if e := erreurSiram(detail); e != nil {
		r.DetailCode = codeSur(attribut(e, "code"))
		r.Severite = codeSur(attribut(e, "severite"))
		if id := attribut(e, "messageID"); motifMessageID.MatchString(id) {
			r.MessageID = id
		}
		t, _ := xmlguard.Texte(e)
		r.Technique = simphonie.NewConfidentiel(strings.TrimSpace(t))
	}
	return r, detail
}

// erreurSiram finds the element Erreur of urn:siram anywhere in the detail.
func erreurSiram(e *etree.Element) *etree.Element {
	if e == nil {
		return nil
	}
	if e.Tag == "Erreur" && e.NamespaceURI() == espaceFaute {
		return e
	}
	for _, x := range e.ChildElements() {
		if t := erreurSiram(x); t != nil {
			return t
		}
	}
	return nil
}

// premier gives the first child of a name, nil without one: in a fault, what is
// odd elsewhere must not hide the codes.
func premier(e *etree.Element, espace, nom string) *etree.Element {
	if es := xmlguard.Enfants(e, espace, nom); len(es) > 0 {
		return es[0]
	}
	return nil
}

// texteDe gives the text of a child, spaces trimmed; "" without one.
func texteDe(e *etree.Element, espace, nom string) string {
	c := premier(e, espace, nom)
	if c == nil {
		return ""
	}
	t, err := xmlguard.Texte(c)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(t)
}

// attribut gives the value of an attribute without prefix.
func attribut(e *etree.Element, nom string) string {
	v, _ := xmlguard.Attribut(e, "", nom)
	return v
}

// local gives the local part of a qualified name.
func local(qname string) string {
	if i := strings.LastIndexByte(qname, ':'); i >= 0 {
		return qname[i+1:]
	}
	return qname
}
