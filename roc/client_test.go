package roc_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/internal/canari"
	"github.com/simphonie/simphonie/roc"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	"github.com/simphonie/simphonie/roc/reference"
)

func code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

// The whole way: rights, two simulations, amounts, invoice, payment.
func TestParcours(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)

	s, r, err := b.client.SIM(t.Context(), &d, sim())
	require.NoError(t, err)
	assert.Equal(t, []dossier.Effet{dossier.DireAuPatient}, s.Effets)
	assert.Equal(t, facture.Simule, r.Parts(amc)[0].Etat)
	b.part = "12.50"
	s, _, err = b.client.SIM(t.Context(), &s.Dossier, sim())
	require.NoError(t, err)
	e, ok, err := s.Dossier.EcartSIM()
	require.NoError(t, err)
	require.True(t, ok)
	// 2 lines, 10.00 then 12.50 each: the insurer takes 5.00 more, the patient's
	// 2 x (100 - 80 - 10) = 20.00 become 15.00.
	assert.Equal(t, dossier.Ecart{AMC: 500, Patient: -500, Lignes: []dossier.EcartLigne{
		{Ligne: 0, AMCAvant: 1000, AMCApres: 1250, PatientAvant: 1000, PatientApres: 750},
		{Ligne: 1, AMCAvant: 1000, AMCApres: 1250, PatientAvant: 1000, PatientApres: 750}}}, e)

	q := clc()
	s, k, err := b.client.CLC(t.Context(), &s.Dossier, q)
	require.NoError(t, err)
	require.Empty(t, s.Anomalies)
	assert.Equal(t, "ENG-"+q.Requete, k.Engagement)
	assert.Equal(t, "reference-non-officielle/1", s.Dossier.Appels[3].Profil)
	engagees := []facture.Part{{Ligne: 0, Debiteur: simphonie.AMC(amc), Montant: 1250, Etat: facture.Engage}, {Ligne: 1, Debiteur: simphonie.AMC(amc), Montant: 1250, Etat: facture.Engage}}
	assert.Equal(t, engagees, s.Dossier.Parts())

	// What this insurer and the patient owe is a result, not an input.
	q.Parts = append(engagees, facture.Part{Ligne: 0, Debiteur: simphonie.Patient, Montant: 750, Etat: facture.Theorique})
	assert.Empty(t, s.Dossier.Applique(b.client.Perime(&q.Entete, &q.Chiffrage), roc.Politique{}).Anomalies)
	autre := q
	autre.Lignes = append([]facture.Ligne(nil), q.Lignes...)
	autre.Lignes[0].Honoraires++
	assert.Equal(t, []simphonie.Code{"ROC-CALCUL-PERIME"}, s.Dossier.Applique(b.client.Perime(&autre.Entete, &autre.Chiffrage), roc.Politique{}).Anomalies.Codes())
	assert.True(t, s.Dossier.Applique(b.client.Emission("26000123", jour, autre, nil), roc.Politique{}).Refuse)

	f := s.Dossier.Applique(b.client.Emission("26000123", jour, q, nil), roc.Politique{})
	require.False(t, f.Refuse, "%v", f.Anomalies)
	assert.EqualValues(t, 2500, f.Dossier.Emission.Total)
	paye := f.Dossier.Applique(dossier.Reglement{Reference: "RSP1", Montant: 2500, Le: maintenant}, roc.Politique{})
	assert.Equal(t, dossier.Paye, paye.Dossier.Etat)

	octets, err := dossier.Encode(&paye.Dossier)
	require.NoError(t, err)
	relu, err := dossier.Decode(octets)
	require.NoError(t, err)
	assert.Equal(t, &paye.Dossier, relu)
	assert.Equal(t, map[string]int{"DemandeIDB": 1, "DemandeSIM": 2, "DemandeCLC": 1}, b.recues)
}

