package roc

import (
	"cmp"
	"context"
	"errors"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

// Natures of the exchanges in the journal.
var natures = map[modele.Service]string{modele.CLC: "roc.clc", modele.DEL: "roc.del"}

// CLC asks what the insurer pays, and commits it. It is sent once: the journal
// holds the intention before, and the result after. An error with
// IssueInconnue means that the CLC may have been made: the dossier then stands
// AClarifier, and only Decide takes it away.
func (c *Client) CLC(ctx context.Context, d *Dossier, q DemandeCLC) (Suite, *Calcul, error) {
	if err := c.prepare(ctx, d, modele.CLC, &q.Entete, q.Verifie()); err != nil {
		return reste(d), nil, err
	}
	depart := dossier.Depart{Appel: c.appel(modele.CLC, &q.Entete, c.cfg.Secret.EmpreinteChiffrage(&q.Entete, &q.Chiffrage)), Lignes: len(q.Lignes)}
	return engage(ctx, c, d, &q.Entete, depart, &q, func() (*etree.Element, error) { return c.cfg.Codec.EncodeCLC(&q) },
		func(el *etree.Element) (*Calcul, error) {
			r, err := c.cfg.Codec.DecodeCLC(el)
			switch {
			case err != nil || r == nil:
			case r.Issue.Sens == Accepte:
				r.Anomalies = append(r.Anomalies, controle(&q.Chiffrage, r.Montants, r.Total)...)
			case r.Engagement != "" && issueJournal(modele.CLC, &r.Retour) == journal.Refusee:
				err = erreur("ROC-CODEC", "", "the answer refuses, and holds a commitment")
			}
			return r, err
		},
		func(r *Calcul) *modele.Retour { return &r.Retour },
		func(r *Calcul) dossier.Evenement { return dossier.CalculRecu{Requete: q.Requete, Reponse: r} })
}

// Annule undoes the live CLC of a dossier, once, as CLC does. Calcul and
// Engagement of the request are those of the dossier when they are empty.
func (c *Client) Annule(ctx context.Context, d *Dossier, q DemandeAnnulation) (Suite, *Annulation, error) {
	var de modele.Empreinte
	if d != nil && d.Calcul != nil {
		de = d.Calcul.Empreinte
		q.Calcul, q.Engagement = cmp.Or(q.Calcul, d.Calcul.Requete), cmp.Or(q.Engagement, d.Calcul.Engagement)
	}
	if err := c.prepare(ctx, d, modele.DEL, &q.Entete, q.Verifie()); err != nil {
		return reste(d), nil, err
	}
	depart := dossier.Depart{Appel: c.appel(modele.DEL, &q.Entete, de), Calcul: q.Calcul, Engagement: q.Engagement}
	return engage(ctx, c, d, &q.Entete, depart, &q, func() (*etree.Element, error) { return c.cfg.Codec.EncodeAnnulation(&q) },
		c.cfg.Codec.DecodeAnnulation, func(r *Annulation) *modele.Retour { return &r.Retour },
		func(r *Annulation) dossier.Evenement { return dossier.AnnulationRecue{Requete: q.Requete, Reponse: r} })
}

// cle names an exchange in the journal. A visit has one live CLC with an
// insurer: it is named without its inputs, so that nobody makes a second one
// from other lines.
func (c *Client) cle(d *Dossier, s modele.Service) journal.Cle {
	return journal.NewCle(d.Venue, d.AMC, journal.Empreinte(c.cfg.Secret.EmpreinteEngagement(s, c.cfg.Canal.EJ(), d.Annules)))
}

// engage makes a call that commits money.
func engage[Q, R any](ctx context.Context, c *Client, d *Dossier, e *Entete, depart dossier.Depart, q *Q, encode func() (*etree.Element, error),
	decode func(*etree.Element) (*R, error), retour func(*R) *modele.Retour, recu func(*R) dossier.Evenement) (Suite, *R, error) {
	s := depart.Appel.Service
	// All that can fail without the insurer fails first.
	corps, err := encode()
	if err != nil {
		return reste(d), nil, enveloppe("ROC-ENCODE", "the codec refused the request", err)
	}
	adresses, err := c.adresses(ctx, s, e)
	if err != nil {
		return reste(d), nil, err
	}
	parti := d.Applique(depart, c.cfg.Politique)
	if parti.Refuse {
		err := erreur("ROC-DEMANDE", "", "nothing was sent")
		err.Err = &Refus{Anomalies: parti.Anomalies}
		return parti, nil, err
	}
	charge, err := simphonie.MarshalEnClair(q)
	if err != nil {
		return reste(d), nil, enveloppe("ROC-JOURNAL", "the request cannot be kept, nothing was sent", err)
	}
	suite, envoye := parti, false
	var r *R
	intention := journal.Intention{Cle: c.cle(d, s), Nature: natures[s], Version: c.profil.String(), Charge: simphonie.NewConfidentiel(string(charge))}
	_, err = c.cfg.Journal.UneFois(ctx, intention, func(ctx context.Context) (journal.Resultat, error) {
		envoye = true
		var err error
		if r, err = envoie(ctx, c, &parti.Dossier, s, e.Requete, adresses[0], corps, decode, retour); err != nil {
			suite = parti.Dossier.Applique(rate(e.Requete, err), c.cfg.Politique)
			if inconnue(err) {
				return journal.Resultat{Issue: journal.Inconnue}, err
			}
			return journal.Resultat{Issue: journal.NonPartie}, err
		}
		suite = parti.Dossier.Applique(recu(r), c.cfg.Politique)
		clair, err := simphonie.MarshalEnClair(r)
		return journal.Resultat{Issue: issueJournal(s, retour(r)), Charge: simphonie.NewConfidentiel(string(clair))}, err
	})
	switch {
	case !envoye:
		x := enveloppe("ROC-JOURNAL", "the intention was not written, nothing was sent", err)
		if refus, ok := errors.AsType[*journal.RefusEtat](err); ok {
			x = enveloppe("ROC-DEJA-PARTI", "this call was made before: it is not made again", refus)
			x.IssueInconnue = refus.Etat == journal.Inconnue || refus.Etat == journal.Envoyee
			return c.dejaParti(ctx, d, s, refus), nil, x
		}
		return reste(d), nil, x
	case err != nil && r != nil:
		// The insurer answered; the dossier holds it, the journal does not.
		return suite, r, enveloppe("ROC-JOURNAL-RESULTAT", "the answer was received and not written: save the dossier", err)
	}
	return suite, r, err
}

// rate is the event of a call without an answer.
func rate(requete string, err error) dossier.Evenement {
	if inconnue(err) {
		return dossier.ReponsePerdue{Requete: requete, Code: erreurs.Code(err)}
	}
	return dossier.JamaisPartie{Requete: requete, Code: erreurs.Code(err)}
}

// issueJournal is what an answer means for the journal.
func issueJournal(s modele.Service, r *modele.Retour) journal.Issue {
	switch i := r.Issue; {
	case i.Sens == Accepte, s == modele.DEL && i.Sens == Refuse && i.Motif == modele.CalculAnnule:
		return journal.Faite
	case i.Sens == Refuse, i.Sens == Incomplet, i.Sens == Indisponible:
		return journal.Refusee
	}
	return journal.Inconnue
}

// envoie sends once, at the first address. After the request may have left,
// every failure has IssueInconnue.
func envoie[R any](ctx context.Context, c *Client, parti *Dossier, s modele.Service, requete, adresse string, corps *etree.Element,
	decode func(*etree.Element) (*R, error), retour func(*R) *modele.Retour) (*R, error) {
	if c.cfg.Garde != nil {
		if err := c.cfg.Garde(ctx, parti); err != nil {
			x := erreur("ROC-GARDE", "", "the dossier was not saved, nothing was sent")
			x.Err = err
			return nil, x
		}
	}
	t, err := c.appelle(ctx, s, adresse, corps)
	if err != nil {
		return nil, err
	}
	r, err := decodeReponse(c, requete, adresse, t, decode, retour)
	if err != nil {
		x := enveloppe(erreurs.Code(err), "the answer cannot be taken, the call may have had its effect", err)
		x.IssueInconnue, x.Reessayable = true, false
		return nil, x
	}
	return r, nil
}
