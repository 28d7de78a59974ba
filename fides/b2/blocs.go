package b2

import (
	"iter"

	"github.com/simphonie/simphonie"
)

// Bloc is what lies together in a file: the records of an invoice, from its
// type 2 to its type 5, or one record outside any invoice (of file, of lot, or
// lost).
type Bloc struct {
	Facture bool
	Records []Record
	// Anomalies is all that is wrong with the zones of the records, with their
	// order, with the key that they repeat, with the totals, and with zones
	// that must agree.
	Anomalies simphonie.Anomalies
}

// blocMax bounds what an invoice may hold in memory: more than the type 2, its
// 2S, 999 records and the type 5.
const blocMax = 1100

// Blocs groups the records of a Reader into invoices and checks each whole, in
// memory bounded by the largest invoice. Bad lines are anomalies of their
// bloc; the error is that of the stream, and comes last. An invoice that is
// longer than the norm allows comes in several blocs.
func Blocs(records iter.Seq2[Record, error]) iter.Seq2[Bloc, error] {
	return func(yield func(Bloc, error) bool) {
		g := groupe{automate: nouvelAutomate()}
		for r, err := range records {
			if r.IsZero() {
				if g.ferme(yield) {
					yield(Bloc{}, err)
				}
				return
			}
			if !g.suit(r, yield) {
				return
			}
		}
		g.ferme(yield)
	}
}

// groupe is the invoice being read.
type groupe struct {
	automate  automate
	coherence coherence
	bloc      Bloc
}

// suit adds a record and gives the bloc that it ends; false to stop.
func (g *groupe) suit(r Record, yield func(Bloc, error) bool) bool {
	l := r.l().layout
	switch {
	case l != nil && l.rang < 0 && l.deFacture() && len(g.bloc.Records) > 0:
		fs := r.fautes()
		if len(r.l().texte) == Largeur {
			fs = append(fs, g.coherence.suit(l, r.l().texte, r.l().numero)...)
		}
		g.ajoute(r, fs)
		return g.borne(yield)
	case r.Enveloppe() || l != nil && l.rang < 0:
		return g.ferme(yield) && yield(Bloc{Records: []Record{r}, Anomalies: r.Anomalies()}, nil)
	case l == nil && len(g.bloc.Records) == 0:
		return yield(Bloc{Records: []Record{r}, Anomalies: r.Anomalies()}, nil)
	case l == nil:
		g.ajoute(r, r.fautes())
		return g.borne(yield)
	case l.rang == r2 && !g.ferme(yield):
		return false
	}
	fs := append(r.fautes(), g.automate.suit(l, r.l().texte, r.l().numero)...)
	if len(r.l().texte) == Largeur {
		fs = append(fs, g.coherence.suit(l, r.l().texte, r.l().numero)...)
	}
	g.ajoute(r, fs)
	if l.rang == r5 {
		return g.donne(yield)
	}
	return g.borne(yield)
}

// deFacture says that a record that the table of an editor adds belongs to
// invoices: 4D, as opposed to 000.
func (l *layout) deFacture() bool { return l.tete != nil && l.typ[0] >= '2' && l.typ[0] <= '5' }

func (g *groupe) ajoute(r Record, fs []faute) {
	g.bloc.Facture = true
	g.bloc.Records = append(g.bloc.Records, r)
	g.bloc.Anomalies = append(g.bloc.Anomalies, anomaliesDe(fs)...)
}

// borne gives what an endless invoice holds so far.
func (g *groupe) borne(yield func(Bloc, error) bool) bool {
	return len(g.bloc.Records) < blocMax || g.donne(yield)
}

// ferme gives an invoice that no type 5 has closed.
func (g *groupe) ferme(yield func(Bloc, error) bool) bool {
	g.coherence = coherence{}
	if len(g.bloc.Records) == 0 {
		g.automate.dernier = hors
		return true
	}
	derniere := g.bloc.Records[len(g.bloc.Records)-1]
	g.bloc.Anomalies = append(g.bloc.Anomalies, anomaliesDe(g.automate.fin(derniere.Ligne()))...)
	return g.donne(yield)
}

func (g *groupe) donne(yield func(Bloc, error) bool) bool {
	b := g.bloc
	g.bloc = Bloc{}
	return yield(b, nil)
}
