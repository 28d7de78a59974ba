package diapasontest

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// SertSerie answers the orders of a serial line, in Concert E+ (or in V3 inside
// the same frames), until it closes. It calls, answers and repeats as a
// terminal does, within delays of its own.
func (t *Terminal) SertSerie(port io.ReadWriter) {
	t.mu.Lock()
	s := &serie{port: port, recus: make(chan byte), terminal: t, delai: t.cadence}
	t.mu.Unlock()
	fin := make(chan struct{})
	go s.ecoute(fin)
	for s.unOrdre() {
	}
	close(fin)
	if c, ok := port.(io.Closer); ok {
		c.Close()
	}
}

type serie struct {
	port     io.ReadWriter
	recus    chan byte
	terminal *Terminal
	delai    time.Duration
	appele   bool // the cash desk called instead of answering
}

// rappels is how often the terminal calls, and repeats.
const rappels = 5

func (s *serie) ecoute(fin chan struct{}) {
	defer close(s.recus)
	b := make([]byte, 64)
	for {
		n, err := s.port.Read(b)
		for _, c := range b[:n] {
			select {
			case s.recus <- c:
			case <-fin:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// recoit gives the next byte; false when the line is silent (ouverte) or closed.
func (s *serie) recoit(delai time.Duration) (c byte, recu, ouverte bool) {
	select {
	case c, ouverte = <-s.recus:
		return c, ouverte, ouverte
	case <-time.After(delai):
		return 0, false, true
	}
}

func (s *serie) envoie(b ...byte) bool {
	_, err := s.port.Write(b)
	return err == nil
}

// unOrdre waits for a call, takes an order and answers; false when the line is closed.
func (s *serie) unOrdre() bool {
	if !s.appele {
		if c, ok := <-s.recus; !ok || c != '\x05' {
			return ok
		}
	}
	s.appele = false
	s.terminal.actifs.Add(1)
	defer s.terminal.actifs.Done()
	if nom, _ := s.terminal.prochain().lit(); nom == "avant-lecture" {
		s.terminal.retire()
		return false
	}
	if !s.envoie('\x06') {
		return false
	}
	for range rappels {
		charge, etat := s.trame()
		switch etat {
		case "ferme":
			return false
		case "silence", "fin":
			return true // nothing came: the call is forgotten
		case "faux":
			if !s.envoie('\x15') {
				return false
			}
			continue
		}
		if !s.envoie('\x06') {
			return false
		}
		// The order counts once the cash desk has ended its sending.
		c, recu, ouverte := s.recoit(s.delai)
		if !recu || c != '\x04' {
			return ouverte
		}
		return s.repond(charge)
	}
	return true
}

// trame reads STX, the payload, ETX and the check.
func (s *serie) trame() (charge, etat string) {
	c, recu, ouverte := s.recoit(s.delai)
	for recu && c == '\x05' { // a call repeated
		c, recu, ouverte = s.recoit(s.delai)
	}
	switch {
	case !ouverte:
		return "", "ferme"
	case !recu:
		return "", "silence"
	case c == '\x04':
		return "", "fin"
	case c != '\x02':
		s.purge()
		return "", "faux"
	}
	var x byte
	for len(charge) < 1024 {
		c, recu, ouverte := s.recoit(s.delai)
		if !recu {
			if ouverte {
				return "", "faux"
			}
			return "", "ferme"
		}
		x ^= c
		if c == '\x03' && entiere(charge) {
			c, recu, _ := s.recoit(s.delai)
			if !recu || c != x {
				s.purge()
				return "", "faux"
			}
			return charge, "ok"
		}
		charge += string([]byte{c})
	}
	s.purge()
	return "", "faux"
}

// entiere says that a payload may end here: 34 bytes in E+, whole items in V3.
func entiere(charge string) bool {
	if strings.HasPrefix(charge, "CZ") {
		_, entier := items(charge)
		return entier
	}
	return len(charge) == 34
}

func (s *serie) purge() {
	for {
		if _, recu, _ := s.recoit(s.delai / 20); !recu {
			return
		}
	}
}

// repond executes an order, calls the cash desk and hands it the answer.
func (s *serie) repond(charge string) bool {
	if strings.HasPrefix(charge, "CZ") {
		champs, _ := items(charge)
		var b strings.Builder
		s.terminal.repond(&b, champs)
		return b.Len() == 0 || s.remet(b.String(), "accepte")
	}
	o := ordreEPlus(charge)
	if o == nil {
		return true
	}
	v := s.terminal.execute(*o)
	nom, texte := v.comportement.lit()
	dit, statut := v.montant, "0"
	if !v.fait {
		dit, statut = o.montant, "7"
	}
	if nom == "autre-montant" {
		dit = simphonie.Montant(v.comportement.nombre())
	}
	reponse := o.caisse + statut + fmt.Sprintf("%08d", int64(dit)) + charge[11:12]
	if charge[10] == '1' {
		reponse += fmt.Sprintf("%-55s", "497010######0016 A0000000421010")
	}
	reponse += o.devise + charge[16:26]
	switch nom {
	case "muet":
		return true
	case "coupe":
		s.envoie('\x05')
		if _, recu, _ := s.recoit(s.delai); recu {
			s.envoie(encadre(reponse)[:min(v.comportement.nombre(), len(reponse))]...)
		}
		return false
	case "brut":
		reponse = texte
	}
	return s.remet(reponse, v.comportement)
}

// ordreEPlus reads the 34 bytes of an order.
func ordreEPlus(c string) *commande {
	m, err := strconv.ParseUint(c[2:10], 10, 40)
	operation := actions[c[12:13]]
	if err != nil || m == 0 || operation == "" || c[26:29] != "A01" || c[30:33] != "B01" {
		return nil
	}
	return &commande{caisse: c[:2], operation: operation, devise: c[13:16], reference: strings.TrimSpace(c[16:26]),
		montant: simphonie.Montant(m), immediat: c[29] == '1'}
}

// remet hands an answer to the cash desk: call, frame, end.
func (s *serie) remet(reponse string, c Comportement) bool {
	for range rappels {
		if !s.envoie('\x05') {
			return false
		}
		o, recu, ouverte := s.recoit(s.delai)
		if !ouverte {
			return false
		}
		if s.appele = recu && o == '\x05'; s.appele {
			return true // it calls for another order: it does not want the answer any more
		}
		if !recu || o != '\x06' {
			continue
		}
		for range rappels {
			if !s.ecritTrame(encadre(reponse), c) {
				return false
			}
			o, recu, ouverte := s.recoit(2 * s.delai)
			switch {
			case !ouverte:
				return false
			case recu && o == '\x06':
				return s.envoie('\x04')
			case recu && o == '\x05':
				s.appele = true
				return true
			case !recu:
				return s.envoie('\x04') // the cash desk is gone
			}
		}
		return true
	}
	return true
}

func (s *serie) ecritTrame(b []byte, c Comportement) bool {
	pas := len(b)
	if nom, _ := c.lit(); nom == "morcele" {
		pas = c.nombre()
	}
	for len(b) > 0 {
		n := min(pas, len(b))
		if !s.envoie(b[:n]...) {
			return false
		}
		b = b[n:]
	}
	return true
}

func encadre(charge string) []byte {
	b := []byte("\x02" + charge + "\x03")
	x := byte(0)
	for _, c := range b[1:] {
		x ^= c
	}
	return append(b, x)
}
