package diapason_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/diapasontest"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

var debut = func() time.Time {
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 3, 2, 10, 0, 0, 0, z)
}()

var politique = mandat.Politique{Territoire: simphonie.Metropole, Jours: mandat.Calendaires, Depart: mandat.JourEnvoi,
	Portee: mandat.ParAccord, Nombre: mandat.Unique, Limite: mandat.SurPrelevement}

func proposition(numero string) mandat.Proposition {
	return mandat.Proposition{Numero: numero, Dossier: "26000123", EJ: "750150237", Admission: mandat.AdmissionEcartee, Politique: politique,
		Plafond: 50_00, DateLimite: simphonie.JourOf(debut).AddDays(60), Contact: modele.Contact{Telephone: simphonie.NewConfidentiel("0612345678")}}
}

func consentement(m mandat.Mandat) diapason.Consentement {
	return diapason.Consentement{Terminal: "TPE-1", PlafondAffiche: m.Plafond, DateLimiteAffichee: m.DateLimite, VersionTexte: "accord-v1"}
}

func facture(numero string, c simphonie.Montant) mandat.FactureFinale {
	return mandat.FactureFinale{Factures: []mandat.Facture{{Numero: numero, Montant: c}}, AMC: mandat.AMCRepondu}
}

// gabarit is the text of the tests.
var gabarit = func() mandat.Gabarit {
	g, err := mandat.NewGabarit("avis-v1", mandat.TexteAvis, "CH de Test", "01 23 45 67 89")
	if err != nil {
		panic(err)
	}
	return g
}()

func trousseau(context.Context, string) ([]byte, error) { return bytes.Repeat([]byte{7}, 32), nil }

// errMagasin is what a store says when it fails.
var errMagasin = errors.New("the database is away")

// base keeps mandates, in memory or in a directory, and refuses a revision that
// is not above the one it holds.
type base struct {
	mu      sync.Mutex
	dir     string
	gardes  map[string]mandat.Mandat
	panne   func() error // before the save
	passage func(string) // at each boundary
}

func (b *base) garde(_ context.Context, m mandat.Mandat) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.panne != nil {
		if err := b.panne(); err != nil {
			return err
		}
	}
	avant, err := b.lit(m.Numero)
	if err != nil {
		return err
	}
	if avant.Revision >= m.Revision {
		return fmt.Errorf("revision %d is saved already", avant.Revision)
	}
	b.passe("avant garde")
	if b.dir == "" {
		b.gardes[m.Numero] = m
		return nil
	}
	x, err := mandat.Encode(m)
	if err != nil {
		return err
	}
	if err := remplace(filepath.Join(b.dir, m.Numero+".json"), x); err != nil {
		return err
	}
	b.passe("après garde")
	return nil
}

func (b *base) passe(ou string) {
	if b.passage != nil {
		b.passage(ou)
	}
}

func remplace(chemin string, x []byte) error {
	if err := os.WriteFile(chemin+".neuf", x, 0o600); err != nil {
		return err
	}
	return os.Rename(chemin+".neuf", chemin)
}

// lit gives a mandate, the zero one when there is none.
func (b *base) lit(numero string) (mandat.Mandat, error) {
	if b.dir == "" {
		return b.gardes[numero], nil
	}
	x, err := os.ReadFile(filepath.Join(b.dir, numero+".json"))
	if errors.Is(err, os.ErrNotExist) {
		return mandat.Mandat{}, nil
	}
	if err != nil {
		return mandat.Mandat{}, err
	}
	return mandat.Decode(x)
}

// magasin is a store of the journal with faults and boundaries.
type magasin struct {
	journal.Magasin
	avant, apres func() error
	passage      func(string)
}

func (m *magasin) Modifie(ctx context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	ou := ""
	if m.avant != nil {
		if err := m.avant(); err != nil {
			return err
		}
	}
	err := m.Magasin.Modifie(ctx, c, func(es []journal.Essai) ([]journal.Etape, error) {
		s, err := f(es)
		if len(s) > 0 {
			ou = s[0].Genre.String()
			m.passe("avant " + ou)
		}
		return s, err
	})
	if err == nil && ou != "" {
		m.passe("après " + ou)
	}
	if err == nil && m.apres != nil {
		return m.apres()
	}
	return err
}

func (m *magasin) passe(ou string) {
	if m.passage != nil {
		m.passage(ou)
	}
}

// banc is one establishment with its platform.
type banc struct {
	testing.TB
	p   *diapasontest.Plateforme
	n   *diapasontest.Notificateur
	b   *base
	mag *magasin
	x   *diapason.Executant
	j   *journal.Journal
}

func nouveau(t testing.TB, r diapasontest.Reglages) *banc {
	t.Helper()
	return nouveauDans(t, "", r)
}

func nouveauDans(t testing.TB, dir string, r diapasontest.Reglages) *banc {
	t.Helper()
	if r.Debut.IsZero() {
		r.Debut = debut
	}
	p, err := diapasontest.NewPlateforme(r)
	require.NoError(t, err)
	s := &banc{TB: t, p: p, n: diapasontest.NewNotificateur(), b: &base{dir: dir, gardes: map[string]mandat.Mandat{}}}
	chez := dir
	if chez == "" {
		s.mag = &magasin{Magasin: &memoire{essais: map[journal.Cle][]journal.Essai{}}}
	} else {
		f, err := journal.OuvreFichier(filepath.Join(chez, "journal"))
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		s.mag = &magasin{Magasin: f}
	}
	s.j, err = journal.New(journal.Config{Magasin: s.mag, Trousseau: trousseau, Horloge: p.Maintenant})
	require.NoError(t, err)
	s.x, err = diapason.New(diapason.Config{Plateforme: p, Notificateur: s.n, Journal: s.j, Garde: s.b.garde, Gabarit: gabarit, Horloge: p.Maintenant, Sursis: time.Minute})
	require.NoError(t, err)
	return s
}

