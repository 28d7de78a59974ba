// Package reference is a codec of ROC that is not official: the smallest
// messages that carry the whole model. docs/ROC-REFERENCE.md describes them.
// An editor replaces it by a codec written from the norm HospiAMC.
package reference

import (
	"regexp"
	"strconv"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/refxml"
	"github.com/simphonie/simphonie/roc/modele"
)

// Espace is the namespace of every element.
const Espace = "urn:simphonie:reference-non-officielle:roc:1"

const lignesMax = 999

// regElement reports what the page does not name.
var regElement = simphonie.Regle{Code: "ROC-REF-ELEMENT", Source: "messages de référence", Gravite: simphonie.AVerifier,
	Message: "La réponse contient {0}, que le codec de référence ne connaît pas : à vérifier."}

// Regles lists the rules of this package.
func Regles() []simphonie.Regle { return []simphonie.Regle{regElement} }

var page = refxml.Page{Service: "ROC", Espace: Espace, Double: "ROC-REF-DOUBLE", Absent: "ROC-REF-ABSENT", Valeur: "ROC-REF-VALEUR", Inconnu: &regElement}

// Codec writes and reads the reference messages. The zero value is ready, and
// safe for concurrent use.
type Codec struct{}

var _ modele.Codec = Codec{}

// Profil says how the messages travel, and that they are not official.
func (Codec) Profil() modele.Profil {
	return modele.Profil{Nom: "reference-non-officielle", Version: "1", SOAP: modele.SOAP12, SansEntete: true,
		Actions: map[modele.Service]string{modele.IDB: Espace + ":idb", modele.SIM: Espace + ":sim", modele.CLC: Espace + ":clc", modele.DEL: Espace + ":annulation"}}
}

// Lexical forms of what is written.
var (
	formeRequete    = regexp.MustCompile(`^[0-9A-Za-z-]{1,36}$`)
	formeFINESS     = regexp.MustCompile(`^[0-9A-Z]{9}$`)
	formeVenue      = regexp.MustCompile(`^[0-9A-Za-z./_-]{1,20}$`)
	formeAMC        = regexp.MustCompile(`^[0-9A-Z]{1,10}$`)
	formeConvention = regexp.MustCompile(`^[0-9A-Z]{2}$`)
	formeCSR        = regexp.MustCompile(`^[!-~]{1,24}$`)
	formeDomaine    = regexp.MustCompile(`^[0-9A-Z]{1,8}$`)
	formeNir        = regexp.MustCompile(`^\d{5}(\d{2}|2A|2B)\d{6}$`)
	formeCle        = regexp.MustCompile(`^\d{2}$`)
	formeNaissance  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	formeRang       = regexp.MustCompile(`^\d$`)
	formeNom        = regexp.MustCompile(`^\S(.{0,78}\S)?$`)
	formeMontant    = regexp.MustCompile(`^-?(0|[1-9]\d{0,11})\.\d{2}$`)
	formeDecimal    = regexp.MustCompile(`^-?(0|[1-9]\d{0,8})(\.\d{1,6})?$`)
	formeTaux       = regexp.MustCompile(`^(100(\.00?)?|\d{1,2}(\.\d{1,2})?)$`)
	formeQuantite   = regexp.MustCompile(`^[1-9]\d{0,4}$`)
	formeLigne      = regexp.MustCompile(`^[1-9]\d{0,3}$`)
	formeCode       = regexp.MustCompile(`^[0-9A-Z]{1,5}$`)
	formeEngagement = regexp.MustCompile(`^[!-~]{1,64}$`)
)

var moments = map[modele.Moment]string{modele.PreAdmission: "PREADMISSION", modele.Admission: "ADMISSION", modele.EnCours: "EN_COURS", modele.Sortie: "SORTIE"}

var etats = map[facture.Etat]string{facture.Theorique: "THEORIQUE", facture.Simule: "SIMULE", facture.Engage: "ENGAGE", facture.Facturee: "FACTURE"}

// EncodeIDB writes DemandeIDB. A value that the page does not allow is
// ROC-REF-VALEUR, with its path and without the value.
func (Codec) EncodeIDB(d *modele.DemandeIDB) (*etree.Element, error) {
	if d == nil {
		return nil, rien()
	}
	e := page.Ecris("DemandeIDB")
	entete(&e, &d.Entete)
	return e.Message()
}

// EncodeSIM writes DemandeSIM.
func (Codec) EncodeSIM(d *modele.DemandeSIM) (*etree.Element, error) {
	if d == nil {
		return nil, rien()
	}
	return chiffrage("DemandeSIM", &d.Entete, &d.Chiffrage)
}

