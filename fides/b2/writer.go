package b2

import (
	"errors"
	"io"
	"slices"

	"github.com/simphonie/simphonie"
)

// Writer writes invoices. It checks each record before it lets it out: the
// width of every value, the zones as a Reader does, the order of records, the
// key that they repeat, the totals, and the zones that must agree. Alerts do
// not stop it: Blocs gives them. It is for one goroutine.
type Writer struct {
	w         io.Writer
	encoder   *Encoder
	automate  automate
	coherence coherence
	sortie    []byte
	fin       string // end of line owed before the next record
	numero    int    // records written
	err       error
}

const blocSortie = 64 << 10

// NewWriter writes to w. Settings that are missing or wrong are refused.
func NewWriter(w io.Writer, g Reglages) (*Writer, error) {
	e, err := NewEncoder(g)
	if err != nil {
		return nil, err
	}
	return &Writer{w: w, encoder: e, automate: nouvelAutomate(), sortie: make([]byte, 0, blocSortie+2*Largeur)}, nil
}

// Write writes the next record of an invoice. A record that is refused is not
// written and leaves the Writer as it was; the error says which zones are
// wrong (see Erreurs).
func (w *Writer) Write(e Enregistrement) error {
	if w.err != nil {
		return w.err
	}
	if fs := w.ecris(e); len(fs) > 0 {
		return erreurDe(fs)
	}
	return w.vide(blocSortie)
}

// WriteFacture writes the records of an invoice, all or none. The type 5 may be
// left out: it is computed. The error holds what is wrong with every record.
func (w *Writer) WriteFacture(es ...Enregistrement) error {
	if w.err != nil {
		return w.err
	}
	avant, sortie := w.etat(), len(w.sortie)
	var fs []faute
	for _, e := range es {
		fs = append(fs, w.ecris(e)...)
	}
	var err error
	if n := len(es); len(fs) == 0 && (n == 0 || es[n-1].Type() != T5) {
		var cinq Type5
		if cinq.Totaux, err = w.coherence.cumul.totaux(); err == nil {
			fs = w.ecris(&cinq)
		}
	}
	if err != nil || len(fs) > 0 {
		w.reprend(avant)
		w.sortie = w.sortie[:sortie]
		return errors.Join(err, erreurDe(fs))
	}
	return w.vide(blocSortie)
}

// etat is what a record refused must leave as it was.
type etat struct {
	automate  automate
	coherence coherence
	cle       Cle
	tete      [Largeur]byte
	fin       string
	numero    int
}

func (w *Writer) etat() etat {
	return etat{w.automate, w.coherence, w.encoder.cle, w.encoder.tete, w.fin, w.numero}
}

func (w *Writer) reprend(e etat) {
	w.automate, w.coherence, w.fin, w.numero = e.automate, e.coherence, e.fin, e.numero
	w.encoder.cle, w.encoder.tete = e.cle, e.tete
}

// ecris encodes a record, checks it and appends it, or gives its faults.
func (w *Writer) ecris(e Enregistrement) []faute {
	numero := w.numero + 1
	texte, fs := w.encoder.encode(e, numero)
	if len(fs) > 0 {
		return fs
	}
	l := w.encoder.champs.layout
	a, c := w.automate, w.coherence
	if fs = w.automate.suit(l, texte, numero); len(fs) == 0 {
		fs = w.arretent(w.coherence.suit(l, texte, numero))
	}
	if len(fs) > 0 {
		w.automate, w.coherence = a, c
		return fs
	}
	w.encoder.retient(e)
	w.sortie = append(w.sortie, w.fin...)
	w.sortie = append(w.sortie, texte...)
	w.fin, w.numero = w.encoder.reglages.FinDeLigne.texte(), numero
	return nil
}

// arretent keeps the faults that stop an invoice: not the alerts, and not what
// a person has decided to let through.
func (w *Writer) arretent(fs []faute) []faute {
	return slices.DeleteFunc(fs, func(f faute) bool {
		return !f.regle.Gravite.Stoppe() || slices.Contains(w.encoder.reglages.Decidees, f.regle.Code)
	})
}

// WriteRecord writes a record that was read, as it was read, its own end of
// line included: what a Reader gives and a Writer takes so is the same file
// byte for byte. Nothing of it is checked but its charset.
func (w *Writer) WriteRecord(r Record) error {
	switch {
	case w.err != nil:
		return w.err
	case r.IsZero() || r.l().tronque:
		return &simphonie.Erreur{Code: tronque.Code, Service: "b2", Ligne: r.Ligne(), Detail: tronque.detail}
	case !w.encoder.reglages.Charset.ecrit(r.l().brut):
		return &simphonie.Erreur{Code: zoneCaractere.Code, Service: "b2", Ligne: r.Ligne(),
			Detail: "the line holds characters that are not of the charset that is set"}
	}
	w.sortie = append(w.sortie, w.fin...)
	w.sortie = append(w.sortie, r.l().brut...)
	w.sortie = append(w.sortie, r.l().fin.texte()...)
	w.fin = ""
	w.numero++
	return w.vide(blocSortie)
}

// Records gives the number of records written.
func (w *Writer) Records() int { return w.numero }

// Flush hands over what is held. The end of line of the last record is held
// until the next record or Close.
func (w *Writer) Flush() error {
	if w.err != nil {
		return w.err
	}
	return w.vide(1)
}

// Close ends the last line and flushes. An invoice that is not closed by its
// type 5 is an error. It does not close what it writes to.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	if a := w.automate; a.dernier != hors {
		return errors.Join(w.vide(1), erreurDe(a.fin(w.numero)))
	}
	if !w.encoder.reglages.SansDerniereFin {
		w.sortie = append(w.sortie, w.fin...)
	}
	w.fin = ""
	return w.vide(1)
}

// vide hands over what is held once it is as long as a limit.
func (w *Writer) vide(limite int) error {
	if len(w.sortie) < limite {
		return nil
	}
	n, err := w.w.Write(w.sortie)
	if err == nil && n < len(w.sortie) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.err = &simphonie.Erreur{Code: ecriture.Code, Service: "b2", Ligne: w.numero, Detail: ecriture.detail,
			IssueInconnue: true, Err: err}
		return w.err
	}
	w.sortie = w.sortie[:0]
	return nil
}
