package roc

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

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
	essai, err := c.essaiDe(ctx, d)
	if err != nil {
		return reste(d), err
	}
	if essai.Essai == 0 {
		return reste(d), erreur("ROC-JOURNAL-ABSENT", "", "the journal does not know this exchange: is it the right journal?")
	}
	// What the journal holds for true already is not written again.
	if su := essai.Etat == journal.Faite && x.Verdict == dossier.Effective || essai.Libre() && x.Verdict == dossier.SansEffet; !su {
		charge, err := simphonie.MarshalEnClair(x)
		verdict := map[dossier.Verdict]journal.Verdict{dossier.Effective: journal.Effective, dossier.SansEffet: journal.SansEffet}[x.Verdict]
		if err == nil {
			err = c.cfg.Journal.Decision(ctx, essai.Ref, journal.Decision{Verdict: verdict, Charge: simphonie.NewConfidentiel(string(charge))})
		}
		if err != nil {
			return reste(d), enveloppe("ROC-JOURNAL", "the decision was not written", err)
		}
	}
	return c.rattrape(ctx, d, suite)
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
	essai, err := c.essaiDe(ctx, d)
	if err != nil {
		return reste(d), err
	}
	var e dossier.Evenement = dossier.ReponsePerdue{Requete: d.Suspens.Requete, Code: "ROC-REPRISE"}
	switch essai.EtatA(c.cfg.Canal.Maintenant()) {
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
	return c.rattrape(ctx, d, d.Applique(e, c.cfg.Politique))
}

// essaiDe gives the last attempt of the request that a dossier awaits, or one
// whose payload is gone; none has the number 0.
func (c *Client) essaiDe(ctx context.Context, d *Dossier) (journal.Essai, error) {
	essais, err := c.cfg.Journal.Lit(ctx, c.cle(d, d.Suspens.Service))
	for _, e := range slices.Backward(essais) {
		var q DemandeCLC
		if q, err = c.demande(ctx, e); err != nil || q.Requete == "" || q.Requete == d.Suspens.Requete {
			if err == nil {
				return e, nil
			}
			break
		}
	}
	if err != nil {
		return journal.Essai{}, enveloppe("ROC-JOURNAL", "the exchange cannot be read", err)
	}
	return journal.Essai{}, nil
}

// dejaParti gives the dossier as it would be had it been saved when the call
// was made: with its answer if the journal holds one, otherwise to be clarified.
// It is the same as before while the answer may still come, or once the
// journal does not hold the request any more.
func (c *Client) dejaParti(ctx context.Context, d *Dossier, s modele.Service, refus *journal.RefusEtat) Suite {
	essais, err := c.cfg.Journal.Lit(ctx, refus.Ref.Cle)
	if i := slices.IndexFunc(essais, func(e journal.Essai) bool { return e.Essai == refus.Ref.Essai }); err == nil && i >= 0 {
		if suite, ok := c.rejoue(ctx, d, s, essais[i]); ok {
			if suite, err = c.rattrape(ctx, d, suite); err == nil {
				return suite
			}
		}
	}
	return reste(d)
}

// rattrape adds the annulation of a CLC that was made since this copy of its
// dossier was saved: a CLC that is annulled does not come back.
func (c *Client) rattrape(ctx context.Context, d *Dossier, s Suite) (Suite, error) {
	if s.Dossier.Calcul == nil || s.Dossier.Suspens != nil {
		return s, nil
	}
	essais, err := c.cfg.Journal.Lit(ctx, c.cle(&s.Dossier, modele.DEL))
	if err != nil {
		return reste(d), enveloppe("ROC-JOURNAL", "the exchange cannot be read", err)
	}
	for _, e := range essais {
		if e.Libre() {
			continue
		}
		if suite, ok := c.rejoue(ctx, &s.Dossier, modele.DEL, e); ok {
			return suite, nil
		}
		return reste(d), erreur("ROC-DEJA-PARTI", "", "this CLC was annulled since, or may have been: take the dossier as it is saved")
	}
	return s, nil
}

// rejoue gives the dossier with an attempt that it does not hold and that has,
// or may have, had its effect; false when the journal does not tell it.
func (c *Client) rejoue(ctx context.Context, d *Dossier, s modele.Service, e journal.Essai) (Suite, bool) {
	etat := e.EtatA(c.cfg.Canal.Maintenant())
	effective := etat == journal.Decidee && e.Verdict == journal.Effective
	q, err := c.demande(ctx, e)
	if err != nil || q.Requete == "" || etat != journal.Inconnue && etat != journal.Faite && !effective {
		return Suite{}, false
	}
	depart := dossier.Depart{Appel: c.appel(s, &q.Entete, c.cfg.Secret.EmpreinteChiffrage(&q.Entete, &q.Chiffrage)), Lignes: len(q.Lignes)}
	if s == modele.DEL && d.Calcul != nil {
		depart.Appel.Empreinte, depart.Calcul, depart.Lignes = d.Calcul.Empreinte, d.Calcul.Requete, 0
	}
	depart.Appel.Le = e.Debut
	parti := d.Applique(depart, c.cfg.Politique)
	if parti.Refuse {
		return Suite{}, false
	}
	var recu dossier.Evenement = dossier.ReponsePerdue{Requete: q.Requete, Code: "ROC-REPRISE"}
	if etat == journal.Faite {
		if recu, err = c.restitue(ctx, parti.Dossier.Suspens, e); err != nil {
			return Suite{}, false
		}
	}
	return parti.Dossier.Applique(recu, c.cfg.Politique), true
}

// demande reads in the journal what an attempt asked, the chiffrage of a CLC
// included; it has no Requete when its payload is gone, or of another release.
func (c *Client) demande(ctx context.Context, e journal.Essai) (DemandeCLC, error) {
	for _, etape := range e.Etapes {
		if etape.Genre != journal.GenreIntention {
			continue
		}
		charge, err := c.cfg.Journal.Charge(ctx, e.Ref, etape)
		var q DemandeCLC
		if err != nil || json.Unmarshal([]byte(charge.Clair()), &q) != nil {
			return DemandeCLC{}, err
		}
		return q, nil
	}
	return DemandeCLC{}, nil
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
	if max <= 0 {
		return nil, nil
	}
	// The journal may hold exchanges of other rooms.
	for n := max; ; n *= 2 {
		essais, err := c.cfg.Journal.AClarifier(ctx, n)
		if err != nil {
			return nil, enveloppe("ROC-JOURNAL", "the list cannot be read", err)
		}
		tous := len(essais) < n || n > listeMax
		essais = slices.DeleteFunc(essais, func(e journal.Essai) bool { return !strings.HasPrefix(e.Nature, "roc.") })
		if tous || len(essais) >= max {
			return essais[:min(len(essais), max)], nil
		}
	}
}

// listeMax bounds what is read of the journal for one list.
const listeMax = 1 << 20
