package nomenclature

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

var vides Tables

const motTout = mot('*')

func (t *Tables) ouVides() *Tables {
	if t == nil {
		return &vides
	}
	return t
}

// Lettre gives what a code of invoice is, or *Absent.
func (t *Tables) Lettre(code tarif.Code, jour, connuAu simphonie.Jour) (*Lettre, error) {
	if l := t.ouVides().lettres.cherche(cle{a: motDe(code)}, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("lettres", string(code), jour, connuAu)
}

// Prix gives the price of a letter of the NGAP or of the NABM, or of a forfait,
// or *Absent. The row of the specialty wins over that of all.
func (t *Tables) Prix(code tarif.Code, specialite string, s tarif.Secteur, z tarif.Zone, jour, connuAu simphonie.Jour) (*Prix, error) {
	return t.prixDe(code, specialite, s, z, Assures, jour, connuAu)
}

// PrixAMERSS gives the price that holds for the AME and for coordinated systems,
// in which the coefficients of ATU, FFM, SEx and APE are already, or *Absent: it
// is never deduced from that of the insured.
func (t *Tables) PrixAMERSS(code tarif.Code, specialite string, s tarif.Secteur, z tarif.Zone, jour, connuAu simphonie.Jour) (*Prix, error) {
	return t.prixDe(code, specialite, s, z, AMERSS, jour, connuAu)
}

func (t *Tables) prixDe(code tarif.Code, specialite string, s tarif.Secteur, z tarif.Zone, p Public, jour, connuAu simphonie.Jour) (*Prix, error) {
	t = t.ouVides()
	for _, qui := range [...]string{specialite, Tout} {
		if l := t.prix.cherche(clePrix(code, qui, s, z, p), jour, connuAu); l != nil {
			return &l.Prix, nil
		}
	}
	return nil, absent("prix", cles(string(code), specialite, string(s), string(z), string(p)), jour, connuAu)
}

func cles(s ...string) string { return strings.TrimRight(strings.Join(s, "/"), "/") }

// Majoration gives the surcharge m (N, F or U) of a letter, or *Absent: its mode
// by table 23, which is always the amount for an auxiliary, and its amount.
func (t *Tables) Majoration(m string, code tarif.Code, coef simphonie.Coefficient, specialite string, z tarif.Zone, jour, connuAu simphonie.Jour) (*MajorationNGAP, error) {
	t = t.ouVides()
	mode := MajorationMontant
	if l := t.lettres.cherche(cle{a: motDe(code)}, jour, connuAu); l == nil || !l.Auxiliaire {
		var err error
		if mode, err = t.mode(m, code, coef, jour, connuAu); err != nil {
			return nil, err
		}
	}
	for _, c := range [...]tarif.Code{code, Tout} {
		for _, qui := range [...]string{specialite, Tout} {
			if l := t.majorations.cherche(cleMajoration(m, c, qui, z), jour, connuAu); l != nil {
				return &l.parMode[mode-1], nil
			}
		}
	}
	return nil, absent("majorations", cles(m, string(code), specialite, string(z)), jour, connuAu)
}

func (t *Tables) mode(m string, code tarif.Code, coef simphonie.Coefficient, jour, connuAu simphonie.Jour) (ModeMajoration, error) {
	for _, k := range [...]cle{{motDe(code), motDe(m)}, {motTout, motDe(m)}} {
		l, _ := t.modes.parmi(k, jour, connuAu, func(l *LigneModeMajoration) bool {
			return coef >= l.CoefMin && (l.CoefMax == 0 || coef <= l.CoefMax)
		})
		if l != nil {
			return l.Mode, nil
		}
	}
	return 0, absent("majorations-modes", cles(m, string(code), coef.String()), jour, connuAu)
}

// Acte gives an act of the CCAM, or *Absent.
func (t *Tables) Acte(code string, jour, connuAu simphonie.Jour) (*Acte, error) {
	if l := t.ouVides().actes.cherche(cle{a: motDe(code)}, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("actes", code, jour, connuAu)
}

// Activite gives one activity and phase of an act, or *Absent.
func (t *Tables) Activite(acte, activite, phase string, jour, connuAu simphonie.Jour) (*Activite, error) {
	if l := t.ouVides().activites.cherche(cleCCAM(acte, activite, phase, ""), jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("activites", cles(acte, activite, phase), jour, connuAu)
}

// Grille gives the grid of prices of a specialty for salaried practitioners of
// sector 1 without contract (TB22), or *Absent.
func (t *Tables) Grille(specialite string, jour, connuAu simphonie.Jour) (string, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{a: motDe(specialite)}, {a: motTout}} {
		if l := t.grilles.cherche(k, jour, connuAu); l != nil {
			return l.Grille, nil
		}
	}
	return "", absent("grilles", specialite, jour, connuAu)
}

// PrixCCAM gives the base price of an act in a grid, or *Absent.
func (t *Tables) PrixCCAM(acte, activite, phase, grille string, jour, connuAu simphonie.Jour) (*Prix, error) {
	if l := t.ouVides().prixCCAM.cherche(cleCCAM(acte, activite, phase, grille), jour, connuAu); l != nil {
		return &l.Prix, nil
	}
	return nil, absent("prix-ccam", cles(acte, activite, phase, grille), jour, connuAu)
}

// Modificateur gives the coefficient or the amount of a modifier in a grid (TB11), or *Absent.
func (t *Tables) Modificateur(lettre byte, grille string, jour, connuAu simphonie.Jour) (*Modificateur, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{mot(lettre), motDe(grille)}, {mot(lettre), motTout}} {
		if l := t.modificateurs.cherche(k, jour, connuAu); l != nil {
			return l, nil
		}
	}
	return nil, absent("modificateurs", cles(string(rune(lettre)), grille), jour, connuAu)
}

// ModificateursPayes gives how many modifiers of an act are paid (TB19), or *Absent.
func (t *Tables) ModificateursPayes(jour, connuAu simphonie.Jour) (int, error) {
	p, err := t.Parametre(ParamModificateurs, jour, connuAu)
	if err != nil {
		return 0, err
	}
	return p.Nombre, nil
}

// ModificateursCompatibles says whether two modifiers go together (TB09), or *Absent.
func (t *Tables) ModificateursCompatibles(a, b byte, jour, connuAu simphonie.Jour) (bool, error) {
	a, b = min(a, b), max(a, b)
	if l := t.ouVides().paires.cherche(cle{mot(a), mot(b)}, jour, connuAu); l != nil {
		return l.Compatibles, nil
	}
	return false, absent("modificateurs-paires", cles(string(rune(a)), string(rune(b))), jour, connuAu)
}

// ModificateurUnique says whether a modifier counts once in the acts of one
// practitioner (TB10), or *Absent.
func (t *Tables) ModificateurUnique(lettre byte, jour, connuAu simphonie.Jour) (bool, error) {
	l, err := t.regleModificateur(lettre, jour, connuAu)
	return err == nil && l.Unique, err
}

// ModificateurCoherence says whether every activity of an act carries the
// modifier when one does (TB10), or *Absent.
func (t *Tables) ModificateurCoherence(lettre byte, jour, connuAu simphonie.Jour) (bool, error) {
	l, err := t.regleModificateur(lettre, jour, connuAu)
	return err == nil && l.Coherence, err
}

func (t *Tables) regleModificateur(lettre byte, jour, connuAu simphonie.Jour) (*LigneRegleModificateur, error) {
	if l := t.ouVides().regles.cherche(cle{a: mot(lettre)}, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("modificateurs-regles", string(rune(lettre)), jour, connuAu)
}

// AgeModificateur says whether a modifier is for an age (TB06), or *Absent. A
// modifier may have several spans of ages.
func (t *Tables) AgeModificateur(lettre byte, a simphonie.Age, jour, connuAu simphonie.Jour) (bool, error) {
	l, connu := t.ouVides().ages.parmi(cle{a: mot(lettre)}, jour, connuAu, func(l *LigneAgesModificateur) bool {
		return !a.Less(l.Min) && (l.Max.Mois() == 0 || a.Less(l.Max))
	})
	if !connu {
		return false, absent("modificateurs-ages", string(rune(lettre)), jour, connuAu)
	}
	return l != nil, nil
}

// Association gives the coefficient of a code of unplanned association in a
// grid (TB02), or *Absent.
func (t *Tables) Association(code, grille string, jour, connuAu simphonie.Jour) (simphonie.Coefficient, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{motDe(code), motDe(grille)}, {motDe(code), motTout}} {
		if l := t.associations.cherche(k, jour, connuAu); l != nil {
			return l.Coefficient, nil
		}
	}
	return 0, absent("associations", cles(code, grille), jour, connuAu)
}

// AssociationPlanifiee gives the coefficient of a rule of planned association in
// a grid (TB03), or *Absent.
func (t *Tables) AssociationPlanifiee(regle, grille string, jour, connuAu simphonie.Jour) (simphonie.Coefficient, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{motDe(regle), motDe(grille)}, {motDe(regle), motTout}} {
		if l := t.planifiees.cherche(k, jour, connuAu); l != nil {
			return l.Coefficient, nil
		}
	}
	return 0, absent("associations-regles", cles(regle, grille), jour, connuAu)
}