// A CLC is annulled, and the same amounts may be computed again.
func TestAnnulationPuisCalcul(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	q := clc()
	s, _, err := b.client.CLC(t.Context(), &d, q)
	require.NoError(t, err)
	_, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
	assert.ErrorContains(t, err, "ROC-CALCUL-VIVANT")
	s, _, err = b.client.Annule(t.Context(), &s.Dossier, del())
	require.NoError(t, err)
	assert.Equal(t, dossier.Annule, s.Dossier.Etat)
	assert.True(t, b.annules[q.Requete])
	s, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
	require.NoError(t, err)
	assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
}

// Two programs that hold the same dossier make one CLC.
func TestUnSeulCalcul(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	premier, _, err := b.client.CLC(t.Context(), &d, clc())
	require.NoError(t, err)
	s, k, err := b.client.CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err))
	assert.Nil(t, k)
	assert.Equal(t, premier.Dossier.Calcul, s.Dossier.Calcul, "the second program learns what the first one was told")
	assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
	assert.Equal(t, 1, b.recues["DemandeCLC"])
}

// Every way in which an answer is lost: what the insurer committed to is never
// forgotten nor asked twice, and only a decision goes on.
func TestReponsePerdue(t *testing.T) {
	coupe := func(string, http.ResponseWriter) bool { panic(http.ErrAbortHandler) }
	texte := func(statut int, corps string) func(string, http.ResponseWriter) bool {
		return func(_ string, w http.ResponseWriter) bool {
			w.Header().Set("Content-Type", "application/soap+xml")
			w.WriteHeader(statut)
			w.Write([]byte(corps))
			return true
		}
	}
	enveloppe := func(s string) string {
		return `<s:Envelope xmlns:s="` + soap + `"><s:Body>` + s + `</s:Body></s:Envelope>`
	}
	for nom, faute := range map[string]func(string, http.ResponseWriter) bool{
		"cut":         coupe,
		"502":         texte(502, "x"),
		"fault":       texte(500, enveloppe(`<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="fr">`+canariTexte+`</s:Text></s:Reason></s:Fault>`)),
		"other":       texte(200, enveloppe(`<x/>`)),
		"correlation": texte(200, enveloppe(`<ReponseCLC xmlns="`+espace+`"><Requete>autre</Requete><Instant>2026-11-21T10:30:00Z</Instant><Issue><Code>INDISPONIBLE</Code></Issue></ReponseCLC>`)),
	} {
		for _, apres := range []bool{false, true} {
			t.Run(nom, func(t *testing.T) {
				b := installe(t)
				d := b.identifie(t)
				if apres {
					b.apres = faute
				} else {
					b.avant = faute
				}
				q := clc()
				s, k, err := b.client.CLC(t.Context(), &d, q)
				e, ok := errors.AsType[*simphonie.Erreur](err)
				require.True(t, ok)
				assert.Nil(t, k)
				assert.True(t, e.IssueInconnue, "%v", err)
				assert.False(t, e.Reessayable)
				assert.True(t, s.Dossier.AClarifier())
				assert.Equal(t, []dossier.Effet{dossier.Clarifier}, s.Effets)
				assert.False(t, strings.Contains(canari.Montre(err), canariTexte))
				p, ok := roc.PanneDe(err)
				assert.True(t, ok)
				assert.Contains(t, p.Conduite, "à clarifier")
				b.avant, b.apres = nil, nil

				_, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
				assert.ErrorContains(t, err, "ROC-A-CLARIFIER")
				ancien, _, err := b.client.CLC(t.Context(), &d, clc())
				assert.Equal(t, simphonie.Code("ROC-DEJA-PARTI"), code(err), "an older copy of the dossier")
				assert.Equal(t, s.Dossier.Suspens, ancien.Dossier.Suspens, "learns that there is something to clarify, and which request")
				if apres {
					s = ancien
				}
				assert.Equal(t, 1, b.recues["DemandeCLC"])
				liste, err := b.client.AClarifier(t.Context(), 10)
				require.NoError(t, err)
				require.Len(t, liste, 1)
				assert.Equal(t, "roc.clc", liste[0].Nature)
				assert.Equal(t, "reference-non-officielle/1", liste[0].Version)

				_, err = b.client.Decide(t.Context(), &s.Dossier, dossier.Decision{Requete: q.Requete, Verdict: dossier.SansEffet})
				assert.Equal(t, simphonie.Code("ROC-DECISION"), code(err), "nobody signs it")
				x := dossier.Decision{Requete: q.Requete, Verdict: dossier.SansEffet, Par: simphonie.NewConfidentiel(canariTexte), Motif: simphonie.NewConfidentiel("téléphone")}
				if b.engages[q.Requete] {
					x.Verdict, x.Engagement = dossier.Effective, "ENG-"+q.Requete
				}
				s, err = b.client.Decide(t.Context(), &s.Dossier, x)
				require.NoError(t, err)
				liste, err = b.client.AClarifier(t.Context(), 10)
				require.NoError(t, err)
				assert.Empty(t, liste)
				if x.Verdict == dossier.Effective {
					// Its amounts are not known: annul, then compute again.
					assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
					s, _, err = b.client.Annule(t.Context(), &s.Dossier, del())
					require.NoError(t, err)
				}
				s, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
				require.NoError(t, err)
				assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
			})
		}
	}
}

