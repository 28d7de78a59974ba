package fides_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

const jourSoins = "2026-05-12" // a Tuesday

func optionsACE(t testing.TB) *ace.Options {
	t.Helper()
	o, err := fictif.ACE(jour("2026-11-01"))
	require.NoError(t, err)
	o.SansControles = true // what may stand together is not the matter here
	o.Interpretations.AMCDeclaree = ace.AMCAssureur
	return o
}

// venue is a visit of an adult with a declared médecin traitant.
func venue(ps ...ace.Prestation) *ace.Venue {
	return &ace.Venue{Venue: "900000002", Entree: jour(jourSoins), Sortie: jour(jourSoins), Naissance: simphonie.NaissanceLe(jour("1980-06-15")),
		Etablissement: ace.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole, EPS: simphonie.Oui},
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:        []simphonie.Periode{{Du: jour("2015-01-01")}},
			MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}},
		Prestations: ps}
}

func ngap(code tarif.Code, specialite string) ace.Prestation {
	return ace.Prestation{Nomenclature: droits.NGAP, Code: code, Execution: jour(jourSoins), Parcours: droits.OrienteTraitant,
		Executant: ace.Executant{Specialite: specialite},
		Orienteur: droits.Orienteur{Nom: simphonie.NewConfidentiel("MARTIN"), Prenom: simphonie.NewConfidentiel("ANNE")}}
}

func ccam(acte string) ace.Prestation {
	p := ngap("", "04")
	p.Nomenclature, p.CCAM = droits.CCAM, &ace.ActeCCAM{Acte: acte, Activite: "1", Phase: "0"}
	return p
}

func analyse(code string) ace.Prestation {
	p := ngap("", "38")
	p.Nomenclature, p.Analyse, p.Prescription = droits.NABM, &ace.Analyse{Code: code}, jour("2026-05-04")
	p.Executant.PasMedecin = true
	return p
}

func forfait(code tarif.Code) ace.Prestation {
	return ace.Prestation{Code: code, Execution: jour(jourSoins), Parcours: droits.ParTraitant}
}

func produit(n droits.Nomenclature, code tarif.Code, ucd, prix string, quantite int) ace.Prestation {
	x, err := simphonie.ParsePrix(prix)
	if err != nil {
		panic(err)
	}
	return ace.Prestation{Nomenclature: n, Code: code, Execution: jour(jourSoins), Prescription: jour("2026-05-04"), Quantite: quantite, Parcours: droits.ParTraitant,
		Produit: &ace.Produit{Code: ucd, Prix: x}}
}

// tarifeACE prices a visit.
func tarifeACE(t testing.TB, v *ace.Venue, o *ace.Options) []ace.Facture {
	t.Helper()
	r, err := ace.Compute(v, o)
	require.NoError(t, err)
	require.Equal(t, ace.Facturable, r.Issue, "%v", r.Anomalies)
	return r.Factures
}

// dossierACE completes an invoice of external care.
func dossierACE(v *ace.Venue, f *ace.Facture, titre int) *fides.Dossier {
	n, err := b2.NewNumeroFacture(2026, titre)
	if err != nil {
		panic(err)
	}
	p := v.Prestations[f.Lignes[0].Detail.Acte.Prestations[0]-1].Droits
	d := &fides.Dossier{
		Etablissement: fides.Etablissement{Statut: fides.Public, Secteur: v.Etablissement.Secteur, CodeProduit: "1"},
		Contexte:      droits.Resoudre(v.Droits, p, f.Lignes[0].Reference, droits.Options{}).Contexte, PieceJustificative: "0",
		Assure: simphonie.NIRRecu(nirHomme), Patient: fides.Patient{Naissance: v.Naissance, RangNaissance: 1},
		Entree: v.Entree, Sortie: v.Sortie, HeureSortie: 16, Numero: n, C2S: fides.C2SUnique,
		Medecin: fides.Medecin{Nom: simphonie.NewConfidentiel("MARTIN"), Prenom: simphonie.NewConfidentiel("ANNE")},
		Soin: fides.Soin{Domaine: "M", Prescripteur: &fides.Prescripteur{Condition: fides.Salarie, Structure: v.Etablissement.FINESS,
			Specialite: "04", Date: jour("2026-05-04"), Origine: "O"}},
	}
	d.FactureAMC = v.AMC != "" && !d.Contexte.C2S() && !d.Contexte.AME() && montantAMC(&f.Facture) != 0
	for i := range f.Lignes {
		if c := f.Lignes[i].Code; c == "FTN" || c == "FR2" {
			d.Imagerie = append(d.Imagerie, fides.Imagerie{Equipement: fides.Scanner, NumeroOrdre: "12", NumeroAppareil: "75123", Prescripteur: *d.Soin.Prescripteur})
		}
	}
	return d
}

