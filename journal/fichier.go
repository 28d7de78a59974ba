package journal

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// Fichier is a store in one file, for one process. It needs nothing. Steps that
// are written together share one write to the disk (fsync). It holds in memory
// the states, not the payloads.
type Fichier struct {
	fichier *fichierjournal.Fichier

	mu      sync.RWMutex
	index   index
	enCours map[Cle]*fichierjournal.Attente // the write of each key that is under way
}

// index is what the lines of a file amount to.
type index struct {
	cles    map[Cle]*fil
	ordre   []Cle
	ouverts map[Ref]struct{} // attempts that may still change
}

// fil is the attempts of a key.
type fil struct {
	essais []Essai
	ou     [][]place // where each step of each attempt stands
}

type place struct {
	ligne fichierjournal.Position
	rang  int
}

func nouvelIndex() index { return index{cles: map[Cle]*fil{}, ouverts: map[Ref]struct{}{}} }

// OuvreFichier opens or makes the file of a journal. It keeps beside it
// chemin.verrou, and chemin.neuf while it compacts. A file that another process
// holds is JRN-FICHIER-OCCUPE; a damaged one is JRN-FICHIER-ABIME, and is left
// as it is.
func OuvreFichier(chemin string) (*Fichier, error) {
	return ouvreFichier(fichierjournal.Disque{}, chemin)
}

func ouvreFichier(s fichierjournal.Systeme, chemin string) (*Fichier, error) {
	f := &Fichier{index: nouvelIndex(), enCours: map[Cle]*fichierjournal.Attente{}}
	var err error
	f.fichier, err = fichierjournal.Ouvre(s, chemin, fichierjournal.Format{Tete: "SIMPHONIE-JRN-01", Trame: "JrnT"}, f.recoit)
	if err != nil {
		return nil, erreurFichier(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for r := range f.index.ouverts {
		// Whoever awaited these answers is gone with the process before.
		f.index.cles[r.Cle].essais[r.Essai-1].Limite = time.Time{}
	}
	return f, nil
}

func erreurFichier(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fichierjournal.ErrOccupe):
		return enveloppe("JRN-FICHIER-OCCUPE", "another process holds this file", err)
	case errors.Is(err, fichierjournal.ErrAbime):
		return enveloppe("JRN-FICHIER-ABIME", "", err)
	case errors.Is(err, fichierjournal.ErrFerme):
		return enveloppe("JRN-FICHIER-FERME", "", err)
	case errors.Is(err, fichierjournal.ErrCasse):
		return &simphonie.Erreur{Code: "JRN-FICHIER-ECRITURE", Service: service, IssueInconnue: true, Err: err}
	}
	return enveloppe("JRN-FICHIER-ACCES", "", err)
}

// recoit takes a durable line into the index.
func (f *Fichier) recoit(b []byte, ou fichierjournal.Position) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.index.prend(b, ou)
}

func (x *index) prend(b []byte, ou fichierjournal.Position) error {
	l, _, err := lisLigne(b)
	if err != nil {
		return err
	}
	fl := x.cles[l.Cle]
	if fl == nil {
		fl = &fil{}
		x.cles[l.Cle] = fl
		x.ordre = append(x.ordre, l.Cle)
	}
	if l.Essai != nil {
		if l.Essai.Ref != (Ref{l.Cle, len(fl.essais) + 1}) {
			return fichierjournal.ErrAbime
		}
		fl.essais, fl.ou = append(fl.essais, *l.Essai), append(fl.ou, nil)
	}
	for i, s := range l.Etapes {
		if s.Genre == GenreIntention && l.Essai == nil {
			fl.essais, fl.ou = append(fl.essais, Essai{Ref: Ref{Cle: l.Cle}}), append(fl.ou, nil)
		}
		if s.Essai < 1 || s.Essai > len(fl.essais) {
			return fichierjournal.ErrAbime
		}
		e := &fl.essais[s.Essai-1]
		if l.Essai != nil {
			e.Etapes = append(e.Etapes, s)
		} else {
			*e = e.Avec(s)
		}
		fl.ou[s.Essai-1] = append(fl.ou[s.Essai-1], place{ou, i})
	}
	for _, e := range fl.essais {
		if e.Clos() {
			delete(x.ouverts, e.Ref)
		} else {
			x.ouverts[e.Ref] = struct{}{}
		}
	}
	return nil
}

