package cdritest

import (
	"errors"
	"fmt"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// espaceReference is the namespace of docs/CDRI-REFERENCE.md.
const espaceReference = "urn:simphonie:reference-non-officielle:cdri:1"

// CodesReference gives the outcomes of docs/CDRI-REFERENCE.md.
func CodesReference() map[modele.Sens]string {
	return map[modele.Sens]string{
		modele.Trouve: "TROUVE", modele.NonTrouve: "NON_TROUVE", modele.Ambigu: "AMBIGU", modele.RegimeNonOuvert: "REGIME_NON_OUVERT",
	}
}

// EcrivainReference is the server's side of the reference messages.
func EcrivainReference() Ecrivain {
	return Ecrivain{Reponse: ReferenceReponse, Lot: ReferenceLot, Codes: CodesReference()}
}

// ReferenceReponse writes DroitsConsultes, in the order of the page.
func ReferenceReponse(r *modele.Reponse) (*etree.Element, error) {
	if r == nil {
		return nil, errors.New("cdritest: no answer to write")
	}
	e := noeud{etree.NewElement("DroitsConsultes")}
	e.CreateAttr("xmlns", espaceReference)
	e.reponse(r)
	return e.Element, nil
}

// ReferenceLot writes DroitsConsultesLot.
func ReferenceLot(lignes []modele.LigneReponse) (*etree.Element, error) {
	lot := noeud{etree.NewElement("DroitsConsultesLot")}
	lot.CreateAttr("xmlns", espaceReference)
	for i := range lignes {
		l := &lignes[i]
		e := lot.dans("Ligne")
		e.si("Correlation", l.Correlation)
		switch {
		case l.Erreur != nil:
			f := e.dans("Erreur")
			f.si("Code", l.Erreur.Code)
			f.si("Libelle", l.Erreur.Libelle.Clair())
			f.si("Reessayable", fmt.Sprint(l.Erreur.Reessayable))
		case l.Reponse != nil:
			f := e.dans("DroitsConsultes")
			f.reponse(l.Reponse)
		default:
			return nil, fmt.Errorf("cdritest: line %d has neither an answer nor an error", i)
		}
	}
	return lot.Element, nil
}

// noeud is an element that is being written.
type noeud struct{ *etree.Element }

func (n noeud) dans(nom string) noeud { return noeud{n.CreateElement(nom)} }

// si writes a value that is there.
func (n noeud) si(nom, valeur string) {
	if valeur != "" {
		n.CreateElement(nom).SetText(valeur)
	}
}

func (n noeud) reponse(r *modele.Reponse) {
	n.si("Instant", r.Instant.Format(time.RFC3339Nano))
	i := n.dans("Issue")
	i.si("Code", r.Issue.Code)
	i.si("Libelle", r.Issue.Libelle.Clair())
	for _, m := range r.Messages {
		e := n.dans("Message")
		e.si("Code", m.Code)
		e.si("Libelle", m.Libelle.Clair())
	}
	if r.Droits != nil {
		n.dans("Droits").droits(r.Droits)
	}
}

func (n noeud) droits(a *droits.Acquisition) {
	n.dans("Beneficiaire").beneficiaire(&a.Beneficiaire)
	n.dans("Assure").nir(a.Assure.NIR)
	if m := a.MedecinTraitant; m != nil {
		e := n.dans("MedecinTraitant")
		e.si("Nom", m.Nom.Clair())
		e.si("Prenom", m.Prenom.Clair())
		e.si("NumeroAM", m.Numero)
		e.periode(m.Periode)
	}
	o := n.dans("OrganismeMaladie")
	o.parts(a.Organisme)
	o.si("NaturePJ", a.PieceAMO)
	o.si("CodeGestion", a.CodeGestion)
	o.periodes(a.Periodes)
	codes(n, "Exoneration", a.ETM)
	codes(n, "ContratParticulier", a.Contrats)
	if a.CHAANN != nil {
		n.dans("SpecificiteRegime").si("ChaAnn", *a.CHAANN)
	}
	if g := a.Grossesse; g != nil {
		e := n.dans("Maternite")
		e.si("DebutGrossesse", g.DebutGrossesse.String())
		e.si("Accouchement", g.Accouchement.String())
		e.organisme(g.Organisme)
		e.periodes(g.Periodes)
	}
	codes(n, "Modulation", a.MTM)
	if at := a.ATParDefaut; at != nil {
		e := n.dans("AtParDefaut")
		e.organisme(at.Organisme)
		e.periode(at.Periode)
	}
	for _, at := range a.AT {
		e := n.dans("AtDeclare")
		e.si("Identifiant", at.Identifiant)
		e.organisme(at.Organisme)
		e.periode(at.Periode)
	}
	codes(n, "SituationParticuliere", a.Situations)
}

func (n noeud) beneficiaire(b *droits.Beneficiaire) {
	n.si("NomFamille", b.Nom.Clair())
	n.si("NomUsage", b.NomUsage.Clair())
	n.si("Prenom", b.Prenom.Clair())
	n.si("Qualite", b.Qualite)
	if len(b.Adresse) > 0 {
		e := n.dans("Adresse")
		for i, l := range b.Adresse {
			e.si(fmt.Sprintf("Ligne%d", i+1), l.Clair())
		}
	}
	n.si("DateNaissance", b.Naissance.Clair())
	n.si("Rang", b.Rang)
	if !b.NIR.IsZero() {
		n.nir(b.NIR)
	}
}

func (n noeud) nir(nir simphonie.NIR) {
	s := nir.Clair()
	k := min(13, len(s))
	n.si("Nir", s[:k])
	n.si("Cle", s[k:])
}

func (n noeud) organisme(o simphonie.Organisme) {
	if !o.IsZero() {
		n.dans("Organisme").parts(o)
	}
}

func (n noeud) parts(o simphonie.Organisme) {
	n.si("Regime", o.Regime)
	n.si("Caisse", o.Caisse)
	n.si("Centre", o.Centre)
}

func (n noeud) periode(p simphonie.Periode) {
	if p != (simphonie.Periode{}) {
		n.periodes([]simphonie.Periode{p})
	}
}

func (n noeud) periodes(ps []simphonie.Periode) {
	for _, p := range ps {
		e := n.dans("Periode")
		e.si("Debut", p.Du.String())
		e.si("Fin", p.Au.String())
	}
}

func codes[C ~string](n noeud, nom string, ds []droits.Droit[C]) {
	for _, d := range ds {
		e := n.dans(nom)
		e.si("Code", string(d.Code))
		e.periodes(d.Periodes)
	}
}
