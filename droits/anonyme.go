package droits

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// Sexe is the sex that an anonymous number begins with.
type Sexe byte

// Sexes.
const (
	Homme Sexe = '1'
	Femme Sexe = '2'
)

// motifIST ends an anonymous number of IST screening.
const motifIST = "333"

// PrescripteurAnonyme is the number written when IST screening has no
// prescription; no specialty nor RPPS goes with it (RG_IP601 CP02).
const PrescripteurAnonyme = "291991107"

// NIRAnonyme builds the number of an anonymous invoice of IST screening (zone
// 0212): sex, 555555, the caisse that answers for the biller, 333, and the key.
// DROITS-NIR-ANONYME: the sex or the caisse is of another form.
func NIRAnonyme(s Sexe, caisse string) (simphonie.NIR, error) {
	if s != Homme && s != Femme || len(caisse) != 3 || strings.Trim(caisse, "0123456789") != "" {
		return simphonie.NIR{}, &simphonie.Erreur{Code: "DROITS-NIR-ANONYME", Detail: "a sex and a caisse of three digits are wanted"}
	}
	n := string(s) + "555555" + caisse + motifIST
	return simphonie.NIRRecu(n + simphonie.NIRRecu(n).CleCalculee()), nil
}

// actesIST are the NABM codes of IST screening (RG_IP663).
var actesIST = []string{"388", "389", "390", "392", "393", "394", "395", "396", "9105", "9005", "4500", "4501", "1256", "1257", "5301", "5302", "5303"}

// ActeIST says that a NABM code belongs to IST screening; leading zeros do not count.
func ActeIST(nabm string) bool { return slices.Contains(actesIST, sansZeros(nabm)) }

// Provisoire says that a number is a provisional one of the régime agricole,
// which screens show as PROVIS (RG_BS602).
func Provisoire(regime string, n simphonie.NIR) bool {
	return regime == regimeAgricole && strings.HasPrefix(n.Clair(), "555555")
}

// Anonyme checks that an invoice may be anonymous (RG_BS602, RG_IP663): secret
// asked for, only acts of IST screening, a minor on the day of execution.
func Anonyme(secret bool, naissance simphonie.DateNaissance, execution simphonie.Jour, nabm []string) simphonie.Anomalies {
	var as simphonie.Anomalies
	dit := func(r *simphonie.Regle) { as = append(as, r.Anomalie("anonyme")) }
	if !secret {
		dit(&regAnonymeSecret)
	}
	if len(nabm) == 0 || slices.ContainsFunc(nabm, func(c string) bool { return !ActeIST(c) }) {
		dit(&regAnonymeIST)
	}
	if age, err := naissance.AgeLe(execution); err != nil || age.Ans() >= 18 {
		dit(&regAnonymeAge)
	}
	return as
}

var (
	regAnonyme       = regle("DROITS-ANONYME", "RG_BS602, RG_MF639", 0, "Facture anonyme : droits, exonérations et médecin traitant ne sont pas regardés.")
	regAnonymeSecret = regle("DROITS-ANONYME-SECRET", "RG_BS602", simphonie.Bloquante, "Facture anonyme : le secret n'a pas été demandé.")
	regAnonymeIST    = regle("DROITS-ANONYME-IST", "RG_IP663", simphonie.Bloquante, "Facture anonyme : un acte n'est pas du dépistage des IST.")
	regAnonymeAge    = regle("DROITS-ANONYME-AGE", "RG_BS602", simphonie.Bloquante, "Facture anonyme : le patient n'est pas mineur, ou son âge est inconnu.")
)
