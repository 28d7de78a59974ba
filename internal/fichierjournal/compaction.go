package fichierjournal

import "errors"

const (
	suffixeNeuf = ".neuf"
	lotTaille   = 32 << 10 // a write of the copy; Relit reads as much for one line
)

// Compacte replaces the file by what copie writes, whole or not at all. New
// lines wait meanwhile. bascule is called when the copy is durable: it calls
// remplace, under whatever keeps out those who hold a Position, and takes the
// positions that ajoute gave. When an error leaves the file as it was, the file
// goes on; when that cannot be told, it takes nothing more.
func (f *Fichier) Compacte(copie func(ajoute func(ligne []byte) (Position, error)) error, bascule func(remplace func() error) error) error {
	f.ecriture.Lock()
	defer f.ecriture.Unlock()
	if f.casse != nil {
		return f.casse
	}
	c := copieur{f: f}
	err := c.ecrit(copie)
	if err != nil {
		return errors.Join(err, f.systeme.Efface(f.nom+suffixeNeuf))
	}
	err = bascule(func() error { return f.remplace(&c) })
	if err != nil {
		f.casse = errors.Join(ErrCasse, err)
		return f.casse
	}
	return nil
}

// remplace puts the copy in the place of the file. The file is closed first:
// some systems rename nothing onto an open one.
func (f *Fichier) remplace(c *copieur) error {
	if err := f.fichier.Close(); err != nil {
		return err
	}
	if err := f.systeme.Renomme(f.nom+suffixeNeuf, f.nom); err != nil {
		return err
	}
	if err := f.systeme.SynchroniseDossier(f.nom); err != nil {
		return err
	}
	o, err := f.systeme.Ouvre(f.nom)
	if err != nil {
		return err
	}
	f.fichier, f.id, f.suivant, f.fin = o, c.id, c.suivant, c.fin
	return nil
}

// copieur writes the copy.
type copieur struct {
	f       *Fichier
	fichier Ouvert
	id      [idTaille]byte
	suivant uint64
	fin     int64
	lot     [][]byte
	taille  int
}

func (c *copieur) ecrit(copie func(func([]byte) (Position, error)) error) (err error) {
	if c.fichier, err = c.f.systeme.Ouvre(c.f.nom + suffixeNeuf); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.fichier.Close()) }()
	if err := c.fichier.Truncate(0); err != nil {
		return err
	}
	if c.fin, err = c.f.commence(c.fichier, &c.id); err != nil {
		return err
	}
	if err := copie(c.ajoute); err != nil {
		return err
	}
	if err := c.vide(); err != nil {
		return err
	}
	return c.fichier.Sync()
}

func (c *copieur) ajoute(ligne []byte) (Position, error) {
	if c.taille+len(ligne) > lotTaille {
		if err := c.vide(); err != nil {
			return Position{}, err
		}
	}
	c.lot, c.taille = append(c.lot, ligne), c.taille+len(ligne)
	return Position{c.fin, len(c.lot) - 1}, nil
}

func (c *copieur) vide() error {
	if len(c.lot) == 0 {
		return nil
	}
	t, err := c.f.format.trame(c.id, c.suivant, c.lot)
	if err != nil {
		return err
	}
	if _, err := c.fichier.WriteAt(t, c.fin); err != nil {
		return err
	}
	c.suivant, c.fin, c.lot, c.taille = c.suivant+1, c.fin+int64(len(t)), nil, 0
	return nil
}
