package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/concert"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/payfip"
	"github.com/simphonie/simphonie/diapason/rapprochement"
	"github.com/simphonie/simphonie/journal"
)

// reste is what a patient owes of a visit once the insurers have said what they
// take, and how it is collected.
type reste struct {
	venue   string
	montant simphonie.Montant
	amc     mandat.AMC

	histoire string // for the cashier
	attendu  rapprochement.Attendu
	mandat   *mandat.Mandat // of a deferred debit
}

// resteDe gives what the patient owes of a visit, nil when it is nothing.
func resteDe(i *issue) (*reste, error) {
	if i.err != nil || i.requalification != nil || len(i.Facture.Lignes) == 0 {
		return nil, nil
	}
	r := &reste{venue: i.Facture.Venue, amc: mandat.SansAMC}
	var err error
	if r.montant, err = i.Facture.TotalPar(simphonie.Patient); err == nil && i.engagement != nil {
		r.amc = mandat.AMCRepondu
		r.montant, err = r.montant.Sub(i.engagement.calcule)
	}
	if r.montant == 0 {
		return nil, err
	}
	return r, err
}

// guichet is the desk: a card terminal, the platform of deferred debits, and
// PayFiP, all simulated, with the clients of each.
type guichet struct {
	terminal   *diapasontest.Terminal
	caisse     *concert.Caisse
	plateforme *diapasontest.Plateforme
	executant  *diapason.Executant
	page       *diapasontest.PayFiP
	payfip     *payfip.Client
	fermer     []func() error
}

func (g *guichet) ferme() {
	for _, f := range g.fermer {
		f()
	}
}

// debutEncaissements is the day of the first payment.
var debutEncaissements = time.Date(2026, 11, 2, 10, 0, 0, 0, time.FixedZone("CET", 3600))

func demarreGuichet() (g *guichet, err error) {
	g = &guichet{}
	defer func() {
		if err != nil {
			g.ferme()
		}
	}()
	g.terminal = diapasontest.NewTerminal()
	g.fermer = append(g.fermer, g.terminal.Close)
	adresse, err := g.terminal.Ecoute("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if g.plateforme, err = diapasontest.NewPlateforme(diapasontest.Reglages{Debut: debutEncaissements}); err != nil {
		return nil, err
	}
	if g.page, err = diapasontest.DemarrePayFiP(diapasontest.OptionsPayFiP{Debut: debutEncaissements}); err != nil {
		return nil, err
	}
	g.fermer = append(g.fermer, g.page.Close)
	j, err := g.journal()
	if err != nil {
		return nil, err
	}
	liaison, err := concert.NewTCP(concert.TCP{V3: concert.V3{Version: "0320", Identifiant: "012345678901"}, Adresse: adresse})
	if err != nil {
		return nil, err
	}
	if g.caisse, err = concert.New(concert.Config{Liaison: liaison, Journal: j, Terminal: "tpe-1", Numero: "01"}); err != nil {
		return nil, err
	}
	gabarit, err := mandat.NewGabarit("avis-1", mandat.TexteAvis, "CH de l'Exemple", "01 23 45 67 89")
	if err != nil {
		return nil, err
	}
	revisions := map[string]int{} // an editor keeps the mandates themselves, in its database
	if g.executant, err = diapason.New(diapason.Config{Plateforme: g.plateforme, Notificateur: diapasontest.NewNotificateur(), Journal: j,
		Gabarit: gabarit, Horloge: g.plateforme.Maintenant, Garde: func(_ context.Context, m mandat.Mandat) error {
			if m.Revision <= revisions[m.Numero] {
				return errors.New("another copy of this mandate was saved")
			}
			revisions[m.Numero] = m.Revision
			return nil
		}}); err != nil {
		return nil, err
	}
	g.payfip, err = payfip.New(payfip.Config{EJ: entite, NumCli: "090909", Saisie: payfip.Production, Magasin: &payfip.Memoire{},
		URL: g.page.URL, Page: g.page.Page, Racines: g.page.Racines, Horloge: g.page.Maintenant})
	return g, err
}

// journal opens the record of what is paid.
func (g *guichet) journal() (*journal.Journal, error) {
	dir, err := os.MkdirTemp("", "parcours")
	if err != nil {
		return nil, err
	}
	g.fermer = append(g.fermer, func() error { return os.RemoveAll(dir) })
	magasin, err := journal.OuvreFichier(filepath.Join(dir, "encaissements"))
	if err != nil {
		return nil, err
	}
	g.fermer = append([]func() error{magasin.Close}, g.fermer...)
	return journal.New(journal.Config{Magasin: magasin, Delai: 5 * time.Minute, Horloge: g.plateforme.Maintenant,
		Trousseau: func(_ context.Context, venue string) ([]byte, error) {
			cle := sha256.Sum256([]byte("clé de l'exemple, " + venue)) // an establishment keeps a random key for each dossier
			return cle[:], nil
		}})
}

