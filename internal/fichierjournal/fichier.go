package fichierjournal

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"io"
	"sync"
)

// Why a file is not opened, or takes nothing more.
var (
	ErrOccupe = errors.New("another opener holds the file")
	ErrAbime  = errors.New("this is not a file of this format, or it is damaged")
	ErrCle    = errors.New("the file was written with another key, or was changed")
	ErrCasse  = errors.New("the file could not be written: open it again")
	ErrFerme  = errors.New("the file is closed")
	ErrTaille = errors.New("too much for one write")
)

// Format names a kind of file.
type Format struct {
	Tete  string // first bytes of the file
	Trame string // first four bytes of each write
	// Sceau encrypts the lines; nil leaves them in clear, with their checksum.
	Sceau cipher.AEAD
}

// Position says where a line stands, until the next compaction.
type Position struct {
	trame int64
	rang  int
}

// Fichier is an open file. It is safe for concurrent use.
type Fichier struct {
	systeme Systeme
	nom     string
	format  Format
	recoit  func(ligne []byte, ou Position) error
	verrou  io.Closer

	mu     sync.Mutex // of groupe
	groupe *Attente   // the lines that the next write takes

	ecriture sync.Mutex // one write at a time
	fichier  Ouvert
	id       [idTaille]byte
	suivant  uint64 // number of the next frame
	fin      int64  // where it goes
	casse    error  // the file is not written any more
	ecartes  int64
}

// Ouvre opens or makes a file. recoit is given each line of the past before
// Ouvre returns, then each new one once it is durable, one at a time and in
// order; its error refuses the file.
func Ouvre(s Systeme, nom string, m Format, recoit func(ligne []byte, ou Position) error) (*Fichier, error) {
	if len(m.Trame) != marqueTaille || m.Tete == "" {
		return nil, errors.New("a format has marks")
	}
	nom, err := s.Reel(nom)
	if err != nil {
		return nil, err
	}
	verrou, err := s.Verrouille(nom)
	if err != nil {
		return nil, err
	}
	f := &Fichier{systeme: s, nom: nom, format: m, recoit: recoit, verrou: verrou}
	if err := f.prepare(); err != nil {
		if f.fichier != nil {
			err = errors.Join(err, f.fichier.Close())
		}
		return nil, errors.Join(err, verrou.Close())
	}
	return f, nil
}

func (f *Fichier) prepare() error {
	// A compaction that was cut left its copy; the file itself is whole.
	if err := f.systeme.Efface(f.nom + suffixeNeuf); err != nil {
		return err
	}
	var err error
	if f.fichier, err = f.systeme.Ouvre(f.nom); err != nil {
		return err
	}
	taille, err := f.fichier.Taille()
	if err != nil {
		return err
	}
	if f.fin, err = f.relit(taille); err != nil {
		return err
	}
	if f.ecartes = taille - f.fin; f.ecartes > 0 {
		if err := f.fichier.Truncate(f.fin); err != nil {
			return err
		}
	}
	if f.fin == 0 {
		if f.fin, err = f.commence(f.fichier, &f.id); err != nil {
			return err
		}
	}
	if err := f.fichier.Sync(); err != nil {
		return err
	}
	return f.systeme.SynchroniseDossier(f.nom)
}

// commence writes the head of a new file.
func (f *Fichier) commence(o Ouvert, id *[idTaille]byte) (int64, error) {
	if _, err := rand.Read(id[:]); err != nil {
		return 0, err
	}
	n, err := o.WriteAt(f.format.entete(*id), 0)
	return int64(n), err
}

// Ecartes tells how many bytes of a write that was cut were dropped at opening.
func (f *Fichier) Ecartes() int64 { return f.ecartes }

// Attente is a write under way, shared by all who came while the one before it
// was on its way to the disk.
type Attente struct {
	lignes [][]byte
	fini   chan struct{}
	err    error
}

// Fini is closed when the write is over.
func (a *Attente) Fini() <-chan struct{} { return a.fini }

// Err tells, once it is over, whether the lines are on the disk. After an error
// the file takes nothing more; opened again, it says what it kept.
func (a *Attente) Err() error { return a.err }

// Ajoute hands over lines, to be kept all or none, and does not wait.
func (f *Fichier) Ajoute(lignes ...[]byte) *Attente {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, premier := f.groupe, f.groupe == nil
	if premier {
		a = &Attente{fini: make(chan struct{})}
		f.groupe = a
	}
	a.lignes = append(a.lignes, lignes...)
	if premier {
		go f.ecritGroupe()
	}
	return a
}

// ecritGroupe writes what has gathered while the write before was under way.
func (f *Fichier) ecritGroupe() {
	f.ecriture.Lock()
	defer f.ecriture.Unlock()
	f.mu.Lock()
	a := f.groupe
	f.groupe = nil
	f.mu.Unlock()
	a.err = f.ecrit(a.lignes)
	close(a.fini)
}

func (f *Fichier) ecrit(lignes [][]byte) error {
	if f.casse != nil {
		return f.casse
	}
	t, err := f.format.trame(f.id, f.suivant, lignes)
	if err != nil {
		return err // nothing was written: the file goes on
	}
	if _, err = f.fichier.WriteAt(t, f.fin); err == nil {
		err = f.fichier.Sync()
	}
	if err == nil {
		for i, l := range lignes {
			if err = f.recoit(l, Position{f.fin, i}); err != nil {
				break
			}
		}
	}
	if err != nil {
		// What reached the disk is unknown: only reading the file again tells.
		f.casse = errors.Join(ErrCasse, err)
		return f.casse
	}
	f.fin += int64(len(t))
	f.suivant++
	return nil
}

// Relit reads a line again. No compaction may end between the moment the
// position was taken and the end of this call.
func (f *Fichier) Relit(p Position) ([]byte, error) {
	taille, err := f.fichier.Taille()
	if err != nil {
		return nil, err
	}
	t, err := f.format.lisTrame(f.fichier, p.trame, taille)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, ErrAbime
	}
	ls, err := f.format.lignes(f.id, t)
	if err != nil {
		return nil, err
	}
	if p.rang >= len(ls) {
		return nil, ErrAbime
	}
	return ls[p.rang], nil
}

// Close waits for the write under way, then lets another open the file.
func (f *Fichier) Close() error {
	f.ecriture.Lock()
	defer f.ecriture.Unlock()
	if errors.Is(f.casse, ErrFerme) {
		return nil
	}
	f.casse = errors.Join(ErrFerme, f.casse)
	return errors.Join(f.fichier.Close(), f.verrou.Close())
}
