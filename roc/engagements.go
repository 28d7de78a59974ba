package roc

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
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
			if err == nil && r != nil && r.Issue.Sens == Accepte {
				r.Anomalies = append(r.Anomalies, controle(&q.Chiffrage, r.Montants, r.Total)...)
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
		if q.Calcul == "" {
			q.Calcul, q.Engagement = d.Calcul.Requete, d.Calcul.Engagement
		}
	}
	if err := c.prepare(ctx, d, modele.DEL, &q.Entete, q.Verifie()); err != nil {
		return reste(d), nil, err
	}
	depart := dossier.Depart{Appel: c.appel(modele.DEL, &q.Entete, de), Calcul: q.Calcul}
	return engage(ctx, c, d, &q.Entete, depart, &q, func() (*etree.Element, error) { return c.cfg.Codec.EncodeAnnulation(&q) },
		c.cfg.Codec.DecodeAnnulation, func(r *Annulation) *modele.Retour { return &r.Retour },
		func(r *Annulation) dossier.Evenement { return dossier.AnnulationRecue{Requete: q.Requete, Reponse: r} })
}

// cle names an exchange in the journal. It comes from the dossier before the
// call: two programs that hold the same one name the same exchange.
func (c *Client) cle(d *Dossier, s modele.Service, de modele.Empreinte) journal.Cle {
	return journal.NewCle(d.Venue, d.AMC, journal.Empreinte(c.cfg.Secret.EmpreinteEngagement(s, de, d.Annules)))
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
	intention := journal.Intention{Cle: c.cle(d, s, depart.Appel.Empreinte), Nature: natures[s], Version: c.profil.String(), Charge: simphonie.NewConfidentiel(string(charge))}
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
			return c.dejaParti(ctx, d, depart, refus), nil, x
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
		return dossier.ReponsePerdue{Requete: requete, Code: codeDe(err)}
	}
	return dossier.JamaisPartie{Requete: requete, Code: codeDe(err)}
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
		x := enveloppe(codeDe(err), "the answer cannot be taken, the call may have had its effect", err)
		x.IssueInconnue, x.Reessayable = true, false
		return nil, x
	}
	return r, nil
}

// Decide closes a call whose outcome is unknown, in the journal and in the
// dossier. Nothing else takes it off the list.
func (c *Client) Decide(ctx context.Context, d *Dossier, x dossier.Decision) (Suite, error) {
	if err := c.pret(); err != nil {
		return reste(d), err
	}
	if d == nil || d.Suspens == nil {
		return reste(d), erreur("ROC-DECISION", "", "no call of this dossier is to be clarified")
	}
	if x.Le.IsZero() {
		x.Le = c.cfg.Canal.Maintenant()
	}
	suite := d.Applique(x, c.cfg.Politique)
	if suite.Refuse {
		err := erreur("ROC-DECISION", "", "the decision is not complete, or not for this call")
		err.Err = &Refus{Anomalies: suite.Anomalies}
		return suite, err
	}
	essais, err := c.cfg.Journal.Lit(ctx, c.cle(d, d.Suspens.Service, d.Suspens.Empreinte))
	if err != nil {
		return reste(d), enveloppe("ROC-JOURNAL", "the exchange cannot be read", err)
	}
	if len(essais) == 0 {
		return reste(d), erreur("ROC-JOURNAL-ABSENT", "", "the journal does not know this exchange: is it the right journal?")
	}
	charge, err := simphonie.MarshalEnClair(x)
	verdict := map[dossier.Verdict]journal.Verdict{dossier.Effective: journal.Effective, dossier.SansEffet: journal.SansEffet}[x.Verdict]
	if err == nil {
		err = c.cfg.Journal.Decision(ctx, essais[len(essais)-1].Ref, journal.Decision{Verdict: verdict, Charge: simphonie.NewConfidentiel(string(charge))})
	}
	if err != nil {
		return reste(d), enveloppe("ROC-JOURNAL", "the decision was not written", err)
	}
	return suite, nil
}

// Reprend ends a call that a dossier shows on its way when a program starts:
// nobody awaits its answer any more. What the journal knows of it is taken, the
// answer included; otherwise it is to be clarified. A dossier without such a
// call is unchanged.
func (c *Client) Reprend(ctx context.Context, d *Dossier) (Suite, error) {
	if err := c.pret(); err != nil {
		return reste(d), err
	}
	if d == nil || d.Suspens == nil || d.Suspens.AClarifier {
		return reste(d), nil
	}
	essais, err := c.cfg.Journal.Lit(ctx, c.cle(d, d.Suspens.Service, d.Suspens.Empreinte))
	if err != nil {
		return reste(d), enveloppe("ROC-JOURNAL", "the exchange cannot be read", err)
	}
	var e dossier.Evenement = dossier.ReponsePerdue{Requete: d.Suspens.Requete, Code: "ROC-REPRISE"}
	if n := len(essais); n > 0 {
		switch essai := essais[n-1]; essai.EtatA(c.cfg.Canal.Maintenant()) {
		case journal.NonPartie, journal.Preparee:
			e = dossier.JamaisPartie{Requete: d.Suspens.Requete, Code: "ROC-REPRISE"}
		case journal.Envoyee:
			x := erreur("ROC-EN-VOL", "", "the answer may still come: try later")
			x.Reessayable = true
			return reste(d), x
		case journal.Faite, journal.Refusee:
			if e, err = c.restitue(ctx, d.Suspens, essai); err != nil {
				return reste(d), err
			}
		}
	}
	return d.Applique(e, c.cfg.Politique), nil
}

