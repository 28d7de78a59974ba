package fides_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/examples/fictif"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
)

var jour = simphonie.MustJour

// The NIR of the tests are those of anonymous care, which the norm declares
// fictive (0212, RG_MF639).
const (
	nirHomme = "155555575133374"
	nirFemme = "255555560133362"
)

func options(t testing.TB) *urgences.Options {
	t.Helper()
	o, err := fictif.Urgences(jour("2026-11-01"))
	require.NoError(t, err)
	return o
}

func convertisseur(t testing.TB, i fides.Interpretations) *fides.Convertisseur {
	t.Helper()
	c, err := fides.New(i)
	require.NoError(t, err)
	return c
}

// ordinaire is an insured adult of the general scheme, seen on Wednesday 4
// March 2026 at 10 in the morning, without supplement.
func ordinaire(t testing.TB) *urgences.Passage {
	t.Helper()
	debut := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	return &urgences.Passage{
		Venue: "900000001",
		Etablissement: urgences.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG,
			Territoire: simphonie.Metropole, StructureAutorisee: simphonie.Oui},
		Naissance: simphonie.NaissanceLe(jour("1990-06-15")),
		Arrivee:   debut.Add(-20 * time.Minute), DebutSoins: debut, Sortie: debut.Add(2 * time.Hour),
		Orientation: urgences.Domicile, Motif: urgences.MotifGeneral, SoinsComplets: simphonie.Oui,
		ModeArrivee: urgences.ParSesMoyens, CCMU: "1",
		Droits: &droits.Acquisition{Support: droits.SupportCDRi,
			Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:  []simphonie.Periode{{Du: jour("2015-01-01")}}},
	}
}

func ald(d *droits.Acquisition)   { d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: "8"}) }
func local(d *droits.Acquisition) { d.MTM = append(d.MTM, droits.Droit[droits.CodeMTM]{Code: "9"}) }
func c2s(d *droits.Acquisition) {
	d.Situations = append(d.Situations, droits.Droit[droits.CodeSituation]{Code: "1"})
}
func c2sSeparee(d *droits.Acquisition) {
	d.Situations = append(d.Situations, droits.Droit[droits.CodeSituation]{Code: "3"})
}
func ame(d *droits.Acquisition) {
	d.Particulieres = append(d.Particulieres, droits.Droit[string]{Code: "SP06"})
}
func atDeclare(d *droits.Acquisition) {
	d.AT = append(d.AT, droits.ATDeclare{Identifiant: "180831018", Periode: simphonie.Periode{Du: jour("2026-03-04")},
		Organisme: simphonie.Organisme{Regime: "01", Caisse: "754", Centre: "0000"}})
}
func maternite(d *droits.Acquisition) {
	d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: "6"})
}
func pension(d *droits.Acquisition) {
	d.ETM = append(d.ETM, droits.Droit[droits.CodeETM]{Code: "1"})
}
func detenu(d *droits.Acquisition) {
	zero := "0"
	d.CHAANN = &zero
	pension(d)
}
func mines(d *droits.Acquisition) { d.Organisme.Regime = "07" }
func rss(d *droits.Acquisition) {
	d.Beneficiaire.NIR = simphonie.NIRRecu("5555555555555")
}

// prix prices a visit.
func prix(t testing.TB, p *urgences.Passage, o *urgences.Options) *urgences.Resultat {
	t.Helper()
	r, err := urgences.Compute(p, o)
	require.NoError(t, err)
	require.Equal(t, urgences.Facturable, r.Issue, "%v", r.Anomalies)
	return &r
}

// dossier completes a priced visit with what the invoice says beyond it.
func dossier(p *urgences.Passage, r *urgences.Resultat, titre int) *fides.Dossier {
	n, err := b2.NewNumeroFacture(2026, titre)
	if err != nil {
		panic(err)
	}
	sortie := p.Sortie
	if sortie.IsZero() {
		sortie = p.DebutSoins
	}
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	d := &fides.Dossier{
		Etablissement: fides.Etablissement{Statut: fides.Public, Secteur: p.Etablissement.Secteur, CodeProduit: "1"},
		Contexte:      r.Contexte, PieceJustificative: "0",
		Assure:  simphonie.NIRRecu(nirHomme),
		Patient: fides.Patient{Naissance: p.Naissance, RangNaissance: 1},
		Entree:  simphonie.JourOf(p.DebutSoins.In(z)), Sortie: simphonie.JourOf(sortie.In(z)), HeureSortie: sortie.In(z).Hour(),
		Numero: n, C2S: fides.C2SUnique,
		FactureAMC: p.AMC != "" && !r.Contexte.C2S() && !r.Contexte.AME(),
	}
	if p.Soins.Attentat || p.Soins.ViolenceSexuelle || p.Soins.Exoneration != nil {
		d.Exoneration = fides.Decision{Motif: "décision", Reference: "RG_VF501"}
	}
	for i := range r.Facture.Lignes {
		l := &r.Facture.Lignes[i]
		if strings.HasPrefix(string(l.Code), "FT") || strings.HasPrefix(string(l.Code), "FR") {
			d.Imagerie = append(d.Imagerie, fides.Imagerie{Equipement: fides.Scanner, NumeroOrdre: "12", NumeroAppareil: "75123",
				Prescripteur: fides.Prescripteur{Condition: fides.Salarie, Structure: p.Etablissement.FINESS, Specialite: "83",
					Date: l.Execution, Origine: "O"}})
		}
		if l.Execution.Before(d.Entree) {
			d.Entree = l.Execution
		}
		if l.Execution.After(d.Sortie) {
			d.Sortie = l.Execution
		}
	}
	return d
}