// Outcomes of a CLC that is answered: none is an error.
func TestIssues(t *testing.T) {
	for issue, attendu := range map[string]struct {
		etat      dossier.Etat
		clarifier bool
		codes     []simphonie.Code
	}{
		"ACTE_NON_COUVERT": {dossier.Identifie, false, []simphonie.Code{"ROC-REFUS"}},
		"CHOIX_CONTRAT":    {dossier.Identifie, false, []simphonie.Code{"ROC-INCOMPLET"}},
		"INDISPONIBLE":     {dossier.Identifie, false, []simphonie.Code{"ROC-INDISPONIBLE"}},
		"DOUBLON":          {dossier.Identifie, true, []simphonie.Code{"ROC-ISSUE-INCONNUE", "ROC-A-CLARIFIER"}},
		"NOUVEAU":          {dossier.Identifie, true, []simphonie.Code{"ROC-ISSUE-INCONNUE", "ROC-A-CLARIFIER"}},
	} {
		t.Run(issue, func(t *testing.T) {
			b := installe(t)
			d := b.identifie(t)
			b.issue = issue
			s, k, err := b.client.CLC(t.Context(), &d, clc())
			require.NoError(t, err)
			assert.Equal(t, issue, k.Issue.Code)
			assert.Equal(t, attendu.etat, s.Dossier.Etat)
			assert.Equal(t, attendu.clarifier, s.Dossier.AClarifier())
			assert.Equal(t, attendu.codes, s.Anomalies.Codes())
			b.issue = ""
			if !attendu.clarifier {
				s, _, err = b.client.CLC(t.Context(), &s.Dossier, clc())
				require.NoError(t, err, "nothing was committed: it may be asked again")
				assert.Equal(t, dossier.Calcule, s.Dossier.Etat)
			}
		})
	}
}

// Reads go from address to address; what commits money has one.
func TestAdresses(t *testing.T) {
	b := installe(t)
	b.config.Annuaire = route{[]string{"https://127.0.0.1:1/", b.url}}
	b.client = b.nouveau(t)
	d := b.identifie(t)
	s, _, err := b.client.CLC(t.Context(), &d, clc())
	e, _ := errors.AsType[*simphonie.Erreur](err)
	assert.Equal(t, simphonie.Code("TSV-RESEAU"), e.Code)
	assert.False(t, e.IssueInconnue, "nothing left: the dial was refused")
	assert.Nil(t, s.Dossier.Suspens)
	assert.Equal(t, dossier.NonParti, s.Dossier.Appels[1].Statut, "and the call is kept")
	assert.Zero(t, b.recues["DemandeCLC"])
	b.config.Annuaire = route{[]string{b.url}}
	s, _, err = b.nouveau(t).CLC(t.Context(), &s.Dossier, clc())
	require.NoError(t, err)
	assert.Equal(t, dossier.Calcule, s.Dossier.Etat)

	b.config.Annuaire = route{}
	_, _, err = b.nouveau(t).IDB(t.Context(), &d, idb())
	assert.Equal(t, simphonie.Code("ROC-SANS-ADRESSE"), code(err))
	x, ok := errors.AsType[*roc.SansAdresse](err)
	require.True(t, ok)
	assert.Equal(t, annuaire.HorsAnnuaire, x.Resultat.Issue)
	assert.Contains(t, err.Error(), "hors-annuaire")
	b.config.Annuaire = panneAnnuaire{}
	_, _, err = b.nouveau(t).IDB(t.Context(), &d, idb())
	assert.Equal(t, simphonie.Code("ROC-ANNUAIRE"), code(err))
}

