package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/urgences"
)

// affiche writes one case for a cashier.
func affiche(w io.Writer, n int, i *issue, explique bool) {
	p := &i.cas.Passage
	fmt.Fprintf(w, "\n── %d. %s\n   venue %s, soins du %s\n", n, i.cas.Titre, p.Venue, p.DebutSoins.Format("02/01/2006 15:04 -07:00"))
	afficheAccueil(w, i.cas.accueil)
	if i.err != nil {
		fmt.Fprintf(w, "   ERREUR  %v\n", i.err)
		return
	}
	if i.Issue != urgences.Facturable {
		fmt.Fprintf(w, "   → %s\n", motif(i))
	}
	for j := range i.Facture.Lignes {
		l := &i.Facture.Lignes[j]
		retrait := ""
		if l.Support >= 0 {
			retrait = "+ "
		}
		fmt.Fprintf(w, "   %s  %s  %s %s  %s\n", l.Code, jourFR(l.Execution), gauche(retrait+urgences.Libelle(l.Code), 48), droite(l.Honoraires.Euros(), 10), quiPaie(i, j))
	}
	if i.Issue == urgences.Facturable {
		total, _ := i.Facture.Total()
		fmt.Fprintf(w, "   %s %s  dont", gauche("Total", 65), droite(total.Euros(), 10))
		for j, d := range i.Facture.Debiteurs() {
			m, _ := i.Facture.TotalPar(d)
			fmt.Fprintf(w, "%s %s %s", []string{"", " ;"}[min(j, 1)], qui(d), m.Euros())
		}
		fmt.Fprintln(w)
		if i.Circuit != "" {
			fmt.Fprintf(w, "   Circuit : %s\n", i.Circuit)
		}
	}
	if r := i.requalification; r != nil {
		total, _ := r.Contrepassation.Total()
		fmt.Fprintf(w, "   Requalifié (%s) : contrepassation de %s", i.cas.Ensuite.Orientation, total.Euros())
		for _, e := range r.Remboursements {
			fmt.Fprintf(w, ", à rendre %s à : %s", e.Montant.Euros(), qui(e.Debiteur))
		}
		fmt.Fprintln(w)
	}
	for _, a := range i.Anomalies {
		fmt.Fprintf(w, "   ! %s\n", a)
	}
	if explique && i.Explication != nil {
		fmt.Fprintf(w, "   Pourquoi :\n     %s\n", strings.ReplaceAll(i.Explication.String(), "\n", "\n     "))
	}
}

// quiPaie names whoever owes a line.
func quiPaie(i *issue, ligne int) string {
	var noms []string
	for _, p := range i.Facture.Parts {
		if p.Ligne == ligne {
			noms = append(noms, qui(p.Debiteur))
		}
	}
	return strings.Join(noms, " et ")
}

// motif says the issue and, unless the anomalies say it, why.
func motif(i *issue) string {
	for _, r := range urgences.Regles() {
		if r.Code == i.Motif && i.Issue != urgences.AVerifier {
			return string(i.Issue) + " : " + r.Message
		}
	}
	return string(i.Issue)
}

// qui names a debtor as a cashier says it.
func qui(d simphonie.Debiteur) string {
	switch d {
	case simphonie.AMO:
		return "Assurance Maladie"
	case simphonie.Patient:
		return "patient"
	case simphonie.AMC(simphonie.OCAME):
		return "AME (75500017)"
	case simphonie.AMC(simphonie.OCC2SConjointe), simphonie.AMC(simphonie.OCC2SSeparee):
		return "C2S (" + string(d.AMC) + ")"
	}
	return "complémentaire " + string(d.AMC)
}

func (b *bilan) affiche(w io.Writer) error {
	fmt.Fprintf(w, "\n══ Bilan de %d passages", b.passages)
	if b.soins > 0 {
		fmt.Fprintf(w, " et de %d factures de soins externes et de séjour", b.soins)
	}
	fmt.Fprintln(w)
	for _, i := range []urgences.Issue{urgences.Facturable, urgences.NonFacturable, urgences.ATUDue, urgences.AVerifier} {
		fmt.Fprintf(w, "   %s %6d\n", gauche(string(i), 16), b.issues[i])
	}
	if b.erreurs > 0 {
		fmt.Fprintf(w, "   %s %6d\n", gauche("en erreur", 16), b.erreurs)
	}
	fmt.Fprintf(w, "\n   %s %s\n", gauche("Facturé", 28), droite(b.facture.Euros(), 18))
	fmt.Fprintf(w, "   %s %s\n", gauche("Annulé par requalification", 28), droite(b.annule.Euros(), 18))
	for _, d := range b.debiteurs {
		fmt.Fprintf(w, "   %s %s\n", gauche("Dû : "+qui(d), 28), droite(b.du[d].Euros(), 18))
	}
	s, err := b.solde()
	if err != nil {
		return err
	}
	if s != 0 {
		return fmt.Errorf("%s are owed by nobody", s)
	}
	fmt.Fprintln(w, "   Chaque euro facturé a son débiteur.")
	return nil
}

func jourFR(j simphonie.Jour) string {
	if j.IsZero() {
		return strings.Repeat(" ", 10)
	}
	return j.In(time.UTC).Format("02/01/2006")
}

func gauche(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

func droite(s string, n int) string {
	return strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s))) + s
}