func reglagesB2() b2.Reglages {
	return b2.Reglages{FinDeLigne: b2.FinLF, Charset: b2.ASCII, Siecle: 2000}
}

func parametres(d fides.Destination) fides.Parametres {
	return fides.Parametres{Enveloppe: fides.Reference(), B2: reglagesB2(), Destination: d,
		Emetteur: "750712184", Destinataire: "CPU TEST", Numero: 7, Date: jour("2026-03-20")}
}

var lotDuJour = fides.Lot{Numero: 1, Date: jour("2026-03-20"), FINESS: "750712184"}

// ecrit writes invoices of one destination into a file of one lot.
func ecrit(t testing.TB, fs ...fides.Facture) string {
	t.Helper()
	var b strings.Builder
	w, err := fides.NewFichier(&b, parametres(fs[0].Destination))
	require.NoError(t, err)
	require.NoError(t, w.OuvreLot(lotDuJour))
	for i := range fs {
		require.NoError(t, w.Ecris(&fs[i]))
	}
	require.NoError(t, w.Close())
	return b.String()
}

// relit reads a file that must be right.
func relit(t testing.TB, fichier string) []*fides.FactureLue {
	t.Helper()
	l, err := fides.Relire(strings.NewReader(fichier), fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	var fs []*fides.FactureLue
	for f, err := range l.Factures() {
		require.NoError(t, err)
		for _, a := range f.Anomalies {
			require.False(t, a.Gravite.Stoppe(), "%v", a)
		}
		fs = append(fs, f)
	}
	require.Empty(t, l.Anomalies())
	return fs
}

// prouve sends a priced visit to a file and back, and proves that every euro
// is found. It gives the lines of the invoice.
func prouve(t testing.TB, c *fides.Convertisseur, f *facture.Facture, d *fides.Dossier) []string {
	t.Helper()
	r, err := c.Convertir(f, d)
	require.NoError(t, err)
	require.False(t, r.Anomalies.Stoppent(), "%v", r.Anomalies)
	require.Len(t, r.Factures, 1)
	fichier := ecrit(t, r.Factures...)
	lues := relit(t, fichier)
	require.Len(t, lues, 1)
	soldes, as := fides.Rapprocher(f, lues...)
	require.Empty(t, as)
	var du simphonie.Montant
	for _, s := range soldes {
		require.True(t, s.Retrouve(), "%v", s)
		attendu, err := f.TotalPar(s.Debiteur)
		require.NoError(t, err)
		require.Equal(t, attendu, s.Du)
		du += s.Zones + s.Lignes + s.HorsZones
	}
	total, err := f.Total()
	require.NoError(t, err)
	require.Equal(t, total, du)
	require.Equal(t, lues[0].Totaux, r.Factures[0].Totaux)
	ls := strings.Split(strings.TrimSuffix(fichier, "\n"), "\n")
	return ls[2 : len(ls)-2]
}

type cas struct {
	Titre     string
	Passage   urgences.Passage
	DeuxTemps bool
	Ensuite   json.RawMessage
}

// parcours reads the visits of the main example.
func parcours(t testing.TB) []cas {
	t.Helper()
	b, err := os.ReadFile("../examples/parcours/passages.json")
	require.NoError(t, err)
	var bruts []struct {
		Titre   string
		Passage json.RawMessage
	}
	require.NoError(t, json.Unmarshal(b, &bruts))
	var cs []cas
	for _, x := range bruts {
		p, err := urgences.ParsePassage(x.Passage)
		require.NoError(t, err)
		cs = append(cs, cas{Titre: x.Titre, Passage: p})
	}
	return cs
}

// prixDe prices an ordinary visit with other rights.
func prixDe(fs ...func(*droits.Acquisition)) func(*testing.T) (*facture.Facture, *fides.Dossier) {
	return func(t *testing.T) (*facture.Facture, *fides.Dossier) {
		t.Helper()
		p := ordinaire(t)
		avec(fs...)(p)
		r := prix(t, p, options(t))
		return &r.Facture, dossier(p, r, 1)
	}
}

// contexteDe gives a dossier the context of other rights.
func contexteDe(t *testing.T, d *fides.Dossier, fs ...func(*droits.Acquisition)) {
	t.Helper()
	p := ordinaire(t)
	avec(fs...)(p)
	d.Contexte = droits.Resoudre(p.Droits, p.Soins.Prestation, jour("2026-03-04"), droits.Options{}).Contexte
}
