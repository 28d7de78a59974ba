package nomenclature

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Tables are the loaded tables. They do not change once loaded and may be used
// by several goroutines. A nil value has no row.
type Tables struct {
	lettres       index[tarif.Code, Lettre, *Lettre]
	prix          index[clePrix, LignePrix, *LignePrix]
	modes         index[cleMode, LigneModeMajoration, *LigneModeMajoration]
	majorations   index[cleMajoration, ligneMajoration, *ligneMajoration]
	actes         index[string, Acte, *Acte]
	activites     index[cleActivite, Activite, *Activite]
	grilles       index[string, LigneGrille, *LigneGrille]
	prixCCAM      index[clePrixCCAM, LignePrixCCAM, *LignePrixCCAM]
	modificateurs index[cleGrille, Modificateur, *Modificateur]
	ages          index[string, LigneAgesModificateur, *LigneAgesModificateur]
	regles        index[string, LigneRegleModificateur, *LigneRegleModificateur]
	paires        index[[2]string, LignePaireModificateurs, *LignePaireModificateurs]
	associations  index[cleGrille, LigneAssociation, *LigneAssociation]
	planifiees    index[cleGrille, LigneRegleAssociation, *LigneRegleAssociation]
	classes       index[string, LigneClasses, *LigneClasses]
	closes        index[cleClose, LigneLettreClose, *LigneLettreClose]
	forfaits      index[cleForfait, LigneForfaitC2S, *LigneForfaitC2S]
	plafonds      index[cleForfait, PlafondDentaire, *PlafondDentaire]
	analyses      index[string, Analyse, *Analyse]
	produits      index[string, LigneProduit, *LigneProduit]
	parametres    index[NomParametre, Parametre, *Parametre]
	listes        index[cleListe, LigneListe, *LigneListe]
	ouvertures    map[NomListe][]Date

	empreinte string
}

type (
	clePrix struct {
		code       tarif.Code
		specialite string
		secteur    tarif.Secteur
		zone       tarif.Zone
		public     Public
	}
	cleMode struct {
		majoration string
		code       tarif.Code
	}
	cleMajoration struct {
		majoration string
		code       tarif.Code
		specialite string
		zone       tarif.Zone
	}
	cleActivite struct{ acte, activite, phase string }
	clePrixCCAM struct{ acte, activite, phase, grille string }
	cleGrille   struct{ code, grille string }
	cleClose    struct {
		code       tarif.Code
		specialite string
	}
	cleForfait struct {
		acte string
		code tarif.Code
	}
	cleListe struct {
		liste NomListe
		code  string
	}
)

// ligneMajoration holds what a surcharge is in each mode.
type ligneMajoration struct {
	LigneMajoration
	parMode [2]MajorationNGAP
}

