package ace

import (
	"slices"

	"github.com/simphonie/simphonie"
)

func regle(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

// Rules of the data: what is wrong with a visit.
var (
	regVenue          = regle("ACE-VENUE", "SFG VF30", simphonie.Bloquante, "Le numéro d'entrée est absent.")
	regFINESS         = regle("ACE-FINESS", "RG_MF636", simphonie.Alerte, "Le numéro FINESS n'a pas la forme ou la clé attendue.")
	regEtablissement  = regle("ACE-ETABLISSEMENT", "RG_VF630", simphonie.Bloquante, "Le secteur ou le territoire de l'établissement est absent ou inconnu.")
	regNaissance      = regle("ACE-NAISSANCE", "RG_BS601", simphonie.Bloquante, "La date de naissance est absente, ou son siècle est inconnu : la demander.")
	regNaissanceApres = regle("ACE-NAISSANCE-APRES-SOINS", "RG_IP_CC16", simphonie.Bloquante, "La naissance est postérieure aux soins du {0}.")
	regDates          = regle("ACE-DATES", "RG_VF600", simphonie.Bloquante, "Les dates d'entrée et de sortie sont absentes ou ne se suivent pas.")
	regHorsVenue      = regle("ACE-HORS-VENUE", "RG_VF600", simphonie.Bloquante, "Les soins du {0} sont hors de la venue.")
	regApresConnu     = regle("ACE-APRES-CONNU", "date de connaissance des règles", simphonie.Alerte,
		"Soins du {0}, après la date du {1} à laquelle règles et tarifs sont connus.")
	regNombre  = regle("ACE-NOMBRE", "zone 0539", simphonie.Bloquante, "Une venue porte de 1 à {0} prestations.")
	regLignes  = regle("ACE-LIGNES", "zone 0539", simphonie.AVerifier, "La facture aurait {0} lignes, elle en tient {1} : la couper.")
	regValeur  = regle("ACE-VALEUR", "format de la venue", simphonie.Bloquante, "Valeur absente ou inconnue.")
	regSupport = regle("ACE-SUPPORT", "RG_VF626", simphonie.Bloquante,
		"La prestation complète une prestation qui n'existe pas, ou qui en complète une autre.")
	regUrgence = regle("ACE-URGENCE", "RG_VF627", simphonie.Bloquante,
		"{0} se tarife avec le passage aux urgences et ne va pas avec des soins externes.")
	regRegroupement = regle("ACE-REGROUPEMENT", "CCAM, champ 42", simphonie.Bloquante,
		"Le code {0} n'est pas le regroupement de l'acte, {1}.")
	regDateReference = regle("ACE-DATE-REFERENCE", "RG_CF600", simphonie.Bloquante,
		"La date de référence des droits manque : date de prescription, ou fin des travaux.")
	regCCAMSeul = regle("ACE-CCAM-SEUL", "RG_VF603", simphonie.Bloquante, "Un acte de la CCAM a la quantité 1 et le coefficient 1.")
	regSeul     = regle("ACE-SEUL", "RG_VF604 à RG_VF607", simphonie.Bloquante,
		"{0} : chaque analyse, chaque forfait est une prestation à part, et son coefficient vient des règles.")
	regMarge = regle("ACE-MARGE", "RG_IP680a", simphonie.Bloquante, "Une marge ne va ni avec un dispositif, ni avec {0} dont le prix la contient.")
)

// Lines and invoices.
var (
	regFacturable       = regle("ACE-FACTURABLE", "SFG VF30 à VF35", 0, "Soins externes facturables.")
	regJeu              = regle("ACE-JEU", "SFG FIDES-ACE", 0, "Règles et tables connues au {0} : jeu {1}.")
	regFacture          = regle("ACE-FACTURE", "RG_VF600, RG_MF630", 0, "Facture : {0}, nature {1}, indicateur de parcours {2}.")
	regGroupe           = regle("ACE-GROUPE", "RG_VF601 à RG_VF607", 0, "{0} prestations de même code réunies.")
	regLie              = regle("ACE-LIE", "RG_VF600 CP01, RG_CF641 CP01", 0, "Acte lié à {0}, daté du {1}.")
	regNatureComplement = regle("ACE-NATURE-COMPLEMENT", "RG_CF653, RG_VF600", simphonie.AVerifier,
		"Le complément est de nature {0}, l'acte qu'il complète de nature {1} : une facture n'en a qu'une.")
	regForfaitCoupe = regle("ACE-FORFAIT-COUPE", "RG_VF600", simphonie.AVerifier,
		"{0} ne peut être sur la facture de {1}, dont il ne doit pas être séparé : nature ou organisme diffèrent.")
	regMemeListe = regle("ACE-SE-MEME-LISTE", "RG_VF607 CP02", simphonie.AVerifier,
		"{0} et {1} viennent de la même liste de l'annexe 11 : un seul se facture.")
	regTroisieme = regle("ACE-TROISIEME-FORFAIT", "RG_VF607", simphonie.AVerifier,
		"Troisième forfait {0} de la date : les textes ne parlent que du second.")
	regSecondCher = regle("ACE-SECOND-CHER", "RG_VF607 CP02", simphonie.Alerte,
		"{0} est réduit comme second forfait, alors qu'il n'est pas le moins cher.")
	regCoefficientForfait = regle("ACE-COEFFICIENT-FORFAIT", "RG_VF607", simphonie.AVerifier,
		"{0} : le coefficient saisi est {1}, les règles donnent {2}.")
)

// Prices and bases.
var (
	regTarif               = regle("ACE-TARIF", "RG_VF630", 0, "Prix de {0} au {1} ({2}).")
	regDOM                 = regle("ACE-DOM", "RG_VF633", 0, "Coefficient DOM {0}.")
	regSecond              = regle("ACE-SECOND-FORFAIT", "RG_VF607", 0, "Second forfait, {0} : coefficient {1}.")
	regCoefficients        = regle("ACE-COEFFICIENTS", "RG_CF654, RG_CF656", 0, "Coefficients de l'établissement ({0}) : {1} pour l'AMO, {2} pour la part complémentaire.")
	regPUContient          = regle("ACE-PU-CONTIENT", "RG_VF833", 0, "Le prix contient déjà les coefficients : aucun autre n'est appliqué.")
	regSansCoefficient     = regle("ACE-SANS-COEFFICIENT", "RG_CF656", 0, "AME ou système coordonné : prix propre, coefficient non valorisé.")
	regBase                = regle("ACE-BASE", "RG_VF631, RG_VF643", 0, "Base de la ligne.")
	regBaseCCAM            = regle("ACE-BASE-CCAM", "RG_VF640", 0, "Base d'un acte de la CCAM.")
	regDemi                = regle("ACE-CCAM-DEMI", "RG_VF640 CP02", 0, "Acte fait avec une consultation : moitié de la base.")
	regModificateur        = regle("ACE-MODIFICATEUR", "RG_VF641", 0, "Modificateur {0} : {1} ({2}).")
	regModificateurNonPaye = regle("ACE-MODIFICATEUR-NON-PAYE", "RG_VF641", simphonie.Alerte,
		"Le modificateur {0} n'est pas payé : seuls les {1} premiers le sont.")
	regAssociation          = regle("ACE-ASSOCIATION", "RG_VF640, RG_IP654", 0, "Association de code {0} : {1}.")
	regAssociationPlanifiee = regle("ACE-ASSOCIATION-PLANIFIEE", "RG_VF640", 0, "Association planifiée avec {0} : {1}.")
	regAssociationDouble    = regle("ACE-ASSOCIATION-DOUBLE", "RG_VF640", simphonie.AVerifier,
		"Plusieurs associations planifiées donnent des coefficients différents : dire le code d'association.")
	regMajoration = regle("ACE-MAJORATION", "RG_VF642", 0, "Majoration {0} ({1}).")
	regSansTarif  = regle("ACE-SANS-TARIF", "RG_IP680a", simphonie.Alerte,
		"Aucun tarif n'est chargé pour {0} le {1} : la base est le prix demandé, que rien ne limite.")
	regEcart   = regle("ACE-ECART", "RG_IP680a", 0, "Part de l'écart entre tarif et prix d'achat.")
	regProduit = regle("ACE-PRODUIT", "RG_IP680a", 0, "Total du produit.")
)

// Threshold and participation.
var (
	regSeuil        = regle("ACE-SEUIL", "RG_VF663", 0, "Seuil atteint ({0}) : exonération {1}.")
	regSeuilLettres = regle("ACE-SEUIL-LETTRES", "RG_VF663", simphonie.Alerte,
		"Le {0}, le seuil des coefficients n'est atteint qu'avec d'autres lettres que K et KC.")
	regSeuilQuantite = regle("ACE-SEUIL-QUANTITE", "RG_VF663", simphonie.Alerte,
		"Le {0}, le seuil des coefficients serait atteint en comptant les quantités.")
	regTMF           = regle("ACE-TMF", "RG_VF680, RG_VF682, RG_VF685", 0, "La ligne porte la participation forfaitaire de {0} € ({1}).")
	regTMFC2S        = regle("ACE-TMF-C2S", "RG_VF682", 0, "La C2S paie la participation forfaitaire.")
	regTMFDentaire   = regle("ACE-TMF-DENTAIRE", "RG_VF680 CP01", 0, "Un acte dentaire est sur la facture : pas de participation forfaitaire.")
	regTMFAucune     = regle("ACE-TMF-AUCUNE", "RG_VF680, RG_VF685", 0, "Aucun acte ne peut porter la participation forfaitaire.")
	regTMFDispense   = regle("ACE-TMF-DISPENSE", "RG_VF680", 0, "Personne détenue ou ASPA : pas de participation forfaitaire.")
	regTMFLocal      = regle("ACE-TMF-LOCAL", "RG_VF681 CP01", 0, "Le régime local paie la participation forfaitaire.")
	regTMFRegime     = regle("ACE-TMF-REGIME", "RG_VF681", 0, "Le régime {0} paie la participation forfaitaire.")
	regTMFSansLettre = regle("ACE-TMF-SANS-LETTRE", "RG_VF683", 0, "Acte non invasif avec un forfait : la zone participation reste à blanc.")
	regTMFDepasse    = regle("ACE-TMF-DEPASSE", "RG_VF682", simphonie.AVerifier,
		"La participation forfaitaire ({0} €) dépasse la base de la ligne qui la porte ({1} €) : aucun texte ne dit que faire.")
)

// Rates and parts.
var (
	regPas         = regle("ACE-TAUX-PAS", "SFG VF34", 0, "{0} ({1}), {2} : {3}.")
	regTauxBase    = regle("ACE-TAUX-BASE", "RG_VF669", 0, "Taux de {0} % ({1}).")
	regBases       = regle("ACE-BASES", "RG_VF640, RG_VF643", 0, "Bases de remboursement.")
	regHorsFacture = regle("ACE-HORS-FACTURE", "RG_VF673", 0, "Dépense gratuite ou non remboursable : aucune base.")
	regAME         = regle("ACE-AME", "RG_VF650", 0, "AME : aucune base AMO, tout à l'organisme de l'AME.")
	regParts       = regle("ACE-PARTS", "RG_VF670", 0, "Parts de la ligne.")
	regHonoraires  = regle("ACE-HONORAIRES", "RG_VF637", 0, "Ce qui est demandé en tout.")
	regPart        = regle("ACE-PART", "RG_VF670, RG_VF671, RG_VF682", 0, "Part du débiteur de la ligne.")
	regMTM         = regle("ACE-MTM", "RG_VF671", 0, "C2S hors parcours de soins : majoration du ticket modérateur à la charge de la C2S ({0}).")
	regMTMSeuil    = regle("ACE-MTM-SEUIL", "RG_VF671, RG_VF682", simphonie.Alerte,
		"C2S hors parcours et seuil atteint : la participation forfaitaire l'emporte, pas de majoration du ticket modérateur.")
	regMTMDepasse = regle("ACE-MTM-DEPASSE", "RG_VF671", simphonie.AVerifier,
		"La majoration du ticket modérateur ({0} €) dépasse la part de l'AMO ({1} €).")
	regC2SReste        = regle("ACE-C2S-RESTE", "RG_VF695", simphonie.Bloquante, "C2S : il reste {0} € à payer sur {1}, rien n'est attendu.")
	regForfaitC2SChoix = regle("ACE-FORFAIT-C2S-CHOIX", "RG_VF691", simphonie.AVerifier,
		"L'acte {0} accepte plusieurs forfaits dentaires de la C2S : aucun texte ne dit lequel.")
	regDepassement = regle("ACE-DEPASSEMENT", "RG_VF637", simphonie.Bloquante, "Un dépassement de {0} € demande le qualificatif A, ou un acte dentaire.")
	regDAInterdit  = regle("ACE-DA-INTERDIT", "RG_VF637, RG_CF655", simphonie.Bloquante,
		"Pas de dépassement autorisé : dans le parcours de soins, C2S, AME, ou spécialité 01, 22 ou 23.")
	regDAPlafond = regle("ACE-DA-PLAFOND", "RG_VF637", simphonie.Bloquante, "Le dépassement autorisé ({0} €) passe son plafond ({1} €).")
)

// Regles lists the rules of this package, the readings of open questions among them.
func Regles() []simphonie.Regle {
	rs := slices.Concat(toutes, reglesControle())
	for _, i := range InterpretationsPossibles() {
		rs = append(rs, *i.Lecture())
	}
	return rs
}

var toutes = []simphonie.Regle{
	regVenue, regFINESS, regEtablissement, regNaissance, regNaissanceApres, regDates, regHorsVenue, regApresConnu, regNombre, regLignes, regValeur,
	regSupport, regUrgence, regRegroupement, regDateReference, regCCAMSeul, regSeul, regMarge,
	regFacturable, regJeu, regFacture, regGroupe, regLie, regNatureComplement, regForfaitCoupe, regMemeListe, regTroisieme, regSecondCher, regCoefficientForfait,
	regTarif, regDOM, regSecond, regCoefficients, regPUContient, regSansCoefficient, regBase, regBaseCCAM, regDemi, regModificateur,
	regModificateurNonPaye, regAssociation, regAssociationPlanifiee, regAssociationDouble, regMajoration, regProduit, regSansTarif, regEcart,
	regSeuil, regSeuilLettres, regSeuilQuantite, regTMF, regTMFC2S, regTMFDentaire, regTMFAucune, regTMFDispense, regTMFLocal, regTMFRegime,
	regTMFSansLettre, regTMFDepasse,
	regPas, regTauxBase, regBases, regHorsFacture, regAME, regParts, regHonoraires, regPart, regMTM, regMTMSeuil, regMTMDepasse, regC2SReste,
	regForfaitC2SChoix, regDepassement, regDAInterdit, regDAPlafond,
}
