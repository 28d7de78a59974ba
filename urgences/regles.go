package urgences

import "github.com/simphonie/simphonie"

// Rules of the data: what is wrong with a visit.
var (
	regVenue = simphonie.Regle{Code: "URG-VENUE", Source: "RG_IP714", Gravite: simphonie.Bloquante,
		Message: "Le numéro d'entrée est absent."}
	regFINESS = simphonie.Regle{Code: "URG-FINESS", Source: "RG_MF636", Gravite: simphonie.Alerte,
		Message: "Le numéro FINESS n'a pas la forme ou la clé attendue."}
	regEtablissement = simphonie.Regle{Code: "URG-ETABLISSEMENT", Source: "arrêté du 27/12/2021 art. 2", Gravite: simphonie.Bloquante,
		Message: "Le secteur ou le territoire de l'établissement est absent ou inconnu."}
	regValeur = simphonie.Regle{Code: "URG-VALEUR", Source: "format du passage", Gravite: simphonie.Bloquante,
		Message: "Valeur absente ou inconnue."}
	regDebutSoins = simphonie.Regle{Code: "URG-DEBUT-SOINS", Source: "RG_IP621", Gravite: simphonie.Bloquante,
		Message: "Le début de la prise en charge par l'urgentiste est absent."}
	regChronologie = simphonie.Regle{Code: "URG-CHRONOLOGIE", Source: "RG_VF600", Gravite: simphonie.Bloquante,
		Message: "Les instants du passage ne se suivent pas : arrivée, soins, actes, sortie."}
	regNaissance = simphonie.Regle{Code: "URG-NAISSANCE", Source: "RG_BS601", Gravite: simphonie.Bloquante,
		Message: "La date de naissance est absente, ou son siècle est inconnu : la demander."}
	regNaissanceApres = simphonie.Regle{Code: "URG-NAISSANCE-APRES-SOINS", Source: "RG_IP_CC16", Gravite: simphonie.Bloquante,
		Message: "La naissance est postérieure aux soins du {0}."}
	regDonneeAbsente = simphonie.Regle{Code: "URG-DONNEE-ABSENTE", Source: "arrêté du 19/02/2015 art. 13", Gravite: simphonie.Alerte,
		Message: "Donnée absente : {0} n'a pas pu être examiné."}
	regListeManque = simphonie.Regle{Code: "URG-LISTE-MANQUE", Source: "arrêté du 27/12/2021 annexe 2, arrêté du 31/03/2023 annexe 8", Gravite: simphonie.AVerifier,
		Message: "{0} dépend d'une liste qui n'est pas chargée : charger la liste ou porter la décision sur le passage."}
	regListeDecision = simphonie.Regle{Code: "URG-LISTE-DECISION", Source: "arrêté du 27/12/2021 annexe 2, arrêté du 31/03/2023 annexe 8", Gravite: simphonie.Alerte,
		Message: "La décision portée sur le passage pour {0} contredit la liste chargée ; la décision est suivie."}
	regDeuxListes = simphonie.Regle{Code: "URG-PE-DEUX-LISTES", Source: "arrêté du 31/03/2023 annexe 8", Gravite: simphonie.AVerifier,
		Message: "Le diagnostic est dans les deux listes de l'annexe 8 : décider entre PE1 et PE2."}
	regExonerationForcee = simphonie.Regle{Code: "URG-EXONERATION-FORCEE", Source: "art. L. 160-13 CSS", Gravite: simphonie.Bloquante,
		Message: "Une exonération décidée par l'appelant demande un code connu, un motif et une référence."}
	regCodeInconnu = simphonie.Regle{Code: "URG-CODE-INCONNU", Source: "RG_IP700", Gravite: simphonie.Bloquante,
		Message: "Le code {0} n'est pas un code de passage aux urgences."}
	regIncoherence = simphonie.Regle{Code: "URG-INSTANT", Source: "format du passage", Gravite: simphonie.Bloquante,
		Message: "Instant hors des années 2000 à 2199, ou envoi antérieur aux soins."}
	regApresConnu = simphonie.Regle{Code: "URG-APRES-CONNU", Source: "date de connaissance des règles", Gravite: simphonie.Alerte,
		Message: "Soins du {0}, après la date du {1} à laquelle règles et tarifs sont connus."}
	regNaissanceDroits = simphonie.Regle{Code: "URG-NAISSANCE-DROITS", Source: "SFG BS30", Gravite: simphonie.Alerte,
		Message: "La date de naissance du passage n'est pas celle du support de droits ; celle du passage est retenue pour la personne soignée."}
	regNaissanceLunaire = simphonie.Regle{Code: "URG-NAISSANCE-LUNAIRE", Source: "RG_BS601 CP02, RG_VF501", Gravite: simphonie.AVerifier,
		Message: "Naissance lunaire de l'année des soins ou de la précédente : décider de l'âge et de l'exonération du nouveau-né."}
	regCodeMalForme = simphonie.Regle{Code: "URG-CODE-MAL-FORME", Source: "CCAM, CIM-10", Gravite: simphonie.Alerte,
		Message: "Le code d'acte ou de diagnostic n'a pas la forme attendue : il n'est dans aucune liste."}
	regDroitsChangent = simphonie.Regle{Code: "URG-DROITS-CHANGENT", Source: "RG_VF650, RG_MF630", Gravite: simphonie.AVerifier,
		Message: "L'AME ou la nature d'assurance n'est pas la même au {0} qu'au début des soins : une facture n'en porte qu'une."}
	regTroisiemeScanner = simphonie.Regle{Code: "URG-TROISIEME-SCANNER", Source: "RG_VF600 à RG_VF607", Gravite: simphonie.AVerifier,
		Message: "Troisième forfait technique de scanner : les textes ne parlent que du second."}
	regForfaitEcarte = simphonie.Regle{Code: "URG-FORFAIT-ECARTE", Source: "RG_CF636 CP01", Gravite: simphonie.Alerte,
		Message: "{0} écarté : l'acte n'ouvre pas de supplément d'imagerie en coupe."}
	regDateLigne = simphonie.Regle{Code: "URG-DATE", Source: "RG_IP621, RG_VF506", Gravite: simphonie.Bloquante,
		Message: "{0} se date du début des soins, le {1}."}
	regEcartSaisie = simphonie.Regle{Code: "URG-ECART-SAISIE", Source: "RG_IP714 à RG_IP717", Gravite: simphonie.Alerte,
		Message: "Codes saisis et codes calculés diffèrent ; en trop : {0} ; manquants : {1}."}
)

