package insi

import "github.com/simphonie/simphonie"

// Where the rules come from.
const (
	srcWSDL    = "WSDL INSi 1.5.0"
	srcGuide   = "SEL-MP-043"
	srcLexique = "SEL-MP-043 § 2, § 3.4.1"
	srcCR      = "codes retour INSi"
	srcOID     = "HL7 France, fr-core"
	srcNIR     = "RG_BS603"
)

// What an answer may have of odd. None refuses the answer.
var (
	regCle = simphonie.Regle{Code: "INSI-REP-CLE", Source: srcNIR, Gravite: simphonie.Alerte,
		Message: "La clé du matricule reçu n'est pas celle que ses chiffres appellent : matricule conservé tel que reçu."}
	regNumero = simphonie.Regle{Code: "INSI-REP-NUMERO", Source: srcWSDL, Gravite: simphonie.AVerifier,
		Message: "Le matricule reçu n'a pas la forme d'un matricule : il ne sera pas transmis."}
	regDate = simphonie.Regle{Code: "INSI-REP-DATE", Source: srcWSDL, Gravite: simphonie.Alerte,
		Message: "Une date reçue est illisible : elle est conservée dans la réponse brute."}
	regDates = simphonie.Regle{Code: "INSI-REP-PERIODE", Source: srcWSDL, Gravite: simphonie.Information,
		Message: "La date de début du matricule est postérieure à sa date de fin."}
	regPrenom = simphonie.Regle{Code: "INSI-REP-PRENOM", Source: srcWSDL, Gravite: simphonie.Information,
		Message: "La réponse ne donne pas le premier prénom à part : la liste des prénoms fait foi."}
	regTrait = simphonie.Regle{Code: "INSI-REP-TRAIT", Source: srcWSDL, Gravite: simphonie.AVerifier,
		Message: "Un trait d'identité manque dans la réponse ou n'y est pas lisible."}
	regLexique = simphonie.Regle{Code: "INSI-REP-LEXIQUE", Source: srcLexique, Gravite: simphonie.Alerte,
		Message: "Un nom reçu sort des règles d'écriture du téléservice."}
	regOrdre = simphonie.Regle{Code: "INSI-REP-ORDRE", Source: srcWSDL, Gravite: simphonie.Information,
		Message: "Les éléments de la réponse ne sont pas dans l'ordre du schéma."}
	regElement = simphonie.Regle{Code: "INSI-REP-ELEMENT", Source: srcWSDL, Gravite: simphonie.Information,
		Message: "La réponse porte un élément que le schéma ne connaît pas : il est conservé dans la réponse brute."}
	regOID = simphonie.Regle{Code: "INSI-REP-OID", Source: srcOID, Gravite: simphonie.AVerifier,
		Message: "L'OID {0} n'est pas connu : vérifiez de quelle autorité vient le matricule."}
	regOIDFictif = simphonie.Regle{Code: "INSI-REP-OID-FICTIF", Source: srcOID, Gravite: simphonie.AVerifier,
		Message: "L'OID {0} est celui d'une identité fictive, reçue en production."}
	regOIDReel = simphonie.Regle{Code: "INSI-REP-OID-REEL", Source: srcOID, Gravite: simphonie.Information,
		Message: "L'OID {0} est celui d'identités réelles, reçu hors production : l'OID ne dit pas que l'identité est de test."}
	regAutreNumero = simphonie.Regle{Code: "INSI-REP-AUTRE-NUMERO", Source: srcGuide, Gravite: simphonie.Alerte,
		Message: "Le numéro individuel lu sur la carte n'est ni le matricule reçu ni l'un de ses précédents."}
)

// What the agent may try next.
var (
	suiteComparer = simphonie.Regle{Code: "INSI-SUITE-COMPARER", Source: srcCR, Gravite: simphonie.Information,
		Message: "Comparez les traits reçus à ceux du patient, puis faites valider l'identité sur pièce."}
	suiteAutresPrenoms = simphonie.Regle{Code: "INSI-SUITE-PRENOMS", Source: srcCR, Gravite: simphonie.Information,
		Message: "Aucune identité : vérifiez les prénoms de naissance et leur ordre sur la pièce d'identité."}
	suiteNom = simphonie.Regle{Code: "INSI-SUITE-NOM", Source: srcCR, Gravite: simphonie.Information,
		Message: "Aucune identité : vérifiez que le nom est le nom de naissance et non le nom d'usage ou d'épouse."}
	suiteSansLieu = simphonie.Regle{Code: "INSI-SUITE-SANS-LIEU", Source: srcCR, Gravite: simphonie.Information,
		Message: "Aucune identité : vérifiez le code du lieu de naissance ou relancez sans lui."}
	suitePlusDePrenoms = simphonie.Regle{Code: "INSI-SUITE-PLUS-PRENOMS", Source: srcCR, Gravite: simphonie.Information,
		Message: "Plusieurs identités : complétez les prénoms de naissance."}
	suiteLieu = simphonie.Regle{Code: "INSI-SUITE-LIEU", Source: srcCR, Gravite: simphonie.Information,
		Message: "Plusieurs identités : ajoutez le code du lieu de naissance."}
	suiteVerifierLieu = simphonie.Regle{Code: "INSI-SUITE-VERIFIER-LIEU", Source: srcCR, Gravite: simphonie.Information,
		Message: "Plusieurs identités malgré le lieu de naissance : vérifiez ce code sur la pièce d'identité."}
	suiteTraits = simphonie.Regle{Code: "INSI-SUITE-TRAITS", Source: srcGuide, Gravite: simphonie.Information,
		Message: "La carte n'a pas donné une identité : cherchez par les traits relevés sur la pièce d'identité."}
)

// Regles lists the rules of the package: oddities of answers (INSI-REP-…) and
// what the agent may try next (INSI-SUITE-…).
func Regles() []simphonie.Regle {
	return []simphonie.Regle{
		regCle, regNumero, regDate, regDates, regPrenom,
		regTrait, regLexique, regOrdre, regElement, regOID, regOIDFictif, regOIDReel, regAutreNumero,
		suiteComparer, suiteAutresPrenoms, suiteNom, suiteSansLieu,
		suitePlusDePrenoms, suiteLieu, suiteVerifierLieu, suiteTraits,
	}
}
