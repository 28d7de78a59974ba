package roctest

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

var errRien = errors.New("roctest: no answer to write")

// EcrivainReference is the server's side of the reference messages.
func EcrivainReference() Ecrivain {
	return Ecrivain{IDB: ReferenceIDB, SIM: ReferenceSIM, CLC: ReferenceCLC, Annulation: ReferenceAnnulation, Issues: issuesReference()}
}

// issuesReference lists the outcomes of the page, and one that it has not.
func issuesReference() []modele.Issue {
	is := []modele.Issue{{Sens: modele.Accepte, Code: Accepte}, {Sens: modele.Indetermine, Code: Doublon}, {Sens: modele.Indisponible, Code: Indisponible},
		{Sens: modele.SensAVerifier, Code: "DOSSIER_A_REVOIR"}}
	for code, m := range motifs {
		s := modele.Refuse
		if m == modele.DonneeManquante || m == modele.ChoixContrat || m == modele.ChoixConvention {
			s = modele.Incomplet
		}
		is = append(is, modele.Issue{Sens: s, Motif: m, Code: code})
	}
	slices.SortFunc(is, func(a, b modele.Issue) int { return strings.Compare(a.Code, b.Code) })
	return is
}

// ReferenceIDB writes ReponseIDB, in the order of the page.
func ReferenceIDB(r *modele.Identification) (*etree.Element, error) {
	if r == nil {
		return nil, errRien
	}
	n := racine(modele.IDB, &r.Retour)
	for i := range r.Contrats {
		c := &r.Contrats[i]
		e := n.dans("Contrat")
		e.si("Identifiant", c.Identifiant.Clair())
		e.si("Libelle", c.Libelle.Clair())
		e.si("TypeConvention", c.Convention)
		e.si("CSR", c.CSR)
		e.si("Debut", c.Periode.Du.String())
		e.si("Fin", c.Periode.Au.String())
	}
	return n.Element, nil
}

// ReferenceSIM writes ReponseSIM.
func ReferenceSIM(r *modele.Simulation) (*etree.Element, error) {
	if r == nil {
		return nil, errRien
	}
	n := racine(modele.SIM, &r.Retour)
	n.montants(r.Montants, r.Total)
	return n.Element, nil
}

// ReferenceCLC writes ReponseCLC.
func ReferenceCLC(r *modele.Calcul) (*etree.Element, error) {
	if r == nil {
		return nil, errRien
	}
	n := racine(modele.CLC, &r.Retour)
	n.montants(r.Montants, r.Total)
	n.si("Engagement", r.Engagement)
	n.si("Fin", r.Fin.String())
	return n.Element, nil
}

// ReferenceAnnulation writes ReponseAnnulation.
func ReferenceAnnulation(r *modele.Annulation) (*etree.Element, error) {
	if r == nil {
		return nil, errRien
	}
	return racine(modele.DEL, &r.Retour).Element, nil
}

// noeud is an element that is being written.
type noeud struct{ *etree.Element }

func racine(s modele.Service, r *modele.Retour) noeud {
	n := noeud{etree.NewElement(noms[s].reponse)}
	n.CreateAttr("xmlns", espaceReference)
	n.si("Requete", r.Requete)
	if !r.Instant.IsZero() {
		n.si("Instant", r.Instant.Format(time.RFC3339Nano))
	}
	i := n.dans("Issue")
	i.si("Code", r.Issue.Code)
	i.si("Libelle", r.Issue.Libelle.Clair())
	for _, f := range r.Erreurs {
		e := n.dans("Erreur")
		e.si("Code", f.Code)
		e.si("Groupe", f.Groupe)
		e.si("Libelle", f.Libelle.Clair())
	}
	for _, m := range r.Messages {
		n.dit("Message", m.Code, m.Libelle)
	}
	for _, c := range r.Consignes {
		n.dit("Consigne", c.Code, c.Libelle)
	}
	return n
}

func (n noeud) dans(nom string) noeud { return noeud{n.CreateElement(nom)} }

// si writes a value that is there.
func (n noeud) si(nom, valeur string) {
	if valeur != "" {
		n.CreateElement(nom).SetText(valeur)
	}
}

func (n noeud) dit(nom, code string, libelle simphonie.Confidentiel) {
	e := n.dans(nom)
	e.si("Code", code)
	e.si("Libelle", libelle.Clair())
}

func (n noeud) montants(ms []modele.Montant, total *simphonie.Montant) {
	for _, m := range ms {
		e := n.dans("Montant")
		e.si("Rang", strconv.Itoa(m.Ligne+1))
		e.si("Part", m.Part.String())
		if m.Reste != nil {
			e.si("Reste", m.Reste.String())
		}
	}
	if total != nil {
		n.si("Total", total.String())
	}
}
