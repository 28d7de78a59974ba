package cdri

import (
	"context"
	"strconv"

	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/teleservice"
)

// reponseLigne is the answer to one line of a message.
type reponseLigne struct {
	reponse *Reponse
	err     error
}

// consulteLot asks for the lines ks in one message, or in one call when the
// codec has no batch messages. The answers come in the order of ks.
func (c *Client) consulteLot(ctx context.Context, lignes []LigneLot, ks []int) ([]reponseLigne, error) {
	if c.lot == nil {
		r, err := c.Consulte(ctx, lignes[ks[0]].Demande)
		return []reponseLigne{{reponse: r}}, err
	}
	demandes := make([]modele.LigneDemande, len(ks))
	for n, k := range ks {
		// The correlation is a rank: it says nothing of the patient.
		demandes[n] = modele.LigneDemande{Correlation: strconv.Itoa(n + 1), Demande: &lignes[k].Demande}
	}
	corps, err := c.lot.EncodeLot(demandes)
	if err != nil {
		return nil, enveloppe("CDRI-ENCODE", "the codec refused the batch", err)
	}
	retour, err := c.cfg.Canal.Appelle(ctx, c.appel(c.profil.ActionLot, "consulterLot", corps))
	if err != nil {
		return nil, err
	}
	recues, err := c.lot.DecodeLot(retour.Corps)
	if err != nil {
		return nil, enveloppe("CDRI-DECODE", "the answer cannot be read", err)
	}
	return c.apparie(demandes, recues, retour)
}

// apparie matches the lines of an answer with those of the request. A line
// that is of neither, or that comes twice, refuses the message: whose rights it
// holds would be a guess.
func (c *Client) apparie(demandes []modele.LigneDemande, recues []modele.LigneReponse, retour *teleservice.Retour) ([]reponseLigne, error) {
	rangs := make(map[string]int, len(demandes))
	for n := range demandes {
		rangs[demandes[n].Correlation] = n
	}
	rs, vues := make([]reponseLigne, len(demandes)), make([]bool, len(demandes))
	for i := range recues {
		l := &recues[i]
		n, ok := rangs[l.Correlation]
		if !ok || vues[n] {
			return nil, erreur("CDRI-LOT-CORRELATION", "", "the answer holds a line that was not asked, or twice the same: none is read")
		}
		vues[n] = true
		switch {
		case l.Erreur != nil:
			e := erreur("CDRI-LIGNE", "", "code "+lisible(l.Erreur.Code))
			e.Reessayable, e.Err = l.Erreur.Reessayable, l.Erreur
			rs[n].err = e
		default:
			if err := tenue(l.Reponse); err != nil {
				return nil, err
			}
			c.complete(l.Reponse, demandes[n].Demande, retour)
			rs[n].reponse = l.Reponse
		}
	}
	for n := range rs {
		if !vues[n] {
			e := erreur("CDRI-LIGNE-ABSENTE", "", "the answer leaves this line out")
			e.Reessayable = true
			rs[n].err = e
		}
	}
	return rs, nil
}
