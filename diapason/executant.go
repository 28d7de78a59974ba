package diapason

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

// Defaults of Config.
const (
	delaiDefaut  = time.Minute
	sursisDefaut = 15 * time.Minute
)

// Config is what an Executant wants.
type Config struct {
	Plateforme   modele.Plateforme
	Notificateur modele.Notificateur
	// Journal keeps orders that move money. Its Delai must be longer than this
	// one.
	Journal *journal.Journal
	// Garde saves a mandate, durably, before what follows from it leaves. It
	// refuses, with an error, a Revision that is not above the one saved: two
	// copies of a mandate then never go on side by side.
	Garde func(context.Context, mandat.Mandat) error
	// Gabarit is the text of the notices.
	Gabarit mandat.Gabarit
	// Delai bounds each call of a port, and each save; 0 = 1 minute.
	Delai time.Duration
	// Sursis is how long an order may be on its way: an enquiry that finds
	// nothing is believed only when the order left longer ago. 0 = 15 minutes.
	Sursis  time.Duration
	Horloge func() time.Time // nil = time.Now
}

// Executant carries out what mandates say is due. It is safe for concurrent use.
type Executant struct{ cfg Config }

// New checks the configuration and lists every fault.
func New(c Config) (*Executant, error) {
	var errs []error
	manque := func(si bool, code simphonie.Code, chemin, detail string) {
		if si {
			errs = append(errs, erreur(code, chemin, detail))
		}
	}
	manque(nul(c.Plateforme), "DIA-CONFIG-PLATEFORME", "Plateforme", "the platform is missing")
	manque(nul(c.Notificateur), "DIA-CONFIG-NOTIFICATEUR", "Notificateur", "the carrier of notices is missing: nothing is debited without a notice")
	manque(c.Journal == nil, "DIA-CONFIG-JOURNAL", "Journal", "the journal is missing: an order is written before it leaves")
	manque(c.Garde == nil, "DIA-CONFIG-GARDE", "Garde", "the store is missing: a mandate is saved before anything leaves")
	manque(c.Gabarit.IsZero(), "DIA-CONFIG-GABARIT", "Gabarit", "the text of notices is missing: mandat.NewGabarit")
	c.Delai, c.Sursis = cmp.Or(c.Delai, delaiDefaut), cmp.Or(c.Sursis, sursisDefaut)
	manque(c.Delai < 0 || c.Sursis < c.Delai, "DIA-CONFIG-DELAI", "Delai, Sursis", "Delai is positive, and Sursis not shorter")
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if c.Horloge == nil {
		c.Horloge = time.Now
	}
	return &Executant{c}, nil
}

// Consentement is what happens at the desk: the limits that the patient was
// shown, and the terminal where the PIN is typed.
type Consentement struct {
	Terminal           string
	PlafondAffiche     simphonie.Montant
	DateLimiteAffichee simphonie.Jour
	VersionTexte       string
}

// Scelle asks the platform for the agreement, and takes its answer. A failure
// leaves the mandate as it was: it may be repeated, the platform gives the same
// agreement.
func (x *Executant) Scelle(ctx context.Context, m mandat.Mandat, c Consentement) (mandat.Mandat, []mandat.Effet, error) {
	if err := x.pret(); err != nil {
		return m, nil, err
	}
	// All that can fail without the platform fails before the patient types anything.
	acceptation := mandat.Acceptation{Accord: temoin, Terminal: c.Terminal, PlafondAffiche: c.PlafondAffiche, DateLimiteAffichee: c.DateLimiteAffichee, VersionTexte: c.VersionTexte}
	if _, _, err := m.Appliquer(acceptation, x.cfg.Horloge()); err != nil {
		return m, nil, err
	}
	appel, fin := context.WithTimeout(ctx, x.cfg.Delai)
	defer fin()
	a, err := x.cfg.Plateforme.CreeAccord(appel, modele.DemandeAccord{Mandat: m.Numero, Plafond: m.Plafond, DateLimite: m.DateLimite, Terminal: c.Terminal})
	switch {
	case err != nil:
		return m, nil, enveloppe("DIA-ACCORD", "the agreement was not sealed, or its answer was lost: ask again", err)
	case a.Refus != "":
		return x.Applique(context.WithoutCancel(ctx), m, mandat.ControleRefuse{Code: a.Refus})
	}
	acceptation.Accord = a
	return x.Applique(context.WithoutCancel(ctx), m, acceptation)
}

// temoin is a whole answer of a platform, to try a consent with.
var temoin = func() modele.AccordCree {
	alias, _ := modele.NewAlias("temoin")
	return modele.AccordCree{Accord: "temoin", Alias: alias, Autorisation: "temoin", Ticket: "temoin"}
}()

// Applique takes an event, saves the mandate, and carries out what follows. It
// gives the mandate as it was last saved, even with an error, and the effects
// left to the caller.
//
// Before it takes a mandat.Constat it asks the platform a last time, and bars
// the order in the journal: no copy of the mandate sends it again.
func (x *Executant) Applique(ctx context.Context, m mandat.Mandat, e mandat.Evenement) (mandat.Mandat, []mandat.Effet, error) {
	if err := x.pret(); err != nil {
		return m, nil, err
	}
	s := &suite{Executant: x, m: m}
	var err error
	if c, ok := e.(mandat.Constat); ok {
		err = s.constate(ctx, c)
	} else {
		err = s.applique(ctx, e)
	}
	if err == nil {
		err = s.execute(ctx)
	}
	return s.m, s.autres, err
}

