package datamatrix

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Where the rules come from.
const (
	srcCartes    = "observation de cartes publiées"
	srcSintia    = "SINTIA – Attestation de tiers payant harmonisée, pavé normalisé"
	srcINS       = "ANS INS – Format datamatrix v2.2 § "
	srcINSBlocs  = srcINS + "blocs de données"
	srcINSEntete = srcINS + "entête"
	src2DDoc     = "ANTS – Spécifications techniques 2D-Doc § "
	srcGS1       = "GS1 – Spécifications générales § "
	src15434     = "ISO/IEC 15434 § enveloppe de message"
	srcAIM       = "ISO/IEC 15424 – identifiants de symbologie"
	srcClavier   = "dispositions de clavier US et FR, lecteurs en émulation clavier"
	srcLecteur   = "manuels de lecteurs en émulation clavier"
	srcNIR       = "RG_BS603"
	srcLimite    = "limite du logiciel"
)

// regles holds every rule of the package. A text that breaks a Bloquante rule
// is an error; rules DM-REPARE-… name the repairs; the others are warnings.
var regles = []simphonie.Regle{
	{Code: "DM-TEXTE-VIDE", Source: srcLecteur, Gravite: simphonie.Bloquante, Message: "La lecture est vide : scannez à nouveau."},
	{Code: "DM-TEXTE-LONG", Source: srcLimite, Gravite: simphonie.Bloquante, Message: "La lecture dépasse {0} octets : ce n'est pas un seul code."},
	{Code: "DM-STRICT", Source: srcLimite, Gravite: simphonie.Bloquante, Message: "La lecture n'est pas intacte ({0}) et les réparations sont refusées : réglez le lecteur."},
	{Code: "DM-LECTURES-DISTINCTES", Source: srcLecteur, Gravite: simphonie.Bloquante, Message: "Plusieurs codes différents ont été lus à la suite : scannez-les un par un."},

	{Code: "DM-AMC-TRONQUEE", Source: srcCartes, Gravite: simphonie.Bloquante, Message: "Le code de l'attestation est incomplet (barre oblique finale absente) : scannez à nouveau."},
	{Code: "DM-AMC-DEBUT", Source: srcCartes, Gravite: simphonie.Bloquante, Message: "Le début du code de l'attestation manque : scannez à nouveau."},
	{Code: "DM-AMC-CHAMPS", Source: srcCartes, Gravite: simphonie.Bloquante, Message: "Le code de l'attestation n'a que {0} séparateurs # sur 5."},
	{Code: "DM-AMC-SEPARATEURS", Source: srcClavier, Gravite: simphonie.Bloquante, Message: "Le lecteur est réglé en clavier français sur un poste en clavier américain : les # sont perdus. Réglez le lecteur."},
	{Code: "DM-AMC-NUMERO-ABSENT", Source: srcSintia, Gravite: simphonie.Bloquante, Message: "Le numéro AMC est absent du code."},
	{Code: "DM-AMC-NUMERO-FORME", Source: srcCartes, Gravite: simphonie.AVerifier, Message: "Le numéro AMC n'est pas fait de chiffres."},
	{Code: "DM-AMC-NUMERO-LONGUEUR", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Le numéro AMC compte {0} chiffres ; 8 sont attendus."},
	{Code: "DM-AMC-VERSION", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Version {0} du code, inconnue : lecture au mieux."},
	{Code: "DM-AMC-CSR-LONGUEUR", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Le critère secondaire de routage compte {0} caractères ; 3 au plus sont attendus."},
	{Code: "DM-AMC-ADHERENT-ABSENT", Source: srcSintia, Gravite: simphonie.AVerifier, Message: "Le numéro d'adhérent est absent du code."},
	{Code: "DM-AMC-ADHERENT-LONGUEUR", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Le numéro d'adhérent compte {0} caractères ; 6 à 15 sont attendus."},
	{Code: "DM-AMC-ADHERENT-FORME", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Le numéro d'adhérent contient autre chose que des chiffres et des majuscules."},
	{Code: "DM-AMC-GROUPE-VIDE", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Groupe de convention {0} vide ou d'un seul caractère, ignoré."},
	{Code: "DM-AMC-CONVENTION-FORME", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Type de convention {0} : deux majuscules sont attendues."},
	{Code: "DM-AMC-GROUPE-SANS-DOMAINE", Source: srcCartes, Gravite: simphonie.Alerte, Message: "La convention {0} ne porte aucun domaine."},
	{Code: "DM-AMC-TOUS-COMBINE", Source: srcCartes, Gravite: simphonie.Alerte, Message: "La convention {0} vaut pour tous les domaines et en nomme d'autres, ou d'autres conventions la suivent."},
	{Code: "DM-AMC-LETTRE-INCONNUE", Source: srcCartes, Gravite: simphonie.Information, Message: "Lettre de domaine {0} jamais observée, conservée."},
	{Code: "DM-AMC-LETTRE-REPETEE", Source: srcCartes, Gravite: simphonie.Information, Message: "Lettre de domaine {0} répétée dans la convention {1}."},
	{Code: "DM-AMC-FIN", Source: srcCartes, Gravite: simphonie.Information, Message: "Données privées après la fin du code, conservées sans être interprétées."},
	{Code: "DM-AMC-DOMAINE-ABSENT", Source: srcCartes, Gravite: simphonie.AVerifier, Message: "Aucune convention du code ne vaut pour le domaine {0}."},
	{Code: "DM-AMC-DOMAINE-DEDUIT", Source: srcCartes, Gravite: simphonie.Alerte, Message: "Le domaine {0} est déduit de la lettre {1} : la table officielle des lettres n'est pas publiée."},
	{Code: "DM-AMC-CONVENTIONS-MULTIPLES", Source: srcCartes, Gravite: simphonie.Alerte, Message: "{1} conventions valent pour le domaine {0} : interrogez l'annuaire dans l'ordre, ou choisissez."},

	{Code: "DM-INS-TRONQUE", Source: srcINSBlocs, Gravite: simphonie.Bloquante, Message: "Le code INS est incomplet (bloc {0} coupé) : scannez à nouveau."},
	{Code: "DM-INS-BALISE", Source: srcINSBlocs, Gravite: simphonie.Bloquante, Message: "Un identifiant de bloc INS est attendu et n'est pas trouvé."},
	{Code: "DM-INS-DOUBLON", Source: srcINSBlocs, Gravite: simphonie.Bloquante, Message: "Le bloc INS {0} est présent deux fois."},
	{Code: "DM-INS-OBLIGATOIRE", Source: srcINSBlocs, Gravite: simphonie.Bloquante, Message: "Blocs INS obligatoires absents : {0}."},
	{Code: "DM-INS-VERSION", Source: srcINSEntete, Gravite: simphonie.Alerte, Message: "Version {0} du code INS, inconnue : lecture au mieux."},
	{Code: "DM-INS-RESERVE", Source: srcINSEntete, Gravite: simphonie.Information, Message: "Les caractères réservés de l'entête INS ne sont pas tous à zéro."},
	{Code: "DM-INS-CLE", Source: srcINSBlocs + ", matricule", Gravite: simphonie.Alerte, Message: "La clé du matricule INS n'est pas la bonne."},
	{Code: "DM-INS-MATRICULE", Source: srcINSBlocs + ", matricule", Gravite: simphonie.AVerifier, Message: "Le matricule INS n'a pas la forme d'un NIR."},
	{Code: "DM-INS-OID", Source: srcINSBlocs + ", OID", Gravite: simphonie.AVerifier, Message: "L'OID de l'autorité d'affectation est inconnu."},
	{Code: "DM-INS-TEST", Source: srcINSBlocs + ", OID", Gravite: simphonie.AVerifier, Message: "Identité de test : elle ne désigne aucune personne."},
	{Code: "DM-INS-SEXE", Source: srcINSBlocs + ", sexe", Gravite: simphonie.AVerifier, Message: "Le sexe n'est ni M ni F."},
	{Code: "DM-INS-DATE", Source: srcINSBlocs + ", date de naissance", Gravite: simphonie.AVerifier, Message: "La date de naissance n'est pas de la forme JJ-MM-AAAA."},
	{Code: "DM-INS-TRAIT-FORME", Source: srcINSBlocs + ", traits", Gravite: simphonie.Alerte, Message: "Le bloc INS {0} contient des caractères que le format n'admet pas."},
	{Code: "DM-INS-BALISE-INCONNUE", Source: srcINSBlocs, Gravite: simphonie.Alerte, Message: "Bloc INS {0} inconnu, conservé."},

	{Code: "DM-2DDOC-ENTETE", Source: src2DDoc + "en-tête", Gravite: simphonie.Bloquante, Message: "L'en-tête 2D-Doc est incomplet ou mal formé."},
	{Code: "DM-2DDOC-CHAMP-TRONQUE", Source: src2DDoc + "zone de message", Gravite: simphonie.Bloquante, Message: "Le champ 2D-Doc {0} est coupé."},
	{Code: "DM-2DDOC-CHAMP", Source: src2DDoc + "zone de message", Gravite: simphonie.Bloquante, Message: "Un identifiant de champ 2D-Doc est attendu et n'est pas trouvé."},
	{Code: "DM-2DDOC-CHAMP-INCONNU", Source: src2DDoc + "zone de message", Gravite: simphonie.Information, Message: "Champ 2D-Doc {0} de longueur inconnue, lu jusqu'au séparateur."},
	{Code: "DM-2DDOC-BINAIRE", Source: src2DDoc + "en-tête", Gravite: simphonie.Alerte, Message: "2D-Doc sous forme binaire, conservé sans être découpé."},
	{Code: "DM-2DDOC-NON-VERIFIE", Source: src2DDoc + "signature", Gravite: simphonie.Alerte, Message: "La signature du 2D-Doc n'a pas été vérifiée."},
	{Code: "DM-2DDOC-SIGNATURE", Source: src2DDoc + "signature", Gravite: simphonie.AVerifier, Message: "La signature du 2D-Doc n'est pas valide : le document est peut-être falsifié."},
	{Code: "DM-2DDOC-SIGNATURE-ABSENTE", Source: src2DDoc + "signature", Gravite: simphonie.AVerifier, Message: "Le 2D-Doc ne porte pas de signature lisible."},

	{Code: "DM-GS1-FORME", Source: srcGS1 + "identifiants de données", Gravite: simphonie.Bloquante, Message: "Le code GS1 ne se découpe pas à l'octet indiqué."},
	{Code: "DM-GS1-CLE", Source: srcGS1 + "chiffre de contrôle", Gravite: simphonie.Alerte, Message: "La clé du GTIN n'est pas la bonne."},
	{Code: "DM-GS1-SEPARATEUR", Source: srcGS1 + "longueurs variables", Gravite: simphonie.Alerte, Message: "L'élément GS1 ({0}) contient peut-être un autre élément : séparateur perdu."},
	{Code: "DM-15434-FIN", Source: src15434, Gravite: simphonie.Alerte, Message: "L'enveloppe ISO 15434 n'est pas fermée."},
	{Code: "DM-NIR-CLE-ABSENTE", Source: srcNIR, Gravite: simphonie.Alerte, Message: "Numéro de la forme d'un NIR, sans sa clé."},

	{Code: "DM-REPARE-AIM", Source: srcAIM, Gravite: simphonie.Information, Message: "Identifiant de symbologie ôté."},
	{Code: "DM-REPARE-ENCADREMENT", Source: srcLecteur, Gravite: simphonie.Information, Message: "Caractères d'encadrement ôtés (fin de ligne, tabulation, espaces, STX, ETX …)."},
	{Code: "DM-REPARE-UTF16", Source: srcLecteur, Gravite: simphonie.Information, Message: "Texte UTF-16 converti."},
	{Code: "DM-REPARE-CASSE", Source: srcLecteur, Gravite: simphonie.Information, Message: "Majuscules rétablies."},
	{Code: "DM-REPARE-PLEINE-CHASSE", Source: srcLecteur, Gravite: simphonie.Information, Message: "Caractères pleine chasse et espaces insécables remplacés."},
	{Code: "DM-REPARE-CLAVIER-US-FR", Source: srcClavier, Gravite: simphonie.Alerte, Message: "Lecteur en clavier américain sur un poste en clavier français : texte rétabli. Réglez le lecteur."},
	{Code: "DM-REPARE-CLAVIER-FR-US", Source: srcClavier, Gravite: simphonie.Alerte, Message: "Lecteur en clavier français sur un poste en clavier américain : texte rétabli. Réglez le lecteur."},
	{Code: "DM-REPARE-VERROUILLAGE", Source: srcClavier, Gravite: simphonie.Alerte, Message: "Verrouillage des majuscules actif pendant la lecture : texte rétabli."},
	{Code: "DM-REPARE-SEPARATEUR-LITTERAL", Source: srcLecteur, Gravite: simphonie.Information, Message: "Séparateur écrit en toutes lettres remplacé."},
	{Code: "DM-REPARE-SEPARATEUR-CARACTERE", Source: srcLecteur, Gravite: simphonie.Alerte, Message: "Séparateur remplacé par un autre caractère, rétabli."},
	{Code: "DM-REPARE-SEPARATEUR-PERDU", Source: srcLecteur, Gravite: simphonie.Alerte, Message: "Séparateur perdu, rétabli d'après les identifiants."},
	{Code: "DM-REPARE-SEPARATEUR-SUPERFLU", Source: srcINSBlocs, Gravite: simphonie.Information, Message: "Séparateur superflu ôté."},
	{Code: "DM-REPARE-PARENTHESES", Source: srcGS1 + "interprétation en clair", Gravite: simphonie.Information, Message: "Code GS1 sous sa forme imprimée, entre parenthèses."},
	{Code: "DM-REPARE-DOUBLE-LECTURE", Source: srcLecteur, Gravite: simphonie.Alerte, Message: "Le même code a été lu plusieurs fois à la suite ; il n'est compté qu'une fois."},
}

var parCode = func() map[simphonie.Code]*simphonie.Regle {
	m := make(map[simphonie.Code]*simphonie.Regle, len(regles))
	for i := range regles {
		m[regles[i].Code] = &regles[i]
	}
	return m
}()

// Regles lists the rules of this package: what is refused, what is warned of
// and each repair.
func Regles() []simphonie.Regle { return slices.Clone(regles) }
