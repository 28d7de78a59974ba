package payfip

import (
	"slices"
	"strconv"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/calendrier"
)

// Delays of the payment page.
const (
	fenetrePage  = 15 * time.Minute // the page opens so long after the creation
	fenetreAvis  = 20 * time.Minute // without a result by then, nobody is paying
	cadence      = 5 * time.Minute  // between two questions while the patient pays
	cadenceMax   = 24 * time.Hour
	dureeLecture = 365 * 24 * time.Hour // results are readable so long
	ecartHorloge = time.Minute          // under it our clock and PayFiP's agree
)

// tentativesMax bounds the operations of one debt.
const tentativesMax = 200

// Dette names a debt as PayFiP does. The mode belongs to it: what was tried in
// test is no dossier of production.
type Dette struct {
	NumCli   string `json:"numcli"`
	Saisie   Saisie `json:"saisie"`
	Exercice int    `json:"exer"`
	Refdet   string `json:"refdet"` // normalised
}

func (d *Dette) valide() bool {
	n, err := NormaliseRefdet(d.Refdet)
	return err == nil && n == d.Refdet && numcliValide(d.NumCli) && d.Saisie.valide() && exerciceValide(d.Exercice)
}

func exerciceValide(a int) bool { return a >= 2000 && a <= 2999 }

// Decision makes a new operation while a former one could still be paid, or
// cannot be judged. Who decided is named by an internal identifier. One that
// comes twice (a double click) counts once, while its own operation lives.
type Decision struct {
	Par   string `json:"par"`
	Motif string `json:"motif"` // a code of the establishment
}

func (d *Decision) valide() bool { return code(d.Par, 1, 40) && code(d.Motif, 1, 40) }

// ecarte says that a decision sets an operation aside. The one that it made
// itself is not: a decision that comes twice makes one operation.
func (d *Decision) ecarte(t *Tentative) bool {
	return d != nil && (t.Decision == nil || *t.Decision != *d)
}

// Tentative is one operation of a debt. It holds no personal data.
type Tentative struct {
	IDOp        IDOp              `json:"idOp,omitempty"`
	Montant     simphonie.Montant `json:"montant"`
	Etat        Etat              `json:"etat"`
	DemandeeLe  time.Time         `json:"demandeeLe"`         // before the creation left
	CreeeLe     time.Time         `json:"creeeLe,omitzero"`   // its answer
	VueLe       time.Time         `json:"vueLe,omitzero"`     // the last question that had an answer
	PasAvant    time.Time         `json:"pasAvant,omitzero"`  // after a technical error
	Resultat    Resultat          `json:"resultat,omitempty"` // the last one received
	Transaction Transaction       `json:"transaction,omitzero"`
	// Discordances names the fields by which the last answer was not what had
	// been asked: such an answer pays nothing.
	Discordances []string  `json:"discordances,omitempty"`
	Contredite   bool      `json:"contredite,omitempty"` // a result contradicted what is held
	Adoptee      bool      `json:"adoptee,omitempty"`    // found by its result: we had lost its creation, or not made it
	Decision     *Decision `json:"decision,omitempty"`
}

// Dossier is a debt and every operation that was made to pay it. The zero value
// with its Dette is a debt that nothing was tried for.
type Dossier struct {
	Dette      Dette       `json:"dette"`
	Tentatives []Tentative `json:"tentatives"`
}

// Bilan is what a debt has brought.
type Bilan struct {
	Paye      simphonie.Montant // by card, and by direct debits that were seen on the account
	Engage    simphonie.Montant // direct debits under way: they may bounce
	Essai     simphonie.Montant // the same in test or activation: never counted as paid
	Paiements int               // operations that hold money or are about to; two are one too many
}

// Bilan sums the tentatives. Amounts are bounded, so that no sum overflows.
func (d *Dossier) Bilan() Bilan {
	var b Bilan
	if d == nil {
		return b
	}
	for i := range d.Tentatives {
		t := &d.Tentatives[i]
		switch {
		case !t.Etat.prend():
			continue
		case d.Dette.Saisie != Production:
			b.Essai += t.Montant
		case t.Etat == Engagee:
			b.Engage += t.Montant
		default:
			b.Paye += t.Montant
		}
		b.Paiements++
	}
	return b
}

