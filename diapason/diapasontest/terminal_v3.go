package diapasontest

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// silence is how long a terminal waits for the rest of an order: V3 has no end mark.
const silence = 15 * time.Millisecond

// Ecoute has the terminal listen, and gives its address; "127.0.0.1:0" takes a
// free port.
func (t *Terminal) Ecoute(adresse string) (string, error) {
	l, err := net.Listen("tcp", adresse)
	if err != nil {
		return "", err
	}
	t.aFermer(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.aFermer(func() { c.Close() })
			t.actifs.Go(func() { t.Sert(c) })
		}
	}()
	return l.Addr().String(), nil
}

// Sert answers the orders of one connection, in Concert V3, until it closes.
func (t *Terminal) Sert(c net.Conn) {
	defer c.Close()
	for {
		if nom, _ := t.prochain().lit(); nom == "avant-lecture" {
			t.retire()
			return
		}
		champs := lisOrdre(c)
		if champs == nil {
			return
		}
		if !t.repond(c, champs) {
			return
		}
	}
}

// lisOrdre reads one order: it ends when the line is silent after a whole item.
func lisOrdre(c net.Conn) map[string]string {
	var recu []byte
	b := make([]byte, 256)
	for {
		champs, entier := items(strings.TrimRight(string(recu), "\r\n"))
		attente := time.Time{}
		if entier && len(champs) > 0 {
			attente = time.Now().Add(silence)
		}
		c.SetReadDeadline(attente)
		n, err := c.Read(b)
		recu = append(recu, b[:n]...)
		switch {
		case len(recu) > 8192:
			return nil
		case err != nil && entier && len(champs) > 0 && n == 0:
			return champs // whole, even when the cash desk is gone
		case err != nil:
			return nil
		}
	}
}

// items cuts a text into its items: two letters, three digits, the value.
func items(s string) (map[string]string, bool) {
	champs := map[string]string{}
	for s != "" {
		if len(s) < 5 {
			return champs, false
		}
		n, err := strconv.Atoi(s[2:5])
		if err != nil || n < 0 || len(s) < 5+n {
			return champs, false
		}
		champs[s[:2]], s = s[5:5+n], s[5+n:]
	}
	return champs, true
}

var actions = map[string]string{"0": "debit", "1": "credit", "2": "annulation"}

// comprend reads an order from its items; nothing when it is not one.
func comprend(champs map[string]string) *commande {
	m, err := strconv.ParseUint(champs["CB"], 10, 40)
	if err != nil || m == 0 || champs["CZ"] == "" || champs["CA"] == "" || champs["CE"] == "" || actions[champs["CD"]] == "" {
		return nil
	}
	_, bf := champs["BF"]
	return &commande{caisse: champs["CA"], operation: actions[champs["CD"]], devise: champs["CE"], reference: champs["CF"],
		montant: simphonie.Montant(m), partiel: champs["BF"] == "1", immediat: champs["BA"] == "1", bf: bf}
}

// repond executes an order and answers; false ends the connection.
func (t *Terminal) repond(w io.Writer, champs map[string]string) bool {
	recopie := func(tags ...string) (s string) {
		for _, tag := range tags {
			if v := champs[tag]; v != "" {
				s += un(tag, v)
			}
		}
		return s
	}
	o := comprend(champs)
	if o == nil {
		etat := un("AE", "01") + un("AF", "09")
		if champs["CD"] == "B" || champs["CD"] == "P" {
			etat = un("AE", "10")
		}
		_, err := io.WriteString(w, recopie("CZ", "CJ")+etat+recopie("CA", "CB", "CD", "CE", "CF"))
		return err == nil
	}
	v := t.execute(*o)
	reponse := recopie("CZ", "CJ")
	switch {
	case !v.fait && v.code == "06":
		reponse += un("AE", "01") + un("AF", v.code) + recopie("CA", "CD", "CE", "CF")
	case !v.fait:
		reponse += un("AE", "01") + un("AF", v.code) + recopie("CA", "CB", "CD", "CE", "CF")
	case o.immediat:
		reponse += un("AE", "11") + recopie("CA", "CB", "CD", "CE", "CF")
	default:
		dit := v.montant
		if nom, _ := v.comportement.lit(); nom == "autre-montant" {
			dit = simphonie.Montant(v.comportement.nombre())
		}
		reponse += un("AE", "10") + un("AA", "497010######0016") + un("AB", "2812") + un("AC", "A00395") + un("AF", "01") + un("AI", "A0000000421010") +
			un("CA", o.caisse) + un("CB", fmt.Sprintf("%08d", int64(dit))) + un("CC", "001") + recopie("CD", "CE") + un("CG", "1234567") + recopie("CF")
		if champs["CK"] == "100" {
			reponse += un("ZT", un("CK", "100")+un("AK", "VElDS0VUIENMSUVOVA=="))
		}
	}
	return ecrit(w, v.comportement, reponse)
}

// ecrit sends an answer as a behaviour wants; false ends the connection.
func ecrit(w io.Writer, c Comportement, reponse string) bool {
	nom, texte := c.lit()
	switch nom {
	case "muet":
		return true
	case "coupe":
		io.WriteString(w, reponse[:min(c.nombre(), len(reponse))])
		return false
	case "morcele":
		for morceau := range slices.Chunk([]byte(reponse), c.nombre()) {
			if _, err := w.Write(morceau); err != nil {
				return false
			}
			time.Sleep(time.Millisecond) // so that each is a segment
		}
		return true
	case "brut":
		reponse = texte
	}
	_, err := io.WriteString(w, reponse)
	return err == nil
}

func un(tag, valeur string) string { return fmt.Sprintf("%s%03d%s", tag, len(valeur), valeur) }
