package mandat_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// temoin is a second account of a mandate, kept from the events that were
// accepted and the effects that came out, by its own rules.
type temoin struct {
	t        *testing.T
	p        mandat.Politique
	plafond  simphonie.Montant
	limite   simphonie.Jour
	montant  simphonie.Montant            // the last amount that was given
	avise    simphonie.Montant            // the amount of the last notice
	avis     simphonie.Jour               // its day 0
	enVol    map[string]simphonie.Montant // orders whose result is not known
	debits   map[string]simphonie.Montant
	rendus   map[string]simphonie.Montant // by debit
	retire   bool
	ordres   int
	constats int
	factures map[string]bool
	demande  []mandat.Facture
}

func (w *temoin) soumis(jour simphonie.Jour, e mandat.Effet) {
	w.ordres++
	require.Equal(w.t, w.montant, e.Montant, "partial, or not the amount")
	require.Equal(w.t, w.montant, w.avise, "without a notice of this amount")
	require.False(w.t, w.avis.IsZero(), "without a notice")
	require.False(w.t, jour.Before(w.p.Echeance(w.avis)), "too early")
	dernier := jour
	if w.p.Limite == mandat.SurPrelevement {
		dernier = jour.AddDays(w.p.Traitement)
	}
	require.False(w.t, dernier.After(w.limite), "too late")
	require.NotContains(w.t, w.enVol, e.Reference, "sent again while its result is not known")
	require.NotContains(w.t, w.debits, e.Reference, "sent twice")
	require.False(w.t, w.retire, "after the patient changed their mind")
	total := e.Montant
	for _, d := range w.debits {
		total += d
	}
	if w.p.Portee == mandat.ParFacture {
		total = 0
		for _, f := range w.demande {
			total = max(total, f.Montant)
		}
	}
	require.LessOrEqual(w.t, total, w.plafond, "above the ceiling")
	for _, f := range w.demande {
		require.False(w.t, w.factures[f.Numero], "an invoice twice")
	}
	w.enVol[e.Reference] = e.Montant
}

// debitDe gives the reference of the debit of a refund.
func debitDe(ref string, rangs int, m mandat.Mandat) string {
	for r := 1; r <= rangs; r++ {
		for k := range m.Prelevements[r-1].Rendus {
			if m.ReferenceRemboursement(r, k+1) == ref {
				return m.Reference(r)
			}
		}
	}
	return ""
}

// Random events, most of them out of place: what was forbidden is refused and
// changes nothing, and the account of the witness never finds a fault.
func TestProprietes(t *testing.T) {
	n := 400
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		n = 50_000
	}
	graine := rand.Uint64()
	if g := os.Getenv("SIMPHONIE_GRAINE"); g != "" {
		var err error
		graine, err = strconv.ParseUint(g, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SIMPHONIE_GRAINE=%d, %d mandates", graine, n)
	h := rand.New(rand.NewPCG(graine, 1))
	ordres, debits, remboursements, refus, constats, etats := 0, 0, 0, 0, 0, map[mandat.Etat]int{}
	for range n {
		p := proposition(12 + h.IntN(40))
		p.Politique = mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Decompte(1 + h.IntN(3)), Depart: mandat.Depart(1 + h.IntN(2)), Portee: mandat.Portee(1 + h.IntN(2)),
			Nombre: mandat.Nombre(1 + h.IntN(2)), Limite: mandat.Limite(1 + h.IntN(2)), Traitement: h.IntN(3), Reprises: h.IntN(3)}
		m, err := mandat.New(p, a(0))
		require.NoError(t, err)
		w := &temoin{t: t, p: p.Politique, plafond: p.Plafond, limite: p.DateLimite, enVol: map[string]simphonie.Montant{}, debits: map[string]simphonie.Montant{},
			rendus: map[string]simphonie.Montant{}, factures: map[string]bool{}}
		jour := 0
		for k := range 60 {
			e := hasard(h, m, k, jour)
			suivant, effets, err := m.Appliquer(e, a(jour))
			if err != nil {
				refus++
				require.Equal(t, m, suivant)
				require.Empty(t, effets)
			} else {
				require.GreaterOrEqual(t, suivant.Revision, m.Revision)
				w.voit(e, origine.AddDays(jour), m, suivant)
				for _, x := range effets {
					switch x.Genre {
					case mandat.Soumettre:
						w.soumis(origine.AddDays(jour), x)
					case mandat.Rembourser:
						require.NotContains(t, w.enVol, x.Reference)
						d := debitDe(x.Reference, len(suivant.Prelevements), suivant)
						attente := x.Montant
						for ref, c := range w.enVol {
							if debitDe(ref, len(suivant.Prelevements), suivant) == d {
								attente += c
							}
						}
						require.LessOrEqual(t, w.rendus[d]+attente, w.debits[d], "paid back more than the debit")
						w.enVol[x.Reference] = x.Montant
						remboursements++
					}
				}
				m = suivant
			}
			if h.IntN(3) == 0 {
				jour += 1 + h.IntN(3)
			}
		}
		var total simphonie.Montant
		for _, d := range w.debits {
			total += d
		}
		require.Equal(t, total, m.Preleve())
		require.NoError(t, m.Verifier())
		b, err := mandat.Encode(m)
		require.NoError(t, err)
		relu, err := mandat.Decode(b)
		require.NoError(t, err)
		require.Equal(t, m, relu)
		ordres += w.ordres
		constats += w.constats
		debits += len(w.debits)
		etats[m.Etat]++
	}
	t.Logf("%d orders, %d debits, %d refunds, %d refusals, %d constats, %v", ordres, debits, remboursements, refus, constats, etats)
	assert.Greater(t, ordres, n/4)
	assert.Greater(t, debits, n/8)
	assert.NotZero(t, remboursements)
	assert.NotZero(t, constats)
	assert.Greater(t, len(etats), 10)
}

