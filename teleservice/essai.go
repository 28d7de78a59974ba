package teleservice

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/reseau"
	"github.com/simphonie/simphonie/internal/soap"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// essaie makes one attempt: a message of its own, one HTTP exchange, one
// answer read. The Retour is never nil.
func (k *Canal) essaie(parent context.Context, a *Appel, corps []byte) (*Retour, *simphonie.Erreur) {
	r := &Retour{}
	if !a.SansEntete {
		r.MessageID = soap.MessageID(k.c.Identifiants())
	}
	var t reseau.Trace
	lu, err := k.echange(parent, a, r.MessageID, corps, &t)
	r.Corps = lu
	if err != nil && a.SansReprise && t.Partie() {
		err.IssueInconnue, err.Reessayable = true, false
	}
	return r, err
}

// echange sends one message and gives the body of its answer.
func (k *Canal) echange(parent context.Context, a *Appel, messageID string, corps []byte, t *reseau.Trace) (*etree.Element, *simphonie.Erreur) {
	ctx, fin := context.WithTimeout(parent, k.c.DelaiEssai)
	defer fin()
	etat := k.etat.Load()
	message, complete, err := k.message(ctx, etat.auth, a, messageID, corps)
	if err != nil {
		return nil, k.sansMessage(parent, ctx, a, err)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL, bytes.NewReader(message))
	if err != nil {
		return nil, k.erreur(a, "TSV-MESSAGE", "the request cannot be made", reseau.SansURL(err))
	}
	q.Header.Set("Content-Type", a.SOAP.ContentType(a.Action))
	q.Header.Set("Accept", "application/soap+xml, text/xml")
	if a.SOAP == SOAP11 {
		q.Header.Set("SOAPAction", `"`+a.Action+`"`)
	}
	if complete != nil {
		if _, err := borne(ctx, func() (struct{}, error) { return struct{}{}, complete(q) }); err != nil {
			return nil, k.sansMessage(parent, ctx, a, err)
		}
	}
	if a.SansReprise {
		if ctx.Err() != nil {
			return nil, k.panne(parent, ctx, a, ctx.Err())
		}
		q = t.Suit(q)
	}
	reponse, err := etat.client(a).Do(q)
	if err != nil {
		return nil, k.panne(parent, ctx, a, err)
	}
	defer reponse.Body.Close()
	brut, err := io.ReadAll(io.LimitReader(reponse.Body, k.c.TailleMax+1))
	switch {
	case err != nil:
		return nil, k.panne(parent, ctx, a, err)
	case int64(len(brut)) > k.c.TailleMax:
		e := k.erreur(a, "TSV-TAILLE", "the answer is longer than the limit of "+strconv.FormatInt(k.c.TailleMax, 10)+" bytes", nil)
		e.LimiteLocale = true
		return nil, e
	}
	lu, e := k.lis(a, messageID, reponse, brut)
	if e != nil && e.Code == "TSV-REPONSE" && ctx.Err() != nil {
		// A server that sees us leave may end properly an answer that is not whole.
		return nil, k.panne(parent, ctx, a, e)
	}
	return lu, e
}

// message writes the envelope of one attempt.
func (k *Canal) message(ctx context.Context, auth Authentification, a *Appel, messageID string, corps []byte) ([]byte, func(*http.Request) error, error) {
	maintenant := k.c.Horloge()
	p, err := borne(ctx, func() (preuve, error) {
		return auth.preuve(ctx, demandePreuve{maintenant, k.c.Horloge, k.c.Identifiants, a.SerieVitale})
	})
	if err != nil {
		return nil, nil, err
	}
	m := soap.Message{Version: a.SOAP, Corps: corps}
	if a.SansEntete {
		if p.securite != nil {
			return nil, nil, erreurConfig("TSV-CONFIG-AUTHENTIFICATION", "Authentification", "this service has no header to hold an assertion: authenticate by the connection")
		}
		return m.Encode(), p.complete, nil
	}
	l := k.c.Logiciel
	lps, errLPS := (&soap.ContexteLPS{ID: k.session, Temps: maintenant, Emetteur: p.emetteur, IDAM: l.Autorisation,
		Version: l.Version, Instance: l.Instance, Nom: a.NomLPS}).Encode()
	bam, errBAM := (&soap.ContexteBAM{ID: k.c.Identifiants(), Temps: maintenant, Emetteur: p.emetteur,
		DateRef: a.DateReference, Couverture: a.Couverture}).Encode()
	if err := errors.Join(errLPS, errBAM); err != nil {
		return nil, nil, err
	}
	id, action := soap.Adressage(messageID, a.Action)
	if p.securite != nil {
		m.Entetes = append(m.Entetes, p.securite)
	}
	m.Entetes = append(m.Entetes, lps, id, action, bam)
	return m.Encode(), p.complete, nil
}

