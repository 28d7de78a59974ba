package vitale

import (
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// noeud is an element and its path. Names count without their namespace, which
// is not published.
type noeud struct {
	el     *etree.Element
	chemin string
}

// enfant gives the only child of a name; its element is nil when there is none.
func (n noeud) enfant(nom string) (noeud, error) {
	e := noeud{chemin: n.chemin + "." + nom}
	for _, c := range n.el.ChildElements() {
		if c.Tag != nom {
			continue
		}
		if e.el != nil {
			return e, faute("DROITS-VITALE-FORME", e.chemin, "the element stands twice")
		}
		e.el = c
	}
	return e, nil
}

// texte gives the text of a child, "" when there is none.
func (n noeud) texte(nom string) (string, error) {
	e, err := n.enfant(nom)
	if err != nil || e.el == nil {
		return "", err
	}
	return e.valeur()
}

func (n noeud) valeur() (string, error) {
	t, err := xmlguard.Texte(n.el)
	if err != nil {
		return "", &simphonie.Erreur{Code: "DROITS-VITALE-FORME", Service: "Vitale", Chemin: n.chemin, Detail: "a text alone is wanted", Err: err}
	}
	return strings.TrimSpace(t), nil
}

// champ is a child and where its text goes.
type champ struct {
	nom  string
	vers *string
}

func (n noeud) textes(champs ...champ) (err error) {
	for _, c := range champs {
		if *c.vers, err = n.texte(c.nom); err != nil {
			return err
		}
	}
	return nil
}

// periode reads debut and fin; either may be missing.
func (n noeud) periode() (p simphonie.Periode, err error) {
	for _, x := range []struct {
		nom  string
		vers *simphonie.Jour
	}{{"debut", &p.Du}, {"fin", &p.Au}} {
		t, err := n.texte(x.nom)
		if err != nil {
			return p, err
		}
		if *x.vers, err = dateCivile(t, n.chemin+"."+x.nom); err != nil {
			return p, err
		}
	}
	return p, nil
}

// organisme reads the body of an accident: in orgGestion or in place, as
// elements of its parts or as nine characters in a row.
func (n noeud) organisme() (o simphonie.Organisme, err error) {
	e, err := n.enfant("orgGestion")
	if err != nil {
		return o, err
	}
	if e.el == nil {
		e = n
	}
	if len(e.el.ChildElements()) == 0 {
		t, err := e.valeur()
		t = sansBlancs(t)
		switch {
		case err != nil || t == "":
			return o, err
		case len(t) != 9:
			return o, faute("DROITS-VITALE-ORGANISME", e.chemin, "régime, caisse and centre are wanted, nine characters")
		}
		return simphonie.Organisme{Regime: t[:2], Caisse: t[2:5], Centre: t[5:]}, nil
	}
	for _, p := range []struct {
		vers *string
		noms []string
	}{{&o.Regime, []string{"codeRegime", "regime"}}, {&o.Caisse, []string{"caisse", "codeCaisse"}}, {&o.Centre, []string{"centreCarte", "centre", "codeCentre"}}} {
		for _, nom := range p.noms {
			t, err := e.texte(nom)
			if err != nil {
				return o, err
			}
			if *p.vers == "" {
				*p.vers = t
			}
		}
	}
	return o, nil
}

// dateCivile reads eight digits, day or year first: between 1900 and 2099 one
// order at most makes a date, since a year never begins as a month does.
func dateCivile(s, chemin string) (simphonie.Jour, error) {
	s = strings.NewReplacer("/", "", "-", "").Replace(s)
	if s == "" {
		return simphonie.Jour{}, nil
	}
	if len(s) == 8 && chiffres(s) {
		for _, iso := range []string{s[4:] + "-" + s[2:4] + "-" + s[:2], s[:4] + "-" + s[4:6] + "-" + s[6:]} {
			if j, err := simphonie.ParseJour(iso); err == nil && siecleConnu(iso) {
				return j, nil
			}
		}
	}
	return simphonie.Jour{}, faute("DROITS-VITALE-DATE", chemin, "eight digits of a date between 1900 and 2099 are wanted")
}

func siecleConnu(iso string) bool { return iso[:2] == "19" || iso[:2] == "20" }

// naissance reads eight digits, or six without the century, that lunar dates
// may hold.
func naissance(s string, jourDevant bool, chemin string) (simphonie.DateNaissance, error) {
	s = strings.NewReplacer("/", "", "-", "").Replace(s)
	if s == "" {
		return simphonie.DateNaissance{}, nil
	}
	if (len(s) == 8 || len(s) == 6) && chiffres(s) {
		n := len(s) - 4
		iso := s[:n] + "-" + s[n:n+2] + "-" + s[n+2:]
		if jourDevant {
			iso = s[4:] + "-" + s[2:4] + "-" + s[:2]
		}
		if d, err := simphonie.ParseDateNaissance(iso); err == nil {
			return d, nil
		}
	}
	return simphonie.DateNaissance{}, faute("DROITS-VITALE-DATE", chemin, "six or eight digits of a birth date are wanted")
}

func sansBlancs(s string) string { return strings.ReplaceAll(s, " ", "") }

func chiffres(s string) bool { return strings.Trim(s, "0123456789") == "" }
