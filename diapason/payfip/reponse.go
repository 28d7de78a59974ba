package payfip

import (
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Transaction is what PayFiP tells of a payment. Day and hour are those of
// Paris, for hospitals overseas too.
type Transaction struct {
	Jour         simphonie.Jour `json:"jour,omitzero"`
	Heure        string         `json:"heure,omitempty"` // "14:05"
	Autorisation string         `json:"autorisation,omitempty"`
}

// Instant gives the moment of the transaction; none can be told in the hour
// that comes twice at the end of summer time.
func (t *Transaction) Instant() (time.Time, error) {
	if h, err := time.Parse("15:04", t.Heure); err == nil {
		return calendrier.Instant(simphonie.Metropole, t.Jour, h.Hour(), h.Minute())
	}
	return time.Time{}, erreur("PAYFIP-HEURE", "heure", "the transaction has no hour")
}

// Detail is what PayFiP knows of an operation.
type Detail struct {
	IDOp        IDOp
	NumCli      string
	Exercice    string // as received: it has been seen cut to two digits
	Refdet      string
	Objet       simphonie.Confidentiel // of another software, perhaps
	Montant     simphonie.Montant
	Mel         simphonie.Confidentiel
	Saisie      Saisie
	Resultat    Resultat
	Transaction Transaction
}

// Contrat is what PayFiP knows of a client number. The names of its texts are
// not all public: all are given.
type Contrat struct {
	NumCli string
	Textes map[string]string
}

// texteMax bounds a value of an answer, in bytes.
const texteMax = 300

// feuilles reads the leaves of return, whatever their namespace; one that
// stands twice, or is too long, is an error.
func feuilles(reponse *etree.Element, operation string) (map[string]string, error) {
	if !xmlguard.Est(reponse, espace, operation+"Response") {
		return nil, erreur("PAYFIP-REPONSE", operation, "the answer is of another operation")
	}
	var retour *etree.Element
	for _, e := range reponse.ChildElements() {
		if e.Tag != "return" || retour != nil {
			return nil, erreur("PAYFIP-REPONSE", operation, "one element return is wanted")
		}
		retour = e
	}
	if retour == nil {
		return nil, erreur("PAYFIP-REPONSE", operation, "one element return is wanted")
	}
	m := map[string]string{}
	for _, e := range retour.ChildElements() {
		t, err := xmlguard.Texte(e)
		if _, deja := m[e.Tag]; deja || err != nil || len(t) > texteMax {
			return nil, erreur("PAYFIP-REPONSE", operation, "a value stands twice, is too long, or is not a plain text")
		}
		m[e.Tag] = strings.TrimSpace(t)
	}
	return m, nil
}

// lisCreation reads the identifier of a new operation.
func lisCreation(reponse *etree.Element) (IDOp, error) {
	m, err := feuilles(reponse, opCree)
	if err != nil {
		return "", err
	}
	id := IDOp(m["idOp"])
	if !id.valide() {
		return "", erreur("PAYFIP-REPONSE", "idOp", "missing, or not an identifier")
	}
	return id, nil
}

// lisDetail reads the state of an operation. What the payment rests on must be
// there; a day or an hour that cannot be read is left out.
func lisDetail(reponse *etree.Element) (*Detail, error) {
	m, err := feuilles(reponse, opDetail)
	if err != nil {
		return nil, err
	}
	d := &Detail{IDOp: IDOp(m["idOp"]), NumCli: m["numcli"], Exercice: m["exer"], Refdet: m["refdet"], Saisie: Saisie(m["saisie"]), Resultat: Resultat(m["resultrans"]),
		Objet: simphonie.NewConfidentiel(m["objet"]), Mel: simphonie.NewConfidentiel(m["mel"])}
	cents, err := strconv.ParseInt(m["montant"], 10, 64)
	if err != nil || m["montant"][0] == '+' || cents < 0 || cents > int64(montantAbsolu) {
		return nil, erreur("PAYFIP-REPONSE", "montant", "missing, or not an amount in cents")
	}
	d.Montant = simphonie.Montant(cents)
	for _, c := range []struct {
		nom, valeur string
		min, max    int
	}{{"idOp", string(d.IDOp), 1, 64}, {"numcli", d.NumCli, 1, 20}, {"exer", d.Exercice, 0, 10}, {"refdet", d.Refdet, 1, 60}, {"saisie", string(d.Saisie), 1, 4}, {"resultrans", string(d.Resultat), 1, 10}} {
		if !code(c.valeur, c.min, c.max) {
			return nil, erreur("PAYFIP-REPONSE", c.nom, "missing, or not a code")
		}
	}
	d.Transaction = lisTransaction(m["dattrans"], m["heurtrans"], m["numauto"])
	return d, nil
}

// lisTransaction reads JJMMAAAA, HHMM and the number of the authorisation.
func lisTransaction(jour, heure, autorisation string) Transaction {
	var t Transaction
	if len(jour) == 8 && chiffres(jour) {
		t.Jour, _ = simphonie.ParseJour(jour[4:] + "-" + jour[2:4] + "-" + jour[:2])
	}
	if h, err := time.Parse("1504", heure); err == nil && len(heure) == 4 {
		t.Heure = h.Format("15:04")
	}
	if code(autorisation, 1, 64) {
		t.Autorisation = autorisation
	}
	return t
}

// lisContrat reads what PayFiP knows of a client number.
func lisContrat(reponse *etree.Element) (*Contrat, error) {
	m, err := feuilles(reponse, opClient)
	if err != nil {
		return nil, err
	}
	c := &Contrat{NumCli: m["numcli"], Textes: m}
	delete(m, "numcli")
	return c, nil
}
