package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
)

func ctl(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

// Rules of one line: code, dates, prescription, executant, age.
var (
	ctlTable = ctl("ACE-C-TABLE", "SFG, document TABLES", simphonie.AVerifier,
		"« {0} » n'est pas chargé ou n'a pas cette ligne : le contrôle n'a pas été fait, à vérifier à la main.")
	ctlNaissanceAbsente = ctl("ACE-C-NAISSANCE-ABSENTE", "RG_BS601", simphonie.Bloquante,
		"La date de naissance est absente ou son siècle est inconnu : la demander au patient.")
	ctlNaissance = ctl("ACE-C-NAISSANCE", "RG_IP_CC16", simphonie.Bloquante,
		"La naissance est postérieure à l'acte du {0} : corriger l'une des deux dates.")
	ctlNaissanceJour = ctl("ACE-C-NAISSANCE-JOUR", "RG_IP_CC16", simphonie.Alerte,
		"Acte du {0}, jour de la naissance : le texte veut une naissance antérieure, vérifier les deux dates.")
	ctlDates = ctl("ACE-C-DATES", "RG_VF600", simphonie.Bloquante,
		"{0} : la date d'exécution « {1} » est absente ou hors de la venue : la corriger.")
	ctlDelai = ctl("ACE-C-DELAI", "RG_MF606", simphonie.Bloquante,
		"{0} du {1} : un an est passé à l'envoi du {2}. Donner le motif du forçage demandé par la caisse, ou ne pas facturer.")
	ctlBascule = ctl("ACE-C-BASCULE", "RG_IP701", simphonie.Bloquante,
		"{0} du {1} : soins antérieurs à l'entrée de l'établissement dans FIDES, le {2}.")
	ctlCode = ctl("ACE-C-CODE", "RG_IP700", simphonie.Bloquante,
		"{0} n'est pas un code facturable en soins externes le {1} : corriger le code ou la date.")
	ctlNomenclature = ctl("ACE-C-NOMENCLATURE", "RG_IP700 (table 1)", simphonie.Bloquante,
		"{0} : la nomenclature saisie n'est pas celle du code, ou l'acte ou l'analyse qu'elle demande manque.")
	ctlCoefficient = ctl("ACE-C-COEFFICIENT", "RG_IP703", simphonie.Bloquante,
		"{0} : le coefficient {1} est hors de l'intervalle permis, de {2} à {3}.")
	ctlPrescriptionApres = ctl("ACE-C-PRESCRIPTION-APRES", "RG_IP705", simphonie.Bloquante,
		"{0} du {1} : la prescription, du {2}, est postérieure.")
	ctlPrescriptionAbsente = ctl("ACE-C-PRESCRIPTION-ABSENTE", "RG_IP706", simphonie.Bloquante,
		"{0} : la prescription est obligatoire, saisir sa date et le prescripteur.")
	ctlPrescripteur = ctl("ACE-C-PRESCRIPTEUR", "RG_IP612", simphonie.Bloquante,
		"Le numéro du prescripteur n'a pas la forme ou la clé attendue : le ressaisir.")
	ctlSpecialite = ctl("ACE-C-SPECIALITE", "RG_IP707", simphonie.Bloquante,
		"{0} ne se facture pas par la spécialité {1} : corriger le code ou l'exécutant.")
	ctlSpecialiteCCAM = ctl("ACE-C-SPECIALITE-CCAM", "RG_IP_RC5", simphonie.Bloquante,
		"L'acte {0} n'est pas ouvert à la spécialité {1} : corriger l'acte ou l'exécutant.")
	ctlSpecialite40 = ctl("ACE-C-SPECIALITE-40", "RG_IP707", simphonie.Bloquante,
		"{0} : la spécialité 40 ne code que des actes de biologie.")
	ctlLettreFermee = ctl("ACE-C-LETTRE-FERMEE", "RG_IP_CC6", simphonie.Bloquante,
		"La lettre {0} est fermée à la spécialité {1} le {2} : coder l'acte en CCAM ou corriger la lettre.")
	ctlAge = ctl("ACE-C-AGE", "RG_IP708, RG_CF881", simphonie.Bloquante,
		"{0} : l'âge du patient au {1} n'est pas dans les limites du code (depuis {2}, jusqu'à {3}).")
	ctlQualificatif = ctl("ACE-C-QUALIFICATIF", "RG_CF_R17", simphonie.Bloquante,
		"{0} n'accepte pas le qualificatif de dépense « {1} ».")
	ctlSupport = ctl("ACE-C-SUPPORT", "RG_VF626", simphonie.Bloquante,
		"{0} complète un acte que la venue n'a pas : corriger le rang de l'acte support.")
	ctlSupportAbsent = ctl("ACE-C-SUPPORT-ABSENT", "RG_VF626", simphonie.Bloquante,
		"{0} est un complément : dire quel acte il complète.")
	ctlSupportDate = ctl("ACE-C-SUPPORT-DATE", "RG_VF626", simphonie.Bloquante,
		"{0} du {1} complète {2} du {3} : les deux se datent du même jour.")
	ctlSupportCode = ctl("ACE-C-SUPPORT-CODE", "RG_VF626", simphonie.Bloquante,
		"{0} ne peut pas compléter {1}.")
)

// Rules of the CCAM.
var (
	ctlActe = ctl("ACE-C-ACTE", "RG_IP_CC8", simphonie.Bloquante,
		"L'acte {0} n'existe pas dans la CCAM au {1} : corriger l'acte ou la date.")
	ctlActivite = ctl("ACE-C-ACTIVITE", "RG_IP_RC1, RG_IP_RC2", simphonie.Bloquante,
		"L'acte {0} n'a pas l'activité {1}, phase {2}.")
	ctlModificateurNombre = ctl("ACE-C-MODIFICATEUR-NOMBRE", "EF_IP09", simphonie.Bloquante,
		"{0} : quatre modificateurs au plus.")
	ctlModificateur = ctl("ACE-C-MODIFICATEUR", "RG_IP_CC2", simphonie.Bloquante,
		"{0} : le modificateur {1} n'existe pas pour la grille {2} le {3}.")
	ctlModificateurActe = ctl("ACE-C-MODIFICATEUR-ACTE", "RG_IP_RC3", simphonie.Bloquante,
		"{0} n'accepte pas le modificateur {1} : le retirer.")
	ctlModificateurAge = ctl("ACE-C-MODIFICATEUR-AGE", "RG_IP_RC4", simphonie.Bloquante,
		"{0} : le modificateur {1} ne convient pas à l'âge du patient le {2}.")
	ctlModificateurFerie = ctl("ACE-C-MODIFICATEUR-FERIE", "RG_IP_RC11", simphonie.Bloquante,
		"{0} : le modificateur F se réserve aux dimanches et jours fériés, le {1} n'en est pas un.")
	ctlModificateurNuit = ctl("ACE-C-MODIFICATEUR-NUIT", "RG_IP_RC11 [INF]", simphonie.Alerte,
		"{0} : le modificateur {1} est de nuit, l'acte est de {2} : vérifier l'heure ou le modificateur.")
	ctlModificateurPaire = ctl("ACE-C-MODIFICATEUR-PAIRE", "RG_IP_RC12 (TB09)", simphonie.Bloquante,
		"{0} : les modificateurs {1} et {2} ne vont pas ensemble le {3}.")
	ctlModificateurRepete = ctl("ACE-C-MODIFICATEUR-REPETE", "RG_IP_RC12 (TB10)", simphonie.Bloquante,
		"Le modificateur {0} ne compte qu'une fois pour les actes d'un praticien le {1}.")
	ctlModificateurPraticien = ctl("ACE-C-MODIFICATEUR-PRATICIEN", "RG_IP_RC12 CP01", simphonie.Bloquante,
		"Modificateurs {0} le {1} : un seul de U, P, S et F pour tous les actes d'un praticien.")
	ctlModificateurPaye = ctl("ACE-C-MODIFICATEUR-PAYE", "RG_VF640 (TB19)", simphonie.Alerte,
		"{0} : {1} modificateurs au plus sont payés, dans l'ordre saisi ; {2} vient après et vaut plus : mettre les plus chers en tête.")
	ctlModificateurActivites = ctl("ACE-C-MODIFICATEUR-ACTIVITES", "RG_VF_CC2 (TB10)", simphonie.Bloquante,
		"{0} le {1} : le modificateur {2} doit être sur toutes les activités de l'acte ou sur aucune.")
	ctlDemiTarif = ctl("ACE-C-DEMI-TARIF", "RG_VF640 CP02, RG_VF620 CP01", simphonie.Bloquante,
		"{0} est dit à 50 % avec une consultation : il faut une consultation du même praticien ce jour-là et aucun code d'association.")
	ctlDemiTarifListe = ctl("ACE-C-DEMI-TARIF-LISTE", "livre III, III-3-A et III-41", simphonie.AVerifier,
		"{0} est dit à 50 % avec une consultation, mais aucune liste de dérogations ne le nomme.")
	ctlDemiTarifAbsent = ctl("ACE-C-DEMI-TARIF-ABSENT", "RG_VF640 CP02, livre III, III-3-A et III-41", simphonie.AVerifier,
		"{0} du {1} est à plein tarif à côté d'une consultation ou d'un avis du même praticien : les textes le paient à 50 %.")
	ctlIncompatibles = ctl("ACE-C-INCOMPATIBLES", "RG_VF_RC17 (champ 14)", simphonie.Bloquante,
		"{0} et {1} sont incompatibles le même jour ({2}) : en retirer un.")
	ctlProcedure = ctl("ACE-C-PROCEDURE", "RG_VF_RC15", simphonie.AVerifier,
		"{0} et {1} le {2} : l'un est une procédure qui comprend l'autre, ne garder les deux que pour des organes multiples.")
	ctlComplementaire = ctl("ACE-C-COMPLEMENTAIRE", "RG_VF_CC3", simphonie.Bloquante,
		"{0} est un geste complémentaire : il ne se code pas sans un acte principal le {1}.")
)

// Rules of associations.
var (
	ctlAssociationPlanifiee = ctl("ACE-C-ASSOCIATION-PLANIFIEE", "RG_IP_CC1 (champ 13)", simphonie.Bloquante,
		"Actes {0} du {1} : toutes les associations sont prévues par la CCAM, le code d'association reste vide.")
	ctlAssociationAbsente = ctl("ACE-C-ASSOCIATION-ABSENTE", "RG_IP_CC1", simphonie.Bloquante,
		"Actes {0} du {1} : une association au moins n'est pas prévue, chaque acte porte un code d'association.")
	ctlAssociationSeule = ctl("ACE-C-ASSOCIATION-SEULE", "RG_IP_CC1", simphonie.Bloquante,
		"{0} est le seul acte CCAM du {1} : son code d'association reste vide.")
	ctlAssociationValeur = ctl("ACE-C-ASSOCIATION-VALEUR", "RG_IP_CC1 (TB02)", simphonie.Bloquante,
		"{0} : « {1} » n'est pas un code d'association le {2}.")
	ctlAssociation4 = ctl("ACE-C-ASSOCIATION-4", "RG_IP654", simphonie.Bloquante,
		"Actes {0} du {1} : le code 4 ne se mêle à aucun autre code d'association.")
	ctlAssociationPremier = ctl("ACE-C-ASSOCIATION-PREMIER", "RG_IP654, décision du 18/07/2005 art. III-3 B", simphonie.Alerte,
		"Actes {0} d'un praticien le {1} : un code 2, 3 ou 5 demande un acte au code 1.")
	ctlAssociationNombre = ctl("ACE-C-ASSOCIATION-NOMBRE", "décision du 18/07/2005 art. III-3 B", simphonie.Alerte,
		"Actes {0} d'un praticien le {1} : la règle générale ne paie que deux actes, vérifier que l'association est de celles qui dérogent.")
)

// Rules of teeth.
var (
	ctlDent = ctl("ACE-C-DENT", "EF_IP10 (ISO 3950)", simphonie.Bloquante,
		"{0} : « {1} » n'est pas une dent ou une zone de la numérotation ISO 3950, ou seize localisations sont dépassées.")
	ctlDentAge = ctl("ACE-C-DENT-AGE", "RG_IP_RC13", simphonie.Bloquante,
		"{0} : l'âge du patient au {1} est hors des âges dentaires de l'acte.")
	ctlDentInterdite = ctl("ACE-C-DENT-INTERDITE", "RG_IP_RC14", simphonie.Bloquante,
		"{0} ne se fait pas sur la dent {1}.")
	ctlDentNombre = ctl("ACE-C-DENT-NOMBRE", "RG_IP_CC5", simphonie.Bloquante,
		"{0} demande au moins {1} dents, {2} sont saisies.")
	ctlDentPanier = ctl("ACE-C-DENT-PANIER", "RG_IP_R43", simphonie.Alerte,
		"Dent {0} : les actes {1} sont de paniers différents, prévenir le praticien.")
)

// Rules of surcharges.
var (
	ctlHeure = ctl("ACE-C-HEURE", "RG_CF682, RG_CF688", simphonie.Bloquante,
		"{0} : l'heure de l'acte est absente ou mal formée, une majoration de nuit ou de dimanche la demande.")
	ctlMajoration = ctl("ACE-C-MAJORATION", "RG_CF680", simphonie.Bloquante,
		"{0} n'accepte pas la majoration {1} : la retirer.")
	ctlMajorationNuit = ctl("ACE-C-MAJORATION-NUIT", "RG_CF682", simphonie.Bloquante,
		"{0} de {1} : la majoration de nuit va de 20:00 à 07:59.")
	ctlMajorationFerie = ctl("ACE-C-MAJORATION-FERIE", "RG_CF688", simphonie.Bloquante,
		"{0} du {1} à {2} : la majoration F se réserve aux dimanches et jours fériés, de 08:00 à 19:59.")
	ctlMajorationPraticien = ctl("ACE-C-MAJORATION-PRATICIEN", "RG_CF685", simphonie.Bloquante,
		"Majoration {0} portée {1} fois pour un même praticien : une seule de chaque sorte.")
	ctlCoordination = ctl("ACE-C-COORDINATION", "RG_CF671", simphonie.Bloquante,
		"{0} ne se facture pas avec l'indicateur de parcours « {1} » : il faut O, M, D ou H, la C2S ou moins de 16 ans.")
)

// Rules of biology and products.
var (
	ctlAnalyse = ctl("ACE-C-ANALYSE", "RG_IP700", simphonie.Bloquante,
		"L'analyse {0} n'est pas à la nomenclature le {1} : corriger le code ou la date.")
	ctlNABMMax = ctl("ACE-C-NABM-MAX", "RG_VF621", simphonie.Bloquante,
		"Analyse {0} cotée {1} fois le {2} : {3} au plus.")
	ctlNABMIncompatible = ctl("ACE-C-NABM-INCOMPATIBLE", "RG_VF622", simphonie.Bloquante,
		"Les analyses {0} et {1} ne se cotent pas ensemble le {2}.")
	ctlNABMMinimum = ctl("ACE-C-NABM-MINIMUM", "RG_VF624", simphonie.Bloquante,
		"Biologie du {0} : cotation {1} avec le complément, le minimum est {2}.")
	ctlNABMSurcomplement = ctl("ACE-C-NABM-SURCOMPLEMENT", "RG_VF624 [INF]", simphonie.Alerte,
		"Biologie du {0} : cotation {1} avec le complément, plus que le minimum de {2} : le complément est-il trop fort ?")
	ctlNABMSousMinimum = ctl("ACE-C-NABM-SOUS-MINIMUM", "RG_VF624", simphonie.Alerte,
		"Biologie du {0} : cotation {1} sous le minimum de {2} ; pour un prélèvement sanguin, ajouter le complément de cotation.")
	ctlNABMRegle3 = ctl("ACE-C-NABM-REGLE-3", "RG_VF625", simphonie.Bloquante,
		"Biologie du {0} : {1} analyses de la règle 3, {2} au plus.")
	ctlNABMRegle4 = ctl("ACE-C-NABM-REGLE-4", "RG_VF625", simphonie.Bloquante,
		"Biologie du {0} : {1} analyses de la règle 4, {2} au plus.")
	ctl9001 = ctl("ACE-C-9001", "NABM (9001)", simphonie.Bloquante,
		"9001 à {0} : ce supplément est de nuit, de 20:00 à 07:59.")
	ctl9004 = ctl("ACE-C-9004", "NABM (9004)", simphonie.Bloquante,
		"9004 le {0} à {1} : ce supplément se réserve au samedi dès 12:00, au dimanche et aux jours fériés.")
	ctl9107 = ctl("ACE-C-9107", "RG_CF684, RG_CF687, RG_CF689 (SP13)", simphonie.Bloquante,
		"Le forfait 9107 ne se facture pas en soins externes d'un établissement public.")
	ctlEPS = ctl("ACE-C-9107-STATUT", "RG_CF684, RG_CF687, RG_CF689 (SP13)", simphonie.AVerifier,
		"Forfait 9107 : dire si l'établissement est public, ce forfait y est interdit.")
	ctlIST = ctl("ACE-C-IST", "RG_IP663", simphonie.Bloquante,
		"{0} n'est pas du dépistage des IST : retirer ce contexte de la ligne.")
	ctlUCD = ctl("ACE-C-UCD", "RG_IP710", simphonie.Bloquante,
		"« {0} » n'est pas un code UCD : sept chiffres, le premier est 9.")
	ctlUCDFraction = ctl("ACE-C-UCD-FRACTION", "EF_IP13_02", simphonie.Bloquante,
		"{0} : la fraction {1} n'est pas entre 0 et 1.")
	ctlUCDRetrocession = ctl("ACE-C-UCD-RETROCESSION", "RG_IP711", simphonie.Bloquante,
		"{0} n'est pas sur la liste de rétrocession le {1}.")
	ctlUCDMarge = ctl("ACE-C-UCD-MARGE", "RG_IP712", simphonie.Bloquante,
		"{0} : une seule marge par médicament et par prescription, {1} sont saisies.")
	ctlUCDEnSus = ctl("ACE-C-UCD-EN-SUS", "RG_IP713", simphonie.Bloquante,
		"{0} n'est pas sur la liste en sus le {1}.")
)

// Rules of forfaits.
var (
	ctlATUSeule = ctl("ACE-C-ATU-SEULE", "RG_CF684, RG_CF687, RG_CF689, RG_VF626", simphonie.Bloquante,
		"ATU du {0} : elle ne se facture pas sans un acte du même jour.")
	ctlFFMActe = ctl("ACE-C-FFM-ACTE", "RG_VF626 (annexe 10)", simphonie.Bloquante,
		"FFM du {0} : aucun acte de l'annexe 10 le même jour.")
	ctlFFMAnesthesie = ctl("ACE-C-FFM-ANESTHESIE", "RG_VF626", simphonie.Bloquante,
		"FFM du {0} : elle ne se facture pas avec une anesthésie ({1}).")
	ctlSEActe = ctl("ACE-C-SE-ACTE", "RG_VF626 (annexe 11)", simphonie.Bloquante,
		"{0} du {1} : aucun acte de sa liste de l'annexe 11 le même jour.")
	ctlSESeul = ctl("ACE-C-SE-SEUL", "RG_VF626", simphonie.AVerifier,
		"{0} du {1} sans acte : permis pour la seule activité libérale d'un praticien à temps plein.")
	ctlSENombre = ctl("ACE-C-SE-NOMBRE", "RG_VF607 CP02, RG_VF620", simphonie.AVerifier,
		"Forfaits {0} le {1} : les textes ne parlent que de deux SE, de listes différentes.")
	ctlAPEProduit = ctl("ACE-C-APE-PRODUIT", "RG_VF626 [INF]", simphonie.AVerifier,
		"APE du {0} sans produit de la LPP ou de la liste en sus (PH8, PII, PME).")
	ctlFTActe = ctl("ACE-C-FT-ACTE", "RG_VF626", simphonie.Bloquante,
		"{0} du {1} : un forfait technique est seul, ou avec un acte d'imagerie.")
	ctlFSDActe = ctl("ACE-C-FSD-ACTE", "RG_VF626 (champ 34)", simphonie.Bloquante,
		"FSD du {0} : aucun acte du même praticien n'ouvre ce forfait.")
	ctlFSD24 = ctl("ACE-C-FSD-24H", "RG_CF684, RG_CF687, RG_CF689", simphonie.Bloquante,
		"FSD porté deux fois en 24 heures par un même praticien ({0} et {1}).")
	ctlFSD24Heure = ctl("ACE-C-FSD-24H-HEURE", "RG_CF684, RG_CF687, RG_CF689", simphonie.AVerifier,
		"FSD du {0} et du {1} pour un même praticien : les heures manquent pour dire si 24 heures les séparent.")
	ctlVDEActe = ctl("ACE-C-VDE-ACTE", "RG_VF626 (annexe 4 de la CCAM)", simphonie.Bloquante,
		"VDE du {0} : aucun acte de vidéocapsule le même jour.")
)

// Rules of priced lines.
var (
	ctlNatureActe = ctl("ACE-C-NATURE-ACTE", "RG_CF664, RG_IP_RC8 (champ 30.1)", simphonie.Bloquante,
		"L'acte {0} ne se facture pas en nature d'assurance {1}.")
	ctlExoActe = ctl("ACE-C-EXO-ACTE", "RG_VF_CC4", simphonie.Bloquante,
		"{0} du {1} : toutes les activités et phases d'un acte portent la même exonération, on trouve {2}.")
	ctlResteC2S = ctl("ACE-C-RESTE-C2S", "RG_VF695", simphonie.Bloquante,
		"{0} : il reste {1} € au patient, un bénéficiaire de la C2S ne paie rien.")
	ctlForfaitC2S = ctl("ACE-C-FORFAIT-C2S", "RG_VF_RC19 (champ 52)", simphonie.Bloquante,
		"Le forfait {0} ne va pas avec l'acte {1}.")
	ctlCouple = ctl("ACE-C-COUPLE-DENTAIRE", "RG_VF_P5", simphonie.Bloquante,
		"Le couple {0} et {1} n'est pas dans la table des plafonds dentaires le {2}.")
	ctlPlafond = ctl("ACE-C-PLAFOND-DENTAIRE", "RG_VF_P5", simphonie.Alerte,
		"{0} : {1} € demandés, le plafond dentaire est de {2} € : prévenir le praticien.")
	ctlOpposable = ctl("ACE-C-TARIF-OPPOSABLE", "RG_VF_P6", simphonie.Alerte,
		"{0} : {1} € demandés pour un tarif opposable de {2} € : prévenir le praticien.")
	ctlOrdreSeuil = ctl("ACE-C-ORDRE-SEUIL", "RG_MF608", simphonie.Information,
		"{0} du {1} déclenche le seuil : sa ligne passe devant celles qu'il exonère.")
)

// reglesControle lists the rules of controls.
func reglesControle() []simphonie.Regle {
	rs := []simphonie.Regle{
		ctlTable, ctlNaissanceAbsente, ctlNaissance, ctlNaissanceJour, ctlDates, ctlDelai, ctlBascule, ctlCode, ctlNomenclature, ctlCoefficient, ctlPrescriptionApres,
		ctlPrescriptionAbsente, ctlPrescripteur, ctlSpecialite, ctlSpecialiteCCAM, ctlSpecialite40, ctlLettreFermee, ctlAge, ctlQualificatif, ctlSupport,
		ctlSupportAbsent, ctlSupportDate, ctlSupportCode,
		ctlActe, ctlActivite, ctlModificateurNombre, ctlModificateur, ctlModificateurActe, ctlModificateurAge, ctlModificateurFerie, ctlModificateurNuit,
		ctlModificateurPaire, ctlModificateurRepete, ctlModificateurPraticien, ctlModificateurPaye, ctlModificateurActivites, ctlDemiTarif,
		ctlDemiTarifListe, ctlDemiTarifAbsent, ctlIncompatibles, ctlProcedure, ctlComplementaire,
		ctlAssociationPlanifiee, ctlAssociationAbsente, ctlAssociationSeule, ctlAssociationValeur, ctlAssociation4, ctlAssociationPremier, ctlAssociationNombre,
		ctlDent, ctlDentAge, ctlDentInterdite, ctlDentNombre, ctlDentPanier,
		ctlHeure, ctlMajoration, ctlMajorationNuit, ctlMajorationFerie, ctlMajorationPraticien, ctlCoordination,
		ctlAnalyse, ctlNABMMax, ctlNABMIncompatible, ctlNABMMinimum, ctlNABMSurcomplement, ctlNABMSousMinimum, ctlNABMRegle3, ctlNABMRegle4, ctl9001, ctl9004,
		ctl9107, ctlEPS, ctlIST, ctlUCD, ctlUCDFraction, ctlUCDRetrocession, ctlUCDMarge, ctlUCDEnSus,
		ctlATUSeule, ctlFFMActe, ctlFFMAnesthesie, ctlSEActe, ctlSESeul, ctlSENombre, ctlAPEProduit, ctlFTActe, ctlFSDActe, ctlFSD24, ctlFSD24Heure, ctlVDEActe,
		ctlNatureActe, ctlExoActe, ctlResteC2S, ctlForfaitC2S, ctlCouple, ctlPlafond, ctlOpposable, ctlOrdreSeuil, ctlCumulListe,
	}
	for i := range cumuls {
		rs = append(rs, cumuls[i].Regle)
	}
	return slices.Clip(rs)
}
