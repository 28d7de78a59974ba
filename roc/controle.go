package roc

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

func regle(code simphonie.Code, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: "conservation des montants (ROC)", Gravite: g, Message: message}
}

var (
	regManque = regle("ROC-LIGNE-SANS-MONTANT", simphonie.AVerifier, "La réponse ne donne pas de montant pour la ligne {0}.")
	regTrop   = regle("ROC-LIGNE-INCONNUE", simphonie.AVerifier, "La réponse donne un montant pour la ligne {0}, qui n'a pas été demandée, ou deux.")
	regSomme  = regle("ROC-TOTAL", simphonie.AVerifier, "La complémentaire annonce {0} € en tout ; ses lignes font {1} €.")
	regReste  = regle("ROC-RESTE", simphonie.AVerifier, "Ligne {0} : la complémentaire annonce un reste de {1} € ; les parts connues laissent {2} €.")
	regSigne  = regle("ROC-PART-EXCES", simphonie.AVerifier, "Ligne {0} : la part de {1} € dépasse ce qui restait dû ({2} €), ou n'en a pas le signe.")
	regSomme2 = regle("ROC-SOMME", simphonie.Bloquante, "La somme des montants dépasse ce qu'un montant peut contenir.")
)

// Regles lists the rules of this room, but those of the reference codec.
func Regles() []simphonie.Regle {
	rs := append([]simphonie.Regle{regManque, regTrop, regSomme, regReste, regSigne, regSomme2}, modele.Regles()...)
	return append(rs, dossier.Regles()...)
}

// controle compares the amounts of an answer with what was asked: each line
// once, a stated sum and stated remainders that add up, no part beyond what is
// due. Nothing is corrected.
func controle(c *modele.Chiffrage, ms []modele.Montant, total *simphonie.Montant) simphonie.Anomalies {
	var as simphonie.Anomalies
	dit := func(r *simphonie.Regle, ligne int, valeurs ...simphonie.Montant) {
		textes := []string{strconv.Itoa(ligne + 1)}
		for _, v := range valeurs {
			textes = append(textes, v.String())
		}
		as = append(as, r.Anomalie("montants", textes...))
	}
	dus, err := c.Restes(nil)
	restes, err2 := c.Restes(ms)
	if err != nil || err2 != nil {
		return simphonie.Anomalies{regSomme2.Anomalie("montants")}
	}
	vues := make([]bool, len(c.Lignes))
	var somme simphonie.Montant
	for _, m := range ms {
		if somme, err = somme.Add(m.Part); err != nil {
			return append(as, regSomme2.Anomalie("montants"))
		}
		if m.Ligne < 0 || m.Ligne >= len(vues) || vues[m.Ligne] {
			dit(&regTrop, m.Ligne)
			continue
		}
		vues[m.Ligne] = true
		if du := dus[m.Ligne]; du >= 0 && (m.Part < 0 || m.Part > du) || du < 0 && (m.Part > 0 || m.Part < du) {
			dit(&regSigne, m.Ligne, m.Part, du)
		}
		if m.Reste != nil && *m.Reste != restes[m.Ligne] {
			dit(&regReste, m.Ligne, *m.Reste, restes[m.Ligne])
		}
	}
	for i, vue := range vues {
		if !vue {
			dit(&regManque, i)
		}
	}
	if total != nil && *total != somme {
		as = append(as, regSomme.Anomalie("total", total.String(), somme.String()))
	}
	return as
}
