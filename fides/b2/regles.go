package b2

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// regle is a rule and what an Erreur says of it, in English.
type regle struct {
	simphonie.Regle
	detail string
}

// Sources that are not a numbered rule.
const (
	norme       = "norme B2 2005-E"
	conventions = "SFG FIDES-ACE TF §3.1"
)

func nouvelle(code simphonie.Code, source string, g simphonie.Gravite, message, detail string) regle {
	return regle{simphonie.Regle{Code: code, Source: source, Gravite: g, Message: message}, detail}
}

// Rules of a line and of its zones.
var (
	longueur = nouvelle("B2-LONGUEUR", norme, simphonie.Bloquante,
		"L'enregistrement n'a pas 128 colonnes mais {0}.", "the record does not have 128 columns")
	ligneLongue = nouvelle("B2-LIGNE-LONGUE", norme, simphonie.Bloquante,
		"La ligne dépasse la longueur que le lecteur accepte.", "the line is longer than the limit of the reader: its end is lost")
	typeInconnu = nouvelle("B2-TYPE-INCONNU", norme, simphonie.Bloquante,
		"Type d'enregistrement inconnu.", "unknown record type")
	typeInterdit = nouvelle("B2-TYPE-INTERDIT", "RG_MF603", simphonie.Bloquante,
		"Les enregistrements 2B et 2C sont interdits.", "records 2B and 2C are forbidden")
	teteMelangee = nouvelle("B2-TETE", norme, simphonie.Bloquante,
		"La lettre de complément est à la place d'une autre forme d'en-tête : numéro de facture en colonne 27 ou 30.",
		"complement letter in the column of the other head shape (invoice number in column 27 or 30)")
	zoneAbsente = nouvelle("B2-ZONE-ABSENTE", norme, simphonie.Bloquante,
		"Zone {0} ({1}) obligatoire et non renseignée.", "compulsory zone unset")
	zoneNumerique = nouvelle("B2-ZONE-NUMERIQUE", conventions, simphonie.Bloquante,
		"Zone {0} ({1}) : des chiffres seuls sont attendus, sans signe ni séparateur.", "digits alone are wanted, without sign or separator")
	zoneCaractere = nouvelle("B2-ZONE-CARACTERE", conventions, simphonie.Bloquante,
		"Zone {0} ({1}) : caractère autre que A à Z, 0 à 9 et espace.", "character other than A-Z, 0-9 and space")
	zoneAlignement = nouvelle("B2-ZONE-ALIGNEMENT", conventions, simphonie.Bloquante,
		"Zone {0} ({1}) : texte à cadrer à gauche.", "text must be left-aligned")
	zoneValeur = nouvelle("B2-ZONE-VALEUR", norme, simphonie.Bloquante,
		"Zone {0} ({1}) : valeur absente de la liste de la zone.", "value out of the list of the zone")
	zoneDate = nouvelle("B2-ZONE-DATE", conventions, simphonie.Bloquante,
		"Zone {0} ({1}) : la date n'existe pas, ou sort du siècle réglé.", "date out of the calendar, or out of the hundred years that are set")
	zoneForme = nouvelle("B2-ZONE-FORME", norme, simphonie.Bloquante,
		"Zone {0} ({1}) : valeur d'une autre forme que celle de la zone.", "value of another form than the zone's")
	zoneDepassement = nouvelle("B2-ZONE-DEPASSEMENT", norme, simphonie.Bloquante,
		"Zone {0} ({1}) : la valeur dépasse la largeur de la zone.", "the value does not fit the width of the zone")
	zoneSigne = nouvelle("B2-ZONE-SIGNE", conventions, simphonie.Bloquante,
		"Zone {0} ({1}) : une valeur négative ne s'écrit pas.", "a negative value cannot be written")
	zonePrecision = nouvelle("B2-ZONE-PRECISION", norme, simphonie.Bloquante,
		"Zone {0} ({1}) : la valeur a plus de décimales que la zone.", "the value has more decimals than the zone")
)

