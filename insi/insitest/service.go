package insitest

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// Actions of the two operations (WSDL 1.5.0).
const (
	ActionTraits = "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"
	ActionVitale = "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale"
)

const (
	espaceTraits   = "http://www.cnamts.fr/INSiRecSans"
	espaceVitale   = "http://www.cnamts.fr/INSiRecVit"
	espaceResultat = "http://www.cnamts.fr/INSiResultat"
)

// A name is capitals, blanks, apostrophes, hyphens and double hyphens
// (SEL-MP-043 §2, §3.4.1): it begins neither with a blank nor with a hyphen,
// and blanks and apostrophes do not follow one another.
var (
	lettres = regexp.MustCompile(`^[A-Z'][A-Z' -]*$`)
	doubles = regexp.MustCompile(`[ '][ ']|---`)
)

func nom(s string) bool { return lettres.MatchString(s) && !doubles.MatchString(s) }

var (
	numero = passerelle.Motif(`\d{5}(\d{2}|2[AB])\d{6}`)
	cog    = passerelle.Motif(`[0-9][0-9AB][0-9]{3}`)
)

// criteresTraits is RECSANSVITALE. The schema lets all be absent and first
// names repeat; a search needs name, sex and date, and one first name a call.
var criteresTraits = passerelle.Modele{Nom: "RECSANSVITALE", Enfants: []passerelle.Modele{
	{Nom: "NomNaissance", Min: 1, Texte: nom},
	{Nom: "Prenom", Min: 1, Texte: nom},
	{Nom: "Sexe", Min: 1, Choix: []string{"M", "F"}},
	{Nom: "DateNaissance", Min: 1, Texte: passerelle.DateLunaire},
	{Nom: "LieuNaissance", Texte: cog},
}}

// criteresVitale is RECVITALE.
var criteresVitale = passerelle.Modele{Nom: "RECVITALE", Enfants: []passerelle.Modele{
	{Nom: "MatriculeIndividu", Enfants: []passerelle.Modele{{Nom: "NumIdentifiant", Min: 1, Texte: numero}}},
	{Nom: "MatriculeOD", Enfants: []passerelle.Modele{{Nom: "NumIdentifiant", Min: 1, Texte: numero}}},
	{Nom: "NomNaissance", Texte: nom},
	{Nom: "DateNaissance", Min: 1, Texte: passerelle.DateLunaire},
	{Nom: "RangNaissance", Texte: passerelle.Motif(`\d`)},
}}

// service is INSi behind the gateway.
type service struct{ identites []Identite }

func (s *service) passerelle() passerelle.Service {
	return passerelle.Service{
		Actions:   map[string]func(*passerelle.Requete) passerelle.Reponse{ActionTraits: s.traits, ActionVitale: s.vitale},
		Identites: func(corps *etree.Element) []string { return []string{designe(corps)} },
		CNClients: []string{"INSI-AUTO", "INSI-MANU"},
	}
}

// designe names the person asked about: birth name and date, or the number of
// the card and the date.
func designe(corps *etree.Element) string {
	qui := fils(corps, "NomNaissance")
	for _, m := range []string{"MatriculeOD", "MatriculeIndividu"} {
		if n := fils(corps, m, "NumIdentifiant"); n != "" {
			qui = n
		}
	}
	return qui + "/" + fils(corps, "DateNaissance")
}

// fils gives the text at the end of a path, or "".
func fils(el *etree.Element, chemin ...string) string {
	for _, nom := range chemin {
		if el = el.SelectElement(nom); el == nil {
			return ""
		}
	}
	return el.Text()
}

func (s *service) traits(q *passerelle.Requete) passerelle.Reponse {
	c := q.Corps
	if err := criteresTraits.Verifie(c, espaceTraits); err != nil {
		return passerelle.Reponse{Faute: passerelle.Refus("corps", err)}
	}
	return s.cherche(func(i *Identite) bool {
		sexe, lieu := fils(c, "Sexe"), fils(c, "LieuNaissance")
		return i.Nom == fils(c, "NomNaissance") && i.prenom(fils(c, "Prenom")) && (i.Sexe == "" || i.Sexe == sexe) &&
			i.Naissance == fils(c, "DateNaissance") && (lieu == "" || i.Lieu == "" || i.Lieu == lieu)
	})
}

