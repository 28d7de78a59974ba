package concert

import "github.com/simphonie/simphonie"

// Issue is what came of an order. Its zero value is not a payment.
type Issue uint8

// Outcomes.
const (
	Inconnue Issue = iota // the money may have moved: a person decides
	Faite
	NonFaite
)

var nomsIssue = []string{"inconnue", "faite", "non-faite"}

// String gives the text form.
func (i Issue) String() string { return nom(nomsIssue, uint8(i)) }

// MarshalText gives the text form.
func (i Issue) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the text form.
func (i *Issue) UnmarshalText(b []byte) (err error) {
	*(*uint8)(i), err = lisNom(nomsIssue, b)
	return err
}

// Resultat is what came of an order: done, not done, or unknown.
type Resultat struct {
	Issue     Issue             `json:"issue"`
	Operation Operation         `json:"operation"`
	Reference string            `json:"reference"`
	Demande   simphonie.Montant `json:"demande"` // the amount that was asked
	// Regle is the amount that really moved: 0 unless the outcome is Faite, and
	// less than Demande for a partial payment.
	Regle simphonie.Montant `json:"regle,omitzero"`
	// Cause says why the outcome is not Faite when the terminal itself did not
	// say that it refused.
	Cause    simphonie.Code `json:"cause,omitempty"`
	Reponse  *Reponse       `json:"reponse,omitempty"` // nil without an answer
	Decision *Decision      `json:"decision,omitempty"`
}

// Partiel says that less than the amount was taken.
func (r *Resultat) Partiel() bool { return r.Issue == Faite && r.Regle < r.Demande }

// textes are what an agent reads when an order was not made, or is not known to be.
var textes = map[simphonie.Code]string{
	"TPE-CONNEXION":       "Le terminal ne répond pas : rien n'est parti. Vérifiez qu'il est allumé et relié, puis recommencez.",
	"TPE-OCCUPE":          "Ce terminal a déjà une opération en cours : attendez qu'elle soit finie.",
	"TPE-EN-COURS":        "Une opération de ce dossier ou de ce terminal est en cours : attendez qu'elle soit finie.",
	"TPE-A-CLARIFIER":     "Une opération de ce dossier ou de ce terminal est à clarifier : lisez son ticket et saisissez d'abord la décision.",
	"TPE-PRIS-EN-COMPTE":  "Demande prise en compte par le terminal : ce n'est pas un paiement. Attendez le ticket, puis saisissez la décision.",
	"TPE-REPONSE-TARDIVE": "Le terminal répond encore à une opération précédente : rien n'est parti. Lisez son dernier ticket avant de recommencer.",
	"TPE-JOURNAL":         "Le journal des échanges n'a pas pu être écrit : rien n'est parti. Prévenez le support informatique.",
}

// Texte is what an agent reads.
func (r *Resultat) Texte() string {
	quoi := map[Operation]string{Debit: "Encaissé", Credit: "Remboursé", Annulation: "Annulé"}[r.Operation]
	t, connu := textes[r.Cause]
	switch {
	case r.Partiel():
		return quoi + " en partie : " + r.Regle.Euros() + " sur " + r.Demande.Euros() + "."
	case r.Issue == Faite:
		return quoi + " : " + r.Regle.Euros() + "."
	case connu:
		return t
	case r.Issue == NonFaite && r.Reponse != nil:
		return "Rien n'a été encaissé ni remboursé. " + r.Reponse.Motif.Texte()
	case r.Issue == NonFaite:
		return "Rien n'a été encaissé ni remboursé."
	}
	return "Issue inconnue : ne recommencez pas. Lisez le ticket du terminal, puis saisissez la décision."
}

// juge says what an answer means. Only a status "done" with every echo right is
// a payment; whatever contradicts itself is unknown.
func juge(d *demande, r *Reponse) *Resultat {
	res := d.resultat(Inconnue, "")
	res.Reponse = r
	switch {
	case r.Statut == PrisEnCompte, r.Statut == Fait && d.Immediat: // it comes before the payment, whatever it says
		res.Cause = "TPE-PRIS-EN-COMPTE"
	case r.Statut == StatutInconnu:
		res.Cause = "TPE-STATUT"
	case len(r.Ecarts) > 0:
		res.Cause = "TPE-ECART"
	case r.Statut == Fait && r.Motif.refuse(), r.Statut == NonFait && r.Motif.autorise():
		res.Cause = "TPE-CONTRADICTION"
	case r.Statut == NonFait:
		res.Issue = NonFaite
	case r.Montant != d.Montant && !(d.Partiel && r.Montant < d.Montant):
		res.Cause = "TPE-ECART"
	default:
		res.Issue, res.Regle = Faite, r.Montant
	}
	return res
}

func (d *demande) resultat(i Issue, cause simphonie.Code) *Resultat {
	return &Resultat{Issue: i, Cause: cause, Operation: d.operation, Reference: d.Reference, Demande: d.Montant}
}
