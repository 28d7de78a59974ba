package journal

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"

	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// ligne is what one line of the file holds: steps as they were taken or, written
// by a compaction, an attempt as it stands with the steps that were kept.
//
// It is written as the length of its JSON (varint), its JSON without payloads,
// then the payloads end to end: states are read without reading them.
type ligne struct {
	Cle     Cle     `json:"cle"`
	Essai   *Essai  `json:"essai,omitempty"`
	Etapes  []Etape `json:"etapes,omitempty"`
	Tailles []int   `json:"tailles,omitempty"` // of the payload of each step
}

func (l ligne) octets() ([]byte, error) {
	var charges []byte
	l.Etapes, l.Tailles = slices.Clone(l.Etapes), nil
	for i := range l.Etapes {
		s := &l.Etapes[i].Scellee
		charges, l.Tailles = append(charges, *s...), append(l.Tailles, len(*s))
		*s = nil
	}
	tete, err := json.Marshal(l)
	return append(append(binary.AppendUvarint(nil, uint64(len(tete))), tete...), charges...), err
}

// lisLigne reads a line; the payload of each step, empty for none, stands apart.
func lisLigne(b []byte) (l ligne, charges [][]byte, err error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return ligne{}, nil, fichierjournal.ErrAbime
	}
	tete, reste := b[k:k+int(n)], b[k+int(n):]
	if err := json.Unmarshal(tete, &l); err != nil {
		return ligne{}, nil, errors.Join(fichierjournal.ErrAbime, err)
	}
	for _, t := range l.Tailles {
		if t < 0 || t > len(reste) {
			return ligne{}, nil, fichierjournal.ErrAbime
		}
		charges, reste = append(charges, reste[:t:t]), reste[t:]
	}
	if len(charges) != len(l.Etapes) || len(reste) > 0 {
		return ligne{}, nil, fichierjournal.ErrAbime
	}
	return l, charges, nil
}
