package nomenclature

import (
	"slices"

	"github.com/simphonie/simphonie"
)

var defAnalyses = prepare(definition[cle, Analyse, *Analyse]{
	nom:     "analyses",
	dansCle: 1,
	colonnes: []colonne[Analyse]{
		texte("code", func(l *Analyse) *string { return &l.Code }),
		exige(coefficient("coefficient", func(l *Analyse) *simphonie.Coefficient { return &l.Coefficient })),
		entier("max", func(l *Analyse) *int { return &l.Max }),
		ensemble("incompatibles", func(l *Analyse) *[]string { return &l.Incompatibles }),
		texte("regle", func(l *Analyse) *string { return &l.Regle }),
		booleen("entente", func(l *Analyse) *bool { return &l.Entente }),
	},
	lignes: func(d *Donnees) *[]Analyse { return &d.Analyses },
	index:  func(t *Tables) *index[cle, Analyse, *Analyse] { return &t.analyses },
	cle:    func(l *Analyse) cle { return cle{a: motDe(l.Code)} },
	controle: func(l *Analyse) (string, string) {
		switch {
		case !analyseValide(l.Code):
			return "code", analyseAttendue
		case l.Coefficient < 0:
			return "coefficient", "a coefficient from 0 is wanted"
		case l.Max < 0:
			return "max", "a number from 0 is wanted"
		case !tousValides(l.Incompatibles, analyseValide):
			return "incompatibles", analyseAttendue
		}
		return "", ""
	},
})

const analyseAttendue = "an analysis of four digits is wanted"

func analyseValide(s string) bool { return len(s) == 4 && chiffres(s) }

var defProduits = prepare(definition[cle, LigneProduit, *LigneProduit]{
	nom:     "produits",
	dansCle: 1,
	colonnes: []colonne[LigneProduit]{
		texte("code", func(l *LigneProduit) *string { return &l.Code }),
		prix("montant", func(l *LigneProduit) *simphonie.Prix { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]LigneProduit { return &d.Produits },
	index:  func(t *Tables) *index[cle, LigneProduit, *LigneProduit] { return &t.produits },
	cle:    func(l *LigneProduit) cle { return cle{a: motDe(l.Code)} },
	controle: func(l *LigneProduit) (string, string) {
		if len(l.Code) != 7 || !chiffres(l.Code) {
			return "code", "a product of seven digits is wanted"
		}
		return prixPositif(l.Montant)
	},
})

// valeurs reads and writes a parameter by its unit.
var valeurs = map[unite]colonne[Parametre]{
	"": {"", func(*Parametre, string) string { return "of an unknown parameter" }, func(*Parametre) string { return "" }},

	unMontant:     exige(montant("", func(l *Parametre) *simphonie.Montant { return &l.Montant })),
	unTaux:        exige(taux("", func(l *Parametre) *simphonie.Taux { return &l.Taux })),
	unCoefficient: exige(coefficient("", func(l *Parametre) *simphonie.Coefficient { return &l.Coefficient })),
	unNombre:      exige(entier("", func(l *Parametre) *int { return &l.Nombre })),
}

// seule clears the values of other units.
func (p *Parametre) seule(u unite) {
	v := Parametre{Date: p.Date, Nom: p.Nom}
	switch u {
	case unMontant:
		v.Montant = p.Montant
	case unTaux:
		v.Taux = p.Taux
	case unCoefficient:
		v.Coefficient = p.Coefficient
	case unNombre:
		v.Nombre = p.Nombre
	}
	*p = v
}

var defParametres = prepare(definition[NomParametre, Parametre, *Parametre]{
	nom:     "parametres",
	dansCle: 1,
	colonnes: []colonne[Parametre]{
		texte("nom", func(l *Parametre) *NomParametre { return &l.Nom }),
		{"valeur",
			func(l *Parametre, s string) string { return valeurs[unites[l.Nom]].lit(l, s) },
			func(l *Parametre) string { return valeurs[unites[l.Nom]].ecrit(l) }},
	},
	lignes: func(d *Donnees) *[]Parametre { return &d.Parametres },
	index:  func(t *Tables) *index[NomParametre, Parametre, *Parametre] { return &t.parametres },
	cle:    func(l *Parametre) NomParametre { return l.Nom },
	controle: func(l *Parametre) (string, string) {
		u, ok := unites[l.Nom]
		if !ok {
			return "nom", "unknown parameter"
		}
		seul := *l
		seul.seule(u)
		if seul != *l {
			return "valeur", "this parameter is a " + string(u)
		}
		if l.Montant < 0 || l.Taux < 0 || l.Coefficient < 0 || l.Nombre < 0 {
			return "valeur", "a value from 0 is wanted"
		}
		return "", ""
	},
})

var defListes = prepare(definition[cleListe, LigneListe, *LigneListe]{
	nom:     "listes",
	dansCle: 2,
	colonnes: []colonne[LigneListe]{
		texte("liste", func(l *LigneListe) *NomListe { return &l.Liste }),
		texte("code", func(l *LigneListe) *string { return &l.Code }),
	},
	lignes: func(d *Donnees) *[]LigneListe { return &d.Listes },
	index:  func(t *Tables) *index[cleListe, LigneListe, *LigneListe] { return &t.listes },
	cle:    func(l *LigneListe) cleListe { return cleListe{l.Liste, l.Code} },
	controle: func(l *LigneListe) (string, string) {
		switch {
		case !slices.Contains(nomsListes, l.Liste):
			return "liste", "unknown list"
		case l.Code == "":
			return "code", "a code, or - for a list that is loaded whole, is wanted"
		}
		return "", ""
	},
})

// tableaux are the tables, in the order in which they are written about.
var tableaux = []tableau{defLettres, defPrix, defModes, defMajorations, defCloses,
	defActes, defActivites, defGrilles, defPrixCCAM, defModificateurs, defAges, defRegles, defPaires,
	defAssociations, defReglesAssociation, defClasses, defForfaits, defPlafonds,
	defAnalyses, defProduits, defParametres, defListes}
