package fides

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// Convertisseur makes invoices of the norme B2 of priced ones. It is immutable
// and safe for concurrent use.
type Convertisseur struct{ lectures Interpretations }

// New refuses answers to open questions that are not among the choices.
func New(i Interpretations) (*Convertisseur, error) {
	if err := i.Validate(); err != nil {
		return nil, err
	}
	return &Convertisseur{i}, nil
}

// conversion is one invoice on its way.
type conversion struct {
	f *facture.Facture
	d *Dossier
	l *Interpretations

	situation situation
	externe   bool    // external care, not an emergency visit
	lignes    []ligne // in the order of the invoice
	entete    entete
	anomalies simphonie.Anomalies

	joursNouveauNe int
}

// ligne is a priced line and how it is written.
type ligne struct {
	*facture.Ligne
	rang       int // in the priced invoice
	place      place
	prestation prestation
	valeurs    valeurs
	typ        b2.Type
	imagerie   *Imagerie
	acte       *facture.DetailActe // nil in an emergency visit
	soin       *Soin               // of a line with an acte
	lie        bool                // to an ATU, FFM, SEx or APE of its day
	exo        string              // of the line: "" is blank
	total, oc  simphonie.Montant
	prix       simphonie.Montant
}

// entete is what the lines decide of the type 2.
type entete struct {
	exo         string
	eclatement  bool
	contrat     string
	oc          simphonie.NumeroAMC
	auPatient   bool // FPU or FPV outside C2S and AME: totals are the fees
	regimeLocal bool // FPL or FPM
	ocDans      bool // the complementary part stands in this invoice
}

// Convertir makes the invoices of a priced emergency visit, or of a priced
// invoice of external care: its lines have a facture.DetailActe. What is wrong with the data
// is told all at once in the anomalies, and no invoice is made when one of
// them stops it. The error is for what these rules do not cover: another
// sector (ErrSecteurNonCouvert), an anonymous patient (ErrSituationNonCouverte).
func (c *Convertisseur) Convertir(f *facture.Facture, d *Dossier) (Resultat, error) {
	if f == nil || d == nil {
		return Resultat{}, erreur("FID-DOSSIER", "", "a priced invoice and a dossier are wanted", nil)
	}
	if err := couvert(d); err != nil {
		return Resultat{}, err
	}
	v := conversion{f: f, d: d, l: &c.lectures, situation: situationDe(&d.Contexte)}
	v.anomalies = f.Verify()
	v.externe = externe(f)
	v.examineDossier()
	v.lis()
	v.examineStructure()
	if v.externe {
		v.examineExterne()
	}
	v.complementaire()
	v.exonerations()
	v.montants()
	if v.anomalies.Stoppent() {
		return Resultat{Anomalies: v.anomalies}, nil
	}
	fs := v.ecris()
	if v.anomalies.Stoppent() {
		fs = nil
	}
	return Resultat{Factures: fs, Anomalies: v.anomalies}, nil
}

// couvert refuses what the published rules do not describe.
func couvert(d *Dossier) error {
	switch {
	case d.Etablissement.Secteur != tarif.ExDG:
		return erreur("FID-SECTEUR", "etablissement.secteur", "invoices are described for the sector ex-dg only", ErrSecteurNonCouvert)
	case d.Contexte.Situations.Has(droits.SP10):
		return erreur("FID-ANONYME", "contexte", "anonymous care (RG_MF639) wants a fictive number and organisme that are not built here", ErrSituationNonCouverte)
	}
	return nil
}

// situationDe gives the rows of values: the AME is tested first (RG_VF650).
func situationDe(c *droits.Contexte) situation {
	switch {
	case c.AME():
		return situationAME
	case c.RSS():
		return situationRSS
	}
	return situationAssure
}

func (v *conversion) dit(r *simphonie.Regle, chemin string, valeurs ...string) {
	v.anomalies = append(v.anomalies, r.Anomalie(chemin, valeurs...))
}

func (v *conversion) ditLigne(r *simphonie.Regle, l *ligne, valeurs ...string) {
	v.dit(r, "lignes["+strconv.Itoa(l.rang)+"]", append([]string{string(l.Code)}, valeurs...)...)
}

