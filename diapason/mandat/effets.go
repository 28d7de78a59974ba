package mandat

import "github.com/simphonie/simphonie"

// Genre is the kind of an effect.
type Genre uint8

// Effects.
const (
	_                   Genre = iota
	Notifier                  // tell the patient of the amount and the due date
	Soumettre                 // send the order of debit, once
	Interroger                // ask the platform what became of an order
	Rembourser                // send the order of refund, once
	Annuler                   // close the agreement at the platform
	OublierAlias              // erase what is kept of the card elsewhere; the mandate has erased its own
	ProposerAlternative       // propose another means of payment
)

var nomsGenre = []string{"", "notifier", "soumettre", "interroger", "rembourser", "annuler", "oublier-alias", "proposer-alternative"}

// String gives the text form.
func (g Genre) String() string { return nomDe(nomsGenre, uint8(g)) }

// Effet is something to do after an event: a value, comparable.
type Effet struct {
	Genre Genre
	// Reference names the order or the notice; Rang and Remboursement are the
	// ranks behind it, from 1.
	Reference     string
	Rang          int
	Remboursement int
	// Numero is that of the notice, or of the sending of the order.
	Numero  int
	Montant simphonie.Montant
	Motif   Etat // why another means is proposed
}

// Dus gives what is due, as the mandate alone tells it: for a program that
// stopped in between. It never holds Soumettre nor Rembourser: whether such an
// order left cannot be known from here, so that it is an enquiry that is due.
func (m Mandat) Dus() []Effet { return m.dus(true) }

// dus leaves out, unless enVol, the enquiries of orders whose answer may still
// come to whoever sent them.
func (m *Mandat) dus(enVol bool) []Effet {
	var es []Effet
	rang := len(m.Prelevements)
	switch p := m.courant(); {
	case p == nil:
	case m.Etat == MontantConnu:
		es = append(es, Effet{Genre: Notifier, Reference: m.ReferenceAvis(), Rang: rang, Numero: p.Avis, Montant: p.Montant})
	case m.Etat == Soumis && enVol, m.Etat == Incertain:
		es = append(es, Effet{Genre: Interroger, Reference: m.Reference(rang), Rang: rang, Numero: p.Essai, Montant: p.Montant})
	}
	for i := range m.Prelevements {
		for k, r := range m.Prelevements[i].Rendus {
			if r.Situation == EnCours && !r.ARelancer && (enVol || r.Suspendu) {
				es = append(es, Effet{Genre: Interroger, Reference: m.ReferenceRemboursement(i+1, k+1), Rang: i + 1, Remboursement: k + 1, Numero: r.Essai, Montant: r.Montant})
			}
		}
	}
	if m.fini() && !m.Clos {
		es = append(es, Effet{Genre: Annuler, Reference: m.Numero})
		if m.Accord.Accord != "" {
			es = append(es, Effet{Genre: OublierAlias, Reference: m.Numero})
		}
	}
	if m.Etat.autreMoyen() {
		es = append(es, Effet{Genre: ProposerAlternative, Reference: m.Numero, Montant: m.Reste, Motif: m.Etat})
	}
	return es
}

// fini says that no debit can come any more. An agreement that the patient
// declined is closed too: the platform may have sealed it without our knowing.
func (m *Mandat) fini() bool {
	return m.Etat == Decline || m.Accord.Accord != "" && m.Alias.IsZero()
}
