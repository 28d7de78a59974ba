package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// complementaire asks the insurer of a visit for the rights, a simulation, then
// the amounts that it commits to, as far as its answers allow. The dossier is
// kept after each answer, and before the call that commits.
func (g *gap) complementaire(ctx context.Context, numero string) error {
	v, err := g.base.venue(ctx, numero)
	if err != nil {
		return err
	}
	if v.Couverture == nil || v.Facture == nil || !slices.ContainsFunc(v.Facture.Parts, func(p facture.Part) bool { return p.Debiteur == simphonie.Patient }) {
		return nil // no cover, or nothing is at the patient's charge
	}
	d := v.Dossier
	if d == nil {
		neuf, err := dossier.New(numero, v.Couverture.Cle.Numero)
		if err != nil {
			return err
		}
		d = &neuf
	}
	garde := func(suite roc.Suite, err error) error {
		d = &suite.Dossier
		textes := messages(suite.Anomalies)
		if p, ok := roc.PanneDe(err); ok {
			textes = append(textes, "Complémentaire : "+p.Texte+" "+p.Conduite)
		}
		// A caller that gave up does not make us forget what was sent.
		return errors.Join(err, g.base.dossier(context.WithoutCancel(ctx), d, textes...))
	}
	chiffrage := roc.Chiffrage{Lignes: v.Facture.Lignes, Parts: v.Facture.Parts}
	if d.Etat == dossier.Inconnu {
		suite, _, err := g.roc.IDB(ctx, d, roc.DemandeIDB{Entete: g.entete(v, roc.Admission)})
		if err := garde(suite, err); err != nil {
			return err
		}
	}
	if d.Etat == dossier.Identifie && d.Suspens == nil {
		suite, _, err := g.roc.SIM(ctx, d, roc.DemandeSIM{Entete: g.entete(v, roc.Admission), Chiffrage: chiffrage})
		if err := garde(suite, err); err != nil {
			return err
		}
	}
	if d.Etat != dossier.Simule {
		return nil // a refusal, something to clarify, or done already: the dossier tells
	}
	suite, _, err := g.roc.CLC(ctx, d, roc.DemandeCLC{Entete: g.entete(v, roc.Sortie), Chiffrage: chiffrage})
	return garde(suite, err)
}

// entete is what every request says of a visit.
func (g *gap) entete(v *venue, m modele.Moment) roc.Entete {
	t, a := &v.Identite.Traits, v.Droits.Acquisition
	return roc.Entete{Requete: rand.Text(), EJ: g.ej, EG: v.Facture.FINESS, Venue: v.Facture.Venue, Moment: m, Date: simphonie.JourOf(v.Passage.DebutSoins), Couverture: *v.Couverture,
		Beneficiaire: roc.Beneficiaire{NIR: cmp.Or(a.Beneficiaire.NIR, a.Assure.NIR), Naissance: a.Beneficiaire.Naissance, Rang: a.Beneficiaire.Rang, Nom: t.Nom, Prenom: t.Prenoms[0]}}
}

// decide closes, on an agent's word, a call whose outcome nobody knows.
func (g *gap) decide(ctx context.Context, numero string, x dossier.Decision) error {
	v, err := g.base.venue(ctx, numero)
	if err != nil {
		return err
	}
	if d := v.Dossier; d != nil && d.Suspens != nil {
		x.Requete = d.Suspens.Requete
	}
	suite, err := g.roc.Decide(ctx, v.Dossier, x)
	if err != nil {
		return err
	}
	return g.base.dossier(ctx, &suite.Dossier)
}