// Modifie keeps the steps that f returns.
func (f *Fichier) Modifie(ctx context.Context, c Cle, change func([]Essai) ([]Etape, error)) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, neuve, err := f.engage(c, change)
		if a == nil || err != nil {
			return err
		}
		select {
		case <-a.Fini():
		case <-ctx.Done():
			if neuve {
				return Indecis(ctx.Err())
			}
			return ctx.Err()
		}
		if neuve {
			f.libere(c, a)
			return erreurFichier(a.Err())
		}
	}
}

// engage hands over the steps, unless a write of the same key is under way: then
// it gives that one to be waited for.
func (f *Fichier) engage(c Cle, change func([]Essai) ([]Etape, error)) (a *fichierjournal.Attente, neuve bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.enCours[c]; a != nil && !finie(a) {
		return a, false, nil
	}
	etapes, err := change(f.index.essais(c))
	if err != nil || len(etapes) == 0 {
		return nil, false, err
	}
	b, err := ligne{Cle: c, Etapes: etapes}.octets()
	if err != nil {
		return nil, false, enveloppe("JRN-VALEUR", "the step cannot be written", err)
	}
	a = f.fichier.Ajoute(b)
	f.enCours[c] = a
	return a, true, nil
}

func (f *Fichier) libere(c Cle, a *fichierjournal.Attente) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.enCours[c] == a {
		delete(f.enCours, c)
	}
}

func finie(a *fichierjournal.Attente) bool {
	select {
	case <-a.Fini():
		return true
	default:
		return false
	}
}

func (x *index) essais(c Cle) []Essai {
	if fl := x.cles[c]; fl != nil {
		return slices.Clone(fl.essais)
	}
	return nil
}

// Lit gives every attempt of a key, with its payloads.
func (f *Fichier) Lit(ctx context.Context, c Cle) ([]Essai, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	essais := f.index.essais(c)
	for i := range essais {
		if err := f.complete(&essais[i], f.index.cles[c].ou[i]); err != nil {
			return nil, erreurFichier(err)
		}
	}
	return essais, nil
}

// complete reads the payloads of an attempt again.
func (f *Fichier) complete(e *Essai, ou []place) error {
	e.Etapes = slices.Clone(e.Etapes)
	var charges [][]byte
	for i, p := range ou {
		if i == 0 || p.ligne != ou[i-1].ligne {
			b, err := f.fichier.Relit(p.ligne)
			if err != nil {
				return err
			}
			if _, charges, err = lisLigne(b); err != nil {
				return err
			}
		}
		if p.rang >= len(charges) {
			return fichierjournal.ErrAbime
		}
		e.Etapes[i].Scellee = append([]byte(nil), charges[p.rang]...) // nil for none
	}
	return nil
}

// Liste gives attempts without their steps.
func (f *Fichier) Liste(ctx context.Context, fi Filtre) ([]Essai, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	var es []Essai
	for r := range f.index.ouverts {
		if e := f.index.cles[r.Cle].essais[r.Essai-1]; fi.Retient(e) {
			e.Etapes = nil
			es = append(es, e)
		}
	}
	slices.SortFunc(es, func(a, b Essai) int {
		return cmp.Or(a.Debut.Compare(b.Debut), cmp.Compare(a.Cle.Venue, b.Cle.Venue), cmp.Compare(a.Cle.AMC, b.Cle.AMC), slices.Compare(a.Cle.Empreinte[:], b.Cle.Empreinte[:]))
	})
	return es[:min(len(es), max(fi.Max, 0))], nil
}

// Ecartes tells how many bytes of a write that was cut were dropped when the
// file was opened. That write was never acknowledged.
func (f *Fichier) Ecartes() int64 { return f.fichier.Ecartes() }

// Close waits for the write under way and lets another process open the file.
func (f *Fichier) Close() error { return erreurFichier(f.fichier.Close()) }
