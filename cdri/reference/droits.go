package reference

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/refxml"
)

// acquisition reads the entities 03.01 to 03.10, under Droits.
func acquisition(reponse *refxml.Noeud) *droits.Acquisition {
	n := reponse.Dans("Droits", "Beneficiaire1", "Assure1", "MedecinTraitant?", "OrganismeMaladie1", "Exoneration*", "ContratParticulier*",
		"SpecificiteRegime?", "Maternite?", "Modulation*", "AtParDefaut?", "AtDeclare*", "SituationParticuliere*")
	a := &droits.Acquisition{
		Support:      droits.SupportCDRi,
		Beneficiaire: beneficiaire(&n),
		ETM:          droitsDe[droits.CodeETM](&n, "Exoneration"),
		MTM:          droitsDe[droits.CodeMTM](&n, "Modulation"),
		Contrats:     droitsDe[droits.CodeContrat](&n, "ContratParticulier"),
		Situations:   droitsDe[droits.CodeSituation](&n, "SituationParticuliere"),
	}
	assure := n.Dans("Assure", "Nir1", "Cle?")
	a.Assure.NIR = nir(&assure)
	organismeMaladie(&n, a)
	if n.Un("SpecificiteRegime") != nil {
		s := n.Dans("SpecificiteRegime", "ChaAnn1")
		v := s.Texte("ChaAnn")
		a.CHAANN = &v
	}
	if n.Un("MedecinTraitant") != nil {
		m := n.Dans("MedecinTraitant", "Nom?", "Prenom?", "NumeroAM?", "Periode?")
		a.MedecinTraitant = &droits.MedecinTraitant{Nom: m.Prive("Nom"), Prenom: m.Prive("Prenom"), Numero: m.Texte("NumeroAM"), Periode: periode(&m)}
	}
	if n.Un("Maternite") != nil {
		m := n.Dans("Maternite", "DebutGrossesse?", "Accouchement?", "Organisme?", "Periode*")
		a.Grossesse = &droits.Grossesse{DebutGrossesse: m.Jour("DebutGrossesse"), Accouchement: m.Jour("Accouchement"),
			Organisme: organisme(&m), Periodes: periodes(&m)}
	}
	if n.Un("AtParDefaut") != nil {
		at := n.Dans("AtParDefaut", "Organisme?", "Periode?")
		a.ATParDefaut = &droits.ATDeclare{Organisme: organisme(&at), Periode: periode(&at)}
	}
	for at := range n.Chaque("AtDeclare", "Identifiant?", "Organisme?", "Periode?") {
		a.AT = append(a.AT, droits.ATDeclare{Identifiant: at.Texte("Identifiant"), Organisme: organisme(at), Periode: periode(at)})
	}
	return a
}

func beneficiaire(n *refxml.Noeud) droits.Beneficiaire {
	b := n.Dans("Beneficiaire", "NomFamille?", "NomUsage?", "Prenom?", "Qualite?", "Adresse?", "DateNaissance?", "Rang?", "Nir?", "Cle?")
	return droits.Beneficiaire{
		NIR: nir(&b), Nom: b.Prive("NomFamille"), NomUsage: b.Prive("NomUsage"), Prenom: b.Prive("Prenom"),
		Naissance: naissance(&b, "DateNaissance"), Rang: b.Texte("Rang"), Qualite: b.Texte("Qualite"),
		Adresse: adresse(&b),
	}
}

// adresse keeps each line at its rank, up to the last that is written.
func adresse(n *refxml.Noeud) (lignes []simphonie.Confidentiel) {
	a := n.Dans("Adresse", "Ligne1?", "Ligne2?", "Ligne3?", "Ligne4?", "Ligne5?", "Ligne6?")
	for i, nom := range []string{"Ligne1", "Ligne2", "Ligne3", "Ligne4", "Ligne5", "Ligne6"} {
		if l := a.Prive(nom); !l.IsZero() {
			lignes = append(lignes, make([]simphonie.Confidentiel, i+1-len(lignes))...)
			lignes[i] = l
		}
	}
	return lignes
}

func organismeMaladie(n *refxml.Noeud, a *droits.Acquisition) {
	o := n.Dans("OrganismeMaladie", "Regime1", "Caisse?", "Centre?", "NaturePJ?", "CodeGestion?", "Periode*")
	a.Organisme = parts(&o)
	a.PieceAMO = o.Texte("NaturePJ")
	a.CodeGestion = o.Texte("CodeGestion")
	a.Periodes = periodes(&o)
}

// droitsDe reads the coded rights of one list.
func droitsDe[C ~string](n *refxml.Noeud, nom string) (ds []droits.Droit[C]) {
	for d := range n.Chaque(nom, "Code1", "Periode*") {
		ds = append(ds, droits.Droit[C]{Code: C(d.Texte("Code")), Periodes: periodes(d)})
	}
	return ds
}
