package nomenclature

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// coefficientMax tells a coefficient from a percentage written in its place.
const (
	coefficientMax     = 10 * simphonie.Un
	coefficientAttendu = "a coefficient above 0, not a percentage, is wanted"
)

const acteAttendu = "an act of four letters and three digits is wanted"

var defActes = prepare(definition[cle, Acte, *Acte]{
	nom:     "actes",
	dansCle: 1,
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
	index:  func(t *Tables) *index[cle, Acte, *Acte] { return &t.actes },
	cle:    func(l *Acte) cle { return cle{a: motDe(l.Code)} },
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
		case !tousValides(l.Natures, motValide):
			return "natures", motAttendu
		case !tousValides(l.Forfaits, motValide):
			return "forfaits", motAttendu
		case !tousValides(l.ForfaitsC2S, tarif.Code.Valide):
			return "forfaits_c2s", codeAttendu
		}
		return "", ""
	},
})

var defActivites = prepare(definition[cle, Activite, *Activite]{
	nom:     "activites",
	dansCle: 3,
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
	index:  func(t *Tables) *index[cle, Activite, *Activite] { return &t.activites },
	cle:    func(l *Activite) cle { return cleCCAM(l.Acte, l.Activite, l.Phase, "") },
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
		if !tousValides(l.Classes, motValide) {
			return "classes", motAttendu
		}
		for m, regle := range l.Planifiees {
			if !acteValide(m.Acte) || len(m.Activite) != 1 || !chiffres(m.Activite) || !motValide(regle) {
				return "planifiees", "acts, activities and rules, as ABCD001/1=A, are wanted"
			}
		}
		for z, c := range l.DOM {
			if _, ok := zoneDe(string(z)); !ok {
				return "dom", zoneAttendue
			}
			if c <= 0 || c > coefficientMax {
				return "dom", coefficientAttendu
			}
		}
		return "", ""
	},
})

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

var defGrilles = prepare(definition[cle, LigneGrille, *LigneGrille]{
	nom:     "grilles",
	dansCle: 1,
	colonnes: []colonne[LigneGrille]{
		texte("specialite", func(l *LigneGrille) *string { return &l.Specialite }),
		texte("grille", func(l *LigneGrille) *string { return &l.Grille }),
	},
	lignes: func(d *Donnees) *[]LigneGrille { return &d.Grilles },
	index:  func(t *Tables) *index[cle, LigneGrille, *LigneGrille] { return &t.grilles },
	cle:    func(l *LigneGrille) cle { return cle{a: motDe(l.Specialite)} },
	controle: func(l *LigneGrille) (string, string) {
		switch {
		case !specialiteOuTout(l.Specialite):
			return "specialite", specialiteAttendu
		case !grilleValide(l.Grille):
			return "grille", grilleAttendue
		}
		return "", ""
	},
})

const grilleAttendue = "a grid, its digits without leading zeros, is wanted"

// grilleValide tells a grid; 3 and 03 would be two.
func grilleValide(s string) bool { return chiffres(s) && len(s) <= 3 && s[0] != '0' }

func grilleOuTout(s string) bool { return s == Tout || grilleValide(s) }

var defPrixCCAM = prepare(definition[cle, LignePrixCCAM, *LignePrixCCAM]{
	nom:     "prix-ccam",
	dansCle: 4,
	colonnes: []colonne[LignePrixCCAM]{
		texte("acte", func(l *LignePrixCCAM) *string { return &l.Acte }),
		texte("activite", func(l *LignePrixCCAM) *string { return &l.Activite }),
		texte("phase", func(l *LignePrixCCAM) *string { return &l.Phase }),
		texte("grille", func(l *LignePrixCCAM) *string { return &l.Grille }),
		exige(prix("montant", func(l *LignePrixCCAM) *simphonie.Prix { return &l.Montant })),
	},
	lignes: func(d *Donnees) *[]LignePrixCCAM { return &d.PrixCCAM },
	index:  func(t *Tables) *index[cle, LignePrixCCAM, *LignePrixCCAM] { return &t.prixCCAM },
	cle:    func(l *LignePrixCCAM) cle { return cleCCAM(l.Acte, l.Activite, l.Phase, l.Grille) },
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
})

