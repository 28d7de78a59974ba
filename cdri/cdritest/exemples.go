package cdritest

import (
	"fmt"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// exemple is one answer that a codec must carry, by name.
type exemple struct {
	nom     string
	reponse *modele.Reponse
}

// Public test identities of the Assurance Maladie.
const (
	nirAssure = "181016322075140"
	nirCorse  = "297022A02077878"
)

func jour(s string) simphonie.Jour { return simphonie.MustJour(s) }

func prive(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

func naissance(s string) simphonie.DateNaissance {
	d, err := simphonie.ParseDateNaissance(s)
	if err != nil {
		panic("cdritest: " + s)
	}
	return d
}

func du(debut, fin string) simphonie.Periode {
	var p simphonie.Periode
	if debut != "" {
		p.Du = jour(debut)
	}
	if fin != "" {
		p.Au = jour(fin)
	}
	return p
}

// minimale is the least that an answer with rights holds.
func (s *suite) minimale() *modele.Reponse {
	return &modele.Reponse{
		Instant: time.Date(2026, 11, 2, 8, 30, 0, 0, time.UTC),
		Issue:   modele.Issue{Sens: modele.Trouve, Code: s.e.Codes[modele.Trouve]},
		Droits: &droits.Acquisition{
			Assure:    droits.Assure{NIR: simphonie.NIRRecu(nirAssure)},
			Organisme: simphonie.Organisme{Regime: "01"},
		},
	}
}

// complete has every field.
func (s *suite) complete() *modele.Reponse {
	r := s.minimale()
	cha := "0"
	r.Issue.Libelle = prive("Droits trouvés")
	r.Messages = []modele.Message{{Code: "A1", Libelle: prive("Premier message")}, {Libelle: prive("Second message, sans code")}}
	*r.Droits = droits.Acquisition{
		Assure: droits.Assure{NIR: simphonie.NIRRecu(nirAssure)},
		Beneficiaire: droits.Beneficiaire{
			NIR: simphonie.NIRRecu(nirCorse), Nom: prive("ADRTROIS"), NomUsage: prive("D'AEION"), Prenom: prive("DOMINIQUE"),
			Naissance: naissance("1997-02-26"), Rang: "1", Qualite: "1",
			Adresse: []simphonie.Confidentiel{prive("CHEZ SIMULATEUR"), prive("BATIMENT A"), prive("RESIDENCE & JARDIN"), prive("1 RUE DU TEST"), prive("BP 1"), prive("20000 AJACCIO")},
		},
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "201", Centre: "0001"}, PieceAMO: "2", CodeGestion: "10",
		Periodes:    []simphonie.Periode{du("2025-01-01", "2025-12-31"), du("2026-01-01", "")},
		ETM:         []droits.Droit[droits.CodeETM]{{Code: "13", Periodes: []simphonie.Periode{du("2025-06-01", "2030-05-31")}}, {Code: "6"}},
		MTM:         []droits.Droit[droits.CodeMTM]{{Code: "9", Periodes: []simphonie.Periode{du("2020-01-01", "")}}},
		Contrats:    []droits.Droit[droits.CodeContrat]{{Code: "18"}, {Code: "22", Periodes: []simphonie.Periode{du("2026-01-01", "2026-12-31")}}},
		Situations:  []droits.Droit[droits.CodeSituation]{{Code: "02", Periodes: []simphonie.Periode{du("2026-02-01", "2027-01-31")}}},
		CHAANN:      &cha,
		Grossesse:   &droits.Grossesse{DebutGrossesse: jour("2026-03-01"), Accouchement: jour("2026-11-30"), Organisme: simphonie.Organisme{Regime: "01", Caisse: "202"}, Periodes: []simphonie.Periode{du("2026-08-01", "2026-12-12")}},
		ATParDefaut: &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "01", Caisse: "203", Centre: "9"}, Periode: du("2024-01-01", "")},
		AT: []droits.ATDeclare{
			{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "204"}, Periode: du("2018-08-31", "")},
			{Identifiant: "123456782", Organisme: simphonie.Organisme{Regime: "02", Caisse: "201"}, Periode: du("2025-03-01", "2025-09-01")},
		},
		MedecinTraitant: &droits.MedecinTraitant{Nom: prive("SIMUL"), Prenom: prive("ALIX"), Numero: "991234567", Periode: du("2020-01-01", "2029-12-31")},
	}
	return r
}

