package payfip

import (
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// Sources of the rules.
const (
	srcGuide  = "PayFiP Régie, service web"
	srcSuivi  = "Conception du SDK : suivi des paiements PayFiP"
	srcArgent = "Conception du SDK : une dette ne se paie qu'une fois"
)

var regles = []simphonie.Regle{
	{Code: "PAYFIP-DOUBLE", Source: srcArgent, Gravite: simphonie.AVerifier,
		Message: "La dette est payée {0} fois ({1} €) : un seul paiement est dû, remboursez les autres."},
	{Code: "PAYFIP-ENGAGE", Source: srcGuide, Gravite: simphonie.Information,
		Message: "Un prélèvement de {0} € est engagé : il peut encore être rejeté, la dette n'est pas soldée."},
	{Code: "PAYFIP-IMPAYE", Source: srcGuide, Gravite: simphonie.Alerte,
		Message: "Le prélèvement de {0} € est revenu impayé : la dette reste due."},
	{Code: "PAYFIP-DISCORDANCE", Source: srcSuivi, Gravite: simphonie.AVerifier,
		Message: "La réponse de PayFiP ne correspond pas à ce qui a été demandé ({0}) : aucun paiement n'en est déduit."},
	{Code: "PAYFIP-RESULTAT", Source: srcSuivi, Gravite: simphonie.AVerifier,
		Message: "PayFiP a donné un résultat inconnu ({0}) : aucun paiement n'en est déduit."},
	{Code: "PAYFIP-CONTREDIT", Source: srcSuivi, Gravite: simphonie.AVerifier,
		Message: "PayFiP a donné le résultat {0} pour une opération déjà {1} : vérifiez sur le compte."},
	{Code: "PAYFIP-ADOPTEE", Source: srcSuivi, Gravite: simphonie.Alerte,
		Message: "Une opération de {0} € inconnue du dossier a été retrouvée par son résultat."},
	{Code: "PAYFIP-DATE", Source: srcSuivi, Gravite: simphonie.Alerte,
		Message: "Le paiement de {0} € n'a pas de date lisible."},
	{Code: "PAYFIP-FORCEE", Source: srcArgent, Gravite: simphonie.Information,
		Message: "Une opération a été créée sur décision alors qu'une autre pouvait encore être payée."},
	{Code: "PAYFIP-ESSAI", Source: srcSuivi, Gravite: simphonie.Information,
		Message: "Dossier d'essai ou d'activation : rien n'en est compté comme payé."},
}

// Regles lists the rules of PayFiP.
func Regles() []simphonie.Regle { return slices.Clone(regles) }

// Anomalies says what a person has to know of a debt.
func (d *Dossier) Anomalies() simphonie.Anomalies {
	var as simphonie.Anomalies
	if d == nil {
		return as
	}
	dit := func(code simphonie.Code, chemin string, valeurs ...string) {
		i := slices.IndexFunc(regles, func(r simphonie.Regle) bool { return r.Code == code })
		as = append(as, regles[i].Anomalie(chemin, valeurs...))
	}
	if d.Dette.Saisie != Production {
		dit("PAYFIP-ESSAI", "dette.saisie")
	}
	var pris []string
	for i := range d.Tentatives {
		t := &d.Tentatives[i]
		chemin, montant := "tentatives["+strconv.Itoa(i)+"]", t.Montant.String()
		if t.Etat.prend() {
			pris = append(pris, montant)
		}
		switch t.Etat {
		case Engagee:
			dit("PAYFIP-ENGAGE", chemin, montant)
		case Impayee:
			dit("PAYFIP-IMPAYE", chemin, montant)
		}
		if t.Etat.prend() && t.Transaction.Jour.IsZero() {
			dit("PAYFIP-DATE", chemin, montant)
		}
		switch {
		case len(t.Discordances) > 0:
			dit("PAYFIP-DISCORDANCE", chemin, strings.Join(t.Discordances, ", "))
		case t.Contredite:
			dit("PAYFIP-CONTREDIT", chemin, string(t.Resultat), t.Etat.String())
		case t.Resultat != "" && !t.Resultat.connu():
			dit("PAYFIP-RESULTAT", chemin, string(t.Resultat))
		}
		if t.Adoptee {
			dit("PAYFIP-ADOPTEE", chemin, montant)
		}
		if t.Decision != nil {
			dit("PAYFIP-FORCEE", chemin)
		}
	}
	if len(pris) > 1 {
		dit("PAYFIP-DOUBLE", "tentatives", strconv.Itoa(len(pris)), strings.Join(pris, " + "))
	}
	return as
}
