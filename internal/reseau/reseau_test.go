package reseau_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/internal/reseau"
)

type muet struct{}

func (muet) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("x") }

// Only a transport that says that it found no connection proves that nothing left.
func TestTrace(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	for _, v := range []struct {
		url       string
		transport http.RoundTripper
		partie    bool
	}{{s.URL, nil, true}, {"http://127.0.0.1:1/", nil, false}, {s.URL, muet{}, true}} {
		var tr reseau.Trace
		assert.False(t, tr.Partie())
		q, err := http.NewRequest(http.MethodPost, v.url, nil)
		require.NoError(t, err)
		rep, err := (&http.Client{Transport: v.transport}).Do(tr.Suit(q))
		if err == nil {
			rep.Body.Close()
		}
		assert.Equal(t, v.partie, tr.Partie(), v.url)
	}
}

// No error repeats an address, nor what the other side sent.
func TestCauses(t *testing.T) {
	assert.Equal(t, io.EOF, reseau.SansURL(&url.Error{URL: "https://secret/", Err: io.EOF}))
	assert.Equal(t, io.ErrUnexpectedEOF, reseau.CauseSure(io.EOF))
	assert.NotContains(t, reseau.CauseSure(errors.New("malformed HTTP response \"secret\"")).Error(), "secret")
	o := &net.OpError{Op: "dial", Err: errors.New("refused")}
	assert.Equal(t, error(o), reseau.CauseSure(&url.Error{Err: o}))
	assert.True(t, reseau.RefusTLS(&net.OpError{Op: "remote error", Err: errors.New("tls: bad certificate")}))
	assert.True(t, reseau.RefusTLS(http.ErrSchemeMismatch))
	assert.False(t, reseau.RefusTLS(o))
	for _, s := range []string{"text/xml", "text/xml;charset=utf-8", "application/soap+xml", "application/xml"} {
		assert.True(t, reseau.XMLAnnonce(s))
	}
	for _, s := range []string{"", "text/html", "text/xml/x"} {
		assert.False(t, reseau.XMLAnnonce(s))
	}
	assert.Equal(t, http.ErrUseLastResponse, reseau.SansRedirection(nil, nil))
}
