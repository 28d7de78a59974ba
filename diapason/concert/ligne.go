package concert

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
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
	attenteOct = 3 * time.Second        // between two bytes of a frame, for an acknowledgement, and for a port to close
	avantOrdre = 100 * time.Millisecond // of silence, before an order leaves by TCP
)

// ouvre opens a port or a connection within the context, whoever opens it. One
// that comes too late is closed.
func ouvre[C io.Closer](ctx context.Context, f func(context.Context) (C, error)) (c C, err error) {
	type ouverture struct {
		port C
		err  error
	}
	faite := make(chan ouverture)
	go func() {
		port, err := f(ctx)
		select {
		case faite <- ouverture{port, err}:
		case <-ctx.Done():
			if err == nil && any(port) != nil {
				port.Close()
			}
		}
	}()
	select {
	case o := <-faite:
		if o.err == nil && any(o.port) == nil {
			return c, io.ErrClosedPipe
		}
		return o.port, o.err
	case <-ctx.Done():
		return c, ctx.Err()
	}
}

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

// ferme waits for the port to close, not for ever: an answer may be at hand.
func (l *ligne) ferme() {
	close(l.arret)
	fermee := make(chan struct{})
	go func() {
		l.port.Close()
		close(fermee)
	}()
	select {
	case <-fermee:
	case <-time.After(attenteOct):
	}
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

// tait reads until the line is silent, and gives what it read.
func (l *ligne) tait(ctx context.Context) (lus []byte) {
	for range messageMax {
		c, err := l.octet(ctx, silence)
		if err != nil {
			break
		}
		lus = append(lus, c)
	}
	return lus
}

// ecrit tells whether anything may have left. A write that the context cut may
// have ended well. The deadline is read on the wall clock too: while a machine
// sleeps, contexts wait, and somebody elsewhere may have decided of the order.
func (l *ligne) ecrit(ctx context.Context, b []byte) (parti bool, err error) {
	type ecriture struct {
		n   int
		err error
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if limite, ok := ctx.Deadline(); ok && limite.Round(0).Before(time.Now().Round(0)) {
		return false, context.DeadlineExceeded
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

// message reads a message of V3, which has no end mark. When patience is not 0,
// a silence that long, or the end of the connection, ends it.
func (l *ligne) message(ctx context.Context, patience func(Message) time.Duration) (Message, error) {
	var b []byte
	for {
		ps, entier, err := decoupe(b)
		if err != nil {
			return Message{}, err
		}
		attente, arrete, fini := ctx, context.CancelFunc(func() {}), false
		if entier {
			if p := patience(assemble(b, ps)); p > 0 {
				fini = true
				attente, arrete = context.WithTimeout(ctx, p)
			}
		}
		suite, err := l.morceau(attente)
		arrete()
		switch {
		case err == nil:
			b = append(b, suite...)
		case fini, entier && errors.Is(err, io.EOF):
			return assemble(b, ps), nil
		default:
			return Message{}, err
		}
	}
}

// tardive says that the terminal spoke first.
func tardive() error {
	return nonParti("TPE-REPONSE-TARDIVE", "the terminal answers an order before this one, nothing was sent: read its last ticket", nil)
}

// panne tells apart, for a person, why an answer did not come.
func panne(err error) error {
	switch sure := causeSure(err); {
	case errors.Is(err, context.DeadlineExceeded):
		e := inconnu("TPE-DELAI", "no answer in time: read the ticket of the terminal, and decide", sure)
		e.LimiteLocale = true
		return e
	case errors.Is(err, context.Canceled):
		return inconnu("TPE-INTERROMPU", "the call was interrupted, the terminal was not: only its red button stops a payment", sure)
	case erreurs.Code(err) == "TPE-DECODE", erreurs.Code(err) == "TPE-TAILLE":
		return inconnu("TPE-REPONSE", "the answer cannot be read", sure)
	default:
		return inconnu("TPE-COUPURE", "the connection was lost", sure)
	}
}

// causeSure drops the text of errors that nobody vouches for: a port is the
// caller's, and its errors may quote bytes.
func causeSure(err error) error {
	switch err {
	case nil, io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded, context.Canceled:
		return err
	}
	if e, ok := err.(*simphonie.Erreur); ok && e.Service == service {
		return err
	}
	return &errPort{err}
}

// errPort hides the text of an error and keeps what errors.Is finds. It is a
// pointer, which a verb that suits no error does not follow.
type errPort struct{ err error }

// Error tells what the system said, if it did.
func (e *errPort) Error() string {
	if n, ok := errors.AsType[syscall.Errno](e.err); ok {
		return "the port or the connection failed: " + n.Error()
	}
	return "the port or the connection failed"
}

// Format is Error whatever the verb.
func (e *errPort) Format(f fmt.State, _ rune) { io.WriteString(f, e.Error()) }

func (e *errPort) Unwrap() error { return e.err }
