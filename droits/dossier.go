package droits

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
)

// Provenance says where a datum comes from.
type Provenance struct {
	Donnee  Donnee    `json:"donnee"`
	Support Support   `json:"support"`
	Le      time.Time `json:"le,omitzero"`
	// Concordants are the other supports that gave the same value.
	Concordants []Support `json:"concordants,omitempty"`

	// Par is the agent who changed the value after the support gave it, empty
	// when nobody did; Papier is what the agent read (the card itself when its
	// text was coded), Modifiee when.
	Par      string    `json:"par,omitempty"`
	Papier   Support   `json:"papier,omitempty"`
	Modifiee time.Time `json:"modifiee,omitzero"`
	// Complement says that the agent filled what was empty with the context of
	// the care, an accident or dates of maternity: the proof is unchanged.
	Complement bool `json:"complement,omitempty"`
}

// De says where a datum of the acquisition comes from.
func (a *Acquisition) De(d Donnee) Provenance {
	if a == nil {
		return Provenance{Donnee: d}
	}
	for i := range a.Provenances {
		if a.Provenances[i].Donnee == d {
			return a.Provenances[i]
		}
	}
	return Provenance{Donnee: d, Support: a.Support, Le: a.Le}
}

// provient notes where a datum comes from, in a list that is not shared.
func (a *Acquisition) provient(p Provenance) {
	a.Provenances = append(slices.DeleteFunc(slices.Clone(a.Provenances), func(x Provenance) bool { return x.Donnee == p.Donnee }), p)
}

// lueSur says that a support gave the value that the datum has.
func (p Provenance) lueSur(s Support) bool {
	return p.Par == "" && (p.Support == s || slices.Contains(p.Concordants, s))
}

// Dossier keeps every acquisition of a visit as received, and the changes that
// agents made afterwards.
type Dossier struct {
	Acquisitions  []Acquisition  `json:"acquisitions"`
	Modifications []Modification `json:"modifications,omitempty"`
}

// Modification is one line of the log of changes. The values are masked in
// every printed form, whichever the datum.
type Modification struct {
	Acquisition int       `json:"acquisition"` // rank in the dossier
	Donnee      Donnee    `json:"donnee"`
	Par         string    `json:"par"` // opaque identifier of the agent
	Le          time.Time `json:"le"`
	Papier      Support   `json:"papier"` // what the agent read

	Avant simphonie.Confidentiel `json:"avant,omitzero"` // JSON of an acquisition with this datum alone
	Apres simphonie.Confidentiel `json:"apres,omitzero"`

	Complement bool `json:"complement,omitempty"`
}

// Change is what an agent changes: of Valeur, only the datum is read.
type Change struct {
	Acquisition int
	Donnee      Donnee
	Valeur      Acquisition
	Par         string
	Le          time.Time
	Papier      Support
}

// Modifie logs a change. The acquisition stays as it was received; Modifiee
// gives it changed. DROITS-MODIFICATION: no such acquisition, datum or paper,
// or nobody named.
func (d *Dossier) Modifie(c Change) error {
	def := definitionDe(c.Donnee)
	faute := func(chemin, detail string) error {
		return &simphonie.Erreur{Code: "DROITS-MODIFICATION", Chemin: chemin, Detail: detail}
	}
	switch {
	case d == nil || c.Acquisition < 0 || c.Acquisition >= len(d.Acquisitions):
		return faute("acquisition", "no such acquisition in the dossier")
	case def == nil:
		return faute("donnee", "unknown datum")
	case c.Par == "" || c.Le.IsZero():
		return faute("par", "who changes it and when are wanted")
	case !c.Papier.papier() && c.Papier != SupportCDR && !d.Acquisitions[c.Acquisition].lisible(c.Papier, c.Donnee):
		return faute("papier", "the paper that the agent read is wanted, saisie when there is none")
	}
	a, err := d.Modifiee(c.Acquisition)
	if err != nil {
		return err
	}
	c.Valeur.Support = "" // what is new was read on the paper
	avant, apres := def.acces.lit(a), def.acces.lit(&c.Valeur)
	apres = recopie(avant, apres, c.Papier)
	m := Modification{Acquisition: c.Acquisition, Donnee: c.Donnee, Par: c.Par, Le: c.Le, Papier: c.Papier,
		Complement: def.usage == contexte && (vide(avant) || def.somme && ajoute(avant, apres))}
	for _, v := range []struct {
		de   any
		vers *simphonie.Confidentiel
	}{{avant, &m.Avant}, {apres, &m.Apres}} {
		if *v.vers, err = def.seule(v.de); err != nil {
			return err
		}
	}
	d.Modifications = append(d.Modifications, m)
	return nil
}