// Prochaine is when PayFiP is to be asked again about the debt; zero is never.
func (d *Dossier) Prochaine() time.Time {
	var p time.Time
	if d == nil {
		return p
	}
	for i := range d.Tentatives {
		if t := d.Tentatives[i].prochaine(); !t.IsZero() && (p.IsZero() || t.Before(p)) {
			p = t
		}
	}
	return p
}

// prochaine gives the rhythm of a tentative: every 5 minutes while it can be
// paid and once at 20 minutes; then after 30 minutes, and half its age, one
// day at most, until PayFiP has forgotten it.
func (t *Tentative) prochaine() time.Time {
	if !t.Etat.attend() {
		return time.Time{}
	}
	vue := t.VueLe
	if vue.IsZero() {
		vue = t.CreeeLe
	}
	p, avis := vue.Add(cadence), t.CreeeLe.Add(fenetreAvis)
	switch age := vue.Sub(t.CreeeLe); {
	case age >= dureeLecture, t.PasAvant.Sub(t.CreeeLe) >= dureeLecture:
		return time.Time{}
	case age >= fenetreAvis:
		p = vue.Add(min(max(reposTechnique, age/2), cadenceMax))
	case p.After(avis):
		p = avis
	}
	if p.Before(t.PasAvant) {
		return t.PasAvant
	}
	return p
}

// douteuse says that the last answer cannot be taken.
func (t *Tentative) douteuse() bool {
	return len(t.Discordances) > 0 || t.Contredite || t.Resultat != "" && !t.Resultat.connu()
}

// reprend finds an operation that the patient can still open for this amount.
func (d *Dossier) reprend(montant simphonie.Montant, decision *Decision, le time.Time) *Tentative {
	for i := range d.Tentatives {
		t := &d.Tentatives[i]
		if t.Etat == EnAttente && t.Montant == montant && !decision.ecarte(t) && !t.douteuse() && le.Before(t.DemandeeLe.Add(fenetrePage)) {
			return t
		}
	}
	return nil
}

// libre says whether a new operation may be made, or sauf given again. The
// refusal of a debt that is paid stands whatever is decided.
func (d *Dossier) libre(le time.Time, decision *Decision, sauf *Tentative) error {
	var attend *simphonie.Erreur
	if len(d.Tentatives) >= tentativesMax && sauf == nil {
		return erreur("PAYFIP-TROP", "tentatives", "too many operations for one debt")
	}
	for i := range d.Tentatives {
		t := &d.Tentatives[i]
		chemin := "tentatives[" + strconv.Itoa(i) + "]"
		switch {
		case t == sauf:
		case t.Etat.prend():
			return erreur("PAYFIP-DEJA-PAYE", chemin, "the debt is "+t.Etat.String()+": no other operation is made")
		case attend != nil, decision.ecarte(t):
		case t.douteuse():
			attend = erreur("PAYFIP-DOUTEUX", chemin, "the last answer about a former operation cannot be taken: look at it, or decide")
		case t.Etat == Demandee && le.Before(t.DemandeeLe.Add(fenetrePage)):
			attend = erreur("PAYFIP-EN-COURS", chemin, "a creation has no answer: an operation may exist until "+texte(t.DemandeeLe.Add(fenetrePage)))
			attend.Reessayable = true
		case t.Etat == EnAttente && le.Before(t.CreeeLe.Add(fenetreAvis)):
			attend = erreur("PAYFIP-EN-COURS", chemin, "a former operation can be paid until "+texte(t.CreeeLe.Add(fenetreAvis)))
			attend.Reessayable = true
		case t.Etat == EnAttente:
			attend = erreur("PAYFIP-A-CONSULTER", chemin, "PayFiP has not said what came of a former operation: it must be asked first")
			attend.Reessayable = true
		}
	}
	if attend == nil {
		return nil
	}
	return attend
}

