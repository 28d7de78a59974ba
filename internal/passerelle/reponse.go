package passerelle

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/beevik/etree"
)

// coupure says when the connection is dropped.
type coupure uint8

const (
	sansCoupure coupure = iota
	avantReponse
	auMilieu
)

// sortie is an answer about to be written; a scenario changes it.
type sortie struct {
	statut   int
	typ      string
	corps    []byte
	lieu     string // Location
	delai    time.Duration
	coupe    coupure
	bourrage int64 // blanks after the body
}

const typeReponse = "application/soap+xml; charset=utf-8"

// prepare writes the answer of a service.
func prepare(q *Requete, r Reponse, st style, relie string) *sortie {
	if r.Faute == nil && r.Corps == nil {
		r.Faute = Refus("service", regle("the simulated service answered nothing"))
	}
	if r.Faute != nil {
		return &sortie{statut: http.StatusInternalServerError, typ: typeReponse, corps: r.Faute.ecrit(st, q.avecID())}
	}
	doc, env := st.nouvelle()
	if q.nu != nil {
		return q.nu.ecrit(doc, env, q, r.Corps.Copy(), st, relie)
	}
	entete := env.CreateElement(st.corps + ":Header")
	ajoute := func(nom, valeur string) {
		e := entete.CreateElement("wsa:" + nom)
		e.CreateAttr("xmlns:wsa", espaceWSA)
		e.SetText(valeur)
	}
	ajoute("Action", q.Action+"Response")
	ajoute("MessageID", "uuid:"+nouvelUUID())
	if relie != "" {
		ajoute("RelatesTo", relie)
	}
	bam := entete.CreateElement("ctxbam:ContexteBAM")
	bam.CreateAttr("xmlns:ctxbam", espaceCtxBAM)
	recopie(bam, q.Contexte)
	env.CreateElement(st.corps + ":Body").AddChild(r.Corps.Copy())
	return sortieDe(doc)
}

func sortieDe(doc *etree.Document) *sortie {
	b, _ := doc.WriteToBytes() // a document in memory has no write error
	return &sortie{statut: http.StatusOK, typ: typeReponse, corps: b}
}

// recopie echoes a context under a prefix of ours.
func recopie(vers, de *etree.Element) {
	for _, a := range de.Attr {
		if a.Space == "" && a.Key != "xmlns" {
			vers.CreateAttr(a.Key, a.Value)
		}
	}
	enfants := de.ChildElements()
	if len(enfants) == 0 {
		vers.SetText(de.Text())
	}
	for _, e := range enfants {
		recopie(vers.CreateElement("ctxbam:"+e.Tag), e)
	}
}

func nouvelUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// blancs are written after a body that must be huge.
var blancs = bytes.Repeat([]byte{' '}, 64<<10)

// envoie writes what is left of the answer, or drops the connection.
func (o *sortie) envoie(w http.ResponseWriter, r *http.Request, ferme <-chan struct{}) {
	if o.delai > 0 {
		attente := time.NewTimer(o.delai)
		defer attente.Stop()
		select {
		case <-attente.C:
		case <-r.Context().Done():
			return
		case <-ferme:
			coupe(w, nil)
			return
		}
	}
	switch o.coupe {
	case avantReponse:
		coupe(w, nil)
		return
	case auMilieu:
		tete := fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", o.statut, http.StatusText(o.statut), o.typ, len(o.corps))
		coupe(w, append([]byte(tete), o.corps[:len(o.corps)/2]...))
		return
	}
	if o.lieu != "" {
		w.Header().Set("Location", o.lieu)
	}
	w.Header().Set("Content-Type", o.typ)
	w.WriteHeader(o.statut)
	if _, err := w.Write(o.corps); err != nil {
		return
	}
	for reste := o.bourrage; reste > 0; reste -= int64(len(blancs)) {
		if _, err := w.Write(blancs[:min(reste, int64(len(blancs)))]); err != nil {
			return
		}
	}
}

// coupe writes raw bytes, if any, and closes under TLS without its farewell.
func coupe(w http.ResponseWriter, avant []byte) {
	h, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	c, _, err := h.Hijack()
	if err != nil {
		return
	}
	if len(avant) > 0 {
		c.Write(avant) // the connection is dropped whatever comes of it
	}
	if t, ok := c.(interface{ NetConn() net.Conn }); ok {
		t.NetConn().Close()
	}
	c.Close()
}
