package datamatrix

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// binaire2DDoc recognises the binary form of version 4.
func binaire2DDoc(s string) bool { return len(s) > 2 && s[0] == 0xDC && s[1] == 4 }

func (a *analyse) doc2DBinaire(s string, aim int) error {
	if aim > 0 {
		a.AIM = s[:aim]
		a.repare("DM-REPARE-AIM", 0, 1)
	}
	a.Genre = Genre2DDoc
	a.texte(nouveauTampon(s[aim:]))
	a.avertit("DM-2DDOC-BINAIRE", "", aim)
	a.avertit("DM-2DDOC-NON-VERIFIE", "signature", len(s))
	a.Valeur = Doc2D{Version: "04", Binaire: true, Etat: SignatureNonVerifiee}
	return nil
}

func (a *analyse) doc2D(t tampon) error {
	d, n, ok := entete2D(t)
	if !ok {
		a.texte(t)
		return erreur("DM-2DDOC-ENTETE", t.pos[min(n, len(t.r))], "header cut or malformed")
	}
	table := a.o.Champs
	if table == nil {
		table = champs2D
	}
	t = a.uniteRetrouvee(t, n)
	fin := slices.Index(t.r, us)
	if fin < 0 {
		fin = len(t.r)
	}
	t = a.separateurs2D(t, n, fin, table)
	a.texte(t)
	for i := n; i < fin; {
		c, j, err := a.champ2D(t.entre(0, fin), i, table)
		if err != nil {
			return err
		}
		d.Champs = append(d.Champs, c)
		i = j
	}
	a.signature(&d, t, fin)
	a.Valeur = d
	return nil
}

// entete2D reads the header: 22 characters, 24 in version 3, 26 in version 4.
func entete2D(t tampon) (d Doc2D, n int, ok bool) {
	n = 22 + 2*btoi(t.r[3] >= '3') + 2*btoi(t.r[3] == '4')
	if len(t.r) < n {
		return d, n, false
	}
	for i, c := range t.r[:n] {
		if !alphanum(c) {
			return d, i, false
		}
	}
	s := string(t.r[:n])
	d = Doc2D{Version: s[2:4], CA: s[4:8], Certificat: s[8:12], Type: s[20:22]}
	var err error
	if d.Emission, err = lit2D(s[12:16]); err != nil {
		return d, 12, false
	}
	if d.Signe, err = lit2D(s[16:20]); err != nil {
		return d, 16, false
	}
	if n > 22 {
		d.Perimetre = s[22:24]
	}
	if n > 24 {
		d.Pays = s[24:26]
	}
	return d, n, true
}

func lit2D(s string) (simphonie.Jour, error) {
	n, err := strconv.ParseUint(s, 16, 16)
	if err != nil || n == 0xFFFF {
		return simphonie.Jour{}, err
	}
	return origine2D.AddDays(int(n)), nil
}

// champ2D reads the field at i and gives the place of the next.
func (a *analyse) champ2D(t tampon, i int, table TableChamps2D) (Champ2D, int, error) {
	if i+2 > len(t.r) || !alphanum(t.r[i]) || !alphanum(t.r[i+1]) {
		return Champ2D{}, 0, erreur("DM-2DDOC-CHAMP", t.pos[i], "a field identifier is wanted here")
	}
	c := Champ2D{Id: string(t.r[i : i+2])}
	debut := i + 2
	fixe, connu := table[c.Id]
	if !connu {
		a.avertit("DM-2DDOC-CHAMP-INCONNU", c.Id, t.pos[i], c.Id)
	}
	fin := debut
	for fin < len(t.r) && t.r[fin] != gs && t.r[fin] != rs && (fixe == 0 || fin-debut < fixe) {
		fin++
	}
	if fixe > 0 && fin-debut < fixe && (fin == len(t.r) || t.r[fin] != rs) {
		return c, 0, erreur("DM-2DDOC-CHAMP-TRONQUE", t.pos[fin], "field "+c.Id+" is cut", c.Id)
	}
	c.Valeur = simphonie.NewConfidentiel(string(t.r[debut:fin]))
	switch {
	case fin == len(t.r):
	case t.r[fin] == gs && fixe > 0:
		a.repare("DM-REPARE-SEPARATEUR-SUPERFLU", t.pos[fin], 1)
		fin++
	case t.r[fin] == gs || t.r[fin] == rs:
		c.Separe, c.Tronque = true, t.r[fin] == rs
		fin++
	}
	return c, fin, nil
}

