package payfip

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/reseau"
	"github.com/simphonie/simphonie/internal/soap"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Detail asks PayFiP about an operation. It is a read. No result yet (P5) and no
// such operation (P1) are faults. Nothing is concluded from it here: ConsulteOp
// does, with the dossier.
func (c *Client) Detail(ctx context.Context, id IDOp) (*Detail, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	if !id.valide() {
		return nil, erreur("PAYFIP-IDOP", "idOp", "not an identifier of PayFiP")
	}
	r, err := c.appelle(ctx, opDetail, corps(opDetail, champ{"idOp", string(id)}))
	if err != nil {
		return nil, err
	}
	d, err := lisDetail(r.corps)
	if err != nil {
		return nil, err
	}
	if d.IDOp != id {
		return nil, erreur("PAYFIP-REPONSE", "idOp", "the answer is of another operation of the page: it is not read")
	}
	return d, nil
}

// Contrat asks what PayFiP knows of the client number: the check to make once
// after the configuration.
func (c *Client) Contrat(ctx context.Context) (*Contrat, error) {
	if err := c.pret(); err != nil {
		return nil, err
	}
	r, err := c.appelle(ctx, opClient, corps(opClient, champ{"numCli", c.c.NumCli}))
	if err != nil {
		return nil, err
	}
	k, err := lisContrat(r.corps)
	if err == nil && k.NumCli != c.c.NumCli {
		return nil, erreur("PAYFIP-REPONSE", "numcli", "the answer is of another client number")
	}
	return k, err
}

// AdressePage is where the patient pays an operation.
func (c *Client) AdressePage(id IDOp) string {
	if c.pret() != nil || !id.valide() {
		return ""
	}
	u, err := url.Parse(c.c.Page)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set("idop", string(id))
	u.RawQuery = q.Encode()
	return u.String()
}

// retour is what came of a call.
type retour struct {
	corps *etree.Element
	date  time.Time // PayFiP's own hour (Date of HTTP), zero when it does not say
	parti bool      // the request may have reached PayFiP
}

// appelle makes one call.
func (c *Client) appelle(ctx context.Context, operation string, corps *etree.Element) (r retour, err error) {
	debut := time.Now()
	defer func() {
		if err != nil {
			c.c.Log.WarnContext(ctx, "payfip", "operation", operation, "duree", time.Since(debut), "erreur", err.Error())
			return
		}
		c.c.Log.DebugContext(ctx, "payfip", "operation", operation, "duree", time.Since(debut))
	}()
	bloc, err := soap.Bloc(corps)
	if err != nil {
		return r, enveloppe("PAYFIP-MESSAGE", "the request cannot be written", err)
	}
	m := soap.Message{Version: soap.V11, Corps: bloc}
	appel, fin := context.WithTimeout(ctx, c.c.Delai)
	defer fin()
	q, err := http.NewRequestWithContext(appel, http.MethodPost, c.c.URL, bytes.NewReader(m.Encode()))
	if err != nil {
		return r, enveloppe("PAYFIP-MESSAGE", "the request cannot be made", reseau.SansURL(err))
	}
	q.Header.Set("Content-Type", soap.V11.ContentType(""))
	q.Header.Set("Accept", "text/xml")
	q.Header.Set("SOAPAction", `""`)
	if appel.Err() != nil {
		return r, panne(ctx, appel, appel.Err())
	}
	var t reseau.Trace
	h, err := c.http.Do(t.Suit(q))
	if err != nil {
		r.parti = t.Partie()
		return r, panne(ctx, appel, err)
	}
	r.parti = true
	defer h.Body.Close()
	brut, err := io.ReadAll(io.LimitReader(h.Body, c.c.TailleMax+1))
	switch {
	case err != nil:
		return r, panne(ctx, appel, err)
	case int64(len(brut)) > c.c.TailleMax:
		e := erreur("PAYFIP-TAILLE", operation, "the answer is longer than Config.TailleMax")
		e.LimiteLocale = true
		return r, e
	}
	r.date, _ = http.ParseTime(h.Header.Get("Date"))
	r.corps, err = c.lis(operation, h, brut)
	if f, ok := errors.AsType[*Faute](err); ok {
		f.date = r.date
	}
	return r, err
}

// lis reads an answer: by its body first, since faults come with status 500.
func (c *Client) lis(operation string, h *http.Response, brut []byte) (*etree.Element, error) {
	statut := "HTTP status " + strconv.Itoa(h.StatusCode)
	malade := h.StatusCode >= 502 && h.StatusCode <= 504
	if h.StatusCode >= 300 && h.StatusCode < 400 || !reseau.XMLAnnonce(h.Header.Get("Content-Type")) {
		e := erreur("PAYFIP-HTTP", operation, statut+" and no SOAP answer; redirects are not followed")
		e.Reessayable = malade
		return nil, e
	}
	r, err := soap.Decode(brut, xmlguard.Limites{Octets: c.c.TailleMax})
	switch {
	case err != nil || r.Version != soap.V11:
		e := enveloppe("PAYFIP-REPONSE", statut+", the answer cannot be read", err)
		e.Reessayable = malade
		return nil, e
	case r.Faute != nil:
		f := lisFaute(r.Detail)
		e := enveloppe("PAYFIP-FAUTE", "PayFiP answered a fault", f)
		e.Chemin, e.Reessayable = operation, f.Reessayable()
		return nil, e
	case h.StatusCode != http.StatusOK:
		return nil, erreur("PAYFIP-HTTP", operation, statut+" with an answer that is not a fault")
	}
	return r.Corps, nil
}

// panne names a failure of the transport.
func panne(ctx, appel context.Context, err error) *simphonie.Erreur {
	switch err = reseau.SansURL(err); {
	case errors.Is(ctx.Err(), context.Canceled):
		return enveloppe("PAYFIP-ABANDON", "the caller gave the call up", ctx.Err())
	case appel.Err() != nil:
		e := enveloppe("PAYFIP-DELAI", "no answer in time", appel.Err())
		e.LimiteLocale, e.Reessayable = true, true
		return e
	case reseau.RefusTLS(err):
		return enveloppe("PAYFIP-TLS", "the secure connection was refused: check the authorities and the address", err)
	}
	e := enveloppe("PAYFIP-RESEAU", "the service was not reached, or the connection was cut", reseau.CauseSure(err))
	e.Reessayable = true
	return e
}
