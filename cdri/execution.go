package cdri

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/simphonie/simphonie"
)

// execution is one run of a lot.
type execution struct {
	cfg        *ConfigLot
	lignes     []LigneLot
	empreintes []string
	arrete     context.CancelCauseFunc

	mu        sync.Mutex // of what follows
	resultats []ResultatLigne
	faites    int
	echecs    int // messages that failed in a row
	// suspens are lines whose message was refused for good. They are final once
	// a later message is answered: until then the fault may be of the whole run.
	suspens map[int]error
}

// prepare takes the results that the carnet has, refuses the requests that
// cannot be sent, and lists the other lines.
func (x *execution) prepare(ctx context.Context) (aFaire []int, err error) {
	x.empreintes = make([]string, len(x.lignes))
	vues := make(map[string]bool, len(x.lignes))
	for k := range x.lignes {
		l := &x.lignes[k]
		if l.ID == "" || vues[l.ID] {
			return nil, erreur("CDRI-LOT-ID", "lignes", "each line has an ID of its own")
		}
		vues[l.ID] = true
		x.resultats[k].ID = l.ID
		if x.empreintes[k], err = empreinte(&l.Demande); err != nil {
			return nil, err
		}
	}
	maintenant := x.maintenant()
	for k := range x.lignes {
		l := &x.lignes[k]
		i, ok, err := x.cfg.Carnet.Derniere(ctx, l.ID)
		if err != nil {
			return nil, enveloppe("CDRI-LOT-LECTURE", "the carnet cannot be read", err)
		}
		age := maintenant.Sub(i.Le)
		switch {
		case ok && i.Etat.Final() && i.Empreinte == x.empreintes[k] && frais(age, x.cfg.Fraicheur):
			x.resultats[k] = i.resultat()
			x.faites++
		default:
			if err := x.cfg.Client.refuse(l.Demande); err != nil {
				x.resultats[k] = ResultatLigne{ID: l.ID, Etat: Refusee, Le: maintenant, Err: err}
				x.faites++
				continue
			}
			aFaire = append(aFaire, k)
		}
	}
	return aFaire, nil
}

func (x *execution) maintenant() time.Time { return x.cfg.Client.cfg.Canal.Maintenant() }

