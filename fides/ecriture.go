package fides

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// arrondiPrix rounds the unit price of a line to the two decimals of its zone.
var arrondiPrix = &tarif.ArrB2Prix

// Régime 96, caisse 196: three characters of the centre, then a zero.
const (
	regimeMarine = "96"
	caisseMarine = "196"
)

// vues holds the records of an invoice in few pieces of memory.
type vues struct {
	deux    b2.Type2
	deuxS   b2.Type2S
	trois   []b2.Type3
	quatre  []b2.Type4
	quatreS []b2.Type4S
	// forfaitAge says that the invoice has an FUx.
	forfaitAge bool
}

// facture makes the records of an invoice.
func (v *conversion) facture(numero b2.NumeroFacture, lignes []ligne) (Facture, error) {
	w, n, quatre := &vues{}, 2, 0 // the types 2 and 2S
	for i := range lignes {
		n += lignes[i].records()
		if lignes[i].typ == b2.T4 {
			quatre++
		}
		w.forfaitAge = w.forfaitAge || lignes[i].prestation.famille == fForfait
	}
	w.trois, w.quatre, w.quatreS = make([]b2.Type3, 0, len(lignes)-quatre), make([]b2.Type4, 0, quatre), make([]b2.Type4S, 0, quatre)
	v.enTete(w, numero)
	f := Facture{Numero: numero, Venue: v.f.Venue, Records: make([]b2.Enregistrement, 0, n),
		Destination: Destination{w.deux.Organisme.Regime, w.deux.Organisme.Caisse}}
	if v.d.Etablissement.Statut == Public {
		f.CleTitre = b2.CleTitre(numero, w.deuxS.ComplementTitre)
	}
	f.Records = append(f.Records, &w.deux, &w.deuxS)
	for i := range lignes {
		l := &lignes[i]
		if l.typ == b2.T4 {
			f.Records = v.quatre(w, l, f.Records)
		} else {
			f.Records = v.trois(w, l, f.Records)
		}
		if f.Debut.IsZero() || l.Execution.Before(f.Debut) {
			f.Debut = l.Execution
		}
		if l.Execution.After(f.Fin) {
			f.Fin = l.Execution
		}
	}
	var err error
	if f.Totaux, err = b2.Totals(f.Records...); err != nil {
		return f, err
	}
	t := &f.Totaux
	v.complementaireDe(w, t, lignes)
	f.Demande, err = simphonie.Somme(t.CaissePH, t.CaisseHonoraires)
	if err == nil && v.entete.ocDans {
		f.Demande, err = simphonie.Somme(f.Demande, t.OCPH, t.OCHonoraires)
	}
	return f, err
}

// enTete makes the types 2 and 2S (RG_MF631, RG_MF632).
func (v *conversion) enTete(w *vues, numero b2.NumeroFacture) {
	d, e := v.d, &v.entete
	o := v.organisme()
	rang := d.Patient.Rang
	if o.Regime == simphonie.RegimeGeneral {
		rang = ""
	}
	if o.Regime == regimeMarine && o.Caisse == caisseMarine && len(o.Centre) == 3 {
		o.Centre += "0"
	}
	w.deux = b2.Type2{
		Cle:          b2.Cle{FINESS: v.f.FINESS, NIR: d.Assure, Rang: rang, Facture: numero},
		NumeroEntree: v.f.Venue, Organisme: o, PieceJustificative: d.PieceJustificative,
		NatureAssurance: v.nature(), Exoneration: e.exo,
		Hospitalisation: d.Entree, Entree: d.Entree, Sortie: d.Sortie, HeureSortie: d.HeureSortie,
		Eclatement: e.eclatement, DateNaissance: d.Patient.Naissance, RangNaissance: d.Patient.RangNaissance,
		TypeContrat: e.contrat, OrganismeComplementaire: e.oc,
	}
	at := d.Contexte.AT
	switch {
	case v.f.Nature == droits.ATMP && at != nil && at.Identifiant != "":
		w.deux.NumeroAT = simphonie.NewConfidentiel(at.Identifiant)
	case v.f.Nature == droits.ATMP && at != nil:
		w.deux.DateAccident = at.Periode.Du
	case v.f.Nature == droits.Maladie:
		w.deux.DateAccident = d.AccidentDroitCommun
	}
	w.deuxS = b2.Type2S{ComplementTitre: d.Etablissement.complementTitre(), NIRIndividuel: d.Patient.NIR,
		NomMedecinTraitant: v.nom(d.Medecin.Nom, largeurNom), PrenomMedecin: v.nom(d.Medecin.Prenom, largeurPrenom),
		NumeroAMMedecin: d.Medecin.NumeroAM}
	// The parcours does not apply to the lines of an emergency visit (RG_CF640):
	// indicator and top stay blank.
	if v.externe {
		w.deuxS.IndicateurParcours, w.deuxS.TopMedecinTraitant = v.f.IPS, topMedecin(v.f.IPS, d.Contexte.MedecinTraitant)
	}
}

func (v *conversion) nom(c simphonie.Confidentiel, largeur int) simphonie.Confidentiel {
	if c.IsZero() {
		return c
	}
	s, coupe := v.l.Caractere.transcrit(c.Clair(), largeur)
	if coupe {
		v.dit(&regNomCoupe, "medecin", strconv.Itoa(largeur))
	}
	return simphonie.NewConfidentiel(s)
}

// complementTitre gives zone 2S42.
func (e *Etablissement) complementTitre() string {
	if e.Statut != Public {
		return ""
	}
	etablissement, suffixe := "000", "00"
	if e.CodeEtablissement != "" {
		etablissement = e.CodeEtablissement
	}
	if e.SuffixeTitre != "" {
		suffixe = e.SuffixeTitre
	}
	return etablissement + e.CodeProduit + suffixe
}

// organisme gives who receives the invoice (RG_CF692, RG_CF693).
func (v *conversion) organisme() simphonie.Organisme {
	at := v.d.Contexte.AT
	switch {
	case !v.d.Organisme.IsZero():
		return v.d.Organisme
	case v.f.Nature == droits.ATMP && at != nil && !at.Organisme.IsZero():
		return at.Organisme
	}
	return v.f.Organisme
}

// nature gives zone 0277: 13 when the rate was that of the régime local.
func (v *conversion) nature() string {
	switch v.f.Nature {
	case droits.Maternite:
		return "30"
	case droits.ATMP:
		return "41"
	case droits.Prevention:
		return "90"
	}
	if v.entete.regimeLocal || v.f.RegimeLocal {
		return "13"
	}
	return "10"
}
