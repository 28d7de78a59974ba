package b2

import (
	"io"
	"iter"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// ReaderOptions settles how a file is read. The zero value reads lines by the
// table of FIDES.
type ReaderOptions struct {
	Table *Table
	// SansFinDeLigne reads records of 128 columns one behind the other.
	SansFinDeLigne bool
	// LigneMax bounds a line, in bytes; 4096 when zero. What is longer is kept
	// in part and reported.
	LigneMax int
}

const ligneMax = 4096

// Reader reads the records of a file one by one, in bounded memory. It checks
// every zone of each against the table; the order of records is checked by
// Blocs. It is for one goroutine.
type Reader struct {
	table *Table
	lines *fixedwidth.Lines
	vu    Physique
	slab  []ligne
}

// NewReader reads from r.
func NewReader(r io.Reader, o ReaderOptions) *Reader {
	if o.Table == nil {
		o.Table = TableFIDES()
	}
	if o.LigneMax <= 0 {
		o.LigneMax = ligneMax
	}
	rd := &Reader{table: o.Table, vu: Physique{Charset: ASCII}}
	if o.SansFinDeLigne {
		rd.lines = fixedwidth.NewFixed(r, Largeur)
	} else {
		rd.lines = fixedwidth.NewLines(r, max(o.LigneMax, Largeur))
	}
	return rd
}

// Physique gives the form of what was read so far.
func (r *Reader) Physique() Physique { return r.vu }

// Records gives each line in turn. A bad line comes with the error of its
// zones (see Record.Err), and the lines behind it are read all the same. Only
// a failure of the stream, B2-LECTURE, comes without a record and ends the
// sequence.
func (r *Reader) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		var f fixedwidth.Line
		for {
			err := r.lines.Next(&f)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Record{}, &simphonie.Erreur{Code: lecture.Code, Service: "b2", Ligne: f.Number,
					Detail: lecture.detail, Err: err})
				return
			}
			l := r.place()
			l.lis(r.table, &f)
			r.vu.compte(l)
			rec := l.record()
			if !l.sain {
				err = rec.Err()
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// place gives room for a line; rooms are made by the hundred.
func (r *Reader) place() *ligne {
	if len(r.slab) == cap(r.slab) {
		r.slab = make([]ligne, 0, 128)
	}
	r.slab = r.slab[:len(r.slab)+1]
	return &r.slab[len(r.slab)-1]
}
