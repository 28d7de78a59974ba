package cdritest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/internal/passerelle"
)

// registre is CDRi behind the gateway: the people it knows and how often they
// were asked about.
type registre struct {
	phase2 bool

	mu        sync.Mutex
	personnes map[Criteres]*Beneficiaire
	lignes    map[Criteres][]ScenarioLigne
	demandes  map[Criteres]int
	requetes  map[string]int
}

func nouveauRegistre(phase2 bool) *registre {
	return &registre{phase2: phase2, personnes: map[Criteres]*Beneficiaire{}, lignes: map[Criteres][]ScenarioLigne{},
		demandes: map[Criteres]int{}, requetes: map[string]int{}}
}

func (g *registre) service() passerelle.Service {
	return passerelle.Service{
		Actions:   map[string]func(*passerelle.Requete) passerelle.Reponse{Action: g.unite, ActionLot: g.lot},
		Identites: designes,
	}
}

// designes names the persons whom a message asks about.
func designes(corps *etree.Element) []string {
	demandes := []*etree.Element{corps}
	if corps.Tag == "ConsulterDroitsLot" {
		demandes = corps.FindElements("./Ligne/ConsulterDroits")
	}
	ids := make([]string, len(demandes))
	for i, d := range demandes {
		ids[i] = criteres(d).identite()
	}
	return ids
}

// criteres reads the four criteria of a request, right or wrong.
func criteres(d *etree.Element) Criteres {
	naissance, _ := simphonie.ParseDateNaissance(fils(d, "Beneficiaire", "DateNaissance"))
	return Criteres{Assure: nir(d, "Assure"), Naissance: naissance, Rang: fils(d, "Beneficiaire", "Rang"), Regime: fils(d, "Organisme", "Regime")}
}

func nir(d *etree.Element, qui string) simphonie.NIR {
	return simphonie.NIRRecu(fils(d, qui, "Nir") + fils(d, qui, "Cle"))
}

// fils gives the text at the end of a path, or "".
func fils(el *etree.Element, chemin ...string) string {
	for _, nom := range chemin {
		if el = el.SelectElement(nom); el == nil {
			return ""
		}
	}
	return el.Text()
}

// refus is the fault of the page for a request that breaks it.
func refus(err error) passerelle.Reponse {
	return passerelle.Reponse{Faute: &passerelle.Faute{Emetteur: true, Code: "reference_requete", Severite: "erreur",
		Raison: "Requete refusee", Message: err.Error(), Refus: true}}
}

// verifie checks one request against the page.
func verifie(d *etree.Element) error {
	if err := demande.Verifie(d, espaceReference); err != nil {
		return err
	}
	if (fils(d, "Beneficiaire", "Nir") == "") != (fils(d, "Beneficiaire", "Cle") == "") {
		return errors.New("ConsulterDroits/Beneficiaire: Nir and Cle go together")
	}
	return nil
}

// sansFictif refuses the numbers that mark an anonymous invoice or a
// provisional registration: they never reach CDRi (RG_BS602, RG_MF639).
func sansFictif(d *etree.Element) error {
	for _, qui := range []string{"Assure", "Beneficiaire"} {
		if fictif(fils(d, qui, "Nir")) {
			return fmt.Errorf("ConsulterDroits/%s/Nir: anonymous or provisional", qui)
		}
	}
	return nil
}

var fictif = passerelle.Motif(`555555\d{7}|[12]555555\d{6}`)

func (g *registre) unite(q *passerelle.Requete) passerelle.Reponse {
	g.compte(q.Action)
	if err := verifie(q.Corps); err != nil {
		return refus(err)
	}
	if err := cmp.Or(sansFictif(q.Corps), memeContexte(q)); err != nil {
		return passerelle.Reponse{Faute: passerelle.Refus("criteres", err)}
	}
	return ecrite(ecrit(g.cherche(q.Corps, q.Instant)))
}

// compte notes a request.
func (g *registre) compte(action string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requetes[action]++
}

