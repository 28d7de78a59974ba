package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/urgences"
)

// jourEnvoi is the day on which the example sends its files.
var jourEnvoi = simphonie.MustJour("2026-11-02")

// envoi turns priced visits into files of the norme B2, one for each grand
// régime and caisse, and counts what goes in.
type envoi struct {
	convertisseur *fides.Convertisseur
	repartiteur   *fides.Repartiteur
	titre         int
	partis        []*facture.Facture // in the order of their numbers
	refus         []string           // invoices that cannot be written, with the reason
	dehors        int                // visits of a sector that the rules do not describe
}

// nouvelEnvoi writes each file where ouvre says.
func nouvelEnvoi(ouvre func(fides.Destination) (io.Writer, error)) (*envoi, error) {
	c, err := fides.New(fides.Interpretations{})
	if err != nil {
		return nil, err
	}
	e := &envoi{convertisseur: c}
	e.repartiteur = fides.NewRepartiteur(func(d fides.Destination) (*fides.Fichier, fides.Lot, error) {
		lot := fides.Lot{Numero: 1, Date: jourEnvoi, FINESS: "750712184"}
		w, err := ouvre(d)
		if err != nil {
			return nil, lot, err
		}
		f, err := fides.NewFichier(w, fides.Parametres{Enveloppe: fides.Reference(), Destination: d,
			B2:       b2.Reglages{FinDeLigne: b2.FinCRLF, Charset: b2.ASCII, Siecle: 2000},
			Emetteur: "750712184", Destinataire: "ESSAI", Numero: 1, Date: jourEnvoi})
		return f, lot, err
	})
	return e, nil
}

// ajoute sends one visit, if it is billed and not cancelled. Its anomalies join
// those of the price.
func (e *envoi) ajoute(i *issue) error {
	if i.err != nil || i.Issue != urgences.Facturable || i.requalification != nil {
		return nil
	}
	as, err := e.ecrit(&i.Facture, func(n b2.NumeroFacture) *fides.Dossier { return dossierDe(i, n) })
	i.Anomalies = append(i.Anomalies, as...)
	return err
}

