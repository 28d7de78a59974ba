package projet2020

import "github.com/simphonie/simphonie"

// Sources: what the project said, and the rules in force whose controls it takes.
const (
	reunion  = "réunion éditeurs du 25/06/2020 (projet jamais en vigueur)"
	muette   = "réunion éditeurs du 25/06/2020, muette sur ce point (projet jamais en vigueur)"
	format   = "format du passage (projet jamais en vigueur)"
	controle = " ; contrôle repris des règles en vigueur, projet jamais en vigueur"
)

// Rules of the data: what is wrong with a visit.
var (
	regVenue = simphonie.Regle{Code: "P20-VENUE", Source: "RG_IP714" + controle, Gravite: simphonie.Bloquante,
		Message: "Le numéro d'entrée est absent."}
	regFINESS = simphonie.Regle{Code: "P20-FINESS", Source: "RG_MF636" + controle, Gravite: simphonie.Alerte,
		Message: "Le numéro FINESS n'a pas la forme ou la clé attendue."}
	regEtablissement = simphonie.Regle{Code: "P20-ETABLISSEMENT", Source: format, Gravite: simphonie.Bloquante,
		Message: "Le secteur ou le territoire de l'établissement est absent ou inconnu."}
	regValeur = simphonie.Regle{Code: "P20-VALEUR", Source: format, Gravite: simphonie.Bloquante,
		Message: "Valeur absente ou inconnue."}
	regDebutSoins = simphonie.Regle{Code: "P20-DEBUT-SOINS", Source: "RG_IP621" + controle, Gravite: simphonie.Bloquante,
		Message: "Le début de la prise en charge par l'urgentiste est absent."}
	regChronologie = simphonie.Regle{Code: "P20-CHRONOLOGIE", Source: "RG_VF600" + controle, Gravite: simphonie.Bloquante,
		Message: "Les instants du passage ne se suivent pas : soins, actes, sortie."}
	regNaissance = simphonie.Regle{Code: "P20-NAISSANCE", Source: "RG_BS601" + controle, Gravite: simphonie.Bloquante,
		Message: "La date de naissance est absente, postérieure aux soins, ou son siècle est inconnu : la demander."}
	regDonneeAbsente = simphonie.Regle{Code: "P20-DONNEE-ABSENTE", Source: reunion, Gravite: simphonie.Alerte,
		Message: "Donnée absente : le contexte {0} n'a pas pu être examiné."}
	regDecision = simphonie.Regle{Code: "P20-DECISION-REGIME", Source: format, Gravite: simphonie.Bloquante,
		Message: "Une exonération décidée par l'appelant demande un motif et une référence."}
	regPopulation = simphonie.Regle{Code: "P20-POPULATION", Source: muette, Gravite: simphonie.AVerifier,
		Message: "{0} : aucune des trois déclinaisons du projet ne décrit ce patient."}
	regExonerationNonDite = simphonie.Regle{Code: "P20-EXONERATION-NON-DITE", Source: muette, Gravite: simphonie.AVerifier,
		Message: "Situation {0} : le projet ne dit pas si elle passe le FPU au régime ; répondre dans Options.Exonerations."}
	regOrdre = simphonie.Regle{Code: "P20-ORDRE", Source: muette, Gravite: simphonie.AVerifier,
		Message: "Plusieurs déclinaisons du FPU conviennent ({0}) : à vérifier."}
	regDelai = simphonie.Regle{Code: "P20-DELAI", Source: "RG_MF606" + controle, Gravite: simphonie.Bloquante,
		Message: "Un an ou plus entre les soins du {0} et l'envoi du {1} : à forcer à la demande de la caisse."}
)

