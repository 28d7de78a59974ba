package roctest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

// Outcomes of the page.
const (
	Accepte                 = "ACCEPTE"
	AdherentAbsent          = "ADHERENT_ABSENT"
	BeneficiaireInconnu     = "BENEFICIAIRE_INCONNU"
	BeneficiaireNonEligible = "BENEFICIAIRE_NON_ELIGIBLE"
	SupportPapier           = "SUPPORT_PAPIER"
	DroitsNonOuverts        = "DROITS_NON_OUVERTS"
	DroitsFermes            = "DROITS_FERMES"
	PrioriteGarantie        = "PRIORITE_GARANTIE"
	ActeNonCouvert          = "ACTE_NON_COUVERT"
	ConventionNonApplicable = "CONVENTION_NON_APPLICABLE"
	DemandeInvalide         = "DEMANDE_INVALIDE"
	DonneeManquante         = "DONNEE_MANQUANTE"
	ChoixContrat            = "CHOIX_CONTRAT"
	ChoixConvention         = "CHOIX_CONVENTION"
	CalculInconnu           = "CALCUL_INCONNU"
	CalculAnnule            = "CALCUL_ANNULE"
	AnnulationImpossible    = "ANNULATION_IMPOSSIBLE"
	Doublon                 = "DOUBLON"
	Indisponible            = "INDISPONIBLE"
)

// groupes are the groups of errors that tell why, by outcome.
var groupes = map[string]string{
	AdherentAbsent: "ADHERENT", BeneficiaireInconnu: "BENEFICIAIRE", BeneficiaireNonEligible: "ELIGIBILITE", SupportPapier: "SUPPORT",
	DroitsNonOuverts: "OUVERTURE", DroitsFermes: "FERMETURE", PrioriteGarantie: "PRIORITE", ActeNonCouvert: "ACTE",
	ConventionNonApplicable: "CONVENTION", DemandeInvalide: "DEMANDE", DonneeManquante: "DONNEE", ChoixContrat: "CHOIX_CONTRAT",
	ChoixConvention: "CHOIX_CONVENTION", CalculInconnu: "CALCUL_INCONNU", CalculAnnule: "CALCUL_ANNULE", AnnulationImpossible: "ANNULATION",
}

// motifs are what those outcomes mean.
var motifs = map[string]modele.Motif{
	AdherentAbsent: modele.AdherentAbsent, BeneficiaireInconnu: modele.BeneficiaireInconnu, BeneficiaireNonEligible: modele.BeneficiaireNonEligible,
	SupportPapier: modele.SupportPapier, DroitsNonOuverts: modele.DroitsNonOuverts, DroitsFermes: modele.DroitsFermes, PrioriteGarantie: modele.PrioriteGarantie,
	ActeNonCouvert: modele.ActeNonCouvert, ConventionNonApplicable: modele.ConventionNonApplicable, DemandeInvalide: modele.DemandeInvalide,
	DonneeManquante: modele.DonneeManquante, ChoixContrat: modele.ChoixContrat, ChoixConvention: modele.ChoixConvention, CalculInconnu: modele.CalculInconnu,
	CalculAnnule: modele.CalculAnnule, AnnulationImpossible: modele.AnnulationImpossible,
}

// Contrat is one contract of a beneficiary.
type Contrat struct {
	Identifiant simphonie.Confidentiel
	Libelle     simphonie.Confidentiel
	Convention  string
	CSR         string
	Domaines    []string          // none = any
	Periode     simphonie.Periode // of the rights
	Garantie    Garantie
}

// Beneficiaire is a fictitious person whom an insurer knows.
type Beneficiaire struct {
	Cas       string // what the person is there for, as "deux-contrats"
	AMC       simphonie.NumeroAMC
	Adherent  simphonie.Confidentiel
	NIR       simphonie.NIR // with its key; none = the insurer does not have it
	Naissance simphonie.DateNaissance
	Rang      string
	Nom       simphonie.Confidentiel
	Prenom    simphonie.Confidentiel
	Contrats  []Contrat
	// Issue, if any, is answered to IDB, SIM and CLC whatever the rights.
	Issue string
	// Fois is how many times each service answers Issue; 0 is always.
	Fois int
	// Engage says that a CLC answered by Issue commits the insurer all the same:
	// for outcomes that the page does not name.
	Engage    bool
	Messages  []modele.Message
	Consignes []modele.Consigne
}

