package concert

import (
	"context"
	"errors"
	"io"
	"syscall"
	"time"

	"github.com/simphonie/simphonie"
)

// ligne reads and writes a port within a context. It lasts one exchange: the
// port is closed with it, so that no late byte is taken for the next answer.
type ligne struct {
	port  io.ReadWriteCloser
	recus chan []byte
	arret chan struct{}
	fin   error  // why reading ended, once recus is closed
	reste []byte // received and not read
}

const (
	tampon     = 512
	pauseVide  = 10 * time.Millisecond  // after a read that gave nothing, on a port that polls
	repos      = 300 * time.Millisecond // of silence, after which an answer of V3 by TCP is whole
	silence    = 50 * time.Millisecond  // after which a serial line has nothing left
	attenteOct = 3 * time.Second        // between two bytes of a frame, and for an acknowledgement
)

func ouvreLigne(port io.ReadWriteCloser) *ligne {
	l := &ligne{port: port, recus: make(chan []byte), arret: make(chan struct{})}
	go l.pompe()
	return l
}

func (l *ligne) pompe() {
	defer close(l.recus)
	for {
		b := make([]byte, tampon)
		n, err := l.port.Read(b)
		if n > 0 {
			select {
			case l.recus <- b[:n]:
			case <-l.arret:
				return
			}
		}
		if err != nil {
			l.fin = err
			return
		}
		if n == 0 {
			select {
			case <-time.After(pauseVide):
			case <-l.arret:
				return
			}
		}
	}
}

func (l *ligne) ferme() {
	close(l.arret)
	l.port.Close()
}

// morceau gives what comes next.
func (l *ligne) morceau(ctx context.Context) ([]byte, error) {
	if b := l.reste; len(b) > 0 {
		l.reste = nil
		return b, nil
	}
	select {
	case b, ok := <-l.recus:
		if !ok {
			return nil, l.fin
		}
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// octet gives the next byte, within a delay.
func (l *ligne) octet(ctx context.Context, delai time.Duration) (byte, error) {
	ctx, fin := context.WithTimeout(ctx, delai)
	defer fin()
	return l.octetSans(ctx)
}

// octetSans gives the next byte, as long as the context lasts.
func (l *ligne) octetSans(ctx context.Context) (byte, error) {
	b, err := l.morceau(ctx)
	if err != nil {
		return 0, err
	}
	l.reste = b[1:]
	return b[0], nil
}

// lit gives exactly n bytes.
func (l *ligne) lit(ctx context.Context, n int) ([]byte, error) {
	b := make([]byte, n)
	for i := range b {
		var err error
		if b[i], err = l.octet(ctx, attenteOct); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// tait reads until the line is silent.
func (l *ligne) tait(ctx context.Context) {
	for range messageMax {
		if _, err := l.octet(ctx, silence); err != nil {
			return
		}
	}
}

// ecrit tells whether anything may have left. A write that the context cut may
// have ended well.
func (l *ligne) ecrit(ctx context.Context, b []byte) (parti bool, err error) {
	type ecriture struct {
		n   int
		err error
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	faite := make(chan ecriture, 1)
	go func() {
		n, err := l.port.Write(b)
		if err == nil && n < len(b) {
			err = io.ErrShortWrite
		}
		faite <- ecriture{n, err}
	}()
	select {
	case e := <-faite:
		return e.n > 0, e.err
	case <-ctx.Done():
		return true, ctx.Err()
	}
}

// message reads a message of V3. When it holds what entier wants, a short
// silence or the end of the connection ends it: V3 has no end mark.
func (l *ligne) message(ctx context.Context, entier func(Message) bool) (Message, error) {
	var b []byte
	for {
		ps, whole, err := decoupe(b)
		if err != nil {
			return Message{}, err
		}
		attente, fini := ctx, false
		arrete := context.CancelFunc(func() {})
		if whole && entier(assemble(b, ps)) {
			fini = true
			attente, arrete = context.WithTimeout(ctx, repos)
		}
		suite, err := l.morceau(attente)
		arrete()
		switch {
		case err == nil:
			b = append(b, suite...)
		case fini, whole && errors.Is(err, io.EOF):
			return assemble(b, ps), nil
		default:
			return Message{}, err
		}
	}
}

// panne tells apart, for a person, why an answer did not come.
func panne(err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e := inconnu("TPE-DELAI", "no answer in time: read the ticket of the terminal, and decide", err)
		e.LimiteLocale = true
		return e
	case errors.Is(err, context.Canceled):
		return inconnu("TPE-INTERROMPU", "the call was interrupted, the terminal was not: only its red button stops a payment", err)
	case codeDe(err) == "TPE-DECODE", codeDe(err) == "TPE-TAILLE":
		return inconnu("TPE-REPONSE", "the answer cannot be read", err)
	}
	return inconnu("TPE-COUPURE", "the connection was lost", causeSure(err))
}

// causeSure drops the text of errors that nobody vouches for: a port is the
// caller's, and its errors may quote bytes.
func causeSure(err error) error {
	if _, ok := errors.AsType[*simphonie.Erreur](err); ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return errPort{err}
}

// errPort hides the text of an error and keeps what errors.Is finds.
type errPort struct{ err error }

// Error tells what the system said, if it did.
func (e errPort) Error() string {
	if n, ok := errors.AsType[syscall.Errno](e.err); ok {
		return "the port or the connection failed: " + n.Error()
	}
	return "the port or the connection failed"
}

func (e errPort) Unwrap() error { return e.err }
