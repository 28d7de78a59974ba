// Package menteur is a disk in memory that lies as disks do: what is not synced
// is lost by a cut, or half of it, and any call may fail. It is for tests.
package menteur

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"syscall"

	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// ErrCoupe is what every call answers after the cut.
var ErrCoupe = errors.New("power is cut")

// Disque is such a disk. It is used by one opener at a time.
type Disque struct {
	noms, durables map[string]*inode // names as seen, and as they would be after a cut
	verrou         bool

	// Panne, if set, is asked before each call that changes something: an error
	// fails it, a write after half of its bytes.
	Panne func(operation string) error
	// Operations counts those calls.
	Operations int
	// Oublie makes a sync that fails forget what it had to write.
	Oublie bool
}

type inode struct {
	durable, cache []byte
}

// New gives an empty disk.
func New() *Disque { return &Disque{noms: map[string]*inode{}, durables: map[string]*inode{}} }

// Queue says what is left of the writes that were not synced.
type Queue struct {
	Octets int  // how many of their bytes, from the first
	Zeros  bool // zeros in the place of the rest: the length was written, not the bytes
	Noms   bool // names that were not synced are kept too
}

// EnSuspens tells how many bytes a cut could lose now.
func (d *Disque) EnSuspens() int {
	n := 0
	for _, i := range d.noms {
		n = max(n, len(i.cache)-commun(i))
	}
	return n
}

// commun is the length up to which nothing changed since the last sync.
func commun(i *inode) int {
	n := min(len(i.durable), len(i.cache))
	for k := range n {
		if i.durable[k] != i.cache[k] {
			return k
		}
	}
	return n
}

// Apres gives the disk as the next process finds it after a cut.
func (d *Disque) Apres(q Queue) *Disque {
	noms := d.durables
	if q.Noms {
		noms = d.noms
	}
	a := New()
	for nom, i := range noms {
		b := bytes.Clone(i.durable)
		if k := commun(i); q.Octets > 0 || q.Zeros {
			n := min(k+q.Octets, len(i.cache))
			b = bytes.Clone(i.cache[:n])
			if q.Zeros {
				b = append(b, make([]byte, len(i.cache)-n)...)
			}
		}
		a.noms[nom] = &inode{b, bytes.Clone(b)}
	}
	a.durables = maps.Clone(a.noms)
	return a
}

// Relance gives the disk as the next process finds it when only the process ended.
func (d *Disque) Relance() *Disque {
	a := New()
	a.noms, a.durables = d.noms, d.durables
	return a
}

// Contenu gives the bytes of a file.
func (d *Disque) Contenu(nom string) []byte {
	if i := d.noms[nom]; i != nil {
		return bytes.Clone(i.cache)
	}
	return nil
}

// Pose puts a file on the disk.
func (d *Disque) Pose(nom string, b []byte) {
	d.noms[nom] = &inode{bytes.Clone(b), bytes.Clone(b)}
	d.durables[nom] = d.noms[nom]
}

func (d *Disque) change(operation string) error {
	d.Operations++
	if d.Panne == nil {
		return nil
	}
	return d.Panne(operation)
}

type verrou struct{ d *Disque }

func (v verrou) Close() error { v.d.verrou = false; return nil }

// Reel gives the name as it is.
func (d *Disque) Reel(nom string) (string, error) { return nom, nil }

// Verrouille keeps a second opener out.
func (d *Disque) Verrouille(string) (io.Closer, error) {
	if d.verrou {
		return nil, fichierjournal.ErrOccupe
	}
	d.verrou = true
	return verrou{d}, nil
}

// Ouvre opens a file, or makes an empty one.
func (d *Disque) Ouvre(nom string) (fichierjournal.Ouvert, error) {
	if err := d.change("ouvre " + nom); err != nil {
		return nil, err
	}
	if d.noms[nom] == nil {
		d.noms[nom] = &inode{}
	}
	return &ouvert{d, d.noms[nom], false}, nil
}

// Renomme puts a file in the place of another.
func (d *Disque) Renomme(de, vers string) error {
	if err := d.change("renomme"); err != nil {
		return err
	}
	d.noms[vers] = d.noms[de]
	delete(d.noms, de)
	return nil
}

// Efface removes a file.
func (d *Disque) Efface(nom string) error {
	if err := d.change("efface"); err != nil {
		return err
	}
	delete(d.noms, nom)
	return nil
}

// SynchroniseDossier makes the names durable.
func (d *Disque) SynchroniseDossier(string) error {
	if err := d.change("synchronise le dossier"); err != nil {
		return err
	}
	d.durables = maps.Clone(d.noms)
	return nil
}

type ouvert struct {
	d     *Disque
	i     *inode
	ferme bool
}

func (o *ouvert) ReadAt(p []byte, a int64) (int, error) {
	if o.ferme {
		return 0, syscall.EBADF
	}
	if a >= int64(len(o.i.cache)) {
		return 0, io.EOF
	}
	n := copy(p, o.i.cache[a:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (o *ouvert) WriteAt(p []byte, a int64) (int, error) {
	if o.ferme {
		return 0, syscall.EBADF
	}
	err := o.d.change("écrit")
	if errors.Is(err, ErrCoupe) {
		return 0, err
	}
	if err != nil {
		p = p[:len(p)/2]
	}
	if fin := int(a) + len(p); fin > len(o.i.cache) {
		o.i.cache = append(o.i.cache, make([]byte, fin-len(o.i.cache))...)
	}
	return copy(o.i.cache[a:], p), err
}

func (o *ouvert) Taille() (int64, error) { return int64(len(o.i.cache)), nil }

func (o *ouvert) Truncate(n int64) error {
	if err := o.d.change("tronque"); err != nil {
		return err
	}
	o.i.cache = bytes.Clone(o.i.cache[:n])
	return nil
}

func (o *ouvert) Sync() error {
	if o.ferme {
		return syscall.EBADF
	}
	if err := o.d.change("synchronise"); err != nil {
		if o.d.Oublie {
			o.i.cache = bytes.Clone(o.i.durable)
		}
		return err
	}
	o.i.durable = bytes.Clone(o.i.cache)
	return nil
}

func (o *ouvert) Close() error {
	o.ferme = true
	return nil
}
