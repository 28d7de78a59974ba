package droits

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

// organismeAT takes the body of the accident, else the default one of the
// support. Without either a person decides: the tables that say which régimes
// cover accidents are not public.
func (r *resolution) organismeAT() {
	switch d := r.a.ATParDefaut; {
	case !r.ctx.AT.Organisme.IsZero():
		r.ctx.Organisme = r.ctx.AT.Organisme
		r.note(&regOrganismeAT)
	case d != nil && !d.Organisme.IsZero() && r.contient(d.Periode):
		r.ctx.Organisme = d.Organisme
		r.note(&regOrganismeATDefaut)
	default:
		r.anomalie(&regATSansOrganisme, "at.organisme")
	}
}
