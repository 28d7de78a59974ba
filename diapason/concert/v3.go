package concert

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// V3 is how a cash desk speaks Concert V3.
type V3 struct {
	Version string // 0300, 0310 or 0320
	// Identifiant is the IPC number of the software, 12 digits, which the
	// Association du Paiement gives to its editor.
	Identifiant string
	// CRLF adds CR LF to the request, as one vendor wants over TCP.
	CRLF bool
}

const (
	euro         = "978"
	montantMaxV3 = 999_999_999_999
	refMaxV3     = 32 // one vendor returns no more of CF
)

var actionsV3 = map[Operation]string{Debit: "0", Credit: "1", Annulation: "2"}

func (v V3) verifie() error {
	if v.Version != "0300" && v.Version != "0310" && v.Version != "0320" {
		return erreur("TPE-CONFIG", "V3.Version", "0300, 0310 or 0320")
	}
	if !dictionnaire["CJ"].admet(v.Identifiant) {
		return erreur("TPE-CONFIG", "V3.Identifiant", "12 digits")
	}
	return nil
}

// entete begins a message: version, software, cash desk.
func (v V3) entete(caisse string) Message {
	var m Message
	m.Ajoute("CZ", v.Version)
	m.Ajoute("CJ", v.Identifiant)
	m.Ajoute("CA", caisse)
	return m
}

// demande writes an order.
func (v V3) demande(d *demande) (Message, error) {
	if err := d.verifie(montantMaxV3); err != nil {
		return Message{}, err
	}
	if d.Application != "" && applications[d.Application] == "" {
		return Message{}, erreur("TPE-ORDRE", "Application", "not a code of tag CC")
	}
	if d.Lecture > LectureManuelle {
		return Message{}, erreur("TPE-ORDRE", "Lecture", "unknown")
	}
	m := v.entete(d.caisse)
	m.Ajoute("CB", fmt.Sprintf("%02d", int64(d.Montant)))
	m.Ajoute("CD", actionsV3[d.operation])
	m.Ajoute("CE", euro)
	m.Ajoute("CF", d.Reference)
	m.Ajoute("CC", d.Application)
	drapeau := func(tag string, leve bool) {
		if leve {
			m.Ajoute(tag, "1")
		}
	}
	drapeau("BA", d.Immediat)
	drapeau("BB", d.Force)
	drapeau("BF", d.Partiel)
	if d.Lecture != LectureLibre {
		m.Ajoute("CI", strconv.Itoa(int(d.Lecture)))
	}
	m.Ajoute("BH", d.Telephone.Clair())
	m.Ajoute("BI", d.Courriel.Clair())
	if d.Ticket {
		m.Ajoute("CK", "100")
	}
	return m, nil
}

// octets writes a message as it leaves.
func (v V3) octets(m Message) ([]byte, error) {
	b, err := m.Encode()
	if err == nil && v.CRLF {
		b = append(b, "\r\n"...)
	}
	return b, err
}

// complete says that an answer holds what its judgement wants: the rest, if any,
// comes shortly. A segment may end between two items.
func complete(m Message) bool {
	for _, tag := range []string{"CA", "CB", "CD", "CE"} {
		if m.valeur("AE") == "10" && m.valeur(tag) == "" {
			return false
		}
	}
	return m.valeur("AE") != ""
}

var statutsV3 = map[string]Statut{"10": Fait, "01": NonFait, "11": PrisEnCompte}

// reponse reads the answer to an order. Echoes are compared on success only:
// a terminal may leave them out of a refusal.
func (v V3) reponse(d *demande, m Message) *Reponse {
	r := &Reponse{Statut: statutsV3[m.valeur("AE")], Motif: lisMotif(m.valeur("AF")),
		Validite: m.Valeur("AB"), Autorisation: m.Valeur("AC"), Contrat: m.Valeur("CG"), Application: m.Valeur("CC"), AID: m.Valeur("AI"),
		Prive: m.Valeur("CF"), Telephone: m.Valeur("AM"), Courriel: m.Valeur("AN")}
	r.PAN, _ = NewPAN(m.valeur("AA")) // a whole number is dropped
	r.Ticket = ticket(m)
	lisible := false
	r.Montant, lisible = lisMontant(m.valeur("CB"))
	if r.Statut == Fait {
		r.ecart("CA", m.valeur("CA") != d.caisse)
		r.ecart("CB", !lisible || r.Montant == 0)
		r.ecart("CD", m.valeur("CD") != actionsV3[d.operation])
		r.ecart("CE", m.valeur("CE") != euro)
	}
	r.ecart("CF", !r.Prive.IsZero() && r.Prive.Clair() != d.Reference)
	return r
}

// lisMontant reads cents, zero padded or not.
func lisMontant(s string) (simphonie.Montant, bool) {
	if s == "" || len(s) > dictionnaire["CB"].max || !tous(s, chiffres) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return simphonie.Montant(n), err == nil
}

// ticket gives the text of AK, alone or inside ZT. One that cannot be read is
// left out: it says nothing of the money.
func ticket(m Message) simphonie.Confidentiel {
	ak := m.valeur("AK")
	if g, err := DecodeMessage([]byte(m.valeur("ZT"))); err == nil && ak == "" {
		ak = g.valeur("AK")
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(ak, "="))
	if err != nil {
		return simphonie.Confidentiel{}
	}
	return simphonie.NewConfidentiel(string(b))
}

// liaisonV3 speaks V3 over a transport.
type liaisonV3 struct {
	V3
	nom        string
	transporte func(ctx context.Context, requete []byte, entier func(Message) bool) (Message, error)
}

func (l *liaisonV3) protocole() string { return l.nom + "/" + l.Version }

func (l *liaisonV3) verifie(d *demande) error {
	m, err := l.demande(d)
	if err == nil {
		_, err = l.octets(m)
	}
	if err == nil {
		err = verifieReference(d.Reference, refMaxV3)
	}
	return err
}

func (l *liaisonV3) echange(ctx context.Context, d *demande) (*Reponse, error) {
	m, err := l.demande(d)
	if err != nil {
		return nil, err
	}
	recu, err := l.message(ctx, m, complete)
	if err != nil {
		return nil, err
	}
	return l.reponse(d, recu), nil
}

func (l *liaisonV3) message(ctx context.Context, m Message, entier func(Message) bool) (Message, error) {
	b, err := l.octets(m)
	if err != nil {
		return Message{}, err
	}
	return l.transporte(ctx, b, entier)
}
