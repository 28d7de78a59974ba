package moyens

import "github.com/simphonie/simphonie"

func nouvelle(code simphonie.Code, source string, g simphonie.Gravite, message string) simphonie.Regle {
	return simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}
}

const (
	noteDGOS  = "note d'information DGOS du 12 mars 2021"
	payfip    = "guide PayFiP v19 (juin 2020)"
	programme = "programme SIMPHONIE, DIAPASON"
	pes       = "PES V2 recette (lu dans une mise en œuvre municipale)"
)

// Reasons why a means is not proposed, or is with care.
var (
	regSolde         = nouvelle("MOY-SOLDE", programme, simphonie.Bloquante, "Rien à payer.")
	regLiberale      = nouvelle("MOY-LIBERALE", noteDGOS, simphonie.Bloquante, "L'activité libérale des praticiens est hors du périmètre.")
	regAttenteAMC    = nouvelle("MOY-ATTENTE-AMC", programme, simphonie.AVerifier, "Le reste à charge n'est connu qu'après l'AMO et l'AMC : réponse attendue.")
	regNonOffert     = nouvelle("MOY-NON-OFFERT", "établissement", simphonie.Bloquante, "L'établissement n'offre pas cette modalité de paiement.")
	regMinimum       = nouvelle("MOY-MINIMUM", payfip, simphonie.Bloquante, "Montant sous le minimum de {0} €.")
	regDepuis        = nouvelle("MOY-DEPUIS", noteDGOS, simphonie.Bloquante, "Moyen ouvert depuis le {0}.")
	regPresence      = nouvelle("MOY-PRESENCE", programme, simphonie.Bloquante, "Le patient n'est pas au guichet.")
	regRegie         = nouvelle("MOY-REGIE", noteDGOS, simphonie.Bloquante, "L'établissement public n'a pas de régie de recettes.")
	regContrat       = nouvelle("MOY-CONTRAT", noteDGOS, simphonie.Bloquante, "Aucun contrat commerçant pour la modalité {0}.")
	regPayFiP        = nouvelle("MOY-PAYFIP", payfip, simphonie.Bloquante, "Pas de numéro de client PayFiP.")
	regMel           = nouvelle("MOY-MEL", payfip, simphonie.Bloquante, "PayFiP demande une adresse électronique.")
	regContact       = nouvelle("MOY-CONTACT", noteDGOS+" [INF]", simphonie.Bloquante, "Ni téléphone ni adresse électronique pour envoyer le lien.")
	regMandatValide  = nouvelle("MOY-MANDAT-VALIDE", noteDGOS, simphonie.Information, "Mandat utilisable jusqu'au {0}.")
	regMandatASigner = nouvelle("MOY-MANDAT-A-SIGNER", noteDGOS, simphonie.Information, "Mandat à signer : aucun, ou inutilisé depuis 36 mois.")
	regHelios        = nouvelle("MOY-HELIOS", payfip, simphonie.Bloquante, "Il faut un titre connu d'Hélios.")
	regSansTitre     = nouvelle("MOY-SANS-TITRE", programme+" [INF]", simphonie.Bloquante, "Un titre est émis : le comptable public recouvre la dette.")
	regEntier        = nouvelle("MOY-ENTIER", payfip, simphonie.Bloquante, "PayFiP Titre ne se paie pas en plusieurs fois.")
	regPublic        = nouvelle("MOY-PUBLIC", "DGFiP, titres de recette", simphonie.Bloquante, "Réservé aux établissements publics.")
	regSeuil         = nouvelle("MOY-SEUIL", "éditeurs, texte légal non vérifié", simphonie.Bloquante, "Sous le seuil d'émission de {0} €.")
	regSeuilInconnu  = nouvelle("MOY-SEUIL-INCONNU", "éditeurs, texte légal non vérifié", simphonie.AVerifier, "Le seuil d'émission n'est pas réglé.")
	regDataMatrix    = nouvelle("MOY-DATAMATRIX", "loi 2018-1317, art. 201", simphonie.Bloquante, "L'avis ne porte pas de datamatrix.")
)

// Configuration of an establishment.
var (
	regFINESS        = nouvelle("MOY-FINESS", "établissement", simphonie.Bloquante, "Le numéro FINESS ou le statut de l'établissement est absent ou faux.")
	regRegieAbsente  = nouvelle("MOY-REGIE-ABSENTE", noteDGOS, simphonie.Bloquante, "Établissement public sans régie de recettes.")
	regDFTAbsent     = nouvelle("MOY-DFT-ABSENT", noteDGOS, simphonie.Bloquante, "Établissement public sans compte de dépôt de fonds au Trésor (DFT).")
	regDFTRegie      = nouvelle("MOY-DFT-REGIE", noteDGOS, simphonie.Bloquante, "Le compte DFT n'est pas rattaché à la régie de recettes.")
	regContratAbsent = nouvelle("MOY-CONTRAT-ABSENT", noteDGOS, simphonie.Bloquante, "La modalité {0} n'a pas de contrat commerçant.")
	regContratDouble = nouvelle("MOY-CONTRAT-DOUBLE", noteDGOS, simphonie.Bloquante, "Les modalités {0} et {1} ont le même contrat commerçant : il en faut un par modalité.")
	regContratAutre  = nouvelle("MOY-CONTRAT-NON-TROUVE", noteDGOS, simphonie.Information, "La modalité {0} n'a pas de contrat : aucun texte lu ne dit s'il en faut un.")
	regPayFiPClient  = nouvelle("MOY-PAYFIP-CLIENT", payfip, simphonie.Bloquante, "Le numéro de client PayFiP doit avoir six chiffres.")
	regModalite      = nouvelle("MOY-MODALITE-INCONNUE", programme, simphonie.Bloquante, "Modalité de paiement inconnue.")
)

// Values of a flow of titres.
var (
	regPESLargeur = nouvelle("MOY-PES-LARGEUR", pes, simphonie.Bloquante, "{0} : au plus {1} caractères.")
	regPESAbsent  = nouvelle("MOY-PES-ABSENT", pes+", présence [INF]", simphonie.Bloquante, "{0} est obligatoire.")
	regPESValeur  = nouvelle("MOY-PES-VALEUR", pes, simphonie.Bloquante, "{0} : valeur impossible.")
)

// lectureAnniversaire is the one open question of the room.
var lectureAnniversaire = simphonie.Interpretation{Code: "MOY-MANDAT-ANNIVERSAIRE", Source: noteDGOS,
	Question: "Un mandat sert-il encore le jour même où les 36 mois sont révolus ?", Choix: []string{"non", "oui"}}

// InterpretationsPossibles lists the open questions.
func InterpretationsPossibles() []simphonie.Interpretation {
	return []simphonie.Interpretation{lectureAnniversaire}
}

// Regles lists the rules of the room.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regSolde, regLiberale, regAttenteAMC, regNonOffert, regMinimum, regDepuis, regPresence, regRegie, regContrat, regPayFiP, regMel, regContact,
		regMandatValide, regMandatASigner, regHelios, regSansTitre, regEntier, regPublic, regSeuil, regSeuilInconnu, regDataMatrix,
		regFINESS, regRegieAbsente, regDFTAbsent, regDFTRegie, regContratAbsent, regContratDouble, regContratAutre, regPayFiPClient, regModalite,
		regPESLargeur, regPESAbsent, regPESValeur, *lectureAnniversaire.Lecture()}
}
