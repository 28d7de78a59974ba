// Package dbf reads tables of dBase III and IV, one record after the other, as
// far as texts, numbers and dates go: no memo, no index, no encryption.
package dbf

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/simphonie/simphonie"
)

// Champ is one field of the records.
type Champ struct {
	Nom      string
	Type     byte // C text, N number, D date, and others that are not read
	Longueur int
	debut    int
}

// enregistrementsMax and octetsMax bound a table, whatever its header says.
const (
	enregistrementsMax = 1 << 23
	octetsMax          = 1 << 30
)

const (
	tailleEntete = 32
	tailleChamp  = 32
	finEntete    = 0x0D
	finFichier   = 0x1A
	actif        = ' '
	efface       = '*'
)

// Lecteur gives the records of a table. It is for one goroutine.
type Lecteur struct {
	r       *bufio.Reader
	champs  []Champ
	tampon  []byte
	restant uint32
	rang    int
	err     error
}

// Ouvre reads the header: DBF-VERSION for another kind of file or an encrypted
// one, DBF-ENTETE when the header contradicts itself, DBF-LIMITE.
func Ouvre(r io.Reader) (*Lecteur, error) {
	if r == nil {
		return nil, erreur("DBF-LECTURE", "no file", nil)
	}
	l := &Lecteur{r: bufio.NewReaderSize(r, 1<<16)}
	var e [tailleEntete]byte
	if _, err := io.ReadFull(l.r, e[:]); err != nil {
		return nil, erreur("DBF-ENTETE", "shorter than a header", err)
	}
	switch {
	case e[0]&7 != 3:
		return nil, erreur("DBF-VERSION", fmt.Sprintf("version %#02x: dBase III or IV is wanted", e[0]), nil)
	case e[15] != 0:
		return nil, erreur("DBF-VERSION", "the table is encrypted", nil)
	}
	l.restant = binary.LittleEndian.Uint32(e[4:])
	entete, longueur := int(binary.LittleEndian.Uint16(e[8:])), int(binary.LittleEndian.Uint16(e[10:]))
	if l.restant > enregistrementsMax || int64(l.restant)*int64(longueur) > octetsMax {
		err := erreur("DBF-LIMITE", fmt.Sprintf("%d records of %d bytes", l.restant, longueur), nil)
		err.LimiteLocale = true
		return nil, err
	}
	if entete < tailleEntete+tailleChamp+1 {
		return nil, erreur("DBF-ENTETE", "no field", nil)
	}
	suite := make([]byte, entete-tailleEntete)
	if _, err := io.ReadFull(l.r, suite); err != nil {
		return nil, erreur("DBF-ENTETE", "the file ends in the header", err)
	}
	if err := l.lisChamps(suite); err != nil {
		return nil, err
	}
	dernier := l.champs[len(l.champs)-1]
	if dernier.debut+dernier.Longueur != longueur {
		return nil, erreur("DBF-ENTETE", fmt.Sprintf("fields make records of %d bytes, the header says %d", dernier.debut+dernier.Longueur, longueur), nil)
	}
	l.tampon = make([]byte, longueur)
	return l, nil
}

func (l *Lecteur) lisChamps(b []byte) error {
	debut := 1 // after the mark of deletion
	for len(b) > 0 && b[0] != finEntete {
		if len(b) < tailleChamp {
			return erreur("DBF-ENTETE", "the list of fields has no end", nil)
		}
		nom, _, _ := bytes.Cut(b[:11], []byte{0})
		c := Champ{string(bytes.TrimSpace(nom)), b[11], int(b[16]), debut}
		if c.Nom == "" || c.Longueur == 0 || !imprimable(nom) {
			return erreur("DBF-ENTETE", fmt.Sprintf("field %d has no name or no length", len(l.champs)+1), nil)
		}
		for _, autre := range l.champs {
			if autre.Nom == c.Nom {
				return erreur("DBF-ENTETE", "two fields "+c.Nom, nil)
			}
		}
		debut += c.Longueur
		l.champs = append(l.champs, c)
		b = b[tailleChamp:]
	}
	if len(b) == 0 || len(l.champs) == 0 {
		return erreur("DBF-ENTETE", "the list of fields has no end, or is empty", nil)
	}
	return nil
}

// Champs lists the fields.
func (l *Lecteur) Champs() []Champ { return l.champs }

// Champ finds a field by its name.
func (l *Lecteur) Champ(nom string) (*Champ, bool) {
	for i := range l.champs {
		if l.champs[i].Nom == nom {
			return &l.champs[i], true
		}
	}
	return nil, false
}

// Suivant goes to the next record that is not deleted; false at the end or on
// an error, which Err gives.
func (l *Lecteur) Suivant() bool {
	for l.err == nil && l.restant > 0 {
		l.restant--
		l.rang++
		if _, err := io.ReadFull(l.r, l.tampon); err != nil {
			l.err = l.faute("DBF-TRONQUE", "the file ends before its last record", err)
			return false
		}
		switch l.tampon[0] {
		case actif:
			return true
		case efface:
		case finFichier:
			l.err = l.faute("DBF-TRONQUE", "the end mark comes before the last record", nil)
		default:
			l.err = l.faute("DBF-ENREGISTREMENT", "neither kept nor deleted", nil)
		}
	}
	return false
}

// Rang gives the number of the record, from 1, deleted ones included.
func (l *Lecteur) Rang() int { return l.rang }

// Err gives what stopped the reading, nil at the end of the table.
func (l *Lecteur) Err() error { return l.err }

// Octets gives the value of a field without its spaces, until the next call of
// Suivant. Other characters than those of ASCII are refused (DBF-CARACTERE):
// codes and numbers have none, and their code page is often wrong.
func (l *Lecteur) Octets(c *Champ) ([]byte, error) {
	b := l.tampon[c.debut : c.debut+c.Longueur]
	b = bytes.Trim(b, " \x00")
	if !imprimable(b) {
		return nil, l.faute("DBF-CARACTERE", c.Nom+": a character out of ASCII", nil)
	}
	return b, nil
}

func imprimable(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

func (l *Lecteur) faute(code simphonie.Code, detail string, err error) *simphonie.Erreur {
	e := erreur(code, detail, err)
	e.Ligne = l.rang
	return e
}

func erreur(code simphonie.Code, detail string, err error) *simphonie.Erreur {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return &simphonie.Erreur{Code: code, Detail: detail, Err: err}
}
