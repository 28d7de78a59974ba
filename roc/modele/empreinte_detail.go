package modele

import "github.com/simphonie/simphonie/facture"

// complements says that a line holds what the digests of the first form leave
// out. Lines without it keep that form, and the CLC made from them stay good.
func complements(l facture.Ligne) bool {
	return l.TMF != 0 || l.Detail.Urgence != nil || l.Detail.Acte != nil || l.Detail.Sejour != nil
}

// detail digests what a line stands for: the days of a stay, an act, a
// specialist's advice. Ranks in the visit and names of lists change no amount.
func (c canon) detail(d *facture.Detail) {
	if c.present(d.Urgence != nil) {
		c.texte(d.Urgence.Specialite)
	}
	if c.present(d.Sejour != nil) {
		c.texte(d.Sejour.Du.String(), d.Sejour.Au.String(), d.Sejour.CodeFJ)
		c.nombre(int64(d.Sejour.Jours))
	}
	if c.present(d.Acte != nil) {
		c.acte(d.Acte)
	}
}

func (c canon) acte(a *facture.DetailActe) {
	c.nombre(int64(a.Denombrement))
	c.texte(string(a.Nomenclature), a.Specialite, a.Prescription.String(), a.Majoration, a.Accord)
	c.present(a.EnSerie)
	if k := a.CCAM; c.present(k != nil) {
		c.texte(k.Acte, k.Activite, k.Phase, k.Association, k.Modificateurs)
		c.nombre(int64(k.Conditionnel), int64(len(k.Dents)))
		c.texte(k.Dents...)
	}
	c.nombre(int64(len(a.Analyses)))
	for _, x := range a.Analyses {
		c.texte(x.Code)
		c.nombre(int64(x.Coefficient))
	}
	c.nombre(int64(len(a.Produits)))
	for _, x := range a.Produits {
		c.texte(x.Code)
		c.nombre(int64(x.Quantite), int64(x.Fraction), int64(x.Total), int64(x.Unitaire), int64(x.Achat), int64(x.Tarif), int64(x.Demande),
			int64(x.Marge), int64(x.Reconstitution), int64(x.EcartUnitaire), int64(x.Ecart))
	}
}

// present writes whether an optional part follows.
func (c canon) present(oui bool) bool {
	n := int64(0)
	if oui {
		n = 1
	}
	c.nombre(n)
	return oui
}
