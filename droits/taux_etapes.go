package droits

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// etape is one rule of the decision list.
type etape struct {
	regle *simphonie.Regle
	fait  fait
	donne func(*calcul) error
}

// fait is what a rule looks at.
type fait struct {
	nom  string // for the trace
	vaut func(*calcul) bool
}

// au gives a rate and a code.
func au(pourCent int32, e Exoneration) func(*calcul) error {
	return func(k *calcul) error {
		k.d.Taux, k.d.Exoneration = simphonie.PourCent(pourCent), e
		return nil
	}
}

// saufALD gives 100 % and a code, which gives way to that of the ALD (RG_VF652, RG_VF653).
func saufALD(e Exoneration) func(*calcul) error {
	return func(k *calcul) error {
		if k.ald() {
			return au(100, ExoALD)(k)
		}
		return au(100, e)(k)
	}
}

// Letters of drugs and forfaits whose rate a rule sets.
const (
	lettrePHQ = "PHQ"
	lettrePHS = "PHS"
)

// lettreCent tells letters that are exempt by nature with code 0 (RG_VF660).
func lettreCent(code string) bool {
	switch code {
	case "FR2", "FR3", "FTG", "FTN", "FTR", "VDE", "ETI", "ERI", "EMI", "CCP", "COB", "COD", "COE", "FEF", "FFE", "PHH":
		return true
	}
	return false
}

// nabmDepistage are at 100 % in the organised cervical screening (RG_VF660).
var nabmDepistage = []string{"27", "28"}

// contrat tests a contract of the CPRPF, in its régime only (RG_VF664).
func contrat(cs ...CodeContrat) fait {
	var nom []string
	for _, c := range cs {
		nom = append(nom, string(c))
	}
	return cprpf("contrat "+strings.Join(nom, " ou "), func(k *calcul) bool { return slices.ContainsFunc(cs, k.c.Contrat) })
}

// cprpf tests another fact in the régime of the SNCF.
func cprpf(nom string, f func(*calcul) bool) fait {
	return fait{"régime 04, " + nom, func(k *calcul) bool { return k.c.CPRPF() && f(k) }}
}

// etapes is the decision list; the first rule that holds decides. The invoice
// comes before the line, and an expense that is not reimbursed before all.
var etapes = [...]etape{
	{&regTauxHorsFacture, fait{"qualificatif N ou G", func(k *calcul) bool { return k.a.HorsFacture }}, au(0, ExoAucune)},
	{&regTauxAME, fait{"AME", func(k *calcul) bool { return k.c.AME() }}, au(0, ExoAucune)},
	{&regTauxNature, fait{"nature maternité, AT/MP ou prévention", func(k *calcul) bool {
		return k.c.Nature == Maternite || k.c.Nature == ATMP || k.c.Nature == Prevention
	}}, au(100, ExoAucune)},
	{&regTauxCANSSM, fait{"régime 07", func(k *calcul) bool { return k.c.CANSSM() }}, saufALD(ExoRegimeSpecial)},
	{&regTauxBeneficiaire, fait{"pension militaire, invalidité ou détention", func(k *calcul) bool {
		return k.c.PensionMilitaire() || k.c.Invalidite() || k.c.Detenu()
	}}, saufALD(ExoBeneficiaire)},

	{&regTauxCCAM, fait{"champ 25 de la CCAM = 3", func(k *calcul) bool { return slices.Contains(k.a.Champ25, "3") }}, au(100, ExoCCAM)},
	{&regTauxPrevention, fait{"champ 25 = 7 et motif de prévention, ou seul choix", func(k *calcul) bool {
		return slices.Contains(k.a.Champ25, "7") && (k.a.Prevention || len(k.a.Champ25) == 1)
	}}, au(100, ExoPrevention)},
	{&regTauxDepistage, fait{"dépistage organisé du col, acte 0027 ou 0028", func(k *calcul) bool {
		return k.a.DepistageCol && slices.Contains(nabmDepistage, sansZeros(k.a.NABM))
	}}, au(100, ExoPrevention)},
	{&regTauxCent, fait{"prestation à 100 % par nature", func(k *calcul) bool {
		return lettreCent(k.a.Code) || k.a.Cent && k.a.Code != "NUT"
	}}, au(100, ExoAucune)},
	{&regTauxUrgence, fait{"forfait ou supplément d'urgence", func(k *calcul) bool { return k.a.Urgence }},
		func(k *calcul) error { return au(100, k.a.ExoPatient)(k) }},

	{&regTauxIST, fait{"dépistage des IST avant 26 ans", depistageIST}, au(100, ExoTraitement)},
	{&regTauxALD, fait{"soins conformes au protocole et ALD valide", func(k *calcul) bool { return k.ald() }}, au(100, ExoALD)},
	{&regTauxTraitement, fait{"motif exonérant ou nouveau-né", traitementExonerant}, au(100, ExoTraitement)},
	{&regTauxSeuil, fait{"seuil atteint", func(k *calcul) bool { return k.a.Seuil != ExoAucune }},
		func(k *calcul) error { return au(100, k.a.Seuil)(k) }},
	{&regTauxRente, fait{"rente AT", func(k *calcul) bool { return k.c.RenteAT() }}, func(k *calcul) error {
		if k.a.Code == lettrePHQ && !(k.c.CPRPF() && (k.c.Contrat(ContratCP) || k.c.Contrat(ContratDivers) || k.c.Contrat(ContratCMAL))) {
			return au(30, ExoAucune)(k)
		}
		return au(100, ExoBeneficiaire)(k)
	}},

	{&regTauxCPRPFASPA, cprpf("ASPA", func(k *calcul) bool { return k.c.ASPA() }), au(100, ExoASPA)},
	{&regTauxCPRPF21, contrat(ContratCMAL), au(100, ExoBeneficiaire)},
	{&regTauxCPRPF24, contrat(ContratHorsMedical, ContratPupille), au(100, ExoAucune)},
	{&regTauxCPRPF20, contrat(ContratSubsistant), deBase(colonneGenerale)},
	{&regTauxCPRPFForfait, cprpf("forfait ou acte lié", func(k *calcul) bool { return k.a.Forfait != "" }), au(100, ExoAucune)},
	{&regTauxCPRPF23, contrat(ContratNonActif), au(75, ExoAucune)},
	{&regTauxCPRPF22SNCF, cprpf("contrat 22, médecin SNCF", func(k *calcul) bool { return k.c.Contrat(ContratActif) && k.a.MedecinSNCF }), au(100, ExoRegimeSpecial)},
	{&regTauxCPRPF22, contrat(ContratActif), table104},
	{&regTauxCPRPFAucun, cprpf("aucun contrat 20 à 25", func(*calcul) bool { return true }), func(k *calcul) error {
		k.sans(&regTauxCPRPFAucun, "contrats")
		return nil
	}},

	{&regTauxLocal, fait{"régime local ou frontalier", func(k *calcul) bool { return k.c.RegimeLocal() }}, local},
	{&regTauxASPA, fait{"ASPA", func(k *calcul) bool { return k.c.ASPA() }}, func(k *calcul) error {
		switch k.a.Code {
		case lettrePHQ:
			return au(30, ExoASPA)(k)
		case lettrePHS:
			return au(65, ExoASPA)(k)
		}
		return au(80, ExoASPA)(k)
	}},
	{&regTauxBase, fait{"aucune autre règle", func(*calcul) bool { return true }}, func(k *calcul) error {
		if k.c.Organisme.Regime == regimeCRPCEN {
			return k.base(colonneCRPCEN)
		}
		return k.base(colonneGenerale)
	}},
}

