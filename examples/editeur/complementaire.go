package main

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/urgences"
)

// errSansComplementaire: nothing is left to ask of a complementary insurer.
var errSansComplementaire = errors.New("editeur: no cover, or nothing at the patient's charge")

// complementaire asks the insurer of a visit for the rights, a simulation, then
// the amounts that it commits to, as far as its answers allow. The dossier is
// kept after each answer.
func (g *gap) complementaire(ctx context.Context, venue string) error {
	entete, chiffrage, err := g.demande(ctx, venue)
	if err != nil {
		return err
	}
	var d *roc.Dossier
	ds, err := g.base.dossiers(ctx, venue)
	switch {
	case err != nil:
		return err
	case len(ds) == 1:
		d = ds[0]
	default:
		neuf, err := dossier.New(venue, entete.Couverture.Cle.Numero)
		if err != nil {
			return err
		}
		d = &neuf
	}
	suivant := func(suite roc.Suite, err error) error {
		d = &suite.Dossier
		textes := messages(suite.Anomalies)
		if p, ok := roc.PanneDe(err); ok {
			textes = append(textes, "Complémentaire : "+p.Texte+" "+p.Conduite)
		}
		return errors.Join(err, g.base.gardeDossier(ctx, d), g.base.alerte(ctx, venue, textes...))
	}
	if d.Etat == dossier.Inconnu {
		entete.Requete = rand.Text()
		suite, r, err := g.roc.IDB(ctx, d, roc.DemandeIDB{Entete: entete})
		if err := suivant(suite, err); err != nil || r.Issue.Sens != roc.Accepte {
			return err
		}
	}
	if d.Etat == dossier.Identifie {
		entete.Requete = rand.Text()
		suite, r, err := g.roc.SIM(ctx, d, roc.DemandeSIM{Entete: entete, Chiffrage: chiffrage})
		if err := suivant(suite, err); err != nil || r.Issue.Sens != roc.Accepte {
			return err
		}
	}
	if d.Etat == dossier.Calcule {
		return nil
	}
	entete.Requete, entete.Moment = rand.Text(), roc.Sortie
	suite, _, err := g.roc.CLC(ctx, d, roc.DemandeCLC{Entete: entete, Chiffrage: chiffrage})
	return suivant(suite, err)
}

// demande gathers what the insurer is told of a visit.
func (g *gap) demande(ctx context.Context, venue string) (e roc.Entete, c roc.Chiffrage, err error) {
	couvertures, err := lit[roc.Couverture](ctx, g.base, `SELECT couverture FROM couvertures WHERE venue = ?`, venue)
	if err != nil {
		return e, c, err
	}
	factures, err := lit[facture.Facture](ctx, g.base, `SELECT facture FROM factures WHERE venue = ?`, venue)
	if err != nil {
		return e, c, err
	}
	if len(couvertures) == 0 || len(factures) == 0 || !slices.ContainsFunc(factures[0].Parts, func(p facture.Part) bool { return p.Debiteur == simphonie.Patient }) {
		return e, c, errSansComplementaire
	}
	p, err := litUn[urgences.Passage](ctx, g.base, `SELECT passage FROM venues WHERE venue = ?`, venue)
	if err != nil {
		return e, c, err
	}
	identite, err := litUn[insi.Identite](ctx, g.base, `SELECT identite FROM venues JOIN patients USING (ipp) WHERE venue = ?`, venue)
	if err != nil {
		return e, c, err
	}
	a, _, err := g.droits(ctx, venue)
	if err != nil {
		return e, c, err
	}
	f, t := factures[0], &identite.Traits
	e = roc.Entete{EJ: g.ej, EG: f.FINESS, Venue: venue, Moment: roc.Admission, Date: simphonie.JourOf(p.DebutSoins), Couverture: couvertures[0],
		Beneficiaire: roc.Beneficiaire{NIR: a.Beneficiaire.NIR, Naissance: a.Beneficiaire.Naissance, Rang: a.Beneficiaire.Rang, Nom: t.Nom, Prenom: t.Prenoms[0]}}
	if e.Beneficiaire.NIR.IsZero() {
		e.Beneficiaire.NIR = a.Assure.NIR
	}
	return e, roc.Chiffrage{Lignes: f.Lignes, Parts: f.Parts}, nil
}

// aClarifier lists the calls whose outcome nobody knows: an agent asks the
// insurer, then writes the decision.
func (g *gap) aClarifier(ctx context.Context) ([]journal.Essai, error) {
	return g.roc.AClarifier(ctx, 100)
}

// decide closes such a call of a visit.
func (g *gap) decide(ctx context.Context, venue string, x dossier.Decision) error {
	ds, err := g.base.dossiers(ctx, venue)
	if err != nil || len(ds) != 1 || ds[0].Suspens == nil {
		return errors.Join(err, errors.New("editeur: nothing to decide"))
	}
	x.Requete = ds[0].Suspens.Requete
	suite, err := g.roc.Decide(ctx, ds[0], x)
	if err != nil {
		return err
	}
	return g.base.gardeDossier(ctx, &suite.Dossier)
}

// passage takes a patient from the desk to the parts of each debtor.
func (g *gap) passage(ctx context.Context, a *admission) error {
	if err := g.accueille(ctx, a); err != nil {
		return err
	}
	if err := g.chiffre(ctx, a.Passage.Venue); err != nil {
		return err
	}
	if err := g.complementaire(ctx, a.Passage.Venue); !errors.Is(err, errSansComplementaire) {
		return err
	}
	return nil
}
