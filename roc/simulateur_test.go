package roc_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/roc/roctest"
	"github.com/simphonie/simphonie/teleservice"
)

// hopital is a client before simulated insurers. It is used by one goroutine.
type hopital struct {
	s      *roctest.Serveur
	client *roc.Client
	n      int // requests named so far
}

// Cherche is a directory that knows the simulated insurers.
func (h *hopital) Cherche(ctx context.Context, d annuaire.Demande) (*annuaire.Resultat, error) {
	return route{[]string{h.s.URL(d.Cle.Numero)}}.Cherche(ctx, d)
}

func nouvelHopital(t testing.TB, opts ...roctest.Option) *hopital {
	t.Helper()
	horloge := func() time.Time { return maintenant }
	h := &hopital{s: roctest.NewServer(t, append([]roctest.Option{roctest.AvecHorloge(horloge)}, opts...)...)}
	racines, err := teleservice.LoadRacines(teleservice.Simulation, h.s.Racines)
	require.NoError(t, err)
	k, err := teleservice.NewCanal(teleservice.Config{Environnement: teleservice.Simulation, EJ: "750712184", URL: h.s.URL(amc), Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: h.s.Client, CN: []string{"ROC-SIMULE"}},
		Logiciel:         teleservice.Logiciel{Autorisation: "TESTSGIE0000", Nom: "essai", Version: "1.0", Instance: "6f6e2b52-0000-4000-8000-000000000000"},
		Reprises:         teleservice.Reprises{Attente: time.Microsecond, Plafond: time.Microsecond, Budget: 1 << 20},
		Delai:            5 * time.Minute, DelaiEssai: 5 * time.Minute, TailleMax: 1 << 20,
		Disjoncteur: teleservice.Disjoncteur{Inactif: true}, Horloge: horloge})
	require.NoError(t, err)
	t.Cleanup(k.Close)
	f, err := journal.OuvreFichier(filepath.Join(t.TempDir(), "journal"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	j, err := journal.New(journal.Config{Magasin: f, Horloge: horloge,
		Trousseau: func(_ context.Context, v string) ([]byte, error) { h := sha256.Sum256([]byte(v)); return h[:], nil }})
	require.NoError(t, err)
	secret, err := modele.NewSecret([]byte("secret d'installation"))
	require.NoError(t, err)
	h.client, err = roc.New(roc.Config{Canal: k, Annuaire: h, Codec: reference.Codec{}, Journal: j, Secret: secret})
	require.NoError(t, err)
	return h
}

// entete asks about somebody whom the simulator knows.
func (h *hopital) entete(venue string, m modele.Moment, b *roctest.Beneficiaire) roc.Entete {
	h.n++
	return roc.Entete{Requete: fmt.Sprintf("%s-%d", venue, h.n), EJ: "750712184", Venue: venue, Moment: m, Date: jour,
		Couverture:   roc.Couverture{Cle: simphonie.CleAMC{Numero: b.AMC, Domaine: simphonie.Hospitalisation}, Adherent: b.Adherent},
		Beneficiaire: roc.Beneficiaire{NIR: b.NIR, Naissance: b.Naissance, Rang: b.Rang, Nom: b.Nom, Prenom: b.Prenom}}
}

func (h *hopital) idb(venue string, b *roctest.Beneficiaire) roc.DemandeIDB {
	return roc.DemandeIDB{Entete: h.entete(venue, roc.Admission, b)}
}

func (h *hopital) sim(venue string, b *roctest.Beneficiaire) roc.DemandeSIM {
	return roc.DemandeSIM{Entete: h.entete(venue, roc.Admission, b), Chiffrage: chiffrage()}
}

func (h *hopital) clc(venue string, b *roctest.Beneficiaire) roc.DemandeCLC {
	return roc.DemandeCLC{Entete: h.entete(venue, roc.Sortie, b), Chiffrage: chiffrage()}
}

func (h *hopital) del(venue string, b *roctest.Beneficiaire) roc.DemandeAnnulation {
	return roc.DemandeAnnulation{Entete: h.entete(venue, roc.Sortie, b)}
}

func connu(t testing.TB, n simphonie.NumeroAMC, cas string) *roctest.Beneficiaire {
	t.Helper()
	b, ok := roctest.Connu(n, cas)
	require.True(t, ok, cas)
	return &b
}

// Every person of every insurer, by the four services: amounts and outcomes
// are those of the simulator.
func TestPersonnesDuSimulateur(t *testing.T) {
	h := nouvelHopital(t)
	ctx := t.Context()
	// Confort pays the whole ticket modérateur of 100 − 80 = 20; Base 70 % of it.
	parts := map[string]simphonie.Montant{"ordinaire": 2000, "sans-nir": 2000, "messages": 2000, "jumeau-1": 2000, "jumeau-2": 2000, "indisponible-une-fois": 2000, "base": 1400}
	motifs := map[string]modele.Motif{"deux-contrats": modele.ChoixContrat, "deux-conventions": modele.ChoixConvention, "futur": modele.DroitsNonOuverts, "ferme": modele.DroitsFermes,
		"externe-seul": modele.ConventionNonApplicable, "non-eligible": modele.BeneficiaireNonEligible, "papier": modele.SupportPapier, "priorite": modele.PrioriteGarantie,
		"donnee-manquante": modele.DonneeManquante}
	for i, b := range roctest.Beneficiaires() {
		venue := fmt.Sprintf("V%d", i)
		d, err := dossier.New(venue, b.AMC)
		require.NoError(t, err)
		suite, r, err := h.client.IDB(ctx, &d, h.idb(venue, &b))
		require.NoError(t, err, b.Cas)
		if b.Cas == "indisponible-une-fois" {
			require.Equal(t, roc.Indisponible, r.Issue.Sens)
			suite, r, err = h.client.IDB(ctx, &suite.Dossier, h.idb(venue, &b))
			require.NoError(t, err)
		}
		part, couvert := parts[b.Cas]
		if !couvert {
			assert.NotEqual(t, roc.Accepte, r.Issue.Sens, b.Cas)
			assert.Equal(t, motifs[b.Cas], r.Issue.Motif, b.Cas)
			assert.Equal(t, dossier.Inconnu, suite.Dossier.Etat, b.Cas)
			assert.Equal(t, strings.HasPrefix(b.Cas, "deux-"), len(r.Contrats) == 2, b.Cas)
			continue
		}
		require.Equal(t, roc.Accepte, r.Issue.Sens, b.Cas)
		assert.Equal(t, b.Cas == "messages", len(r.Messages) == 2 && len(r.Consignes) == 1)
		for range 2 {
			if suite, _, err = h.client.SIM(ctx, &suite.Dossier, h.sim(venue, &b)); suite.Dossier.Etat == dossier.Simule {
				break
			}
		}
		require.NoError(t, err)
		var k *roc.Calcul
		for range 2 {
			if suite, k, err = h.client.CLC(ctx, &suite.Dossier, h.clc(venue, &b)); suite.Dossier.Etat == dossier.Calcule {
				break
			}
		}
		require.NoError(t, err, b.Cas)
		require.Empty(t, suite.Anomalies, b.Cas)
		for _, p := range suite.Dossier.Parts() {
			assert.Equal(t, part, p.Montant, b.Cas)
		}
		vivants := h.s.Vivants(b.AMC, venue)
		require.Len(t, vivants, 1)
		assert.Equal(t, vivants[0].Numero, k.Engagement)
		assert.Equal(t, vivants[0].Fin, k.Fin)
		suite, _, err = h.client.Annule(ctx, &suite.Dossier, h.del(venue, &b))
		require.NoError(t, err)
		annule := b.AMC != "302976568" // the one that does not annul
		assert.Equal(t, annule, suite.Dossier.Etat == dossier.Annule, b.Cas)
		assert.Equal(t, annule, len(h.s.Vivants(b.AMC, venue)) == 0, b.Cas)
	}
	as, err := h.client.AClarifier(ctx, 1000)
	require.NoError(t, err)
	assert.Empty(t, as)
}

// An outcome that the page does not name may have committed the insurer: a
// person looks, whether it did or not.
func TestIssueInconnueDuCalcul(t *testing.T) {
	for _, engage := range []bool{false, true} {
		b := connu(t, amc, "ordinaire")
		h := nouvelHopital(t)
		d, err := dossier.New("V", amc)
		require.NoError(t, err)
		suite, _, err := h.client.IDB(t.Context(), &d, h.idb("V", b))
		require.NoError(t, err)
		b.Issue, b.Engage = "DOSSIER_A_REVOIR", engage
		require.NoError(t, h.s.Ajoute(*b))
		suite, _, err = h.client.CLC(t.Context(), &suite.Dossier, h.clc("V", b))
		require.NoError(t, err, "the insurer answered")
		assert.Equal(t, engage, len(h.s.Vivants(amc, "V")) == 1)
		assert.True(t, suite.Dossier.AClarifier())
		assert.Contains(t, suite.Effets, dossier.Clarifier)
		h.verifie(t, []roc.Dossier{suite.Dossier})
		apres := h.eclaircit(t, &suite.Dossier)
		assert.Equal(t, engage, apres.Etat == dossier.Calcule)
		h.verifie(t, []roc.Dossier{apres})
	}
}

// eclaircit asks the insurer, whose ledger answers, and writes the decision.
func (h *hopital) eclaircit(t testing.TB, d *roc.Dossier) roc.Dossier {
	t.Helper()
	require.NotNil(t, d.Suspens, "%s: nothing is to be clarified", d.Venue)
	x := dossier.Decision{Requete: d.Suspens.Requete, Verdict: dossier.SansEffet, Par: simphonie.NewConfidentiel("Agent"), Motif: simphonie.NewConfidentiel("vu avec la complémentaire")}
	cible := d.Suspens.Requete
	if d.Suspens.Service == modele.DEL {
		cible = d.Calcul.Requete
	}
	for _, e := range h.s.Engagements() {
		if e.Requete != cible || e.Annule != (d.Suspens.Service == modele.DEL) {
			continue
		}
		x.Verdict = dossier.Effective
		if d.Suspens.Service == modele.CLC {
			x.Engagement = e.Numero
			for i, p := range e.Parts {
				x.Montants = append(x.Montants, modele.Montant{Ligne: i, Part: p})
			}
		}
	}
	suite, err := h.client.Decide(t.Context(), d, x)
	require.NoError(t, err)
	return suite.Dossier
}

// verifie holds the dossiers to the ledger: no visit twice, no commitment that
// nobody knows, no guarantee that nobody gave, and every doubt on the list.
func (h *hopital) verifie(t testing.TB, ds []roc.Dossier) {
	t.Helper()
	vivants := map[string][]roctest.Engagement{}
	for _, e := range h.s.Vivants("", "") {
		vivants[e.Venue] = append(vivants[e.Venue], e)
	}
	bilan := h.s.Bilan("")
	assert.Zero(t, bilan.Doubles, "a visit was asked for twice")
	assert.Zero(t, bilan.Doublons, "a request was sent twice")
	var douteux []string
	for i := range ds {
		d := &ds[i]
		es := vivants[d.Venue]
		delete(vivants, d.Venue)
		if d.AClarifier() {
			douteux = append(douteux, d.Venue)
			require.LessOrEqual(t, len(es), 1, d.Venue)
			for _, e := range es {
				connues := []string{d.Suspens.Requete}
				if d.Calcul != nil {
					connues = append(connues, d.Calcul.Requete)
				}
				assert.Contains(t, connues, e.Requete, d.Venue)
			}
			continue
		}
		assert.Nil(t, d.Suspens, "%s: a call without answer is not on the list", d.Venue)
		if d.Calcul == nil {
			assert.Empty(t, es, "%s: a commitment is lost", d.Venue)
			continue
		}
		if !assert.Len(t, es, 1, "%s: a guarantee that nobody gave, or two", d.Venue) {
			continue
		}
		assert.Equal(t, es[0].Requete, d.Calcul.Requete, d.Venue)
		assert.Equal(t, es[0].Numero, d.Calcul.Engagement, d.Venue)
		for _, p := range d.Parts() {
			assert.Equal(t, es[0].Parts[p.Ligne], p.Montant, d.Venue)
		}
	}
	assert.Empty(t, vivants, "commitments to visits that no dossier follows")
	liste, err := h.client.AClarifier(t.Context(), len(ds)+1)
	require.NoError(t, err)
	var listees []string
	for _, e := range liste {
		listees = append(listees, e.Cle.Venue)
	}
	slices.Sort(douteux)
	slices.Sort(listees)
	assert.Equal(t, douteux, listees, "the list to clarify is that of the dossiers")
}
