package cdri_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/testpki"
	"github.com/simphonie/simphonie/teleservice"
)

const ej = simphonie.FINESS("750712184")

var midi = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// codes asserts the codes of an error, in order.
func codes(err error) (cs []simphonie.Code) {
	if err == nil {
		return nil
	}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range j.Unwrap() {
			cs = append(cs, codes(e)...)
		}
		return cs
	}
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return []simphonie.Code{e.Code}
	}
	return []simphonie.Code{"?"}
}

// nir gives a number of the register made from a rank, with its key.
func nir(n int) simphonie.NIR {
	s := fmt.Sprintf("18101632%05d", n)
	return simphonie.NIRRecu(s + simphonie.NIRRecu(s).CleCalculee())
}

func demande(n int) cdri.Demande {
	return cdri.Demande{EJ: ej, Moment: cdri.Admission, Assure: nir(n), Naissance: simphonie.NaissanceLe(simphonie.MustJour("1981-01-01")), Rang: "1", Regime: "01"}
}

// guichet is the service: it keeps what it was asked, and answers each line by
// a function.
type guichet struct {
	mu       sync.Mutex
	messages []string       // raw requests
	vus      map[string]int // how often each number was asked
	parfois  func(n int) error
	// repond answers for one number; nil answers rights.
	repond func(nir string) (*modele.Reponse, *modele.ErreurLigne)
	// lot may reorder or damage the answer of a batch.
	lot         func([]modele.LigneReponse) []modele.LigneReponse
	autreAction bool
}

func trouve(nir string) *modele.Reponse {
	return &modele.Reponse{Instant: midi, Issue: modele.Issue{Sens: modele.Trouve, Code: "TROUVE"}, Droits: &droits.Acquisition{
		Assure: droits.Assure{NIR: simphonie.NIRRecu(nir)}, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751"}, PieceAMO: "2",
		Periodes: []simphonie.Periode{{Du: simphonie.MustJour("2026-01-01")}},
	}}
}

// RoundTrip answers a SOAP message.
func (g *guichet) RoundTrip(q *http.Request) (*http.Response, error) {
	b, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.messages = append(g.messages, string(b))
	if g.parfois != nil {
		if err := g.parfois(len(g.messages)); err != nil {
			if f, ok := err.(faute); ok {
				return http500(string(f)), nil
			}
			return nil, err
		}
	}
	d := etree.NewDocument()
	if err := d.ReadFromBytes(b); err != nil {
		return nil, err
	}
	var lignes []modele.LigneReponse
	for _, el := range d.FindElements("//ConsulterDroits") {
		n := el.FindElement("Assure/Nir").Text()
		if g.vus == nil {
			g.vus = map[string]int{}
		}
		g.vus[n]++
		l := modele.LigneReponse{}
		if c := el.Parent().SelectElement("Correlation"); c != nil {
			l.Correlation = c.Text()
		}
		if g.repond != nil {
			l.Reponse, l.Erreur = g.repond(n)
		} else {
			l.Reponse = trouve(n)
		}
		if l.Reponse == nil && l.Erreur == nil {
			return http500(fauteEmetteur), nil
		}
		lignes = append(lignes, l)
	}
	var corps *etree.Element
	if d.FindElement("//ConsulterDroitsLot") != nil {
		if g.lot != nil {
			lignes = g.lot(lignes)
		}
		corps, err = cdritest.ReferenceLot(lignes)
	} else {
		corps, err = cdritest.ReferenceReponse(lignes[0].Reponse)
	}
	if err != nil {
		return nil, err
	}
	return reponseHTTP(200, corps, d.FindElement("//MessageID").Text(), d.FindElement("//Header/Action").Text()+g.suffixe()), nil
}

func (g *guichet) suffixe() string {
	if g.autreAction {
		return "Autre"
	}
	return "Response"
}

func (g *guichet) appels() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.messages)
}

const soap12 = "http://www.w3.org/2003/05/soap-envelope"

func reponseHTTP(statut int, corps *etree.Element, repondA, action string) *http.Response {
	e := etree.NewElement("e:Envelope")
	e.CreateAttr("xmlns:e", soap12)
	h := e.CreateElement("e:Header")
	for nom, v := range map[string]string{"w:RelatesTo": repondA, "w:Action": action} {
		r := h.CreateElement(nom)
		r.CreateAttr("xmlns:w", "http://www.w3.org/2005/08/addressing")
		r.SetText(v)
	}
	e.CreateElement("e:Body").AddChild(corps)
	b, _ := etree.NewDocumentWithRoot(e).WriteToBytes()
	return brute(statut, string(b))
}

