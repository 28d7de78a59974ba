package concert

import (
	"context"
	"errors"
	"net"
	"time"
)

// PortTCP is the usual port of a terminal.
const PortTCP = "8888"

// TCP is a terminal that listens on the network. The link is neither encrypted
// nor authenticated: keep it on a network of its own.
type TCP struct {
	V3
	Adresse string // host:port; 8888 when there is no port
	// Connecte replaces the dialer.
	Connecte func(ctx context.Context, reseau, adresse string) (net.Conn, error)
}

// connexionMax bounds the connection to a terminal: nothing has left by then.
const connexionMax = 10 * time.Second

// NewTCP gives the link to a terminal by TCP. Each exchange has its connection.
func NewTCP(t TCP) (Liaison, error) {
	if err := t.V3.verifie(); err != nil {
		return nil, err
	}
	if t.Adresse == "" {
		return nil, erreur("TPE-CONFIG", "TCP.Adresse", "missing")
	}
	if _, _, err := net.SplitHostPort(t.Adresse); err != nil {
		t.Adresse = net.JoinHostPort(t.Adresse, PortTCP)
	}
	if t.Connecte == nil {
		t.Connecte = (&net.Dialer{}).DialContext
	}
	return &liaisonV3{V3: t.V3, nom: "concert-v3-tcp", transporte: t.transporte}, nil
}

func (t TCP) transporte(ctx context.Context, requete []byte, patience func(Message) time.Duration) (Message, error) {
	connexion, fin := context.WithTimeout(ctx, connexionMax)
	conn, err := ouvre(connexion, func(ctx context.Context) (net.Conn, error) { return t.Connecte(ctx, "tcp", t.Adresse) })
	fin()
	if err != nil {
		return Message{}, nonParti("TPE-CONNEXION", "the terminal cannot be reached", causeSure(err))
	}
	l := ouvreLigne(conn)
	defer l.ferme()
	switch _, err := l.octet(ctx, avantOrdre); {
	case err == nil:
		return Message{}, tardive()
	case !errors.Is(err, context.DeadlineExceeded):
		return Message{}, nonParti("TPE-CONNEXION", "the terminal closed the connection, nothing was sent", causeSure(err))
	}
	if parti, err := l.ecrit(ctx, requete); err != nil {
		if !parti {
			return Message{}, nonParti("TPE-CONNEXION", "nothing was sent", causeSure(err))
		}
		return Message{}, panne(err)
	}
	m, err := l.message(ctx, patience)
	if err != nil {
		return Message{}, panne(err)
	}
	return m, nil
}
