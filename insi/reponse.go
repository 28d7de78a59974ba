package insi

import (
	"errors"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/soap"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// reponse is one decoded RESULTAT.
type reponse struct {
	cr        CodeCR
	individu  *Individu // set when cr is Trouvee, and only then
	anomalies simphonie.Anomalies
}

// decode reads a RESULTAT (WSDL 1.5.0). The order of elements is free, elements
// of the schema may not be doubled, what the schema does not know is flagged.
func decode(el *etree.Element) (*reponse, error) {
	d := &decodeur{}
	r := d.resultat(el)
	if d.err != nil {
		return nil, d.err
	}
	r.anomalies = d.anomalies
	return r, nil
}

// decodeur keeps the first error and every oddity.
type decodeur struct {
	err       error
	anomalies simphonie.Anomalies
	desordre  bool
}

func (d *decodeur) refuse(chemin, detail string) {
	if d.err == nil {
		d.err = refus("INSI-REPONSE", chemin, detail)
	}
}

func (d *decodeur) signale(r simphonie.Regle, chemin string, valeurs ...string) {
	d.anomalies = append(d.anomalies, r.Anomalie(chemin, valeurs...))
}

// attendu is a child that the schema has; several when liste.
type attendu struct {
	nom         string
	obligatoire bool
	liste       bool
}

// enfants sorts the children of el under the names of the schema.
func (d *decodeur) enfants(el *etree.Element, chemin string, schema ...attendu) map[string][]*etree.Element {
	recus := map[string][]*etree.Element{}
	rang := 0
	for _, t := range el.Child {
		switch t := t.(type) {
		case *etree.CharData:
			if strings.TrimSpace(t.Data) != "" {
				d.refuse(chemin, "text between elements")
			}
		case *etree.Element:
			i := 0
			for i < len(schema) && !xmlguard.Est(t, espaceResultat, schema[i].nom) {
				i++
			}
			switch {
			case i == len(schema):
				d.signale(regElement, chemin)
				continue
			case i < rang && !d.desordre:
				d.desordre = true
				d.signale(regOrdre, chemin)
			}
			rang = max(rang, i)
			recus[t.Tag] = append(recus[t.Tag], t)
		}
	}
	for _, s := range schema {
		switch n := len(recus[s.nom]); {
		case n == 0 && s.obligatoire:
			d.refuse(chemin+"."+s.nom, "the element is missing")
		case n > 1 && !s.liste:
			d.refuse(chemin+"."+s.nom, "the element stands more than once")
		}
	}
	return recus
}

// texte gives the value of a leaf, blanks around it left out, "" when it is absent.
func (d *decodeur) texte(els []*etree.Element, chemin string) string {
	if len(els) == 0 {
		return ""
	}
	s, err := xmlguard.Texte(els[0])
	if err != nil && d.err == nil {
		e := refus("INSI-REPONSE", chemin, "not a plain value")
		e.Err = err
		d.err = e
	}
	return strings.TrimSpace(s)
}

func (d *decodeur) resultat(el *etree.Element) *reponse {
	if !xmlguard.Est(el, espaceResultat, "RESULTAT") {
		d.refuse("RESULTAT", "another element than the answer of INSi")
		return nil
	}
	fils := d.enfants(el, "RESULTAT", attendu{nom: "CR", obligatoire: true}, attendu{nom: "INDIVIDU"})
	if d.err != nil {
		return nil
	}
	cr := d.enfants(fils["CR"][0], "CR", attendu{nom: "CodeCR", obligatoire: true}, attendu{nom: "LibelleCR"})
	r := &reponse{cr: CodeCR(d.texte(cr["CodeCR"], "CR.CodeCR"))}
	switch present := len(fils["INDIVIDU"]) == 1; {
	case d.err != nil:
	case !r.cr.Known():
		d.err = refus("INSI-CR-INCONNU", "CR.CodeCR", "an outcome that the SDK does not know"+r.cr.montrable()+": have it checked, it is neither a success nor an absence")
	case r.cr == Trouvee && !present:
		d.refuse("INDIVIDU", "one identity was found and none is given")
	case r.cr != Trouvee && present:
		d.refuse("INDIVIDU", "an identity is given with an outcome that has none")
	case present:
		r.individu = d.individu(fils["INDIVIDU"][0])
		r.individu.Reponse = simphonie.NewConfidentiel(enXML(el))
	}
	return r
}

func (d *decodeur) individu(el *etree.Element) *Individu {
	fils := d.enfants(el, "INDIVIDU", attendu{nom: "INSACTIF", obligatoire: true}, attendu{nom: "INSHISTO", liste: true}, attendu{nom: "TIQ", obligatoire: true})
	i := &Individu{}
	if d.err != nil {
		return i
	}
	i.Actif = d.identifiant(fils["INSACTIF"][0], "INSACTIF")
	for k, h := range fils["INSHISTO"] {
		i.Historique = append(i.Historique, d.identifiant(h, "INSHISTO["+strconv.Itoa(k)+"]"))
	}
	i.Traits = d.traits(fils["TIQ"][0])
	return i
}

func (d *decodeur) identifiant(el *etree.Element, chemin string) Identifiant {
	fils := d.enfants(el, chemin, attendu{nom: "IdIndividu", obligatoire: true}, attendu{nom: "OID", obligatoire: true}, attendu{nom: "DateDeb"}, attendu{nom: "DateFin"})
	if d.err != nil {
		return Identifiant{}
	}
	id := d.enfants(fils["IdIndividu"][0], chemin+".IdIndividu", attendu{nom: "NumIdentifiant", obligatoire: true}, attendu{nom: "Cle"}, attendu{nom: "TypeMatricule"})
	i := Identifiant{
		Numero:        simphonie.NewConfidentiel(d.texte(id["NumIdentifiant"], chemin+".NumIdentifiant")),
		Cle:           simphonie.NewConfidentiel(d.texte(id["Cle"], chemin+".Cle")),
		TypeMatricule: simphonie.NewConfidentiel(d.texte(id["TypeMatricule"], chemin+".TypeMatricule")),
		OID:           OID(d.texte(fils["OID"], chemin+".OID")),
		Debut:         d.jour(fils["DateDeb"], chemin+".DateDeb"),
		Fin:           d.jour(fils["DateFin"], chemin+".DateFin"),
	}
	switch {
	case i.Numero.IsZero():
		d.refuse(chemin+".NumIdentifiant", "the number is empty")
	case !formeOID.MatchString(string(i.OID)):
		d.refuse(chemin+".OID", "not an object identifier")
		return Identifiant{}
	case !i.OID.Known():
		d.signale(regOID, chemin+".OID", string(i.OID))
	}
	if !i.Debut.IsZero() && !i.Fin.IsZero() && i.Debut.After(i.Fin) {
		d.signale(regDates, chemin)
	}
	switch err := i.valide(); {
	case errors.Is(err, simphonie.ErrCle):
		d.signale(regCle, chemin)
	case err != nil:
		d.signale(regNumero, chemin)
	}
	return i
}

// valide refuses a number that is not 13 characters of a register, or a key
// that is not its own. An absent key is right.
func (i Identifiant) valide() error {
	if len(i.Numero.Clair()) != 13 || !i.Cle.IsZero() && len(i.Cle.Clair()) != 2 {
		return simphonie.ErrSyntaxe
	}
	if err := i.NIR().Valide(); !errors.Is(err, simphonie.ErrCleAbsente) {
		return err
	}
	return nil
}

func (d *decodeur) jour(els []*etree.Element, chemin string) simphonie.Jour {
	s := d.texte(els, chemin)
	if s == "" {
		return simphonie.Jour{}
	}
	j, err := simphonie.ParseJour(s)
	if err != nil {
		d.signale(regDate, chemin)
	}
	return j
}

func (d *decodeur) traits(el *etree.Element) TIQ {
	fils := d.enfants(el, "TIQ", attendu{nom: "NomNaissance"}, attendu{nom: "Prenom"}, attendu{nom: "ListePrenom"}, attendu{nom: "Sexe"},
		attendu{nom: "DateNaissance"}, attendu{nom: "LieuNaissance"})
	// bon says whether the value may be used as that trait.
	lit := func(nom string, bon func(string) bool) string {
		s := d.texte(fils[nom], "TIQ."+nom)
		if s == "" || !bon(s) {
			d.signale(regTrait, "TIQ."+nom)
		}
		return s
	}
	lexical := func(nom string) func(string) bool {
		return func(s string) bool {
			if defautLexical(s) != "" {
				d.signale(regLexique, "TIQ."+nom)
			}
			return true
		}
	}
	var t TIQ
	t.Nom = simphonie.NewConfidentiel(lit("NomNaissance", lexical("NomNaissance")))
	t.Prenom = simphonie.NewConfidentiel(d.texte(fils["Prenom"], "TIQ.Prenom"))
	if t.Prenom.IsZero() {
		d.signale(regPrenom, "TIQ.Prenom")
	} else {
		lexical("Prenom")(t.Prenom.Clair())
	}
	t.Prenoms = simphonie.NewConfidentiel(lit("ListePrenom", lexical("ListePrenom")))
	lit("Sexe", func(s string) bool { return t.Sexe.lit(s) })
	lit("DateNaissance", func(s string) bool {
		n, err := simphonie.ParseDateNaissance(s)
		if err != nil || n.SiecleInconnu() {
			return false
		}
		t.Naissance = n
		return true
	})
	t.Lieu = simphonie.NewConfidentiel(lit("LieuNaissance", formeCOG))
	return t
}

// enXML writes an element with the namespaces that its ancestors declare.
func enXML(el *etree.Element) string {
	c := el.Copy()
	for p := el.Parent(); p != nil; p = p.Parent() {
		for _, a := range p.Attr {
			if a.Space == "xmlns" && c.SelectAttr("xmlns:"+a.Key) == nil {
				c.CreateAttr("xmlns:"+a.Key, a.Value)
			}
			if a.Space == "" && a.Key == "xmlns" && c.SelectAttr("xmlns") == nil {
				c.CreateAttr("xmlns", a.Value)
			}
		}
	}
	b, err := soap.Bloc(c)
	if err != nil {
		return "" // the gate has let nothing in that cannot be written
	}
	return string(b)
}