// EncodeCLC writes DemandeCLC.
func (Codec) EncodeCLC(d *modele.DemandeCLC) (*etree.Element, error) {
	if d == nil {
		return nil, rien()
	}
	return chiffrage("DemandeCLC", &d.Entete, &d.Chiffrage)
}

// EncodeAnnulation writes DemandeAnnulation.
func (Codec) EncodeAnnulation(d *modele.DemandeAnnulation) (*etree.Element, error) {
	if d == nil {
		return nil, rien()
	}
	e := page.Ecris("DemandeAnnulation")
	entete(&e, &d.Entete)
	e.Feuille("Calcul", d.Calcul, formeRequete)
	e.Option("Engagement", d.Engagement, formeEngagement)
	return e.Message()
}

func rien() error { return page.Erreur("ROC-REF-VALEUR", "", "there is no request") }

func entete(racine *refxml.Ecriture, d *modele.Entete) {
	e := racine.Dans("Entete")
	e.Feuille("Requete", d.Requete, formeRequete)
	e.Feuille("EntiteJuridique", string(d.EJ), formeFINESS)
	e.Option("EntiteGeographique", string(d.EG), formeFINESS)
	e.Feuille("Venue", d.Venue, formeVenue)
	e.Feuille("Moment", moments[d.Moment], nil)
	e.Feuille("Date", d.Date.String(), formeNaissance)
	c, k := e.Dans("Couverture"), &d.Couverture
	c.Feuille("NumeroAMC", string(k.Cle.Numero), formeAMC)
	c.Option("TypeConvention", k.Cle.Convention, formeConvention)
	c.Option("CSR", k.Cle.CSR, formeCSR)
	c.Feuille("Domaine", string(k.Cle.Domaine), formeDomaine)
	c.Feuille("NumeroAdherent", k.Adherent.Clair(), formeNom)
	c.Option("Contrat", k.Contrat.Clair(), formeNom)
	b, p := e.Dans("Beneficiaire"), &d.Beneficiaire
	if n := p.NIR.Clair(); n != "" {
		coupe := min(13, len(n))
		b.Feuille("Nir", n[:coupe], formeNir)
		b.Feuille("Cle", n[coupe:], formeCle)
	}
	b.Feuille("DateNaissance", p.Naissance.Clair(), formeNaissance)
	b.Option("Rang", p.Rang, formeRang)
	b.Option("Nom", p.Nom.Clair(), formeNom)
	b.Option("Prenom", p.Prenom.Clair(), formeNom)
}

func chiffrage(racine string, d *modele.Entete, c *modele.Chiffrage) (*etree.Element, error) {
	if len(c.Lignes) == 0 || len(c.Lignes) > lignesMax {
		return nil, page.Erreur("ROC-REF-LIGNES", racine, "1 to 999 lines are wanted")
	}
	e := page.Ecris(racine)
	entete(&e, d)
	for i := range c.Lignes {
		l := &c.Lignes[i]
		x := e.Dans("Ligne")
		x.Feuille("Rang", strconv.Itoa(i+1), formeLigne)
		x.Feuille("Code", string(l.Code), formeCode)
		x.Feuille("Execution", l.Execution.String(), formeNaissance)
		x.Feuille("Quantite", strconv.Itoa(l.Quantite), formeQuantite)
		x.Feuille("Coefficient", l.Coefficient.String(), formeDecimal)
		x.Feuille("PrixUnitaire", l.PrixUnitaire.String(), formeDecimal)
		x.Feuille("Honoraires", l.Honoraires.String(), formeMontant)
		x.Feuille("BaseAMO", l.BRAMO.String(), formeMontant)
		x.Feuille("Taux", l.Taux.String(), formeTaux)
		x.Feuille("PartAMO", l.MRO.String(), formeMontant)
		x.Feuille("BaseAMC", l.BRAMC.String(), formeMontant)
		if m, ok := c.Attendue(d.Couverture.Cle.Numero, i); ok {
			x.Feuille("PartAttendue", m.String(), formeMontant)
		}
		for _, p := range c.Autres(i) {
			a := x.Dans("AutrePart")
			a.Feuille("NumeroAMC", string(p.Debiteur.AMC), formeAMC)
			a.Feuille("Montant", p.Montant.String(), formeMontant)
			a.Feuille("Etat", etats[p.Etat], nil)
		}
	}
	return e.Message()
}
