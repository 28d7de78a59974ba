package ace

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/calendrier"
)

// lignesMax is what an invoice holds (zone 0539), prestationsMax what is keyed.
const (
	lignesMax      = 999
	prestationsMax = lignesMax
)

// coefficientMax and quantiteMax bound what is typed, far above any invoice.
const (
	coefficientMax = 9_999 * simphonie.Un
	quantiteMax    = 9_999
)

// examine looks at the form of the visit and reports every fault.
func (m *moteur) examine() {
	v := m.v
	if v.Venue == "" {
		m.anomalie(&regVenue, "venue")
	}
	e := &v.Etablissement
	if e.FINESS.Valide() != nil {
		m.anomalie(&regFINESS, "etablissement.finess")
	}
	var err error
	if m.cal = m.o.Calendrier; m.cal == nil {
		m.cal, err = calendrier.Legaux(e.Territoire)
	}
	if !e.Secteur.Valide() || err != nil {
		m.anomalie(&regEtablissement, "etablissement")
	}
	if m.naissance, err = v.Naissance.PourCalcul(); err != nil {
		m.anomalie(&regNaissance, "naissance")
	}
	if v.Entree.IsZero() || v.Sortie.IsZero() || v.Sortie.Before(v.Entree) {
		m.anomalie(&regDates, "entree")
	}
	if n := len(v.Prestations); n == 0 || n > prestationsMax {
		m.anomalie(&regNombre, "prestations", strconv.Itoa(prestationsMax))
		return
	}
	for i := range v.Prestations {
		m.examinePrestation(i)
	}
}

// saisie applies the controls that need no price.
func (m *moteur) saisie() {
	if !m.o.SansControles {
		m.note(controleVenue(m.v, m.o))
	}
}

func (m *moteur) examinePrestation(i int) {
	p := &m.v.Prestations[i]
	faute := func(champ string) { m.anomalie(&regValeur, rang(i)+champ) }
	if p.Code != "" && !p.Code.Valide() || p.Code == "" && p.Nomenclature != droits.CCAM && p.Nomenclature != droits.NABM {
		faute(".code")
	}
	if estUrgence(p.Code) {
		m.anomalie(&regUrgence, rang(i)+".code", string(p.Code))
	}
	switch p.Nomenclature {
	case droits.NGAP, droits.CCAM, droits.NABM, droits.LPP, droits.Pharmacie, droits.Retrocede:
	case "": // activités à forfait have none
		if g := genreDe(p); g == gActe {
			faute(".nomenclature")
		}
	default:
		faute(".nomenclature")
	}
	if (p.CCAM != nil) != (p.Nomenclature == droits.CCAM) || p.CCAM != nil && (p.CCAM.Acte == "" || p.CCAM.Activite == "" || p.CCAM.Phase == "") {
		faute(".ccam")
	}
	if (p.Analyse != nil) != (p.Nomenclature == droits.NABM) || p.Analyse != nil &&
		(p.Analyse.Code == "" || p.Analyse.Lettre != "" && !slices.Contains(codesLettreB, p.Analyse.Lettre)) {
		faute(".analyse")
	}
	if (p.Produit != nil) != estProduit(p.Nomenclature) || p.Produit != nil && !p.Produit.valide(p.Nomenclature) {
		faute(".produit")
	}
	if p.Quantite < 0 || p.Quantite > quantiteMax || p.Denombrement < 0 || p.Denombrement > quantiteMax {
		faute(".quantite")
	}
	if p.Coefficient < 0 || p.Coefficient > coefficientMax {
		faute(".coefficient")
	}
	if !p.seul() {
		m.anomalie(&regSeul, rang(i)+".quantite", string(cmp.Or(p.Code, codeB)))
	}
	if p.Depassement < 0 {
		faute(".depassement")
	}
	if p.Majoration != "" && p.Majoration != Nuit && p.Majoration != Ferie && p.Majoration != Urgence || p.Majoration != "" && p.Nomenclature != droits.NGAP {
		faute(".majoration")
	}
	switch p.Motif {
	case "", TraitementExonerant, ConformeALD, Prevention, NouveauNe:
	default:
		faute(".motif")
	}
	if p.Qualificatif > facture.QualifDepassementPermis {
		faute(".qualificatif")
	}
	if p.Support < 0 || p.Support > len(m.v.Prestations) || p.Support == i+1 {
		m.anomalie(&regSupport, rang(i)+".support")
	} else if p.Support > 0 {
		if s := m.v.Prestations[p.Support-1].Support; s > 0 && (s > len(m.v.Prestations) || genreDe(&m.v.Prestations[s-1]) != gForfait) {
			m.anomalie(&regSupport, rang(i)+".support")
		}
	}
	m.examineDates(i, p)
}

func (m *moteur) examineDates(i int, p *Prestation) {
	v := m.v
	switch {
	case p.Execution.IsZero():
		m.anomalie(&regValeur, rang(i)+".execution")
		return
	case p.Execution.Before(v.Entree) || p.Execution.After(v.Sortie):
		m.anomalie(&regHorsVenue, rang(i)+".execution", p.Execution.String())
	case p.Execution.After(m.o.ConnuAu):
		m.anomalie(&regApresConnu, rang(i)+".execution", p.Execution.String(), m.o.ConnuAu.String())
	}
	if m.naissance.After(p.Execution) {
		m.anomalie(&regNaissanceApres, rang(i)+".execution", p.Execution.String())
	}
}

// valide: a price is asked, and only a drug is given in part.
func (p *Produit) valide(n droits.Nomenclature) bool {
	return p.Code != "" && p.Fraction >= 0 && p.Fraction <= simphonie.Un && (n != droits.LPP || p.Fraction == 0 || p.Fraction == simphonie.Un) &&
		p.Prix > 0 && p.Tarif >= 0 && p.Marge >= 0 && p.Reconstitution >= 0
}

// seul says that what is billed one by one is keyed so: an analysis and a product
// have the coefficient of their table, forfaits are lines of their own.
func (p *Prestation) seul() bool {
	un := p.coefficient() == simphonie.Un
	switch g := genreDe(p); {
	case g == gAnalyse, g == gForfait && !estSE(p.Code), g == gFausse:
		return p.quantite() == 1 && un
	case g == gForfait, g == gTechnique && p.Scanner: // their second one is reduced
		return p.quantite() == 1
	case g == gProduit:
		return un
	}
	return true
}

// rang gives the path of a prestation.
func rang(i int) string { return "prestations[" + strconv.Itoa(i) + "]" }