type panneAnnuaire struct{}

func (panneAnnuaire) Cherche(context.Context, annuaire.Demande) (*annuaire.Resultat, error) {
	return nil, nil
}

// Requests that are not sent.
func TestRefus(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	avant := b.recues["DemandeCLC"]
	q := clc()
	q.Venue = "autre"
	_, _, err := b.client.CLC(t.Context(), &d, q)
	assert.Equal(t, simphonie.Code("ROC-DOSSIER-AUTRE"), code(err))
	q = clc()
	q.EJ = "750000000"
	_, _, err = b.client.CLC(t.Context(), &d, q)
	assert.ErrorContains(t, err, "TSV-EJ")
	q = clc()
	q.Lignes, q.Beneficiaire.Rang = nil, "12"
	_, _, err = b.client.CLC(t.Context(), &d, q)
	refus, ok := errors.AsType[*roc.Refus](err)
	require.True(t, ok)
	assert.Contains(t, refus.Anomalies.Codes(), simphonie.Code("ROC-LIGNES"))
	assert.Contains(t, refus.Anomalies.Codes(), simphonie.Code("ROC-RANG"))
	q = clc()
	q.Lignes[0].Quantite = 0
	s, _, err := b.client.CLC(t.Context(), &d, q)
	assert.Equal(t, simphonie.Code("ROC-ENCODE"), code(err))
	assert.Equal(t, d, s.Dossier)
	b.config.Garde = func(context.Context, *roc.Dossier) error { return errors.New("disk") }
	s, _, err = b.nouveau(t).CLC(t.Context(), &d, clc())
	assert.Equal(t, simphonie.Code("ROC-GARDE"), code(err))
	assert.Nil(t, s.Dossier.Suspens)
	assert.Equal(t, avant, b.recues["DemandeCLC"])
	_, _, err = b.client.SIM(t.Context(), nil, sim())
	assert.Equal(t, simphonie.Code("ROC-DEMANDE"), code(err))
	_, err = b.client.Decide(t.Context(), nil, dossier.Decision{})
	assert.Equal(t, simphonie.Code("ROC-DECISION"), code(err))
}

// A program stops between the sending and the save of its result.
func TestReprend(t *testing.T) {
	for nom, cas := range map[string]struct {
		prepare func(*banc)
		etat    dossier.Etat
		perdu   bool
	}{
		"answered": {func(*banc) {}, dossier.Calcule, false},
		"refused":  {func(b *banc) { b.issue = "ACTE_NON_COUVERT" }, dossier.Identifie, false},
		"lost":     {func(b *banc) { b.apres = func(string, http.ResponseWriter) bool { panic(http.ErrAbortHandler) } }, dossier.Identifie, true},
	} {
		t.Run(nom, func(t *testing.T) {
			b := installe(t)
			d := b.identifie(t)
			var garde []byte
			b.config.Garde = func(_ context.Context, d *roc.Dossier) (err error) { garde, err = dossier.Encode(d); return err }
			cas.prepare(b)
			b.nouveau(t).CLC(t.Context(), &d, clc())
			relu, err := dossier.Decode(garde)
			require.NoError(t, err)
			require.NotNil(t, relu.Suspens)
			s, err := b.client.Reprend(t.Context(), relu)
			require.NoError(t, err)
			assert.Equal(t, cas.etat, s.Dossier.Etat)
			assert.Equal(t, cas.perdu, s.Dossier.AClarifier())
			// Nothing is left to take up.
			encore, err := b.client.Reprend(t.Context(), &s.Dossier)
			require.NoError(t, err)
			assert.Equal(t, s.Dossier, encore.Dossier)
		})
	}
}

