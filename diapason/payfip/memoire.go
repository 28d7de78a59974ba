package payfip

import (
	"encoding/json"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/jsonstrict"
)

// formatDossier names the form of a dossier and its version.
const formatDossier = "simphonie.payfip.dossier/1"

type dossierEcrit struct {
	Format string `json:"format"`
	Dossier
}

// Encode writes a dossier for a store. It holds no personal data.
func (d *Dossier) Encode() ([]byte, error) {
	if err := d.valide(); err != nil {
		return nil, err
	}
	return json.Marshal(dossierEcrit{formatDossier, *d})
}

// DecodeDossier reads what Encode wrote, in this release or a former one. A
// dossier that no sequence of events gives is refused.
func DecodeDossier(b []byte) (*Dossier, error) {
	var e dossierEcrit
	if err := jsonstrict.Decode(b, &e); err != nil {
		return nil, err
	}
	if e.Format != formatDossier {
		return nil, erreur("PAYFIP-DOSSIER-VERSION", "format", "saved by another release than this one can read")
	}
	if err := e.Dossier.valide(); err != nil {
		return nil, err
	}
	return &e.Dossier, nil
}

// valide checks what every dossier holds true.
func (d *Dossier) valide() error {
	faux := func(chemin string) error {
		return erreur("PAYFIP-DOSSIER", chemin, "no sequence of events gives this")
	}
	if d == nil || !d.Dette.valide() {
		return faux("dette")
	}
	if len(d.Tentatives) > tentativesMax {
		return faux("tentatives")
	}
	vus := map[IDOp]bool{}
	for i := range d.Tentatives {
		t := &d.Tentatives[i]
		nee := t.IDOp != ""
		switch {
		case t.Etat < Demandee || t.Etat > Impayee:
			return faux("etat")
		case nee == (t.Etat == Demandee || t.Etat == NonCreee), nee && (!t.IDOp.valide() || vus[t.IDOp]), nee == t.CreeeLe.IsZero():
			return faux("idOp")
		case t.Montant <= 0 || t.Montant > montantAbsolu:
			return faux("montant")
		case t.DemandeeLe.IsZero():
			return faux("demandeeLe")
		case t.Etat >= Abandonnee && t.Resultat == "" || !nee && t.Resultat != "" || !code(string(t.Resultat), 0, 10):
			return faux("resultat")
		case t.Decision != nil && !t.Decision.valide():
			return faux("decision")
		}
		vus[t.IDOp] = nee
	}
	return nil
}

// copie gives a dossier that shares nothing with d.
func (d *Dossier) copie() (*Dossier, error) {
	b, err := d.Encode()
	if err != nil {
		return nil, err
	}
	return DecodeDossier(b)
}

// errDossier says that what a store gave is not a dossier of the debt.
func errDossier() *simphonie.Erreur {
	return erreur("PAYFIP-MAGASIN", "dette", "the store gave the dossier of another debt")
}
