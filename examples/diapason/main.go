// Command diapason plays a deferred debit day by day, with a simulated platform
// and a simulated carrier of notices: nothing leaves the machine.
//
//	diapason                         # 17 € are debited three days after the notice
//	diapason -cas plafond            # above the ceiling: another means of payment
//	diapason -cas liste              # the others
//
// The policy of an establishment is its own decision: that of this program is an
// example, and so are the ceiling of 50 € and the limit of 60 days.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

func main() {
	if err := execute(context.Background(), os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "diapason:", err)
		os.Exit(1)
	}
}

// cas is one story.
type cas struct {
	nom, titre string
	pannes     map[diapasontest.Operation]diapasontest.Panne
	jours      map[int]mandat.Evenement // what happens, by day
}

func facture(c simphonie.Montant) mandat.FactureFinale {
	return mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F-2026-17", Montant: c}}, AMC: mandat.AMCRepondu}
}

var histoires = []cas{
	{nom: "simple", titre: "17 € connus au jour 10", jours: map[int]mandat.Evenement{10: facture(17_00)}},
	{nom: "plafond", titre: "50,01 € pour un plafond de 50 €", jours: map[int]mandat.Evenement{10: facture(50_01)}},
	{nom: "corrige", titre: "17 € corrigés en 18 € au jour 12 : nouvel avis, nouveau délai", jours: map[int]mandat.Evenement{10: facture(17_00), 12: mandat.FactureCorrigee(facture(18_00))}},
	{nom: "retrait", titre: "le patient change de moyen de paiement au jour 12", jours: map[int]mandat.Evenement{10: facture(17_00), 12: mandat.Retrait{}}},
	{nom: "perdu", titre: "la réponse de la plateforme est perdue : on interroge, on ne renvoie pas", jours: map[int]mandat.Evenement{10: facture(17_00)},
		pannes: map[diapasontest.Operation]diapasontest.Panne{diapasontest.Preleve: {Genre: diapasontest.DelaiApres}}},
	{nom: "refus", titre: "la banque refuse", jours: map[int]mandat.Evenement{10: facture(17_00)},
		pannes: map[diapasontest.Operation]diapasontest.Panne{diapasontest.Preleve: {Genre: diapasontest.Refuse, Code: "51"}}},
	{nom: "rembourse", titre: "5 € rendus au jour 20", jours: map[int]mandat.Evenement{10: facture(17_00), 20: mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00}}},
}

func execute(ctx context.Context, args []string, w io.Writer) error {
	f := flag.NewFlagSet("diapason", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	nom := f.String("cas", "simple", "the story to play, or liste")
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		f.SetOutput(w)
		f.Usage()
	}
	if err == nil && f.NArg() > 0 {
		err = fmt.Errorf("nothing is wanted after the flags; a story is chosen by -cas, as -cas %s", f.Arg(0))
	}
	if err != nil {
		return err
	}
	i := slices.IndexFunc(histoires, func(c cas) bool { return c.nom == *nom })
	if i < 0 {
		for _, c := range histoires {
			fmt.Fprintf(w, "%-10s %s\n", c.nom, c.titre)
		}
		if *nom != "liste" {
			return fmt.Errorf("no story is called %q", *nom)
		}
		return nil
	}
	dossier, err := os.MkdirTemp("", "diapason")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dossier)
	return joue(ctx, w, histoires[i], dossier)
}

