package rapprochement

import "github.com/simphonie/simphonie"

const source = "DIAPASON : clés conservées à chaque étape, rapprochement exact, puis montant et date, puis manuel"

func nouvelle(code simphonie.Code, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

// Rules by which a line was matched.
var (
	parDecision     = nouvelle("RAPP-PAR-DECISION", 0, "Rattaché par une personne.")
	parOperation    = nouvelle("RAPP-PAR-OPERATION", 0, "Même opération PayFiP (idOp).")
	parAutorisation = nouvelle("RAPP-PAR-AUTORISATION", 0, "Même contrat, même numéro d'autorisation, même montant, dates voisines.")
	parTitre        = nouvelle("RAPP-PAR-TITRE", 0, "Même titre de recette.")
	parReference    = nouvelle("RAPP-PAR-REFERENCE", 0, "Même référence (CF, refdet).")
	parFacture      = nouvelle("RAPP-PAR-FACTURE", 0, "Même facture.")
	parAccord       = nouvelle("RAPP-PAR-ACCORD", 0, "Même accord ou mandat, même montant, dates voisines.")
	parRemise       = nouvelle("RAPP-PAR-REMISE", 0, "Même contrat, même remise, même total, dates voisines.")
	parMontantDate  = nouvelle("RAPP-PAR-MONTANT-DATE", 0, "Même montant, dates voisines, seuls de part et d'autre.")
)

// Reasons why a line is left to a person.
var (
	choixContredit = nouvelle("RAPP-CHOIX-CONTREDIT", simphonie.AVerifier, "Une clé correspond, une autre contredit.")
	choixPlusieurs = nouvelle("RAPP-CHOIX-PLUSIEURS", simphonie.AVerifier, "Plusieurs rapprochements possibles.")
	choixMontant   = nouvelle("RAPP-CHOIX-MONTANT", simphonie.AVerifier, "Les clés correspondent, les montants non.")
	choixTrop      = nouvelle("RAPP-CHOIX-TROP", simphonie.AVerifier, "Trop de candidats pour les comparer.")
	choixSansRecu  = nouvelle("RAPP-CHOIX-SANS-RECU", simphonie.AVerifier, "Retour sans encaissement correspondant.")
)

// Anomalies of a reconciliation.
var (
	regReleveRelu       = nouvelle("RAPP-RELEVE-RELU", simphonie.Information, "Relevé importé plusieurs fois : {0} ligne(s) déjà vue(s), comptées une fois.")
	regChevauchement    = nouvelle("RAPP-CHEVAUCHEMENT", simphonie.Information, "Des relevés se recouvrent : {0} ligne(s) comptées une fois.")
	regDesaccord        = nouvelle("RAPP-DESACCORD", simphonie.AVerifier, "Les relevés qui couvrent ce jour ne montrent pas les mêmes lignes.")
	regDecisionVaine    = nouvelle("RAPP-DECISION-VAINE", simphonie.AVerifier, "La décision ne s'applique pas, ou pas en entier : ce qu'elle nomme est absent, déjà pris, ou d'un autre montant.")
	regAcquisePerdue    = nouvelle("RAPP-ACQUISE-PERDUE", simphonie.AVerifier, "Un rapprochement conservé ne s'applique plus.")
	regRetourExcede     = nouvelle("RAPP-RETOUR-EXCEDE", simphonie.AVerifier, "Le retour dépasse ce qui était encaissé à sa date.")
	regRemplaceAbsent   = nouvelle("RAPP-REMPLACE-ABSENT", simphonie.AVerifier, "L'attendu remplacé n'est pas parmi ceux qui sont donnés.")
	regRemplaceEncaisse = nouvelle("RAPP-REMPLACE-ENCAISSE", simphonie.AVerifier, "L'attendu est encaissé alors qu'un autre le remplace : le remplaçant n'est peut-être plus dû.")
	regConservation     = nouvelle("RAPP-CONSERVATION", simphonie.Bloquante, "{0} : {1} € d'un côté, {2} € de l'autre.")
)

// Regles lists the rules of the room.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{parDecision, parOperation, parAutorisation, parTitre, parReference, parFacture, parAccord, parRemise, parMontantDate,
		choixContredit, choixPlusieurs, choixMontant, choixTrop, choixSansRecu,
		regReleveRelu, regChevauchement, regDesaccord, regDecisionVaine, regAcquisePerdue, regRetourExcede,
		regRemplaceAbsent, regRemplaceEncaisse, regConservation}
}
