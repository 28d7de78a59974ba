package dossier

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/jsonstrict"
	"github.com/simphonie/simphonie/roc/modele"
)

// Encode writes a dossier for storage that the caller protects: personal data
// are whole.
func Encode(d *Dossier) ([]byte, error) {
	if err := d.valide(); err != nil {
		return nil, err
	}
	return simphonie.MarshalEnClair(d)
}

// Decode reads what Encode wrote, in this release or a former one. A dossier
// that no sequence of events can give is refused: it was changed by hand, or damaged.
func Decode(b []byte) (*Dossier, error) {
	var d Dossier
	if err := jsonstrict.Decode(b, &d); err != nil {
		return nil, err
	}
	if err := d.valide(); err != nil {
		return nil, err
	}
	return &d, nil
}

// valide checks what every dossier holds true.
func (d *Dossier) valide() error {
	faux := func(chemin string) error {
		return &simphonie.Erreur{Code: "ROC-DOSSIER-INCOHERENT", Service: "ROC", Chemin: chemin, Detail: "no sequence of events gives this"}
	}
	switch {
	case d == nil || d.Venue == "" || d.AMC == "" || d.AMC != simphonie.NumeroAMC(d.AMC.Canonique()):
		return &simphonie.Erreur{Code: "ROC-DOSSIER-CLE", Service: "ROC", Chemin: "venue, amc", Detail: "a visit and an insurer are wanted"}
	case d.Version != version:
		return &simphonie.Erreur{Code: "ROC-DOSSIER-VERSION", Service: "ROC", Chemin: "version", Detail: "saved by another release than this one can read"}
	}
	engage := d.Etat >= Calcule && d.Etat <= Rejete
	dehors := d.Etat == Facture || d.Etat == Paye || d.Etat == PartPaye
	regle, err := d.Regle()
	switch {
	case d.Etat > Annule:
		return faux("etat")
	case engage != (d.Calcul != nil):
		return faux("calcul")
	case dehors != (d.Emission != nil):
		return faux("emission")
	case d.Annules < 0 || d.Etat == Annule && d.Annules == 0:
		return faux("annules")
	case err != nil, dehors && (d.Etat == Paye) != (regle > 0 && regle >= d.Emission.Total), (d.Etat == PartPaye) != (regle > 0 && d.Etat != Paye):
		return faux("reglements")
	case d.Emission != nil && !d.Emission.saine(d.AMC):
		return faux("emission")
	}
	requetes := map[string]bool{}
	for i := range d.Appels {
		a := &d.Appels[i]
		if a.Requete == "" || requetes[a.Requete] || a.Service == 0 || a.Moment == 0 || a.Statut == 0 || a.Statut == Parti && (d.Suspens == nil || d.Suspens.Requete != a.Requete) {
			return faux("appels")
		}
		requetes[a.Requete] = true
	}
	return d.valideEngagement(faux)
}

// valideEngagement checks the call that is awaited and the live CLC.
func (d *Dossier) valideEngagement(faux func(string) error) error {
	if s := d.Suspens; s != nil {
		attendu := Parti
		if s.AClarifier {
			attendu = SansReponse
		}
		i := slices.IndexFunc(d.Appels, func(a Appel) bool { return a.Requete == s.Requete })
		if i < 0 || !s.Service.Engage() || d.Appels[i].Service != s.Service || d.Appels[i].Statut != attendu || (s.Service == modele.CLC) != (d.Calcul == nil) || s.Service == modele.CLC && s.Lignes <= 0 {
			return faux("suspens")
		}
	}
	if c := d.Calcul; c != nil {
		i := slices.IndexFunc(d.Appels, func(a Appel) bool { return a.Requete == c.Requete })
		if i < 0 || !d.Appels[i].engage() || d.Appels[i].Empreinte != c.Empreinte || c.Empreinte.IsZero() || c.Lignes <= 0 ||
			len(c.Montants) > 0 && !c.Douteux && !complets(c.Montants, c.Lignes) {
			return faux("calcul")
		}
	}
	return nil
}

// engage says that a CLC committed the insurer.
func (a *Appel) engage() bool {
	return a.Service == modele.CLC && (a.Statut == Repondu && a.Retour != nil && a.Retour.Issue.Sens == modele.Accepte ||
		a.Statut == Decide && a.Decision != nil && a.Decision.Verdict == Effective)
}

// saine says that an invoice asks this insurer alone, and what it sums to.
func (e *Emission) saine(amc simphonie.NumeroAMC) bool {
	var t simphonie.Montant
	for _, p := range e.Parts {
		var err error
		if t, err = t.Add(p.Montant); err != nil || p.Debiteur != simphonie.AMC(amc) || p.Etat != facture.Engage && p.Etat != facture.Facturee {
			return false
		}
	}
	return e.Numero != "" && t == e.Total && t > 0
}
