package dossier

import "github.com/simphonie/simphonie"

func regle(code simphonie.Code, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: "suivi d'un dossier ROC", Gravite: g, Message: message}
}

var (
	regOrdre         = regle("ROC-ORDRE", simphonie.Bloquante, "{0} : impossible quand le dossier est « {1} ».")
	regNonIdentifie  = regle("ROC-NON-IDENTIFIE", simphonie.Bloquante, "La complémentaire n'a pas confirmé les droits : lancer l'IDB d'abord.")
	regSuspens       = regle("ROC-SUSPENS", simphonie.Bloquante, "La réponse de l'appel {0} précédent n'est pas connue : rien d'autre ne peut engager la complémentaire.")
	regClarifier     = regle("ROC-A-CLARIFIER", simphonie.AVerifier, "{0} : l'appel est peut-être passé, sa réponse est perdue. À clarifier avec la complémentaire, sans le relancer.")
	regAutreAppel    = regle("ROC-AUTRE-APPEL", simphonie.Bloquante, "Ce résultat n'est pas celui de l'appel en cours.")
	regAppel         = regle("ROC-APPEL", simphonie.Bloquante, "L'appel n'est pas décrit : service, moment, requête, empreinte et heure sont tous voulus, et la requête est nouvelle.")
	regVivant        = regle("ROC-CALCUL-VIVANT", simphonie.Bloquante, "Un calcul est déjà engagé : l'annuler avant d'en demander un autre.")
	regCible         = regle("ROC-CALCUL-CIBLE", simphonie.Bloquante, "Le calcul à annuler n'est pas celui du dossier.")
	regGarde         = regle("ROC-ANNULATION-GARDE", simphonie.Bloquante, "La facture est partie : le calcul ne s'annule plus. Annuler ou rectifier la facture (DRE).")
	regDREAnnulation = regle("ROC-DRE-ANNULATION", simphonie.Bloquante, "La convention ne dit pas que la complémentaire accepte l'annulation d'une facture (DRE).")
	regPerime        = regle("ROC-CALCUL-PERIME", simphonie.Bloquante, "Les données ont changé depuis le calcul : l'annuler et le refaire avant de facturer.")
	regPerimeFacture = regle("ROC-FACTURE-PERIMEE", simphonie.Alerte, "Les données ont changé depuis l'envoi de la facture.")
	regSansMontant   = regle("ROC-CALCUL-SANS-MONTANT", simphonie.Bloquante, "Les montants du calcul ne sont pas connus : il peut être annulé, pas facturé.")
	regDouteux       = regle("ROC-CALCUL-DOUTEUX", simphonie.AVerifier, "La réponse du calcul ne se tient pas : la facture demande une décision.")
	regEchu          = regle("ROC-CALCUL-ECHU", simphonie.AVerifier, "L'engagement de la complémentaire a pris fin le {0}.")
	regMontant       = regle("ROC-DRE-MONTANT", simphonie.Bloquante, "Ligne {0} : la facture demande {1} €, le calcul engage {2} €.")
	regPartEtat      = regle("ROC-DRE-PART", simphonie.Bloquante, "Ligne {0} : la part est « {1} » ; seule une part engagée se facture.")
	regForce         = regle("ROC-DRE-FORCEE", simphonie.Alerte, "Ligne {0} : la facture demande {1} € au lieu des {2} € du calcul, sur décision.")
	regEmission      = regle("ROC-EMISSION", simphonie.Bloquante, "La facture n'est pas décrite : numéro nouveau, jour et empreinte sont voulus ; un forçage a un auteur et un motif.")
	regReglement     = regle("ROC-REGLEMENT", simphonie.Bloquante, "Un règlement a une référence nouvelle et un montant positif.")
	regTropPaye      = regle("ROC-TROP-PAYE", simphonie.AVerifier, "La complémentaire a réglé {0} € pour une facture de {1} €.")
	regRejet         = regle("ROC-REJET", simphonie.Bloquante, "Un rejet a une référence.")
	regRefus         = regle("ROC-REFUS", simphonie.AVerifier, "{0} refusé par la complémentaire ({1}).")
	regIncomplet     = regle("ROC-INCOMPLET", simphonie.AVerifier, "{0} : la complémentaire attend une donnée ou un choix ({1}).")
	regIssueInconnue = regle("ROC-ISSUE-INCONNUE", simphonie.AVerifier, "{0} : la complémentaire a répondu par un code inconnu, à lire dans l'appel.")
	regIndisponible  = regle("ROC-INDISPONIBLE", simphonie.Information, "{0} : la complémentaire est indisponible et n'a rien fait ; à redemander.")
	regDroitsPerdus  = regle("ROC-DROITS-PERDUS", simphonie.AVerifier, "La complémentaire ne confirme plus les droits, alors que le calcul est engagé.")
	regVerdict       = regle("ROC-VERDICT", simphonie.Bloquante, "Une décision a un verdict, un auteur, un motif et une heure.")
	regVide          = regle("ROC-EVENEMENT-VIDE", simphonie.Bloquante, "L'événement ne porte aucune réponse.")
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regOrdre, regNonIdentifie, regSuspens, regClarifier, regAutreAppel, regAppel, regVivant, regCible, regGarde,
		regDREAnnulation, regPerime, regPerimeFacture, regSansMontant, regDouteux, regEchu, regMontant, regPartEtat, regForce, regEmission, regReglement,
		regTropPaye, regRejet, regRefus, regIncomplet, regIssueInconnue, regIndisponible, regDroitsPerdus, regVerdict, regVide}
}
