package facture

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Explication is why an invoice is what it is: ordered steps, each with its
// rule. Steps that compute name their operands and where they round, so that
// Rejouer finds every amount again without any tariff.
type Explication struct {
	Etapes []Etape

	operandes []Operande // backing store of the steps' operands
}

// NewExplication gives an empty explanation with room for the steps of a usual
// invoice.
func NewExplication() *Explication {
	return &Explication{Etapes: make([]Etape, 0, 64), operandes: make([]Operande, 0, 80)}
}

// Etape is one step: a decision, or a computation.
type Etape struct {
	Regle   *simphonie.Regle
	Valeurs []string // of the rule's French text
	Ligne   int32    // rank of the line that it is about, -1 for the invoice

	Op        Op
	Operandes []Operande
	Arrondi   *tarif.PointArrondi // nil when nothing is rounded
	Resultat  Operande            // of a computation
}

// Texte gives the French text of the step: what the rule says of the case for
// a decision, the amount that is computed otherwise.
func (e *Etape) Texte() string {
	if e.Op != Decision {
		return Champ(e.Resultat.nom).libelle()
	}
	return e.Regle.Texte(e.Valeurs...)
}

// Op is what a step computes.
type Op uint8

// Operations.
const (
	Decision    Op = iota // nothing is computed
	Produit               // product of the operands
	Pourcentage           // first operand × second per cent
	Difference            // first operand less the others
	Copie                 // the first operand
	Somme                 // sum of the operands
	Minimum               // the least of the operands
)

var nomsOp = [...]string{"decision", "produit", "pourcentage", "difference", "copie", "somme", "minimum"}

// String gives the text form.
func (o Op) String() string { return nomsOp[o] }

// Champ is an amount of a line that a step computes or uses.
type Champ string

// Amounts of a line.
const (
	ChampHonoraires Champ = "HONORAIRES"
	ChampBRAMO      Champ = "BRAMO"
	ChampBRAMC      Champ = "BRAMC"
	ChampMRO        Champ = "MRO"
	ChampMRC        Champ = "MRC"
	// ChampRemboursable is the part of the complementary base that the AMO rate covers.
	ChampRemboursable Champ = "REMBOURSABLE"
	// ChampProduit is unit price × quantity × coefficient, before the coefficient MCO.
	ChampProduit Champ = "PRODUIT"
	// ChampCoefMCO is the coefficient MCO, a number without a unit.
	ChampCoefMCO Champ = "COEFMCO"
	// ChampMajoration is the NGAP surcharge of a line (RG_VF642).
	ChampMajoration Champ = "MAJORATION"
	// ChampMontant1 and ChampMontant2 are the price of a CCAM act raised by its
	// modifiers in per cent, and its modifiers in euros (RG_VF640).
	ChampMontant1 Champ = "MONTANT1"
	ChampMontant2 Champ = "MONTANT2"
	// ChampPrix is a price once adjusted (overseas), ChampBase an amount from which
	// the base is made.
	ChampPrix Champ = "PRIX"
	ChampBase Champ = "BASE"
	// ChampBaseAMC is that of the complementary base where it is another one.
	ChampBaseAMC Champ = "BASEAMC"
	// ChampMTM is the share that the AMO does not pay out of the care pathway.
	ChampMTM Champ = "MTM"
	// ChampTMF is the participation forfaitaire taken from the MRO.
	ChampTMF Champ = "TMF"
)

// ChampPart names the part of a debtor.
func ChampPart(d simphonie.Debiteur) Champ {
	switch d {
	case simphonie.AMO:
		return prefixePart + "amo"
	case simphonie.Patient:
		return prefixePart + "patient"
	}
	return Champ(prefixePart + d.String())
}

// ChampTotal names the total of the n-th product of a line, from 1.
func ChampTotal(n int) Champ { return prefixeTotal + Champ(strconv.Itoa(n)) }

// libelle gives the French name of the amount.
func (c Champ) libelle() string {
	switch c {
	case ChampHonoraires:
		return "Honoraires"
	case ChampBRAMO:
		return "Base AMO"
	case ChampBRAMC:
		return "Base complémentaire"
	case ChampMRO:
		return "Part remboursée par l'AMO"
	case ChampRemboursable:
		return "Part AMO de la base complémentaire"
	case ChampMRC:
		return "Part complémentaire"
	case ChampProduit:
		return "Prix avant coefficient MCO"
	case ChampCoefMCO:
		return "Coefficient MCO"
	case ChampMajoration:
		return "Majoration"
	case ChampMontant1:
		return "Tarif et modificateurs en pourcentage"
	case ChampMontant2:
		return "Modificateurs en euros"
	case ChampPrix:
		return "Prix ajusté"
	case ChampBase:
		return "Base de calcul"
	case ChampBaseAMC:
		return "Base de calcul complémentaire"
	case ChampMTM:
		return "Majoration du ticket modérateur"
	case ChampTMF:
		return "Participation forfaitaire"
	}
	if strings.HasPrefix(string(c), prefixeTotal) {
		return "Total du produit " + strings.TrimPrefix(string(c), prefixeTotal)
	}
	return "À la charge de : " + strings.TrimPrefix(string(c), prefixePart)
}

const (
	prefixePart  = "PART "
	prefixeTotal = "TOTAL "
)

// Operande is a value in a step: the result of an earlier step, or a datum with
// a label.
type Operande struct {
	nom   string // a Champ or a label
	n     int64
	ligne int32 // sansLigne for a datum
	genre genre
	dec   uint8 // decimals of a value read back
}

const sansLigne = -1

