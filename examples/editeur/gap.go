package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/journal/sqljournal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/teleservice"
	"github.com/simphonie/simphonie/urgences"
)

// gap is the software of a hospital, in small.
type gap struct {
	base   base
	ej     simphonie.FINESS
	insi   *insi.Client
	cdri   *cdri.Client
	roc    *roc.Client
	tarifs *urgences.Options
}

// reglages is what an installation sets. The codecs are those of messages that
// only registered editors are given.
type reglages struct {
	Base            string // file of the database
	Cle             []byte // of the installation, at random, kept elsewhere than the database
	Tarifs          *urgences.Options
	INSi            *teleservice.Canal
	CDRi            cdri.Config
	Annuaire        *teleservice.Canal
	OptionsAnnuaire annuaire.Options
	ROC             roc.Config // its channel and its codec
}

// ouvre starts the software, and ends the calls that it was making when it
// stopped.
func ouvre(ctx context.Context, r reglages) (g *gap, err error) {
	g = &gap{tarifs: r.Tarifs, ej: r.ROC.Canal.EJ()}
	if g.base, err = ouvreBase(ctx, r.Base); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, g.base.Close())
		}
	}()
	magasin, err := sqljournal.Ouvre(ctx, sqljournal.Config{Base: g.base.DB, Dialecte: sqljournal.SQLite})
	if err != nil {
		return nil, err
	}
	j, err := journal.New(journal.Config{Magasin: magasin, Delai: 5 * time.Minute,
		Trousseau: func(_ context.Context, venue string) ([]byte, error) { return r.derive("journal/" + venue), nil }})
	if err != nil {
		return nil, err
	}
	var errs [5]error
	g.insi, errs[0] = insi.New(r.INSi, insi.Options{})
	g.cdri, errs[1] = cdri.New(r.CDRi)
	r.ROC.Annuaire, errs[2] = annuaire.New(r.Annuaire, r.OptionsAnnuaire)
	r.ROC.Secret, errs[3] = modele.NewSecret(r.derive("roc"))
	r.ROC.Journal = j
	r.ROC.Garde = func(ctx context.Context, d *roc.Dossier) error { return g.base.dossier(ctx, d) }
	g.roc, errs[4] = roc.New(r.ROC)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return g, g.reprend(ctx)
}

// derive makes the key of one use from that of the installation.
func (r *reglages) derive(usage string) []byte {
	h := hmac.New(sha256.New, r.Cle)
	h.Write([]byte(usage))
	return h.Sum(nil)
}

// reprend takes from the journal what became of the calls that were on their
// way. While an answer may still come, the next start looks again.
func (g *gap) reprend(ctx context.Context) error {
	venues, err := g.base.textes(ctx, `SELECT venue FROM dossiers_roc WHERE en_cours`)
	for _, numero := range venues {
		v, errV := g.base.venue(ctx, numero)
		if errV != nil {
			return errV
		}
		suite, errV := g.roc.Reprend(ctx, v.Dossier)
		if x, ok := errors.AsType[*simphonie.Erreur](errV); ok && x.Reessayable {
			continue
		}
		err = errors.Join(err, errV, g.base.dossier(ctx, &suite.Dossier))
	}
	return err
}
