package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	cdrireference "github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/insi/insitest"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
	rocreference "github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/roc/roctest"
)

const numero = "26000001"

// hopital is an installation before its simulators.
type hopital struct {
	*gap
	s *simulateurs
	a *admission
	r reglages
}

func nouvelHopital(t *testing.T, options ...roctest.Option) *hopital {
	t.Helper()
	s, a, err := demarre(options...)
	require.NoError(t, err)
	r, err := s.reglages(filepath.Join(t.TempDir(), "gap.db"))
	require.NoError(t, err)
	h := &hopital{s: s, a: a, r: r}
	h.gap, err = ouvre(t.Context(), r)
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, h.base.Close())
		assert.NoError(t, s.Close())
	})
	return h
}

// redemarre stops the software and starts it again on the same database.
func (h *hopital) redemarre(t *testing.T) {
	t.Helper()
	require.NoError(t, h.base.Close())
	var err error
	h.gap, err = ouvre(t.Context(), h.r)
	require.NoError(t, err)
}

// du gives what each debtor owes, in cents, as the tables tell.
func (h *hopital) du(t *testing.T) []string {
	t.Helper()
	ts, err := h.base.textes(t.Context(), `SELECT debiteur || ' ' || etat || ' ' || SUM(montant) FROM parts GROUP BY debiteur, etat`)
	require.NoError(t, err)
	return ts
}

func (h *hopital) alertes(t *testing.T) string {
	t.Helper()
	ts, err := h.base.textes(t.Context(), `SELECT COALESCE(group_concat(texte, char(10)), '') FROM alertes`)
	require.NoError(t, err)
	return ts[0]
}

func (h *hopital) aClarifier(t *testing.T) int {
	t.Helper()
	es, err := h.roc.AClarifier(t.Context(), 100)
	require.NoError(t, err)
	return len(es)
}

// The visit of an adult of 45 or over, without supplement: FU3, fictitious, 36.435
// rounded half up, paid by the AMO; FPU, 23.00, asked of the patient, then paid whole by the
// insurer, whose contract covers all of the ticket modérateur.
var (
	avant = []string{"amo theorique 3644", "patient theorique 2300"}
	apres = []string{"amc 77565712 engage 2300", "amo theorique 3644"}
)

func TestPassage(t *testing.T) {
	h := nouvelHopital(t)
	require.NoError(t, h.accueille(t.Context(), h.a))
	require.NoError(t, h.chiffre(t.Context(), numero))
	assert.Equal(t, avant, h.du(t))
	v, err := h.base.venue(t.Context(), numero)
	require.NoError(t, err)
	assert.NotNil(t, v.Identite.INS)
	assert.Len(t, v.Acquisitions, 2)
	assert.Equal(t, "2", v.Droits.Acquisition.PieceAMO, "CDRi alone says it")
	require.NoError(t, h.complementaire(t.Context(), numero))
	assert.Equal(t, apres, h.du(t))
	assert.Equal(t, map[modele.Service]int{modele.IDB: 1, modele.SIM: 1, modele.CLC: 1}, h.s.roc.Requetes())
	vivants := h.s.roc.Vivants(amc, numero)
	require.Len(t, vivants, 1)
	assert.Equal(t, simphonie.Montant(23_00), vivants[0].Total)
	assert.Zero(t, h.aClarifier(t))

	require.NoError(t, h.complementaire(t.Context(), numero), "done already: nobody is called")
	assert.Equal(t, 1, h.s.roc.Bilan("").Calculs)

	require.Error(t, h.chiffre(t.Context(), numero), "the insurer is committed to the invoice as it is")
	assert.Equal(t, apres, h.du(t))

	// What is printed names nobody.
	var b bytes.Buffer
	require.NoError(t, h.rapport(t.Context(), &b))
	personne, _ := roctest.Connu(amc, "ordinaire")
	assert.Contains(t, b.String(), "amc 77565712             engage         23,00 €")
	for _, secret := range []string{personne.NIR.Numero(), personne.Adherent.Clair(), personne.Nom.Clair(), personne.Prenom.Clair(), personne.Naissance.Clair()} {
		assert.NotContains(t, b.String(), secret)
	}
}

// Without INSi nor CDRi the visit goes on: the identity stays as it was typed,
// the rights are those of the attestation, and the agent is told.
func TestTeleservicesEnPanne(t *testing.T) {
	h := nouvelHopital(t)
	require.NoError(t, h.s.insi.Scenario(insitest.Cible{}, "http:503"))
	require.NoError(t, h.s.cdri.Scenario(cdritest.Cible{}, "http:503"))
	require.NoError(t, h.passage(t.Context(), h.a))
	assert.Equal(t, apres, h.du(t))
	v, err := h.base.venue(t.Context(), numero)
	require.NoError(t, err)
	assert.Nil(t, v.Identite.INS)
	assert.Len(t, v.Acquisitions, 1)
	assert.Contains(t, h.alertes(t), "INSi : ")
	assert.Contains(t, h.alertes(t), "CDRi : ")
}

// A read that fails commits nobody: the patient owes what the rules say, and
// the next try takes the dossier where it is.
func TestAssureurEnPanne(t *testing.T) {
	for _, service := range []modele.Service{modele.IDB, modele.SIM} {
		h := nouvelHopital(t)
		require.NoError(t, h.s.roc.Scenario(roctest.Cible{Service: service}, "http:503"))
		require.Error(t, h.passage(t.Context(), h.a))
		assert.Equal(t, avant, h.du(t))
		assert.Zero(t, h.aClarifier(t))
		assert.Contains(t, h.alertes(t), "Complémentaire : ")

		require.NoError(t, h.s.roc.Scenario(roctest.Cible{Service: service}, "normal"))
		require.NoError(t, h.complementaire(t.Context(), numero))
		assert.Equal(t, apres, h.du(t))
	}
}

