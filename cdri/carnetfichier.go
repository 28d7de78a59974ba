package cdri

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/json"
	"errors"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/fichierjournal"
)

// CarnetFichier is a Carnet in one file that only grows. What it holds is
// encrypted with the key of the caller (AES-256-GCM). An inscription is on the
// disk (fsync) when Inscrit returns; inscriptions made together share one
// write. What a cut left half written at the end is dropped when the file is
// opened again; damage anywhere else is an error.
//
// One process opens it at a time. Its last inscriptions are held in memory too.
type CarnetFichier struct {
	dernieres dernieres
	fichier   *fichierjournal.Fichier
}

// OuvreCarnet opens or makes the file of a carnet, and chemin.verrou beside it.
// cle has 32 bytes; keep it elsewhere than the file. A file that another process
// holds is CDRI-CARNET-OCCUPE; one of another key is CDRI-CARNET-CLE, and is
// left as it is.
func OuvreCarnet(chemin string, cle []byte) (*CarnetFichier, error) {
	return ouvreCarnet(fichierjournal.Disque{}, chemin, cle)
}

func ouvreCarnet(s fichierjournal.Systeme, chemin string, cle []byte) (*CarnetFichier, error) {
	f, err := formatCarnet(cle)
	if err != nil {
		return nil, err
	}
	c := &CarnetFichier{}
	if c.fichier, err = fichierjournal.Ouvre(s, chemin, f, c.recoit); err != nil {
		return nil, erreurCarnet(err, "CDRI-CARNET-FICHIER")
	}
	return c, nil
}

func formatCarnet(cle []byte) (fichierjournal.Format, error) {
	sceau, err := scelle(cle)
	return fichierjournal.Format{Tete: "SIMPHONIE-CDRI-1", Trame: "CDRi", Sceau: sceau}, err
}

func scelle(cle []byte) (cipher.AEAD, error) {
	if len(cle) != 32 {
		return nil, erreur("CDRI-CARNET-CLE", "", "a key of 32 bytes is wanted")
	}
	b, err := aes.NewCipher(cle)
	if err != nil {
		return nil, enveloppe("CDRI-CARNET-CLE", "the key cannot be used", err)
	}
	return cipher.NewGCM(b)
}

// erreurCarnet types an error of the file.
func erreurCarnet(err error, sinon simphonie.Code) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fichierjournal.ErrOccupe):
		return enveloppe("CDRI-CARNET-OCCUPE", "another process holds this file", err)
	case errors.Is(err, fichierjournal.ErrAbime):
		return enveloppe("CDRI-CARNET-ABIME", "", err)
	case errors.Is(err, fichierjournal.ErrCle):
		return enveloppe("CDRI-CARNET-CLE", "", err)
	case errors.Is(err, fichierjournal.ErrTaille):
		return enveloppe("CDRI-CARNET-VALEUR", "too many inscriptions at once", err)
	}
	return enveloppe(sinon, "", err)
}

// Derniere gives the last inscription of a line.
func (c *CarnetFichier) Derniere(_ context.Context, id string) (Inscription, bool, error) {
	i, ok := c.dernieres.de(id)
	return i, ok, nil
}

// Inscrit writes inscriptions and waits until they are on the disk. After a
// write that failed the carnet takes nothing more: open it again.
func (c *CarnetFichier) Inscrit(ctx context.Context, is ...Inscription) error {
	if err := ctx.Err(); err != nil || len(is) == 0 {
		return err
	}
	lignes := make([][]byte, len(is))
	for k := range is {
		var err error
		if lignes[k], err = serialise(&is[k]); err != nil {
			return err
		}
	}
	a := c.fichier.Ajoute(lignes...)
	<-a.Fini()
	return erreurCarnet(a.Err(), "CDRI-CARNET-ECRITURE")
}

// Close lets another process open the file.
func (c *CarnetFichier) Close() error {
	return erreurCarnet(c.fichier.Close(), "CDRI-CARNET-ECRITURE")
}

// recoit takes an inscription that is on the disk.
func (c *CarnetFichier) recoit(ligne []byte, _ fichierjournal.Position) error {
	var i Inscription
	if err := json.Unmarshal(ligne, &i); err != nil {
		return errors.Join(fichierjournal.ErrAbime, err)
	}
	c.dernieres.retient([]Inscription{i})
	return nil
}
