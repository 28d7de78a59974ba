package droits

import (
	"slices"

	"github.com/simphonie/simphonie"
)

var (
	regAbsents = simphonie.Regle{Code: "DROITS-ABSENTS", Source: "RG_CF611", Gravite: simphonie.AVerifier,
		Message: "Aucun droit n'a été acquis pour ce patient : interroger CDRi, lire la carte Vitale ou saisir une attestation."}
	regFermes = simphonie.Regle{Code: "DROITS-FERMES", Source: "RG_CF611", Gravite: simphonie.AVerifier,
		Message: "Les droits de base ne sont pas ouverts au {0}."}
	regETMInconnue = simphonie.Regle{Code: "DROITS-ETM-INCONNUE", Source: "RG_BS684", Gravite: simphonie.AVerifier,
		Message: "Exonération de code {0} inconnue : à vérifier avant de facturer."}
	regMTMInconnue = simphonie.Regle{Code: "DROITS-MTM-INCONNUE", Source: "RG_BS686", Gravite: simphonie.AVerifier,
		Message: "Modulation de code {0} inconnue : à vérifier avant de facturer."}
	regSituationInconnue = simphonie.Regle{Code: "DROITS-SITUATION-INCONNUE", Source: "RG_BS705", Gravite: simphonie.AVerifier,
		Message: "Situation particulière de code {0} inconnue : à vérifier avant de facturer."}
	regC2SSansOC = simphonie.Regle{Code: "DROITS-C2S-SANS-OC", Source: "RG_BS720", Gravite: simphonie.AVerifier,
		Message: "C2S sans numéro d'organisme complémentaire : saisir 99999997 (gestion conjointe ou unique) ou 88888888 (gestion séparée)."}
	regC2SContradiction = simphonie.Regle{Code: "DROITS-C2S-CONTRADICTION", Source: "RG_BS720, RG_BS721", Gravite: simphonie.AVerifier,
		Message: "Les modes de gestion de la C2S, ou le numéro d'organisme lu, se contredisent."}
	regOrganisme = simphonie.Regle{Code: "DROITS-ORGANISME", Source: "RG_CF692, RG_CF693", Gravite: simphonie.AVerifier,
		Message: "Le régime, la caisse ou le centre de l'organisme est absent ou mal formé."}
	regSupport = simphonie.Regle{Code: "DROITS-SUPPORT", Source: "RG_BS620 à RG_BS622", Gravite: simphonie.AVerifier,
		Message: "Le support des droits est absent ou inconnu."}
	regSansPeriode = simphonie.Regle{Code: "DROITS-SANS-PERIODE", Source: "RG_CF611", Gravite: simphonie.Alerte,
		Message: "Le support ne donne aucune période de droits : ils sont tenus pour ouverts."}
	regPeriode = simphonie.Regle{Code: "DROITS-PERIODE", Source: "RG_CF611 à RG_CF615", Gravite: simphonie.AVerifier,
		Message: "Une période finit avant de commencer."}
	regNIR = simphonie.Regle{Code: "DROITS-NIR", Source: "RG_BS603", Gravite: simphonie.Alerte,
		Message: "Le numéro d'immatriculation n'a pas la forme ou la clé attendue."}
	regRPPS = simphonie.Regle{Code: "DROITS-RPPS", Source: "RG_IP612", Gravite: simphonie.Alerte,
		Message: "Le numéro RPPS du médecin traitant n'a pas la forme ou la clé attendue."}
	regATAmbigu = simphonie.Regle{Code: "DROITS-AT-AMBIGU", Source: "RG_CF653, RG_CF661", Gravite: simphonie.AVerifier,
		Message: "Plusieurs accidents déclarés sont valides ce jour-là : dire auquel les soins sont liés."}
	regATSansOrganisme = simphonie.Regle{Code: "DROITS-AT-SANS-ORGANISME", Source: "RG_CF693", Gravite: simphonie.AVerifier,
		Message: "Aucun organisme n'est identifié pour l'accident du travail : le saisir, ou facturer sur papier."}
	regAMENature = simphonie.Regle{Code: "DROITS-AME-NATURE", Source: "RG_VF650", Gravite: simphonie.AVerifier,
		Message: "Bénéficiaire de l'AME et soins liés à un accident du travail : l'AME ne connaît que maladie et maternité."}
	regMaterniteDate = simphonie.Regle{Code: "DROITS-MATERNITE-DATE", Source: "RG_CF662", Gravite: simphonie.Bloquante,
		Message: "Les dates de la maternité sont postérieures aux soins du {0}."}
	regMaterniteSansOrganisme = simphonie.Regle{Code: "DROITS-MATERNITE-SANS-ORGANISME", Source: "RG_CF692", Gravite: simphonie.AVerifier,
		Message: "Nature maternité, mais aucun organisme de maternité n'est connu."}
	regOrganismeMaternite = simphonie.Regle{Code: "DROITS-ORGANISME-MATERNITE", Source: "RG_CF692",
		Message: "Facture à l'organisme de maternité."}
	regOrganismeAT = simphonie.Regle{Code: "DROITS-ORGANISME-AT", Source: "RG_CF693",
		Message: "Facture à l'organisme de l'accident déclaré."}
	regOrganismeATDefaut = simphonie.Regle{Code: "DROITS-ORGANISME-AT-DEFAUT", Source: "RG_CF693",
		Message: "Facture à l'organisme AT par défaut du support."}
	regATIntrouvable = simphonie.Regle{Code: "DROITS-AT-INTROUVABLE", Source: "RG_CF653, RG_CF661", Gravite: simphonie.AVerifier,
		Message: "Soins dits liés à un accident du travail, mais aucun accident déclaré n'est valide ce jour-là."}
	regNatureDetenu = simphonie.Regle{Code: "DROITS-NATURE-DETENU", Source: "RG_CF653 (SP17)",
		Message: "Personne détenue : nature maladie, toujours."}
	regNatureAT = simphonie.Regle{Code: "DROITS-NATURE-AT", Source: "RG_CF653 CP01",
		Message: "Soins liés à un accident du travail déclaré et valide : nature AT/MP, même pendant une maternité."}
	regNatureETMMaternite = simphonie.Regle{Code: "DROITS-NATURE-ETM-MATERNITE", Source: "RG_CF653",
		Message: "Exonération maternité valide : nature maternité pour tous les soins."}
	regNatureMaternite = simphonie.Regle{Code: "DROITS-NATURE-MATERNITE", Source: "RG_CF653",
		Message: "Soins liés à la maternité : nature maternité."}
	regNaturePrevention = simphonie.Regle{Code: "DROITS-NATURE-PREVENTION", Source: "RG_CF653 CP02",
		Message: "Motif de prévention : nature prévention."}
	regNatureMaladie = simphonie.Regle{Code: "DROITS-NATURE-MALADIE", Source: "RG_CF653",
		Message: "Aucune autre nature ne s'applique : nature maladie."}
)