// Classes gives the classes of a specialty (TB04), or *Absent. They are not to be changed.
func (t *Tables) Classes(specialite string, jour, connuAu simphonie.Jour) ([]string, error) {
	if l := t.ouVides().classes.cherche(cle{a: motDe(specialite)}, jour, connuAu); l != nil {
		return l.Classes, nil
	}
	return nil, absent("classes", specialite, jour, connuAu)
}

// LettreClose says whether a letter of the NGAP is closed for a specialty (TB17);
// *Absent when the table is not loaded, or not for that day.
func (t *Tables) LettreClose(code tarif.Code, specialite string, jour, connuAu simphonie.Jour) (bool, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{motDe(code), motDe(specialite)}, {motDe(code), motTout}} {
		if l := t.closes.cherche(k, jour, connuAu); l != nil {
			return l.Close, nil
		}
	}
	if t.closes.ouverte(jour, connuAu) {
		return false, nil
	}
	return false, absent("lettres-closes", cles(string(code), specialite), jour, connuAu)
}

// ForfaitC2S gives the price of a dental forfait of the C2S for an act that
// takes it (TB21), or *Absent. The row of the act wins over that of all.
func (t *Tables) ForfaitC2S(acte string, code tarif.Code, jour, connuAu simphonie.Jour) (*Prix, error) {
	t = t.ouVides()
	for _, k := range [...]cle{{motDe(acte), motDe(code)}, {motTout, motDe(code)}} {
		if l := t.forfaits.cherche(k, jour, connuAu); l != nil {
			return &l.Prix, nil
		}
	}
	return nil, absent("forfaits-c2s", cles(acte, string(code)), jour, connuAu)
}

