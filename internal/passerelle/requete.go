package passerelle

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// Requete is a call that passed every check of the gateway.
type Requete struct {
	Action           string
	MessageID        string
	Corps            *etree.Element // the only child of Body
	Contexte         *etree.Element // ContexteBAM
	Authentification Authentification
	Instant          time.Time

	nu *SansEntete
}

// Reponse is what a service answers: a body or a fault.
type Reponse struct {
	Corps *etree.Element
	Faute *Faute
}

// Service is one teleservice behind the gateway.
type Service struct {
	// Actions are its operations, by wsa:Action.
	Actions map[string]func(*Requete) Reponse
	// Identites tells the persons asked about, several in a batch, for scenarios
	// and counters; they are never printed. May be nil.
	Identites func(corps *etree.Element) []string
	// Groupes tells what wider targets of scenarios a message belongs to. May be nil.
	Groupes func(corps *etree.Element) []string
	// CNClients are the common names that its certificates of mutual TLS may
	// have; none = any.
	CNClients []string
}

var messageID = Motif(`uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// typeSOAP checks the Content-Type and gives its action.
func typeSOAP(entete string) (string, error) {
	t, p, err := mime.ParseMediaType(entete)
	switch {
	case err != nil:
		return "", regle("Content-Type does not parse")
	case t != "application/soap+xml":
		return "", regle("Content-Type is not application/soap+xml")
	case !strings.EqualFold(p["charset"], "utf-8"):
		return "", regle("Content-Type has no charset utf-8")
	case p["action"] == "":
		return "", regle("Content-Type has no action")
	}
	return p["action"], nil
}

// entetes are the header blocks of a message.
type entetes struct{ securite, lps, bam, messageID, action *etree.Element }

// bloc is one header block and where it goes.
type bloc struct {
	espace, nom string
	ou          **etree.Element
	facultatif  bool
}

// enveloppe splits a message into its header blocks and the child of its body.
func enveloppe(doc *etree.Document) (entetes, *etree.Element, error) {
	var h entetes
	env := doc.Root()
	if !est(env, espaceSOAP, "Envelope") {
		return h, nil, regle("the root is not a SOAP 1.2 Envelope")
	}
	parties := env.ChildElements()
	if len(parties) != 2 || !est(parties[0], espaceSOAP, "Header") || !est(parties[1], espaceSOAP, "Body") {
		return h, nil, regle("Envelope: Header then Body are wanted")
	}
	blocs := []bloc{
		{espaceWSSE, "Security", &h.securite, true}, {espaceCtxLPS, "ContexteLPS", &h.lps, false}, {espaceWSA, "MessageID", &h.messageID, false},
		{espaceWSA, "Action", &h.action, false}, {espaceCtxBAM, "ContexteBAM", &h.bam, false},
	}
	for _, e := range parties[0].ChildElements() {
		i := slices.IndexFunc(blocs, func(b bloc) bool { return est(e, b.espace, b.nom) })
		if i < 0 {
			return h, nil, regle("Header: a block that no schema names")
		}
		if *blocs[i].ou != nil {
			return h, nil, reglef("Header: %s stands twice", blocs[i].nom)
		}
		*blocs[i].ou = e
	}
	for _, b := range blocs {
		if *b.ou == nil && !b.facultatif {
			return h, nil, reglef("Header: %s is missing", b.nom)
		}
	}
	corps := parties[1].ChildElements()
	if len(corps) != 1 {
		return h, nil, regle("Body: one child is wanted")
	}
	return h, corps[0], nil
}

// examine runs every check of the gateway on a message, in the order in which
// a gateway can make them. The Requete holds what was learnt, even with a fault.
func (s *Serveur) examine(r *http.Request, corps []byte) (*Requete, *Service, *Faute) {
	q := &Requete{Instant: s.horloge(), nu: s.nu}
	if s.nu != nil {
		return s.examineNu(r, corps, q)
	}
	typ, err := typeSOAP(r.Header.Get("Content-Type"))
	if err != nil {
		return q, nil, Refus("http", err)
	}
	doc, err := lit(corps)
	if err != nil {
		return q, nil, Refus("xml", err)
	}
	h, charge, err := enveloppe(doc)
	if err != nil {
		return q, nil, Refus("soap", err)
	}
	q.Corps, q.Contexte = charge, h.bam
	id, err := texte(h.messageID)
	if err != nil || !messageID(id) {
		return q, nil, Refus("adressage", regle("MessageID: uuid: and a UUID are wanted"))
	}
	q.MessageID = id
	action, err := texte(h.action)
	if err != nil || action != typ {
		return q, nil, Refus("adressage", regle("Action: not that of the Content-Type"))
	}
	service := s.service(action)
	if service == nil {
		return q, nil, Refus("adressage", regle("Action: no such operation here"))
	}
	q.Action = action
	for _, c := range []struct {
		m      Modele
		el     *etree.Element
		espace string
	}{{ctxLPS, h.lps, espaceCtxLPS}, {ctxBAM, h.bam, espaceCtxBAM}} {
		if err := c.m.Verifie(c.el, c.espace); err != nil {
			return q, nil, Refus("contexte", err)
		}
	}
	if f := s.authentifie(r, q, h, service); f != nil {
		return q, nil, f
	}
	if !slices.Contains(s.logiciels, textes(h.lps, "LPS", "IDAM")) {
		f := fauteLogiciel
		return q, nil, &f
	}
	return q, service, nil
}

// textes follows a path of local names and gives the text at its end, or "".
func textes(el *etree.Element, chemin ...string) string {
	for _, nom := range chemin {
		i := slices.IndexFunc(el.ChildElements(), func(e *etree.Element) bool { return e.Tag == nom })
		if i < 0 {
			return ""
		}
		el = el.ChildElements()[i]
	}
	return el.Text()
}

// service finds who answers an action.
func (s *Serveur) service(action string) *Service {
	for i := range s.services {
		if _, ok := s.services[i].Actions[action]; ok {
			return &s.services[i]
		}
	}
	return nil
}

// authentifie checks who calls, by the means of the address that was called.
func (s *Serveur) authentifie(r *http.Request, q *Requete, h entetes, service *Service) *Faute {
	if mutuel(r) {
		c := r.TLS.PeerCertificates[0]
		q.Authentification = Authentification{Mode: TLSMutuel, Certificat: c}
		if h.securite != nil && len(h.securite.ChildElements()) > 0 {
			return Refus("securite", regle("Security: must be absent or empty with mutual TLS"))
		}
		if len(service.CNClients) > 0 && !slices.Contains(service.CNClients, c.Subject.CommonName) {
			f := fauteNiveau
			return &f
		}
		if ou := c.Subject.OrganizationalUnit; len(ou) > 0 {
			q.Authentification.Porteur = ou[0]
		}
	} else {
		if h.securite == nil {
			return Refus("securite", regle("Security is missing"))
		}
		a, err := s.assertions(h.securite)
		if err != nil {
			return Refus("assertion", err)
		}
		q.Authentification = a
	}
	if q.nu != nil {
		return nil
	}
	for _, ctx := range []*etree.Element{h.lps, h.bam} {
		e := textes(ctx, "Emetteur")
		if e != "" && q.Authentification.Mode != Structure && e != q.Authentification.Porteur {
			return Refus("contexte", fmt.Errorf("%s/Emetteur: not the holder who is authenticated", ctx.Tag))
		}
	}
	return nil
}
