// Package reseau is what clients of remote services share below SOAP: whether a
// request may have left, what a failure of the transport is, and an error that
// repeats neither an address nor what the other side sent.
package reseau

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

// Trace tells whether a request may have left.
type Trace struct{ remise, cherchee, obtenue atomic.Bool }

// Suit makes the transport tell when it looks for a connection and has one.
func (t *Trace) Suit(q *http.Request) *http.Request {
	t.remise.Store(true)
	q = q.WithContext(httptrace.WithClientTrace(q.Context(), &httptrace.ClientTrace{
		GetConn: func(string) { t.cherchee.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.obtenue.Store(true) },
	}))
	q.GetBody = nil // the transport does not send it a second time either
	return q
}

// Partie says that the request may have left. A transport that does not say
// that it looks for a connection proves nothing.
func (t *Trace) Partie() bool {
	return t.remise.Load() && (t.obtenue.Load() || !t.cherchee.Load())
}

// SansRedirection is the CheckRedirect that follows none.
func SansRedirection(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// RefusTLS says that a failure of the transport is of certificates, ours or
// theirs (then an alert, which net calls a remote error): no retry mends it.
func RefusTLS(err error) bool {
	var v *tls.CertificateVerificationError
	var o *net.OpError
	var h x509.HostnameError
	var e tls.RecordHeaderError
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &v) || errors.As(err, &o) && o.Op == "remote error" || errors.As(err, &h) || errors.As(err, &e)
}

// SansURL drops the layer that repeats the address.
func SansURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// errPasHTTP stands for an error that may repeat what came back.
var errPasHTTP = errors.New("the server or the proxy did not answer as HTTP wants; its text is not repeated")

// CauseSure keeps what the network says and drops what quotes the other side:
// that may be the rest of somebody's answer.
func CauseSure(err error) error {
	var o *net.OpError
	switch {
	case errors.As(err, &o):
		return o
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return io.ErrUnexpectedEOF
	}
	return errPasHTTP
}

// XMLAnnonce says that a media type is that of a SOAP answer.
func XMLAnnonce(contentType string) bool {
	m, _, err := mime.ParseMediaType(contentType)
	return err == nil && (m == "application/soap+xml" || m == "text/xml" || m == "application/xml")
}
