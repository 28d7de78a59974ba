package rapprochement

import (
	"cmp"
	"slices"

	"github.com/simphonie/simphonie"
)

// Etat is the bucket that a cent is in.
type Etat string

// States of the cents of a receipt.
const (
	EnAttente Etat = "en-attente" // nothing has come
	ResteDu   Etat = "reste-du"   // what a payment left unpaid
	Encaisse  Etat = "encaisse"   // seen on a statement
	Rejete    Etat = "rejete"     // came, then bounced
	Conteste  Etat = "conteste"   // came, then was contested
	Rembourse Etat = "rembourse"  // came, then was given back
	EnPerte   Etat = "perte"      // written off by a person
	Remplace  Etat = "remplace"   // asked for again by another receipt
)

// States of the cents of a line.
const (
	Affecte       Etat = "affecte"        // for a receipt; negative when the line takes back
	TropPercu     Etat = "trop-percu"     // more than was owed: to give back
	Doublon       Etat = "doublon"        // a second payment of the same: to give back
	Rendu         Etat = "rendu"          // too much, and given back: its lines cancel out
	Prelevee      Etat = "commission"     // kept by the bank
	NonRapproche  Etat = "non-rapproche"  // of no receipt yet
	HorsPerimetre Etat = "hors-perimetre" // no payment of a patient, a person said
)

var (
	etatsAttendu = []Etat{EnAttente, ResteDu, Encaisse, Rejete, Conteste, Rembourse, EnPerte, Remplace}
	etatsLigne   = []Etat{Affecte, TropPercu, Doublon, Rendu, Prelevee, NonRapproche, HorsPerimetre}
	ouverts      = []Etat{EnAttente, ResteDu, Rejete, Conteste, TropPercu, Doublon, NonRapproche}
)

// Ouvert says that somebody still waits for these cents, or for a decision.
func (e Etat) Ouvert() bool { return slices.Contains(ouverts, e) }

// Poste is an item: cents of a receipt (no Ligne) or of a line, in one state.
type Poste struct {
	Etat    Etat              `json:"etat"`
	Attendu string            `json:"attendu,omitempty"` // of a line: the receipt that its keys name
	Ligne   LigneID           `json:"ligne,omitzero"`
	Montant simphonie.Montant `json:"montant"` // never zero
	Depuis  simphonie.Jour    `json:"depuis"`  // day of the receipt, or of the line that put it here
}

// DeLigne says that the item is of a line, not of a receipt.
func (p Poste) DeLigne() bool { return p.Ligne != LigneID{} }

// compteur is the account of one receipt, played day after day.
type compteur struct {
	m      *moteur
	a      int32
	soldes [nombreEtats]solde
	enTrop []Poste // too much, still here
	postes []Poste // of lines
}

// solde is what is in a state, and since when.
type solde struct {
	montant simphonie.Montant
	depuis  simphonie.Jour
}

// Places of the states of a receipt, as in etatsAttendu.
const (
	enAttente = iota
	_
	encaisse
	rejete
	conteste
	rembourse
	enPerte
	remplace
	nombreEtats
)

// destination is where each nature of line that takes back puts it.
var destination = map[Nature]int{Rejet: rejete, Contestation: conteste, Remboursement: rembourse}

// Ranks of what happens on one day. A replacement comes after everything: it
// takes what is open in the end.
const (
	rangPaiement = iota
	rangRetour
	rangPerte
	rangRemplacement
)

// mouvement is a match, a loss or a replacement, in time.
type mouvement struct {
	le      simphonie.Jour
	rang    int
	aff     *affectation
	montant simphonie.Montant
	perte   string
}

