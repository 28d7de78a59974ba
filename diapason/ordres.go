package diapason

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/mandat"
	"github.com/simphonie/simphonie/diapason/modele"
	"github.com/simphonie/simphonie/journal"
)

// Natures of the exchanges in the journal, the version of their payloads, and
// what stands for the counterparty in their key.
const (
	natureDebit         = "diapason.prelevement"
	natureRemboursement = "diapason.remboursement"
	versionOrdre        = "simphonie.diapason.ordre/1"
	contrepartie        = "diapason"
	usageCle            = "simphonie.diapason.cle/1 " // never changes: the uniqueness of orders rests on it
)

// cle names an order in the journal: by its reference alone, without amount nor
// invoices, so that two copies of a mandate that differ in them collide. A new
// sending, after an enquiry that found nothing, is another attempt of the key.
func cle(m *mandat.Mandat, reference string) journal.Cle {
	return journal.Cle{Venue: m.Numero, AMC: contrepartie, Empreinte: sha256.Sum256([]byte(usageCle + reference))}
}

// ordre is what leaves: one of the two.
type ordre struct {
	Prelevement   *modele.OrdrePrelevement   `json:"prelevement,omitempty"`
	Remboursement *modele.OrdreRemboursement `json:"remboursement,omitempty"`
}

// ordreDe makes the order of an effect.
func ordreDe(m *mandat.Mandat, d mandat.Effet) ordre {
	if d.Genre == mandat.Rembourser {
		return ordre{Remboursement: &modele.OrdreRemboursement{Reference: d.Reference, Mandat: m.Numero, Prelevement: m.Reference(d.Rang), Montant: d.Montant}}
	}
	p := m.Prelevements[d.Rang-1]
	var factures []string
	for _, f := range p.Factures {
		factures = append(factures, f.Numero)
	}
	return ordre{Prelevement: &modele.OrdrePrelevement{Reference: d.Reference, Mandat: m.Numero, Accord: m.Accord.Accord, Alias: m.Alias,
		Montant: d.Montant, Factures: factures, AuPlusTot: p.Echeance, DateLimite: m.DateLimite}}
}

// envoie sends an order, once, and takes its answer. The mandate was saved
// before, so that whoever finds it later asks what became of the order.
func (s *suite) envoie(ctx context.Context, d mandat.Effet) error {
	o := ordreDe(&s.m, d)
	charge, err := json.Marshal(o) // the alias is masked: the journal does not need it
	if err != nil {
		return err
	}
	k := cle(&s.m, d.Reference)
	i := journal.Intention{Cle: k, Nature: nature(d), Version: versionOrdre, Charge: simphonie.NewConfidentiel(string(charge))}
	var r modele.Reponse
	envoye, recue, jamais := false, false, false
	_, err = s.cfg.Journal.UneFois(ctx, i, func(ctx context.Context) (journal.Resultat, error) {
		es, err := s.cfg.Journal.Lit(ctx, k)
		if err != nil {
			return journal.Resultat{Issue: journal.NonPartie}, enveloppe("DIA-JOURNAL", "the journal cannot be read, nothing was sent", err)
		}
		if depassee(es, d.Numero) {
			return journal.Resultat{Issue: journal.NonPartie}, erreur("DIA-COPIE", "", "this mandate is behind another copy of itself, nothing was sent: read it again")
		}
		envoye = true
		appel, fin := context.WithTimeout(ctx, s.cfg.Delai)
		defer fin()
		if o.Remboursement != nil {
			r, err = s.cfg.Plateforme.Rembourse(appel, *o.Remboursement)
		} else {
			r, err = s.cfg.Plateforme.Preleve(appel, *o.Prelevement)
		}
		switch {
		case err != nil && jamaisParti(err):
			jamais = true
			return journal.Resultat{Issue: journal.NonPartie}, err
		case err == nil && r.Reference != d.Reference:
			err = autreOrdre()
		case err == nil: // an answer that contradicts the order proves nothing
			_, _, err = s.m.Appliquer(mandat.ReponseRecue{Reponse: r}, s.cfg.Horloge())
		}
		if err != nil {
			return journal.Resultat{Issue: journal.Inconnue}, err
		}
		recue = true
		return journal.Resultat{Issue: issueJournal(r)}, nil
	})
	ecriture := context.WithoutCancel(ctx)
	_, refuse := errors.AsType[*journal.RefusEtat](err)
	if recue && err != nil {
		err = inconnue("DIA-JOURNAL-RESULTAT", "the answer was received, the journal does not hold it", err)
	}
	switch {
	case recue:
		return errors.Join(err, s.applique(ecriture, mandat.ReponseRecue{Reponse: r}))
	case !envoye && (refuse || codeDe(err) == "DIA-COPIE"):
		// Another copy of the mandate sent it, or may have: the platform knows.
		x := enveloppe("DIA-DEJA-PARTI", "this order left before: it is not sent again", err)
		return errors.Join(x, s.applique(ecriture, mandat.ReponsePerdue{Reference: d.Reference, Code: x.Code}))
	case !envoye:
		// What the journal kept is read again by Avance.
		return enveloppe("DIA-JOURNAL", "the intention was not written, nothing was sent", err)
	case jamais:
		return errors.Join(enveloppe("DIA-ORDRE", "the order did not leave", err), s.applique(ecriture, mandat.JamaisParti{Reference: d.Reference, Code: codeDe(err)}))
	}
	return errors.Join(inconnue("DIA-ORDRE", "the order may have been carried out", err), s.applique(ecriture, mandat.ReponsePerdue{Reference: d.Reference, Code: codeDe(err)}))
}

