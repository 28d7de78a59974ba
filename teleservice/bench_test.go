package teleservice_test

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/teleservice"
)

// What the client adds to a POST of the same bytes over the same TLS, by
// mutual TLS and with a signed assertion kept or made each time.
func BenchmarkAppel(b *testing.B) {
	p := pki(b)
	var message []byte
	s := serveur(b, p, func(w http.ResponseWriter, r *http.Request) {
		message, _ = io.ReadAll(r.Body)
		ecrit(w, 200, reponse(string(motifMessageID.FindSubmatch(message)[1])))
	})
	c := config(b, p, s.URL)
	lit := func(b *testing.B, k *teleservice.Canal, avant func()) {
		b.ReportAllocs()
		for b.Loop() {
			avant()
			if _, err := k.Appelle(b.Context(), appel()); err != nil {
				b.Fatal(err)
			}
		}
	}
	k := canal(b, c)
	b.Run("tls-mutuel", func(b *testing.B) { lit(b, k, func() {}) })
	b.Run("post-nu", func(b *testing.B) {
		envoi := bytes.Clone(message)
		h := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.Racines(), Time: c.Horloge}}}
		b.ReportAllocs()
		for b.Loop() {
			r, err := h.Post(s.URL, "application/soap+xml", bytes.NewReader(envoi))
			require.NoError(b, err)
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
		}
	})
	a := carte(b, p)
	c.Authentification = a
	k = canal(b, c)
	b.Run("carte-gardee", func(b *testing.B) { lit(b, k, func() {}) })
	b.Run("carte-signee", func(b *testing.B) { lit(b, k, k.OublieAssertion) })
	b.Run("rsa-seul", func(b *testing.B) {
		h := make([]byte, 32)
		for b.Loop() {
			if _, err := a.Signataire.Sign(nil, h, crypto.SHA256); err != nil {
				b.Fatal(err)
			}
		}
	})
}
