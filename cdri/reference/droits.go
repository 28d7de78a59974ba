package reference

import (
	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// droits reads the entities 03.01 to 03.10.
func (l *lecture) droits(el *etree.Element, chemin string) *droits.Acquisition {
	n := l.ouvre(el, chemin, "Beneficiaire1", "Assure1", "MedecinTraitant?", "OrganismeMaladie1", "Exoneration*", "ContratParticulier*",
		"SpecificiteRegime?", "Maternite?", "Modulation*", "AtParDefaut?", "AtDeclare*", "SituationParticuliere*")
	a := &droits.Acquisition{
		Support:      droits.SupportCDRi,
		Beneficiaire: n.beneficiaire(),
		ETM:          droitsDe[droits.CodeETM](&n, "Exoneration"),
		MTM:          droitsDe[droits.CodeMTM](&n, "Modulation"),
		Contrats:     droitsDe[droits.CodeContrat](&n, "ContratParticulier"),
		Situations:   droitsDe[droits.CodeSituation](&n, "SituationParticuliere"),
	}
	assure := l.ouvre(n.un("Assure"), chemin+".Assure", "Nir1", "Cle?")
	a.Assure.NIR = assure.nir()
	n.organismeMaladie(a)
	if el := n.un("SpecificiteRegime"); el != nil {
		s := l.ouvre(el, chemin+".SpecificiteRegime", "ChaAnn1")
		v := s.texte("ChaAnn")
		a.CHAANN = &v
	}
	if el := n.un("MedecinTraitant"); el != nil {
		m := l.ouvre(el, chemin+".MedecinTraitant", "Nom?", "Prenom?", "NumeroAM?", "Periode?")
		a.MedecinTraitant = &droits.MedecinTraitant{Nom: m.prive("Nom"), Prenom: m.prive("Prenom"), Numero: m.texte("NumeroAM"), Periode: m.periode()}
	}
	if el := n.un("Maternite"); el != nil {
		m := l.ouvre(el, chemin+".Maternite", "DebutGrossesse?", "Accouchement?", "Organisme?", "Periode*")
		a.Grossesse = &droits.Grossesse{DebutGrossesse: m.jour("DebutGrossesse"), Accouchement: m.jour("Accouchement"),
			Organisme: m.organisme(), Periodes: m.periodes()}
	}
	if el := n.un("AtParDefaut"); el != nil {
		at := l.ouvre(el, chemin+".AtParDefaut", "Organisme?", "Periode?")
		a.ATParDefaut = &droits.ATDeclare{Organisme: at.organisme(), Periode: at.periode()}
	}
	n.chaque("AtDeclare", func(el *etree.Element, chemin string) {
		at := l.ouvre(el, chemin, "Identifiant?", "Organisme?", "Periode?")
		a.AT = append(a.AT, droits.ATDeclare{Identifiant: at.texte("Identifiant"), Organisme: at.organisme(), Periode: at.periode()})
	})
	return a
}

func (n *noeud) beneficiaire() droits.Beneficiaire {
	b := n.l.ouvre(n.un("Beneficiaire"), n.chemin+".Beneficiaire", "NomFamille?", "NomUsage?", "Prenom?", "Qualite?", "Adresse?",
		"DateNaissance?", "Rang?", "Nir?", "Cle?")
	return droits.Beneficiaire{
		NIR: b.nir(), Nom: b.prive("NomFamille"), NomUsage: b.prive("NomUsage"), Prenom: b.prive("Prenom"),
		Naissance: b.naissance("DateNaissance"), Rang: b.texte("Rang"), Qualite: b.texte("Qualite"),
		Adresse: b.adresse(),
	}
}

// adresse keeps each line at its rank, up to the last that is written.
func (n *noeud) adresse() (lignes []simphonie.Confidentiel) {
	a := n.l.ouvre(n.un("Adresse"), n.chemin+".Adresse", "Ligne1?", "Ligne2?", "Ligne3?", "Ligne4?", "Ligne5?", "Ligne6?")
	for i, nom := range []string{"Ligne1", "Ligne2", "Ligne3", "Ligne4", "Ligne5", "Ligne6"} {
		if l := a.prive(nom); !l.IsZero() {
			lignes = append(lignes, make([]simphonie.Confidentiel, i+1-len(lignes))...)
			lignes[i] = l
		}
	}
	return lignes
}

func (n *noeud) organismeMaladie(a *droits.Acquisition) {
	o := n.l.ouvre(n.un("OrganismeMaladie"), n.chemin+".OrganismeMaladie", "Regime1", "Caisse?", "Centre?", "NaturePJ?", "CodeGestion?", "Periode*")
	a.Organisme = o.parts()
	a.PieceAMO = o.texte("NaturePJ")
	a.CodeGestion = o.texte("CodeGestion")
	a.Periodes = o.periodes()
}

// organisme reads the child Organisme.
func (n *noeud) organisme() simphonie.Organisme {
	o := n.l.ouvre(n.un("Organisme"), n.chemin+".Organisme", "Regime1", "Caisse?", "Centre?")
	return o.parts()
}

func (n *noeud) parts() simphonie.Organisme {
	return simphonie.Organisme{Regime: n.texte("Regime"), Caisse: n.texte("Caisse"), Centre: n.texte("Centre")}
}

// periode reads the only Periode, periodes all of them.
func (n *noeud) periode() (p simphonie.Periode) {
	if ps := n.periodes(); len(ps) > 0 {
		p = ps[0]
	}
	return p
}

func (n *noeud) periodes() (ps []simphonie.Periode) {
	n.chaque("Periode", func(el *etree.Element, chemin string) {
		p := n.l.ouvre(el, chemin, "Debut?", "Fin?")
		ps = append(ps, simphonie.Periode{Du: p.jour("Debut"), Au: p.jour("Fin")})
	})
	return ps
}

// droitsDe reads the coded rights of one list.
func droitsDe[C ~string](n *noeud, nom string) (ds []droits.Droit[C]) {
	n.chaque(nom, func(el *etree.Element, chemin string) {
		d := n.l.ouvre(el, chemin, "Code1", "Periode*")
		ds = append(ds, droits.Droit[C]{Code: C(d.texte("Code")), Periodes: d.periodes()})
	})
	return ds
}
