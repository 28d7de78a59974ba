package droits

import "github.com/simphonie/simphonie"

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

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regAbsents, regFermes, regETMInconnue, regMTMInconnue, regSituationInconnue,
		regC2SSansOC,
		regATIntrouvable, *lecFinDePeriode, regNatureDetenu, regNatureAT, regNatureETMMaternite, regNatureMaternite,
		regNaturePrevention, regNatureMaladie}
}