// The directory does not answer: nobody is called.
func TestAnnuaireEnPanne(t *testing.T) {
	h := nouvelHopital(t)
	require.NoError(t, h.s.annuaire.Scenario("", "http:503"))
	require.Error(t, h.passage(t.Context(), h.a))
	assert.Empty(t, h.s.roc.Appels())
	assert.Equal(t, avant, h.du(t))
}

// A refusal is an answer: no error, and the patient owes.
func TestRefus(t *testing.T) {
	h := nouvelHopital(t)
	personne, _ := roctest.Connu(amc, "ordinaire")
	personne.Issue = roctest.DroitsFermes
	require.NoError(t, h.s.roc.Ajoute(personne))
	require.NoError(t, h.passage(t.Context(), h.a))
	assert.Equal(t, avant, h.du(t))
	assert.Zero(t, h.s.roc.Bilan("").Calculs)
}

// The answer to a CLC is lost: nothing is engaged, nothing is sent again, and
// the visit stays on the list over a restart, until an agent decides.
func TestReponsePerdue(t *testing.T) {
	h := nouvelHopital(t)
	require.NoError(t, h.s.roc.Enfile(roctest.Cible{Service: modele.CLC, Venue: numero}, "coupe-apres-lecture"))
	var e *simphonie.Erreur
	require.ErrorAs(t, h.passage(t.Context(), h.a), &e)
	assert.True(t, e.IssueInconnue)

	h.redemarre(t)
	assert.Equal(t, 1, h.aClarifier(t))
	assert.Equal(t, avant, h.du(t))
	require.Error(t, h.complementaire(t.Context(), numero))
	assert.Equal(t, roctest.Bilan{Calculs: 1, Engages: 1}, h.s.roc.Bilan(""))
	assert.Contains(t, h.alertes(t), "Demandez à la complémentaire")

	// The insurer says what it committed to; its ledger stands for the phone.
	engage := h.s.roc.Vivants(amc, numero)[0]
	x := dossier.Decision{Verdict: dossier.Effective, Par: simphonie.NewConfidentiel("Agent"), Motif: simphonie.NewConfidentiel("au téléphone"), Engagement: engage.Numero}
	for i, p := range engage.Parts {
		x.Montants = append(x.Montants, modele.Montant{Ligne: i, Part: p})
	}
	require.NoError(t, h.decide(t.Context(), numero, x))
	assert.Zero(t, h.aClarifier(t))
	assert.Equal(t, apres, h.du(t))
}

// The agent gives up while the CLC is on its way: it is to be clarified too.
func TestAbandonPendantLeCLC(t *testing.T) {
	ctx, renonce := context.WithCancel(t.Context())
	h := nouvelHopital(t, roctest.AvecTrace(func(a roctest.Appel) {
		if a.Service == modele.CLC {
			renonce()
		}
	}))
	require.NoError(t, h.s.roc.Enfile(roctest.Cible{Service: modele.CLC}, "lent:1h"))
	require.ErrorIs(t, h.passage(ctx, h.a), context.Canceled)
	v, err := h.base.venue(t.Context(), numero)
	require.NoError(t, err)
	assert.True(t, v.Dossier.AClarifier())
	assert.Equal(t, 1, h.aClarifier(t))
}

// The software dies while a CLC is on its way. The journal, which stands in the
// same database, has the answer: the next start takes it.
func TestArretPendantLeCLC(t *testing.T) {
	var h *hopital
	var enRoute []byte
	var enCours int
	h = nouvelHopital(t, roctest.AvecTrace(func(a roctest.Appel) {
		if a.Service == modele.CLC {
			assert.NoError(t, h.base.QueryRow(`SELECT dossier, en_cours FROM dossiers_roc`).Scan(&enRoute, &enCours))
		}
	}))
	require.NoError(t, h.passage(t.Context(), h.a))
	_, err := h.base.Exec(`UPDATE dossiers_roc SET dossier = ?, en_cours = ?; DELETE FROM parts WHERE etat = 'engage'`, enRoute, enCours)
	require.NoError(t, err, "as if the last write had not been made")

	h.redemarre(t)
	assert.Equal(t, apres, h.du(t))
	assert.Equal(t, 1, h.s.roc.Bilan("").Calculs)
	assert.Zero(t, h.aClarifier(t))
}

// The codecs that the editor writes from the norms pass the suites; those of
// the SDK stand for them here.
func TestCodecCDRi(t *testing.T) {
	cdritest.RunCodecSuite(t, cdrireference.Codec{}, cdritest.EcrivainReference())
}

func TestCodecROC(t *testing.T) {
	roctest.RunCodecSuite(t, rocreference.Codec{}, roctest.EcrivainReference())
}

func TestProgramme(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, execute(&b))
	assert.Contains(t, b.String(), "dossier calcule")
}

// docs/INTEGRATION.md names what is here.
func TestPageDIntegration(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "INTEGRATION.md"))
	require.NoError(t, err)
	for _, lien := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllSubmatch(page, -1) {
		_, err := os.Stat(filepath.Join("..", "..", "docs", string(lien[1])))
		assert.NoError(t, err)
	}
	essais, err := os.ReadFile("editeur_test.go")
	require.NoError(t, err)
	for _, nom := range regexp.MustCompile(`\bTest\w+`).FindAllString(string(page), -1) {
		assert.Contains(t, string(essais), "func "+nom+"(")
	}
}
