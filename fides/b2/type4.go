package b2

import "github.com/simphonie/simphonie"

// Type4 is a line of honoraires: acts, emergency forfaits and supplements,
// drugs in rétrocession (RG_MF620).
type Type4 struct {
	Cle
	ModeTraitement         string                // 0439: "" is 00
	Discipline             string                // 0441: "" is 000
	Prescripteur           string                // 0444, number of a liberal prescriber only
	OriginePrescription    string                // 0453: T, O, P or S
	Exoneration            string                // 0454
	SpecialitePrescripteur string                // 0455, of a salaried prescriber
	Executant              simphonie.FINESS      // 0457, the biller
	ZoneTarif              string                // 0466
	SpecialiteExecutant    string                // 0468
	DateSoins              simphonie.Jour        // 0470
	Acte                   CodeActe              // 0476
	Quantite               int                   // 0481
	Coefficient            simphonie.Coefficient // 0483, two decimals; absent is written 1
	Denombrement           int                   // 0489
	PrixUnitaire           simphonie.Montant     // 0491
	BaseRemboursement      simphonie.Montant     // 0498
	Taux                   simphonie.Taux        // 04105, whole per cent
	MontantAMO             simphonie.Montant     // 04108
	Honoraires             simphonie.Montant     // 04115
	Qualificatif           string                // 04122
	MontantOC              simphonie.Montant     // 04123, at most 9999.99
}

// Type gives T4.
func (*Type4) Type() Type { return T4 }

func (t *Type4) visite(c *champs) {
	c.cle(&t.Cle)
	c.code(39, &t.ModeTraitement)
	c.code(41, &t.Discipline)
	c.finess(44, (*simphonie.FINESS)(&t.Prescripteur))
	c.texteA(53, &t.OriginePrescription)
	c.texteA(54, &t.Exoneration)
	c.code(55, &t.SpecialitePrescripteur)
	c.finess(57, &t.Executant)
	c.code(66, &t.ZoneTarif)
	c.code(68, &t.SpecialiteExecutant)
	c.jour(70, &t.DateSoins)
	c.acte(76, &t.Acte)
	c.entier(81, &t.Quantite)
	c.coefficient(83, 2, &t.Coefficient)
	c.entier(89, &t.Denombrement)
	c.montant(91, &t.PrixUnitaire)
	c.montant(98, &t.BaseRemboursement)
	c.taux(105, &t.Taux)
	c.montant(108, &t.MontantAMO)
	c.montant(115, &t.Honoraires)
	c.texteA(122, &t.Qualificatif)
	c.montant(123, &t.MontantOC)
}

// Type4S completes a type 4: agreement, place, equipment, participation of
// the insured (RG_MF621).
type Type4S struct {
	Cle
	ConditionExecutant    string         // 4S39
	ConditionPrescripteur string         // 4S48: L, S or B
	DateAccord            simphonie.Jour // 4S49
	CodeAccord            string         // 4S55: 0, 4, 5 or 9
	// CoefficientMCO is 1 for acts tied to ATU, FFM, SEx or APE, else absent:
	// 4S66, a zone that the rules leave without a name (see the table).
	CoefficientMCO      simphonie.Coefficient
	LieuExecution       simphonie.FINESS // 4S72
	NumeroOrdreForfait  string           // 4S101
	NumeroAppareil      string           // 4S106, or identifier of the secured video connection
	Domaine             string           // 4S124
	ParticipationAssure string           // 4S128
}

// Type gives T4S.
func (*Type4S) Type() Type { return T4S }

func (t *Type4S) visite(c *champs) {
	c.cle(&t.Cle)
	c.texteA(39, &t.ConditionExecutant)
	c.texteA(48, &t.ConditionPrescripteur)
	c.jour(49, &t.DateAccord)
	c.chiffres(55, &t.CodeAccord)
	c.coefficient(66, 4, &t.CoefficientMCO)
	c.finess(72, &t.LieuExecution)
	c.identifiant(101, &t.NumeroOrdreForfait)
	c.appareil(106, &t.NumeroAppareil)
	c.texteA(124, &t.Domaine)
	c.texteA(128, &t.ParticipationAssure)
}

// Type4E gives the RPPS of the prescriber or executant of a type 4 (RG_MF622).
type Type4E struct {
	Cle
	RPPSPrescripteur      simphonie.RPPS   // 4E39
	StructurePrescripteur simphonie.FINESS // 4E50
	RPPSExecutant         simphonie.RPPS   // 4E64
	StructureExecution    simphonie.FINESS // 4E75
}

// Type gives T4E.
func (*Type4E) Type() Type { return T4E }

func (t *Type4E) visite(c *champs) {
	c.cle(&t.Cle)
	c.code(39, (*string)(&t.RPPSPrescripteur))
	c.finessTexte(50, &t.StructurePrescripteur)
	c.code(64, (*string)(&t.RPPSExecutant))
	c.finessTexte(75, &t.StructureExecution)
}