func texte(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// demande adds a tentative that is about to leave and gives its rank. The last
// one, if it made nothing, gives its place.
func (d *Dossier) demande(t Tentative) int {
	if n := len(d.Tentatives); n > 0 && d.Tentatives[n-1].Etat == NonCreee {
		d.Tentatives = d.Tentatives[:n-1]
	}
	d.Tentatives = append(d.Tentatives, t)
	return len(d.Tentatives) - 1
}

// tentative finds an operation.
func (d *Dossier) tentative(id IDOp) *Tentative {
	i := slices.IndexFunc(d.Tentatives, func(t Tentative) bool { return t.IDOp == id })
	if i < 0 || id == "" {
		return nil
	}
	return &d.Tentatives[i]
}

// recoit takes an answer. le is when it was asked: an answer that was long on
// its way must not age the operation. A wrong answer changes no state.
func (t *Tentative) recoit(de *Dette, r *Detail, le time.Time) error {
	t.vue(le)
	t.Resultat = r.Resultat
	t.Discordances = discordances(de, t.Montant, r)
	switch {
	case len(t.Discordances) > 0:
		return &simphonie.Erreur{Code: "PAYFIP-DISCORDANCE", Service: service, Chemin: t.Discordances[0],
			Detail: "the answer is not of what was asked: nothing is concluded from it"}
	case !r.Resultat.connu():
		return erreur("PAYFIP-RESULTAT", "resultrans", "unknown result "+string(r.Resultat)+": nothing is concluded from it")
	}
	vers, contredit := t.Etat.apres(r.Resultat)
	if contredit {
		t.Contredite = true
		return erreur("PAYFIP-CONTREDIT", "resultrans", "result "+string(r.Resultat)+" after the operation was "+t.Etat.String())
	}
	if vers != t.Etat || r.Resultat == Paye || r.Resultat == Preleve {
		t.Etat, t.Transaction = vers, r.Transaction
	}
	return nil
}

// absente takes P1 or P5: PayFiP has no result. Operations are forgotten in the
// night: P1 is final after midnight, and means what P5 does before. The earlier
// of our hour and PayFiP's counts: a clock that is ahead must not end an
// operation that can still be paid.
func (t *Tentative) absente(code string, le, date time.Time) {
	t.vue(le)
	if horlogeFausse(date, le) {
		le = date
	}
	if !t.Etat.attend() || le.Before(t.CreeeLe.Add(fenetreAvis)) {
		return
	}
	t.Etat = Expiree
	if code == P1 && jourParis(t.CreeeLe).Before(jourParis(le)) {
		t.Etat = Purgee
	}
}

// horlogeFausse says that one clock is ahead of another. A difference of days
// would be no date of an answer.
func horlogeFausse(retarde, avance time.Time) bool {
	d := avance.Sub(retarde)
	return d > ecartHorloge && d < 24*time.Hour
}

// jourParis gives the day in Paris; no day at all if its zone is missing.
func jourParis(t time.Time) simphonie.Jour {
	z, err := calendrier.Zone(simphonie.Metropole)
	if err != nil {
		return simphonie.Jour{}
	}
	return simphonie.JourOf(t.In(z))
}

func (t *Tentative) vue(le time.Time) {
	t.VueLe, t.PasAvant = le, time.Time{} // even if the clock went back: it was ahead
}

// discordances names what an answer says otherwise than what was asked.
func discordances(de *Dette, montant simphonie.Montant, r *Detail) []string {
	var ns []string
	for _, c := range []struct {
		nom string
		bon bool
	}{{"numcli", r.NumCli == de.NumCli}, {"refdet", r.Refdet == de.Refdet}, {"montant", r.Montant == montant}, {"saisie", r.Saisie == de.Saisie}, {"exer", memeExercice(de.Exercice, r.Exercice)}} {
		if !c.bon {
			ns = append(ns, c.nom)
		}
	}
	return ns
}

// memeExercice compares a year with one that may have come cut to two digits;
// which two is not said.
func memeExercice(a int, recu string) bool {
	s := strconv.Itoa(a)
	return recu == s || len(recu) == 2 && (recu == s[:2] || recu == s[2:])
}