// Rules of the order of records and of the invoice.
var (
	ordre = nouvelle("B2-ORDRE", "RG_MF610 à RG_MF614, RG_MF620 à RG_MF626, RG_MF631 à RG_MF633", simphonie.Bloquante,
		"L'enregistrement {1} ne peut pas suivre {0}.", "this record may not follow the one before it")
	complementAbsent = nouvelle("B2-COMPLEMENT-ABSENT", "RG_MF600, RG_MF601, RG_MF611, RG_MF621, RG_MF632", simphonie.Bloquante,
		"L'enregistrement {0} manque après {1}.", "the complement record is missing")
	complementInterdit = nouvelle("B2-COMPLEMENT-INTERDIT", "RG_MF601", simphonie.Bloquante,
		"CFU, FPU, FPV, FPL, FPM et FPX s'écrivent en type 3 seul, sans {0}.", "a CFU, FPU, FPV, FPL, FPM or FPX is a type 3 alone")
	sequence = nouvelle("B2-SEQUENCE", "RG_MF630", simphonie.Bloquante,
		"Séquence {0} attendue pour l'enregistrement {1}.", "wrong sequence number")
	factureVide = nouvelle("B2-FACTURE-VIDE", "RG_MF630", simphonie.Bloquante,
		"La facture n'a aucune ligne.", "the invoice has no line")
	facturePleine = nouvelle("B2-FACTURE-PLEINE", "RG_MF630", simphonie.Bloquante,
		"La facture a plus de 999 enregistrements de types 3 et 4.", "more than 999 records of types 3 and 4 in the invoice")
	factureOuverte = nouvelle("B2-FACTURE-OUVERTE", "RG_MF633", simphonie.Bloquante,
		"La facture n'est pas fermée par un type 5.", "the invoice is not closed by a type 5")
	cleDifferente = nouvelle("B2-CLE-DIFFERENTE", "RG_MF610 à RG_MF633", simphonie.Bloquante,
		"Zone {0} ({1}) : autre valeur que dans le type 2 de la facture.", "value other than in the type 2 of the invoice")
	totalFaux = nouvelle("B2-TOTAL", "RG_MF633", simphonie.Bloquante,
		"Zone {0} ({1}) : total {2} au lieu de {3}.", "total other than the sum of the lines")
)

// Rules between the zones of an invoice.
var (
	ocEclate = nouvelle("B2-OC-ECLATE", "RG_MF610, RG_MF620", simphonie.Bloquante,
		"Zone {0} : montant de l'organisme complémentaire non nul alors que le top éclatement vaut F.",
		"amount of the complementary body while zone 0295 is F")
	ocNumero = nouvelle("B2-OC-NUMERO", "RG_MF631", simphonie.Bloquante,
		"Type de contrat 89 sans numéro d'organisme complémentaire.", "zone 02117 is 89 while zone 02119 is unset")
	ocSituation = nouvelle("B2-OC-SITUATION", "RG_MF631, RG_BS720", simphonie.Bloquante,
		"Le numéro d'organisme complémentaire n'est rempli que pour l'AME (75500017) et, avec le type de contrat 89, pour la C2S (99999997, 88888888).",
		"zone 02119 is filled for AME (75500017), and for C2S (99999997, 88888888) together with 02117 = 89")
	// Lines keep their own exemption beside a CFU or FPX whose exemption the
	// type 2 carries: an alert, not a refusal.
	exoLigne = nouvelle("B2-EXO-LIGNE", "RG_MF631", simphonie.Alerte,
		"Zone {0} : exonération portée par la ligne alors que le type 2 porte {1}.", "exemption on the line while zone 0279 carries it")
	dateEntree = nouvelle("B2-DATE-SEJOUR", "RG_MF610, RG_MF631", simphonie.Bloquante,
		"Zone {0} ({1}) : autre date que la zone {2}.", "date other than that of the type 2")
	rppsAbsent = nouvelle("B2-RPPS-ABSENT", "RG_MF612, RG_MF622", simphonie.Bloquante,
		"Enregistrement {0} sans numéro RPPS.", "a 3E or 4E exists only for an RPPS number")
	accordDate = nouvelle("B2-ACCORD-DATE", "RG_IP691", simphonie.Bloquante,
		"Zone {0} : date de demande d'accord préalable obligatoire sauf code 9.", "date of the prior agreement missing while its code is not 9")
	actesTrou = nouvelle("B2-4B-ACTES", "RG_MF623", simphonie.Bloquante,
		"Zone {0} : les actes d'un 4B se suivent, chacun avec sa date et son code.", "the acts of a 4B must follow each other, each with its date and code")
	modificateurs = nouvelle("B2-4M-MODIFICATEURS", "RG_MF626", simphonie.Bloquante,
		"Zone {0} : les modificateurs se remplissent dès la première zone, sans trou.", "modifiers fill the zones from the first one, without a gap")
	seances = nouvelle("B2-4M-SEANCES", "RG_MF602, RG_MF626", simphonie.Bloquante,
		"Zone {0} : les séances s'écrivent par date croissante.", "séances must come by ascending date")
	seanceParent = nouvelle("B2-4M-PARENT", "RG_MF626", simphonie.Bloquante,
		"Zone 0470 : la date des soins doit être celle de la dernière séance.", "zone 0470 must be the date of the last séance")
	cleNIR = nouvelle("B2-CLE-NIR", "RG_BS603", simphonie.AVerifier,
		"Zone {0} : la clé ne correspond pas au numéro d'immatriculation.", "wrong key of the NIR")
	cleFINESS = nouvelle("B2-CLE-FINESS", "RG_IP612", simphonie.AVerifier,
		"Zone {0} : la clé du numéro FINESS est fausse.", "wrong key of the FINESS")
	clePrescripteur = nouvelle("B2-CLE-PRESCRIPTEUR", "RG_IP612", simphonie.AVerifier,
		"Zone {0} : la clé du numéro du prescripteur est fausse.", "wrong key of the number of the prescriber")
	cleRPPS = nouvelle("B2-CLE-RPPS", "RG_IP612", simphonie.AVerifier,
		"Zone {0} : la clé du numéro RPPS est fausse.", "wrong key of the RPPS")
)

