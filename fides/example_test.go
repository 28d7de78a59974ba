package fides_test

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
)

// passage is a priced visit: FU2 at a fictitious 30.33 € for the Assurance
// Maladie, and FPU at 23.00 € for the patient.
func passage() (*facture.Facture, *fides.Dossier) {
	jour := simphonie.MustJour("2026-03-04")
	organisme := simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"}
	numero, err := b2.NewNumeroFacture(2026, 42)
	if err != nil {
		log.Fatal(err)
	}
	return &facture.Facture{Venue: "900000001", FINESS: "750712184", Organisme: organisme, Nature: droits.Maladie,
			Lignes: []facture.Ligne{
				{Code: "FPU", Execution: jour, Reference: jour, Support: -1, Quantite: 1, Coefficient: simphonie.Un,
					PrixUnitaire: 23_000_000, Honoraires: 2300, BRAMO: 2300, BRAMC: 2300},
				{Code: "FU2", Execution: jour, Reference: jour, Support: -1, Quantite: 1, Coefficient: simphonie.Un,
					PrixUnitaire: 30_330_000, Honoraires: 3033, BRAMO: 3033, BRAMC: 3033, Taux: simphonie.Cent, MRO: 3033}},
			Parts: []facture.Part{{Ligne: 0, Debiteur: simphonie.Patient, Montant: 2300, Etat: facture.Theorique},
				{Ligne: 1, Debiteur: simphonie.AMO, Montant: 3033, Etat: facture.Theorique}}},
		&fides.Dossier{
			Etablissement: fides.Etablissement{Statut: fides.Public, Secteur: tarif.ExDG, CodeProduit: "1"},
			Contexte:      droits.Contexte{Jour: jour, Ouverts: true, Organisme: organisme, Nature: droits.Maladie},
			// The fictive NIR that the norm builds for anonymous care.
			Assure: simphonie.NIRRecu("155555575133374"), PieceJustificative: "0",
			Patient: fides.Patient{Naissance: simphonie.NaissanceLe(simphonie.MustJour("1990-06-15")), RangNaissance: 1},
			Entree:  jour, Sortie: jour, HeureSortie: 12, Numero: numero,
		}
}