// voit follows an event that was accepted.
func (w *temoin) voit(e mandat.Evenement, jour simphonie.Jour, avant, m mandat.Mandat) {
	finit := func(r modele.Reponse, ref string) {
		if _, ok := w.enVol[ref]; !ok {
			return
		}
		switch r.Issue {
		case modele.Fait:
			if d := debitDe(ref, len(m.Prelevements), m); d != "" {
				w.rendus[d] += w.enVol[ref]
			} else {
				w.debits[ref] = w.enVol[ref]
				for _, f := range w.demande {
					w.factures[f.Numero] = true
				}
			}
			delete(w.enVol, ref)
		case modele.Refuse, modele.Absent:
			delete(w.enVol, ref)
			if r.Issue == modele.Refuse && debitDe(ref, len(m.Prelevements), m) == "" {
				w.avis = simphonie.Jour{}
			}
		}
	}
	demande := func(fs []mandat.Facture) {
		w.demande, w.montant, w.avis = fs, 0, simphonie.Jour{}
		for _, f := range fs {
			w.montant += f.Montant
		}
	}
	switch e := e.(type) {
	case mandat.FactureFinale:
		if m.Etat == mandat.MontantConnu {
			demande(e.Factures)
		}
	case mandat.FactureCorrigee:
		demande(e.Factures)
	case mandat.AvisEnvoye:
		if avant.Etat == mandat.MontantConnu {
			w.avise = w.montant
			if w.p.Depart == mandat.JourEnvoi {
				w.avis = jour
			}
		}
	case mandat.AvisRemis:
		if w.p.Depart == mandat.JourRemise && w.avis.IsZero() {
			w.avis = jour
		}
	case mandat.Retrait:
		w.retire = true
	case mandat.ReponseRecue:
		finit(e.Reponse, e.Reponse.Reference)
	case mandat.Interrogation:
		finit(e.Reponse, e.Reponse.Reference)
	case mandat.JamaisParti:
		delete(w.enVol, e.Reference)
	case mandat.Constat:
		ref := e.Reponse.Reference
		d := debitDe(ref, len(m.Prelevements), m)
		delete(w.enVol, ref)
		switch {
		case e.Reponse.Issue != modele.Fait:
		case d != "":
			w.rendus[d] += e.Reponse.Montant
		default:
			w.debits[ref] = e.Reponse.Montant
		}
		w.retire = w.retire || d == ""
		w.constats++
	}
}

