package mandat

import (
	"cmp"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// Mandat is one agreement of deferred debit with all that followed. New
// makes it, Appliquer gives the next one; a Mandat is never changed in place.
type Mandat struct {
	Forme string `json:"forme"`
	// Revision counts the changes. A store that refuses the save of a revision
	// that it has already keeps two copies from going on side by side.
	Revision int `json:"revision"`
	// Numero is ours, unique at the platform. Dossier is the episode (IEP), by
	// an internal number.
	Numero  string           `json:"numero"`
	Dossier string           `json:"dossier"`
	EJ      simphonie.FINESS `json:"ej"`

	Politique  Politique         `json:"politique"`
	Plafond    simphonie.Montant `json:"plafond"`    // never changed
	DateLimite simphonie.Jour    `json:"dateLimite"` // never changed

	Etat    Etat           `json:"etat"`
	Contact modele.Contact `json:"contact"`
	Accord  Accord         `json:"accord,omitzero"`
	// Alias is erased as soon as no debit can come any more.
	Alias modele.Alias `json:"alias,omitzero"`
	// Retrait says that the patient changed the means of payment while the
	// result of an order was awaited: it is not sent again.
	Retrait      bool          `json:"retrait,omitempty"`
	Prelevements []Prelevement `json:"prelevements,omitempty"`
	// Reste is what another means of payment is to bring in; 0 when it is not
	// known. After a Constat of less than the amount it is the difference.
	Reste       simphonie.Montant `json:"reste,omitzero"`
	Alternative Moyen             `json:"alternative,omitzero"`
	// Clos says that the platform closed the agreement and forgot the card.
	Clos    bool     `json:"clos,omitempty"`
	Preuves []Preuve `json:"preuves"`
}

// Accord is the agreement as the platform and the ticket know it.
type Accord struct {
	Accord       string           `json:"accord"` // the platform's number
	PAN          modele.PANMasque `json:"pan,omitzero"`
	Expiration   string           `json:"expiration,omitempty"` // of the card, YYMM
	Autorisation string           `json:"autorisation"`         // of the check of 1 €
	Ticket       string           `json:"ticket"`
	Terminal     string           `json:"terminal"`
	Contrat      string           `json:"contrat,omitempty"`
	Le           time.Time        `json:"le"`
}

// Prelevement is one debit: of invoices, of their whole amount.
type Prelevement struct {
	Factures []Facture         `json:"factures"`
	Montant  simphonie.Montant `json:"montant"`
	AMC      AMC               `json:"amc"`
	Decision Decision          `json:"decision,omitzero"` // when AMC is AMCAbandonnee
	// Avis numbers the notice that is to be sent, or was.
	Avis     int            `json:"avis"`
	AviseLe  simphonie.Jour `json:"aviseLe,omitzero"`
	Annonce  simphonie.Jour `json:"annonce,omitzero"`  // due date in the text of the notice
	Echeance simphonie.Jour `json:"echeance,omitzero"` // nothing is debited before
	// Essai numbers the sending of the order; a second one follows an enquiry
	// that found nothing.
	Essai        int            `json:"essai,omitempty"`
	Situation    Situation      `json:"situation"`
	Le           simphonie.Jour `json:"le,omitzero"` // of the debit
	Autorisation string         `json:"autorisation,omitempty"`
	Code         string         `json:"code,omitempty"` // of a refusal
	// Constat is whose word the result rests on, when it is not the platform's,
	// and Mouvement the amount that moved, when it is not Montant.
	Constat   Decision          `json:"constat,omitzero"`
	Mouvement simphonie.Montant `json:"mouvement,omitzero"`
	Releve    string            `json:"releve,omitempty"`
	Rendus    []Remboursement   `json:"remboursements,omitempty"`
	Litiges   []Contestation    `json:"contestations,omitempty"`
}

// Remboursement is one refund of a debit.
type Remboursement struct {
	Montant      simphonie.Montant `json:"montant"`
	Essai        int               `json:"essai"`
	Suspendu     bool              `json:"suspendu,omitempty"`  // its answer was lost
	ARelancer    bool              `json:"aRelancer,omitempty"` // it is known not to have left
	Situation    Situation         `json:"situation"`
	Le           simphonie.Jour    `json:"le,omitzero"`
	Autorisation string            `json:"autorisation,omitempty"`
	Code         string            `json:"code,omitempty"`
	// Constat and Mouvement are those of Prelevement.
	Constat   Decision          `json:"constat,omitzero"`
	Mouvement simphonie.Montant `json:"mouvement,omitzero"`
}

// mouvement is what moved, or will: the amount, unless a Constat tells another.
func (p *Prelevement) mouvement() simphonie.Montant { return cmp.Or(p.Mouvement, p.Montant) }

func (r *Remboursement) mouvement() simphonie.Montant { return cmp.Or(r.Mouvement, r.Montant) }

// Facture is the patient's part of one invoice, after AMO and AMC.
type Facture struct {
	Numero  string            `json:"numero"`
	Montant simphonie.Montant `json:"montant"`
}

// courant is the debit under way, or the last one.
func (m *Mandat) courant() *Prelevement {
	if len(m.Prelevements) == 0 {
		return nil
	}
	return &m.Prelevements[len(m.Prelevements)-1]
}

// Reference names the debit of a rank, counted from 1, at the platform. It does
// not hold the amount, nor the invoices: two copies of a mandate that differ
// in them must collide.
func (m *Mandat) Reference(rang int) string { return m.Numero + "-P" + strconv.Itoa(rang) }

// ReferenceRemboursement names a refund of a debit, ranks counted from 1.
func (m *Mandat) ReferenceRemboursement(rang, remboursement int) string {
	return m.Reference(rang) + "-R" + strconv.Itoa(remboursement)
}

// ReferenceAvis names the notice under way.
func (m *Mandat) ReferenceAvis() string {
	p := m.courant()
	if p == nil {
		return ""
	}
	return m.Reference(len(m.Prelevements)) + "-A" + strconv.Itoa(p.Avis)
}

// Preleve gives all that was debited. Refunds are not taken off.
func (m *Mandat) Preleve() simphonie.Montant {
	var t simphonie.Montant
	for i := range m.Prelevements {
		if m.Prelevements[i].Situation == Faite {
			t += m.Prelevements[i].mouvement() // bounded: each was added with a check before
		}
	}
	return t
}

// Rembourse gives what was paid back, of all debits.
func (m *Mandat) Rembourse() simphonie.Montant {
	var t simphonie.Montant
	for i := range m.Prelevements {
		for _, r := range m.Prelevements[i].Rendus {
			if r.Situation == Faite {
				t += r.mouvement()
			}
		}
	}
	return t
}

// engage is what was debited, or may have been, and is not known to be given
// up: what the ceiling of an agreement has already served.
func (m *Mandat) engage() (simphonie.Montant, error) {
	var t simphonie.Montant
	for i := range m.Prelevements {
		p := &m.Prelevements[i]
		if p.Situation != Faite && p.Situation != EnCours {
			continue
		}
		var err error
		if t, err = t.Add(p.mouvement()); err != nil {
			return 0, err
		}
	}
	return t, nil
}

// solde is a debit less its refunds, made and under way, and less what the bank
// took back, which knows nothing of our refunds: it may be negative.
func (p *Prelevement) solde() simphonie.Montant {
	r := p.mouvement()
	for _, x := range p.Rendus {
		if x.Situation == Faite || x.Situation == EnCours {
			r -= x.mouvement()
		}
	}
	for _, c := range p.Litiges {
		if c.Nature == Impaye {
			r -= c.Montant
		}
	}
	return r
}

// etat is the state that a mandate takes from its last debit.
func (p *Prelevement) etat() Etat {
	switch {
	case len(p.Litiges) > 0:
		return Conteste
	case p.rendu():
		return Rembourse
	case p.Releve != "":
		return Solde
	}
	return Preleve
}

func (p *Prelevement) rendu() bool {
	for _, r := range p.Rendus {
		if r.Situation == Faite {
			return true
		}
	}
	return false
}
