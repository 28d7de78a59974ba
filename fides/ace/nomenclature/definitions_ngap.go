package nomenclature

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/tarif"
)

var niveaux = map[string]Niveau{"support": Support, "complement": Complement, "": NonDit}

var nomenclatures = map[string]droits.Nomenclature{"ngap": droits.NGAP, "ccam": droits.CCAM, "nabm": droits.NABM, "lpp": droits.LPP,
	"pharmacie": droits.Pharmacie, "retrocession": droits.Retrocede, "forfait-age": droits.ForfaitAge, "part-patient": droits.PartPatient,
	"": ""} // ATU, FFM, SEx and APE have none of these

var defLettres = prepare(definition[cle, Lettre, *Lettre]{
	nom:     "lettres",
	dansCle: 1,
	colonnes: []colonne[Lettre]{
		texte("code", func(l *Lettre) *tarif.Code { return &l.Code }),
		choix("nomenclature", func(l *Lettre) *droits.Nomenclature { return &l.Nomenclature }, nomenclatures),
		choix("niveau", func(l *Lettre) *Niveau { return &l.Niveau }, niveaux),
		texte("categorie", func(l *Lettre) *string { return &l.Categorie }),
		texte("agregee", func(l *Lettre) *tarif.Code { return &l.Agregee }),
		booleen("auxiliaire", func(l *Lettre) *bool { return &l.Auxiliaire }),
		coefficient("coef_min", func(l *Lettre) *simphonie.Coefficient { return &l.CoefMin }),
		coefficient("coef_max", func(l *Lettre) *simphonie.Coefficient { return &l.CoefMax }),
		ouiNon("prescription", func(l *Lettre) *simphonie.OuiNon { return &l.Prescription }),
		ouiNon("nuit", func(l *Lettre) *simphonie.OuiNon { return &l.Nuit }),
		ouiNon("ferie", func(l *Lettre) *simphonie.OuiNon { return &l.Ferie }),
		age("age_min", func(l *Lettre) *simphonie.Age { return &l.AgeMin }),
		age("age_max", func(l *Lettre) *simphonie.Age { return &l.AgeMax }),
		ensemble("specialites", func(l *Lettre) *[]string { return &l.Specialites }),
		texte("qualificatifs", func(l *Lettre) *string { return &l.Qualificatifs }),
		ensemble("supports", func(l *Lettre) *[]tarif.Code { return &l.Supports }),
	},
	lignes: func(d *Donnees) *[]Lettre { return &d.Lettres },
	index:  func(t *Tables) *index[cle, Lettre, *Lettre] { return &t.lettres },
	cle:    func(l *Lettre) cle { return cle{a: motDe(l.Code)} },
	controle: func(l *Lettre) (string, string) {
		switch {
		case !l.Code.Valide():
			return "code", codeAttendu
		case l.Agregee != "" && !l.Agregee.Valide():
			return "agregee", codeAttendu
		case l.CoefMin < 0 || l.CoefMax < 0 || l.CoefMax != 0 && l.CoefMax < l.CoefMin:
			return "coef_max", "bounds from 0, in order, are wanted"
		case l.AgeMax.Mois() > 0 && l.AgeMax.Less(l.AgeMin):
			return "age_max", "less than the youngest age"
		case !tousValides(l.Specialites, specialiteValide):
			return "specialites", "specialties of two digits are wanted"
		case strings.Trim(l.Qualificatifs, "NGAX-") != "":
			return "qualificatifs", "characters of N, G, A, and - for none, are wanted"
		case !tousValides(l.Supports, tarif.Code.Valide):
			return "supports", codeAttendu
		}
		return "", ""
	},
})

const (
	codeAttendu       = "a code of up to five capital letters and digits is wanted"
	specialiteAttendu = "a specialty of two digits, or *, is wanted"
)

func tousValides[S ~string](vs []S, valide func(S) bool) bool {
	return !slices.ContainsFunc(vs, func(v S) bool { return !valide(v) })
}

func specialiteValide(s string) bool { return len(s) == 2 && chiffres(s) }