// Gate: is the visit billable?
var (
	regFacturable = simphonie.Regle{Code: "URG-FACTURABLE", Source: "art. L. 160-13 CSS, arrêté du 19/02/2015 art. 13",
		Message: "Passage non suivi d'une hospitalisation MCO dans l'établissement : facturable."}
	regAvant2022 = simphonie.Regle{Code: "URG-AVANT-2022", Source: "décret 2022-258",
		Message: "Soins du {0}, avant le 01/01/2022 : ATU et actes, à tarifer en soins externes."}
	regStructure = simphonie.Regle{Code: "URG-STRUCTURE", Source: "arrêté du 19/02/2015 art. 13, RG_CF633",
		Message: "Établissement sans autorisation de médecine d'urgence : pas de forfait d'urgence ; le reste relève des soins externes."}
	regSansSoins = simphonie.Regle{Code: "URG-SANS-SOINS", Source: "SFG IP29",
		Message: "Patient parti sans soins ou réorienté : rien à facturer."}
	regAdmisMCO = simphonie.Regle{Code: "URG-ADMIS-MCO", Source: "art. L. 160-13 CSS, arrêté du 19/02/2015 art. 13",
		Message: "Patient admis en MCO ou en UHCD du même établissement : pas de facture d'urgence."}
	regSoinsIncomplets = simphonie.Regle{Code: "URG-SOINS-INCOMPLETS", Source: "arrêté du 19/02/2015 art. 13, RG_IP621",
		Message: "La prise en charge par l'urgentiste n'est pas complète : pas de forfait d'urgence."}
	regGynecologie = simphonie.Regle{Code: "URG-GYNECOLOGIE", Source: "arrêté du 19/02/2015 art. 13, RG_CF633",
		Message: "Urgence gynécologique : ATU due, à tarifer en soins externes."}
	regObstetrique = simphonie.Regle{Code: "URG-OBSTETRIQUE", Source: "arrêté du 19/02/2015 art. 13", Gravite: simphonie.AVerifier,
		Message: "Urgence obstétricale : les textes excluent l'ATU sans dire ce qui se facture."}
	regHorsMCO = simphonie.Regle{Code: "URG-HORS-MCO", Source: "art. L. 160-13 CSS", Gravite: simphonie.AVerifier,
		Message: "Patient transféré, admis en psychiatrie ou hors MCO : à vérifier avant de facturer."}
)

