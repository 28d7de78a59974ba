package payfip_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/payfip"
)

// The configuration lists all its faults at once.
func ExampleNew() {
	_, err := payfip.New(payfip.Config{EJ: "750712184", NumCli: "090909"})
	fmt.Println(err)
	// Output:
	// PAYFIP-CONFIG-SAISIE PayFiP Saisie: say Essai, Activation or Production: there is no default
	// PAYFIP-CONFIG-MAGASIN PayFiP Magasin: the store of the dossiers is missing
}

// From the page to the payment. exemple starts a simulator.
func ExampleClient_Ouvre() {
	exemple(func(ctx context.Context, client *payfip.Client, patient func(payfip.IDOp)) {
		o, err := client.Ouvre(ctx, payfip.Demande{EJ: "750712184", Exercice: 2026, Refdet: "F-2026-000123", Montant: 1700,
			Objet: "Consultation externe", Mel: simphonie.NewConfidentiel("patient@exemple.fr")})
		fmt.Println(o.Dette.Refdet, err)
		patient(o.IDOp) // pays by card
		d, err := client.ConsulteOp(ctx, o.IDOp)
		fmt.Println(d.Tentatives[0].Etat, d.Bilan().Paye, err)
		_, err = client.Ouvre(ctx, payfip.Demande{EJ: "750712184", Exercice: 2026, Refdet: "F2026000123", Montant: 1700, Mel: simphonie.NewConfidentiel("patient@exemple.fr")})
		p, _ := payfip.PanneDe(err)
		fmt.Println(p.Texte)
	})
	// Output:
	// F2026000123 <nil>
	// payee 17.00 <nil>
	// La dette est déjà payée, ou un prélèvement est engagé.
}

// PayFiP notifies: it is asked again, whatever the notification says.
func ExampleClient_Notification() {
	exemple(func(ctx context.Context, client *payfip.Client, patient func(payfip.IDOp)) {
		o, err := client.Ouvre(ctx, payfip.Demande{EJ: "750712184", Exercice: 2026, Refdet: "F2026000123", Montant: 1700, Mel: simphonie.NewConfidentiel("patient@exemple.fr")})
		if err != nil {
			fmt.Println(err)
			return
		}
		patient(o.IDOp)
		w := httptest.NewRecorder()
		client.Notification(ctx).ServeHTTP(w, httptest.NewRequest("GET", "/payfip?idop="+string(o.IDOp), nil))
		fmt.Println(w.Code)
		d, err := client.Consulte(ctx, o.Dette)
		fmt.Println(d.Bilan().Paye, err)
	})
	// Output:
	// 200
	// 17.00 <nil>
}

// One pass of the loop: nothing is due before five minutes.
func ExampleClient_Rapproche() {
	exemple(func(ctx context.Context, client *payfip.Client, _ func(payfip.IDOp)) {
		_, err := client.Ouvre(ctx, payfip.Demande{EJ: "750712184", Exercice: 2026, Refdet: "F2026000123", Montant: 1700, Mel: simphonie.NewConfidentiel("patient@exemple.fr")})
		fmt.Println(err)
		p, err := client.Rapproche(ctx)
		fmt.Println(p.Interroges, p.Echecs, err)
	})
	// Output:
	// <nil>
	// 0 0 <nil>
}

// In the editor's tests: the store is proved before money depends on it.
func ExampleVerifieMagasin() {
	fmt.Println(payfip.VerifieMagasin(context.Background(), &payfip.Memoire{}))
	// Output: <nil>
}

func ExampleNormaliseObjet() {
	o, err := payfip.NormaliseObjet("Forfait « urgences » du 20/11, n° 42")
	fmt.Println(o, err)
	_, err = payfip.NormaliseObjet("Patient 2 55 08 14 168 025 38")
	fmt.Println(err)
	// Output:
	// Forfait urgences du 20 11 n 42 <nil>
	// PAYFIP-OBJET PayFiP objet: 13 digits or more could be a NIR: the payment page must not show one
}

// A direct debit under way is no payment yet.
func ExampleDossier_Bilan() {
	d := payfip.Dossier{Dette: payfip.Dette{NumCli: "090909", Saisie: payfip.Production, Exercice: 2026, Refdet: "F2026000123"},
		Tentatives: []payfip.Tentative{{IDOp: "cc0cb210-1cd4", Montant: 1700, Etat: payfip.Engagee}}}
	fmt.Println(d.Bilan().Paye, d.Bilan().Engage)
	for _, a := range d.Anomalies() {
		fmt.Println(a.Code)
	}
	// Output:
	// 0.00 17.00
	// PAYFIP-ENGAGE
	// PAYFIP-DATE
}

func exemple(f func(context.Context, *payfip.Client, func(payfip.IDOp))) {
	tb := &tbExemple{}
	defer tb.finit()
	c, s, _ := monte(tb)
	f(context.Background(), c, func(id payfip.IDOp) {
		if err := s.Paie(string(id), "P"); err != nil {
			fmt.Println(err)
		}
	})
}

// tbExemple stands for the test that an example has not.
type tbExemple struct {
	testing.TB
	fins []func()
}

func (*tbExemple) Helper()            {}
func (e *tbExemple) Cleanup(f func()) { e.fins = append(e.fins, f) }
func (e *tbExemple) Errorf(format string, a ...any) {
	fmt.Printf(format, a...)
}
func (*tbExemple) FailNow() { panic("example failed") }
func (e *tbExemple) finit() {
	for _, f := range e.fins {
		f()
	}
}
