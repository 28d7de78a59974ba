package nomenclature

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"

	"github.com/simphonie/simphonie"
)

// Tables are the loaded tables. They do not change once loaded and may be used
// by several goroutines. A nil value has no row.
type Tables struct {
	lettres       index[cle, Lettre, *Lettre]
	prix          index[cle, LignePrix, *LignePrix]
	modes         index[cle, LigneModeMajoration, *LigneModeMajoration]
	majorations   index[cle, LigneMajoration, *LigneMajoration]
	actes         index[cle, Acte, *Acte]
	activites     index[cle, Activite, *Activite]
	grilles       index[cle, LigneGrille, *LigneGrille]
	prixCCAM      index[cle, LignePrixCCAM, *LignePrixCCAM]
	modificateurs index[cle, Modificateur, *Modificateur]
	ages          index[cle, LigneAgesModificateur, *LigneAgesModificateur]
	regles        index[cle, LigneRegleModificateur, *LigneRegleModificateur]
	paires        index[cle, LignePaireModificateurs, *LignePaireModificateurs]
	associations  index[cle, LigneAssociation, *LigneAssociation]
	planifiees    index[cle, LigneRegleAssociation, *LigneRegleAssociation]
	classes       index[cle, LigneClasses, *LigneClasses]
	closes        index[cle, LigneLettreClose, *LigneLettreClose]
	forfaits      index[cle, LigneForfaitC2S, *LigneForfaitC2S]
	plafonds      index[cle, PlafondDentaire, *PlafondDentaire]
	analyses      index[cle, Analyse, *Analyse]
	produits      index[cle, LigneProduit, *LigneProduit]
	parametres    index[NomParametre, Parametre, *Parametre]
	listes        index[cleListe, LigneListe, *LigneListe]
	ouvertures    map[NomListe][]Date

	empreinte func() string
}

// New checks and indexes rows, above the values that the documents print (see
// Imprimees). Every fault is reported at once: a value of another form
// (NOM-VALEUR), a missing date (NOM-DATE) or text (NOM-REFERENCE), two rows of
// one key and one publication for one day of care (NOM-CHEVAUCHEMENT).
func New(d Donnees) (*Tables, error) {
	var f fautes
	return assemble(d, &f)
}

func assemble(d Donnees, f *fautes) (*Tables, error) {
	t := &Tables{ouvertures: map[NomListe][]Date{}}
	d.Parametres = slices.Concat(d.Parametres, parametresImprimes())
	d.Associations = slices.Concat(d.Associations, associationsImprimees())
	d.Listes = slices.Concat(d.Listes, listesImprimees(d.Listes))
	for _, x := range tableaux {
		x.charge(t, &d, f)
	}
	for _, l := range d.Listes {
		t.ouvertures[l.Liste] = append(t.ouvertures[l.Liste], l.Date)
	}
	for nom, ds := range t.ouvertures {
		t.ouvertures[nom] = ouvertes(ds)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t.empreinte = sync.OnceValue(t.digest)
	return t, nil
}

// ouvertes keeps, of the days from which a list is known, those that none other covers.
func ouvertes(ds []Date) []Date {
	slices.SortFunc(ds, func(a, b Date) int {
		return cmp.Or(a.ConnuLe.DaysSince(b.ConnuLe), a.Periode.Du.DaysSince(b.Periode.Du))
	})
	var r []Date
	for _, d := range ds {
		if len(r) == 0 || d.Periode.Du.Before(r[len(r)-1].Periode.Du) {
			r = append(r, d)
		}
	}
	return r
}

// Merge puts several sets together and checks the whole again. A row that
// stands in two of them counts once; of two for one day, the later known wins.
func Merge(ts ...*Tables) (*Tables, error) {
	var d Donnees
	for _, t := range ts {
		if t == nil {
			continue
		}
		for _, x := range tableaux {
			x.rend(t, &d)
		}
	}
	return New(d)
}

// Empreinte gives the digest of every row, printed values included. Two sets
// of the same rows have the same digest, whatever the order and the files.
func (t *Tables) Empreinte() string {
	if t == nil || t.empreinte == nil {
		return ""
	}
	return t.empreinte()
}

func (t *Tables) digest() string {
	var lignes []string
	for _, x := range tableaux {
		lignes = x.textes(t, lignes)
	}
	slices.Sort(lignes)
	h := sha256.New()
	for _, l := range lignes {
		io.WriteString(h, l)
		io.WriteString(h, "\x1e")
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

func absent(table, cle string, jour, connuAu simphonie.Jour) error {
	return &Absent{Table: table, Cle: cle, Jour: jour, ConnuAu: connuAu}
}

func contient(ds []Date, jour, connuAu simphonie.Jour) bool {
	return slices.ContainsFunc(ds, func(d Date) bool { return !d.ConnuLe.After(connuAu) && !d.Periode.Du.After(jour) })
}
