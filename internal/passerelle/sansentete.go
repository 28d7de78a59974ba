package passerelle

import (
	"net/http"
	"strings"

	"github.com/beevik/etree"
)

// SansEntete makes a gateway that of a service whose messages are a body alone,
// as those of complementary insurers: no addressing, context nor assertion.
type SansEntete struct {
	Chemin string // the one path served; "" = Chemin
	// Refus writes the fault of a message that breaks a rule; nil = that of the simulator.
	Refus func(error) *Faute
	// Identifiant gives what a message calls itself, "" when it does not.
	Identifiant func(corps *etree.Element) string
	// Correle changes the message that an answer says it answers; "" takes it away.
	Correle func(reponse *etree.Element, identifiant string)
}

// chemin is the one path that the gateway serves.
func (s *Serveur) chemin() string {
	if s.nu != nil && s.nu.Chemin != "" {
		return s.nu.Chemin
	}
	return Chemin
}

// avecID is the MessageID that a fault repeats: an addressing of its own.
func (q *Requete) avecID() string {
	if q.nu != nil {
		return ""
	}
	return q.MessageID
}

// examineNu runs the checks on a message without header.
func (s *Serveur) examineNu(r *http.Request, corps []byte, q *Requete) (*Requete, *Service, *Faute) {
	refus := func(code string, err error) (*Requete, *Service, *Faute) {
		if s.nu.Refus != nil {
			f := s.nu.Refus(err)
			f.Refus = true
			return q, nil, f
		}
		return q, nil, Refus(code, err)
	}
	typ, err := typeSOAP(r.Header.Get("Content-Type"))
	if err != nil {
		return refus("http", err)
	}
	doc, err := lit(corps)
	if err != nil {
		return refus("xml", err)
	}
	env := doc.Root()
	if !est(env, espaceSOAP, "Envelope") {
		return refus("soap", regle("the root is not a SOAP 1.2 Envelope"))
	}
	parties := env.ChildElements()
	if len(parties) != 1 || !est(parties[0], espaceSOAP, "Body") {
		return refus("soap", regle("Envelope: Body alone is wanted"))
	}
	enfants := parties[0].ChildElements()
	if len(enfants) != 1 {
		return refus("soap", regle("Body: one child is wanted"))
	}
	q.Corps = enfants[0]
	q.MessageID = s.nu.Identifiant(q.Corps)
	service := s.service(typ)
	if service == nil {
		return refus("adressage", regle("Content-Type: no such action here"))
	}
	q.Action = typ
	if f := s.authentifie(r, q, entetes{}, service); f != nil {
		return q, nil, f
	}
	return q, service, nil
}

// ecrit writes an answer without header.
func (n *SansEntete) ecrit(doc *etree.Document, env *etree.Element, q *Requete, reponse *etree.Element, st style, relie string) *sortie {
	if relie != q.MessageID {
		n.Correle(reponse, strings.TrimPrefix(relie, "uuid:"))
	}
	env.CreateElement(st.corps + ":Body").AddChild(reponse)
	return sortieDe(doc)
}