func specialiteOuTout(s string) bool { return s == Tout || specialiteValide(s) }

// zonesDe writes out the zones of a row: one, several joined with +, or all.
func zonesDe(z tarif.Zone) []tarif.Zone {
	if z == Tout {
		return tarif.Zones()
	}
	var zs []tarif.Zone
	for p := range strings.SplitSeq(string(z), "+") {
		zs = append(zs, tarif.Zone(p))
	}
	return zs
}

func zonesValides(z tarif.Zone) bool {
	return tousValides(zonesDe(z), func(z tarif.Zone) bool { return slices.Contains(tarif.Zones(), z) })
}

var publics = map[string]Public{"assures": Assures, "ame-rss": AMERSS}

var defPrix = prepare(definition[cle, LignePrix, *LignePrix]{
	nom:     "prix",
	dansCle: 5,
	colonnes: []colonne[LignePrix]{
		texte("code", func(l *LignePrix) *tarif.Code { return &l.Code }),
		texte("specialite", func(l *LignePrix) *string { return &l.Specialite }),
		texte("secteur", func(l *LignePrix) *tarif.Secteur { return &l.Secteur }),
		texte("zone", func(l *LignePrix) *tarif.Zone { return &l.Zone }),
		choix("public", func(l *LignePrix) *Public { return &l.Public }, publics),
		prix("montant", func(l *LignePrix) *simphonie.Prix { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]LignePrix { return &d.Prix },
	index:  func(t *Tables) *index[cle, LignePrix, *LignePrix] { return &t.prix },
	cle:    func(l *LignePrix) cle { return clePrix(l.Code, l.Specialite, l.Secteur, l.Zone, l.Public) },
	controle: func(l *LignePrix) (string, string) {
		switch {
		case !l.Code.Valide():
			return "code", codeAttendu
		case !specialiteOuTout(l.Specialite):
			return "specialite", specialiteAttendu
		case l.Secteur != Tout && !l.Secteur.Valide():
			return "secteur", "ex-dg, ex-oqn or * is wanted"
		case !zonesValides(l.Zone):
			return "zone", zoneAttendue
		case l.Public != Assures && l.Public != AMERSS:
			return "public", "assures or ame-rss is wanted"
		}
		return prixPositif(l.Montant)
	},
	etend: func(l *LignePrix) []LignePrix {
		var r []LignePrix
		secteurs := []tarif.Secteur{l.Secteur}
		if l.Secteur == Tout {
			secteurs = tarif.Secteurs()
		}
		for _, s := range secteurs {
			for _, z := range zonesDe(l.Zone) {
				m := *l
				m.Secteur, m.Zone = s, z
				r = append(r, m)
			}
		}
		return r
	},
})

const zoneAttendue = "a zone of tariffs, several joined with +, or * is wanted"

func prixPositif(p simphonie.Prix) (string, string) {
	if p <= 0 {
		return "montant", "an amount above zero is wanted"
	}
	return "", ""
}

var majorations = []string{"N", "F", "U"}

var defModes = prepare(definition[cle, LigneModeMajoration, *LigneModeMajoration]{
	nom:     "majorations-modes",
	dansCle: 2,
	colonnes: []colonne[LigneModeMajoration]{
		texte("majoration", func(l *LigneModeMajoration) *string { return &l.Majoration }),
		texte("code", func(l *LigneModeMajoration) *tarif.Code { return &l.Code }),
		coefficient("coef_min", func(l *LigneModeMajoration) *simphonie.Coefficient { return &l.CoefMin }),
		coefficient("coef_max", func(l *LigneModeMajoration) *simphonie.Coefficient { return &l.CoefMax }),
		choix("mode", func(l *LigneModeMajoration) *ModeMajoration { return &l.Mode },
			map[string]ModeMajoration{"montant": MajorationMontant, "pourcentage": MajorationPourcentage}),
	},
	lignes: func(d *Donnees) *[]LigneModeMajoration { return &d.ModesMajoration },
	index:  func(t *Tables) *index[cle, LigneModeMajoration, *LigneModeMajoration] { return &t.modes },
	cle:    func(l *LigneModeMajoration) cle { return cle{motDe(l.Code), motDe(l.Majoration)} },
	controle: func(l *LigneModeMajoration) (string, string) {
		switch {
		case !slices.Contains(majorations, l.Majoration):
			return "majoration", "N, F or U is wanted"
		case l.Code != Tout && !l.Code.Valide():
			return "code", codeAttendu
		case l.CoefMin < 0 || l.CoefMax < 0 || l.CoefMax != 0 && l.CoefMax < l.CoefMin:
			return "coef_max", "bounds from 0, in order, are wanted"
		case l.Mode != MajorationMontant && l.Mode != MajorationPourcentage:
			return "mode", "montant or pourcentage is wanted"
		}
		return "", ""
	},
	disjoints: func(a, b *LigneModeMajoration) bool {
		return a.CoefMax != 0 && a.CoefMax < b.CoefMin || b.CoefMax != 0 && b.CoefMax < a.CoefMin
	},
})

var defMajorations = prepare(definition[cle, LigneMajoration, *LigneMajoration]{
	nom:     "majorations",
	dansCle: 4,
	colonnes: []colonne[LigneMajoration]{
		texte("majoration", func(l *LigneMajoration) *string { return &l.Majoration }),
		texte("code", func(l *LigneMajoration) *tarif.Code { return &l.Code }),
		texte("specialite", func(l *LigneMajoration) *string { return &l.Specialite }),
		texte("zone", func(l *LigneMajoration) *tarif.Zone { return &l.Zone }),
		montant("montant", func(l *LigneMajoration) *simphonie.Montant { return &l.Montant }),
	},
	lignes: func(d *Donnees) *[]LigneMajoration { return &d.Majorations },
	index:  func(t *Tables) *index[cle, LigneMajoration, *LigneMajoration] { return &t.majorations },
	cle:    func(l *LigneMajoration) cle { return cleMajoration(l.Majoration, l.Code, l.Specialite, l.Zone) },
	controle: func(l *LigneMajoration) (string, string) {
		switch {
		case !slices.Contains(majorations, l.Majoration):
			return "majoration", "N, F or U is wanted"
		case l.Code != Tout && !l.Code.Valide():
			return "code", codeAttendu
		case !specialiteOuTout(l.Specialite):
			return "specialite", specialiteAttendu
		case !zonesValides(l.Zone):
			return "zone", zoneAttendue
		case l.Montant <= 0:
			return "montant", "an amount above zero is wanted"
		}
		return "", ""
	},
	etend: func(l *LigneMajoration) []LigneMajoration {
		var r []LigneMajoration
		for _, z := range zonesDe(l.Zone) {
			m := *l
			m.Zone = z
			m.parMode = [2]MajorationNGAP{{l.Date, MajorationMontant, l.Montant}, {l.Date, MajorationPourcentage, l.Montant}}
			r = append(r, m)
		}
		return r
	},
})

var defCloses = prepare(definition[cle, LigneLettreClose, *LigneLettreClose]{
	nom:     "lettres-closes",
	dansCle: 2,
	colonnes: []colonne[LigneLettreClose]{
		texte("code", func(l *LigneLettreClose) *tarif.Code { return &l.Code }),
		texte("specialite", func(l *LigneLettreClose) *string { return &l.Specialite }),
		booleen("close", func(l *LigneLettreClose) *bool { return &l.Close }),
	},
	lignes: func(d *Donnees) *[]LigneLettreClose { return &d.LettresCloses },
	index:  func(t *Tables) *index[cle, LigneLettreClose, *LigneLettreClose] { return &t.closes },
	cle:    func(l *LigneLettreClose) cle { return cle{motDe(l.Code), motDe(l.Specialite)} },
	controle: func(l *LigneLettreClose) (string, string) {
		switch {
		case !l.Code.Valide():
			return "code", codeAttendu
		case !specialiteOuTout(l.Specialite):
			return "specialite", specialiteAttendu
		}
		return "", ""
	},
})
