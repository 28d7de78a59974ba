package insi

import (
	"slices"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

// CodeCR is the outcome of a call, as the service codes it.
type CodeCR string

// Outcomes. Another code is the error INSI-CR-INCONNU.
const (
	Trouvee   CodeCR = "00" // one identity
	Aucune    CodeCR = "01" // no identity
	Plusieurs CodeCR = "02" // several identities, none of them given
)

// Known says that the code is one of the list above.
func (c CodeCR) Known() bool { return c == Trouvee || c == Aucune || c == Plusieurs }

// montrable gives the code for an error when it looks like one.
func (c CodeCR) montrable() string {
	if len(c) == 2 && c[0] >= '0' && c[0] <= '9' && c[1] >= '0' && c[1] <= '9' {
		return " (" + string(c) + ")"
	}
	return ""
}

// Individu is what INSi knows of one person, kept as received. The matricule is
// for the identity that the establishment keeps: nothing but Identite.Matricule
// gives it to others.
type Individu struct {
	Environnement teleservice.Environnement `json:"environnement"`
	RecuLe        time.Time                 `json:"recuLe"`
	MessageID     string                    `json:"messageId"` // of the request
	Actif         Identifiant               `json:"actif"`     // INSACTIF
	// Historique holds the former matricules, verbatim and in the order of the
	// answer (EXI REC 08). The service does not know all of them.
	Historique []Identifiant `json:"historique,omitempty"` // INSHISTO
	Traits     TIQ           `json:"traits"`
	// Reponse is the whole answer in XML, elements that the SDK does not know included.
	Reponse simphonie.Confidentiel `json:"reponse"`
}

// connait says that a number is the matricule, or was one; keys do not count.
func (i *Individu) connait(n simphonie.NIR) bool {
	if i.Actif.Numero.Clair() == n.Numero() {
		return true
	}
	return slices.ContainsFunc(i.Historique, func(h Identifiant) bool { return h.Numero.Clair() == n.Numero() })
}

// oidDeplaces flags an OID that the environment does not expect.
func (i *Individu) oidDeplaces() simphonie.Anomalies {
	production := i.Environnement == teleservice.Production
	switch o := i.Actif.OID; {
	case production && o.Fictif():
		return simphonie.Anomalies{regOIDFictif.Anomalie("INSACTIF.OID", string(o))}
	case !production && (o == OIDNIR || o == OIDNIA):
		return simphonie.Anomalies{regOIDReel.Anomalie("INSACTIF.OID", string(o))}
	}
	return nil
}

// Identifiant is a matricule and the authority that gave it.
type Identifiant struct {
	Numero        simphonie.Confidentiel `json:"numero"`        // 13 characters
	Cle           simphonie.Confidentiel `json:"cle,omitzero"`  // two digits, right or wrong
	TypeMatricule simphonie.Confidentiel `json:"type,omitzero"` // meaning not published
	OID           OID                    `json:"oid"`
	Debut         simphonie.Jour         `json:"debut,omitzero"`
	Fin           simphonie.Jour         `json:"fin,omitzero"`
}

// NIR gives number and key as one number, as received.
func (i Identifiant) NIR() simphonie.NIR {
	return simphonie.NIRRecu(i.Numero.Clair() + i.Cle.Clair())
}

// TIQ are the traits that INSi gives back (traits d'identité qualifiée): what
// the national register says, in capital letters without diacritics.
type TIQ struct {
	Nom simphonie.Confidentiel `json:"nom"`
	// Prenom is the first of the first names, when the answer sets it apart.
	Prenom simphonie.Confidentiel `json:"prenom,omitzero"`
	// Prenoms are all of them separated by blanks. A first name may itself hold
	// a blank: the list is not split.
	Prenoms   simphonie.Confidentiel  `json:"prenoms"`
	Sexe      Sexe                    `json:"sexe"`
	Naissance simphonie.DateNaissance `json:"naissance"`
	Lieu      simphonie.Confidentiel  `json:"lieu,omitzero"` // COG
}
