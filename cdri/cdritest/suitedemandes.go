package cdritest

import (
	"fmt"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
)

// demandeMinimale has the four criteria and nothing else.
func demandeMinimale() modele.Demande {
	return modele.Demande{EJ: "750712184", Moment: modele.Admission, Assure: simphonie.NIRRecu(nirAssure),
		Naissance: naissance("1981-01-01"), Rang: "1", Regime: "01"}
}

// demandes writes requests at their least, at their greatest and in between,
// and asks that each criterion leaves a mark in the message.
func (s *suite) demandes() {
	minimale := s.encode("demande minimale", demandeMinimale())
	variantes := map[string]func(*modele.Demande){
		"autre assuré":         func(d *modele.Demande) { d.Assure = simphonie.NIRRecu(nirCorse) },
		"autre naissance":      func(d *modele.Demande) { d.Naissance = naissance("1981-01-02") },
		"naissance lunaire":    func(d *modele.Demande) { d.Naissance = naissance("1950-42-00") },
		"autre rang":           func(d *modele.Demande) { d.Rang = "2" },
		"autre régime":         func(d *modele.Demande) { d.Regime = "02" },
		"autre régime, inédit": func(d *modele.Demande) { d.Regime = "99" },
	}
	vues := map[string]string{minimale: "demande minimale"}
	for nom, change := range variantes {
		d := demandeMinimale()
		change(&d)
		x := s.encode("demande "+nom, d)
		if autre, deja := vues[x]; deja && x != "" {
			s.faute("demande "+nom, "the message is the same as that of %q: a criterion is lost", autre)
		}
		vues[x] = nom
	}
	for _, m := range []modele.Moment{modele.PreAdmission, modele.Admission, modele.Facturation} {
		d := demandeMinimale()
		d.Moment, d.Caisse, d.Centre, d.DateReference = m, "751", "0000", jour("2026-11-02")
		d.Beneficiaire = simphonie.NIRRecu(nirCorse)
		if x := s.encode("demande complète "+m.String(), d); x == minimale {
			s.faute("demande complète "+m.String(), "nothing optional is in the message")
		}
	}
	for nom, d := range map[string]*modele.Demande{"nil": nil, "vide": {}} {
		if _, err := s.encodeBrut("demande "+nom, d); err == nil {
			s.faute("demande "+nom, "is written: an error is wanted")
		}
	}
}

// encode writes a request twice and gives its text.
func (s *suite) encode(cas string, d modele.Demande) string {
	avant := d
	var textes [2]string
	for i := range textes {
		el, err := s.encodeBrut(cas, &d)
		if err != nil || el == nil {
			s.faute(cas, "is refused: %v", err)
			return ""
		}
		if s.relit(cas, el) == nil {
			return ""
		}
		if el.NamespaceURI() == "" || el.Parent() != nil {
			s.faute(cas, "the element declares its own namespace and has no parent")
		}
		textes[i], err = etree.NewDocumentWithRoot(el).WriteToString()
		if err != nil {
			s.faute(cas, "cannot be written: %v", err)
		}
	}
	if textes[0] != textes[1] {
		s.faute(cas, "the same request gives two messages")
	}
	if d != avant {
		s.faute(cas, "the codec changes the request")
	}
	return textes[0]
}

func (s *suite) encodeBrut(cas string, d *modele.Demande) (el *etree.Element, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.faute(cas, "EncodeDemande panics: %v", p)
			err = fmt.Errorf("panic")
		}
	}()
	el, err = s.c.EncodeDemande(d)
	if err != nil {
		s.sansDonnees(cas, err)
	}
	return el, err
}