// autreOrdre is an answer that names another order: it proves nothing of either.
func autreOrdre() error {
	return erreur("DIA-REFERENCE", "reference", "the platform answered for another order")
}

// depassee says that the attempt that was just written is not the one that the
// mandate counts: another copy went further. A refused order is not sent again
// under its reference. Attempts that never left count for nothing.
func depassee(es []journal.Essai, numero int) bool {
	return slices.ContainsFunc(es, func(e journal.Essai) bool { return e.Etat == journal.Refusee }) || partis(es) > numero
}

func partis(es []journal.Essai) (n int) {
	for _, e := range es {
		if e.Etat != journal.NonPartie {
			n++
		}
	}
	return n
}

func inconnue(c simphonie.Code, detail string, err error) error {
	x := enveloppe(c, detail, err)
	x.IssueInconnue, x.Reessayable = true, false
	return x
}

func issueJournal(r modele.Reponse) journal.Issue {
	switch r.Issue {
	case modele.Fait:
		return journal.Faite
	case modele.Refuse:
		return journal.Refusee
	}
	return journal.Inconnue
}

// reprend leads out of an order whose answer is not known, by an enquiry. When
// neither the platform nor the journal knows an order, it never left.
func (s *suite) reprend(ctx context.Context, d mandat.Effet) error {
	k := cle(&s.m, d.Reference)
	es, err := s.cfg.Journal.Lit(ctx, k)
	if err != nil {
		return enveloppe("DIA-JOURNAL", "the journal cannot be read", err)
	}
	appel, fin := context.WithTimeout(ctx, s.cfg.Delai)
	defer fin()
	r, err := s.cfg.Plateforme.Interroge(appel, d.Reference)
	if err != nil {
		return enveloppe("DIA-INTERROGATION", "the platform did not tell: the order stays uncertain", err)
	}
	if r.Reference != d.Reference {
		return autreOrdre()
	}
	if s.attend(d) { // the program stopped between the save and the answer
		if r.Issue == modele.Absent && !parti(es) {
			if err := s.barre(ctx, d, partis(es)); err != nil {
				return err
			}
			return s.applique(ctx, mandat.JamaisParti{Reference: d.Reference, Code: "DIA-REPRISE"})
		}
		if err := s.applique(ctx, mandat.ReponsePerdue{Reference: d.Reference, Code: "DIA-REPRISE"}); err != nil {
			return err
		}
	}
	e := mandat.Interrogation{Reponse: r}
	if _, _, err := s.m.Appliquer(e, s.cfg.Horloge()); err != nil || r.Issue == modele.EnCours {
		return err
	}
	if err := s.inscrit(ctx, es, r); err != nil {
		return err
	}
	return s.applique(ctx, e)
}

