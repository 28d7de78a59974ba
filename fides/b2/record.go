package b2

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// Record is a line as it was read: a view over its text, which is kept whole,
// known or not, right or wrong. It stays valid for as long as it is held; the
// lines of a block of 64 KB share their memory.
//
// A Record prints its type and line only: ask Texte for a zone, Decode for
// the view of all of them, Describe for a masked listing.
type Record struct{ p **ligne }

// ligne sits behind two pointers: fmt prints what a pointer to a struct points
// at, even in a field that is not exported, and stops at a pointer to a
// pointer.
type ligne struct {
	moi     *ligne  // what a Record points at
	brut    string  // bytes as read
	texte   string  // one byte a column
	layout  *layout // nil when the type is unknown
	regle   *regle  // why it is unknown, nil for a record of file or lot
	numero  int
	fin     FinDeLigne
	sain    bool // every zone was checked and is right
	tronque bool
}

// ParseRecord makes a record of a line without its end, by the table of FIDES.
func ParseRecord(texte string) Record { return TableFIDES().Record(texte) }

// Record makes a record of a line without its end.
func (t *Table) Record(texte string) Record {
	l := &ligne{}
	l.lis(t, &fixedwidth.Line{Text: texte, Number: 1})
	return l.record()
}

func (l *ligne) record() Record {
	l.moi = l
	return Record{&l.moi}
}

// l gives the line, nil when there is no record.
func (r Record) l() *ligne {
	if r.p == nil {
		return nil
	}
	return *r.p
}

// lis fills the line and checks its zones.
func (l *ligne) lis(t *Table, f *fixedwidth.Line) {
	l.brut, l.texte, l.numero, l.tronque = f.Text, f.Text, f.Number, f.Truncated
	l.fin = finLue(f.End)
	l.layout, l.regle = t.identifie(l.texte)
	if l.sain = l.layout != nil && !l.tronque && l.layout.sain(l.texte); l.sain {
		return
	}
	if l.texte = colonnes(f.Text); len(l.texte) != len(f.Text) {
		l.layout, l.regle = t.identifie(l.texte)
	}
}

// IsZero says that there is no record.
func (r Record) IsZero() bool { return r.l() == nil }

// Type gives the type of the record; "" when the table does not know it.
func (r Record) Type() Type {
	if r.l() == nil || r.l().layout == nil {
		return ""
	}
	return r.l().layout.typ
}

// Enveloppe says that the record belongs to the file or the lot (000, 1, 6,
// 999) and that the table does not describe it.
func (r Record) Enveloppe() bool {
	return r.l() != nil && r.l().layout == nil && r.l().regle == nil
}

// Ligne gives the number of the line, from 1.
func (r Record) Ligne() int {
	if r.l() == nil {
		return 0
	}
	return r.l().numero
}

// Brut gives the bytes of the line as they were read, personal data included,
// without the end of line.
func (r Record) Brut() string {
	if r.l() == nil {
		return ""
	}
	return r.l().brut
}

// FinDeLigne gives the end of line that was read.
func (r Record) FinDeLigne() FinDeLigne {
	if r.l() == nil {
		return FinInconnue
	}
	return r.l().fin
}

// Texte gives the columns of a zone as they are, personal data included. It is
// "" when the record has no such zone, or is too short for it.
func (r Record) Texte(zone string) string {
	if r.l() == nil || r.l().layout == nil {
		return ""
	}
	z := r.l().layout.parID[zone]
	if z == nil || z.fin > len(r.l().texte) {
		return ""
	}
	return r.l().texte[z.debut:z.fin]
}

// Montant gives the amount of a zone of centimes; false when the record has no
// such zone or the zone does not hold digits.
func (r Record) Montant(zone string) (simphonie.Montant, bool) {
	s := r.Texte(zone)
	if s == "" || r.l().layout.parID[zone].decimales != 2 {
		return 0, false
	}
	v, ok := fixedwidth.Uint(s)
	return simphonie.Montant(v), ok
}

// fautes gives all that is wrong with the record alone.
func (r Record) fautes() []faute {
	l := r.l()
	switch {
	case l == nil || l.sain || r.Enveloppe() && !l.tronque:
		return nil
	case l.tronque:
		return []faute{{regle: &ligneLongue, ligne: l.numero}}
	case l.layout == nil:
		col := 1
		if l.regle != &typeInconnu && l.regle != &longueur {
			col = l.colonneLettre()
		}
		return []faute{{regle: l.regle, ligne: l.numero, colonne: col, valeurs: []string{strconv.Itoa(len(l.texte))}}}
	}
	return l.layout.fautes(l.texte, l.numero)
}

// colonneLettre gives the column of the complement letter.
func (l *ligne) colonneLettre() int {
	if lettre(l.texte, teteCourte.lettre) >= 0 {
		return teteCourte.lettre + 1
	}
	return teteLongue.lettre + 1
}

// Err gives all that is wrong with the record alone: nil, a
// *simphonie.Erreur, or several joined (see Erreurs). A record of file or lot
// that the table does not know is not wrong.
func (r Record) Err() error { return erreurDe(r.fautes()) }

// Anomalies gives what Err gives, for a billing agent.
func (r Record) Anomalies() simphonie.Anomalies { return anomaliesDe(r.fautes()) }
