package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/simphonie/simphonie/diapason/concert"
	"github.com/simphonie/simphonie/journal"
)

// ouvre makes the cash desk of the command line.
func (o *options) ouvre() (*concert.Caisse, func(), error) {
	liaison, err := o.liaison()
	if err != nil {
		return nil, nil, err
	}
	cle, err := cleDe(o.journal + ".cle")
	if err != nil {
		return nil, nil, err
	}
	fichier, err := journal.OuvreFichier(o.journal)
	if err != nil {
		return nil, nil, err
	}
	j, err := journal.New(journal.Config{Magasin: fichier, Delai: 5 * time.Minute, Trousseau: func(context.Context, string) ([]byte, error) { return cle, nil }})
	if err == nil {
		var c *concert.Caisse
		if c, err = concert.New(concert.Config{Liaison: liaison, Journal: j, Terminal: o.terminal, Numero: o.caisse, Delai: o.delai}); err == nil {
			return c, func() { fichier.Close() }, nil
		}
	}
	return nil, nil, errors.Join(err, fichier.Close())
}

func (o *options) liaison() (concert.Liaison, error) {
	if o.serie != "" {
		return concert.NewEPlus(func(context.Context) (io.ReadWriteCloser, error) { return os.OpenFile(o.serie, os.O_RDWR, 0) }, concert.EPlus{})
	}
	return concert.NewTCP(concert.TCP{V3: concert.V3{Version: o.version, Identifiant: o.ipc, CRLF: o.crlf}, Adresse: o.addr})
}

// cleDe reads the key of the journal, or makes it. A real one has a key for
// each visit, kept elsewhere than the journal.
func cleDe(chemin string) ([]byte, error) {
	cle, err := os.ReadFile(chemin)
	if !errors.Is(err, fs.ErrNotExist) {
		return cle, err
	}
	cle = make([]byte, 32)
	rand.Read(cle)
	return cle, os.WriteFile(chemin, cle, 0o600)
}