func brute(statut int, corps string) *http.Response {
	return &http.Response{StatusCode: statut, Header: http.Header{"Content-Type": {"application/soap+xml; charset=utf-8"}},
		Body: io.NopCloser(strings.NewReader(corps))}
}

// faute is a SOAP fault that the service answers.
type faute string

func (f faute) Error() string { return "fault" }

const (
	fauteEmetteur = `<s:Envelope xmlns:s="` + soap12 + `"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>s:siram_100</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="fr">refus</s:Text></s:Reason><s:Detail><e:Erreur xmlns:e="urn:siram" code="desir_550" severite="erreur">1810163220751</e:Erreur></s:Detail></s:Fault></s:Body></s:Envelope>`
	fautePassage  = `<s:Envelope xmlns:s="` + soap12 + `"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>s:siram_40</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="fr">plus tard</s:Text></s:Reason><s:Detail><e:Erreur xmlns:e="urn:siram" code="desir_1020" severite="fatal">x</e:Erreur></s:Detail></s:Fault></s:Body></s:Envelope>`
)

func http500(corps string) *http.Response { return brute(500, corps) }

// sansTest lets examples use the tools of tests.
type sansTest struct{}

func (sansTest) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (sansTest) FailNow()                          { panic("example") }

func aide(t require.TestingT) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
}

var pki = sync.OnceValues(func() (*testpki.PKI, error) { return testpki.New(time.Now()) })

// mutuel authenticates the establishment, agent a person.
func mutuel(t require.TestingT) teleservice.Authentification {
	aide(t)
	p, err := pki()
	require.NoError(t, err)
	c, err := p.Client("CDRI-TEST")
	require.NoError(t, err)
	return &teleservice.TLSMutuel{Certificat: c.TLS(), CN: []string{"CDRI-TEST"}}
}

func agent(t require.TestingT) teleservice.Authentification {
	aide(t)
	p, err := pki()
	require.NoError(t, err)
	c, err := p.Carte(testpki.Porteur{Identifiant: "899900063480", Type: testpki.CPS})
	require.NoError(t, err)
	return &teleservice.CarteAssertion{Type: teleservice.CPS, Signataire: c.Cle, Certificat: c.Certificat, IdentifiantFacturation: string(ej), SecteurActivite: "SA01"}
}

func canal(t require.TestingT, tr http.RoundTripper, change ...func(*teleservice.Config)) *teleservice.Canal {
	aide(t)
	cfg := teleservice.Config{
		Environnement: teleservice.Simulation, EJ: ej, URL: "https://127.0.0.1:1/lps", Transport: tr,
		Logiciel:    teleservice.Logiciel{Autorisation: "TESTSGIE0000", Nom: "simphonie", Version: "1.0", Instance: "11111111-2222-3333-4444-555555555555"},
		Reprises:    teleservice.Reprises{Essais: 1},
		Disjoncteur: teleservice.Disjoncteur{Inactif: true},
	}
	for _, f := range change {
		f(&cfg)
	}
	if cfg.Authentification == nil {
		cfg.Authentification = mutuel(t)
	}
	c, err := teleservice.NewCanal(cfg)
	require.NoError(t, err)
	return c
}

func client(t require.TestingT, tr http.RoundTripper, change ...func(*teleservice.Config)) *cdri.Client {
	aide(t)
	c, err := cdri.New(cdri.Config{Canal: canal(t, tr, change...), Codec: reference.Codec{}, RegimesFermes: []string{"17"}})
	require.NoError(t, err)
	return c
}

// unitaire hides the batch messages of a codec.
type unitaire struct{ c modele.Codec }

func (u unitaire) Profil() modele.Profil { return u.c.Profil() }
func (u unitaire) EncodeDemande(d *modele.Demande) (*etree.Element, error) {
	return u.c.EncodeDemande(d)
}
func (u unitaire) DecodeReponse(e *etree.Element) (*modele.Reponse, error) {
	return u.c.DecodeReponse(e)
}
