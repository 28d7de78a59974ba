package droits

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Acte is what the rate of one line depends on, beyond the rights. What wants
// prices (the threshold) is decided by the engine that has them.
type Acte struct {
	Code       string // of the prestation, as CS or PHQ
	NABM       string // of a biology act
	Specialite string // of the doctor, for the base rate
	Execution  simphonie.Jour
	Naissance  simphonie.DateNaissance // of the person treated

	HorsFacture  bool     // qualifier N or G
	Champ25      []string // of the CCAM base: 3 exempt by nature, 7 prevention
	Prevention   bool     // the motive is prevention
	DepistageCol bool     // organised cervical screening
	// Cent says that the act is at 100 % by nature: téléexpertise, rétrocession
	// without code, coded drugs at 100 %. Letters that the texts list need not say it.
	Cent bool
	// Urgence says that the line is an age forfait or a supplement of
	// emergencies; ExoPatient is then the code of the patient forfait beside it.
	Urgence    bool
	ExoPatient Exoneration

	IST                 bool // context of IST screening
	ConformeALD         bool // the motive is the ALD protocol
	TraitementExonerant bool // the motive is an exempting treatment
	NouveauNe           bool // care of the first thirty days of life
	// Seuil is the code that the threshold rule gives the line (C, 1 or 3),
	// ExoAucune when it is not reached.
	Seuil Exoneration
	// Forfait is the ATU, FFM, SEx or APE that the line is, or is linked to on its day.
	Forfait string
	// MedecinSNCF says that a doctor of the SNCF prescribed (form 1032).
	MedecinSNCF bool
}

// Baremes are the loaded rates and tables that a rate may need.
type Baremes struct {
	Base   *TauxBase
	Tables *Tables
}

// Decision is the rate and the exemption of one line. Without a rule, a person
// decides: see the anomalies.
type Decision struct {
	Taux        simphonie.Taux
	Exoneration Exoneration
	Regle       *simphonie.Regle
	// RegimeLocal says that the local modulation set the rate: the nature is
	// then written 13 (zone 0277).
	RegimeLocal bool
	// Reference is the text that holds the rate, when it is loaded.
	Reference string
	Anomalies simphonie.Anomalies
	Pas       []Pas // when traced, each rule until the one that decided
}

// Pas is one rule of the decision list, or the reading of an open question:
// what it looked at, and whether that was so.
type Pas struct {
	Regle    *simphonie.Regle
	Applique bool
	Motif    string
}

// DeciderTaux goes through the decision list of rates and exemptions (RG_VF650 to
// RG_VF675), the first match wins. DROITS-TAUX-ABSENT: the base rate of the act
// is not loaded. DROITS-TAUX-REGIME: no text gives the rate in this régime.
// DROITS-TAUX-EXONERATION: a code received with the act that no rule gives.
func DeciderTaux(c *Contexte, a Acte, b Baremes, o Options) (Decision, error) {
	d := NewDecideur(b, o)
	return d.Decider(c, &a)
}

// Decideur goes through the decision list for line after line of an invoice,
// in the memory of one. It is not for several goroutines.
type Decideur struct {
	k calcul
	b Baremes
	o Options
}

// NewDecideur keeps the loaded rates and the readings of open questions.
func NewDecideur(b Baremes, o Options) Decideur { return Decideur{b: b, o: o} }

// Decider is DeciderTaux for one more line.
func (d *Decideur) Decider(c *Contexte, a *Acte) (Decision, error) {
	if a == nil {
		return Decision{}, &simphonie.Erreur{Code: "DROITS-TAUX-ABSENT", Detail: "no act"}
	}
	d.k = calcul{c: c, a: a, b: &d.b, o: &d.o}
	return d.k.decide()
}