// joue plays a story.
func joue(ctx context.Context, w io.Writer, c cas, dossier string) error {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	plateforme, err := diapasontest.NewPlateforme(diapasontest.Reglages{Debut: time.Date(2026, 3, 2, 10, 0, 0, 0, paris)})
	if err != nil {
		return err
	}
	for op, p := range c.pannes {
		plateforme.Programme(op, p)
	}
	sms := diapasontest.NewNotificateur()
	fichier, err := journal.OuvreFichier(dossier + "/echanges.journal")
	if err != nil {
		return err
	}
	defer fichier.Close()
	x, m, err := prepare(plateforme, sms, fichier)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\nplafond %s, date limite %s\n", c.titre, m.Plafond.Euros(), m.DateLimite)
	m, _, err = x.Scelle(ctx, m, diapason.Consentement{Terminal: "TPE-01", PlafondAffiche: m.Plafond, DateLimiteAffichee: m.DateLimite, VersionTexte: "accord-2026-1"})
	if err != nil {
		return err
	}
	etat, avis := mandat.Propose, 0
	montre := func(jour int, effets []mandat.Effet, err error) {
		for ; avis < len(sms.Avis()); avis++ {
			fmt.Fprintf(w, "jour %2d : avis       « %s »\n", jour, sms.Avis()[avis].Texte)
		}
		if err != nil {
			fmt.Fprintf(w, "jour %2d : incident   %s\n", jour, premiere(err))
		}
		if m.Etat != etat {
			fmt.Fprintf(w, "jour %2d : %s\n", jour, m.Etat)
			etat = m.Etat
		}
		for _, e := range effets {
			fmt.Fprintf(w, "jour %2d :   à faire  %s\n", jour, e.Genre)
		}
	}
	montre(0, nil, nil)
	for jour := 1; jour <= 25; jour++ {
		plateforme.AvanceJours(1)
		if e, ok := c.jours[jour]; ok {
			var effets []mandat.Effet
			m, effets, err = x.Applique(ctx, m, e)
			montre(jour, effets, err)
		}
		var effets []mandat.Effet
		m, effets, err = x.Avance(ctx, m)
		if m.Etat != etat || err != nil { // what was due before stays due: it is told once
			montre(jour, effets, err)
		}
	}
	r := plateforme.Registre(m.Numero)
	fmt.Fprintf(w, "registre de la plateforme : %d prélèvement(s), %s ; remboursé %s\n", r.NombreDebits, r.Debits.Euros(), r.Remboursements.Euros())
	fmt.Fprintf(w, "%d preuves, ", len(m.Preuves))
	if err := m.Verifier(); err != nil {
		return err
	}
	fmt.Fprintln(w, "chaîne intacte")
	return nil
}

// premiere gives the first line of an error.
func premiere(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

// prepare makes the executor and the mandate that is proposed.
func prepare(p *diapasontest.Plateforme, n *diapasontest.Notificateur, magasin journal.Magasin) (*diapason.Executant, mandat.Mandat, error) {
	// A real key comes from a vault, one for each dossier.
	j, err := journal.New(journal.Config{Magasin: magasin, Horloge: p.Maintenant,
		Trousseau: func(context.Context, string) ([]byte, error) { return make([]byte, 32), nil }})
	if err != nil {
		return nil, mandat.Mandat{}, err
	}
	gabarit, err := mandat.NewGabarit("avis-2026-1", mandat.TexteAvis, "CH de l'Exemple", "01 23 45 67 89")
	if err != nil {
		return nil, mandat.Mandat{}, err
	}
	revision := 0
	x, err := diapason.New(diapason.Config{Plateforme: p, Notificateur: n, Journal: j, Gabarit: gabarit, Horloge: p.Maintenant,
		// An editor saves mandat.Encode(m) in its database, where the revision is lower.
		Garde: func(_ context.Context, m mandat.Mandat) error {
			if m.Revision <= revision {
				return errors.New("another copy of this mandate was saved")
			}
			revision = m.Revision
			return nil
		}})
	if err != nil {
		return nil, mandat.Mandat{}, err
	}
	m, err := mandat.New(mandat.Proposition{
		Numero: "M-2026-0001", Dossier: "26000123", EJ: "750150237", Admission: mandat.AdmissionEcartee,
		Politique: mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Calendaires, Depart: mandat.JourEnvoi,
			Portee: mandat.ParAccord, Nombre: mandat.Unique, Limite: mandat.SurPrelevement},
		Plafond: 50_00, DateLimite: simphonie.JourOf(p.Maintenant()).AddDays(60),
		Contact: modele.Contact{Telephone: simphonie.NewConfidentiel("0612345678")},
	}, p.Maintenant())
	return x, m, err
}