// Gate.
var (
	regFacturable = simphonie.Regle{Code: "P20-FACTURABLE", Source: reunion,
		Message: "Projet 2020, jamais en vigueur : passage non suivi d'une hospitalisation, facturable."}
	regAvantProjet = simphonie.Regle{Code: "P20-AVANT-PROJET", Source: reunion,
		Message: "Soins du {0}, avant le 01/03/2021 prévu par le projet : ATU et actes."}
	regHorsProjet = simphonie.Regle{Code: "P20-HORS-PROJET", Source: reunion, Gravite: simphonie.Bloquante,
		Message: "Soins du {0}, avant le 01/03/2021 : le projet n'a pas de contrôle pour ce jour."}
	regStructure = simphonie.Regle{Code: "P20-STRUCTURE", Source: "RG_CF633" + controle,
		Message: "Établissement sans autorisation de médecine d'urgence : pas de forfait d'urgence."}
	regSansSoins = simphonie.Regle{Code: "P20-SANS-SOINS", Source: "SFG IP29" + controle,
		Message: "Patient parti sans soins ou réorienté : rien à facturer."}
	regAdmisMCO = simphonie.Regle{Code: "P20-ADMIS-MCO", Source: reunion,
		Message: "Patient admis en MCO ou en UHCD du même établissement : pas de facture d'urgence."}
	regGynecologie = simphonie.Regle{Code: "P20-GYNECOLOGIE", Source: reunion,
		Message: "Urgence gynécologique : l'ATU est gardé."}
	regObstetrique = simphonie.Regle{Code: "P20-OBSTETRIQUE", Source: muette, Gravite: simphonie.AVerifier,
		Message: "Urgence obstétricale : le projet ne parle que des urgences gynécologiques."}
	regHospitalisation = simphonie.Regle{Code: "P20-HOSPITALISATION", Source: reunion, Gravite: simphonie.AVerifier,
		Message: "Patient transféré, admis en psychiatrie ou hors MCO : à vérifier avant de facturer."}
)

// Pricing.
var (
	regProjet = simphonie.Regle{Code: "P20-PROJET", Source: reunion,
		Message: "Réforme des urgences telle que projetée en 2020, jamais entrée en vigueur : rien de ce calcul ne se facture."}
	regJeu = simphonie.Regle{Code: "P20-JEU", Source: reunion,
		Message: "Soins du {0}, prix connus au {1} : jeu {2}, lettres clés de l'appelant : {3}."}
	regAge = simphonie.Regle{Code: "P20-AGE", Source: reunion,
		Message: "Âge {0} au {1} : {2}, d'après les bandes de l'appelant."}
	regContexte = simphonie.Regle{Code: "P20-CONTEXTE-RETENU", Source: reunion,
		Message: "Contexte {0} ({1}) : {2}."}
	regHorsChoix = simphonie.Regle{Code: "P20-CONTEXTE-HORS-CHOIX", Source: reunion,
		Message: "Contexte {0} : hors des trois contextes choisis pour 2021, pas de supplément."}
	regTarif = simphonie.Regle{Code: "P20-TARIF", Source: "prix de l'appelant (projet jamais en vigueur, sans prix fixé)",
		Message: "Prix de {0} au {1} ({2})."}
	regCoefficient = simphonie.Regle{Code: "P20-COEFFICIENT-MCO", Source: "RG_CF656, " + reunion,
		Message: "Coefficients géographique {0} % et prudentiel {1} % ({2})."}
	regBase = simphonie.Regle{Code: "P20-BASE-AMO", Source: "RG_VF643, " + reunion,
		Message: "Base AMO : prix × coefficient MCO ; aucune base TM."}
	regTaux = simphonie.Regle{Code: "P20-TAUX", Source: "RG_VF670, " + reunion,
		Message: "Forfait ou supplément : 100 % AMO."}
	regBaseTM = simphonie.Regle{Code: "P20-BASE-TM", Source: reunion,
		Message: "FPU : base TM facturée à 100 % comme un TMF, sans coefficient."}
	regInformation = simphonie.Regle{Code: "P20-INFORMATION", Source: reunion,
		Message: "FPU porté à l'AMO pour information, comme un forfait journalier."}
	regPart = simphonie.Regle{Code: "P20-PART", Source: reunion,
		Message: "Part du débiteur de la ligne."}
	regRegime = simphonie.Regle{Code: "P20-FPU-REGIME", Source: reunion,
		Message: "Exonération ({0}) : FPU au régime, comme FJR."}
	regLocal = simphonie.Regle{Code: "P20-FPU-LOCAL", Source: reunion,
		Message: "Régime local d'Alsace-Moselle : FPU au régime local, comme FRL."}
	regC2S = simphonie.Regle{Code: "P20-FPU-C2S", Source: reunion,
		Message: "C2S : FPU de l'assuré, comme FJA, à l'organisme complémentaire {0}."}
	regAssure = simphonie.Regle{Code: "P20-FPU-ASSURE", Source: reunion,
		Message: "FPU de l'assuré, comme FJA, au patient ou à sa complémentaire."}
)

