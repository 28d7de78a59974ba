package diapasontest

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

const (
	debit   = "CZ0040300CJ012247300123456CA00201CB00512345CD0010CE003978"
	reussie = "CZ0040300CJ012247300123456AE00210AA016497010######0016AB0042812AC006A00395AF00201AI014A0000000421010CA00201CB00800012345CC003001CD0010CE003978CG0071234567"
)

// parle sends a request on a connection of its own and gives all that comes
// back, until the terminal closes or the answer is as long as wanted.
func parle(t *testing.T, adresse, requete string, longueur int) string {
	t.Helper()
	c, err := net.Dial("tcp", adresse)
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = io.WriteString(c, requete)
	require.NoError(t, err)
	b := make([]byte, longueur)
	n, err := io.ReadFull(c, b)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		require.NoError(t, err)
	}
	return string(b[:n])
}

func TestTerminalTCP(t *testing.T) {
	terminal := NewTerminal()
	adresse, err := terminal.Ecoute("127.0.0.1:0")
	require.NoError(t, err)
	defer terminal.Close()
	assert.Equal(t, reussie, parle(t, adresse, debit, len(reussie)))
	assert.Equal(t, reussie, parle(t, adresse, debit+"\r\n", len(reussie)))
	for _, c := range []struct {
		comportement Comportement
		requete      string
		reponse      string
	}{
		{"refuse", debit, "CZ0040300CJ012247300123456AE00201AF00204CA00201CB00512345CD0010CE003978"},
		{"abandonne", debit, "CZ0040300CJ012247300123456AE00201AF00206CA00201CD0010CE003978"},
		{"sans-bf", debit + "BF0011", "CZ0040300CJ012247300123456AE00201AF00209CA00201CB00512345CD0010CE003978"},
		{"accepte", debit[:len(debit)-3] + "953", "CZ0040300CJ012247300123456AE00201AF00213CA00201CB00512345CD0010CE003953"},
		{"morcele:7", debit + "BA0011CF003P-1", "CZ0040300CJ012247300123456AE00211CA00201CB00512345CD0010CE003978CF003P-1"},
		{"brut:XX", debit, "XX"},
	} {
		require.NoError(t, terminal.Enfile(c.comportement))
		assert.Equal(t, c.reponse, parle(t, adresse, c.requete, len(c.reponse)), c.comportement)
	}
	require.NoError(t, terminal.Enfile("coupe", "coupe:9", "avant-lecture"))
	assert.Empty(t, parle(t, adresse, debit, 9))
	assert.Equal(t, reussie[:9], parle(t, adresse, debit, 99))
	c, err := net.Dial("tcp", adresse)
	require.NoError(t, err)
	defer c.Close()
	_, err = c.Read(make([]byte, 1))
	assert.ErrorIs(t, err, io.EOF)
	require.NoError(t, terminal.Toujours("autre-montant:5"))
	require.NoError(t, terminal.SelonMontant(1000, "partiel:600"))
	assert.Contains(t, parle(t, adresse, debit, len(reussie)), "CB00800000005")
	assert.Contains(t, parle(t, adresse, strings.Replace(debit, "CB00512345", "CB0041000", 1)+"BF0011", len(reussie)), "CB00800000600")
	assert.Contains(t, parle(t, adresse, "CZ0040300CB0011", 29), "AF00209", "not an order")
	assert.Contains(t, parle(t, adresse, "CZ0040300CA00201CD001B", 25), "AE00210")
	c.Close()
	terminal.Calme()
	assert.Len(t, terminal.Mouvements(), 8)
	assert.Equal(t, Mouvement{"debit", "", "01", 600}, terminal.Mouvements()[7])
	assert.Equal(t, []string{""}, terminal.Doubles())
	assert.Equal(t, 12, terminal.Ordres())

	for _, c := range []Comportement{"", "x", "accepte:1", "partiel", "partiel:0", "partiel:-1", "morcele:0"} {
		assert.Error(t, terminal.Toujours(c), c)
		assert.Error(t, terminal.Enfile(c))
		assert.Error(t, terminal.SelonMontant(1, c))
	}
	_, err = terminal.Ecoute("pas une adresse")
	assert.Error(t, err)
}

// The dialogue of a serial line, byte by byte.
func TestTerminalSerie(t *testing.T) {
	ici, la := net.Pipe()
	terminal := NewTerminal()
	go terminal.SertSerie(la)
	defer ici.Close()
	require.NoError(t, ici.SetDeadline(time.Now().Add(10*time.Second)))
	envoie := func(b ...byte) {
		_, err := ici.Write(b)
		require.NoError(t, err)
	}
	recoit := func(attendu string) {
		t.Helper()
		b := make([]byte, len(attendu))
		_, err := io.ReadFull(ici, b)
		require.NoError(t, err)
		require.Equal(t, attendu, string(b))
	}
	const requete = "0100001250010978P-1       A010B010"
	envoie(5)
	recoit("\x06")
	faux := encadre(requete)
	faux[5] ^= 1
	envoie(faux...)
	recoit("\x15")
	envoie(encadre(requete)...)
	recoit("\x06")
	envoie(4)
	recoit("\x05")
	envoie(6)
	reponse := string(encadre("010000012501978P-1       "))
	recoit(reponse)
	envoie(0x15)
	recoit(reponse)
	envoie(6)
	recoit("\x04")
	assert.Equal(t, []Mouvement{{"debit", "P-1", "01", 1250}}, terminal.Mouvements())
	assert.Equal(t, byte(0x01), encadre("0100001250110978          A010B010")[36], "the vector of the documents")

	require.NoError(t, terminal.Enfile("refuse"))
	envoie(5)
	recoit("\x06")
	envoie(encadre("0100001250112978          A010B010")...)
	recoit("\x06")
	envoie(4)
	recoit("\x05")
	envoie(6)
	recoit(string(encadre("017000012501" + "497010######0016 A0000000421010                        " + "978          ")))
	envoie(6)
	recoit("\x04")
	assert.Len(t, terminal.Mouvements(), 1)
	assert.Equal(t, simphonie.Montant(1250), terminal.Mouvements()[0].Montant)
}
