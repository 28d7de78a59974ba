package payfip

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

// Bounds of the notifications: anybody on the Internet may send some.
const (
	corpsMax         = 4 << 10
	attenteAvis      = 5 * time.Second  // an answer comes within
	avisEnMeme       = 32               // notifications that are looked at together
	questionsConnues = 8                // questions to PayFiP at once, about our operations
	reposInconnues   = 10 * time.Second // between two questions about operations that are not ours
)

// Notification is where PayFiP says that an operation has a result. Nothing of
// what it says is believed but the name of the operation: PayFiP is asked
// again, once for notifications that come together. ctx bounds the questions
// under way when the server stops.
//
// 200: the answer is kept, were it that there is no result yet. 400, 405, 413:
// no notification. 404: not an operation of ours. 503: we failed, or are busy,
// or wait still: PayFiP may notify again, and the loop asks anyway.
func (c *Client) Notification(ctx context.Context) http.Handler {
	if ctx == nil {
		ctx = context.Background()
	}
	return &avis{c: c, ctx: ctx, places: make(chan struct{}, avisEnMeme), questions: make(chan struct{}, questionsConnues), vols: map[IDOp]*question{}}
}

type avis struct {
	c         *Client
	ctx       context.Context
	places    chan struct{}
	questions chan struct{}

	mu       sync.Mutex
	vols     map[IDOp]*question
	inconnue struct { // questions about operations that are not ours: one at a time, and slowly
		enVol bool
		apres time.Time
	}
}

// question is one question under way; statut is set before fini is closed.
type question struct {
	connue bool
	fini   chan struct{}
	statut int
}

// ServeHTTP answers a notification.
func (a *avis) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if a.c.pret() != nil {
		repond(w, http.StatusServiceUnavailable)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, POST")
		repond(w, http.StatusMethodNotAllowed)
		return
	}
	id, statut := lisAvis(w, r)
	if statut != 0 {
		repond(w, statut)
		return
	}
	select { // after the body, whose sender may be slow
	case a.places <- struct{}{}:
		defer func() { <-a.places }()
	default:
		repond(w, http.StatusServiceUnavailable)
		return
	}
	ctx, fin := context.WithTimeout(r.Context(), attenteAvis)
	defer fin()
	q, statut := a.demande(ctx, id)
	if statut != 0 {
		repond(w, statut)
		return
	}
	select {
	case <-q.fini:
		repond(w, q.statut)
	case <-ctx.Done():
		repond(w, http.StatusServiceUnavailable)
	}
}

func repond(w http.ResponseWriter, statut int) {
	if statut == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", strconv.Itoa(int(reposInconnues/time.Second)))
	}
	w.WriteHeader(statut)
}

// demande joins the question about an operation that is under way, or starts
// one. Without room for it, a status.
func (a *avis) demande(ctx context.Context, id IDOp) (*question, int) {
	de, connu, err := a.c.c.Magasin.ParIDOp(ctx, id)
	if err != nil {
		return nil, http.StatusServiceUnavailable
	}
	connu = connu && a.c.sienne(de)
	a.mu.Lock()
	defer a.mu.Unlock()
	if q := a.vols[id]; q != nil {
		return q, 0
	}
	le := a.c.maintenant()
	if !connu && (a.inconnue.enVol || le.Before(a.inconnue.apres) && a.inconnue.apres.Sub(le) <= reposInconnues) {
		return nil, http.StatusServiceUnavailable
	}
	select {
	case a.questions <- struct{}{}:
	default:
		return nil, http.StatusServiceUnavailable
	}
	if !connu {
		a.inconnue.enVol, a.inconnue.apres = true, le.Add(reposInconnues)
	}
	q := &question{connue: connu, fini: make(chan struct{})}
	a.vols[id] = q
	go a.pose(id, q)
	return q, 0
}

// pose asks, even if who notified is gone by then.
func (a *avis) pose(id IDOp, q *question) {
	ctx, fin := context.WithTimeout(a.ctx, a.c.c.Delai+delaiEcriture)
	defer fin()
	q.statut = http.StatusServiceUnavailable
	defer func() {
		a.mu.Lock()
		delete(a.vols, id)
		if !q.connue {
			a.inconnue.enVol = false
		}
		a.mu.Unlock()
		<-a.questions
		close(q.fini)
	}()
	_, err := a.c.ConsulteOp(ctx, id)
	q.statut = statutDe(err)
	if err != nil {
		a.c.c.Log.WarnContext(ctx, "payfip notification", "statut", q.statut, "erreur", err.Error())
	}
}

// statutDe says what the sender of a notification is told. A result that cannot
// be taken is kept in its dossier: to send it again changes nothing.
func statutDe(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, ErrOperationInconnue):
		return http.StatusNotFound
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok && (e.Code == "PAYFIP-DISCORDANCE" || e.Code == "PAYFIP-RESULTAT" || e.Code == "PAYFIP-CONTREDIT") {
		return http.StatusOK
	}
	return http.StatusServiceUnavailable
}

// lisAvis finds the operation in the query or in the form, whatever the case of
// the field's name; one operation, or a status.
func lisAvis(w http.ResponseWriter, r *http.Request) (IDOp, int) {
	champs, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || len(r.URL.RawQuery) > corpsMax {
		return "", http.StatusBadRequest
	}
	formes := []url.Values{champs}
	if r.Method == http.MethodPost {
		b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, corpsMax))
		if err != nil {
			var trop *http.MaxBytesError
			if errors.As(err, &trop) {
				return "", http.StatusRequestEntityTooLarge
			}
			return "", http.StatusBadRequest
		}
		if m, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && m == "application/x-www-form-urlencoded" {
			f, err := url.ParseQuery(string(b))
			if err != nil {
				return "", http.StatusBadRequest
			}
			formes = append(formes, f)
		}
	}
	var id IDOp
	for _, f := range formes {
		for nom, vs := range f {
			if !strings.EqualFold(nom, "idop") {
				continue
			}
			for _, v := range vs {
				if id != "" && id != IDOp(v) || !IDOp(v).valide() {
					return "", http.StatusBadRequest
				}
				id = IDOp(v)
			}
		}
	}
	if id == "" {
		return "", http.StatusBadRequest
	}
	return id, 0
}
