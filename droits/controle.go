package droits

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Qualite is what a patient is to the insured, as RG_CF663 looks at it.
type Qualite uint8

// Qualities; zero is unknown.
const (
	_ Qualite = iota
	QualiteAssure
	QualiteConjoint
	QualiteEnfant
	QualiteAscendant
	QualiteDescendant
	QualiteCollateralAscendant
	QualiteAutre
)

// Qualites says what the code of a support means: the list is not public, and
// supports do not code it alike.
type Qualites map[Support]map[string]Qualite

// ParseIdentifiantAT reads the number of an accident typed as new, eight digits
// and their key, and refuses a wrong one (RG_BS648): DROITS-AT-IDENTIFIANT.
func ParseIdentifiantAT(s string) (string, error) {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) == 9 && strings.Trim(s, "0123456789") == "" {
		if k, err := simphonie.CleLuhn(s[:8]); err == nil && k == s[8] {
			return s, nil
		}
	}
	return "", &simphonie.Erreur{Code: "DROITS-AT-IDENTIFIANT", Detail: "eight digits and their key are wanted", Err: simphonie.ErrCle}
}

// Controle is what the controls of the nature d'assurance look at beyond rights.
type Controle struct {
	Execution simphonie.Jour
	Acte      string // code that table 4 lists with the nature, as COB/maternite
	// AccidentDroitCommun is the date of an accident that a third party caused.
	AccidentDroitCommun simphonie.Jour
	Qualites            Qualites
	Tables              *Tables
}

// Controler checks the nature d'assurance of resolved rights (RG_CF660 to
// RG_CF664).
func Controler(a *Acquisition, c *Contexte, q Controle) simphonie.Anomalies {
	if a == nil || c == nil {
		return simphonie.Anomalies{regAbsents.Anomalie("droits")}
	}
	var as simphonie.Anomalies
	dit := func(r *simphonie.Regle, chemin string, valeurs ...string) {
		as = append(as, r.Anomalie("droits."+chemin, valeurs...))
	}
	if q.AccidentDroitCommun.After(c.Jour) {
		dit(&regAccidentApres, "accidentDroitCommun", q.AccidentDroitCommun.String())
	}
	if c.AT != nil {
		switch p := c.AT.Periode; {
		case p.Du.After(c.Jour):
			dit(&regAccidentApres, "at.periode", p.Du.String())
		case !p.Contains(c.Jour):
			dit(&regATPeriode, "at.periode", c.Jour.String())
		}
	}
	if c.Nature == Maternite && !q.Execution.IsZero() && a.Grossesse.posterieure(q.Execution) {
		dit(&regMaterniteDate, "grossesse", q.Execution.String())
	}
	if c.Nature == ATMP || c.Nature == Maternite {
		qualite := q.Qualites[a.De(DonneeQualite).Support][a.Beneficiaire.Qualite]
		agricole := c.Organisme.Regime == regimeAgricole && len(c.Organisme.Caisse) == 3 && c.Organisme.Caisse[2] == '1'
		switch {
		case c.Nature == ATMP && agricole:
		case qualite == 0:
			dit(&regQualiteInconnue, "beneficiaire.qualite")
		case c.Nature == ATMP && qualite != QualiteAssure,
			c.Nature == Maternite && (qualite == QualiteAscendant || qualite == QualiteDescendant || qualite == QualiteCollateralAscendant):
			dit(&regQualite, "beneficiaire.qualite", c.Nature.String())
		}
	}
	if q.Acte != "" {
		switch q.Tables.Contient(TableActesNature, q.Acte+"/"+c.Nature.String(), c.Jour) {
		case simphonie.Non:
			dit(&regActeNature, "nature", q.Acte, c.Nature.String())
		case simphonie.Oui:
		default:
			dit(&regTableManquante, "nature", string(TableActesNature))
		}
	}
	return as
}

var (
	regAccidentApres   = regle("DROITS-ACCIDENT-APRES", "RG_CF660", simphonie.Bloquante, "L'accident, le {0}, est postérieur à la date de référence.")
	regATPeriode       = regle("DROITS-AT-PERIODE", "RG_CF661", simphonie.Bloquante, "L'accident retenu n'est pas valide le {0}.")
	regQualite         = regle("DROITS-QUALITE", "RG_CF663", simphonie.Bloquante, "La qualité du bénéficiaire ne permet pas la nature {0}.")
	regQualiteInconnue = regle("DROITS-QUALITE-INCONNUE", "RG_CF663", simphonie.AVerifier, "La qualité du bénéficiaire n'est pas comprise : compléter la table des qualités.")
	regActeNature      = regle("DROITS-ACTE-NATURE", "RG_CF664", simphonie.Bloquante, "L'acte {0} n'est pas compatible avec la nature {1}.")
)
