package concert

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
	// SansRecopie says that the terminal does not return the reference (CF), as
	// the protocol wants: a success without it is then taken for that of the
	// order. The late success of an order before, of the same amount, cannot be
	// told from it any more.
	SansRecopie bool
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
	if slices.Contains(preautorisations, d.Application) {
		return Message{}, erreur("TPE-ORDRE", "Application", "a pre-authorisation is not a payment")
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

// patience tells how long an answer may still grow: 0, until it holds what its
// judgement wants, as long as the call. A segment may end between two items.
func (v V3) patience(m Message) time.Duration {
	etat := m.valeur("AE")
	for _, tag := range []string{"CA", "CB", "CD", "CE"} {
		if etat == "10" && m.valeur(tag) == "" {
			return 0
		}
	}
	switch {
	case etat == "":
		return 0
	case etat == "10" && m.valeur("CF") == "" && !v.SansRecopie:
		return attenteOct
	}
	return repos
}

var statutsV3 = map[string]Statut{"10": Fait, "01": NonFait, "11": PrisEnCompte}

// reponse reads the answer to an order. A success repeats the order; a refusal
// may leave it out, and does not name another: it would set free an order that
// the terminal is about to make.
func (v V3) reponse(d *demande, m Message) *Reponse {
	r := &Reponse{Statut: statutsV3[m.valeur("AE")], Motif: lisMotif(m.valeur("AF")),
		Validite: sansNumero(m.valeur("AB")), Autorisation: sansNumero(m.valeur("AC")), Contrat: sansNumero(m.valeur("CG")), Application: sansNumero(m.valeur("CC")),
		AID: sansNumero(m.valeur("AI")), Prive: sansNumero(m.valeur("CF")), Telephone: m.Valeur("AM"), Courriel: m.Valeur("AN")}
	r.PAN, _ = NewPAN(m.valeur("AA")) // a whole number is dropped
	r.Ticket = ticket(m)
	lisible := false
	r.Montant, lisible = lisMontant(m.valeur("CB"))
	echo := func(tag, voulu string, peutManquer bool) {
		dit := strings.TrimSpace(m.valeur(tag))
		r.ecart(tag, dit != voulu && !(dit == "" && (peutManquer || r.Statut != Fait)))
	}
	echo("CA", d.caisse, false)
	if r.Statut == Fait {
		r.ecart("CB", !lisible || r.Montant == 0)
	} else {
		r.ecart("CB", r.Montant != 0 && r.Montant != d.Montant)
	}
	r.ecart("CC", r.Statut == Fait && slices.Contains(preautorisations, m.valeur("CC")))
	echo("CD", actionsV3[d.operation], false)
	echo("CE", euro, false)
	echo("CF", d.Reference, v.SansRecopie)
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
	transporte func(ctx context.Context, requete []byte, patience func(Message) time.Duration) (Message, error)
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
	recu, err := l.message(ctx, m, l.patience)
	if err != nil {
		return nil, err
	}
	return l.reponse(d, recu), nil
}

func (l *liaisonV3) message(ctx context.Context, m Message, patience func(Message) time.Duration) (Message, error) {
	b, err := l.octets(m)
	if err != nil {
		return Message{}, err
	}
	return l.transporte(ctx, b, patience)
}
