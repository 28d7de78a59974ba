package reference

import (
	"strconv"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/refxml"
	"github.com/simphonie/simphonie/internal/xmlguard"
	"github.com/simphonie/simphonie/roc/modele"
)

// issues are the outcomes of the page. Any other is to be checked.
var issues = map[string]modele.Issue{
	"ACCEPTE":                   {Sens: modele.Accepte},
	"ADHERENT_ABSENT":           {Sens: modele.Refuse, Motif: modele.AdherentAbsent},
	"BENEFICIAIRE_INCONNU":      {Sens: modele.Refuse, Motif: modele.BeneficiaireInconnu},
	"BENEFICIAIRE_NON_ELIGIBLE": {Sens: modele.Refuse, Motif: modele.BeneficiaireNonEligible},
	"SUPPORT_PAPIER":            {Sens: modele.Refuse, Motif: modele.SupportPapier},
	"DROITS_NON_OUVERTS":        {Sens: modele.Refuse, Motif: modele.DroitsNonOuverts},
	"DROITS_FERMES":             {Sens: modele.Refuse, Motif: modele.DroitsFermes},
	"PRIORITE_GARANTIE":         {Sens: modele.Refuse, Motif: modele.PrioriteGarantie},
	"ACTE_NON_COUVERT":          {Sens: modele.Refuse, Motif: modele.ActeNonCouvert},
	"CONVENTION_NON_APPLICABLE": {Sens: modele.Refuse, Motif: modele.ConventionNonApplicable},
	"DEMANDE_INVALIDE":          {Sens: modele.Refuse, Motif: modele.DemandeInvalide},
	"DONNEE_MANQUANTE":          {Sens: modele.Incomplet, Motif: modele.DonneeManquante},
	"CHOIX_CONTRAT":             {Sens: modele.Incomplet, Motif: modele.ChoixContrat},
	"CHOIX_CONVENTION":          {Sens: modele.Incomplet, Motif: modele.ChoixConvention},
	"CALCUL_INCONNU":            {Sens: modele.Refuse, Motif: modele.CalculInconnu},
	"CALCUL_ANNULE":             {Sens: modele.Refuse, Motif: modele.CalculAnnule},
	"ANNULATION_IMPOSSIBLE":     {Sens: modele.Refuse, Motif: modele.AnnulationImpossible},
	"DOUBLON":                   {Sens: modele.Indetermine},
	"INDISPONIBLE":              {Sens: modele.Indisponible},
}

// groupes are the groups of errors of the page. Any other has no reason.
var groupes = map[string]modele.Motif{
	"ADHERENT": modele.AdherentAbsent, "BENEFICIAIRE": modele.BeneficiaireInconnu, "ELIGIBILITE": modele.BeneficiaireNonEligible,
	"SUPPORT": modele.SupportPapier, "OUVERTURE": modele.DroitsNonOuverts, "FERMETURE": modele.DroitsFermes, "PRIORITE": modele.PrioriteGarantie,
	"ACTE": modele.ActeNonCouvert, "CONVENTION": modele.ConventionNonApplicable, "DEMANDE": modele.DemandeInvalide, "DONNEE": modele.DonneeManquante,
	"CHOIX_CONTRAT": modele.ChoixContrat, "CHOIX_CONVENTION": modele.ChoixConvention, "CALCUL_INCONNU": modele.CalculInconnu,
	"CALCUL_ANNULE": modele.CalculAnnule, "ANNULATION": modele.AnnulationImpossible,
}

// reponse is an answer under way.
type reponse struct {
	l      refxml.Lecture
	n      refxml.Noeud
	retour modele.Retour
}

// lit reads what every answer holds; enfants are those of this one.
func lit(el *etree.Element, racine string, enfants ...string) (*reponse, error) {
	if !xmlguard.Est(el, Espace, racine) {
		return nil, page.Erreur("ROC-REF-RACINE", "", "the answer is not "+racine+" of the reference messages")
	}
	r := &reponse{l: refxml.Lecture{Page: &page}}
	r.n = r.l.Ouvre(el, racine, append([]string{"Requete1", "Instant1", "Issue1", "Erreur*", "Message*", "Consigne*"}, enfants...)...)
	n := &r.n
	i := n.Dans("Issue", "Code1", "Libelle?")
	code := i.Texte("Code")
	r.retour = modele.Retour{Requete: n.Texte("Requete"), Instant: n.Instant("Instant"), Issue: issues[code]}
	r.retour.Issue.Code, r.retour.Issue.Libelle = code, i.Prive("Libelle")
	for e := range n.Chaque("Erreur", "Code1", "Groupe?", "Libelle?") {
		g := e.Texte("Groupe")
		r.retour.Erreurs = append(r.retour.Erreurs, modele.ErreurAMC{Code: e.Texte("Code"), Groupe: g, Motif: groupes[g], Libelle: e.Prive("Libelle")})
	}
	for m := range n.Chaque("Message", "Code?", "Libelle1") {
		r.retour.Messages = append(r.retour.Messages, modele.Message{Code: m.Texte("Code"), Libelle: m.Prive("Libelle")})
	}
	for m := range n.Chaque("Consigne", "Code?", "Libelle1") {
		r.retour.Consignes = append(r.retour.Consignes, modele.Consigne{Code: m.Texte("Code"), Libelle: m.Prive("Libelle")})
	}
	return r, nil
}

