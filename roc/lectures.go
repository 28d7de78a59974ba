package roc

import (
	"context"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/teleservice"
)

// IDB asks the rights of the beneficiary and says what follows for the
// dossier. A refusal by the insurer is an answer, not an error. Beside an error
// of the call, Suite holds the dossier that keeps its failure; a request that
// was not sent leaves it as it was.
func (c *Client) IDB(ctx context.Context, d *Dossier, q DemandeIDB) (Suite, *Identification, error) {
	if err := c.prepare(ctx, d, modele.IDB, &q.Entete, q.Verifie()); err != nil {
		return reste(d), nil, err
	}
	a := c.appel(modele.IDB, &q.Entete, c.cfg.Secret.EmpreinteDroits(&q.Entete))
	r, err := lit(ctx, c, d, a, &q.Entete, func() (*etree.Element, error) { return c.cfg.Codec.EncodeIDB(&q) },
		c.cfg.Codec.DecodeIDB, func(r *Identification) *modele.Retour { return &r.Retour })
	if err != nil {
		return c.echec(d, a, err), nil, err
	}
	return d.Applique(dossier.IDBRecue{Appel: a, Reponse: r}, c.cfg.Politique), r, nil
}

// SIM asks what the insurer would pay. Nobody is committed, and nothing of the
// answer can be billed.
func (c *Client) SIM(ctx context.Context, d *Dossier, q DemandeSIM) (Suite, *Simulation, error) {
	if err := c.prepare(ctx, d, modele.SIM, &q.Entete, q.Verifie()); err != nil {
		return reste(d), nil, err
	}
	a := c.appel(modele.SIM, &q.Entete, c.cfg.Secret.EmpreinteChiffrage(&q.Entete, &q.Chiffrage))
	r, err := lit(ctx, c, d, a, &q.Entete, func() (*etree.Element, error) { return c.cfg.Codec.EncodeSIM(&q) },
		c.cfg.Codec.DecodeSIM, func(r *Simulation) *modele.Retour { return &r.Retour })
	if err != nil {
		return c.echec(d, a, err), nil, err
	}
	if r.Issue.Sens == Accepte {
		r.Anomalies = append(r.Anomalies, controle(&q.Chiffrage, r.Montants, r.Total)...)
		if a.Restes, err = q.Restes(r.Montants); err != nil {
			a.Restes = nil // ROC-SOMME is among the anomalies
		}
	}
	return d.Applique(dossier.SIMRecue{Appel: a, Reponse: r}, c.cfg.Politique), r, nil
}

// reste is what follows from a call that was not made: nothing.
func reste(d *Dossier) Suite {
	if d == nil {
		return Suite{Refuse: true}
	}
	return Suite{Dossier: *d}
}

func (c *Client) echec(d *Dossier, a dossier.Appel, err error) Suite {
	return d.Applique(dossier.LectureEchouee{Appel: a, Code: erreurs.Code(err)}, c.cfg.Politique)
}

// lit makes a read: the addresses are tried in their order as long as the
// failure is one of the transport. A read that the dossier could not keep is
// not made.
func lit[R any](ctx context.Context, c *Client, d *Dossier, a dossier.Appel, e *Entete, encode func() (*etree.Element, error),
	decode func(*etree.Element) (*R, error), retour func(*R) *modele.Retour) (*R, error) {
	if s := d.Applique(dossier.LectureEchouee{Appel: a}, c.cfg.Politique); s.Refuse {
		err := erreur("ROC-DEMANDE", "", "nothing was sent")
		err.Err = &Refus{Anomalies: s.Anomalies}
		return nil, err
	}
	corps, err := encode()
	if err != nil {
		return nil, enveloppe("ROC-ENCODE", "the codec refused the request", err)
	}
	adresses, err := c.adresses(ctx, a.Service, e)
	if err != nil {
		return nil, err
	}
	var t *teleservice.Retour
	for _, adresse := range adresses {
		if t, err = c.appelle(ctx, a.Service, adresse, corps.Copy()); err == nil {
			return decodeReponse(c, e.Requete, adresse, t, decode, retour)
		}
		if x := erreurs.Code(err); ctx.Err() != nil || x != "TSV-RESEAU" && x != "TSV-DELAI" && x != "TSV-DISJONCTEUR" {
			break
		}
	}
	return nil, err
}

// decodeReponse reads an answer by the codec.
func decodeReponse[R any](c *Client, requete, adresse string, t *teleservice.Retour, decode func(*etree.Element) (*R, error), retour func(*R) *modele.Retour) (*R, error) {
	r, err := decode(t.Corps)
	switch {
	case err != nil:
		x := enveloppe("ROC-DECODE", "the answer cannot be read", err)
		x.Reessayable, x.IssueInconnue = false, false
		return nil, x
	case r == nil:
		return nil, erreur("ROC-CODEC", "", "the codec gave neither an answer nor an error")
	}
	if err := c.recoit(retour(r), requete, adresse, t); err != nil {
		return nil, err
	}
	return r, nil
}

// Perime gives the event that compares the inputs, as they are now, with those
// of the live CLC: apply it whenever the file of the patient changes.
func (c *Client) Perime(e *Entete, ch *Chiffrage) dossier.DonneesChangees {
	if c == nil || e == nil || ch == nil {
		return dossier.DonneesChangees{}
	}
	return dossier.DonneesChangees{Empreinte: c.cfg.Secret.EmpreinteChiffrage(e, ch)}
}

// Emission gives the event that bills the live CLC: the invoice asks parts of
// the insurer, from inputs as they are now.
func (c *Client) Emission(numero string, jour simphonie.Jour, q DemandeCLC, forcage *dossier.Forcage) dossier.Emission {
	if c.pret() != nil {
		return dossier.Emission{} // which a dossier refuses
	}
	return dossier.Emission{Numero: numero, Le: c.cfg.Canal.Maintenant(), Jour: jour, Parts: q.Parts, Forcage: forcage,
		Empreinte: c.cfg.Secret.EmpreinteChiffrage(&q.Entete, &q.Chiffrage)}
}
