package reference

import (
	"slices"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/internal/refxml"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// issues are the outcomes of the page. Any other is to be checked.
var issues = map[string]modele.Sens{
	"TROUVE":            modele.Trouve,
	"NON_TROUVE":        modele.NonTrouve,
	"AMBIGU":            modele.Ambigu,
	"REGIME_NON_OUVERT": modele.RegimeNonOuvert,
}

// enfants are those of DroitsConsultes.
var enfants = []string{"Instant1", "Issue1", "Message*", "Droits?"}

// DecodeReponse reads DroitsConsultes. Children may come in any order; what
// the page does not name is an anomaly of the answer; what cannot be read
// without choosing is an error.
func (Codec) DecodeReponse(el *etree.Element) (*modele.Reponse, error) {
	if !xmlguard.Est(el, Espace, "DroitsConsultes") {
		return nil, page.Erreur("CDRI-REF-RACINE", "", "the answer is not DroitsConsultes of the reference messages")
	}
	l := refxml.Lecture{Page: &page}
	n := l.Ouvre(el, "DroitsConsultes", enfants...)
	r := reponse(&n)
	if l.Err != nil {
		return nil, l.Err
	}
	r.Anomalies = l.Anomalies
	return r, nil
}

// DecodeLot reads DroitsConsultesLot. A line that cannot be read refuses the
// message: which request it answers would be a guess.
func (Codec) DecodeLot(el *etree.Element) ([]modele.LigneReponse, error) {
	if !xmlguard.Est(el, Espace, "DroitsConsultesLot") {
		return nil, page.Erreur("CDRI-REF-RACINE", "", "the answer is not DroitsConsultesLot of the reference messages")
	}
	l := refxml.Lecture{Page: &page}
	var lignes []modele.LigneReponse
	lot := l.Ouvre(el, "DroitsConsultesLot", "Ligne*")
	// Each line has its own anomalies after those of the whole batch.
	l.Anomalies = slices.Clip(l.Anomalies)
	duLot := l.Anomalies
	for n := range lot.Chaque("Ligne", "Correlation1", "DroitsConsultes?", "Erreur?") {
		x := ligne(n)
		if x.Reponse != nil {
			x.Reponse.Anomalies = l.Anomalies
		}
		lignes, l.Anomalies = append(lignes, x), duLot
	}
	if l.Err != nil {
		return nil, l.Err
	}
	return lignes, nil
}

func ligne(n *refxml.Noeud) modele.LigneReponse {
	x := modele.LigneReponse{Correlation: n.Texte("Correlation")}
	droits, panne := n.Un("DroitsConsultes") != nil, n.Un("Erreur") != nil
	switch {
	case droits && panne:
		n.Refuse("CDRI-REF-DOUBLE", "", "both an answer and an error")
	case droits:
		d := n.Dans("DroitsConsultes", enfants...)
		x.Reponse = reponse(&d)
	case panne:
		e := n.Dans("Erreur", "Code1", "Libelle?", "Reessayable1")
		x.Erreur = &modele.ErreurLigne{Code: e.Texte("Code"), Libelle: e.Prive("Libelle"), Reessayable: vrai(&e, "Reessayable")}
	default:
		n.Refuse("CDRI-REF-ABSENT", "", "neither an answer nor an error")
	}
	return x
}

// reponse reads an answer but its anomalies.
func reponse(n *refxml.Noeud) *modele.Reponse {
	i := n.Dans("Issue", "Code1", "Libelle?")
	r := &modele.Reponse{
		Instant: n.Instant("Instant"),
		Issue:   modele.Issue{Code: i.Texte("Code"), Libelle: i.Prive("Libelle")},
	}
	r.Issue.Sens = issues[r.Issue.Code]
	for m := range n.Chaque("Message", "Code?", "Libelle1") {
		r.Messages = append(r.Messages, modele.Message{Code: m.Texte("Code"), Libelle: m.Prive("Libelle")})
	}
	if n.Un("Droits") != nil {
		r.Droits = acquisition(n)
	}
	if s := r.Issue.Sens; s != modele.SensAVerifier && (s == modele.Trouve) != (r.Droits != nil) {
		n.Refuse("CDRI-REF-ISSUE", "Droits", "the outcome and the presence of rights contradict each other")
	}
	return r
}
