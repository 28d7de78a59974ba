package fides

import "github.com/simphonie/simphonie"

func nouvelle(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

// Rules of the conversion: data of the visit.
var (
	regVenue = nouvelle("FID-VENUE", "RG_MF631 (0240)", simphonie.Bloquante,
		"Le numéro d'entrée doit avoir de un à neuf chiffres.")
	regAssure = nouvelle("FID-ASSURE", "RG_MF631 (0212), RG_BS603", simphonie.Bloquante,
		"Le numéro d'immatriculation de l'assuré est absent, sans clé ou d'une autre forme.")
	regNaissance = nouvelle("FID-NAISSANCE", "RG_MF631 (0296)", simphonie.Bloquante,
		"La date de naissance de la personne soignée est absente.")
	regPiece = nouvelle("FID-PIECE", "RG_BS620 à RG_BS622 (0258)", simphonie.Bloquante,
		"La nature de la pièce justificative des droits est absente : 0 quand il n'y en a pas.")
	regNumero = nouvelle("FID-NUMERO", "RG_MF631 (0230)", simphonie.Bloquante,
		"Le numéro de facture doit avoir neuf chiffres : deux pour l'exercice, sept pour le titre.")
	regNumeroSuite = nouvelle("FID-NUMERO-SUITE", "RG_MF630, RG_MF635", simphonie.Bloquante,
		"La venue demande plusieurs factures : il manque un numéro pour la facture de rang {0}.")
	regSejour = nouvelle("FID-SEJOUR", "RG_MF631 (02103, 02109, 02115)", simphonie.Bloquante,
		"Les dates d'entrée et de sortie ou l'heure de sortie sont absentes ou incohérentes.")
	regDates = nouvelle("FID-DATES", "RG_MF620 (0470)", simphonie.Alerte,
		"{0} : la date d'exécution {1} est hors des dates d'entrée et de sortie.")
	regEtablissement = nouvelle("FID-ETABLISSEMENT", "RG_MF631 (0202), SP13", simphonie.Bloquante,
		"Le numéro FINESS ou le statut de l'établissement (public, pnl) est absent.")
	regTitre = nouvelle("FID-TITRE", "RG_MF632 (2S42), SP13", simphonie.Bloquante,
		"Établissement public : le code produit (un chiffre) manque, ou le complément au numéro de titre n'a pas la forme attendue.")
	regOrganisme = nouvelle("FID-ORGANISME", "RG_MF631 (0249, 0251), RG_CF692", simphonie.Bloquante,
		"Affiliation absente ou d'une autre forme : régime et caisse gestionnaire sont obligatoires.")
	regCentre = nouvelle("FID-CENTRE", "RG_MF631 (0254), RG_CF692", simphonie.AVerifier,
		"Le centre gestionnaire est absent ou n'est pas fait de chiffres.")
	regOrganismeAT = nouvelle("FID-ORGANISME-AT", "RG_CF693 à RG_CF696", simphonie.Alerte,
		"Accident du travail sans organisme propre : la facture va à l'organisme maladie, à confirmer.")
	regAT = nouvelle("FID-AT", "RG_MF631 (0286), RG_CF693", simphonie.AVerifier,
		"Nature AT/MP sans numéro ni date d'accident.")
	regAccidentMSA = nouvelle("FID-ACCIDENT-MSA", "RG_CF652", simphonie.Alerte,
		"Accident de droit commun au régime agricole : certaines caisses n'acceptent que le papier.")
	regTitreMontant = nouvelle("FID-TITRE-MONTANT", "RG_MF631 (0230)", simphonie.Bloquante,
		"Le titre de recette est de {0} €, la facture demande {1} € à la caisse.")
	regNature = nouvelle("FID-NATURE", "RG_MF630, RG_CF653", simphonie.Bloquante,
		"La facture est de nature {0}, les droits donnent {1} : une facture n'a qu'une nature d'assurance.")
	regHorsPerimetre = nouvelle("FID-HORS-PERIMETRE", "SFG FIDES-ACE PG §2.5", simphonie.Bloquante,
		"Organisme hors du périmètre de FIDES : {0}.")
	regPapier = nouvelle("FID-PAPIER", "SFG FIDES-ACE PG §2.5, TF", simphonie.Bloquante,
		"Facture à établir sur papier : {0}.")
	regNomCoupe = nouvelle("FID-NOM-COUPE", "RG_MF632 (2S72, 2S97)", simphonie.Information,
		"Nom ou prénom de médecin coupé à {0} caractères.")
)

// Rules of the conversion: lines.
var (
	regCode = nouvelle("FID-CODE", "RG_MF600, RG_MF601, RG_VF627", simphonie.Bloquante,
		"{0} : code qui ne s'écrit pas dans la facture d'un passage aux urgences.")
	regSejourNonFacture = nouvelle("FID-SEJOUR-NON-FACTURE", "LFSS 2018 art. 65 dans sa rédaction de la LFSS 2022 art. 37", simphonie.Bloquante,
		"{0} : ligne de séjour. Un séjour MCO n'est pas facturé à la caisse depuis le {1} : {2}.")
	regCodeSituation = nouvelle("FID-CODE-SITUATION", "RG_VF500 à RG_VF505, RG_VF650", simphonie.Bloquante,
		"{0} : code impossible dans la situation {1}.")
	regEquipement = nouvelle("FID-EQUIPEMENT", "RG_MF610 (0339, 0341)", simphonie.Bloquante,
		"{0} : l'équipement (IRM, scanner, tomographe) est absent ; il donne la discipline.")
	regImagerie = nouvelle("FID-IMAGERIE", "RG_MF610 (0339, 0341)", simphonie.Bloquante,
		"{0} équipements d'imagerie pour {1} forfaits techniques : lequel va à quelle ligne ?")
	regPrescripteur = nouvelle("FID-PRESCRIPTEUR", "RG_MF611, RG_MF620, RG_IP601", simphonie.Bloquante,
		"{0} : prescripteur incomplet (condition, numéro ou établissement, date de prescription).")
	regForfaitAge = nouvelle("FID-FORFAIT-AGE", "RG_IP714", simphonie.Bloquante,
		"Un forfait d'âge et un seul est attendu, il y en a {0}.")
	regForfaitPatient = nouvelle("FID-FORFAIT-PATIENT", "RG_VF507", simphonie.Bloquante,
		"Un forfait patient et un seul est attendu, il y en a {0}.")
	regCFU = nouvelle("FID-CFU", "RG_VF508", simphonie.Bloquante,
		"CFU va avec FPV ou FPM, et eux avec lui.")
	regSeuil = nouvelle("FID-SEUIL", "RG_MF608, RG_VF663", simphonie.Bloquante,
		"{0} : l'exonération {1} (seuil) ne s'applique pas aux forfaits des urgences.")
	regLigneAME = nouvelle("FID-LIGNE-AME", "RG_VF650", simphonie.Bloquante,
		"{0} : une ligne de l'AME n'a ni base, ni taux, ni remboursement de l'AMO, ni exonération.")
	regNegatif = nouvelle("FID-NEGATIF", "RG_MF631 (0239 vaut toujours 1)", simphonie.Bloquante,
		"{0} : une contrepassation ne s'écrit pas ; la facture corrigée prend un nouveau numéro.")
	regExoForfait = nouvelle("FID-EXO-FORFAIT", "RG_VF660, RG_MF631 (0279)", simphonie.Bloquante,
		"{0} : exonération {1}, alors que celle du forfait patient est {2}.")
	regTotal = nouvelle("FID-TOTAL", "RG_MF610, RG_MF620 (03102, 04115)", simphonie.Alerte,
		"{0} : MRO + MRC font {1} €, les honoraires {2} €.")
	regMontant = nouvelle("FID-MONTANT", "RG_MF610, RG_MF620 (largeur des zones)", simphonie.Bloquante,
		"{0} : un montant dépasse la largeur de sa zone.")
	regDecoupe = nouvelle("FID-DECOUPE", "RG_MF620", simphonie.Information,
		"{0} : ligne écrite en {1} lignes dont les montants s'additionnent.")
)

// Rules of the conversion: lines of external care.
var (
	regCodeExterne = nouvelle("FID-CODE-EXTERNE", "RG_MF600, RG_MF601", simphonie.Bloquante,
		"{0} : aucun texte lu ne dit comment ce code, avec ce détail, s'écrit dans une facture de soins externes.")
	regReservePS = nouvelle("FID-RESERVE-PS", "RG_MF604", simphonie.Bloquante,
		"{0} : code réservé PS, à remplacer par son code agrégé (table 1, non publiée : la table des lettres le donne).")
	regDetail = nouvelle("FID-DETAIL", "RG_MF613, RG_MF614, RG_MF623, RG_MF625, RG_MF626", simphonie.Bloquante,
		"{0} : le détail de l'acte, des analyses ou des produits manque, ou dépasse ce que ses enregistrements tiennent.")
	regTarifUCD = nouvelle("FID-TARIF-UCD", "RG_MF614 (3H67)", simphonie.Bloquante,
		"{0} : médicament sans tarif de responsabilité ni écart ; aucun texte ne dit quel prix la zone porte.")
	regConditionnel = nouvelle("FID-CONDITIONNEL", "RG_MF626 (4M64)", simphonie.Bloquante,
		"{0} : remboursement sous condition, dont aucun texte lu ne donne le code : Soin.Remboursement le donne.")
	regDomaine = nouvelle("FID-DOMAINE", "RG_IP624 (03121, 4S124)", simphonie.Bloquante,
		"{0} : le domaine d'activité (M, C, O, N, S) manque ou est autre.")
	regMT = nouvelle("FID-MT", "RG_MF610 (0339, 0341)", simphonie.Bloquante,
		"{0} : aucun texte ne donne le mode de traitement d'un produit sans ATU, FFM, SEx ni APE dans la situation {1}.")
	regAccord = nouvelle("FID-ACCORD", "RG_IP691 (3S66, 4S55)", simphonie.Bloquante,
		"{0} : accord préalable {1} : 0, 4 et 5 veulent la date de la demande, 9 n'en veut pas.")
	regMajoration = nouvelle("FID-MAJORATION", "RG_MF620 (0476)", simphonie.Bloquante,
		"{0} : majoration {1} ; seules N et F s'écrivent derrière un code NGAP.")
	regSeances = nouvelle("FID-SEANCES", "RG_MF626 (4M65)", simphonie.Bloquante,
		"{0} : les séances (26 au plus) sont datées, croissantes, et la dernière a la date de l'acte.")
	regRupture = nouvelle("FID-RUPTURE", "RG_MF630", simphonie.Bloquante,
		"{0} : exécutée le {1}, une autre ligne le {2} : hors série, une facture n'a qu'une date d'exécution.")
	regIPS = nouvelle("FID-IPS", "RG_CF640, RG_CF641, RG_MF632 (2S121)", simphonie.Bloquante,
		"Indicateur de parcours {0} : inconnu, ou impossible avec les soins de la facture.")
	regMedecin = nouvelle("FID-MEDECIN", "RG_MF632 (2S72, 2S97)", simphonie.Bloquante,
		"Patient orienté (indicateur {0}) : le nom du médecin traitant ou qui l'a orienté manque.")
)

// Rules of the complementary part.
var (
	regC2SMode = nouvelle("FID-C2S-MODE", "RG_BS720 à RG_BS722", simphonie.Bloquante,
		"C2S {0} : le mode de facturation manque (unique ou éclatement), ou n'est pas celui de cette gestion.")
	regOC = nouvelle("FID-OC", "RG_BS720, RG_MF631 (02119)", simphonie.Bloquante,
		"C2S, organisme {0} : rien ne dit qui la gère (code de situation, libellé de la carte, numéro 99999997 ou 88888888).")
	regEclatement = nouvelle("FID-ECLATEMENT", "RG_MF631 (0295)", simphonie.AVerifier,
		"Une part complémentaire de {0} € est due par un organisme : dire si elle part sur une facture à part.")
	regEclatementVide = nouvelle("FID-ECLATEMENT-VIDE", "RG_MF631 (0295)", simphonie.Alerte,
		"Facture complémentaire annoncée sans part complémentaire : le top éclatement reste à blanc.")
	regPartOC = nouvelle("FID-PART-OC", "RG_MF610, RG_MF620 (03122, 04123)", simphonie.Bloquante,
		"{0} : la part de l'organisme complémentaire fait {1} €, le MRC {2} €.")
)

// Rules of the controls before sending.
var (
	regAge = nouvelle("FID-AGE", "RG_IP685, RG_IP708", simphonie.Bloquante,
		"{0} : l'âge au {1} n'est pas dans la tranche du code.")
	regAgeInconnu = nouvelle("FID-AGE-INCONNU", "RG_BS601, RG_IP622", simphonie.AVerifier,
		"{0} : l'âge au {1} ne se calcule pas (siècle de naissance inconnu, ou naissance postérieure).")
	regDroitsFermes = nouvelle("FID-DROITS-FERMES", "RG_CF611", simphonie.AVerifier,
		"Les droits de base ne sont pas ouverts au {0}.")
	regExoDroits = nouvelle("FID-EXO-DROITS", "RG_VF501, RG_VF502, RG_VF503", simphonie.AVerifier,
		"{0} avec l'exonération {1} : les droits ne la prouvent pas, et aucune décision n'est donnée.")
	regExoOmise = nouvelle("FID-EXO-OMISE", "RG_VF501, RG_VF502", simphonie.AVerifier,
		"{0} alors que les droits exonèrent ou réduisent la part du patient.")
	regDelai = nouvelle("FID-DELAI", "RG_MF606", simphonie.Bloquante,
		"{0} : exécutée le {1}, un an ou plus avant la transmission ; un motif de forçage est nécessaire.")
	regDelaiForce = nouvelle("FID-DELAI-FORCE", "RG_MF606", simphonie.Alerte,
		"Transmission après un an, forcée.")
	regFutur = nouvelle("FID-FUTUR", "RG_MF606", simphonie.Bloquante,
		"{0} : exécutée le {1}, après la transmission.")
	regDoublonNumero = nouvelle("FID-DOUBLON-NUMERO", "RG_MF631 (0230), RG_MF635", simphonie.Bloquante,
		"Le numéro de facture {0} a déjà servi : une facture corrigée en prend un nouveau.")
	regDoublonVenue = nouvelle("FID-DOUBLON-VENUE", "RG_MF630, RG_IP714", simphonie.AVerifier,
		"La venue {0} a déjà une facture de même clé (établissement, assuré, personne soignée, nature) : il n'en faut qu'une.")
	regDoublonLigne = nouvelle("FID-DOUBLON-LIGNE", "RG_IP714, RG_MF630", simphonie.AVerifier,
		"{0} du {1} : déjà facturé pour la même personne.")
	regLotAge = nouvelle("FID-LOT-AGE", "ARL 5001", simphonie.Bloquante,
		"Lot daté du {0}, plus de 90 jours avant sa réception.")
	regLotFutur = nouvelle("FID-LOT-FUTUR", "ARL 5002", simphonie.Bloquante,
		"Lot daté du {0}, plus de 2 jours après sa réception.")
	regLotBascule = nouvelle("FID-LOT-BASCULE", "SFG FIDES-ACE PG §2.4.1", simphonie.Bloquante,
		"Le lot mêle des soins antérieurs et postérieurs au {0}, date de bascule de l'établissement.")
)

// Rules of files.
var (
	regEnveloppe = nouvelle("FID-ENVELOPPE", "arrêté du 31/12/2014 (un flux, un fichier)", simphonie.Bloquante,
		"L'enregistrement {0} n'est pas à sa place ou n'a pas la forme de l'enveloppe.")
	regEnveloppeZone = nouvelle("FID-ENVELOPPE-ZONE", "enveloppe chargée par l'éditeur", simphonie.Bloquante,
		"Enregistrement {0}, zone {1} : autre valeur que celle attendue.")
	regDestination = nouvelle("FID-DESTINATION", "arrêté du 31/12/2014", simphonie.Bloquante,
		"Facture {0} pour {1} dans un fichier pour {2} : un fichier va à un seul grand régime et une seule caisse.")
	regTropAnomalies = nouvelle("FID-TROP", "limite du lecteur", simphonie.Bloquante,
		"Trop d'anomalies de fichier : les suivantes ne sont pas gardées.")
	regFactureAbsente = nouvelle("FID-FACTURE-ABSENTE", "conservation des montants", simphonie.Bloquante,
		"La facture n'a pas été retrouvée dans le fichier.")
	regFactureAutre = nouvelle("FID-FACTURE-AUTRE", "RG_MF631 (0202, 0240)", simphonie.Bloquante,
		"La facture {0} est d'un autre établissement ou d'une autre venue.")
	regEcartLigne = nouvelle("FID-ECART-LIGNE", "conservation des montants", simphonie.Bloquante,
		"{0} : {1} € dus par {2}, {3} € retrouvés dans le fichier.")
	regLigneEnTrop = nouvelle("FID-LIGNE-EN-TROP", "conservation des montants", simphonie.Bloquante,
		"{0} : ligne du fichier qui n'est pas dans la facture.")
	regEcartTotal = nouvelle("FID-ECART-TOTAL", "RG_MF633, conservation des montants", simphonie.Bloquante,
		"Totaux du type 5 : {0} € pour l'AMO, {1} € attendus.")
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	rs := []simphonie.Regle{regVenue, regAssure, regNaissance, regPiece, regNumero, regNumeroSuite, regSejour, regDates,
		regEtablissement, regTitre, regOrganisme, regCentre, regOrganismeAT, regAT, regAccidentMSA, regTitreMontant, regNature, regHorsPerimetre, regPapier, regNomCoupe,
		regCode, regSejourNonFacture, regCodeSituation, regEquipement, regImagerie, regPrescripteur, regForfaitAge, regForfaitPatient, regCFU, regSeuil, regLigneAME, regNegatif,
		regCodeExterne, regReservePS, regDetail, regTarifUCD, regConditionnel, regDomaine, regMT, regAccord, regMajoration, regSeances, regRupture, regIPS, regMedecin,
		regExoForfait, regTotal, regMontant, regDecoupe, regC2SMode, regOC, regEclatement, regEclatementVide, regPartOC,
		regAge, regAgeInconnu, regDroitsFermes, regExoDroits, regExoOmise, regDelai, regDelaiForce, regFutur, regDoublonNumero, regDoublonVenue,
		regDoublonLigne, regLotAge, regLotFutur, regLotBascule, regEnveloppe, regEnveloppeZone, regDestination, regTropAnomalies,
		regFactureAbsente, regFactureAutre, regEcartLigne, regLigneEnTrop, regEcartTotal}
	for _, i := range InterpretationsPossibles() {
		rs = append(rs, *i.Lecture())
	}
	return rs
}
