package droits_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// A CDRi answer read for care linked to a declared accident, with the trace.
func ExampleResoudre() {
	a := &droits.Acquisition{Support: droits.SupportCDRi,
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
		Periodes:  []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}},
		ETM:       []droits.Droit[droits.CodeETM]{{Code: "06"}, {Code: "8"}},
		AT: []droits.ATDeclare{{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
			Periode: simphonie.Periode{Du: simphonie.MustJour("2018-08-31")}}},
	}
	r := droits.Resoudre(a, droits.Prestation{LieeAT: true}, simphonie.MustJour("2026-03-04"), droits.Options{Tracer: true})
	fmt.Println(r.Contexte.Nature, r.Contexte.ALD(), r.Anomalies)
	for _, c := range r.Trace {
		fmt.Println(c.Regle.Code, c.Regle.Source)
	}

	a.ETM = append(a.ETM, droits.Droit[droits.CodeETM]{Code: "42"})
	r = droits.Resoudre(a, droits.Prestation{}, simphonie.MustJour("2026-03-04"), droits.Options{})
	fmt.Println(r.Anomalies[0])
	// Output:
	// at-mp true []
	// DROITS-NATURE-AT RG_CF653 CP01
	// DROITS-ORGANISME-AT RG_CF693
	// a-verifier DROITS-ETM-INCONNUE (droits.etm) : Exonération de code 42 inconnue : à vérifier avant de facturer.
}

// CDRi and a card say one patient; an agent changes a datum; the invoice is made
// from what they say together.
func ExampleDossier() {
	matin := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	d := droits.Dossier{Acquisitions: []droits.Acquisition{
		{Support: droits.SupportCDRi, Le: matin, PieceAMO: "2", Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, ETM: []droits.Droit[droits.CodeETM]{{Code: "8"}}},
		{Support: droits.SupportVitale, Le: matin, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, Beneficiaire: droits.Beneficiaire{NIR: simphonie.NIRRecu("255555575133324")}},
	}}
	err := d.Modifie(droits.Change{Acquisition: 0, Donnee: droits.DonneeMedecinNom, Papier: droits.SupportAttestation, Par: "agent-7", Le: matin.Add(time.Hour),
		Valeur: droits.Acquisition{MedecinTraitant: &droits.MedecinTraitant{Nom: simphonie.NewConfidentiel("MARTIN")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := d.Fusionner(droits.Preference{droits.SupportCDRi, droits.SupportVitale})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range []droits.Donnee{droits.DonneeETM, droits.DonneeNIR, droits.DonneeMedecinNom} {
		p := f.Acquisition.De(n)
		fmt.Printf("%s %s %q\n", n, p.Support, p.Par)
	}
	pj, err := droits.PJNature(droits.DemandePiece{Droits: f.Acquisition, FactureLe: matin.Add(2 * time.Hour)}, 24*time.Hour)
	fmt.Println(pj.Nature, pj.Trace[0].Regle.Code, err)
	// Output:
	// etm cdri ""
	// beneficiaire.nir vitale ""
	// medecinTraitant.nom cdri "agent-7"
	// 2 DROITS-PJ-CDRI <nil>
}

// The rate of a line, and why: each rule of the list until the one that decides.
func ExampleDeciderTaux() {
	a := &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "671"},
		MTM: []droits.Droit[droits.CodeMTM]{{Code: droits.MTMAlsaceMoselle}}, Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}}}
	r := droits.Resoudre(a, droits.Prestation{}, simphonie.MustJour("2026-03-04"), droits.Options{})
	d, err := droits.DeciderTaux(&r.Contexte, droits.Acte{Code: "CS"}, droits.Baremes{}, droits.Options{Tracer: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Taux, d.Exoneration, droits.NatureB2(r.Contexte.Nature, []droits.Decision{d}))
	for _, p := range d.Pas[len(d.Pas)-2:] {
		fmt.Println(p.Regle.Code, p.Applique, p.Motif)
	}
	// Output:
	// 90 0 13
	// DROITS-TAUX-CPRPF-SANS-CONTRAT false régime 04, aucun contrat 20 à 25
	// DROITS-TAUX-LOCAL true régime local ou frontalier
}

// An accident at work: the organisme, and whether the invoice may be electronic.
func ExampleDestiner() {
	tables, err := droits.LoadTables(strings.NewReader("table;code;du;au;reference\n11.1;02;2020-01-01;;FICTIF\n11.2;01;2020-01-01;;FICTIF\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	a := &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "02", Caisse: "755"},
		Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}},
		AT:       []droits.ATDeclare{{Identifiant: "180831018", Organisme: simphonie.Organisme{Regime: "02", Caisse: "755"}}}}
	_, d := droits.Destiner(a, simphonie.MustJour("2026-03-04"), droits.DemandeDestination{Prestation: droits.Prestation{LieeAT: true}, Tables: tables}, droits.Options{})
	fmt.Println(d.Voie, d.Nature, d.Organisme)
	fmt.Println(d.Papiers[0].Regle.Source, d.Papiers[0].Motif)
	// Output:
	// papier at-mp 02-755
	// RG_CF695 le régime 02 n'accepte pas l'AT électronique
}

