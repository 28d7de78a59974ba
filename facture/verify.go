package facture

import (
	"strconv"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

var (
	regPartsLigne = simphonie.Regle{Code: "FAC-PARTS-LIGNE", Source: "conservation des montants", Gravite: simphonie.Bloquante,
		Message: "Les parts de la ligne {0} font {1} €, ses honoraires {2} €."}
	regPartOrpheline = simphonie.Regle{Code: "FAC-PART-ORPHELINE", Source: "conservation des montants", Gravite: simphonie.Bloquante,
		Message: "La part {0} ne se rattache à aucune ligne ou à aucun débiteur."}
	regPartAMO = simphonie.Regle{Code: "FAC-PART-AMO", Source: "RG_VF670", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : la part AMO fait {1} €, le MRO {2} €."}
	regSupport = simphonie.Regle{Code: "FAC-SUPPORT", Source: "RG_VF626", Gravite: simphonie.Bloquante,
		Message: "La ligne {0} complète une ligne qui n'existe pas."}
	regExoTaux = simphonie.Regle{Code: "FAC-EXO-TAUX", Source: "RG_VF_CC15", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : une exonération {1} demande un taux de 100 %, pas de {2} %."}
	regMRO = simphonie.Regle{Code: "FAC-MRO", Source: "RG_VF670", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : le MRO ({1} €) dépasse la base ({2} €) ou n'en a pas le signe."}
	regTaux = simphonie.Regle{Code: "FAC-TAUX", Source: "RG_VF670, RG_VF671, RG_VF682", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : le MRO est de {1} €, la base et le taux donnent {2} €."}
	regMRC = simphonie.Regle{Code: "FAC-MRC", Source: "RG_VF670", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : le MRC ({1} €) dépasse les honoraires ({2} €) ou n'en a pas le signe."}
	regSigne = simphonie.Regle{Code: "FAC-SIGNE", Source: "conservation des montants", Gravite: simphonie.Bloquante,
		Message: "Ligne {0} : une part dépasse les honoraires ({1} €) ou n'en a pas le signe."}
	regDepassement = simphonie.Regle{Code: "FAC-DEPASSEMENT", Source: "largeur des montants", Gravite: simphonie.Bloquante,
		Message: "La somme des montants dépasse ce qu'un montant peut contenir."}
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle {
	return []simphonie.Regle{regPartsLigne, regPartOrpheline, regPartAMO, regSupport, regExoTaux, regMRO, regTaux, regMRC, regSigne, regDepassement}
}

// Verify proves the conservation of money: the parts of every line add up to
// what the line asks and have its sign, the AMO's part is the MRO, which is what
// base and rate give, nothing hangs on a line that does not exist. It returns
// every fault; none means proven.
func (f *Facture) Verify() simphonie.Anomalies {
	var as simphonie.Anomalies
	var peu [16]somme // those of a usual invoice
	sommes := peu[:]
	if n := len(f.Lignes); n > len(peu) {
		sommes = make([]somme, n)
	}
	for i := range f.Parts {
		p := &f.Parts[i]
		if p.Ligne < 0 || p.Ligne >= len(f.Lignes) || p.Debiteur.IsZero() {
			as = append(as, regPartOrpheline.Anomalie(chemin("parts", i), strconv.Itoa(i+1)))
		}
		if p.Ligne >= 0 && p.Ligne < len(f.Lignes) {
			sommes[p.Ligne].ajoute(i, p, f.Lignes[p.Ligne].Honoraires)
		}
	}
	for i := range f.Lignes {
		as = f.verifyLigne(i, &sommes[i], as)
	}
	if _, err := f.Total(); err != nil {
		as = append(as, regDepassement.Anomalie("lignes"))
	}
	return as
}

// somme is what the parts of one line add up to.
type somme struct {
	toutes, amo simphonie.Montant
	deborde     int  // rank from 1 of the part that does not fit, 0 for none
	signe       bool // a part exceeds what is asked, or has the other sign
}

func (s *somme) ajoute(i int, p *Part, honoraires simphonie.Montant) {
	if s.deborde != 0 {
		return
	}
	var err error
	if s.toutes, err = s.toutes.Add(p.Montant); err == nil && p.Debiteur == simphonie.AMO {
		s.amo, err = s.amo.Add(p.Montant)
	}
	if err != nil {
		s.deborde = i + 1
	}
	s.signe = s.signe || depasse(p.Montant, honoraires)
}

func (f *Facture) verifyLigne(i int, s *somme, as simphonie.Anomalies) simphonie.Anomalies {
	if s.deborde != 0 {
		return append(as, regDepassement.Anomalie(chemin("parts", s.deborde-1)))
	}
	l := &f.Lignes[i]
	faute := func(r *simphonie.Regle, valeurs ...simphonie.Montant) {
		textes := []string{strconv.Itoa(i + 1)}
		for _, v := range valeurs {
			textes = append(textes, v.String())
		}
		as = append(as, r.Anomalie(chemin("lignes", i), textes...))
	}
	if s.toutes != l.Honoraires {
		faute(&regPartsLigne, s.toutes, l.Honoraires)
	}
	if s.amo != l.MRO {
		faute(&regPartAMO, s.amo, l.MRO)
	}
	if l.Support < -1 || l.Support >= len(f.Lignes) || l.Support == i {
		faute(&regSupport)
	}
	if l.Exoneration != ExoAucune && l.Exoneration != ExoASPA && l.Taux != simphonie.Cent && l.BRAMO != 0 {
		as = append(as, regExoTaux.Anomalie(chemin("lignes", i), strconv.Itoa(i+1), l.Exoneration.String(), l.Taux.String()))
	}
	if depasse(l.MRO, l.BRAMO) {
		faute(&regMRO, l.MRO, l.BRAMO)
	}
	if depasse(l.MRC, l.Honoraires) {
		faute(&regMRC, l.MRC, l.Honoraires)
	}
	if attendu, err := l.Taux.Of(l.BRAMO, tarif.ArrVF670.Mode); err == nil && l.MRO != attendu-l.MTM-l.TMF {
		faute(&regTaux, l.MRO, attendu-l.MTM-l.TMF)
	}
	if s.signe {
		faute(&regSigne, l.Honoraires)
	}
	return as
}

// depasse says that a is not between 0 and b, b being of either sign.
func depasse(a, b simphonie.Montant) bool {
	if b < 0 {
		return a > 0 || a < b
	}
	return a < 0 || a > b
}

func chemin(liste string, i int) string { return liste + "[" + strconv.Itoa(i) + "]" }