// ecrit sends one priced invoice under the next number.
func (e *envoi) ecrit(f *facture.Facture, dossier func(b2.NumeroFacture) *fides.Dossier) (simphonie.Anomalies, error) {
	e.titre++
	numero, err := b2.NewNumeroFacture(2026, e.titre%9_999_999+1)
	if err != nil {
		return nil, err
	}
	r, err := e.convertisseur.Convertir(f, dossier(numero))
	if errors.Is(err, fides.ErrSecteurNonCouvert) {
		e.dehors++
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if r.Anomalies.Stoppent() {
		e.refus = append(e.refus, fmt.Sprintf("venue %s : %s", f.Venue, r.Anomalies[0]))
		return r.Anomalies, nil
	}
	for k := range r.Factures {
		if err := e.repartiteur.Ecris(&r.Factures[k]); err != nil {
			return nil, err
		}
	}
	e.partis = append(e.partis, f)
	return r.Anomalies, nil
}

// nirFictif is the number that the norm itself builds for anonymous care.
var nirFictif = simphonie.NIRRecu("155555575133374")

// dossierDe completes a priced visit with what an invoice says beyond it. An
// editor has these data in its own tables.
func dossierDe(i *issue, numero b2.NumeroFacture) *fides.Dossier {
	p, f := &i.cas.Passage, &i.Facture
	d := &fides.Dossier{
		Etablissement: fides.Etablissement{Statut: fides.Public, Secteur: p.Etablissement.Secteur, CodeProduit: "1"},
		Contexte:      i.Contexte, PieceJustificative: "0",
		Assure: nirFictif, Patient: fides.Patient{Naissance: p.Naissance, RangNaissance: 1},
		Entree: f.Lignes[0].Execution, Sortie: simphonie.JourOf(p.Sortie), HeureSortie: p.Sortie.Hour(),
		Numero: numero, C2S: fides.C2SUnique,
	}
	for k := range f.Lignes {
		l := &f.Lignes[k]
		if l.Execution.Before(d.Entree) {
			d.Entree = l.Execution
		}
		if l.Execution.After(d.Sortie) {
			d.Sortie = l.Execution
		}
		if strings.HasPrefix(string(l.Code), "FT") {
			d.Imagerie = append(d.Imagerie, fides.Imagerie{Equipement: fides.Scanner, NumeroOrdre: "12", NumeroAppareil: "75123",
				Prescripteur: fides.Prescripteur{Condition: fides.Salarie, Structure: p.Etablissement.FINESS, Specialite: "83",
					Date: l.Execution, Origine: "O"}})
		}
	}
	if s := &p.Soins; s.Attentat || s.ViolenceSexuelle || s.Exoneration != nil {
		d.Exoneration = fides.Decision{Motif: "situation constatée par l'établissement", Reference: "RG_VF501"}
	}
	return d
}

// dossierExterne completes a priced visit for external care.
func dossierExterne(v *ace.Venue, f *facture.Facture, numero b2.NumeroFacture) *fides.Dossier {
	jour := f.Lignes[0].Reference
	return &fides.Dossier{
		Etablissement: fides.Etablissement{Statut: fides.Public, Secteur: v.Etablissement.Secteur, CodeProduit: "1"},
		Contexte:      droits.Resoudre(v.Droits, droits.Prestation{}, jour, droits.Options{}).Contexte, PieceJustificative: "0",
		Assure: nirFictif, Patient: fides.Patient{Naissance: v.Naissance, RangNaissance: 1},
		Medecin: fides.Medecin{Nom: v.Prestations[0].Orienteur.Nom, Prenom: v.Prestations[0].Orienteur.Prenom},
		Entree:  v.Entree, Sortie: v.Sortie, HeureSortie: 12, Numero: numero, C2S: fides.C2SUnique,
		Soin: fides.Soin{Domaine: "M", Prescripteur: &fides.Prescripteur{Condition: fides.Salarie, Structure: v.Etablissement.FINESS,
			Specialite: "07", Date: jour, Origine: "O"}},
	}
}

// envoieEtRelit writes the files of the visits, external care included, into dir
// if it is given, reads them back, and shows that every euro billed is found in them.
func envoieEtRelit(w io.Writer, issues []*issue, soins []soin, dir string) error {
	fichiers := map[fides.Destination]*bytes.Buffer{}
	e, err := nouvelEnvoi(func(d fides.Destination) (io.Writer, error) {
		fichiers[d] = &bytes.Buffer{}
		return fichiers[d], nil
	})
	if err != nil {
		return err
	}
	for _, i := range issues {
		if err := e.ajoute(i); err != nil {
			return err
		}
	}
	for k := range soins {
		if v := soins[k].venue; v != nil && soins[k].err == nil {
			as, err := e.ecrit(soins[k].facture, func(n b2.NumeroFacture) *fides.Dossier { return dossierExterne(v, soins[k].facture, n) })
			if err != nil {
				return err
			}
			soins[k].anomalies = append(soins[k].anomalies, as...)
		}
	}
	if err := e.repartiteur.Close(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n══ Fichiers de la norme B2 (enveloppe « reference », non officielle)\n")
	lues := map[string][]*fides.FactureLue{}
	for _, d := range e.repartiteur.Destinations() {
		contenu := fichiers[d].Bytes()
		if dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "b2-"+d.String()+".txt"), contenu, 0o600); err != nil {
				return err
			}
		}
		n, err := relit(contenu, lues)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "   %s %4d factures, %6d octets\n", gauche("régime et caisse "+d.String(), 28), n, len(contenu))
	}
	if e.dehors > 0 {
		fmt.Fprintf(w, "   %s %4d\n", gauche("hors périmètre (ex-OQN)", 28), e.dehors)
	}
	for _, r := range e.refus {
		fmt.Fprintf(w, "   Non écrite : %s\n", r)
	}
	return retrouve(w, e.partis, lues)
}

// relit reads one file back and files its invoices by visit.
func relit(contenu []byte, lues map[string][]*fides.FactureLue) (int, error) {
	lecture, err := fides.Relire(bytes.NewReader(contenu), fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	if err != nil {
		return 0, err
	}
	n := 0
	for f, err := range lecture.Factures() {
		if err != nil {
			return 0, err
		}
		if len(f.Anomalies) > 0 {
			return 0, fmt.Errorf("facture %s: %s", f.Numero, f.Anomalies[0])
		}
		lues[f.Venue] = append(lues[f.Venue], f)
		n++
	}
	if as := lecture.Anomalies(); len(as) > 0 {
		return 0, fmt.Errorf("fichier: %s", as[0])
	}
	return n, nil
}

// retrouve compares each priced invoice to what the files hold, debtor by debtor.
func retrouve(w io.Writer, partis []*facture.Facture, lues map[string][]*fides.FactureLue) error {
	b := nouveauBilan()
	var dehors simphonie.Montant
	for _, f := range partis {
		soldes, ecarts := fides.Rapprocher(f, lues[f.Venue]...)
		if len(ecarts) > 0 {
			return fmt.Errorf("venue %s: %s", f.Venue, ecarts[0])
		}
		for k := range soldes {
			dehors += soldes[k].HorsZones
			if err := b.doit(soldes[k].Debiteur, soldes[k].Zones+soldes[k].Lignes); err != nil {
				return err
			}
		}
	}
	for _, d := range b.debiteurs {
		fmt.Fprintf(w, "   %s %s\n", gauche("Retrouvé : "+qui(d), 28), droite(b.du[d].Euros(), 18))
	}
	if dehors != 0 {
		fmt.Fprintf(w, "   %s %s\n", gauche("Participations, sans zone", 28), droite(dehors.Euros(), 18))
	}
	fmt.Fprintln(w, "   Chaque euro facturé est retrouvé dans les fichiers, ligne par ligne.")
	return nil
}