// Pricing of the forfaits.
var (
	regJeu = simphonie.Regle{Code: "URG-JEU", Source: "arrêtés du 27/12/2021 et du 31/03/2023",
		Message: "Soins du {0}, règles connues au {1} : jeu {2}."}
	regAge = simphonie.Regle{Code: "URG-AGE", Source: "RG_IP622, RG_IP708",
		Message: "Âge {0} au {1} : {2}."}
	regNuitFerie = simphonie.Regle{Code: "URG-NUIT-FERIE", Source: "arrêté du 31/03/2023, RG_MF602",
		Message: "Soins débutés à {0} : {1}."}
	regCCMU = simphonie.Regle{Code: "URG-CCMU", Source: "arrêté du 27/12/2021 art. 2",
		Message: "CCMU {0} : {1}."}
	regListe = simphonie.Regle{Code: "URG-LISTE", Source: "arrêté du 27/12/2021 annexe 2, arrêté du 31/03/2023 annexe 8",
		Message: "{0} : {1}."}
	regPediatrie = simphonie.Regle{Code: "URG-PEDIATRIE", Source: "arrêté du 31/03/2023",
		Message: "Diagnostic principal d'un enfant : {0}."}
	regTransport = simphonie.Regle{Code: "URG-TRANSPORT", Source: "arrêté du 31/03/2023, RG_CF636",
		Message: "Arrivée en {0} : SUM."}
	regBiologie = simphonie.Regle{Code: "URG-BIOLOGIE", Source: "RG_IP685, RG_IP716",
		Message: "Premier acte de biologie le {0}, âge {1} : {2}."}
	regAvis = simphonie.Regle{Code: "URG-AVIS", Source: "arrêté du 31/03/2023, RG_IP717",
		Message: "Avis de la spécialité {0} : SAS."}
	regAvisEnCharge = simphonie.Regle{Code: "URG-AVIS-EN-CHARGE", Source: "arrêté du 31/03/2023, RG_IP717",
		Message: "La spécialité {0} a donné les soins complets : pas de SAS."}
	regImagerie = simphonie.Regle{Code: "URG-IMAGERIE", Source: "arrêté du 31/03/2023, RG_IP715 CP01",
		Message: "Imagerie par un radiologue le {0} : {1}."}
	regNuitFerieSupport = simphonie.Regle{Code: "URG-NUIT-FERIE-SUPPORT", Source: "arrêté du 31/03/2023 art. 8",
		Message: "{0} débuté à {1} : {2}."}
	regForfaitTechnique = simphonie.Regle{Code: "URG-FORFAIT-TECHNIQUE", Source: "RG_CF636 CP01",
		Message: "Forfait technique {0} avec SIC, coefficient {1}."}
	regTarif = simphonie.Regle{Code: "URG-TARIF", Source: "RG_VF630, RG_VF643",
		Message: "Prix de {0} au {1} ({2})."}
	regTauxForfait = simphonie.Regle{Code: "URG-TAUX-FORFAIT", Source: "RG_VF660, RG_VF670",
		Message: "Forfait exonéré par nature : 100 % AMO."}
	regPart = simphonie.Regle{Code: "URG-PART", Source: "RG_VF500 à RG_VF505, RG_VF660",
		Message: "Part du débiteur de la ligne."}
	regAMEForfait = simphonie.Regle{Code: "URG-AME-FORFAIT", Source: "RG_VF650",
		Message: "AME : aucune base AMO, tout à l'organisme de l'AME."}
)

