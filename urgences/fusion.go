package urgences

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Fusionner joins the patient part that was made at discharge with the forfaits
// that came later, in one invoice. It checks that both are of the same visit,
// that the rights behind them agree, and the structure of the whole (RG_VF506
// to RG_VF508). The anomalies of both are kept.
//
// p and o are those of the forfaits.
func Fusionner(p *Passage, patient, forfait *Resultat, o *Options) (Resultat, error) {
	if err := o.Validate(); err != nil {
		return Resultat{}, err
	}
	r := Resultat{Issue: Facturable, Motif: regFacturable.Code, contenu: partPatient | forfaits,
		Circuit: forfait.Circuit, Interpretations: forfait.Interpretations, Contexte: forfait.Contexte}
	for _, a := range slices.Concat(patient.Anomalies, forfait.Anomalies) {
		if a.Code != regSepares.Code {
			r.Anomalies = append(r.Anomalies, a)
		}
	}
	if !pretAFusionner(patient, partPatient) || !pretAFusionner(forfait, forfaits) {
		r.Anomalies = append(r.Anomalies, regFusionRefusee.Anomalie(""))
		return r.stoppe(), nil
	}
	r.compare(patient, forfait)
	r.Facture = joint(&patient.Facture, &forfait.Facture)
	if patient.Explication != nil && forfait.Explication != nil {
		r.Explication = forfait.Explication.Suivie(patient.Explication, len(forfait.Facture.Lignes))
	}
	as, err := Controler(p, r.Facture.Lignes, o)
	if err != nil {
		return Resultat{}, err
	}
	r.Anomalies = append(r.Anomalies, nouvelles(r.Anomalies, as)...)
	r.Anomalies = append(r.Anomalies, r.Facture.Verify()...)
	return r.stoppe(), nil
}

// nouvelles keeps the anomalies that are not known yet.
func nouvelles(connues, as simphonie.Anomalies) simphonie.Anomalies {
	return slices.DeleteFunc(as, func(a simphonie.Anomalie) bool {
		return slices.ContainsFunc(connues, func(b simphonie.Anomalie) bool { return a.Code == b.Code && a.Chemin == b.Chemin })
	})
}

func pretAFusionner(r *Resultat, c contenu) bool { return r.Issue == Facturable && r.contenu == c }

// stoppe turns a result whose anomalies stop it into one without an invoice.
func (r Resultat) stoppe() Resultat {
	if r.Anomalies.Stoppent() {
		r.Issue, r.Motif, r.Facture = AVerifier, premierStop(r.Anomalies), facture.Facture{}
	}
	return r
}

// compare reports what differs between the two halves.
func (r *Resultat) compare(patient, forfait *Resultat) {
	a, b := &patient.Facture, &forfait.Facture
	differe := func(regle *simphonie.Regle, oui bool, quoi string) {
		if oui {
			r.Anomalies = append(r.Anomalies, regle.Anomalie("", quoi))
		}
	}
	differe(&regFusionPassage, a.Venue != b.Venue, "le numéro d'entrée")
	differe(&regFusionPassage, a.FINESS != b.FINESS, "l'établissement")
	differe(&regFusionPassage, a.Lignes[0].Execution != b.Lignes[0].Execution, "le jour du début des soins")
	differe(&regFusionDroits, a.Nature != b.Nature, "la nature d'assurance")
	differe(&regFusionDroits, a.Organisme != b.Organisme, "l'organisme")
	differe(&regFusionDroits, patient.Contexte.AME() != forfait.Contexte.AME(), "l'AME")
	differe(&regFusionDroits, exonerationPatient(a) != b.Lignes[0].Exoneration, "l'exonération")
	differe(&regFusionTarifs, a.JeuRegles != b.JeuRegles || a.Tarifs != b.Tarifs || a.ConnuAu != b.ConnuAu, "")
}

// exonerationPatient gives the exemption that FPX or CFU carries.
func exonerationPatient(f *facture.Facture) facture.Exoneration {
	for i := range f.Lignes {
		if c := f.Lignes[i].Code; c == FPX || c == CFU {
			return f.Lignes[i].Exoneration
		}
	}
	return facture.ExoAucune
}

// joint puts the patient part after the forfaits.
func joint(patient, forfait *facture.Facture) facture.Facture {
	f := *forfait
	n := len(forfait.Lignes)
	f.Lignes = slices.Concat(forfait.Lignes, patient.Lignes)
	f.Parts = slices.Concat(forfait.Parts, patient.Parts)
	for i := n; i < len(f.Lignes); i++ {
		if f.Lignes[i].Support >= 0 {
			f.Lignes[i].Support += n
		}
	}
	for i := len(forfait.Parts); i < len(f.Parts); i++ {
		f.Parts[i].Ligne += n
	}
	return f
}