// Resultat names the result of an earlier step as an operand.
func Resultat(ligne int, c Champ, v simphonie.Montant) Operande {
	return Operande{nom: string(c), n: int64(v), ligne: int32(ligne), genre: genreMontant}
}

// Donnee names a datum as an operand.
func Donnee(libelle string, v Valeur) Operande {
	return Operande{nom: libelle, n: v.n, ligne: sansLigne, genre: v.genre}
}

// Nom gives L2.BRAMO for a result, the label for a datum.
func (o *Operande) Nom() string {
	if o.ligne == sansLigne {
		return o.nom
	}
	return nomChamp(int(o.ligne), Champ(o.nom))
}

// Valeur gives the number.
func (o *Operande) Valeur() Valeur { return Valeur{o.n, o.genre, o.dec} }

func nomChamp(ligne int, c Champ) string { return "L" + strconv.Itoa(ligne+1) + "." + string(c) }

// Valeur is a number of a step, written in decimal.
type Valeur struct {
	n     int64
	genre genre
	dec   uint8
}

type genre uint8

const (
	genreNombre genre = iota
	genreMontant
	genrePrix
	genreTaux
	genreCoefficient
	genreDecimal // read back: n has dec decimals
)

// DeMontant gives the value of an amount.
func DeMontant(m simphonie.Montant) Valeur { return Valeur{n: int64(m), genre: genreMontant} }

// DePrix gives the value of a price.
func DePrix(p simphonie.Prix) Valeur { return Valeur{n: int64(p), genre: genrePrix} }

// DeTaux gives the value of a rate, in per cent.
func DeTaux(t simphonie.Taux) Valeur { return Valeur{n: int64(t), genre: genreTaux} }

// DeCoefficient gives the value of a coefficient.
func DeCoefficient(c simphonie.Coefficient) Valeur {
	return Valeur{n: int64(c), genre: genreCoefficient}
}

// DeNombre gives the value of a whole number.
func DeNombre(n int) Valeur { return Valeur{n: int64(n)} }

// String gives the decimal number.
func (v Valeur) String() string {
	switch v.genre {
	case genreMontant:
		return simphonie.Montant(v.n).String()
	case genrePrix:
		return simphonie.Prix(v.n).String()
	case genreTaux:
		return simphonie.Taux(v.n).String()
	case genreCoefficient:
		return simphonie.Coefficient(v.n).String()
	case genreDecimal:
		return decimal.New(v.n, -int32(v.dec)).StringFixed(int32(v.dec))
	}
	return strconv.FormatInt(v.n, 10)
}

// Decide records a decision.
func (x *Explication) Decide(ligne int, r *simphonie.Regle, valeurs ...string) {
	x.Etapes = append(x.Etapes, Etape{Regle: r, Valeurs: valeurs, Ligne: int32(ligne)})
}

// Calcule records a computation whose result is an amount of a line.
func (x *Explication) Calcule(ligne int, r *simphonie.Regle, op Op, c Champ, v simphonie.Montant,
	a *tarif.PointArrondi, operandes ...Operande) {
	n := len(x.operandes)
	x.operandes = append(x.operandes, operandes...)
	x.Etapes = append(x.Etapes, Etape{Regle: r, Ligne: int32(ligne), Op: op, Arrondi: a,
		Operandes: x.operandes[n:len(x.operandes):len(x.operandes)],
		Resultat:  Resultat(ligne, c, v)})
}

// String writes the explanation for a person, a step a line.
func (x *Explication) String() string {
	var b strings.Builder
	for i := range x.Etapes {
		e := &x.Etapes[i]
		if i > 0 {
			b.WriteByte('\n')
		}
		if e.Ligne >= 0 {
			b.WriteString("L" + strconv.Itoa(int(e.Ligne)+1) + " ")
		}
		b.WriteString(e.Texte())
		if e.Op != Decision {
			b.WriteString(" : " + e.calcul())
		}
		b.WriteString(" [" + string(e.Regle.Code) + ", " + e.Regle.Source + "]")
	}
	return b.String()
}

// calcul writes a computation as "20.00 × 70 % = 14.00".
func (e *Etape) calcul() string {
	signes := [...]string{Produit: " × ", Pourcentage: " × ", Difference: " − ", Copie: "", Somme: " + ", Minimum: " ; "}
	var b strings.Builder
	if e.Op == Minimum {
		b.WriteString("le moindre de ")
	}
	for i := range e.Operandes {
		if i > 0 {
			b.WriteString(signes[e.Op])
		}
		b.WriteString(e.Operandes[i].Valeur().String())
	}
	if e.Op == Pourcentage {
		b.WriteString(" %")
	}
	if e.Op != Copie {
		b.WriteString(" = " + e.Resultat.Valeur().String())
	}
	if e.Arrondi != nil {
		b.WriteString(" (" + string(e.Arrondi.Code) + ")")
	}
	return b.String()
}

// Suivie gives the explanation of an invoice to which the lines of another were
// added after its own n lines.
func (x *Explication) Suivie(y *Explication, n int) *Explication {
	z := &Explication{Etapes: slices.Concat(x.Etapes, y.Etapes)}
	for i := len(x.Etapes); i < len(z.Etapes); i++ {
		e := &z.Etapes[i]
		if e.Ligne >= 0 {
			e.Ligne += int32(n)
		}
		e.Operandes = slices.Clone(e.Operandes)
		for j := range e.Operandes {
			e.Operandes[j].decale(n)
		}
		e.Resultat.decale(n)
	}
	return z
}

// decale moves the result of a line by n lines.
func (o *Operande) decale(n int) {
	if o.ligne != sansLigne {
		o.ligne += int32(n)
	}
}