// memoire is a store of the journal in memory.
type memoire struct {
	mu     sync.Mutex
	essais map[journal.Cle][]journal.Essai
}

func (m *memoire) Modifie(_ context.Context, c journal.Cle, f func([]journal.Essai) ([]journal.Etape, error)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	es := append([]journal.Essai(nil), m.essais[c]...)
	etapes, err := f(es)
	if err != nil {
		return err
	}
	for _, s := range etapes {
		if s.Essai > len(es) {
			es = append(es, journal.Essai{Ref: journal.Ref{Cle: c, Essai: s.Essai}})
		}
		es[s.Essai-1] = es[s.Essai-1].Avec(s)
	}
	m.essais[c] = es
	return nil
}

func (m *memoire) Lit(_ context.Context, c journal.Cle) ([]journal.Essai, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]journal.Essai(nil), m.essais[c]...), nil
}

func (m *memoire) Liste(_ context.Context, f journal.Filtre) ([]journal.Essai, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var es []journal.Essai
	for _, x := range m.essais {
		for _, e := range x {
			if f.Retient(e) && len(es) < f.Max {
				es = append(es, e)
			}
		}
	}
	return es, nil
}

// propose makes a mandate and saves it.
func (s *banc) propose(numero string, change ...func(*mandat.Proposition)) mandat.Mandat {
	s.Helper()
	d := proposition(numero)
	for _, f := range change {
		f(&d)
	}
	m, err := mandat.New(d, s.p.Maintenant())
	require.NoError(s, err)
	require.NoError(s, s.b.garde(s.Context(), m))
	return m
}

// jourA plays one day of a mandate as an establishment does, from what is
// saved: errors are what they are, the next day goes on.
func (s *banc) jourA(numero string, jour int, vie vie) mandat.Mandat {
	s.Helper()
	lit := func() mandat.Mandat {
		m, err := s.b.lit(numero)
		require.NoError(s, err)
		return m
	}
	ctx := s.Context()
	m := lit()
	if (m.Etat == mandat.Propose || m.Etat == mandat.ControleEchoue) && jour < 10 {
		_, _, _ = s.x.Scelle(ctx, m, consentement(m))
		m = lit()
	}
	if jour >= 10 && m.Etat == mandat.Actif {
		_, _, _ = s.x.Applique(ctx, m, facture("F-1", vie.montant))
		m = lit()
	}
	if vie.corrige > 0 && jour >= 12 && (m.Etat == mandat.MontantConnu || m.Etat == mandat.Avise) && m.Prelevements[0].Montant == vie.montant {
		_, _, _ = s.x.Applique(ctx, m, mandat.FactureCorrigee(facture("F-1", vie.corrige)))
		m = lit()
	}
	_, _, _ = s.x.Avance(ctx, m)
	m = lit()
	if vie.rembourse > 0 && jour >= 20 && m.Etat == mandat.Preleve && len(m.Prelevements[0].Rendus) == 0 {
		_, _, _ = s.x.Applique(ctx, m, mandat.DemandeRemboursement{Rang: 1, Numero: 1, Montant: vie.rembourse})
		m = lit()
	}
	return m
}

// vie is what happens to a mandate.
type vie struct{ montant, corrige, rembourse simphonie.Montant }

// joue plays a mandate until day D+n.
func (s *banc) joue(numero string, n int, v vie) mandat.Mandat {
	s.Helper()
	var m mandat.Mandat
	for jour := range n + 1 {
		if jour < 3 || jour > 9 { // nothing happens in between
			m = s.jourA(numero, jour, v)
		}
		s.p.AvanceJours(1)
	}
	return m
}

// juge holds a mandate against the ledger of the platform.
func (s *banc) juge(numero string, m mandat.Mandat, quoi string) diapasontest.Registre {
	s.Helper()
	r := s.p.Registre(numero)
	require.LessOrEqual(s, r.NombreDebits, 1, "%s: debited twice", quoi)
	require.LessOrEqual(s, r.NombreRemboursements, 1, "%s: paid back twice", quoi)
	require.Empty(s, r.Violations, "%s: the ledger had to refuse", quoi)
	require.LessOrEqual(s, r.Debits, simphonie.Montant(50_00), quoi)
	require.LessOrEqual(s, r.Remboursements, r.Debits, quoi)
	if m.Etat != mandat.Incertain && m.Etat != mandat.Soumis {
		require.Equal(s, r.Debits, m.Preleve(), "%s: %s", quoi, m.Etat)
	}
	for _, e := range r.Ecritures {
		if e.Genre == diapasontest.Debit {
			require.NotEmpty(s, s.n.Avis(), "%s: debited without a notice", quoi)
			p := m.Prelevements[0]
			require.False(s, e.Le.Before(p.AviseLe.AddDays(3)), quoi)
			require.Equal(s, p.Montant, e.Montant, quoi)
		}
	}
	return r
}

func code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

func jsonDe(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