func (s *service) vitale(q *passerelle.Requete) passerelle.Reponse {
	c := q.Corps
	if err := criteresVitale.Verifie(c, espaceVitale); err != nil {
		return passerelle.Reponse{Faute: passerelle.Refus("corps", err)}
	}
	individu, od := fils(c, "MatriculeIndividu", "NumIdentifiant"), fils(c, "MatriculeOD", "NumIdentifiant")
	if individu == "" && od == "" {
		return passerelle.Reponse{Faute: passerelle.Refus("corps", errors.New("RECVITALE: a number is wanted"))}
	}
	couverture := func(chemin ...string) string { return fils(q.Contexte, append([]string{"COUVERTURE"}, chemin...)...) }
	if couverture("ASSURE", "Id", "Num") != od || couverture("BENEFICIAIRE", "Nir", "Num") != individu ||
		couverture("ASSURE", "Id", "Cle")+couverture("BENEFICIAIRE", "Nir", "Cle") != "" {
		return passerelle.Reponse{Faute: passerelle.Refus("contexte", errors.New("COUVERTURE: the numbers of RECVITALE, without their key, are wanted"))}
	}
	return s.cherche(func(i *Identite) bool {
		nom, rang := fils(c, "NomNaissance"), fils(c, "RangNaissance")
		ouvrant := i.OuvrantDroit == od && od != "" || i.OuvrantDroit == "" && i.numeros(od)
		return i.Numero != "" && (individu == "" || i.numeros(individu)) && (od == "" || ouvrant) &&
			i.Naissance == fils(c, "DateNaissance") && (nom == "" || i.Nom == nom) && (rang == "" || rang == i.rang())
	})
}

func (i *Identite) rang() string {
	if i.Rang == "" {
		return "1"
	}
	return i.Rang
}

// cherche answers from the identities that match.
func (s *service) cherche(convient func(*Identite) bool) passerelle.Reponse {
	var trouvees []*Identite
	for k := range s.identites {
		if i := &s.identites[k]; convient(i) {
			trouvees = append(trouvees, i)
		}
	}
	switch {
	case slices.ContainsFunc(trouvees, func(i *Identite) bool { return i.Technique }):
		return passerelle.Reponse{Faute: passerelle.FauteTechnique()}
	case len(trouvees) == 0:
		return passerelle.Reponse{Corps: resultat("01", nil)}
	case len(trouvees) > 1 || trouvees[0].CR == "02":
		return passerelle.Reponse{Corps: resultat("02", nil)}
	}
	return passerelle.Reponse{Corps: resultat("00", trouvees[0])}
}

var libelles = map[string]string{"00": "OK", "01": "Aucune identite trouvee", "02": "Plusieurs identites trouvees"}

// resultat writes RESULTAT.
func resultat(cr string, i *Identite) *etree.Element {
	r := etree.NewElement("insi:RESULTAT")
	r.CreateAttr("xmlns:insi", espaceResultat)
	ajoute := func(el *etree.Element, nom, valeur string) {
		if valeur != "" {
			el.CreateElement("insi:" + nom).SetText(valeur)
		}
	}
	compte := r.CreateElement("insi:CR")
	ajoute(compte, "CodeCR", cr)
	ajoute(compte, "LibelleCR", libelles[cr])
	if i == nil {
		return r
	}
	matricule := func(nom string, m Matricule) {
		el := r.SelectElement("INDIVIDU").CreateElement("insi:" + nom)
		dates := func() {
			ajoute(el, "DateDeb", m.Debut)
			ajoute(el, "DateFin", m.Fin)
		}
		if i.DatesDevant {
			dates()
		}
		id := el.CreateElement("insi:IdIndividu")
		ajoute(id, "NumIdentifiant", m.Numero)
		ajoute(id, "Cle", m.Cle)
		if m.OID == "" {
			m.OID = OIDNIR
		}
		ajoute(el, "OID", m.OID)
		if !i.DatesDevant {
			dates()
		}
	}
	r.CreateElement("insi:INDIVIDU")
	matricule("INSACTIF", Matricule{Numero: i.Numero, Cle: i.Cle, OID: i.OID})
	for _, m := range i.Histo {
		matricule("INSHISTO", m)
	}
	tiq := r.SelectElement("INDIVIDU").CreateElement("insi:TIQ")
	ajoute(tiq, "NomNaissance", i.Nom)
	if i.AvecPrenom {
		ajoute(tiq, "Prenom", i.Prenoms[0])
	}
	ajoute(tiq, "ListePrenom", strings.Join(i.Prenoms, " "))
	ajoute(tiq, "Sexe", i.Sexe)
	ajoute(tiq, "DateNaissance", i.Naissance)
	ajoute(tiq, "LieuNaissance", i.Lieu)
	return r
}