// exemples lists answers in which every field takes its least and greatest
// value, is absent, and takes each listed code and one that no list has.
func (s *suite) exemples() []exemple {
	es := []exemple{{"minimale", s.minimale()}, {"complete", s.complete()}}
	avec := func(nom string, f func(r *modele.Reponse)) {
		r := s.minimale()
		f(r)
		es = append(es, exemple{nom, r})
	}
	droit := func(nom string, f func(a *droits.Acquisition)) { avec(nom, func(r *modele.Reponse) { f(r.Droits) }) }
	sans := func(nom string, f func(a *droits.Acquisition)) {
		r := s.complete()
		f(r.Droits)
		es = append(es, exemple{"complete sans " + nom, r})
	}

	for _, c := range []modele.Sens{modele.NonTrouve, modele.Ambigu, modele.RegimeNonOuvert} {
		if code, ok := s.e.Codes[c]; ok {
			avec("issue "+c.String(), func(r *modele.Reponse) {
				r.Issue, r.Droits = modele.Issue{Sens: c, Code: code, Libelle: prive("Libellé de l'issue")}, nil
			})
		}
	}
	avec("issue inconnue", func(r *modele.Reponse) {
		r.Issue, r.Droits = modele.Issue{Code: "XX99", Libelle: prive("Une issue que personne ne connaît")}, nil
	})
	avec("instant", func(r *modele.Reponse) { r.Instant = r.Instant.Add(125 * time.Millisecond) })
	avec("trois messages", func(r *modele.Reponse) {
		for i := range 3 {
			r.Messages = append(r.Messages, modele.Message{Code: fmt.Sprint("M", i), Libelle: prive(fmt.Sprint("message ", i))})
		}
	})
	listes(droit)
	periodes(droit)
	personnes(droit)
	accidents(droit)

	sans("beneficiaire", func(a *droits.Acquisition) { a.Beneficiaire = droits.Beneficiaire{} })
	sans("medecin traitant", func(a *droits.Acquisition) { a.MedecinTraitant = nil })
	sans("piece", func(a *droits.Acquisition) { a.PieceAMO = "" })
	sans("code gestion", func(a *droits.Acquisition) { a.CodeGestion = "" })
	sans("periodes", func(a *droits.Acquisition) { a.Periodes = nil })
	sans("etm", func(a *droits.Acquisition) { a.ETM = nil })
	sans("mtm", func(a *droits.Acquisition) { a.MTM = nil })
	sans("contrats", func(a *droits.Acquisition) { a.Contrats = nil })
	sans("situations", func(a *droits.Acquisition) { a.Situations = nil })
	sans("cha-ann", func(a *droits.Acquisition) { a.CHAANN = nil })
	sans("maternite", func(a *droits.Acquisition) { a.Grossesse = nil })
	sans("at par defaut", func(a *droits.Acquisition) { a.ATParDefaut = nil })
	sans("at", func(a *droits.Acquisition) { a.AT = nil })
	sans("caisse et centre", func(a *droits.Acquisition) { a.Organisme.Caisse, a.Organisme.Centre = "", "" })

	for i := range es {
		if s.e.Efface != nil {
			s.e.Efface(es[i].reponse)
		}
	}
	return es
}

// listes gives each listed code, with and without a leading zero, and codes of
// no list.
func listes(droit func(string, func(*droits.Acquisition))) {
	inconnus := []string{"0", "99", "ZZ9", "12345678"}
	for _, c := range append(strings.Fields("1 01 6 06 8 9 13 14 16 17 18"), inconnus...) {
		droit("etm "+c, func(a *droits.Acquisition) { a.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.CodeETM(c)}} })
	}
	for _, c := range append(strings.Fields("6 06 7 8 9"), inconnus...) {
		droit("mtm "+c, func(a *droits.Acquisition) { a.MTM = []droits.Droit[droits.CodeMTM]{{Code: droits.CodeMTM(c)}} })
	}
	for _, c := range append(strings.Fields("18 19 20 21 22 23 24 25"), inconnus...) {
		droit("contrat "+c, func(a *droits.Acquisition) {
			a.Organisme.Regime = simphonie.RegimeCPRPF
			a.Contrats = []droits.Droit[droits.CodeContrat]{{Code: droits.CodeContrat(c)}}
		})
	}
	for _, c := range append(strings.Fields("1 01 2 02 3 03 10"), inconnus...) {
		droit("situation "+c, func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: droits.CodeSituation(c)}}
		})
	}
	for _, c := range append(strings.Fields("0 1 2 3 4 5"), "9", "X") {
		droit("piece "+c, func(a *droits.Acquisition) { a.PieceAMO = c })
	}
	for _, c := range []string{"10", "65", "70", "Z"} {
		droit("code gestion "+c, func(a *droits.Acquisition) { a.CodeGestion = c })
	}
	for _, c := range []string{"0", "1", "00"} {
		droit("cha-ann "+c, func(a *droits.Acquisition) { a.CHAANN = &c })
	}
	for _, c := range []string{"01", "02", "04", "07", "08", "99"} {
		droit("regime "+c, func(a *droits.Acquisition) {
			a.Organisme = simphonie.Organisme{Regime: c, Caisse: "001", Centre: "A1"}
		})
	}
	droit("tous les contrats", func(a *droits.Acquisition) {
		a.Organisme.Regime = simphonie.RegimeCPRPF
		for c := 18; c <= 25; c++ {
			a.Contrats = append(a.Contrats, droits.Droit[droits.CodeContrat]{Code: droits.CodeContrat(fmt.Sprint(c)), Periodes: []simphonie.Periode{du("2026-01-01", "")}})
		}
	})
	droit("deux fois la même exonération", func(a *droits.Acquisition) {
		a.ETM = []droits.Droit[droits.CodeETM]{{Code: "8", Periodes: []simphonie.Periode{du("2020-01-01", "2021-01-01")}}, {Code: "8", Periodes: []simphonie.Periode{du("2025-01-01", "")}}}
	})
}

