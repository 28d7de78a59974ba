package dossier

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

// Politique is what the establishment and its conventions allow. The zero
// value is the safe one: a CLC is annulled before its invoice leaves, never after.
type Politique struct {
	// AnnulationApresRejet lets a CLC be annulled once its invoice was rejected.
	AnnulationApresRejet bool
	// AnnulationDRE says that the convention lets an invoice be withdrawn.
	AnnulationDRE simphonie.OuiNon
}

// Suite is what follows from an event.
type Suite struct {
	// Dossier is the new one; the same as before when the event is refused.
	Dossier Dossier
	// Refuse says that the event could not happen: Anomalies tell why.
	Refuse    bool
	Anomalies simphonie.Anomalies
	Effets    []Effet
}

// Applique gives what follows from an event. The dossier itself is unchanged.
func (d *Dossier) Applique(e Evenement, p Politique) Suite {
	if d == nil || d.Version != version {
		return Suite{Refuse: true, Anomalies: simphonie.Anomalies{regVide.Anomalie("dossier")}}
	}
	pas := &pas{d: d.copie(), p: p}
	if nul(e) {
		pas.refuse(&regVide, "evenement")
	} else {
		e.applique(pas)
	}
	s := Suite{Dossier: pas.d, Refuse: pas.refus, Anomalies: pas.anomalies, Effets: pas.effets}
	if pas.refus {
		s.Dossier, s.Effets = *d, nil
	}
	return s
}

// nul says that there is no event, or none behind a pointer.
func nul(e Evenement) bool {
	v := reflect.ValueOf(e)
	return e == nil || v.Kind() == reflect.Pointer && v.IsNil()
}

// copie is deep enough for the events: they replace what is behind a pointer,
// and change elements of the lists of calls only.
func (d *Dossier) copie() Dossier {
	n := *d
	n.Appels = slices.Clone(d.Appels)
	n.Reglements, n.Rejets, n.Anciennes = slices.Clip(d.Reglements), slices.Clip(d.Rejets), slices.Clip(d.Anciennes)
	if d.Suspens != nil {
		s := *d.Suspens
		n.Suspens = &s
	}
	if d.Calcul != nil {
		c := *d.Calcul
		n.Calcul = &c
	}
	return n
}

// Empeche lists what keeps a service from being called now; none lets it.
func (d *Dossier) Empeche(s modele.Service, p Politique) simphonie.Anomalies {
	if d == nil || d.Version != version {
		return simphonie.Anomalies{regVide.Anomalie("dossier")}
	}
	dit := func(r *simphonie.Regle, valeurs ...string) simphonie.Anomalies {
		return simphonie.Anomalies{r.Anomalie("dossier", valeurs...)}
	}
	switch {
	case s == modele.SIM && d.Etat == Inconnu:
		return dit(&regNonIdentifie)
	case !s.Engage():
		return nil
	case d.AClarifier():
		return dit(&regClarifier, d.Suspens.Service.String())
	case d.Suspens != nil:
		return dit(&regSuspens, d.Suspens.Service.String())
	case s == modele.CLC && d.Calcul != nil:
		return dit(&regVivant)
	case s == modele.CLC && d.Etat == Inconnu:
		return dit(&regNonIdentifie)
	case s == modele.DEL && d.Calcul == nil:
		return dit(&regOrdre, "Annulation", d.Etat.String())
	case s == modele.DEL && d.Etat != Calcule && !(d.Etat == Rejete && p.AnnulationApresRejet):
		return dit(&regGarde)
	}
	return nil
}

// pas is one step under way.
type pas struct {
	d         Dossier
	p         Politique
	refus     bool
	anomalies simphonie.Anomalies
	effets    []Effet
}

func (p *pas) dit(r *simphonie.Regle, chemin string, valeurs ...string) {
	p.anomalies = append(p.anomalies, r.Anomalie(chemin, valeurs...))
}

func (p *pas) refuse(r *simphonie.Regle, chemin string, valeurs ...string) {
	p.refus = true
	p.dit(r, chemin, valeurs...)
}

func (p *pas) effet(e Effet) { p.effets = append(p.effets, e) }

// ordre refuses an event that the state does not have.
func (p *pas) ordre(quoi string) { p.refuse(&regOrdre, "dossier.etat", quoi, p.d.Etat.String()) }

// decrit refuses a call that is not described, or that was seen before.
func (p *pas) decrit(a *Appel, services ...modele.Service) bool {
	connu := slices.ContainsFunc(p.d.Appels, func(b Appel) bool { return b.Requete == a.Requete })
	if !slices.Contains(services, a.Service) || a.Moment == 0 || a.Requete == "" || a.Empreinte.IsZero() || a.Le.IsZero() || connu {
		p.refuse(&regAppel, "appel")
		return false
	}
	return true
}

// ajoute keeps a call.
func (p *pas) ajoute(a Appel, s Statut) *Appel {
	a.Statut = s
	p.d.Appels = append(p.d.Appels, a)
	return &p.d.Appels[len(p.d.Appels)-1]
}

// suspendu gives the call that is awaited; nil, and a refusal, when it is
// another one.
func (p *pas) suspendu(s []modele.Service, requete string) *Appel {
	if p.d.Suspens == nil || p.d.Suspens.Requete != requete || !slices.Contains(s, p.d.Suspens.Service) {
		p.refuse(&regAutreAppel, "requete")
		return nil
	}
	for i := range p.d.Appels {
		if p.d.Appels[i].Requete == requete {
			return &p.d.Appels[i]
		}
	}
	p.refuse(&regAutreAppel, "requete")
	return nil
}

// enVol is suspendu for a call whose answer may still come.
func (p *pas) enVol(s []modele.Service, requete string) *Appel {
	a := p.suspendu(s, requete)
	if a != nil && p.d.Suspens.AClarifier {
		p.refuse(&regClarifier, "suspens", p.d.Suspens.Service.String())
		return nil
	}
	return a
}

var engagent = []modele.Service{modele.CLC, modele.DEL}

// issue tells the agent of an outcome that is not the wanted one.
func (p *pas) issue(s modele.Service, i modele.Issue) {
	motif := i.Motif.String()
	if motif == "" {
		motif = "motif inconnu"
	}
	switch i.Sens {
	case modele.Accepte:
	case modele.Refuse:
		p.dit(&regRefus, "issue", s.String(), motif)
	case modele.Incomplet:
		p.dit(&regIncomplet, "issue", s.String(), motif)
		p.effet(Choisir)
	case modele.Indisponible:
		p.dit(&regIndisponible, "issue", s.String())
	default:
		p.dit(&regIssueInconnue, "issue", s.String())
	}
}

// complets says that each of n lines has its amount once.
func complets(ms []modele.Montant, n int) bool {
	vus := make(map[int]bool, n)
	for _, m := range ms {
		if m.Ligne < 0 || m.Ligne >= n || vus[m.Ligne] {
			return false
		}
		vus[m.Ligne] = true
	}
	return len(vus) == n
}

func rang(i int) string { return strconv.Itoa(i + 1) }