// Patient part, in the order in which it is decided.
var (
	regPatientAME = simphonie.Regle{Code: "URG-FPU-AME", Source: "RG_VF500",
		Message: "AME : FPU entier, à l'organisme de l'AME."}
	regPatientExonere = simphonie.Regle{Code: "URG-FPX", Source: "RG_VF501",
		Message: "Situation exonérée ({0}) : FPX à la charge de l'AMO, exonération {1}."}
	regPatientCFU = simphonie.Regle{Code: "URG-CFU", Source: "RG_VF502",
		Message: "{0} : forfait minoré, et CFU à la charge de l'AMO."}
	regPatientLocal = simphonie.Regle{Code: "URG-FPL", Source: "RG_VF503",
		Message: "Régime local : {0} à la charge de l'AMO."}
	regPatientC2S = simphonie.Regle{Code: "URG-FPU-C2S", Source: "RG_VF504",
		Message: "C2S : {0} à la charge de l'organisme complémentaire {1}."}
	regPatientAutre = simphonie.Regle{Code: "URG-FPU", Source: "RG_VF505",
		Message: "Aucune situation particulière : {0} à la charge du patient ou de sa complémentaire."}
	regPrixDeduit = simphonie.Regle{Code: "URG-PRIX-DEDUIT", Source: "RG_VF502 [INF]",
		Message: "Prix de {0} déduit de FPU et FPV."}
	regCFUEcart = simphonie.Regle{Code: "URG-CFU-ECART", Source: "RG_VF502 [INF]", Gravite: simphonie.Alerte,
		Message: "Au {0}, le forfait minoré et CFU ne font pas le forfait plein."}
)

