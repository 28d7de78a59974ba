package mandat_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/internal/canari"
)

// complet is a mandate with a long life.
func complet(t testing.TB) *banc {
	t.Helper()
	b := soumis(t)
	b.preleve(13)
	b.fait(15, mandat.ReleveVu{Reference: "M-0001-P1", Montant: 17_00, Releve: "DFT-7"})
	b.fait(16, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: 5_00})
	b.fait(16, mandat.ReponseRecue{Reponse: modele.Reponse{Reference: "M-0001-P1-R1", Issue: modele.Fait, Montant: 5_00, Jour: origine.AddDays(16), Autorisation: "OK-2"}})
	return b
}

// Anybody can compute a record again: SHA-256 of its JSON, without the digest.
func TestEmpreinteDUnePreuve(t *testing.T) {
	b := complet(t)
	faits := []string{}
	for _, p := range b.m.Preuves {
		faits = append(faits, p.Fait)
		e := p.Empreinte
		p.Empreinte = ""
		j, err := json.Marshal(p)
		require.NoError(t, err)
		s := sha256.Sum256(j)
		assert.Equal(t, hex.EncodeToString(s[:]), e, p.Fait)
	}
	assert.Equal(t, []string{"proposition", "acceptation", "facture", "avis-envoye", "soumission", "reponse-recue", "releve", "remboursement", "reponse-recue"}, faits)
	assert.Contains(t, b.m.Preuves[1].Valeurs, mandat.Valeur{Nom: "plafondAffiche", Texte: "50.00"})
	assert.Contains(t, b.m.Preuves[1].Valeurs, mandat.Valeur{Nom: "ticket", Texte: "TIC-1"})
}

// Every change, cut, swap and insertion is found.
func TestVerifier(t *testing.T) {
	b := complet(t)
	ancre := b.m.Ancre()
	require.NoError(t, b.m.Verifier(ancre))
	n := len(b.m.Preuves)
	essaie := func(quoi string, change func([]mandat.Preuve) []mandat.Preuve) {
		t.Helper()
		m := b.m
		m.Preuves = slices.Clone(m.Preuves)
		for i := range m.Preuves {
			m.Preuves[i].Valeurs = slices.Clone(m.Preuves[i].Valeurs)
		}
		m.Preuves = change(m.Preuves)
		assert.Equal(t, simphonie.Code("DIA-PREUVE"), code(m.Verifier()), quoi)
	}
	for i := range n {
		essaie("cut", func(p []mandat.Preuve) []mandat.Preuve { return slices.Delete(p, i, i+1) })
		essaie("inserted", func(p []mandat.Preuve) []mandat.Preuve { return slices.Insert(p, i, p[i]) })
		essaie("hour", func(p []mandat.Preuve) []mandat.Preuve { p[i].Le = p[i].Le.Add(1000); return p })
		essaie("day", func(p []mandat.Preuve) []mandat.Preuve { p[i].Jour = p[i].Jour.AddDays(1); return p })
		essaie("fact", func(p []mandat.Preuve) []mandat.Preuve { p[i].Fait += "x"; return p })
		essaie("rank", func(p []mandat.Preuve) []mandat.Preuve { p[i].Rang++; return p })
		essaie("digest", func(p []mandat.Preuve) []mandat.Preuve { p[i].Empreinte = strings.Repeat("0", 64); return p })
		essaie("before", func(p []mandat.Preuve) []mandat.Preuve { p[i].Precedente = strings.Repeat("0", 64); return p })
		for k := range b.m.Preuves[i].Valeurs {
			essaie("value", func(p []mandat.Preuve) []mandat.Preuve { p[i].Valeurs[k].Texte += "0"; return p })
			essaie("name", func(p []mandat.Preuve) []mandat.Preuve { p[i].Valeurs[k].Nom += "x"; return p })
		}
		for k := range i {
			essaie("swap", func(p []mandat.Preuve) []mandat.Preuve { p[i], p[k] = p[k], p[i]; return p })
		}
	}
	essaie("end cut", func(p []mandat.Preuve) []mandat.Preuve { return p[:n-1] })
	essaie("none", func([]mandat.Preuve) []mandat.Preuve { return nil })

	// The chain of another mandate, or the end of this one cut with its count:
	// that one the chain does not find, and an anchor does.
	m := b.m
	m.Numero = "M-0002"
	assert.Error(t, m.Verifier())
	m = b.m
	m.Preuves, m.Revision = m.Preuves[:n-1], n-1
	assert.NoError(t, m.Verifier())
	assert.Equal(t, simphonie.Code("DIA-PREUVE"), code(m.Verifier(ancre)))
	autre := ancre
	autre.Numero = "M-0002"
	assert.Error(t, b.m.Verifier(autre))
	assert.Error(t, b.m.Verifier(mandat.Ancre{}))
}

// Neither contact, card, nor the author of a decision stands in the evidence or
// in any printed form.
func TestRienEnClair(t *testing.T) {
	b := actif(t, 60)
	e := facture(17_00)
	e.AMC, e.Decision = mandat.AMCAbandonnee, mandat.Decision{Par: simphonie.NewConfidentiel("canari-agent"), Motif: simphonie.NewConfidentiel("canari-motif")}
	b.fait(10, e)
	s := canari.Montre(b.m) + canari.Montre(e) + canari.Montre(acceptation(b.m))
	j, err := json.Marshal(b.m.Preuves)
	require.NoError(t, err)
	for _, secret := range []string{"canari", "0612345678", "497010", "alias-"} {
		assert.NotContains(t, s, secret)
		assert.NotContains(t, string(j), secret)
	}
	assert.Contains(t, s, "M-0001")
}
