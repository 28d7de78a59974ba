package b2

import (
	"errors"
	"io"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
)

// Writer writes invoices. It checks each record before it lets it out: the
// width of every value, the zones as a Reader does, the order of records, the
// key that they repeat, the totals, and the zones that must agree. It is for
// one goroutine.
type Writer struct {
	w        io.Writer
	g        Reglages
	layouts  [nbTypes]*layout
	modeles  [nbTypes]string
	automate automate
	coherence
	cleFacture Cle
	champs     champs
	ligne      [Largeur]byte
	sortie     []byte
	fin        string // end of line owed before the next record
	numero     int    // records written
	err        error
}

const blocSortie = 64 << 10

// NewWriter writes to w. Settings that are missing or wrong are refused.
func NewWriter(w io.Writer, g Reglages) (*Writer, error) {
	ms, err := g.valide()
	if err != nil {
		return nil, err
	}
	wr := &Writer{w: w, g: g, automate: nouvelAutomate(), sortie: make([]byte, 0, blocSortie+2*Largeur)}
	for l, m := range ms {
		if l.rang >= 0 {
			wr.layouts[l.rang], wr.modeles[l.rang] = l, m
		}
	}
	return wr, nil
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
	automate, coherence, cle, sortie := w.automate, w.coherence, w.cleFacture, len(w.sortie)
	fin, numero := w.fin, w.numero
	var fs []faute
	for _, e := range es {
		fs = append(fs, w.ecris(e)...)
	}
	var err error
	if n := len(es); len(fs) == 0 && (n == 0 || es[n-1].Type() != T5) {
		var cinq Type5
		if cinq.Totaux, err = w.cumul.totaux(); err == nil {
			fs = w.ecris(&cinq)
		}
	}
	if err != nil || len(fs) > 0 {
		w.automate, w.coherence, w.cleFacture, w.sortie = automate, coherence, cle, w.sortie[:sortie]
		w.fin, w.numero = fin, numero
		return errors.Join(err, erreurDe(fs))
	}
	return w.vide(blocSortie)
}

// ecris encodes a record, checks it and appends it, or gives its faults.
func (w *Writer) ecris(e Enregistrement) []faute {
	r := rang(e.Type())
	l := w.layouts[r]
	numero := w.numero + 1
	texte, fs := w.encode(e, l, w.modeles[r], numero)
	if len(fs) > 0 {
		return fs
	}
	a, c := w.automate, w.coherence
	if fs = w.automate.suit(l, texte, numero); len(fs) == 0 {
		fs = w.coherence.suit(l, texte, numero)
	}
	if len(fs) > 0 {
		w.automate, w.coherence = a, c
		return fs
	}
	if r == r2 {
		w.cleFacture = *e.cle()
	}
	w.sortie = append(w.sortie, w.fin...)
	w.sortie = append(w.sortie, texte...)
	w.fin, w.numero = w.g.FinDeLigne.texte(), numero
	return nil
}

// encode makes the text of a record and checks its zones.
func (w *Writer) encode(e Enregistrement, l *layout, modele string, numero int) (string, []faute) {
	copy(w.ligne[:], modele)
	w.champs = champs{layout: l, buf: w.ligne[:], siecle: w.g.Siecle, reglages: &w.g, parDefaut: &w.cleFacture}
	e.visite(&w.champs)
	fs := w.champs.fautes
	texte := string(w.ligne[:])
	if len(fs) == 0 {
		return texte, l.fautes(texte, numero)
	}
	for i := range fs {
		fs[i].ligne = numero
	}
	return texte, fs
}

// WriteRecord writes a record that was read, as it was read, its own end of
// line included: what a Reader gives and a Writer takes so is the same file
// byte for byte. Nothing of it is checked but its charset.
func (w *Writer) WriteRecord(r Record) error {
	switch {
	case w.err != nil:
		return w.err
	case r.IsZero() || r.l.tronque:
		return &simphonie.Erreur{Code: tronque.Code, Service: "b2", Ligne: r.Ligne(), Detail: tronque.detail}
	case w.g.Charset == ASCII && !ascii(r.l.brut), w.g.Charset == UTF8 && !utf8.ValidString(r.l.brut):
		return &simphonie.Erreur{Code: zoneCaractere.Code, Service: "b2", Ligne: r.Ligne(),
			Detail: "the line holds characters that are not of the charset that is set"}
	}
	w.sortie = append(w.sortie, w.fin...)
	w.sortie = append(w.sortie, r.l.brut...)
	w.sortie = append(w.sortie, r.l.fin.texte()...)
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
	if fs := w.automate.fin(w.numero); len(fs) > 0 {
		return errors.Join(w.vide(1), erreurDe(fs))
	}
	if !w.g.SansDerniereFin {
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

// rang gives the place of a type among the fourteen.
func rang(t Type) int {
	switch t {
	case T2:
		return r2
	case T2S:
		return r2S
	case T3:
		return r3
	case T3S:
		return r3S
	case T3E:
		return r3E
	case T3F:
		return r3F
	case T3H:
		return r3H
	case T4:
		return r4
	case T4S:
		return r4S
	case T4E:
		return r4E
	case T4B:
		return r4B
	case T4H:
		return r4H
	case T4M:
		return r4M
	}
	return r5
}