// Beneficiaires are the fictitious people that the built-in insurers know. Each
// case exists at each of them, under the same member number: ADH, then the
// number of the case.
func Beneficiaires() []Beneficiaire {
	var bs []Beneficiaire
	for _, g := range Guichets() {
		for _, a := range g.Assureurs {
			for i, c := range cas() {
				bs = append(bs, c.beneficiaire(a.Numero, i+1))
			}
		}
	}
	return bs
}

// Connu gives one of Beneficiaires by its insurer and its case.
func Connu(amc simphonie.NumeroAMC, cas string) (Beneficiaire, bool) {
	for _, b := range Beneficiaires() {
		if b.AMC.Equal(amc) && b.Cas == cas {
			return b, true
		}
	}
	return Beneficiaire{}, false
}

// unCas changes an ordinary person.
type unCas struct {
	nom    string
	change func(*Beneficiaire)
}

func prive(s string) simphonie.Confidentiel { return simphonie.NewConfidentiel(s) }

var (
	toujours = simphonie.Periode{Du: simphonie.MustJour("2020-01-01")}
	confort  = Garantie{Ticket: simphonie.Cent, Depassement: simphonie.PourCent(50), Plafonds: map[string]simphonie.Montant{"CP": 60_00, "PJ": 1_500_00}, Exclus: []string{"TV"}}
	base     = Garantie{Ticket: simphonie.PourCent(70), Plafonds: map[string]simphonie.Montant{"CP": 0}, Exclus: []string{"TV", "CP"}}
)

func (c unCas) beneficiaire(amc simphonie.NumeroAMC, n int) Beneficiaire {
	naissance := fmt.Sprintf("%d-%02d-01", 1980+n, n%12+1)
	numero := fmt.Sprintf("1%02d%02d63220%03d", (80+n)%100, n%12+1, 750+n)
	b := Beneficiaire{
		Cas: c.nom, AMC: amc, Adherent: prive(fmt.Sprintf("ADH%04d", n)), NIR: avecCle(numero), Rang: "1",
		Nom: prive("SIMULE"), Prenom: prive(strings.ToUpper(c.nom)),
		Contrats: []Contrat{{Identifiant: prive("C1"), Libelle: prive("Confort"), Convention: "RO", CSR: "030255400", Periode: toujours, Garantie: confort}},
	}
	b.Naissance, _ = simphonie.ParseDateNaissance(naissance)
	if c.change != nil {
		c.change(&b)
	}
	return b
}

// avecCle adds its key to a number.
func avecCle(numero string) simphonie.NIR {
	return simphonie.NIRRecu(numero + simphonie.NIRRecu(numero).CleCalculee())
}

func issue(code string) func(*Beneficiaire) { return func(b *Beneficiaire) { b.Issue = code } }

func contrat(id, libelle, convention string, g Garantie) Contrat {
	return Contrat{Identifiant: prive(id), Libelle: prive(libelle), Convention: convention, CSR: "030255400", Periode: toujours, Garantie: g}
}

