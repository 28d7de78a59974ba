package concert

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

// scene is what a terminal does on a serial line: it reads what it awaits (<)
// and says what follows (>), step by step, then is silent.
func scene(t *testing.T, c net.Conn, etapes ...string) {
	defer c.Close()
	for _, e := range etapes {
		octets := []byte(e[1:])
		if e[0] == '>' {
			if _, err := c.Write(octets); err != nil {
				return
			}
			continue
		}
		recu := make([]byte, len(octets))
		if _, err := io.ReadFull(c, recu); err != nil {
			t.Errorf("awaited %q: %v", octets, err)
			return
		}
		if !assert.Equal(t, string(octets), string(recu)) {
			return
		}
	}
	io.Copy(io.Discard, c)
}

// The dialogue of E+, byte by byte.
func TestSerie(t *testing.T) {
	requete := string(trame([]byte("0100001250010978P-1       A010B010")))
	reponse := string(trame([]byte("010000012501978P-1       ")))
	abimee := strings.Replace(reponse, "1250", "1251", 1)
	appel := []string{"<\x05", ">\x06", "<" + requete}
	recue := []string{">\x05", "<\x06", ">" + reponse, "<\x06", ">\x04"}
	join := func(ls ...[]string) (r []string) {
		for _, l := range ls {
			r = append(r, l...)
		}
		return r
	}
	for nom, c := range map[string]struct {
		etapes []string
		issue  Issue
		cause  simphonie.Code
		duree  time.Duration // virtual
	}{
		"plain":                     {join(appel, []string{">\x06", "<\x04"}, recue), Faite, "", 0},
		"the frame is refused once": {join(appel, []string{">\x15", "<" + requete, ">\x06", "<\x04"}, recue), Faite, "", 0},
		"… and three times":         {join(appel, []string{">\x15", "<" + requete, ">\x15", "<" + requete, ">\x15"}), Inconnue, "TPE-REPONSE", 0},
		"no acknowledgement":        {appel, Inconnue, "TPE-DELAI", 3 * time.Second},
		"noise before":              {join([]string{"<\x05", ">\x15\x00\x04\x06"}, appel[2:], []string{">xyz\x06", "<\x04"}, recue), Faite, "", 0},
		"damaged answer": {join(appel, []string{">\x06", "<\x04", ">\x05", "<\x06", ">" + abimee, "<\x15", ">" + reponse, "<\x06", ">\x04"}), Faite, "",
			silence},
		"short answer": {join(appel, []string{">\x06", "<\x04", ">\x05", "<\x06", ">" + reponse[:9], "<\x15", ">" + reponse, "<\x06", ">\x04"}), Faite, "",
			attenteOct + silence},
		"always damaged": {join(appel, []string{">\x06", "<\x04", ">\x05", "<\x06", ">" + abimee, "<\x15", ">" + abimee, "<\x15", ">" + abimee}), Inconnue, "TPE-REPONSE",
			2 * silence},
		"our acknowledgement was lost": {join(appel, []string{">\x06", "<\x04", ">\x05", "<\x06", ">\x05", "<\x06", ">" + reponse, "<\x06", ">\x04"}), Faite, "", 0},
		"an answer before any call":    {join(appel, []string{">\x06", "<\x04", ">" + reponse}), Inconnue, "TPE-DELAI", delaiDefaut},
		"no end":                       {join(appel, []string{">\x06", "<\x04", ">\x05", "<\x06", ">" + reponse, "<\x06"}), Faite, "", attenteOct},
		"it calls before we do":        {[]string{">\x05"}, NonFaite, "TPE-REPONSE-TARDIVE", 0},
		"it calls when we do":          {[]string{"<\x05", ">\x05"}, NonFaite, "TPE-REPONSE-TARDIVE", 0},
		"nobody":                       {[]string{"<\x05", "<\x04", "<\x05", "<\x04", "<\x05", "<\x04"}, NonFaite, "TPE-CONNEXION", 3*attenteOct + 2*pauseAppel},
		"at the second call":           {join([]string{"<\x05", "<\x04"}, appel, []string{">\x06", "<\x04"}, recue), Faite, "", attenteOct + pauseAppel},
	} {
		t.Run(nom, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := nouveauBanc(t, parTCP)
				var err error
				b.caisse.cfg.Liaison, err = NewEPlus(func(context.Context) (io.ReadWriteCloser, error) {
					return b.ligne(func(l net.Conn) { scene(t, l, c.etapes...) }), nil
				}, EPlus{})
				require.NoError(t, err)
				debut := time.Now()
				res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
				assert.Equal(t, []any{c.issue, c.cause, min(silence+c.duree, delaiDefaut)}, []any{res.Issue, erreurs.Code(err), time.Since(debut)}, "%v", err)
			})
		})
	}
}

// A segment that ends between two items is not the end of an answer.
func TestSegmentsLents(t *testing.T) {
	const reponse = "CZ0040320AE00210CF003P-1AF00201CC003001CA00201CB00800001250CD0010CE003978"
	for octet := range len(reponse) {
		synctest.Test(t, func(t *testing.T) {
			b := nouveauBanc(t, parTCP)
			b.enfile("brut:" + reponse)
			b.entre = func(c net.Conn) net.Conn {
				return &fautive{Conn: c, faute: faute{octet: octet, genre: separe}, pause: time.Minute}
			}
			res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
			require.NoError(t, err, octet)
			require.Equal(t, Faite, res.Issue, octet)
		})
	}
}

// V3 in frames: an answer that is too long, cut, or not of V3.
func TestV3Serie(t *testing.T) {
	for nom, c := range map[string]struct {
		charge string
		issue  Issue
	}{
		"done":    {"CZ0040320AE00210CA00201CB0041250CD0010CE003978CF003P-1", Faite},
		"refused": {"CZ0040320AE00201AF00204", NonFaite},
		"ETX inside a value, and a check that is ETX": {"CZ0040320AE00201AF00404\x03\x03", NonFaite},
		"not of V3": {"0100000125019780000000000", Inconnue},
		"too long":  {strings.Repeat("A", 10), Inconnue},
		"twice":     {"AE00201AE00201", Inconnue},
	} {
		t.Run(nom, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := nouveauBanc(t, parTCP)
				var err error
				b.caisse.cfg.Liaison, err = NewV3Serie(func(context.Context) (io.ReadWriteCloser, error) {
					return b.ligne(func(l net.Conn) {
						const requete = "CZ0040320CJ012012345678901CA00201CB0041250CD0010CE003978CF003P-1"
						r := string(trame([]byte(c.charge)))
						scene(t, l, "<\x05", ">\x06", "<"+string(trame([]byte(requete))), ">\x06", "<\x04", ">\x05", "<\x06", ">"+r)
					}), nil
				}, v3)
				require.NoError(t, err)
				res, err := b.caisse.Encaisse(t.Context(), ordre("P-1", 1250))
				assert.Equal(t, c.issue, res.Issue, fmt.Sprint(err))
			})
		})
	}
}