// deroule asks for lines, several messages at a time.
func (x *execution) deroule(ctx context.Context, aFaire []int) error {
	ctx, x.arrete = context.WithCancelCause(ctx)
	defer x.arrete(nil)
	messages := make(chan []int)
	var ouvriers sync.WaitGroup
	for range min(x.cfg.Parallele, len(aFaire)) {
		ouvriers.Go(func() {
			for m := range messages {
				x.message(ctx, m)
			}
		})
	}
	for m := range slices.Chunk(aFaire, x.cfg.Taille) {
		select {
		case messages <- m:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
	}
	close(messages)
	ouvriers.Wait()
	x.tranche(ctx, Reportee)
	return context.Cause(ctx)
}

// message asks for some lines. A message that is refused for good is split, so
// that the line at fault does not cost the others their answer.
func (x *execution) message(ctx context.Context, ks []int) {
	// The channel may be given an agent's card at any time.
	if err := nuit(x.cfg); err != nil {
		x.arrete(err)
	}
	if ctx.Err() != nil {
		return
	}
	is := make([]Inscription, len(ks))
	for n, k := range ks {
		is[n] = x.inscription(k, Envoyee)
	}
	if !x.inscrit(ctx, is) {
		return
	}
	x.partent(is, ks)
	reponses, err := x.cfg.Client.consulteLot(ctx, x.lignes, ks)
	switch {
	case err == nil:
		x.recoit(ctx, ks, reponses)
	case ctx.Err() != nil: // what was under way stays so
	case reessayable(err):
		pause := x.echoue(err)
		echecs := make([]reponseLigne, len(ks))
		for n := range echecs {
			echecs[n].err = err
		}
		x.finissent(ctx, ks, Reportee, echecs)
		patiente(ctx, pause)
	case len(ks) > 1:
		x.echoue(err)
		x.message(ctx, ks[:len(ks)/2])
		x.message(ctx, ks[len(ks)/2:])
	default:
		x.mu.Lock()
		if x.suspens == nil {
			x.suspens = map[int]error{}
		}
		x.suspens[ks[0]] = err
		x.mu.Unlock()
		x.echoue(err)
	}
}

// recoit takes the answers of a message.
func (x *execution) recoit(ctx context.Context, ks []int, reponses []reponseLigne) {
	x.mu.Lock()
	x.echecs = 0
	x.mu.Unlock()
	x.finissent(ctx, ks, Refusee, reponses)
	x.tranche(ctx, Refusee)
}

// tranche gives their state to the refusals in suspense.
func (x *execution) tranche(ctx context.Context, etat Etat) {
	x.mu.Lock()
	suspens := x.suspens
	x.suspens = nil
	x.mu.Unlock()
	for k, err := range suspens {
		x.finissent(ctx, []int{k}, etat, []reponseLigne{{err: err}})
	}
}

// finissent keeps and gives the results of some lines. A line with an error
// that will not pass takes the state refus.
func (x *execution) finissent(ctx context.Context, ks []int, refus Etat, reponses []reponseLigne) {
	is, rs := make([]Inscription, len(ks)), make([]ResultatLigne, len(ks))
	for n, k := range ks {
		etat := Repondue
		switch r := &reponses[n]; {
		case r.err != nil && reessayable(r.err):
			etat = Reportee
		case r.err != nil:
			etat = refus
		}
		is[n], rs[n] = x.issue(k, etat, reponses[n].reponse, reponses[n].err)
	}
	if x.inscrit(ctx, is) {
		x.note(ks, rs)
	}
}

// issue words the state of a line for the carnet and for the caller.
func (x *execution) issue(k int, etat Etat, r *Reponse, err error) (Inscription, ResultatLigne) {
	i := x.inscription(k, etat)
	i.Reponse = r
	if err != nil {
		i.Code, i.Detail = "CDRI-LIGNE", err.Error()
		if e, ok := errors.AsType[*simphonie.Erreur](err); ok {
			i.Code, i.Detail = e.Code, e.Detail
		}
	}
	if _, invalide := serialise(&i); invalide != nil {
		// The line is answered, but its answer cannot be kept nor given twice alike.
		i = x.inscription(k, Refusee)
		i.Code, i.Detail = "CDRI-CARNET-VALEUR", "the answer holds a text that cannot be kept"
		return i, i.resultat()
	}
	return i, ResultatLigne{ID: i.ID, Etat: etat, Le: i.Le, Reponse: r, Err: err}
}

func (x *execution) inscription(k int, etat Etat) Inscription {
	return Inscription{ID: x.lignes[k].ID, Empreinte: x.empreintes[k], Etat: etat, Le: x.maintenant()}
}

// resultat gives back what a carnet kept.
func (i *Inscription) resultat() ResultatLigne {
	r := ResultatLigne{ID: i.ID, Etat: i.Etat, Le: i.Le, Reponse: i.Reponse, DuCarnet: true}
	if i.Etat != Repondue {
		r.Err = erreur(cmp.Or(i.Code, "CDRI-LIGNE"), "", i.Detail)
	}
	return r
}

// inscrit keeps inscriptions even while the run is being stopped. Without its
// carnet a run cannot go on.
func (x *execution) inscrit(ctx context.Context, is []Inscription) bool {
	if err := x.cfg.Carnet.Inscrit(context.WithoutCancel(ctx), is...); err != nil {
		x.arrete(enveloppe("CDRI-LOT-ECRITURE", "the carnet cannot be written: the run is stopped", err))
		return false
	}
	return true
}

// echoue counts a message that failed, stops the run after too many, and gives
// the wait that a failure which may pass asks for.
func (x *execution) echoue(err error) time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.echecs++; x.echecs >= x.cfg.EchecsMax {
		x.arrete(enveloppe("CDRI-LOT-ECHECS", "too many messages failed in a row: the run is stopped", err))
	}
	return min(x.cfg.Pause<<min(x.echecs-1, 16), pauseMax)
}

// patiente waits, or ends with the run.
func patiente(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// partent notes that lines left.
func (x *execution) partent(is []Inscription, ks []int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for n, k := range ks {
		x.resultats[k].Etat, x.resultats[k].Le = Envoyee, is[n].Le
	}
}

// note gives results to the caller.
func (x *execution) note(ks []int, rs []ResultatLigne) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for n, k := range ks {
		x.resultats[k] = rs[n]
		x.faites++
		if x.cfg.Progres != nil {
			x.cfg.Progres(Progres{Ligne: rs[n], Faites: x.faites, Sont: len(x.lignes)})
		}
	}
}

func (x *execution) bilan() *Bilan {
	b := &Bilan{Lignes: x.resultats}
	for k := range b.Lignes {
		r := &b.Lignes[k]
		switch r.Etat {
		case Repondue:
			b.Repondues++
		case Refusee:
			b.Refusees++
		case Reportee:
			b.Reportees++
		default:
			b.EnCours++
		}
		if r.DuCarnet {
			b.DuCarnet++
		}
	}
	return b
}

// empreinte tells one request from another. It stays in the carnet, which is
// protected as the request itself is.
func empreinte(d *Demande) (string, error) {
	b, err := simphonie.MarshalEnClair(d)
	if err != nil {
		return "", enveloppe("CDRI-LOT-ID", "the request cannot be told from another", err)
	}
	s := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(s[:]), nil
}

func reessayable(err error) bool {
	e, ok := errors.AsType[*simphonie.Erreur](err)
	return ok && e.Reessayable
}
