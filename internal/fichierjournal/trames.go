package fichierjournal

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// The file is a head, then frames. All numbers are big-endian.
//
//	head   mark of the format | 16 random bytes, the identity of the file | CRC-32C of both
//	frame  mark of a frame, 4 bytes | length of the body, 4 bytes | number, 8 bytes | CRC-32C of length, number and body | body
//	body   lines, each after its length (varint); under a seal: nonce | the same, sealed with identity and number
//
// A frame is one write, synced before the next begins: only the last can be
// torn. A seal keeps frames from being changed, moved or taken from the middle.
const (
	idTaille     = 16
	avantCorps   = 4 + 4 + 8 + 4
	corpsMax     = 1 << 30
	marqueTaille = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// entete writes the head of a file of this identity.
func (m Format) entete(id [idTaille]byte) []byte {
	b := append([]byte(m.Tete), id[:]...)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func (m Format) teteTaille() int { return len(m.Tete) + idTaille + 4 }

// scellee is what the seal of a frame covers beside its body.
func scellee(id [idTaille]byte, numero uint64) []byte {
	return binary.BigEndian.AppendUint64(id[:], numero)
}

// trame makes one frame of lines.
func (m Format) trame(id [idTaille]byte, numero uint64, lignes [][]byte) ([]byte, error) {
	taille := avantCorps
	for _, l := range lignes {
		taille += binary.MaxVarintLen32 + len(l)
	}
	t := make([]byte, avantCorps, taille+64)
	copy(t, m.Trame)
	if m.Sceau == nil {
		t = assemble(t, lignes)
	} else {
		nonce := make([]byte, m.Sceau.NonceSize())
		if _, err := rand.Read(nonce); err != nil {
			return nil, err
		}
		t = m.Sceau.Seal(append(t, nonce...), nonce, assemble(nil, lignes), scellee(id, numero))
	}
	if len(t)-avantCorps > corpsMax {
		return nil, ErrTaille
	}
	binary.BigEndian.PutUint32(t[4:], uint32(len(t)-avantCorps))
	binary.BigEndian.PutUint64(t[8:], numero)
	binary.BigEndian.PutUint32(t[16:], somme(t))
	return t, nil
}

func assemble(b []byte, lignes [][]byte) []byte {
	for _, l := range lignes {
		b = append(binary.AppendUvarint(b, uint64(len(l))), l...)
	}
	return b
}

func somme(trame []byte) uint32 {
	return crc32.Update(crc32.Checksum(trame[4:16], castagnoli), castagnoli, trame[avantCorps:])
}

// lignes opens the body of a frame that is intact.
func (m Format) lignes(id [idTaille]byte, trame []byte) ([][]byte, error) {
	corps := trame[avantCorps:]
	if m.Sceau != nil {
		n := m.Sceau.NonceSize()
		if len(corps) < n {
			return nil, ErrAbime
		}
		var err error
		if corps, err = m.Sceau.Open(nil, corps[:n], corps[n:], scellee(id, numeroDe(trame))); err != nil {
			return nil, ErrCle
		}
	}
	var ls [][]byte
	for len(corps) > 0 {
		n, k := binary.Uvarint(corps)
		if k <= 0 || n > uint64(len(corps)-k) {
			return nil, ErrAbime
		}
		fin := k + int(n)
		ls, corps = append(ls, corps[k:fin:fin]), corps[fin:]
	}
	return ls, nil
}

func numeroDe(trame []byte) uint64 { return binary.BigEndian.Uint64(trame[8:]) }

// lisTrame reads the frame at an offset; nil when none that is intact stands there.
func (m Format) lisTrame(r io.ReaderAt, a, taille int64) ([]byte, error) {
	if taille-a < avantCorps {
		return nil, nil
	}
	tete := make([]byte, avantCorps)
	if err := lisPlein(r, tete, a); err != nil {
		return nil, err
	}
	n := int64(binary.BigEndian.Uint32(tete[4:]))
	if string(tete[:marqueTaille]) != m.Trame || n > corpsMax || n > taille-a-avantCorps {
		return nil, nil
	}
	t := append(tete, make([]byte, n)...)
	if err := lisPlein(r, t[avantCorps:], a+avantCorps); err != nil {
		return nil, err
	}
	if somme(t) != binary.BigEndian.Uint32(t[16:]) {
		return nil, nil
	}
	return t, nil
}

func lisPlein(r io.ReaderAt, b []byte, a int64) error {
	n, err := r.ReadAt(b, a)
	if n == len(b) {
		return nil
	}
	return err
}

// relit gives every line of a file to recoit, and the length of what is intact.
// What follows is a torn write, unless an intact frame stands behind it.
func (f *Fichier) relit(taille int64) (bon int64, err error) {
	tete := make([]byte, min(taille, int64(f.format.teteTaille())))
	if err := lisPlein(f.fichier, tete, 0); err != nil {
		return 0, err
	}
	entiere := len(tete) == f.format.teteTaille()
	if entiere {
		copy(f.id[:], tete[len(f.format.Tete):])
		entiere = bytes.Equal(f.format.entete(f.id), tete)
	}
	if !entiere {
		ecrite := bytes.TrimRight(tete, "\x00")
		if taille <= int64(f.format.teteTaille()) && bytes.HasPrefix([]byte(f.format.Tete), ecrite[:min(len(ecrite), len(f.format.Tete))]) {
			return 0, nil // the head itself was torn: nothing was ever acknowledged
		}
		return 0, ErrAbime
	}
	for bon = int64(len(tete)); bon < taille; {
		t, err := f.format.lisTrame(f.fichier, bon, taille)
		if err != nil {
			return 0, err
		}
		if t == nil {
			return bon, f.dechiree(bon, taille)
		}
		if numeroDe(t) != f.suivant {
			return 0, ErrAbime
		}
		ls, err := f.format.lignes(f.id, t)
		if err != nil {
			return 0, err
		}
		for i, l := range ls {
			if err := f.recoit(l, Position{bon, i}); err != nil {
				return 0, err
			}
		}
		bon += int64(len(t))
		f.suivant++
	}
	return bon, nil
}

// dechiree refuses an end that is not a torn write.
func (f *Fichier) dechiree(bon, taille int64) error {
	reste := make([]byte, taille-bon)
	if err := lisPlein(f.fichier, reste, bon); err != nil {
		return err
	}
	r := bytes.NewReader(reste)
	for i := 1; i < len(reste); i++ {
		n := bytes.Index(reste[i:], []byte(f.format.Trame))
		if n < 0 {
			return nil
		}
		i += n
		t, err := f.format.lisTrame(r, int64(i), int64(len(reste)))
		if err != nil {
			return err
		}
		if t != nil && numeroDe(t) > f.suivant {
			return ErrAbime
		}
	}
	return nil
}
