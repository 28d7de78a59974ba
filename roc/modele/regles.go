package modele

import (
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

const sourceUsage = "échanges préparatoires à la facturation (ROC)"

func regle(code simphonie.Code, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: sourceUsage, Gravite: g, Message: message}
}

var (
	regDemande     = regle("ROC-DEMANDE-VIDE", simphonie.Bloquante, "Il n'y a pas de demande.")
	regRequete     = regle("ROC-REQUETE", simphonie.Bloquante, "L'identifiant de la requête est absent ou mal formé.")
	regEJ          = regle("ROC-EJ", simphonie.Bloquante, "L'entité juridique qui interroge n'est pas donnée.")
	regVenue       = regle("ROC-VENUE", simphonie.Bloquante, "Le numéro de venue n'est pas donné.")
	regMoment      = regle("ROC-MOMENT-ABSENT", simphonie.Bloquante, "Le moment de l'appel n'est pas donné.")
	regDate        = regle("ROC-DATE", simphonie.Bloquante, "La date des droits n'est pas donnée.")
	regAMC         = regle("ROC-AMC", simphonie.Bloquante, "Le numéro de la complémentaire n'est pas donné.")
	regDomaine     = regle("ROC-DOMAINE", simphonie.Bloquante, "Le domaine de soins n'est pas donné : HOSP pour un séjour, EXTE pour des soins externes.")
	regAdherent    = regle("ROC-ADHERENT", simphonie.Bloquante, "Le numéro d'adhérent n'est pas donné.")
	regNaissance   = regle("ROC-NAISSANCE", simphonie.Bloquante, "La date de naissance du bénéficiaire n'est pas donnée, ou son siècle est inconnu.")
	regNIR         = regle("ROC-NIR", simphonie.AVerifier, "Le numéro d'immatriculation du bénéficiaire est mal formé, ou provisoire : il ne part pas.")
	regRang        = regle("ROC-RANG", simphonie.Bloquante, "Le rang de naissance est un chiffre.")
	regLignes      = regle("ROC-LIGNES", simphonie.Bloquante, "Il n'y a pas de ligne à chiffrer.")
	regPart        = regle("ROC-PART", simphonie.Bloquante, "La part {0} ne se rattache à aucune ligne, ou son débiteur a deux parts sur la même ligne.")
	regPrecedente  = regle("ROC-PRECEDENTE", simphonie.Bloquante, "La complémentaire interrogée ne peut pas se précéder elle-même, ni une autre être citée deux fois.")
	regCalculCible = regle("ROC-ANNULATION-CIBLE", simphonie.Bloquante, "Le calcul à annuler n'est pas désigné.")
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regDemande, regRequete, regEJ, regVenue, regMoment, regDate, regAMC, regDomaine, regAdherent, regNaissance,
		regNIR, regRang, regLignes, regPart, regPrecedente, regCalculCible}
}

type verification struct{ anomalies simphonie.Anomalies }

func (v *verification) si(faux bool, r *simphonie.Regle, chemin string, valeurs ...string) {
	if faux {
		v.anomalies = append(v.anomalies, r.Anomalie(chemin, valeurs...))
	}
}

// Verifie lists what keeps an IDB from being sent.
func (d *DemandeIDB) Verifie() simphonie.Anomalies {
	if d == nil {
		return simphonie.Anomalies{regDemande.Anomalie("demande")}
	}
	var v verification
	v.entete(&d.Entete)
	return v.anomalies
}

// Verifie lists what keeps a SIM from being sent.
func (d *DemandeSIM) Verifie() simphonie.Anomalies {
	if d == nil {
		return simphonie.Anomalies{regDemande.Anomalie("demande")}
	}
	var v verification
	v.entete(&d.Entete)
	v.chiffrage(&d.Chiffrage, d.Couverture.Cle.Numero)
	return v.anomalies
}

// Verifie lists what keeps a CLC from being sent.
func (d *DemandeCLC) Verifie() simphonie.Anomalies { return (*DemandeSIM)(d).Verifie() }

// Verifie lists what keeps an annulation from being sent.
func (d *DemandeAnnulation) Verifie() simphonie.Anomalies {
	if d == nil {
		return simphonie.Anomalies{regDemande.Anomalie("demande")}
	}
	var v verification
	v.entete(&d.Entete)
	v.si(!formeRequete(d.Calcul), &regCalculCible, "demande.calcul")
	return v.anomalies
}

func (v *verification) entete(e *Entete) {
	c, b := &e.Couverture, &e.Beneficiaire
	v.si(!formeRequete(e.Requete), &regRequete, "entete.requete")
	v.si(e.EJ == "", &regEJ, "entete.ej")
	v.si(e.Venue == "", &regVenue, "entete.venue")
	v.si(e.Moment == 0 || e.Moment > Sortie, &regMoment, "entete.moment")
	v.si(e.Date.IsZero(), &regDate, "entete.date")
	v.si(c.Cle.Numero.Canonique() == "", &regAMC, "entete.couverture.cle.numero")
	v.si(c.Cle.Domaine == "", &regDomaine, "entete.couverture.cle.domaine")
	v.si(c.Adherent.IsZero(), &regAdherent, "entete.couverture.adherent")
	v.si(b.Naissance.IsZero() || b.Naissance.SiecleInconnu(), &regNaissance, "entete.beneficiaire.naissance")
	v.si(!b.NIR.IsZero() && (b.NIR.Valide() != nil || provisoire(b.NIR.Clair())), &regNIR, "entete.beneficiaire.nir")
	v.si(b.Rang != "" && (len(b.Rang) != 1 || b.Rang[0] < '0' || b.Rang[0] > '9'), &regRang, "entete.beneficiaire.rang")
}

func (v *verification) chiffrage(c *Chiffrage, amc simphonie.NumeroAMC) {
	v.si(len(c.Lignes) == 0, &regLignes, "chiffrage.lignes")
	type cle struct {
		ligne    int
		debiteur simphonie.Debiteur
	}
	vues := map[cle]bool{}
	for i, p := range c.Parts {
		k := cle{p.Ligne, p.Debiteur}
		v.si(p.Ligne < 0 || p.Ligne >= len(c.Lignes) || p.Debiteur.IsZero() || vues[k], &regPart,
			"chiffrage.parts["+strconv.Itoa(i)+"]", strconv.Itoa(i+1))
		vues[k] = true
	}
	citees := map[string]bool{amc.Canonique(): true}
	for i, n := range c.Precedentes {
		v.si(n.Canonique() == "" || citees[n.Canonique()], &regPrecedente, "chiffrage.precedentes["+strconv.Itoa(i)+"]")
		citees[n.Canonique()] = true
	}
}

// provisoire says that a number is one of those that never leave the
// establishment (RG_BS602, RG_MF639).
func provisoire(n string) bool {
	return strings.HasPrefix(n, "555555") || len(n) > 7 && n[1:7] == "555555"
}

// formeRequete says that a text can identify a request.
func formeRequete(s string) bool {
	return len(s) > 0 && len(s) <= 36 && strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == ""
}

// Refus is a request that was not sent. It lists every fault, and no personal
// data.
type Refus struct{ Anomalies simphonie.Anomalies }

// Error lists the codes of the faults with their places.
func (r *Refus) Error() string {
	var b strings.Builder
	b.WriteString("request refused:")
	for i := range r.Anomalies {
		b.WriteString(" " + string(r.Anomalies[i].Code) + " (" + r.Anomalies[i].Chemin + ")")
	}
	return b.String()
}
