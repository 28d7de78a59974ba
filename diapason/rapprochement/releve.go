package rapprochement

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/moyens"
)

// Nature is what a line of a statement does.
type Nature string

// Natures of lines. Only the first brings money.
const (
	Encaissement  Nature = "encaissement"
	Commission    Nature = "commission"    // kept by the bank
	Rejet         Nature = "rejet"         // a payment that bounced: the debt is open again
	Contestation  Nature = "contestation"  // chargeback, or refund that the payer asked of the bank
	Remboursement Nature = "remboursement" // given back by the establishment
)

var natures = []Nature{Encaissement, Commission, Rejet, Contestation, Remboursement}

// LigneID names a line of a statement.
type LigneID struct {
	Releve string `json:"releve"`
	Numero int    `json:"numero"` // from 1
}

// String gives statement#number.
func (l LigneID) String() string { return l.Releve + "#" + strconv.Itoa(l.Numero) }

func (l LigneID) compare(m LigneID) int {
	return cmp.Or(compare(l.Releve, m.Releve), cmp.Compare(l.Numero, m.Numero))
}

// Ligne is a line of a bank or DFT statement. The label of the bank is not
// kept: it may name a patient.
type Ligne struct {
	Numero  int               `json:"numero"` // in its statement, from 1
	Nature  Nature            `json:"nature"`
	Le      simphonie.Jour    `json:"le"`
	Montant simphonie.Montant `json:"montant"` // on the account: negative unless Encaissement
	// Commission is what the bank kept of an Encaissement, when the line shows
	// the net amount: zero or more.
	Commission simphonie.Montant `json:"commission,omitzero"`
	Modalite   moyens.Modalite   `json:"modalite,omitempty"` // when the statement tells it
	Facture    string            `json:"facture,omitempty"`
	Banque     string            `json:"banque,omitempty"` // the bank's own reference of the entry
	Cles       Cles              `json:"cles,omitzero"`
}

// brut gives what the payers paid or took back, without its sign.
func (l *Ligne) brut() simphonie.Montant {
	if l.Montant < 0 {
		return -l.Montant
	}
	return l.Montant + l.Commission
}

// Etape gives the last step of the payment that the line shows.
func (l Ligne) Etape() Etape { return Etape{Nom: EtapeReleve, Le: l.Le, Cles: l.Cles} }

func (l *Ligne) defauts() []string {
	noms := l.Cles.defauts()
	if l.Numero < 1 {
		noms = append(noms, "numero")
	}
	if !slices.Contains(natures, l.Nature) {
		noms = append(noms, "nature")
	}
	if l.Le.IsZero() {
		noms = append(noms, "le")
	}
	if l.Montant == 0 || l.Montant > MontantMax || l.Montant < -MontantMax || (l.Montant > 0) != (l.Nature == Encaissement) {
		noms = append(noms, "montant")
	}
	if l.Commission < 0 || l.Commission > MontantMax || l.Commission != 0 && l.Nature != Encaissement {
		noms = append(noms, "commission")
	}
	if l.Modalite != "" && l.Modalite.Valide() != nil {
		noms = append(noms, "modalite")
	}
	if l.Facture != "" && !texteAdmis(l.Facture) {
		noms = append(noms, "facture")
	}
	if l.Banque != "" && !texteAdmis(l.Banque) {
		noms = append(noms, "banque")
	}
	return noms
}

// Releve is a statement of one account. It shows every line of the account on
// every day of its period: that is how a line that two statements show is
// told from two lines that look alike.
type Releve struct {
	ID      string            `json:"id"` // unique, whatever the account
	Compte  string            `json:"compte"`
	Periode simphonie.Periode `json:"periode"` // both ends known
	Lignes  []Ligne           `json:"lignes"`
}

func (r *Releve) defauts() []string {
	var noms []string
	if !texteAdmis(r.ID) {
		noms = append(noms, "id")
	}
	if !texteAdmis(r.Compte) {
		noms = append(noms, "compte")
	}
	if r.Periode.Du.IsZero() || r.Periode.Au.IsZero() || !r.Periode.Valide() {
		noms = append(noms, "periode")
	}
	return noms
}

// verifie reports every fault of a statement.
func (r *Releve) verifie(chemin string) error {
	var fautes []error
	for _, nom := range r.defauts() {
		fautes = append(fautes, erreur("RAPP-RELEVE", chemin+"."+nom, "missing or not of the documented form"))
	}
	vus := make(map[int]bool, len(r.Lignes))
	for i := range r.Lignes {
		l := &r.Lignes[i]
		la := func(nom string) string { return chemin + ".lignes[" + strconv.Itoa(i) + "]." + nom }
		for _, nom := range l.defauts() {
			fautes = append(fautes, erreur("RAPP-LIGNE", la(nom), "missing, out of bounds, of the wrong sign or not of the documented form"))
		}
		if !l.Le.IsZero() && !r.Periode.Contains(l.Le) {
			fautes = append(fautes, erreur("RAPP-LIGNE-PERIODE", la("le"), "the day is out of the period of the statement"))
		}
		if vus[l.Numero] {
			fautes = append(fautes, erreur("RAPP-LIGNE-NUMERO", la("numero"), "the number stands twice in the statement"))
		}
		vus[l.Numero] = true
	}
	return errors.Join(fautes...)
}
