package b2

import "github.com/simphonie/simphonie"

// CodeActe is the code of an act, of four characters at most, and what the
// zone holds behind it: the NGAP majoration N or F, written right after the
// code in the fifth column.
type CodeActe struct{ Code, Suite string }

// Type3 is a line of the establishment: a forfait, a supply, or a
// contribution of the patient (RG_MF610). It holds the dates of the visit, not
// of the act.
type Type3 struct {
	Cle
	ModeTraitement      string                // 0339: "" is 00
	Discipline          string                // 0341: "" is 000
	Entree, Sortie      simphonie.Jour        // 0344, 0350
	Acte                CodeActe              // 0356
	Quantite            int                   // 0361
	Exoneration         string                // 0364
	Coefficient         simphonie.Coefficient // 0365, two decimals; absent is written 1
	CoefficientMCO      simphonie.Coefficient // 0371, four decimals
	PrixUnitaire        simphonie.Montant     // 0376
	BaseRemboursement   simphonie.Montant     // 0383
	Taux                simphonie.Taux        // 0391, whole per cent
	MontantAMO          simphonie.Montant     // 0394
	MontantTotal        simphonie.Montant     // 03102
	ParticipationAssure string                // 03117
	Qualificatif        string                // 03120
	Domaine             string                // 03121
	MontantOC           simphonie.Montant     // 03122
}

// Type gives T3.
func (*Type3) Type() Type { return T3 }

func (t *Type3) visite(c *champs) {
	c.cle(&t.Cle)
	c.code(39, &t.ModeTraitement)
	c.code(41, &t.Discipline)
	c.jour(44, &t.Entree)
	c.jour(50, &t.Sortie)
	c.acte(56, &t.Acte)
	c.entier(61, &t.Quantite)
	c.texteA(64, &t.Exoneration)
	c.coefficient(65, 2, &t.Coefficient)
	c.coefficient(71, 4, &t.CoefficientMCO)
	c.montant(76, &t.PrixUnitaire)
	c.montant(83, &t.BaseRemboursement)
	c.taux(91, &t.Taux)
	c.montant(94, &t.MontantAMO)
	c.montant(102, &t.MontantTotal)
	c.texteA(117, &t.ParticipationAssure)
	c.texteA(120, &t.Qualificatif)
	c.texteA(121, &t.Domaine)
	c.montant(122, &t.MontantOC)
}

// Type3S completes a type 3: prescription, prior agreement, equipment
// (RG_MF611).
type Type3S struct {
	Cle
	// Prescripteur is the number of a liberal prescriber, the FINESS of the
	// establishment of any other: 3S42.
	Prescripteur           string
	ConditionPrescripteur  string           // 3S51: L, S or B
	SpecialitePrescripteur string           // 3S52, of a salaried prescriber
	DatePrescription       simphonie.Jour   // 3S54
	DateAccord             simphonie.Jour   // 3S60
	CodeAccord             string           // 3S66: 0, 4, 5 or 9
	LieuExecution          simphonie.FINESS // 3S67
	NumeroOrdreForfait     string           // 3S96
	NumeroAppareil         string           // 3S101
	OriginePrescription    string           // 3S115: T, O, P or S
}

// Type gives T3S.
func (*Type3S) Type() Type { return T3S }

func (t *Type3S) visite(c *champs) {
	c.cle(&t.Cle)
	c.finess(42, (*simphonie.FINESS)(&t.Prescripteur))
	c.texteA(51, &t.ConditionPrescripteur)
	c.code(52, &t.SpecialitePrescripteur)
	c.jour(54, &t.DatePrescription)
	c.jour(60, &t.DateAccord)
	c.chiffres(66, &t.CodeAccord)
	c.finess(67, &t.LieuExecution)
	c.identifiant(96, &t.NumeroOrdreForfait)
	c.identifiant(101, &t.NumeroAppareil)
	c.texteA(115, &t.OriginePrescription)
}

// Type3E gives the RPPS of the prescriber of a type 3 (RG_MF612).
type Type3E struct {
	Cle
	RPPSPrescripteur      simphonie.RPPS   // 3E42
	StructurePrescripteur simphonie.FINESS // 3E53
}

// Type gives T3E.
func (*Type3E) Type() Type { return T3E }

func (t *Type3E) visite(c *champs) {
	c.cle(&t.Cle)
	c.texteA(42, (*string)(&t.RPPSPrescripteur))
	c.finessTexte(53, &t.StructurePrescripteur)
}

// Type3F is a device of the LPP under a type 3 (RG_MF613).
type Type3F struct {
	Cle
	Sequence      int               // 3F37, 1 to 10
	LPP           string            // 3F43, code
	SIRET         string            // 3F56, maker or importer
	Quantite      int               // 3F70
	Tarif         simphonie.Montant // 3F72, LPP tariff or price of the estimate
	MontantTotal  simphonie.Montant // 3F79, with VAT
	PrixAchat     simphonie.Montant // 3F86, of one, with VAT
	EcartUnitaire simphonie.Montant // 3F93, écart indemnisable
	EcartTotal    simphonie.Montant // 3F100
}

// Type gives T3F.
func (*Type3F) Type() Type { return T3F }

func (t *Type3F) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(37, &t.Sequence)
	c.texteA(43, &t.LPP)
	c.texteA(56, &t.SIRET)
	c.entier(70, &t.Quantite)
	c.montant(72, &t.Tarif)
	c.montant(79, &t.MontantTotal)
	c.montant(86, &t.PrixAchat)
	c.montant(93, &t.EcartUnitaire)
	c.montant(100, &t.EcartTotal)
}

// Type3H is a drug of the liste en sus under a type 3 (RG_MF614).
type Type3H struct {
	Cle
	Sequence       int                   // 3H37, 1 to 10
	UCD            string                // 3H49, code of seven digits
	Fractionnement simphonie.Coefficient // 3H57, four decimals
	PrixAchat      simphonie.Montant     // 3H67, of one, with VAT
	EcartUnitaire  simphonie.Montant     // 3H74, écart indemnisable
	EcartTotal     simphonie.Montant     // 3H81
	Quantite       int                   // 3H88
	MontantTotal   simphonie.Montant     // 3H91, with VAT
}

// Type gives T3H.
func (*Type3H) Type() Type { return T3H }

func (t *Type3H) visite(c *champs) {
	c.cle(&t.Cle)
	c.entier(37, &t.Sequence)
	c.code(49, &t.UCD)
	c.coefficient(57, 4, &t.Fractionnement)
	c.montant(67, &t.PrixAchat)
	c.montant(74, &t.EcartUnitaire)
	c.montant(81, &t.EcartTotal)
	c.entier(88, &t.Quantite)
	c.montant(91, &t.MontantTotal)
}