var defModificateurs = prepare(definition[cle, Modificateur, *Modificateur]{
	nom:     "modificateurs",
	dansCle: 2,
	colonnes: []colonne[Modificateur]{
		texte("lettre", func(l *Modificateur) *string { return &l.Lettre }),
		texte("grille", func(l *Modificateur) *string { return &l.Grille }),
		coefficient("coefficient", func(l *Modificateur) *simphonie.Coefficient { return &l.Coefficient }),
		montant("montant", func(l *Modificateur) *simphonie.Montant { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]Modificateur { return &d.Modificateurs },
	index:  func(t *Tables) *index[cle, Modificateur, *Modificateur] { return &t.modificateurs },
	cle:    func(l *Modificateur) cle { return cle{motDe(l.Lettre), motDe(l.Grille)} },
	controle: func(l *Modificateur) (string, string) {
		switch {
		case !lettreValide(l.Lettre):
			return "lettre", lettreAttendue
		case !grilleOuTout(l.Grille):
			return "grille", grilleAttendue
		case l.Coefficient < 0 || l.Montant < 0 || (l.Coefficient == 0) == (l.Montant == 0):
			return "montant", "a coefficient or an amount, above 0, is wanted"
		case l.Coefficient > coefficientMax:
			return "coefficient", coefficientAttendu
		}
		return "", ""
	},
})

var defAges = prepare(definition[cle, LigneAgesModificateur, *LigneAgesModificateur]{
	nom:     "modificateurs-ages",
	dansCle: 1,
	colonnes: []colonne[LigneAgesModificateur]{
		texte("lettre", func(l *LigneAgesModificateur) *string { return &l.Lettre }),
		age("age_min", func(l *LigneAgesModificateur) *simphonie.Age { return &l.Min }),
		age("age_max", func(l *LigneAgesModificateur) *simphonie.Age { return &l.Max }),
	},
	lignes: func(d *Donnees) *[]LigneAgesModificateur { return &d.AgesModificateurs },
	index:  func(t *Tables) *index[cle, LigneAgesModificateur, *LigneAgesModificateur] { return &t.ages },
	cle:    func(l *LigneAgesModificateur) cle { return cle{a: motDe(l.Lettre)} },
	controle: func(l *LigneAgesModificateur) (string, string) {
		switch {
		case !lettreValide(l.Lettre):
			return "lettre", lettreAttendue
		case l.Max.Mois() > 0 && l.Max.Less(l.Min):
			return "age_max", "less than the youngest age"
		}
		return "", ""
	},
	disjoints: func(a, b *LigneAgesModificateur) bool {
		return a.Max.Mois() > 0 && !b.Min.Less(a.Max) || b.Max.Mois() > 0 && !a.Min.Less(b.Max)
	},
})

var defRegles = prepare(definition[cle, LigneRegleModificateur, *LigneRegleModificateur]{
	nom:     "modificateurs-regles",
	dansCle: 1,
	colonnes: []colonne[LigneRegleModificateur]{
		texte("lettre", func(l *LigneRegleModificateur) *string { return &l.Lettre }),
		booleen("unique", func(l *LigneRegleModificateur) *bool { return &l.Unique }),
		booleen("coherence", func(l *LigneRegleModificateur) *bool { return &l.Coherence }),
	},
	lignes: func(d *Donnees) *[]LigneRegleModificateur { return &d.ReglesModificateur },
	index:  func(t *Tables) *index[cle, LigneRegleModificateur, *LigneRegleModificateur] { return &t.regles },
	cle:    func(l *LigneRegleModificateur) cle { return cle{a: motDe(l.Lettre)} },
	controle: func(l *LigneRegleModificateur) (string, string) {
		if !lettreValide(l.Lettre) {
			return "lettre", lettreAttendue
		}
		return "", ""
	},
})

var defPaires = prepare(definition[cle, LignePaireModificateurs, *LignePaireModificateurs]{
	nom:     "modificateurs-paires",
	dansCle: 2,
	colonnes: []colonne[LignePaireModificateurs]{
		texte("a", func(l *LignePaireModificateurs) *string { return &l.A }),
		texte("b", func(l *LignePaireModificateurs) *string { return &l.B }),
		booleen("compatibles", func(l *LignePaireModificateurs) *bool { return &l.Compatibles }),
	},
	lignes: func(d *Donnees) *[]LignePaireModificateurs { return &d.PairesModificateur },
	index:  func(t *Tables) *index[cle, LignePaireModificateurs, *LignePaireModificateurs] { return &t.paires },
	cle:    func(l *LignePaireModificateurs) cle { return cle{motDe(l.A), motDe(l.B)} },
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
})

var defAssociations = prepare(definition[cle, LigneAssociation, *LigneAssociation]{
	nom:     "associations",
	dansCle: 2,
	colonnes: []colonne[LigneAssociation]{
		texte("code", func(l *LigneAssociation) *string { return &l.Code }),
		texte("grille", func(l *LigneAssociation) *string { return &l.Grille }),
		coefficient("coefficient", func(l *LigneAssociation) *simphonie.Coefficient { return &l.Coefficient }),
	},
	lignes: func(d *Donnees) *[]LigneAssociation { return &d.Associations },
	index:  func(t *Tables) *index[cle, LigneAssociation, *LigneAssociation] { return &t.associations },
	cle:    func(l *LigneAssociation) cle { return cle{motDe(l.Code), motDe(l.Grille)} },
	controle: func(l *LigneAssociation) (string, string) {
		if !lettreValide(l.Code) {
			return "code", "a code of one character is wanted"
		}
		return grilleEtCoefficient(l.Grille, l.Coefficient)
	},
})

func grilleEtCoefficient(grille string, c simphonie.Coefficient) (string, string) {
	switch {
	case !grilleOuTout(grille):
		return "grille", grilleAttendue
	case c <= 0 || c > coefficientMax:
		return "coefficient", coefficientAttendu
	}
	return "", ""
}

var defReglesAssociation = prepare(definition[cle, LigneRegleAssociation, *LigneRegleAssociation]{
	nom:     "associations-regles",
	dansCle: 2,
	colonnes: []colonne[LigneRegleAssociation]{
		texte("regle", func(l *LigneRegleAssociation) *string { return &l.Regle }),
		texte("grille", func(l *LigneRegleAssociation) *string { return &l.Grille }),
		coefficient("coefficient", func(l *LigneRegleAssociation) *simphonie.Coefficient { return &l.Coefficient }),
	},
	lignes: func(d *Donnees) *[]LigneRegleAssociation { return &d.ReglesAssociation },
	index:  func(t *Tables) *index[cle, LigneRegleAssociation, *LigneRegleAssociation] { return &t.planifiees },
	cle:    func(l *LigneRegleAssociation) cle { return cle{motDe(l.Regle), motDe(l.Grille)} },
	controle: func(l *LigneRegleAssociation) (string, string) {
		if !motValide(l.Regle) {
			return "regle", motAttendu
		}
		return grilleEtCoefficient(l.Grille, l.Coefficient)
	},
})

var defClasses = prepare(definition[cle, LigneClasses, *LigneClasses]{
	nom:     "classes",
	dansCle: 1,
	colonnes: []colonne[LigneClasses]{
		texte("specialite", func(l *LigneClasses) *string { return &l.Specialite }),
		ensemble("classes", func(l *LigneClasses) *[]string { return &l.Classes }),
	},
	lignes: func(d *Donnees) *[]LigneClasses { return &d.Classes },
	index:  func(t *Tables) *index[cle, LigneClasses, *LigneClasses] { return &t.classes },
	cle:    func(l *LigneClasses) cle { return cle{a: motDe(l.Specialite)} },
	controle: func(l *LigneClasses) (string, string) {
		if !specialiteValide(l.Specialite) {
			return "specialite", "a specialty of two digits is wanted"
		}
		if !tousValides(l.Classes, motValide) {
			return "classes", motAttendu
		}
		return "", ""
	},
})

var defForfaits = prepare(definition[cle, LigneForfaitC2S, *LigneForfaitC2S]{
	nom:     "forfaits-c2s",
	dansCle: 2,
	colonnes: []colonne[LigneForfaitC2S]{
		texte("acte", func(l *LigneForfaitC2S) *string { return &l.Acte }),
		texte("code", func(l *LigneForfaitC2S) *tarif.Code { return &l.Code }),
		prix("montant", func(l *LigneForfaitC2S) *simphonie.Prix { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]LigneForfaitC2S { return &d.ForfaitsC2S },
	index:  func(t *Tables) *index[cle, LigneForfaitC2S, *LigneForfaitC2S] { return &t.forfaits },
	cle:    func(l *LigneForfaitC2S) cle { return cle{motDe(l.Acte), motDe(l.Code)} },
	controle: func(l *LigneForfaitC2S) (string, string) {
		switch {
		case l.Acte != Tout && !acteValide(l.Acte):
			return "acte", acteAttendu
		case !l.Code.Valide():
			return "code", codeAttendu
		}
		return prixPositif(l.Montant)
	},
})

var defPlafonds = prepare(definition[cle, PlafondDentaire, *PlafondDentaire]{
	nom:     "plafonds-dentaires",
	dansCle: 2,
	colonnes: []colonne[PlafondDentaire]{
		texte("acte", func(l *PlafondDentaire) *string { return &l.Acte }),
		texte("code", func(l *PlafondDentaire) *tarif.Code { return &l.Code }),
		texte("panier", func(l *PlafondDentaire) *string { return &l.Panier }),
		montant("plafond", func(l *PlafondDentaire) *simphonie.Montant { return &l.Plafond }),
	},
	lignes: func(d *Donnees) *[]PlafondDentaire { return &d.PlafondsDentaires },
	index:  func(t *Tables) *index[cle, PlafondDentaire, *PlafondDentaire] { return &t.plafonds },
	cle:    func(l *PlafondDentaire) cle { return cle{motDe(l.Acte), motDe(l.Code)} },
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
})