// A priced visit to a file and back.
func Example() {
	f, d := passage()
	c, err := fides.New(fides.Interpretations{})
	if err != nil {
		log.Fatal(err)
	}
	r, err := c.Convertir(f, d)
	if err != nil || r.Anomalies.Stoppent() {
		log.Fatal(err, r.Anomalies)
	}
	var fichier bytes.Buffer
	w, err := fides.NewFichier(&fichier, fides.Parametres{
		Enveloppe: fides.Reference(), // not official: load your own
		B2:        b2.Reglages{FinDeLigne: b2.FinCRLF, Charset: b2.ASCII, Siecle: 2000}, Destination: r.Factures[0].Destination,
		Emetteur: "750712184", Destinataire: "ESSAI", Numero: 1, Date: simphonie.MustJour("2026-03-20")})
	if err != nil {
		log.Fatal(err)
	}
	err = errors.Join(w.OuvreLot(fides.Lot{Numero: 1, Date: simphonie.MustJour("2026-03-20"), FINESS: f.FINESS}),
		w.Ecris(&r.Factures[0]), w.Close())
	if err != nil {
		log.Fatal(err)
	}

	lecture, err := fides.Relire(&fichier, fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	if err != nil {
		log.Fatal(err)
	}
	for lue, err := range lecture.Factures() {
		if err != nil {
			log.Fatal(err)
		}
		soldes, ecarts := fides.Rapprocher(f, lue)
		fmt.Println(lue.Numero, len(lue.Anomalies), len(ecarts))
		for _, s := range soldes {
			fmt.Println(s.Debiteur, s.Du, s.Zones, s.Lignes, s.Retrouve())
		}
	}
	fmt.Println(len(lecture.Anomalies()))
	// Output:
	// 260000042 0 0
	// patient 23.00 0.00 23.00 true
	// amo 30.33 30.33 0.00 true
	// 0
}

// Priced visits go to a lot as they come; what is refused is left out and told.
func ExampleConvertisseur_Factures() {
	c, err := fides.New(fides.Interpretations{})
	if err != nil {
		log.Fatal(err)
	}
	visites := func(yield func(*facture.Facture, *fides.Dossier) bool) {
		for _, naissance := range []simphonie.DateNaissance{simphonie.NaissanceLe(simphonie.MustJour("1990-06-15")), {}} {
			f, d := passage()
			d.Patient.Naissance = naissance
			if !yield(f, d) {
				return
			}
		}
	}
	var fichier bytes.Buffer
	jour := simphonie.MustJour("2026-03-20")
	w, err := fides.NewFichier(&fichier, fides.Parametres{Enveloppe: fides.Reference(), Destination: fides.Destination{Regime: "01", Caisse: "751"},
		B2: b2.Reglages{FinDeLigne: b2.FinLF, Charset: b2.ASCII, Siecle: 2000}, Emetteur: "750712184", Destinataire: "ESSAI", Numero: 1, Date: jour})
	if err != nil {
		log.Fatal(err)
	}
	err = w.EcrisLot(fides.Lot{Numero: 1, Date: jour, FINESS: "750712184"}, c.Factures(visites, func(r fides.Constat) {
		fmt.Println("refusée", r.Refuse(), "venue", r.Facture.Venue, r.Anomalies.Codes())
	}))
	if err := errors.Join(err, w.Close()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Count(fichier.String(), "\n"), "enregistrements")
	// Output:
	// refusée true venue 900000001 [FID-NAISSANCE]
	// 10 enregistrements
}

// What is wrong is told all at once, and no invoice is made.
func ExampleConvertisseur_Convertir() {
	f, d := passage()
	d.Assure, d.PieceJustificative = simphonie.NIR{}, ""
	c, err := fides.New(fides.Interpretations{})
	if err != nil {
		log.Fatal(err)
	}
	r, err := c.Convertir(f, d)
	fmt.Println(len(r.Factures), err)
	for _, a := range r.Anomalies {
		fmt.Println(a.Code, a.Gravite, a.Chemin)
	}
	d.Etablissement.Secteur = tarif.ExOQN
	_, err = c.Convertir(f, d)
	fmt.Println(errors.Is(err, fides.ErrSecteurNonCouvert))
	// Output:
	// 0 <nil>
	// FID-ASSURE bloquante assure
	// FID-PIECE bloquante pieceJustificative
	// true
}

// The controls before sending: here care is too old, and the code is not that
// of the age.
func ExampleControler() {
	f, d := passage()
	d.Patient.Naissance = simphonie.NaissanceLe(simphonie.MustJour("1960-06-15"))
	for _, a := range fides.Controler(f, d, fides.Envoi{Le: simphonie.MustJour("2027-03-04"), Forcage: "demande de la caisse"}) {
		fmt.Println(a)
	}
	// Output:
	// bloquante FID-AGE (lignes[1]) : FU2 : l'âge au 2026-03-04 n'est pas dans la tranche du code.
	// alerte FID-DELAI-FORCE (forcage) : Transmission après un an, forcée.
}

// The register of what was sent finds an invoice that leaves twice.
func ExampleRegistre() {
	f, d := passage()
	r, err := fides.NewRegistre(1_000_000, []byte("a secret of the establishment"))
	if err != nil {
		log.Fatal(err)
	}
	envoi := fides.Envoi{Le: simphonie.MustJour("2026-03-20"), Registre: r}
	fmt.Println(fides.Controler(f, d, envoi).Codes())
	r.Inscrit(f, d, fides.Facture{Numero: d.Numero})
	fmt.Println(fides.Controler(f, d, envoi).Codes())
	// Output:
	// []
	// [FID-DOUBLON-NUMERO FID-DOUBLON-VENUE FID-DOUBLON-LIGNE FID-DOUBLON-LIGNE]
}

func ExampleControlerLot() {
	l := fides.Lot{Numero: 1, Date: simphonie.MustJour("2026-01-01")}
	fmt.Println(fides.ControlerLot(l, simphonie.MustJour("2026-04-02"))[0])
	// Output:
	// bloquante FID-LOT-AGE (lot.date) : Lot daté du 2026-01-01, plus de 90 jours avant sa réception.
}

// An editor loads the layout of the records of file and lot.
func ExampleLoadEnveloppe() {
	_, err := fides.LoadEnveloppe("sans fin", strings.NewReader(`record,colonne,largeur,genre,valeur,libelle
000,1,3,N,=000,type
000,4,6,N,date-fichier,date
000,10,119,A,blanc,filler
`))
	fmt.Println(errors.Is(err, fides.ErrLayoutIncomplete))
	fmt.Println(err)
	// Output:
	// true
	// FID-LAYOUT fides enveloppe: record 1 is missing: layout of the envelope missing or incomplete
}

// Without a layout nothing is written.
func ExampleNewFichier() {
	_, err := fides.NewFichier(os.Stdout, fides.Parametres{})
	fmt.Println(errors.Is(err, fides.ErrLayoutIncomplete))
	// Output: true
}

// Each caisse has its file.
func ExampleRepartiteur() {
	fichiers := map[fides.Destination]*bytes.Buffer{}
	r := fides.NewRepartiteur(func(d fides.Destination) (*fides.Fichier, fides.Lot, error) {
		fichiers[d] = &bytes.Buffer{}
		jour := simphonie.MustJour("2026-03-20")
		w, err := fides.NewFichier(fichiers[d], fides.Parametres{Enveloppe: fides.Reference(), Destination: d,
			B2:       b2.Reglages{FinDeLigne: b2.FinLF, Charset: b2.ASCII, Siecle: 2000},
			Emetteur: "750712184", Destinataire: "ESSAI", Numero: 1, Date: jour})
		return w, fides.Lot{Numero: 1, Date: jour, FINESS: "750712184"}, err
	})
	c, err := fides.New(fides.Interpretations{})
	if err != nil {
		log.Fatal(err)
	}
	for _, caisse := range []string{"751", "941"} {
		f, d := passage()
		f.Organisme.Caisse = caisse
		x, err := c.Convertir(f, d)
		if err != nil {
			log.Fatal(err)
		}
		for i := range x.Factures {
			if err := r.Ecris(&x.Factures[i]); err != nil {
				log.Fatal(err)
			}
		}
	}
	if err := r.Close(); err != nil {
		log.Fatal(err)
	}
	for _, d := range r.Destinations() {
		fmt.Println(d, strings.Count(fichiers[d].String(), "\n"), "lignes")
	}
	// Output:
	// 01-751 10 lignes
	// 01-941 10 lignes
}

// An invoice of external care: what its records say beyond the price is in a Soin.
func ExampleConvertisseur_Convertir_externe() {
	jour := simphonie.MustJour("2026-05-12")
	o, err := fictif.ACE(simphonie.MustJour("2026-11-01"))
	if err != nil {
		fmt.Println(err)
		return
	}
	v := &ace.Venue{Venue: "900000002", Entree: jour, Sortie: jour, Naissance: simphonie.NaissanceLe(simphonie.MustJour("1980-06-15")),
		Etablissement: ace.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole},
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}},
		Prestations: []ace.Prestation{{Nomenclature: droits.CCAM, CCAM: &ace.ActeCCAM{Acte: "ZZFA901", Activite: "1", Phase: "0"},
			Execution: jour, Executant: ace.Executant{Specialite: "04"}, Parcours: droits.ParTraitant}}}
	r, err := ace.Compute(v, o)
	if err != nil || len(r.Factures) != 1 {
		fmt.Println(err, r.Anomalies)
		return
	}
	c, _ := fides.New(fides.Interpretations{})
	res, err := c.Convertir(&r.Factures[0].Facture, &fides.Dossier{
		Etablissement: fides.Etablissement{Statut: fides.PNL, Secteur: tarif.ExDG},
		Contexte:      droits.Resoudre(v.Droits, droits.Prestation{}, jour, droits.Options{}).Contexte, PieceJustificative: "0",
		Assure: simphonie.NIRRecu("155555575133374"), Patient: fides.Patient{Naissance: v.Naissance, RangNaissance: 1},
		Entree: jour, Sortie: jour, HeureSortie: 11, Numero: "260000001",
		Soin: fides.Soin{Domaine: "C"},
	})
	if err != nil || len(res.Factures) == 0 {
		fmt.Println(err, res.Anomalies)
		return
	}
	for _, e := range res.Factures[0].Records {
		fmt.Print(e.Type(), " ")
	}
	fmt.Println(res.Factures[0].Demande)
	// Output: 2 2S 4 4S 4M 93.52
}
