package passerelle

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"
)

// Appel is one call as the gateway saw it. It holds no personal data: the
// person asked about is a digest that only this server can make.
type Appel struct {
	Rang             int // from 1
	Quand            time.Time
	Action           string // "" when it is not one of ours
	MessageID        string
	Authentification Mode
	Identite         string // digest, "" when unknown or several
	Issue            Issue
	Statut           int // HTTP status prepared
	Scenario         Scenario
	Motif            string // rule that the message breaks, or codes of the fault
}

// Issue is how a call ended.
type Issue string

// Issues of a call.
const (
	Repondu Issue = "repondu"
	EnFaute Issue = "faute"  // fault of the service or of the gateway
	Refuse  Issue = "refuse" // the simulator's own refusal
	Trouble Issue = "trouble"
)

// Compteur names one line of the ledger.
type Compteur struct{ Action, Identite string }

// Appels lists the calls received since the start, in order.
func (s *Serveur) Appels() []Appel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.appels)
}

// Compteurs counts the requests that reached a service, answered or not, by
// action and digest of the identity.
func (s *Serveur) Compteurs() map[Compteur]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.compteurs)
}

// compte notes the persons asked about.
func (s *Serveur) compte(a *Appel, identites []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(identites) == 0 {
		s.compteurs[Compteur{Action: a.Action}]++
	}
	for _, i := range identites {
		a.Identite = s.Empreinte(i)
		s.compteurs[Compteur{a.Action, a.Identite}]++
	}
	if len(identites) > 1 {
		a.Identite = ""
	}
}

// Empreinte is the digest under which an identity stands in the journal.
func (s *Serveur) Empreinte(identite string) string {
	if identite == "" {
		return ""
	}
	h := hmac.New(sha256.New, s.sel[:])
	h.Write([]byte(identite))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// note writes a call in the journal.
func (s *Serveur) note(a Appel) {
	s.mu.Lock()
	s.rang++
	a.Rang = s.rang
	s.appels = append(s.appels, a)
	s.mu.Unlock()
	if s.trace != nil {
		s.trace(a)
	}
}
