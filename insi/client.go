package insi

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// prefixeCN begins the name of a software certificate of INSi, and the codes of
// this package too, which a test tells apart.
const prefixeCN = "INSI-"

// cnAttendus are letter for letter; another is answered by the fault desir_560.
var cnAttendus = []string{prefixeCN + "AUTO", prefixeCN + "MANU"}

// CNAttendus gives the names that INSi accepts for a software certificate, for
// teleservice.TLSMutuel.
func CNAttendus() []string { return slices.Clone(cnAttendus) }

// Options adapts a Client.
type Options struct {
	// NomLPS writes the software's name in ContexteLPS; NomLPSVersion by default.
	NomLPS func(teleservice.Logiciel) string
}

// NomLPSVersion gives urn:lps:<name>:<version>, as the public clients of INSi write it.
func NomLPSVersion(l teleservice.Logiciel) string { return "urn:lps:" + l.Nom + ":" + l.Version }

// NomLPSSimple gives urn:lps:<name>.
func NomLPSSimple(l teleservice.Logiciel) string { return "urn:lps:" + l.Nom }

// Client searches identities through one channel. It is safe for concurrent use.
type Client struct {
	canal  *teleservice.Canal
	nomLPS func(teleservice.Logiciel) string
}

// New makes a client. With mutual TLS, the certificate must be one of INSi.
func New(c *teleservice.Canal, o Options) (*Client, error) {
	if c == nil || c.Environnement() == 0 {
		return nil, refus("INSI-CONFIG", "Canal", "the channel is missing, or was not made by teleservice.NewCanal")
	}
	if o.NomLPS == nil {
		o.NomLPS = NomLPSVersion
	}
	k := &Client{canal: c, nomLPS: o.NomLPS}
	if err := k.verifieCertificat(); err != nil {
		return nil, err
	}
	return k, nil
}

// verifie lists every reason why nothing may be sent, those that the content of
// the demand has already given included.
func (c *Client) verifie(ej simphonie.FINESS, a Attributs, raisons error) error {
	if c == nil || c.canal == nil {
		return refus("INSI-CONFIG", "Client", "a client is made by New")
	}
	return errors.Join(c.canal.VerifieEJ(ej), a.Valide(), raisons, c.verifieCertificat())
}

// verifieCertificat is asked again before each search, since the channel may
// have been given another certificate.
func (c *Client) verifieCertificat() error {
	t, ok := c.canal.Authentification().(*teleservice.TLSMutuel)
	if ok && !slices.Contains(cnAttendus, t.Nom()) {
		return refus("INSI-CERTIFICAT", "Authentification", "the CN of the software certificate must be exactly "+strings.Join(cnAttendus, " or "))
	}
	return nil
}

// Demande searches by traits.
type Demande struct {
	EJ        simphonie.FINESS // legal entity of the channel; another is refused
	Traits    Traits
	Attributs Attributs
	// LieuDAbord sends the birth place from the first call. Otherwise it serves
	// to choose when several identities were found.
	LieuDAbord bool
}

// Recherche searches by traits (rechercherInsAvecTraitsIdentite), in the order
// that the documentation of the package gives. On error the Recherche is not nil
// and holds the calls that were made. Nothing is sent for a demand that the rules
// refuse; every reason comes back at once.
func (c *Client) Recherche(ctx context.Context, d Demande) (*Recherche, error) {
	r := &Recherche{}
	t, errTraits := d.Traits.normalises()
	if err := c.verifie(d.EJ, d.Attributs, errTraits); err != nil {
		return r, err
	}
	issue, err := deroule(t, d.LieuDAbord, func(e etape) (CodeCR, error) {
		return c.appelle(ctx, r, Tentative{Critere: e.critere, Rang: e.rang, AvecLieu: e.lieu}, teleservice.Appel{
			Operation: operationTraits, Corps: corpsTraits(t, e)})
	})
	if err != nil {
		return r, err
	}
	r.conclut(issue, d.Traits, suites(issue, t, d.LieuDAbord))
	return r, nil
}

// DemandeVitale searches by card.
type DemandeVitale struct {
	EJ        simphonie.FINESS // legal entity of the channel; another is refused
	Carte     CarteVitale
	Attributs Attributs
	// Serie is the serial number of the Vitale card. When it is given, an agent
	// who authenticates with a professional card shows the Vitale card too.
	Serie simphonie.Confidentiel
}

// RechercheVitale searches by card (rechercherInsAvecCarteVitale), in one call.
// Ecarts compares the birth name and date of the card.
func (c *Client) RechercheVitale(ctx context.Context, d DemandeVitale) (*Recherche, error) {
	r := &Recherche{}
	carte, errCarte := d.Carte.normalisee()
	if err := c.verifie(d.EJ, d.Attributs, errCarte); err != nil {
		return r, err
	}
	issue, err := c.appelle(ctx, r, Tentative{Critere: LectureVitale}, teleservice.Appel{
		Operation: operationVitale, Corps: corpsVitale(carte), SerieVitale: d.Serie,
		// The gateway routes by the numbers of the card; by traits it has none.
		Couverture: teleservice.Couverture{Assure: carte.Ouvrant, Beneficiaire: carte.Individu, SansCle: true}})
	if err != nil {
		return r, err
	}
	r.conclut(issue, Traits{Nom: carte.Nom, Naissance: carte.Naissance}, suitesVitale(issue))
	r.Ecarts = slices.DeleteFunc(r.Ecarts, func(e Ecart) bool { return e.Nature == NonConnu }) // the card has no other trait
	if r.Individu != nil && !carte.Individu.IsZero() && !r.Individu.connait(carte.Individu) {
		r.Anomalies = append(r.Anomalies, regAutreNumero.Anomalie("carte.individu"))
	}
	return r, nil
}

// appelle makes one call and writes it in the trace.
func (c *Client) appelle(ctx context.Context, r *Recherche, t Tentative, a teleservice.Appel) (CodeCR, error) {
	a.Service, a.Action, a.NomLPS = service, prefixeAction+a.Operation, c.nomLPS(c.canal.Logiciel())
	a.ActionReponse = a.Action + "Response"
	debut := c.canal.Maintenant()
	retour, err := c.canal.Appelle(ctx, a)
	t.Duree = c.canal.Maintenant().Sub(debut)
	if retour != nil {
		t.MessageID, t.Essais = retour.MessageID, retour.Essais
	}
	var rep *reponse
	if err == nil {
		rep, err = decode(retour.Corps)
	}
	if err != nil {
		if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
			t.Erreur = e.Code
		}
		r.Tentatives = append(r.Tentatives, t)
		return "", err
	}
	t.Code = rep.cr
	r.Tentatives = append(r.Tentatives, t)
	r.Anomalies = rep.anomalies
	if rep.individu != nil {
		r.Individu = rep.individu
		r.Individu.Environnement, r.Individu.RecuLe, r.Individu.MessageID = c.canal.Environnement(), retour.Recu, retour.MessageID
		r.Anomalies = append(r.Anomalies, r.Individu.oidDeplaces()...)
	}
	return rep.cr, nil
}