// New checks and indexes rows.
func New(d Donnees) (*Tables, error) {
	t := &Tables{}
	t.lettres = indexe[tarif.Code, Lettre, *Lettre](d.Lettres, func(l *Lettre) tarif.Code { return l.Code })
	t.prix = indexe[clePrix, LignePrix, *LignePrix](etend(d.Prix), func(l *LignePrix) clePrix {
		return clePrix{l.Code, l.Specialite, l.Secteur, l.Zone, l.Public}
	})
	t.modes = indexe[cleMode, LigneModeMajoration, *LigneModeMajoration](d.ModesMajoration, func(l *LigneModeMajoration) cleMode {
		return cleMode{l.Majoration, l.Code}
	})
	ms := make([]ligneMajoration, len(d.Majorations))
	for i, m := range d.Majorations {
		ms[i] = ligneMajoration{m, [2]MajorationNGAP{{m.Date, MajorationMontant, m.Montant}, {m.Date, MajorationPourcentage, m.Montant}}}
	}
	t.majorations = indexe[cleMajoration, ligneMajoration, *ligneMajoration](ms, func(l *ligneMajoration) cleMajoration {
		return cleMajoration{l.Majoration, l.Code, l.Specialite, l.Zone}
	})
	t.actes = indexe[string, Acte, *Acte](d.Actes, func(l *Acte) string { return l.Code })
	t.activites = indexe[cleActivite, Activite, *Activite](d.Activites, func(l *Activite) cleActivite {
		return cleActivite{l.Acte, l.Activite, l.Phase}
	})
	t.grilles = indexe[string, LigneGrille, *LigneGrille](d.Grilles, func(l *LigneGrille) string { return l.Specialite })
	t.prixCCAM = indexe[clePrixCCAM, LignePrixCCAM, *LignePrixCCAM](d.PrixCCAM, func(l *LignePrixCCAM) clePrixCCAM {
		return clePrixCCAM{l.Acte, l.Activite, l.Phase, l.Grille}
	})
	t.modificateurs = indexe[cleGrille, Modificateur, *Modificateur](d.Modificateurs, func(l *Modificateur) cleGrille {
		return cleGrille{l.Lettre, l.Grille}
	})
	t.ages = indexe[string, LigneAgesModificateur, *LigneAgesModificateur](d.AgesModificateurs, func(l *LigneAgesModificateur) string { return l.Lettre })
	t.regles = indexe[string, LigneRegleModificateur, *LigneRegleModificateur](d.ReglesModificateur, func(l *LigneRegleModificateur) string { return l.Lettre })
	t.paires = indexe[[2]string, LignePaireModificateurs, *LignePaireModificateurs](d.PairesModificateur, func(l *LignePaireModificateurs) [2]string {
		return [2]string{min(l.A, l.B), max(l.A, l.B)}
	})
	t.associations = indexe[cleGrille, LigneAssociation, *LigneAssociation](d.Associations, func(l *LigneAssociation) cleGrille {
		return cleGrille{l.Code, l.Grille}
	})
	t.planifiees = indexe[cleGrille, LigneRegleAssociation, *LigneRegleAssociation](d.ReglesAssociation, func(l *LigneRegleAssociation) cleGrille {
		return cleGrille{l.Regle, l.Grille}
	})
	t.classes = indexe[string, LigneClasses, *LigneClasses](d.Classes, func(l *LigneClasses) string { return l.Specialite })
	t.closes = indexe[cleClose, LigneLettreClose, *LigneLettreClose](d.LettresCloses, func(l *LigneLettreClose) cleClose {
		return cleClose{l.Code, l.Specialite}
	})
	t.forfaits = indexe[cleForfait, LigneForfaitC2S, *LigneForfaitC2S](d.ForfaitsC2S, func(l *LigneForfaitC2S) cleForfait {
		return cleForfait{l.Acte, l.Code}
	})
	t.plafonds = indexe[cleForfait, PlafondDentaire, *PlafondDentaire](d.PlafondsDentaires, func(l *PlafondDentaire) cleForfait {
		return cleForfait{l.Acte, l.Code}
	})
	t.analyses = indexe[string, Analyse, *Analyse](d.Analyses, func(l *Analyse) string { return l.Code })
	t.produits = indexe[string, LigneProduit, *LigneProduit](d.Produits, func(l *LigneProduit) string { return l.Code })
	t.parametres = indexe[NomParametre, Parametre, *Parametre](d.Parametres, func(l *Parametre) NomParametre { return l.Nom })
	t.listes = indexe[cleListe, LigneListe, *LigneListe](d.Listes, func(l *LigneListe) cleListe { return cleListe{l.Liste, l.Code} })
	t.ouvertures = map[NomListe][]Date{}
	for _, l := range d.Listes {
		t.ouvertures[l.Liste] = append(t.ouvertures[l.Liste], l.Date)
	}
	b, err := json.Marshal(d.Prix)
	if err != nil {
		return nil, err
	}
	somme := sha256.Sum256(b)
	t.empreinte = "sha256:" + hex.EncodeToString(somme[:])
	return t, nil
}

// etend writes out the wildcards of sector and zone.
func etend(lignes []LignePrix) []LignePrix {
	var r []LignePrix
	for _, l := range lignes {
		ss, zs := []tarif.Secteur{l.Secteur}, []tarif.Zone{l.Zone}
		if l.Secteur == Tout {
			ss = tarif.Secteurs()
		}
		if l.Zone == Tout {
			zs = tarif.Zones()
		}
		for _, s := range ss {
			for _, z := range zs {
				l.Secteur, l.Zone = s, z
				r = append(r, l)
			}
		}
	}
	return r
}

// Empreinte gives the digest of every row, whatever their order.
func (t *Tables) Empreinte() string {
	if t == nil {
		return ""
	}
	return t.empreinte
}

func absent(table, cle string, jour, connuAu simphonie.Jour) error {
	return &Absent{Table: table, Cle: cle, Jour: jour, ConnuAu: connuAu}
}

func contient(ds []Date, jour, connuAu simphonie.Jour) bool {
	return slices.ContainsFunc(ds, func(d Date) bool { return !d.ConnuLe.After(connuAu) && !d.Periode.Du.After(jour) })
}