func montantAMC(f *facture.Facture) (total simphonie.Montant) {
	for _, p := range f.Parts {
		if p.Debiteur.Type == simphonie.DebiteurAMC {
			total += p.Montant
		}
	}
	return total
}

// hasardACE draws a visit of external care.
func hasardACE(r *rand.Rand) *ace.Venue {
	un := func(n int) bool { return r.IntN(n) == 0 }
	v := venue()
	ajoute := func(ps ...ace.Prestation) { v.Prestations = append(v.Prestations, ps...) }
	actes := []string{"ZZFA901", "ZZFA902", "ZZJE904", "ZZJE905", "ZZQH906", "ZZLB908", "ZZQE909", "ZZHD913", "ZZQP916"}
	switch r.IntN(6) {
	case 0: // drugs handed over
		ajoute(produit(droits.Retrocede, "PHH", "9999901", []string{"101.235", "90.11"}[r.IntN(2)], 1+r.IntN(9)))
		if un(2) {
			p := produit(droits.Retrocede, "PHH", "9999902", "11.005", 1)
			p.Produit.Fraction, p.Produit.Marge, p.Produit.Reconstitution = 3300, 22_00, 5_15
			ajoute(p)
		}
		if un(2) {
			p := produit(droits.Retrocede, "PHD", "9999909", "54.32", 2)
			p.Produit.Marge = 22_00
			ajoute(p)
		}
	case 1: // products with their forfait
		ajoute(forfait("APE"), produit(droits.LPP, "PII", "1999901", []string{"31.565", "40.00", "20.00"}[r.IntN(3)], 1+r.IntN(3)))
		v.Prestations[0].Support = 2
		if un(2) {
			ajoute(produit(droits.Pharmacie, "PH8", "9999903", []string{"1205.455", "1100.10"}[r.IntN(2)], 1))
		}
	case 2: // a series
		for i := range 1 + r.IntN(5) {
			p := ngap("AMK", "26")
			p.Coefficient, p.EnSerie, p.Prescription, p.Executant.PasMedecin = 75*simphonie.Un/10, true, jour("2026-05-04"), true
			p.Execution = jour(jourSoins).AddDays(2 * i)
			v.Sortie = p.Execution
			ajoute(p)
		}
	case 3:
		ajoute(forfait("FEF"))
	default:
		for range 1 + r.IntN(5) {
			ajoute(ccam(actes[r.IntN(len(actes))]))
		}
		if un(2) {
			p := ngap("CS", "15")
			p.Majoration = []ace.Majoration{"", "N", "F"}[r.IntN(3)]
			ajoute(p)
			m := ngap("MCS", "15")
			m.Support = len(v.Prestations)
			ajoute(m)
		}
		if un(3) {
			p := ngap("K", "04")
			p.Coefficient = simphonie.Coefficient(20+r.IntN(50)) * simphonie.Un
			ajoute(p)
		}
		if un(3) {
			for _, c := range []string{"1901", "1902", "0388", "0322", "0323", "9905", "1904"}[:1+r.IntN(7)] {
				ajoute(analyse(c))
			}
		}
		if un(4) {
			p := forfait("FTN")
			p.Support, p.Scanner = 1, true
			ajoute(p)
		}
		switch r.IntN(5) {
		case 0:
			ajoute(forfait([]tarif.Code{"ATU", "FFM"}[r.IntN(2)]))
		case 1:
			ajoute(forfait("SE1"))
			if un(2) {
				ajoute(forfait("SE2"))
			}
		case 2:
			p := ngap("FSD", "04")
			p.Support = 1
			ajoute(p)
		}
	}
	for _, f := range []func(*droits.Acquisition){ald, local, c2s, c2sSeparee, ame, mines, maternite, pension, rss, aspa} {
		if un(9) {
			f(v.Droits)
		}
	}
	for i := range v.Prestations {
		if p := &v.Prestations[i]; un(5) {
			p.Motif = ace.ConformeALD
		}
	}
	if un(4) {
		v.AMC = "0012345678"
	}
	return v
}

func aspa(d *droits.Acquisition) { d.MTM = append(d.MTM, droits.Droit[droits.CodeMTM]{Code: "8"}) }
