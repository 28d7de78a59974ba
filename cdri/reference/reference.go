// Package reference is a codec of CDRi that is not official: the smallest
// messages that carry the whole model. docs/CDRI-REFERENCE.md describes them.
// An editor replaces it by a codec written from SEL-MP-030.
package reference

import (
	"regexp"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/internal/refxml"
)

// Espace is the namespace of every element.
const Espace = "urn:simphonie:reference-non-officielle:cdri:1"

const lotMax = 100

// regElement reports what the page does not name.
var regElement = simphonie.Regle{Code: "CDRI-REF-ELEMENT", Source: "messages de référence", Gravite: simphonie.AVerifier,
	Message: "La réponse contient {0}, que le codec de référence ne connaît pas : à vérifier."}

// Regles lists the rules of this package.
func Regles() []simphonie.Regle { return []simphonie.Regle{regElement} }

var page = refxml.Page{Service: "CDRi", Espace: Espace, Double: "CDRI-REF-DOUBLE", Absent: "CDRI-REF-ABSENT", Valeur: "CDRI-REF-VALEUR", Inconnu: &regElement}

// Codec writes and reads the reference messages. The zero value is ready, and
// safe for concurrent use.
type Codec struct{}

var _ modele.CodecLot = Codec{}

// Profil says how the messages travel, and that they are not official.
func (Codec) Profil() modele.Profil {
	return modele.Profil{
		Nom: "reference-non-officielle", Version: "1", SOAP: modele.SOAP12,
		Action:    Espace + ":consulterDroits",
		ActionLot: Espace + ":consulterDroitsLot", LotMax: lotMax,
		SuffixeReponse: "Response",
	}
}

// Lexical forms of what is written.
var (
	formeFINESS      = regexp.MustCompile(`^[0-9A-Z]{9}$`)
	formeNir         = regexp.MustCompile(`^\d{5}(\d{2}|2A|2B)\d{6}$`)
	formeCle         = regexp.MustCompile(`^\d{2}$`)
	formeNaissance   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	formeRang        = regexp.MustCompile(`^\d$`)
	formeRegime      = regexp.MustCompile(`^\d{2}$`)
	formeCaisse      = regexp.MustCompile(`^\d{3}$`)
	formeCentre      = regexp.MustCompile(`^[0-9A-Z]{1,4}$`)
	formeCorrelation = regexp.MustCompile(`^[0-9A-Za-z-]{1,36}$`)
)

var moments = map[modele.Moment]string{
	modele.PreAdmission: "PREADMISSION",
	modele.Admission:    "ADMISSION",
	modele.Facturation:  "FACTURATION",
}

// EncodeDemande writes ConsulterDroits. A value that the page does not allow
// is CDRI-REF-VALEUR, with its path and without the value.
func (Codec) EncodeDemande(d *modele.Demande) (*etree.Element, error) {
	if d == nil {
		return nil, page.Erreur("CDRI-REF-VALEUR", "ConsulterDroits", "there is no request")
	}
	e := page.Ecris("ConsulterDroits")
	e.Feuille("Etablissement", string(d.EJ), formeFINESS)
	e.Feuille("Moment", moments[d.Moment], nil)
	e.Option("DateReference", d.DateReference.String(), nil)
	a := e.Dans("Assure")
	ecrisNIR(&a, d.Assure)
	b := e.Dans("Beneficiaire")
	if !d.Beneficiaire.IsZero() {
		ecrisNIR(&b, d.Beneficiaire)
	}
	b.Feuille("DateNaissance", d.Naissance.Clair(), formeNaissance)
	b.Feuille("Rang", d.Rang, formeRang)
	o := e.Dans("Organisme")
	o.Feuille("Regime", d.Regime, formeRegime)
	o.Option("Caisse", d.Caisse, formeCaisse)
	o.Option("Centre", d.Centre, formeCentre)
	return e.Message()
}

// EncodeLot writes ConsulterDroitsLot.
func (c Codec) EncodeLot(lignes []modele.LigneDemande) (*etree.Element, error) {
	if len(lignes) == 0 || len(lignes) > lotMax {
		return nil, page.Erreur("CDRI-REF-LOT", "ConsulterDroitsLot", "1 to 100 lines are wanted")
	}
	lot := page.Ecris("ConsulterDroitsLot")
	vues := make(map[string]bool, len(lignes))
	for _, l := range lignes {
		if vues[l.Correlation] {
			return nil, page.Erreur("CDRI-REF-LOT", "ConsulterDroitsLot", "a correlation stands twice")
		}
		vues[l.Correlation] = true
		e := lot.Dans("Ligne")
		e.Feuille("Correlation", l.Correlation, formeCorrelation)
		ligne, err := e.Message()
		if err != nil {
			return nil, err
		}
		demande, err := c.EncodeDemande(l.Demande)
		if err != nil {
			return nil, err
		}
		demande.RemoveAttr("xmlns") // the batch has it
		ligne.AddChild(demande)
	}
	return lot.Message()
}

// ecrisNIR separates number and key.
func ecrisNIR(e *refxml.Ecriture, n simphonie.NIR) {
	s := n.Clair()
	coupe := min(13, len(s))
	e.Feuille("Nir", s[:coupe], formeNir)
	e.Feuille("Cle", s[coupe:], formeCle)
}
