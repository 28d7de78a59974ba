package cdri

import (
	"encoding/json"
	"io"
)

// Fichier lets tests give a disk that fails.
type Fichier = fichier

// OuvreCarnetSur opens a carnet on such a disk.
func OuvreCarnetSur(f Fichier, cle []byte) (*CarnetFichier, error) {
	sceau, err := scelle(cle)
	if err != nil {
		return nil, err
	}
	return ouvreCarnet(f, sceau)
}

// Inscriptions lists all that the bytes of a carnet hold, in order.
func Inscriptions(r io.Reader, cle []byte) ([]Inscription, error) {
	sceau, err := scelle(cle)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(r)
	if err != nil || len(b) < teteTaille {
		return nil, err
	}
	c := &CarnetFichier{sceau: sceau}
	copy(c.id[:], b[len(marqueTete):])
	var toutes []Inscription
	for b = b[teteTaille:]; ; {
		trame, numero, ok := lisTrame(b)
		if !ok {
			return toutes, nil
		}
		corps, n := trame[avantCorps:], sceau.NonceSize()
		clair, err := sceau.Open(nil, corps[:n], corps[n:], c.scellee(numero))
		if err != nil {
			return nil, err
		}
		var is []Inscription
		if err := json.Unmarshal(clair, &is); err != nil {
			return nil, err
		}
		toutes = append(toutes, is...)
		b = b[len(trame):]
	}
}

// TeteTaille is the length of the head of a file.
const TeteTaille = teteTaille
