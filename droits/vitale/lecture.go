package vitale

import (
	"strconv"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// Beneficiaire is one person of the card.
type Beneficiaire struct {
	Droits droits.Acquisition
	// CentreGestion is the other centre of the card; billing uses centreCarte,
	// which is in Droits.
	CentreGestion string
	// Mutuelle is the number of the complementary body that the card names. It
	// is that of the C2S when there is one.
	Mutuelle simphonie.NumeroAMC
	// Suggestions help a person to read the text of exemptions.
	Suggestions []Suggestion
	Anomalies   simphonie.Anomalies
}

// Decode reads the document of a reader. le is when the card was read. Errors:
// XML-… when the document is refused, DROITS-VITALE-… with the path of the
// element otherwise.
func Decode(b []byte, le time.Time) ([]Beneficiaire, error) {
	doc, err := xmlguard.Parse(b, xmlguard.Limites{})
	if err != nil {
		return nil, err
	}
	return DecodeElement(doc.Root(), le)
}

// DecodeElement reads what an editor has already parsed: listeBenef, or an
// element that holds one, however deep.
func DecodeElement(racine *etree.Element, le time.Time) ([]Beneficiaire, error) {
	l := lecture{le: le}
	liste, err := l.liste(racine)
	if err != nil {
		return nil, err
	}
	var bs []Beneficiaire
	for i, el := range liste.ChildElements() {
		n := noeud{el, "listeBenef[" + strconv.Itoa(i) + "]"}
		b, err := l.beneficiaire(n)
		if err != nil {
			return nil, err
		}
		bs = append(bs, b)
	}
	if len(bs) == 0 {
		return nil, faute("DROITS-VITALE-FORME", "listeBenef", "no beneficiary in the document")
	}
	return bs, nil
}

func faute(code simphonie.Code, chemin, detail string) error {
	return &simphonie.Erreur{Code: code, Service: "Vitale", Chemin: chemin, Detail: detail}
}

type lecture struct{ le time.Time }

// liste finds the only listeBenef of the document.
func (l *lecture) liste(racine *etree.Element) (*etree.Element, error) {
	if racine == nil {
		return nil, faute("DROITS-VITALE-FORME", "", "empty document")
	}
	var trouvees []*etree.Element
	if racine.Tag == "listeBenef" {
		trouvees = append(trouvees, racine)
	}
	pile := []*etree.Element{racine}
	for len(pile) > 0 {
		el := pile[len(pile)-1]
		pile = pile[:len(pile)-1]
		for _, e := range el.ChildElements() {
			if e.Tag == "listeBenef" {
				trouvees = append(trouvees, e)
			}
			pile = append(pile, e)
		}
	}
	if len(trouvees) != 1 {
		return nil, faute("DROITS-VITALE-FORME", "listeBenef", "exactly one listeBenef is wanted")
	}
	return trouvees[0], nil
}

func (l *lecture) beneficiaire(n noeud) (Beneficiaire, error) {
	b := Beneficiaire{Droits: droits.Acquisition{Support: droits.SupportVitale, Le: l.le}}
	ident, err := n.enfant("ident")
	if err != nil {
		return b, err
	}
	if ident.el == nil {
		return b, faute("DROITS-VITALE-FORME", n.chemin+".ident", "a beneficiary without identity")
	}
	for _, lis := range []struct {
		nom string
		lit func(noeud, *Beneficiaire) error
	}{{"ident", litIdent}, {"amo", litAMO}, {"listeat", litAT}, {"cmu", litC2S}, {"mutuelle", litMutuelle}} {
		e, err := n.enfant(lis.nom)
		if err != nil {
			return b, err
		}
		if e.el == nil {
			continue
		}
		if err := lis.lit(e, &b); err != nil {
			return b, err
		}
	}
	if b.Droits.C2SCarte != nil {
		b.Droits.OC = b.Mutuelle
	}
	return b, nil
}

func litIdent(n noeud, b *Beneficiaire) error {
	p := &b.Droits.Beneficiaire
	var nir, nirCertifie, certification, nom, usuel, prenom string
	if err := n.textes(champ{"nir", &nir}, champ{"nirCertifie", &nirCertifie}, champ{"dateCertification", &certification}, champ{"rangDeNaissance", &p.Rang},
		champ{"nomPatronymique", &nom}, champ{"nomUsuel", &usuel}, champ{"prenomUsuel", &prenom}); err != nil {
		return err
	}
	b.Droits.Assure.NIR, p.NIR = simphonie.NIRRecu(sansBlancs(nir)), simphonie.NIRRecu(sansBlancs(nirCertifie))
	p.Nom, p.NomUsage, p.Prenom = simphonie.NewConfidentiel(nom), simphonie.NewConfidentiel(usuel), simphonie.NewConfidentiel(prenom)
	var err error
	if p.Certification, err = dateCivile(certification, n.chemin+".dateCertification"); err != nil {
		return err
	}
	if err = litAdresse(n, p); err != nil {
		return err
	}
	return litNaissance(n, b)
}

// litAdresse puts the five lines of the card in the lines 2 to 6.
func litAdresse(n noeud, p *droits.Beneficiaire) error {
	a, err := n.enfant("adresse")
	if err != nil || a.el == nil {
		return err
	}
	var lignes [6]simphonie.Confidentiel
	derniere := 0
	for i := 1; i <= 5; i++ {
		t, err := a.texte("ligne" + strconv.Itoa(i))
		if err != nil {
			return err
		}
		if t != "" {
			lignes[i], derniere = simphonie.NewConfidentiel(t), i+1
		}
	}
	p.Adresse = append(p.Adresse, lignes[:derniere]...)
	return nil
}

// litNaissance reads date, day first, and dateEnCarte, year first; the one
// that has its century is kept.
func litNaissance(n noeud, b *Beneficiaire) error {
	e, err := n.enfant("naissance")
	if err != nil || e.el == nil {
		return err
	}
	var date, enCarte string
	if err := e.textes(champ{"date", &date}, champ{"dateEnCarte", &enCarte}); err != nil {
		return err
	}
	x, err := naissance(date, true, e.chemin+".date")
	if err != nil {
		return err
	}
	y, err := naissance(enCarte, false, e.chemin+".dateEnCarte")
	if err != nil {
		return err
	}
	p := &b.Droits.Beneficiaire
	p.Naissance = x
	if x.IsZero() || x.SiecleInconnu() && !y.IsZero() && !y.SiecleInconnu() {
		p.Naissance = y
	}
	if !x.IsZero() && !y.IsZero() && !strings.HasSuffix(x.Clair(), y.Clair()) && !strings.HasSuffix(y.Clair(), x.Clair()) {
		b.Anomalies = append(b.Anomalies, regNaissance.Anomalie(e.chemin))
	}
	if p.Naissance.SiecleInconnu() {
		b.Anomalies = append(b.Anomalies, regSiecle.Anomalie(e.chemin))
	}
	return nil
}

func litAMO(n noeud, b *Beneficiaire) error {
	a := &b.Droits
	var libelle, medecin string
	if err := n.textes(champ{"qualBenef", &a.Beneficiaire.Qualite}, champ{"codeRegime", &a.Organisme.Regime}, champ{"caisse", &a.Organisme.Caisse}, champ{"centreCarte", &a.Organisme.Centre}, champ{"centreGestion", &b.CentreGestion}, champ{"codeGestion", &a.CodeGestion}, champ{"libelleExo", &libelle}, champ{"medecinTraitant", &medecin}); err != nil {
		return err
	}
	a.LibelleExo = simphonie.NewConfidentiel(libelle)
	b.Suggestions = Suggerer(a.LibelleExo)
	switch strings.ToUpper(medecin) {
	case "":
	case "O", "OUI", "TRUE", "1":
		a.MedecinTraitant = &droits.MedecinTraitant{Declare: simphonie.Oui}
	case "N", "NON", "FALSE", "0":
		a.MedecinTraitant = &droits.MedecinTraitant{Declare: simphonie.Non}
	default:
		b.Anomalies = append(b.Anomalies, regMedecin.Anomalie(n.chemin+".medecinTraitant"))
	}
	periodes, err := n.enfant("listePeriodesDroits")
	if err != nil || periodes.el == nil {
		return err
	}
	for i, e := range periodes.el.ChildElements() {
		p, err := noeud{e, periodes.chemin + "[" + strconv.Itoa(i) + "]"}.periode()
		if err != nil {
			return err
		}
		a.Periodes = append(a.Periodes, p)
	}
	return nil
}

// litAT reads the default organisme (at1) and two declared accidents.
func litAT(n noeud, b *Beneficiaire) error {
	for _, nom := range []string{"at1", "at2", "at3"} {
		e, err := n.enfant(nom)
		if err != nil {
			return err
		}
		if e.el == nil {
			continue
		}
		var at droits.ATDeclare
		if at.Organisme, err = e.organisme(); err != nil {
			return err
		}
		if at.Identifiant, err = e.texte("identifiant"); err != nil {
			return err
		}
		switch {
		case at == droits.ATDeclare{}:
		case nom == "at1":
			b.Droits.ATParDefaut = &droits.ATDeclare{Organisme: at.Organisme}
		default:
			b.Droits.AT = append(b.Droits.AT, at)
		}
	}
	return nil
}

func litC2S(n noeud, b *Beneficiaire) error {
	libelle, err := n.texte("typeCMU")
	if err != nil || libelle == "" {
		return err
	}
	c := droits.C2SCarte{Libelle: libelle}
	p, err := n.enfant("periode")
	if err == nil && p.el != nil {
		c.Periode, err = p.periode()
	}
	b.Droits.C2SCarte = &c
	return err
}

func litMutuelle(n noeud, b *Beneficiaire) error {
	t, err := n.texte("numIdent")
	b.Mutuelle = simphonie.NumeroAMC(t)
	return err
}
