package concert

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"github.com/simphonie/simphonie/internal/erreurs"
)

// Port opens the serial line: settings (9600 8N1, or 7E1) are the caller's. It
// is opened and closed with each exchange; Close must end a Read that waits. A
// Read that waited in vain gives no byte and no error, never io.EOF.
type Port func(context.Context) (io.ReadWriteCloser, error)

// NewEPlus gives the link to a terminal by Concert E+.
func NewEPlus(p Port, e EPlus) (Liaison, error) {
	if p == nil {
		return nil, erreur("TPE-CONFIG", "Port", "missing")
	}
	return &liaisonEPlus{e, p}, nil
}

// NewV3Serie gives the link to a terminal by Concert V3 over a serial line.
// That framing, and the dialogue of E+ around it, is read in the document of
// one vendor only: try it with the terminal before relying on it.
func NewV3Serie(p Port, v V3) (Liaison, error) {
	if p == nil {
		return nil, erreur("TPE-CONFIG", "Port", "missing")
	}
	if v.CRLF {
		return nil, erreur("TPE-CONFIG", "V3.CRLF", "over TCP only")
	}
	if err := v.verifie(); err != nil {
		return nil, err
	}
	transporte := func(ctx context.Context, requete []byte, _ func(Message) time.Duration) (Message, error) {
		b, err := dialogue(ctx, p, requete, (*ligne).itemsV3)
		if err != nil {
			return Message{}, err
		}
		m, err := DecodeMessage(b)
		if err != nil {
			return Message{}, inconnu("TPE-REPONSE", "the answer cannot be read", err)
		}
		return m, nil
	}
	return &liaisonV3{V3: v, nom: "concert-v3-serie", transporte: transporte}, nil
}

// Control bytes.
const (
	stx, etx, eot, enq, ack, nak = 0x02, 0x03, 0x04, 0x05, 0x06, 0x15
)

const (
	essaisMax  = 3           // of a call, of a frame, of an answer
	pauseAppel = time.Second // between two calls
)

// trame wraps a payload: STX payload ETX LRC.
func trame(charge []byte) []byte {
	b := append(append([]byte{stx}, charge...), etx)
	return append(b, lrc(charge))
}

// lrc is the exclusive or of the payload and ETX.
func lrc(charge []byte) byte {
	x := byte(etx)
	for _, c := range charge {
		x ^= c
	}
	return x
}

// dialogue sends one payload and gives that of the answer, which corps reads up
// to ETX, not included:
//
//	cash desk ENQ, terminal ACK, frame, ACK, EOT; later terminal ENQ, ACK, frame, ACK, EOT
//
// Once a byte of the frame has left, whatever fails leaves the outcome unknown.
func dialogue(ctx context.Context, p Port, charge []byte, corps func(*ligne, context.Context) ([]byte, error)) ([]byte, error) {
	port, err := ouvre(ctx, p)
	if err != nil {
		return nil, nonParti("TPE-CONNEXION", "the serial line cannot be opened", causeSure(err))
	}
	l := ouvreLigne(port)
	defer l.ferme()
	// What an exchange before left on the line answers nothing. A call is more
	// than that: the terminal has an answer to hand over, and it is not ours.
	if bytes.IndexByte(l.tait(ctx), enq) >= 0 {
		return nil, tardive()
	}
	if err := l.appelle(ctx); erreurs.Code(err) == "TPE-REPONSE-TARDIVE" {
		return nil, err
	} else if err != nil {
		return nil, nonParti("TPE-CONNEXION", "the terminal does not answer the call", causeSure(err))
	}
	if parti, err := l.envoie(ctx, trame(charge)); err != nil {
		if !parti {
			return nil, nonParti("TPE-CONNEXION", "nothing was sent", causeSure(err))
		}
		return nil, panne(err)
	}
	b, err := l.recoit(ctx, corps)
	if err != nil {
		return nil, panne(err)
	}
	return b, nil
}

