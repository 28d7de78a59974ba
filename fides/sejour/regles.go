package sejour

import "github.com/simphonie/simphonie"

func regle(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

const forme = "forme du séjour"

// Rules of the data: what is wrong with a stay.
var (
	regVenue         = regle("SEJ-VENUE", "RG_MF631 (0240)", simphonie.Bloquante, "Le numéro d'entrée est absent.")
	regFINESS        = regle("SEJ-FINESS", "RG_MF636", simphonie.Alerte, "Le numéro FINESS n'a pas la forme ou la clé attendue.")
	regEtablissement = regle("SEJ-ETABLISSEMENT", forme, simphonie.Bloquante, "Le secteur ou le territoire de l'établissement est absent ou inconnu.")
	regDiscipline    = regle("SEJ-DISCIPLINE", "forfait journalier par discipline", simphonie.Bloquante,
		"Discipline absente ou non décrite : mco, smr ou psychiatrie.")
	regDates = regle("SEJ-DATES", "RG_MF631 (02103, 02109)", simphonie.Bloquante,
		"L'entrée ou la sortie est absente, hors des années 2012 à 2199, ou la sortie précède l'entrée.")
	regDuree          = regle("SEJ-DUREE", "limite du moteur", simphonie.Bloquante, "Le séjour dure {0} jours, plus que les {1} que le moteur accepte : le couper.")
	regValeur         = regle("SEJ-VALEUR", forme, simphonie.Bloquante, "Valeur absente, négative ou inconnue.")
	regNaissance      = regle("SEJ-NAISSANCE", "RG_BS601", simphonie.Bloquante, "La date de naissance est absente, ou son siècle est inconnu : la demander.")
	regNaissanceApres = regle("SEJ-NAISSANCE-APRES", "RG_IP_CC16", simphonie.Bloquante, "La naissance est postérieure à l'entrée.")
	regLunaire        = regle("SEJ-NAISSANCE-LUNAIRE", "RG_BS601 CP02, RG_VF501", simphonie.AVerifier,
		"Naissance lunaire de l'année du séjour ou de la précédente : décider de l'exonération du nouveau-né.")
	regBase = regle("SEJ-BASE", forme, simphonie.Bloquante,
		"Base mal formée : un code, des jours du séjour, et au plus un prix par jour ou un montant, avec le texte qui le fixe.")
	regBaseCroise = regle("SEJ-BASE-CROISE", "conservation des jours", simphonie.Bloquante, "Deux bases {0} portent le même jour, le {1}.")
	regBaseTrou   = regle("SEJ-BASE-TROU", "conservation des jours", simphonie.AVerifier,
		"Aucune base ne porte le {0} : donner la base, ou la décision qui écarte ce jour.")
	regBaseAbsence = regle("SEJ-BASE-ABSENCE", "décision de l'appelant", simphonie.Alerte,
		"Le {0} n'a ni base ni forfait journalier, d'après une décision : vérifier que le patient était absent.")
	regBaseIndivise = regle("SEJ-BASE-INDIVISE", "aucun texte ne donne de prorata", simphonie.AVerifier,
		"Les droits changent le {1} sous la base {0}, donnée d'un seul montant : la donner par période.")
	regActe     = regle("SEJ-ACTE", forme, simphonie.Bloquante, "Acte mal formé : un jour du séjour, et un montant ou un coefficient.")
	regDecision = regle("SEJ-DECISION", forme, simphonie.Bloquante,
		"Décision mal formée : des jours du séjour qu'aucune autre ne porte, une valeur permise, un motif et une référence.")
	regBasesTrop   = regle("SEJ-BASES-TROP", "limite du moteur", simphonie.Bloquante, "Les bases portent en tout {0} jours, plus que les {1} que le moteur accepte.")
	regDecisionAME = regle("SEJ-DECISION-AME", "RG_VF650", simphonie.AVerifier, "Un taux est décidé pour le {0}, jour d'AME : l'AME prend toute la base.")
	regFrais       = regle("SEJ-FRAIS", forme, simphonie.Bloquante,
		"Frais mal formés : un code, un jour du séjour, une quantité, un prix, une référence, et un débiteur autre que l'AMO.")
	regFraisDouble  = regle("SEJ-FRAIS-DOUBLE", forme, simphonie.Alerte, "Les frais {0} du {1} sont donnés deux fois : vérifier, et porter la quantité s'ils sont dus tous les deux.")
	regLigneNulle   = regle("SEJ-LIGNE-NULLE", "largeur des montants", simphonie.AVerifier, "La ligne {0} du {1} ne demande rien : elle fait moins d'un demi-centime.")
	regSansLigne    = regle("SEJ-SANS-LIGNE", "conservation des jours", simphonie.AVerifier, "Le séjour ne demande rien à personne : aucun jour n'a de base ni de forfait journalier.")
	regMontant      = regle("SEJ-MONTANT", "largeur des montants", simphonie.Bloquante, "Un montant dépasse ce que le calcul peut contenir.")
	regAnonyme      = regle("SEJ-ANONYME", "RG_MF639", simphonie.Bloquante, "La facture anonyme ne concerne que le dépistage des IST, pas un séjour.")
	regNatureChange = regle("SEJ-NATURE-CHANGE", "RG_MF630", simphonie.Alerte,
		"La nature d'assurance ou l'organisme change le {0} : la facture porte ceux de l'entrée, les lignes leur propre période.")
	regApresConnu = regle("SEJ-APRES-CONNU", "date de connaissance des règles", simphonie.Alerte,
		"La sortie du {0} suit la date du {1} à laquelle règles et tarifs sont connus.")
)

// Rates of the ticket modérateur.
var (
	regChiffre     = regle("SEJ-CHIFFRE", forme, 0, "Séjour du {0} au {1} : {2} jours, règles et tarifs connus au {3}.")
	regAME         = regle("SEJ-AME", "RG_VF650", 0, "AME : taux 0, part entière au complémentaire.")
	regTauxDecide  = regle("SEJ-TAUX-DECIDE", "décision de l'appelant", 0, "Taux de {0} % décidé par l'appelant : {1}.")
	regJourExonere = regle("SEJ-JOUR-EXONERE", "exonération à partir du trente et unième jour", 0,
		"Jour {0} de l'hospitalisation et suivants : le ticket modérateur n'est plus dû.")
	regEcartee   = regle("SEJ-REGLE-ECARTEE", "ordre des exonérations, RG_VF650 à RG_VF675", 0, "{0} ne s'applique pas : {1}.")
	regLocal     = regle("SEJ-LOCAL", "RG_VF674", 0, "Régime local : {0} %.")
	regTauxListe = regle("SEJ-TAUX-A-VERIFIER", "RG_VF651 à RG_VF675 (soins externes)", simphonie.AVerifier,
		"La règle {0}, écrite pour les soins externes, donnerait {1} % le {2} : aucun texte ne l'étend aux séjours, porter la décision.")
	regPart       = regle("SEJ-PART", "RG_VF670", 0, "Part du débiteur.")
	regBaseDonnee = regle("SEJ-BASE-DONNEE", "base donnée ou chargée", 0, "{0} du {1} au {2} : {3}.")
	regTicket     = regle("SEJ-TICKET", "RG_VF670", 0, "Base et taux ; le reste s'obtient par différence.")
	regFraisLigne = regle("SEJ-FRAIS-DONNES", "donnée de l'établissement", 0, "{0} : {1}.")
)

// Threshold and participation forfaitaire.
var (
	regSeuil = regle("SEJ-SEUIL", "page ameli sur la participation de 24 €, RG_VF663", 0,
		"L'acte {0} du {1} atteint le seuil (120 € ou coefficient 60) : la participation forfaitaire remplace le ticket modérateur du séjour.")
	regSeuilSuite = regle("SEJ-SEUIL-SUITE", "page ameli sur la participation de 24 €", 0,
		"Le séjour suit directement la venue {0}, dont l'acte lourd l'exonère du ticket modérateur.")
	regSeuilEcarte = regle("SEJ-SEUIL-ECARTE", "RG_VF663, ordre des exonérations", 0,
		"L'acte {0} du {1} atteint le seuil un jour déjà réglé par une autre règle : il n'en change rien.")
	regSeuilCumul = regle("SEJ-SEUIL-CUMUL", "RG_VF663 (soins externes)", simphonie.AVerifier,
		"Les actes du {0} n'atteignent le seuil qu'ensemble : aucun texte ne dit si un séjour les cumule.")
	regSeuilTardif = regle("SEJ-SEUIL-TARDIF", "RG_VF663 (soins externes)", simphonie.AVerifier,
		"L'acte {0} atteint le seuil le {1}, quand le ticket modérateur n'est plus dû : décider de son effet sur les jours d'avant.")
	regSuiteTMF = regle("SEJ-SUITE-TMF", "page ameli sur la participation de 24 €", simphonie.AVerifier,
		"Le séjour suit directement la venue {0} : décider s'il porte une participation forfaitaire de plus.")
	regTMF       = regle("SEJ-TMF", "RG_VF680 à RG_VF683", 0, "Participation forfaitaire au tarif du {0} ({1}), portée par la ligne de l'acte.")
	regTMFAucune = regle("SEJ-TMF-AUCUNE", "RG_VF680", 0, "ASPA : pas de participation forfaitaire.")
	regTMFRegime = regle("SEJ-TMF-REGIME", "RG_VF681", 0, "La participation forfaitaire reste au régime ({0}).")
	regTMFTable  = regle("SEJ-TMF-TABLE", "RG_VF681, table 101.1", simphonie.AVerifier,
		"La table des régimes qui portent la participation forfaitaire n'est pas chargée : régime {0} à vérifier.")
	regTMFPrix = regle("SEJ-TMF-DEUX-PRIX", "RG_VF680", simphonie.AVerifier,
		"Des actes lourds tombent sous deux montants de la participation forfaitaire, le {0} et le {1} : décider lequel la porte.")
	regTMFBase = regle("SEJ-TMF-BASE", "RG_VF682", simphonie.AVerifier,
		"La participation forfaitaire ({0} €) dépasse la base de la ligne qui la porte ({1} €) : aucun texte ne dit que faire.")
	regTMFLigne = regle("SEJ-TMF-SANS-LIGNE", "RG_VF682", simphonie.AVerifier, "Aucune base du séjour ne peut porter la participation forfaitaire.")
)

// Forfait journalier.
var (
	regFJ          = regle("SEJ-FJ", "tarif du forfait journalier, publié ou chargé", 0, "Forfait journalier du {0} au {1} ({2}).")
	regFJPayeur    = regle("SEJ-FJ-PAYEUR", "situations du forfait journalier", 0, "Situation « {0} » : le forfait journalier est à la charge de « {1} » ({2}).")
	regFJDecide    = regle("SEJ-FJ-DECIDE", "décision de l'appelant", 0, "Forfait journalier à la charge de « {0} », décidé par l'appelant : {1}.")
	regFJSansObjet = regle("SEJ-FJ-SANS-OBJET", "contrôle ePMSI des variables bloquantes, 2021", 0, "Pas de forfait journalier : {0}.")
	regFJNouveauNe = regle("SEJ-FJ-NOUVEAU-NE", "contrôle ePMSI des variables bloquantes, 2021", 0, "Pas de forfait journalier le {0} : nouveau-né.")
	regFJApres     = regle("SEJ-FJ-NOUVEAU-NE-APRES", "contrôle ePMSI des variables bloquantes, 2021", simphonie.AVerifier,
		"Le séjour du nouveau-né dépasse sa période d'exonération le {0} : décider du forfait journalier.")
	regFJSituation = regle("SEJ-FJ-SITUATION", "situations du forfait journalier", simphonie.AVerifier,
		"Situation « {0} » le {1} : aucun texte chargé ne dit qui porte le forfait journalier.")
	regFJExonere = regle("SEJ-FJ-EXONERE", "non imprimé", simphonie.AVerifier,
		"Patient exonéré du ticket modérateur à titre personnel le {0} : décider du forfait journalier.")
	regFJIncoherent = regle("SEJ-FJ-PAYEUR-ABSENT", "RG_BS720", simphonie.AVerifier,
		"Le forfait journalier du {0} est mis à la charge de « {1} », que les droits de ce jour ne montrent pas.")
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	rs := []simphonie.Regle{regVenue, regFINESS, regEtablissement, regDiscipline, regDates, regDuree, regValeur, regNaissance, regNaissanceApres,
		regLunaire, regBase, regBaseCroise, regBaseTrou, regBaseAbsence, regBaseIndivise, regBasesTrop, regActe, regDecision, regDecisionAME,
		regFrais, regFraisDouble, regLigneNulle, regSansLigne, regMontant, regAnonyme,
		regNatureChange, regApresConnu,
		regChiffre, regAME, regTauxDecide, regJourExonere, regEcartee, regLocal, regTauxListe, regPart, regBaseDonnee, regTicket, regFraisLigne,
		regSeuil, regSeuilSuite, regSeuilEcarte, regSeuilCumul, regSeuilTardif, regSuiteTMF, regTMF, regTMFAucune, regTMFRegime,
		regTMFTable, regTMFPrix, regTMFBase, regTMFLigne,
		regFJ, regFJPayeur, regFJDecide, regFJSansObjet, regFJNouveauNe, regFJApres, regFJSituation, regFJExonere, regFJIncoherent}
	for _, i := range InterpretationsPossibles() {
		rs = append(rs, *i.Lecture())
	}
	return rs
}