// periodes gives spans of every shape: none, open, of one day, overlapping,
// out of order, ending before they start.
func periodes(droit func(string, func(*droits.Acquisition))) {
	for nom, ps := range map[string][]simphonie.Periode{
		"ouverte à droite":                {du("2026-01-01", "")},
		"ouverte à gauche":                {du("", "2026-01-01")},
		"d'un jour":                       {du("2026-02-28", "2026-02-28")},
		"bissextile":                      {du("2024-02-29", "2028-02-29")},
		"qui se chevauchent, en désordre": {du("2026-06-01", "2026-12-31"), du("2026-01-01", "2026-07-01"), du("2020-01-01", "2020-12-31")},
		"à l'envers":                      {du("2026-12-31", "2026-01-01")},
		"extrêmes":                        {du("0001-01-01", "9999-12-31")},
	} {
		droit("periodes "+nom, func(a *droits.Acquisition) { a.Periodes = ps })
		droit("periodes de situation "+nom, func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: "1", Periodes: ps}}
		})
	}
}

// personnes gives names, numbers, dates and addresses of every shape.
func personnes(droit func(string, func(*droits.Acquisition))) {
	for _, d := range []string{"1950-42-00", "1950-00-00", "1997-02-26", "1904-13-99"} {
		droit("naissance "+d, func(a *droits.Acquisition) { a.Beneficiaire.Naissance = naissance(d) })
	}
	for _, n := range []string{nirAssure, nirCorse, "160012B02077713", "555555500000001", "181036322045660", "1810163220751"} {
		droit("assuré "+n[:1]+"…", func(a *droits.Acquisition) { a.Assure.NIR = simphonie.NIRRecu(n) })
		droit("bénéficiaire "+n[:1]+"…", func(a *droits.Acquisition) { a.Beneficiaire.NIR = simphonie.NIRRecu(n) })
	}
	for _, n := range []string{"A", "D'ARTAGNAN DE L'HERAULT", "ÉLÉONORE-ŒUVRE", "A & B < C > D \"E\" 'F'", strings.Repeat("Z", 80)} {
		droit("nom", func(a *droits.Acquisition) {
			a.Beneficiaire.Nom, a.Beneficiaire.NomUsage, a.Beneficiaire.Prenom = prive(n), prive(n), prive(n)
		})
	}
	droit("adresse d'une seule ligne, la dernière", func(a *droits.Acquisition) {
		a.Beneficiaire.Adresse = append(make([]simphonie.Confidentiel, 5), prive("75000 PARIS"))
	})
	droit("adresse à trous", func(a *droits.Acquisition) {
		a.Beneficiaire.Adresse = []simphonie.Confidentiel{prive("A"), {}, {}, prive("B")}
	})
	for _, q := range []string{"0", "1", "6", "A"} {
		droit("qualité "+q, func(a *droits.Acquisition) { a.Beneficiaire.Qualite, a.Beneficiaire.Rang = q, "9" })
	}
	droit("médecin traitant déclaré, sans plus", func(a *droits.Acquisition) { a.MedecinTraitant = &droits.MedecinTraitant{} })
	droit("médecin traitant à venir", func(a *droits.Acquisition) {
		a.MedecinTraitant = &droits.MedecinTraitant{Nom: prive("SIMUL"), Periode: du("2099-01-01", "")}
	})
	droit("maternité déclarée, sans plus", func(a *droits.Acquisition) { a.Grossesse = &droits.Grossesse{} })
	droit("adoption", func(a *droits.Acquisition) { a.Grossesse = &droits.Grossesse{Accouchement: jour("2026-05-05")} })
}

// accidents gives several accidents, with and without number, body and end.
func accidents(droit func(string, func(*droits.Acquisition))) {
	droit("at par défaut, sans plus", func(a *droits.Acquisition) { a.ATParDefaut = &droits.ATDeclare{} })
	droit("at sans numéro", func(a *droits.Acquisition) { a.AT = []droits.ATDeclare{{Periode: du("2026-01-15", "")}} })
	droit("cinq at", func(a *droits.Acquisition) {
		for i := range 5 {
			a.AT = append(a.AT, droits.ATDeclare{Identifiant: fmt.Sprintf("%08d", i+1), Organisme: simphonie.Organisme{Regime: "01", Caisse: fmt.Sprintf("%03d", i)}})
		}
	})
}
