// Package reference is a codec of CDRi that is not official: the smallest
// messages that carry the whole model. docs/CDRI-REFERENCE.md describes them.
// An editor replaces it by a codec written from SEL-MP-030.
package reference

import (
	"regexp"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
)

// Espace is the namespace of every element.
const Espace = "urn:simphonie:reference-non-officielle:cdri:1"

const lotMax = 100

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
	el, err := demande(d)
	if err != nil {
		return nil, err
	}
	el.CreateAttr("xmlns", Espace)
	return el, nil
}

// EncodeLot writes ConsulterDroitsLot.
func (Codec) EncodeLot(lignes []modele.LigneDemande) (*etree.Element, error) {
	if len(lignes) == 0 || len(lignes) > lotMax {
		return nil, erreur("CDRI-REF-LOT", "ConsulterDroitsLot", "1 to 100 lines are wanted")
	}
	lot := etree.NewElement("ConsulterDroitsLot")
	lot.CreateAttr("xmlns", Espace)
	vues := make(map[string]bool, len(lignes))
	for _, l := range lignes {
		ligne := ecriture{el: lot.CreateElement("Ligne"), chemin: "ConsulterDroitsLot.Ligne"}
		ligne.valeur("Correlation", l.Correlation, formeCorrelation)
		el, err := demande(l.Demande)
		switch {
		case vues[l.Correlation]:
			return nil, erreur("CDRI-REF-LOT", "ConsulterDroitsLot", "a correlation stands twice")
		case ligne.err != nil:
			return nil, ligne.err
		case err != nil:
			return nil, err
		}
		vues[l.Correlation] = true
		ligne.el.AddChild(el)
	}
	return lot, nil
}

func demande(d *modele.Demande) (*etree.Element, error) {
	if d == nil {
		return nil, erreur("CDRI-REF-VALEUR", "ConsulterDroits", "there is no request")
	}
	e := ecriture{el: etree.NewElement("ConsulterDroits"), chemin: "ConsulterDroits"}
	e.valeur("Etablissement", string(d.EJ), formeFINESS)
	e.valeur("Moment", moments[d.Moment], nil)
	if !d.DateReference.IsZero() {
		e.valeur("DateReference", d.DateReference.String(), nil)
	}
	a := e.dans("Assure")
	a.nir(d.Assure)
	b := e.dans("Beneficiaire")
	if !d.Beneficiaire.IsZero() {
		b.nir(d.Beneficiaire)
	}
	b.valeur("DateNaissance", d.Naissance.Clair(), formeNaissance)
	b.valeur("Rang", d.Rang, formeRang)
	o := e.dans("Organisme")
	o.valeur("Regime", d.Regime, formeRegime)
	if d.Caisse != "" {
		o.valeur("Caisse", d.Caisse, formeCaisse)
	}
	if d.Centre != "" {
		o.valeur("Centre", d.Centre, formeCentre)
	}
	for _, f := range []*ecriture{&e, &a, &b, &o} {
		if f.err != nil {
			return nil, f.err
		}
	}
	return e.el, nil
}

// ecriture writes the children of one element and keeps the first refusal.
type ecriture struct {
	el     *etree.Element
	chemin string
	err    error
}

func (e *ecriture) dans(nom string) ecriture {
	return ecriture{el: e.el.CreateElement(nom), chemin: e.chemin + "." + nom}
}

// valeur writes a leaf; a nil form refuses the empty value only.
func (e *ecriture) valeur(nom, v string, forme *regexp.Regexp) {
	if e.err == nil && (v == "" || forme != nil && !forme.MatchString(v)) {
		e.err = erreur("CDRI-REF-VALEUR", e.chemin+"."+nom, "the value is not of the form of the page")
	}
	e.el.CreateElement(nom).SetText(v)
}

func (e *ecriture) nir(n simphonie.NIR) {
	num, cle := couper(n.Clair())
	e.valeur("Nir", num, formeNir)
	e.valeur("Cle", cle, formeCle)
}

// couper separates number and key.
func couper(s string) (num, cle string) {
	k := min(13, len(s))
	return s[:k], s[k:]
}

func erreur(c simphonie.Code, chemin, detail string) error {
	return &simphonie.Erreur{Code: c, Service: "CDRi", Chemin: chemin, Detail: detail}
}