// encaisse has the patients pay: the first at the desk, the next three by a
// deferred debit, the fifth on the page of the DGFiP; the others get a titre.
func (g *guichet) encaisse(ctx context.Context, restes []*reste) error {
	gestes := []func(context.Context, *reste) error{
		g.auTerminal,
		func(ctx context.Context, r *reste) error {
			return g.differe(ctx, r, r.montant+10_00, diapasontest.Panne{})
		},
		func(ctx context.Context, r *reste) error { return g.differe(ctx, r, r.montant-1, diapasontest.Panne{}) },
		func(ctx context.Context, r *reste) error {
			return g.differe(ctx, r, r.montant+10_00, diapasontest.Panne{Genre: diapasontest.DelaiApres})
		},
		g.parPayFiP,
	}
	for n, r := range restes {
		r.attendu = rapprochement.Attendu{Ref: r.venue, Montant: r.montant, Le: simphonie.JourOf(g.plateforme.Maintenant()), Factures: []string{r.venue}}
		geste := parTitre
		if n < len(gestes) {
			geste = gestes[n]
		}
		if err := geste(ctx, r); err != nil {
			return fmt.Errorf("venue %s: %w", r.venue, err)
		}
	}
	return nil
}

func (g *guichet) auTerminal(ctx context.Context, r *reste) error {
	res, err := g.caisse.Encaisse(ctx, concert.Ordre{Venue: r.venue, Reference: "V" + r.venue, Montant: r.montant})
	if err != nil {
		return err
	}
	r.histoire = "au guichet : " + res.Texte()
	r.attendu.Modalite = moyens.Terminal
	r.attendu.Cles = rapprochement.Cles{Reference: res.Reference}
	return nil
}

// differe seals an agreement, then lets the days go by until the debit.
func (g *guichet) differe(ctx context.Context, r *reste, plafond simphonie.Montant, panne diapasontest.Panne) error {
	jour := simphonie.JourOf(g.plateforme.Maintenant())
	m, err := mandat.New(mandat.Proposition{Numero: "M-" + r.venue, Dossier: r.venue, EJ: entite, Admission: mandat.AdmissionEcartee,
		Politique: mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Calendaires, Depart: mandat.JourEnvoi,
			Portee: mandat.ParAccord, Nombre: mandat.Unique, Limite: mandat.SurPrelevement},
		Plafond: plafond, DateLimite: jour.AddDays(60),
		Contact: modele.Contact{Telephone: simphonie.NewConfidentiel("0600000000")}}, g.plateforme.Maintenant())
	if err != nil {
		return err
	}
	if m, _, err = g.executant.Scelle(ctx, m, diapason.Consentement{Terminal: "TPE-01", PlafondAffiche: m.Plafond, DateLimiteAffichee: m.DateLimite, VersionTexte: "accord-1"}); err != nil {
		return err
	}
	if m, _, err = g.executant.Applique(ctx, m, mandat.FactureFinale{Factures: []mandat.Facture{{Numero: r.venue, Montant: r.montant}}, AMC: r.amc}); err != nil {
		return err
	}
	r.mandat = &m
	if m.Etat == mandat.PlafondDepasse {
		r.histoire = fmt.Sprintf("accord plafonné à %s, dépassé : transaction annulée, ", plafond.Euros())
		return parTitre(ctx, r)
	}
	g.plateforme.Programme(diapasontest.Preleve, panne)
	r.histoire = "prélèvement différé"
	for range 10 {
		// A lost answer is an incident of the day: the executor asks the next one.
		if m, _, err = g.executant.Avance(ctx, m); err != nil && m.Etat == mandat.Incertain {
			r.histoire += ", réponse perdue, éclaircie par interrogation"
		} else if err != nil {
			return err
		}
		if m.Etat == mandat.Preleve {
			break
		}
		g.plateforme.AvanceJours(1)
	}
	r.histoire += " : " + m.Preleve().Euros() + " prélevés"
	r.attendu.Modalite, r.attendu.Le = moyens.Differe, simphonie.JourOf(g.plateforme.Maintenant())
	r.attendu.Cles = rapprochement.Cles{Accord: m.Numero}
	return m.Verifier()
}