// lis finds how each line is written, and puts them in order.
func (v *conversion) lis() {
	v.lignes = make([]ligne, 0, len(v.f.Lignes))
	imagerie := 0
	for i := range v.f.Lignes {
		fl := &v.f.Lignes[i]
		p, ok := v.prestation(fl)
		l := ligne{Ligne: fl, rang: i, prestation: p, typ: p.typ}
		if fl.Detail.Sejour != nil {
			v.horsSejour(&l)
			continue
		}
		if !ok {
			v.ditLigne(v.regleCode(&p), &l)
			continue
		}
		if l.valeurs, ok = valeursParSituation[cleValeurs{v.situation, p.famille}]; !ok {
			v.ditLigne(&regCodeSituation, &l, string(v.situation))
			continue
		}
		switch p.famille {
		case fLocal:
			v.entete.regimeLocal = true
		case fPatient:
			v.entete.auPatient = v.situation != situationAME && !v.d.Contexte.C2S()
		case fImagerie:
			l.typ = b2.Type(intImagerie.Retenu(string(v.l.Imagerie)))
		}
		if l.valeurs.mt == parEquipement {
			v.imagerie(&l, imagerie)
			imagerie++
		}
		if v.externe {
			v.complete(&l)
		}
		v.lignes = append(v.lignes, l)
	}
	if n := len(v.d.Imagerie); n > imagerie {
		v.dit(&regImagerie, "imagerie", strconv.Itoa(n), strconv.Itoa(imagerie))
	}
	v.ordonne()
}

// prestation finds how a line is written: by its code or, in external care, by
// what its detail holds.
func (v *conversion) prestation(l *facture.Ligne) (prestation, bool) {
	p, ok := prestations[l.Code]
	if !ok && v.externe {
		p, ok = prestations[parDetail(l)]
	}
	return p, ok && p.dans(v.externe) && p.famille != fReserve
}

// regleCode tells why a code is refused.
func (v *conversion) regleCode(p *prestation) *simphonie.Regle {
	switch {
	case p.famille == fReserve && v.externe:
		return &regReservePS
	case v.externe:
		return &regCodeExterne
	}
	return &regCode
}

// horsSejour refuses a line of a stay: nothing of it is billed to the caisse
// since the end of 2021, and no text read here writes it before.
func (v *conversion) horsSejour(l *ligne) {
	p, err := PerimetreDe(SejoursMCO, v.d.Etablissement.Secteur, l.Execution)
	if err == nil && p.Etat == NonFacture {
		v.ditLigne(&regSejourNonFacture, l, p.Periode.Du.String(), p.ALaPlace)
		return
	}
	v.ditLigne(&regCode, l)
}

// imagerie takes the equipment of the n-th technical forfait, which sets its
// MT and DMT.
func (v *conversion) imagerie(l *ligne, n int) {
	if n < len(v.d.Imagerie) {
		l.imagerie = &v.d.Imagerie[n]
		l.valeurs.mt, l.valeurs.dmt = mtImagerie, disciplines[l.imagerie.Equipement]
	}
	if l.imagerie == nil || l.valeurs.dmt == "" {
		v.ditLigne(&regEquipement, l)
	}
	if l.imagerie != nil && !l.imagerie.Prescripteur.complet() {
		v.ditLigne(&regPrescripteur, l)
	}
}

// ecris cuts the lines into invoices and makes their records.
func (v *conversion) ecris() []Facture {
	var fs []Facture
	for i, groupe := range v.groupes() {
		numero := v.d.Numero
		if i > 0 {
			if i > len(v.d.NumerosSuite) {
				v.dit(&regNumeroSuite, "numerosSuite", strconv.Itoa(i))
				return nil
			}
			numero = v.d.NumerosSuite[i-1]
		}
		f, err := v.facture(numero, groupe)
		if err != nil {
			v.dit(&regMontant, "lignes", "total")
			return nil
		}
		fs = append(fs, f)
	}
	v.examineTitre(fs)
	return fs
}

// examineTitre compares the titre de recette to the invoice, when there is one.
func (v *conversion) examineTitre(fs []Facture) {
	if m := v.d.MontantTitre; m != 0 && len(fs) == 1 && m != fs[0].Demande {
		v.dit(&regTitreMontant, "montantTitre", m.String(), fs[0].Demande.String())
	}
}
