package mandat_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

var paris = func() *time.Location {
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return z
}()

// origine is day D of the tests, a Monday.
var origine = simphonie.MustJour("2026-03-02")

// a gives ten o'clock of day D+n.
func a(n int) time.Time { return origine.AddDays(n).In(paris).Add(10 * time.Hour) }

// politique is that of the tests: an establishment decides its own.
var politique = mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Calendaires, Depart: mandat.JourEnvoi,
	Portee: mandat.ParAccord, Nombre: mandat.Unique, Limite: mandat.SurPrelevement}

func proposition(limite int) mandat.Proposition {
	return mandat.Proposition{Numero: "M-0001", Dossier: "26000123", EJ: "750150237", Admission: mandat.AdmissionEcartee, Politique: politique,
		Plafond: 50_00, DateLimite: origine.AddDays(limite), Contact: modele.Contact{Telephone: simphonie.NewConfidentiel("0612345678")}}
}

func acceptation(m mandat.Mandat) mandat.Acceptation {
	alias, err := modele.NewAlias("alias-canari-1")
	if err != nil {
		panic(err)
	}
	pan, err := modele.NewPANMasque("497010######0042")
	if err != nil {
		panic(err)
	}
	return mandat.Acceptation{Accord: modele.AccordCree{Accord: "ACC-1", Alias: alias, PAN: pan, Expiration: "3012", Autorisation: "AUT-1", Ticket: "TIC-1", Contrat: "VAD-1"},
		Terminal: "TPE-1", PlafondAffiche: m.Plafond, DateLimiteAffichee: m.DateLimite, VersionTexte: "accord-v1"}
}

func facture(c simphonie.Montant) mandat.FactureFinale {
	return mandat.FactureFinale{Factures: []mandat.Facture{{Numero: "F-1", Montant: c}}, AMC: mandat.AMCRepondu}
}

// banc plays one mandate.
type banc struct {
	testing.TB
	m      mandat.Mandat
	effets []mandat.Effet // of the last event
}

func nouveau(t testing.TB, limite int, change ...func(*mandat.Proposition)) *banc {
	t.Helper()
	p := proposition(limite)
	for _, f := range change {
		f(&p)
	}
	m, err := mandat.New(p, a(0))
	require.NoError(t, err)
	return &banc{TB: t, m: m}
}

// actif is nouveau, with the consent of the patient.
func actif(t testing.TB, limite int, change ...func(*mandat.Proposition)) *banc {
	t.Helper()
	b := nouveau(t, limite, change...)
	b.fait(0, acceptation(b.m))
	return b
}

// fait applies an event on day D+n.
func (b *banc) fait(n int, e mandat.Evenement) []mandat.Effet {
	b.Helper()
	return b.faitA(a(n), e)
}

func (b *banc) faitA(t time.Time, e mandat.Evenement) []mandat.Effet {
	b.Helper()
	m, effets, err := b.m.Appliquer(e, t)
	require.NoError(b, err)
	b.m, b.effets = m, effets
	return effets
}

// refuse expects an error that names the state and the event, and no change.
func (b *banc) refuse(n int, e mandat.Evenement, code simphonie.Code) {
	b.Helper()
	m, effets, err := b.m.Appliquer(e, a(n))
	var x *simphonie.Erreur
	require.ErrorAs(b, err, &x)
	require.Equal(b, code, x.Code, err.Error())
	var i *mandat.Interdit
	require.ErrorAs(b, err, &i)
	require.Equal(b, b.m.Etat, i.Etat)
	require.NotEmpty(b, i.Evenement)
	require.Empty(b, effets)
	require.Equal(b, b.m, m)
	require.NotEmpty(b, mandat.Texte(err))
}

// avise sends the notice under way, on day D+n.
func (b *banc) avise(n int) {
	b.Helper()
	p := b.m.Prelevements[len(b.m.Prelevements)-1]
	b.fait(n, mandat.AvisEnvoye{Avis: p.Avis, Annonce: b.m.Politique.Echeance(origine.AddDays(n)), Canal: "sms", Texte: "avis-v1"})
}

// preleve answers the order under way, on day D+n.
func (b *banc) preleve(n int) {
	b.Helper()
	b.fait(n, mandat.ReponseRecue{Reponse: b.reponse(n, modele.Fait)})
}

func (b *banc) reponse(n int, i modele.Issue) modele.Reponse {
	rang := len(b.m.Prelevements)
	r := modele.Reponse{Reference: b.m.Reference(rang), Issue: i}
	switch i {
	case modele.Fait:
		r.Montant, r.Jour, r.Autorisation = b.m.Prelevements[rang-1].Montant, origine.AddDays(n), "OK-1"
	case modele.Refuse:
		r.Code = "51"
	}
	return r
}

func genres(es []mandat.Effet) []mandat.Genre {
	var gs []mandat.Genre
	for _, e := range es {
		gs = append(gs, e.Genre)
	}
	return gs
}

func code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}
