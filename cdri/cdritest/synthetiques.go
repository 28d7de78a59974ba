package cdritest

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// Beneficiaires are the fictitious people that every simulator knows. Their
// numbers have their right keys. A right that is said to be in force is so
// until 2099 or without end.
func Beneficiaires() []Beneficiaire {
	var bs []Beneficiaire
	for i, c := range cas() {
		bs = append(bs, c.beneficiaire(i))
	}
	return bs
}

// Connu gives one of Beneficiaires by its case, as "ald".
func Connu(cas string) (Beneficiaire, bool) {
	for _, b := range Beneficiaires() {
		if b.Cas == cas {
			return b, true
		}
	}
	return Beneficiaire{}, false
}

// unCas is a built-in person: what is said of them changes the ordinary rights.
type unCas struct {
	nom       string
	numero    string // of the insured, without key; "" = one made from the birth date
	naissance string
	rang      string // "" = 1
	change    []changement
	// reponse changes what is answered around the rights.
	reponse func(*Beneficiaire)
}

type changement func(*droits.Acquisition)

// beneficiaire makes the person of rank i.
func (c unCas) beneficiaire(i int) Beneficiaire {
	numero := c.numero
	if numero == "" {
		numero = "2" + c.naissance[2:4] + c.naissance[5:7] + "63220" + string([]byte{'6', '0' + byte(i/10%10), '0' + byte(i%10)})
	}
	rang := c.rang
	if rang == "" {
		rang = "1"
	}
	a := ordinaire()
	a.Assure.NIR = avecCle(numero)
	a.Beneficiaire.Naissance, a.Beneficiaire.Rang = naissance(c.naissance), rang
	a.Beneficiaire.Prenom = prive(strings.ToUpper(c.nom))
	for _, change := range c.change {
		change(a)
	}
	b := Beneficiaire{Cas: c.nom, Droits: a,
		Criteres: Criteres{Assure: a.Assure.NIR, Naissance: a.Beneficiaire.Naissance, Rang: rang, Regime: a.Organisme.Regime}}
	if c.reponse != nil {
		c.reponse(&b)
	}
	return b
}

// ordinaire are the rights of an insured person of the régime général with a
// treating doctor.
func ordinaire() *droits.Acquisition {
	return &droits.Acquisition{
		Support:      droits.SupportCDRi,
		Beneficiaire: droits.Beneficiaire{Nom: prive("SYNTHETIQUE"), Qualite: "1", Adresse: []simphonie.Confidentiel{{}, {}, {}, prive("1 RUE DU SIMULATEUR"), {}, prive("75000 PARIS")}},
		Organisme:    generale, PieceAMO: "2", Periodes: depuis("2020-01-01"),
		MedecinTraitant: &droits.MedecinTraitant{Nom: prive("SIMUL"), Prenom: prive("ALIX"), Numero: "991234567", Periode: depuis("2020-01-01")[0]},
	}
}

var generale = simphonie.Organisme{Regime: simphonie.RegimeGeneral, Caisse: "751", Centre: "0000"}

func avecCle(numero string) simphonie.NIR {
	return simphonie.NIRRecu(numero + simphonie.NIRRecu(numero).CleCalculee())
}

func bornes(debut, fin string) []simphonie.Periode {
	p := simphonie.Periode{Du: jour(debut)}
	if fin != "" {
		p.Au = jour(fin)
	}
	return []simphonie.Periode{p}
}

func depuis(debut string) []simphonie.Periode { return bornes(debut, "") }

// enCours is a right in force.
var enCours = bornes("2024-01-01", "2099-12-31")

func enVigueur[C ~string](codes []C) []droits.Droit[C] {
	var ds []droits.Droit[C]
	for _, c := range codes {
		ds = append(ds, droits.Droit[C]{Code: c, Periodes: enCours})
	}
	return ds
}

func etm(codes ...droits.CodeETM) changement {
	return func(a *droits.Acquisition) { a.ETM = enVigueur(codes) }
}

func mtm(codes ...droits.CodeMTM) changement {
	return func(a *droits.Acquisition) { a.MTM = enVigueur(codes) }
}

func situations(codes ...droits.CodeSituation) changement {
	return func(a *droits.Acquisition) { a.Situations = enVigueur(codes) }
}

// sncf are contracts of the CPRPF.
func sncf(codes ...droits.CodeContrat) changement {
	return func(a *droits.Acquisition) {
		a.Organisme, a.Contrats = simphonie.Organisme{Regime: simphonie.RegimeCPRPF, Caisse: "000"}, enVigueur(codes)
	}
}

func organismeAM(o simphonie.Organisme) changement {
	return func(a *droits.Acquisition) { a.Organisme = o }
}

func ouverts(ps ...simphonie.Periode) changement {
	return func(a *droits.Acquisition) { a.Periodes = ps }
}

func medecin(m *droits.MedecinTraitant) changement {
	return func(a *droits.Acquisition) { a.MedecinTraitant = m }
}

func chaAnn(v string) changement { return func(a *droits.Acquisition) { a.CHAANN = &v } }

func gestion(code string) changement { return func(a *droits.Acquisition) { a.CodeGestion = code } }

// propre gives the beneficiary a number of their own.
func propre(numero string) changement {
	return func(a *droits.Acquisition) { a.Beneficiaire.NIR = avecCle(numero) }
}

// accidents declares accidents, by the first eight digits of their numbers, at
// another caisse.
func declares(numeros ...string) changement {
	return func(a *droits.Acquisition) {
		for _, n := range numeros {
			cle, _ := simphonie.CleLuhn(n) // a literal of this file
			a.AT = append(a.AT, droits.ATDeclare{Identifiant: n + string(rune(cle)), Organisme: simphonie.Organisme{Regime: "01", Caisse: "752"},
				Periode: depuis("20" + n[:2] + "-" + n[2:4] + "-" + n[4:6])[0]})
		}
	}
}

func atDefaut(a *droits.Acquisition) {
	a.ATParDefaut = &droits.ATDeclare{Organisme: simphonie.Organisme{Regime: "01", Caisse: "753"}, Periode: depuis("2020-01-01")[0]}
}

func maternite(a *droits.Acquisition) {
	a.ETM = append(a.ETM, enVigueur([]droits.CodeETM{droits.ETMMaternite})...)
	a.Grossesse = &droits.Grossesse{DebutGrossesse: jour("2026-03-01"), Accouchement: jour("2026-11-30"),
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "781"}, Periodes: enCours}
}

// ayantDroit is not the insured.
func ayantDroit(a *droits.Acquisition) { a.Beneficiaire.Qualite = "" }

// issue answers without rights.
func issue(code string) func(*Beneficiaire) {
	return func(b *Beneficiaire) { b.Droits, b.Issue = nil, modele.Issue{Code: code} }
}