// What changed between admission and billing.
func ExampleComparer() {
	admission := droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
		Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2015-01-01")}}, Situations: []droits.Droit[droits.CodeSituation]{{Code: "1"}}}
	facturation := admission
	facturation.Organisme.Caisse, facturation.Situations = "931", nil
	for _, a := range droits.Comparer(&admission, &facturation, droits.Prestation{}, simphonie.MustJour("2026-03-04"), droits.Options{}) {
		fmt.Println(a)
	}
	// Output:
	// alerte DROITS-DIFF-ORGANISME (droits.organisme) : L'organisme a changé : 01-751 devient 01-931.
	// alerte DROITS-DIFF-SITUATION-CLOSE (droits.situations) : Situation particulière SP03 disparue.
}

// The C2S in separate management: the establishment's choice, and the zones
// once the amounts are known.
func ExampleCompleter() {
	a := &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"},
		Situations: []droits.Droit[droits.CodeSituation]{{Code: "3"}}}
	r := droits.Resoudre(a, droits.Prestation{}, simphonie.MustJour("2026-03-04"), droits.Options{})
	for _, mode := range []droits.ModeC2S{droits.C2SUnique, droits.C2SEclatement} {
		k := droits.Completer(&r.Contexte, droits.ReglageC2S{Mode: mode}, false)
		fmt.Printf("%+v\n", k.Zones(true, false))
	}
	// Output:
	// {Eclatement:false Contrat:89 OC:88888888}
	// {Eclatement:true Contrat:00 OC:}
}

// The care pathway of a patient sent by another doctor than the declared one.
func ExampleParcoursDeSoins() {
	c := droits.Contexte{Jour: simphonie.MustJour("2026-03-04"), MedecinTraitant: simphonie.Oui}
	p := droits.ParcoursDeSoins(&c, droits.ActeParcours{Position: droits.OrienteAutre, Naissance: simphonie.NaissanceLe(simphonie.MustJour("1980-05-01")),
		Orienteur: droits.Orienteur{Nom: simphonie.NewConfidentiel("MARTIN"), Prenom: simphonie.NewConfidentiel("ANNE")}})
	fmt.Println(p.IPS, p.Top, p.Anomalies)
	// Output: M O []
}

// The reference date of a product of the LPP, without the C2S and with it.
func ExampleDateReference() {
	d := droits.DatesActe{Nomenclature: droits.LPP, Prescription: simphonie.MustJour("2026-01-10"), Execution: simphonie.MustJour("2026-02-20")}
	for _, c2s := range []bool{false, true} {
		j, k, err := droits.DateReference(d, c2s)
		fmt.Println(j, k.Regle.Code, err)
	}
	// Output:
	// 2026-01-10 DROITS-DATE-PRESCRIPTION <nil>
	// 2026-02-20 DROITS-DATE-C2S <nil>
}
