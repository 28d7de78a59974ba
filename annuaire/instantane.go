package annuaire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/teleservice"
)

// formatInstantane names the format of a snapshot and its version.
const formatInstantane = "simphonie.annuaire.instantane/1"

// enteteInstantane is the first line of a snapshot.
type enteteInstantane struct {
	Format        string                    `json:"format"`
	Environnement teleservice.Environnement `json:"environnement"`
	Profil        string                    `json:"profil"` // of the codec that read the answers
	Lignes        int                       `json:"lignes"`
	SHA256        string                    `json:"sha256"` // of all that follows the first line
}

// ligneInstantane is one answer.
type ligneInstantane struct {
	Cle     simphonie.CleAMC `json:"cle"`
	Service Service          `json:"service"`
	Norme   string           `json:"norme"`
	RecuLe  time.Time        `json:"recuLe"`
	Entrees []Entree         `json:"entrees,omitempty"`
}

func (l *ligneInstantane) cle() cleMemoire {
	return cleMemoire{l.Cle.Numero.Canonique(), l.Cle.Convention, l.Cle.CSR, l.Cle.Domaine, l.Service, l.Norme}
}

// profil names the codec, "" without one.
func (c *Client) profil() string {
	if c.o.Codec == nil {
		return ""
	}
	p := c.o.Codec.Profil()
	return p.String()
}

// EcritInstantane writes what the memory holds: codes and addresses, nothing
// about any patient. The same memory gives the same bytes.
func (c *Client) EcritInstantane(w io.Writer) error {
	if c == nil || c.canal == nil || w == nil {
		return refus("ANN-CONFIG", "Client", "a client is made by New, and a writer is wanted")
	}
	c.memoire.mu.Lock()
	ls := make([]ligneInstantane, 0, len(c.memoire.m))
	for k, s := range c.memoire.m {
		ls = append(ls, ligneInstantane{simphonie.CleAMC{Numero: simphonie.NumeroAMC(k.numero), Convention: k.convention, CSR: k.csr, Domaine: k.domaine},
			k.service, k.norme, s.recuLe.UTC(), s.entrees})
	}
	c.memoire.mu.Unlock()
	lignes := make([]string, len(ls))
	for i := range ls {
		b, err := json.Marshal(&ls[i])
		if err != nil {
			return erreurInstantane(0, "the answers cannot be written", err)
		}
		lignes[i] = string(b) + "\n"
	}
	slices.Sort(lignes)
	corps := strings.Join(lignes, "")
	if len(corps) > instantaneMax-1024 { // room for the first line
		e := erreurInstantane(0, "the snapshot would be longer than 64 MiB: keep fewer answers", nil)
		e.LimiteLocale = true
		return e
	}
	h := sha256.Sum256([]byte(corps))
	entete, err := json.Marshal(enteteInstantane{formatInstantane, c.canal.Environnement(), c.profil(), len(ls), hex.EncodeToString(h[:])})
	if err == nil {
		_, err = io.WriteString(w, string(entete)+"\n"+corps)
	}
	if err != nil {
		return erreurInstantane(0, "the snapshot cannot be written", err)
	}
	return nil
}

// instantaneMax bounds a snapshot, in bytes.
const instantaneMax = 64 << 20

// LitInstantane puts in memory the answers of a snapshot, all or none, and
// says how many it held. One of another format, environment or codec is
// refused, and so is one that was changed. Newer answers in memory stay; an
// answer from the future is left out.
func (c *Client) LitInstantane(r io.Reader) (int, error) {
	if c == nil || c.canal == nil || r == nil {
		return 0, refus("ANN-CONFIG", "Client", "a client is made by New, and a reader is wanted")
	}
	b, err := io.ReadAll(io.LimitReader(r, instantaneMax+1))
	switch {
	case err != nil:
		return 0, erreurInstantane(0, "the snapshot cannot be read to its end", err)
	case len(b) > instantaneMax:
		e := erreurInstantane(0, "the snapshot is longer than 64 MiB", nil)
		e.LimiteLocale = true
		return 0, e
	}
	e, ls, err := decodeInstantane(b)
	switch {
	case err != nil:
		return 0, err
	case e.Environnement != c.canal.Environnement():
		return 0, refus("ANN-INSTANTANE-AUTRE", "environnement", "the snapshot was made in another environment")
	case e.Profil != c.profil():
		return 0, refus("ANN-INSTANTANE-AUTRE", "profil", "the snapshot was made with another codec")
	}
	maintenant := c.canal.Maintenant()
	for i := range ls {
		if !ls[i].RecuLe.After(maintenant) {
			c.memoire.ecrit(ls[i].cle(), souvenir{ls[i].Entrees, ls[i].RecuLe})
		}
	}
	return len(ls), nil
}

// decodeInstantane reads a snapshot whole before anything of it is used.
func decodeInstantane(b []byte) (*enteteInstantane, []ligneInstantane, error) {
	tete, corps, ok := bytes.Cut(b, []byte("\n"))
	var e enteteInstantane
	if err := jsonstrict.Decode(tete, &e); err != nil || !ok || e.Format != formatInstantane {
		return nil, nil, erreurInstantane(1, "not a snapshot "+formatInstantane, err)
	}
	if h := sha256.Sum256(corps); e.SHA256 != hex.EncodeToString(h[:]) {
		return nil, nil, refus("ANN-INSTANTANE-SOMME", "sha256", "the snapshot was changed or cut")
	}
	var ls []ligneInstantane
	for ligne := range bytes.Lines(corps) {
		var l ligneInstantane
		err := jsonstrict.Decode(ligne, &l)
		if err == nil {
			l.Cle, err = normalise(l.Cle)
		}
		if err != nil || l.RecuLe.Year() < 2000 || l.Service == "" || len(l.Entrees) > entreesMax {
			return nil, nil, erreurInstantane(len(ls)+2, "not an answer", err)
		}
		ls = append(ls, l)
	}
	if len(ls) != e.Lignes {
		return nil, nil, erreurInstantane(1, "the snapshot does not hold the number of lines that it says", nil)
	}
	return &e, ls, nil
}

func erreurInstantane(ligne int, detail string, err error) *simphonie.Erreur {
	e := refus("ANN-INSTANTANE", "instantane", detail)
	e.Ligne, e.Err = ligne, err
	return e
}

// Sauve writes the snapshot in a file, whole or not at all: what stood there
// stays until the new one is on the disk.
func (c *Client) Sauve(chemin string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(chemin), filepath.Base(chemin)+".*")
	if err != nil {
		return erreurInstantane(0, "the snapshot cannot be written", sansChemin(err))
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err = errors.Join(c.EcritInstantane(f), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), chemin)
	}
	if err != nil {
		return erreurInstantane(0, "the snapshot cannot be written", sansChemin(err))
	}
	return nil
}

// Restaure reads the snapshot of a file. errors.Is(err, fs.ErrNotExist) tells
// the first start.
func (c *Client) Restaure(chemin string) (int, error) {
	f, err := os.Open(chemin)
	if err != nil {
		return 0, erreurInstantane(0, "the snapshot cannot be read", sansChemin(err))
	}
	defer f.Close()
	return c.LitInstantane(f)
}

// sansChemin drops the path of a file error, which may name a user.
func sansChemin(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}
