package roc_test

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/journal"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/teleservice"
)

const (
	amc    simphonie.NumeroAMC = "0434243085"
	espace string              = "urn:simphonie:reference-non-officielle:roc:1"
	soap   string              = "http://www.w3.org/2003/05/soap-envelope"
)

var (
	maintenant = time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)
	jour       = simphonie.MustJour("2026-11-21")
)

// assureur is an insurer of the tests, written from the page of the reference
// messages. Its ledger is the judge of what was really committed.
type assureur struct {
	mu       sync.Mutex
	recues   map[string]int // requests received, by root
	engages  map[string]bool
	annules  map[string]bool
	part     string // of each line
	issue    string // other outcome than ACCEPTE
	avant    func(racine string, w http.ResponseWriter) bool
	apres    func(racine string, w http.ResponseWriter) bool
	messages []string
}

func (a *assureur) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, _ := io.ReadAll(r.Body)
	doc := etree.NewDocument()
	if doc.ReadFromBytes(b) != nil {
		w.WriteHeader(400)
		return
	}
	corps := doc.FindElement("//Body/*")
	racine := corps.Tag
	a.recues[racine]++
	a.messages = append(a.messages, string(b))
	if a.avant != nil && a.avant(racine, w) {
		return
	}
	requete := corps.FindElement("Entete/Requete").Text()
	issue := "ACCEPTE"
	if a.issue != "" {
		issue = a.issue
	}
	var s strings.Builder
	nom := strings.Replace(racine, "Demande", "Reponse", 1)
	fmt.Fprintf(&s, `<%s xmlns="%s"><Requete>%s</Requete><Instant>2026-11-21T10:30:00Z</Instant><Issue><Code>%s</Code><Libelle>%s</Libelle></Issue>`, nom, espace, requete, issue, canariTexte)
	s.WriteString(`<Consigne><Libelle>` + canariTexte + `</Libelle></Consigne>`)
	if issue == "ACCEPTE" {
		switch racine {
		case "DemandeIDB":
			s.WriteString(`<Contrat><Identifiant>` + canariTexte + `</Identifiant></Contrat>`)
		case "DemandeSIM", "DemandeCLC":
			for _, l := range corps.SelectElements("Ligne") {
				fmt.Fprintf(&s, `<Montant><Rang>%s</Rang><Part>%s</Part></Montant>`, l.SelectElement("Rang").Text(), a.part)
			}
			if racine == "DemandeCLC" {
				a.engages[requete] = true
				s.WriteString(`<Engagement>ENG-` + requete + `</Engagement>`)
			}
		case "DemandeAnnulation":
			a.annules[corps.SelectElement("Calcul").Text()] = true
		}
	}
	if a.apres != nil && a.apres(racine, w) {
		return
	}
	w.Header().Set("Content-Type", "application/soap+xml; charset=utf-8")
	fmt.Fprintf(w, `<s:Envelope xmlns:s="%s"><s:Body>%s</%s></s:Body></s:Envelope>`, soap, s.String(), nom)
}

// route is a directory with fixed addresses.
type route struct{ adresses []string }

func (r route) Cherche(_ context.Context, d annuaire.Demande) (*annuaire.Resultat, error) {
	x := &annuaire.Resultat{Cle: d.Cle, Service: d.Service, Issue: annuaire.HorsAnnuaire}
	if len(r.adresses) > 0 {
		x.Issue, x.Entrees = annuaire.Trouvee, []annuaire.Entree{{Adresses: r.adresses}}
	}
	return x, nil
}

// banc is a client and its insurer.
type banc struct {
	*assureur
	config roc.Config
	client *roc.Client
	url    string
}

