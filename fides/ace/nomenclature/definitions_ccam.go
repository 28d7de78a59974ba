package nomenclature

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

const acteAttendu = "an act of four letters and three digits is wanted"

var defActes = definition[string, Acte, *Acte]{
	nom: "actes",
	colonnes: []colonne[Acte]{
		texte("acte", func(l *Acte) *string { return &l.Code }),
		texte("type", func(l *Acte) *string { return &l.Type }),
		booleen("conditionnel", func(l *Acte) *bool { return &l.Conditionnel }),
		booleen("entente", func(l *Acte) *bool { return &l.Entente }),
		ensemble("exo_tm", func(l *Acte) *[]string { return &l.ExoTM }),
		ensemble("natures", func(l *Acte) *[]string { return &l.Natures }),
		ensemble("forfaits", func(l *Acte) *[]string { return &l.Forfaits }),
		ensemble("incompatibles", func(l *Acte) *[]string { return &l.Incompatibles }),
		ensemble("procedures", func(l *Acte) *[]string { return &l.Procedures }),
		ensemble("forfaits_c2s", func(l *Acte) *[]tarif.Code { return &l.ForfaitsC2S }),
	},
	lignes: func(d *Donnees) *[]Acte { return &d.Actes },
	index:  func(t *Tables) *index[string, Acte, *Acte] { return &t.actes },
	cle:    func(l *Acte) string { return l.Code },
	controle: func(l *Acte) (string, string) {
		switch {
		case !acteValide(l.Code):
			return "acte", acteAttendu
		case l.Type != "0" && l.Type != "1" && l.Type != "2":
			return "type", "0, 1 or 2 is wanted"
		case !tousValides(l.ExoTM, func(s string) bool { return len(s) == 1 && chiffres(s) }):
			return "exo_tm", "codes of one digit are wanted"
		case !tousValides(l.Incompatibles, acteValide):
			return "incompatibles", acteAttendu
		case !tousValides(l.Procedures, acteValide):
			return "procedures", acteAttendu
		case !tousValides(l.ForfaitsC2S, tarif.Code.Valide):
			return "forfaits_c2s", codeAttendu
		}
		return "", ""
	},
}

var defActivites = definition[cleActivite, Activite, *Activite]{
	nom: "activites",
	colonnes: []colonne[Activite]{
		texte("acte", func(l *Activite) *string { return &l.Acte }),
		texte("activite", func(l *Activite) *string { return &l.Activite }),
		texte("phase", func(l *Activite) *string { return &l.Phase }),
		texte("regroupement", func(l *Activite) *tarif.Code { return &l.Regroupement }),
		texte("cat_med", func(l *Activite) *string { return &l.CatMed }),
		texte("modificateurs", func(l *Activite) *string { return &l.Modificateurs }),
		ensemble("classes", func(l *Activite) *[]string { return &l.Classes }),
		table("dom", func(l *Activite) *map[tarif.Zone]simphonie.Coefficient { return &l.DOM }, zoneDe, simphonie.ParseCoefficient,
			func(z tarif.Zone, c simphonie.Coefficient) string { return string(z) + "=" + c.String() }),
		entier("age_dent_min", func(l *Activite) *int { return &l.AgeDentMin }),
		entier("age_dent_max", func(l *Activite) *int { return &l.AgeDentMax }),
		entier("dents_min", func(l *Activite) *int { return &l.DentsMin }),
		ensemble("dents_interdites", func(l *Activite) *[]string { return &l.DentsInterdites }),
		table("planifiees", func(l *Activite) *map[Membre]string { return &l.Planifiees }, membreDe,
			func(s string) (string, error) { return s, nil },
			func(m Membre, regle string) string { return m.Acte + "/" + m.Activite + "=" + regle }),
	},
	lignes: func(d *Donnees) *[]Activite { return &d.Activites },
	index:  func(t *Tables) *index[cleActivite, Activite, *Activite] { return &t.activites },
	cle:    func(l *Activite) cleActivite { return cleActivite{l.Acte, l.Activite, l.Phase} },
	controle: func(l *Activite) (string, string) {
		if c, f := activiteValide(l.Acte, l.Activite, l.Phase); c != "" {
			return c, f
		}
		switch {
		case l.Regroupement != "" && !l.Regroupement.Valide():
			return "regroupement", codeAttendu
		case slices.ContainsFunc([]byte(l.Modificateurs), func(c byte) bool { return !lettreValide(string(c)) }):
			return "modificateurs", "letters and digits, together, are wanted"
		case l.AgeDentMin < 0 || l.AgeDentMax < 0 || l.DentsMin < 0:
			return "dents_min", "numbers from 0 are wanted"
		case !tousValides(l.DentsInterdites, specialiteValide):
			return "dents_interdites", "teeth of two digits are wanted"
		}
		for _, c := range l.DOM {
			if c <= 0 {
				return "dom", "coefficients above 0 are wanted"
			}
		}
		return "", ""
	},
}

