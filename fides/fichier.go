package fides

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/b2"
)

// Parametres settles a file.
type Parametres struct {
	Enveloppe *Enveloppe // compulsory: Reference is not official
	B2        b2.Reglages

	Destination            Destination
	Emetteur, Destinataire string
	Numero                 int
	Date                   simphonie.Jour
	// Bascule is the day on which the establishment went over to FIDES, if it
	// matters: care of before and of after do not share a lot.
	Bascule simphonie.Jour
	// Libres are the data that the layout names libre:NAME, by NAME.
	Libres map[string]string
}

// Lot is a lot of a file.
type Lot struct {
	Numero int
	Date   simphonie.Jour
	FINESS simphonie.FINESS
}

// Fichier writes a file of invoices as they come, in constant memory. It is
// for one goroutine.
type Fichier struct {
	p       Parametres
	w       *b2.Writer
	lot     Lot
	ouvert  bool
	avant   bool // the lot holds care of before the bascule
	compte  compte
	duLot   compte
	lots    int
	termine bool
	err     error
}

// compte is what the records that close a lot or a file add up.
type compte struct {
	factures, records int
	amo, oc, depense  simphonie.Montant
}

func (c *compte) ajoute(t *b2.Totaux) error {
	amo, err1 := simphonie.Somme(c.amo, t.CaissePH, t.CaisseHonoraires)
	oc, err2 := simphonie.Somme(c.oc, t.OCPH, t.OCHonoraires)
	depense, err3 := simphonie.Somme(c.depense, t.FacturePH, t.Honoraires)
	if err := errors.Join(err1, err2, err3); err != nil {
		return erreur("FID-CUMUL", "fichier", "the totals overflow", err)
	}
	// A type 2, its 2S and the type 5 stand around the records of types 3 and 4.
	*c = compte{c.factures + 1, c.records + t.Enregistrements + 3, amo, oc, depense}
	return nil
}

// NewFichier opens a file and writes its first record. Without an envelope it
// is ErrLayoutIncomplete.
func NewFichier(w io.Writer, p Parametres) (*Fichier, error) {
	switch {
	case p.Enveloppe == nil:
		return nil, layoutIncomplet(0, "load the layout of the records 000, 1, 6 and 999: see LoadEnveloppe")
	case !chiffres(p.Destination.Regime, 2, 2) || !chiffres(p.Destination.Caisse, 3, 3):
		return nil, erreur("FID-FICHIER", "destination", "a grand régime of two digits and a caisse of three are wanted", nil)
	}
	bw, err := b2.NewWriter(w, p.B2)
	if err != nil {
		return nil, err
	}
	f := &Fichier{p: p, w: bw}
	if err := f.enveloppe(eFichier); err != nil {
		return nil, err
	}
	return f, nil
}

// OuvreLot begins a lot; the one before must be closed.
func (f *Fichier) OuvreLot(l Lot) error {
	if err := f.etat(false); err != nil {
		return err
	}
	f.lot, f.duLot = l, compte{}
	if err := f.enveloppe(eLot); err != nil {
		return err
	}
	f.ouvert = true
	f.lots++
	return nil
}

// Ecris writes an invoice into the open lot. An invoice that is refused leaves
// the file as it was; what is wrong with zones is told by b2.Erreurs.
func (f *Fichier) Ecris(x *Facture) error {
	if err := f.etat(true); err != nil {
		return err
	}
	if x.Destination != f.p.Destination {
		return erreur(regDestination.Code, string(x.Numero), "invoice for "+x.Destination.String()+" in a file for "+f.p.Destination.String(), nil)
	}
	if b := f.p.Bascule; !b.IsZero() {
		avant := x.Debut.Before(b)
		if x.Fin.Before(b) != avant || f.duLot.factures > 0 && f.avant != avant {
			return erreur(regLotBascule.Code, string(x.Numero), "care of before and of after "+b.String()+" in one lot", nil)
		}
		f.avant = avant
	}
	if t, err := b2.Totals(x.Records...); err != nil || t != x.Totaux {
		return f.refuse(x)
	}
	total, lot := f.compte, f.duLot
	if err := errors.Join(total.ajoute(&x.Totaux), lot.ajoute(&x.Totaux)); err != nil {
		return err
	}
	if err := f.w.WriteFacture(x.Records...); err != nil {
		return fmt.Errorf("fides: facture %s: %w", x.Numero, err)
	}
	f.compte, f.duLot = total, lot
	return nil
}

// refuse tells why an invoice whose totals are not those of its records cannot
// leave: what is wrong with the records first.
func (f *Fichier) refuse(x *Facture) error {
	w, err := b2.NewWriter(io.Discard, f.p.B2)
	if err == nil {
		err = w.WriteFacture(x.Records...)
	}
	if err != nil {
		return fmt.Errorf("fides: facture %s: %w", x.Numero, err)
	}
	return erreur("FID-CUMUL", string(x.Numero), "the totals are not those of the records", nil)
}

