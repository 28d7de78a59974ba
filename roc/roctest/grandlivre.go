package roctest

import (
	"maps"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

// Engagement is one CLC by which an insurer committed itself. It names nobody.
type Engagement struct {
	AMC     simphonie.NumeroAMC // without leading zeros
	Venue   string
	EJ      simphonie.FINESS
	Requete string // of the CLC
	Numero  string // what it was answered
	Parts   []simphonie.Montant
	Total   simphonie.Montant
	Le      simphonie.Jour
	Fin     simphonie.Jour // last day
	Annule  bool
}

// Bilan counts what an insurer was asked that commits it, requests that break
// the page left out.
type Bilan struct {
	Calculs     int // CLC received
	Engages     int // CLC that committed it
	Doubles     int // CLC for a visit that it was committed to already
	Doublons    int // CLC or annulations received twice
	Annulations int // annulations received
	Annules     int // commitments undone
}

// Engagements lists every commitment, undone or not, in order.
func (s *Serveur) Engagements() []Engagement {
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	es := make([]Engagement, len(s.registre.engagements))
	for i, e := range s.registre.engagements {
		es[i] = *e
		es[i].Parts = append([]simphonie.Montant(nil), e.Parts...)
	}
	return es
}

// Vivants lists the commitments of an insurer to a visit that are not undone;
// "" is any insurer, or any visit.
func (s *Serveur) Vivants(amc simphonie.NumeroAMC, venue string) []Engagement {
	var es []Engagement
	for _, e := range s.Engagements() {
		if !e.Annule && (amc == "" || e.AMC.Equal(amc)) && (venue == "" || e.Venue == venue) {
			es = append(es, e)
		}
	}
	return es
}

// Bilan counts for one insurer; "" is all of them.
func (s *Serveur) Bilan(amc simphonie.NumeroAMC) Bilan {
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	var t Bilan
	for n, b := range s.registre.bilans {
		if amc == "" || n == amc.Canonique() {
			t.Calculs += b.Calculs
			t.Engages += b.Engages
			t.Doubles += b.Doubles
			t.Doublons += b.Doublons
			t.Annulations += b.Annulations
			t.Annules += b.Annules
		}
	}
	return t
}

// Requetes counts the requests that reached a service, answered or not, those
// that break the page included.
func (s *Serveur) Requetes() map[modele.Service]int {
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	return maps.Clone(s.registre.requetes)
}

// RecoitFacture says that the invoice of a visit came in: its CLC is no longer
// annulled, and no other is made.
func (s *Serveur) RecoitFacture(amc simphonie.NumeroAMC, venue string) {
	s.registre.mu.Lock()
	defer s.registre.mu.Unlock()
	s.registre.factures[sejour{amc.Canonique(), venue}] = true
}

// vivant finds the commitment of an insurer to a visit.
func (g *registre) vivant(s sejour) bool {
	for _, e := range g.engagements {
		if !e.Annule && e.AMC.Canonique() == s.amc && e.Venue == s.venue {
			return true
		}
	}
	return false
}

// calcul finds the commitment that a CLC made.
func (g *registre) calcul(amc, requete string) *Engagement {
	for _, e := range g.engagements {
		if e.Requete == requete && e.AMC.Canonique() == amc {
			return e
		}
	}
	return nil
}

func (g *registre) bilan(amc string) *Bilan {
	if g.bilans[amc] == nil {
		g.bilans[amc] = &Bilan{}
	}
	return g.bilans[amc]
}
