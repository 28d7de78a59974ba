package b2_test

import (
	"bytes"
	"io"
	"runtime"
	"testing"

	"github.com/simphonie/simphonie/fides/b2"
)

// TestAllocations wants at most one allocation a record with every zone
// checked: there are far fewer, one block and one slab for a hundred records.
func TestAllocations(t *testing.T) {
	f := fichierBench(t)[:2200*129]
	n := testing.AllocsPerRun(3, func() {
		for _, err := range b2.NewReader(bytes.NewReader(f), b2.ReaderOptions{}).Records() {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	if n > 220 {
		t.Errorf("%.0f allocations for 2200 records", n)
	}
}

// TestMemoireLigne reads a line of 64 MB: only its beginning is ever held.
func TestMemoireLigne(t *testing.T) {
	var avant, apres runtime.MemStats
	runtime.ReadMemStats(&avant)
	n := 0
	for r, err := range b2.NewReader(io.LimitReader(sansFin{}, 64<<20), b2.ReaderOptions{}).Records() {
		n++
		if err == nil || len(r.Brut()) != 4096 {
			t.Errorf("%v, %d bytes", err, len(r.Brut()))
		}
	}
	runtime.ReadMemStats(&apres)
	if got := apres.TotalAlloc - avant.TotalAlloc; n != 1 || got > 1<<20 {
		t.Errorf("%d lines, %d bytes allocated", n, got)
	}
}

// TestMemoireFacture reads an invoice that never ends: it comes in blocs.
func TestMemoireFacture(t *testing.T) {
	ls := lignes(t)
	texte := ls[0] + "\n" + ls[1] + "\n"
	r := io.MultiReader(bytes.NewReader([]byte(texte)), &repete{ligne: ls[2] + "\n", n: 5000})
	plus := 0
	for b, err := range b2.Blocs(b2.NewReader(r, b2.ReaderOptions{}).Records()) {
		if err != nil {
			t.Fatal(err)
		}
		plus = max(plus, len(b.Records))
	}
	if plus > 1100 {
		t.Errorf("%d records in one bloc", plus)
	}
}

type sansFin struct{}

func (sansFin) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '4'
	}
	return len(b), nil
}

type repete struct {
	ligne string
	n     int
}

func (r *repete) Read(b []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	r.n--
	return copy(b, r.ligne), nil
}
