package droits

import "github.com/simphonie/simphonie"

func regle(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

// Rules that read and merge supports.
var (
	regC2SLibelle = regle("DROITS-C2S-LIBELLE", "RG_BS721", simphonie.AVerifier,
		"La carte porte un libellé de complémentaire inconnu : lire la carte avec le patient, ou interroger CDRi.")
	regLibelleExo = regle("DROITS-LIBELLE-EXO", "RG_BS680 à RG_BS683", simphonie.AVerifier,
		"Le support porte un libellé d'exonération que personne n'a encore codé : le lire et saisir exonération ou modulation.")
	regContratInconnu = regle("DROITS-CONTRAT-INCONNU", "RG_BS634", simphonie.AVerifier,
		"Contrat particulier de code {0} inconnu : à vérifier avant de facturer.")
	regContratSubsistant = regle("DROITS-CONTRAT-SUBSISTANT", "RG_CF615, RG_BS634", simphonie.Alerte,
		"Le contrat 20 (subsistant) exclut les autres : il est seul retenu.")
	regContratCaisse = regle("DROITS-CONTRAT-CAISSE", "RG_BS634", simphonie.AVerifier,
		"Un contrat, et un seul, parmi 18, 19, 20 et 21 est attendu.")
	regSituation = regle("DROITS-SITUATION", "RG_BS701 à RG_BS712, RG_CF612", 0,
		"Situation particulière {0}, par la donnée « {1} » du support {2}.")
	regFusionContradiction = regle("DROITS-FUSION-CONTRADICTION", "RG_BS620 à RG_BS622 (choix du support)", simphonie.AVerifier,
		"Les supports se contredisent sur « {0} » : {1} est retenu, {2} dit autre chose.")
	regFusionPeriodes = regle("DROITS-FUSION-PERIODES", "RG_CF611 à RG_CF615", simphonie.Alerte,
		"Les périodes diffèrent pour « {0} » : celles de {1} sont retenues, {2} en donne d'autres.")
	regFusionDifference = regle("DROITS-FUSION-DIFFERENCE", "RG_BS30, RG_CF693", simphonie.Alerte,
		"Les supports diffèrent sur « {0} » : {1} est retenu, {2} dit autre chose.")
	regFusionCanal = regle("DROITS-FUSION-CANAL", "SFG BS (données par support)", simphonie.Alerte,
		"« {0} » a été donné par {1}, qui ne peut pas le donner : la valeur n'est pas retenue.")
)

// reglesDroits lists the rules that stand beside their code.
func reglesDroits() []simphonie.Regle {
	return []simphonie.Regle{
		// anonyme
		regAnonyme, regAnonymeSecret, regAnonymeIST, regAnonymeAge,
		// complementaire
		regComplementAME, regComplementRefus, regC2SUnique, regC2SEclatement, regC2SMode,
		// controle
		regAccidentApres, regATPeriode, regQualite, regQualiteInconnue, regActeNature,
		// destination
		regTableManquante, regCaisseInterlocutrice, regOrganismeAnonyme, regATNonCouvert, regPapierMSA, regPapierAT, regPapierFEAT, regPapierATMaladie,
		// differences
		regDiffFermes, regDiffOuverts, regDiffOrganisme, regDiffNature, regDiffETMOuverte, regDiffETMClose, regDiffMTMOuverte, regDiffMTMClose, regDiffContratOuvert, regDiffContratClos, regDiffSituationOuverte, regDiffSituationClose, regDiffOC, regDiffATOuvert, regDiffATClos, regDiffTraitant, regDiffDonnee,
		// parcours
		regParcours, regParcoursExclu, regParcoursDetenu, regParcoursAge, regParcoursPosition, regParcoursTraitant, regParcoursRemplace, regParcoursAccesDirect, regParcoursOrienteur, regParcoursMixte,
		// perimetre
		regPapierOrganisme, regPapierSoinsUrgents, regPapierIVG, regPapierAttentat, regPapierRefus, regPapierRSS,
		// piece
		regPieceAnonyme, regPieceAucune, regPieceSupport, regPieceCDRi, regPiecePEC, regPiecePECCDRi, regPieceModifiee, regPieceMixte, regPiecePapiers, regPiecePerimee, regPieceAbsente, regPieceValeur, regPieceInconnue,
		// reference
		regDateExecution, regDatePrescription, regDateAchevement, regDateDebutSoins, regDateC2S,
		// regles_droits
		regC2SLibelle, regSituation, regLibelleExo, regContratInconnu, regContratSubsistant, regContratCaisse, regFusionContradiction, regFusionPeriodes, regFusionDifference, regFusionCanal,
	}
}