// FermeLot closes the lot.
func (f *Fichier) FermeLot() error {
	if err := f.etat(true); err != nil {
		return err
	}
	if err := f.enveloppe(eFinLot); err != nil {
		return err // the lot stays open: a file never ends on an open lot
	}
	f.ouvert = false
	return nil
}

// EcrisLot writes a whole lot, and stops at the first invoice that is refused.
func (f *Fichier) EcrisLot(l Lot, factures iter.Seq[*Facture]) error {
	if err := f.OuvreLot(l); err != nil {
		return err
	}
	for x := range factures {
		if err := f.Ecris(x); err != nil {
			return err
		}
	}
	return f.FermeLot()
}

// Close closes the open lot and the file. It does not close what it writes to.
func (f *Fichier) Close() error {
	if f.termine {
		return f.err
	}
	if f.ouvert {
		if err := f.FermeLot(); err != nil {
			return err
		}
	}
	if err := f.etat(false); err != nil {
		return err
	}
	if err := f.enveloppe(eFinFichier); err != nil {
		return err
	}
	f.termine = true
	f.err = f.w.Close()
	return f.err
}

// Format gives the number of invoices: the memory of a Fichier holds them.
func (f *Fichier) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "fides.Fichier(%d)", f.compte.factures) }

// etat refuses a call out of its turn.
func (f *Fichier) etat(dansLot bool) error {
	switch {
	case f.err != nil:
		return f.err
	case f.termine:
		return erreur("FID-FICHIER", "", "the file is closed", nil)
	case dansLot && !f.ouvert:
		return erreur("FID-FICHIER", "", "no lot is open", nil)
	case !dansLot && f.ouvert:
		return erreur("FID-FICHIER", "", "a lot is open: close it first", nil)
	}
	return nil
}

// enveloppe writes a record of the file or of the lot.
func (f *Fichier) enveloppe(record int) error {
	texte, err := f.p.Enveloppe.ecris(record, f.valeur)
	if err != nil {
		return err
	}
	var o b2.ReaderOptions
	switch f.p.B2.FinDeLigne {
	case b2.FinLF:
		texte += "\n"
	case b2.FinCRLF:
		texte += "\r\n"
	default:
		o.SansFinDeLigne = true
	}
	for r := range b2.NewReader(strings.NewReader(texte), o).Records() {
		if err := f.w.WriteRecord(r); err != nil {
			f.err = err
			return err
		}
	}
	return nil
}

// valeur gives a datum of the layout.
func (f *Fichier) valeur(donnee string) (string, bool) {
	p, l, c, t := &f.p, &f.lot, &f.duLot, &f.compte
	if nom, libre := strings.CutPrefix(donnee, prefixeLibre); libre {
		s, ok := p.Libres[nom]
		return s, ok
	}
	if s, ok := p.fixe(donnee); ok {
		return s, s != ""
	}
	switch donnee {
	case "numero-lot":
		return strconv.Itoa(l.Numero), l.Numero > 0
	case "date-lot":
		return aammjj(l.Date), !l.Date.IsZero()
	case "finess":
		return l.FINESS.NormeB2(), l.FINESS != ""
	case "lots":
		return strconv.Itoa(f.lots), true
	}
	if nom, deLot := strings.CutSuffix(donnee, "-lot"); deLot {
		return c.valeur(nom), true
	}
	return t.valeur(donnee), true
}

// fixe gives a datum that does not change in a file.
func (p *Parametres) fixe(donnee string) (string, bool) {
	switch donnee {
	case "emetteur":
		return p.Emetteur, true
	case "destinataire":
		return p.Destinataire, true
	case "regime":
		return p.Destination.Regime, true
	case "caisse":
		return p.Destination.Caisse, true
	case "date-fichier":
		return aammjj(p.Date), true
	case "numero-fichier":
		if p.Numero < 1 {
			return "", true
		}
		return strconv.Itoa(p.Numero), true
	}
	return "", false
}

// valeur gives a sum.
func (c *compte) valeur(nom string) string {
	switch nom {
	case "factures":
		return strconv.Itoa(c.factures)
	case "enregistrements":
		return strconv.Itoa(c.records)
	case "amo":
		return strconv.FormatInt(int64(c.amo), 10)
	case "oc":
		return strconv.FormatInt(int64(c.oc), 10)
	}
	return strconv.FormatInt(int64(c.depense), 10)
}

// aammjj writes a date, "" when there is none.
func aammjj(j simphonie.Jour) string {
	if j.IsZero() {
		return ""
	}
	a, m, d := j.Date()
	return fmt.Sprintf("%02d%02d%02d", a%100, m, d)
}