// lis reads an answer: by its body first, since faults come with status 500.
func (k *Canal) lis(a *Appel, messageID string, h *http.Response, brut []byte) (*etree.Element, *simphonie.Erreur) {
	if h.StatusCode >= 300 && h.StatusCode < 400 {
		return nil, k.erreur(a, "TSV-HTTP", "the address redirects elsewhere: redirects are not followed, check the configuration", nil)
	}
	if !reseau.XMLAnnonce(h.Header.Get("Content-Type")) {
		e := k.erreur(a, "TSV-HTTP", "HTTP status "+strconv.Itoa(h.StatusCode)+" and no SOAP answer", nil)
		e.Reessayable = h.StatusCode >= 502 && h.StatusCode <= 504
		return nil, e
	}
	r, err := soap.Decode(brut, xmlguard.Limites{Octets: k.c.TailleMax})
	switch {
	case err != nil:
		e := k.erreur(a, "TSV-REPONSE", "HTTP status "+strconv.Itoa(h.StatusCode)+", the answer cannot be read", err)
		var cause *simphonie.Erreur
		e.LimiteLocale = errors.As(err, &cause) && cause.LimiteLocale
		e.Reessayable = h.StatusCode >= 502 && h.StatusCode <= 504
		return nil, e
	case r.Version != a.SOAP:
		return nil, k.erreur(a, "TSV-REPONSE", "the answer is of another version of SOAP", nil)
	case messageID != "" && (r.RelatesTo != "" && r.RelatesTo != messageID || r.Faute != nil && r.Faute.MessageID != "" && !memeMessage(r.Faute.MessageID, messageID)):
		return nil, k.erreur(a, "TSV-CORRELATION", "the answer is for another request: it is not read", nil)
	case r.Faute != nil:
		f := (*Faute)(r.Faute)
		e := k.erreur(a, "TSV-FAUTE", "the service answered a fault", f)
		e.Reessayable = f.reessayable()
		return nil, e
	case a.ActionReponse != "" && r.Action != "" && r.Action != a.ActionReponse:
		return nil, k.erreur(a, "TSV-CORRELATION", "the answer is of another action: it is not read", nil)
	case h.StatusCode != http.StatusOK:
		return nil, k.erreur(a, "TSV-HTTP", "HTTP status "+strconv.Itoa(h.StatusCode)+" with an answer that is not a fault", nil)
	}
	return r.Corps, nil
}

// memeMessage compares identifiers with or without their prefix.
func memeMessage(a, b string) bool {
	sans := func(s string) string { return s[strings.LastIndexByte(s, ':')+1:] }
	return strings.EqualFold(sans(a), sans(b))
}

// sansMessage names a failure before anything was sent. A card that took too
// long may have signed meanwhile: the next attempt takes what it gave.
func (k *Canal) sansMessage(parent, ctx context.Context, a *Appel, err error) *simphonie.Erreur {
	if errors.Is(parent.Err(), context.Canceled) {
		return k.termine(parent, a)
	}
	e := k.erreur(a, "TSV-MESSAGE", "the request cannot be made", err)
	e.Reessayable = ctx.Err() != nil && errors.Is(err, ctx.Err())
	e.LimiteLocale = e.Reessayable
	return e
}

// panne names a failure of the transport. The service was perhaps reached: a
// read may be made again.
func (k *Canal) panne(parent, ctx context.Context, a *Appel, err error) *simphonie.Erreur {
	err = reseau.SansURL(err)
	switch {
	case parent.Err() != nil:
		return k.termine(parent, a)
	case ctx.Err() != nil:
		e := k.erreur(a, "TSV-DELAI", "no answer within the time of an attempt", ctx.Err())
		e.LimiteLocale, e.Reessayable = true, true
		return e
	case erreurTLS(err):
		return k.erreur(a, "TSV-TLS", "the secure connection was refused: check roots, certificate and environment", err)
	}
	e := k.erreur(a, "TSV-RESEAU", "the service was not reached, or the connection was cut", reseau.CauseSure(err))
	e.Reessayable = true
	return e
}

// termine names the end of the context of a call.
func (k *Canal) termine(ctx context.Context, a *Appel) *simphonie.Erreur {
	if errors.Is(ctx.Err(), context.Canceled) {
		return k.erreur(a, "TSV-ABANDON", "the caller gave the call up", ctx.Err())
	}
	e := k.erreur(a, "TSV-DELAI", "no answer within the time of the call", ctx.Err())
	e.LimiteLocale, e.Reessayable = true, true
	return e
}