func (g *guichet) parPayFiP(ctx context.Context, r *reste) error {
	o, err := g.payfip.Ouvre(ctx, payfip.Demande{EJ: entite, Exercice: 2026, Refdet: "V" + r.venue, Montant: r.montant, Objet: "Reste à charge",
		Mel: simphonie.NewConfidentiel("patient@exemple.fr")})
	if err != nil {
		return err
	}
	if err := g.page.Paie(string(o.IDOp), "P"); err != nil { // the patient, on the page
		return err
	}
	d, err := g.payfip.ConsulteOp(ctx, o.IDOp)
	if err != nil {
		return err
	}
	r.histoire = "PayFiP : payé par carte, " + d.Bilan().Paye.Euros()
	r.attendu.Modalite, r.attendu.Le = moyens.PayFiPCarte, simphonie.JourOf(g.page.Maintenant())
	r.attendu.Cles = rapprochement.Cles{Reference: o.Dette.Refdet, Operation: string(o.IDOp)}
	return nil
}

// parTitre leaves what is due to the public accountant.
func parTitre(_ context.Context, r *reste) error {
	var numero int
	if _, err := fmt.Sscan(r.venue, &numero); err != nil {
		return err
	}
	cle, err := moyens.NewCleTitre(2026, numero%9_999_999+1)
	if err != nil {
		return err
	}
	r.histoire += "titre et ASAP, à recouvrer par le comptable"
	r.attendu.Modalite, r.attendu.Cles = moyens.ParTitre, rapprochement.Cles{Titre: cle}
	return nil
}

// releve is what the bank shows, from the ledgers of those who moved the money.
func (g *guichet) releve(restes []*reste) rapprochement.Releve {
	v := rapprochement.Releve{ID: "DFT-2026-11", Compte: "DFT", Periode: simphonie.Periode{Du: simphonie.MustJour("2026-11-01"), Au: simphonie.MustJour("2026-12-31")}}
	ajoute := func(m moyens.Modalite, le simphonie.Jour, montant simphonie.Montant, cles rapprochement.Cles) {
		v.Lignes = append(v.Lignes, rapprochement.Ligne{Numero: len(v.Lignes) + 1, Nature: rapprochement.Encaissement, Le: le, Montant: montant, Modalite: m, Cles: cles})
	}
	for _, m := range g.terminal.Mouvements() {
		ajoute(moyens.Terminal, simphonie.JourOf(debutEncaissements), m.Montant, rapprochement.Cles{Reference: m.Reference})
	}
	for _, r := range restes {
		if r.mandat == nil {
			continue
		}
		if l := g.plateforme.Registre(r.mandat.Numero); l.Debits > 0 {
			ajoute(moyens.Differe, r.attendu.Le, l.Debits, rapprochement.Cles{Accord: r.mandat.Numero})
		}
	}
	for _, p := range g.page.Paiements() {
		ajoute(moyens.PayFiPCarte, simphonie.JourOf(p.PayeLe), simphonie.Montant(p.Montant), rapprochement.Cles{Operation: p.IDOp})
	}
	return v
}

// encaisseEtRapproche collects what patients owe, matches it with the statement
// of the account, and shows that every cent is in one place.
func encaisseEtRapproche(ctx context.Context, w io.Writer, restes []*reste, du simphonie.Montant) error {
	g, err := demarreGuichet()
	if err != nil {
		return err
	}
	defer g.ferme()
	if err := g.encaisse(ctx, restes); err != nil {
		return err
	}
	fmt.Fprintln(w, "\n══ Part du patient (terminal, plateforme de prélèvement et page de paiement SIMULÉS)")
	e := rapprochement.Entree{Releves: []rapprochement.Releve{g.releve(restes)}}
	for _, r := range restes {
		fmt.Fprintf(w, "   venue %s %s  %s\n", r.venue, droite(r.montant.Euros(), 10), r.histoire)
		e.Attendus = append(e.Attendus, r.attendu)
	}
	res, err := rapprochement.Rapprocher(e)
	if err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, l := range []struct {
		nom  string
		etat rapprochement.Etat
	}{{"Encaissé, vu sur le relevé", rapprochement.Encaisse}, {"En attente (titres)", rapprochement.EnAttente}} {
		t := res.Bilan.Par[l.etat]
		fmt.Fprintf(w, "   %s %4d %s\n", gauche(l.nom, 28), t.Nombre, droite(t.Montant.Euros(), 18))
	}
	fmt.Fprintf(w, "   %s %4d %s\n", gauche("Dû par les patients", 28), len(restes), droite(du.Euros(), 18))
	if p := res.Bilan.Par; p[rapprochement.Encaisse].Montant+p[rapprochement.EnAttente].Montant != du || len(res.Choix) > 0 {
		return fmt.Errorf("the patients owe %s, which is not what was collected and awaited", du)
	}
	fmt.Fprintln(w, "   Chaque centime dû par un patient est encaissé ou attendu.")
	return nil
}