// Structure of the invoice.
var (
	regFUUnique = simphonie.Regle{Code: "URG-FU-UNIQUE", Source: "RG_IP714", Gravite: simphonie.Bloquante,
		Message: "Un passage porte un et un seul forfait d'âge ; il en a {0}."}
	regFUAge = simphonie.Regle{Code: "URG-FU-AGE", Source: "RG_IP708", Gravite: simphonie.Bloquante,
		Message: "{0} ne correspond pas à l'âge au {1} : {2} attendu."}
	regImagerieUnique = simphonie.Regle{Code: "URG-IMAGERIE-UNIQUE", Source: "RG_IP715", Gravite: simphonie.Bloquante,
		Message: "Un seul supplément d'imagerie, SIM ou SIC, par passage."}
	regBiologieUnique = simphonie.Regle{Code: "URG-BIOLOGIE-UNIQUE", Source: "RG_IP716", Gravite: simphonie.Bloquante,
		Message: "Un seul supplément de biologie par facture."}
	regBiologieAge = simphonie.Regle{Code: "URG-BIOLOGIE-AGE", Source: "RG_IP685", Gravite: simphonie.Bloquante,
		Message: "{0} ne correspond pas à l'âge au {1} : {2} attendu."}
	regSansFU = simphonie.Regle{Code: "URG-SANS-FU", Source: "RG_IP715 à RG_IP717, arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "{0} ne se facture pas sans forfait d'âge."}
	regAvisSpecialite = simphonie.Regle{Code: "URG-AVIS-SPECIALITE", Source: "RG_IP717", Gravite: simphonie.Bloquante,
		Message: "Un SAS porte sa spécialité, et il n'y en a qu'un par spécialité."}
	regCCMUUnique = simphonie.Regle{Code: "URG-CCMU-UNIQUE", Source: "arrêté du 27/12/2021 art. 2", Gravite: simphonie.Bloquante,
		Message: "SU2 et SU3 : un seul des deux, une fois."}
	regPEUnique = simphonie.Regle{Code: "URG-PE-UNIQUE", Source: "arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "PE1 et PE2 : un seul des deux, une fois."}
	regPEAge = simphonie.Regle{Code: "URG-PE-AGE", Source: "arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "{0} ne complète que FU0 ou FU1."}
	regHorsPeriode = simphonie.Regle{Code: "URG-HORS-PERIODE", Source: "arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "{0} n'existe pas au {1}."}
	regNuitFerieUnique = simphonie.Regle{Code: "URG-NUIT-FERIE-UNIQUE", Source: "arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "SUN et SUF : un seul des deux, une fois."}
	regNuitFerieHeure = simphonie.Regle{Code: "URG-NUIT-FERIE-HEURE", Source: "arrêté du 31/03/2023, RG_MF602", Gravite: simphonie.Bloquante,
		Message: "{0} ne correspond pas à l'heure du début des soins."}
	regTransportUnique = simphonie.Regle{Code: "URG-TRANSPORT-UNIQUE", Source: "arrêté du 31/03/2023", Gravite: simphonie.Bloquante,
		Message: "Un seul SUM par passage."}
	regSSSupport = simphonie.Regle{Code: "URG-SS-SUPPORT", Source: "arrêté du 31/03/2023 art. 8", Gravite: simphonie.Bloquante,
		Message: "{0} complète un SAS, un SIM ou un SIC."}
	regSSExclusif = simphonie.Regle{Code: "URG-SS-EXCLUSIF", Source: "arrêté du 31/03/2023 art. 8", Gravite: simphonie.Bloquante,
		Message: "Un même supplément ne porte qu'un SSN ou un SSF."}
	regPatientUnique = simphonie.Regle{Code: "URG-PATIENT-UNIQUE", Source: "RG_VF507", Gravite: simphonie.Bloquante,
		Message: "Un passage porte un et un seul forfait patient ; il en a {0}."}
	regCFUUnique = simphonie.Regle{Code: "URG-CFU-UNIQUE", Source: "RG_VF507", Gravite: simphonie.Bloquante,
		Message: "Un seul CFU par passage."}
	regCFUMinore = simphonie.Regle{Code: "URG-CFU-MINORE", Source: "RG_VF508", Gravite: simphonie.Bloquante,
		Message: "CFU et un forfait minoré (FPV ou FPM) vont toujours ensemble."}
	regCumul = simphonie.Regle{Code: "URG-CUMUL", Source: "RG_VF627", Gravite: simphonie.Bloquante,
		Message: "{0} n'est pas un code d'urgence : il ne se facture pas avec un forfait d'âge."}
	regForfaitTechniqueSIC = simphonie.Regle{Code: "URG-FORFAIT-TECHNIQUE-SIC", Source: "RG_CF636 CP01, RG_CF672", Gravite: simphonie.Bloquante,
		Message: "{0} accompagne SIC, et SIC seulement."}
	regDelai = simphonie.Regle{Code: "URG-DELAI", Source: "RG_MF606", Gravite: simphonie.Bloquante,
		Message: "Un an ou plus entre les soins du {0} et l'envoi du {1} : à forcer à la demande de la caisse."}
	regC2SReste = simphonie.Regle{Code: "URG-C2S-RESTE", Source: "RG_VF695", Gravite: simphonie.Bloquante,
		Message: "C2S : il reste {1} € à payer sur {0}, rien n'est attendu."}
)

// Life of the invoice.
var (
	regFusionPassage = simphonie.Regle{Code: "URG-FUSION-PASSAGE", Source: "RG_MF630, RG_VF506", Gravite: simphonie.Bloquante,
		Message: "La part patient et les forfaits ne sont pas du même passage : {0} diffère."}
	regFusionDroits = simphonie.Regle{Code: "URG-FUSION-DROITS", Source: "RG_VF506, RG_VF660", Gravite: simphonie.Bloquante,
		Message: "Les droits ont changé entre la part patient et les forfaits : {0} diffère."}
	regFusionTarifs = simphonie.Regle{Code: "URG-FUSION-TARIFS", Source: "RG_VF630", Gravite: simphonie.Alerte,
		Message: "La part patient et les forfaits n'ont pas été calculés avec les mêmes règles et tarifs."}
	regFusionRefusee = simphonie.Regle{Code: "URG-FUSION-REFUSEE", Source: "RG_VF506", Gravite: simphonie.Bloquante,
		Message: "La fusion demande une part patient et des forfaits facturables."}
	regSepares = simphonie.Regle{Code: "URG-SEPARES", Source: "RG_VF506 ; contrôle ATIH levé pour 2022", Gravite: simphonie.Alerte,
		Message: "Le forfait patient et le forfait d'âge doivent aller dans la même facture."}
	regRemboursement = simphonie.Regle{Code: "URG-REMBOURSEMENT", Source: "conservation des montants", Gravite: simphonie.Alerte,
		Message: "{0} avait versé {1} € et devait {2} € : tout est rendu, l'écart est à expliquer."}
	regRequalification = simphonie.Regle{Code: "URG-REQUALIFICATION", Source: "art. L. 160-13 CSS",
		Message: "Passage suivi d'une admission : la facture d'urgence est annulée et ce qui a été encaissé est rendu."}
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{
		regVenue, regFINESS, regEtablissement, regValeur, regDebutSoins, regChronologie, regNaissance,
		regNaissanceApres, regDonneeAbsente, regListeManque, regListeDecision, regDeuxListes,
		regExonerationForcee, regCodeInconnu, regEcartSaisie, regIncoherence, regApresConnu, regNaissanceDroits,
		regNaissanceLunaire, regCodeMalForme, regDroitsChangent, regTroisiemeScanner, regForfaitEcarte, regDateLigne,
		regFacturable, regAvant2022, regStructure, regSansSoins, regAdmisMCO, regSoinsIncomplets,
		regGynecologie, regObstetrique, regHorsMCO,
		regJeu, regAge, regNuitFerie, regCCMU, regListe, regPediatrie, regTransport, regBiologie,
		regAvis, regAvisEnCharge, regImagerie, regNuitFerieSupport, regForfaitTechnique, regTarif,
		regTauxForfait, regPart, regAMEForfait,
		regPatientAME, regPatientExonere, regPatientCFU, regPatientLocal, regPatientC2S, regPatientAutre,
		regPrixDeduit, regCFUEcart,
		regFUUnique, regFUAge, regImagerieUnique, regBiologieUnique, regBiologieAge, regSansFU,
		regAvisSpecialite, regCCMUUnique, regPEUnique, regPEAge, regHorsPeriode, regNuitFerieUnique,
		regNuitFerieHeure, regTransportUnique, regSSSupport, regSSExclusif, regPatientUnique,
		regCFUUnique, regCFUMinore, regCumul, regForfaitTechniqueSIC, regDelai, regC2SReste,
		regFusionPassage, regFusionDroits, regFusionTarifs, regFusionRefusee, regSepares, regRemboursement, regRequalification,
		*lecBornes, *lecPrixPatient, *lecOrdreFPX, *lecHorsMCO, *lecHeureImagerie, *lecObstetrique, *lecAMCDeclaree, *lecNouveauNe,
	}
}
