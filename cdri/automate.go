package cdri

import (
	"context"
	"errors"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/internal/erreurs"
)

// Mode says when Automate asks.
type Mode uint8

// Modes; the zero value is none and is refused.
const (
	_ Mode = iota
	// Systematique asks for every patient, which is what the programme recommends.
	Systematique
	// Cible asks when no card was read, when rights are unknown or not open on
	// the day, and in special situations (C2S, AME, ALD, maternity, AT).
	Cible
)

// Consultant asks the rights of one beneficiary. *Client is one.
type Consultant interface {
	Consulte(ctx context.Context, d Demande) (*Reponse, error)
}

// ConfigAutomate says how to ask automatically.
type ConfigAutomate struct {
	Client Consultant
	Mode   Mode
	// Fraicheur is how long an answer serves again for the same patient and
	// moment. It is mandatory: the expiry delay of an answer is in ETS-SFG-010.
	Fraicheur time.Duration
	Memoire   Memoire          // a MemoireVive by default
	Horloge   func() time.Time // time.Now by default
}

// Automate makes the automatic calls: one for a patient, a moment and a
// freshness window, however many triggers fire. It is safe for concurrent use.
type Automate struct {
	cfg  ConfigAutomate
	vols vols
}

// NewAutomate checks the configuration and lists every fault.
func NewAutomate(cfg ConfigAutomate) (*Automate, error) {
	var errs []error
	faux := func(si bool, code simphonie.Code, chemin, detail string) {
		if si {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	faux(erreurs.Nul(cfg.Client), "CDRI-AUTOMATE-CLIENT", "Client", "the client is missing")
	faux(cfg.Mode != Systematique && cfg.Mode != Cible, "CDRI-AUTOMATE-MODE", "Mode", "Systematique or Cible is wanted")
	faux(cfg.Fraicheur <= 0, "CDRI-FRAICHEUR", "Fraicheur", "how long an answer serves again must be given")
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if erreurs.Nul(cfg.Memoire) {
		cfg.Memoire = NewMemoireVive()
	}
	if cfg.Horloge == nil {
		cfg.Horloge = time.Now
	}
	return &Automate{cfg: cfg}, nil
}

// Declencheur is a trigger: a patient comes to one of the three moments.
type Declencheur struct {
	// Patient is the editor's own key of the patient or of the visit.
	Patient string
	Demande Demande
	// Connu is what is known of the rights so far, the card's for instance; nil
	// when nothing is. Cible decides from it.
	Connu *droits.Acquisition
}

// Provenance says where the answer of a Resultat comes from.
type Provenance uint8

// Origins.
const (
	SansAppel Provenance = iota // no call was wanted, or none could be made
	Fraiche                     // asked now
	EnMemoire                   // a stored answer that is still fresh
	DeSecours                   // the call failed: the last answer that brought rights, whatever its age
	nProvenances
)

var nomsProvenance = [nProvenances]string{"sans-appel", "fraiche", "en-memoire", "de-secours"}

// String gives the text form.
func (p Provenance) String() string {
	if p < nProvenances {
		return nomsProvenance[p]
	}
	return ""
}

// MarshalText gives the text form.
func (p Provenance) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Resultat is what a trigger gave.
type Resultat struct {
	Provenance Provenance
	// Reponse is nil without a call, or when nothing can stand in for it. It is
	// shared with the store and with other triggers: it is not to be changed.
	Reponse *Reponse
	// Age is the time since the answer was received.
	Age time.Duration
	// Motifs are why Cible asked.
	Motifs []Motif
	// Echec is why the call failed, and Panne what to tell the agent then.
	Echec error
	Panne Panne
	// EchecMemoire is what went wrong with the store. It stops nothing.
	EchecMemoire error
}

// Declenche answers a trigger from the store when it can, by a call otherwise.
// A failed call falls back on the last answer that brought rights, marked
// DeSecours, with the failure in Echec. Without one, the error comes with a
// Resultat that says which channel to try next. A request that cannot be sent
// is an error around Refus, and nothing stands in for it.
func (a *Automate) Declenche(ctx context.Context, t Declencheur) (*Resultat, error) {
	if a == nil || erreurs.Nul(a.cfg.Client) {
		return nil, erreur("CDRI-AUTOMATE-CLIENT", "Automate", "it is made by NewAutomate")
	}
	if t.Patient == "" {
		return nil, erreur("CDRI-AUTOMATE-PATIENT", "Patient", "the key of the patient is missing")
	}
	var motifs []Motif
	if a.cfg.Mode == Cible {
		if motifs = MotifsAppel(t.Connu, t.jour(a.cfg.Horloge())); len(motifs) == 0 {
			return &Resultat{}, nil
		}
	}
	r, err := a.vols.partage(ctx, vol{t.Patient, t.Demande}, func(ctx context.Context) (Resultat, error) { return a.repond(ctx, &t) })
	r.Motifs = motifs
	if err == nil {
		return r, nil
	}
	r.Echec = err
	r.Panne, _ = PanneDe(err)
	if _, refus := errors.AsType[*Refus](err); refus {
		return r, err
	}
	if e := a.lit(ctx, r, CleAppel{Patient: t.Patient}); e != nil && memeBeneficiaire(&e.Demande, &t.Demande) {
		r.Provenance, r.Reponse, r.Age = DeSecours, e.Reponse, a.age(e)
		return r, nil
	}
	return r, err
}

// repond takes the stored answer while it is fresh, and asks otherwise. One
// goroutine at a time does it for a patient and a request.
func (a *Automate) repond(ctx context.Context, t *Declencheur) (r Resultat, err error) {
	cle := CleAppel{t.Patient, t.Demande.Moment}
	if e := a.lit(ctx, &r, cle); e != nil && e.Demande == t.Demande {
		if age := a.age(e); frais(age, a.cfg.Fraicheur) {
			r.Provenance, r.Reponse, r.Age = EnMemoire, e.Reponse, age
			return r, nil
		}
	}
	rep, err := a.cfg.Client.Consulte(ctx, t.Demande)
	if err == nil && rep == nil {
		err = erreur("CDRI-CODEC", "", "the client gave neither an answer nor an error")
	}
	if err != nil {
		return r, err
	}
	r.Provenance, r.Reponse = Fraiche, rep
	e := Entree{t.Demande, rep}
	err = a.cfg.Memoire.Ecrit(ctx, cle, e)
	if rep.Issue.Sens == Trouve {
		err = errors.Join(err, a.cfg.Memoire.Ecrit(ctx, CleAppel{Patient: t.Patient}, e))
	}
	r.EchecMemoire = errors.Join(r.EchecMemoire, err)
	return r, nil
}

// jour is the day whose rights are asked.
func (t *Declencheur) jour(maintenant time.Time) simphonie.Jour {
	if !t.Demande.DateReference.IsZero() {
		return t.Demande.DateReference
	}
	return simphonie.JourOf(maintenant)
}

func (a *Automate) age(e *Entree) time.Duration { return a.cfg.Horloge().Sub(e.Reponse.Recu) }

func (a *Automate) lit(ctx context.Context, r *Resultat, cle CleAppel) *Entree {
	e, err := a.cfg.Memoire.Lit(ctx, cle)
	if err != nil {
		r.EchecMemoire = err
		return nil
	}
	if e == nil || e.Reponse == nil {
		return nil
	}
	return e
}

// frais says that an answer still serves. A clock that was set back a little
// makes ages negative: that does not age an answer.
func frais(age, fraicheur time.Duration) bool { return age.Abs() < fraicheur }

// memeBeneficiaire says that two requests ask about the same person, as far as
// the four criteria tell.
func memeBeneficiaire(d, e *Demande) bool {
	return d.Assure == e.Assure && d.Naissance == e.Naissance && d.Rang == e.Rang && d.Regime == e.Regime
}
