package cdri

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"hash/crc32"
)

// The file is a head, then frames. All numbers are big-endian.
//
//	head   "SIMPHONIE-CDRI-1" | 16 random bytes, the identity of the file | CRC-32C of both
//	frame  "CDRi" | length of the body, 4 bytes | number, 8 bytes | CRC-32C of number and body | body
//	body   nonce, 12 bytes | inscriptions in JSON, sealed with identity and number
//
// A frame is one write, synced before the next begins: only the last can be
// torn. The seal keeps frames from being changed, moved or taken from the middle.
const (
	marqueTete  = "SIMPHONIE-CDRI-1"
	marqueTrame = "CDRi"
	idTaille    = 16
	teteTaille  = len(marqueTete) + idTaille + 4
	avantCorps  = len(marqueTrame) + 4 + 8 + 4
	corpsMax    = 1 << 30
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (c *CarnetFichier) entete() []byte {
	b := append([]byte(marqueTete), c.id[:]...)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// scellee is what the seal of a frame covers beside its body.
func (c *CarnetFichier) scellee(numero uint64) []byte {
	return binary.BigEndian.AppendUint64(c.id[:len(c.id):len(c.id)], numero)
}

// trame seals inscriptions into the next frame.
func (c *CarnetFichier) trame(lignes [][]byte) ([]byte, error) {
	clair := append([]byte{'['}, bytes.Join(lignes, []byte{','})...)
	clair = append(clair, ']')
	taille := c.sceau.NonceSize() + len(clair) + c.sceau.Overhead()
	if taille > corpsMax {
		return nil, erreur("CDRI-CARNET-VALEUR", "", "too many inscriptions at once")
	}
	t := make([]byte, avantCorps, avantCorps+taille)
	copy(t, marqueTrame)
	binary.BigEndian.PutUint32(t[4:], uint32(taille))
	binary.BigEndian.PutUint64(t[8:], c.suivant)
	t = t[:avantCorps+c.sceau.NonceSize()]
	nonce := t[avantCorps:]
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	t = c.sceau.Seal(t, nonce, clair, c.scellee(c.suivant))
	binary.BigEndian.PutUint32(t[16:], somme(t))
	return t, nil
}

func somme(trame []byte) uint32 {
	return crc32.Update(crc32.Checksum(trame[8:16], castagnoli), castagnoli, trame[avantCorps:])
}

// lisTrame gives the whole frame at the head of b, if there is one that is
// intact.
func lisTrame(b []byte) (trame []byte, numero uint64, ok bool) {
	if len(b) < avantCorps || string(b[:4]) != marqueTrame {
		return nil, 0, false
	}
	n := int64(binary.BigEndian.Uint32(b[4:]))
	if n > corpsMax || int64(len(b)) < int64(avantCorps)+n {
		return nil, 0, false
	}
	trame = b[:avantCorps+int(n)]
	return trame, binary.BigEndian.Uint64(b[8:]), somme(trame) == binary.BigEndian.Uint32(b[16:])
}

// relit takes the inscriptions of a file back and gives the length of what is
// intact. What follows is a torn write, unless an intact frame stands behind it.
func (c *CarnetFichier) relit(b []byte) (bon int, err error) {
	if len(b) < teteTaille {
		if bytes.HasPrefix([]byte(marqueTete), b[:min(len(b), len(marqueTete))]) {
			return 0, nil // nothing was ever acknowledged
		}
		return 0, erreur("CDRI-CARNET-ABIME", "", "this is not the file of a carnet")
	}
	copy(c.id[:], b[len(marqueTete):])
	if !bytes.Equal(c.entete(), b[:teteTaille]) {
		return 0, erreur("CDRI-CARNET-ABIME", "", "this is not the file of a carnet, or its head is damaged")
	}
	for bon = teteTaille; bon < len(b); {
		trame, numero, ok := lisTrame(b[bon:])
		if !ok {
			return bon, c.dechiree(b[bon:])
		}
		if numero != c.suivant {
			return 0, erreur("CDRI-CARNET-ABIME", "", "a part of the file is missing")
		}
		corps := trame[avantCorps:]
		n := c.sceau.NonceSize()
		if len(corps) < n {
			return 0, erreur("CDRI-CARNET-ABIME", "", "a part of the file is damaged")
		}
		clair, err := c.sceau.Open(nil, corps[:n], corps[n:], c.scellee(numero))
		if err != nil {
			return 0, enveloppe("CDRI-CARNET-CLE", "the file was written with another key, or was changed", err)
		}
		if err := c.relisLignes(clair); err != nil {
			return 0, enveloppe("CDRI-CARNET-ABIME", "an inscription cannot be read", err)
		}
		bon += len(trame)
		c.suivant++
	}
	return bon, nil
}

// dechiree refuses an end that is not a torn write.
func (c *CarnetFichier) dechiree(reste []byte) error {
	for i := 1; i < len(reste); i++ {
		n := bytes.Index(reste[i:], []byte(marqueTrame))
		if n < 0 {
			return nil
		}
		i += n
		if _, numero, ok := lisTrame(reste[i:]); ok && numero > c.suivant {
			return erreur("CDRI-CARNET-ABIME", "", "a part of the file is damaged")
		}
	}
	return nil
}