func installe(t testing.TB) *banc {
	t.Helper()
	p, err := testpki.New(maintenant)
	require.NoError(t, err)
	a := &assureur{recues: map[string]int{}, engages: map[string]bool{}, annules: map[string]bool{}, part: "10.00"}
	cs, err := p.Serveur("amc.test")
	require.NoError(t, err)
	s := httptest.NewUnstartedServer(a)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{cs.TLS()}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: p.Racines(), Time: func() time.Time { return maintenant }}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)

	racines, err := teleservice.LoadRacines(teleservice.Simulation, p.RacinesPEM())
	require.NoError(t, err)
	cc, err := p.Client("ES-ROC")
	require.NoError(t, err)
	k, err := teleservice.NewCanal(teleservice.Config{Environnement: teleservice.Simulation, EJ: "750712184", URL: s.URL, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: cc.TLS(), CN: []string{"ES-ROC"}},
		Logiciel:         teleservice.Logiciel{Autorisation: "TESTSGIE0000", Nom: "essai", Version: "1.0", Instance: "6f6e2b52-0000-4000-8000-000000000000"},
		Reprises:         teleservice.Reprises{Attente: time.Microsecond, Plafond: time.Microsecond},
		Disjoncteur:      teleservice.Disjoncteur{Inactif: true}, Horloge: func() time.Time { return maintenant }})
	require.NoError(t, err)
	t.Cleanup(k.Close)
	f, err := journal.OuvreFichier(filepath.Join(t.TempDir(), "journal"))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	j, err := journal.New(journal.Config{Magasin: f, Horloge: func() time.Time { return maintenant },
		Trousseau: func(_ context.Context, v string) ([]byte, error) { h := sha256.Sum256([]byte(v)); return h[:], nil }})
	require.NoError(t, err)
	secret, err := modele.NewSecret([]byte("secret d'installation"))
	require.NoError(t, err)
	b := &banc{assureur: a, url: s.URL, config: roc.Config{Canal: k, Annuaire: route{[]string{s.URL}}, Codec: reference.Codec{}, Journal: j, Secret: secret}}
	b.client = b.nouveau(t)
	return b
}

func (b *banc) nouveau(t testing.TB) *roc.Client {
	t.Helper()
	c, err := roc.New(b.config)
	require.NoError(t, err)
	return c
}

// canariTexte stands for personal data.
const canariTexte = "CANARIZOE"

var compte int

func entete(m modele.Moment) roc.Entete {
	compte++
	return roc.Entete{Requete: fmt.Sprintf("req-%d", compte), EJ: "750712184", Venue: "26000001", Moment: m, Date: jour,
		Couverture: roc.Couverture{Cle: simphonie.CleAMC{Numero: amc, Convention: "RO", CSR: "030255400", Domaine: simphonie.Hospitalisation},
			Adherent: simphonie.NewConfidentiel(canariTexte + "ADH")},
		Beneficiaire: roc.Beneficiaire{NIR: simphonie.NIRRecu("181016322075140"), Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1",
			Nom: simphonie.NewConfidentiel(canariTexte), Prenom: simphonie.NewConfidentiel(canariTexte)}}
}

// chiffrage has two lines of 100 € at 80 %: 20 € are left on each.
func chiffrage() roc.Chiffrage {
	l := facture.Ligne{Code: "PJ", Execution: jour, Reference: jour, Support: -1, Quantite: 1, Coefficient: 10000, PrixUnitaire: 100_000_000, Honoraires: 10000,
		BRAMO: 10000, BRAMC: 10000, MRO: 8000, MRC: 2000, Taux: simphonie.Cent - simphonie.Cent/5}
	c := roc.Chiffrage{Lignes: []facture.Ligne{l, l}}
	for i := range c.Lignes {
		c.Parts = append(c.Parts, facture.Part{Ligne: i, Debiteur: simphonie.AMO, Montant: 8000, Etat: facture.Theorique},
			facture.Part{Ligne: i, Debiteur: simphonie.AMC(amc), Montant: 2000, Etat: facture.Theorique})
	}
	return c
}

func idb() roc.DemandeIDB { return roc.DemandeIDB{Entete: entete(roc.PreAdmission)} }
func sim() roc.DemandeSIM {
	return roc.DemandeSIM{Entete: entete(roc.Admission), Chiffrage: chiffrage()}
}
func clc() roc.DemandeCLC {
	return roc.DemandeCLC{Entete: entete(roc.Sortie), Chiffrage: chiffrage()}
}
func del() roc.DemandeAnnulation { return roc.DemandeAnnulation{Entete: entete(roc.Sortie)} }

// identifie gives a dossier whose rights are known.
func (b *banc) identifie(t testing.TB) roc.Dossier {
	t.Helper()
	d, err := dossier.New("26000001", amc)
	require.NoError(t, err)
	s, _, err := b.client.IDB(t.Context(), &d, idb())
	require.NoError(t, err)
	require.Equal(t, dossier.Identifie, s.Dossier.Etat)
	return s.Dossier
}
