package b2

import "unsafe"

// Encoder makes the text of single records and checks every zone of each. It
// knows nothing of the order of records: a Writer does. It is for one
// goroutine.
type Encoder struct {
	reglages Reglages
	layouts  [nbTypes]*layout
	modeles  [nbTypes]string
	champs   champs
	ligne    [Largeur]byte
	cle      Cle           // of the last type 2
	tete     [Largeur]byte // its text
}

// NewEncoder refuses settings that are missing or wrong.
func NewEncoder(g Reglages) (*Encoder, error) {
	ms, err := g.valide()
	if err != nil {
		return nil, err
	}
	e := &Encoder{reglages: g}
	e.champs = champs{buf: e.ligne[:], siecle: g.Siecle, reglages: &e.reglages, parDefaut: &e.cle, tete: &e.tete}
	for l, m := range ms {
		if l.rang >= 0 {
			e.layouts[l.rang], e.modeles[l.rang] = l, m
		}
	}
	return e, nil
}

// Append adds the 128 characters of a record to dst, without an end of line.
// A record other than a type 2 whose Cle is empty takes that of the last type
// 2. When zones are wrong nothing is added, and the error says which (see
// Erreurs).
func (e *Encoder) Append(dst []byte, v Enregistrement) ([]byte, error) {
	_, fs := e.encode(v, 0)
	if len(fs) > 0 {
		return dst, erreurDe(fs)
	}
	e.retient(v)
	return append(dst, e.ligne[:]...), nil
}

// encode makes the text of a record and checks its zones. The text lives until
// the next call.
func (e *Encoder) encode(v Enregistrement, ligne int) (string, []faute) {
	r := rang(v.Type())
	c := &e.champs
	c.layout = e.layouts[r]
	copy(e.ligne[:], e.modeles[r])
	v.visite(c)
	if fs := c.fautes; len(fs) > 0 {
		c.fautes = nil
		for i := range fs {
			fs[i].ligne = ligne
		}
		return "", fs
	}
	// The text is checked where it lies: nothing keeps it after this call but
	// what clones it, and nothing writes to it before the next one.
	texte := unsafe.String(&e.ligne[0], Largeur)
	return texte, c.layout.fautes(texte, ligne)
}

// retient keeps the key of a type 2 for the records behind it.
func (e *Encoder) retient(v Enregistrement) {
	if d, ok := v.(*Type2); ok {
		e.cle, e.tete = d.Cle, e.ligne
	}
}