// hasard gives an event: fit for the mandate half of the time.
func hasard(h *rand.Rand, m mandat.Mandat, k, jour int) mandat.Evenement {
	rang := max(len(m.Prelevements), 1)
	if h.IntN(8) == 0 {
		rang = 1 + h.IntN(3)
	}
	ref, avis, montant := m.Reference(rang), 1, simphonie.Montant(1)
	numero := 1
	if rang <= len(m.Prelevements) {
		c := m.Prelevements[rang-1]
		avis, montant, numero = c.Avis, c.Montant, len(c.Rendus)+1
		if r := len(c.Rendus); r > 0 && h.IntN(2) == 0 {
			ref, montant = m.ReferenceRemboursement(rang, r), c.Rendus[r-1].Montant
		}
	}
	if h.IntN(10) == 0 {
		montant += simphonie.Montant(h.IntN(3) - 1)
	}
	r := modele.Reponse{Reference: ref, Issue: modele.Issue(1 + h.IntN(4)), Montant: montant, Jour: origine.AddDays(jour)}
	f := mandat.FactureFinale{AMC: mandat.AMCRepondu}
	for i := range 1 + h.IntN(2) {
		f.Factures = append(f.Factures, mandat.Facture{Numero: fmt.Sprintf("F-%d-%d", k-h.IntN(3), i), Montant: simphonie.Montant(h.IntN(30_00))})
	}
	utiles := map[mandat.Etat][]mandat.Evenement{
		mandat.Propose:      {acceptation(m)},
		mandat.Actif:        {f},
		mandat.MontantConnu: {mandat.AvisEnvoye{Avis: avis, Annonce: m.Politique.Echeance(origine.AddDays(jour))}},
		mandat.Avise:        {mandat.JourVenu{}, mandat.JourVenu{}, mandat.AvisRemis{Avis: avis}},
		mandat.Soumis:       {mandat.ReponseRecue{Reponse: r}, mandat.ReponsePerdue{Reference: ref}},
		mandat.Incertain:    {mandat.Interrogation{Reponse: r}},
		mandat.Preleve:      {f, mandat.DemandeRemboursement{Rang: rang, Numero: numero, Montant: max(montant/2, 1)}},
		mandat.Rembourse:    {f, mandat.DemandeRemboursement{Rang: rang, Numero: numero, Montant: max(montant/3, 1)}, mandat.ReponseRecue{Reponse: r}, mandat.Interrogation{Reponse: r}, mandat.ReponsePerdue{Reference: ref}},
	}
	c := mandat.Constat{Reponse: modele.Reponse{Reference: ref, Issue: modele.Absent}, Decision: decision}
	if h.IntN(2) == 0 {
		c.Reponse = modele.Reponse{Reference: ref, Issue: modele.Fait, Montant: max(montant+simphonie.Montant(h.IntN(5)-2), 1), Jour: origine.AddDays(jour)}
	}
	if u := utiles[m.Etat]; len(u) > 0 && h.IntN(4) > 0 {
		return u[h.IntN(len(u))]
	}
	tous := []mandat.Evenement{acceptation(m), mandat.RefusPatient{}, mandat.ControleRefuse{}, f, mandat.FactureCorrigee(f), mandat.AvisEnvoye{Avis: avis, Annonce: origine.AddDays(jour)},
		mandat.AvisRemis{Avis: avis}, mandat.AvisImpossible{Avis: avis + h.IntN(2)}, mandat.JourVenu{}, mandat.JourVenu{}, mandat.JourVenu{}, mandat.ReponseRecue{Reponse: r}, mandat.ReponsePerdue{Reference: ref},
		mandat.JamaisParti{Reference: ref}, mandat.Interrogation{Reponse: r}, mandat.Interrogation{Reponse: r}, mandat.ReleveVu{Reference: ref, Montant: montant, Releve: "DFT-1"},
		mandat.DemandeRemboursement{Rang: rang, Numero: numero, Montant: montant}, mandat.AccordClos{}, mandat.AlternativeRetenue{Moyen: mandat.EMandat}, c}
	if h.IntN(10) == 0 {
		tous = append(tous, mandat.Retrait{}, mandat.Cloture{}, mandat.Contestation{Rang: rang, Nature: mandat.Nature(1 + h.IntN(2)), Montant: montant, Reference: fmt.Sprint("C-", k)})
	}
	return tous[h.IntN(len(tous))]
}
