package cdri

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/teleservice"
)

// Config says how to ask CDRi.
type Config struct {
	Canal *teleservice.Canal
	// Codec carries the messages: the editor's own, written from SEL-MP-030.
	// A codec that is not official is taken in Simulation only.
	Codec Codec
	// RegimesFermes are the régimes that CDRi does not serve: requests for them
	// are refused before they leave. The list moves; it is the editor's data.
	RegimesFermes   []string
	Interpretations Interpretations
}

// Client asks CDRi for the legal entity of its Canal. It is safe for
// concurrent use.
type Client struct {
	cfg    Config
	profil Profil
	lot    CodecLot // nil when the codec has no batch messages
}

// New checks the configuration and lists every fault.
func New(cfg Config) (*Client, error) {
	var errs []error
	faux := func(si bool, code simphonie.Code, chemin, detail string) {
		if si {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	faux(cfg.Canal == nil, "CDRI-CONFIG-CANAL", "Canal", "the channel is missing: teleservice.NewCanal")
	faux(erreurs.Nul(cfg.Codec), "CDRI-CONFIG-CODEC", "Codec", "the codec is missing")
	if err := cfg.Interpretations.Validate(); err != nil {
		errs = append(errs, err)
	}
	cfg.RegimesFermes = slices.Clone(cfg.RegimesFermes)
	for _, r := range cfg.RegimesFermes {
		faux(!formeRegime.MatchString(r), "CDRI-CONFIG-REGIME", "RegimesFermes", "the code of a régime has two digits")
	}
	c := &Client{cfg: cfg}
	if !erreurs.Nul(cfg.Codec) {
		p := cfg.Codec.Profil()
		c.profil = p
		c.lot, _ = cfg.Codec.(CodecLot)
		faux(p.Nom == "" || p.Version == "" || p.Action == "" || p.SOAP != modele.SOAP12 && p.SOAP != modele.SOAP11,
			"CDRI-CONFIG-PROFIL", "Codec.Profil", "name, version, action and version of SOAP are all wanted")
		faux(c.lot != nil && (p.ActionLot == "" || p.LotMax <= 0),
			"CDRI-CONFIG-PROFIL", "Codec.Profil", "a codec of batches says the action and the most lines of a message")
		faux(!p.Officiel && cfg.Canal != nil && cfg.Canal.Environnement() != teleservice.Simulation,
			"CDRI-CONFIG-NON-OFFICIEL", "Codec", "this codec is not official: it is for simulators only")
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return c, nil
}

// Verifie lists what keeps a request from being sent: what Demande.Verifie
// finds, another legal entity than the channel's, a régime that is not served.
func (c *Client) Verifie(d Demande) simphonie.Anomalies {
	if !c.fait() {
		return d.Verifie(Interpretations{})
	}
	as := d.Verifie(c.cfg.Interpretations)
	if ej := c.cfg.Canal.EJ(); d.EJ != "" && d.EJ != ej {
		as = append(as, regEJ.Anomalie("demande.ej"))
	}
	if slices.Contains(c.cfg.RegimesFermes, d.Regime) {
		as = append(as, regRegimeFerme.Anomalie("demande.regime", d.Regime))
	}
	return as
}

// Consulte asks the rights of one beneficiary. A request that Verifie faults
// is not sent: the error holds a *Refus with every fault. An outcome without
// rights (nobody found, several found) is an answer, not an error. Reads may be
// made again: the channel retries within its own rules.
func (c *Client) Consulte(ctx context.Context, d Demande) (*Reponse, error) {
	if err := c.refuse(d); err != nil {
		return nil, err
	}
	corps, err := c.cfg.Codec.EncodeDemande(&d)
	if err != nil {
		return nil, enveloppe("CDRI-ENCODE", "the codec refused the request", err)
	}
	a := c.appel(c.profil.Action, "consulter", corps)
	a.Couverture = teleservice.Couverture{Regime: d.Regime, Caisse: d.Caisse, Centre: d.Centre,
		Assure: d.Assure, Beneficiaire: d.Beneficiaire, Naissance: d.Naissance, Rang: d.Rang}
	if !d.DateReference.IsZero() {
		a.DateReference = d.DateReference.In(time.UTC)
	}
	retour, err := c.cfg.Canal.Appelle(ctx, a)
	if err != nil {
		return nil, err
	}
	r, err := c.cfg.Codec.DecodeReponse(retour.Corps)
	if err == nil {
		err = tenue(r)
	}
	if err != nil {
		return nil, enveloppe("CDRI-DECODE", "the answer cannot be read", err)
	}
	c.complete(r, &d, retour)
	return r, nil
}

// fait says that New made the client.
func (c *Client) fait() bool { return c != nil && c.cfg.Canal != nil }

// refuse is the error of a request that is not to be sent.
func (c *Client) refuse(d Demande) error {
	if !c.fait() {
		return erreur("CDRI-CONFIG-CANAL", "Client", "a client is made by New")
	}
	as := c.Verifie(d)
	if len(as) == 0 {
		return nil
	}
	err := erreur("CDRI-DEMANDE", "", "nothing was sent")
	err.Err = &Refus{Anomalies: as}
	return err
}

func (c *Client) appel(action, operation string, corps *etree.Element) teleservice.Appel {
	l := c.cfg.Canal.Logiciel()
	a := teleservice.Appel{Service: service, Operation: operation, Action: action, NomLPS: l.Nom, Corps: corps}
	if c.profil.SuffixeReponse != "" {
		a.ActionReponse = action + c.profil.SuffixeReponse
	}
	if c.profil.NomLPS != nil {
		a.NomLPS = c.profil.NomLPS(l.Nom, l.Version)
	}
	if c.profil.SOAP == modele.SOAP11 {
		a.SOAP = teleservice.SOAP11
	}
	return a
}

// tenue checks that a codec kept its word.
func tenue(r *Reponse) error {
	switch {
	case r == nil:
		return erreur("CDRI-CODEC", "", "the codec gave neither an answer nor an error")
	case r.Issue.Sens == modele.Trouve && r.Droits == nil:
		return erreur("CDRI-CODEC", "", "the codec says that rights were found and gives none")
	}
	return nil
}

// complete adds what the client knows of an answer.
func (c *Client) complete(r *Reponse, d *Demande, retour *teleservice.Retour) {
	r.Profil, r.Recu, r.MessageID = c.profil.String(), retour.Recu, retour.MessageID
	if r.Droits != nil {
		r.Droits.Support, r.Droits.Le = droits.SupportCDRi, retour.Recu
	}
	r.Anomalies = append(r.Anomalies, controle(r, d)...)
}

func enveloppe(c simphonie.Code, detail string, err error) error {
	e := erreur(c, "", detail)
	e.Err = err
	return e
}