// dejaParti gives the dossier as it would be had it been saved when the call
// was made: with its answer if the journal holds one, otherwise to be clarified.
// It is the same as before while the answer may still come.
func (c *Client) dejaParti(ctx context.Context, d *Dossier, depart dossier.Depart, refus *journal.RefusEtat) Suite {
	essais, err := c.cfg.Journal.Lit(ctx, refus.Ref.Cle)
	i := slices.IndexFunc(essais, func(e journal.Essai) bool { return e.Essai == refus.Ref.Essai })
	effective := refus.Etat == journal.Decidee && refus.Verdict == journal.Effective
	if err != nil || i < 0 || refus.Etat != journal.Inconnue && refus.Etat != journal.Faite && !effective {
		return reste(d)
	}
	if requete := c.requeteDe(ctx, essais[i]); requete != "" {
		depart.Appel.Requete = requete
	}
	parti := d.Applique(depart, c.cfg.Politique)
	if parti.Refuse {
		return reste(d)
	}
	var e dossier.Evenement = dossier.ReponsePerdue{Requete: depart.Appel.Requete, Code: "ROC-REPRISE"}
	if refus.Etat == journal.Faite {
		if recu, err := c.restitue(ctx, parti.Dossier.Suspens, essais[i]); err == nil {
			e = recu
		}
	}
	return parti.Dossier.Applique(e, c.cfg.Politique)
}

// requeteDe reads in the journal which request an attempt was; "" when its
// payload is gone.
func (c *Client) requeteDe(ctx context.Context, e journal.Essai) string {
	var q struct {
		Entete struct {
			Requete string `json:"requete"`
		} `json:"entete"`
	}
	for _, etape := range e.Etapes {
		if etape.Genre != journal.GenreIntention {
			continue
		}
		if charge, err := c.cfg.Journal.Charge(ctx, e.Ref, etape); err != nil || json.Unmarshal([]byte(charge.Clair()), &q) != nil {
			return ""
		}
	}
	return q.Entete.Requete
}

// restitue gives the event of an answer that the journal holds.
func (c *Client) restitue(ctx context.Context, s *dossier.Suspens, e journal.Essai) (dossier.Evenement, error) {
	var charge simphonie.Confidentiel
	var err error
	for _, etape := range e.Etapes {
		if etape.Genre == journal.GenreResultat && err == nil {
			charge, err = c.cfg.Journal.Charge(ctx, e.Ref, etape)
		}
	}
	if err != nil {
		return nil, enveloppe("ROC-JOURNAL", "the exchange cannot be read", err)
	}
	var calcul Calcul
	var annulation Annulation
	if s.Service == modele.DEL {
		err = jsonstrict.Decode([]byte(charge.Clair()), &annulation)
	} else {
		err = jsonstrict.Decode([]byte(charge.Clair()), &calcul)
	}
	switch {
	case err != nil: // reduced by compaction, or of another release: a person looks
		return dossier.ReponsePerdue{Requete: s.Requete, Code: "ROC-REPRISE"}, nil
	case s.Service == modele.DEL:
		return dossier.AnnulationRecue{Requete: s.Requete, Reponse: &annulation}, nil
	}
	return dossier.CalculRecu{Requete: s.Requete, Reponse: &calcul}, nil
}

// AClarifier lists the CLC and annulations whose outcome is unknown, the oldest
// first, max at most, of all dossiers.
func (c *Client) AClarifier(ctx context.Context, max int) ([]journal.Essai, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	// The journal may hold exchanges of other rooms.
	for n := max; ; n *= 2 {
		essais, err := c.cfg.Journal.AClarifier(ctx, n)
		if err != nil {
			return nil, enveloppe("ROC-JOURNAL", "the list cannot be read", err)
		}
		tous := len(essais) < n || n <= 0 || n > listeMax
		essais = slices.DeleteFunc(essais, func(e journal.Essai) bool { return !strings.HasPrefix(e.Nature, "roc.") })
		if tous || len(essais) >= max {
			return essais[:min(len(essais), max)], nil
		}
	}
}

// listeMax bounds what is read of the journal for one list.
const listeMax = 1 << 20
