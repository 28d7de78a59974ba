package datamatrix

import "github.com/simphonie/simphonie"

// disposition is a keyboard layout over the same 47 keys, row by row.
type disposition struct {
	base, maj, altgr []rune
	// verrouChiffres: Caps Lock shifts every key, not the letters only.
	verrouChiffres bool
}

var (
	clavierUS = &disposition{
		base: []rune("`1234567890-=" + "qwertyuiop[]\\" + "asdfghjkl;'" + "zxcvbnm,./"),
		maj:  []rune("~!@#$%^&*()_+" + "QWERTYUIOP{}|" + "ASDFGHJKL:\"" + "ZXCVBNM<>?"),
	}
	clavierFR = &disposition{
		base:           []rune("²&é\"'(-è_çà)=" + "azertyuiop^$*" + "qsdfghjklmù" + "wxcvbn,;:!"),
		maj:            []rune("\x001234567890°+" + "AZERTYUIOP¨£µ" + "QSDFGHJKLM%" + "WXCVBN?./§"),
		altgr:          []rune("\x00\x00~#{[|`\\^@]}"),
		verrouChiffres: true,
	}
)

// desaccord is a scanner set to one layout that types on a host set to
// another, Caps Lock on or off.
type desaccord struct {
	codes         []simphonie.Code
	lecteur, hote *disposition
	verrou        bool
	rendu         map[rune]rune // what arrives to what the scanner meant
}

// desaccords lists the damages in the order in which they are tried.
var desaccords = func() []desaccord {
	const usfr, frus, verrou = "DM-REPARE-CLAVIER-US-FR", "DM-REPARE-CLAVIER-FR-US", "DM-REPARE-VERROUILLAGE"
	ds := []desaccord{
		{codes: []simphonie.Code{usfr}, lecteur: clavierUS, hote: clavierFR},
		{codes: []simphonie.Code{frus}, lecteur: clavierFR, hote: clavierUS},
		{codes: []simphonie.Code{verrou}, lecteur: clavierFR, hote: clavierFR, verrou: true},
		{codes: []simphonie.Code{usfr, verrou}, lecteur: clavierUS, hote: clavierFR, verrou: true},
		{codes: []simphonie.Code{frus, verrou}, lecteur: clavierFR, hote: clavierUS, verrou: true},
	}
	for i := range ds {
		ds[i].inverse()
	}
	return ds
}()

// inverse fills the table from what arrives to what was meant. Where two
// characters arrive as one, # and \ of the attestation win, then unshifted keys.
func (d *desaccord) inverse() {
	d.rendu = map[rune]rune{' ': ' '}
	pose := func(arrive, voulu rune) {
		if _, pris := d.rendu[arrive]; !pris && arrive != 0 && voulu != 0 {
			d.rendu[arrive] = voulu
		}
	}
	altgr := func(k int) rune { // a layout without AltGr types the bare key
		if d.hote.altgr == nil {
			return d.hote.touche(k, false, d.verrou)
		}
		return d.hote.altgr[k]
	}
	for k, c := range d.lecteur.altgr {
		if c == '#' || c == '\\' {
			pose(altgr(k), c)
		}
	}
	for k := range d.lecteur.base {
		pose(d.hote.touche(k, false, d.verrou), d.lecteur.base[k])
		pose(d.hote.touche(k, true, d.verrou), d.lecteur.maj[k])
	}
	for k, c := range d.lecteur.altgr {
		pose(altgr(k), c)
	}
	if d.verrou && d.hote.verrouChiffres { // hosts where Caps Lock spares the punctuation
		for k := 13; k < len(d.lecteur.base); k++ {
			pose(d.hote.base[k], d.lecteur.base[k])
			pose(d.hote.maj[k], d.lecteur.maj[k])
		}
	}
}

// touche gives what the host types for a key.
func (h *disposition) touche(k int, maj, verrou bool) rune {
	if verrou && (h.verrouChiffres || minuscule(h.base[k])) {
		maj = !maj
	}
	if maj {
		return h.maj[k]
	}
	return h.base[k]
}

// repare gives back what the scanner meant; a character that no key makes is kept.
func (d *desaccord) repare(t tampon) (u tampon, octet, nombre int) {
	return t.change(func(c rune) rune {
		if v, ok := d.rendu[c]; ok {
			return v
		}
		return c
	})
}
