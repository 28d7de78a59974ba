package journal

import (
	"context"
	"time"

	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// Compacte writes the file again. Attempts that were closed before an hour are
// reduced to their outcome: their steps and payloads go, what makes them unique
// stays, so that none can be made twice. Writes wait meanwhile, reads do not.
// A cut at any moment leaves the file as it was, or as it is after.
func (f *Fichier) Compacte(ctx context.Context, avant time.Time) error {
	neuf := nouvelIndex()
	copie := func(ajoute func([]byte) (fichierjournal.Position, error)) error {
		for _, c := range f.cles() {
			lignes, err := f.resume(ctx, c, avant)
			if err != nil {
				return err
			}
			for _, b := range lignes {
				ou, err := ajoute(b)
				if err == nil {
					err = neuf.prend(b, ou)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
	return erreurFichier(f.fichier.Compacte(copie, func(remplace func() error) error {
		f.mu.Lock()
		defer f.mu.Unlock()
		if err := remplace(); err != nil {
			return err
		}
		f.index = neuf
		return nil
	}))
}

// cles gives the keys, the oldest first.
func (f *Fichier) cles() []Cle {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.index.ordre
}

// resume gives the lines that a key comes to, one an attempt.
func (f *Fichier) resume(ctx context.Context, c Cle, avant time.Time) ([][]byte, error) {
	essais, err := f.Lit(ctx, c)
	if err != nil {
		return nil, err
	}
	lignes := make([][]byte, len(essais))
	for i, e := range essais {
		l := ligne{Cle: c, Essai: &e, Etapes: e.Etapes}
		if e.Clos() && e.Maj.Before(avant) {
			l.Etapes = nil
		}
		e.Etapes = nil
		if lignes[i], err = l.octets(); err != nil {
			return nil, err
		}
	}
	return lignes, nil
}
