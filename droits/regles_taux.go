package droits

import "github.com/simphonie/simphonie"

// Rules of the decision list of rates and exemptions, in its order.
var (
	regTauxHorsFacture  = regle("DROITS-TAUX-HORS-FACTURE", "RG_VF673", 0, "Dépense non remboursable ou gratuite : taux 0.")
	regTauxAME          = regle("DROITS-TAUX-AME", "RG_VF650", 0, "AME : taux 0, part entière au complémentaire.")
	regTauxNature       = regle("DROITS-TAUX-NATURE", "RG_VF651", 0, "Nature maternité, AT/MP ou prévention : 100 %, code 0.")
	regTauxCANSSM       = regle("DROITS-TAUX-CANSSM", "RG_VF652", 0, "Régime des mines : 100 %, code 6, ou 4 pour un acte d'ALD.")
	regTauxBeneficiaire = regle("DROITS-TAUX-BENEFICIAIRE", "RG_VF653", 0, "Bénéficiaire exonéré ou détenu : 100 %, code 5, ou 4 pour un acte d'ALD.")
	regTauxCCAM         = regle("DROITS-TAUX-CCAM", "RG_VF660", 0, "Acte CCAM exonéré par nature : 100 %, code C.")
	regTauxPrevention   = regle("DROITS-TAUX-PREVENTION", "RG_VF660", 0, "Acte CCAM de prévention : 100 %, code 7.")
	regTauxDepistage    = regle("DROITS-TAUX-DEPISTAGE", "RG_VF660", 0, "Dépistage organisé du col : 100 %, code 7.")
	regTauxCent         = regle("DROITS-TAUX-CENT", "RG_VF660", 0, "Prestation à 100 % par nature : code 0.")
	regTauxUrgence      = regle("DROITS-TAUX-URGENCE", "RG_VF660", 0, "Forfait ou supplément d'urgence : 100 %, code du forfait patient.")
	regTauxIST          = regle("DROITS-TAUX-IST", "RG_VF666", 0, "Dépistage des IST avant 26 ans : 100 %, code 3.")
	regTauxALD          = regle("DROITS-TAUX-ALD", "RG_VF661, RG_VF999", 0, "Soins conformes au protocole d'une ALD valide : 100 %, code 4.")
	regTauxTraitement   = regle("DROITS-TAUX-TRAITEMENT", "RG_VF662, RG_VF998", 0, "Traitement exonérant ou nouveau-né : 100 %, code 3.")
	regTauxSeuil        = regle("DROITS-TAUX-SEUIL", "RG_VF663", 0, "Seuil atteint : 100 %, code donné par le seuil.")
	regTauxRente        = regle("DROITS-TAUX-RENTE", "RG_VF665", 0, "Rente AT : 100 %, code 5 ; médicaments PHQ à 30 %, code 0, sauf contrats 18, 19 et 21.")
	regTauxCPRPFASPA    = regle("DROITS-TAUX-CPRPF-ASPA", "RG_VF664", 0, "CPRPF, ASPA : 100 %, code 9.")
	regTauxCPRPF21      = regle("DROITS-TAUX-CPRPF-21", "RG_VF664", 0, "CPRPF, contrat 21 : 100 %, code 5.")
	regTauxCPRPF24      = regle("DROITS-TAUX-CPRPF-24", "RG_VF664", 0, "CPRPF, contrat 24 ou 25 : 100 %, code 0.")
	regTauxCPRPF20      = regle("DROITS-TAUX-CPRPF-20", "RG_VF664", 0, "CPRPF, subsistant : taux de base du régime général.")
	regTauxCPRPFForfait = regle("DROITS-TAUX-CPRPF-FORFAIT", "RG_VF664", 0, "CPRPF : 100 % sur ATU, FFM, SE, APE et les actes liés.")
	regTauxCPRPF23      = regle("DROITS-TAUX-CPRPF-23", "RG_VF664", 0, "CPRPF, contrat 23 : 75 %.")
	regTauxCPRPF22SNCF  = regle("DROITS-TAUX-CPRPF-22-SNCF", "RG_VF664", 0, "CPRPF, contrat 22, prescription d'un médecin SNCF : 100 %, code 6.")
	regTauxCPRPF22      = regle("DROITS-TAUX-CPRPF-22", "RG_VF664", 0, "CPRPF, contrat 22 : 100 %, code 5 pour un acte de la table 104, sinon taux de base.")
	regTauxCPRPFAucun   = regle("DROITS-TAUX-CPRPF-SANS-CONTRAT", "RG_VF664", simphonie.AVerifier,
		"CPRPF sans contrat 20 à 25 : aucune règle ne donne le taux.")
	regTauxLocal       = regle("DROITS-TAUX-LOCAL", "RG_VF674", 0, "Régime local ou frontalier : 90 %, taux propres des médicaments, 100 % sur les forfaits et actes liés.")
	regTauxASPA        = regle("DROITS-TAUX-ASPA", "RG_VF675", 0, "ASPA : 80 %, médicaments à 30 ou 65 %, code 9.")
	regTauxBase        = regle("DROITS-TAUX-DE-BASE", "RG_VF669", 0, "Taux de base de la table 4ter.")
	regPlusFavorable   = regle("DROITS-TAUX-FAVORABLE", "RG_CF613 CP01", 0, "Exonération changée entre prescription et exécution : le taux le plus favorable est retenu.")
	regTauxAutreNature = regle("DROITS-TAUX-AUTRE-NATURE", "RG_CF613 CP01", simphonie.AVerifier,
		"Le taux le plus favorable vient de la nature {0}, et la facture est de nature {1} : aucun texte ne dit si cette nature change aussi.")
	regSoinsSansMotif = regle("DROITS-SOINS-PARTICULIERS", "RG_VF662, RG_VF998", simphonie.Alerte,
		"Exonération pour soins particuliers valide, mais le motif de l'acte ne la dit pas.")
	regALDSansDroit = regle("DROITS-ALD-SANS-DROIT", "RG_VF661", simphonie.Alerte,
		"L'acte est dit conforme à un protocole d'ALD, mais aucune ALD n'est valide à la date de référence.")
	regISTAge = regle("DROITS-IST-AGE", "RG_VF666", simphonie.AVerifier,
		"Dépistage des IST : l'âge à l'exécution est inconnu, il est exonéré avant 26 ans.")
	regNUT = regle("DROITS-NUT", "RG_VF_CC5", simphonie.Bloquante, "NUT ne se facture qu'en ALD, code 4.")
)

func reglesTaux() []simphonie.Regle {
	rs := make([]simphonie.Regle, 0, len(etapes)+6)
	for i := range etapes {
		rs = append(rs, *etapes[i].regle)
	}
	return append(rs, regPlusFavorable, regTauxAutreNature, regSoinsSansMotif, regALDSansDroit, regISTAge, regNUT)
}
