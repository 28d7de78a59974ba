package fides

import (
	"errors"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// examineDossier looks at what the type 2 and its complement need.
func (v *conversion) examineDossier() {
	d := v.d
	for _, p := range droits.HorsPerimetre(&d.Contexte, droits.Perimetre{TiersPayantRefuse: d.TiersPayantRefuse}) {
		v.dit(&regPapier, "contexte", p.Motif)
	}
	if !chiffres(v.f.Venue, 1, 9) {
		v.dit(&regVenue, "venue")
	}
	if v.f.FINESS == "" {
		v.dit(&regEtablissement, "finess")
	}
	if err := d.Assure.Valide(); d.Assure.IsZero() || errors.Is(err, simphonie.ErrSyntaxe) || errors.Is(err, simphonie.ErrCleAbsente) {
		v.dit(&regAssure, "assure")
	}
	if d.Patient.Naissance.IsZero() {
		v.dit(&regNaissance, "patient.naissance")
	}
	if !chiffres(d.PieceJustificative, 1, 1) {
		v.dit(&regPiece, "pieceJustificative")
	}
	if !chiffres(string(d.Numero), 9, 9) {
		v.dit(&regNumero, "numero")
	}
	for i, n := range d.NumerosSuite {
		if !chiffres(string(n), 9, 9) {
			v.dit(&regNumero, "numerosSuite["+strconv.Itoa(i)+"]")
		}
		if n == d.Numero || slices.Contains(d.NumerosSuite[:i], n) {
			v.dit(&regDoublonNumero, "numerosSuite["+strconv.Itoa(i)+"]", string(n))
		}
	}
	v.examineSejour()
	v.examineEtablissement()
	v.examineOrganisme()
}

func (v *conversion) examineSejour() {
	d := v.d
	if d.Entree.IsZero() || d.Sortie.IsZero() || d.Sortie.Before(d.Entree) || d.HeureSortie < 0 || d.HeureSortie > 23 {
		v.dit(&regSejour, "entree")
		return
	}
	for i := range v.f.Lignes {
		if j := v.f.Lignes[i].Execution; j.Before(d.Entree) || j.After(d.Sortie) {
			v.dit(&regDates, "lignes["+strconv.Itoa(i)+"]", string(v.f.Lignes[i].Code), j.String())
		}
	}
}

func (v *conversion) examineEtablissement() {
	e := &v.d.Etablissement
	switch e.Statut {
	case Public:
		if !chiffres(e.CodeProduit, 1, 1) || e.CodeEtablissement != "" && !chiffres(e.CodeEtablissement, 3, 3) ||
			e.SuffixeTitre != "" && !chiffres(e.SuffixeTitre, 2, 2) {
			v.dit(&regTitre, "etablissement.codeProduit")
		}
	case PNL:
	default:
		v.dit(&regEtablissement, "etablissement.statut")
	}
}

const regimeAgricole = "02"

// examineOrganisme wants who pays, and refuses who is not billed this way.
func (v *conversion) examineOrganisme() {
	o := v.organisme()
	if o.Valide() != nil || o.Caisse == "" {
		v.dit(&regOrganisme, "organisme")
		return
	}
	if !chiffres(o.Centre, 1, 4) {
		v.dit(&regCentre, "organisme")
	}
	if p, hors := droits.OrganismeHorsPerimetre(o); hors {
		v.dit(&regHorsPerimetre, "organisme", p.Motif)
	}
	if o.Regime == regimeAgricole && v.f.Nature == droits.Maladie && !v.d.AccidentDroitCommun.IsZero() {
		v.dit(&regAccidentMSA, "accidentDroitCommun")
	}
	at := v.d.Contexte.AT
	if v.f.Nature == droits.ATMP && v.d.Organisme.IsZero() && (at == nil || at.Organisme.IsZero()) {
		v.dit(&regOrganismeAT, "organisme")
	}
	if v.f.Nature == droits.ATMP && (at == nil || at.Identifiant == "" && at.Periode.Du.IsZero()) {
		v.dit(&regAT, "contexte.at")
	}
	if v.f.Nature != v.d.Contexte.Nature {
		v.dit(&regNature, "contexte", v.f.Nature.String(), v.d.Contexte.Nature.String())
	}
}

// examineStructure wants amounts that can be written and, in an emergency
// visit, its lines (RG_IP714, RG_VF507, RG_VF508) and none that these rules
// forbid beside them.
func (v *conversion) examineStructure() {
	ages, patients := 0, 0
	reduit, cfu := false, false
	for i := range v.lignes {
		l := &v.lignes[i]
		switch l.prestation.famille {
		case fForfait:
			ages++
		case fCFU:
			cfu = true
		case fPatient, fLocal, fExonere:
			patients++
			reduit = reduit || l.Code == "FPV" || l.Code == "FPM"
		}
		if !v.externe && (l.Exoneration == facture.ExoK60 || l.Exoneration == facture.ExoCCAM) {
			v.ditLigne(&regSeuil, l, l.Exoneration.String())
		}
		// The second SE of the threshold keeps its code, AME included (RG_VF663).
		exonere := l.Exoneration != facture.ExoAucune && (l.prestation.famille != fSE || l.Exoneration != facture.ExoTraitement)
		if v.situation == situationAME && (l.Taux != 0 || l.MRO != 0 || l.BRAMO != 0 || exonere) {
			v.ditLigne(&regLigneAME, l)
		}
		if l.Honoraires < 0 || l.MRO < 0 || l.MRC < 0 || l.BRAMO < 0 || l.PrixUnitaire < 0 {
			v.ditLigne(&regNegatif, l)
		}
	}
	if v.externe {
		return
	}
	if ages != 1 {
		v.dit(&regForfaitAge, "lignes", strconv.Itoa(ages))
	}
	if patients != 1 {
		v.dit(&regForfaitPatient, "lignes", strconv.Itoa(patients))
	}
	if cfu != reduit {
		v.dit(&regCFU, "lignes")
	}
}

// chiffres says that s is digits, between min and max of them.
func chiffres(s string, min, max int) bool {
	return len(s) >= min && len(s) <= max && fixedwidth.Only(s, fixedwidth.Digit)
}
