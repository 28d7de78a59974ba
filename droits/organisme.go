package droits

import "github.com/simphonie/simphonie"

// organisme finds the body that the invoice goes to (RG_CF692, RG_CF693): by
// the nature d'assurance, that of maladie, of maternity, or of the accident.
func (r *resolution) organisme() {
	c, a := &r.ctx, r.a
	c.Organisme = a.Organisme
	switch c.Nature {
	case Maternite:
		r.organismeMaternite()
	case ATMP:
		r.organismeAT()
	}
	if c.Organisme.Valide() != nil {
		r.anomalie(&regOrganisme, "organisme")
	}
}

// organismeMaternite takes the maternity body while its period runs. What
// happens without one is not written.
func (r *resolution) organismeMaternite() {
	if g := r.a.Grossesse; g != nil && !g.Organisme.IsZero() && r.valides(g.Periodes) {
		r.ctx.Organisme = g.Organisme
		r.note(&regOrganismeMaternite)
		return
	}
	choix := r.o.Interpretations.MaterniteSansOrganisme
	r.note(lecMaterniteSansOrganisme, intMaterniteSansOrganisme.Retenu(string(choix)))
	if choix == MaterniteAVerifier {
		r.anomalie(&regMaterniteSansOrganisme, "grossesse.organisme")
	}
}

// origineAT says which step of RG_CF693 gave the organisme of an accident.
type origineAT uint8

const (
	sansOrigine    origineAT = iota
	supportAT                // a support of accidents, CDRi included
	carteAT                  // a card: the accident
	carteATDefaut            // a card: its default organisme
	carteMaladie             // a card without accident data: its maladie organisme
	nombreOrigines = iota
)

// reglesOrigine names the step that decided.
var reglesOrigine = [nombreOrigines]*simphonie.Regle{nil, &regOrganismeAT, &regOrganismeATCarte, &regOrganismeATDefaut, &regOrganismeATMaladie}

// organismeDeAT goes through the steps of RG_CF693 for an accident.
func (r *resolution) organismeDeAT(at *ATDeclare) (simphonie.Organisme, origineAT) {
	a, d := r.a, r.a.ATParDefaut
	defaut := d != nil && !d.Organisme.IsZero() && r.contient(d.Periode)
	carte := func(x *ATDeclare) bool { return a.supportAT(x) == SupportVitale }
	switch {
	case !at.Organisme.IsZero() && !carte(at):
		return at.Organisme, supportAT
	case defaut && !carte(d):
		return d.Organisme, supportAT
	case !at.Organisme.IsZero():
		return at.Organisme, carteAT
	case defaut:
		return d.Organisme, carteATDefaut
	case a.De(DonneeOrganisme).lueSur(SupportVitale) && !a.Organisme.IsZero() && !a.donneesATCarte():
		return a.Organisme, carteMaladie
	}
	return simphonie.Organisme{}, sansOrigine
}

// donneesATCarte says that the card holds data on accidents.
func (a *Acquisition) donneesATCarte() bool {
	if d := a.ATParDefaut; d != nil && (a.supportAT(d) == SupportVitale || a.De(DonneeATParDefaut).lueSur(SupportVitale)) {
		return true
	}
	for i := range a.AT {
		if a.supportAT(&a.AT[i]) == SupportVitale {
			return true
		}
	}
	return false
}

// organismeAT takes the body of the accident. Whether it can be billed that way
// is in tables, which Destiner reads; without them a person decides where no
// support of accidents names a body.
func (r *resolution) organismeAT() {
	o, origine := r.organismeDeAT(r.ctx.AT)
	r.origine = origine
	if (origine == sansOrigine || origine == carteMaladie) && !r.destine {
		r.anomalie(&regATSansOrganisme, "at.organisme")
	}
	switch {
	case origine == sansOrigine:
		return
	case origine == supportAT && r.ctx.AT.Organisme != o:
		r.note(&regOrganismeATDefaut)
	default:
		r.note(reglesOrigine[origine])
	}
	r.ctx.Organisme = o
}
