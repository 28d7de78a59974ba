package teleservice_test

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sens is a direction of a connection through the relay.
type sens int

const (
	versServeur sens = iota
	versClient
)

// trouble is what the relay does to a connection before a TLS record.
type trouble struct {
	sens  sens
	avant int    // number of records that pass first
	genre string // coupe, rst, muet, tranches, lent, moitie
}

var genres = []string{"coupe", "rst", "muet", "tranches", "lent", "moitie"}

// relais is a TCP proxy that understands the records of TLS just enough to
// spoil a connection at each of their boundaries.
type relais struct {
	l       net.Listener
	cible   string
	wg      sync.WaitGroup
	mu      sync.Mutex
	prevu   func() *trouble // asked once a connection
	ouverts map[net.Conn]bool
	vus     [2]int // records seen in the last connection
}

func nouveauRelais(t testing.TB, cible string) *relais {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r := &relais{l: l, cible: cible, ouverts: map[net.Conn]bool{}, prevu: func() *trouble { return nil }}
	r.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r.wg.Go(func() { r.relaie(c) })
		}
	})
	t.Cleanup(r.ferme)
	return r
}

// prevoit says what happens to each connection from now on.
func (r *relais) prevoit(f func() *trouble) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.prevu = f
}

func (r *relais) ferme() {
	r.l.Close()
	r.mu.Lock()
	for c := range r.ouverts {
		c.Close()
	}
	r.mu.Unlock()
	r.wg.Wait()
}

func (r *relais) garde(c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ouverts[c] = true
}

func (r *relais) lache(c net.Conn) {
	c.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.ouverts, c)
}

func (r *relais) relaie(client net.Conn) {
	r.garde(client)
	defer r.lache(client)
	serveur, err := net.Dial("tcp", r.cible)
	if err != nil {
		return
	}
	r.garde(serveur)
	defer r.lache(serveur)
	r.mu.Lock()
	tr := r.prevu()
	r.mu.Unlock()
	var wg sync.WaitGroup
	var n [2]int
	wg.Go(func() { n[versServeur] = passe(client, serveur, versServeur, tr); client.Close(); serveur.Close() })
	wg.Go(func() { n[versClient] = passe(serveur, client, versClient, tr); client.Close(); serveur.Close() })
	wg.Wait()
	r.mu.Lock()
	r.vus = n
	r.mu.Unlock()
}

// passe copies records one by one and does its mischief before one of them.
func passe(de, vers net.Conn, s sens, tr *trouble) (n int) {
	tete := make([]byte, 5)
	for ; ; n++ {
		if _, err := io.ReadFull(de, tete); err != nil {
			return n
		}
		record := make([]byte, 5+int(binary.BigEndian.Uint16(tete[3:])))
		copy(record, tete)
		if _, err := io.ReadFull(de, record[5:]); err != nil {
			return n
		}
		if tr != nil && tr.sens == s && tr.avant == n {
			switch tr.genre {
			case "coupe":
				return n
			case "rst":
				de.(*net.TCPConn).SetLinger(0)
				vers.(*net.TCPConn).SetLinger(0)
				return n
			case "moitie":
				vers.Write(record[:len(record)/2])
				return n
			case "muet":
				io.Copy(io.Discard, de)
				return n
			case "lent":
				time.Sleep(5 * time.Millisecond)
			case "tranches":
				for i := range record {
					if _, err := vers.Write(record[i : i+1]); err != nil {
						return n
					}
				}
				continue
			}
		}
		if _, err := vers.Write(record); err != nil {
			return n
		}
	}
}
