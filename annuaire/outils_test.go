package annuaire_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/annuaire/annuairetest"
	"github.com/simphonie/simphonie/annuaire/reference"
	"github.com/simphonie/simphonie/teleservice"
)

const ej = simphonie.FINESS("750712184")

var depart = time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)

// horloge is a clock that tests move.
type horloge struct {
	mu sync.Mutex
	t  time.Time
}

func (h *horloge) maintenant() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.t
}

func (h *horloge) avance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.t = h.t.Add(d)
}

// config is the channel of an establishment to a simulator.
func config(t testing.TB, s *annuairetest.Serveur, h *horloge) teleservice.Config {
	t.Helper()
	racines, err := teleservice.LoadRacines(teleservice.Simulation, s.Racines)
	require.NoError(t, err)
	return teleservice.Config{
		Environnement: teleservice.Simulation, EJ: ej, URL: s.URL, Racines: racines,
		Authentification: &teleservice.TLSMutuel{Certificat: s.Client, CN: []string{annuairetest.CN}},
		Logiciel:         teleservice.Logiciel{Autorisation: "SIMULATEUR00", Nom: "simphonie", Version: "1.0", Instance: "0b1e4e0e-5f2c-4e4a-9d3c-0a1b2c3d4e5f"},
		Reprises:         teleservice.Reprises{Essais: 1}, Disjoncteur: teleservice.Disjoncteur{Inactif: true}, TailleMax: 1 << 20,
		Horloge: h.maintenant,
	}
}

func canal(t testing.TB, c teleservice.Config) *teleservice.Canal {
	t.Helper()
	k, err := teleservice.NewCanal(c)
	require.NoError(t, err)
	t.Cleanup(k.Close)
	return k
}

// parametres are those of the simulator for every service.
func parametres() annuaire.Parametres {
	p := annuaire.Parametres{Editeur: "EDITEUR D'ESSAI", Date: func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		Services: map[annuaire.Service]annuaire.ParametresService{}}
	for _, s := range []annuaire.Service{annuaire.IDB, annuaire.SIM, annuaire.CLC, annuaire.Annulation} {
		p.Services[s] = annuaire.ParametresService{Code: annuairetest.CodeService(string(s)), Norme: annuairetest.Norme, Version: annuairetest.Version, Types: []string{annuairetest.TypeAdresse}}
	}
	p.Services[annuaire.DRE] = annuaire.ParametresService{Code: annuairetest.CodeService("DRE")}
	return p
}

func options() annuaire.Options {
	return annuaire.Options{Parametres: parametres(), Codec: reference.Codec{}}
}

// monte starts a simulator and a client of it, on one clock.
func monte(t testing.TB, change ...func(*annuaire.Options)) (*annuaire.Client, *annuairetest.Serveur, *horloge) {
	t.Helper()
	h := &horloge{t: depart}
	s := annuairetest.NewServer(t, annuairetest.AvecHorloge(h.maintenant))
	o := options()
	for _, f := range change {
		f(&o)
	}
	c, err := annuaire.New(canal(t, config(t, s, h)), o)
	require.NoError(t, err)
	return c, s, h
}

// Keys of the simulator.
var (
	cle        = simphonie.CleAMC{Numero: "434243085", Convention: "SP", CSR: "A12", Domaine: simphonie.Hospitalisation}
	cleChoix   = simphonie.CleAMC{Numero: "775671993", Convention: "RO", Domaine: simphonie.Externe}
	cleAbsente = simphonie.CleAMC{Numero: "00401166", Convention: "SP", Domaine: simphonie.Externe}
)

func demande(c simphonie.CleAMC, s annuaire.Service) annuaire.Demande {
	return annuaire.Demande{EJ: ej, Cle: c, Service: s}
}

// code gives the code of an error, "" without one.
func code(err error) simphonie.Code {
	if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
		return e.Code
	}
	return ""
}

// codes lists the codes of joined errors.
func codes(err error) []simphonie.Code {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var cs []simphonie.Code
		for _, e := range j.Unwrap() {
			cs = append(cs, codes(e)...)
		}
		return cs
	}
	if err == nil {
		return nil
	}
	return []simphonie.Code{code(err)}
}

// lignes is a file of lines.
func lignes(ls ...string) *strings.Reader { return strings.NewReader(strings.Join(ls, "\n") + "\n") }
