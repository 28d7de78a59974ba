package dossier

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

func (e DonneesChangees) applique(p *pas) {
	c := p.d.Calcul
	if c == nil {
		return
	}
	if c.Perime = e.Empreinte != c.Empreinte; !c.Perime {
		return
	}
	if p.d.Etat == Calcule {
		p.dit(&regPerime, "calcul")
		p.effet(Recalculer)
	} else {
		p.dit(&regPerimeFacture, "emission")
	}
}

func (e Emission) applique(p *pas) {
	c := p.d.Calcul
	switch {
	case p.d.AClarifier():
		p.refuse(&regClarifier, "suspens", p.d.Suspens.Service.String())
		return
	case p.d.Suspens != nil:
		p.refuse(&regSuspens, "suspens", p.d.Suspens.Service.String())
		return
	case p.d.Etat != Calcule && p.d.Etat != Rejete || c == nil:
		p.ordre("Facturation")
		return
	}
	numeros := slices.ContainsFunc(p.d.Anciennes, func(a Ancienne) bool { return a.Numero == e.Numero })
	if e.Numero == "" || numeros || e.Le.IsZero() || e.Jour.IsZero() || e.Empreinte.IsZero() ||
		e.Forcage != nil && (e.Forcage.Par.IsZero() || e.Forcage.Motif.IsZero()) {
		p.refuse(&regEmission, "emission")
	}
	if c.Perime || c.Empreinte != e.Empreinte {
		p.refuse(&regPerime, "calcul")
	}
	if len(c.Montants) == 0 {
		p.refuse(&regSansMontant, "calcul.montants")
	}
	reserve := func(r *simphonie.Regle, chemin string, valeurs ...string) {
		if e.Forcage == nil {
			p.refuse(r, chemin, valeurs...)
		}
	}
	if c.Douteux {
		reserve(&regDouteux, "calcul")
	}
	if !c.Fin.IsZero() && e.Jour.After(c.Fin) {
		reserve(&regEchu, "calcul.fin", c.Fin.String())
	}
	e.Parts = slices.DeleteFunc(slices.Clone(e.Parts), func(x facture.Part) bool { return x.Debiteur != simphonie.AMC(p.d.AMC) })
	e.montants(p, c)
	if e.Forcage != nil {
		f := *e.Forcage
		e.Forcage = &f
	}
	p.d.Emission, p.d.Etat = &e, Facture
}

// montants compares the invoice with the CLC, line by line, and sums it.
func (e *Emission) montants(p *pas, c *Calcul) {
	demandes, engages := map[int]simphonie.Montant{}, map[int]simphonie.Montant{}
	lignes := map[int]bool{}
	e.Total = 0
	for i, x := range e.Parts {
		if x.Etat != facture.Engage && x.Etat != facture.Facturee {
			p.refuse(&regPartEtat, "emission.parts", rang(x.Ligne), x.Etat.String())
		}
		if lignes[x.Ligne] || x.Ligne < 0 || x.Ligne >= c.Lignes {
			p.refuse(&regEmission, "emission.parts["+rang(i)+"]")
		}
		demandes[x.Ligne], lignes[x.Ligne] = x.Montant, true
		var err error
		if e.Total, err = e.Total.Add(x.Montant); err != nil {
			p.refuse(&regEmission, "emission.total")
		}
	}
	for _, m := range c.Montants {
		engages[m.Ligne], lignes[m.Ligne] = m.Part, true
	}
	var ls []int
	for l := range lignes {
		ls = append(ls, l)
	}
	slices.Sort(ls)
	for _, l := range ls {
		switch d, g := demandes[l], engages[l]; {
		case d == g:
		case e.Forcage != nil:
			p.dit(&regForce, "emission.parts", rang(l), d.String(), g.String())
		default:
			p.refuse(&regMontant, "emission.parts", rang(l), d.String(), g.String())
		}
	}
	if e.Total <= 0 {
		p.refuse(&regEmission, "emission.total")
	}
}

func (e DREAnnulee) applique(p *pas) {
	switch {
	case p.d.Etat != Facture:
		p.ordre("Annulation de la facture")
	case p.p.AnnulationDRE != simphonie.Oui:
		p.refuse(&regDREAnnulation, "politique")
	default:
		p.d.Anciennes = append(p.d.Anciennes, Ancienne{Emission: *p.d.Emission, Le: e.Le})
		p.d.Emission, p.d.Etat = nil, Calcule
	}
}

func (e Reglement) applique(p *pas) {
	if p.d.Etat != Facture && p.d.Etat != PartPaye && p.d.Etat != Paye {
		p.ordre("Règlement")
		return
	}
	connu := slices.ContainsFunc(p.d.Reglements, func(r Reglement) bool { return r.Reference == e.Reference })
	p.d.Reglements = append(p.d.Reglements, e)
	paye, err := p.d.Regle()
	if e.Reference == "" || connu || e.Montant <= 0 || err != nil {
		p.refuse(&regReglement, "reglement")
		return
	}
	total := p.d.Emission.Total
	p.d.Etat = Paye
	if paye < total {
		p.d.Etat = PartPaye
	}
	if paye > total {
		p.dit(&regTropPaye, "reglement.montant", paye.String(), total.String())
	}
}

// Regle gives what the insurer has paid of the invoice.
func (d *Dossier) Regle() (simphonie.Montant, error) {
	var t simphonie.Montant
	for _, r := range d.Reglements {
		var err error
		if t, err = t.Add(r.Montant); err != nil {
			return 0, err
		}
	}
	return t, nil
}

func (e Rejet) applique(p *pas) {
	if p.d.Etat != Facture && p.d.Etat != PartPaye {
		p.ordre("Rejet")
		return
	}
	if e.Reference == "" {
		p.refuse(&regRejet, "rejet")
		return
	}
	p.d.Rejets = append(p.d.Rejets, e)
	if p.d.Etat == PartPaye {
		return // of what is not paid yet: the payment stands
	}
	p.d.Anciennes = append(p.d.Anciennes, Ancienne{Emission: *p.d.Emission, Rejetee: true, Le: e.Le})
	p.d.Emission, p.d.Etat = nil, Rejete
	p.effet(Corriger)
}