// joue plays what happened to a receipt and adds its items to those of lines.
func (m *moteur) joue(a int32, mvts []mouvement, postes []Poste) []Poste {
	x := &m.as[a]
	if len(mvts) == 0 {
		return append(postes, Poste{Etat: EnAttente, Attendu: x.Ref, Montant: x.Montant, Depuis: x.Le})
	}
	slices.SortStableFunc(mvts, func(p, q mouvement) int {
		if (p.rang == rangRemplacement) != (q.rang == rangRemplacement) {
			return cmp.Compare(p.rang, q.rang)
		}
		return cmp.Or(parJour(p.le, q.le), cmp.Compare(p.rang, q.rang))
	})
	c := compteur{m: m, a: a, postes: postes}
	c.soldes[enAttente] = solde{x.Montant, x.Le}
	for _, v := range mvts {
		switch v.rang {
		case rangPaiement:
			c.paie(v)
		case rangRetour:
			c.reprend(v)
		case rangRemplacement:
			if reste := c.deplace(v.montant, v.le, remplace, enAttente, rejete, conteste); reste > 0 && c.soldes[encaisse].montant > 0 {
				m.anomalies = append(m.anomalies, regRemplaceEncaisse.Anomalie("attendu "+x.Ref))
			}
		default:
			if reste := c.deplace(v.montant, v.le, enPerte, enAttente, rejete, conteste); reste > 0 {
				m.anomalies = append(m.anomalies, regDecisionVaine.Anomalie("decision "+v.perte))
			}
		}
	}
	c.postes = append(c.postes, c.enTrop...)
	for i, s := range c.soldes {
		if s.montant == 0 {
			continue
		}
		e := etatsAttendu[i]
		if i == enAttente && c.soldes[encaisse].montant > 0 {
			e = ResteDu
		}
		c.postes = append(c.postes, Poste{Etat: e, Attendu: x.Ref, Montant: s.montant, Depuis: s.depuis})
	}
	return c.postes
}

// deplace moves cents to a state from others, in their order, and gives what
// could not be moved.
func (c *compteur) deplace(montant simphonie.Montant, le simphonie.Jour, vers int, de ...int) simphonie.Montant {
	for _, e := range de {
		if v := min(montant, c.soldes[e].montant); v > 0 {
			c.soldes[e].montant -= v
			c.soldes[vers].montant += v
			c.soldes[vers].depuis = le
			montant -= v
		}
	}
	return montant
}

func (c *compteur) note(e Etat, v mouvement, montant simphonie.Montant) {
	if montant != 0 {
		c.postes = append(c.postes, c.poste(e, v, montant))
	}
}

func (c *compteur) poste(e Etat, v mouvement, montant simphonie.Montant) Poste {
	return Poste{Etat: e, Attendu: c.m.as[c.a].Ref, Ligne: c.m.ls[v.aff.l].ID, Montant: montant, Depuis: v.le}
}

// paie takes a payment: what is open is settled, even what was written off; the
// rest is too much.
func (c *compteur) paie(v mouvement) {
	reste := c.deplace(v.montant, v.le, encaisse, enAttente, rejete, conteste, enPerte)
	c.note(Affecte, v, v.montant-reste)
	switch {
	case reste == 0:
	case reste == v.montant && reste == c.m.as[c.a].Montant:
		c.enTrop = append(c.enTrop, c.poste(Doublon, v, reste))
	default:
		c.enTrop = append(c.enTrop, c.poste(TropPercu, v, reste))
	}
}

// reprend takes money back: first what was too much, the last come first, then
// what was settled.
func (c *compteur) reprend(v mouvement) {
	reste := v.montant
	for reste > 0 && len(c.enTrop) > 0 {
		t := &c.enTrop[len(c.enTrop)-1]
		pris := min(reste, t.Montant)
		rendu := *t
		rendu.Etat, rendu.Montant = Rendu, pris
		c.postes = append(c.postes, rendu)
		c.note(Rendu, v, -pris)
		reste -= pris
		if t.Montant -= pris; t.Montant == 0 {
			c.enTrop = c.enTrop[:len(c.enTrop)-1]
		}
	}
	trop := c.deplace(reste, v.le, destination[c.m.ls[v.aff.l].Nature], encaisse)
	c.note(Affecte, v, trop-reste)
	if trop > 0 {
		c.note(NonRapproche, v, -trop)
		c.m.anomalies = append(c.m.anomalies, regRetourExcede.Anomalie("ligne "+c.m.ls[v.aff.l].ID.String()))
	}
}
