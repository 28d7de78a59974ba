package fides

import (
	"fmt"
	"io"
	"iter"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// OptionsLecture settles how a file is read.
type OptionsLecture struct {
	Enveloppe *Enveloppe // compulsory, as for writing
	// Siecle is the first of the hundred years of the dates.
	Siecle         b2.Siecle
	SansFinDeLigne bool
	LigneMax       int
}

// Lecture reads a file of invoices, one at a time. It is for one goroutine.
type Lecture struct {
	o         OptionsLecture
	blocs     iter.Seq2[b2.Bloc, error]
	suivants  []int // records of the envelope that may come next
	compte    compte
	duLot     compte
	lots      int
	vus       map[string]string // data that several records repeat
	premiere  Destination
	anomalies simphonie.Anomalies
}

// FactureLue is an invoice as a file holds it.
type FactureLue struct {
	Numero      b2.NumeroFacture
	Venue       string
	FINESS      simphonie.FINESS
	Destination Destination
	Nature      string // zone 0277
	Exoneration string // zone 0279
	Indicateur  string // of the care pathway, zone 2S121
	Eclatement  bool
	OC          simphonie.NumeroAMC
	Lignes      []LigneLue
	Totaux      b2.Totaux
	// Anomalies is all that the codec finds wrong with the records.
	Anomalies simphonie.Anomalies
}

// LigneLue is a line of type 3 or 4.
type LigneLue struct {
	Type         b2.Type
	Code         string
	Jour         simphonie.Jour // of a type 4: a type 3 holds no date of its own
	Quantite     int
	Exoneration  string
	Qualificatif string
	Domaine      string
	AMO, OC      simphonie.Montant
	Total        simphonie.Montant

	Majoration    string // N or F behind a code of the NGAP
	Coefficient   simphonie.Coefficient
	Base          simphonie.Montant
	Taux          simphonie.Taux
	Participation string
	// Details are the records of its acts, analyses and products: *b2.Type3F,
	// *b2.Type3H, *b2.Type4B, *b2.Type4H, *b2.Type4M.
	Details []b2.Enregistrement
}

// anomaliesMax bounds what a Lecture keeps of a file gone wrong.
const anomaliesMax = 1000

// Relire reads what a Fichier wrote.
func Relire(r io.Reader, o OptionsLecture) (*Lecture, error) {
	switch {
	case o.Enveloppe == nil:
		return nil, layoutIncomplet(0, "load the layout of the records 000, 1, 6 and 999: see LoadEnveloppe")
	case !o.Siecle.Valide():
		return nil, erreur("FID-FICHIER", "Siecle", "give the first of the hundred years of the dates: there is no default", nil)
	}
	rd := b2.NewReader(r, b2.ReaderOptions{SansFinDeLigne: o.SansFinDeLigne, LigneMax: o.LigneMax})
	return &Lecture{o: o, blocs: b2.Blocs(rd.Records()), suivants: []int{eFichier}, vus: map[string]string{}}, nil
}

// Factures gives each invoice in turn. What is wrong with one is in its
// anomalies, what is wrong with the file in those of the Lecture once the
// sequence is over; the error is that of the stream, and comes last.
func (l *Lecture) Factures() iter.Seq2[*FactureLue, error] {
	return func(yield func(*FactureLue, error) bool) {
		for b, err := range l.blocs {
			switch {
			case err != nil:
				yield(nil, err)
				return
			case !b.Facture:
				l.enveloppe(&b)
			default:
				if !l.attend(eFinLot) {
					l.dit(&regEnveloppe, b.Records[0].Ligne(), "2")
				}
				f := l.lis(&b)
				if err := l.cumule(f); err != nil {
					yield(nil, err)
					return
				}
				if !yield(f, nil) {
					return
				}
			}
		}
		if len(l.suivants) > 0 {
			l.dit(&regEnveloppe, 0, nomsEnveloppe[l.suivants[len(l.suivants)-1]])
		}
	}
}

func (l *Lecture) cumule(f *FactureLue) error {
	if err := l.compte.ajoute(&f.Totaux); err != nil {
		return err
	}
	return l.duLot.ajoute(&f.Totaux)
}

// Anomalies is what is wrong with the file so far: order and content of the
// records of the envelope, records lost outside invoices.
func (l *Lecture) Anomalies() simphonie.Anomalies { return l.anomalies }

// Format gives the number of invoices read: the memory of a Lecture holds them.
func (l *Lecture) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "fides.Lecture(%d)", l.compte.factures) }

// Format gives the number of the invoice.
func (f *FactureLue) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "fides.FactureLue(%s)", f.Numero) }

func (l *Lecture) dit(r *simphonie.Regle, ligne int, valeurs ...string) {
	l.garde(r.Anomalie("ligne "+strconv.Itoa(ligne), valeurs...))
}

func (l *Lecture) garde(as ...simphonie.Anomalie) {
	for _, a := range as {
		switch n := len(l.anomalies); {
		case n < anomaliesMax:
			l.anomalies = append(l.anomalies, a)
		case n == anomaliesMax:
			l.anomalies = append(l.anomalies, regTropAnomalies.Anomalie(a.Chemin))
		}
	}
}

func (l *Lecture) attend(record int) bool {
	for _, r := range l.suivants {
		if r == record {
			return true
		}
	}
	return false
}

// enveloppe takes a record of the file or of the lot.
func (l *Lecture) enveloppe(b *b2.Bloc) {
	l.garde(b.Anomalies...)
	r := b.Records[0]
	texte := r.Brut()
	i := -1
	if r.Enveloppe() && len(texte) == b2.Largeur {
		i = l.o.Enveloppe.reconnait(texte)
	}
	switch {
	case i < 0:
		l.dit(&regEnveloppe, r.Ligne(), "?")
		return
	case !l.attend(i):
		l.dit(&regEnveloppe, r.Ligne(), nomsEnveloppe[i])
	}
	switch i {
	case eFichier:
		l.suivants = []int{eLot, eFinFichier}
	case eLot:
		l.suivants, l.duLot = []int{eFinLot}, compte{}
		l.lots++
		delete(l.vus, "numero-lot")
		delete(l.vus, "date-lot")
		delete(l.vus, "finess")
	case eFinLot:
		l.suivants = []int{eLot, eFinFichier}
	case eFinFichier:
		l.suivants = nil
	}
	for _, z := range l.o.Enveloppe.records[i] {
		l.zone(&z, i, r.Ligne(), texte)
	}
}

// zone checks a zone of the envelope: constants, counts and sums against what
// was read, and other data against their first value.
func (l *Lecture) zone(z *zone, record, ligne int, texte string) {
	lu, attendu := texte[z.debut:z.fin], z.constante
	if z.donnee != "" {
		switch s, calcule := l.valeur(z.donnee); {
		case calcule:
			attendu = s
		default:
			lu = sansBords(z, lu)
			if vu, ok := l.vus[z.donnee]; ok && vu != lu {
				l.dit(&regEnveloppeZone, ligne, nomsEnveloppe[record], z.donnee)
			}
			l.vus[z.donnee] = lu
			return
		}
	}
	if sansBords(z, lu) != sansBords(z, attendu) {
		nom := z.donnee
		if nom == "" {
			nom = strconv.Itoa(z.debut + 1)
		}
		l.dit(&regEnveloppeZone, ligne, nomsEnveloppe[record], nom)
	}
}