// ecrite is the answer as written. Ajoute took only what can be.
func ecrite(el *etree.Element, err error) passerelle.Reponse {
	if err != nil {
		return passerelle.Reponse{Faute: passerelle.Refus("reponse", err)}
	}
	return passerelle.Reponse{Corps: el}
}

// cherche counts the request and finds the answer.
func (g *registre) cherche(d *etree.Element, quand time.Time) *modele.Reponse {
	c := criteres(d)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.demandes[c]++
	b := g.personnes[c]
	if b == nil || !b.connait(nir(d, "Beneficiaire")) {
		b = &Beneficiaire{Issue: modele.Issue{Code: NonTrouve}}
	}
	return b.reponse(quand.UTC())
}

// lot answers a batch, its lines the other way round: the page promises no order.
func (g *registre) lot(q *passerelle.Requete) passerelle.Reponse {
	g.compte(q.Action)
	if m := q.Authentification.Mode; g.phase2 && m != passerelle.Structure && m != passerelle.TLSMutuel {
		return passerelle.Reponse{Faute: passerelle.Refus("niveau", errors.New("batch without an agent: the establishment authenticates itself"))}
	}
	if err := demandeLot.Verifie(q.Corps, espaceReference); err != nil {
		return refus(err)
	}
	var reponses []modele.LigneReponse
	vues := map[string]bool{}
	for _, l := range q.Corps.ChildElements() {
		if c := fils(l, "Correlation"); vues[c] {
			return refus(errors.New("ConsulterDroitsLot/Ligne/Correlation: stands twice"))
		} else {
			vues[c] = true
		}
	}
	for _, l := range slices.Backward(q.Corps.ChildElements()) {
		reponses = append(reponses, g.ligne(l, q.Instant)...)
	}
	return ecrite(ReferenceLot(reponses))
}

// ligne answers one line of a batch.
func (g *registre) ligne(l *etree.Element, quand time.Time) []modele.LigneReponse {
	r, d := modele.LigneReponse{Correlation: fils(l, "Correlation")}, l.SelectElement("ConsulterDroits")
	err := verifie(d)
	if err == nil {
		err = sansFictif(d)
	}
	if err != nil {
		r.Erreur = &modele.ErreurLigne{Code: "LIGNE_REFUSEE", Libelle: simphonie.NewConfidentiel(err.Error())}
		return []modele.LigneReponse{r}
	}
	r.Reponse = g.cherche(d, quand)
	if e, err := g.prevue(criteres(d)).effet(); err == nil {
		return e(r)
	}
	return []modele.LigneReponse{r}
}

// prevue takes the next scenario of the batch lines about a person.
func (g *registre) prevue(c Criteres) ScenarioLigne {
	g.mu.Lock()
	defer g.mu.Unlock()
	file := g.lignes[c]
	if len(file) == 0 {
		return "normale"
	}
	g.lignes[c] = file[1:]
	return file[0]
}

// memeContexte refuses a ContexteBAM that routes to another person than the
// body asks about.
func memeContexte(q *passerelle.Requete) error {
	couverture := q.Contexte.SelectElement("COUVERTURE")
	for _, c := range []struct{ contexte, corps []string }{
		{[]string{"GrandRegime"}, []string{"Organisme", "Regime"}},
		{[]string{"Organisme"}, []string{"Organisme", "Caisse"}},
		{[]string{"CodeCentre"}, []string{"Organisme", "Centre"}},
		{[]string{"ASSURE", "Id", "Num"}, []string{"Assure", "Nir"}},
		{[]string{"ASSURE", "Id", "Cle"}, []string{"Assure", "Cle"}},
		{[]string{"BENEFICIAIRE", "Nir", "Num"}, []string{"Beneficiaire", "Nir"}},
		{[]string{"BENEFICIAIRE", "DateNai"}, []string{"Beneficiaire", "DateNaissance"}},
		{[]string{"BENEFICIAIRE", "Rang"}, []string{"Beneficiaire", "Rang"}},
	} {
		if v := fils(couverture, c.contexte...); v != "" && v != fils(q.Corps, c.corps...) {
			return fmt.Errorf("ContexteBAM/%s: not that of the request", c.contexte[len(c.contexte)-1])
		}
	}
	return nil
}
