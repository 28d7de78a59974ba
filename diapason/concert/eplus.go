package concert

import (
	"context"
	"fmt"
	"strings"

	"github.com/simphonie/simphonie"
)

// EPlus is how a cash desk speaks Concert E+.
type EPlus struct {
	// Rapport asks the long answer, with the report on the card: its truncated
	// number is kept if it is truncated, the rest is not.
	Rapport bool
	// Recopie says that the terminal returns the private field as it was sent:
	// an answer with another one is then not that of the order. Some terminals
	// return a number of their own.
	Recopie bool
}

const (
	montantMaxEPlus = 99_999_999
	refMaxEPlus     = 10
	courte, longue  = 25, 80 // lengths of an answer
	rapportEPlus    = 55
)

var actionsEPlus = map[Operation]byte{Debit: '0', Credit: '1', Annulation: '2'}

func (e EPlus) mode(d *demande) string {
	if d.Application == "" {
		return "1"
	}
	return d.Application
}

// demande writes the 34 bytes of an order.
func (e EPlus) demande(d *demande) ([]byte, error) {
	if err := d.verifie(montantMaxEPlus); err != nil {
		return nil, err
	}
	if modes[e.mode(d)] == "" {
		return nil, erreur("TPE-ORDRE", "Application", "not a mode of E+")
	}
	if d.Partiel || d.Lecture != LectureLibre || d.Ticket || !d.Telephone.IsZero() || !d.Courriel.IsZero() {
		return nil, erreur("TPE-ORDRE", "Options", "E+ has Application, Immediat and Force alone")
	}
	un := func(b bool) byte {
		if b {
			return '1'
		}
		return '0'
	}
	return fmt.Appendf(nil, "%s%08d%c%s%c%s%-10sA01%cB01%c", d.caisse, int64(d.Montant), un(e.Rapport), e.mode(d), actionsEPlus[d.operation], euro,
		d.Reference, un(d.Immediat), un(d.Force)), nil
}

// longueur is that of the answer, which is read by length: its LRC may equal
// any control byte.
func (e EPlus) longueur() int {
	if e.Rapport {
		return longue
	}
	return courte
}

// reponse reads the payload of an answer. Every echo is compared, on a refusal
// too: on a serial line the answer to an order before could be the one that
// comes.
func (e EPlus) reponse(d *demande, b []byte) (*Reponse, error) {
	if len(b) != e.longueur() {
		return nil, erreur("TPE-DECODE", "", "not of the length of an answer of E+")
	}
	caisse, statut, montant, mode, suite := string(b[:2]), b[2], string(b[3:11]), string(b[11:12]), b[12:]
	r := &Reponse{Application: simphonie.NewConfidentiel(mode)}
	if e.Rapport {
		numero, _, _ := strings.Cut(strings.TrimLeft(string(suite[:rapportEPlus]), " "), " ")
		r.PAN, _ = NewPAN(numero) // a whole number is dropped
		suite = suite[rapportEPlus:]
	}
	devise, prive := string(suite[:3]), strings.TrimSpace(string(suite[3:]))
	r.Prive = simphonie.NewConfidentiel(prive)
	switch {
	case statut == '7':
		r.Statut = NonFait
	case statut == '0' && d.Immediat:
		r.Statut = PrisEnCompte
	case statut == '0':
		r.Statut = Fait
	}
	lisible := false
	r.Montant, lisible = lisMontant(montant)
	r.ecart("caisse", caisse != d.caisse)
	r.ecart("montant", !lisible || r.Montant != d.Montant)
	r.ecart("mode", mode != e.mode(d))
	r.ecart("devise", devise != euro)
	r.ecart("privé", e.Recopie && prive != d.Reference)
	return r, nil
}

// liaisonEPlus speaks E+ over a serial line.
type liaisonEPlus struct {
	EPlus
	port Port
}

func (l *liaisonEPlus) protocole() string { return "concert-e+" }

func (l *liaisonEPlus) verifie(d *demande) error {
	if _, err := l.demande(d); err != nil {
		return err
	}
	return verifieReference(d.Reference, refMaxEPlus)
}

func (l *liaisonEPlus) echange(ctx context.Context, d *demande) (*Reponse, error) {
	b, err := l.demande(d)
	if err != nil {
		return nil, err
	}
	recu, err := dialogue(ctx, l.port, b, func(s *ligne, ctx context.Context) ([]byte, error) { return s.lit(ctx, l.longueur()) })
	if err != nil {
		return nil, err
	}
	r, err := l.reponse(d, recu)
	if err != nil {
		return nil, inconnu("TPE-REPONSE", "the answer cannot be read", err)
	}
	return r, nil
}