// regimeCRPCEN has its own column of base rates.
const regimeCRPCEN = "10"

func deBase(colonne string) func(*calcul) error {
	return func(k *calcul) error { return k.base(colonne) }
}

// depistageIST wants less than 26 years on the day of execution.
func depistageIST(k *calcul) bool {
	if !k.a.IST {
		return false
	}
	age, err := k.a.Naissance.AgeLe(k.a.Execution)
	if err != nil {
		k.anomalie(&regISTAge, "beneficiaire.naissance")
	}
	return err == nil && age.Ans() < 26
}

// traitementExonerant: the motive, or care of a newborn; whether the right
// alone is enough is a reading.
func traitementExonerant(k *calcul) bool {
	if k.a.TraitementExonerant || k.a.NouveauNe || !k.c.SoinsParticuliers() {
		return k.a.TraitementExonerant || k.a.NouveauNe
	}
	choix := k.o.Interpretations.SoinsParticuliers
	k.pas(lecSoinsParticuliers, choix == SoinsSurDroit, intSoinsParticuliers.Retenu(string(choix)))
	if choix != SoinsSurDroit {
		k.anomalie(&regSoinsSansMotif, "etm")
	}
	return choix == SoinsSurDroit
}

// table104: acts at 100 % of the CPRPF, else the base rate.
func table104(k *calcul) error {
	switch k.b.Tables.Contient(TableCPRPF, k.a.Code, k.c.Jour) {
	case simphonie.Oui:
		return au(100, ExoBeneficiaire)(k)
	case simphonie.Non:
		return k.base(colonneGenerale)
	}
	k.sans(&regTableManquante, "contrats", string(TableCPRPF))
	return nil
}

// local is the rate of the régime local (RG_VF674). Its rate of PHQ is
// written for the régimes 01 and 02 only.
func local(k *calcul) error {
	k.d.RegimeLocal = true
	switch {
	case k.a.Forfait != "":
		return au(100, ExoAucune)(k)
	case k.a.Code != lettrePHQ, k.c.Organisme.Regime == regimeAgricole:
		return au(90, ExoAucune)(k)
	case k.c.Organisme.Regime == simphonie.RegimeGeneral:
		return au(80, ExoAucune)(k)
	}
	k.d.Regle, k.d.RegimeLocal = nil, false
	return &simphonie.Erreur{Code: "DROITS-TAUX-REGIME", Chemin: lettrePHQ, Detail: "no text gives the rate of this drug in the local régime outside régimes 01 and 02"}
}
