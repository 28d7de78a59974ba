package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// passe runs a lot and says whether every line has its answer.
func (c *commande) passe(ctx context.Context, client *cdri.Client, env func(string) string, entree io.Reader, sortie io.Writer) (bool, error) {
	lignes, err := c.lignes(entree)
	if err != nil {
		return false, err
	}
	var carnet cdri.Carnet = cdri.NewCarnetMemoire()
	if c.carnet != "" {
		cle, err := hex.DecodeString(env("CDRI_CLE_CARNET"))
		if err != nil {
			return false, errors.New("CDRI_CLE_CARNET: 64 hexadecimal digits are wanted")
		}
		f, err := cdri.OuvreCarnet(c.carnet, cle)
		if err != nil {
			return false, err
		}
		defer f.Close()
		carnet = f
	}
	l, err := cdri.NewLot(cdri.ConfigLot{Client: client, Phase: cdri.LotNuit, Fraicheur: c.fraicheur, Carnet: carnet})
	if err != nil {
		return false, err
	}
	b, err := l.Execute(ctx, lignes)
	if b != nil {
		err = errors.Join(err, c.bilan(sortie, b))
	}
	return err == nil && b.Repondues == len(lignes), err
}

// lignes reads the lines of a lot.
func (c *commande) lignes(entree io.Reader) ([]cdri.LigneLot, error) {
	if c.lot != "-" {
		f, err := os.Open(c.lot)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		entree = f
	}
	var lignes []cdri.LigneLot
	s := bufio.NewScanner(entree)
	for n := 1; s.Scan(); n++ {
		if len(s.Bytes()) == 0 {
			continue
		}
		var l struct {
			ID      string       `json:"id"`
			Demande cdri.Demande `json:"demande"`
		}
		if err := jsonstrict.Decode(s.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		lignes = append(lignes, cdri.LigneLot{ID: l.ID, Demande: c.complete(l.Demande)})
	}
	return lignes, s.Err()
}

// bilan writes the state of each line, then the count.
func (c *commande) bilan(w io.Writer, b *cdri.Bilan) error {
	for i := range b.Lignes {
		l := &b.Lignes[i]
		if c.enJSON {
			if err := c.json(w, l); err != nil {
				return err
			}
			continue
		}
		issue := ""
		if l.Reponse != nil {
			issue = l.Reponse.Issue.Sens.String()
		}
		if l.Err != nil {
			issue = l.Err.Error()
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", l.ID, l.Etat, issue); err != nil {
			return err
		}
	}
	if c.enJSON {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d répondues, %d refusées, %d reportées, %d en cours ; %d déjà connues\n", b.Repondues, b.Refusees, b.Reportees, b.EnCours, b.DuCarnet)
	return err
}