// cas lists the built-in cases.
func cas() []unCas {
	return []unCas{
		{nom: "ordinaire", change: func(b *Beneficiaire) { // the person of the page
			b.NIR, b.Nom, b.Prenom = avecCle("1810163220751"), prive("ADRDEUX"), prive("LAURENT")
			b.Naissance, _ = simphonie.ParseDateNaissance("1981-01-01")
		}},
		{nom: "base", change: func(b *Beneficiaire) { b.Contrats = []Contrat{contrat("C1", "Base", "RO", base)} }},
		{nom: "deux-contrats", change: func(b *Beneficiaire) {
			b.Contrats = []Contrat{contrat("C1", "Base", "RO", base), contrat("C2", "Confort", "RO", confort)}
		}},
		{nom: "deux-conventions", change: func(b *Beneficiaire) {
			b.Contrats = []Contrat{contrat("C1", "Base", "RO", base), contrat("C2", "Confort", "CM", confort)}
		}},
		{nom: "futur", change: func(b *Beneficiaire) { b.Contrats[0].Periode = simphonie.Periode{Du: simphonie.MustJour("2099-01-01")} }},
		{nom: "ferme", change: func(b *Beneficiaire) {
			b.Contrats[0].Periode = simphonie.Periode{Du: simphonie.MustJour("2018-01-01"), Au: simphonie.MustJour("2019-12-31")}
		}},
		{nom: "externe-seul", change: func(b *Beneficiaire) { b.Contrats[0].Domaines = []string{"EXTE"} }},
		{nom: "sans-nir", change: func(b *Beneficiaire) { b.NIR = simphonie.NIR{} }},
		{nom: "non-eligible", change: issue(BeneficiaireNonEligible)},
		{nom: "papier", change: issue(SupportPapier)},
		{nom: "priorite", change: issue(PrioriteGarantie)},
		{nom: "donnee-manquante", change: issue(DonneeManquante)},
		{nom: "indisponible", change: issue(Indisponible)},
		{nom: "indisponible-une-fois", change: func(b *Beneficiaire) { b.Issue, b.Fois = Indisponible, 1 }},
		{nom: "issue-inconnue", change: issue("DOSSIER_A_REVOIR")},
		{nom: "issue-inconnue-engage", change: func(b *Beneficiaire) { b.Issue, b.Engage = "DOSSIER_A_REVOIR", true }},
		{nom: "messages", change: func(b *Beneficiaire) {
			b.Messages = []modele.Message{{Code: "M1", Libelle: prive("Dossier simulé")}, {Libelle: prive("Second message")}}
			b.Consignes = []modele.Consigne{{Code: "K1", Libelle: prive("Demander sa carte au patient")}}
		}},
		{nom: "jumeau-1", change: jumeau("1")},
		{nom: "jumeau-2", change: jumeau("2")},
	}
}

func jumeau(rang string) func(*Beneficiaire) {
	return func(b *Beneficiaire) {
		b.Rang, b.NIR, b.Adherent = rang, simphonie.NIR{}, prive("ADHJUMEAUX")
		b.Naissance, _ = simphonie.ParseDateNaissance("2018-09-09")
	}
}

// verifie refuses a person whom nobody can ask about or whose answer the page
// cannot hold; the error holds no value.
func (b *Beneficiaire) verifie() error {
	switch {
	case !nom(b.Adherent.Clair()):
		return errors.New("a member number is wanted")
	case b.Naissance.IsZero() || b.Naissance.SiecleInconnu():
		return errors.New("a birth date with its century is wanted")
	case b.Issue == Accepte || b.Issue == ChoixContrat || b.Issue == ChoixConvention || b.Issue == Doublon:
		return errors.New("this outcome cannot be forced")
	case b.Engage && (b.Issue == Indisponible || groupes[b.Issue] != ""):
		return errors.New("an outcome that refuses cannot commit")
	case b.Issue == "" && len(b.Contrats) == 0:
		return errors.New("a contract or an outcome is wanted")
	}
	r := modele.Identification{Retour: modele.Retour{Requete: "x", Issue: modele.Issue{Code: Accepte}, Messages: b.Messages, Consignes: b.Consignes}}
	if b.Issue != "" {
		r.Issue.Code = b.Issue
	}
	r.Instant = toujours.Du.In(time.UTC)
	for i := range b.Contrats {
		r.Contrats = append(r.Contrats, b.Contrats[i].dit())
	}
	_, err := conforme(modele.IDB)(ReferenceIDB(&r))
	return err
}

// conforme checks what is answered against the page, by which nothing is tolerated.
func conforme(s modele.Service) func(*etree.Element, error) (*etree.Element, error) {
	return func(el *etree.Element, err error) (*etree.Element, error) {
		if err == nil {
			m := reponses[s]
			err = m.Verifie(el, espaceReference)
		}
		return el, err
	}
}

// dit is the contract as an IDB gives it.
func (c *Contrat) dit() modele.Contrat {
	return modele.Contrat{Identifiant: c.Identifiant, Libelle: c.Libelle, Convention: c.Convention, CSR: c.CSR, Periode: c.Periode}
}