var (
	regOrganismeATCarte = regle("DROITS-ORGANISME-AT-CARTE", "RG_CF693", 0,
		"Facture à l'organisme de l'accident que porte la carte Vitale.")
	regOrganismeATMaladie = regle("DROITS-ORGANISME-AT-MALADIE", "RG_CF693", 0,
		"La carte Vitale ne porte aucune donnée d'accident : facture à son organisme de maladie.")
	regNaturePere = regle("DROITS-NATURE-PERE", "RG_CF653", 0,
		"Biologie du père avant la fin du quatrième mois de grossesse : nature maternité.")
	regNaturePereDate = regle("DROITS-NATURE-PERE-DATE", "RG_CF653", simphonie.AVerifier,
		"Biologie du père : le début présumé de la grossesse est inconnu.")
	regNatureEnfant = regle("DROITS-NATURE-ENFANT", "RG_CF653", 0,
		"Visite obligatoire de l'enfant dans les douze jours de sa naissance : nature maternité.")
	regNatureEnfantDate = regle("DROITS-NATURE-ENFANT-DATE", "RG_CF653", simphonie.AVerifier,
		"Visite obligatoire de l'enfant : sa date de naissance est absente, incomplète ou postérieure aux soins.")
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return slices.Concat([]simphonie.Regle{regAbsents, regFermes, regETMInconnue, regMTMInconnue, regSituationInconnue,
		regC2SSansOC,
		regC2SContradiction, regOrganisme, regSupport, regSansPeriode, regPeriode, regNIR, regRPPS, regATAmbigu, regATSansOrganisme,
		regAMENature, regMaterniteDate, regMaterniteSansOrganisme, regOrganismeMaternite, regOrganismeAT, regOrganismeATDefaut,
		regATIntrouvable, *lecFinDePeriode, *lecMaterniteSansOrganisme, regNatureDetenu, regNatureAT, regNatureETMMaternite, regNatureMaternite,
		regNaturePrevention, regNatureMaladie, regOrganismeATCarte, regOrganismeATMaladie, regNaturePere, regNaturePereDate, regNatureEnfant, regNatureEnfantDate,
		*lecDouziemeJour, *lecSoinsParticuliers, *lecTopMedecinTraitant, *lecPieceMixte}, reglesDroits(), reglesTaux())
}
