package cdri

import (
	"encoding/json"
	"io"

	"github.com/simphonie/simphonie/internal/fichierjournal"
	"github.com/simphonie/simphonie/internal/fichierjournal/menteur"
)

// OuvreCarnetSur opens a carnet on a disk that fails.
func OuvreCarnetSur(d *menteur.Disque, cle []byte) (*CarnetFichier, error) {
	return ouvreCarnet(d, "c", cle)
}

// Inscriptions lists all that the bytes of a carnet hold, in order.
func Inscriptions(r io.Reader, cle []byte) (is []Inscription, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	m, err := formatCarnet(cle)
	if err != nil {
		return nil, err
	}
	d := menteur.New()
	d.Pose("c", b)
	_, err = fichierjournal.Ouvre(d, "c", m, func(ligne []byte, _ fichierjournal.Position) error {
		var i Inscription
		err := json.Unmarshal(ligne, &i)
		is = append(is, i)
		return err
	})
	return is, err
}