// lisible says that the agent codes what the card itself says in words, which
// changes no right (RG_BS680 to RG_BS683).
func (a *Acquisition) lisible(papier Support, d Donnee) bool {
	return papier == SupportVitale && a.Support == SupportVitale && (d == DonneeETM || d == DonneeMTM)
}

// recopie gives to the accidents that an agent writes the paper that they were
// read on: their organisme depends on it (RG_CF693). Those of before keep theirs.
func recopie(avant, apres any, papier Support) any {
	deja, _ := avant.([]ATDeclare)
	switch v := apres.(type) {
	case []ATDeclare: // a copy
		for i := range v {
			x := &v[i]
			if j := slices.IndexFunc(deja, func(at ATDeclare) bool { at.Support = x.Support; return at == *x }); j >= 0 {
				x.Support = deja[j].Support
			}
			x.Support = cmp.Or(x.Support, papier)
		}
	case *ATDeclare:
		if x, _ := avant.(*ATDeclare); v != nil && (x == nil || v.Organisme != x.Organisme || v.Periode != x.Periode) {
			v = copie(v)
			v.Support = cmp.Or(v.Support, papier)
			return v
		}
	}
	return apres
}

// ajoute says that the accidents of before are all still there.
func ajoute(avant, apres any) bool {
	x, _ := avant.([]ATDeclare)
	y, _ := apres.([]ATDeclare)
	return !slices.ContainsFunc(x, func(at ATDeclare) bool {
		return !slices.ContainsFunc(y, func(b ATDeclare) bool { b.Support = at.Support; return at == b })
	})
}

// seule writes an acquisition that has this datum alone.
func (d *definition) seule(v any) (simphonie.Confidentiel, error) {
	var a Acquisition
	if !vide(v) {
		d.acces.ecrit(&a, v)
	}
	b, err := simphonie.MarshalEnClair(a)
	return simphonie.NewConfidentiel(string(b)), err
}

// Modifiee gives an acquisition with the changes that its log holds.
func (d *Dossier) Modifiee(i int) (*Acquisition, error) {
	if d == nil || i < 0 || i >= len(d.Acquisitions) {
		return nil, &simphonie.Erreur{Code: "DROITS-MODIFICATION", Chemin: "acquisition", Detail: "no such acquisition in the dossier"}
	}
	a := d.Acquisitions[i]
	for _, m := range d.Modifications {
		if m.Acquisition != i {
			continue
		}
		def := definitionDe(m.Donnee)
		var seule Acquisition
		if err := json.Unmarshal([]byte(m.Apres.Clair()), &seule); def == nil || err != nil {
			return nil, &simphonie.Erreur{Code: "DROITS-MODIFICATION", Chemin: "apres", Detail: "a logged change cannot be read: store the log through MarshalEnClair"}
		}
		p := a.De(m.Donnee)
		p.Complement = m.Complement && (p.Par == "" || p.Complement)
		p.Par, p.Modifiee, p.Papier, p.Concordants = m.Par, m.Le, m.Papier, nil
		a.provient(p)
		def.acces.ecrit(&a, def.acces.lit(&seule))
		a.Muettes = slices.DeleteFunc(slices.Clone(a.Muettes), func(x Donnee) bool { return x == m.Donnee })
	}
	return &a, nil
}

// Fusionner merges the acquisitions of the dossier, changed as its log says.
func (d *Dossier) Fusionner(p Preference) (Fusion, error) {
	var as []Acquisition
	if d != nil {
		for i := range d.Acquisitions {
			a, err := d.Modifiee(i)
			if err != nil {
				return Fusion{}, err
			}
			as = append(as, *a)
		}
	}
	return Fusionner(as, p)
}