// Avance carries out what is due of a mandate, today and from before: enquiries
// first, then the day, then the rest. Call it every day for every mandate, and
// for those under way when the program starts. What is left to the caller is
// told again every time, until an event says that it is done; OublierAlias, until
// the agreement is closed at the platform: erase before you go on.
func (x *Executant) Avance(ctx context.Context, m mandat.Mandat) (mandat.Mandat, []mandat.Effet, error) {
	if err := x.pret(); err != nil {
		return m, nil, err
	}
	s := &suite{Executant: x, m: m}
	var errs []error
	for _, d := range m.Dus() {
		if d.Genre == mandat.Interroger {
			errs = append(errs, s.reprend(ctx, d))
		}
	}
	errs = append(errs, s.applique(ctx, mandat.JourVenu{}))
	for _, d := range s.m.Dus() {
		if d.Genre != mandat.Interroger && !slices.Contains(s.effets, d) {
			s.effets = append(s.effets, d)
		}
	}
	errs = append(errs, s.execute(ctx))
	return s.m, s.autres, errors.Join(errs...)
}

func (x *Executant) pret() error {
	if x == nil || x.cfg.Journal == nil {
		return erreur("DIA-EXECUTANT", "", "an Executant is made by New")
	}
	return nil
}

// suite is one mandate on its way.
type suite struct {
	*Executant
	m              mandat.Mandat
	effets, autres []mandat.Effet
}

// applique takes an event and saves what it changed.
func (s *suite) applique(ctx context.Context, e mandat.Evenement) error {
	m, effets, err := s.m.Appliquer(e, s.cfg.Horloge())
	if err != nil || m.Revision == s.m.Revision {
		return err
	}
	garde, fin := context.WithTimeout(ctx, s.cfg.Delai)
	defer fin()
	if err := s.cfg.Garde(garde, m); err != nil {
		return enveloppe("DIA-GARDE", "the mandate was not saved, nothing that follows was done", err)
	}
	s.m, s.effets = m, append(s.effets, effets...)
	return nil
}

// execute carries out the effects, and those that follow from them. An effect
// that fails stays due.
func (s *suite) execute(ctx context.Context) error {
	var errs []error
	for len(s.effets) > 0 {
		d := s.effets[0]
		s.effets = s.effets[1:]
		switch d.Genre {
		case mandat.Notifier:
			errs = append(errs, s.notifie(ctx, d))
		case mandat.Soumettre, mandat.Rembourser:
			errs = append(errs, s.envoie(ctx, d))
		case mandat.Annuler:
			errs = append(errs, s.annule(ctx))
		case mandat.Interroger: // due at the next Avance: the order has just left
		default:
			s.autres = append(s.autres, d)
		}
	}
	return errors.Join(errs...)
}

// notifie hands the notice over. It is the same when it is handed over again.
func (s *suite) notifie(ctx context.Context, d mandat.Effet) error {
	if s.m.Etat != mandat.MontantConnu || d.Reference != s.m.ReferenceAvis() {
		return nil // not wanted any more
	}
	jour, err := s.m.Politique.Jour(s.cfg.Horloge())
	if err != nil {
		return err
	}
	annonce := s.m.Politique.Echeance(jour)
	envoye := mandat.AvisEnvoye{Avis: d.Numero, Annonce: annonce, Texte: s.cfg.Gabarit.Version()}
	if apres, _, err := s.m.Appliquer(envoye, s.cfg.Horloge()); err != nil || apres.Etat != mandat.Avise {
		return s.applique(ctx, mandat.JourVenu{}) // too late for a notice to serve: it expires
	}
	appel, fin := context.WithTimeout(ctx, s.cfg.Delai)
	defer fin()
	r, err := s.cfg.Notificateur.Notifie(appel, modele.Avis{Reference: d.Reference, Contact: s.m.Contact, Texte: s.cfg.Gabarit.Texte(d.Montant, annonce)})
	switch {
	case err != nil:
		return enveloppe("DIA-AVIS", "the notice was not handed over: it stays due, nothing is debited", err)
	case r.Impossible:
		return s.applique(context.WithoutCancel(ctx), mandat.AvisImpossible{Avis: d.Numero})
	}
	envoye.Canal = r.Canal
	return s.applique(context.WithoutCancel(ctx), envoye)
}

// annule closes the agreement at the platform.
func (s *suite) annule(ctx context.Context) error {
	appel, fin := context.WithTimeout(ctx, s.cfg.Delai)
	defer fin()
	if err := s.cfg.Plateforme.Annule(appel, s.m.Numero); err != nil {
		return enveloppe("DIA-ANNULATION", "the agreement is not closed at the platform yet: it stays due", err)
	}
	return s.applique(context.WithoutCancel(ctx), mandat.AccordClos{})
}
