package cdri

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/erreurs"
)

// Phase is how a lot is run.
type Phase uint8

// Phases; the zero value is none and is refused. Neither reads a Vitale card.
const (
	_ Phase = iota
	// LotAgent runs by day with an agent present: agent or establishment
	// authentication.
	LotAgent
	// LotNuit runs with nobody: establishment authentication only.
	LotNuit
)

// ConfigLot says how to ask for many patients.
type ConfigLot struct {
	Client *Client
	Phase  Phase
	// Fraicheur is how long a final result keeps its line from being asked
	// again. It is mandatory.
	Fraicheur time.Duration
	// Carnet keeps what was asked and answered: OuvreCarnet, or NewCarnetMemoire
	// for a lot that may start again from nothing.
	Carnet Carnet
	// Parallele is the most messages under way at once; 0 is 4.
	Parallele int
	// Taille is the most lines of a message; 0 is what the codec allows. A codec
	// without batch messages asks one line a call.
	Taille int
	// EchecsMax is how many messages may fail in a row before the run stops; 0
	// is 20.
	EchecsMax int
	// Pause is the wait after a message that failed in a way that may pass,
	// doubled at each failure in a row up to a minute; 0 is 1 s. A service that
	// rests for a moment does not cost the night.
	Pause time.Duration
	// Progres, if any, sees each result of this run as it comes, one at a time.
	Progres func(Progres)
}

// Progres is how far a run has come.
type Progres struct {
	Ligne        ResultatLigne
	Faites, Sont int // lines with a result so far, lines in all
}

// LigneLot is one question. ID is the editor's own key, unique in the lot.
type LigneLot struct {
	ID      string
	Demande Demande
}

// ResultatLigne is what a run knows of a line. Its state is final (Repondue,
// Refusee), Reportee when another run may do better, Envoyee when the run was
// stopped before the answer, or zero when the line never left.
type ResultatLigne struct {
	ID      string
	Etat    Etat
	Le      time.Time
	Reponse *Reponse // of a line that is Repondue
	Err     error    // of any other
	// DuCarnet says that an earlier run has the result, and that nothing was asked.
	DuCarnet bool
}

// Bilan is what a run did: a result for each line, in the order of the lines.
type Bilan struct {
	Lignes                                  []ResultatLigne
	Repondues, Refusees, Reportees, EnCours int
	DuCarnet                                int // final results that earlier runs had
}

// Lot asks for many patients, and resumes.
//
// Each line gets exactly one final result, and a line that has one is not asked
// again while it is fresh, whatever was cut in between. A line leaves only
// after the carnet has kept that it does: lines that were under way at a cut
// (Parallele times Taille at most) have no result, may have been seen by the
// service, and are asked again, which a read allows.
type Lot struct {
	cfg   ConfigLot
	lance sync.Mutex
}

const (
	paralleleDefaut = 4
	echecsMaxDefaut = 20
	pauseDefaut     = time.Second
	pauseMax        = time.Minute
)

// NewLot checks the configuration and lists every fault.
func NewLot(cfg ConfigLot) (*Lot, error) {
	var errs []error
	faux := func(si bool, code simphonie.Code, chemin, detail string) {
		if si {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	faux(!cfg.Client.fait(), "CDRI-LOT-CLIENT", "Client", "the client is missing, or was not made by New")
	faux(cfg.Phase != LotAgent && cfg.Phase != LotNuit, "CDRI-LOT-PHASE", "Phase", "LotAgent or LotNuit is wanted")
	faux(cfg.Fraicheur <= 0, "CDRI-FRAICHEUR", "Fraicheur", "how long a result keeps its line from being asked again must be given")
	faux(erreurs.Nul(cfg.Carnet), "CDRI-LOT-CARNET", "Carnet", "the carnet is missing")
	faux(cfg.Parallele < 0 || cfg.Taille < 0 || cfg.EchecsMax < 0 || cfg.Pause < 0 || cfg.Pause > pauseMax, "CDRI-LOT-LIMITES", "Parallele", "limits are not negative, and a pause lasts a minute at most")
	if cfg.Client.fait() {
		faux(cfg.Client.lot != nil && cfg.Taille > cfg.Client.profil.LotMax, "CDRI-LOT-LIMITES", "Taille", "the codec allows fewer lines a message")
		if err := nuit(&cfg); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	cfg.Parallele = cmp.Or(cfg.Parallele, paralleleDefaut)
	cfg.EchecsMax = cmp.Or(cfg.EchecsMax, echecsMaxDefaut)
	cfg.Pause = cmp.Or(cfg.Pause, pauseDefaut)
	switch {
	case cfg.Client.lot == nil:
		cfg.Taille = 1
	case cfg.Taille == 0:
		cfg.Taille = cfg.Client.profil.LotMax
	}
	return &Lot{cfg: cfg}, nil
}

// nuit refuses an agent's authentication where there is no agent.
func nuit(cfg *ConfigLot) error {
	if a := cfg.Client.cfg.Canal.Authentification(); cfg.Phase == LotNuit && !a.Etablissement() {
		return erreur("CDRI-LOT-AUTHENTIFICATION", "Client", "a night lot wants the establishment's authentication, and the channel has "+a.String())
	}
	return nil
}

// Execute asks for the lines that have no fresh final result yet and gives a
// result for every line. It stops when ctx ends, when too many messages fail in
// a row, or when the carnet cannot be kept: the Bilan then comes with the
// error, and running again resumes. One run at a time.
func (l *Lot) Execute(ctx context.Context, lignes []LigneLot) (*Bilan, error) {
	if l == nil || !l.cfg.Client.fait() {
		return nil, erreur("CDRI-LOT-CLIENT", "Lot", "it is made by NewLot")
	}
	if !l.lance.TryLock() {
		return nil, erreur("CDRI-LOT-EN-COURS", "", "this lot is already running")
	}
	defer l.lance.Unlock()
	if err := nuit(&l.cfg); err != nil { // another authentication than at NewLot
		return nil, err
	}
	x := &execution{cfg: &l.cfg, lignes: lignes, resultats: make([]ResultatLigne, len(lignes))}
	aFaire, err := x.prepare(ctx)
	if err != nil {
		return nil, err
	}
	err = x.deroule(ctx, aFaire)
	return x.bilan(), err
}