func activiteValide(acte, activite, phase string) (string, string) {
	switch {
	case !acteValide(acte):
		return "acte", acteAttendu
	case len(activite) != 1 || !chiffres(activite):
		return "activite", "one digit is wanted"
	case len(phase) != 1 || !chiffres(phase):
		return "phase", "one digit is wanted"
	}
	return "", ""
}

// lettreValide tells a modifier: one capital letter or digit.
func lettreValide(s string) bool {
	return len(s) == 1 && (s[0] >= 'A' && s[0] <= 'Z' || s[0] >= '0' && s[0] <= '9')
}

const lettreAttendue = "a modifier of one letter or digit is wanted"

var defGrilles = definition[string, LigneGrille, *LigneGrille]{
	nom: "grilles",
	colonnes: []colonne[LigneGrille]{
		texte("specialite", func(l *LigneGrille) *string { return &l.Specialite }),
		texte("grille", func(l *LigneGrille) *string { return &l.Grille }),
	},
	lignes: func(d *Donnees) *[]LigneGrille { return &d.Grilles },
	index:  func(t *Tables) *index[string, LigneGrille, *LigneGrille] { return &t.grilles },
	cle:    func(l *LigneGrille) string { return l.Specialite },
	controle: func(l *LigneGrille) (string, string) {
		switch {
		case !specialiteOuTout(l.Specialite):
			return "specialite", specialiteAttendu
		case !grilleValide(l.Grille):
			return "grille", grilleAttendue
		}
		return "", ""
	},
}

const grilleAttendue = "a grid, its digits without leading zeros, is wanted"

// grilleValide tells a grid; 3 and 03 would be two.
func grilleValide(s string) bool { return chiffres(s) && len(s) <= 3 && s[0] != '0' }

func grilleOuTout(s string) bool { return s == Tout || grilleValide(s) }

var defPrixCCAM = definition[clePrixCCAM, LignePrixCCAM, *LignePrixCCAM]{
	nom: "prix-ccam",
	colonnes: []colonne[LignePrixCCAM]{
		texte("acte", func(l *LignePrixCCAM) *string { return &l.Acte }),
		texte("activite", func(l *LignePrixCCAM) *string { return &l.Activite }),
		texte("phase", func(l *LignePrixCCAM) *string { return &l.Phase }),
		texte("grille", func(l *LignePrixCCAM) *string { return &l.Grille }),
		exige(prix("montant", func(l *LignePrixCCAM) *simphonie.Prix { return &l.Montant })),
	},
	lignes: func(d *Donnees) *[]LignePrixCCAM { return &d.PrixCCAM },
	index:  func(t *Tables) *index[clePrixCCAM, LignePrixCCAM, *LignePrixCCAM] { return &t.prixCCAM },
	cle:    func(l *LignePrixCCAM) clePrixCCAM { return clePrixCCAM{l.Acte, l.Activite, l.Phase, l.Grille} },
	controle: func(l *LignePrixCCAM) (string, string) {
		if c, f := activiteValide(l.Acte, l.Activite, l.Phase); c != "" {
			return c, f
		}
		if !grilleValide(l.Grille) {
			return "grille", grilleAttendue
		}
		if l.Montant < 0 {
			return "montant", "an amount from zero is wanted"
		}
		return "", ""
	},
}

