package reference

import (
	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/internal/xmlguard"
)

// issues are the outcomes of the page. Any other is to be checked.
var issues = map[string]modele.Sens{
	"TROUVE":            modele.Trouve,
	"NON_TROUVE":        modele.NonTrouve,
	"AMBIGU":            modele.Ambigu,
	"REGIME_NON_OUVERT": modele.RegimeNonOuvert,
}

// DecodeReponse reads DroitsConsultes. Children may come in any order; what
// the page does not name is an anomaly of the answer; what cannot be read
// without choosing is an error.
func (Codec) DecodeReponse(el *etree.Element) (*modele.Reponse, error) {
	if !xmlguard.Est(el, Espace, "DroitsConsultes") {
		return nil, erreur("CDRI-REF-RACINE", "", "the answer is not DroitsConsultes of the reference messages")
	}
	var l lecture
	r := l.reponse(el, "DroitsConsultes")
	if l.err != nil {
		return nil, l.err
	}
	return r, nil
}

// DecodeLot reads DroitsConsultesLot. A line that cannot be read refuses the
// message: which request it answers would be a guess.
func (Codec) DecodeLot(el *etree.Element) ([]modele.LigneReponse, error) {
	if !xmlguard.Est(el, Espace, "DroitsConsultesLot") {
		return nil, erreur("CDRI-REF-RACINE", "", "the answer is not DroitsConsultesLot of the reference messages")
	}
	var l lecture
	var lignes []modele.LigneReponse
	lot := l.ouvre(el, "DroitsConsultesLot", "Ligne*")
	duLot := l.anomalies
	lot.chaque("Ligne", func(el *etree.Element, chemin string) {
		l.anomalies = duLot[:len(duLot):len(duLot)]
		lignes = append(lignes, l.ligne(el, chemin))
	})
	if l.err != nil {
		return nil, l.err
	}
	return lignes, nil
}

func (l *lecture) ligne(el *etree.Element, chemin string) modele.LigneReponse {
	n := l.ouvre(el, chemin, "Correlation1", "DroitsConsultes?", "Erreur?")
	ligne := modele.LigneReponse{Correlation: n.texte("Correlation")}
	reponse, panne := n.un("DroitsConsultes"), n.un("Erreur")
	switch {
	case reponse != nil && panne != nil:
		l.refuse("CDRI-REF-DOUBLE", chemin, "both an answer and an error")
	case reponse != nil:
		ligne.Reponse = l.reponse(reponse, chemin+".DroitsConsultes")
	case panne != nil:
		e := l.ouvre(panne, chemin+".Erreur", "Code1", "Libelle?", "Reessayable1")
		ligne.Erreur = &modele.ErreurLigne{Code: e.texte("Code"), Libelle: e.prive("Libelle"), Reessayable: e.bool("Reessayable")}
	default:
		l.refuse("CDRI-REF-ABSENT", chemin, "neither an answer nor an error")
	}
	return ligne
}

func (l *lecture) reponse(el *etree.Element, chemin string) *modele.Reponse {
	n := l.ouvre(el, chemin, "Instant1", "Issue1", "Message*", "Droits?")
	i := l.ouvre(n.un("Issue"), chemin+".Issue", "Code1", "Libelle?")
	r := &modele.Reponse{
		Instant: n.instant("Instant"),
		Issue:   modele.Issue{Code: i.texte("Code"), Libelle: i.prive("Libelle")},
	}
	r.Issue.Sens = issues[r.Issue.Code]
	n.chaque("Message", func(el *etree.Element, chemin string) {
		m := l.ouvre(el, chemin, "Code?", "Libelle1")
		r.Messages = append(r.Messages, modele.Message{Code: m.texte("Code"), Libelle: m.prive("Libelle")})
	})
	if d := n.un("Droits"); d != nil {
		r.Droits = l.droits(d, chemin+".Droits")
	}
	if s := r.Issue.Sens; s != modele.SensAVerifier && (s == modele.Trouve) != (r.Droits != nil) {
		l.refuse("CDRI-REF-ISSUE", chemin+".Droits", "the outcome and the presence of rights contradict each other")
	}
	r.Anomalies = l.anomalies
	return r
}