// parti says that the last attempt left, or may have: what was refused did.
func parti(es []journal.Essai) bool {
	return len(es) > 0 && (!es[len(es)-1].Libre() || es[len(es)-1].Etat == journal.Refusee)
}

// barre takes, in the journal, the place of a sending that was saved and never
// left: a process that still holds it finds that another copy went further.
func (s *suite) barre(ctx context.Context, d mandat.Effet, deja int) error {
	for ; deja < d.Numero; deja++ {
		if err := s.tranche(ctx, d, journal.SansEffet, simphonie.NewConfidentiel("jamais parti")); err != nil {
			return err
		}
	}
	return nil
}

// tranche writes an attempt that nobody sends, and decides it.
func (s *suite) tranche(ctx context.Context, d mandat.Effet, verdict journal.Verdict, pourquoi simphonie.Confidentiel) error {
	i := journal.Intention{Cle: cle(&s.m, d.Reference), Nature: nature(d), Version: versionOrdre}
	ref, err := s.cfg.Journal.UneFois(ctx, i, func(context.Context) (journal.Resultat, error) {
		return journal.Resultat{Issue: journal.Inconnue}, nil
	})
	if err == nil {
		err = s.cfg.Journal.Decision(ctx, ref, journal.Decision{Verdict: verdict, Charge: pourquoi})
	}
	if err != nil {
		return enveloppe("DIA-JOURNAL", "the journal did not take that the order never left: it may be leaving now, ask later", err)
	}
	return nil
}

// nature is that of an order in the journal.
func nature(d mandat.Effet) string {
	if d.Remboursement > 0 {
		return natureRemboursement
	}
	return natureDebit
}

// attend says that the answer of an order is still awaited by the mandate.
func (s *suite) attend(d mandat.Effet) bool {
	if d.Remboursement > 0 {
		return !s.m.Prelevements[d.Rang-1].Rendus[d.Remboursement-1].Suspendu
	}
	return s.m.Etat == mandat.Soumis
}

// sursis stands in the way of an absence that is told too soon.
func sursis() error {
	x := erreur("DIA-SURSIS", "", "the order may be on its way: ask later")
	x.Reessayable = true
	return x
}

// inscrit writes the answer of an enquiry in the journal, before the mandate
// takes it. Nothing found is believed of an order that left long enough ago, and
// never of one whose answer the journal holds.
func (s *suite) inscrit(ctx context.Context, es []journal.Essai, r modele.Reponse) error {
	if len(es) == 0 {
		if r.Issue == modele.Absent {
			return erreur("DIA-CONTRADICTION", "", "the journal does not know an order that may have left: is it the right journal?")
		}
		return nil
	}
	e := es[len(es)-1]
	var err error
	switch {
	case r.Issue != modele.Absent:
		err = s.cfg.Journal.Resultat(ctx, e.Ref, journal.Resultat{Issue: issueJournal(r)})
	case s.cfg.Horloge().Before(e.Debut.Add(s.cfg.Sursis)):
		return sursis()
	case slices.Contains([]journal.Etat{journal.Inconnue, journal.Envoyee}, e.Etat):
		err = s.cfg.Journal.Decision(ctx, e.Ref, journal.Decision{Verdict: journal.SansEffet, Charge: simphonie.NewConfidentiel("interrogation : absent")})
	case parti(es):
		return erreur("DIA-CONTRADICTION", "", "the platform does not know an order that it carried out: it is to be called")
	}
	if err != nil {
		return enveloppe("DIA-JOURNAL", "the answer of the enquiry was not written", err)
	}
	return nil
}
