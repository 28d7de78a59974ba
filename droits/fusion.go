package droits

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
)

// Preference is the order in which supports are believed where the texts do
// not say, the first before the others. It has no default.
type Preference []Support

// Fusion is what several supports say together.
type Fusion struct {
	// Acquisition is nil when there was none. Its Provenances say where each
	// datum comes from; its Support is the one that gave the organisme.
	Acquisition *Acquisition
	Anomalies   simphonie.Anomalies
}

// parole is one datum as one support says it.
type parole struct {
	a      *Acquisition
	valeur any // nil: it says that there is none
}

// Fusionner puts together what several supports say of one patient. For each
// datum it takes the most recent word of each support that can give it, then
// the support that comes first. A support that cannot give a datum, or did not
// look at it, is not heard on it. What supports contradict is an anomaly.
//
// DROITS-PREFERENCE: a support is not in the preference, or stands twice.
func Fusionner(as []Acquisition, p Preference) (Fusion, error) {
	for i, s := range p {
		if !slices.Contains(supports, s) || slices.Contains(p[:i], s) {
			return Fusion{}, &simphonie.Erreur{Code: "DROITS-PREFERENCE", Detail: "each known support stands once at most in the preference"}
		}
	}
	for i := range as {
		if !slices.Contains(p, as[i].Support) {
			return Fusion{}, &simphonie.Erreur{Code: "DROITS-PREFERENCE", Chemin: string(as[i].Support), Detail: "the preference between supports must place every support of the dossier"}
		}
	}
	var f Fusion
	if len(as) == 0 {
		return f, nil
	}
	as, err := ordonnees(as, p)
	if err != nil {
		return f, err
	}
	f.Acquisition = &Acquisition{}
	for i := range definitions {
		f.donnee(&definitions[i], as)
	}
	f.principal(as)
	return f, nil
}

// ordonnees sorts by preference, then the most recent first; acquisitions of
// one instant are told apart by their content, so that their order does not count.
func ordonnees(as []Acquisition, p Preference) (triees []Acquisition, err error) {
	contenu := func(a *Acquisition) []byte {
		b, e := simphonie.MarshalEnClair(a)
		err = errors.Join(err, e)
		return b
	}
	triees = slices.Clone(as)
	slices.SortFunc(triees, func(x, y Acquisition) int {
		if c := cmp.Or(cmp.Compare(slices.Index(p, x.Support), slices.Index(p, y.Support)), y.Le.Compare(x.Le)); c != 0 {
			return c
		}
		return bytes.Compare(contenu(&x), contenu(&y))
	})
	return triees, err
}

// donnee merges one datum.
func (f *Fusion) donnee(def *definition, as []Acquisition) {
	ds := f.paroles(def, as)
	switch {
	case len(ds) == 0:
		return
	case def.somme:
		f.ajoute(def, ds)
		return
	}
	retenu := ds[0]
	var concordants []Support
	for _, d := range ds[1:] {
		r := contraires
		switch {
		case retenu.valeur == nil && d.valeur == nil:
			r = egales
		case retenu.valeur != nil && d.valeur != nil:
			r = def.relation(retenu.valeur, d.valeur)
		}
		switch r {
		case egales, precisee:
			if r == precisee && plusPrecise(retenu.valeur, d.valeur) {
				retenu, d = d, retenu
			}
			if d.a.De(def.nom).Par == "" { // what an agent wrote, the support did not say
				concordants = append(concordants, d.a.Support)
			}
		case periodesAutres:
			f.dit(&regFusionPeriodes, def, retenu.a.Support, d.a.Support)
		case contraires:
			f.dit(def.contradiction(), def, retenu.a.Support, d.a.Support)
		}
	}
	f.prend(def, retenu, concordants)
}

// contradiction is graver on what is billed, unless a rule says who is right.
func (d *definition) contradiction() *simphonie.Regle {
	if d.usage == muette || d.ordre != nil {
		return &regFusionDifference
	}
	return &regFusionContradiction
}

func (f *Fusion) dit(r *simphonie.Regle, def *definition, retenu, autre Support) {
	f.Anomalies = append(f.Anomalies, r.Anomalie("droits."+string(def.nom), def.libelle, string(retenu), string(autre)))
}

