package cdritest

import (
	"testing"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// Whatever the body, the service answers: an answer that the page allows and a
// person counted, or the fault of the page.
func FuzzDemande(f *testing.F) {
	unite := `<ConsulterDroits xmlns="` + espaceReference + `"><Etablissement>750712184</Etablissement><Moment>ADMISSION</Moment><Assure><Nir>1810163220751</Nir><Cle>40</Cle></Assure>` +
		`<Beneficiaire><DateNaissance>1981-01-01</DateNaissance><Rang>1</Rang></Beneficiaire><Organisme><Regime>01</Regime></Organisme></ConsulterDroits>`
	f.Add(unite)
	f.Add(`<ConsulterDroitsLot xmlns="` + espaceReference + `"><Ligne><Correlation>1</Correlation>` + unite + `</Ligne></ConsulterDroitsLot>`)
	f.Add(`<ConsulterDroitsLot xmlns="` + espaceReference + `"><Ligne/></ConsulterDroitsLot>`)
	f.Add(`<ConsulterDroits/>`)
	f.Fuzz(func(t *testing.T, corps string) {
		d := etree.NewDocument()
		if d.ReadFromString(corps) != nil || d.Root() == nil {
			return
		}
		g := nouveauRegistre(false)
		contexte := etree.NewElement("ContexteBAM")
		contexte.CreateElement("COUVERTURE")
		q := &passerelle.Requete{Corps: d.Root(), Contexte: contexte}
		lignes := len(designes(q.Corps))
		for _, repond := range []func(*passerelle.Requete) passerelle.Reponse{g.unite, g.lot} {
			avant := len(g.demandes)
			r := repond(q)
			switch {
			case (r.Corps == nil) == (r.Faute == nil):
				t.Fatal("an answer or a fault is wanted")
			case r.Faute != nil && !r.Faute.Refus:
				t.Fatal("a fault that is not a refusal")
			case r.Faute != nil && len(g.demandes) != avant:
				t.Fatal("a refused message was counted")
			case r.Corps != nil && r.Corps.Tag == "DroitsConsultes" && reponseUnite.Verifie(r.Corps, espaceReference) != nil:
				t.Fatal("an answer that breaks the page")
			case r.Corps != nil && r.Corps.Tag == "DroitsConsultesLot" && len(r.Corps.ChildElements()) != lignes:
				t.Fatal("a line without its answer")
			}
		}
	})
}
