package testpki

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"
)

// usage names what a key is for; two certificates of one usage share a key.
type usage string

// cles keeps the keys already drawn.
var cles sync.Map // usage to func() (*rsa.PrivateKey, error)

// cle gives the key of a usage, drawn at first need.
func cle(u usage) (*rsa.PrivateKey, error) {
	tire, _ := cles.LoadOrStore(u, sync.OnceValues(func() (*rsa.PrivateKey, error) {
		return rsa.GenerateKey(rand.Reader, 2048)
	}))
	return tire.(func() (*rsa.PrivateKey, error))()
}