// paroles gives what is said of a datum: the last word of each support, in the
// order that a rule writes, or by preference.
func (f *Fusion) paroles(def *definition, as []Acquisition) []parole {
	var ds []parole
	var recente *Acquisition // the one that replaces earlier ones of its support
	for i := range as {
		a := &as[i]
		if recente != nil && recente.Support == a.Support && recente.Le.After(a.Le) {
			continue
		}
		v, peut := def.acces.lit(a), def.peut(a.Support)
		if vide(v) {
			v = nil
		}
		modifiee := a.De(def.nom).Par != ""
		muette := slices.Contains(a.Muettes, def.nom)
		switch {
		case peut == Jamais && v != nil && !modifiee:
			f.dit(&regFusionCanal, def, a.Support, a.Support)
			continue
		case v == nil && !modifiee && (peut != Complete || muette):
			// A card or an answer is read whole: what the last one does not say, an
			// earlier one does not say either. Papers add to each other.
			if !muette && a.Support.canal() != canalPapier {
				recente = a
			}
			continue
		}
		recente = a
		ds = append(ds, parole{a, v})
	}
	if def.ordre != nil {
		slices.SortStableFunc(ds, func(x, y parole) int { return cmp.Compare(rang(def.ordre, x.a.Support), rang(def.ordre, y.a.Support)) })
	}
	return ds
}

func rang(ordre []Support, s Support) int {
	if i := slices.Index(ordre, s); i >= 0 {
		return i
	}
	return len(ordre)
}

// prend writes the datum and where it comes from.
func (f *Fusion) prend(def *definition, d parole, concordants []Support) {
	p := d.a.De(def.nom)
	p.Concordants = append(slices.Clone(p.Concordants), concordants...)
	a := f.Acquisition
	switch {
	case d.valeur != nil:
		def.acces.ecrit(a, d.valeur)
	case def.nom == DonneeMedecin:
		def.acces.ecrit(a, simphonie.Non)
	}
	if at, ok := d.valeur.(*ATDeclare); ok {
		a.ATParDefaut = copie(at)
		a.ATParDefaut.Support = d.a.supportAT(at)
	}
	a.provient(p)
}

// ajoute adds up what the supports say: an accident that one knows, another
// may not. What makes another proof of one of them does so of the whole.
func (f *Fusion) ajoute(def *definition, ds []parole) {
	for i, d := range ds {
		if i == 0 {
			f.prend(def, d, nil)
			continue
		}
		if p, q := d.a.De(def.nom), f.Acquisition.De(def.nom); p.Par != "" && !p.Complement && (q.Par == "" || q.Complement) {
			f.Acquisition.provient(p)
		}
		switch v := d.valeur.(type) {
		case []ATDeclare:
			f.Acquisition.AT = slices.Concat(f.Acquisition.AT, v)
		case situationsDites:
			f.Acquisition.Situations = slices.Concat(f.Acquisition.Situations, v.codes)
			f.Acquisition.Particulieres = slices.Concat(f.Acquisition.Particulieres, v.sps)
		}
	}
}

// principal says which support the whole declares: of those that gave the
// organisme the one that is preferred, or the first.
func (f *Fusion) principal(as []Acquisition) {
	a := f.Acquisition
	a.Support, a.Le = as[0].Support, as[0].Le
	p := a.De(DonneeOrganisme)
	a.Support, a.Le = p.Support, p.Le
	if i := slices.IndexFunc(as, func(x Acquisition) bool { return x.Support == p.Support || slices.Contains(p.Concordants, x.Support) }); as[i].Support != p.Support {
		a.Support, a.Le = as[i].Support, as[i].Le
	}
	// What nobody said is not "none".
	for i := range definitions {
		d := &definitions[i]
		if d.peut(a.Support) == Complete && !slices.ContainsFunc(a.Provenances, func(p Provenance) bool { return p.Donnee == d.nom }) {
			a.Muettes = append(a.Muettes, d.nom)
		}
	}
}

// plusPrecise says that b completes a: a key, a century, a part of the organisme.
func plusPrecise(a, b any) bool {
	x, errX := simphonie.MarshalEnClair(a)
	y, errY := simphonie.MarshalEnClair(b)
	return errX == nil && errY == nil && len(y) > len(x)
}