// Structure of the invoice.
var (
	regForfaitUnique = simphonie.Regle{Code: "P20-FORFAIT-UNIQUE", Source: "RG_IP714" + controle, Gravite: simphonie.Bloquante,
		Message: "Un passage porte un et un seul forfait d'âge ; il en a {0}."}
	regForfaitAge = simphonie.Regle{Code: "P20-FORFAIT-AGE", Source: "RG_IP708" + controle, Gravite: simphonie.Bloquante,
		Message: "{0} ne correspond pas à l'âge au {1} : {2} attendu."}
	regSansForfait = simphonie.Regle{Code: "P20-SANS-FORFAIT", Source: "RG_IP715 à RG_IP717" + controle, Gravite: simphonie.Bloquante,
		Message: "{0} ne se facture pas sans forfait d'âge."}
	regSupplementUnique = simphonie.Regle{Code: "P20-SUPPLEMENT-UNIQUE", Source: "RG_IP715 à RG_IP717" + controle, Gravite: simphonie.Bloquante,
		Message: "Un seul supplément pour le contexte {0}."}
	regPatientUnique = simphonie.Regle{Code: "P20-PATIENT-UNIQUE", Source: "RG_VF507" + controle, Gravite: simphonie.Bloquante,
		Message: "Un passage porte un et un seul FPU ; il en a {0}."}
	regDeclinaison = simphonie.Regle{Code: "P20-DECLINAISON", Source: reunion, Gravite: simphonie.Bloquante,
		Message: "{0} n'est pas la lettre clé de la déclinaison {1} : {2} attendu."}
	regModule = simphonie.Regle{Code: "P20-FPU-MODULE", Source: reunion, Gravite: simphonie.Bloquante,
		Message: "FPU porte le coefficient {0} : le projet ne lui en donne aucun."}
	regHorsCatalogue = simphonie.Regle{Code: "P20-HORS-CATALOGUE", Source: "RG_VF627" + controle, Gravite: simphonie.Bloquante,
		Message: "{0} n'est pas au catalogue : ni acte ni autre forfait dans la facture du passage."}
	regNature = simphonie.Regle{Code: "P20-NATURE", Source: "RG_MF630" + controle, Gravite: simphonie.Bloquante,
		Message: "Au {0}, la nature d'assurance n'est plus celle de la facture."}
	regC2SReste = simphonie.Regle{Code: "P20-C2S-RESTE", Source: "RG_VF695" + controle, Gravite: simphonie.Bloquante,
		Message: "C2S : il reste {1} € à payer sur {0}, rien n'est attendu."}
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{
		regVenue, regFINESS, regEtablissement, regValeur, regDebutSoins, regChronologie, regNaissance, regDonneeAbsente,
		regDecision, regPopulation, regExonerationNonDite, regOrdre, regDelai,
		regFacturable, regAvantProjet, regHorsProjet, regStructure, regSansSoins, regAdmisMCO, regGynecologie, regObstetrique, regHospitalisation,
		regProjet, regJeu, regAge, regContexte, regHorsChoix, regTarif, regCoefficient, regBase, regTaux, regBaseTM, regInformation, regPart,
		regRegime, regLocal, regC2S, regAssure,
		regForfaitUnique, regForfaitAge, regSansForfait, regSupplementUnique, regPatientUnique, regDeclinaison, regModule,
		regHorsCatalogue, regNature, regC2SReste,
		*lecLettres, *lecOrdre, *lecDateSupplement, *lecHospitalisation, *lecAMCDeclaree,
	}
}
