package roctest

import (
	"fmt"
	"reflect"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/tarif"
)

// secrets are the personal texts of the examples. The number is that of a
// published test identity.
var secrets = []string{"CANARI & <ZOE>", "ADH-CANARI", "1810163220751", "CONTRAT-CANARI"}

func exempleEntete() modele.Entete {
	return modele.Entete{Requete: "0a4c7f0e-6f0e-4d3e-9f43-8f0f6b1f0001", EJ: "750712184", EG: "750100042", Venue: "26000001", Moment: modele.Sortie,
		Date: simphonie.MustJour("2026-11-02"),
		Couverture: modele.Couverture{Cle: simphonie.CleAMC{Numero: "0434243085", Convention: "RO", CSR: "030255400", Domaine: simphonie.Hospitalisation},
			Adherent: simphonie.NewConfidentiel(secrets[1]), Contrat: simphonie.NewConfidentiel(secrets[3])},
		Beneficiaire: modele.Beneficiaire{NIR: simphonie.NIRRecu(secrets[2] + "40"), Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1",
			Nom: simphonie.NewConfidentiel(secrets[0]), Prenom: simphonie.NewConfidentiel("LAURENT")}}
}

func exempleChiffrage() modele.Chiffrage {
	ligne := func(code tarif.Code, m simphonie.Montant) facture.Ligne {
		return facture.Ligne{Code: code, Execution: simphonie.MustJour("2026-11-02"), Reference: simphonie.MustJour("2026-11-02"), Support: -1, Quantite: 2, Coefficient: 10000,
			PrixUnitaire: simphonie.Prix(m) * 10_000 / 2, Honoraires: m, BRAMO: m, BRAMC: m, MRO: m / 2, MRC: m - m/2, Taux: simphonie.Cent / 2}
	}
	return modele.Chiffrage{Lignes: []facture.Ligne{ligne("PJ", 300000), ligne("FJ", 4000)}, Precedentes: []simphonie.NumeroAMC{"775671993"},
		Parts: []facture.Part{{Ligne: 0, Debiteur: simphonie.AMC("434243085"), Montant: 100000, Etat: facture.Theorique},
			{Ligne: 0, Debiteur: simphonie.AMC("775671993"), Montant: 5001, Etat: facture.Engage}}}
}

// demandes: all that was asked is said, and nothing panics.
func (s *suite) demandes() {
	changes := []struct {
		quoi string
		f    func(*modele.DemandeCLC)
	}{
		{"Requete", func(d *modele.DemandeCLC) { d.Requete = "r-2" }},
		{"EJ", func(d *modele.DemandeCLC) { d.EJ = "750000018" }},
		{"Venue", func(d *modele.DemandeCLC) { d.Venue = "26000002" }},
		{"Moment", func(d *modele.DemandeCLC) { d.Moment = modele.Admission }},
		{"Date", func(d *modele.DemandeCLC) { d.Date = d.Date.AddDays(1) }},
		{"AMC number", func(d *modele.DemandeCLC) { d.Couverture.Cle.Numero = "0434243086" }},
		{"member number", func(d *modele.DemandeCLC) { d.Couverture.Adherent = simphonie.NewConfidentiel("AUTRE") }},
		{"birth date", func(d *modele.DemandeCLC) {
			d.Beneficiaire.Naissance = simphonie.NaissanceLe(simphonie.MustJour("1981-01-02"))
		}},
		{"fees of a line", func(d *modele.DemandeCLC) { d.Lignes[1].Honoraires++ }},
		{"MRO of a line", func(d *modele.DemandeCLC) { d.Lignes[1].MRO++ }},
		{"quantity of a line", func(d *modele.DemandeCLC) { d.Lignes[1].Quantite++ }},
		{"a line", func(d *modele.DemandeCLC) { d.Lignes = d.Lignes[:1] }},
	}
	ecrit := func(cas string, f func() (*etree.Element, error)) string {
		var el *etree.Element
		if err := s.sur(cas, func() (err error) { el, err = f(); return err }); err != nil {
			s.faute(cas, "a good request is refused: %v", err)
			return ""
		}
		if el = s.relit(cas, el); el == nil {
			return ""
		}
		return texte(el)
	}
	nouvelle := func() *modele.DemandeCLC {
		return &modele.DemandeCLC{Entete: exempleEntete(), Chiffrage: exempleChiffrage()}
	}
	clc := func(d *modele.DemandeCLC) (*etree.Element, error) { return s.c.EncodeCLC(d) }
	sim := func(d *modele.DemandeCLC) (*etree.Element, error) { return s.c.EncodeSIM((*modele.DemandeSIM)(d)) }
	textes := map[string]string{}
	for nom, f := range map[string]func(*modele.DemandeCLC) (*etree.Element, error){"CLC": clc, "SIM": sim} {
		d := nouvelle()
		bon := ecrit(nom, func() (*etree.Element, error) { return f(d) })
		textes[nom] = bon
		if !reflect.DeepEqual(d, nouvelle()) {
			s.faute(nom, "the request itself was changed")
		}
		if bon != ecrit(nom, func() (*etree.Element, error) { return f(nouvelle()) }) {
			s.faute(nom, "the same request is not written twice alike")
		}
		for _, c := range changes {
			d := nouvelle()
			c.f(d)
			cas := nom + ", " + c.quoi
			if ecrit(cas, func() (*etree.Element, error) { return f(d) }) == bon {
				s.faute(cas, "the message does not say it")
			}
		}
	}
	e := exempleEntete()
	textes["IDB"] = ecrit("IDB", func() (*etree.Element, error) { return s.c.EncodeIDB(&modele.DemandeIDB{Entete: e}) })
	del := func(calcul string) string {
		return ecrit("annulation", func() (*etree.Element, error) {
			return s.c.EncodeAnnulation(&modele.DemandeAnnulation{Entete: e, Calcul: calcul, Engagement: "ENG-" + calcul})
		})
	}
	if textes["annulation"] = del("r-1"); textes["annulation"] == del("r-2") {
		s.faute("annulation", "the message does not say which CLC")
	}
	vus := map[string]string{}
	for nom, x := range textes {
		if autre, double := vus[x]; double {
			s.faute(nom, "the message is that of %s", autre)
		}
		vus[x] = nom
	}
	for nom, f := range map[string]func() (*etree.Element, error){
		"IDB": func() (*etree.Element, error) { return s.c.EncodeIDB(nil) }, "SIM": func() (*etree.Element, error) { return s.c.EncodeSIM(nil) },
		"CLC": func() (*etree.Element, error) { return s.c.EncodeCLC(nil) }, "annulation": func() (*etree.Element, error) { return s.c.EncodeAnnulation(nil) },
	} {
		if s.sur(nom+", nil", func() error { _, err := f(); return err }) == nil {
			s.faute(nom+", nil", "no request is written as one")
		}
	}
}