// What is wrong with a call rather than with an invoice.
var (
	tableInvalide = nouvelle("B2-TABLE", norme, 0,
		"La table des zones est incorrecte.", "the table of layouts is wrong")
	tableVue = nouvelle("B2-TABLE-VUE", norme, 0,
		"La table des zones ne contient pas une zone attendue.", "the table lacks a zone that a view reads")
	reglage = nouvelle("B2-REGLAGE", norme, 0,
		"Réglage absent ou incorrect.", "a setting is missing or wrong")
	typeAutre = nouvelle("B2-TYPE-AUTRE", norme, 0,
		"L'enregistrement n'est pas du type demandé.", "the record is not of the type that was asked")
	lecture = nouvelle("B2-LECTURE", norme, 0,
		"La lecture a échoué.", "reading failed")
	ecriture = nouvelle("B2-ECRITURE", norme, 0,
		"L'écriture a échoué.", "writing failed: what was written before may be incomplete")
	tronque = nouvelle("B2-TRONQUE", norme, 0,
		"Une ligne lue en partie ne peut pas être réécrite.", "a line that was read in part cannot be written again")
)

// regles is every rule.
var regles = []*regle{&longueur, &ligneLongue, &typeInconnu, &typeInterdit, &teteMelangee, &zoneAbsente, &zoneNumerique,
	&zoneCaractere, &zoneAlignement, &zoneValeur, &zoneDate, &zoneForme, &zoneDepassement, &zoneSigne, &zonePrecision,
	&ordre, &complementAbsent, &complementInterdit, &sequence, &factureVide, &facturePleine, &factureOuverte,
	&cleDifferente, &totalFaux, &ocEclate, &ocNumero, &ocSituation, &exoLigne, &dateEntree, &rppsAbsent, &accordDate,
	&actesTrou, &modificateurs, &seances, &seanceParent, &cleNIR, &cleFINESS, &clePrescripteur, &cleRPPS,
	&tableInvalide, &tableVue, &reglage, &typeAutre, &lecture, &ecriture, &tronque}

// Regles lists every rule that this package checks, by code.
func Regles() []simphonie.Regle {
	out := make([]simphonie.Regle, len(regles))
	for i, r := range regles {
		out[i] = r.Regle
	}
	slices.SortFunc(out, func(a, b simphonie.Regle) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return out
}