// separateurs2D puts back the separators of a message that has none but holds
// a character that only stands before known identifiers.
func (a *analyse) separateurs2D(t tampon, debut, fin int, table TableChamps2D) tampon {
	if slices.Contains(t.r[debut:fin], gs) {
		return t
	}
	for _, c := range `]|@~` {
		octet, nombre := 0, 0
		for i := debut; i < fin; i++ {
			if t.r[i] != c {
				continue
			}
			if nombre++; nombre == 1 {
				octet = t.pos[i]
			}
			if i+1 == fin {
				continue
			}
			if i+3 > fin {
				nombre = -1
			} else if _, connu := table[string(t.r[i+1:i+3])]; !connu {
				nombre = -1
			}
			if nombre < 0 {
				break
			}
		}
		if nombre > 0 {
			u := t.clone()
			for i := debut; i < fin; i++ {
				if u.r[i] == c {
					u.r[i] = gs
				}
			}
			a.repare("DM-REPARE-SEPARATEUR-CARACTERE", octet, nombre)
			return u
		}
	}
	return t
}

// longueursBase32 are those of signatures on P-256, P-384 and P-521.
var longueursBase32 = [...]int{103, 154, 212}

// uniteRetrouvee puts back the separator of the signature: where another mark
// stands right before the characters of a signature, or where it was lost and
// these characters can only be a signature on P-256, being enough for it and
// too few for a longer one.
func (a *analyse) uniteRetrouvee(t tampon, entete int) tampon {
	if slices.Contains(t.r, us) {
		return t
	}
	i := len(t.r)
	for i > entete && (majuscule(t.r[i-1]) || t.r[i-1] >= '2' && t.r[i-1] <= '7') {
		i--
	}
	n := len(t.r) - i
	if i > entete && strings.ContainsRune("_ |]@~^$", t.r[i-1]) && slices.Contains(longueursBase32[:], n) {
		u := t.clone()
		u.r[i-1] = us
		a.repare("DM-REPARE-SEPARATEUR-CARACTERE", t.pos[i-1], 1)
		return u
	}
	if n < longueursBase32[0] || n >= longueursBase32[1] {
		return t
	}
	p := len(t.r) - longueursBase32[0]
	a.repare("DM-REPARE-SEPARATEUR-PERDU", t.pos[p], 1)
	avant, apres := t.entre(0, p).clone(), t.entre(p, len(t.r))
	avant.r = append(append(avant.r, us), apres.r...)
	avant.pos = append(avant.pos, apres.pos...)
	return avant
}

// signature reads and, with a verifier, checks the signature after the message.
func (a *analyse) signature(d *Doc2D, t tampon, fin int) {
	var octets []byte
	if fin < len(t.r) {
		s := strings.TrimRight(string(t.r[fin+1:]), "=")
		octets, _ = base32Doc2D.DecodeString(s)
	}
	place := t.pos[min(fin, len(t.r))]
	if len(octets) == 0 {
		d.Etat = SignatureAbsente
		a.avertit("DM-2DDOC-SIGNATURE-ABSENTE", "signature", place)
		return
	}
	d.Signature = simphonie.NewConfidentiel(string(octets))
	d.Etat = verifie(a.o.Verificateur, *d, []byte(string(t.r[:fin])), octets)
	switch d.Etat {
	case SignatureNonVerifiee:
		a.avertit("DM-2DDOC-NON-VERIFIE", "signature", place)
	case SignatureRefusee:
		a.avertit("DM-2DDOC-SIGNATURE", "signature", place)
	}
}
