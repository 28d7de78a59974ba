package moyens

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Dette is what a patient still owes after AMO and AMC.
type Dette struct {
	Montant     simphonie.Montant
	Liberale    bool // private practice of a hospital doctor: out of scope
	AttenteAMC  bool // the insurer has not answered: the amount may fall
	Titre       CleTitre
	DansHelios  bool // the titre was taken in by the public accountant
	DataMatrix  bool // its ASAP bears a datamatrix
	EnPlusieurs bool // the patient wants to pay in several times
}

// Contexte is what decides which means are open. It tells whether a phone or an
// e-mail is known, and holds neither.
type Contexte struct {
	Le              simphonie.Jour
	Etablissement   *Etablissement
	Presence        bool // the patient is at the desk
	Telephone, Mel  bool
	Mandat          *Mandat
	Seuils          *Seuils // nil: nobody has set them
	Interpretations Interpretations
	Moyens          []Moyen // nil: Catalogue
}

// Proposition is a means, whether it is open, and why not or on what conditions.
type Proposition struct {
	Moyen   Moyen
	Ouvert  bool
	Raisons simphonie.Anomalies
}

// condition says what is wrong, or nothing.
type condition func(*Dette, *Contexte, *Moyen) *simphonie.Anomalie

func si(faux bool, r *simphonie.Regle, valeurs ...string) *simphonie.Anomalie {
	if !faux {
		return nil
	}
	a := r.Anomalie("", valeurs...)
	return &a
}

// conditions is what a table may ask for, by its word.
var conditions = map[string]condition{
	"presence": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie { return si(!c.Presence, &regPresence) },
	"regie": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		return si(c.Etablissement.Statut == Public && c.Etablissement.Regie == "", &regRegie)
	},
	"contrat": func(_ *Dette, c *Contexte, m *Moyen) *simphonie.Anomalie {
		i := slices.IndexFunc(m.Modalites, func(x Modalite) bool { return c.Etablissement.Contrats[x] == "" })
		if i < 0 || c.Etablissement.Statut != Public {
			return nil
		}
		return si(true, &regContrat, string(m.Modalites[i]))
	},
	"payfip": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		return si(!clientFiP(c.Etablissement.ClientFiP), &regPayFiP)
	},
	"mel": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie { return si(!c.Mel, &regMel) },
	"contact": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		return si(!c.Mel && !c.Telephone, &regContact)
	},
	"mandat": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		if c.Mandat != nil && c.Mandat.Utilisable(c.Le, c.Interpretations) {
			return si(true, &regMandatValide, c.Mandat.DernierJour(c.Interpretations).String())
		}
		return si(true, &regMandatASigner)
	},
	"helios": func(d *Dette, _ *Contexte, _ *Moyen) *simphonie.Anomalie {
		return si(d.Titre == "" || !d.DansHelios, &regHelios)
	},
	"sans-titre": func(d *Dette, _ *Contexte, _ *Moyen) *simphonie.Anomalie { return si(d.Titre != "", &regSansTitre) },
	"entier":     func(d *Dette, _ *Contexte, _ *Moyen) *simphonie.Anomalie { return si(d.EnPlusieurs, &regEntier) },
	"public": func(_ *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		return si(c.Etablissement.Statut != Public, &regPublic)
	},
	"seuil": func(d *Dette, c *Contexte, _ *Moyen) *simphonie.Anomalie {
		if c.Seuils == nil {
			return si(true, &regSeuilInconnu)
		}
		return si(d.Montant < c.Seuils.Emission, &regSeuil, c.Seuils.Emission.String())
	},
	"datamatrix": func(d *Dette, _ *Contexte, _ *Moyen) *simphonie.Anomalie { return si(!d.DataMatrix, &regDataMatrix) },
}

// Conditions lists the words that a table may use.
func Conditions() []string {
	var cs []string
	for c := range conditions {
		cs = append(cs, c)
	}
	slices.Sort(cs)
	return cs
}

// Proposer gives every means: those that are open first, then the others, each
// group in the order of the table, with the reasons. An error says that the
// context is not whole.
func Proposer(d Dette, c Contexte) ([]Proposition, error) {
	if c.Etablissement == nil || !c.Etablissement.Statut.connu() || c.Le.IsZero() {
		return nil, erreur("MOY-CONTEXTE", "contexte", "the establishment, its status and the day are wanted", nil)
	}
	if d.Titre != "" {
		if err := d.Titre.Valide(); err != nil {
			return nil, err
		}
	}
	if c.Seuils != nil {
		if err := c.Seuils.Verifie(); err != nil {
			return nil, err
		}
	}
	if err := c.Interpretations.Verifie(); err != nil {
		return nil, err
	}
	moyens := c.Moyens
	if moyens == nil {
		var err error
		if moyens, err = catalogue(); err != nil {
			return nil, err
		}
	}
	var ps []Proposition
	for i := range moyens {
		p, err := propose(&d, &c, &moyens[i])
		if err != nil {
			return nil, err
		}
		ps = append(ps, p)
	}
	slices.SortStableFunc(ps, func(p, q Proposition) int {
		switch {
		case p.Ouvert == q.Ouvert:
			return 0
		case p.Ouvert:
			return -1
		}
		return 1
	})
	return ps, nil
}

func propose(d *Dette, c *Contexte, m *Moyen) (Proposition, error) {
	p := Proposition{Moyen: m.copie()}
	dit := func(a *simphonie.Anomalie) {
		if a != nil {
			a.Chemin = m.Code
			p.Raisons = append(p.Raisons, *a)
		}
	}
	dit(si(d.Montant <= 0, &regSolde))
	dit(si(d.Liberale, &regLiberale))
	dit(si(d.AttenteAMC, &regAttenteAMC))
	dit(si(!slices.ContainsFunc(m.Modalites, c.Etablissement.offre), &regNonOffert))
	dit(si(d.Montant > 0 && d.Montant < m.Minimum, &regMinimum, m.Minimum.String()))
	dit(si(c.Le.Before(m.Depuis), &regDepuis, m.Depuis.String()))
	for _, nom := range m.Conditions {
		f := conditions[nom]
		if f == nil {
			return p, erreur("MOY-CONDITION", "moyens", "a means asks for a condition that is not documented", nil)
		}
		dit(f(d, c, m))
	}
	p.Ouvert = !p.Raisons.Stoppent()
	return p, nil
}