// retours are the common parts of the answers to try: the accepted one first,
// then each outcome of the format.
func (s *suite) retours() []modele.Retour {
	plein := func(i modele.Issue) modele.Retour {
		return modele.Retour{Requete: "r-1", Issue: i, Instant: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC),
			Messages:  []modele.Message{{Code: "M1", Libelle: simphonie.NewConfidentiel(secrets[0])}, {Libelle: simphonie.NewConfidentiel("deux")}},
			Consignes: []modele.Consigne{{Code: "C1", Libelle: simphonie.NewConfidentiel("une consigne")}}}
	}
	var rs []modele.Retour
	for _, accepte := range []bool{true, false} {
		for _, i := range s.e.Issues {
			if (i.Sens == modele.Accepte) == accepte {
				rs = append(rs, plein(i))
			}
		}
	}
	return rs
}

func (s *suite) identifications() (xs []any) {
	for _, r := range s.retours() {
		x := &modele.Identification{Retour: r}
		contrat := func(n int) modele.Contrat {
			return modele.Contrat{Identifiant: simphonie.NewConfidentiel(fmt.Sprint(secrets[3], n)), Libelle: simphonie.NewConfidentiel("Base"), Convention: "RO", CSR: "030255400",
				Periode: simphonie.Periode{Du: simphonie.MustJour("2026-01-01"), Au: simphonie.MustJour("2026-12-31")}}
		}
		switch {
		case r.Issue.Sens == modele.Accepte:
			x.Contrats = []modele.Contrat{contrat(1)}
		case r.Issue.Motif == modele.ChoixContrat, r.Issue.Motif == modele.ChoixConvention:
			x.Contrats = []modele.Contrat{contrat(1), contrat(2)}
		}
		xs = append(xs, x)
	}
	return xs
}

// exempleMontants are two lines whose amounts differ by their place.
func exempleMontants(r modele.Retour) ([]modele.Montant, *simphonie.Montant) {
	if r.Issue.Sens != modele.Accepte {
		return nil, nil
	}
	reste, total := simphonie.Montant(1234), simphonie.Montant(52001)
	return []modele.Montant{{Ligne: 0, Part: 50000, Reste: &reste}, {Ligne: 1, Part: 2001}}, &total
}

func (s *suite) simulations() (xs []any) {
	for _, r := range s.retours() {
		x := &modele.Simulation{Retour: r}
		x.Montants, x.Total = exempleMontants(r)
		xs = append(xs, x)
	}
	return xs
}

func (s *suite) calculs() (xs []any) {
	for _, r := range s.retours() {
		x := &modele.Calcul{Retour: r}
		if x.Montants, x.Total = exempleMontants(r); x.Montants != nil {
			x.Engagement, x.Fin = "ENG-1", simphonie.MustJour("2027-11-04")
		}
		xs = append(xs, x)
	}
	return xs
}

func (s *suite) annulations() (xs []any) {
	for _, r := range s.retours() {
		xs = append(xs, &modele.Annulation{Retour: r})
	}
	return xs
}