// PlafondDentaire gives the cap of the fee of a dental act, with the forfait of
// the C2S that goes with it, empty for none (table PFD), or *Absent.
func (t *Tables) PlafondDentaire(acte string, code tarif.Code, jour, connuAu simphonie.Jour) (*PlafondDentaire, error) {
	if l := t.ouVides().plafonds.cherche(cle{motDe(acte), motDe(code)}, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("plafonds-dentaires", cles(acte, string(code)), jour, connuAu)
}

// Analyse gives an analysis of the NABM, or *Absent.
func (t *Tables) Analyse(code string, jour, connuAu simphonie.Jour) (*Analyse, error) {
	if l := t.ouVides().analyses.cherche(cle{a: motDe(code)}, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("analyses", code, jour, connuAu)
}

// Produit gives the tarif de responsabilité, or the price, of a device (LPP) or a
// drug (UCD), or *Absent.
func (t *Tables) Produit(code string, jour, connuAu simphonie.Jour) (*Prix, error) {
	if l := t.ouVides().produits.cherche(cle{a: motDe(code)}, jour, connuAu); l != nil {
		return &l.Prix, nil
	}
	return nil, absent("produits", code, jour, connuAu)
}

// Parametre gives a dated value, or *Absent.
func (t *Tables) Parametre(nom NomParametre, jour, connuAu simphonie.Jour) (*Parametre, error) {
	if l := t.ouVides().parametres.cherche(nom, jour, connuAu); l != nil {
		return l, nil
	}
	return nil, absent("parametres", string(nom), jour, connuAu)
}

// PayeurTMF says whether a régime pays the participation on costly acts (table
// 101.1); *Absent when the table is not loaded.
func (t *Tables) PayeurTMF(regime string, jour, connuAu simphonie.Jour) (simphonie.OuiNon, error) {
	o := t.Liste(ListePayeursTMF, regime, jour, connuAu)
	if o.IsZero() {
		return o, absent("listes", cles(string(ListePayeursTMF), regime), jour, connuAu)
	}
	return o, nil
}

// Liste says whether a code is in a list; no answer when the list is not loaded,
// or not for that day.
func (t *Tables) Liste(nom NomListe, code string, jour, connuAu simphonie.Jour) simphonie.OuiNon {
	t = t.ouVides()
	if t.listes.cherche(cleListe{nom, code}, jour, connuAu) != nil {
		return simphonie.Oui
	}
	if contient(t.ouvertures[nom], jour, connuAu) {
		return simphonie.Non
	}
	return 0
}