// fin gives the common part, or the first refusal.
func (r *reponse) fin() (modele.Retour, error) {
	r.retour.Anomalies = r.l.Anomalies
	return r.retour, r.l.Err
}

// contredit refuses what an outcome does not have.
func (r *reponse) contredit(si bool, quoi string) {
	if si {
		r.n.Refuse("ROC-REF-ISSUE", quoi, "the outcome and the content contradict each other")
	}
}

// connue says that the outcome is one of the page.
func (r *reponse) connue() bool { return r.retour.Issue.Sens != modele.SensAVerifier }

// DecodeIDB reads ReponseIDB. Children may come in any order; what the page
// does not name is an anomaly of the answer; what cannot be read without
// choosing is an error.
func (Codec) DecodeIDB(el *etree.Element) (*modele.Identification, error) {
	r, err := lit(el, "ReponseIDB", "Contrat*")
	if err != nil {
		return nil, err
	}
	var x modele.Identification
	for n := range r.n.Chaque("Contrat", "Identifiant?", "Libelle?", "TypeConvention?", "CSR?", "Debut?", "Fin?") {
		x.Contrats = append(x.Contrats, modele.Contrat{Identifiant: n.Prive("Identifiant"), Libelle: n.Prive("Libelle"),
			Convention: n.Texte("TypeConvention"), CSR: n.Texte("CSR"), Periode: simphonie.Periode{Du: n.Jour("Debut"), Au: n.Jour("Fin")}})
	}
	minimum := map[modele.Motif]int{modele.ChoixContrat: 2, modele.ChoixConvention: 2}[r.retour.Issue.Motif]
	if r.retour.Issue.Sens == modele.Accepte {
		minimum = 1
	}
	r.contredit(len(x.Contrats) < minimum || r.connue() && minimum == 0 && len(x.Contrats) > 0, "Contrat")
	if x.Retour, err = r.fin(); err != nil {
		return nil, err
	}
	return &x, nil
}

// DecodeSIM reads ReponseSIM.
func (Codec) DecodeSIM(el *etree.Element) (*modele.Simulation, error) {
	r, err := lit(el, "ReponseSIM", "Montant*", "Total?")
	if err != nil {
		return nil, err
	}
	var x modele.Simulation
	x.Montants, x.Total = r.montants()
	if x.Retour, err = r.fin(); err != nil {
		return nil, err
	}
	return &x, nil
}

// DecodeCLC reads ReponseCLC.
func (Codec) DecodeCLC(el *etree.Element) (*modele.Calcul, error) {
	r, err := lit(el, "ReponseCLC", "Montant*", "Total?", "Engagement?", "Fin?")
	if err != nil {
		return nil, err
	}
	x := modele.Calcul{Engagement: r.n.Texte("Engagement"), Fin: r.n.Jour("Fin")}
	x.Montants, x.Total = r.montants()
	accepte := r.retour.Issue.Sens == modele.Accepte
	r.contredit(r.connue() && accepte != (x.Engagement != ""), "Engagement")
	r.contredit(r.connue() && !accepte && !x.Fin.IsZero(), "Fin")
	if x.Engagement != "" && !formeEngagement.MatchString(x.Engagement) {
		r.n.Refuse("ROC-REF-VALEUR", "Engagement", "the value is not of the form of the page")
	}
	if x.Retour, err = r.fin(); err != nil {
		return nil, err
	}
	return &x, nil
}

// DecodeAnnulation reads ReponseAnnulation.
func (Codec) DecodeAnnulation(el *etree.Element) (*modele.Annulation, error) {
	r, err := lit(el, "ReponseAnnulation")
	if err != nil {
		return nil, err
	}
	retour, err := r.fin()
	if err != nil {
		return nil, err
	}
	return &modele.Annulation{Retour: retour}, nil
}

// montants reads the amounts of the lines and their stated sum.
func (r *reponse) montants() (ms []modele.Montant, total *simphonie.Montant) {
	vus := map[int]bool{}
	for n := range r.n.Chaque("Montant", "Rang1", "Part1", "Reste?") {
		rang := refxml.Lue(n, "Rang", func(s string) (int, error) {
			if !formeLigne.MatchString(s) {
				return 0, simphonie.ErrSyntaxe
			}
			return strconv.Atoi(s)
		})
		m := modele.Montant{Ligne: rang - 1, Reste: option(n, "Reste")}
		if p := option(n, "Part"); p != nil {
			m.Part = *p
		}
		r.contredit(vus[rang], "Montant")
		vus[rang] = true
		ms = append(ms, m)
	}
	total = option(&r.n, "Total")
	accepte := r.retour.Issue.Sens == modele.Accepte
	r.contredit(r.connue() && accepte != (len(ms) > 0), "Montant")
	r.contredit(r.connue() && !accepte && total != nil, "Total")
	return ms, total
}

// option reads an amount; nil when there is none.
func option(n *refxml.Noeud, nom string) *simphonie.Montant {
	return refxml.Lue(n, nom, func(s string) (*simphonie.Montant, error) {
		if !formeMontant.MatchString(s) {
			return nil, simphonie.ErrSyntaxe
		}
		m, err := simphonie.ParseMontant(s)
		return &m, err
	})
}