// appelle has the terminal listen.
func (l *ligne) appelle(ctx context.Context) error {
	for essai := 1; ; essai++ {
		if _, err := l.ecrit(ctx, []byte{enq}); err != nil {
			return err
		}
		c, err := l.attend(ctx, attenteOct, ack, enq)
		if err == nil && c == enq { // both call: it has an answer to hand over
			return tardive()
		}
		if err == nil {
			return nil
		}
		if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		if _, err := l.ecrit(ctx, []byte{eot}); err != nil {
			return err
		}
		if essai == essaisMax {
			return err
		}
		select {
		case <-time.After(pauseAppel):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// envoie sends a frame until the terminal takes it, and ends the sending. It
// tells whether anything of the frame may have left.
func (l *ligne) envoie(ctx context.Context, b []byte) (parti bool, err error) {
	for essai := 1; ; essai++ {
		ecrit, err := l.ecrit(ctx, b)
		parti = parti || ecrit
		if err != nil {
			return parti, err
		}
		c, err := l.attend(ctx, attenteOct, ack, nak)
		switch {
		case err != nil:
			return parti, err
		case c == ack:
			_, err := l.ecrit(ctx, []byte{eot})
			return parti, err
		case essai == essaisMax:
			return parti, erreur("TPE-DECODE", "", "the terminal refuses the frame")
		}
	}
}

// recoit takes the answer of the terminal, and has a damaged one repeated.
func (l *ligne) recoit(ctx context.Context, corps func(*ligne, context.Context) ([]byte, error)) ([]byte, error) {
	appele := false
	for essai := 1; ; {
		c, err := l.octetSans(ctx)
		switch {
		case err != nil:
			return nil, err
		case c == enq: // again when our acknowledgement was lost
			appele = true
			if _, err := l.ecrit(ctx, []byte{ack}); err != nil {
				return nil, err
			}
		case c == stx && appele:
			b, err := corps(l, ctx)
			if err == nil {
				if err = l.cloture(ctx, b); err == nil {
					return b, nil
				}
			}
			if ctx.Err() != nil || essai == essaisMax || errors.Is(err, io.EOF) {
				return nil, err
			}
			essai++
			l.tait(ctx)
			if _, err := l.ecrit(ctx, []byte{nak}); err != nil {
				return nil, err
			}
		}
	}
}

// cloture checks the end of an answer, and acknowledges it. What fails after is
// no more than good manners: the answer is here.
func (l *ligne) cloture(ctx context.Context, charge []byte) error {
	fin, err := l.lit(ctx, 2)
	if err != nil {
		return err
	}
	if fin[0] != etx || fin[1] != lrc(charge) {
		return erreur("TPE-DECODE", "", "wrong end or check of a frame")
	}
	if _, err := l.ecrit(ctx, []byte{ack}); err == nil {
		l.attend(ctx, attenteOct, eot)
	}
	return nil
}

// attend gives the first byte that is one of those wanted.
func (l *ligne) attend(ctx context.Context, delai time.Duration, voulus ...byte) (byte, error) {
	ctx, fin := context.WithTimeout(ctx, delai)
	defer fin()
	for {
		c, err := l.octetSans(ctx)
		if err != nil {
			return 0, err
		}
		for _, v := range voulus {
			if c == v {
				return c, nil
			}
		}
	}
}

// itemsV3 reads items up to ETX, which no tag begins with.
func (l *ligne) itemsV3(ctx context.Context) ([]byte, error) {
	var b []byte
	for len(b) <= messageMax {
		c, err := l.octet(ctx, attenteOct)
		if err != nil {
			return nil, err
		}
		_, entier, err := decoupe(b)
		switch {
		case err != nil:
			return nil, err
		case c == etx && entier:
			l.reste = append([]byte{etx}, l.reste...)
			return b, nil
		}
		b = append(b, c)
	}
	return nil, erreur("TPE-TAILLE", "", "more than 8 KiB")
}
