package roc

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/internal/erreurs"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/teleservice"
)

// Annuaire finds the addresses of the services of an insurer. *annuaire.Client
// is one; an establishment that chose an entry brings its own.
type Annuaire interface {
	Cherche(context.Context, annuaire.Demande) (*annuaire.Resultat, error)
}

// Config says how to call insurers.
type Config struct {
	// Canal holds the certificate (mutual TLS), the authorities and the limits;
	// the addresses called are those of the directory.
	Canal    *teleservice.Canal
	Annuaire Annuaire
	// Codec carries the messages: the editor's own, written from HospiAMC. A
	// codec that is not official is taken in Simulation only.
	Codec Codec
	// Journal keeps what commits money, before it leaves and after.
	Journal *journal.Journal
	// Secret keys the digests of the inputs.
	Secret    Secret
	Politique Politique
	// Miroir opens ROC little by little; nil is all insurers.
	Miroir *Miroir
	// Garde, if any, saves the dossier between the journal's intention and the
	// sending: it then shows the call after a crash. Its error stops the call.
	Garde func(context.Context, *Dossier) error
}

// Client calls insurers for the legal entity of its Canal. It is safe for
// concurrent use; one dossier has one call at a time.
type Client struct {
	cfg    Config
	profil Profil
}

// New checks the configuration and lists every fault.
func New(cfg Config) (*Client, error) {
	var errs []error
	faux := func(si bool, code simphonie.Code, chemin, detail string) {
		if si {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	faux(cfg.Canal == nil, "ROC-CONFIG-CANAL", "Canal", "the channel is missing: teleservice.NewCanal")
	faux(erreurs.Nul(cfg.Annuaire), "ROC-CONFIG-ANNUAIRE", "Annuaire", "the directory is missing")
	faux(erreurs.Nul(cfg.Codec), "ROC-CONFIG-CODEC", "Codec", "the codec is missing")
	faux(cfg.Journal == nil, "ROC-CONFIG-JOURNAL", "Journal", "the journal is missing: what commits money is written before it leaves")
	faux(cfg.Secret.IsZero(), "ROC-CONFIG-SECRET", "Secret", "the secret of the digests is missing: modele.NewSecret")
	if cfg.Canal != nil {
		_, mutuel := cfg.Canal.Authentification().(*teleservice.TLSMutuel)
		faux(!mutuel, "ROC-CONFIG-CANAL", "Canal.Authentification", "insurers are called over mutual TLS")
	}
	if err := cfg.Miroir.verifie(); err != nil {
		errs = append(errs, err)
	}
	c := &Client{cfg: cfg}
	if !erreurs.Nul(cfg.Codec) {
		p := cfg.Codec.Profil()
		c.profil = p
		complet := p.Nom != "" && p.Version != "" && (p.SOAP == modele.SOAP12 || p.SOAP == modele.SOAP11) && (!p.Officiel || p.Specification.Connue())
		for s := modele.IDB; s <= modele.DEL; s++ {
			_, ok := p.Actions[s]
			complet = complet && ok
		}
		faux(!complet, "ROC-CONFIG-PROFIL", "Codec.Profil", "name, version, version of SOAP, an action a service and, of an official codec, the specification are all wanted")
		faux(!p.Officiel && cfg.Canal != nil && cfg.Canal.Environnement() != teleservice.Simulation,
			"ROC-CONFIG-NON-OFFICIEL", "Codec", "this codec is not official: it is for simulators only")
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return c, nil
}

// pret refuses a client that New did not make.
func (c *Client) pret() error {
	if c == nil || c.cfg.Canal == nil {
		return erreur("ROC-CLIENT", "", "a client is made by New")
	}
	return nil
}

// prepare is what every call checks before anything leaves.
func (c *Client) prepare(ctx context.Context, d *Dossier, s modele.Service, e *Entete, as simphonie.Anomalies) error {
	if err := c.pret(); err != nil {
		return err
	}
	switch {
	case d == nil || e == nil:
		return erreur("ROC-DEMANDE", "", "there is no dossier, or no request")
	case e.Venue != d.Venue || !e.Couverture.Cle.Numero.Equal(d.AMC):
		return erreur("ROC-DOSSIER-AUTRE", "entete", "the request is for another visit or another insurer than the dossier")
	}
	if err := c.cfg.Canal.VerifieEJ(e.EJ); err != nil {
		return enveloppe("ROC-DEMANDE", "nothing was sent", err)
	}
	if as = append(as, d.Empeche(s, c.cfg.Politique)...); as.Stoppent() {
		err := erreur("ROC-DEMANDE", "", "nothing was sent")
		err.Err = &Refus{Anomalies: as}
		return err
	}
	return c.cfg.Miroir.admet(ctx, d)
}

var servicesAnnuaire = map[modele.Service]annuaire.Service{modele.IDB: annuaire.IDB, modele.SIM: annuaire.SIM, modele.CLC: annuaire.CLC, modele.DEL: annuaire.Annulation}

// SansAdresse is an insurer that cannot be called: the directory's answer says
// why, and it is not a fault of the patient's cover.
type SansAdresse struct{ Resultat *annuaire.Resultat }

// Error gives the outcome of the search.
func (s *SansAdresse) Error() string {
	return "the directory gave no address: " + s.Resultat.Issue.String()
}

// adresses finds where a service of an insurer is.
func (c *Client) adresses(ctx context.Context, s modele.Service, e *Entete) ([]string, error) {
	r, err := c.cfg.Annuaire.Cherche(ctx, annuaire.Demande{EJ: e.EJ, Cle: e.Couverture.Cle, Service: servicesAnnuaire[s]})
	if err == nil && r == nil {
		err = erreur("ROC-ANNUAIRE", "", "the directory gave neither an answer nor an error")
	}
	if err != nil {
		x := enveloppe("ROC-ANNUAIRE", "nothing was sent", err)
		x.IssueInconnue = false
		return nil, x
	}
	// An empty address would be that of the channel.
	if as := slices.DeleteFunc(slices.Clone(r.Adresses()), func(a string) bool { return a == "" }); len(as) > 0 {
		return as, nil
	}
	x := erreur("ROC-SANS-ADRESSE", "", "nothing was sent")
	x.Err = &SansAdresse{r}
	return nil, x
}

// appelle makes a call at an address.
func (c *Client) appelle(ctx context.Context, s modele.Service, adresse string, corps *etree.Element) (*teleservice.Retour, error) {
	l := c.cfg.Canal.Logiciel()
	a := teleservice.Appel{Service: "ROC " + hote(adresse), Operation: s.String(), Action: c.profil.Actions[s], NomLPS: l.Nom,
		Corps: corps, URL: adresse, SansEntete: c.profil.SansEntete, SansReprise: s.Engage()}
	if c.profil.SuffixeReponse != "" {
		a.ActionReponse = a.Action + c.profil.SuffixeReponse
	}
	if c.profil.NomLPS != nil {
		a.NomLPS = c.profil.NomLPS(l.Nom, l.Version)
	}
	if c.profil.SOAP == modele.SOAP11 {
		a.SOAP = teleservice.SOAP11
	}
	return c.cfg.Canal.Appelle(ctx, a)
}

// hote tells the servers of insurers apart, for errors and the circuit breaker.
func hote(adresse string) string {
	if u, err := url.Parse(adresse); err == nil {
		return u.Host
	}
	return ""
}

// recoit completes what a codec read. It refuses the answer to another request.
func (c *Client) recoit(r *modele.Retour, requete, adresse string, t *teleservice.Retour) error {
	if r.Requete != "" && r.Requete != requete {
		return erreur("ROC-CORRELATION", "", "the answer is for another request: it is not read")
	}
	r.Profil, r.Recu, r.MessageID, r.Adresse = c.profil.String(), t.Recu, t.MessageID, adresse
	return nil
}

// appel describes a call for the dossier.
func (c *Client) appel(s modele.Service, e *Entete, empreinte modele.Empreinte) dossier.Appel {
	return dossier.Appel{Service: s, Moment: e.Moment, Requete: e.Requete, Empreinte: empreinte, Le: c.cfg.Canal.Maintenant(),
		Profil: c.profil.String(), Specification: c.profil.Specification}
}
