package urgences

import (
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
)

// Fusionner joins the patient part that was made at discharge with the forfaits
// that came later, in one invoice. The visit, as it is known now, passes the
// gate again; both halves must be of this visit, and the patient part must be
// what its rights give now, same code and same payer. The structure of the whole
// is checked (RG_VF506 to RG_VF508). The anomalies of both halves are kept.
//
// p and o are those of the forfaits. The halves may have been stored and read
// back.
func Fusionner(p *Passage, patient, forfait *Resultat, o *Options) (Resultat, error) {
	if err := valide(p, o); err != nil {
		return Resultat{}, err
	}
	if patient == nil || forfait == nil {
		return Resultat{}, &simphonie.Erreur{Code: "URG-FUSION", Detail: "both halves are wanted"}
	}
	m := moteur{p: p, o: o, contenu: partPatient | forfaits}
	m.r.Interpretations = o.Interpretations
	for _, a := range slices.Concat(patient.Anomalies, forfait.Anomalies) {
		if a.Code != regSepares.Code {
			m.note(simphonie.Anomalies{a})
		}
	}
	if !moitie(patient, partPatient) || !moitie(forfait, forfaits) {
		m.anomalie(&regFusionRefusee, "")
		return m.arrete(AVerifier, regFusionRefusee.Code), nil
	}
	if !m.entre() {
		return m.r, nil
	}
	m.compare(&patient.Facture, &forfait.Facture)
	m.r.Facture, m.r.Circuit = joint(&patient.Facture, &forfait.Facture), forfait.Circuit
	if patient.Explication != nil && forfait.Explication != nil {
		m.r.Explication = forfait.Explication.Suivie(patient.Explication, len(forfait.Facture.Lignes))
	}
	m.note(m.structure(m.r.Facture.Lignes, "lignes", m.contenu))
	m.note(m.r.Facture.Verify())
	if m.r.Anomalies.Stoppent() {
		return m.arrete(AVerifier, premierStop(m.r.Anomalies)), nil
	}
	m.r.Issue, m.r.Motif = Facturable, regFacturable.Code
	return m.r, nil
}

// moitie says that a result holds one billable half and nothing of the other.
func moitie(r *Resultat, c contenu) bool { return r.Issue == Facturable && contient(&r.Facture) == c }

// compare reports what differs between the two halves and the visit.
func (m *moteur) compare(patient, forfait *facture.Facture) {
	differe := func(regle *simphonie.Regle, oui bool, quoi string) {
		if oui {
			m.anomalie(regle, "", quoi)
		}
	}
	for _, f := range []*facture.Facture{patient, forfait} {
		differe(&regFusionPassage, f.Venue != m.p.Venue, "le numéro d'entrée")
		differe(&regFusionPassage, f.FINESS != m.p.Etablissement.FINESS, "l'établissement")
		differe(&regFusionPassage, f.Lignes[0].Execution != m.jour, "le jour du début des soins")
		differe(&regFusionDroits, f.Nature != m.ctx.Nature, "la nature d'assurance")
		differe(&regFusionDroits, f.Organisme != m.ctx.Organisme, "l'organisme")
	}
	attendu := m.decidePartPatient()
	l := &patient.Lignes[0]
	differe(&regFusionDroits, l.Code != attendu.code || len(patient.Lignes) != 1+compte(attendu.cfu), "le forfait patient")
	differe(&regFusionDroits, patient.Parts[0].Debiteur != attendu.debiteur, "le débiteur du forfait patient")
	differe(&regFusionDroits, exonerationPatient(patient) != attendu.exoForfaits || forfait.Lignes[0].Exoneration != attendu.exoForfaits, "l'exonération")
	differe(&regFusionDroits, (forfait.Lignes[0].Qualificatif == facture.QualifNonRemboursable) != m.ctx.AME(), "l'AME")
	differe(&regFusionTarifs, patient.JeuRegles != forfait.JeuRegles || patient.Tarifs != forfait.Tarifs || patient.ConnuAu != forfait.ConnuAu, "")
}

func compte(b bool) int {
	if b {
		return 1
	}
	return 0
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
