package mandat_test

import (
	"fmt"
	"os"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// A patient agrees at the desk to 50 € at most, until 1 May; the amount is known
// ten days later, and is debited three days after the notice.
func Example() {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	le := func(jour string) time.Time { return simphonie.MustJour(jour).In(paris).Add(10 * time.Hour) }

	m, err := mandat.New(mandat.Proposition{
		Numero: "M-0001", Dossier: "26000123", EJ: "750150237", Admission: mandat.AdmissionEcartee,
		Politique: mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Calendaires, Depart: mandat.JourEnvoi,
			Portee: mandat.ParAccord, Nombre: mandat.Unique, Limite: mandat.SurPrelevement},
		Plafond: 50_00, DateLimite: simphonie.MustJour("2026-05-01"),
		Contact: modele.Contact{Telephone: simphonie.NewConfidentiel("0612345678")},
	}, le("2026-03-02"))
	fmt.Println(m.Etat, err)

	applique := func(e mandat.Evenement, jour string) {
		suivant, effets, err := m.Appliquer(e, le(jour))
		if err != nil {
			fmt.Println(err)
			return
		}
		m = suivant // and save it: mandat.Encode
		fmt.Print(jour, " ", m.Etat)
		for _, x := range effets {
			fmt.Print(", ", x.Genre, " ", x.Reference)
		}
		fmt.Println()
	}
	applique(acceptation(m), "2026-03-02") // what the platform answered
	applique(mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F-1", Montant: 17_00}}, AMC: mandat.AMCRepondu}, "2026-03-12")
	applique(mandat.AvisEnvoye{Avis: 1, Annonce: simphonie.MustJour("2026-03-15"), Canal: "sms", Texte: "avis-v1"}, "2026-03-12")
	applique(mandat.JourVenu{}, "2026-03-14")
	applique(mandat.JourVenu{}, "2026-03-15")
	applique(mandat.JourVenu{}, "2026-03-16")
	applique(mandat.FactureCorrigee{}, "2026-03-16")
	applique(mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1", Issue: modele.Fait, Montant: 17_00, Jour: simphonie.MustJour("2026-03-15")}}, "2026-03-16")
	fmt.Println(len(m.Preuves), m.Verifier())
	// Output:
	// propose <nil>
	// 2026-03-02 actif
	// 2026-03-12 montant-connu, notifier M-0001-P1-A1
	// 2026-03-12 avise
	// 2026-03-14 avise
	// 2026-03-15 soumis, soumettre M-0001-P1
	// 2026-03-16 soumis
	// DIA-TRANSITION diapason etat: this state does not have this event: facture-corrigee when the mandate is soumis
	// 2026-03-16 preleve, annuler M-0001, oublier-alias M-0001
	// 6 <nil>
}

// The platform tells 16 € for an order of 17 €: the régisseur calls it, and says
// what moved.
func ExampleConstat() {
	b, err := os.ReadFile("testdata/v1-incertain.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := mandat.Decode(b)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, _, err = m.Appliquer(mandat.Constat{
		Reponse:  modele.Reponse{Reference: m.Reference(1), Issue: modele.Fait, Montant: 16_00, Jour: simphonie.MustJour("2026-03-15")},
		Decision: mandat.Decision{Par: simphonie.NewConfidentiel("R. Martin, régisseur"), Motif: simphonie.NewConfidentiel("appel à la plateforme, ticket 1234")},
	}, time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC))
	fmt.Println(m.Etat, m.Preleve(), m.Reste, err)
	// Output: preleve 16.00 1.00 <nil>
}