var defModificateurs = definition[cleGrille, Modificateur, *Modificateur]{
	nom: "modificateurs",
	colonnes: []colonne[Modificateur]{
		texte("lettre", func(l *Modificateur) *string { return &l.Lettre }),
		texte("grille", func(l *Modificateur) *string { return &l.Grille }),
		coefficient("coefficient", func(l *Modificateur) *simphonie.Coefficient { return &l.Coefficient }),
		montant("montant", func(l *Modificateur) *simphonie.Montant { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]Modificateur { return &d.Modificateurs },
	index:  func(t *Tables) *index[cleGrille, Modificateur, *Modificateur] { return &t.modificateurs },
	cle:    func(l *Modificateur) cleGrille { return cleGrille{l.Lettre, l.Grille} },
	controle: func(l *Modificateur) (string, string) {
		switch {
		case !lettreValide(l.Lettre):
			return "lettre", lettreAttendue
		case !grilleOuTout(l.Grille):
			return "grille", grilleAttendue
		case l.Coefficient < 0 || l.Montant < 0 || (l.Coefficient == 0) == (l.Montant == 0):
			return "montant", "a coefficient or an amount, above 0, is wanted"
		}
		return "", ""
	},
}

var defAges = definition[string, LigneAgesModificateur, *LigneAgesModificateur]{
	nom: "modificateurs-ages",
	colonnes: []colonne[LigneAgesModificateur]{
		texte("lettre", func(l *LigneAgesModificateur) *string { return &l.Lettre }),
		age("age_min", func(l *LigneAgesModificateur) *simphonie.Age { return &l.Min }),
		age("age_max", func(l *LigneAgesModificateur) *simphonie.Age { return &l.Max }),
	},
	lignes: func(d *Donnees) *[]LigneAgesModificateur { return &d.AgesModificateurs },
	index:  func(t *Tables) *index[string, LigneAgesModificateur, *LigneAgesModificateur] { return &t.ages },
	cle:    func(l *LigneAgesModificateur) string { return l.Lettre },
	controle: func(l *LigneAgesModificateur) (string, string) {
		switch {
		case !lettreValide(l.Lettre):
			return "lettre", lettreAttendue
		case l.Max.Mois() > 0 && l.Max.Less(l.Min):
			return "age_max", "less than the youngest age"
		}
		return "", ""
	},
}

var defRegles = definition[string, LigneRegleModificateur, *LigneRegleModificateur]{
	nom: "modificateurs-regles",
	colonnes: []colonne[LigneRegleModificateur]{
		texte("lettre", func(l *LigneRegleModificateur) *string { return &l.Lettre }),
		booleen("unique", func(l *LigneRegleModificateur) *bool { return &l.Unique }),
		booleen("coherence", func(l *LigneRegleModificateur) *bool { return &l.Coherence }),
	},
	lignes: func(d *Donnees) *[]LigneRegleModificateur { return &d.ReglesModificateur },
	index:  func(t *Tables) *index[string, LigneRegleModificateur, *LigneRegleModificateur] { return &t.regles },
	cle:    func(l *LigneRegleModificateur) string { return l.Lettre },
	controle: func(l *LigneRegleModificateur) (string, string) {
		if !lettreValide(l.Lettre) {
			return "lettre", lettreAttendue
		}
		return "", ""
	},
}

var defPaires = definition[[2]string, LignePaireModificateurs, *LignePaireModificateurs]{
	nom: "modificateurs-paires",
	colonnes: []colonne[LignePaireModificateurs]{
		texte("a", func(l *LignePaireModificateurs) *string { return &l.A }),
		texte("b", func(l *LignePaireModificateurs) *string { return &l.B }),
		booleen("compatibles", func(l *LignePaireModificateurs) *bool { return &l.Compatibles }),
	},
	lignes: func(d *Donnees) *[]LignePaireModificateurs { return &d.PairesModificateur },
	index:  func(t *Tables) *index[[2]string, LignePaireModificateurs, *LignePaireModificateurs] { return &t.paires },
	cle:    func(l *LignePaireModificateurs) [2]string { return [2]string{l.A, l.B} },
	controle: func(l *LignePaireModificateurs) (string, string) {
		switch {
		case !lettreValide(l.A):
			return "a", lettreAttendue
		case !lettreValide(l.B):
			return "b", lettreAttendue
		}
		return "", ""
	},
	etend: func(l *LignePaireModificateurs) []LignePaireModificateurs {
		m := *l
		m.A, m.B = min(l.A, l.B), max(l.A, l.B)
		return []LignePaireModificateurs{m}
	},
}

var defAssociations = definition[cleGrille, LigneAssociation, *LigneAssociation]{
	nom: "associations",
	colonnes: []colonne[LigneAssociation]{
		texte("code", func(l *LigneAssociation) *string { return &l.Code }),
		texte("grille", func(l *LigneAssociation) *string { return &l.Grille }),
		coefficient("coefficient", func(l *LigneAssociation) *simphonie.Coefficient { return &l.Coefficient }),
	},
	lignes: func(d *Donnees) *[]LigneAssociation { return &d.Associations },
	index:  func(t *Tables) *index[cleGrille, LigneAssociation, *LigneAssociation] { return &t.associations },
	cle:    func(l *LigneAssociation) cleGrille { return cleGrille{l.Code, l.Grille} },
	controle: func(l *LigneAssociation) (string, string) {
		if !lettreValide(l.Code) {
			return "code", "a code of one character is wanted"
		}
		return grilleEtCoefficient(l.Grille, l.Coefficient)
	},
}

func grilleEtCoefficient(grille string, c simphonie.Coefficient) (string, string) {
	switch {
	case !grilleOuTout(grille):
		return "grille", grilleAttendue
	case c <= 0:
		return "coefficient", "a coefficient above 0 is wanted"
	}
	return "", ""
}

var defReglesAssociation = definition[cleGrille, LigneRegleAssociation, *LigneRegleAssociation]{
	nom: "associations-regles",
	colonnes: []colonne[LigneRegleAssociation]{
		texte("regle", func(l *LigneRegleAssociation) *string { return &l.Regle }),
		texte("grille", func(l *LigneRegleAssociation) *string { return &l.Grille }),
		coefficient("coefficient", func(l *LigneRegleAssociation) *simphonie.Coefficient { return &l.Coefficient }),
	},
	lignes: func(d *Donnees) *[]LigneRegleAssociation { return &d.ReglesAssociation },
	index:  func(t *Tables) *index[cleGrille, LigneRegleAssociation, *LigneRegleAssociation] { return &t.planifiees },
	cle:    func(l *LigneRegleAssociation) cleGrille { return cleGrille{l.Regle, l.Grille} },
	controle: func(l *LigneRegleAssociation) (string, string) {
		if l.Regle == "" || strings.ContainsAny(l.Regle, "+=") {
			return "regle", "a rule is wanted"
		}
		return grilleEtCoefficient(l.Grille, l.Coefficient)
	},
}

var defClasses = definition[string, LigneClasses, *LigneClasses]{
	nom: "classes",
	colonnes: []colonne[LigneClasses]{
		texte("specialite", func(l *LigneClasses) *string { return &l.Specialite }),
		ensemble("classes", func(l *LigneClasses) *[]string { return &l.Classes }),
	},
	lignes: func(d *Donnees) *[]LigneClasses { return &d.Classes },
	index:  func(t *Tables) *index[string, LigneClasses, *LigneClasses] { return &t.classes },
	cle:    func(l *LigneClasses) string { return l.Specialite },
	controle: func(l *LigneClasses) (string, string) {
		if !specialiteValide(l.Specialite) {
			return "specialite", "a specialty of two digits is wanted"
		}
		return "", ""
	},
}

var defForfaits = definition[cleForfait, LigneForfaitC2S, *LigneForfaitC2S]{
	nom: "forfaits-c2s",
	colonnes: []colonne[LigneForfaitC2S]{
		texte("acte", func(l *LigneForfaitC2S) *string { return &l.Acte }),
		texte("code", func(l *LigneForfaitC2S) *tarif.Code { return &l.Code }),
		prix("montant", func(l *LigneForfaitC2S) *simphonie.Prix { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]LigneForfaitC2S { return &d.ForfaitsC2S },
	index:  func(t *Tables) *index[cleForfait, LigneForfaitC2S, *LigneForfaitC2S] { return &t.forfaits },
	cle:    func(l *LigneForfaitC2S) cleForfait { return cleForfait{l.Acte, l.Code} },
	controle: func(l *LigneForfaitC2S) (string, string) {
		switch {
		case l.Acte != Tout && !acteValide(l.Acte):
			return "acte", acteAttendu
		case !l.Code.Valide():
			return "code", codeAttendu
		}
		return prixPositif(l.Montant)
	},
}

var defPlafonds = definition[cleForfait, PlafondDentaire, *PlafondDentaire]{
	nom: "plafonds-dentaires",
	colonnes: []colonne[PlafondDentaire]{
		texte("acte", func(l *PlafondDentaire) *string { return &l.Acte }),
		texte("code", func(l *PlafondDentaire) *tarif.Code { return &l.Code }),
		texte("panier", func(l *PlafondDentaire) *string { return &l.Panier }),
		montant("plafond", func(l *PlafondDentaire) *simphonie.Montant { return &l.Plafond }),
	},
	lignes: func(d *Donnees) *[]PlafondDentaire { return &d.PlafondsDentaires },
	index:  func(t *Tables) *index[cleForfait, PlafondDentaire, *PlafondDentaire] { return &t.plafonds },
	cle:    func(l *PlafondDentaire) cleForfait { return cleForfait{l.Acte, l.Code} },
	controle: func(l *PlafondDentaire) (string, string) {
		switch {
		case !acteValide(l.Acte):
			return "acte", acteAttendu
		case l.Code != "" && !l.Code.Valide():
			return "code", codeAttendu
		case l.Panier != "0" && l.Panier != "1" && l.Panier != "2":
			return "panier", "0, 1 or 2 is wanted"
		case l.Plafond <= 0 && l.Panier != "2":
			return "plafond", "an amount above zero is wanted"
		}
		return "", ""
	},
}