// Reprend while another program awaits the answer.
func TestReprendTropTot(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	var encore error
	b.config.Garde = func(ctx context.Context, d *roc.Dossier) error {
		_, encore = b.client.Reprend(ctx, d)
		return nil
	}
	_, _, err := b.nouveau(t).CLC(t.Context(), &d, clc())
	require.NoError(t, err)
	assert.Equal(t, simphonie.Code("ROC-EN-VOL"), code(encore))
}

// ROC is opened insurer by insurer, for a number of dossiers first.
func TestMiroir(t *testing.T) {
	b := installe(t)
	ouverts := 1
	b.config.Miroir = &roc.Miroir{Ouvertures: []roc.Ouverture{{AMC: "434243085", Max: 2}},
		Dossiers: func(context.Context, simphonie.NumeroAMC) (int, error) {
			if ouverts < 0 {
				return 0, errors.New("base")
			}
			return ouverts, nil
		}}
	b.client = b.nouveau(t)
	d := b.identifie(t)
	for n, attendu := range map[int]simphonie.Code{2: "ROC-MIROIR-PLEIN", -1: "ROC-MIROIR-COMPTE"} {
		ouverts = n
		neuf, _ := dossier.New("26000001", amc)
		_, _, err := b.client.IDB(t.Context(), &neuf, idb())
		assert.Equal(t, attendu, code(err))
		_, _, err = b.client.SIM(t.Context(), &d, sim())
		assert.NoError(t, err, "a dossier that was begun goes on")
	}
	b.config.Miroir.Ouvertures = []roc.Ouverture{{AMC: "775671993"}}
	neuf, _ := dossier.New("26000001", amc)
	_, _, err := b.nouveau(t).IDB(t.Context(), &neuf, idb())
	assert.Equal(t, simphonie.Code("ROC-MIROIR-AMC"), code(err))
	b.config.Miroir.Ouvertures = []roc.Ouverture{{AMC: "775671993", Max: -1}}
	_, err = roc.New(b.config)
	assert.Equal(t, simphonie.Code("ROC-CONFIG-MIROIR"), code(err))
}

// Two insurers: the second is told the first one's parts, line by line.
func TestDeuxComplementaires(t *testing.T) {
	cs := roc.Couvertures{{Cle: simphonie.CleAMC{Numero: "775671993"}}, {Cle: simphonie.CleAMC{Numero: amc}}}
	assert.Equal(t, []simphonie.NumeroAMC{"775671993"}, cs.Precedentes("434243085"))
	assert.Empty(t, cs.Precedentes("775671993"))
	assert.Empty(t, cs.Precedentes("1"))
	b := installe(t)
	d := b.identifie(t)
	q := clc()
	q.Precedentes = cs.Precedentes(amc)
	q.Parts = append(q.Parts, facture.Part{Ligne: 1, Debiteur: simphonie.AMC("775671993"), Montant: 1500, Etat: facture.Engage})
	s, k, err := b.client.CLC(t.Context(), &d, q)
	require.NoError(t, err)
	assert.Contains(t, b.messages[1], "<AutrePart><NumeroAMC>775671993</NumeroAMC><Montant>15.00</Montant><Etat>ENGAGE</Etat></AutrePart>")
	// Line 2: 100 - 80 - 15 = 5.00 is due, the insurer says 10.00.
	assert.Equal(t, []simphonie.Code{"ROC-PART-EXCES"}, k.Anomalies.Codes())
	assert.True(t, s.Dossier.Calcul.Douteux)
	f := s.Dossier.Applique(b.client.Emission("1", jour, roc.DemandeCLC{Entete: q.Entete, Chiffrage: roc.Chiffrage{Lignes: q.Lignes, Parts: append(s.Dossier.Parts(), q.Parts[4]), Precedentes: q.Precedentes}}, nil), roc.Politique{})
	assert.Equal(t, []simphonie.Code{"ROC-CALCUL-DOUTEUX"}, f.Anomalies.Codes())
}