func (k *calcul) decide() (Decision, error) {
	if k.c == nil {
		return Decision{Anomalies: simphonie.Anomalies{regAbsents.Anomalie("droits")}}, nil
	}
	if s := k.a.Seuil; s != ExoAucune && s != ExoCCAM && s != ExoK60 && s != ExoTraitement || int(k.a.ExoPatient) >= len(codesExo) {
		return k.d, &simphonie.Erreur{Code: "DROITS-TAUX-EXONERATION", Chemin: k.a.Code, Detail: "the threshold gives C, 1 or 3, and a patient forfait one of the known codes"}
	}
	for i := range etapes {
		e := &etapes[i]
		vaut := e.fait.vaut(k)
		if k.o.Tracer {
			k.pas(e.regle, vaut, e.fait.nom)
		}
		if !vaut {
			continue
		}
		k.d.Regle = e.regle
		err := e.donne(k)
		if k.a.ConformeALD && !k.c.ALD() && k.d.Taux < simphonie.Cent && k.d.Regle != nil {
			k.anomalie(&regALDSansDroit, "etm")
		}
		if k.a.Code == "NUT" && k.d.Regle != nil && k.d.Exoneration != ExoALD {
			k.anomalie(&regNUT, "acte")
		}
		return k.d, err
	}
	return k.d, nil // the last step always decides
}

// DeciderTauxFavorable compares the situation on the prescription and on the
// execution of an act whose exemption changed between them, and keeps the
// better rate (RG_CF613 CP01); that of the reference date when they are equal,
// or when both are base rates, which exempt from nothing.
// The AME is no exemption: it holds, or not, on the reference date alone.
func DeciderTauxFavorable(reference, autre *Contexte, a Acte, b Baremes, o Options) (Decision, error) {
	d := NewDecideur(b, o)
	return d.DeciderFavorable(reference, autre, &a)
}

// DeciderFavorable is DeciderTauxFavorable for one more line.
func (x *Decideur) DeciderFavorable(reference, autre *Contexte, a *Acte) (Decision, error) {
	d, err := x.Decider(reference, a)
	if err != nil || d.Regle == nil {
		return d, err
	}
	e, err := x.Decider(autre, a)
	if err != nil || e.Regle == nil {
		return e, err
	}
	moins := e.Taux
	if base := d.Reference != "" && e.Reference != ""; e.Taux > d.Taux && !base && !reference.AME() && !autre.AME() {
		d, moins = e, d.Taux
		if autre.Nature != reference.Nature { // the invoice has that of the reference date
			d.Anomalies = append(d.Anomalies, regTauxAutreNature.Anomalie("droits.nature", autre.Nature.String(), reference.Nature.String()))
		}
	}
	if x.o.Tracer {
		d.Pas = append(d.Pas, Pas{&regPlusFavorable, true, d.Taux.String() + " % plutôt que " + moins.String() + " %"})
	}
	return d, nil
}

// NatureB2 gives the code of the nature d'assurance (zone 0277), which knows
// the local régime only once lines are priced (RG_VF674).
func NatureB2(n Nature, lignes []Decision) string {
	switch n {
	case Maternite:
		return "30"
	case ATMP:
		return "41"
	case Prevention:
		return "90"
	case Maladie:
		if slices.ContainsFunc(lignes, func(d Decision) bool { return d.RegimeLocal }) {
			return "13"
		}
		return "10"
	}
	return ""
}

// calcul is the decision of one line while it is made.
type calcul struct {
	c *Contexte
	a *Acte
	b *Baremes
	o *Options
	d Decision
}

func (k *calcul) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	k.d.Anomalies = append(k.d.Anomalies, r.Anomalie("droits."+chemin, valeurs...))
}

// pas keeps a step, when traced.
func (k *calcul) pas(r *simphonie.Regle, applique bool, motif string) {
	if k.o.Tracer {
		k.d.Pas = append(k.d.Pas, Pas{r, applique, motif})
	}
}

// ald says that the line conforms to the protocol of a valid ALD.
func (k *calcul) ald() bool { return k.a.ConformeALD && k.c.ALD() }

// sans leaves the decision to a person.
func (k *calcul) sans(r *simphonie.Regle, chemin string, valeurs ...string) {
	k.d.Regle = nil
	k.anomalie(r, chemin, valeurs...)
}

// base takes the rate of table 4ter: that of the forfait spreads to what is linked to it.
func (k *calcul) base(colonne string) error {
	code := k.a.Code
	if k.a.Forfait != "" {
		code = k.a.Forfait
	}
	t := k.b.Base.taux(code, k.a.Specialite, colonne, k.c.Jour)
	if t == nil {
		k.d.Regle = nil
		return &simphonie.Erreur{Code: "DROITS-TAUX-ABSENT", Chemin: code, Detail: "no base rate is loaded for this act in column " + colonne + " on " + k.c.Jour.String()}
	}
	k.d.Taux, k.d.Reference = t.taux, t.reference
	return nil
}
