package mandat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
)

// evenements is one of each kind, fit for the mandate wherever it stands.
func evenements(m mandat.Mandat) []mandat.Evenement {
	rang, avis, montant := max(len(m.Prelevements), 1), 1, m.Plafond
	if n := len(m.Prelevements); n > 0 {
		avis, montant = m.Prelevements[n-1].Avis, m.Prelevements[n-1].Montant
	}
	ref := m.Reference(rang)
	r := func(i modele.Issue) modele.Reponse {
		return modele.Reponse{Reference: ref, Issue: i, Montant: montant, Jour: origine.AddDays(13)}
	}
	nouvelle := facture(1_00)
	nouvelle.Factures[0].Numero = fmt.Sprintf("F-%d", len(m.Preuves)+100)
	return []mandat.Evenement{acceptation(m), mandat.RefusPatient{}, mandat.ControleRefuse{}, nouvelle, mandat.FactureCorrigee(facture(18_00)),
		mandat.AvisEnvoye{Avis: avis, Annonce: origine.AddDays(13)}, mandat.AvisRemis{Avis: avis}, mandat.AvisImpossible{Avis: avis}, mandat.Retrait{}, mandat.JourVenu{},
		mandat.ReponseRecue{Reponse: r(modele.Fait)}, mandat.ReponsePerdue{Reference: ref}, mandat.JamaisParti{Reference: ref}, mandat.Interrogation{Reponse: r(modele.Absent)},
		mandat.ReleveVu{Reference: ref, Montant: montant, Releve: "DFT-9"}, mandat.DemandeRemboursement{Rang: rang, Numero: 1, Montant: 1},
		mandat.Contestation{Rang: rang, Nature: mandat.Impaye, Montant: 1, Reference: "X-9"}, mandat.Cloture{}, mandat.AccordClos{}, mandat.AlternativeRetenue{Moyen: mandat.Guichet},
		constat(ref, 11, montant), constat(ref, 0, 0)}
}

// The table: for each state, the state after each event on D+11, "." for a
// refusal. Columns are those of evenements.
var table = []struct{ etat, suites string }{
	{"propose", "actif decline controle-echoue . . . . . . propose . . . . . . . . . . . ."},
	{"controle-echoue", "actif decline controle-echoue . . . . . . controle-echoue . . . . . . . . . . . ."},
	{"decline", ". . . . . . . . . decline . . . . . . . . decline . . ."},
	{"actif", ". . . montant-connu . . . . retire actif . . . . . . . . . . . ."},
	{"montant-connu", ". . . . montant-connu avise . sans-avis retire montant-connu . . . . . . . . . . . ."},
	{"avise", ". . . . montant-connu avise avise sans-avis retire avise . . . . . . . . . . . ."},
	{"soumis", ". . . . . . . . soumis soumis preleve incertain avise . . . . . . . . ."},
	{"incertain", ". . . . . . . . incertain incertain . . . avise . . . . . . preleve refuse"},
	{"preleve", ". . . . . . . . . preleve . . . . solde preleve conteste preleve preleve . . ."},
	{"solde", ". . . . . . . . . solde . . . . . solde conteste solde solde . . ."},
	{"rembourse", ". . . . . . . . . rembourse . . . . . . conteste rembourse rembourse . . ."},
	{"conteste", ". . . . . . . . . conteste . . . . conteste conteste conteste conteste conteste . . ."},
	{"rien-du", ". . . . . . . . . rien-du . . . . . . . . rien-du . . ."},
	{"plafond-depasse", ". . . . . . . . . plafond-depasse . . . . . . . . plafond-depasse alternative . ."},
	{"expire", ". . . . . . . . . expire . . . . . . . . expire alternative . ."},
	{"retire", ". . . . . . . . . retire . . . . . . . . retire alternative . ."},
	{"refuse", ". . . . . . . . . refuse . . . . . . . . refuse alternative . ."},
	{"sans-avis", ". . . . . . . . . sans-avis . . . . . . . . sans-avis alternative . ."},
	{"alternative", ". . . . . . . . . alternative . . . . . . . . alternative . . ."},
}

// en brings a mandate to a state.
func en(t *testing.T, etat string) *banc {
	chemin := map[string]func() *banc{
		"propose":         func() *banc { return nouveau(t, 60) },
		"controle-echoue": func() *banc { b := nouveau(t, 60); b.fait(0, mandat.ControleRefuse{}); return b },
		"decline":         func() *banc { b := nouveau(t, 60); b.fait(0, mandat.RefusPatient{}); return b },
		"actif":           func() *banc { return actif(t, 60) },
		"montant-connu":   func() *banc { b := actif(t, 60); b.fait(10, facture(17_00)); return b },
		"avise":           func() *banc { b := en(t, "montant-connu"); b.avise(10); return b },
		"soumis":          func() *banc { return soumis(t) },
		"incertain":       func() *banc { b := soumis(t); b.fait(13, mandat.ReponsePerdue{Reference: "M-0001-P1"}); return b },
		"preleve":         func() *banc { b := soumis(t); b.preleve(13); return b },
		"solde": func() *banc {
			b := en(t, "preleve")
			b.fait(14, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-7"})
			return b
		},
		"rembourse": func() *banc { return complet(t) },
		"conteste": func() *banc {
			b := en(t, "preleve")
			b.fait(14, mandat.Contestation{Rang: 1, Nature: mandat.Impaye, Montant: 1, Reference: "X-1"})
			return b
		},
		"rien-du":         func() *banc { b := actif(t, 60); b.fait(10, facture(0)); return b },
		"plafond-depasse": func() *banc { b := actif(t, 60); b.fait(10, facture(50_01)); return b },
		"expire":          func() *banc { b := actif(t, 13); b.fait(11, mandat.JourVenu{}); return b },
		"retire":          func() *banc { b := en(t, "avise"); b.fait(11, mandat.Retrait{}); return b },
		"refuse": func() *banc {
			b := soumis(t)
			b.fait(13, mandat.ReponseRecue{Reponse: b.reponse(13, modele.Refuse)})
			return b
		},
		"sans-avis": func() *banc { b := en(t, "montant-connu"); b.fait(10, mandat.AvisImpossible{Avis: 1}); return b },
		"alternative": func() *banc {
			b := en(t, "expire")
			b.fait(11, mandat.AlternativeRetenue{Moyen: mandat.Lien})
			return b
		},
	}
	b := chemin[etat]()
	require.Equal(t, etat, b.m.Etat.String())
	return b
}

// Every state takes every event as the table says, and refuses the others with
// an error that names both.
func TestTable(t *testing.T) {
	n := 0
	for _, x := range table {
		var suites []string
		b := en(t, x.etat)
		avant, err := mandat.Encode(b.m)
		require.NoError(t, err)
		for _, e := range evenements(b.m) {
			n++
			m, _, err := b.m.Appliquer(e, a(11))
			if err == nil {
				suites = append(suites, m.Etat.String())
				_, err := mandat.Encode(m)
				require.NoError(t, err, "%s, %T", x.etat, e)
			} else {
				suites = append(suites, ".")
				b.refuse(11, e, code(err))
			}
			apres, err := mandat.Encode(b.m)
			require.NoError(t, err)
			require.Equal(t, string(avant), string(apres), "%T changed the mandate before", e)
		}
		assert.Equal(t, x.suites, fmt.Sprint(suites)[1:len(fmt.Sprint(suites))-1], x.etat)
	}
	require.Equal(t, 19*22, n)
}