// Every fault of a configuration is listed.
func TestConfig(t *testing.T) {
	_, err := roc.New(roc.Config{})
	for _, c := range []string{"ROC-CONFIG-CANAL", "ROC-CONFIG-ANNUAIRE", "ROC-CONFIG-CODEC", "ROC-CONFIG-JOURNAL", "ROC-CONFIG-SECRET"} {
		assert.ErrorContains(t, err, c)
	}
	b := installe(t)
	b.config.Codec = officiel{}
	_, err = roc.New(b.config)
	assert.Equal(t, simphonie.Code("ROC-CONFIG-PROFIL"), code(err), "an official codec says which specification it follows")
	assert.False(t, modele.Specification("2020").Connue())
}

type officiel struct{ reference.Codec }

func (officiel) Profil() roc.Profil {
	p := reference.Codec{}.Profil()
	p.Officiel = true
	return p
}

// Nothing personal is shown by what a call gives, whatever prints it.
func TestMasque(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	q := clc()
	s, k, err := b.client.CLC(t.Context(), &d, q)
	require.NoError(t, err)
	for _, v := range []any{q, s, k, s.Dossier, b.config.Secret, *k} {
		montre := canari.Montre(v)
		require.NotEmpty(t, montre)
		for _, secret := range []string{canariTexte, "1810163220751", "secret d'installation", "1981-01-01"} {
			assert.False(t, strings.Contains(montre, secret), secret)
		}
	}
	octets, err := dossier.Encode(&s.Dossier)
	require.NoError(t, err)
	assert.True(t, bytes.Contains(octets, []byte(canariTexte)), "storage holds them whole")
}

// A client that New did not make refuses to work, and stops nobody.
func TestClientNul(t *testing.T) {
	d, _ := dossier.New("26000001", amc)
	for _, c := range []*roc.Client{nil, {}} {
		var errs []error
		_, _, err := c.IDB(t.Context(), &d, idb())
		errs = append(errs, err)
		_, _, err = c.SIM(t.Context(), &d, sim())
		errs = append(errs, err)
		_, _, err = c.CLC(t.Context(), &d, clc())
		errs = append(errs, err)
		_, _, err = c.Annule(t.Context(), &d, del())
		errs = append(errs, err)
		_, err = c.Decide(t.Context(), &d, dossier.Decision{})
		errs = append(errs, err)
		_, err = c.Reprend(t.Context(), &d)
		errs = append(errs, err)
		_, err = c.AClarifier(t.Context(), 1)
		errs = append(errs, err)
		for _, err := range errs {
			assert.Equal(t, simphonie.Code("ROC-CLIENT"), code(err))
		}
		q := clc()
		assert.Zero(t, c.Emission("1", jour, q, nil))
		assert.NotPanics(t, func() { c.Perime(&q.Entete, &q.Chiffrage) })
	}
}

// The caller gives up while the insurer works: it may have been committed.
func TestAbandon(t *testing.T) {
	b := installe(t)
	d := b.identifie(t)
	ctx, fin := context.WithCancel(t.Context())
	b.avant = func(string, http.ResponseWriter) bool { fin(); return false }
	s, _, err := b.client.CLC(ctx, &d, clc())
	if err == nil { // the answer was quicker
		return
	}
	e, _ := errors.AsType[*simphonie.Erreur](err)
	assert.True(t, e.IssueInconnue)
	assert.True(t, s.Dossier.AClarifier())
	liste, err := b.client.AClarifier(t.Context(), 1)
	require.NoError(t, err)
	assert.Len(t, liste, 1, "the journal was written although the call was given up")
}
